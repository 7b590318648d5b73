/**
 * Paints a picture onto a 32-bit surface, with smooth edges: each shape says how far a pixel is
 * from its border, and the pixels on the border are mixed. Owner's thread only.
 */
#ifndef SDL_PAINTER_H
#define SDL_PAINTER_H

#include <SDL.h>

#include "face/picture.h"
#include "sdl/lettering.h"

void painter_paint(SDL_Surface *target, const struct picture *picture, struct lettering *lettering);
/* Only the shapes from @from to before @end, over what is there. */
void painter_add(SDL_Surface *target, const struct picture *picture, size_t from, size_t end,
	struct lettering *lettering);
/* Sets every text of the picture, so that painting it later is quick. */
void painter_warm(const struct picture *picture, struct lettering *lettering);

#endif
