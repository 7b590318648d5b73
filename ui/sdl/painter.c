#include "sdl/painter.h"

#include <math.h>

#include "face/qr.h"
#include "sdl/pictogram.h"

static struct form form_of(const struct shape *shape, float zoom)
{
	static const struct contour *const contours[] = { [SHAPE_BOX] = &contour_box,
		[SHAPE_FRAME] = &contour_frame,
		[SHAPE_DISC] = &contour_disc,
		[SHAPE_RING] = &contour_ring,
		[SHAPE_LINE] = &contour_line };
	struct form form = { .contour = contours[shape->kind],
		.x = shape->x * zoom,
		.y = shape->y * zoom,
		.w = shape->w * zoom,
		.h = shape->h * zoom,
		.radius = shape->radius * zoom,
		.stroke = shape->stroke * zoom };
	if (shape->kind == SHAPE_BOX || shape->kind == SHAPE_FRAME)
		form.radius = fminf(form.radius, fminf(form.w, form.h) / 2);
	return form;
}

/* A level or upright line with flat ends is a box, which is painted sooner. */
static void straighten(struct form *form)
{
	const float half = form->stroke / 2, w = form->w - form->x, h = form->h - form->y;
	if (form->contour != &contour_line || form->radius > 0 || (w != 0 && h != 0))
		return;
	form->x = fminf(form->x, form->w) - (w == 0 ? half : 0);
	form->y = fminf(form->y, form->h) - (h == 0 ? half : 0);
	form->w = fabsf(w) + (w == 0 ? form->stroke : 0);
	form->h = fabsf(h) + (h == 0 ? form->stroke : 0);
	form->contour = &contour_box;
}

static void paint_geometry(const struct brush *brush, const struct shape *shape, float zoom)
{
	struct form form = form_of(shape, zoom);
	straighten(&form);
	brush_fill(brush, &form);
}

static void paint_polygon(const struct brush *brush, const struct shape *shape, float zoom)
{
	float points[2 * POLYGON_POINTS_MAX] = { 0 };
	for (size_t i = 0; i < 2u * shape->points; i++)
		points[i] = shape->polygon[i] * zoom;
	const struct form form = {
		.contour = &contour_polygon, .points = points, .count = shape->points
	};
	brush_fill(brush, &form);
}

/* Modules are whole pixels: a soft edge is what a phone trips over. */
static void paint_qr(
	const struct brush *brush, const struct picture *picture, const struct shape *shape)
{
	const float zoom = picture->zoom;
	const int side = shape->points, quiet = (int)shape->stroke;
	const int cell = (int)(shape->w * zoom) / (side + 2 * quiet);
	const int rest = (int)(shape->w * zoom) - cell * side;
	const int left = (int)(shape->x * zoom) + rest / 2, top = (int)(shape->y * zoom) + rest / 2;
	const uint8_t *bits = (const uint8_t *)picture->bytes + shape->text;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++)
			if (qr_is_dark(bits, (size_t)side, (size_t)x, (size_t)y))
				brush_rect(brush,
					(SDL_Rect){ left + x * cell, top + y * cell, cell, cell });
}

static struct lettering_style style_of(const struct shape *shape)
{
	return (struct lettering_style){ shape->size_px, (enum weight)shape->weight, shape->display,
		shape->tabular };
}

static void paint_shape(SDL_Surface *target, const struct picture *picture,
	const struct shape *shape, struct lettering *lettering)
{
	const float zoom = picture->zoom;
	const struct brush brush = { target,
		palette_colour(picture->theme, (enum colour)shape->colour),
		(float)shape->alpha / 255 };
	if (shape->alpha == 0)
		return;
	if (shape->kind == SHAPE_TEXT) {
		const struct lettering_style style = style_of(shape);
		lettering_draw(lettering, target, picture->bytes + shape->text, shape->x * zoom,
			shape->y * zoom, &style, brush.rgb, shape->alpha);
	} else if (shape->kind == SHAPE_ICON) {
		pictogram_paint(&brush,
			palette_colour(picture->theme, (enum colour)shape->background),
			(enum icon)shape->icon, shape->x * zoom, shape->y * zoom, shape->w * zoom,
			shape->turn);
	} else if (shape->kind == SHAPE_QR) {
		paint_qr(&brush, picture, shape);
	} else if (shape->kind == SHAPE_POLYGON) {
		paint_polygon(&brush, shape, zoom);
	} else {
		paint_geometry(&brush, shape, zoom);
	}
}

