#include "sdl/painter.h"

#include <math.h>
#include <string.h>

#include "face/icons.h"

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

static float box_distance(const struct form *f, float x, float y)
{
	const float dx = fabsf(x - (f->x + f->w / 2)) - f->w / 2 + f->radius;
	const float dy = fabsf(y - (f->y + f->h / 2)) - f->h / 2 + f->radius;
	const float outside = hypotf(fmaxf(dx, 0), fmaxf(dy, 0));
	return outside + fminf(fmaxf(dx, dy), 0) - f->radius;
}

/* The border of the box, @stroke wide, inside it. */
static float frame_distance(const struct form *f, float x, float y)
{
	const float outer = box_distance(f, x, y);
	return fmaxf(outer, -(outer + f->stroke));
}

static float disc_distance(const struct form *f, float x, float y)
{
	return hypotf(x - f->x, y - f->y) - f->radius;
}

static float ring_distance(const struct form *f, float x, float y)
{
	return fabsf(hypotf(x - f->x, y - f->y) - f->radius) - f->stroke / 2;
}

/* From (x, y) to (w, h); flat ends when radius is 0, round ones otherwise. */
static float line_distance(const struct form *f, float x, float y)
{
	const float dx = f->w - f->x, dy = f->h - f->y, length = hypotf(dx, dy);
	if (length <= 0)
		return hypotf(x - f->x, y - f->y) - f->stroke / 2;
	const float along = ((x - f->x) * dx + (y - f->y) * dy) / length;
	const float across = fabsf((x - f->x) * dy - (y - f->y) * dx) / length;
	if (f->radius <= 0)
		return fmaxf(across - f->stroke / 2, fmaxf(-along, along - length));
	const float beyond = along < 0 ? -along : along > length ? along - length : 0;
	return hypotf(across, beyond) - f->stroke / 2;
}

static float arc_distance(const struct form *f, float x, float y)
{
	float angle = atan2f(y - f->y, x - f->x) * 57.29578f - f->from;
	angle -= 360 * floorf(angle / 360);
	if (angle <= f->span)
		return ring_distance(f, x, y);
	const float a0 = f->from / 57.29578f, a1 = (f->from + f->span) / 57.29578f;
	const float d0 =
		hypotf(x - (f->x + f->radius * cosf(a0)), y - (f->y + f->radius * sinf(a0)));
	const float d1 =
		hypotf(x - (f->x + f->radius * cosf(a1)), y - (f->y + f->radius * sinf(a1)));
	return fminf(d0, d1) - f->stroke / 2;
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
			square > 0 ? fminf(1, fmaxf(0, ((x - ax) * ex + (y - ay) * ey) / square))
				   : 0;
		nearest = fminf(nearest, hypotf(x - ax - t * ex, y - ay - t * ey));
		if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax)
			inside = !inside;
	}
	return inside ? -nearest : nearest;
}

static void mix(uint32_t *pixel, uint32_t rgb, float share)
{
	const uint32_t weight = (uint32_t)lroundf(share * 256), rest = 256 - weight;
	const uint32_t old = *pixel;
	const uint32_t red_blue =
		((rgb & 0xFF00FF) * weight + (old & 0xFF00FF) * rest) >> 8 & 0xFF00FF;
	const uint32_t green =
		((rgb & 0x00FF00) * weight + (old & 0x00FF00) * rest) >> 8 & 0x00FF00;
	*pixel = 0xFF000000 | red_blue | green;
}

