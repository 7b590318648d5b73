#include "sdl/painter.h"

#include <math.h>
#include <string.h>

#include "face/icons.h"
#include "sdl/mix.h"

#include "face/qr.h"

/* How far a pixel's centre lies outside the shape, in device pixels; negative inside. */
struct form {
	float (*distance)(const struct form *form, float x, float y);
	float x, y, w, h, radius, stroke, from, span;
	const float *points;
	size_t count;
};

struct paint {
	SDL_Surface *target;
	uint32_t rgb;
	float alpha;
};

/* In line; the library's own minds infinities, and this is most of the work. */
static inline float larger(float a, float b)
{
	return a > b ? a : b;
}

static inline float smaller(float a, float b)
{
	return a < b ? a : b;
}

static inline float length_of(float x, float y)
{
	return sqrtf(x * x + y * y);
}

static float box_distance(const struct form *f, float x, float y)
{
	const float dx = fabsf(x - (f->x + f->w / 2)) - f->w / 2 + f->radius;
	const float dy = fabsf(y - (f->y + f->h / 2)) - f->h / 2 + f->radius;
	const float outside = length_of(larger(dx, 0), larger(dy, 0));
	return outside + smaller(larger(dx, dy), 0) - f->radius;
}

/* The border of the box, @stroke wide, inside it. */
static float frame_distance(const struct form *f, float x, float y)
{
	const float outer = box_distance(f, x, y);
	return larger(outer, -(outer + f->stroke));
}

static float disc_distance(const struct form *f, float x, float y)
{
	return length_of(x - f->x, y - f->y) - f->radius;
}

static float ring_distance(const struct form *f, float x, float y)
{
	return fabsf(length_of(x - f->x, y - f->y) - f->radius) - f->stroke / 2;
}

/* From (x, y) to (w, h); flat ends when radius is 0, round ones otherwise. */
static float line_distance(const struct form *f, float x, float y)
{
	const float dx = f->w - f->x, dy = f->h - f->y, length = length_of(dx, dy);
	if (length <= 0)
		return length_of(x - f->x, y - f->y) - f->stroke / 2;
	const float along = ((x - f->x) * dx + (y - f->y) * dy) / length;
	const float across = fabsf((x - f->x) * dy - (y - f->y) * dx) / length;
	if (f->radius <= 0)
		return larger(across - f->stroke / 2, larger(-along, along - length));
	const float beyond = along < 0 ? -along : along > length ? along - length : 0;
	return length_of(across, beyond) - f->stroke / 2;
}

static float arc_distance(const struct form *f, float x, float y)
{
	float angle = atan2f(y - f->y, x - f->x) * 57.29578f - f->from;
	angle -= 360 * floorf(angle / 360);
	if (angle <= f->span)
		return ring_distance(f, x, y);
	const float a0 = f->from / 57.29578f, a1 = (f->from + f->span) / 57.29578f;
	const float d0 =
		length_of(x - (f->x + f->radius * cosf(a0)), y - (f->y + f->radius * sinf(a0)));
	const float d1 =
		length_of(x - (f->x + f->radius * cosf(a1)), y - (f->y + f->radius * sinf(a1)));
	return smaller(d0, d1) - f->stroke / 2;
}

/* Any simple polygon: distance to the nearest edge, inside by crossings. */
static float polygon_distance(const struct form *f, float x, float y)
{
	float nearest = 1e9f;
	bool inside = false;
	for (size_t i = 0, j = f->count - 1; i < f->count; j = i++) {
		const float ax = f->points[2 * i], ay = f->points[2 * i + 1], bx = f->points[2 * j],
			    by = f->points[2 * j + 1];
		const float ex = bx - ax, ey = by - ay, square = ex * ex + ey * ey;
		const float t =
			square > 0 ? smaller(1, larger(0, ((x - ax) * ex + (y - ay) * ey) / square))
				   : 0;
		nearest = smaller(nearest, length_of(x - ax - t * ex, y - ay - t * ey));
		if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
			inside = !inside;
	}
	return inside ? -nearest : nearest;
}

static void paint_run(const struct paint *paint, uint32_t *pixels, int count)
{
	const uint32_t weight = (uint32_t)lroundf(paint->alpha * 256);
	if (weight >= 256)
		mix_solid(pixels, count, paint->rgb);
	else
		for (int i = 0; i < count; i++)
			pixels[i] = mix(pixels[i], paint->rgb, weight);
}

