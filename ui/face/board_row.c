/* One session on the board: mark, title, who leads it, room and state (design.md 5, "Row"). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/board_private.h"

bool board_state_label(const struct canvas *canvas, const struct board_row *row, struct label *ret)
{
	const enum language language = canvas->view->language;
	char time[8];
	const struct fill fill = { "time",
		word_time(time, row->start_ms, canvas->view->board.utc_offset_min) };
	enum word words = WORD_COUNT;
	*ret = (struct label){ .background = COLOUR_WARN_SOFT, .colour = COLOUR_ON_WARN_SOFT };
	if (row->state == SESSION_CANCELLED) {
		*ret = (struct label){ ICON_CLOSE, COLOUR_STOP_SOFT, COLOUR_STOP_INK, "" };
		words = WORD_IDLE_CANCELLED;
	} else if (row->state == SESSION_DELAYED) {
		ret->icon = ICON_CLOCK;
		words = WORD_IDLE_DELAYED;
	} else if (row->state == SESSION_MOVED) {
		ret->icon = ICON_MOVE;
		words = WORD_IDLE_MOVED;
	} else if (row->places_left == 0) {
		*ret = (struct label){ ICON_FULL, COLOUR_SUNKEN, COLOUR_INK, "" };
		words = WORD_COMMON_FULL;
	} else if (row->places_left > 0 && !canvas->tight) {
		*ret = (struct label){ ICON_SEAT, COLOUR_NONE, COLOUR_INK2, "" };
		places_words(canvas, ret->words, sizeof ret->words, row->places_left);
		return true;
	}
	if (words == WORD_COUNT)
		return false;
	word_fill(ret->words, sizeof ret->words, language, words, &fill, 1);
	return true;
}

static struct fit_rule row_rule(
	const struct canvas *canvas, const struct board_columns *c, bool big, float room)
{
	struct fit_rule rule = { .count = 0 };
	static const enum style big_styles[] = { STYLE_HEAD, STYLE_TITLE, STYLE_LEAD };
	static const enum style styles[] = { STYLE_TITLE, STYLE_LEAD, STYLE_BODY };
	for (size_t i = 0; i < 3; i++) {
		const enum style style = big ? big_styles[i] : styles[i];
		if (!big && style > c->title_style)
			continue;
		rule.styles[rule.count] = style;
		rule.lines[rule.count++] = (int)fmaxf(
			1, fminf(big ? 3 : 2, floorf(room / canvas_line(canvas, style))));
	}
	return rule;
}

static struct room_look look_of(const struct canvas *canvas, const struct board_row *row, bool big)
{
	struct room_look look = { .from = big ? STYLE_TITLE : STYLE_BODY };
	if (row->state == SESSION_MOVED) {
		look.fill = COLOUR_WARN_SOFT;
		look.colour = COLOUR_ON_WARN_SOFT;
		look.edge =
			canvas->view->theme == THEME_DARK ? COLOUR_WARN_SOFT : COLOUR_ON_WARN_SOFT;
	}
	return look;
}

/* Room and state under the title, on one line. */
static void draw_stacked(struct canvas *canvas, const struct board_row *row, float x, float y,
	float width, float room_h, bool big)
{
	struct label label;
	const float chip = canvas_line(canvas, STYLE_SMALL) + 2;
	if (row->state != SESSION_CANCELLED && row->room[0]) {
		const float need = text_width(canvas, row->room, big ? STYLE_LEAD : STYLE_BODY,
					   WEIGHT_700, false) +
				   28;
		const float room =
			ceilf(fminf(fmaxf(need, canvas_unit(canvas, 104)), width * 0.55f));
		draw_room(canvas, (struct rect){ x, y, room, room_h }, row->room,
			look_of(canvas, row, big));
		x += room + 14;
		width -= room + 14;
	}
	if (!board_state_label(canvas, row, &label))
		return;
	if (chip_width(canvas, &label) > width)
		label.icon = ICON_COUNT;
	if (chip_width(canvas, &label) <= width)
		draw_chip(canvas, x, roundf(y + (room_h - chip) / 2), &label, ALIGN_LEFT);
}

/* As wide as its column allows: first without icon, then cut. */
static void draw_state_label(
	struct canvas *canvas, struct label label, float x, float y, float width)
{
	char whole[sizeof label.words];
	if (chip_width(canvas, &label) > width)
		label.icon = ICON_COUNT;
	memcpy(whole, label.words, sizeof whole);
	text_cut(canvas, label.words, sizeof label.words, whole, width - 16, STYLE_SMALL,
		WEIGHT_600);
	draw_chip(canvas, x, y, &label, ALIGN_LEFT);
}

/* What a row holds, and where; computed before any of it is drawn. */
struct row_plan {
	const struct board_row *row;
	bool cancelled, big;
	bool under;  /* the state has room under the room */
	bool inside; /* it takes the place of who leads the session */
	bool second; /* there is a line under the title */
	float mark, middle, room_h, stack_gap;
	float x, width; /* of the title */
	enum style host_style;
	struct fitted title;
};

