/** One function a screen. Shared by the files of face/; pure. */
#ifndef FACE_SCREENS_H
#define FACE_SCREENS_H

#include "face/parts.h"

void draw_start(struct canvas *canvas);
void draw_idle(struct canvas *canvas);
void draw_welcome(struct canvas *canvas);
void draw_message(struct canvas *canvas); /* every other screen after a tap, and out of service */

/* The board inside @rect: one group for Now, one for Next, or one a start time. Returns where it
 * ends. */
struct board_group {
	const char *label; /* "" for none */
	bool now;
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

#endif
