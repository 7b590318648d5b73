#include "face/flow_private.h"

#include <string.h>

#include "core/text.h"

#define SAME_PERSON_MS 5000
#define LANGUAGE_MS 30000
#define KEPT_MS 30000
#define REPEAT_TOUCHED_MS 8000

enum kind flow_kind_of(enum screen screen)
{
	static const enum kind kinds[SCREEN_COUNT] = {
		[SCREEN_START] = KIND_START,
		[SCREEN_IDLE] = KIND_IDLE,
		[SCREEN_WELCOME] = KIND_ANSWER,
		[SCREEN_REPEAT] = KIND_ANSWER,
		[SCREEN_GOODBYE] = KIND_ANSWER,
		[SCREEN_FULL] = KIND_ANSWER,
		[SCREEN_CHOOSE] = KIND_ANSWER,
		[SCREEN_EARLY] = KIND_ANSWER,
		[SCREEN_OTHER_DAY] = KIND_ANSWER,
		[SCREEN_CLOSED] = KIND_ANSWER,
		[SCREEN_UNKNOWN] = KIND_ANSWER,
		[SCREEN_PHONE] = KIND_ANSWER,
		[SCREEN_TOO_SHORT] = KIND_ANSWER,
		[SCREEN_BLOCKED] = KIND_ANSWER,
		[SCREEN_REG_CLUSTER] = KIND_FORM,
		[SCREEN_REG_ORGANISATION] = KIND_FORM,
		[SCREEN_REG_NAME] = KIND_FORM,
		[SCREEN_REG_DONE] = KIND_ANSWER,
		[SCREEN_OUT] = KIND_OUT,
		[SCREEN_LINK] = KIND_ANSWER,
		[SCREEN_LINK_DONE] = KIND_ANSWER,
		[SCREEN_LINK_TAKEN] = KIND_ANSWER,
		[SCREEN_LINK_FAILED] = KIND_ANSWER,
		[SCREEN_IDENTIFY] = KIND_ANSWER,
		[SCREEN_SERVICE] = KIND_SERVICE,
	};
	return kinds[screen];
}

/* Where an event leads; the specification. A next tap interrupts every screen but start-up and out
 * of service. */
static const enum kind grid[KIND_COUNT][FLOW_EVENT_COUNT] = {
	/* clang-format off */
	/*                READY        FAULT       HEALTHY      ANSWER       TIMEOUT      BEGIN        CLOSE */
	[KIND_START]  = { KIND_IDLE,   KIND_START, KIND_START,  KIND_START,  KIND_START,  KIND_START,  KIND_START },
	[KIND_IDLE]   = { KIND_IDLE,   KIND_OUT,   KIND_IDLE,   KIND_ANSWER, KIND_IDLE,   KIND_FORM,   KIND_IDLE },
	[KIND_ANSWER] = { KIND_ANSWER, KIND_OUT,   KIND_ANSWER, KIND_ANSWER, KIND_IDLE,   KIND_FORM,   KIND_IDLE },
	[KIND_FORM]   = { KIND_FORM,   KIND_OUT,   KIND_FORM,   KIND_ANSWER, KIND_IDLE,   KIND_FORM,   KIND_IDLE },
	[KIND_SERVICE] = { KIND_SERVICE, KIND_SERVICE, KIND_SERVICE, KIND_ANSWER, KIND_IDLE, KIND_SERVICE, KIND_IDLE },
	[KIND_OUT]    = { KIND_OUT,    KIND_OUT,   KIND_IDLE,   KIND_OUT,    KIND_OUT,    KIND_OUT,    KIND_OUT },
	/* clang-format on */
};

enum kind flow_step(const struct flow *flow, enum flow_event event)
{
	return grid[flow_kind_of(flow->view.screen)][event];
}

