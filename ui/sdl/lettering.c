#include "sdl/lettering.h"

#include <errno.h>
#include <math.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FONTS_MAX 96
#define LINES_MAX 256
#define WIDTHS_MAX 4096
#define LINE_BYTES_MAX 640

/* One opened typeface at one size. */
struct face {
	uint8_t file;
	int size_px;
	TTF_Font *font;
};

struct line {
	char *key; /* text and style; NULL when free */
	SDL_Surface *pixels;
	int baseline, left;
	uint64_t used;
};

struct width {
	uint64_t hash; /* 0 when free */
	float width;
};

enum {
	INTER,
	DISPLAY = INTER + WEIGHT_COUNT,
	NOTO = DISPLAY + WEIGHT_COUNT,
	NOTO_BOLD,
	FILE_COUNT
};
static const char *const files[FILE_COUNT] = { "Inter-Regular.otf", "Inter-Medium.otf",
	"Inter-SemiBold.otf", "Inter-Bold.otf", "InterDisplay-Regular.otf",
	"InterDisplay-Medium.otf", "InterDisplay-SemiBold.otf", "InterDisplay-Bold.otf",
	"NotoSans-Regular.ttf", "NotoSans-Bold.ttf" };

struct lettering {
	char directory[512];
	float zoom;
	struct face faces[FONTS_MAX];
	size_t face_count;
	struct line lines[LINES_MAX];
	struct width widths[WIDTHS_MAX];
	uint64_t clock, rasterised;
};

static int file_is_there(const char *directory, size_t file, char *ret_words, size_t size)
{
	char path[1024];
	snprintf(path, sizeof path, "%s/%s", directory, files[file]);
	SDL_RWops *stream = SDL_RWFromFile(path, "rb");
	if (stream) {
		SDL_RWclose(stream);
		return 0;
	}
	snprintf(ret_words, size, "the font %s is missing in %s; its package is %s", files[file],
		directory, file < NOTO ? "fonts-inter" : "fonts-noto-core");
	return -ENOENT;
}

int lettering_create(struct lettering **ret, const char *directory, char *ret_words, size_t size)
{
	for (size_t file = 0; file < FILE_COUNT; file++)
		if (file_is_there(directory, file, ret_words, size) < 0)
			return -ENOENT;
	struct lettering *lettering = calloc(1, sizeof *lettering);
	if (!lettering || (!TTF_WasInit() && TTF_Init() < 0)) {
		free(lettering);
		snprintf(ret_words, size, "SDL_ttf: %s", TTF_GetError());
		return -ENOMEM;
	}
	snprintf(lettering->directory, sizeof lettering->directory, "%s", directory);
	lettering->zoom = 1;
	*ret = lettering;
	return 0;
}

static void drop_caches(struct lettering *lettering)
{
	for (size_t i = 0; i < LINES_MAX; i++) {
		free(lettering->lines[i].key);
		SDL_FreeSurface(lettering->lines[i].pixels);
		lettering->lines[i] = (struct line){ 0 };
	}
	for (size_t i = 0; i < lettering->face_count; i++)
		TTF_CloseFont(lettering->faces[i].font);
	lettering->face_count = 0;
	memset(lettering->widths, 0, sizeof lettering->widths);
}

void lettering_destroy(struct lettering *lettering)
{
	if (!lettering)
		return;
	drop_caches(lettering);
	free(lettering);
	TTF_Quit();
}

void lettering_set_zoom(struct lettering *lettering, float zoom)
{
	if (zoom == lettering->zoom)
		return;
	drop_caches(lettering);
	lettering->zoom = zoom;
}

uint64_t lettering_rasterised(const struct lettering *lettering)
{
	return lettering->rasterised;
}

