/* One session to choose, as a card: what, where, and how many places are left. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/choose_private.h"

#define OWN_EDGE 6
#define ORDINARY_BYTES 60 /* a longer title does not decide the size of all */

static struct card card_of(const struct canvas *canvas, float w, float h)
{
	const bool tight = canvas->tight;
	struct card card = { .w = w, .h = h, .tall = h >= (tight ? 220 : 260) };
	card.pad = tight ? 10 : card.tall ? 28 : 20;
	card.room_h = tight ? 30 : card.tall ? 48 : 40;
	card.tile = card.tall ? canvas_unit(canvas, 88) : tight ? 40 : 56;
	card.gap = tight ? 10 : 16;
	card.flat = !card.tall && h < 2 * card.pad + card.tile + card.room_h + 8;
	card.title_w = w - 2 * card.pad - (card.tall ? 0 : card.tile + card.gap);
	card.title_h = card.flat ? h - 12
				 : h - 2 * card.pad - card.room_h - (tight ? 2 : 4) -
					   (card.tall ? card.tile + 16 : 0);
	return card;
}

static struct label full_label(const struct canvas *canvas)
{
	struct label full = { ICON_FULL, COLOUR_ON_PETROL2, COLOUR_PETROL, "" };
	utf8_clip(full.words, sizeof full.words, word(canvas->view->language, WORD_COMMON_FULL));
	return full;
}

static float room_width(const struct canvas *canvas, const char *room, float w, enum style style)
{
	if (!room[0])
		return 0;
	const float wanted = text_width(canvas, room, style, WEIGHT_700, false) + 28;
	return roundf(fminf(fmaxf(wanted, canvas_unit(canvas, 112)), w * 0.5f));
}

/* What the places take: their words within @most, else a seat and the number. */
static float places_width(const struct canvas *canvas, const struct board_row *row, float most)
{
	char words[96];
	if (row->places_left < 0)
		return 0;
	if (row->places_left == 0) {
		const struct label full = full_label(canvas);
		return chip_width(canvas, &full);
	}
	places_words(canvas, words, sizeof words, row->places_left);
	const float width = text_width(canvas, words, STYLE_SMALL, WEIGHT_500, true);
	return width <= most ? width : canvas_unit(canvas, 20) + 44;
}

/* The right of a flat card: the room, and the places under it. */
static float flat_right(const struct canvas *canvas, const struct card *card,
	const struct board_row *row, float *ret_room)
{
	const float most = roundf(card->w * 0.34f);
	*ret_room = fminf(room_width(canvas, row->room, card->w, STYLE_BODY), most);
	return fmaxf(*ret_room, places_width(canvas, row, most));
}

static int title_lines(const struct canvas *canvas, const struct card *card, enum style style)
{
	const float lines = floorf(card->title_h / canvas_line(canvas, style));
	return (int)fmaxf(1, fminf(4, lines));
}

static bool all_fit(const struct canvas *canvas, const struct card *card, enum style style,
	const struct choice *choices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct board_row *row = &choices[i].row;
		size_t lines;
		float width = card->title_w, room;
		if (card->flat)
			width -= flat_right(canvas, card, row, &room) + 16;
		if (strlen(row->title) <= ORDINARY_BYTES &&
			(!text_wraps(canvas, row->title, width, style, WEIGHT_600, &lines) ||
				(int)lines > title_lines(canvas, card, style)))
			return false;
	}
	return true;
}

/* One title size for all cards, the largest in which the ordinary titles fit. */
static void choose_titles(
	const struct canvas *canvas, struct card *card, const struct choice *choices, size_t count)
{
	static const enum style styles[] = { STYLE_TITLE, STYLE_LEAD, STYLE_BODY, STYLE_SMALL };
	size_t first = card->tall ? 0 : 1;
	while (first < 3 && !all_fit(canvas, card, styles[first], choices, count))
		first++;
	card->titles.count = 4 - first;
	for (size_t i = 0; i < card->titles.count; i++) {
		card->titles.styles[i] = styles[first + i];
		card->titles.lines[i] = title_lines(canvas, card, styles[first + i]);
	}
}