void flow_stay(struct flow *flow, int64_t at_ms)
{
	const int stay_ms = screen_stay_ms(&flow->view);
	if (flow->until_ms && stay_ms)
		flow->until_ms =
			at_ms + (flow->view.screen == SCREEN_REPEAT ? REPEAT_TOUCHED_MS : stay_ms);
}

void flow_show(struct flow *flow, enum screen screen, int64_t at_ms)
{
	flow->view.screen = screen;
	flow->view.page = 0;
	flow->asked = false;
	/* A finger that went down on the screen before is not lifted on this one. */
	flow->finger = (struct finger){ .inside = false };
	flow->view.pressed = (struct touch){ TOUCH_NONE, 0 };
	flow->view.time_left = 0;
	flow->changed_ms = at_ms;
	const int stay_ms = screen_stay_ms(&flow->view);
	flow->until_ms = stay_ms ? at_ms + stay_ms : 0;
	if (stay_ms)
		flow->view.time_left = 1;
	if (screen == SCREEN_IDLE) {
		flow->language_until_ms = at_ms + (flow->language_by_touch ? LANGUAGE_MS : 0);
		flow_dress(flow);
	}
}

/* Somebody else's tap or a fault comes between: what was filled in waits a while. */
static void keep_registration(struct flow *flow, int64_t at_ms)
{
	if (flow_kind_of(flow->view.screen) != KIND_FORM)
		return;
	flow->kept_step = flow->view.screen;
	flow->kept_until_ms = at_ms + KEPT_MS;
	flow->kept_language = flow->view.language;
}

static void drop_registration(struct flow *flow)
{
	const uint32_t turn = flow->view.registration.suggestions.turn;
	memset(&flow->view.registration, 0, sizeof flow->view.registration);
	flow->view.registration.suggestions.turn = turn;
	flow->kept_until_ms = 0;
}

/* Idle, or the registration that was interrupted. */
static void show_rest(struct flow *flow, int64_t at_ms)
{
	if (flow->kept_until_ms <= at_ms) {
		drop_registration(flow);
		flow_show(flow, flow->view.faults ? SCREEN_OUT : SCREEN_IDLE, at_ms);
		return;
	}
	flow->kept_until_ms = 0;
	flow->view.language = flow->kept_language;
	flow->language_by_touch = true;
	flow_show(flow, flow->kept_step, at_ms);
}

void flow_leave(struct flow *flow, enum flow_event event, int64_t at_ms)
{
	if (flow_step(flow, event) == KIND_IDLE)
		show_rest(flow, at_ms);
}

void flow_init(struct flow *ret, enum language language, int theme, enum reader_side side,
	enum help_place help)
{
	memset(ret, 0, sizeof *ret);
	ret->view.screen = SCREEN_START;
	ret->view.language = ret->home_language = language;
	ret->view.side = ret->side = side;
	ret->view.help = help;
	ret->theme = theme;
	ret->view.theme = theme == THEME_DARK ? THEME_DARK : THEME_LIGHT;
	ret->view.board.clock_known = true;
}

bool flow_start_step(struct flow *flow, int step, bool failed)
{
	if (flow->view.screen != SCREEN_START)
		return false;
	flow->view.start_step = step;
	flow->view.start_failed |= failed;
	return true;
}

bool flow_ready(struct flow *flow, int64_t at_ms)
{
	if (flow->view.screen == SCREEN_START && flow_step(flow, FLOW_READY) == KIND_IDLE)
		flow_show(flow, flow->view.faults ? SCREEN_OUT : SCREEN_IDLE, at_ms);
	flow_dress(flow);
	return true;
}

bool flow_faults(struct flow *flow, unsigned faults, int64_t since_wall_ms, int64_t at_ms)
{
	const enum kind before = flow_kind_of(flow->view.screen);
	const enum kind after = flow_step(flow, faults ? FLOW_FAULT : FLOW_HEALTHY);
	flow->view.faults = faults;
	flow->view.fault_since_ms = since_wall_ms;
	if (after != before && after == KIND_OUT) {
		keep_registration(flow, at_ms);
		flow_show(flow, SCREEN_OUT, at_ms);
	} else if (after != before) {
		show_rest(flow, at_ms);
	}
	return after != before || after == KIND_OUT;
}

