/* The departure board: time | line with stops | title | room (design.md 5, "Board"). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/screens.h"

#define ORDINARY_LETTERS 60 /* a longer title never sets the size of the others */

struct columns {
	enum style time_style, title_style;
	float time, rail_x, mark_x, mark, title_x, title_w, right, gap;
};

/* A stop on the line: the first row of a group. */
struct stop {
	const struct board_group *group;
	float mark_y, row_y, row_h, group_y, group_h;
};

/* What is said under the room; false when there is nothing to say. */
static bool state_label(const struct canvas *canvas, const struct board_row *row, struct label *ret)
{
	const enum language language = canvas->view->language;
	char time[8], number[16];
	snprintf(number, sizeof number, "%d", row->places_left);
	const struct fill fills[] = {
		{ "time", word_time(time, row->start_ms, canvas->view->board.utc_offset_min) },
		{ "n", number },
	};
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
		words = row->places_left == 1 ? WORD_COMMON_LEFT_ONE : WORD_COMMON_LEFT;
	}
	if (words == WORD_COUNT)
		return false;
	word_fill(ret->words, sizeof ret->words, language, words, fills, 2);
	return true;
}

static float widest_right(const struct canvas *canvas, const struct board_plan *plan, float width)
{
	float need = canvas_unit(canvas, 112);
	for (size_t g = 0; g < plan->count; g++) {
		for (size_t i = 0; i < plan->groups[g].count; i++) {
			const struct board_row *row = plan->groups[g].rows[i];
			struct label label;
			need = fmaxf(need,
				text_width(canvas, row->room, STYLE_BODY, WEIGHT_700, false) + 24);
			if (state_label(canvas, row, &label))
				need = fmaxf(need, chip_width(canvas, &label));
		}
	}
	return ceilf(fminf(need, width * 0.3f));
}

static bool is_ordinary(const char *title)
{
	size_t letters = 0;
	for (; *title; title++)
		letters += ((uint8_t)*title & 0xC0) != 0x80;
	return letters <= ORDINARY_LETTERS;
}

/* The largest size at which every ordinary title fits its row. */
static enum style title_style(
	const struct canvas *canvas, const struct board_plan *plan, float width, float row_h)
{
	static const enum style styles[] = { STYLE_TITLE, STYLE_LEAD, STYLE_BODY };
	const float room = row_h -
			   (canvas->tight             ? 2
				   : canvas->portrait ? 4
						      : 8) -
			   (canvas->portrait ? 42 : 0);
	for (size_t s = 0; s < 3; s++) {
		const float most =
			fmaxf(1, fminf(2, floorf(room / canvas_line(canvas, styles[s]))));
		bool all = true;
		for (size_t g = 0; g < plan->count; g++) {
			for (size_t i = 0; i < plan->groups[g].count; i++) {
				size_t lines;
				const char *title = plan->groups[g].rows[i]->title;
				if (is_ordinary(title) && (!text_wraps(canvas, title, width,
								   styles[s], WEIGHT_600, &lines) ||
								  (float)lines > most))
					all = false;
			}
		}
		if (all)
			return styles[s];
	}
	return STYLE_BODY;
}

static struct columns plan_columns(
	const struct canvas *canvas, const struct board_plan *plan, float width, float row_h)
{
	struct columns c = { .time_style = canvas->tight || row_h < 78 ? STYLE_LEAD : STYLE_TITLE,
		.mark = canvas->tight ? 24 : 32,
		.gap = canvas->tight ? 10 : 20 };
	c.time = text_width(canvas, "00:00", c.time_style, WEIGHT_600, true);
	for (size_t g = 0; g < plan->count; g++)
		c.time = fmaxf(c.time,
			text_width(canvas, plan->groups[g].label, STYLE_SMALL, WEIGHT_700, false) +
				20);
	c.time = ceilf(c.time);
	c.rail_x = c.time + (canvas->tight ? 16 : 26);
	c.mark_x = c.rail_x + (canvas->tight ? 18 : 28);
	c.title_x = c.mark_x + c.mark + (canvas->tight ? 10 : 16);
	c.right = widest_right(canvas, plan, width);
	c.title_w = width - c.title_x - (canvas->portrait ? 0 : c.right + c.gap);
	c.title_style = title_style(canvas, plan, c.title_w, row_h);
	return c;
}

