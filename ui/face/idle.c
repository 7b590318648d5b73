/* The idle screen: clock and event on top, the programme, progress, and the panel at the reader. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/screens.h"

static void sub_line(const struct canvas *canvas, char *ret, size_t size, bool with_venue)
{
	const struct board *board = &canvas->view->board;
	char day[16], days[16];
	size_t length = 0;
	ret[0] = '\0';
	if (board->days > 1 && board->day > 0) {
		snprintf(day, sizeof day, "%d", board->day);
		snprintf(days, sizeof days, "%d", board->days);
		const struct fill fills[] = { { "n", day }, { "m", days } };
		word_fill(ret, size, canvas->view->language, WORD_IDLE_DAY, fills, 2);
		length = strlen(ret);
	}
	if (with_venue && board->venue[0]) {
		length += utf8_clip(ret + length, size - length, length ? " · " : "");
		utf8_clip(ret + length, size - length, board->venue);
	}
}

/* Right aligned, most urgent first; what does not fit beside the others shrinks to its icon. */
static float draw_strip(struct canvas *canvas, float right, float y, float width)
{
	static const struct {
		enum notice notice;
		enum word words;
		enum icon icon;
		enum colour background, colour;
	} chips[] = {
		{ NOTICE_CLOCK, WORD_STRIP_CLOCK, ICON_WARN, COLOUR_WARN_SOFT,
			COLOUR_ON_WARN_SOFT },
		{ NOTICE_OFFLINE, WORD_STRIP_OFFLINE, ICON_OFFLINE, COLOUR_SUNKEN, COLOUR_INK },
	};
	struct label labels[2];
	float x = right;
	size_t count = 0;
	for (size_t i = 0; i < 2; i++) {
		if (!(canvas->view->board.notices & chips[i].notice))
			continue;
		labels[count] =
			(struct label){ chips[i].icon, chips[i].background, chips[i].colour, "" };
		utf8_clip(labels[count].words, sizeof labels[count].words,
			word(canvas->view->language, chips[i].words));
		count++;
	}
	for (size_t i = 0; i < count; i++) {
		const float others = (float)(count - 1 - i) * (canvas_unit(canvas, 20) + 24);
		if (x - chip_width(canvas, &labels[i]) - others < right - width)
			labels[i].words[0] = '\0';
		x -= draw_chip(canvas, x, y, &labels[i], ALIGN_RIGHT) + 8;
	}
	return right - x;
}