static void draw_right(struct canvas *canvas, const struct row_plan *plan, float x, float width,
	const struct board_columns *c)
{
	const struct board_row *row = plan->row;
	struct label label;
	const bool state = board_state_label(canvas, row, &label);
	const bool under = state && c->side <= 0 && (plan->under || plan->cancelled);
	const float chip = canvas_line(canvas, STYLE_SMALL) + 2, gap = canvas->tight ? 2 : 4;
	const float room_h = plan->cancelled ? 0 : plan->room_h;
	const float high = room_h + (under ? chip + (room_h > 0 ? gap : 0) : 0);
	const float y = roundf(plan->middle - high / 2);
	if (!plan->cancelled && row->room[0])
		draw_room(canvas, (struct rect){ x, y, width, room_h }, row->room,
			look_of(canvas, row, plan->big));
	if (state && c->side > 0)
		draw_state_label(canvas, label, x - c->gap - c->side,
			roundf(plan->middle - chip / 2), c->side);
	else if (under)
		draw_state_label(canvas, label, x, y + high - chip, width);
}

static void plan_row(const struct canvas *canvas, struct row_plan *ret, struct rect rect,
	const struct board_columns *c)
{
	const bool stack = canvas->portrait, tight = canvas->tight, big = ret->big;
	const float mark = big && !tight ? 48 : c->mark;
	const float room_h = big     ? canvas_unit(canvas, 64)
			     : tight ? 30
			     : stack ? 36
				     : canvas_unit(canvas, 40);
	const float stack_gap = big ? 14 : 6, chip = canvas_line(canvas, STYLE_SMALL) + 2;
	const float air = tight ? 2 : stack ? 4 : 8;
	const float room = rect.h - air - (stack ? room_h + stack_gap : 0);
	const struct fit_rule rule = row_rule(canvas, c, big, room);
	struct label label;
	ret->mark = mark;
	ret->middle = roundf(rect.y + rect.h / 2);
	ret->room_h = room_h;
	ret->stack_gap = stack_gap;
	ret->x = rect.x + c->title_x + (mark - c->mark);
	ret->width = c->title_w - (mark - c->mark);
	ret->host_style = big ? STYLE_BODY : STYLE_SMALL;
	text_fit(canvas, &ret->title, ret->row->title, ret->width, &rule, WEIGHT_600);
	const float title_h = (float)ret->title.count * canvas_line(canvas, ret->title.style);
	ret->under = rect.h >= room_h + chip + (tight ? 0 : 4);
	ret->inside = !stack && c->side <= 0 && !ret->under && !ret->cancelled &&
		      board_state_label(canvas, ret->row, &label) && label.background;
	ret->second = title_h + canvas_line(canvas, ret->host_style) <= room &&
		      (ret->inside || (ret->row->host[0] && !ret->cancelled));
}

static void draw_second_line(struct canvas *canvas, const struct row_plan *plan, float y)
{
	struct label label;
	char host[192], cut[256];
	if (plan->inside) {
		if (board_state_label(canvas, plan->row, &label) &&
			chip_width(canvas, &label) <= plan->width)
			draw_chip(canvas, plan->x, roundf(y - 1), &label, ALIGN_LEFT);
		return;
	}
	word_fill(host, sizeof host, canvas->view->language, WORD_COMMON_HOST,
		&(struct fill){ "name", plan->row->host }, 1);
	text_cut(canvas, cut, sizeof cut, host, plan->width, plan->host_style, WEIGHT_400);
	canvas_text(
		canvas, cut, plan->x, y, plan->host_style, (struct ink){ .colour = COLOUR_INK2 });
}

float draw_board_row(struct canvas *canvas, const struct board_row *row, struct rect rect,
	const struct board_columns *c, struct row_look look)
{
	struct row_plan plan = {
		.row = row, .big = look.big, .cancelled = row->state == SESSION_CANCELLED
	};
	plan_row(canvas, &plan, rect, c);
	const bool stack = canvas->portrait;
	const float line = canvas_line(canvas, plan.title.style);
	const float second_h = plan.second ? canvas_line(canvas, plan.host_style) : 0;
	const float stacked_h = stack ? plan.room_h + plan.stack_gap : 0;
	const float high = (float)plan.title.count * line + second_h + stacked_h;
	float y = plan.middle - high / 2;
	const float mark_y = stack ? y + line / 2 : plan.middle;

	canvas_rule(canvas, rect.x + c->rail_x, mark_y, rect.x + c->mark_x - 6, mark_y,
		look.now ? COLOUR_RAIL : COLOUR_EDGE, canvas->tight ? 4 : 6, false, 1);
	draw_mark(canvas, row->cluster, rect.x + c->mark_x, mark_y - plan.mark / 2, plan.mark,
		look.now ? COLOUR_SURFACE : COLOUR_PAPER,
		plan.cancelled ? COLOUR_INK2 : COLOUR_NONE);
	y += canvas_lines(canvas, &plan.title, plan.x, y,
		(struct ink){ .weight = WEIGHT_600,
			.colour = plan.cancelled ? COLOUR_INK2 : COLOUR_INK,
			.strike = plan.cancelled });
	if (plan.second)
		draw_second_line(canvas, &plan, y);
	if (stack)
		draw_stacked(canvas, row, plan.x, roundf(y + second_h + plan.stack_gap), plan.width,
			plan.room_h, plan.big);
	else
		draw_right(canvas, &plan, rect.x + rect.w - c->right, c->right, c);
	return mark_y;
}