static struct fit_rule row_rule(
	const struct canvas *canvas, const struct columns *c, bool big, float room)
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
	struct room_look look = { .big = big };
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
	if (!state_label(canvas, row, &label))
		return;
	if (chip_width(canvas, &label) > width)
		label.icon = ICON_COUNT;
	if (chip_width(canvas, &label) <= width)
		draw_chip(canvas, x, roundf(y + (room_h - chip) / 2), &label, ALIGN_LEFT);
}

static void draw_right(struct canvas *canvas, const struct board_row *row, float x, float middle,
	float width, float room_h, bool big, bool state_fits)
{
	struct label label;
	const bool cancelled = row->state == SESSION_CANCELLED;
	const bool state = state_label(canvas, row, &label) && (state_fits || cancelled);
	const float chip = canvas_line(canvas, STYLE_SMALL) + 2, gap = canvas->tight ? 2 : 4;
	const float high = cancelled ? chip : state ? room_h + gap + chip : room_h;
	float y = roundf(middle - high / 2);
	if (!cancelled && row->room[0])
		draw_room(canvas, (struct rect){ x, y, width, room_h }, row->room,
			look_of(canvas, row, big));
	y += cancelled ? 0 : room_h + gap;
	if (!state)
		return;
	if (chip_width(canvas, &label) > width)
		label.icon = ICON_COUNT;
	char whole[sizeof label.words];
	memcpy(whole, label.words, sizeof whole);
	text_cut(canvas, label.words, sizeof label.words, whole, width - 16, STYLE_SMALL,
		WEIGHT_600);
	draw_chip(canvas, x, y, &label, ALIGN_LEFT);
}

/* One session; returns where its mark stands. */
static float draw_row(struct canvas *canvas, const struct board_row *row, struct rect rect,
	const struct columns *c, bool now, bool big)
{
	const bool stack = canvas->portrait, cancelled = row->state == SESSION_CANCELLED;
	const float mark = big && !canvas->tight ? 48 : c->mark,
		    middle = roundf(rect.y + rect.h / 2);
	const float room_h = big             ? canvas_unit(canvas, 64)
			     : canvas->tight ? 30
			     : stack         ? 36
					     : canvas_unit(canvas, 40);
	const float stack_gap = big ? 14 : 6, chip = canvas_line(canvas, STYLE_SMALL) + 2;
	const float x = rect.x + c->title_x + (mark - c->mark),
		    width = c->title_w - (mark - c->mark);
	const float room = rect.h -
			   (canvas->tight  ? 2
				   : stack ? 4
					   : 8) -
			   (stack ? room_h + stack_gap : 0);
	const struct fit_rule rule = row_rule(canvas, c, big, room);
	const enum style host_style = big ? STYLE_BODY : STYLE_SMALL;
	const bool state_fits = rect.h >= room_h + chip + (canvas->tight ? 0 : 4);
	struct label label;
	struct fitted title;
	text_fit(canvas, &title, row->title, width, &rule, WEIGHT_600);
	const float line = canvas_line(canvas, title.style), title_h = (float)title.count * line;
	const bool inline_state = !stack && !state_fits && !cancelled &&
				  state_label(canvas, row, &label) && label.background;
	const bool second = title_h + canvas_line(canvas, host_style) <= room &&
			    (inline_state || (row->host[0] && !cancelled));
	const float second_h = second ? canvas_line(canvas, host_style) : 0;
	float y = middle - (title_h + second_h + (stack ? room_h + stack_gap : 0)) / 2;
	const float mark_y = stack ? y + line / 2 : middle;

	canvas_rule(canvas, rect.x + c->rail_x, mark_y, rect.x + c->mark_x - 6, mark_y,
		now ? COLOUR_RAIL : COLOUR_EDGE, canvas->tight ? 4 : 6, false, 1);
	draw_mark(canvas, row->cluster, rect.x + c->mark_x, mark_y - mark / 2, mark,
		now ? COLOUR_SURFACE : COLOUR_PAPER, cancelled ? COLOUR_INK2 : COLOUR_NONE);
	y += canvas_lines(canvas, &title, x, y,
		(struct ink){ .weight = WEIGHT_600,
			.colour = cancelled ? COLOUR_INK2 : COLOUR_INK,
			.strike = cancelled });
	if (second && inline_state) {
		if (chip_width(canvas, &label) <= width)
			draw_chip(canvas, x, roundf(y - 1), &label, ALIGN_LEFT);
	} else if (second) {
		char host[192], cut[256];
		word_fill(host, sizeof host, canvas->view->language, WORD_COMMON_HOST,
			&(struct fill){ "name", row->host }, 1);
		text_cut(canvas, cut, sizeof cut, host, width, host_style, WEIGHT_400);
		canvas_text(canvas, cut, x, y, host_style, (struct ink){ .colour = COLOUR_INK2 });
	}
	if (stack)
		draw_stacked(canvas, row, x, roundf(y + second_h + stack_gap), width, room_h, big);
	else
		draw_right(canvas, row, rect.x + rect.w - c->right, middle, c->right, room_h, big,
			state_fits);
	return mark_y;
}