/*
 * One row of a shape. A pixel that lies n inside or outside the border says the same of the n
 * pixels beside it, so only those on the border are looked at one by one.
 */
static void fill_row(
	const struct paint *paint, const struct form *form, uint32_t *row, int x, int end, float y)
{
	while (x < end) {
		const float distance = form->distance(form, (float)x + 0.5f, y);
		const int alike =
			SDL_min(end - x, (int)SDL_min(fabsf(distance) + 0.5f, (float)(end - x)));
		if (distance >= 0.5f) {
			x += alike;
		} else if (distance <= -0.5f) {
			paint_run(paint, row + x, alike);
			x += alike;
		} else {
			const float cover = (0.5f - distance) * paint->alpha;
			row[x] = mix(row[x], paint->rgb, (uint32_t)lroundf(cover * 256));
			x++;
		}
	}
}

/* SDL's own goes round the cache, which is no help when text is mixed in next. */
static void fill_plain(const struct paint *paint, SDL_Rect rect)
{
	SDL_Rect area;
	if (!SDL_IntersectRect(&rect, &paint->target->clip_rect, &area))
		return;
	for (int y = area.y; y < area.y + area.h; y++)
		paint_run(paint,
			(uint32_t *)(void *)((uint8_t *)paint->target->pixels +
					     y * paint->target->pitch) +
				area.x,
			area.w);
}

/* Where a row of the shape can begin and end; what lies beside it is not even looked at. */
static void narrow_row(const struct form *form, float y, int *from, int *end)
{
	float middle = form->x, reach = 0;
	if (form->distance == disc_distance) {
		const float outer = form->radius + 1, rise = y - form->y;
		reach = sqrtf(larger(0, outer * outer - rise * rise));
	} else if (form->distance == line_distance && fabsf(form->h - form->y) > 1) {
		const float dx = form->w - form->x, dy = form->h - form->y;
		middle += (y - form->y) * dx / dy;
		reach = (form->stroke / 2 + 1) * length_of(dx, dy) / fabsf(dy);
	} else {
		return;
	}
	*from = SDL_max(*from, (int)floorf(middle - reach));
	*end = SDL_min(*end, (int)ceilf(middle + reach));
}

/* Paints @form inside @bounds (device pixels). */
static void fill_form(const struct paint *paint, const struct form *form, SDL_Rect bounds)
{
	SDL_Rect area;
	if (!SDL_IntersectRect(&bounds, &paint->target->clip_rect, &area))
		return;
	for (int y = area.y; y < area.y + area.h; y++) {
		int from = area.x, end = area.x + area.w;
		narrow_row(form, (float)y + 0.5f, &from, &end);
		fill_row(paint, form,
			(uint32_t *)(void *)((uint8_t *)paint->target->pixels +
					     y * paint->target->pitch),
			from, end, (float)y + 0.5f);
	}
}

static SDL_Rect around(float x, float y, float w, float h)
{
	const int left = (int)floorf(x) - 1, top = (int)floorf(y) - 1;
	return (SDL_Rect){ left, top, (int)ceilf(x + w) + 1 - left, (int)ceilf(y + h) + 1 - top };
}

#define EDGE 3 /* pixels along a box's side that its border may touch */

/* The part of a box that is certainly plain, without its corners and edges. */
static SDL_Rect plain_part(const struct form *form)
{
	const SDL_Rect bounds = around(form->x, form->y, form->w, form->h);
	const int inset = SDL_max(EDGE, (int)ceilf(form->radius) + 2);
	return (SDL_Rect){ bounds.x + inset, bounds.y + EDGE, bounds.w - 2 * inset,
		bounds.h - 2 * EDGE };
}

/* A straight piece of a box's border: every row of it alike, or every column. */
static void fill_side(const struct paint *paint, const struct form *form, SDL_Rect side)
{
	const bool across = side.w > side.h;
	const float x = (float)side.x + (float)side.w / 2, y = (float)side.y + (float)side.h / 2;
	for (int i = 0; i < SDL_min(side.w, side.h); i++) {
		const float distance = across ? form->distance(form, x, (float)(side.y + i) + 0.5f)
					      : form->distance(form, (float)(side.x + i) + 0.5f, y);
		struct paint part = *paint;
		part.alpha *= larger(0, smaller(1, 0.5f - distance));
		const SDL_Rect one = across ? (SDL_Rect){ side.x, side.y + i, side.w, 1 }
					    : (SDL_Rect){ side.x + i, side.y, 1, side.h };
		if (part.alpha > 0)
			fill_plain(&part, one);
	}
}

