#include "sdl/form.h"

#include <math.h>

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

static bool box_chord(
	const struct form *f, float y, float outset, float *ret_left, float *ret_right)
{
	const float rise = fabsf(y - (f->y + f->h / 2)) - f->h / 2 + f->radius;
	const float corner = f->radius + outset;
	if (rise > corner)
		return false;
	const float reach =
		f->w / 2 - f->radius + (rise > 0 ? sqrtf(corner * corner - rise * rise) : corner);
	*ret_left = f->x + f->w / 2 - reach;
	*ret_right = f->x + f->w / 2 + reach;
	return reach >= 0;
}

/* The border of the box, @stroke wide, inside it. */
static float frame_distance(const struct form *f, float x, float y)
{
	const float outer = box_distance(f, x, y);
	return larger(outer, -(outer + f->stroke));
}

static bool frame_hole(
	const struct form *f, float y, float inset, float *ret_left, float *ret_right)
{
	return box_chord(f, y, -(f->stroke + inset), ret_left, ret_right);
}

static float disc_distance(const struct form *f, float x, float y)
{
	return length_of(x - f->x, y - f->y) - f->radius;
}

static bool disc_chord(
	const struct form *f, float y, float outset, float *ret_left, float *ret_right)
{
	const float rise = y - f->y, radius = f->radius + outset;
	if (radius < 0 || fabsf(rise) > radius)
		return false;
	const float reach = sqrtf(radius * radius - rise * rise);
	*ret_left = f->x - reach;
	*ret_right = f->x + reach;
	return true;
}

static float ring_distance(const struct form *f, float x, float y)
{
	return fabsf(length_of(x - f->x, y - f->y) - f->radius) - f->stroke / 2;
}

static bool ring_chord(
	const struct form *f, float y, float outset, float *ret_left, float *ret_right)
{
	const struct form outer = { .x = f->x, .y = f->y, .radius = f->radius + f->stroke / 2 };
	return disc_chord(&outer, y, outset, ret_left, ret_right);
}

static bool ring_hole(const struct form *f, float y, float inset, float *ret_left, float *ret_right)
{
	const struct form inner = { .x = f->x, .y = f->y, .radius = f->radius - f->stroke / 2 };
	return disc_chord(&inner, y, -inset, ret_left, ret_right);
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

/* Narrows *left to *right to where slope * x + offset lies between @low and @high. */
static void narrow(float slope, float offset, float low, float high, float *left, float *right)
{
	if (fabsf(slope) < 1e-6f) {
		if (offset < low || offset > high)
			*right = *left - 1;
		return;
	}
	const float a = (low - offset) / slope, b = (high - offset) / slope;
	*left = larger(*left, smaller(a, b));
	*right = smaller(*right, larger(a, b));
}

/* A straight bar, and at each end a disc where it is round. */
static bool line_chord(
	const struct form *f, float y, float outset, float *ret_left, float *ret_right)
{
	const float length = length_of(f->w - f->x, f->h - f->y);
	const float half = f->stroke / 2 + outset, ends = f->radius <= 0 ? outset : 0;
	float left = -1e9f, right = 1e9f, from, to;
	const float ux = length > 0 ? (f->w - f->x) / length : 1;
	const float uy = length > 0 ? (f->h - f->y) / length : 0;
	if (half < 0)
		return false;
	narrow(uy, -f->x * uy - (y - f->y) * ux, -half, half, &left, &right);
	narrow(ux, -f->x * ux + (y - f->y) * uy, -ends, length + ends, &left, &right);
	for (int i = 0; f->radius > 0 && i < 2; i++) {
		const struct form end = {
			.x = i ? f->w : f->x, .y = i ? f->h : f->y, .radius = f->stroke / 2
		};
		if (!disc_chord(&end, y, outset, &from, &to))
			continue;
		const bool first = left > right;
		left = first ? from : smaller(left, from);
		right = first ? to : larger(right, to);
	}
	*ret_left = left;
	*ret_right = right;
	return left <= right;
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

/* Distance to the nearest edge, inside by crossings. */
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

/* Twice the area; its sign tells which way round the points go. */
static float turning(const struct form *f)
{
	float sum = 0;
	for (size_t i = 0, j = f->count - 1; i < f->count; j = i++)
		sum += f->points[2 * j] * f->points[2 * i + 1] -
		       f->points[2 * i] * f->points[2 * j + 1];
	return sum;
}

static bool polygon_chord(
	const struct form *f, float y, float outset, float *ret_left, float *ret_right)
{
	const float way = turning(f) > 0 ? 1 : -1;
	float left = -1e9f, right = 1e9f;
	for (size_t i = 0, j = f->count - 1; i < f->count; j = i++) {
		const float *a = &f->points[2 * j], *b = &f->points[2 * i];
		const float length = length_of(b[0] - a[0], b[1] - a[1]);
		if (length <= 0)
			continue;
		const float nx = way * (b[1] - a[1]) / length, ny = -way * (b[0] - a[0]) / length;
		narrow(nx, -a[0] * nx + (y - a[1]) * ny, -1e9f, outset, &left, &right);
	}
	*ret_left = left;
	*ret_right = right;
	return left <= right;
}

static SDL_Rect around(float left, float top, float right, float bottom)
{
	const int x = (int)floorf(left) - 1, y = (int)floorf(top) - 1;
	return (SDL_Rect){ x, y, (int)ceilf(right) + 1 - x, (int)ceilf(bottom) + 1 - y };
}

static SDL_Rect box_bounds(const struct form *f)
{
	return around(f->x, f->y, f->x + f->w, f->y + f->h);
}

static SDL_Rect round_bounds(const struct form *f)
{
	const float reach = f->radius + f->stroke;
	return around(f->x - reach, f->y - reach, f->x + reach, f->y + reach);
}

static SDL_Rect line_bounds(const struct form *f)
{
	return around(smaller(f->x, f->w) - f->stroke, smaller(f->y, f->h) - f->stroke,
		larger(f->x, f->w) + f->stroke, larger(f->y, f->h) + f->stroke);
}

static SDL_Rect polygon_bounds(const struct form *f)
{
	float left = 1e9f, right = -1e9f, top = 1e9f, bottom = -1e9f;
	for (size_t i = 0; i < f->count; i++) {
		left = smaller(left, f->points[2 * i]);
		right = larger(right, f->points[2 * i]);
		top = smaller(top, f->points[2 * i + 1]);
		bottom = larger(bottom, f->points[2 * i + 1]);
	}
	return around(left, top, right, bottom);
}

const struct contour contour_box = { box_distance, box_chord, NULL, box_bounds };
const struct contour contour_frame = { frame_distance, box_chord, frame_hole, box_bounds };
const struct contour contour_disc = { disc_distance, disc_chord, NULL, round_bounds };
const struct contour contour_ring = { ring_distance, ring_chord, ring_hole, round_bounds };
const struct contour contour_line = { line_distance, line_chord, NULL, line_bounds };
const struct contour contour_arc = { arc_distance, NULL, NULL, round_bounds };
const struct contour contour_polygon = { polygon_distance, polygon_chord, NULL, polygon_bounds };
