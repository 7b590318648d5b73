#include "sdl/pictogram.h"

#include <math.h>

/* From the icon's 24 x 24 grid to device pixels. */
struct grid {
	float x, y, scale;
	int turn_deg;
};

struct point {
	float x, y;
};

static struct point at(const struct grid *grid, const float *n)
{
	const float cx = n[0] - 12, cy = n[1] - 12;
	/* By quarters, clockwise: what becomes of x and of y. */
	static const float turns[4][4] = { { 1, 0, 0, 1 }, { 0, -1, 1, 0 }, { -1, 0, 0, -1 },
		{ 0, 1, -1, 0 } };
	const float *turn = turns[grid->turn_deg / 90 % 4];
	const float rx = turn[0] * cx + turn[1] * cy, ry = turn[2] * cx + turn[3] * cy;
	return (struct point){ grid->x + (rx + 12) * grid->scale,
		grid->y + (ry + 12) * grid->scale };
}

/* x y w h radius stroke */
static void fill_box(const struct brush *brush, const struct contour *contour,
	const struct icon_part *part, const struct grid *grid)
{
	const float *n = part->numbers, stroke = n[5] * grid->scale;
	const float opposite[] = { n[0] + n[2], n[1] + n[3] };
	const struct point a = at(grid, n), b = at(grid, opposite);
	const struct form form = { .contour = contour,
		.x = fminf(a.x, b.x) - stroke / 2,
		.y = fminf(a.y, b.y) - stroke / 2,
		.w = fabsf(b.x - a.x) + stroke,
		.h = fabsf(b.y - a.y) + stroke,
		.radius = n[4] * grid->scale + stroke / 2,
		.stroke = stroke };
	brush_fill(brush, &form);
}

/* x y radius stroke, and of an arc from and to in degrees */
static void fill_round(const struct brush *brush, const struct contour *contour,
	const struct icon_part *part, const struct grid *grid)
{
	const float *n = part->numbers;
	const struct point middle = at(grid, n);
	const struct form form = { .contour = contour,
		.x = middle.x,
		.y = middle.y,
		.radius = n[2] * grid->scale,
		.stroke = n[3] * grid->scale,
		.from = n[4],
		.span = n[5] - n[4] };
	brush_fill(brush, &form);
}

/* stroke, then point by point */
static void fill_strokes(const struct brush *brush, const struct contour *contour,
	const struct icon_part *part, const struct grid *grid)
{
	const float *n = part->numbers;
	for (size_t i = 1; i + 3 < part->count; i += 2) {
		const struct point a = at(grid, n + i), b = at(grid, n + i + 2);
		const struct form line = { .contour = contour,
			.x = a.x,
			.y = a.y,
			.w = b.x,
			.h = b.y,
			.radius = 1,
			.stroke = n[0] * grid->scale };
		brush_fill(brush, &line);
	}
}

static void fill_polygon(const struct brush *brush, const struct contour *contour,
	const struct icon_part *part, const struct grid *grid)
{
	struct point points[sizeof part->numbers / sizeof part->numbers[0] / 2] = { { 0 } };
	for (size_t i = 0; i < part->count / 2; i++)
		points[i] = at(grid, part->numbers + 2 * i);
	const struct form form = {
		.contour = contour, .points = &points[0].x, .count = part->count / 2
	};
	brush_fill(brush, &form);
}

static void paint_part(
	const struct brush *brush, const struct icon_part *part, const struct grid *grid)
{
	static const struct {
		char primitive;
		const struct contour *contour;
		void (*fill)(const struct brush *brush, const struct contour *contour,
			const struct icon_part *part, const struct grid *grid);
	} primitives[] = {
		{ 'P', &contour_polygon, fill_polygon },
		{ 'L', &contour_line, fill_strokes },
		{ 'B', &contour_box, fill_box },
		{ 'O', &contour_frame, fill_box },
		{ 'C', &contour_disc, fill_round },
		{ 'R', &contour_ring, fill_round },
		{ 'A', &contour_arc, fill_round },
	};
	for (size_t i = 0; i < sizeof primitives / sizeof primitives[0]; i++)
		if (primitives[i].primitive == part->primitive)
			primitives[i].fill(brush, primitives[i].contour, part, grid);
}

void pictogram_paint(const struct brush *brush, uint32_t background, enum icon icon, float x,
	float y, float side, int turn_deg)
{
	size_t count;
	const struct icon_part *parts = icon_parts(icon, &count);
	const struct grid grid = { x, y, side / 24, turn_deg };
	struct brush cut = *brush;
	cut.rgb = background;
	for (size_t i = 0; i < count; i++)
		paint_part(parts[i].background ? &cut : brush, &parts[i], &grid);
}
