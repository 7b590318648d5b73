#include "face/canvas.h"

#include <math.h>
#include <string.h>

#include "core/text.h"

#define SMALL_SHORT_SIDE_PX 640
#define PRESSED_SHADE 0.18f /* one step darker in both themes, words still readable */

static const float sizes[STYLE_COUNT][2] = { { 20, 28 }, { 24, 32 }, { 30, 38 }, { 40, 48 },
	{ 56, 64 }, { 80, 88 }, { 112, 120 } };

static int short_side(const struct surface *surface)
{
	return surface->width_px < surface->height_px ? surface->width_px : surface->height_px;
}

static bool is_tight(const struct surface *surface)
{
	return short_side(surface) < SMALL_SHORT_SIDE_PX || surface->small;
}

static enum reader_side side_of_shape(const struct surface *surface)
{
	return surface->height_px > surface->width_px ? SIDE_BOTTOM : SIDE_RIGHT;
}

enum reader_side layout_side(const struct surface *surface, enum reader_side side)
{
	return side == SIDE_AUTO ? side_of_shape(surface) : side;
}

float layout_zoom(const struct surface *surface)
{
	return (float)short_side(surface) / (is_tight(surface) ? 480 : 720);
}

void canvas_init(struct canvas *ret, struct picture *picture, const struct view *view,
	const struct surface *surface, const struct measure *measure)
{
	const int width = surface->width_px, height = surface->height_px;
	const float zoom = layout_zoom(surface);
	picture->shape_count = picture->bytes_used = picture->touch_count = 0;
	picture->overflowed = false;
	picture->zoom = zoom;
	picture->width = roundf((float)width / zoom);
	picture->height = roundf((float)height / zoom);
	picture->theme = (uint8_t)view->theme;
	picture->field = COLOUR_PAPER;
	*ret = (struct canvas){ .picture = picture,
		.measure = measure,
		.view = view,
		.w = picture->width,
		.h = picture->height,
		.tight = is_tight(surface),
		.portrait = height > width };
	ret->behind = view->side == SIDE_BEHIND;
	ret->side = ret->behind ? side_of_shape(surface) : layout_side(surface, view->side);
}

float canvas_space(const struct canvas *canvas, int step)
{
	static const float spaces[] = { 0, 8, 16, 24, 32, 48, 64 };
	if (!canvas->tight)
		return spaces[step];
	return step == 1 ? 4 : spaces[step - 1];
}

float canvas_unit(const struct canvas *canvas, float px)
{
	return roundf(px * (canvas->tight ? 0.8f : 1) / 2) * 2;
}

float canvas_size(const struct canvas *canvas, enum style style)
{
	return roundf(sizes[style][0] * (canvas->tight ? 0.8f : 1));
}

float canvas_line(const struct canvas *canvas, enum style style)
{
	return roundf(sizes[style][1] * (canvas->tight ? 0.8f : 1) / 2) * 2;
}

static struct shape *add(struct canvas *canvas, enum shape_kind kind, enum colour colour)
{
	static const size_t most = PICTURE_SHAPES_MAX;
	struct picture *picture = canvas->picture;
	if (picture->shape_count == most) {
		picture->overflowed = true;
		picture->shape_count--;
	}
	struct shape *shape = &picture->shapes[picture->shape_count++];
	memset(shape, 0, sizeof *shape);
	shape->kind = (uint8_t)kind;
	shape->group = (uint8_t)canvas->group;
	shape->colour = (uint8_t)colour;
	shape->alpha = 255;
	return shape;
}

static void place(struct shape *shape, struct rect rect)
{
	shape->x = rect.x;
	shape->y = rect.y;
	shape->w = rect.w;
	shape->h = rect.h;
}

static uint8_t opacity(float alpha)
{
	return (uint8_t)lroundf(alpha * 255);
}

void canvas_box(struct canvas *canvas, struct rect rect, enum colour colour, float radius)
{
	struct shape *shape = add(canvas, SHAPE_BOX, colour);
	place(shape, rect);
	shape->radius = radius;
}

void canvas_veil(struct canvas *canvas, struct rect rect, enum colour colour, float alpha)
{
	struct shape *shape = add(canvas, SHAPE_BOX, colour);
	place(shape, rect);
	shape->alpha = opacity(alpha);
}

void canvas_frame(
	struct canvas *canvas, struct rect rect, enum colour colour, float radius, float stroke)
{
	struct shape *shape = add(canvas, SHAPE_FRAME, colour);
	place(shape, rect);
	shape->radius = radius;
	shape->stroke = stroke;
}

void canvas_edge(
	struct canvas *canvas, struct rect rect, enum colour colour, enum colour fill, float radius)
{
	const int theme = canvas->view->theme;
	if (palette_colour(theme, colour) != palette_colour(theme, fill))
		canvas_frame(canvas, rect, colour, radius, 2);
}

void canvas_disc(
	struct canvas *canvas, float x, float y, float radius, enum colour colour, float alpha)
{
	struct shape *shape = add(canvas, SHAPE_DISC, colour);
	shape->x = x;
	shape->y = y;
	shape->radius = radius;
	shape->alpha = opacity(alpha);
}

void canvas_ring(struct canvas *canvas, float x, float y, float radius, float stroke,
	enum colour colour, float alpha)
{
	struct shape *shape = add(canvas, SHAPE_RING, colour);
	shape->x = x;
	shape->y = y;
	shape->radius = radius;
	shape->stroke = stroke;
	shape->alpha = opacity(alpha);
}

