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
#define WARM (UINT64_C(1) << 63) /* set for answers to come */

/* A line as it covers the paper, so that it serves in every colour. */
struct line {
	char *key; /* style and text; NULL when free */
	struct cover cover;
	int baseline;
};

struct width {
	uint64_t hash; /* 0 when free */
	float width;
};

struct lettering {
	struct typefaces *typefaces;
	float zoom;
	/* Of the lines, apart, to be searched quickly; when used last, 0 when free, WARM on top. */
	uint64_t hashes[LINES_MAX], used[LINES_MAX];
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
	lettering->hashes[index] = lettering->used[index] = 0;
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
	SDL_Surface *glyphs;       /* once set, until they are laid; NULL when there are none */
	int step, ascent, descent; /* of what is set: how wide, how far above and below the line */
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
	int width, height, pitch, baseline;
	uint8_t *bytes;
	SDL_Surface *lent; /* whose they are; else NULL */
};

/* Takes over how @glyphs cover, a byte a pixel; where two runs touch the denser one counts. */
static void take_cover(struct sheet *sheet, const SDL_Surface *glyphs, int x, int y)
{
	const int first = SDL_max(0, -x), end = SDL_min(glyphs->w, sheet->width - x);
	for (int row = SDL_max(0, -y); row < SDL_min(glyphs->h, sheet->height - y); row++) {
		const uint8_t *from = (const uint8_t *)glyphs->pixels + row * glyphs->pitch;
		uint8_t *to = sheet->bytes + (ptrdiff_t)(y + row) * sheet->pitch + x;
		for (int column = first; column < end; column++)
			to[column] = SDL_max(to[column], from[column]);
	}
}

static bool is_bare(const struct sheet *sheet, int row)
{
	const uint8_t *bytes = sheet->bytes + (ptrdiff_t)row * sheet->pitch;
	return !bytes[0] && memcmp(bytes, bytes + 1, (size_t)sheet->width - 1) == 0;
}

static int whole_blocks(int width)
{
	return (width + COVER_BLOCK - 1) / COVER_BLOCK * COVER_BLOCK;
}

/* Sets each run, which tells how wide it is. */
static void set_runs(struct lettering *lettering, struct setting *setting)
{
	const SDL_Color white = { 255, 255, 255, 255 }, black = { 0, 0, 0, 255 };
	char part[RUN_BYTES];
	for (size_t i = 0; i < setting->count; i++) {
		struct run *run = &setting->runs[i];
		TTF_Font *font = ready(lettering, setting, run, part);
		run->glyphs = font ? TTF_RenderUTF8_Shaded(font, part, white, black) : NULL;
		if (!run->glyphs)
			continue;
		run->ascent = TTF_FontAscent(font);
		run->descent = TTF_FontHeight(font) - run->ascent;
		run->step = run->cell ? widest_digit(font) : run->glyphs->w;
	}
}

/* Lays the runs side by side. */
static void lay_runs(struct setting *setting, struct sheet *ret)
{
	int ascent = 0, descent = 0, width = 0, x = 0;
	for (size_t i = 0; i < setting->count; i++) {
		width += setting->runs[i].step;
		ascent = SDL_max(ascent, setting->runs[i].ascent);
		descent = SDL_max(descent, setting->runs[i].descent);
	}
	*ret = (struct sheet){ .height = ascent + descent + 2, .baseline = ascent };
	ret->width = ret->pitch = whole_blocks(width + 4);
	ret->bytes = width ? calloc((size_t)ret->pitch, (size_t)ret->height) : NULL;
	for (size_t i = 0; i < setting->count; i++) {
		struct run *run = &setting->runs[setting->order[i]];
		if (run->glyphs && ret->bytes)
			take_cover(ret, run->glyphs, x + (run->step - run->glyphs->w) / 2,
				ascent - run->ascent);
		SDL_FreeSurface(run->glyphs);
		x += run->step;
	}
}

