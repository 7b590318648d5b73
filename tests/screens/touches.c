/* Every control is as large as a fingertip needs, on the displays that design.md speaks of. */
#include <math.h>
#include <stdio.h>

#include "screens/contrast.h"
#include "screens/scenes.h"

#define GAP_LEAST 6 /* logical px */
#define ROUNDING_MM 0.05f
#define ROUNDING_PX 0.05f

/* clang-format off */
static const struct {
	const char *name;
	struct surface size;
	float mm_per_px, key_mm, option_mm; /* how wide a key is at least, how high an option */
} displays[] = {
	{ "7 inch", { 800, 480, false }, 154.08f / 800, 9.5f, 15 },
	/* Ten keys of 9.5 mm are wider than this one is, six options of 15 mm higher than its lower
	 * two thirds. */
	{ "7 inch upright", { 480, 800, false }, 154.08f / 800, 7.8f, 12.2f },
	{ "10.1 inch", { 1280, 800, false }, 216.96f / 1280, 9.5f, 15 },
	{ "10.1 inch upright", { 800, 1280, false }, 216.96f / 1280, 9.5f, 15 },
	{ "13.3 inch", { 1920, 1080, false }, 293.8f / 1920, 9.5f, 15 },
	{ "15.6 inch upright", { 1080, 1920, false }, 344.2f / 1920, 9.5f, 15 },
};

/* What is chosen, other controls, keys and what is typed with. */
enum class { OPTION, CONTROL, KEY };
static const enum class classes[TOUCH_KIND_COUNT] = {
	[TOUCH_NO_BADGE] = CONTROL, [TOUCH_LANGUAGE] = CONTROL, [TOUCH_REGISTER] = OPTION,
	[TOUCH_CLOSE] = CONTROL, [TOUCH_LATER] = CONTROL, [TOUCH_OTHER] = OPTION,
	[TOUCH_CHOICE] = OPTION, [TOUCH_PAGE] = CONTROL, [TOUCH_CLUSTER] = CONTROL,
	[TOUCH_SUGGESTION] = KEY, [TOUCH_ADD] = KEY, [TOUCH_ALONE] = KEY, [TOUCH_KEY] = KEY,
	[TOUCH_LAYER] = KEY, [TOUCH_SPACE] = KEY, [TOUCH_ERASE] = KEY, [TOUCH_BACK] = KEY,
	[TOUCH_NEXT] = KEY, [TOUCH_SERVICE] = CONTROL,
};
/* clang-format on */

static enum class class_of(const struct view *view, const struct touch_area *area) {
	/* The last one is "none of these", a control; the clusters themselves are chosen. */
	if (area->touch.kind == TOUCH_CLUSTER &&
		area->touch.index < view->board.cluster_count) return OPTION;
	return classes[area->touch.kind];
}

static float apart(const struct touch_area *a, const struct touch_area *b)
{
	const float x = fmaxf(a->x - (b->x + b->w), b->x - (a->x + a->w));
	const float y = fmaxf(a->y - (b->y + b->h), b->y - (a->y + a->h));
	return fmaxf(x, y);
}

static int judge(const struct picture *picture, const struct view *view, size_t display,
	const char *where, float *smallest)
{
	const float mm = displays[display].mm_per_px * picture->zoom;
	const struct {
		float width_mm, height_mm;
	} least[] = { [OPTION] = { 15, displays[display].option_mm },
		[CONTROL] = { 11.5f, 11.5f },
		[KEY] = { displays[display].key_mm, 10.5f } };
	int failed = 0;
	for (size_t i = 0; i < picture->touch_count; i++) {
		const struct touch_area *area = &picture->touches[i];
		const enum class class = class_of(view, area);
		const float width = area->w * mm, height = area->h * mm;
		smallest[class] = fminf(smallest[class], fminf(width, height));
		if (width + ROUNDING_MM < least[class].width_mm ||
			height + ROUNDING_MM < least[class].height_mm) {
			printf("%s: control %d.%d is %.1f x %.1f mm\n", where, area->touch.kind,
				area->touch.index, (double)width, (double)height);
			failed++;
		}
		for (size_t j = 0; j < i; j++) {
			const struct touch_area *other = &picture->touches[j];
			/* Both languages are one switch. */
			if ((area->touch.kind == TOUCH_LANGUAGE &&
				    other->touch.kind == TOUCH_LANGUAGE) ||
				apart(area, other) >= GAP_LEAST - ROUNDING_PX)
				continue;
			printf("%s: controls %d.%d and %d.%d lie %.1f apart\n", where,
				area->touch.kind, area->touch.index, other->touch.kind,
				other->touch.index, (double)apart(area, other));
			failed++;
		}
	}
	return failed;
}

int touches_check(struct easel *easel, const char *unused)
{
	static struct view view;
	float smallest[] = { 1000, 1000, 1000 };
	size_t controls = 0;
	int failed = 0;
	(void)unused;
	for (size_t d = 0; d < sizeof displays / sizeof displays[0]; d++) {
		for (size_t i = 0; i < scene_count; i++) {
			for (int side = SIDE_AUTO; side < SIDE_COUNT; side++) {
				char where[96];
				view.theme = THEME_LIGHT;
				view.side = (enum reader_side)side;
				scene_view(&scenes[i], (enum language)(i % 2), &view);
				view.has_touch = true;
				easel_compose(easel, &view, &displays[d].size);
				snprintf(where, sizeof where, "%s, %s, reader %d", scenes[i].name,
					displays[d].name, side);
				controls += easel->picture.touch_count;
				failed += judge(&easel->picture, &view, d, where, smallest);
			}
		}
	}
	printf("touches: %zu controls; the smallest option %.1f mm, control %.1f, key %.1f\n",
		controls, (double)smallest[OPTION], (double)smallest[CONTROL],
		(double)smallest[KEY]);
	return failed;
}
