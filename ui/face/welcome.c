#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/screens.h"

float draw_who(struct canvas *canvas, struct rect rect, float y)
{
	static const struct fit_rule rule = { { STYLE_HERO, STYLE_DISPLAY, STYLE_HEAD, STYLE_TITLE,
						      STYLE_LEAD },
		{ 1, 1, 2, 2, 2 }, 5 };
	const struct view *view = canvas->view;
	const enum style hello = canvas->tight ? STYLE_LEAD : STYLE_TITLE;
	const char *name = view->answer.name[0] ? view->answer.name
						: word(view->language, WORD_WELCOME_NONAME);
	struct fitted fitted;
	canvas_text(canvas, word(view->language, WORD_WELCOME_HELLO), rect.x, y, hello,
		(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
	y += canvas_line(canvas, hello);
	text_fit(canvas, &fitted, name, rect.w, &rule, WEIGHT_700);
	y += canvas_lines(canvas, &fitted,
		rect.x - roundf(canvas_size(canvas, fitted.style) * 0.03f), y,
		(struct ink){ .weight = WEIGHT_700 });
	return y + (canvas->tight ? 6 : 16);
}

float draw_organisation(struct canvas *canvas, struct rect rect, float y)
{
	static const struct fit_rule plain = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 1, 1, 2 },
		3 };
	static const struct fit_rule tight = { { STYLE_BODY, STYLE_SMALL }, { 1, 2 }, 2 };
	const struct answer *answer = &canvas->view->answer;
	const float size = canvas_unit(canvas, canvas->tight ? 52 : 64),
		    x = rect.x + size + (canvas->tight ? 12 : 20);
	const float width = rect.x + rect.w - x, small = canvas_line(canvas, STYLE_SMALL);
	struct fitted fitted;
	char cluster[128];
	const bool alone = !answer->organisation[0];
	if (alone && !answer->cluster[0])
		return y;
	cluster_name(canvas, cluster, sizeof cluster, answer->cluster, width, true);
	draw_tile(canvas, answer->cluster, rect.x, y, size);
	text_fit(canvas, &fitted, alone ? cluster : answer->organisation, width,
		canvas->tight ? &tight : &plain, WEIGHT_600);
	const float high = (float)fitted.count * canvas_line(canvas, fitted.style);
	const float top = y + fmaxf(0, (size - high - (alone ? 0 : small)) / 2);
	canvas_lines(canvas, &fitted, x, top, (struct ink){ .weight = WEIGHT_600 });
	if (answer->cluster[0] && !alone)
		canvas_text(canvas, cluster, x, top + high, STYLE_SMALL,
			(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
	return y + fmaxf(size, high + small) + (canvas->tight ? 12 : 32);
}

/* The first badge of an organisation fills a seat of its cluster: that one is pointed at. */
static float draw_first(struct canvas *canvas, struct rect rect, float y)
{
	const struct answer *answer = &canvas->view->answer;
	char count[16], words[160];
	const struct fill fill = { "count", count };
	if (!answer->first_of_organisation || answer->target < 1)
		return y;
	snprintf(count, sizeof count, "%d", answer->involved);
	draw_seats(canvas, (struct rect){ rect.x, y + 14, rect.w, 16 }, answer->involved,
		answer->target,
		cluster_colour(
			answer->session.cluster[0] ? answer->session.cluster : answer->cluster));
	if (answer->involved >= 1 && answer->involved <= answer->target) {
		const float x =
			rect.x + rect.w * ((float)answer->involved - 0.5f) / (float)answer->target;
		const float points[] = { x - 8, y, x + 8, y, x, y + 10 };
		canvas_polygon(canvas, points, 3, COLOUR_INK);
	}
	word_count(words, sizeof words, canvas->view->language,
		answer->involved >= answer->target ? PLURAL_WELCOME_GOAL : PLURAL_WELCOME_COUNT,
		answer->target, &fill, 1);
	canvas_text(canvas, words, rect.x, y + 38, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
	return y + 38 + canvas_line(canvas, STYLE_SMALL) + (canvas->tight ? 8 : 16);
}

static void draw_room_block(struct canvas *canvas, struct rect rect, const char *name)
{
	static const struct fit_rule beside = { { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD, STYLE_BODY,
							STYLE_SMALL },
		{ 1, 1, 2, 2, 2 }, 5 };
	static const struct fit_rule under = { { STYLE_DISPLAY, STYLE_HEAD, STYLE_TITLE, STYLE_LEAD,
						       STYLE_SMALL },
		{ 1, 1, 2, 2, 2 }, 5 };
	const float small = canvas_line(canvas, STYLE_SMALL), inner = rect.h - 8;
	const float label = inner >= small + canvas_line(canvas, STYLE_LEAD) ? small : 0;
	const struct fit_rule rule = rule_within(canvas, name, rect.w - 32,
		canvas->portrait ? &under : &beside, WEIGHT_700, inner - label);
	struct fitted fitted;
	canvas_box(canvas, rect, COLOUR_INK, canvas->tight ? 12 : 16);
	text_fit(canvas, &fitted, name, rect.w - 32, &rule, WEIGHT_700);
	const float y =
		rect.y +
		(rect.h - label - (float)fitted.count * canvas_line(canvas, fitted.style)) / 2;
	struct ink ink = { .weight = WEIGHT_500, .colour = COLOUR_SURFACE, .align = ALIGN_CENTRE };
	if (label > 0)
		canvas_text(canvas, word(canvas->view->language, WORD_COMMON_ROOM),
			rect.x + rect.w / 2, y, STYLE_SMALL, ink);
	ink.weight = WEIGHT_700;
	canvas_lines(canvas, &fitted, rect.x + rect.w / 2, y + label, ink);
}

static void draw_session(struct canvas *canvas, struct rect rect)
{
	const struct answer *answer = &canvas->view->answer;
	const struct board_row *session = &answer->session;
	const int32_t offset_min = canvas->view->board.utc_offset_min;
	const enum language language = canvas->view->language;
	const enum style style = canvas->tight ? STYLE_SMALL : STYLE_BODY;
	const float label = canvas_line(canvas, style), small = canvas_line(canvas, STYLE_SMALL);
	const bool has_room = session->room[0];
	const float room_w = canvas->portrait ? rect.w : round8(rect.w * 0.38f);
	/* Under a title the room gives way until the title has a line. */
	const float spare = rect.h - label - canvas_line(canvas, STYLE_LEAD) - 20;
	const float most =
		canvas->portrait ? fmaxf(small + 8, fminf(spare, rect.h * 0.5f)) : rect.h;
	const float room_h = has_room ? fminf(most, canvas_unit(canvas, 168)) : 0;
	const float width =
		canvas->portrait || !has_room ? rect.w : rect.w - room_w - canvas_space(canvas, 4);
	const float under = canvas->portrait && has_room ? room_h + 20 : 0;
	struct fit_rule rule = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 1, 1, 1 }, 3 };
	if (canvas->tight)
		rule = (struct fit_rule){ { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 1, 1, 1 }, 3 };
	for (size_t i = 0; i < rule.count; i++)
		rule.lines[i] =
			(int)fmaxf(1, fminf(4, floorf((rect.h - label - under) /
						       canvas_line(canvas, rule.styles[i]))));

	char from[8], to[8], times[32], host[192];
	snprintf(times, sizeof times, "%s – %s", word_time(from, session->start_ms, offset_min),
		word_time(to, session->end_ms, offset_min));
	const float times_w = canvas_text(canvas, times, rect.x, rect.y, style,
		(struct ink){ .weight = WEIGHT_700, .tabular = true });
	const char *kind = word(language,
		answer->is_plenary ? WORD_WELCOME_PLENARY
				   : word_of_sessions(canvas->view->sessions, WORD_WELCOME_YOUR));
	if (times_w + 16 + text_width(canvas, kind, style, WEIGHT_400, false) <= width)
		canvas_text(canvas, kind, rect.x + times_w + 16, rect.y, style,
			(struct ink){ .colour = COLOUR_INK2 });
	const float title_h = canvas_paragraph(canvas, session->title,
		(struct rect){ rect.x, rect.y + label + 2, width, 0 }, &rule,
		(struct ink){ .weight = WEIGHT_600 });
	if (session->host[0] && label + title_h + small + 8 <= rect.h - under) {
		char cut[256];
		word_fill(host, sizeof host, language, WORD_COMMON_HOST,
			&(struct fill){ "name", session->host }, 1);
		text_cut(canvas, cut, sizeof cut, host, width, STYLE_SMALL, WEIGHT_400);
		canvas_text(canvas, cut, rect.x, rect.y + label + title_h + 6, STYLE_SMALL,
			(struct ink){ .colour = COLOUR_INK2 });
	}
	if (has_room)
		draw_room_block(canvas,
			(struct rect){ canvas->portrait ? rect.x : rect.x + rect.w - room_w,
				canvas->portrait ? rect.y + rect.h - room_h : rect.y, room_w,
				room_h },
			session->room);
}

static void draw_after(struct canvas *canvas, struct rect rect, float y)
{
	const struct board_row *after = &canvas->view->answer.after;
	const enum style style = canvas->tight ? STYLE_SMALL : STYLE_BODY;
	char time[8], title[FIT_LINE_BYTES];
	float x = rect.x;
	if (!canvas->tight)
		canvas_rule(
			canvas, rect.x, y - 16, rect.x + rect.w, y - 16, COLOUR_LINE, 2, false, 1);
	x += canvas_text(canvas, word(canvas->view->language, WORD_WELCOME_AFTER), x, y, style,
		     (struct ink){ .colour = COLOUR_INK2 }) +
	     12;
	x += canvas_text(canvas,
		     word_time(time, after->start_ms, canvas->view->board.utc_offset_min), x, y,
		     style, (struct ink){ .weight = WEIGHT_700, .tabular = true }) +
	     12;
	char room[SESSION_ROOM_SIZE];
	if (canvas->portrait) {
		text_cut(canvas, room, sizeof room, after->room, rect.x + rect.w - x, style,
			WEIGHT_600);
		canvas_text(canvas, room, x, y, style, (struct ink){ .weight = WEIGHT_600 });
		text_cut(canvas, title, sizeof title, after->title, rect.w, style, WEIGHT_400);
		canvas_text(canvas, title, rect.x, y + canvas_line(canvas, style), style,
			(struct ink){ 0 });
		return;
	}
	text_cut(canvas, room, sizeof room, after->room, rect.w * 0.3f, style, WEIGHT_600);
	const float room_w = text_width(canvas, room, style, WEIGHT_600, false);
	text_cut(canvas, title, sizeof title, after->title, rect.x + rect.w - x - room_w - 16,
		style, WEIGHT_400);
	canvas_text(canvas, title, x, y, style, (struct ink){ 0 });
	canvas_text(canvas, room, rect.x + rect.w, y, style,
		(struct ink){ .weight = WEIGHT_600, .align = ALIGN_RIGHT });
}

void draw_welcome(struct canvas *canvas)
{
	static const struct fit_rule sentence = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY },
		{ 3, 3, 4 }, 3 };
	const struct view *view = canvas->view;
	const struct answer *answer = &view->answer;
	const struct rect rect = draw_state(
		canvas, FIELD_OK, ICON_CHECK, word(view->language, WORD_WELCOME_SIGN), true);
	const float bottom = rect.y + rect.h;
	const enum style style = canvas->tight ? STYLE_SMALL : STYLE_BODY;
	float y = draw_who(canvas, rect, rect.y);
	y = draw_organisation(canvas, rect, y);
	y = draw_first(canvas, rect, y);
	canvas_rule(canvas, rect.x, y, rect.x + rect.w, y, COLOUR_LINE, 2, false, 1);
	y += canvas->tight ? 12 : 28;
	const float foot = answer->has_after
				   ? canvas_line(canvas, style) * (canvas->portrait ? 2 : 1) +
					     (canvas->tight ? 14 : 40)
				   : 0;
	const struct rect middle = { rect.x, y, rect.w, bottom - foot - y };
	if (answer->has_session) {
		draw_session(canvas, middle);
	} else {
		const enum word words = answer->verdict == VERDICT_CHOOSE ? WORD_CHOOSE_LATER
					: answer->clock_known             ? WORD_WELCOME_NOTHING
									  : WORD_WELCOME_NOCLOCK;
		const char *text = word(view->language, word_of_sessions(view->sessions, words));
		const struct fit_rule rule =
			rule_within(canvas, text, middle.w, &sentence, WEIGHT_400, middle.h);
		canvas_paragraph(
			canvas, text, middle, &rule, (struct ink){ .colour = COLOUR_INK2 });
	}
	if (answer->has_after)
		draw_after(canvas, rect,
			bottom - canvas_line(canvas, style) * (canvas->portrait ? 2 : 1) +
				(canvas->tight ? 4 : 8));
}
