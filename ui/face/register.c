/* Walk-in registration: cluster, organisation, first name, done. Our line with four stops leads. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/button.h"
#include "face/registration.h"
#include "face/screens.h"

#define STEPS 4
#define OFFERS_WIDE 3
#define OFFERS_TALL 4

static void draw_stop(struct canvas *canvas, float x, float y, float r, int step, int now)
{
	canvas_disc(canvas, x, y,
		step < now    ? r + 2
		: step == now ? r + 4
			      : r,
		step <= now ? COLOUR_RAIL : COLOUR_EDGE, 1);
	if (step < now)
		canvas_icon(canvas, ICON_CHECK, x - r * 0.75f, y - r * 0.75f, r * 1.5f,
			COLOUR_PAPER, COLOUR_RAIL, 0);
	else
		canvas_disc(canvas, x, y, step == now ? r - 3 : r - 5, COLOUR_PAPER, 1);
}

/* The line with its stops and their names; returns its height. */
static float draw_rail(struct canvas *canvas, struct rect rect, int now)
{
	static const enum word names[STEPS] = { WORD_REG_STEP_CLUSTER, WORD_REG_STEP_ORG,
		WORD_REG_STEP_NAME, WORD_REG_STEP_DONE };
	const float r = 12, y = rect.y + r, from = rect.x + r,
		    step = (rect.w - 2 * r) / (STEPS - 1);
	canvas_rule(canvas, from, y, rect.x + rect.w - r, y, COLOUR_EDGE, 6, false, 1);
	if (now > 0)
		canvas_rule(canvas, from, y, from + step * (float)now, y, COLOUR_RAIL, 6, false, 1);
	for (int i = 0; i < STEPS; i++) {
		const enum align align = i == 0           ? ALIGN_LEFT
					 : i == STEPS - 1 ? ALIGN_RIGHT
							  : ALIGN_CENTRE;
		const float x = from + step * (float)i;
		const float text_x = align == ALIGN_LEFT    ? rect.x
				     : align == ALIGN_RIGHT ? rect.x + rect.w
							    : x;
		draw_stop(canvas, x, y, r, i, now);
		canvas_text(canvas, word(canvas->view->language, names[i]), text_x,
			rect.y + 2 * r + 8, STYLE_SMALL,
			(struct ink){ .weight = i == now ? WEIGHT_700 : WEIGHT_500,
				.colour = i == now ? COLOUR_INK : COLOUR_INK2,
				.align = align });
	}
	return 2 * r + 8 + canvas_line(canvas, STYLE_SMALL);
}

/* A small screen keeps the line and drops its words. */
static void draw_short_rail(struct canvas *canvas, float right, int now)
{
	const float left = right - 168 + 12, y = 20, step = 48;
	for (int i = 0; i + 1 < STEPS; i++)
		canvas_rule(canvas, left + step * (float)i, y, left + step * (float)(i + 1), y,
			i < now ? COLOUR_RAIL : COLOUR_EDGE, 4, false, 1);
	for (int i = 0; i < STEPS; i++) {
		const float x = left + step * (float)i;
		canvas_disc(
			canvas, x, y, i == now ? 12 : 9, i <= now ? COLOUR_RAIL : COLOUR_EDGE, 1);
		if (i >= now)
			canvas_disc(canvas, x, y, i == now ? 6 : 4, COLOUR_PAPER, 1);
	}
}

/* Draws the line; returns what is left for the step. */
static struct rect draw_frame(struct canvas *canvas, int now)
{
	const float m = canvas->tight ? 16 : 32;
	const struct rect whole = { m, canvas->tight ? 8 : 24, canvas->w - 2 * m, canvas->h };
	float used = 0;
	if (canvas->tight)
		draw_short_rail(canvas, canvas->w - m, now);
	else
		used = draw_rail(canvas, whole, now) + 16;
	draw_time_left(canvas, COLOUR_RAIL);
	return (struct rect){ whole.x, whole.y + used, whole.w, canvas->h - whole.y - used };
}

static void draw_cluster_option(
	struct canvas *canvas, struct rect rect, const struct board_cluster *cluster, int index)
{
	static const struct fit_rule plain = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 2, 2, 2 },
		3 };
	static const struct fit_rule tight = { { STYLE_LEAD, STYLE_BODY }, { 2, 2 }, 2 };
	const float pad = canvas->tight ? 16 : 24, radius = canvas->tight ? 16 : 20;
	const float tile = fminf(112, rect.h - 2 * pad), x = rect.x + pad + tile + pad;
	const char *name = cluster->name[canvas->view->language];
	const struct fit_rule rule = rule_within(canvas, name, rect.x + rect.w - pad - x,
		canvas->tight ? &tight : &plain, WEIGHT_600, rect.h - 8);
	struct fitted fitted;
	canvas_box(canvas, rect, COLOUR_SURFACE, radius);
	canvas_touch(canvas, rect, radius, TOUCH_CLUSTER, index);
	canvas_frame(canvas, rect, COLOUR_EDGE, radius, 2);
	draw_tile(canvas, cluster->code, rect.x + pad, rect.y + (rect.h - tile) / 2, tile);
	text_fit(canvas, &fitted, name, rect.x + rect.w - pad - x, &rule, WEIGHT_600);
	canvas_lines(canvas, &fitted, x,
		rect.y + (rect.h - (float)fitted.count * canvas_line(canvas, fitted.style)) / 2,
		(struct ink){ .weight = WEIGHT_600 });
}

