/* Which of the parallel sessions? One card an option, six a page; the person is already in. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "face/button.h"
#include "face/choose_private.h"

#define PAGE_OPTIONS 6

static void draw_options(struct canvas *canvas, struct rect rect, size_t first, size_t count)
{
	static const size_t across_by_count[PAGE_OPTIONS + 1] = { 1, 1, 2, 3, 2, 3, 3 };
	const struct choice *choices = canvas->view->answer.choices + first;
	const size_t across = canvas->portrait ? 1 : across_by_count[count];
	const size_t rows = (count + across - 1) / across;
	const float gap = canvas->tight ? 12 : 16, most = canvas->portrait ? 200 : 376;
	const float w = floorf((rect.w - gap * (float)(across - 1)) / (float)across);
	const float h = fminf(floorf((rect.h - gap * (float)(rows - 1)) / (float)rows), most);
	const struct card card = card_for(canvas, w, h, choices, count);
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
