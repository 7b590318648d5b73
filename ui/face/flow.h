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
	FLOW_BEGIN, /* a registration, by touch */
	FLOW_CLOSE, /* by touch: close, cancel, later */
	FLOW_EVENT_COUNT
};

/* What the visitor asked for that only the clerk can do. */
enum wish_kind { WISH_NONE, WISH_CHOOSE, WISH_SUGGEST, WISH_REGISTER, WISH_SERVICE };
struct wish {
	enum wish_kind kind;
	int64_t seq;                     /* CHOOSE, REGISTER: of their tap; 0 without one */
	char session[ID_TEXT_SIZE];      /* CHOOSE */
	uint32_t turn;                   /* SUGGEST: comes back with the answer */
	char cluster[CLUSTER_CODE_SIZE]; /* SUGGEST, REGISTER */
	char organisation[VIEW_ORGANISATION_SIZE]; /* as typed so far */
	char name[VIEW_NAME_SIZE];                 /* REGISTER; "" for none */
	enum language language;                    /* REGISTER */
	enum service_control control;              /* SERVICE */
};

/* Of the options, what may change while the screen is on. */
struct look {
	enum language language;
	int theme; /* enum theme */
	enum reader_side side;
	int keep_names_days;
};

struct flow {
	struct view view; /* what is shown now */
	struct finger finger;
	int64_t until_ms;   /* when the stay time ends; 0 never */
	int64_t changed_ms; /* when the screen last changed */
	enum language home_language;
	bool language_by_touch;    /* the visitor switched it, not the attendee's own */
	int64_t language_until_ms; /* on the idle screen */
	/* A half-filled registration that somebody's tap interrupted. */
	enum screen kept_step;
	int64_t kept_until_ms; /* 0: nothing is kept */
	enum language kept_language;
	struct wish wish;
	bool asked; /* the clerk works on a choice or a registration of this screen */
	int theme;  /* enum theme, THEME_CLOCK included */
	enum reader_side side;
	enum tone tone; /* to be sounded with the next picture; see flow_take_tone */
};

void flow_init(struct flow *ret, enum language language, int theme, enum reader_side side,
	enum help_place help);
/* Each returns true when the picture must be painted anew. */
bool flow_start_step(struct flow *flow, int step, bool failed);
bool flow_ready(struct flow *flow, int64_t at_ms);
bool flow_faults(struct flow *flow, unsigned faults, int64_t since_wall_ms, int64_t at_ms);
bool flow_board(struct flow *flow, const struct board *board, int64_t now_wall_ms, int64_t at_ms);
/* Other options hold: at once on the idle screen, after it for whoever reads something. */
bool flow_look(struct flow *flow, const struct look *look, int64_t at_ms);
bool flow_answer(struct flow *flow, const struct answer *answer, int64_t at_ms);
bool flow_language(struct flow *flow, enum language language, int64_t at_ms);
/* The facts of the service screen; @opens shows it, also while out of service. */
bool flow_service(struct flow *flow, const struct service *service, bool opens, int64_t at_ms);
/* The clerk has nothing more for this screen: on to idle if it is shown. */
bool flow_end(struct flow *flow, enum screen screen, int64_t at_ms);
/* Something happened to the pointer; @picture is the one on the screen. */
bool flow_pointer(struct flow *flow, const struct picture *picture, const struct pointer *pointer,
	int64_t at_ms);
/* What only the clerk can do; once. False when there is nothing. */
bool flow_take_wish(struct flow *flow, struct wish *ret);
/* Organisations that fit what was typed; an answer to an older text is not taken. */
bool flow_suggestions(struct flow *flow, const struct suggestions *suggestions);
/* Places changed while the question of @seq is on the screen. */
bool flow_choices(
	struct flow *flow, int64_t seq, const struct choice *choices, size_t count, int64_t at_ms);
/* A touch screen came or went. */
bool flow_has_touch(struct flow *flow, bool has_touch);
bool flow_tick(struct flow *flow, int64_t now_wall_ms,
	int64_t at_ms); /* stay times, minute change, pages */
/* What the next picture sounds like; once. */
enum tone flow_take_tone(struct flow *flow);
/* When flow_tick has something to do next, in the same milliseconds. */
int64_t flow_next_ms(const struct flow *flow, int64_t now_wall_ms, int64_t at_ms);

#endif