static void draw_time(
	struct canvas *canvas, const struct stop *stop, float x, const struct columns *c)
{
	const struct board_group *group = stop->group;
	const int32_t offset_min = canvas->view->board.utc_offset_min;
	const float label = group->label[0] ? canvas_line(canvas, STYLE_SMALL) : 0;
	const float time_h = canvas_line(canvas, c->time_style),
		    total = label + time_h + (label > 0 ? 2 : 0);
	const float centre = canvas->portrait ? stop->mark_y + (label > 0 ? 2 : 0)
					      : stop->row_y + stop->row_h / 2;
	float y = fmaxf(stop->row_y + (canvas->tight ? 1 : 4), centre - total / 2);
	char time[8], until[32];
	if (label > 0 && group->now)
		canvas_box(canvas,
			(struct rect){ x, roundf(y),
				roundf(text_width(canvas, group->label, STYLE_SMALL, WEIGHT_700,
					       false) +
					20),
				label },
			COLOUR_PETROL, 6);
	if (label > 0) {
		canvas_text(canvas, group->label, x + (group->now ? 10 : 0), y, STYLE_SMALL,
			(struct ink){ .weight = WEIGHT_700,
				.colour = group->now ? COLOUR_ON_PETROL : COLOUR_INK2 });
		y += label + 2;
	}
	/* A delayed session keeps its old time here; the new one stands beside the room. */
	const struct board_row *first = group->rows[0];
	const int64_t start_ms =
		first->state == SESSION_DELAYED ? first->announced_start_ms : first->start_ms;
	canvas_text(canvas, word_time(time, start_ms, offset_min), x, y, c->time_style,
		(struct ink){ .weight = WEIGHT_600, .tabular = true });
	y += time_h;
	if (!group->now || y + canvas_line(canvas, STYLE_SMALL) > stop->group_y + stop->group_h)
		return;
	const struct fill fill = { "time", word_time(time, first->end_ms, offset_min) };
	word_fill(until, sizeof until, canvas->view->language, WORD_COMMON_UNTIL, &fill, 1);
	if (text_width(canvas, until, STYLE_SMALL, WEIGHT_400, true) <= c->rail_x - 14)
		canvas_text(canvas, until, x, y, STYLE_SMALL,
			(struct ink){ .colour = COLOUR_INK2, .tabular = true });
}

static float weight_of(const struct board_group *group)
{
	return group->now && group->count == 1 ? 1.6f : (float)group->count;
}

static void draw_line(struct canvas *canvas, const struct board_plan *plan,
	const struct stop *stops, float x, float last_now_y, float last_y, float bottom)
{
	const float stroke = canvas->tight ? 4 : 6;
	const bool now = plan->groups[0].now;
	const float from = now ? last_now_y : stops[0].mark_y;
	const float to = plan->more ? bottom : last_y;
	if (to > from)
		canvas_rule(canvas, x, from, x, to, COLOUR_EDGE, stroke, false, 1);
	if (now)
		canvas_rule(canvas, x, stops[0].group_y, x, last_now_y + stroke / 2, COLOUR_RAIL,
			stroke, false, 1);
}

