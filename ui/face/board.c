/* The departure board: time | line with stops | title | room (design.md 5, "Board"). */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "face/board_private.h"

#define ONE_HANGS 0.08f /* of the size: a leading 1 stands a little to the left */

/* A stop on the line: the first row of a group. */
struct stop {
	const struct board_group *group;
	float mark_y, row_y, row_h, group_y, group_h;
};

static void draw_time(
	struct canvas *canvas, const struct stop *stop, float x, const struct board_columns *c)
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
	word_time(time, start_ms, offset_min);
	const float hang =
		time[0] == '1' ? roundf(canvas_size(canvas, c->time_style) * ONE_HANGS) : 0;
	canvas_text(canvas, time, x - hang, y, c->time_style,
		(struct ink){ .weight = WEIGHT_600, .tabular = true });
	y += time_h;
	if (!group->until || y + canvas_line(canvas, STYLE_SMALL) > stop->group_y + stop->group_h)
		return;
	const struct fill fill = { "time", word_time(time, first->end_ms, offset_min) };
	word_fill(until, sizeof until, canvas->view->language, WORD_COMMON_UNTIL, &fill, 1);
	if (text_width(canvas, until, STYLE_SMALL, WEIGHT_400, true) <=
		c->rail_x - (canvas->tight ? 5 : 14))
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

/* Too low for all: the next group goes first. */
static void drop_next(const struct canvas *canvas, struct board_plan *plan, float height)
{
	float weights = 0;
	for (size_t g = 0; g < plan->count; g++)
		weights += weight_of(&plan->groups[g]);
	if (plan->count > 1 && plan->groups[0].now &&
		(height - 24) / weights < (canvas->tight ? 48 : 60))
		plan->count = 1;
}

static float row_height(const struct canvas *canvas, const struct board_plan *plan, float height,
	float pad, float gap)
{
	float weights = 0, fixed = 0;
	for (size_t g = 0; g < plan->count; g++) {
		weights += weight_of(&plan->groups[g]);
		fixed += (plan->groups[g].now ? 2 * pad : 0) + (g ? gap : 0);
	}
	return fminf((height - fixed) / weights, canvas_unit(canvas, plan->row_max));
}

/* One under the other, those of now on a card. Returns where the last one ends. */
static float place_groups(struct canvas *canvas, const struct board_plan *plan, struct rect rect,
	float row_h, float pad, float gap, struct stop *ret)
{
	float y = rect.y;
	for (size_t g = 0; g < plan->count; g++) {
		const struct board_group *group = &plan->groups[g];
		ret[g] = (struct stop){ .group = group,
			.group_y = roundf(y),
			.group_h = roundf(weight_of(group) * row_h) + (group->now ? 2 * pad : 0) };
		if (group->now)
			canvas_box(canvas,
				(struct rect){ rect.x, ret[g].group_y, rect.w, ret[g].group_h },
				COLOUR_SURFACE, canvas->tight ? 12 : 16);
		y += ret[g].group_h + gap;
	}
	return y - gap;
}

/* Returns where the last row's mark stands. */
static float draw_group(struct canvas *canvas, struct stop *stop, struct rect rect, float row_h,
	const struct board_columns *c)
{
	const struct board_group *group = stop->group;
	const float each = weight_of(group) * row_h / (float)group->count;
	const struct row_look look = { group->now,
		group->now && group->count == 1 && each >= canvas_unit(canvas, 112) };
	float mark_y = 0;
	for (size_t i = 0; i < group->count; i++) {
		const struct rect row = { rect.x, rect.y + (float)i * each, rect.w, each };
		if (i > 0)
			canvas_rule(canvas, rect.x + c->mark_x - 4, roundf(row.y), rect.x + rect.w,
				roundf(row.y), COLOUR_LINE, 2, false, 1);
		mark_y = draw_board_row(canvas, group->rows[i], row, c, look);
		if (i == 0) {
			stop->mark_y = mark_y;
			stop->row_y = row.y;
			stop->row_h = row.h;
		}
	}
	return mark_y;
}

static void draw_stop(
	struct canvas *canvas, const struct stop *stop, float x, const struct board_columns *c)
{
	const float disc = canvas->tight ? 9 : 12, rail_x = x + c->rail_x;
	const bool now = stop->group->now;
	draw_time(canvas, stop, x, c);
	canvas_disc(canvas, rail_x, stop->mark_y, disc, now ? COLOUR_RAIL : COLOUR_EDGE, 1);
	canvas_disc(canvas, rail_x, stop->mark_y, disc - (canvas->tight ? 4 : 6),
		now ? COLOUR_SURFACE : COLOUR_PAPER, 1);
}

float draw_board(struct canvas *canvas, struct rect rect, struct board_plan *plan)
{
	const float pad = canvas->tight ? 2 : 8, gap = canvas->tight ? 4 : plan->gap,
		    edge = canvas->tight ? 10 : 16;
	const float x = rect.x + edge, width = rect.w - 2 * edge;
	float last_now_y = 0, last_y = 0;
	if (plan->count == 0)
		return rect.y;
	drop_next(canvas, plan, rect.h);
	const float row_h = row_height(canvas, plan, rect.h, pad, gap);
	const struct board_columns c = board_columns(canvas, plan, width, row_h);
	const float rail_x = x + c.rail_x;
	struct stop stops[BOARD_GROUPS_MAX];
	const float bottom = place_groups(canvas, plan, rect, row_h, pad, gap, stops);

	/* The line lies under the rows, so its shapes keep these places until the stops are known.
	 */
	const size_t line_at = canvas->picture->shape_count;
	draw_line(canvas, plan, stops, rail_x, rect.y + 1, rect.y + 2, rect.y + 3);
	const size_t line_end = canvas->picture->shape_count;
	for (size_t g = 0; g < plan->count; g++) {
		const float top = stops[g].group_y + (plan->groups[g].now ? pad : 0);
		last_y =
			draw_group(canvas, &stops[g], (struct rect){ x, top, width, 0 }, row_h, &c);
		last_now_y = plan->groups[g].now ? last_y : last_now_y;
	}
	const size_t rows_end = canvas->picture->shape_count;
	canvas->picture->shape_count = line_at;
	draw_line(canvas, plan, stops, rail_x, last_now_y, last_y, bottom);
	while (canvas->picture->shape_count <
		line_end) /* one that is not needed after all stays unseen */
		canvas_rule(canvas, rail_x, rect.y, rail_x, rect.y, COLOUR_PAPER, 0, false, 0);
	canvas->picture->shape_count = rows_end;
	for (size_t g = 0; g < plan->count; g++)
		draw_stop(canvas, &stops[g], x, &c);
	return bottom;
}
