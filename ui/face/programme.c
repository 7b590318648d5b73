/* What the idle screen says of the programme: now and next, before, after, and without a clock. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/screens.h"

#define NEXT_MOST 4
#define PAGES_HIGH 44 /* the dots and figures below a board of pages */

/* The largest headline that leaves @text its room. */
static struct fit_rule notice_title(
	const struct canvas *canvas, const char *title, const char *text, float width, float height)
{
	static const struct fit_rule title_rule = {
		{ STYLE_HEAD, STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 2, 2, 2, 2 }, 4
	};
	static const struct fit_rule least = { { STYLE_SMALL }, { 4 }, 1 };
	return rule_within(canvas, title, width, &title_rule, WEIGHT_700,
		height - paragraph_height(canvas, text, width, &least, WEIGHT_400));
}

/* A card with an icon, a headline and a sentence or two. */
static void draw_notice(struct canvas *canvas, struct rect rect, enum icon icon, const char *title,
	const char *text)
{
	static const struct fit_rule large = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 4, 4, 4 },
		3 };
	static const struct fit_rule plain = { { STYLE_BODY, STYLE_SMALL }, { 4, 4 }, 2 };
	const bool tall = rect.h > canvas_unit(canvas, 280);
	const bool roomy = tall && rect.w > canvas_unit(canvas, 640);
	const float size = fminf(canvas_unit(canvas, roomy ? 144 : 96), round8(rect.h * 0.7f)),
		    pad = canvas->tight ? 20 : 40;
	const float x = rect.x + pad + size + (canvas->tight ? 20 : 32),
		    width = rect.x + rect.w - x - pad;
	const float room = rect.h - (canvas->tight ? 16 : 32) - 8;
	const struct fit_rule head = notice_title(canvas, title, text, width, room);
	const float head_h = paragraph_height(canvas, title, width, &head, WEIGHT_700);
	const struct fit_rule body =
		rule_within(canvas, text, width, tall ? &large : &plain, WEIGHT_400, room - head_h);
	const float text_h = paragraph_height(canvas, text, width, &body, WEIGHT_400);
	const float y = rect.y + (rect.h - head_h - 8 - text_h) / 2, middle = rect.y + rect.h / 2;
	canvas_box(canvas, rect, COLOUR_SURFACE, canvas->tight ? 12 : 16);
	canvas_disc(canvas, rect.x + pad + size / 2, middle, size / 2, COLOUR_PETROL, 1);
	canvas_icon(canvas, icon, rect.x + pad + size * 0.22f, middle - size * 0.28f, size * 0.56f,
		COLOUR_ON_PETROL, COLOUR_PETROL, 0);
	canvas_paragraph(canvas, title, (struct rect){ x, y, width, 0 }, &head,
		(struct ink){ .weight = WEIGHT_700 });
	canvas_paragraph(canvas, text, (struct rect){ x, y + head_h + 8, width, 0 }, &body,
		(struct ink){ .colour = COLOUR_INK2 });
}

/* A short board may breathe. */
static float now_row_max(const struct canvas *canvas)
{
	const bool few = canvas->view->board.row_count <= 3;
	return canvas->portrait ? (few ? 200 : 136) : (few ? 136 : 120);
}

/* The lowest a row may be: at the design's measure, and before it no longer holds a title. */
static float row_good(const struct canvas *canvas, float width)
{
	/* On a wide board the state stands beside the room, so its rows may be lower. */
	const bool wide = !canvas->portrait && width >= 1032;
	return canvas->tight ? (canvas->portrait ? 72 : 52) : wide ? 64 : 80;
}

static float row_least(const struct canvas *canvas)
{
	if (canvas->portrait)
		return canvas->tight ? 64 : 78;
	return canvas->tight ? 48 : 60;
}

/* How many rows of a group fit beside @others of the next; at least one. */
static size_t rows_within(const struct canvas *canvas, struct rect rect, size_t others)
{
	const float free = rect.h - (canvas->tight ? 8 : 32);
	const float rows = floorf(free / row_good(canvas, rect.w)) - (float)others;
	return rows < 1 ? 1 : (size_t)rows;
}

/* The rows of one group that are on the screen now. */
struct pages {
	int count, now;
	size_t first, all;
};

