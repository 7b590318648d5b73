/**
 * The typefaces: Inter by weight and size, and for each script that Inter lacks the Noto Sans that
 * has it. Fonts are opened when first asked for and the one unused longest is closed when there are
 * many. Owner's thread only.
 */
#ifndef SDL_TYPEFACE_H
#define SDL_TYPEFACE_H

#include <SDL_ttf.h>

#include "face/picture.h"

struct typefaces;

/* -ENOENT when a font that must be there is missing: @ret_words says which, and its package. */
int typefaces_create(struct typefaces **ret, const char *directory, char *ret_words, size_t size);
void typefaces_destroy(struct typefaces *typefaces);
void typefaces_close(struct typefaces *typefaces); /* every open font */

/* One typeface at one size; the font may be closed by the next call that opens another. */
struct typeface {
	uint8_t file;
	char script[5]; /* as ISO 15924 has it */
};
/* What @code is set in. One that belongs to the letter before it (an accent, a joiner) gets
 * @before; one that nobody has gets Noto Sans, which shows a box. */
struct typeface typeface_of(struct typefaces *typefaces, uint32_t code, enum weight weight,
	bool display, int size_px, const struct typeface *before);
/* NULL when it can not be opened. */
TTF_Font *typeface_font(struct typefaces *typefaces, struct typeface typeface, int size_px);

#endif