/* A run alone, as most names are, lies as it should; only the end of its rows is made bare. */
static bool lies_alone(const struct setting *setting, struct sheet *ret)
{
	const struct run *run = &setting->runs[0];
	if (setting->count != 1 || run->cell || !run->glyphs ||
		whole_blocks(run->glyphs->w) > run->glyphs->pitch)
		return false;
	const int end = run->glyphs->w, width = whole_blocks(end);
	*ret = (struct sheet){ width, run->glyphs->h, run->glyphs->pitch, run->ascent,
		run->glyphs->pixels, run->glyphs };
	for (int row = 0; row < ret->height; row++)
		memset(ret->bytes + (ptrdiff_t)row * ret->pitch + end, 0, (size_t)(width - end));
	return true;
}

/* Rows above and below the ink are not kept. */
static void keep(struct line *ret, const struct sheet *sheet)
{
	int first = 0, end = sheet->height;
	while (first < end && is_bare(sheet, first))
		first++;
	while (end > first && is_bare(sheet, end - 1))
		end--;
	cover_pack(&ret->cover, sheet->bytes + (ptrdiff_t)first * sheet->pitch, sheet->pitch,
		sheet->width, end - first);
	ret->baseline = sheet->baseline - first;
}

static void set_line(struct lettering *lettering, struct line *ret, const char *text,
	const struct lettering_style *style)
{
	struct setting setting;
	struct sheet sheet;
	*ret = (struct line){ 0 };
	take_runs(lettering, &setting, text, style);
	set_runs(lettering, &setting);
	if (!lies_alone(&setting, &sheet))
		lay_runs(&setting, &sheet);
	if (!sheet.bytes)
		return;
	keep(ret, &sheet);
	if (sheet.lent)
		SDL_FreeSurface(sheet.lent);
	else
		free(sheet.bytes);
	lettering->set++;
}

/* Who was here once goes before what answers to come need, and what was used longest ago first. */
static size_t first_to_go(const struct lettering *lettering)
{
	size_t first = 0;
	for (size_t i = 1; i < LINES_MAX; i++)
		if (lettering->used[i] &&
			(!lettering->used[first] || lettering->used[i] < lettering->used[first]))
			first = i;
	return first;
}

static size_t place_for_one(struct lettering *lettering)
{
	const size_t room = (size_t)(LINES_BYTES * SDL_max(lettering->zoom, 1.0f));
	while (lettering->kept == LINES_MAX || lettering->kept_bytes > room)
		forget(lettering, first_to_go(lettering));
	size_t place = 0;
	while (lettering->used[place])
		place++;
	return place;
}

static void enter(struct lettering *lettering, size_t place, const char *text, uint64_t hash)
{
	struct line *line = &lettering->lines[place];
	line->key = line->cover.rows ? strdup(text) : NULL;
	if (!line->key) {
		cover_free(&line->cover);
		return;
	}
	lettering->used[place] = ++lettering->clock;
	lettering->hashes[place] = hash;
	lettering->kept++;
	lettering->kept_bytes += line->cover.size;
}

static size_t place_of(
	struct lettering *lettering, const char *text, const struct lettering_style *style)
{
	const uint64_t hash = hash_of(text, style);
	for (size_t i = 0; i < LINES_MAX; i++) {
		if (lettering->hashes[i] == hash && strcmp(lettering->lines[i].key, text) == 0) {
			lettering->used[i] = (lettering->used[i] & WARM) | ++lettering->clock;
			return i;
		}
	}
	const size_t place = place_for_one(lettering);
	set_line(lettering, &lettering->lines[place], text, style);
	enter(lettering, place, text, hash);
	return place;
}

void lettering_warm(
	struct lettering *lettering, const char *text, const struct lettering_style *style)
{
	const size_t place = place_of(lettering, text, style);
	if (lettering->used[place])
		lettering->used[place] |= WARM;
}

void lettering_draw(struct lettering *lettering, SDL_Surface *target, const char *text, float x,
	float y, const struct lettering_style *style, uint32_t rgb, uint8_t alpha)
{
	const struct line *line = &lettering->lines[place_of(lettering, text, style)];
	cover_draw(&line->cover, target, (int)lroundf(x), (int)lroundf(y) - line->baseline, rgb,
		alpha);
}
