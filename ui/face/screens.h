/** One function a screen. Shared by the files of face/; pure. */
#ifndef FACE_SCREENS_H
#define FACE_SCREENS_H

#include "face/parts.h"

void draw_start(struct canvas *canvas);
void draw_idle(struct canvas *canvas);
void draw_welcome(struct canvas *canvas);
void draw_choose(struct canvas *canvas);
void draw_full(struct canvas *canvas);
void draw_register_cluster(struct canvas *canvas);
void draw_register_organisation(struct canvas *canvas);
void draw_register_name(struct canvas *canvas);
void draw_register_done(struct canvas *canvas);
void draw_link_mode(struct canvas *canvas);
void draw_identify(struct canvas *canvas);
void draw_service(struct canvas *canvas);
void draw_message(struct canvas *canvas); /* every other screen after a tap, and out of service */

/* Parts of the welcome that other screens have too: the greeting with the name, and the
 * organisation with its cluster. Each returns where it ends. */
float draw_who(struct canvas *canvas, struct rect rect, float y);
float draw_organisation(struct canvas *canvas, struct rect rect, float y);
/* Time, title and room in a sunken strip: where to go. */
void draw_session_strip(struct canvas *canvas, struct rect rect, const struct board_row *row);
/* "6 places left" */
void places_words(const struct canvas *canvas, char *ret, size_t size, int places);

/* The keyboard; @can_go: "next" may be touched. */
struct keyboard_look {
	const char *next;
	bool can_go;
};
void draw_keyboard(struct canvas *canvas, struct rect rect, const struct keyboard_look *look);

/* The board inside @rect: one group for Now, one for Next, or one a start time. Returns where it
 * ends. */
struct board_group {
	const char *label; /* "" for none */
	bool now, until;   /* @until: its end is said too, where there is room */
	const struct board_row *rows[BOARD_ROWS_MAX];
	size_t count;
};
enum { BOARD_GROUPS_MAX = 6 };
struct board_plan {
	struct board_group groups[BOARD_GROUPS_MAX];
	size_t count;
	float row_max, gap;
	bool more; /* the line runs on */
};
float draw_board(struct canvas *canvas, struct rect rect, struct board_plan *plan);
/* What there is to say of the programme, on the idle screen. */
void draw_programme(struct canvas *canvas, struct rect rect);

#endif