static void draw_cluster_options(struct canvas *canvas, struct rect rect)
{
	const struct board *board = &canvas->view->board;
	const size_t across = canvas->portrait ? 1 : board->cluster_count > 4 ? 3 : 2;
	const size_t rows = (board->cluster_count + across - 1) / across;
	const float gap = canvas->tight ? 12 : 16;
	const float high =
		fminf((rect.h - gap * (float)(rows - 1)) / (float)(rows ? rows : 1), 168);
	const float width = (rect.w - gap * (float)(across - 1)) / (float)across;
	for (size_t i = 0; i < board->cluster_count; i++) {
		const size_t row = i / across;
		draw_cluster_option(canvas,
			(struct rect){ rect.x + (float)(i % across) * (width + gap),
				rect.y + (float)row * (high + gap), width, high },
			&board->clusters[i], (int)i);
	}
}

void draw_register_cluster(struct canvas *canvas)
{
	static const struct fit_rule plain = { { STYLE_HEAD, STYLE_TITLE }, { 2, 2 }, 2 };
	static const struct fit_rule tight = { { STYLE_TITLE, STYLE_LEAD }, { 2, 2 }, 2 };
	const enum language language = canvas->view->language;
	const struct rect rect = draw_frame(canvas, 0);
	const bool tall = canvas->portrait;
	const float high = canvas->tight ? 60 : 72, side = canvas->tight ? 160 : 216;
	const float third = ceilf(canvas->h / 3 / 8) * 8, edge = canvas->tight ? 12 : 24;
	const float y = canvas->h - edge - high * (tall ? 2 : 1) - (tall ? 16 : 0);
	const float low = tall ? y + high + 16 : y;
	canvas_paragraph(canvas, word(language, WORD_REG_CLUSTER),
		(struct rect){ rect.x, rect.y + (canvas->tight ? 40 : 0), rect.w, 0 },
		canvas->tight ? &tight : &plain, (struct ink){ .weight = WEIGHT_700 });
	draw_cluster_options(canvas, (struct rect){ rect.x, third, rect.w, y - edge - third });
	const struct button none = { BUTTON_SECONDARY, ICON_COUNT,
		word(language, WORD_CLUSTER_NONE), NULL, false,
		{ TOUCH_CLUSTER, (uint8_t)canvas->view->board.cluster_count } };
	const float room = rect.w - 2 * side - 32;
	draw_button(canvas,
		tall ? (struct rect){ rect.x, y, rect.w, high }
		     : (struct rect){ rect.x + side + 16, y, fminf(room, 376), high },
		&none);
	draw_button(canvas, (struct rect){ rect.x, low, side, high },
		&(struct button){ BUTTON_SECONDARY, ICON_CLOSE, word(language, WORD_BTN_CANCEL),
			NULL, false, { TOUCH_CLOSE, 0 } });
	draw_languages(canvas, (struct rect){ rect.x + rect.w - side, low, side, high }, false);
}

static void draw_field(struct canvas *canvas, struct rect rect, const char *text, const char *hint)
{
	const float y = rect.y + (rect.h - canvas_line(canvas, STYLE_LEAD)) / 2;
	const float room = rect.w - 64;
	float width = 0;
	canvas_box(canvas, rect, COLOUR_SURFACE, 12);
	canvas_frame(canvas, rect, COLOUR_RAIL, 12, 3);
	/* What was typed last is what must be seen. */
	while (text_width(canvas, text, STYLE_LEAD, WEIGHT_600, false) > room) {
		do
			text++;
		while (((uint8_t)*text & 0xC0) == 0x80);
	}
	if (text[0])
		width = canvas_text(canvas, text, rect.x + 24, y, STYLE_LEAD,
			(struct ink){ .weight = WEIGHT_600 });
	else
		canvas_text(canvas, hint, rect.x + 36, y, STYLE_LEAD,
			(struct ink){ .colour = COLOUR_INK2 });
	canvas_box(canvas,
		(struct rect){ rect.x + 26 + width, rect.y + rect.h * 0.22f, 4, rect.h * 0.56f },
		COLOUR_RAIL, 0);
}

