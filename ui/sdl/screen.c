#include "sdl/screen.h"

#include <errno.h>
#include <SDL.h>
#include <SDL_syswm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sdl/lettering.h"
#include "sdl/painter.h"
#include "sdl/png.h"

#define OFFSCREEN_WIDTH 1280
#define OFFSCREEN_HEIGHT 720

struct screen_window {
	struct screen_options options;
	SDL_Window *window;
	SDL_Surface *picture; /* what is painted, unturned; the window's own surface when nothing is
				 turned */
	struct surface surface;
	struct measure measure;
	struct lettering *lettering;
	uint64_t frames;
};

/*
 * The window's surface goes straight to the display where it can; through OpenGL it costs 17 ms a
 * frame and 110 MB. On the bare console (kmsdrm) there is no other way, and the generic 'opengl'
 * shows nothing there.
 */
static void set_hints(void)
{
	const char *driver = SDL_getenv("SDL_VIDEODRIVER");
	const bool console = driver && strcasecmp(driver, "kmsdrm") == 0;
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, console ? "opengles2" : "0");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	SDL_SetHint(SDL_HINT_APP_NAME, "Incheckpaal");
}

static bool is_offscreen(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return driver && (strcmp(driver, "dummy") == 0 || strcmp(driver, "offscreen") == 0);
}

static void measure_display(const struct screen_options *options, int *ret_width, int *ret_height)
{
	SDL_DisplayMode mode = { .w = OFFSCREEN_WIDTH, .h = OFFSCREEN_HEIGHT };
	if (!is_offscreen() && options->fullscreen)
		SDL_GetDesktopDisplayMode(0, &mode);
	*ret_width = options->width_px ? options->width_px : mode.w;
	*ret_height = options->height_px ? options->height_px : mode.h;
}

static bool is_turned(const struct screen_window *screen)
{
	return screen->options.rotate == 90 || screen->options.rotate == 270;
}

static int fit_surface(struct screen_window *screen)
{
	SDL_Surface *target = SDL_GetWindowSurface(screen->window);
	if (!target)
		return -ENODEV;
	const int width = is_turned(screen) ? target->h : target->w,
		  height = is_turned(screen) ? target->w : target->h;
	if (screen->picture && screen->picture->w == width && screen->picture->h == height)
		return 0;
	SDL_FreeSurface(screen->picture);
	screen->picture =
		SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
	screen->surface = (struct surface){ width, height, screen->options.small };
	return screen->picture ? 0 : -ENOMEM;
}

static int open_window(struct screen_window *screen)
{
	int width, height;
	set_hints();
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) < 0)
		return -ENODEV;
	measure_display(&screen->options, &width, &height);
	const Uint32 flags =
		SDL_WINDOW_SHOWN | (screen->options.fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
	screen->window = SDL_CreateWindow("Incheckpaal", SDL_WINDOWPOS_CENTERED,
		SDL_WINDOWPOS_CENTERED, width, height, flags);
	if (!screen->window || fit_surface(screen) < 0) {
		if (screen->window)
			SDL_DestroyWindow(screen->window);
		screen->window = NULL;
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		return -ENODEV;
	}
	if (screen->options.fullscreen)
		SDL_ShowCursor(SDL_DISABLE);
	return 0;
}

int screen_create(struct screen_window **ret, const struct screen_options *options, char *ret_words,
	size_t size)
{
	struct screen_window *screen = calloc(1, sizeof *screen);
	if (!screen)
		return -ENOMEM;
	screen->options = *options;
	int r = lettering_create(&screen->lettering, options->font_directory, ret_words, size);
	if (r < 0) {
		free(screen);
		return r;
	}
	screen->measure = (struct measure){ screen->lettering, lettering_width };
	r = open_window(screen);
	if (r < 0)
		snprintf(ret_words, size, "%s", SDL_GetError());
	*ret = screen;
	return r;
}

void screen_destroy(struct screen_window *screen)
{
	if (!screen)
		return;
	lettering_destroy(screen->lettering);
	SDL_FreeSurface(screen->picture);
	if (screen->window)
		SDL_DestroyWindow(screen->window);
	free(screen);
	SDL_Quit();
}

int screen_reopen(struct screen_window *screen)
{
	return !screen ? -ENODEV : screen->window ? 0 : open_window(screen);
}

bool screen_is_open(const struct screen_window *screen)
{
	return screen->window != NULL;
}

const struct surface *screen_surface(const struct screen_window *screen)
{
	return &screen->surface;
}

const struct measure *screen_measure(struct screen_window *screen)
{
	/* Measured at the size it will be painted, so that layout and picture agree. */
	lettering_set_zoom(screen->lettering, layout_zoom(&screen->surface));
	return &screen->measure;
}

