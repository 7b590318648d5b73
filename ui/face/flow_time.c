/* What time does to the screen: stay times, the bar, pages, the clock, the language. */
#include "core/text.h"
#include "face/flow_private.h"

#define PAGE_MS 8000
#define BAR_STEP_MS 250
#define SECOND_MS 1000
#define MINUTE_MS 60000

static int theme_of(const struct flow *flow)
{
	if (flow->theme != THEME_CLOCK)
		return flow->theme;
	struct calendar now;
	calendar_of(&now, flow->view.now_ms, flow->view.board.utc_offset_min);
	return now.hour >= 7 && now.hour < 19 ? THEME_LIGHT : THEME_DARK;
}

void flow_dress(struct flow *flow)
{
	flow->view.theme = theme_of(flow);
	flow->view.side = flow->side;
}

/* Whoever did not choose in time chose later. */
static void run_out(struct flow *flow, int64_t at_ms)
{
	const enum screen screen = flow->view.screen;
	if (screen_asks(&flow->view) && (screen == SCREEN_CHOOSE || screen == SCREEN_FULL))
		flow_choose_later(flow, at_ms);
	else
		flow_leave(flow, FLOW_TIMEOUT, at_ms);
}

/* A bar runs smoothly; the service screen counts seconds. */
static int64_t step_of(const struct flow *flow)
{
	return flow->view.screen == SCREEN_SERVICE ? SECOND_MS : BAR_STEP_MS;
}

static bool stays(enum kind kind)
{
	return kind == KIND_ANSWER || kind == KIND_FORM || kind == KIND_SERVICE;
}

static bool tick_stay(struct flow *flow, int64_t at_ms)
{
	if (at_ms >= flow->until_ms) {
		run_out(flow, at_ms);
		return true;
	}
	const int stay_ms = screen_stay_ms(&flow->view);
	const int64_t left_ms = flow->until_ms - at_ms, step_ms = step_of(flow);
	const int64_t steps = (left_ms + step_ms - 1) / step_ms;
	const float left = (float)(steps * step_ms) / (float)stay_ms;
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
	flow_dress(flow);
	return minute || paged;
}

bool flow_tick(struct flow *flow, int64_t now_wall_ms, int64_t at_ms)
{
	bool dirty = false;
	const enum kind kind = flow_kind_of(flow->view.screen);
	/* With nothing left to erase a resting finger keeps nobody waiting. */
	if (finger_repeats(&flow->finger, at_ms) && flow_do(flow, flow->finger.held, at_ms)) {
		flow_stay(flow, at_ms);
		dirty = true;
	}
	if (kind == KIND_SERVICE)
		flow->view.now_ms = now_wall_ms;
	if (stays(kind))
		dirty |= tick_stay(flow, at_ms);
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
	const enum kind kind = flow_kind_of(flow->view.screen);
	if (stays(kind)) {
		const int64_t left_ms = flow->until_ms - at_ms;
		const int64_t bar_ms =
			at_ms + (left_ms > 0 ? (left_ms - 1) % step_of(flow) + 1 : 0);
		const int64_t key_ms = flow->finger.inside ? flow->finger.repeat_ms : 0;
		return key_ms > at_ms && key_ms < bar_ms ? key_ms : bar_ms;
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