/* Most of a large box is plain: only its corners and edges need looking at. */
static void fill_box(const struct paint *paint, struct form *form)
{
	const SDL_Rect all = around(form->x, form->y, form->w, form->h), plain = plain_part(form);
	const int side = plain.x - all.x, high = all.h - 2 * side, right = all.x + all.w;
	if (plain.w > 8 && all.h <= 2 * EDGE + 2) { /* a rule: its ends, and rows all alike */
		fill_form(paint, form, (SDL_Rect){ all.x, all.y, side, all.h });
		fill_form(paint, form, (SDL_Rect){ right - side, all.y, side, all.h });
		fill_side(paint, form, (SDL_Rect){ plain.x, all.y, plain.w, all.h });
		return;
	}
	if (plain.w < 8 || high < 8) {
		fill_form(paint, form, all);
		return;
	}
	const int top = all.y + side, bottom = top + high;
	fill_side(paint, form, (SDL_Rect){ plain.x, all.y, plain.w, EDGE });
	fill_side(paint, form, (SDL_Rect){ plain.x, plain.y + plain.h, plain.w, EDGE });
	fill_side(paint, form, (SDL_Rect){ all.x, top, EDGE, high });
	fill_side(paint, form, (SDL_Rect){ right - EDGE, top, EDGE, high });
	for (int i = 0; i < 4; i++)
		fill_form(paint, form,
			(SDL_Rect){
				i % 2 ? right - side : all.x, i / 2 ? bottom : all.y, side, side });
	fill_plain(paint, plain);
	fill_plain(paint, (SDL_Rect){ all.x + EDGE, top, side - EDGE, high });
	fill_plain(paint, (SDL_Rect){ right - side, top, side - EDGE, high });
}

static void paint_form(const struct paint *paint, struct form *form)
{
	const float reach = form->radius + form->stroke;
	if (form->distance == box_distance)
		fill_box(paint, form);
	else if (form->distance == frame_distance)
		fill_form(paint, form, around(form->x, form->y, form->w, form->h));
	else if (form->distance == line_distance)
		fill_form(paint, form,
			around(smaller(form->x, form->w) - form->stroke,
				smaller(form->y, form->h) - form->stroke,
				fabsf(form->w - form->x) + 2 * form->stroke,
				fabsf(form->h - form->y) + 2 * form->stroke));
	else
		fill_form(paint, form,
			around(form->x - reach, form->y - reach, 2 * reach, 2 * reach));
}

static void paint_polygon(const struct paint *paint, const float *points, size_t count)
{
	float left = points[0], right = points[0], top = points[1], bottom = points[1];
	for (size_t i = 1; i < count; i++) {
		left = smaller(left, points[2 * i]);
		right = larger(right, points[2 * i]);
		top = smaller(top, points[2 * i + 1]);
		bottom = larger(bottom, points[2 * i + 1]);
	}
	const struct form form = { .distance = polygon_distance, .points = points, .count = count };
	fill_form(paint, &form, around(left, top, right - left, bottom - top));
}

/* From the icon's 24 x 24 grid to device pixels, turned by quarters around its middle. */
struct grid {
	float x, y, scale;
	int turn;
};

static void to_device(const struct grid *grid, float x, float y, float *ret_x, float *ret_y)
{
	const float cx = x - 12, cy = y - 12;
	const float rx = grid->turn == 90 ? -cy : grid->turn == 180 ? -cx : cx;
	const float ry = grid->turn == 90 ? cx : grid->turn == 180 ? -cy : cy;
	*ret_x = grid->x + (rx + 12) * grid->scale;
	*ret_y = grid->y + (ry + 12) * grid->scale;
}

static void paint_strokes(
	const struct paint *paint, const struct icon_part *part, const struct grid *grid)
{
	const float *n = part->numbers;
	for (size_t i = 1; i + 3 < part->count; i += 2) {
		struct form line = {
			.distance = line_distance, .radius = 1, .stroke = n[0] * grid->scale
		};
		to_device(grid, n[i], n[i + 1], &line.x, &line.y);
		to_device(grid, n[i + 2], n[i + 3], &line.w, &line.h);
		paint_form(paint, &line);
	}
}

