/**
 * Which screen is shown, by events and time: the state grid. A next tap interrupts any screen at
 * once; out of service and start-up take no taps. Pure: time is a parameter (any monotonic
 * milliseconds); one thread.
 */
#ifndef FACE_FLOW_H
#define FACE_FLOW_H

#include "face/tone.h"
#include "face/touch.h"

enum flow_event {
	FLOW_READY,
	FLOW_FAULT,
	FLOW_HEALTHY,
	FLOW_ANSWER,
	FLOW_TIMEOUT,
	FLOW_EVENT_COUNT
};

struct flow {
	struct view view; /* what is shown now */
	struct finger finger;
	int64_t until_ms;   /* when the stay time ends; 0 never */
	int64_t changed_ms; /* when the screen last changed */
	enum language home_language;
	int64_t language_until_ms;
	char last_badge_name[VIEW_NAME_SIZE];
	int theme;      /* enum theme, THEME_CLOCK included */
	enum tone tone; /* to be sounded with the next picture; see flow_take_tone */
};

void flow_init(struct flow *ret, enum language language, int theme, enum reader_side side,
	enum help_place help);
/* Each returns true when the picture must be painted anew. */
bool flow_start_step(struct flow *flow, int step, bool failed);
bool flow_ready(struct flow *flow, int64_t at_ms);
bool flow_faults(struct flow *flow, unsigned faults, int64_t since_wall_ms, int64_t at_ms);
bool flow_board(struct flow *flow, const struct board *board, int64_t now_wall_ms, int64_t at_ms);
bool flow_answer(struct flow *flow, const struct answer *answer, int64_t at_ms);
bool flow_language(struct flow *flow, enum language language, int64_t at_ms);
/* Something happened to the pointer; @picture is the one on the screen. */
bool flow_pointer(struct flow *flow, const struct picture *picture, const struct pointer *pointer,
	int64_t at_ms);
/* A touch screen came or went. */
bool flow_has_touch(struct flow *flow, bool has_touch);
bool flow_tick(struct flow *flow, int64_t now_wall_ms,
	int64_t at_ms); /* stay times, minute change, pages */
/* What the next picture sounds like; once. */
enum tone flow_take_tone(struct flow *flow);
/* When flow_tick has something to do next, in the same milliseconds. */
int64_t flow_next_ms(const struct flow *flow, int64_t now_wall_ms, int64_t at_ms);

#endif
