#include "kiosk/stage.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "face/warm.h"
#include "kiosk/trace.h"

#define PULSE_MS 1000
#define PUMP_MS 250 /* where SDL's events have no descriptor to poll on */
#define REOPEN_MS 400
#define MOTION_FRAME_MS 16
/* Where a frame of a motion takes longer, or begins so much later than it was due, the processors
 * have other work: for a while things stand still. */
#define MOTION_SLOW_MS 20
#define MOTION_LATE_MS 8
#define STILL_MS 10000

/* The screen's own time: stay times are rehearsed faster by INCHECKPAAL_PACE, which makes it run so
 * many times as fast. Nothing that is logged goes by it. */
static int64_t now_ms(const struct stage *stage)
{
	return clock_mono_ns() / 1000000 * stage->pace;
}

static int read_pace(void)
{
	const char *text = getenv("INCHECKPAAL_PACE");
	const int pace = text ? atoi(text) : 1;
	return pace >= 1 && pace <= 100 ? pace : 1;
}

int stage_init(struct stage *ret, const struct config *config, struct post post,
	struct screen_window *window, struct speaker *speaker, int signal_fd)
{
	*ret = (struct stage){
		.post = post, .window = window, .speaker = speaker, .signal_fd = signal_fd
	};
	light_init(&ret->light, config->screen.led);
	ret->pace = read_pace();
	ret->picture = calloc(1, sizeof *ret->picture);
	ret->warm = calloc(1, sizeof *ret->warm);
	ret->motion_allowed = config->screen.motion;
	flow_init(&ret->flow, (enum language)config->kiosk.language, config->screen.theme,
		(enum reader_side)config->screen.reader_side, (enum help_place)config->kiosk.help);
	ret->flow.view.sessions = (enum session_name)config->kiosk.sessions;
	ret->flow.view.keep_names_days = config->privacy.keep_names_days;
	return ret->picture && ret->warm ? 0 : -ENOMEM;
}

void stage_finish(struct stage *stage)
{
	light_finish(&stage->light);
	free(stage->warm);
	free(stage->picture);
	stage->picture = NULL;
}

static void compose(struct stage *stage)
{
	layout_picture(stage->picture, &stage->flow.view, screen_surface(stage->window),
		screen_measure(stage->window));
}

/* With its picture, never before: what is heard is committed and seen. */
static void sound(struct stage *stage)
{
	const enum tone tone = flow_take_tone(&stage->flow);
	speaker_play(stage->speaker, tone);
	light_show(&stage->light, tone_glow(tone), now_ms(stage));
}

/* What moves is told by what was shown and what is shown now. */
static void begin_motion(struct stage *stage, int64_t at_ms)
{
	const struct view *view = &stage->flow.view;
	const bool was_idle = stage->painted == SCREEN_IDLE;
	enum motion motion = MOTION_NONE;
	if (stage->answered)
		motion = MOTION_ARRIVE;
	else if (view->screen == SCREEN_IDLE && !was_idle && stage->painted != SCREEN_START)
		motion = MOTION_LEAVE;
	else if (view->screen == SCREEN_IDLE && was_idle && view->page != stage->painted_page)
		motion = MOTION_PAGE;
	else if (view->screen != stage->painted)
		stage->motion = MOTION_NONE;
	stage->answered = false;
	stage->painted = view->screen;
	stage->painted_page = view->page;
	if (motion == MOTION_NONE || !stage->motion_allowed || at_ms < stage->still_until_ms)
		return;
	stage->motion = motion;
	stage->motion_ms = at_ms;
	stage->frame_ns = 0;
	stage->field_before = (enum colour)stage->picture->field;
}

/* True when a frame of the motion is due, the still one at its end included. */
static bool is_moving(struct stage *stage, int64_t at_ms)
{
	if (stage->motion != MOTION_NONE &&
		at_ms - stage->motion_ms >= motion_length_ms(stage->motion)) {
		stage->motion = MOTION_NONE;
		return true;
	}
	/* Words that are set meanwhile turn the loop faster than frames are due. */
	const bool due = stage->settling || (stage->motion != MOTION_NONE &&
						    clock_mono_ns() - stage->frame_ns >=
							    (MOTION_FRAME_MS - 1) * 1000000LL);
	stage->settling = false;
	return due;
}

static void compose_moving(struct stage *stage, int64_t at_ms)
{
	begin_motion(stage, at_ms);
	compose(stage);
	motion_apply(stage->picture, stage->motion, (int)(at_ms - stage->motion_ms),
		stage->flow.view.side == SIDE_LEFT || stage->flow.view.side == SIDE_BOTTOM,
		stage->field_before);
}

/* Sets the words of one answer to come; one a turn, so that a badge never waits for it. */
static void warm_a_little(struct stage *stage)
{
	if (!stage->warm->due || stage->flow.view.screen != SCREEN_IDLE ||
		!screen_is_open(stage->window))
		return;
	if (!warm_view(&stage->warm->view, &stage->flow.view, stage->warm->step++)) {
		stage->warm->due = false;
		return;
	}
	layout_picture(&stage->warm->picture, &stage->warm->view, screen_surface(stage->window),
		screen_measure(stage->window));
	screen_warm(stage->window, &stage->warm->picture);
}