static void paint_part(
	const struct paint *paint, const struct icon_part *part, const struct grid *grid)
{
	const float *n = part->numbers, scale = grid->scale;
	struct form form = { .distance = disc_distance };
	float points[16] = { 0 }, x2, y2;
	switch (part->primitive) {
	case 'P':
		for (size_t i = 0; i + 1 < part->count; i += 2)
			to_device(grid, n[i], n[i + 1], &points[i], &points[i + 1]);
		paint_polygon(paint, points, part->count / 2);
		return;
	case 'L':
		paint_strokes(paint, part, grid);
		return;
	case 'B':
	case 'O':
		to_device(grid, n[0], n[1], &form.x, &form.y);
		to_device(grid, n[0] + n[2], n[1] + n[3], &x2, &y2);
		form.distance = part->primitive == 'B' ? box_distance : frame_distance;
		form.stroke = part->primitive == 'O' ? n[5] * scale : 0;
		form.w = fabsf(x2 - form.x) + form.stroke;
		form.h = fabsf(y2 - form.y) + form.stroke;
		form.x = smaller(form.x, x2) - form.stroke / 2;
		form.y = smaller(form.y, y2) - form.stroke / 2;
		form.radius = n[4] * scale + form.stroke / 2;
		break;
	case 'C':
	case 'R':
	case 'A':
		to_device(grid, n[0], n[1], &form.x, &form.y);
		form.radius = n[2] * scale;
		form.distance = part->primitive == 'C'   ? disc_distance
				: part->primitive == 'R' ? ring_distance
							 : arc_distance;
		form.stroke = part->primitive == 'C' ? 0 : n[3] * scale;
		form.from = part->primitive == 'A' ? n[4] : 0;
		form.span = part->primitive == 'A' ? n[5] - n[4] : 0;
		break;
	default:
		return;
	}
	paint_form(paint, &form);
}

static void paint_icon(
	const struct paint *paint, const struct shape *shape, float zoom, uint32_t background)
{
	size_t count;
	const struct icon_part *parts = icon_parts((enum icon)shape->icon, &count);
	const struct grid grid = { shape->x * zoom, shape->y * zoom, shape->w * zoom / 24,
		shape->turn };
	struct paint cut = *paint;
	cut.rgb = background;
	for (size_t i = 0; i < count; i++)
		paint_part(parts[i].background ? &cut : paint, &parts[i], &grid);
}

/* A level or upright line with flat ends is a box, which is painted sooner. */
static void straighten(struct form *form)
{
	const float half = form->stroke / 2, w = form->w - form->x, h = form->h - form->y;
	if (w != 0 && h != 0)
		return;
	form->x = smaller(form->x, form->w) - (w == 0 ? half : 0);
	form->y = smaller(form->y, form->h) - (h == 0 ? half : 0);
	form->w = fabsf(w) + (w == 0 ? form->stroke : 0);
	form->h = fabsf(h) + (h == 0 ? form->stroke : 0);
	form->distance = box_distance;
}

/* Modules are whole pixels: a soft edge is what a phone trips over. */
static void paint_qr(
	const struct paint *paint, const struct picture *picture, const struct shape *shape)
{
	const float zoom = picture->zoom;
	const int side = shape->points, quiet = (int)shape->stroke;
	const int cell = (int)(shape->w * zoom) / (side + 2 * quiet);
	const int rest = (int)(shape->w * zoom) - cell * side;
	const int left = (int)(shape->x * zoom) + rest / 2, top = (int)(shape->y * zoom) + rest / 2;
	const uint8_t *bits = (const uint8_t *)picture->bytes + shape->text;
	for (int y = 0; y < side; y++) {
		for (int x = 0; x < side; x++) {
			const SDL_Rect module = { left + x * cell, top + y * cell, cell, cell };
			if (qr_is_dark(bits, (size_t)side, (size_t)x, (size_t)y))
				SDL_FillRect(paint->target, &module, 0xFF000000 | paint->rgb);
		}
	}
}

