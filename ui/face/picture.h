/**
 * A picture: the list of shapes that make one screen, in logical pixels, back to front.
 *
 * Only what SDL2 and SDL2_ttf can draw: boxes, frames, discs, rings, lines, polygons, icons, text,
 * flat alpha. Made by the layout (face/layout.h), painted by ui/sdl/painter.h. Plain values in a
 * struct the caller holds (about 200 kB); pure; one thread.
 */
#ifndef FACE_PICTURE_H
#define FACE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "face/touch.h"

/* Colour tokens of design.md 2, resolved to RGB by theme in palette_colour(). */
enum colour {
	COLOUR_NONE,
	COLOUR_PAPER,
	COLOUR_SURFACE,
	COLOUR_SUNKEN,
	COLOUR_LINE,
	COLOUR_EDGE,
	COLOUR_INK,
	COLOUR_INK2,
	COLOUR_RAIL,
	COLOUR_PETROL,
	COLOUR_PETROL2,
	COLOUR_ON_PETROL,
	COLOUR_ON_PETROL2,
	COLOUR_SEIN,
	COLOUR_ON_SEIN,
	COLOUR_OK,
	COLOUR_ON_OK,
	COLOUR_ON_OK2,
	COLOUR_OK_INK,
	COLOUR_WARN,
	COLOUR_ON_WARN,
	COLOUR_ON_WARN2,
	COLOUR_WARN_SOFT,
	COLOUR_ON_WARN_SOFT,
	COLOUR_STOP,
	COLOUR_ON_STOP,
	COLOUR_ON_STOP2,
	COLOUR_STOP_INK,
	COLOUR_STOP_SOFT,
	COLOUR_OUT,
	COLOUR_ON_OUT,
	COLOUR_ON_OUT2,
	COLOUR_ICT,
	COLOUR_HEALTH,
	COLOUR_MAAK,
	COLOUR_LOG,
	COLOUR_ALL,
	COLOUR_ON_MARK,
	COLOUR_COUNT
};

enum weight { WEIGHT_400, WEIGHT_500, WEIGHT_600, WEIGHT_700, WEIGHT_COUNT };
enum style {
	STYLE_SMALL,
	STYLE_BODY,
	STYLE_LEAD,
	STYLE_TITLE,
	STYLE_HEAD,
	STYLE_DISPLAY,
	STYLE_HERO,
	STYLE_COUNT
};

enum shape_kind {
	SHAPE_BOX,     /* x y w h, radius */
	SHAPE_FRAME,   /* x y w h, radius, stroke: outline inside the box */
	SHAPE_DISC,    /* centre x y, radius */
	SHAPE_RING,    /* centre x y, radius to the middle of the stroke, stroke */
	SHAPE_LINE,    /* from x y to w h (absolute), stroke; round caps if radius > 0 */
	SHAPE_POLYGON, /* points[], convex */
	SHAPE_ICON,    /* x y, w = size; icon; colour on background; turn in degrees */
	SHAPE_QR, /* x y w h; points = modules a side, stroke = quiet modules around, text = bits */
	SHAPE_TEXT, /* x y = left and baseline; text, size_px, weight, display, tabular */
};

enum { PICTURE_SHAPES_MAX = 700, PICTURE_TEXT_BYTES = 24 * 1024, POLYGON_POINTS_MAX = 8 };

/* What moves together (face/motion.h). */
enum group { GROUP_NONE, GROUP_SIGN, GROUP_CARD, GROUP_BOARD };

struct shape {
	uint8_t kind;          /* enum shape_kind */
	uint8_t group;         /* enum group */
	uint8_t colour;        /* enum colour */
	uint8_t background;    /* SHAPE_ICON: what '-' parts are painted in */
	uint8_t alpha;         /* 255 opaque */
	uint8_t weight;        /* SHAPE_TEXT */
	uint8_t icon;          /* SHAPE_ICON: index in face/icons.h */
	uint8_t points;        /* SHAPE_POLYGON */
	bool display, tabular; /* SHAPE_TEXT: Inter Display; digits in cells of equal width */
	int16_t turn;          /* SHAPE_ICON */
	float x, y, w, h, radius, stroke;
	float size_px;             /* SHAPE_TEXT: font size, logical */
	uint32_t text, text_bytes; /* SHAPE_TEXT: offset of NUL-terminated UTF-8 in picture.bytes */
	float polygon[2 * POLYGON_POINTS_MAX];
};

enum { PICTURE_TOUCHES_MAX = 64 };
/* Where a finger may do what, in logical pixels. */
struct touch_area {
	struct touch touch;
	float x, y, w, h;
};

struct picture {
	float zoom;          /* logical pixels times zoom is device pixels */
	float width, height; /* logical */
	uint8_t theme;       /* enum theme of core/config.h: light or dark */
	uint8_t field;       /* colour the whole screen is cleared to */
	size_t shape_count, bytes_used, touch_count;
	bool overflowed; /* a limit was hit: something is missing; tests refuse this */
	struct shape shapes[PICTURE_SHAPES_MAX];
	struct touch_area touches[PICTURE_TOUCHES_MAX];
	char bytes[PICTURE_TEXT_BYTES];
};

/* 0xRRGGBB of a token in a theme (THEME_LIGHT or THEME_DARK). */
uint32_t palette_colour(int theme, enum colour colour);

/**
 * How wide is this text? Answered by whoever owns the fonts; width in logical pixels at @size_px
 * logical. Must be deterministic; may be asked thousands of times a layout, so cache.
 */
struct measure {
	void *context;
	float (*width)(void *context, const char *text, size_t length, float size_px,
		enum weight weight, bool display, bool tabular);
};

#endif
