#include "face/touch.h"

#include "face/picture.h"

#define REPEAT_AFTER_MS 500
#define REPEAT_EACH_MS 90

bool touch_equal(struct touch a, struct touch b)
{
	return a.kind == b.kind && a.index == b.index;
}

struct touch picture_touch_at(const struct picture *picture, float x_px, float y_px)
{
	const float x = x_px / picture->zoom, y = y_px / picture->zoom;
	for (size_t i = picture->touch_count; i-- > 0;) {
		const struct touch_area *area = &picture->touches[i];
		if (x >= area->x && x < area->x + area->w && y >= area->y && y < area->y + area->h)
			return area->touch;
	}
	return (struct touch){ TOUCH_NONE, 0 };
}

struct touch finger_pressed(const struct finger *finger)
{
	return finger->inside ? finger->held : (struct touch){ TOUCH_NONE, 0 };
}

bool finger_take(struct finger *finger, const struct picture *picture,
	const struct pointer *pointer, int64_t at_ms, struct touch *ret)
{
	const struct touch before = finger_pressed(finger);
	const struct touch under = picture_touch_at(picture, pointer->x_px, pointer->y_px);
	*ret = (struct touch){ TOUCH_NONE, 0 };
	if (pointer->kind == POINTER_DOWN)
		*finger = (struct finger){ .held = under,
			.repeat_ms = under.kind == TOUCH_ERASE ? at_ms + REPEAT_AFTER_MS : 0 };
	finger->inside = finger->held.kind != TOUCH_NONE && touch_equal(finger->held, under);
	if (pointer->kind == POINTER_UP) {
		if (!finger->repeated)
			*ret = finger_pressed(finger);
		*finger = (struct finger){ .inside = false };
	}
	return !touch_equal(before, finger_pressed(finger));
}

bool finger_repeats(struct finger *finger, int64_t at_ms)
{
	if (!finger->inside || !finger->repeat_ms || at_ms < finger->repeat_ms)
		return false;
	finger->repeat_ms = at_ms + REPEAT_EACH_MS;
	finger->repeated = true;
	return true;
}