static TTF_Font *font_of(struct lettering *lettering, size_t file, int size_px)
{
	for (size_t i = 0; i < lettering->face_count; i++)
		if (lettering->faces[i].file == file && lettering->faces[i].size_px == size_px)
			return lettering->faces[i].font;
	if (lettering->face_count == FONTS_MAX)
		drop_caches(lettering);
	char path[1024];
	snprintf(path, sizeof path, "%s/%s", lettering->directory, files[file]);
	TTF_Font *font = TTF_OpenFont(path, size_px);
	if (!font)
		return NULL;
	TTF_SetFontHinting(font, TTF_HINTING_LIGHT_SUBPIXEL);
	lettering->faces[lettering->face_count++] = (struct face){ (uint8_t)file, size_px, font };
	return font;
}

static int device_size(const struct lettering *lettering, float size_px)
{
	return (int)lroundf(size_px * lettering->zoom);
}

static uint32_t next_code(const char **text)
{
	const uint8_t *at = (const uint8_t *)*text;
	const int more = at[0] < 0x80 ? 0 : at[0] < 0xE0 ? 1 : at[0] < 0xF0 ? 2 : 3;
	uint32_t code = more == 0 ? at[0] : at[0] & (0x3Fu >> more);
	(*text)++;
	for (int i = 0; i < more && (**text & 0xC0) == 0x80; i++)
		code = code << 6 | (uint8_t)(*(*text)++ & 0x3F);
	return code;
}

/* A run of characters that one typeface has, or one digit that gets a cell. */
struct run {
	const char *text;
	size_t length;
	TTF_Font *font;
	bool cell;
};

static bool take_run(struct lettering *lettering, const char **text,
	const struct lettering_style *style, struct run *ret)
{
	const size_t file = (style->display ? DISPLAY : INTER) + style->weight;
	const int size = device_size(lettering, style->size_px);
	TTF_Font *main_font = font_of(lettering, file, size), *chosen = NULL;
	const char *start = *text, *at = start;
	while (*at) {
		const char *next = at;
		const uint32_t code = next_code(&next);
		const bool digit = style->tabular && code >= '0' && code <= '9';
		if (digit && at != start)
			break;
		TTF_Font *font = main_font;
		if (!font || (code >= 0x80 && !TTF_GlyphIsProvided32(font, code)))
			font = font_of(
				lettering, style->weight >= WEIGHT_600 ? NOTO_BOLD : NOTO, size);
		if (chosen && font != chosen)
			break;
		chosen = font;
		at = next;
		if (digit)
			break;
	}
	*ret = (struct run){ start, (size_t)(at - start), chosen,
		style->tabular && start[0] >= '0' && start[0] <= '9' };
	*text = at;
	return chosen && ret->length > 0;
}

static int widest_digit(TTF_Font *font)
{
	int widest = 0;
	for (uint32_t digit = '0'; digit <= '9'; digit++) {
		int advance = 0;
		TTF_GlyphMetrics32(font, digit, NULL, NULL, NULL, NULL, &advance);
		widest = advance > widest ? advance : widest;
	}
	return widest;
}

static int run_width(const struct run *run, int *ret_inset)
{
	char text[LINE_BYTES_MAX];
	int width = 0;
	snprintf(text, sizeof text, "%.*s", (int)run->length, run->text);
	TTF_SizeUTF8(run->font, text, &width, NULL);
	*ret_inset = 0;
	if (!run->cell)
		return width;
	const int cell = widest_digit(run->font);
	*ret_inset = (cell - width) / 2;
	return cell;
}

static uint64_t hash_of(const char *text, size_t length, const struct lettering_style *style)
{
	uint64_t hash = 1469598103934665603u;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ (uint8_t)text[i]) * 1099511628211u;
	const uint64_t more[] = { (uint64_t)lroundf(style->size_px * 8), style->weight,
		style->display, style->tabular };
	for (size_t i = 0; i < 4; i++)
		hash = (hash ^ more[i]) * 1099511628211u;
	return hash ? hash : 1;
}