static void turn_into(const SDL_Surface *from, SDL_Surface *to, int degrees)
{
	for (int y = 0; y < from->h; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const uint8_t *)from->pixels +
							 y * from->pitch);
		for (int x = 0; x < from->w; x++) {
			const int tx = degrees == 90    ? from->h - 1 - y
				       : degrees == 180 ? from->w - 1 - x
							: y;
			const int ty = degrees == 90    ? x
				       : degrees == 180 ? from->h - 1 - y
							: from->w - 1 - x;
			uint32_t *pixel =
				(uint32_t *)(void *)((uint8_t *)to->pixels + ty * to->pitch) + tx;
			*pixel = row[x];
		}
	}
}

static int show(struct screen_window *screen)
{
	SDL_Surface *target = SDL_GetWindowSurface(screen->window);
	if (!target)
		return -ENODEV;
	if (screen->options.rotate && target->format->BytesPerPixel == 4)
		turn_into(screen->picture, target, screen->options.rotate);
	else
		SDL_BlitSurface(screen->picture, NULL, target, NULL);
	return SDL_UpdateWindowSurface(screen->window) < 0 ? -ENODEV : 0;
}

int screen_present(struct screen_window *screen, const struct picture *picture)
{
	if (!screen->window)
		return -ENODEV;
	painter_paint(screen->picture, picture, screen->lettering);
	if (show(screen) < 0) {
		SDL_DestroyWindow(screen->window);
		screen->window = NULL;
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		return -ENODEV;
	}
	screen->frames++;
	return 0;
}

int screen_save_png(struct screen_window *screen, const struct picture *picture, const char *path)
{
	if (!screen->picture)
		return -ENODEV;
	painter_paint(screen->picture, picture, screen->lettering);
	return png_save(screen->picture, path);
}

/* From the window to the picture, which may be turned in it. */
static struct pointer pointer_of(
	const struct screen_window *screen, enum pointer_kind kind, int x, int y)
{
	const int right = screen->surface.width_px - 1, bottom = screen->surface.height_px - 1;
	int px = x, py = y;
	if (screen->options.rotate == 90) {
		px = y;
		py = bottom - x;
	} else if (screen->options.rotate == 180) {
		px = right - x;
		py = bottom - y;
	} else if (screen->options.rotate == 270) {
		px = right - y;
		py = x;
	}
	return (struct pointer){ kind, (float)px, (float)py };
}

/* SDL turns the first finger into a left mouse button, so one way serves both. */
static bool translate(
	struct screen_window *screen, const SDL_Event *event, struct screen_event *ret)
{
	ret->kind = SCREEN_EVENT_POINTER;
	switch (event->type) {
	case SDL_QUIT:
		ret->kind = SCREEN_EVENT_QUIT;
		return true;
	case SDL_WINDOWEVENT:
		ret->kind = SCREEN_EVENT_EXPOSED;
		return (event->window.event == SDL_WINDOWEVENT_EXPOSED ||
			       event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED) &&
		       fit_surface(screen) == 0;
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		ret->pointer = pointer_of(screen,
			event->type == SDL_MOUSEBUTTONDOWN ? POINTER_DOWN : POINTER_UP,
			event->button.x, event->button.y);
		return event->button.button == SDL_BUTTON_LEFT;
	case SDL_MOUSEMOTION:
		ret->pointer = pointer_of(screen, POINTER_MOVE, event->motion.x, event->motion.y);
		return event->motion.state & SDL_BUTTON_LMASK;
	default:
		return false;
	}
}

bool screen_next_event(struct screen_window *screen, struct screen_event *ret)
{
	SDL_Event event;
	while (SDL_PollEvent(&event))
		if (translate(screen, &event, ret))
			return true;
	return false;
}

bool screen_has_touch(const struct screen_window *screen)
{
	static const bool by_choice[] = { [TOUCH_YES] = true, [TOUCH_NO] = false };
	if (screen->options.touch != TOUCH_AUTO)
		return by_choice[screen->options.touch];
	return screen->window &&
	       (SDL_GetNumTouchDevices() > 0 || (!screen->options.fullscreen && !is_offscreen()));
}

int screen_event_fd(const struct screen_window *screen)
{
#ifdef SDL_VIDEO_DRIVER_X11
	SDL_SysWMinfo info;
	SDL_VERSION(&info.version);
	if (screen->window && SDL_GetWindowWMInfo(screen->window, &info) &&
		info.subsystem == SDL_SYSWM_X11)
		return ConnectionNumber(info.info.x11.display);
#endif
	(void)screen;
	return -1;
}

void screen_counts(const struct screen_window *screen, struct screen_counts *ret)
{
	*ret = (struct screen_counts){ screen->frames, lettering_rasterised(screen->lettering) };
}
