/**
 * Where a screen is drawn: shapes in logical pixels onto a picture, text measured and fitted by
 * design.md 3 and 5. Shared by the files of face/; pure.
 */
#ifndef FACE_CANVAS_H
#define FACE_CANVAS_H

#include "face/icons.h"
#include "face/layout.h"
#include "face/qr.h"
#include "face/words.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTRE };

struct rect {
	float x, y, w, h;
};

struct canvas {
	struct picture *picture;
	const struct measure *measure;
	const struct view *view;
	float w, h;
	bool tight; /* base 480: type x 0.8, space one step down */
	bool portrait;
	enum group group;      /* what the next shapes belong to */
	enum reader_side side; /* which edge the reader panel is at: right, left or bottom */
	bool behind;           /* the reader is behind that panel, not beside the screen */
};

/* How text is set; zero is regular ink, left. */
struct ink {
	enum weight weight;
	enum colour colour;
	enum align align;
	bool tabular, strike;
};

void canvas_init(struct canvas *ret, struct picture *picture, const struct view *view,
	const struct surface *surface, const struct measure *measure);

float canvas_space(const struct canvas *canvas, int step);        /* 1 to 6: 8 16 24 32 48 64 */
float canvas_unit(const struct canvas *canvas, float px);         /* scaled, even */
float canvas_line(const struct canvas *canvas, enum style style); /* line height */
float canvas_size(const struct canvas *canvas, enum style style); /* font size */

void canvas_box(struct canvas *canvas, struct rect rect, enum colour colour, float radius);
void canvas_veil(struct canvas *canvas, struct rect rect, enum colour colour, float alpha);
void canvas_frame(
	struct canvas *canvas, struct rect rect, enum colour colour, float radius, float stroke);
/* The border of a filled control; none where its colour is the fill itself. */
void canvas_edge(struct canvas *canvas, struct rect rect, enum colour colour, enum colour fill,
	float radius);
void canvas_disc(
	struct canvas *canvas, float x, float y, float radius, enum colour colour, float alpha);
void canvas_ring(struct canvas *canvas, float x, float y, float radius, float stroke,
	enum colour colour, float alpha);
void canvas_rule(struct canvas *canvas, float x1, float y1, float x2, float y2, enum colour colour,
	float stroke, bool round, float alpha);
void canvas_polygon(struct canvas *canvas, const float *points, size_t count, enum colour colour);
void canvas_icon(struct canvas *canvas, enum icon icon, float x, float y, float size,
	enum colour colour, enum colour background, int turn);
/* A control: drawn after its fill and before its words, because while it is pressed this shades it.
 */
void canvas_touch(
	struct canvas *canvas, struct rect rect, float radius, enum touch_kind kind, int index);

/* In whole pixels, with @quiet light modules around it inside @rect. */
void canvas_qr(struct canvas *canvas, const struct qr *qr, struct rect rect, int quiet);

float text_width(const struct canvas *canvas, const char *text, enum style style,
	enum weight weight, bool tabular);
/* One line; y is the top of the line box. Returns its width. */
float canvas_text(struct canvas *canvas, const char *text, float x, float y, enum style style,
	struct ink ink);

enum { FIT_LINES_MAX = 4, FIT_LINE_BYTES = 640 };
struct fitted {
	enum style style;
	size_t count;
	bool cut;
	char lines[FIT_LINES_MAX][FIT_LINE_BYTES];
};

/* The styles to try, largest first, and how many lines each may take. */
struct fit_rule {
	enum style styles[5];
	int lines[5];
	size_t count;
};

/* Wraps within @width; true when each line fits. *@ret_count may exceed what @ret holds. */
bool text_wraps(const struct canvas *canvas, const char *text, float width, enum style style,
	enum weight weight, size_t *ret_count);
void text_fit(const struct canvas *canvas, struct fitted *ret, const char *text, float width,
	const struct fit_rule *rule, enum weight weight);
void text_cut(const struct canvas *canvas, char *ret, size_t size, const char *text, float width,
	enum style style, enum weight weight);

/* The part of @rule whose lines together stay within @height: smaller styles, then fewer lines. */
struct fit_rule rule_within(const struct canvas *canvas, const char *text, float width,
	const struct fit_rule *rule, enum weight weight, float height);

float canvas_lines(struct canvas *canvas, const struct fitted *fitted, float x, float y,
	struct ink ink); /* height */
/* Fits and draws; returns the height used. */
float canvas_paragraph(struct canvas *canvas, const char *text, struct rect where,
	const struct fit_rule *rule, struct ink ink);
float paragraph_height(const struct canvas *canvas, const char *text, float width,
	const struct fit_rule *rule, enum weight weight);

#endif
