#include "screens/easel.h"

#include <errno.h>
#include <stdio.h>

#include "sdl/painter.h"

int easel_init(struct easel *ret, const char *fonts)
{
	char words[512] = "";
	*ret = (struct easel){ NULL };
	const int r = lettering_create(&ret->lettering, fonts, words, sizeof words);
	if (r < 0)
		fprintf(stderr, "screens: %s\n", words);
	return r;
}

void easel_finish(struct easel *easel)
{
	lettering_destroy(easel->lettering);
	SDL_FreeSurface(easel->surface);
}

int easel_compose(struct easel *easel, const struct view *view, const struct surface *size)
{
	const struct measure measure = { easel->lettering, lettering_width };
	lettering_set_zoom(easel->lettering, layout_zoom(size));
	layout_picture(&easel->picture, view, size, &measure);
	return easel->picture.overflowed ? -EOVERFLOW : 0;
}

int easel_draw(struct easel *easel, const struct view *view, const struct surface *size)
{
	const int r = easel_compose(easel, view, size);
	SDL_Surface *old = easel->surface;
	if (!old || old->w != size->width_px || old->h != size->height_px) {
		SDL_FreeSurface(old);
		easel->surface = SDL_CreateRGBSurfaceWithFormat(
			0, size->width_px, size->height_px, 32, SDL_PIXELFORMAT_ARGB8888);
	}
	if (!easel->surface)
		return -ENOMEM;
	painter_paint(easel->surface, &easel->picture, easel->lettering);
	return r;
}
