#include "face/flow.h"

#include <string.h>

#include "core/text.h"

#define SAME_PERSON_MS 5000
#define LANGUAGE_MS 30000
#define PAGE_MS 8000
#define BAR_STEP_MS 250
#define MINUTE_MS 60000

enum kind { KIND_START, KIND_IDLE, KIND_ANSWER, KIND_OUT, KIND_COUNT };

static enum kind kind_of(enum screen screen)
{
	if (screen == SCREEN_START)
		return KIND_START;
	if (screen == SCREEN_OUT)
		return KIND_OUT;
	return screen == SCREEN_IDLE ? KIND_IDLE : KIND_ANSWER;
}

/* Where an event leads; the specification. A next tap interrupts every screen but start-up and out
 * of service. */
static const enum kind grid[KIND_COUNT][FLOW_EVENT_COUNT] = {
	/* clang-format off */
	/*               READY         FAULT       HEALTHY      ANSWER       TIMEOUT */
	[KIND_START]  = { KIND_IDLE,   KIND_START, KIND_START,  KIND_START,  KIND_START },
	[KIND_IDLE]   = { KIND_IDLE,   KIND_OUT,   KIND_IDLE,   KIND_ANSWER, KIND_IDLE },
	[KIND_ANSWER] = { KIND_ANSWER, KIND_OUT,   KIND_ANSWER, KIND_ANSWER, KIND_IDLE },
	[KIND_OUT]    = { KIND_OUT,    KIND_OUT,   KIND_IDLE,   KIND_OUT,    KIND_OUT },
	/* clang-format on */
};

static enum kind step(struct flow *flow, enum flow_event event)
{
	return grid[kind_of(flow->view.screen)][event];
}

static void show(struct flow *flow, enum screen screen, int64_t at_ms)
{
	flow->view.screen = screen;
	/* A finger that went down on the screen before is not lifted on this one. */
	flow->finger = (struct finger){ .inside = false };
	flow->view.pressed = (struct touch){ TOUCH_NONE, 0 };
	flow->view.time_left = 0;
	flow->changed_ms = at_ms;
	const int stay_ms = screen_stay_ms(&flow->view);
	flow->until_ms = stay_ms ? at_ms + stay_ms : 0;
	if (stay_ms)
		flow->view.time_left = 1;
}

void flow_init(struct flow *ret, enum language language, int theme, enum reader_side side,
	enum help_place help)
{
	memset(ret, 0, sizeof *ret);
	ret->view.screen = SCREEN_START;
	ret->view.language = ret->home_language = language;
	ret->view.side = side;
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
	if (flow->view.screen == SCREEN_START && step(flow, FLOW_READY) == KIND_IDLE)
		show(flow, flow->view.faults ? SCREEN_OUT : SCREEN_IDLE, at_ms);
	return true;
}

bool flow_faults(struct flow *flow, unsigned faults, int64_t since_wall_ms, int64_t at_ms)
{
	const enum kind before = kind_of(flow->view.screen);
	const enum kind after = step(flow, faults ? FLOW_FAULT : FLOW_HEALTHY);
	flow->view.faults = faults;
	flow->view.fault_since_ms = since_wall_ms;
	if (after != before)
		show(flow, after == KIND_OUT ? SCREEN_OUT : SCREEN_IDLE, at_ms);
	return after != before || after == KIND_OUT;
}

static int theme_now(const struct flow *flow)
{
	if (flow->theme != THEME_CLOCK)
		return flow->theme;
	struct calendar now;
	calendar_of(&now, flow->view.now_ms, flow->view.board.utc_offset_min);
	return now.hour >= 7 && now.hour < 19 ? THEME_LIGHT : THEME_DARK;
}

bool flow_board(struct flow *flow, const struct board *board, int64_t now_wall_ms, int64_t at_ms)
{
	(void)at_ms;
	flow->view.board = *board;
	flow->view.now_ms = now_wall_ms;
	flow->view.theme = theme_now(flow);
	return flow->view.screen == SCREEN_IDLE;
}

/* Their own welcome is still on the screen: it stays a little longer, and nobody hears "already
 * in". */
static bool is_echo(const struct flow *flow, const struct answer *answer, int64_t at_ms)
{
	return answer->verdict == VERDICT_REPEAT && answer->person != 0 &&
	       answer->person == flow->view.answer.person && flow->view.screen == SCREEN_WELCOME &&
	       at_ms - flow->changed_ms < SAME_PERSON_MS;
}

