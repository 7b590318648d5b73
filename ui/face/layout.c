#include "face/layout.h"

#include "face/screens.h"

static void (*const draw[SCREEN_COUNT])(struct canvas *canvas) = {
	[SCREEN_START] = draw_start,
	[SCREEN_IDLE] = draw_idle,
	[SCREEN_WELCOME] = draw_welcome,
	[SCREEN_REPEAT] = draw_message,
	[SCREEN_GOODBYE] = draw_message,
	[SCREEN_FULL] = draw_full,
	[SCREEN_CHOOSE] = draw_choose,
	[SCREEN_EARLY] = draw_message,
	[SCREEN_OTHER_DAY] = draw_message,
	[SCREEN_CLOSED] = draw_message,
	[SCREEN_UNKNOWN] = draw_message,
	[SCREEN_PHONE] = draw_message,
	[SCREEN_TOO_SHORT] = draw_message,
	[SCREEN_BLOCKED] = draw_message,
	[SCREEN_REG_CLUSTER] = draw_register_cluster,
	[SCREEN_REG_ORGANISATION] = draw_register_organisation,
	[SCREEN_REG_NAME] = draw_register_name,
	[SCREEN_REG_DONE] = draw_register_done,
	[SCREEN_OUT] = draw_message,
	[SCREEN_LINK] = draw_link_mode,
	[SCREEN_LINK_DONE] = draw_message,
	[SCREEN_LINK_TAKEN] = draw_message,
	[SCREEN_LINK_FAILED] = draw_message,
	[SCREEN_IDENTIFY] = draw_identify,
	[SCREEN_SERVICE] = draw_service,
};

/* Where nothing can be touched or chosen, the screen only tells. */
static void (*const tell[SCREEN_COUNT])(struct canvas *canvas) = {
	[SCREEN_FULL] = draw_message,
	[SCREEN_CHOOSE] = draw_welcome,
};

void layout_picture(struct picture *ret, const struct view *view, const struct surface *surface,
	const struct measure *measure)
{
	struct canvas canvas;
	canvas_init(&canvas, ret, view, surface, measure);
	if (tell[view->screen] && !screen_asks(view))
		tell[view->screen](&canvas);
	else
		draw[view->screen](&canvas);
}
