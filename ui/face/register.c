/* Walk-in registration: our line with four stops leads, and the first step asks for the cluster. */
#include <math.h>
#include <string.h>

#include "face/button.h"
#include "face/register_private.h"

#define STEPS 4

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

struct rect draw_register_frame(struct canvas *canvas, int now)
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
	const struct rect rect = draw_register_frame(canvas, 0);
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
