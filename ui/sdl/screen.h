/**
 * The window: SDL video, painter and fonts together. Belongs to the thread that created it (the
 * main thread).
 *
 * If SDL finds no display, or loses it, screen_present returns -ENODEV and screen_reopen may be
 * tried again; the kiosk goes on without a picture.
 */
#ifndef SDL_SCREEN_H
#define SDL_SCREEN_H

#include "core/config.h"
#include "face/layout.h"

struct screen_window;

struct screen_options {
	int width_px, height_px; /* 0: the display's own, or 1280x720 off-screen */
	bool fullscreen, small;
	int rotate; /* 0, 90, 180, 270 */
	enum has_touch touch;
	const char *font_directory; /* where the staged fonts lie */
};

/* 0; -ENODEV no display (words in the journal); -ENOENT a font is missing: @ret_words says which
 * and what to do. */
int screen_create(struct screen_window **ret, const struct screen_options *options, char *ret_words,
	size_t size);
void screen_destroy(struct screen_window *screen);
int screen_reopen(struct screen_window *screen); /* after -ENODEV */
bool screen_is_open(const struct screen_window *screen);

const struct surface *screen_surface(const struct screen_window *screen);
const struct measure *screen_measure(struct screen_window *screen);
/* Paints and presents; returns after SDL has presented. One frame. 0 or -ENODEV. */
int screen_present(struct screen_window *screen, const struct picture *picture);
/* Sets the picture's text without painting, so that presenting one like it is quick. */
void screen_warm(struct screen_window *screen, const struct picture *picture);
/* Writes what was last presented (or would have been) as PNG. 0 or -errno. */
int screen_save_png(struct screen_window *screen, const struct picture *picture, const char *path);

enum screen_event_kind {
	SCREEN_EVENT_QUIT,    /* the window was closed */
	SCREEN_EVENT_EXPOSED, /* paint again */
	SCREEN_EVENT_POINTER
};
struct screen_event {
	enum screen_event_kind kind;
	struct pointer pointer; /* SCREEN_EVENT_POINTER */
};
/* Takes the next thing that happened to the window; false when there is none now, or no display any
 * more. */
bool screen_next_event(struct screen_window *screen, struct screen_event *ret);
/* Whether somebody can touch it: a touch screen, or a mouse on a window that does not fill the
 * screen. */
bool screen_has_touch(const struct screen_window *screen);
int screen_event_fd(const struct screen_window
		*screen); /* X11's connection, to poll on; -1 when there is none */

struct screen_counts {
	uint64_t frames, rasterised; /* presented frames; lines of text drawn anew by SDL_ttf */
};
void screen_counts(const struct screen_window *screen, struct screen_counts *ret);

#endif
