#include "sdl/showing.h"

#include <stdlib.h>
#include <string.h>

#define CHANNEL_TOLERANCE 8 /* of 255: displays of 16 bits round */

/*
 * The surface goes straight to the display where it can; through OpenGL it costs 17 ms a frame and
 * 110 MB. On the bare console (kmsdrm) there is no other way, and the generic 'opengl' shows
 * nothing there.
 */
void showing_choose(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	const bool console = driver && SDL_strcasecmp(driver, "kmsdrm") == 0;
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, console ? "opengles2" : "0");
}

static bool is_alike(uint32_t a, uint32_t b)
{
	for (int shift = 0; shift < 24; shift += 8)
		if (abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF)) > CHANNEL_TOLERANCE)
			return false;
	return true;
}

/* A texture, because that is how SDL shows the surface. */
static bool draws(SDL_Renderer *renderer, uint32_t colour)
{
	const SDL_Rect place = { 0, 0, 8, 8 }, inside = { 4, 4, 1, 1 };
	uint32_t seen = ~colour;
	SDL_Texture *texture = SDL_CreateTexture(
		renderer, SDL_PIXELFORMAT_ARGB8888, SDL_TEXTUREACCESS_STATIC, 1, 1);
	const bool done =
		texture && SDL_UpdateTexture(texture, NULL, &colour, 4) == 0 &&
		SDL_RenderCopy(renderer, texture, NULL, &place) == 0 &&
		SDL_RenderReadPixels(renderer, &inside, SDL_PIXELFORMAT_ARGB8888, &seen, 4) == 0;
	if (texture)
		SDL_DestroyTexture(texture);
	return done && is_alike(seen, colour);
}

bool showing_works(SDL_Window *window)
{
	SDL_Renderer *renderer = SDL_GetRenderer(window);
	SDL_RendererInfo info = { .name = "?" };
	if (!renderer || (draws(renderer, 0xFFC04080) && draws(renderer, 0xFF40C0E0)))
		return true;
	SDL_GetRendererInfo(renderer, &info);
	SDL_SetError("the renderer %s of %s draws nothing; SDL_FRAMEBUFFER_ACCELERATION=opengles2 "
		     "and the packages libgles2, libegl1 and libgl1-mesa-dri are what it needs",
		info.name, SDL_GetCurrentVideoDriver());
	return false;
}
