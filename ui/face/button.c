#include "face/button.h"

#include <math.h>

static const struct {
	enum colour fill, ink, edge;
} looks[BUTTON_LOOK_COUNT] = {
	[BUTTON_PRIMARY] = { COLOUR_PETROL, COLOUR_ON_PETROL, COLOUR_RAIL },
	[BUTTON_SECONDARY] = { COLOUR_SURFACE, COLOUR_INK, COLOUR_EDGE },
	[BUTTON_ON_FIELD] = { COLOUR_PETROL2, COLOUR_ON_PETROL, COLOUR_ON_PETROL2 },
};

float button_height(const struct canvas *canvas)
{
	return canvas->tight ? 64 : 72;
}

static float widest(const struct canvas *canvas, const struct fitted *fitted)
{
	float most = 0;
	for (size_t i = 0; i < fitted->count; i++)
		most = fmaxf(most,
			text_width(canvas, fitted->lines[i], fitted->style, WEIGHT_600, false));
	return most;
}

void draw_button(struct canvas *canvas, struct rect rect, const struct button *button)
{
	static const struct fit_rule plain = { { STYLE_BODY, STYLE_SMALL }, { 2, 2 }, 2 };
	static const struct fit_rule large = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 2, 2, 2 },
		3 };
	const enum colour ink = looks[button->look].ink, fill = looks[button->look].fill;
	const float radius = canvas->tight ? 12 : 16, pad = canvas_space(canvas, 2);
	const bool iconic = button->icon != ICON_COUNT;
	const float icon = iconic ? canvas_unit(canvas, button->sub ? 44 : 28) : 0;
	const float gap = !iconic       ? 0
			  : button->sub ? canvas_space(canvas, 2)
					: canvas_space(canvas, 1) + 4;
	const float width = rect.w - 2 * pad - icon - gap;
	struct fitted fitted;
	canvas_box(canvas, rect, fill, radius);
	canvas_touch(
		canvas, rect, radius, (enum touch_kind)button->touch.kind, button->touch.index);
	canvas_edge(canvas, rect, looks[button->look].edge, fill, radius);
	text_fit(canvas, &fitted, button->label, width,
		button->large && !canvas->tight ? &large : &plain, WEIGHT_600);
	const float sub = button->sub ? canvas_line(canvas, STYLE_SMALL) : 0;
	const float lines = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float y = rect.y + (rect.h - lines - sub) / 2;
	float x = rect.x + rect.w / 2;
	if (iconic) {
		x = button->sub ? rect.x + pad
				: rect.x + (rect.w - widest(canvas, &fitted) - icon - gap) / 2;
		canvas_icon(
			canvas, button->icon, x, rect.y + (rect.h - icon) / 2, icon, ink, fill, 0);
		x += icon + gap;
	}
	canvas_lines(canvas, &fitted, x, y,
		(struct ink){ .weight = WEIGHT_600,
			.colour = ink,
			.align = iconic ? ALIGN_LEFT : ALIGN_CENTRE });
	if (button->sub) {
		char cut[FIT_LINE_BYTES];
		text_cut(canvas, cut, sizeof cut, button->sub, width, STYLE_SMALL, WEIGHT_400);
		canvas_text(canvas, cut, x, y + lines, STYLE_SMALL,
			(struct ink){ .colour = ink, .align = iconic ? ALIGN_LEFT : ALIGN_CENTRE });
	}
}

static void draw_language(
	struct canvas *canvas, struct rect rect, enum language language, bool on_field)
{
	static const char *const names[LANGUAGE_COUNT][2] = { { "NL", "Nederlands" },
		{ "EN", "English" } };
	const float radius = canvas->tight ? 12 : 16;
	const bool chosen = canvas->view->language == language;
	const enum colour off_ink = on_field ? COLOUR_ON_PETROL : COLOUR_INK;
	const enum colour ink = !chosen ? off_ink : on_field ? COLOUR_PETROL : COLOUR_PAPER;
	const char *name = names[language][2 * rect.w >= canvas_unit(canvas, 280)];
	const enum style style =
		text_width(canvas, name, STYLE_BODY, WEIGHT_700, false) > rect.w - 16 ? STYLE_SMALL
										      : STYLE_BODY;
	if (chosen)
		canvas_box(canvas,
			(struct rect){ rect.x + 5, rect.y + 5, rect.w - 10, rect.h - 10 },
			on_field ? COLOUR_ON_PETROL : COLOUR_RAIL, radius - 4);
	canvas_touch(canvas, rect, radius, TOUCH_LANGUAGE, (int)language);
	const float width = canvas_text(canvas, name, rect.x + rect.w / 2,
		rect.y + (rect.h - canvas_line(canvas, style)) / 2, style,
		(struct ink){ .weight = chosen ? WEIGHT_700 : WEIGHT_500,
			.align = ALIGN_CENTRE,
			.colour = ink });
	if (chosen)
		canvas_box(canvas,
			(struct rect){ roundf(rect.x + rect.w / 2 - width / 2),
				roundf(rect.y + rect.h / 2 + canvas_line(canvas, style) / 2 - 2),
				roundf(width), 3 },
			ink, 1.5f);
}

void draw_languages(struct canvas *canvas, struct rect rect, bool on_field)
{
	const float radius = canvas->tight ? 12 : 16, half = rect.w / 2;
	canvas_box(canvas, rect, on_field ? COLOUR_PETROL : COLOUR_SURFACE, radius);
	canvas_frame(canvas, rect, on_field ? COLOUR_ON_PETROL2 : COLOUR_EDGE, radius, 2);
	for (int language = 0; language < LANGUAGE_COUNT; language++)
		draw_language(canvas,
			(struct rect){ rect.x + (float)language * half, rect.y, half, rect.h },
			(enum language)language, on_field);
}
