/**
 * What can be on the screen: one row of the table is one state, filled with people and sessions who
 * do not exist. The gallery, the goldens, and the proofs of contrast and layout all go by this
 * table, so a new screen joins them by its row.
 */
#ifndef SCREENS_SCENES_H
#define SCREENS_SCENES_H

#include "face/view.h"

#define MINUTE_MS 60000LL
#define NOON_MS 1795523520000LL /* 2026-11-24 13:32 in Zwolle */

struct scene {
	const char *name;
	enum screen screen;
	enum board_kind board;
	void (*change)(struct view *view); /* what is special about this state; NULL for nothing */
};
extern const struct scene scenes[];
extern const size_t scene_count;

/* Theme and side stay as they are in @view; the rest is filled anew. */
void scene_view(const struct scene *scene, enum language language, struct view *ret);

#endif
