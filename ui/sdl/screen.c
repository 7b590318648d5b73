#include "sdl/screen.h"

#include <errno.h>
#include <SDL.h>
#include <SDL_syswm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sdl/console.h"
#include "sdl/display_loss.h"
#include "sdl/lettering.h"
#include "sdl/painter.h"
#include "sdl/png.h"

#define OFFSCREEN_WIDTH 1280
#define OFFSCREEN_HEIGHT 720

struct screen_window {
	struct screen_options options;
	SDL_Window *window;
	struct console *console; /* what shows the window on the bare console; else NULL */
	SDL_Surface *turned;     /* what is painted when the display hangs turned, or has pixels of
				    another kind; else NULL: the window's own surface is painted */
	bool touched;            /* by @finger */
	SDL_FingerID finger;
	struct surface surface;
	struct measure measure;
	struct lettering *lettering;
	uint64_t frames;
};

static void set_hints(void)
{
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
	/* What asks to quit is then never a window: a Wayland display that is gone. */
	SDL_SetHint(SDL_HINT_QUIT_ON_LAST_WINDOW_CLOSE, "0");
	SDL_SetHint(SDL_HINT_APP_NAME, "Incheckpaal");
	/* Fingers are taken as fingers, since a console has no window to put a mouse in. */
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	if (console_is_wanted())
		SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "evdev", SDL_HINT_OVERRIDE);
}

/* The surface goes straight to the display: through OpenGL it costs 17 ms and 110 MB. Wayland knows
 * no other way. */
static void choose_way(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	const bool wayland = driver && strcmp(driver, "wayland") == 0;
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, wayland ? "opengles2" : "0");
}

static bool is_offscreen(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return driver && (strcmp(driver, "dummy") == 0 || strcmp(driver, "offscreen") == 0);
}

static void measure_display(const struct screen_window *screen, int *ret_width, int *ret_height)
{
	const struct screen_options *options = &screen->options;
	SDL_DisplayMode mode = { .w = OFFSCREEN_WIDTH, .h = OFFSCREEN_HEIGHT };
	if (screen->console) {
		console_size(screen->console, ret_width, ret_height);
		return;
	}
	if (!is_offscreen() && options->fullscreen)
		SDL_GetDesktopDisplayMode(0, &mode);
	*ret_width = options->width_px ? options->width_px : mode.w;
	*ret_height = options->height_px ? options->height_px : mode.h;
}

static bool is_turned(const struct screen_window *screen)
{
	return screen->options.rotate == 90 || screen->options.rotate == 270;
}

static bool paints_directly(const struct screen_window *screen, const SDL_Surface *target)
{
	return screen->options.rotate == 0 &&
	       (target->format->format == SDL_PIXELFORMAT_RGB888 ||
		       target->format->format == SDL_PIXELFORMAT_ARGB8888);
}

static int fit_surface(struct screen_window *screen)
{
	SDL_Surface *target = SDL_GetWindowSurface(screen->window);
	if (!target)
		return -ENODEV;
	const int width = is_turned(screen) ? target->h : target->w,
		  height = is_turned(screen) ? target->w : target->h;
	screen->surface = (struct surface){ width, height, screen->options.small };
	SDL_FreeSurface(screen->turned);
	screen->turned = NULL;
	if (paints_directly(screen, target))
		return 0;
	screen->turned =
		SDL_CreateRGBSurfaceWithFormat(0, width, height, 32, SDL_PIXELFORMAT_ARGB8888);
	return screen->turned ? 0 : -ENOMEM;
}