/* In the journal, and to the clerk by the next pulse, which is due now. */
static void say_gone(struct stage *stage)
{
	log_warn("screen: the display is gone; badges are still taken");
	stage->pulsed_ms = 0;
}

/* After a frame that began at @start_ns: what moves goes on, or stops where it is late or slow. */
static void go_on_moving(struct stage *stage, int64_t start_ns)
{
	const int64_t end_ns = clock_mono_ns();
	const bool moves = stage->motion != MOTION_NONE;
	const bool is_slow = moves && end_ns - start_ns > MOTION_SLOW_MS * 1000000LL;
	const bool is_late =
		stage->frame_ns &&
		start_ns - stage->frame_ns > (MOTION_FRAME_MS + MOTION_LATE_MS) * 1000000LL;
	if (is_slow || is_late) {
		stage->motion = MOTION_NONE;
		stage->settling = moves;
		stage->still_until_ms = now_ms(stage) + STILL_MS;
	}
	stage->frame_ns = stage->motion == MOTION_NONE ? 0 : end_ns;
}

static void paint(struct stage *stage)
{
	if (screen_is_open(stage->window)) {
		const int64_t start_ns = clock_mono_ns();
		compose_moving(stage, now_ms(stage));
		const bool failed = screen_present(stage->window, stage->picture) < 0;
		go_on_moving(stage, start_ns);
		if (failed)
			say_gone(stage);
	}
	sound(stage);
	if (stage->shown_verdict < VERDICT_COUNT) {
		if (screen_is_open(stage->window))
			trace_stage(TRACE_SHOWN, clock_mono_ns(), stage->shown_verdict,
				stage->shown_seq);
		stage->shown_verdict = VERDICT_COUNT;
	}
}

static int save_picture(struct stage *stage, const struct order *order)
{
	struct view view = stage->flow.view;
	if (order->covered)
		view_cover(&view);
	layout_picture(stage->picture, &view, screen_surface(stage->window),
		screen_measure(stage->window));
	const int r = screen_save_png(stage->window, stage->picture, order->path);
	compose(stage); /* touches are meant for what is seen */
	return r;
}

static void take_screenshot(struct stage *stage, const struct order *order)
{
	struct note note = { .kind = NOTE_SCREENSHOT, .ticket = order->ticket, .result = -ENODEV };
	if (screen_is_open(stage->window))
		note.result = save_picture(stage, order);
	queue_post(stage->post.notes, &note);
}

static bool take_order(struct stage *stage, const struct order *order, int64_t at_ms)
{
	struct flow *flow = &stage->flow;
	switch (order->kind) {
	case ORDER_START_STEP:
		return flow_start_step(flow, order->step, order->failed);
	case ORDER_READY:
		return flow_ready(flow, at_ms);
	case ORDER_BOARD:
		stage->warm->due = true;
		stage->warm->step = 0;
		return flow_board(flow, &order->board, clock_wall_ms(), at_ms);
	case ORDER_LOOK:
		return flow_look(flow, &order->look, at_ms);
	case ORDER_ANSWER:
		stage->shown_verdict = order->answer.verdict;
		stage->shown_seq = order->answer.seq;
		stage->answered = flow_answer(flow, &order->answer, at_ms);
		return stage->answered;
	case ORDER_FAULTS:
		return flow_faults(flow, order->faults, order->since_wall_ms, at_ms);
	case ORDER_SUGGESTIONS:
		return flow_suggestions(flow, &order->suggestions);
	case ORDER_CHOICES:
		return flow_choices(flow, order->seq, order->choices, order->choice_count, at_ms);
	case ORDER_SERVICE:
		speaker_set_volume(stage->speaker, order->service.volume_pct);
		return flow_service(flow, &order->service, order->opens, at_ms);
	case ORDER_LEAVE:
		return flow_end(flow, order->screen, at_ms);
	case ORDER_SCREENSHOT:
		take_screenshot(stage, order);
		return false;
	case ORDER_STOP:
		stage->stopping = true;
		return false;
	}
	return false;
}

/* Each answer gets its own frame, also when the next is already waiting: nobody's welcome is
 * skipped. */
static bool take_orders(struct stage *stage)
{
	bool dirty = false;
	struct order order;
	while (queue_take(stage->post.orders, &order)) {
		dirty |= take_order(stage, &order, now_ms(stage));
		if (order.kind == ORDER_ANSWER) {
			paint(stage);
			dirty = false;
		}
	}
	return dirty;
}

/* What only the clerk can do is asked of him. */
static void pass_wish(struct stage *stage)
{
	struct note note = { .kind = NOTE_WISH };
	if (flow_take_wish(&stage->flow, &note.wish))
		queue_post(stage->post.notes, &note);
}

