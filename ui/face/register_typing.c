/* The steps that are typed: organisation, with what fits from a third of the height down, and first
 * name. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/register_private.h"
#include "face/registration.h"

#define OFFERS_WIDE 3
#define OFFERS_TALL 4

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
	const struct rect rect = draw_register_frame(canvas, typing->step);
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
	/* Ten keys want every millimetre of the smallest display when it hangs upright. */
	const float aside = canvas->tight && canvas->portrait ? rect.x - 8 : 0;
	draw_keyboard(canvas,
		(struct rect){ rect.x - aside, top, rect.w + 2 * aside, canvas->h - bottom - top },
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
