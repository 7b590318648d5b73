#include "face/motion.h"

#include <math.h>
#include <string.h>

#define FIELD_MS 220
#define SIGN_MS 200
#define CARD_MS 180
#define LEAVE_MS 120
#define PAGE_MS 220
#define CARD_PX 16
#define PAGE_PX 24
#define COLUMN 0.275f /* of the width: the sign's column, covered from the first frame */

int motion_length_ms(enum motion motion)
{
	static const int lengths_ms[MOTION_COUNT] = {
		[MOTION_ARRIVE] = FIELD_MS,
		[MOTION_LEAVE] = LEAVE_MS,
		[MOTION_PAGE] = PAGE_MS,
	};
	return lengths_ms[motion];
}

/* 0 to 1, quick at first: ease-out cubic. */
static float eased(int elapsed_ms, int length_ms)
{
	const float rest = 1 - fminf(1, fmaxf(0, (float)elapsed_ms / (float)length_ms));
	return 1 - rest * rest * rest;
}

static void shift(struct shape *shape, float dx, float dy)
{
	shape->x += dx;
	shape->y += dy;
	if (shape->kind == SHAPE_LINE) {
		shape->w += dx;
		shape->h += dy;
	}
	for (size_t i = 0; i < shape->points; i++) {
		shape->polygon[2 * i] += dx;
		shape->polygon[2 * i + 1] += dy;
	}
}

static void shift_group(struct picture *picture, enum group group, float dx, float dy)
{
	for (size_t i = 0; i < picture->shape_count; i++)
		if (picture->shapes[i].group == group)
			shift(&picture->shapes[i], dx, dy);
}

/* Around the middle of the sign's first shape, which the others stand in. */
static void scale_sign(struct picture *picture, float scale)
{
	float x = -1, y = 0;
	for (size_t i = 0; i < picture->shape_count; i++) {
		struct shape *s = &picture->shapes[i];
		if (s->group != GROUP_SIGN || s->kind == SHAPE_POLYGON)
			continue;
		const bool round = s->kind == SHAPE_DISC || s->kind == SHAPE_RING;
		if (x < 0) {
			x = round ? s->x : s->x + s->w / 2;
			y = round ? s->y : s->y + s->h / 2;
		}
		s->x = x + (s->x - x) * scale;
		s->y = y + (s->y - y) * scale;
		s->w *= scale;
		s->h *= scale;
		s->radius *= scale;
		s->stroke *= scale;
	}
}

static void cover_rest(struct picture *picture, float share, bool left)
{
	if (share >= 1 || picture->shape_count == PICTURE_SHAPES_MAX)
		return;
	memmove(&picture->shapes[1], &picture->shapes[0],
		picture->shape_count * sizeof picture->shapes[0]);
	picture->shape_count++;
	const float width = picture->width * (1 - COLUMN) * (1 - share);
	picture->shapes[0] = (struct shape){ .kind = SHAPE_BOX,
		.colour = COLOUR_PAPER,
		.alpha = 255,
		.x = left ? picture->width - width : 0,
		.w = width,
		.h = picture->height };
}

static void veil(struct picture *picture, enum colour colour, float alpha)
{
	if (alpha <= 0 || picture->shape_count == PICTURE_SHAPES_MAX)
		return;
	picture->shapes[picture->shape_count++] = (struct shape){ .kind = SHAPE_BOX,
		.colour = (uint8_t)colour,
		.alpha = (uint8_t)(alpha * 255),
		.w = picture->width,
		.h = picture->height };
}

void motion_apply(
	struct picture *picture, enum motion motion, int elapsed_ms, bool left, enum colour before)
{
	switch (motion) {
	case MOTION_ARRIVE:
		scale_sign(picture, 0.9f + 0.1f * eased(elapsed_ms, SIGN_MS));
		shift_group(picture, GROUP_CARD, 0, CARD_PX * (1 - eased(elapsed_ms, CARD_MS)));
		if (picture->width > picture->height)
			cover_rest(picture, eased(elapsed_ms, FIELD_MS), left);
		break;
	case MOTION_LEAVE:
		veil(picture, before, 1 - eased(elapsed_ms, LEAVE_MS));
		break;
	case MOTION_PAGE:
		shift_group(picture, GROUP_BOARD, PAGE_PX * (1 - eased(elapsed_ms, PAGE_MS)), 0);
		break;
	case MOTION_NONE:
	case MOTION_COUNT:
		break;
	}
}
