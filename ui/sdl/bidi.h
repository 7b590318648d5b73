/** Which way the letters of a line run, by the Unicode bidirectional algorithm (FriBidi). Pure. */
#ifndef SDL_BIDI_H
#define SDL_BIDI_H

#include <stddef.h>
#include <stdint.h>

enum { BIDI_CODES_MAX = 640 };

/* Embedding levels of @count (at most BIDI_CODES_MAX) characters in logical order: odd ones run
 * right to left. The line runs as its first strong letter does. */
void bidi_levels(const uint32_t *codes, size_t count, uint8_t *ret);

/* The order to draw @count pieces of the given levels in, left to right. */
void bidi_order(const uint8_t *levels, size_t count, size_t *ret);

#endif
