/* Registered and checked in: who, and what to do now. */
#include <math.h>

#include "face/button.h"
#include "face/screens.h"

/* No badge yet: one that is held now becomes theirs. */
static void draw_link(struct canvas *canvas, struct rect rect)
{
	static const struct fit_rule rule = { { STYLE_BODY, STYLE_SMALL }, { 3, 4 }, 2 };
	const char *words = word(canvas->view->language, WORD_REG_LINK);
	const float target = fminf(rect.h - 32, 104), arrow = canvas_unit(canvas, 80);
	const bool left = canvas->side == SIDE_LEFT;
	const float x = rect.x + 24 + (left ? arrow + 16 : target + 24);
	const float width = rect.w - target - arrow - 24 - 24 - 40;
	const float middle = rect.y + rect.h / 2;
	const float high = paragraph_height(canvas, words, width, &rule, WEIGHT_600);
	canvas_box(canvas, rect, COLOUR_PETROL, 16);
	draw_badge(canvas, left ? rect.x + rect.w - 24 - target / 2 : rect.x + 24 + target / 2,
		middle, target);
	canvas_paragraph(canvas, words, (struct rect){ x, middle - high / 2, width, 0 }, &rule,
		(struct ink){ .weight = WEIGHT_600, .colour = COLOUR_ON_PETROL });
	draw_arrow(canvas, left ? rect.x + 20 + arrow / 2 : rect.x + rect.w - 20 - arrow / 2,
		middle, arrow, canvas->side, COLOUR_SEIN);
}

static void draw_choose_button(struct canvas *canvas, struct rect rect)
{
	const float high = fminf(rect.h, canvas->tight ? 80 : 104);
	draw_button(canvas, (struct rect){ rect.x, rect.y + rect.h - high, rect.w, high },
		&(struct button){ BUTTON_PRIMARY, ICON_ARROW,
			word(canvas->view->language,
				word_of_sessions(canvas->view->sessions, WORD_REG_CHOOSE)),
			NULL, true, { TOUCH_OTHER, 0 } });
}

void draw_register_done(struct canvas *canvas)
{
	static const struct fit_rule rule = { { STYLE_LEAD, STYLE_BODY }, { 2, 2 }, 2 };
	const struct view *view = canvas->view;
	const struct answer *answer = &view->answer;
	const struct rect rect = draw_state(canvas, FIELD_OK, ICON_CHECK,
		word(view->language, WORD_WELCOME_SIGN), !answer->may_link);
	float y = draw_who(canvas, rect, rect.y);
	y = draw_organisation(canvas, rect, y) - (canvas->tight ? 4 : 8);
	canvas_rule(canvas, rect.x, y, rect.x + rect.w, y, COLOUR_LINE, 2, false, 1);
	y += canvas->tight ? 8 : 20;
	y += canvas_paragraph(canvas, word(view->language, WORD_REG_DONE),
		     (struct rect){ rect.x, y, rect.w, 0 }, &rule,
		     (struct ink){ .weight = WEIGHT_600 }) +
	     (canvas->tight ? 8 : 16);
	const struct rect rest = { rect.x, y, rect.w, fmaxf(0, rect.y + rect.h - y) };
	const float strip = fminf(rest.h, canvas_unit(canvas, 112));
	if (screen_asks(view))
		draw_choose_button(canvas, rest);
	else if (answer->may_link)
		draw_link(canvas, rest);
	else if (answer->has_session)
		draw_session_strip(
			canvas, (struct rect){ rest.x, rest.y, rest.w, strip }, &answer->session);
}