static bool take_event(struct stage *stage, const struct screen_event *event)
{
	switch (event->kind) {
	case SCREEN_EVENT_QUIT:
		stage->stopping = true;
		return false;
	case SCREEN_EVENT_POINTER:
		return flow_pointer(&stage->flow, stage->picture, &event->pointer, now_ms(stage));
	case SCREEN_EVENT_EXPOSED:
		break;
	}
	return true;
}

/* What a touch changed is laid out before the next is looked at: it is meant for what is seen. */
static bool pump(struct stage *stage)
{
	bool dirty = false;
	struct screen_event event;
	if (!screen_is_open(stage->window))
		return false;
	while (screen_next_event(stage->window, &event)) {
		const bool changed = take_event(stage, &event);
		pass_wish(stage);
		if (!changed)
			continue;
		compose(stage);
		dirty = true;
	}
	if (!screen_is_open(stage->window)) {
		say_gone(stage);
		return false;
	}
	return dirty | flow_has_touch(&stage->flow, screen_has_touch(stage->window));
}

static bool reopen(struct stage *stage, int64_t at_ms)
{
	if (screen_is_open(stage->window) || at_ms < stage->reopen_ms)
		return false;
	stage->reopen_ms = at_ms + REOPEN_MS;
	if (screen_reopen(stage->window) < 0)
		return false;
	log_info("screen: there is a display again");
	stage->pulsed_ms = 0;
	return true;
}

static void pulse(struct stage *stage, int64_t at_ms)
{
	if (at_ms - stage->pulsed_ms < PULSE_MS)
		return;
	struct screen_counts counts = { 0 };
	screen_counts(stage->window, &counts);
	const struct note note = {
		.kind = NOTE_PULSE,
		.screen = stage->flow.view.screen,
		.language = stage->flow.view.language,
		.has_display = screen_is_open(stage->window),
		.side = layout_side(screen_surface(stage->window), stage->flow.side),
		.frames = counts.frames,
	};
	stage->pulsed_ms = at_ms;
	queue_post(stage->post.notes, &note);
}

static int wait_ms(const struct stage *stage, int64_t at_ms)
{
	int64_t next_ms = flow_next_ms(&stage->flow, clock_wall_ms(), at_ms);
	if (stage->pulsed_ms + PULSE_MS < next_ms)
		next_ms = stage->pulsed_ms + PULSE_MS;
	if (stage->motion != MOTION_NONE && at_ms + MOTION_FRAME_MS < next_ms)
		next_ms = at_ms + MOTION_FRAME_MS;
	if (stage->settling || (stage->warm->due && stage->flow.view.screen == SCREEN_IDLE &&
				       screen_is_open(stage->window)))
		next_ms = at_ms;
	if (stage->light.next_ms && stage->light.next_ms < next_ms)
		next_ms = stage->light.next_ms;
	const int64_t look_ms = screen_is_open(stage->window) ? at_ms + PUMP_MS : stage->reopen_ms;
	if (screen_event_fd(stage->window) < 0 && look_ms < next_ms)
		next_ms = look_ms;
	return next_ms > at_ms ? (int)((next_ms - at_ms + stage->pace - 1) / stage->pace) : 0;
}

enum { SLOT_SIGNAL, SLOT_ORDERS, SLOT_EVENTS, SLOT_COUNT };

/* The first picture is the slowest: fonts are read for it. */
static void paint_first(struct stage *stage)
{
	const int64_t start_ns = clock_mono_ns();
	paint(stage);
	if (screen_is_open(stage->window))
		log_info("screen: %dx%d, first picture after %d ms",
			screen_surface(stage->window)->width_px,
			screen_surface(stage->window)->height_px,
			(int)((clock_mono_ns() - start_ns) / 1000000));
}

void stage_run(struct stage *stage)
{
	stage->shown_verdict = VERDICT_COUNT;
	paint_first(stage);
	while (!stage->stopping) {
		struct pollfd slots[SLOT_COUNT] = {
			[SLOT_SIGNAL] = { .fd = stage->signal_fd, .events = POLLIN },
			[SLOT_ORDERS] = { .fd = queue_fd(stage->post.orders), .events = POLLIN },
			[SLOT_EVENTS] = { .fd = -1, .events = POLLIN },
		};
		if (screen_is_open(stage->window))
			slots[SLOT_EVENTS].fd = screen_event_fd(stage->window);
		if (poll(slots, SLOT_COUNT, wait_ms(stage, now_ms(stage))) < 0 && errno != EINTR)
			break;

		bool dirty = slots[SLOT_ORDERS].revents && take_orders(stage);
		dirty |= pump(stage);
		dirty |= reopen(stage, now_ms(stage));
		dirty |= flow_tick(&stage->flow, clock_wall_ms(), now_ms(stage));
		dirty |= is_moving(stage, now_ms(stage));
		if (dirty)
			paint(stage);
		else
			warm_a_little(stage);
		light_tick(&stage->light, now_ms(stage));
		pulse(stage, now_ms(stage));
		stage->stopping |= slots[SLOT_SIGNAL].revents != 0;
	}
	queue_post(stage->post.notes, &(struct note){ .kind = NOTE_STOP });
}
