#include "screens/turned.h"

#include <stdio.h>
#include <stdlib.h>

#include "screens/scenes.h"
#include "sdl/screen.h"

enum { LONG_PX = 800, SHORT_PX = 480, CLICKS = 64 };

/* Clockwise by quarters, one at a time: what was left is above, what was above is right. */
static SDL_Point turned_once(SDL_Point at, int height)
{
	return (SDL_Point){ height - 1 - at.y, at.x };
}

static SDL_Point turned(SDL_Point at, int width, int height, int quarters)
{
	for (int i = 0; i < quarters; i++)
		at = turned_once(at, i % 2 ? width : height);
	return at;
}

static uint32_t pixel(const SDL_Surface *surface, SDL_Point at)
{
	const uint8_t *row = (const uint8_t *)surface->pixels + at.y * surface->pitch;
	return ((const uint32_t *)(const void *)row)[at.x] & 0xFFFFFF;
}

static int differing(const SDL_Surface *upright, const SDL_Surface *hung, int quarters)
{
	int count = 0;
	for (int y = 0; y < upright->h; y++)
		for (int x = 0; x < upright->w; x++)
			count += pixel(upright, (SDL_Point){ x, y }) !=
				 pixel(hung, turned((SDL_Point){ x, y }, upright->w, upright->h,
						     quarters));
	return count;
}

/* A button pressed where a place of the picture is seen. */
static bool is_touched(struct screen_window *screen, SDL_Point place, int quarters)
{
	const struct surface *surface = screen_surface(screen);
	const SDL_Point seen = turned(place, surface->width_px, surface->height_px, quarters);
	SDL_Event event = { .button = { .type = SDL_MOUSEBUTTONDOWN,
				    .button = SDL_BUTTON_LEFT,
				    .x = seen.x,
				    .y = seen.y } };
	struct screen_event got;
	SDL_PushEvent(&event);
	/* SDL ends a round of events where it began, so the second round has it. */
	for (int round = 0; round < 2; round++)
		while (screen_next_event(screen, &got))
			if (got.kind == SCREEN_EVENT_POINTER)
				return got.pointer.x_px == (float)place.x &&
				       got.pointer.y_px == (float)place.y;
	return false;
}

static int check_touches(struct screen_window *screen, int quarters)
{
	int missed = 0;
	srand(1);
	for (int i = 0; i < CLICKS; i++) {
		const SDL_Point place = { rand() % screen_surface(screen)->width_px,
			rand() % screen_surface(screen)->height_px };
		missed += !is_touched(screen, place, quarters);
	}
	return missed;
}

static int check_one(struct easel *easel, const struct scene *scene, int quarters)
{
	static struct view view;
	const char *fonts = getenv("INCHECKPAAL_FONTS");
	const struct screen_options options = { .width_px = LONG_PX,
		.height_px = SHORT_PX,
		.rotate = 90 * quarters,
		.font_directory = fonts ? fonts : "build/fonts" };
	struct screen_window *screen;
	char words[512] = "";
	if (screen_create(&screen, &options, words, sizeof words) < 0) {
		printf("turned: %s\n", words);
		return 1;
	}
	view.theme = THEME_LIGHT;
	scene_view(scene, LANGUAGE_NL, &view);
	easel_draw(easel, &view, screen_surface(screen));
	screen_present(screen, &easel->picture);
	const SDL_Surface *hung = SDL_GetWindowSurface(SDL_GetWindowFromID(1));
	const int pixels = hung ? differing(easel->surface, hung, quarters) : LONG_PX * SHORT_PX;
	const int missed = check_touches(screen, quarters);
	if (pixels || missed)
		printf("%s turned by %d: %d pixels differ, %d of %d touches go elsewhere\n",
			scene->name, 90 * quarters, pixels, missed, CLICKS);
	screen_destroy(screen);
	return pixels || missed;
}

int turned_check(struct easel *easel, const char *unused)
{
	int failed = 0;
	(void)unused;
	for (size_t i = 0; i < scene_count; i++)
		if (scenes[i].screen == SCREEN_WELCOME || scenes[i].screen == SCREEN_IDLE)
			for (int quarters = 0; quarters < 4; quarters++)
				failed += check_one(easel, &scenes[i], quarters);
	return failed;
}
