/* The full-colour screens after a tap: field, sign, card (design.md 5, "State screens"). */
#include <math.h>
#include <string.h>

#include "core/text.h"
#include "face/parts.h"

static const struct {
	enum colour field, on;
} fields[FIELD_COUNT] = {
	[FIELD_OK] = { COLOUR_OK, COLOUR_ON_OK },
	[FIELD_INFO] = { COLOUR_PETROL, COLOUR_ON_PETROL },
	[FIELD_WARN] = { COLOUR_WARN, COLOUR_ON_WARN },
	[FIELD_STOP] = { COLOUR_STOP, COLOUR_ON_STOP },
	[FIELD_OUT] = { COLOUR_OUT, COLOUR_ON_OUT },
};

static void draw_octagon(
	struct canvas *canvas, float x, float y, float d, enum colour on, enum colour field)
{
	const float r = d / 2, q = r * 0.414f;
	const float points[] = { x - q, y - r, x + q, y - r, x + r, y - q, x + r, y + q, x + q,
		y + r, x - q, y + r, x - r, y + q, x - r, y - q };
	canvas_polygon(canvas, points, 8, on);
	canvas_box(canvas, (struct rect){ x - d * 0.28f, y - d * 0.075f, d * 0.56f, d * 0.15f },
		field, d * 0.03f);
}

/* Each kind has its own silhouette, so that a state never hangs on colour. */
static void draw_sign(
	struct canvas *canvas, float x, float y, float d, enum field field, enum icon icon)
{
	const enum colour inside = fields[field].field, on = fields[field].on;
	const float size = d * (field == FIELD_OK ? 0.78f : 0.56f), square = d * 0.9067f;
	const bool filled = field == FIELD_OK || field == FIELD_WARN;
	switch (field) {
	case FIELD_OK:
		canvas_disc(canvas, x, y, d / 2, on, 1);
		break;
	case FIELD_INFO:
		canvas_ring(canvas, x, y, d * 0.46f, d * 0.08f, on, 1);
		break;
	case FIELD_WARN:
		canvas_box(canvas, (struct rect){ x - square / 2, y - square / 2, square, square },
			on, d * 0.16f);
		break;
	case FIELD_STOP:
		draw_octagon(canvas, x, y, d, on, inside);
		return;
	case FIELD_OUT:
	case FIELD_COUNT:
		canvas_disc(canvas, x, y, d / 2, on, 0.16f);
		canvas_ring(canvas, x, y, d / 2 - 3, 6, on, 1);
		break;
	}
	canvas_icon(canvas, icon, x - size / 2, y - size / 2, size, filled ? inside : on,
		filled ? on : inside, 0);
}

/* The hint's two lines, and both on one. */
struct hint {
	char first[64], second[64], both[128];
};

static void split_hint(const struct canvas *canvas, struct hint *ret)
{
	const char *text = word(canvas->view->language, WORD_COMMON_NEXTTAP);
	const char *end = strchr(text, '\n');
	utf8_clip(ret->first, sizeof ret->first, text);
	ret->first[end ? (size_t)(end - text) : strlen(text)] = '\0';
	utf8_clip(ret->second, sizeof ret->second, end ? end + 1 : "");
	const size_t length = utf8_clip(ret->both, sizeof ret->both, ret->first);
	utf8_clip(ret->both + length, sizeof ret->both - length, " ");
	utf8_clip(ret->both + length + 1, sizeof ret->both - length - 1, ret->second);
}

/* Both lines where the column has room for them; else the invitation alone, on two. */
static void fit_hint(const struct canvas *canvas, float width, struct fitted *ret)
{
	static const struct fit_rule two = { { STYLE_SMALL }, { 2 }, 1 };
	struct hint hint;
	split_hint(canvas, &hint);
	text_fit(canvas, ret, hint.second, width, &two, WEIGHT_600);
	if (ret->count > 1)
		return;
	memcpy(ret->lines[1], ret->lines[0], sizeof ret->lines[1]);
	utf8_clip(ret->lines[0], sizeof ret->lines[0], hint.first);
	ret->count = 2;
}

/* Beside the screen, or up from where the hint stands. */
static enum reader_side hint_points(const struct canvas *canvas)
{
	return canvas->behind ? SIDE_BEHIND : canvas->side;
}

static void draw_side_hint(struct canvas *canvas, float column, float middle, enum colour on)
{
	struct fitted hint;
	const float line = canvas_line(canvas, STYLE_SMALL), arrow = canvas_unit(canvas, 48);
	const float y = canvas->h - canvas_space(canvas, 4) - 2 * line + (canvas->tight ? 4 : 0);
	const float edge = canvas->tight ? 12 : 24;
	fit_hint(canvas, column - edge - arrow - 20, &hint);
	const float width = fmaxf(text_width(canvas, hint.lines[0], STYLE_SMALL, WEIGHT_600, false),
		text_width(canvas, hint.lines[1], STYLE_SMALL, WEIGHT_600, false));
	struct ink ink = { .weight = WEIGHT_600, .colour = on };
	float x = edge, text_x = edge + arrow + 12;
	if (canvas->behind || canvas->side == SIDE_BOTTOM) {
		x = middle - (width + arrow + 12) / 2;
		text_x = x + arrow + 12;
	} else if (canvas->side == SIDE_RIGHT) {
		x = canvas->w - edge - arrow;
		text_x = x - 12;
		ink.align = ALIGN_RIGHT;
	}
	draw_arrow(canvas, x + arrow / 2, y + line, arrow, hint_points(canvas), on);
	canvas_lines(canvas, &hint, text_x, y, ink);
}

