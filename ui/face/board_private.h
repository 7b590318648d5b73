/** The board's own parts: its columns, and the row of one session. Shared by board*.c alone; pure.
 */
#ifndef FACE_BOARD_PRIVATE_H
#define FACE_BOARD_PRIVATE_H

#include "face/screens.h"

/* time | line and mark | title | state, on a wide board with low rows | room; from the left edge.
 */
struct board_columns {
	enum style time_style, title_style; /* one of each for the whole board */
	float time, rail_x, mark_x, mark, title_x, title_w, side, right, gap;
};
struct board_columns board_columns(
	const struct canvas *canvas, const struct board_plan *plan, float width, float row_h);

/* The state of a session: chip, or places left; false when there is nothing to say. */
bool board_state_label(const struct canvas *canvas, const struct board_row *row, struct label *ret);

/* How a row is drawn: under "now", and large where it is the only one there. */
struct row_look {
	bool now, big;
};
/* Returns the height at which its mark stands. */
float draw_board_row(struct canvas *canvas, const struct board_row *row, struct rect rect,
	const struct board_columns *c, struct row_look look);

#endif
