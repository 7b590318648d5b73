/* Which of the parallel sessions? One card an option, six a page; the person is already in. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/button.h"
#include "face/screens.h"

#define PAGE_OPTIONS 6
#define OWN_EDGE 6
#define ORDINARY_BYTES 60 /* a longer title does not decide the size of all */

/* Three shapes of card, by height: tall (mark over title), normal (mark left of it), flat (all on
 * one line). */
struct card {
	float w, h, pad, room_h, tile, gap, title_w, title_h;
	bool tall, flat;
	struct fit_rule titles;
};

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

static void draw_card(struct canvas *canvas, const struct card *card, const struct choice *choice,
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

static void draw_options(struct canvas *canvas, struct rect rect, size_t first, size_t count)
{
	static const size_t across_by_count[PAGE_OPTIONS + 1] = { 1, 1, 2, 3, 2, 3, 3 };
	const struct choice *choices = canvas->view->answer.choices + first;
	const size_t across = canvas->portrait ? 1 : across_by_count[count];
	const size_t rows = (count + across - 1) / across;
	const float gap = canvas->tight ? 12 : 16, most = canvas->portrait ? 200 : 376;
	const float w = floorf((rect.w - gap * (float)(across - 1)) / (float)across);
	const float h = fminf(floorf((rect.h - gap * (float)(rows - 1)) / (float)rows), most);
	struct card card = card_of(canvas, w, h);
	choose_titles(canvas, &card, choices, count);
	for (size_t i = 0; i < count; i++) {
		const size_t row = i / across;
		draw_card(canvas, &card, &choices[i], first + i,
			(struct rect){ rect.x + (float)(i % across) * (w + gap),
				rect.y + (float)row * (h + gap), w, h });
	}
}

/* Who, and what is asked, in the top third; no controls there. */
static void draw_question(struct canvas *canvas, float third)
{
	static const struct fit_rule wide = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 1, 2, 2 },
		3 };
	static const struct fit_rule tall = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD }, { 3, 3, 2 },
		3 };
	static const struct fit_rule below = { { STYLE_LEAD, STYLE_BODY }, { 2, 2 }, 2 };
	static const struct fit_rule below_tight = { { STYLE_BODY }, { 2 }, 1 };
	const struct view *view = canvas->view;
	const struct fit_rule *sub = canvas->tight ? &below_tight : &below;
	const float m = canvas_space(canvas, 4);
	const float disc = canvas->portrait ? 120 : canvas->tight ? 72 : 104;
	const float x = m + disc + canvas_space(canvas, 3), width = canvas->w - x - m;
	const char *words = word(view->language, word_of_sessions(view->sessions, WORD_CHOOSE_SUB));
	char title[256];
	struct fitted fitted;
	word_fill(title, sizeof title, view->language,
		word_of_sessions(view->sessions,
			view->answer.name[0] ? WORD_CHOOSE_TITLE : WORD_CHOOSE_TITLE_NONAME),
		&(struct fill){ "name", view->answer.name }, 1);
	text_fit(canvas, &fitted, title, width, canvas->portrait ? &tall : &wide, WEIGHT_700);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float block = high + paragraph_height(canvas, words, width, sub, WEIGHT_400);
	const float whole = fmaxf(disc, block);
	const float top = fmaxf(canvas->tight ? 12 : 24, roundf((third - whole) / 2));
	const float middle = top + whole / 2;
	canvas_disc(canvas, m + disc / 2, middle, disc / 2, COLOUR_ON_PETROL, 1);
	canvas_icon(canvas, ICON_CHECK, m + disc * 0.17f, middle - disc * 0.33f, disc * 0.66f,
		COLOUR_PETROL, COLOUR_ON_PETROL, 0);
	canvas_lines(canvas, &fitted, x, middle - block / 2,
		(struct ink){ .weight = WEIGHT_700, .colour = COLOUR_ON_PETROL });
	canvas_paragraph(canvas, words, (struct rect){ x, middle - block / 2 + high, width, 0 },
		sub, (struct ink){ .colour = COLOUR_ON_PETROL2 });
}

/* Turns to the next page; says which options are seen. */
static void draw_pager(struct canvas *canvas, struct rect rect, size_t first, size_t count)
{
	char from[8], to[8], of[8], words[64];
	snprintf(from, sizeof from, "%zu", (first + 1) % 1000);
	snprintf(to, sizeof to, "%zu", (first + count) % 1000);
	snprintf(of, sizeof of, "%zu", canvas->view->answer.choice_count % 1000);
	const struct fill fills[] = { { "a", from }, { "b", to }, { "n", of } };
	word_fill(words, sizeof words, canvas->view->language, WORD_IDLE_PAGE, fills, 3);
	draw_button(canvas, rect,
		&(struct button){
			BUTTON_ON_FIELD, ICON_ARROW, words, NULL, false, { TOUCH_PAGE, 0 } });
}

void draw_choose(struct canvas *canvas)
{
	const struct view *view = canvas->view;
	const size_t all = view->answer.choice_count;
	const size_t pages = (all + PAGE_OPTIONS - 1) / PAGE_OPTIONS;
	const size_t first = pages ? (size_t)view->page % pages * PAGE_OPTIONS : 0;
	const size_t count = all - first < PAGE_OPTIONS ? all - first : PAGE_OPTIONS;
	const float m = canvas_space(canvas, 4), high = canvas->tight ? 60 : 72;
	const float third = ceilf(canvas->h / 3 / 8) * 8;
	const float y = canvas->h - (canvas->tight ? 12 : 24) - high;
	const float languages = canvas_unit(canvas, 200);
	const float rest = canvas->w - 2 * m - languages - 32;
	const float wanted = canvas_unit(canvas, canvas->portrait ? 280 : 296);
	const float later = pages > 1 ? fminf(wanted, rest / 2) : wanted;
	canvas->picture->field = COLOUR_PETROL;
	draw_question(canvas, third);
	draw_options(canvas,
		(struct rect){ m, third, canvas->w - 2 * m, y - (canvas->tight ? 10 : 16) - third },
		first, count);
	draw_button(canvas, (struct rect){ m, y, later, high },
		&(struct button){ BUTTON_ON_FIELD, ICON_COUNT, word(view->language, WORD_BTN_LATER),
			NULL, false, { TOUCH_LATER, 0 } });
	if (pages > 1) {
		const float left = m + later + 16;
		draw_pager(canvas, (struct rect){ left, y, fminf(rest - later, later), high },
			first, count);
	}
	draw_languages(
		canvas, (struct rect){ canvas->w - m - languages, y, languages, high }, true);
	draw_time_left(canvas, COLOUR_ON_PETROL);
}
