/* Where the columns of the board stand, and how large its titles are (design.md 5, "Board"). */
#include <math.h>

#include "face/board_private.h"

#define ORDINARY_LETTERS 60 /* a longer title never sets the size of the others */
#define SIDE_FROM 1000      /* on a board this wide with rows lower than that, */
#define SIDE_ROW 78         /* the state has a column of its own */

static float widest_right(
	const struct canvas *canvas, const struct board_plan *plan, float width, bool with_state)
{
	float need = canvas_unit(canvas, 112);
	for (size_t g = 0; g < plan->count; g++) {
		for (size_t i = 0; i < plan->groups[g].count; i++) {
			const struct board_row *row = plan->groups[g].rows[i];
			struct label label;
			need = fmaxf(need,
				text_width(canvas, row->room, STYLE_BODY, WEIGHT_700, false) + 24);
			if (with_state && board_state_label(canvas, row, &label))
				need = fmaxf(need, chip_width(canvas, &label));
		}
	}
	return ceilf(fminf(need, width * 0.3f));
}

static float widest_state(const struct canvas *canvas, const struct board_plan *plan)
{
	float need = 0;
	for (size_t g = 0; g < plan->count; g++) {
		for (size_t i = 0; i < plan->groups[g].count; i++) {
			struct label label;
			if (board_state_label(canvas, plan->groups[g].rows[i], &label))
				need = fmaxf(need, chip_width(canvas, &label));
		}
	}
	return need;
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

struct board_columns board_columns(
	const struct canvas *canvas, const struct board_plan *plan, float width, float row_h)
{
	struct board_columns c = { .time_style =
					   canvas->tight || row_h < 78 ? STYLE_LEAD : STYLE_TITLE,
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
	const bool beside = !canvas->portrait && width >= SIDE_FROM && row_h < SIDE_ROW;
	c.side = beside ? widest_state(canvas, plan) : 0;
	c.right = widest_right(canvas, plan, width, !beside);
	c.title_w = width - c.title_x - (canvas->portrait ? 0 : c.right + c.gap) -
		    (c.side > 0 ? c.side + c.gap : 0);
	c.title_style = title_style(canvas, plan, c.title_w, row_h);
	return c;
}
