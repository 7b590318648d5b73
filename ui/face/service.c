/* The service screen: how the kiosk is doing, the way to the organiser's page, and five controls
 * (design.md 5, "Service"). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/button.h"
#include "face/service_private.h"

#define VOLUME_BOXES 5

/* Quieter, five boxes, louder. */
static void draw_volume(struct canvas *canvas, struct rect rect)
{
	const float radius = canvas->tight ? 12 : 16, key = canvas->tight ? 60 : 72;
	const float box = canvas->tight ? 9 : 20, icon = canvas->tight ? 24 : 32;
	const float middle = rect.y + rect.h / 2, centre = rect.x + rect.w / 2;
	const struct rect less = { rect.x, rect.y, key, rect.h },
			  more = { rect.x + rect.w - key, rect.y, key, rect.h };
	const int filled = (canvas->view->service.volume_pct * VOLUME_BOXES + 50) / 100;
	canvas_box(canvas, rect, COLOUR_SURFACE, radius);
	canvas_touch(canvas, less, radius, TOUCH_SERVICE, SERVICE_QUIETER);
	canvas_touch(canvas, more, radius, TOUCH_SERVICE, SERVICE_LOUDER);
	canvas_frame(canvas, rect, COLOUR_EDGE, radius, 2);
	canvas_box(
		canvas, (struct rect){ less.x + key / 2 - 11, middle - 2, 22, 4 }, COLOUR_INK, 2);
	canvas_box(
		canvas, (struct rect){ more.x + key / 2 - 11, middle - 2, 22, 4 }, COLOUR_INK, 2);
	canvas_box(
		canvas, (struct rect){ more.x + key / 2 - 2, middle - 11, 4, 22 }, COLOUR_INK, 2);
	canvas_icon(canvas, ICON_VOLUME, centre - icon / 2, middle - icon - 2, icon, COLOUR_INK,
		COLOUR_SURFACE, 0);
	for (int i = 0; i < VOLUME_BOXES; i++) {
		const struct rect cell = { centre - (box * VOLUME_BOXES + 4 * 4) / 2 +
						   (float)i * (box + 4),
			middle + 8, box, canvas->tight ? 10 : 16 };
		if (i < filled)
			canvas_box(canvas, cell, COLOUR_RAIL, 3);
		else
			canvas_frame(canvas, cell, COLOUR_EDGE, 3, 2);
	}
}

/* The five controls: where each lies, as column, row and part of the width. */
struct place {
	float x, part;
	int row;
};

static void place_controls(const struct canvas *canvas, struct place ret[5])
{
	static const struct place upright[5] = { { 0, 0.5f, 0 }, { 0.5f, 0.5f, 0 }, { 0, 0.4f, 1 },
		{ 0.4f, 0.6f, 1 }, { 0, 1, 2 } };
	static const float wide[5] = { 1.15f, 1.4f, 0.95f, 1.5f, 1 },
			   small[5] = { 1.1f, 1.25f, 1, 1.25f, 1.1f };
	const float *parts = canvas->tight ? small : wide;
	float sum = 0, x = 0;
	for (int i = 0; i < 5; i++)
		sum += parts[i];
	for (int i = 0; i < 5; i++) {
		ret[i] = canvas->portrait ? upright[i]
					  : (struct place){ x / sum, parts[i] / sum, 0 };
		x += parts[i];
	}
}

static void draw_controls(struct canvas *canvas, float top, float high)
{
	const float m = canvas->tight ? 16 : 32, gap = 12, width = canvas->w - 2 * m;
	const enum language language = canvas->view->language;
	struct place places[5];
	struct rect rects[5];
	place_controls(canvas, places);
	for (int i = 0; i < 5; i++) {
		const bool last = places[i].x + places[i].part > 0.99f;
		rects[i] = (struct rect){ roundf(m + places[i].x * width),
			top + (float)places[i].row * (high + gap),
			roundf(places[i].part * width - (last ? 0 : gap)), high };
	}
	draw_button(canvas, rects[0],
		&(struct button){ .label = word(language, WORD_SVC_TEST),
			.icon = canvas->tight ? ICON_COUNT : ICON_READER,
			.look = BUTTON_SECONDARY,
			.touch = { TOUCH_SERVICE, SERVICE_TEST } });
	draw_button(canvas, rects[1],
		&(struct button){ .label = word(language, WORD_SVC_USB),
			.icon = canvas->tight ? ICON_COUNT : ICON_USB,
			.look = BUTTON_SECONDARY,
			.touch = { TOUCH_SERVICE, SERVICE_STICK } });
	draw_languages(canvas, rects[2], false);
	draw_volume(canvas, rects[3]);
	draw_button(canvas, rects[4],
		&(struct button){ .label = word(language, WORD_BTN_CLOSE),
			.icon = canvas->tight ? ICON_COUNT : ICON_CLOSE,
			.look = BUTTON_PRIMARY,
			.touch = { TOUCH_CLOSE, 0 } });
}

static float draw_head(struct canvas *canvas)
{
	const struct view *view = canvas->view;
	const float m = canvas->tight ? 16 : 32, y = canvas->tight ? 8 : 24;
	const enum style style = canvas->tight ? STYLE_LEAD : STYLE_TITLE;
	const float icon = canvas->tight ? 32 : 52, line = canvas_line(canvas, style);
	const int seconds = (int)ceilf(view->time_left * (float)screen_stay_ms(view) / 1000);
	char words[WORDS_SIZE], number[12];
	snprintf(number, sizeof number, "%d", seconds);
	canvas_icon(
		canvas, ICON_POLE, m, y + (line - icon) / 2, icon, COLOUR_RAIL, COLOUR_PAPER, 0);
	canvas_text(canvas, word(view->language, WORD_SVC_TITLE), m + icon + 14, y, style,
		(struct ink){ .weight = WEIGHT_700 });
	canvas_text(canvas,
		fill_one(words, sizeof words, view->language, WORD_SVC_AUTO, "n", number),
		canvas->w - m, y + (line - canvas_line(canvas, STYLE_SMALL)) / 2, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_500,
			.colour = COLOUR_INK2,
			.align = ALIGN_RIGHT,
			.tabular = true });
	return y + line + (canvas->tight ? 8 : 24);
}

void draw_service(struct canvas *canvas)
{
	const bool tight = canvas->tight, portrait = canvas->portrait;
	const float m = tight ? 16 : 32, gap = 12, edge = tight ? 10 : 24;
	const int rows_of_buttons = portrait ? 3 : 1;
	const float high = tight ? 64 : portrait ? 80 : 104;
	const float controls = canvas->h - edge - high * (float)rows_of_buttons -
			       gap * (float)(rows_of_buttons - 1);
	const float top = draw_head(canvas), between = tight ? 12 : 24;
	if (portrait) {
		const float page = tight ? 200 : 275;
		const float list = controls - 24 - top - page - between;
		draw_service_list(canvas, (struct rect){ m, top, canvas->w - 2 * m, list });
		draw_service_page(
			canvas, (struct rect){ m, top + list + between, canvas->w - 2 * m, page });
	} else {
		const float page = fmaxf(tight ? 240 : 397, canvas->w * 0.3f);
		const float list = canvas->w - 2 * m - page - between;
		draw_service_list(canvas, (struct rect){ m, top, list, controls - edge - top });
		draw_service_page(canvas,
			(struct rect){ m + list + between, top, page, controls - edge - top });
	}
	draw_controls(canvas, controls, high);
}
