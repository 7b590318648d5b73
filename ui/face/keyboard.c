/* The keyboard on the screen: three rows of keys, and a row with back, layers, space and next. */
#include <math.h>

#include "face/registration.h"
#include "face/screens.h"

struct key {
	const char *label;
	enum icon icon; /* ICON_COUNT: the label */
	enum style style;
	bool grey;
	struct touch touch;
};

static void draw_key(struct canvas *canvas, struct rect rect, const struct key *key)
{
	const enum colour fill = key->grey ? COLOUR_SUNKEN : COLOUR_SURFACE;
	const float icon = canvas_unit(canvas, 36);
	canvas_box(canvas, rect, fill, 10);
	canvas_touch(canvas, rect, 10, (enum touch_kind)key->touch.kind, key->touch.index);
	canvas_frame(canvas, rect, COLOUR_EDGE, 10, 2);
	if (key->icon != ICON_COUNT)
		canvas_icon(canvas, key->icon, rect.x + (rect.w - icon) / 2,
			rect.y + (rect.h - icon) / 2, icon, COLOUR_INK, fill, 0);
	else
		canvas_text(canvas, key->label, rect.x + rect.w / 2,
			rect.y + (rect.h - canvas_line(canvas, key->style)) / 2, key->style,
			(struct ink){ .weight = WEIGHT_500, .align = ALIGN_CENTRE });
}

static enum style fitting(const struct canvas *canvas, const char *label, float width)
{
	return text_width(canvas, label, STYLE_BODY, WEIGHT_700, false) > width ? STYLE_SMALL
										: STYLE_BODY;
}

static void draw_next(struct canvas *canvas, struct rect rect, const struct keyboard_look *look)
{
	const enum style style = fitting(canvas, look->next, rect.w - 12);
	canvas_box(canvas, rect, look->can_go ? COLOUR_PETROL : COLOUR_SUNKEN, 10);
	if (look->can_go)
		canvas_touch(canvas, rect, 10, TOUCH_NEXT, 0);
	canvas_edge(canvas, rect, look->can_go ? COLOUR_RAIL : COLOUR_EDGE,
		look->can_go ? COLOUR_PETROL : COLOUR_SUNKEN, 10);
	canvas_text(canvas, look->next, rect.x + rect.w / 2,
		rect.y + (rect.h - canvas_line(canvas, style)) / 2, style,
		(struct ink){ .weight = WEIGHT_700,
			.colour = look->can_go ? COLOUR_ON_PETROL : COLOUR_INK2,
			.align = ALIGN_CENTRE });
}

static void draw_letters(
	struct canvas *canvas, struct rect rect, float width, float high, float gap)
{
	const struct view *view = canvas->view;
	const struct registration *registration = &view->registration;
	for (int row = 0; row < KEYBOARD_ROWS; row++) {
		const int count = keyboard_row_keys(registration->layer, row);
		const float indent = row == 1 ? (width + gap) / 2 : 0;
		for (int column = 0; column < count; column++) {
			char letters[8];
			const struct key key = {
				.label = keyboard_key(
					letters, registration, view->screen, row, column),
				.icon = ICON_COUNT,
				.style = STYLE_LEAD,
				.touch = { TOUCH_KEY, (uint8_t)(row * KEYBOARD_ROW_KEYS + column) },
			};
			draw_key(canvas,
				(struct rect){ rect.x + indent + (float)column * (width + gap),
					rect.y + (float)row * (high + gap), width, high },
				&key);
		}
	}
}

void draw_keyboard(struct canvas *canvas, struct rect rect, const struct keyboard_look *look)
{
	static const char *const layers[LAYER_COUNT] = { "abc", "123", "éïö" };
	const enum language language = canvas->view->language;
	const enum key_layer now = canvas->view->registration.layer;
	const bool narrow = canvas->tight || canvas->portrait;
	const float gap = canvas->tight ? 6 : 8, width = (rect.w - gap * 9) / 10;
	const float high = (rect.h - gap * 3) / 4, low = rect.y + 3 * (high + gap);
	const float back = width * 1.5f + gap * 0.5f, next = width * 2 + gap;
	const float layer = width + (canvas->portrait ? width * 0.25f : 0);
	draw_letters(canvas, rect, width, high, gap);
	draw_key(canvas,
		(struct rect){ rect.x + 9 * (width + gap), rect.y + 2 * (high + gap), width, high },
		&(struct key){ "", ICON_ERASE, STYLE_LEAD, true, { TOUCH_ERASE, 0 } });

	float x = rect.x;
	const char *words = word(language, WORD_BTN_BACK);
	draw_key(canvas, (struct rect){ x, low, back, high },
		&(struct key){ words, ICON_COUNT, fitting(canvas, words, back - 8), true,
			{ TOUCH_BACK, 0 } });
	x += back + gap;
	/* Of the three layers the two that are not shown. */
	for (int i = 1; i < LAYER_COUNT; i++) {
		const int to = (enum key_layer)i == now ? LAYER_LETTERS : i;
		draw_key(canvas, (struct rect){ x, low, layer, high },
			&(struct key){ layers[to], ICON_COUNT, narrow ? STYLE_SMALL : STYLE_BODY,
				true, { TOUCH_LAYER, (uint8_t)to } });
		x += layer + gap;
	}
	draw_key(canvas, (struct rect){ x, low, rect.x + rect.w - next - gap - x, high },
		&(struct key){ word(language, WORD_KB_SPACE), ICON_COUNT, STYLE_BODY, false,
			{ TOUCH_SPACE, 0 } });
	draw_next(canvas, (struct rect){ rect.x + rect.w - next, low, next, high }, look);
}
