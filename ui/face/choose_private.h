/** The cards of sessions to choose from. Shared by choose*.c alone; pure. */
#ifndef FACE_CHOOSE_PRIVATE_H
#define FACE_CHOOSE_PRIVATE_H

#include "face/screens.h"

/* Three shapes of card, by height: tall (mark over title), normal (mark left of it), flat (all on
 * one line). */
struct card {
	float w, h, pad, room_h, tile, gap, title_w, title_h;
	bool tall, flat;
	struct fit_rule titles;
};
/* For @count choices on cards of this size: one title size for all, the largest in which the
 * ordinary titles fit. */
struct card card_for(
	const struct canvas *canvas, float w, float h, const struct choice *choices, size_t count);
void draw_card(struct canvas *canvas, const struct card *card, const struct choice *choice,
	size_t index, struct rect at);

#endif
