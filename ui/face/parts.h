/** The small parts that screens are made of. Shared by the files of face/; pure. */
#ifndef FACE_PARTS_H
#define FACE_PARTS_H

#include "face/canvas.h"

float round8(float value);
enum icon cluster_icon(const char *code);
enum colour cluster_colour(const char *code);
/* The cluster's name in the visitor's language: full, else short, as it fits @width in style small.
 * "" for everyone. */
void cluster_name(const struct canvas *canvas, char *ret, size_t size, const char *code,
	float width, bool full);

void draw_mark(struct canvas *canvas, const char *cluster, float x, float y, float size,
	enum colour background, enum colour colour);
/* The mark on a tile: of an organisation, "" for one without a cluster; of a session, "" for
 * everyone. */
void draw_tile(struct canvas *canvas, const char *cluster, float x, float y, float size);
void draw_session_tile(struct canvas *canvas, const char *cluster, float x, float y, float size);
void draw_arrow(struct canvas *canvas, float x, float y, float size, enum reader_side to,
	enum colour colour); /* centre */

/* A small state label; returns its width. COLOUR_NONE background: plain icon and words. ICON_COUNT:
 * no icon. */
struct label {
	enum icon icon;
	enum colour background, colour;
	char words[96];
};
float draw_chip(
	struct canvas *canvas, float x, float y, const struct label *label, enum align align);
float chip_width(const struct canvas *canvas, const struct label *label);

/* The room, like a platform number. */
struct room_look {
	enum colour fill, edge, colour; /* COLOUR_NONE: none, ink, ink */
	enum style from;                /* the largest its name may be */
};
void draw_room(struct canvas *canvas, struct rect rect, const char *name, struct room_look look);

void draw_seats(struct canvas *canvas, struct rect rect, int filled, int goal, enum colour colour);

/* The badge on the card of a state, of which the reader is elsewhere: on a screen with the reader
 * behind it nothing there looks like the place to hold it. */
void draw_badge(struct canvas *canvas, float x, float y, float size);

/* Where a badge is held; centre. */
void draw_target(struct canvas *canvas, float x, float y, float size);

/* The reader panel; returns what is left for content. */
struct panel_look {
	const char *label, *sub;
	bool calm;
	enum icon calm_icon;
};
struct rect draw_panel(struct canvas *canvas, const struct panel_look *look);

/* The bar at the very bottom: the stay time that is left. */
void draw_time_left(struct canvas *canvas, enum colour colour);

/* A state screen's field, sign and card; returns the card's inner rectangle. */
enum field { FIELD_OK, FIELD_INFO, FIELD_WARN, FIELD_STOP, FIELD_OUT, FIELD_COUNT };
struct rect draw_state(
	struct canvas *canvas, enum field field, enum icon icon, const char *sign, bool hint);

#endif