/* Paints @form inside @bounds (device pixels). */
static void fill_form(const struct paint *paint, const struct form *form, SDL_Rect bounds)
{
	const SDL_Rect whole = { 0, 0, paint->target->w, paint->target->h };
	SDL_Rect area;
	if (!SDL_IntersectRect(&bounds, &whole, &area))
		return;
	for (int y = area.y; y < area.y + area.h; y++) {
		uint32_t *row = (uint32_t *)(void *)((uint8_t *)paint->target->pixels +
						     y * paint->target->pitch);
		for (int x = area.x; x < area.x + area.w; x++) {
			const float distance =
				form->distance(form, (float)x + 0.5f, (float)y + 0.5f);
			if (distance >= 0.5f)
				continue;
			const float cover =
				distance <= -0.5f ? paint->alpha : (0.5f - distance) * paint->alpha;
			if (cover >= 1)
				row[x] = 0xFF000000 | paint->rgb;
			else
				mix(&row[x], paint->rgb, cover);
		}
	}
}

static SDL_Rect around(float x, float y, float w, float h)
{
	const int left = (int)floorf(x) - 1, top = (int)floorf(y) - 1;
	return (SDL_Rect){ left, top, (int)ceilf(x + w) + 1 - left, (int)ceilf(y + h) + 1 - top };
}

/* Most of a large box is plain: only its corners and edges need looking at. */
static void fill_box(const struct paint *paint, struct form *form)
{
	const int inset = (int)ceilf(form->radius) + 1;
	const SDL_Rect bounds = around(form->x, form->y, form->w, form->h);
	const SDL_Rect inner = { bounds.x + 1, bounds.y + inset + 1, bounds.w - 2,
		bounds.h - 2 * inset - 2 };
	if (paint->alpha < 1 || inner.h < 8 || inner.w < 16) {
		fill_form(paint, form, bounds);
		return;
	}
	const int top = inner.y - bounds.y;
	fill_form(paint, form, (SDL_Rect){ bounds.x, bounds.y, bounds.w, top });
	fill_form(paint, form,
		(SDL_Rect){ bounds.x, inner.y + inner.h, bounds.w, bounds.h - top - inner.h });
	fill_form(paint, form, (SDL_Rect){ bounds.x, inner.y, 3, inner.h });
	fill_form(paint, form, (SDL_Rect){ bounds.x + bounds.w - 3, inner.y, 3, inner.h });
	const SDL_Rect plain = { bounds.x + 3, inner.y, bounds.w - 6, inner.h };
	SDL_FillRect(paint->target, &plain, 0xFF000000 | paint->rgb);
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
			around(fminf(form->x, form->w) - form->stroke,
				fminf(form->y, form->h) - form->stroke,
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
		left = fminf(left, points[2 * i]);
		right = fmaxf(right, points[2 * i]);
		top = fminf(top, points[2 * i + 1]);
		bottom = fmaxf(bottom, points[2 * i + 1]);
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
		form.x = fminf(form.x, x2) - form.stroke / 2;
		form.y = fminf(form.y, y2) - form.stroke / 2;
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
	if (shape->kind == SHAPE_BOX || shape->kind == SHAPE_FRAME)
		form.radius = fminf(form.radius, fminf(form.w, form.h) / 2);
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
			shape->display, shape->tabular, paint.rgb };
		lettering_draw(lettering, target, picture->bytes + shape->text, shape->x * zoom,
			shape->y * zoom, &style);
	} else if (shape->kind == SHAPE_ICON) {
		paint_icon(&paint, shape, zoom,
			palette_colour(picture->theme, (enum colour)shape->background));
	} else if (shape->kind == SHAPE_POLYGON) {
		float points[2 * POLYGON_POINTS_MAX] = { 0 };
		for (size_t i = 0; i < 2u * shape->points; i++)
			points[i] = shape->polygon[i] * zoom;
		paint_polygon(&paint, points, shape->points);
	} else {
		paint_geometry(&paint, shape, zoom);
	}
}

void painter_paint(SDL_Surface *target, const struct picture *picture, struct lettering *lettering)
{
	lettering_set_zoom(lettering, picture->zoom);
	SDL_FillRect(target, NULL,
		0xFF000000 | palette_colour(picture->theme, (enum colour)picture->field));
	for (size_t i = 0; i < picture->shape_count; i++)
		paint_shape(target, picture, &picture->shapes[i], lettering);
}