bool flow_board(struct flow *flow, const struct board *board, int64_t now_wall_ms, int64_t at_ms)
{
	(void)at_ms;
	flow->view.board = *board;
	flow->view.now_ms = now_wall_ms;
	if (flow->view.screen != SCREEN_IDLE)
		return false; /* the theme never turns while somebody reads */
	flow_dress(flow);
	return true;
}

bool flow_look(struct flow *flow, const struct look *look, int64_t at_ms)
{
	const bool at_rest = flow->view.screen == SCREEN_IDLE || flow->view.screen == SCREEN_OUT;
	flow->theme = look->theme;
	flow->side = look->side;
	flow->view.keep_names_days = look->keep_names_days;
	flow->home_language = look->language;
	if (!at_rest)
		return false;
	flow_dress(flow);
	/* Who chose a language by touch keeps it for its time. */
	if (at_ms >= flow->language_until_ms)
		flow->view.language = look->language;
	return true;
}

/* Their own welcome is still on the screen: it stays a little longer, and nobody hears "already
 * in". */
static bool is_echo(const struct flow *flow, const struct answer *answer, int64_t at_ms)
{
	return answer->verdict == VERDICT_REPEAT && answer->person != 0 &&
	       answer->person == flow->view.answer.person && flow->view.screen == SCREEN_WELCOME &&
	       at_ms - flow->changed_ms < SAME_PERSON_MS;
}

/* Whoever is registering holds the same badge again: there is nothing new to say. */
static bool is_registering(const struct flow *flow, const struct answer *answer)
{
	return flow_kind_of(flow->view.screen) == KIND_FORM && answer->screen == SCREEN_UNKNOWN &&
	       answer->person != 0 && answer->person == flow->view.registration.person;
}

bool flow_answer(struct flow *flow, const struct answer *answer, int64_t at_ms)
{
	if (flow_step(flow, FLOW_ANSWER) != KIND_ANSWER)
		return false;
	if (is_echo(flow, answer, at_ms)) {
		flow_show(flow, SCREEN_WELCOME, at_ms);
		return true;
	}
	if (is_registering(flow, answer)) {
		flow_stay(flow, at_ms);
		return true;
	}
	if (answer->screen == SCREEN_REG_DONE)
		drop_registration(flow);
	else
		keep_registration(flow, at_ms);
	flow->view.answer = *answer;
	if (answer->language >= 0) {
		flow->view.language = (enum language)answer->language;
		flow->language_by_touch = false;
	} else if (!flow->language_by_touch) {
		flow->view.language = flow->home_language;
	}
	flow_show(flow, answer->screen, at_ms);
	flow->tone = tone_of(answer->screen);
	return true;
}

bool flow_service(struct flow *flow, const struct service *service, bool opens, int64_t at_ms)
{
	flow->view.service = *service;
	if (opens && flow->view.screen != SCREEN_START) {
		keep_registration(flow, at_ms);
		flow_show(flow, SCREEN_SERVICE, at_ms);
		flow->tone = tone_of(SCREEN_SERVICE);
	}
	return flow->view.screen == SCREEN_SERVICE;
}

bool flow_end(struct flow *flow, enum screen screen, int64_t at_ms)
{
	if (flow->view.screen != screen)
		return false;
	flow_leave(flow, FLOW_CLOSE, at_ms);
	return true;
}

enum tone flow_take_tone(struct flow *flow)
{
	const enum tone tone = flow->tone;
	flow->tone = TONE_NONE;
	return tone;
}

bool flow_language(struct flow *flow, enum language language, int64_t at_ms)
{
	flow->view.language = language;
	flow->language_by_touch = true;
	flow->language_until_ms = at_ms + LANGUAGE_MS;
	flow_stay(flow, at_ms);
	return true;
}