/* How many bytes of @name are what was typed, when it begins so. */
static size_t hit_bytes(const char *name, const char *typed)
{
	char wanted[VIEW_ORGANISATION_SIZE], found[VIEW_ORGANISATION_SIZE],
		head[VIEW_ORGANISATION_SIZE];
	text_fold(wanted, sizeof wanted, typed);
	if (!wanted[0])
		return 0;
	for (size_t bytes = 1; bytes <= strlen(name); bytes++) {
		if (((uint8_t)name[bytes] & 0xC0) == 0x80)
			continue;
		snprintf(head, sizeof head, "%.*s", (int)bytes, name);
		text_fold(found, sizeof found, head);
		if (strcmp(found, wanted) == 0)
			return bytes;
		if (strncmp(found, wanted, strlen(found)) != 0)
			return 0;
	}
	return 0;
}

static void draw_offer_words(
	struct canvas *canvas, struct rect rect, const char *words, const char *typed)
{
	static const struct fit_rule rule = { { STYLE_BODY, STYLE_SMALL }, { 2, 2 }, 2 };
	struct fitted fitted;
	char hit[VIEW_ORGANISATION_SIZE];
	text_fit(canvas, &fitted, words, rect.w, &rule, WEIGHT_600);
	const float line = canvas_line(canvas, fitted.style);
	const float y = rect.y + (rect.h - (float)fitted.count * line) / 2;
	canvas_lines(canvas, &fitted, rect.x, y, (struct ink){ .weight = WEIGHT_600 });
	snprintf(hit, sizeof hit, "%.*s", (int)hit_bytes(fitted.lines[0], typed), fitted.lines[0]);
	if (hit[0])
		canvas_box(canvas,
			(struct rect){ rect.x, roundf(y + line - (canvas->tight ? 2 : 3)),
				roundf(text_width(canvas, hit, fitted.style, WEIGHT_600, false)),
				3 },
			COLOUR_RAIL, 1.5f);
}

static void draw_offer(struct canvas *canvas, struct rect rect, const struct offer *offer)
{
	static const enum touch_kind kinds[] = { [OFFER_SUGGESTION] = TOUCH_SUGGESTION,
		[OFFER_ADD] = TOUCH_ADD,
		[OFFER_ALONE] = TOUCH_ALONE };
	const struct registration *registration = &canvas->view->registration;
	const struct suggestion *suggestion = &registration->suggestions.list[offer->index];
	const enum language language = canvas->view->language;
	const bool add = offer->kind == OFFER_ADD;
	const float tile = canvas->tight ? 32 : 44, x = rect.x + tile + (canvas->tight ? 20 : 26);
	const float icon_x = rect.x + 12, icon_y = rect.y + (rect.h - tile) / 2;
	char words[VIEW_ORGANISATION_SIZE + 32];
	canvas_box(canvas, rect, COLOUR_SURFACE, 12);
	canvas_touch(canvas, rect, 12, kinds[offer->kind], (int)offer->index);
	canvas_frame(canvas, rect, add ? COLOUR_RAIL : COLOUR_EDGE, 12, add ? 3 : 2);
	if (offer->kind == OFFER_SUGGESTION)
		draw_tile(canvas, suggestion->cluster, icon_x, icon_y, tile);
	else
		canvas_icon(canvas, add ? ICON_PLUS : ICON_CLOSE, icon_x + tile * 0.1f,
			icon_y + tile * 0.1f, tile * 0.8f, add ? COLOUR_RAIL : COLOUR_INK2,
			COLOUR_SURFACE, 0);
	if (add)
		word_fill(words, sizeof words, language, WORD_REG_ORG_ADD,
			&(struct fill){ "text", registration->organisation }, 1);
	else
		utf8_clip(words, sizeof words,
			offer->kind == OFFER_ALONE ? word(language, WORD_REG_ORG_SELF)
						   : suggestion->name);
	draw_offer_words(canvas, (struct rect){ x, rect.y, rect.x + rect.w - 12 - x, rect.h },
		words, offer->kind == OFFER_SUGGESTION ? registration->organisation : "");
}

/* One row of offers, or one under the other; a new name gets twice the width when there is room. */
static void draw_offers(struct canvas *canvas, struct rect rect, const struct offer *offers,
	size_t count, float high, float gap)
{
	const size_t slots = canvas->portrait ? 1 : OFFERS_WIDE;
	const float width = (rect.w - gap * (float)(slots - 1)) / (float)slots;
	float x = rect.x, y = rect.y;
	for (size_t i = 0; i < count; i++) {
		const bool twice =
			!canvas->portrait && offers[i].kind == OFFER_ADD && count < OFFERS_WIDE;
		const float wide = twice ? 2 * width + gap : width;
		draw_offer(canvas, (struct rect){ x, y, wide, high }, &offers[i]);
		if (canvas->portrait)
			y += high + gap;
		else
			x += wide + gap;
	}
}

