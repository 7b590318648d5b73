#include "sdl/typeface.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FONTS_MAX 12 /* each takes 0.3 MB, and is opened again in 0.3 ms */
#define WHOLE_PX 80  /* from this size on letters stand on whole pixels */

enum {
	INTER,
	DISPLAY = INTER + WEIGHT_COUNT,
	NOTO = DISPLAY + WEIGHT_COUNT,
	FILE_COUNT = NOTO + 2
};
static const char *const files[FILE_COUNT] = { "Inter-Regular.otf", "Inter-Medium.otf",
	"Inter-SemiBold.otf", "Inter-Bold.otf", "InterDisplay-Regular.otf",
	"InterDisplay-Medium.otf", "InterDisplay-SemiBold.otf", "InterDisplay-Bold.otf",
	"NotoSans-Regular.ttf", "NotoSans-Bold.ttf" };

/* Where Inter and Noto Sans end. File FILE_COUNT + 2 * row is the regular one, the next the bold.
 */
/* clang-format off */
static const struct {
	uint32_t first, last;
	char script[5];
	const char *regular, *bold;
} scripts[] = {
	{ 0x0530, 0x058F, "Armn", "NotoSansArmenian-Regular.ttf", "NotoSansArmenian-Bold.ttf" },
	{ 0x0590, 0x05FF, "Hebr", "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf" },
	{ 0x0600, 0x06FF, "Arab", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf" },
	{ 0x0750, 0x077F, "Arab", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf" },
	{ 0x0900, 0x097F, "Deva", "NotoSansDevanagari-Regular.ttf", "NotoSansDevanagari-Bold.ttf" },
	{ 0x0980, 0x09FF, "Beng", "NotoSansBengali-Regular.ttf", "NotoSansBengali-Bold.ttf" },
	{ 0x0A00, 0x0A7F, "Guru", "NotoSansGurmukhi-Regular.ttf", "NotoSansGurmukhi-Bold.ttf" },
	{ 0x0B80, 0x0BFF, "Taml", "NotoSansTamil-Regular.ttf", "NotoSansTamil-Bold.ttf" },
	{ 0x0E00, 0x0E7F, "Thai", "NotoSansThai-Regular.ttf", "NotoSansThai-Bold.ttf" },
	{ 0x10A0, 0x10FF, "Geor", "NotoSansGeorgian-Regular.ttf", "NotoSansGeorgian-Bold.ttf" },
	{ 0x1100, 0x11FF, "Hang", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0x1200, 0x139F, "Ethi", "NotoSansEthiopic-Regular.ttf", "NotoSansEthiopic-Bold.ttf" },
	{ 0x3000, 0x303F, "Hani", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0x3040, 0x309F, "Hira", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0x30A0, 0x30FF, "Kana", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0x3400, 0x9FFF, "Hani", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0xAC00, 0xD7AF, "Hang", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0xF900, 0xFAFF, "Hani", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0xFB1D, 0xFB4F, "Hebr", "NotoSansHebrew-Regular.ttf", "NotoSansHebrew-Bold.ttf" },
	{ 0xFB50, 0xFDFF, "Arab", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf" },
	{ 0xFE70, 0xFEFF, "Arab", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf" },
	{ 0xFF00, 0xFFEF, "Hani", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
	{ 0x20000, 0x2FA1F, "Hani", "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc" },
};
/* clang-format on */
enum { SCRIPT_COUNT = sizeof scripts / sizeof scripts[0] };

struct open_font {
	const char *name;
	int size_px;
	TTF_Font *font;
	uint64_t used;
};

struct typefaces {
	char directory[512];
	struct open_font fonts[FONTS_MAX];
	size_t count;
	uint64_t clock;
	bool there[SCRIPT_COUNT]; /* CJK is large and may stay out */
};

static bool file_is_there(const char *directory, const char *name)
{
	char path[1024];
	snprintf(path, sizeof path, "%s/%s", directory, name);
	SDL_RWops *stream = SDL_RWFromFile(path, "rb");
	if (stream)
		SDL_RWclose(stream);
	return stream != NULL;
}

int typefaces_create(struct typefaces **ret, const char *directory, char *ret_words, size_t size)
{
	for (size_t file = 0; file < FILE_COUNT; file++) {
		if (!file_is_there(directory, files[file])) {
			snprintf(ret_words, size, "the font %s is missing in %s; its package is %s",
				files[file], directory,
				file < NOTO ? "fonts-inter" : "fonts-noto-core");
			return -ENOENT;
		}
	}
	struct typefaces *typefaces = calloc(1, sizeof *typefaces);
	if (!typefaces || TTF_Init() < 0) { /* SDL_ttf counts */
		free(typefaces);
		snprintf(ret_words, size, "SDL_ttf: %s", TTF_GetError());
		return -ENOMEM;
	}
	snprintf(typefaces->directory, sizeof typefaces->directory, "%s", directory);
	for (size_t row = 0; row < SCRIPT_COUNT; row++)
		typefaces->there[row] = file_is_there(directory, scripts[row].regular) &&
					file_is_there(directory, scripts[row].bold);
	*ret = typefaces;
	return 0;
}

void typefaces_close(struct typefaces *typefaces)
{
	for (size_t i = 0; i < typefaces->count; i++)
		TTF_CloseFont(typefaces->fonts[i].font);
	typefaces->count = 0;
}

void typefaces_destroy(struct typefaces *typefaces)
{
	if (!typefaces)
		return;
	typefaces_close(typefaces);
	free(typefaces);
	TTF_Quit();
}

static const char *name_of(uint8_t file)
{
	if (file < FILE_COUNT)
		return files[file];
	const size_t beyond = (size_t)file - FILE_COUNT, row = beyond / 2;
	return beyond % 2 ? scripts[row].bold : scripts[row].regular;
}

static struct open_font *place_for_one(struct typefaces *typefaces)
{
	if (typefaces->count < FONTS_MAX)
		return &typefaces->fonts[typefaces->count++];
	struct open_font *oldest = &typefaces->fonts[0];
	for (size_t i = 1; i < FONTS_MAX; i++)
		if (typefaces->fonts[i].used < oldest->used)
			oldest = &typefaces->fonts[i];
	TTF_CloseFont(oldest->font);
	return oldest;
}

TTF_Font *typeface_font(struct typefaces *typefaces, struct typeface typeface, int size_px)
{
	const char *name = name_of(typeface.file);
	for (size_t i = 0; i < typefaces->count; i++) {
		struct open_font *open = &typefaces->fonts[i];
		if (open->size_px == size_px && strcmp(open->name, name) == 0) {
			open->used = ++typefaces->clock;
			return open->font;
		}
	}
	char path[1024];
	snprintf(path, sizeof path, "%s/%s", typefaces->directory, name);
	TTF_Font *font = TTF_OpenFont(path, size_px);
	if (!font)
		return NULL;
	/* SDL_ttf keeps a letter for one place within a pixel: a letter that stands elsewhere in
	 * the next name is rasterised again, which at this size takes long and shows to nobody. */
	TTF_SetFontHinting(
		font, size_px < WHOLE_PX ? TTF_HINTING_LIGHT_SUBPIXEL : TTF_HINTING_LIGHT);
	*place_for_one(typefaces) = (struct open_font){ name, size_px, font, ++typefaces->clock };
	return font;
}

/* Accents, joiners and variation selectors have no place of their own. */
static bool belongs_to_the_letter_before(uint32_t code)
{
	return (code >= 0x0300 && code <= 0x036F) || (code >= 0x200C && code <= 0x200F) ||
	       (code >= 0xFE00 && code <= 0xFE0F);
}

static const char *script_of(uint32_t code)
{
	if (code >= 0x0370 && code <= 0x03FF)
		return "Grek";
	return code >= 0x0400 && code <= 0x052F ? "Cyrl" : "Latn";
}

static struct typeface named(size_t file, const char *script)
{
	struct typeface ret = { .file = (uint8_t)file };
	memcpy(ret.script, script, sizeof ret.script);
	return ret;
}

struct typeface typeface_of(struct typefaces *typefaces, uint32_t code, enum weight weight,
	bool display, int size_px, const struct typeface *before)
{
	const size_t bold = weight >= WEIGHT_600;
	const struct typeface inter = named((display ? DISPLAY : INTER) + weight, script_of(code));
	if (before && belongs_to_the_letter_before(code))
		return *before;
	if (code < 0x80)
		return inter;
	for (size_t row = 0; row < SCRIPT_COUNT; row++)
		if (code >= scripts[row].first && code <= scripts[row].last &&
			typefaces->there[row])
			return named(FILE_COUNT + 2 * row + bold, scripts[row].script);
	TTF_Font *font = typeface_font(typefaces, inter, size_px);
	return font && TTF_GlyphIsProvided32(font, code) ? inter
							 : named(NOTO + bold, script_of(code));
}