/* Whether any of the shape can lie in the rows of @clip. */
static bool may_touch(const struct shape *shape, float zoom, const SDL_Rect *clip)
{
	const float reach = shape->radius + shape->stroke + 2 * shape->size_px + 2;
	const float height = shape->kind == SHAPE_ICON ? shape->w : shape->h;
	if (shape->kind == SHAPE_LINE || shape->kind == SHAPE_POLYGON)
		return true;
	return (shape->y + height + reach) * zoom > (float)clip->y &&
	       (shape->y - reach) * zoom < (float)(clip->y + clip->h);
}

/* The last large box that lies opaque over what came before: which shape, and its plain part. */
static size_t lid_of(const SDL_Surface *target, const struct picture *picture, SDL_Rect *ret)
{
	for (size_t i = picture->shape_count; i > 0; i--) {
		const struct shape *shape = &picture->shapes[i - 1];
		if (shape->kind != SHAPE_BOX || shape->alpha != 255 || !shape->colour)
			continue;
		const struct form form = form_of(shape, picture->zoom);
		*ret = brush_plain_part(&form);
		if (ret->w > 0 && ret->w * ret->h > target->w * target->h / 4)
			return i - 1;
	}
	*ret = (SDL_Rect){ 0, 0, 0, 0 };
	return 0;
}

/* What lies under the lid, painted only where it can be seen: beside it on its four sides. */
static void paint_under(SDL_Surface *target, const struct picture *picture, size_t end,
	SDL_Rect lid, struct lettering *lettering)
{
	const SDL_Rect whole = target->clip_rect;
	const int right = whole.x + whole.w, bottom = whole.y + whole.h;
	const struct brush field = { target,
		palette_colour(picture->theme, (enum colour)picture->field), 1 };
	if (!SDL_IntersectRect(&lid, &whole, &lid))
		lid = (SDL_Rect){ whole.x, bottom, 0, 0 };
	const SDL_Rect sides[] = { { whole.x, whole.y, whole.w, lid.y - whole.y },
		{ whole.x, lid.y, lid.x - whole.x, lid.h },
		{ lid.x + lid.w, lid.y, right - lid.x - lid.w, lid.h },
		{ whole.x, lid.y + lid.h, whole.w, bottom - lid.y - lid.h } };
	for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
		if (!SDL_SetClipRect(target, &sides[i]))
			continue;
		brush_rect(&field, sides[i]);
		painter_add(target, picture, 0, end, lettering);
	}
	SDL_SetClipRect(target, &whole);
}

#define BAND_PX 64 /* what is painted on top of each other then meets in the cache */

void painter_paint(SDL_Surface *target, const struct picture *picture, struct lettering *lettering)
{
	SDL_Rect lid;
	const size_t first = lid_of(target, picture, &lid);
	lettering_set_zoom(lettering, picture->zoom);
	for (int y = 0; y < target->h; y += BAND_PX) {
		const SDL_Rect band = { 0, y, target->w, BAND_PX };
		SDL_SetClipRect(target, &band);
		paint_under(target, picture, first, lid, lettering);
		painter_add(target, picture, first, picture->shape_count, lettering);
	}
	SDL_SetClipRect(target, NULL);
}

void painter_add(SDL_Surface *target, const struct picture *picture, size_t from, size_t end,
	struct lettering *lettering)
{
	for (size_t i = from; i < end; i++)
		if (may_touch(&picture->shapes[i], picture->zoom, &target->clip_rect))
			paint_shape(target, picture, &picture->shapes[i], lettering);
}

void painter_warm(const struct picture *picture, struct lettering *lettering)
{
	lettering_set_zoom(lettering, picture->zoom);
	for (size_t i = 0; i < picture->shape_count; i++) {
		const struct shape *shape = &picture->shapes[i];
		const struct lettering_style style = style_of(shape);
		if (shape->kind == SHAPE_TEXT)
			lettering_warm(lettering, picture->bytes + shape->text, &style);
	}
}