void canvas_rule(struct canvas *canvas, float x1, float y1, float x2, float y2, enum colour colour,
	float stroke, bool round, float alpha)
{
	struct shape *shape = add(canvas, SHAPE_LINE, colour);
	place(shape, (struct rect){ x1, y1, x2, y2 });
	shape->stroke = stroke;
	shape->radius = round ? 1 : 0;
	shape->alpha = opacity(alpha);
}

void canvas_polygon(struct canvas *canvas, const float *points, size_t count, enum colour colour)
{
	struct shape *shape = add(canvas, SHAPE_POLYGON, colour);
	shape->points = (uint8_t)count;
	memcpy(shape->polygon, points, 2 * count * sizeof *points);
}

void canvas_icon(struct canvas *canvas, enum icon icon, float x, float y, float size,
	enum colour colour, enum colour background, int turn)
{
	struct shape *shape = add(canvas, SHAPE_ICON, colour);
	place(shape, (struct rect){ roundf(x), roundf(y), size, size });
	shape->icon = (uint8_t)icon;
	shape->background = (uint8_t)background;
	shape->turn = (int16_t)turn;
}

void canvas_touch(
	struct canvas *canvas, struct rect rect, float radius, enum touch_kind kind, int index)
{
	struct picture *picture = canvas->picture;
	const struct touch touch = { (uint8_t)kind, (uint8_t)index };
	if (picture->touch_count == PICTURE_TOUCHES_MAX) {
		picture->overflowed = true;
		return;
	}
	picture->touches[picture->touch_count++] =
		(struct touch_area){ touch, rect.x, rect.y, rect.w, rect.h };
	if (!touch_equal(touch, canvas->view->pressed))
		return;
	struct shape *shade = add(canvas, SHAPE_BOX, COLOUR_ON_SEIN);
	place(shade, rect);
	shade->radius = radius;
	shade->alpha = opacity(PRESSED_SHADE);
}

void canvas_qr(struct canvas *canvas, const struct qr *qr, struct rect rect, int quiet)
{
	struct picture *picture = canvas->picture;
	const size_t bytes = ((size_t)qr->side * qr->side + 7) / 8;
	if (picture->bytes_used + bytes > PICTURE_TEXT_BYTES) {
		picture->overflowed = true;
		return;
	}
	struct shape *shape = add(canvas, SHAPE_QR, COLOUR_ON_SEIN);
	place(shape, rect);
	shape->points = qr->side;
	shape->stroke = (float)quiet;
	shape->text = (uint32_t)picture->bytes_used;
	shape->text_bytes = (uint32_t)bytes;
	memcpy(picture->bytes + picture->bytes_used, qr->bits, bytes);
	picture->bytes_used += bytes;
}

float text_width(const struct canvas *canvas, const char *text, enum style style,
	enum weight weight, bool tabular)
{
	return canvas->measure->width(canvas->measure->context, text, strlen(text),
		canvas_size(canvas, style), weight, style >= STYLE_HEAD, tabular);
}

float canvas_text(
	struct canvas *canvas, const char *text, float x, float y, enum style style, struct ink ink)
{
	struct picture *picture = canvas->picture;
	const size_t bytes = strlen(text) + 1;
	const float width = text_width(canvas, text, style, ink.weight, ink.tabular);
	if (bytes == 1)
		return 0;
	if (picture->bytes_used + bytes > PICTURE_TEXT_BYTES) {
		picture->overflowed = true;
		return width;
	}
	const enum colour colour = ink.colour ? ink.colour : COLOUR_INK;
	const float size = canvas_size(canvas, style), line = canvas_line(canvas, style);
	const float left = ink.align == ALIGN_LEFT    ? x
			   : ink.align == ALIGN_RIGHT ? x - width
						      : x - width / 2;
	const float baseline = y + (line - size * 1.21f) / 2 + size * 0.969f;
	struct shape *shape = add(canvas, SHAPE_TEXT, colour);
	place(shape, (struct rect){ left, baseline, width, line });
	shape->size_px = size;
	shape->weight = (uint8_t)ink.weight;
	shape->display = style >= STYLE_HEAD;
	shape->tabular = ink.tabular;
	shape->text = (uint32_t)picture->bytes_used;
	shape->text_bytes = (uint32_t)bytes;
	memcpy(picture->bytes + picture->bytes_used, text, bytes);
	picture->bytes_used += bytes;
	if (ink.strike)
		canvas_rule(canvas, left, baseline - size * 0.27f, left + width,
			baseline - size * 0.27f, colour, fmaxf(2, size / 14), false, 1);
	return width;
}

float canvas_lines(
	struct canvas *canvas, const struct fitted *fitted, float x, float y, struct ink ink)
{
	const float line = canvas_line(canvas, fitted->style);
	for (size_t i = 0; i < fitted->count; i++)
		canvas_text(canvas, fitted->lines[i], x, y + (float)i * line, fitted->style, ink);
	return (float)fitted->count * line;
}

float canvas_paragraph(struct canvas *canvas, const char *text, struct rect where,
	const struct fit_rule *rule, struct ink ink)
{
	struct fitted fitted;
	text_fit(canvas, &fitted, text, where.w, rule, ink.weight);
	const float x = ink.align == ALIGN_CENTRE ? where.x + where.w / 2 : where.x;
	return canvas_lines(canvas, &fitted, x, where.y, ink);
}

float paragraph_height(const struct canvas *canvas, const char *text, float width,
	const struct fit_rule *rule, enum weight weight)
{
	struct fitted fitted;
	text_fit(canvas, &fitted, text, width, rule, weight);
	return (float)fitted.count * canvas_line(canvas, fitted.style);
}
