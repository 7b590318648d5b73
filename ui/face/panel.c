/* The reader panel: the one loud thing of the idle screen, always on the reader's side. */
#include <math.h>

#include "face/button.h"
#include "face/parts.h"

static const struct fit_rule invitation = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 2, 2, 4 },
	3 };
static const struct fit_rule calm_invitation = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD },
	{ 3, 3, 3 }, 3 };
static const struct fit_rule below = { { STYLE_BODY, STYLE_SMALL }, { 2, 2 }, 2 };

void draw_target(struct canvas *canvas, float x, float y, float size)
{
	const float badge = roundf(size * 0.5f);
	canvas_disc(canvas, x, y, size / 2, COLOUR_PETROL2, 1);
	canvas_ring(canvas, x, y, size / 2 - 2, 4, COLOUR_SEIN, 1);
	canvas_ring(canvas, x, y, size * 0.39f, 3, COLOUR_SEIN, 0.55f);
	canvas_icon(canvas, ICON_BADGE, x - badge / 2, y - badge / 2, badge, COLOUR_ON_PETROL,
		COLOUR_PETROL2, 0);
}

void draw_badge(struct canvas *canvas, float x, float y, float size)
{
	const float badge = roundf(size * 0.7f);
	if (canvas->behind)
		canvas_icon(canvas, ICON_BADGE, x - badge / 2, y - badge / 2, badge,
			COLOUR_ON_PETROL, COLOUR_PETROL, 0);
	else
		draw_target(canvas, x, y, size);
}

static void draw_no_badge(struct canvas *canvas, struct rect rect)
{
	draw_button(canvas, rect,
		&(struct button){ BUTTON_ON_FIELD, ICON_COUNT,
			word(canvas->view->language, WORD_BTN_NOBADGE), NULL, false,
			{ TOUCH_NO_BADGE, 0 } });
}

static void draw_calm(struct canvas *canvas, float x, float y, float size, enum icon icon)
{
	canvas_ring(canvas, x, y, size / 2, 6, COLOUR_ON_PETROL2, 0.6f);
	canvas_icon(canvas, icon, x - size * 0.28f, y - size * 0.28f, size * 0.56f,
		COLOUR_ON_PETROL, COLOUR_PETROL, 0);
}

/* The place to hold it is on the screen: the target, as large as it can be, and an arrow to it. */
static void draw_behind(
	struct canvas *canvas, float x, float middle, float width, float room, float gap)
{
	const float target = fminf(round8(width * 0.62f), round8(room * 0.6f));
	const float arrow = fminf(round8(width * 0.3f), round8(room * 0.3f));
	const float top = middle - (arrow + gap + target) / 2;
	draw_arrow(canvas, x, top + arrow / 2, arrow, SIDE_BOTTOM, COLOUR_SEIN);
	draw_target(canvas, x, top + arrow + gap + target / 2, target);
}

static struct rect draw_beside(struct canvas *canvas, const struct panel_look *look)
{
	const float width = round8(fmaxf(canvas->w * 0.256f, 216)), edge = canvas->tight ? 16 : 24;
	const bool right = canvas->side == SIDE_RIGHT, touch = canvas->view->has_touch;
	const float left = right ? canvas->w - width : 0, x = left + edge, inner = width - 2 * edge;
	const float high = button_height(canvas);
	struct fitted fitted;
	canvas_box(canvas, (struct rect){ left, 0, width, canvas->h }, COLOUR_PETROL, 0);
	text_fit(canvas, &fitted, look->label, inner, look->calm ? &calm_invitation : &invitation,
		WEIGHT_700);
	float y = canvas->tight ? 16 : canvas_space(canvas, 4);
	y += canvas_lines(canvas, &fitted, x, y,
		(struct ink){ .weight = WEIGHT_700, .colour = COLOUR_ON_PETROL });
	if (look->sub[0])
		y += canvas_paragraph(canvas, look->sub, (struct rect){ x, y, inner, 0 }, &below,
			(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_ON_PETROL2 });

	const float controls = touch ? 2 * high + canvas_space(canvas, 2) : 0;
	const float bottom = canvas->h - edge - controls, middle = roundf((y + bottom) / 2);
	const float fit = round8(bottom - y - (canvas->tight ? 12 : 48));
	const float target = fminf(round8(width * 0.5f), fit), arrow = round8(width * 0.42f);
	const float tip = canvas->tight ? 4 : 6, gap = canvas->tight ? 10 : 16;
	if (look->calm) {
		draw_calm(canvas, left + width / 2, middle, target, look->calm_icon);
	} else if (canvas->behind) {
		draw_behind(canvas, left + width / 2, middle, width, fit, canvas->tight ? 4 : 8);
	} else if (right) {
		draw_target(canvas, left + gap + target / 2, middle, target);
		draw_arrow(canvas, canvas->w - tip - arrow / 2, middle, arrow, SIDE_RIGHT,
			COLOUR_SEIN);
	} else {
		draw_target(canvas, left + width - gap - target / 2, middle, target);
		draw_arrow(canvas, tip + arrow / 2, middle, arrow, SIDE_LEFT, COLOUR_SEIN);
	}
	if (touch) {
		draw_no_badge(canvas, (struct rect){ x, bottom, inner, high });
		draw_languages(canvas,
			(struct rect){ x, bottom + high + canvas_space(canvas, 2), inner, high },
			true);
	}
	return (struct rect){ right ? 0 : width, 0, canvas->w - width, canvas->h };
}

