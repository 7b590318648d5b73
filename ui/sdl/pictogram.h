/** Paints an icon of face/icons.h. Owner's thread only. */
#ifndef SDL_PICTOGRAM_H
#define SDL_PICTOGRAM_H

#include "face/icons.h"
#include "sdl/brush.h"

/* In @brush's colour, its background parts in @background. Left top and side in device pixels,
 * turned by quarters around its middle. */
void pictogram_paint(const struct brush *brush, uint32_t background, enum icon icon, float x,
	float y, float side, int turn_deg);

#endif