static void draw_pages(
	struct canvas *canvas, struct rect rect, float y, const struct pages *pages, size_t shown)
{
	char a[24], b[24], n[24], words[64];
	snprintf(a, sizeof a, "%zu", pages->first + 1);
	snprintf(b, sizeof b, "%zu", pages->first + shown);
	snprintf(n, sizeof n, "%zu", pages->all);
	const struct fill fills[] = { { "a", a }, { "b", b }, { "n", n } };
	word_fill(words, sizeof words, canvas->view->language, WORD_IDLE_PAGE, fills, 3);
	const float width = text_width(canvas, words, STYLE_SMALL, WEIGHT_600, true);
	const float x = rect.x + rect.w - 16 - width - (float)pages->count * 28 - 8;
	const float middle = y + canvas_line(canvas, STYLE_SMALL) / 2;
	for (int i = 0; i < pages->count; i++) {
		const float at = x + 8 + (float)i * 28;
		if (i == pages->now)
			canvas_disc(canvas, at, middle, 9, COLOUR_RAIL, 1);
		else
			canvas_ring(canvas, at, middle, 7, 3, COLOUR_EDGE, 1);
	}
	canvas_text(canvas, words, x + (float)pages->count * 28 + 8, y, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_600, .colour = COLOUR_INK2, .tabular = true });
}

static void turn_page(struct board_group *group, struct pages *pages, size_t most, int turns)
{
	pages->count = (int)((pages->all + most - 1) / most);
	/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): at least one row fits a page */
	const size_t each = (pages->all + (size_t)pages->count - 1) / (size_t)pages->count;
	pages->now = turns % pages->count;
	pages->first = (size_t)pages->now * each;
	const size_t left = pages->all - pages->first;
	group->count = left < each ? left : each;
	for (size_t i = 0; i < group->count; i++)
		group->rows[i] = group->rows[pages->first + i];
}

/* Next gives way to now: no more of it than has room. */
static void trim_next(const struct canvas *canvas, struct rect rect, const struct board_group *now,
	struct board_group *next)
{
	const float weight = now->count == 1 ? 1.6f : (float)now->count;
	const float free = rect.h - (canvas->tight ? 8 : 32);
	const float rows = floorf(free / row_least(canvas) - weight);
	const size_t most = rows < 0 ? 0 : (size_t)rows;
	next->count = next->count < most ? next->count : most;
}

static void draw_now(struct canvas *canvas, struct rect rect)
{
	const struct view *view = canvas->view;
	const struct board *board = &view->board;
	struct board_plan plan = {
		.gap = 16, .more = board->more_today, .row_max = now_row_max(canvas)
	};
	struct board_group now = {
		.label = word(view->language, WORD_IDLE_NOW), .now = true, .until = true
	};
	struct board_group next = { .label = word(view->language, WORD_IDLE_NEXT), .until = true };
	for (size_t i = 0; i < board->row_count; i++) {
		struct board_group *group = board->rows[i].next ? &next : &now;
		group->rows[group->count++] = &board->rows[i];
	}
	const bool next_first = now.count == 0;
	const size_t next_all = next.count;
	if (!next_first && next.count > NEXT_MOST)
		next.count = NEXT_MOST;
	struct board_group *paged = next_first ? &next : &now;
	struct pages pages = { .count = 1, .all = paged->count };
	if (paged->count > rows_within(canvas, rect, next_first ? 0 : next.count)) {
		rect.h -= PAGES_HIGH;
		size_t most = rows_within(canvas, rect, next_first ? 0 : next.count);
		if (most < 2 && !next_first) {
			next.count = 0; /* too low for both: what is now goes first */
			most = rows_within(canvas, rect, 0);
		}
		turn_page(paged, &pages, most, view->page);
	}
	if (!next_first)
		trim_next(canvas, rect, &now, &next);
	plan.more |= !next_first && next.count < next_all && next.count > 0;
	if (now.count > 0)
		plan.groups[plan.count++] = now;
	if (next.count > 0)
		plan.groups[plan.count++] = next;
	const float bottom = draw_board(canvas, rect, &plan);
	if (pages.count > 1)
		draw_pages(canvas, rect, bottom + 10, &pages, plan.groups[0].count);
}

/* The first @most rows, one group a start time; true when that was all. */
static bool by_start(
	const struct board *board, struct board_plan *plan, size_t most, const char *label)
{
	for (size_t i = 0; i < board->row_count; i++) {
		const struct board_row *row = &board->rows[i];
		struct board_group *last = plan->count ? &plan->groups[plan->count - 1] : NULL;
		if (i == most)
			return false;
		if (!last || last->rows[0]->start_ms != row->start_ms) {
			if (plan->count == BOARD_GROUPS_MAX)
				return false;
			last = &plan->groups[plan->count++];
			last->label = plan->count == 1 ? label : "";
		}
		last->rows[last->count++] = row;
	}
	return true;
}

