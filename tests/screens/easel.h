/** A view drawn off-screen by the real layout, lettering and painter, at any size. */
#ifndef SCREENS_EASEL_H
#define SCREENS_EASEL_H

#include <SDL.h>

#include "face/layout.h"
#include "sdl/lettering.h"

struct easel {
	struct lettering *lettering;
	SDL_Surface *surface; /* ARGB8888, of the size last drawn */
	struct picture picture;
};

/* 0 or -errno, said on stderr. */
int easel_init(struct easel *ret, const char *fonts);
void easel_finish(struct easel *easel);

/* Layout alone, then both. -EOVERFLOW when the picture has no room for all of it. */
int easel_compose(struct easel *easel, const struct view *view, const struct surface *size);
int easel_draw(struct easel *easel, const struct view *view, const struct surface *size);

#endif
