#include <math.h>

#include "face/screens.h"

void draw_start(struct canvas *canvas)
{
	static const enum word steps[] = { WORD_BOOT_STORAGE, WORD_BOOT_CLOCK, WORD_BOOT_READER,
		WORD_BOOT_SCHEDULE, WORD_BOOT_READY };
	const struct view *view = canvas->view;
	const float size = canvas_unit(canvas, 144), top = canvas->h * 0.16f,
		    middle = canvas->w / 2;
	const float width = canvas->w * (canvas->portrait ? 0.8f : 0.68f),
		    x = (canvas->w - width) / 2;
	const float step = width / 4, y = canvas->h * 0.76f;
	const enum style style = canvas->portrait ? STYLE_SMALL : STYLE_BODY;
	canvas->picture->field = COLOUR_PETROL;
	canvas_icon(canvas, ICON_POLE, (canvas->w - size) / 2, top, size, COLOUR_ON_PETROL,
		COLOUR_PETROL, 0);
	canvas_text(canvas, word(view->language, WORD_APP_NAME), middle, top + size + 16,
		STYLE_DISPLAY,
		(struct ink){
			.weight = WEIGHT_700, .colour = COLOUR_ON_PETROL, .align = ALIGN_CENTRE });
	canvas_text(canvas,
		word(view->language, view->start_failed ? WORD_BOOT_FAIL : WORD_BOOT_TITLE), middle,
		top + size + 16 + canvas_line(canvas, STYLE_DISPLAY), STYLE_LEAD,
		(struct ink){ .colour = COLOUR_ON_PETROL2, .align = ALIGN_CENTRE });
	canvas_rule(canvas, x, y, x + width, y, COLOUR_ON_PETROL2, 6, true, 0.45f);
	canvas_rule(canvas, x, y, x + step * (float)view->start_step, y, COLOUR_SEIN, 6, true, 1);
	for (int i = 0; i < 5; i++) {
		const float at = x + step * (float)i;
		const bool done = i < view->start_step, now = i == view->start_step;
		canvas_disc(canvas, at, y,
			done  ? 18
			: now ? 20
			      : 14,
			done || now ? COLOUR_SEIN : COLOUR_ON_PETROL2, 1);
		if (done)
			canvas_icon(canvas, ICON_CHECK, at - 12, y - 12, 24, COLOUR_ON_SEIN,
				COLOUR_SEIN, 0);
		else
			canvas_disc(canvas, at, y, now ? 11 : 8, COLOUR_PETROL, 1);
		canvas_text(canvas, word(view->language, steps[i]), at, y + 36, style,
			(struct ink){ .weight = now ? WEIGHT_700 : WEIGHT_500,
				.align = ALIGN_CENTRE,
				.colour = done || now ? COLOUR_ON_PETROL : COLOUR_ON_PETROL2 });
	}
}
