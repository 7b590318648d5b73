#include "sdl/lettering.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sdl/bidi.h"
#include "sdl/cover.h"
#include "sdl/typeface.h"

#define LINES_MAX 1024
#define LINES_BYTES (5u << 19) /* at zoom 1; edges grow as the zoom does */
#define WIDTHS_MAX 4096
#define RUNS_MAX 192
#define RUN_BYTES 640

/* A line as it covers the paper, so that it serves in every colour. */
struct line {
	char *key; /* style and text; NULL when free */
	struct cover cover;
	int baseline;
	bool warm; /* set for answers to come: names go first */
	uint64_t used;
};

struct width {
	uint64_t hash; /* 0 when free */
	float width;
};

struct lettering {
	struct typefaces *typefaces;
	float zoom;
	uint64_t hashes[LINES_MAX]; /* of the lines; apart, to be searched quickly */
	struct line lines[LINES_MAX];
	struct width widths[WIDTHS_MAX];
	size_t kept, kept_bytes;
	uint64_t clock, set;
};

int lettering_create(struct lettering **ret, const char *directory, char *ret_words, size_t size)
{
	struct lettering *lettering = calloc(1, sizeof *lettering);
	if (!lettering)
		return -ENOMEM;
	const int r = typefaces_create(&lettering->typefaces, directory, ret_words, size);
	if (r < 0) {
		free(lettering);
		return r;
	}
	lettering->zoom = 1;
	*ret = lettering;
	return 0;
}

static void forget(struct lettering *lettering, size_t index)
{
	struct line *line = &lettering->lines[index];
	lettering->kept -= line->key != NULL;
	lettering->kept_bytes -= line->cover.size;
	free(line->key);
	cover_free(&line->cover);
	*line = (struct line){ 0 };
	lettering->hashes[index] = 0;
}

static void drop_caches(struct lettering *lettering)
{
	for (size_t i = 0; i < LINES_MAX; i++)
		forget(lettering, i);
	typefaces_close(lettering->typefaces);
	memset(lettering->widths, 0, sizeof lettering->widths);
}

void lettering_destroy(struct lettering *lettering)
{
	if (!lettering)
		return;
	drop_caches(lettering);
	typefaces_destroy(lettering->typefaces);
	free(lettering);
}

void lettering_set_zoom(struct lettering *lettering, float zoom)
{
	if (zoom == lettering->zoom)
		return;
	drop_caches(lettering);
	lettering->zoom = zoom;
}