static struct rect draw_landscape(
	struct canvas *canvas, enum field field, enum icon icon, const char *words, bool hint)
{
	static const struct fit_rule rule = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 1, 2, 2 },
		3 };
	const float m = canvas_space(canvas, 4), column = round8(fmaxf(canvas->w * 0.275f, 216));
	const bool left = canvas->side != SIDE_RIGHT;
	const float x = left ? column / 2 + m / 4 : canvas->w - column / 2 - m / 4;
	const float d =
		fminf(round8(column - 2 * m + (canvas->tight ? 0 : 8)), round8(canvas->h * 0.42f));
	const float gap = canvas->tight ? 12 : 24;
	struct fitted fitted;
	text_fit(canvas, &fitted, words, column - (canvas->tight ? 16 : 32), &rule, WEIGHT_700);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float below =
		hint ? canvas_line(canvas, STYLE_SMALL) * 2 + (canvas->tight ? 16 : 32) : 0;
	const float y = (hint ? m / 4 : 0) + (canvas->h - below - (d + gap + high)) / 2;
	canvas->group = GROUP_SIGN;
	draw_sign(canvas, x, y + d / 2, d, field, icon);
	canvas->group = GROUP_NONE;
	canvas_lines(canvas, &fitted, x, y + d + gap,
		(struct ink){
			.weight = WEIGHT_700, .colour = fields[field].on, .align = ALIGN_CENTRE });
	if (hint)
		draw_side_hint(canvas, column, x, fields[field].on);
	return (struct rect){ left ? column + m / 2 : m, m, canvas->w - column - m * 1.5f,
		canvas->h - 2 * m };
}

static void draw_low_hint(struct canvas *canvas, float high, enum colour on)
{
	struct hint hint;
	split_hint(canvas, &hint);
	const float arrow = 64, y = canvas->h - high + (high - 64) / 2;
	const float width = text_width(canvas, hint.both, STYLE_BODY, WEIGHT_600, false);
	struct ink ink = { .weight = WEIGHT_600, .colour = on };
	float x = (canvas->w - width - arrow - 20) / 2, text_x = x + arrow + 20;
	if (canvas->side == SIDE_LEFT) {
		x = 24;
		text_x = 24 + arrow + 20;
	} else if (canvas->behind || canvas->side == SIDE_RIGHT) {
		x = canvas->w - (canvas->behind ? 72 : 24) - arrow;
		text_x = x - 20;
		ink.align = ALIGN_RIGHT;
	}
	draw_arrow(canvas, x + arrow / 2, y + 32, arrow, hint_points(canvas), on);
	canvas_text(canvas, hint.both, text_x, y + 16, STYLE_BODY, ink);
}

static struct rect draw_portrait(
	struct canvas *canvas, enum field field, enum icon icon, const char *words, bool hint)
{
	static const struct fit_rule rule = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 2, 2, 2 },
		3 };
	const float m = canvas_space(canvas, 4), top = round8(canvas->h * 0.25f);
	const float d = fminf(round8(top - 2 * m - 16), round8(canvas->w * 0.36f)),
		    below = hint ? 104 : 32;
	struct fitted fitted;
	text_fit(canvas, &fitted, words, canvas->w - 3 * m - d - 16, &rule, WEIGHT_700);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	canvas->group = GROUP_SIGN;
	draw_sign(canvas, m + 8 + d / 2, m / 2 + top / 2, d, field, icon);
	canvas->group = GROUP_NONE;
	canvas_lines(canvas, &fitted, m + 8 + d + 32, m / 2 + top / 2 - high / 2,
		(struct ink){ .weight = WEIGHT_700, .colour = fields[field].on });
	if (hint)
		draw_low_hint(canvas, below, fields[field].on);
	return (struct rect){ m, top + m / 2, canvas->w - 2 * m, canvas->h - top - m / 2 - below };
}

void draw_time_left(struct canvas *canvas, enum colour colour)
{
	if (canvas->view->time_left > 0)
		canvas_veil(canvas,
			(struct rect){
				0, canvas->h - 8, roundf(canvas->w * canvas->view->time_left), 8 },
			colour, 0.65f);
}

struct rect draw_state(
	struct canvas *canvas, enum field field, enum icon icon, const char *sign, bool hint)
{
	canvas->picture->field = (uint8_t)fields[field].field;
	const struct rect card = canvas->portrait ? draw_portrait(canvas, field, icon, sign, hint)
						  : draw_landscape(canvas, field, icon, sign, hint);
	canvas->group = GROUP_CARD;
	canvas_box(canvas, card, COLOUR_SURFACE, canvas->tight ? 16 : 24);
	canvas->group = GROUP_NONE;
	draw_time_left(canvas, fields[field].on);
	canvas->group = GROUP_CARD; /* all that follows stands on it */
	const float pad = canvas->tight      ? 20
			  : canvas->portrait ? 40
					     : 48,
		    lift = canvas->tight ? 4 : 8;
	return (struct rect){ card.x + pad, card.y + pad - lift, card.w - 2 * pad,
		card.h - 2 * pad + 2 * lift };
}
