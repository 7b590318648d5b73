/**
 * The screen thread: takes the clerk's orders, lets face decide what is shown, and paints. Runs on
 * the main thread, because SDL belongs there; signals end it. A lost display is tried again; taps
 * go on without a picture.
 */
#ifndef KIOSK_STAGE_H
#define KIOSK_STAGE_H

#include "face/flow.h"
#include "face/motion.h"
#include "kiosk/letters.h"
#include "kiosk/light.h"
#include "sdl/screen.h"
#include "sdl/speaker.h"

struct stage {
	struct post post;
	struct screen_window *window;
	struct speaker *speaker;
	struct light light;
	struct flow flow;
	struct picture *picture;
	bool motion_allowed, answered, settling; /* settling: one still frame is owed */
	enum motion motion;
	enum colour field_before;
	enum screen painted; /* the last frame's screen and page */
	int painted_page;
	int64_t motion_ms, still_until_ms; /* when it began; until when nothing moves */
	int64_t frame_ns; /* when the last frame of this motion was there; 0 for none */
	struct {
		struct view view;
		struct picture picture;
		size_t step;
		bool due;
	} * warm; /* words of answers to come, set while nobody waits */
	int signal_fd;
	bool stopping;
	int pace; /* how fast its time runs; 1 but in rehearsals */
	int64_t pulsed_ms, reopen_ms, shown_seq;
	enum verdict shown_verdict;
};

/* @window and @speaker are borrowed. 0 or -ENOMEM. */
int stage_init(struct stage *ret, const struct config *config, struct post post,
	struct screen_window *window, struct speaker *speaker, int signal_fd);
void stage_finish(struct stage *stage);

/* Runs until a signal or an order ends it; the clerk has then been told to stop. */
void stage_run(struct stage *stage);

#endif