void lettering_counts(const struct lettering *lettering, struct lettering_counts *ret)
{
	*ret = (struct lettering_counts){ lettering->set, lettering->kept_bytes };
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

/* Letters side by side that one typeface has and that run one way; or one digit in its cell. */
struct run {
	const char *text;
	size_t length;
	struct typeface typeface;
	uint8_t level;
	bool cell;
	SDL_Surface *glyphs; /* once set, until they are laid; NULL when there are none */
	int step, ascent;    /* of what is set: how wide, and how far above the baseline */
};

struct setting {
	struct run runs[RUNS_MAX]; /* in logical order */
	size_t order[RUNS_MAX];    /* from left to right */
	size_t count;
	int size_px;
};

static void take_letter(struct lettering *lettering, struct setting *setting, const char *at,
	size_t length, uint32_t code, uint8_t level, const struct lettering_style *style)
{
	struct run *last = setting->count ? &setting->runs[setting->count - 1] : NULL;
	const bool cell = style->tabular && code >= '0' && code <= '9';
	const struct typeface typeface = typeface_of(lettering->typefaces, code, style->weight,
		style->display, setting->size_px, last ? &last->typeface : NULL);
	if (last && !cell && !last->cell && last->level == level &&
		last->typeface.file == typeface.file &&
		strcmp(last->typeface.script, typeface.script) == 0 &&
		last->length + length < RUN_BYTES)
		last->length += length;
	else if (setting->count < RUNS_MAX)
		setting->runs[setting->count++] = (struct run){ .text = at,
			.length = length,
			.typeface = typeface,
			.level = level,
			.cell = cell };
}

static void take_runs(struct lettering *lettering, struct setting *ret, const char *text,
	const struct lettering_style *style)
{
	uint32_t codes[BIDI_CODES_MAX] = { 0 };
	uint8_t levels[BIDI_CODES_MAX], run_levels[RUNS_MAX];
	size_t count = 0;
	for (const char *at = text; *at && count < BIDI_CODES_MAX;)
		codes[count++] = next_code(&at);
	bidi_levels(codes, count, levels);
	ret->count = 0;
	ret->size_px = (int)lroundf(style->size_px * lettering->zoom);
	const char *at = text;
	for (size_t i = 0; i < count; i++) {
		const char *start = at;
		next_code(&at);
		take_letter(
			lettering, ret, start, (size_t)(at - start), codes[i], levels[i], style);
	}
	for (size_t i = 0; i < ret->count; i++)
		run_levels[i] = ret->runs[i].level;
	bidi_order(run_levels, ret->count, ret->order);
}

/* The run's font, ready to set it, and its text; NULL when there is none. */
static TTF_Font *ready(struct lettering *lettering, const struct setting *setting,
	const struct run *run, char ret_text[RUN_BYTES])
{
	TTF_Font *font = typeface_font(lettering->typefaces, run->typeface, setting->size_px);
	memcpy(ret_text, run->text, run->length);
	ret_text[run->length] = '\0';
	if (font) {
		TTF_SetFontDirection(font, run->level % 2 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
		TTF_SetFontScriptName(font, run->typeface.script);
	}
	return font;
}

static int widest_digit(TTF_Font *font)
{
	int widest = 0;
	for (uint32_t digit = '0'; digit <= '9'; digit++) {
		int advance = 0;
		TTF_GlyphMetrics32(font, digit, NULL, NULL, NULL, NULL, &advance);
		widest = SDL_max(widest, advance);
	}
	return widest;
}

static int run_width(TTF_Font *font, const struct run *run, const char *text)
{
	int width = 0;
	if (run->cell)
		return widest_digit(font);
	TTF_SizeUTF8(font, text, &width, NULL);
	return width;
}

static uint64_t hash_of(const char *text, const struct lettering_style *style)
{
	uint64_t hash = 1469598103934665603u;
	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 1099511628211u;
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
	const struct lettering_style style = { size_px, weight, display, tabular };
	const uint64_t hash = hash_of(text, &style);
	struct width *slot = &lettering->widths[hash % WIDTHS_MAX];
	(void)length;
	if (slot->hash == hash)
		return slot->width;
	struct setting setting;
	int total = 0;
	char part[RUN_BYTES];
	take_runs(lettering, &setting, text, &style);
	for (size_t i = 0; i < setting.count; i++) {
		TTF_Font *font = ready(lettering, &setting, &setting.runs[i], part);
		total += font ? run_width(font, &setting.runs[i], part) : 0;
	}
	*slot = (struct width){ hash, (float)total / lettering->zoom };
	return slot->width;
}

/* A line while it is set: a byte a pixel. */
struct sheet {
	int width, height, baseline;
	uint8_t *bytes;
};

/* Takes over how @glyphs cover, a byte a pixel; where two runs touch the denser one counts. */
static void take_cover(struct sheet *sheet, const SDL_Surface *glyphs, int x, int y)
{
	const int first = SDL_max(0, -x), end = SDL_min(glyphs->w, sheet->width - x);
	for (int row = SDL_max(0, -y); row < SDL_min(glyphs->h, sheet->height - y); row++) {
		const uint8_t *from = (const uint8_t *)glyphs->pixels + row * glyphs->pitch;
		uint8_t *to = sheet->bytes + (ptrdiff_t)(y + row) * sheet->width + x;
		for (int column = first; column < end; column++)
			to[column] = SDL_max(to[column], from[column]);
	}
}

static bool is_bare(const struct sheet *sheet, int row)
{
	const uint8_t *bytes = sheet->bytes + (ptrdiff_t)row * sheet->width;
	return !bytes[0] && memcmp(bytes, bytes + 1, (size_t)sheet->width - 1) == 0;
}

/* Sets each run, which tells how wide it is, and makes the sheet for them. */
static void set_runs(struct lettering *lettering, struct setting *setting, struct sheet *ret)
{
	const SDL_Color white = { 255, 255, 255, 255 }, black = { 0, 0, 0, 255 };
	int ascent = 0, descent = 0, width = 0;
	char part[RUN_BYTES];
	for (size_t i = 0; i < setting->count; i++) {
		struct run *run = &setting->runs[i];
		TTF_Font *font = ready(lettering, setting, run, part);
		run->glyphs = font ? TTF_RenderUTF8_Shaded(font, part, white, black) : NULL;
		if (!run->glyphs)
			continue;
		run->ascent = TTF_FontAscent(font);
		run->step = run->cell ? widest_digit(font) : run->glyphs->w;
		width += run->step;
		ascent = SDL_max(ascent, run->ascent);
		descent = SDL_max(descent, TTF_FontHeight(font) - run->ascent);
	}
	const int whole = (width + 4 + COVER_BLOCK - 1) / COVER_BLOCK * COVER_BLOCK;
	*ret = (struct sheet){
		.width = width ? whole : 0, .height = ascent + descent + 2, .baseline = ascent
	};
	ret->bytes = width ? calloc((size_t)ret->width, (size_t)ret->height) : NULL;
}

/* Lays them side by side. */
static void lay_runs(struct setting *setting, struct sheet *sheet)
{
	int x = 0;
	for (size_t i = 0; i < setting->count; i++) {
		struct run *run = &setting->runs[setting->order[i]];
		if (!run->glyphs)
			continue;
		if (sheet->bytes)
			take_cover(sheet, run->glyphs, x + (run->step - run->glyphs->w) / 2,
				sheet->baseline - run->ascent);
		SDL_FreeSurface(run->glyphs);
		x += run->step;
	}
}

/* Rows above and below the ink are not kept. */
static void keep(struct line *ret, const struct sheet *sheet)
{
	int first = 0, end = sheet->height;
	while (first < end && is_bare(sheet, first))
		first++;
	while (end > first && is_bare(sheet, end - 1))
		end--;
	cover_pack(&ret->cover, sheet->bytes + (ptrdiff_t)first * sheet->width, sheet->width,
		end - first);
	ret->baseline = sheet->baseline - first;
}

static void set_line(struct lettering *lettering, struct line *ret, const char *text,
	const struct lettering_style *style)
{
	struct setting setting;
	struct sheet sheet;
	take_runs(lettering, &setting, text, style);
	set_runs(lettering, &setting, &sheet);
	lay_runs(&setting, &sheet);
	*ret = (struct line){ 0 };
	if (!sheet.bytes)
		return;
	keep(ret, &sheet);
	free(sheet.bytes);
	lettering->set++;
}

/* Who was here once goes before what answers to come need, and what was used longest ago first. */
static size_t first_to_go(const struct lettering *lettering)
{
	const struct line *lines = lettering->lines;
	size_t first = LINES_MAX;
	for (size_t i = 0; i < LINES_MAX; i++)
		if (lines[i].key && (first == LINES_MAX || lines[i].warm < lines[first].warm ||
					    (lines[i].warm == lines[first].warm &&
						    lines[i].used < lines[first].used)))
			first = i;
	return first;
}

static struct line *place_for_one(struct lettering *lettering)
{
	const size_t room = (size_t)(LINES_BYTES * SDL_max(lettering->zoom, 1.0f));
	while (lettering->kept == LINES_MAX || lettering->kept_bytes > room)
		forget(lettering, first_to_go(lettering));
	size_t place = 0;
	while (lettering->lines[place].key)
		place++;
	return &lettering->lines[place];
}

static void enter(struct lettering *lettering, struct line *line, const char *text, uint64_t hash)
{
	line->key = line->cover.rows ? strdup(text) : NULL;
	if (!line->key) {
		cover_free(&line->cover);
		return;
	}
	line->used = ++lettering->clock;
	lettering->hashes[line - lettering->lines] = hash;
	lettering->kept++;
	lettering->kept_bytes += line->cover.size;
}

static struct line *line_of(
	struct lettering *lettering, const char *text, const struct lettering_style *style)
{
	const uint64_t hash = hash_of(text, style);
	for (size_t i = 0; i < LINES_MAX; i++) {
		struct line *line = &lettering->lines[i];
		if (lettering->hashes[i] == hash && strcmp(line->key, text) == 0) {
			line->used = ++lettering->clock;
			return line;
		}
	}
	struct line *line = place_for_one(lettering);
	set_line(lettering, line, text, style);
	enter(lettering, line, text, hash);
	return line;
}

void lettering_warm(
	struct lettering *lettering, const char *text, const struct lettering_style *style)
{
	line_of(lettering, text, style)->warm = true;
}

void lettering_draw(struct lettering *lettering, SDL_Surface *target, const char *text, float x,
	float y, const struct lettering_style *style, uint32_t rgb, uint8_t alpha)
{
	const struct line *line = line_of(lettering, text, style);
	cover_draw(&line->cover, target, (int)lroundf(x), (int)lroundf(y) - line->baseline, rgb,
		alpha);
}
