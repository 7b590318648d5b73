#include "face/layout.h"

#include "face/screens.h"

static void (*const draw[SCREEN_COUNT])(struct canvas *canvas) = {
	[SCREEN_START] = draw_start,
	[SCREEN_IDLE] = draw_idle,
	[SCREEN_WELCOME] = draw_welcome,
	[SCREEN_REPEAT] = draw_message,
	[SCREEN_GOODBYE] = draw_message,
	[SCREEN_FULL] = draw_message,
	[SCREEN_CHOOSE] = draw_welcome,
	[SCREEN_EARLY] = draw_message,
	[SCREEN_OTHER_DAY] = draw_message,
	[SCREEN_CLOSED] = draw_message,
	[SCREEN_UNKNOWN] = draw_message,
	[SCREEN_PHONE] = draw_message,
	[SCREEN_TOO_SHORT] = draw_message,
	[SCREEN_BLOCKED] = draw_message,
	[SCREEN_OUT] = draw_message,
};

void layout_picture(struct picture *ret, const struct view *view, const struct surface *surface,
	const struct measure *measure)
{
	struct canvas canvas;
	canvas_init(&canvas, ret, view, surface, measure);
	draw[view->screen](&canvas);
}