static void close_window(struct screen_window *screen)
{
	if (screen->window)
		display_destroy(screen->window);
	screen->window = NULL;
	console_close(screen->console);
	screen->console = NULL;
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static int open_window(struct screen_window *screen)
{
	int width, height;
	set_hints();
	display_begin();
	if (SDL_InitSubSystem(SDL_INIT_VIDEO) < 0)
		return -ENODEV;
	choose_way();
	if (console_is_wanted() && console_open(&screen->console) < 0) {
		SDL_QuitSubSystem(SDL_INIT_VIDEO);
		return -ENODEV;
	}
	measure_display(screen, &width, &height);
	const bool fills = screen->options.fullscreen && !screen->console;
	const Uint32 flags = SDL_WINDOW_HIDDEN | (fills ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
	screen->window = SDL_CreateWindow("Incheckpaal", SDL_WINDOWPOS_CENTERED,
		SDL_WINDOWPOS_CENTERED, width, height, flags);
	if (screen->window)
		display_show(screen->window);
	if (!screen->window || fit_surface(screen) < 0 || display_is_lost()) {
		close_window(screen);
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
	SDL_FreeSurface(screen->turned);
	if (screen->window)
		close_window(screen);
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

static uint32_t *pixel_at(const SDL_Surface *surface, int x, int y)
{
	return (uint32_t *)(void *)((uint8_t *)surface->pixels + y * surface->pitch) + x;
}

/* Where the first pixel of a row goes, and how far the next one lies from it. */
static void turn_into(const SDL_Surface *from, SDL_Surface *to, int degrees)
{
	const int pitch = to->pitch / 4;
	const int step = degrees == 90 ? pitch : degrees == 180 ? -1 : -pitch;
	for (int y = 0; y < from->h; y++) {
		const uint32_t *row = pixel_at(from, 0, y);
		uint32_t *pixel = degrees == 90    ? pixel_at(to, from->h - 1 - y, 0)
				  : degrees == 180 ? pixel_at(to, from->w - 1, from->h - 1 - y)
						   : pixel_at(to, y, from->w - 1);
		for (int x = 0; x < from->w; x++, pixel += step)
			*pixel = row[x];
	}
}

/* What the picture is painted on; NULL when the display is gone. */
static SDL_Surface *easel_of(const struct screen_window *screen)
{
	if (!screen->window)
		return NULL;
	return screen->turned ? screen->turned : SDL_GetWindowSurface(screen->window);
}

static int show(struct screen_window *screen)
{
	SDL_Surface *target = SDL_GetWindowSurface(screen->window);
	if (!target)
		return -ENODEV;
	if (screen->turned && screen->options.rotate && target->format->BytesPerPixel == 4)
		turn_into(screen->turned, target, screen->options.rotate);
	else if (screen->turned)
		SDL_BlitSurface(screen->turned, NULL, target, NULL);
	if (screen->console)
		return console_show(screen->console, target);
	return SDL_UpdateWindowSurface(screen->window) < 0 || display_is_lost() ? -ENODEV : 0;
}

int screen_present(struct screen_window *screen, const struct picture *picture)
{
	SDL_Surface *easel = easel_of(screen);
	if (easel)
		painter_paint(easel, picture, screen->lettering);
	if (!easel || show(screen) < 0) {
		if (screen->window)
			close_window(screen);
		return -ENODEV;
	}
	screen->frames++;
	return 0;
}

void screen_warm(struct screen_window *screen, const struct picture *picture)
{
	painter_warm(picture, screen->lettering);
}

int screen_save_png(struct screen_window *screen, const struct picture *picture, const char *path)
{
	SDL_Surface *easel = easel_of(screen);
	if (!easel)
		return -ENODEV;
	painter_paint(easel, picture, screen->lettering);
	return png_save(easel, path);
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

/* Only the first finger counts: a second one is a sleeve. */
static bool translate_finger(
	struct screen_window *screen, const SDL_Event *event, struct screen_event *ret)
{
	const SDL_TouchFingerEvent *finger = &event->tfinger;
	const bool turned = is_turned(screen);
	const int width = turned ? screen->surface.height_px : screen->surface.width_px,
		  height = turned ? screen->surface.width_px : screen->surface.height_px;
	if (event->type == SDL_FINGERDOWN && SDL_GetNumTouchFingers(finger->touchId) <= 1) {
		screen->touched = true;
		screen->finger = finger->fingerId;
	}
	if (!screen->touched || finger->fingerId != screen->finger)
		return false;
	if (event->type == SDL_FINGERUP)
		screen->touched = false;
	ret->pointer = pointer_of(screen,
		event->type == SDL_FINGERDOWN ? POINTER_DOWN
		: event->type == SDL_FINGERUP ? POINTER_UP
					      : POINTER_MOVE,
		(int)(finger->x * (float)(width - 1)), (int)(finger->y * (float)(height - 1)));
	return true;
}

static bool translate_window(
	struct screen_window *screen, const SDL_WindowEvent *event, struct screen_event *ret)
{
	ret->kind =
		event->event == SDL_WINDOWEVENT_CLOSE ? SCREEN_EVENT_QUIT : SCREEN_EVENT_EXPOSED;
	switch (event->event) {
	case SDL_WINDOWEVENT_CLOSE: /* a window that is the whole screen is nobody's to close */
		return !screen->options.fullscreen;
	case SDL_WINDOWEVENT_EXPOSED:
	case SDL_WINDOWEVENT_SIZE_CHANGED:
		return fit_surface(screen) == 0;
	default:
		return false;
	}
}

static bool translate(
	struct screen_window *screen, const SDL_Event *event, struct screen_event *ret)
{
	ret->kind = SCREEN_EVENT_POINTER;
	switch (event->type) {
	case SDL_QUIT:
		display_lose();
		return false;
	case SDL_WINDOWEVENT:
		return translate_window(screen, &event->window, ret);
	case SDL_MOUSEBUTTONDOWN:
	case SDL_MOUSEBUTTONUP:
		ret->pointer = pointer_of(screen,
			event->type == SDL_MOUSEBUTTONDOWN ? POINTER_DOWN : POINTER_UP,
			event->button.x, event->button.y);
		return event->button.button == SDL_BUTTON_LEFT;
	case SDL_MOUSEMOTION:
		ret->pointer = pointer_of(screen, POINTER_MOVE, event->motion.x, event->motion.y);
		return event->motion.state & SDL_BUTTON_LMASK;
	case SDL_FINGERDOWN:
	case SDL_FINGERUP:
	case SDL_FINGERMOTION:
		return translate_finger(screen, event, ret);
	default:
		return false;
	}
}

bool screen_next_event(struct screen_window *screen, struct screen_event *ret)
{
	SDL_Event event;
	while (screen->window && !display_is_lost() && SDL_PollEvent(&event))
		if (translate(screen, &event, ret) && !display_is_lost())
			return true;
	if (screen->window &&
		(display_is_lost() || (screen->console && !console_is_there(screen->console))))
		close_window(screen);
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
	struct lettering_counts lettering;
	lettering_counts(screen->lettering, &lettering);
	*ret = (struct screen_counts){ screen->frames, lettering.set };
}
