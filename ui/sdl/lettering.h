/**
 * Text as pixels: each run of letters in a typeface that has it, right to left where the script
 * runs so, digits in equal cells on request. Widths and set lines are cached in bounded tables: a
 * line once set is only mixed in. Owner's thread only.
 */
#ifndef SDL_LETTERING_H
#define SDL_LETTERING_H

#include <SDL.h>

#include "face/picture.h"

struct lettering;

/* -ENOENT when a font is missing: @ret_words says which, and which package has it. */
int lettering_create(struct lettering **ret, const char *directory, char *ret_words, size_t size);
void lettering_destroy(struct lettering *lettering);

/* Logical pixels times this are device pixels; when it changes all caches are dropped. */
void lettering_set_zoom(struct lettering *lettering, float zoom);

/* As struct measure. */
float lettering_width(void *lettering, const char *text, size_t length, float size_px,
	enum weight weight, bool display, bool tabular);

struct lettering_style {
	float size_px;
	enum weight weight;
	bool display, tabular;
};

/* Mixes the text in with its baseline at device pixel (x, y) of @target, @alpha 0 to 255. */
void lettering_draw(struct lettering *lettering, SDL_Surface *target, const char *text, float x,
	float y, const struct lettering_style *style, uint32_t rgb, uint8_t alpha);
/* Sets the text without drawing it, so that drawing it later is quick; other lines make room for
 * it.
 */
void lettering_warm(
	struct lettering *lettering, const char *text, const struct lettering_style *style);

struct lettering_counts {
	uint64_t set;      /* lines that were not in the cache and had to be rasterised */
	size_t kept_bytes; /* what the lines in the cache take */
};
void lettering_counts(const struct lettering *lettering, struct lettering_counts *ret);

#endif