static float draw_header(struct canvas *canvas, struct rect rect)
{
	static const struct fit_rule wide = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 1, 1, 2 },
		3 };
	static const struct fit_rule tall = { { STYLE_TITLE, STYLE_LEAD, STYLE_BODY }, { 2, 2, 3 },
		3 };
	static const struct fit_rule tight = { { STYLE_LEAD, STYLE_BODY, STYLE_SMALL }, { 1, 1, 2 },
		3 };
	const struct view *view = canvas->view;
	const bool low = !canvas->portrait && canvas->side == SIDE_BOTTOM;
	const enum style clock = canvas->portrait ? STYLE_HERO : STYLE_DISPLAY;
	const float high = canvas->portrait ? 120 : canvas->tight ? 68 : low ? 84 : 96;
	const float top = rect.y + (canvas->tight || low ? 6 : canvas->portrait ? 24 : 16);
	char time[8], sub[160];
	canvas_text(canvas,
		view->board.clock_known ? word_time(time, view->now_ms, view->board.utc_offset_min)
					: "--:--",
		rect.x, top + (high - canvas_line(canvas, clock)) / 2, clock,
		(struct ink){ .weight = WEIGHT_700, .tabular = true });
	const float x = rect.x + text_width(canvas, "00:00", clock, WEIGHT_700, true) +
			(canvas->tight             ? 20
				: canvas->portrait ? 32
						   : 40);
	const float width = rect.x + rect.w - x, small = canvas_line(canvas, STYLE_SMALL);
	const char *event =
		view->board.event[0] ? view->board.event : word(view->language, WORD_APP_NAME);
	struct fitted title;
	text_fit(canvas, &title, event, width,
		canvas->tight      ? &tight
		: canvas->portrait ? &tall
				   : &wide,
		WEIGHT_600);
	const float title_h = (float)title.count * canvas_line(canvas, title.style);
	const float y = top + (high - title_h - small) / 2 + (canvas->tight ? 0 : 2);
	canvas_lines(canvas, &title, x, y, (struct ink){ .weight = WEIGHT_600 });
	const float sub_y = roundf(y + title_h);
	const float strip =
		draw_strip(canvas, rect.x + rect.w, sub_y + (canvas->tight ? -1 : 2), width);
	sub_line(canvas, sub, sizeof sub, true);
	if (text_width(canvas, sub, STYLE_SMALL, WEIGHT_500, false) > width - strip)
		sub_line(canvas, sub, sizeof sub, false);
	if (text_width(canvas, sub, STYLE_SMALL, WEIGHT_500, false) <= width - strip)
		canvas_text(canvas, sub, x, sub_y, STYLE_SMALL,
			(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
	return top + high - rect.y;
}

/* One cluster's mark, name, seats and figures, in the shape there is room for. */
static void draw_cluster(
	struct canvas *canvas, const struct board_cluster *cluster, struct rect rect)
{
	const bool done = cluster->involved >= cluster->target,
		   bare = canvas->tight && !canvas->portrait;
	const bool low = !bare && rect.h < 40;
	const enum style figures = low ? STYLE_SMALL : STYLE_BODY;
	const float mark = bare ? canvas_unit(canvas, 32) : low ? 28 : canvas->portrait ? 24 : 22;
	const struct ink number = {
		.weight = WEIGHT_700, .tabular = true, .align = bare ? ALIGN_LEFT : ALIGN_RIGHT
	};
	char count[32], name[128];
	snprintf(count, sizeof count, "%d/%d", cluster->involved, cluster->target);
	const float count_w = text_width(canvas, count, figures, WEIGHT_700, true);
	draw_mark(canvas, cluster->code, rect.x, rect.y + (low ? 9 : 3), mark, COLOUR_PAPER,
		COLOUR_NONE);
	if (bare) {
		const float x = rect.x + mark + 10;
		canvas_text(canvas, count, x, rect.y - 3, figures, number);
		if (done)
			canvas_icon(canvas, ICON_OKDOT, x + count_w + 6, rect.y + 2, 18,
				COLOUR_OK_INK, COLOUR_PAPER, 0);
		draw_seats(canvas, (struct rect){ x, rect.y + 28, rect.w - mark - 10, 8 },
			cluster->involved, cluster->target, cluster_colour(cluster->code));
		return;
	}
	const float indent = mark + (low || canvas->portrait ? 10 : 6), tick = done ? 30 : 0;
	const float beside = canvas->portrait ? count_w + 12 : 0;
	cluster_name(canvas, name, sizeof name, cluster->code, rect.w - indent - tick - beside,
		canvas->portrait);
	const float name_y = low ? rect.y - 4 : rect.y;
	const float name_w = canvas_text(canvas, name, rect.x + indent, name_y, STYLE_SMALL,
		(struct ink){ .weight = WEIGHT_600 });
	if (done)
		canvas_icon(canvas, ICON_OKDOT, rect.x + indent + name_w + 8, name_y + 3, 22,
			COLOUR_OK_INK, COLOUR_PAPER, 0);
	const float seats_y = rect.y + (low ? 29 : 36), seats_x = rect.x + (low ? indent : 0);
	/* As long for each, whatever its figures are. */
	const float figures_w =
		fmaxf(count_w, text_width(canvas, "00/00", figures, WEIGHT_700, true));
	const float seats_w =
		canvas->portrait ? rect.w : rect.w - (seats_x - rect.x) - figures_w - 12;
	const float seats_h = low || canvas->portrait ? 14 : 16;
	draw_seats(canvas, (struct rect){ seats_x, seats_y, seats_w, seats_h }, cluster->involved,
		cluster->target, cluster_colour(cluster->code));
	canvas_text(canvas, count, rect.x + rect.w,
		canvas->portrait ? rect.y - 1 : rect.y + (low ? 21 : 28), figures, number);
}

static void draw_progress(struct canvas *canvas, struct rect rect)
{
	const struct board *board = &canvas->view->board;
	const bool bare = canvas->tight && !canvas->portrait, low = rect.h < 60;
	const size_t count = board->cluster_count < 4 ? board->cluster_count
						      : 4; /* what the design has room for */
	char goal[16], words[160], cut[160];
	float y = rect.y;
	if (count == 0)
		return;
	if (!bare && !low) {
		snprintf(goal, sizeof goal, "%d", board->clusters[0].target);
		word_fill(words, sizeof words, canvas->view->language, WORD_IDLE_PROGRESS,
			&(struct fill){ "n", goal }, 1);
		text_cut(canvas, cut, sizeof cut, words, rect.w, STYLE_SMALL, WEIGHT_500);
		canvas_text(canvas, cut, rect.x, rect.y, STYLE_SMALL,
			(struct ink){ .weight = WEIGHT_500, .colour = COLOUR_INK2 });
		y += canvas->portrait ? 36 : 32;
	}
	const size_t across = canvas->portrait ? 2 : count;
	const float gap = canvas->portrait ? 32 : 16,
		    width = (rect.w - gap * (float)(across - 1)) / (float)across;
	for (size_t i = 0; i < count; i++) {
		const size_t row = i / across;
		const struct rect place = { roundf(rect.x + (float)(i % across) * (width + gap)),
			y + (float)row * 68, width, low && !bare ? 30 : 60 };
		draw_cluster(canvas, &board->clusters[i], place);
	}
}

/* What the panel invites to. */
static void panel_look(const struct view *view, char *label, size_t size, struct panel_look *ret)
{
	char time[8];
	const struct fill fill = { "time",
		word_time(time, view->board.opens_ms, view->board.utc_offset_min) };
	*ret = (struct panel_look){
		.label = label, .sub = "", .calm = true, .calm_icon = ICON_CLOCK
	};
	if (view->board.kind == BOARD_BEFORE) {
		word_fill(label, size, view->language, WORD_IDLE_TAP_FROM, &fill, 1);
	} else if (view->board.kind == BOARD_OVER) {
		const bool last = view->board.starts_ms == 0;
		utf8_clip(label, size,
			word(view->language, last ? WORD_IDLE_OVER_TAP_LAST : WORD_IDLE_OVER_TAP));
		ret->calm_icon = ICON_CALENDAR;
	} else {
		utf8_clip(label, size, word(view->language, WORD_IDLE_TAP));
		ret->sub = word(view->language,
			view->board.tap_out ? WORD_IDLE_TAP_INOUT : WORD_IDLE_TAP_SUB);
		ret->calm = false;
	}
}

void draw_idle(struct canvas *canvas)
{
	char label[128];
	struct panel_look look;
	panel_look(canvas->view, label, sizeof label, &look);
	const struct rect content = draw_panel(canvas, &look);
	const float m = canvas_space(canvas, 4);
	const struct rect inner = { content.x + m, content.y, content.w - 2 * m, content.h };
	const bool wide = !canvas->portrait && canvas->side == SIDE_BOTTOM;
	const float progress = canvas->portrait ? 156 : canvas->tight ? 44 : wide ? 46 : 92;
	const float top = inner.y + draw_header(canvas, inner) +
			  (canvas->tight ? 4
				  : wide ? 10
					 : 20);
	const float bottom = inner.y + inner.h -
			     (canvas->tight             ? 6
				     : wide             ? 12
				     : canvas->portrait ? 20
							: 24);
	const float board_h = bottom - progress - (canvas->tight ? 4 : 16) - top;
	canvas->group = GROUP_BOARD;
	draw_programme(canvas, (struct rect){ inner.x, top, inner.w, board_h });
	canvas->group = GROUP_NONE;
	draw_progress(canvas, (struct rect){ inner.x, bottom - progress, inner.w, progress });
}
