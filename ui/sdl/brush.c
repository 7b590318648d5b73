#include "sdl/brush.h"

#include <math.h>

#include "sdl/mix.h"

static uint32_t *row_of(const struct brush *brush, int y)
{
	return (uint32_t *)(void *)((uint8_t *)brush->target->pixels + y * brush->target->pitch);
}

/* Of 256; a colour's share of a pixel. */
static inline uint32_t weight_of(float share)
{
	return (uint32_t)(share * 256 + 0.5f);
}

/* Apart, so that a solid run, which most are, sets nothing up for it. */
__attribute__((noinline)) static void fill_veil(
	const struct brush *brush, uint32_t *pixels, int count)
{
	mix_flat(pixels, count, brush->rgb, (uint8_t)(brush->alpha * 255 + 0.5f));
}

static inline void fill_run(const struct brush *brush, uint32_t *pixels, int count)
{
	if (brush->alpha >= 1)
		mix_solid(pixels, count, brush->rgb);
	else
		fill_veil(brush, pixels, count);
}

/*
 * Part of a row, looked at pixel by pixel. One that lies n inside or outside the border says the
 * same of the n pixels beside it.
 */
static void fill_looking(
	const struct brush *brush, const struct form *form, uint32_t *row, int x, int end, float y)
{
	while (x < end) {
		const float distance = form->contour->distance(form, (float)x + 0.5f, y);
		const int alike =
			SDL_min(end - x, (int)SDL_min(fabsf(distance) + 0.5f, (float)(end - x)));
		if (distance >= 0.5f) {
			x += alike;
		} else if (distance <= -0.5f) {
			fill_run(brush, row + x, alike);
			x += alike;
		} else {
			const uint32_t weight = weight_of((0.5f - distance) * brush->alpha);
			row[x] = mix(row[x], brush->rgb, weight);
			x++;
		}
	}
}

static int between(float x, int low, int high)
{
	return x <= (float)low ? low : x >= (float)high ? high : (int)x;
}

/* Only the pixels on the border are looked at: what lies between is alike. */
static void fill_row(const struct brush *brush, const struct form *form, int y, int from, int end)
{
	const struct contour *contour = form->contour;
	const float middle = (float)y + 0.5f;
	float left, right;
	uint32_t *row = row_of(brush, y);
	if (!contour->chord) {
		fill_looking(brush, form, row, from, end, middle);
		return;
	}
	if (!contour->chord(form, middle, 0.5f, &left, &right))
		return;
	from = between(floorf(left), from, end);
	end = between(ceilf(right), from, end);
	int alike = end, alike_end = end;
	if (contour->hole ? contour->hole(form, middle, 0.5f, &left, &right)
			  : contour->chord(form, middle, -0.5f, &left, &right)) {
		alike = between(ceilf(left - 0.5f), from, end);
		alike_end = between(floorf(right + 0.5f), alike, end);
	}
	fill_looking(brush, form, row, from, alike, middle);
	if (!contour->hole)
		fill_run(brush, row + alike, alike_end - alike);
	fill_looking(brush, form, row, alike_end, end, middle);
}

static void fill_rows(const struct brush *brush, const struct form *form, SDL_Rect bounds)
{
	SDL_Rect area;
	if (!SDL_IntersectRect(&bounds, &brush->target->clip_rect, &area))
		return;
	for (int y = area.y; y < area.y + area.h; y++)
		fill_row(brush, form, y, area.x, area.x + area.w);
}

static void fill_column(const struct brush *brush, const SDL_Rect *column)
{
	const uint32_t weight = weight_of(brush->alpha);
	for (int y = column->y; y < column->y + column->h; y++) {
		uint32_t *pixel = row_of(brush, y) + column->x;
		*pixel = mix(*pixel, brush->rgb, weight);
	}
}

/* SDL's own goes round the cache, which is no help when text is mixed in next. */
void brush_rect(const struct brush *brush, SDL_Rect rect)
{
	SDL_Rect area;
	if (!SDL_IntersectRect(&rect, &brush->target->clip_rect, &area))
		return;
	if (area.w == 1) {
		fill_column(brush, &area);
		return;
	}
	for (int y = area.y; y < area.y + area.h; y++)
		fill_run(brush, row_of(brush, y) + area.x, area.w);
}

#define EDGE 2 /* pixels along a box's side that its border may touch */