/* Question, field, offers from a third of the height down, keyboard. */
struct typing {
	int step;
	enum word question;
	const char *hint, *placeholder, *text;
	size_t slots; /* for offers; 0 for none */
	struct keyboard_look keyboard;
};

static float keyboard_top(
	const struct canvas *canvas, const struct typing *typing, float third, float field_end)
{
	const float gap = canvas->tight ? 8 : 12, bottom = canvas->tight ? 8 : 20;
	const float each = (canvas->tight ? 60 : 88) + gap;
	const float offers = typing->slots == 0 ? 0
			     : canvas->portrait ? each * (float)typing->slots
						: each;
	float y = third + offers + (canvas->tight ? 0 : 4);
	if (!typing->slots)
		y = fmaxf(y, field_end + 24);
	if (canvas->portrait)
		y = fmaxf(y, canvas->h - bottom - 420);
	else if (!canvas->tight)
		y = fmaxf(y, canvas->h - bottom - 360);
	return y;
}

static void draw_typing(struct canvas *canvas, const struct typing *typing)
{
	static const struct fit_rule plain = { { STYLE_TITLE }, { 1 }, 1 };
	static const struct fit_rule tall = { { STYLE_TITLE, STYLE_LEAD }, { 2, 2 }, 2 };
	static const struct fit_rule tight = { { STYLE_LEAD, STYLE_BODY }, { 1, 1 }, 2 };
	static const struct fit_rule hints = { { STYLE_BODY, STYLE_SMALL }, { 2, 3 }, 2 };
	static const struct fit_rule hints_tight = { { STYLE_SMALL }, { 3 }, 1 };
	const struct rect rect = draw_frame(canvas, typing->step);
	const float third = ceilf(canvas->h / 3 / 8) * 8, gap = canvas->tight ? 8 : 12;
	const float field = canvas->tight ? 56 : 72, bottom = canvas->tight ? 8 : 20;
	const float asked = canvas_paragraph(canvas, word(canvas->view->language, typing->question),
		(struct rect){ rect.x, rect.y, canvas->tight ? rect.w - 190 : rect.w, 0 },
		canvas->tight      ? &tight
		: canvas->portrait ? &tall
				   : &plain,
		(struct ink){ .weight = WEIGHT_700 });
	float y = rect.y + (canvas->tight ? 40 : asked + 12);
	if (typing->slots || canvas->tight)
		y = fminf(y, third - field - 8);
	if (typing->hint[0]) {
		const float said = canvas_paragraph(canvas, typing->hint,
			(struct rect){ rect.x, rect.y + asked, rect.w, 0 },
			canvas->tight ? &hints_tight : &hints,
			(struct ink){ .colour = COLOUR_INK2 });
		y = fmaxf(y, rect.y + asked + said + (canvas->tight ? 6 : 12));
	}
	draw_field(canvas, (struct rect){ rect.x, y, rect.w, field }, typing->text,
		typing->placeholder);
	const float top = keyboard_top(canvas, typing, third, y + field);
	if (typing->slots) {
		struct offer offers[OFFERS_TALL];
		const size_t count =
			registration_offers(&canvas->view->registration, offers, typing->slots);
		draw_offers(canvas, (struct rect){ rect.x, third, rect.w, 0 }, offers, count,
			canvas->tight ? 60 : 88, gap);
	}
	draw_keyboard(canvas, (struct rect){ rect.x, top, rect.w, canvas->h - bottom - top },
		&typing->keyboard);
}

void draw_register_organisation(struct canvas *canvas)
{
	const struct registration *registration = &canvas->view->registration;
	const enum language language = canvas->view->language;
	draw_typing(canvas, &(struct typing){ .step = 1,
				    .question = WORD_REG_ORG,
				    .hint = "",
				    .placeholder = word(language, WORD_REG_ORG_HINT),
				    .text = registration->organisation,
				    .slots = canvas->portrait ? OFFERS_TALL : OFFERS_WIDE,
				    .keyboard = { word(language, WORD_BTN_NEXT),
					    registration->organisation[0] != '\0' } });
}

void draw_register_name(struct canvas *canvas)
{
	const struct view *view = canvas->view;
	char privacy[160], hint[400];
	word_count(privacy, sizeof privacy, view->language, PLURAL_REG_PRIVACY,
		view->keep_names_days, NULL, 0);
	snprintf(hint, sizeof hint, "%s %s", word(view->language, WORD_REG_NAME_HINT), privacy);
	draw_typing(canvas, &(struct typing){ .step = 2,
				    .question = WORD_REG_NAME,
				    .hint = hint,
				    .placeholder = "",
				    .text = view->registration.name,
				    .keyboard = { word(view->language, view->registration.name[0]
									       ? WORD_BTN_NEXT
									       : WORD_BTN_SKIP),
					    true } });
}