bool flow_answer(struct flow *flow, const struct answer *answer, int64_t at_ms)
{
	if (step(flow, FLOW_ANSWER) != KIND_ANSWER)
		return false;
	if (is_echo(flow, answer, at_ms)) {
		show(flow, SCREEN_WELCOME, at_ms);
		return true;
	}
	flow->view.answer = *answer;
	if (answer->language >= 0) {
		flow->view.language = (enum language)answer->language;
		flow->language_until_ms = at_ms + 1; /* back at the end of this screen */
	}
	show(flow, answer->screen, at_ms);
	flow->tone = tone_of(answer->screen);
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
	flow->language_until_ms = at_ms + LANGUAGE_MS;
	if (flow->until_ms)
		flow->until_ms = at_ms + screen_stay_ms(&flow->view);
	return true;
}

static bool touch_language(struct flow *flow, int language, int64_t at_ms)
{
	return flow_language(flow, (enum language)language, at_ms);
}

/* What each control does. */
static bool (*const touched[TOUCH_KIND_COUNT])(struct flow *flow, int index, int64_t at_ms) = {
	[TOUCH_LANGUAGE] = touch_language,
};

bool flow_pointer(struct flow *flow, const struct picture *picture, const struct pointer *pointer,
	int64_t at_ms)
{
	struct touch touch;
	bool dirty = finger_take(&flow->finger, picture, pointer, at_ms, &touch);
	flow->view.pressed = finger_pressed(&flow->finger);
	if (touched[touch.kind])
		dirty |= touched[touch.kind](flow, touch.index, at_ms);
	return dirty;
}

bool flow_has_touch(struct flow *flow, bool has_touch)
{
	const bool dirty = flow->view.has_touch != has_touch;
	flow->view.has_touch = has_touch;
	return dirty;
}

static bool tick_answer(struct flow *flow, int64_t at_ms)
{
	const int stay_ms = screen_stay_ms(&flow->view);
	if (at_ms >= flow->until_ms) {
		show(flow, SCREEN_IDLE, at_ms);
		return true;
	}
	const int64_t left_ms = flow->until_ms - at_ms;
	const int64_t steps = (left_ms + BAR_STEP_MS - 1) / BAR_STEP_MS;
	const float left = (float)(steps * BAR_STEP_MS) / (float)stay_ms;
	const float shown = left > 1 ? 1 : left;
	if (shown == flow->view.time_left)
		return false;
	flow->view.time_left = shown;
	return true;
}

static bool tick_idle(struct flow *flow, int64_t now_wall_ms, int64_t at_ms)
{
	const int64_t before = flow->view.now_ms;
	const int page = (int)((at_ms - flow->changed_ms) / PAGE_MS);
	const bool minute =
		before / MINUTE_MS != now_wall_ms / MINUTE_MS && flow->view.board.clock_known;
	const bool paged = flow->view.board.row_count > 4 && page != flow->view.page;
	flow->view.page = page;
	flow->view.now_ms = now_wall_ms;
	flow->view.theme = theme_now(flow);
	return minute || paged;
}

bool flow_tick(struct flow *flow, int64_t now_wall_ms, int64_t at_ms)
{
	bool dirty = false;
	const enum kind kind = kind_of(flow->view.screen);
	if (kind == KIND_ANSWER)
		dirty = tick_answer(flow, at_ms);
	else if (kind == KIND_IDLE)
		dirty = tick_idle(flow, now_wall_ms, at_ms);
	if (flow->view.screen == SCREEN_IDLE && flow->view.language != flow->home_language &&
		at_ms >= flow->language_until_ms) {
		flow->view.language = flow->home_language;
		dirty = true;
	}
	return dirty;
}

int64_t flow_next_ms(const struct flow *flow, int64_t now_wall_ms, int64_t at_ms)
{
	const enum kind kind = kind_of(flow->view.screen);
	if (kind == KIND_ANSWER) {
		const int64_t left_ms = flow->until_ms - at_ms;
		return at_ms + (left_ms > 0 ? (left_ms - 1) % BAR_STEP_MS + 1 : 0);
	}
	if (kind != KIND_IDLE)
		return at_ms + MINUTE_MS;
	int64_t next_ms = at_ms + MINUTE_MS - (now_wall_ms % MINUTE_MS + MINUTE_MS) % MINUTE_MS;
	if (flow->view.board.row_count > 4) {
		const int64_t page_ms = at_ms + PAGE_MS - (at_ms - flow->changed_ms) % PAGE_MS;
		next_ms = page_ms < next_ms ? page_ms : next_ms;
	}
	if (flow->view.language != flow->home_language && flow->language_until_ms > at_ms &&
		flow->language_until_ms < next_ms)
		next_ms = flow->language_until_ms;
	return next_ms;
}