float lettering_width(void *context, const char *text, size_t length, float size_px,
	enum weight weight, bool display, bool tabular)
{
	struct lettering *lettering = context;
	const struct lettering_style style = { size_px, weight, display, tabular, 0 };
	const uint64_t hash = hash_of(text, length, &style);
	struct width *slot = &lettering->widths[hash % WIDTHS_MAX];
	if (slot->hash == hash)
		return slot->width;
	struct run run;
	int total = 0, inset;
	for (const char *at = text; *at && take_run(lettering, &at, &style, &run);)
		total += run_width(&run, &inset);
	*slot = (struct width){ hash, (float)total / lettering->zoom };
	return slot->width;
}

static SDL_Surface *render(struct lettering *lettering, const char *text,
	const struct lettering_style *style, int *ret_baseline)
{
	const SDL_Color colour = { (Uint8)(style->rgb >> 16), (Uint8)(style->rgb >> 8),
		(Uint8)style->rgb, 255 };
	struct run run;
	int width = 0, ascent = 0, descent = 0, inset, x = 0;
	for (const char *at = text; *at && take_run(lettering, &at, style, &run);) {
		width += run_width(&run, &inset);
		ascent = SDL_max(ascent, TTF_FontAscent(run.font));
		descent = SDL_max(descent, TTF_FontHeight(run.font) - TTF_FontAscent(run.font));
	}
	if (width == 0)
		return NULL;
	SDL_Surface *line = SDL_CreateRGBSurfaceWithFormat(
		0, width + 4, ascent + descent + 2, 32, SDL_PIXELFORMAT_ARGB8888);
	if (!line)
		return NULL;
	SDL_FillRect(line, NULL, SDL_MapRGBA(line->format, colour.r, colour.g, colour.b, 0));
	for (const char *at = text; *at && take_run(lettering, &at, style, &run);) {
		char part[LINE_BYTES_MAX];
		snprintf(part, sizeof part, "%.*s", (int)run.length, run.text);
		SDL_Surface *glyphs = TTF_RenderUTF8_Blended(run.font, part, colour);
		const int step = run_width(&run, &inset);
		SDL_Rect to = { x + inset, ascent - TTF_FontAscent(run.font), 0, 0 };
		if (glyphs) {
			/* Runs touch but hardly overlap: copying keeps each one's own transparency.
			 */
			SDL_SetSurfaceBlendMode(glyphs, SDL_BLENDMODE_NONE);
			SDL_BlitSurface(glyphs, NULL, line, &to);
		}
		SDL_FreeSurface(glyphs);
		x += step;
	}
	SDL_SetSurfaceBlendMode(line, SDL_BLENDMODE_BLEND);
	lettering->rasterised++;
	*ret_baseline = ascent;
	return line;
}

static struct line *line_of(
	struct lettering *lettering, const char *text, const struct lettering_style *style)
{
	char key[LINE_BYTES_MAX + 64];
	snprintf(key, sizeof key, "%d %d %d %d %06x %s", (int)lroundf(style->size_px * 8),
		style->weight, style->display, style->tabular, style->rgb, text);
	struct line *oldest = &lettering->lines[0];
	for (size_t i = 0; i < LINES_MAX; i++) {
		struct line *line = &lettering->lines[i];
		if (line->key && strcmp(line->key, key) == 0) {
			line->used = ++lettering->clock;
			return line;
		}
		if (line->used < oldest->used)
			oldest = line;
	}
	free(oldest->key);
	SDL_FreeSurface(oldest->pixels);
	*oldest = (struct line){ .used = ++lettering->clock };
	oldest->pixels = render(lettering, text, style, &oldest->baseline);
	oldest->key = oldest->pixels ? strdup(key) : NULL;
	return oldest;
}

void lettering_draw(struct lettering *lettering, SDL_Surface *target, const char *text, float x,
	float y, const struct lettering_style *style)
{
	const struct line *line = line_of(lettering, text, style);
	if (!line->pixels)
		return;
	SDL_Rect to = { (int)lroundf(x), (int)lroundf(y) - line->baseline, 0, 0 };
	SDL_BlitSurface(line->pixels, NULL, target, &to);
}