/* No trusted clock: neither now nor next, but the programme as far as it goes. */
static void draw_today(struct canvas *canvas, struct rect rect)
{
	struct board_plan plan = { .gap = 8, .row_max = canvas->portrait ? 136 : 104 };
	const size_t most = (size_t)fmaxf(1, floorf(rect.h / (!canvas->tight            ? 84
								     : canvas->portrait ? 80
											: 56)));
	plan.more = !by_start(
		&canvas->view->board, &plan, most, word(canvas->view->language, WORD_IDLE_TODAY));
	draw_board(canvas, rect, &plan);
}

static enum word greeting(const struct canvas *canvas)
{
	struct calendar now;
	calendar_of(&now, canvas->view->now_ms, canvas->view->board.utc_offset_min);
	return now.hour < 12   ? WORD_IDLE_BEFORE_MORNING
	       : now.hour < 18 ? WORD_IDLE_BEFORE_AFTERNOON
			       : WORD_IDLE_BEFORE_EVENING;
}

static void draw_before(struct canvas *canvas, struct rect rect)
{
	const struct view *view = canvas->view;
	char open[8], start[8], text[256];
	const struct fill fills[] = {
		{ "open", word_time(open, view->board.opens_ms, view->board.utc_offset_min) },
		{ "start", word_time(start, view->board.starts_ms, view->board.utc_offset_min) },
	};
	word_fill(text, sizeof text, view->language, WORD_IDLE_BEFORE_TEXT, fills, 2);
	if (view->board.row_count == 0) {
		draw_notice(canvas, rect, ICON_CLOCK, word(view->language, greeting(canvas)), text);
		return;
	}
	const float high = round8(rect.h * 0.34f);
	struct board_plan plan = {
		.gap = 4, .row_max = canvas->portrait ? 124 : 96, .more = view->board.more_today
	};
	plan.more |= !by_start(&view->board, &plan, 3, word(view->language, WORD_IDLE_NEXT));
	draw_notice(canvas, (struct rect){ rect.x, rect.y, rect.w, high }, ICON_CLOCK,
		word(view->language, greeting(canvas)), text);
	draw_board(canvas, (struct rect){ rect.x, rect.y + high + 12, rect.w, rect.h - high - 12 },
		&plan);
}

static void draw_over(struct canvas *canvas, struct rect rect)
{
	const struct view *view = canvas->view;
	char time[8], text[256];
	const struct fill fill = { "time",
		word_time(time, view->board.starts_ms, view->board.utc_offset_min) };
	const bool last = view->board.starts_ms == 0;
	word_fill(text, sizeof text, view->language,
		last ? WORD_IDLE_OVER_LAST : WORD_IDLE_OVER_TEXT, &fill, 1);
	if (view->board.row_count == 0) {
		draw_notice(
			canvas, rect, ICON_CHECK, word(view->language, WORD_IDLE_OVER_TITLE), text);
		return;
	}
	const float high = round8(rect.h * 0.46f);
	struct board_plan plan = {
		.gap = 8, .row_max = canvas->portrait ? 124 : 100, .more = true
	};
	by_start(&view->board, &plan, 2, word(view->language, WORD_IDLE_TOMORROW));
	draw_notice(canvas, (struct rect){ rect.x, rect.y, rect.w, high }, ICON_CHECK,
		word(view->language, WORD_IDLE_OVER_TITLE), text);
	draw_board(canvas, (struct rect){ rect.x, rect.y + high + 12, rect.w, rect.h - high - 12 },
		&plan);
}

static void draw_none(struct canvas *canvas, struct rect rect)
{
	const enum language language = canvas->view->language;
	draw_notice(canvas, rect, ICON_CALENDAR, word(language, WORD_IDLE_NONE_TITLE),
		word(language, WORD_IDLE_NONE_TEXT));
}

void draw_programme(struct canvas *canvas, struct rect rect)
{
	static void (*const draw[])(struct canvas * canvas, struct rect rect) = {
		[BOARD_NONE] = draw_none,
		[BOARD_BEFORE] = draw_before,
		[BOARD_NOW] = draw_now,
		[BOARD_TODAY] = draw_today,
		[BOARD_OVER] = draw_over,
	};
	draw[canvas->view->board.kind](canvas, rect);
}
