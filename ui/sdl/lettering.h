/**
 * Text as pixels: Inter by weight and size, Noto Sans for what Inter lacks, digits in equal cells
 * on request. Widths and rendered lines are cached in bounded tables. Owner's thread only.
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
	uint32_t rgb;
};

/* Draws with its baseline at device pixel (x, y) onto @target. */
void lettering_draw(struct lettering *lettering, SDL_Surface *target, const char *text, float x,
	float y, const struct lettering_style *style);

uint64_t lettering_rasterised(
	const struct lettering *lettering); /* lines that were not in the cache */

#endif
