/* The session is full: where else is there a place? The person is in all the same. */
#include <math.h>
#include <string.h>

#include "face/button.h"
#include "face/screens.h"

#define OFFERS 3
#define OFFERS_TIGHT 2

/* Own cluster first, then most places; without limit is most of all. */
static bool is_better(const struct answer *answer, size_t a, size_t b)
{
	const struct board_row *left = &answer->choices[a].row, *right = &answer->choices[b].row;
	const bool left_own = answer->cluster[0] && strcmp(left->cluster, answer->cluster) == 0;
	const bool right_own = answer->cluster[0] && strcmp(right->cluster, answer->cluster) == 0;
	if (left_own != right_own)
		return left_own;
	return (uint32_t)left->places_left > (uint32_t)right->places_left;
}

static size_t best_offers(const struct answer *answer, size_t ret[OFFERS], size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < answer->choice_count; i++) {
		size_t at = count;
		if (answer->choices[i].row.places_left == 0)
			continue;
		while (at > 0 && is_better(answer, i, ret[at - 1])) {
			if (at < most)
				ret[at] = ret[at - 1];
			at--;
		}
		if (at < most)
			ret[at] = i;
		count += count < most;
	}
	return count;
}

static void draw_offer(struct canvas *canvas, struct rect rect, size_t index)
{
	static const struct fit_rule titles = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL },
		{ 1, 2, 2 }, 3 };
	const struct board_row *row = &canvas->view->answer.choices[index].row;
	const float tile = fminf(canvas->tight ? 44 : 64, rect.h - 24);
	const float room_h = canvas->tight ? 34 : 48, small = canvas_line(canvas, STYLE_SMALL);
	const float wanted = text_width(canvas, row->room, STYLE_BODY, WEIGHT_700, false) + 28;
	const float room_w =
		row->room[0]
			? roundf(fminf(fmaxf(wanted, canvas_unit(canvas, 140)), rect.w * 0.34f))
			: 0;
	const float x = rect.x + 16 + tile + 16, width = rect.w - 48 - tile - room_w - 16;
	struct fitted fitted;
	char places[96];
	canvas_box(canvas, rect, COLOUR_SURFACE, 16);
	canvas_touch(canvas, rect, 16, TOUCH_CHOICE, (int)index);
	canvas_frame(canvas, rect, COLOUR_EDGE, 16, 2);
	draw_session_tile(canvas, row->cluster, rect.x + 16, rect.y + (rect.h - tile) / 2, tile);
	if (room_w > 0)
		draw_room(canvas,
			(struct rect){ rect.x + rect.w - 16 - room_w,
				rect.y + (rect.h - room_h) / 2, room_w, room_h },
			row->room, (struct room_look){ .from = STYLE_BODY });
	text_fit(canvas, &fitted, row->title, width, &titles, WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const bool both = row->places_left > 0 && high + small <= rect.h - 8;
	const float y = rect.y + (rect.h - high - (both ? small : 0)) / 2;
	canvas_lines(canvas, &fitted, x, y, (struct ink){ .weight = WEIGHT_600 });
	if (!both)
		return;
	places_words(canvas, places, sizeof places, row->places_left);
	canvas_text(
		canvas, places, x, y + high, STYLE_SMALL, (struct ink){ .colour = COLOUR_INK2 });
}

void draw_full(struct canvas *canvas)
{
	static const struct fit_rule title = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 2, 2, 2 },
		3 };
	static const struct fit_rule title_tight = { { STYLE_LEAD }, { 2 }, 1 };
	static const struct fit_rule text = { { STYLE_LEAD, STYLE_BODY }, { 2, 2 }, 2 };
	static const struct fit_rule text_tight = { { STYLE_BODY, STYLE_SMALL }, { 2, 2 }, 2 };
	const enum language language = canvas->view->language;
	const bool tight = canvas->tight;
	const struct rect rect =
		draw_state(canvas, FIELD_WARN, ICON_FULL, word(language, WORD_FULL_SIGN), true);
	const float high = tight ? 60 : 72, gap = tight ? 8 : 12;
	size_t offers[OFFERS];
	const size_t count =
		best_offers(&canvas->view->answer, offers, tight ? OFFERS_TIGHT : OFFERS);
	float y = rect.y;
	y += canvas_paragraph(canvas,
		word(language, word_of_sessions(canvas->view->sessions, WORD_FULL_TITLE)),
		(struct rect){ rect.x, y, rect.w, 0 }, tight ? &title_tight : &title,
		(struct ink){ .weight = WEIGHT_700 });
	y += canvas_paragraph(canvas, word(language, WORD_FULL_TEXT),
		(struct rect){ rect.x, y, rect.w, 0 }, tight ? &text_tight : &text,
		(struct ink){ .colour = COLOUR_INK2 });
	y = fmaxf(y + (tight ? 8 : 16), ceilf(canvas->h / 3 / 8) * 8);
	const float free = rect.y + rect.h - y - high - (tight ? 8 : 16) - gap * (float)(count - 1);
	const float each = fminf(free / (float)count, 160);
	for (size_t i = 0; i < count; i++)
		draw_offer(canvas,
			(struct rect){ rect.x, y + (float)i * (each + gap), rect.w, each },
			offers[i]);
	draw_button(canvas,
		(struct rect){ rect.x, rect.y + rect.h - high,
			canvas->portrait ? rect.w : canvas_unit(canvas, 296), high },
		&(struct button){ BUTTON_SECONDARY, ICON_COUNT, word(language, WORD_BTN_LATER),
			NULL, false, { TOUCH_LATER, 0 } });
}
