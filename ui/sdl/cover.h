/**
 * How a line of letters covers the paper, from bare (0) to full (255) a pixel, packed: most of a
 * line is bare and much of a letter full, so what is kept is a third of the bytes or less, and
 * drawing passes over the rest. Owner's thread only.
 */
#ifndef SDL_COVER_H
#define SDL_COVER_H

#include <SDL.h>

#define COVER_BLOCK 8 /* pixels; a width is a whole number of blocks */

struct cover {
	int width, height;
	size_t size;    /* bytes of @rows */
	uint32_t *rows; /* where each row begins and the last ends, and then the rows themselves */
};

/* Packs @height rows of @width bytes, @pitch apart; without memory @ret is empty. cover_free gives
 * it back. */
void cover_pack(struct cover *ret, const uint8_t *bytes, int pitch, int width, int height);
void cover_free(struct cover *cover);
/* Mixes @rgb into the target with its upper left corner at @x, @y, inside the target's clip. */
void cover_draw(
	const struct cover *cover, SDL_Surface *target, int x, int y, uint32_t rgb, uint8_t alpha);

#endif