struct card card_for(
	const struct canvas *canvas, float w, float h, const struct choice *choices, size_t count)
{
	struct card card = card_of(canvas, w, h);
	choose_titles(canvas, &card, choices, count);
	return card;
}

void places_words(const struct canvas *canvas, char *ret, size_t size, int places)
{
	word_count(ret, size, canvas->view->language, PLURAL_COMMON_LEFT, places, NULL, 0);
}

/* Right aligned: words if they fit, else a seat and the number. Returns the width. */
static float draw_places(
	struct canvas *canvas, const struct board_row *row, float right, float y, float most)
{
	const float icon = canvas_unit(canvas, 20);
	const struct ink ink = {
		.weight = WEIGHT_500, .colour = COLOUR_INK2, .align = ALIGN_RIGHT, .tabular = true
	};
	if (row->places_left == 0) {
		const struct label full = full_label(canvas);
		return draw_chip(canvas, right, roundf(y - 1), &full, ALIGN_RIGHT);
	}
	if (row->places_left < 0)
		return 0;
	char words[96];
	places_words(canvas, words, sizeof words, row->places_left);
	if (text_width(canvas, words, STYLE_SMALL, WEIGHT_500, true) <= most)
		return canvas_text(canvas, words, right, y, STYLE_SMALL, ink);
	snprintf(words, sizeof words, "%d", row->places_left);
	const float width = canvas_text(canvas, words, right, y, STYLE_SMALL, ink);
	canvas_icon(canvas, ICON_SEAT, right - width - icon - 4,
		y + (canvas_line(canvas, STYLE_SMALL) - icon) / 2, icon, COLOUR_INK2,
		COLOUR_SURFACE, 0);
	return width + 30;
}

static void draw_card_tile(struct canvas *canvas, const struct card *card, const char *cluster,
	float x, float y, bool full)
{
	if (!full) {
		draw_session_tile(canvas, cluster, x, y, card->tile);
		return;
	}
	canvas_frame(canvas, (struct rect){ x, y, card->tile, card->tile }, COLOUR_ON_PETROL2,
		roundf(card->tile * 0.22f), 2);
	canvas_icon(canvas, cluster_icon(cluster), x + card->tile * 0.2f, y + card->tile * 0.2f,
		card->tile * 0.6f, COLOUR_ON_PETROL2, COLOUR_PETROL2, 0);
}

/* What a card says, and in which ink. */
struct card_words {
	const struct board_row *row;
	enum colour ink;
	bool own;
	struct label own_label;
};