SDL_Rect brush_plain_part(const struct form *box)
{
	const SDL_Rect bounds = box->contour->bounds(box);
	const int inset = SDL_max(EDGE, (int)ceilf(box->radius) + 2);
	return (SDL_Rect){ bounds.x + inset, bounds.y + EDGE, bounds.w - 2 * inset,
		bounds.h - 2 * EDGE };
}

/* A straight piece of a box's border: every row of it alike, or every column. */
static void fill_side(const struct brush *brush, const struct form *form, SDL_Rect side)
{
	const bool across = side.w > side.h;
	const float x = (float)side.x + (float)side.w / 2, y = (float)side.y + (float)side.h / 2;
	for (int i = 0; i < SDL_min(side.w, side.h); i++) {
		const float distance =
			across ? form->contour->distance(form, x, (float)(side.y + i) + 0.5f)
			       : form->contour->distance(form, (float)(side.x + i) + 0.5f, y);
		struct brush part = *brush;
		part.alpha *= SDL_clamp(0.5f - distance, 0, 1);
		const SDL_Rect one = across ? (SDL_Rect){ side.x, side.y + i, side.w, 1 }
					    : (SDL_Rect){ side.x + i, side.y, 1, side.h };
		if (part.alpha > 0)
			brush_rect(&part, one);
	}
}

/* Its ends, and rows all alike. */
static void fill_rule(const struct brush *brush, const struct form *form, SDL_Rect all, int end)
{
	const int right = all.x + all.w;
	fill_rows(brush, form, (SDL_Rect){ all.x, all.y, end, all.h });
	fill_rows(brush, form, (SDL_Rect){ right - end, all.y, end, all.h });
	fill_side(brush, form, (SDL_Rect){ all.x + end, all.y, all.w - 2 * end, all.h });
}

/* The corners are @corner wide and high, the sides between them @thick. */
static void fill_border(
	const struct brush *brush, const struct form *form, SDL_Rect all, int corner, int thick)
{
	const int right = all.x + all.w, bottom = all.y + all.h;
	const int wide = all.w - 2 * corner, high = all.h - 2 * corner;
	fill_side(brush, form, (SDL_Rect){ all.x + corner, all.y, wide, thick });
	fill_side(brush, form, (SDL_Rect){ all.x + corner, bottom - thick, wide, thick });
	fill_side(brush, form, (SDL_Rect){ all.x, all.y + corner, thick, high });
	fill_side(brush, form, (SDL_Rect){ right - thick, all.y + corner, thick, high });
	for (int i = 0; i < 4; i++)
		fill_rows(brush, form,
			(SDL_Rect){ i % 2 ? right - corner : all.x, i / 2 ? bottom - corner : all.y,
				corner, corner });
}

/* Most of a large box is plain: only its corners and edges need looking at. */
static void fill_box(const struct brush *brush, const struct form *form)
{
	const SDL_Rect all = form->contour->bounds(form), plain = brush_plain_part(form);
	const int corner = plain.x - all.x, high = all.h - 2 * corner;
	if (plain.w > 8 && all.h <= 2 * EDGE + 2) {
		fill_rule(brush, form, all, corner);
		return;
	}
	if (plain.w < 8 || high < 8) {
		fill_rows(brush, form, all);
		return;
	}
	fill_border(brush, form, all, corner, EDGE);
	brush_rect(brush, (SDL_Rect){ plain.x, plain.y, plain.w, corner - EDGE });
	brush_rect(brush, (SDL_Rect){ all.x + EDGE, all.y + corner, all.w - 2 * EDGE, high });
	brush_rect(brush, (SDL_Rect){ plain.x, all.y + corner + high, plain.w, corner - EDGE });
}

/* The same of a box that is only a border. */
static void fill_frame(const struct brush *brush, const struct form *form)
{
	const SDL_Rect all = form->contour->bounds(form);
	const int thick = EDGE + (int)ceilf(form->stroke);
	const int corner = SDL_max(thick, (int)ceilf(form->radius) + 2);
	if (SDL_min(all.w, all.h) < 2 * (corner + thick))
		fill_rows(brush, form, all);
	else
		fill_border(brush, form, all, corner, thick);
}

void brush_fill(const struct brush *brush, const struct form *form)
{
	if (form->contour == &contour_box)
		fill_box(brush, form);
	else if (form->contour == &contour_frame)
		fill_frame(brush, form);
	else
		fill_rows(brush, form, form->contour->bounds(form));
}