/* The invitation beside target and arrow, centred on @middle. */
static void draw_words(struct canvas *canvas, const struct panel_look *look, float x, float middle,
	float width, float height)
{
	static const struct fit_rule two = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD, STYLE_BODY,
						     STYLE_SMALL },
		{ 2, 2, 2, 3, 4 }, 5 };
	struct fitted fitted;
	float sub =
		look->sub[0] ? paragraph_height(canvas, look->sub, width, &below, WEIGHT_500) : 0;
	if (sub > height / 3)
		sub = 0; /* the invitation goes first */
	const struct fit_rule rule =
		rule_within(canvas, look->label, width, &two, WEIGHT_700, height - sub);
	text_fit(canvas, &fitted, look->label, width, &rule, WEIGHT_700);
	float y = middle - ((float)fitted.count * canvas_line(canvas, fitted.style) + sub) / 2;
	y += canvas_lines(canvas, &fitted, x, y,
		(struct ink){ .weight = WEIGHT_700, .colour = COLOUR_ON_PETROL });
	if (sub > 0)
		canvas_paragraph(canvas, look->sub, (struct rect){ x, y, width, 0 }, &below,
			(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_ON_PETROL2 });
}

static void draw_portrait_band(
	struct canvas *canvas, const struct panel_look *look, float y, float bottom)
{
	const float m = canvas_space(canvas, 4), high = bottom - y, middle = y + high / 2;
	const float target = round8(fminf(high - 56, canvas->w * 0.235f)),
		    arrow = round8(target * 0.84f);
	float x = m, width = canvas->w - 2 * m - target - arrow - 40;
	if (look->calm) {
		draw_calm(canvas, canvas->w - m - target / 2, middle, target, look->calm_icon);
	} else if (canvas->behind) {
		draw_arrow(canvas, canvas->w - m - target - 16 - arrow / 2, middle, arrow,
			SIDE_RIGHT, COLOUR_SEIN);
		draw_target(canvas, canvas->w - m - target / 2, middle, target);
	} else if (canvas->side == SIDE_BOTTOM) {
		draw_target(canvas, m + target / 2, middle, target);
		draw_arrow(
			canvas, canvas->w - m - arrow / 2, middle, arrow, SIDE_BOTTOM, COLOUR_SEIN);
		x = m + target + 28;
	} else if (canvas->side == SIDE_RIGHT) {
		draw_arrow(
			canvas, canvas->w - 16 - arrow / 2, middle, arrow, SIDE_RIGHT, COLOUR_SEIN);
		draw_target(canvas, canvas->w - 32 - arrow - target / 2, middle, target);
	} else {
		draw_arrow(canvas, 16 + arrow / 2, middle, arrow, SIDE_LEFT, COLOUR_SEIN);
		draw_target(canvas, 32 + arrow + target / 2, middle, target);
		x = 16 + arrow + target + 48;
		width = canvas->w - m - x;
	}
	draw_words(canvas, look, x, middle, width, high - 16);
}

static void draw_low_band(struct canvas *canvas, const struct panel_look *look, float y, float high)
{
	const float m = canvas_space(canvas, 4), middle = y + high / 2, x = roundf(canvas->w / 2);
	const float target = round8(high - 32), arrow = round8(target * 0.95f),
		    buttons = button_height(canvas);
	const float width = x - arrow / 2 - 24 - target - 32 - m;
	if (look->calm) {
		draw_calm(canvas, x, middle, target, look->calm_icon);
	} else {
		draw_arrow(canvas, x, middle, arrow, SIDE_BOTTOM, COLOUR_SEIN);
		draw_target(canvas, x - arrow / 2 - 24 - target / 2, middle, target);
	}
	draw_words(canvas, look, m, middle, width, high - 16);
	if (!canvas->view->has_touch)
		return;
	if (canvas->tight) {
		const float left = x + arrow / 2 + 20, half = (canvas->w - 16 - left - 12) / 2;
		draw_no_badge(canvas, (struct rect){ left, middle - buttons / 2, half, buttons });
		draw_languages(canvas,
			(struct rect){ left + half + 12, middle - buttons / 2, half, buttons },
			true);
		return;
	}
	const float wide = round8(canvas->w * 0.2f), left = canvas->w - m - wide;
	const float each = fminf(buttons, (high - 40) / 2);
	draw_no_badge(canvas, (struct rect){ left, middle - 4 - each, wide, each });
	draw_languages(canvas, (struct rect){ left, middle + 4, wide, each }, true);
}

struct rect draw_panel(struct canvas *canvas, const struct panel_look *look)
{
	if (!canvas->portrait && canvas->side != SIDE_BOTTOM)
		return draw_beside(canvas, look);

	const float high = round8(canvas->h * (canvas->portrait ? 0.24f : 0.245f)),
		    y = canvas->h - high;
	const float m = canvas_space(canvas, 4), buttons = button_height(canvas);
	canvas_box(canvas, (struct rect){ 0, y, canvas->w, high }, COLOUR_PETROL, 0);
	if (!canvas->portrait) {
		draw_low_band(canvas, look, y, high);
	} else {
		const bool touch = canvas->view->has_touch;
		const float bottom = canvas->h - 24 - (touch ? buttons : 0);
		const float wide = floorf((canvas->w - 2 * m - canvas_space(canvas, 2)) / 2);
		draw_portrait_band(canvas, look, y, bottom);
		if (touch) {
			draw_no_badge(canvas, (struct rect){ m, bottom, wide, buttons });
			draw_languages(canvas,
				(struct rect){ canvas->w - m - wide, bottom, wide, buttons }, true);
		}
	}
	return (struct rect){ 0, 0, canvas->w, y };
}