static void draw_flat(struct canvas *canvas, const struct card *card, const struct card_words *said,
	struct rect at)
{
	const float small = canvas_line(canvas, STYLE_SMALL), own = said->own ? small + 4 : 0;
	float room_w;
	const float right_w = flat_right(canvas, card, said->row, &room_w);
	const float right = at.x + at.w - card->pad, right_x = right - right_w;
	const float x = at.x + card->pad + card->tile + card->gap;
	struct fit_rule rule = card->titles;
	struct fitted fitted;
	for (size_t i = 0; i < rule.count; i++)
		rule.lines[i] = (int)fmaxf(
			1, floorf((card->title_h - own) / canvas_line(canvas, rule.styles[i])));
	text_fit(canvas, &fitted, said->row->title, right_x - 16 - x, &rule, WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float y = at.y + (at.h - high - own) / 2;
	canvas_lines(
		canvas, &fitted, x, y, (struct ink){ .weight = WEIGHT_600, .colour = said->ink });
	if (said->own)
		draw_chip(canvas, x, roundf(y + high + 2), &said->own_label, ALIGN_LEFT);
	const float room_y = at.y + (at.h - (card->room_h - 4) - small - 4) / 2;
	if (room_w > 0)
		draw_room(canvas, (struct rect){ right - room_w, room_y, room_w, card->room_h - 4 },
			said->row->room,
			(struct room_look){
				.edge = said->ink, .colour = said->ink, .from = STYLE_BODY });
	draw_places(canvas, said->row, right, room_y + card->room_h, right_w);
}

static void draw_upright(struct canvas *canvas, const struct card *card,
	const struct card_words *said, struct rect at)
{
	const float small = canvas_line(canvas, STYLE_SMALL);
	const float x = at.x + card->pad + (card->tall ? 0 : card->tile + card->gap);
	const float foot = at.y + at.h - card->pad - card->room_h;
	const enum style room_style = canvas->tight ? STYLE_SMALL
				      : card->tall  ? STYLE_LEAD
						    : STYLE_BODY;
	struct fitted fitted;
	text_fit(canvas, &fitted, said->row->title, card->title_w, &card->titles, WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float y = card->tall           ? at.y + card->pad + card->tile + 16
			: high <= card->tile ? at.y + card->pad + (card->tile - high) / 2
					     : at.y + card->pad - (canvas->tight ? 2 : 4);
	canvas_lines(
		canvas, &fitted, x, y, (struct ink){ .weight = WEIGHT_600, .colour = said->ink });
	const float room_w = room_width(canvas, said->row->room, card->w, room_style);
	if (room_w > 0)
		draw_room(canvas, (struct rect){ at.x + card->pad, foot, room_w, card->room_h },
			said->row->room,
			(struct room_look){
				.edge = said->ink, .colour = said->ink, .from = room_style });
	const float places = draw_places(canvas, said->row, at.x + at.w - card->pad,
		foot + (card->room_h - small) / 2, at.w - 2 * card->pad - room_w - 14);
	if (!said->own)
		return;
	const float wide = chip_width(canvas, &said->own_label);
	if (card->tall)
		draw_chip(canvas, at.x + at.w - card->pad,
			roundf(at.y + card->pad + (card->tile - small - 2) / 2), &said->own_label,
			ALIGN_RIGHT);
	else if (wide + 28 < at.w - 2 * card->pad - room_w - places)
		draw_chip(canvas, at.x + card->pad + room_w + 14,
			roundf(foot + (card->room_h - small - 2) / 2), &said->own_label,
			ALIGN_LEFT);
}

void draw_card(struct canvas *canvas, const struct card *card, const struct choice *choice,
	size_t index, struct rect at)
{
	const struct answer *answer = &canvas->view->answer;
	const bool full = choice->row.places_left == 0;
	const float radius = canvas->tight ? 12 : 20;
	struct card_words said = {
		.row = &choice->row,
		.ink = full ? COLOUR_ON_PETROL2 : COLOUR_INK,
		.own = !full && answer->cluster[0] &&
		       strcmp(answer->cluster, choice->row.cluster) == 0,
		.own_label = { ICON_COUNT, COLOUR_SEIN, COLOUR_ON_SEIN, "" },
	};
	snprintf(said.own_label.words, sizeof said.own_label.words, "%s",
		word(canvas->view->language, WORD_CHOOSE_OWN));
	canvas_box(canvas, at,
		full       ? COLOUR_PETROL2
		: said.own ? COLOUR_SEIN
			   : COLOUR_SURFACE,
		radius);
	if (said.own)
		canvas_box(canvas,
			(struct rect){ at.x + OWN_EDGE, at.y + OWN_EDGE, at.w - 2 * OWN_EDGE,
				at.h - 2 * OWN_EDGE },
			COLOUR_SURFACE, radius - OWN_EDGE);
	if (!full)
		canvas_touch(canvas, at, radius, TOUCH_CHOICE, (int)index);
	if (!full && !said.own && canvas->view->theme == THEME_DARK)
		canvas_frame(canvas, at, COLOUR_EDGE, radius, 2);
	draw_card_tile(canvas, card, choice->row.cluster, at.x + card->pad,
		card->flat ? at.y + (at.h - card->tile) / 2 : at.y + card->pad, full);
	if (card->flat)
		draw_flat(canvas, card, &said, at);
	else
		draw_upright(canvas, card, &said, at);
}