static void paint_geometry(const struct paint *paint, const struct shape *shape, float zoom)
{
	static float (*const distances[])(
		const struct form *form, float x, float y) = { [SHAPE_BOX] = box_distance,
		[SHAPE_FRAME] = frame_distance,
		[SHAPE_DISC] = disc_distance,
		[SHAPE_RING] = ring_distance,
		[SHAPE_LINE] = line_distance };
	struct form form = { .distance = distances[shape->kind],
		.x = shape->x * zoom,
		.y = shape->y * zoom,
		.w = shape->w * zoom,
		.h = shape->h * zoom,
		.radius = shape->radius * zoom,
		.stroke = shape->stroke * zoom };
	if (shape->kind == SHAPE_LINE && shape->radius <= 0)
		straighten(&form);
	if (shape->kind == SHAPE_BOX || shape->kind == SHAPE_FRAME)
		form.radius = smaller(form.radius, smaller(form.w, form.h) / 2);
	paint_form(paint, &form);
}

static void paint_shape(SDL_Surface *target, const struct picture *picture,
	const struct shape *shape, struct lettering *lettering)
{
	const float zoom = picture->zoom;
	const struct paint paint = { target,
		palette_colour(picture->theme, (enum colour)shape->colour),
		(float)shape->alpha / 255 };
	if (shape->alpha == 0)
		return;
	if (shape->kind == SHAPE_TEXT) {
		const struct lettering_style style = { shape->size_px, (enum weight)shape->weight,
			shape->display, shape->tabular };
		lettering_draw(lettering, target, picture->bytes + shape->text, shape->x * zoom,
			shape->y * zoom, &style, paint.rgb, shape->alpha);
	} else if (shape->kind == SHAPE_ICON) {
		paint_icon(&paint, shape, zoom,
			palette_colour(picture->theme, (enum colour)shape->background));
	} else if (shape->kind == SHAPE_QR) {
		paint_qr(&paint, picture, shape);
	} else if (shape->kind == SHAPE_POLYGON) {
		float points[2 * POLYGON_POINTS_MAX] = { 0 };
		for (size_t i = 0; i < 2u * shape->points; i++)
			points[i] = shape->polygon[i] * zoom;
		paint_polygon(&paint, points, shape->points);
	} else {
		paint_geometry(&paint, shape, zoom);
	}
}

/* Where the first large box will lie opaque, the field need not be painted. */
static SDL_Rect hidden_part(const SDL_Surface *target, const struct picture *picture)
{
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *shape = &picture->shapes[i];
		const float zoom = picture->zoom;
		const struct form form = { .x = shape->x * zoom,
			.y = shape->y * zoom,
			.w = shape->w * zoom,
			.h = shape->h * zoom,
			.radius = shape->radius * zoom };
		if (shape->kind == SHAPE_BOX && shape->alpha == 255 && shape->colour &&
			form.w * form.h > (float)target->w * (float)target->h / 4)
			return plain_part(&form);
	}
	return (SDL_Rect){ 0, 0, 0, 0 };
}

static void paint_field(SDL_Surface *target, uint32_t rgb, SDL_Rect hidden)
{
	const SDL_Rect whole = { 0, 0, target->w, target->h };
	SDL_Rect hole = { 0, 0, 0, 0 };
	SDL_IntersectRect(&hidden, &whole, &hole);
	const int right = hole.x + hole.w, bottom = hole.y + hole.h;
	const SDL_Rect around_it[] = { { 0, 0, target->w, hole.y },
		{ 0, bottom, target->w, target->h - bottom }, { 0, hole.y, hole.x, hole.h },
		{ right, hole.y, target->w - right, hole.h } };
	const struct paint paint = { target, rgb, 1 };
	for (int i = 0; i < 4; i++)
		fill_plain(&paint, around_it[i]);
}

void painter_paint(SDL_Surface *target, const struct picture *picture, struct lettering *lettering)
{
	const uint32_t field = palette_colour(picture->theme, (enum colour)picture->field);
	const SDL_Rect hidden = hidden_part(target, picture);
	lettering_set_zoom(lettering, picture->zoom);
	paint_field(target, field, hidden);
	painter_add(target, picture, 0, picture->shape_count, lettering);
}

void painter_add(SDL_Surface *target, const struct picture *picture, size_t from, size_t end,
	struct lettering *lettering)
{
	for (size_t i = from; i < end; i++)
		paint_shape(target, picture, &picture->shapes[i], lettering);
}

void painter_warm(const struct picture *picture, struct lettering *lettering)
{
	lettering_set_zoom(lettering, picture->zoom);
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *shape = &picture->shapes[i];
		const struct lettering_style style = { shape->size_px, (enum weight)shape->weight,
			shape->display, shape->tabular };
		if (shape->kind == SHAPE_TEXT)
			lettering_warm(lettering, picture->bytes + shape->text, &style);
	}
}
