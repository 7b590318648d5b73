/* Two screens that an organiser asks for from elsewhere: hold a badge here for somebody, and which
 * kiosk is this. Both speak of view.answer: who is meant is its name. */
#include <math.h>

#include "face/screens.h"

static const struct fit_rule headline = { { STYLE_DISPLAY, STYLE_HEAD, STYLE_TITLE, STYLE_LEAD },
	{ 2, 2, 3, 3 }, 4 };

/* Where to hold it: target, words and the arrow to the reader. */
static void draw_place(struct canvas *canvas, struct rect rect)
{
	static const struct fit_rule rule = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 2, 2, 2 },
		3 };
	const float pad = canvas->tight ? 16 : 24, middle = rect.y + rect.h / 2;
	const float target = fminf(rect.h - 2 * pad, canvas->tight ? 96 : 168);
	const float arrow = round8(target * 0.84f);
	const bool left = canvas->side == SIDE_LEFT;
	const float words = rect.w - target - arrow - 4 * pad;
	const float x = rect.x + (left ? 2 * pad + arrow : 2 * pad + target);
	struct fitted fitted;
	canvas_box(canvas, rect, COLOUR_PETROL, canvas->tight ? 12 : 16);
	draw_badge(canvas, left ? rect.x + rect.w - pad - target / 2 : rect.x + pad + target / 2,
		middle, target);
	draw_arrow(canvas, left ? rect.x + pad + arrow / 2 : rect.x + rect.w - pad - arrow / 2,
		middle, arrow, canvas->side, COLOUR_SEIN);
	text_fit(canvas, &fitted, word(canvas->view->language, WORD_LINK_TEXT), words, &rule,
		WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	canvas_lines(canvas, &fitted, x, middle - high / 2,
		(struct ink){ .weight = WEIGHT_600, .colour = COLOUR_ON_PETROL });
}

void draw_link_mode(struct canvas *canvas)
{
	const struct view *view = canvas->view;
	const struct fill fill = { "name", view->answer.name };
	char title[512];
	word_fill(title, sizeof title, view->language,
		view->answer.name[0] ? WORD_LINK_TITLE : WORD_LINK_TITLE_NONAME, &fill, 1);
	const struct rect rect = draw_state(
		canvas, FIELD_INFO, ICON_BADGE, word(view->language, WORD_LINK_SIGN), false);
	const float gap = canvas->tight ? 12 : 32, most = canvas->tight ? 128 : 216;
	const float high = paragraph_height(canvas, title, rect.w, &headline, WEIGHT_700);
	const float place = fminf(rect.h - high - gap, most);
	const float y = rect.y + (rect.h - high - gap - place) / 2;
	canvas_paragraph(canvas, title, (struct rect){ rect.x, y, rect.w, 0 }, &headline,
		(struct ink){ .weight = WEIGHT_700 });
	draw_place(canvas, (struct rect){ rect.x, y + high + gap, rect.w, place });
}

/* The whole screen says the name of this kiosk, to be seen across a hall; nothing blinks. */
void draw_identify(struct canvas *canvas)
{
	static const struct fit_rule name_rule = {
		{ STYLE_HERO, STYLE_DISPLAY, STYLE_HEAD, STYLE_TITLE }, { 2, 2, 2, 3 }, 4
	};
	static const struct fit_rule room_rule = { { STYLE_TITLE, STYLE_LEAD }, { 1, 2 }, 2 };
	const struct view *view = canvas->view;
	const float m = canvas_space(canvas, 5), width = canvas->w - 2 * m;
	const float icon = canvas_unit(canvas, 144), gap = canvas->tight ? 12 : 24;
	const float lead = canvas_line(canvas, STYLE_LEAD);
	const char *name = view->answer.name, *room = view->answer.organisation;
	const float name_high = paragraph_height(canvas, name, width, &name_rule, WEIGHT_700);
	const float room_high =
		room[0] ? paragraph_height(canvas, room, width, &room_rule, WEIGHT_500) : 0;
	float y = (canvas->h - icon - gap - lead - name_high - room_high) / 2;
	canvas->picture->field = COLOUR_PETROL;
	canvas_icon(canvas, ICON_POLE, (canvas->w - icon) / 2, y, icon, COLOUR_ON_PETROL,
		COLOUR_PETROL, 0);
	y += icon + gap;
	canvas_text(canvas, word(view->language, WORD_IDENTIFY_TITLE), canvas->w / 2, y, STYLE_LEAD,
		(struct ink){
			.weight = WEIGHT_500, .colour = COLOUR_ON_PETROL2, .align = ALIGN_CENTRE });
	y += lead;
	y += canvas_paragraph(canvas, name, (struct rect){ m, y, width, 0 }, &name_rule,
		(struct ink){
			.weight = WEIGHT_700, .colour = COLOUR_ON_PETROL, .align = ALIGN_CENTRE });
	if (room[0])
		canvas_paragraph(canvas, room, (struct rect){ m, y, width, 0 }, &room_rule,
			(struct ink){ .weight = WEIGHT_500,
				.colour = COLOUR_ON_PETROL2,
				.align = ALIGN_CENTRE });
}
