/**
 * Fills forms with a colour, with smooth edges: the pixels on a form's border are mixed by how much
 * of them it covers. Honours the target's clip. Owner's thread only.
 */
#ifndef SDL_BRUSH_H
#define SDL_BRUSH_H

#include "sdl/form.h"

struct brush {
	SDL_Surface *target; /* 32 bits a pixel */
	uint32_t rgb;
	float alpha; /* 0 to 1 */
};

void brush_fill(const struct brush *brush, const struct form *form);
void brush_rect(const struct brush *brush, SDL_Rect rect);

/* The part of a box that is certainly plain, without its corners and edges. */
SDL_Rect brush_plain_part(const struct form *box);

#endif