float draw_board(struct canvas *canvas, struct rect rect, struct board_plan *plan)
{
	const float pad = canvas->tight ? 2 : 8, gap = canvas->tight ? 4 : plan->gap,
		    edge = canvas->tight ? 10 : 16;
	const float x = rect.x + edge, width = rect.w - 2 * edge;
	float weights = 0, fixed = 0, last_now_y = 0, last_y = 0;
	if (plan->count == 0)
		return rect.y;
	for (size_t g = 0; g < plan->count; g++)
		weights += weight_of(&plan->groups[g]);
	if (plan->count > 1 && plan->groups[0].now &&
		(rect.h - 24) / weights < (canvas->tight ? 48 : 60)) {
		plan->count = 1; /* too low for all: the next group goes first */
		weights = weight_of(&plan->groups[0]);
	}
	for (size_t g = 0; g < plan->count; g++)
		fixed += (plan->groups[g].now ? 2 * pad : 0) + (g ? gap : 0);
	const float row_h = fminf((rect.h - fixed) / weights, canvas_unit(canvas, plan->row_max));
	const struct columns c = plan_columns(canvas, plan, width, row_h);
	const float rail_x = x + c.rail_x;

	struct stop stops[BOARD_GROUPS_MAX];
	float y = rect.y;
	for (size_t g = 0; g < plan->count; g++) {
		const struct board_group *group = &plan->groups[g];
		stops[g] = (struct stop){ .group = group,
			.group_y = roundf(y),
			.group_h = roundf(weight_of(group) * row_h) + (group->now ? 2 * pad : 0) };
		if (group->now)
			canvas_box(canvas,
				(struct rect){ rect.x, stops[g].group_y, rect.w, stops[g].group_h },
				COLOUR_SURFACE, canvas->tight ? 12 : 16);
		y += stops[g].group_h + gap;
	}
	const float bottom = y - gap;
	/* The line lies under the rows, so its shapes keep these places until the stops are known.
	 */
	const size_t line_at = canvas->picture->shape_count;
	draw_line(canvas, plan, stops, rail_x, rect.y + 1, rect.y + 2, rect.y + 3);
	const size_t line_end = canvas->picture->shape_count;
	for (size_t g = 0; g < plan->count; g++) {
		const struct board_group *group = &plan->groups[g];
		const float each = weight_of(group) * row_h / (float)group->count;
		for (size_t i = 0; i < group->count; i++) {
			const struct rect row = { x,
				stops[g].group_y + (group->now ? pad : 0) + (float)i * each, width,
				each };
			const bool big =
				group->now && group->count == 1 && each >= canvas_unit(canvas, 112);
			if (i > 0)
				canvas_rule(canvas, x + c.mark_x - 4, roundf(row.y), x + width,
					roundf(row.y), COLOUR_LINE, 2, false, 1);
			last_y = draw_row(canvas, group->rows[i], row, &c, group->now, big);
			last_now_y = group->now ? last_y : last_now_y;
			if (i == 0) {
				stops[g].mark_y = last_y;
				stops[g].row_y = row.y;
				stops[g].row_h = row.h;
			}
		}
	}
	const size_t rows_end = canvas->picture->shape_count;
	canvas->picture->shape_count = line_at;
	draw_line(canvas, plan, stops, rail_x, last_now_y, last_y, bottom);
	while (canvas->picture->shape_count <
		line_end) /* one that is not needed after all stays unseen */
		canvas_rule(canvas, rail_x, rect.y, rail_x, rect.y, COLOUR_PAPER, 0, false, 0);
	canvas->picture->shape_count = rows_end;
	const float disc = canvas->tight ? 9 : 12;
	for (size_t g = 0; g < plan->count; g++) {
		const bool now = plan->groups[g].now;
		draw_time(canvas, &stops[g], x, &c);
		canvas_disc(
			canvas, rail_x, stops[g].mark_y, disc, now ? COLOUR_RAIL : COLOUR_EDGE, 1);
		canvas_disc(canvas, rail_x, stops[g].mark_y, disc - (canvas->tight ? 4 : 6),
			now ? COLOUR_SURFACE : COLOUR_PAPER, 1);
	}
	return bottom;
}
