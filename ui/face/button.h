/** The controls that screens share: buttons and the language switch. Shared by face/; pure. */
#ifndef FACE_BUTTON_H
#define FACE_BUTTON_H

#include "face/canvas.h"

enum button_look { BUTTON_PRIMARY, BUTTON_SECONDARY, BUTTON_ON_FIELD, BUTTON_LOOK_COUNT };

struct button {
	enum button_look look;
	enum icon icon;          /* ICON_COUNT for none */
	const char *label, *sub; /* @sub: a second, smaller line; NULL for none */
	bool large;              /* an option rather than a control: its words start a size up */
	struct touch touch;
};

void draw_button(struct canvas *canvas, struct rect rect, const struct button *button);
float button_height(const struct canvas *canvas); /* of a control; options are higher */

/* Both languages always visible, the chosen one filled, bold and underlined. */
void draw_languages(struct canvas *canvas, struct rect rect, bool on_field);

#endif
