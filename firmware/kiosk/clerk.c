#include "kiosk/clerk.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/service.h"
#include "core/text.h"
#include "kiosk/requests.h"
#include "kiosk/reread.h"
#include "kiosk/tapping.h"
#include "kiosk/trace.h"

#define REFRESH_MS 1000 /* how old the board may get */
#define ASKING_MS 400   /* the same while somebody looks at the places left */
#define RETRY_MS 500
#define START_MS 20000 /* design.md 6: start-up lasts so long at most */
#define IDLE_BEFORE_CHECKPOINT_MS 3000
#define CHECKPOINT_MS 15000
#define ANCHOR_STEP_MS 1000 /* a smaller step is drift, not a new truth */

/* A key that was swapped makes strangers of all badges: said, but nobody is sent away for it. */
static void claim_venue(struct clerk *clerk)
{
	char print[VENUE_PRINT_SIZE];
	venue_key_print(&clerk->venue_key, print);
	const int r = store_claim_venue(clerk->store, print);
	if (r == -EKEYREJECTED)
		log_error("%s/" VENUE_KEY_FILE ": not the key by which the badges in the log are "
			  "known; nobody will be recognised",
			clerk->data);
	else if (r < 0)
		log_warn("store: %s", store_words(clerk->store));
}

int clerk_init(struct clerk *ret, const struct config *config, const char *data,
	struct store *store, struct post post, int listen_fd)
{
	memset(ret, 0, sizeof *ret);
	options_init(&ret->options, config);
	ret->config = &ret->options.now;
	ret->data = data;
	ret->store = store;
	ret->post = post;
	desk_init(&ret->desk, listen_fd);
	ret->clock_fd = clock_watch_open();
	ret->pending = calloc(PENDING_MAX, sizeof *ret->pending);
	if (!ret->pending || ret->clock_fd < 0) {
		log_error("kiosk: out of memory or descriptors");
		clerk_finish(ret);
		return -ENOMEM;
	}
	const int r = venue_key_load(&ret->venue_key, data, true);
	if (r < 0) {
		venue_key_log(r, data);
		return r;
	}
	claim_venue(ret);
	reread_options(ret);
	return 0;
}

void clerk_finish(struct clerk *clerk)
{
	desk_finish(&clerk->desk);
	programme_cache_finish(&clerk->programme);
	walk_in_finish(&clerk->walk_ins);
	hindsight_finish(&clerk->hindsight);
	if (clerk->clock_fd >= 0)
		close(clerk->clock_fd);
	clerk->clock_fd = -1;
	free(clerk->pending);
	clerk->pending = NULL;
}

static int64_t now_ms(void)
{
	return clock_mono_ns() / 1000000;
}

static int64_t refresh_due_ms(const struct clerk *clerk)
{
	return clerk->refreshed_ms + (clerk->question.seq ? ASKING_MS : REFRESH_MS);
}

void clerk_send(struct clerk *clerk, const struct order *order)
{
	if (!queue_post(clerk->post.orders, order))
		log_warn("screen: does not take orders, going on without a picture");
}

static void send_step(struct clerk *clerk, enum start_step step, bool failed)
{
	struct order order = { .kind = ORDER_START_STEP };
	order.step = (int)step + 1;
	order.failed = failed;
	clerk_send(clerk, &order);
}

/* Tells the screen what is wrong, once per change. */
static void send_faults(struct clerk *clerk, int64_t at_ms)
{
	unsigned faults = clerk->storage_failed ? FAULT_STORAGE : 0;
	if (!supervisor_is_up(&clerk->readers, at_ms))
		faults |= FAULT_READER;
	if (!clerk->ready || faults == clerk->faults)
		return;

	if (!clerk->faults)
		clerk->fault_since_wall_ms = clock_wall_ms();
	clerk->faults = faults;
	struct order order = { .kind = ORDER_FAULTS };
	order.faults = faults;
	order.since_wall_ms = clerk->fault_since_wall_ms;
	clerk_send(clerk, &order);
	log_info("kiosk: %s%s%s", faults ? "out of service:" : "in service",
		faults & FAULT_READER ? " reader" : "", faults & FAULT_STORAGE ? " storage" : "");
	service_status(faults ? "out of service" : "taking badges");
}

static void refresh_board(struct clerk *clerk, bool force, int64_t at_ms)
{
	struct moment now;
	clock_read(&now);
	clerk->refreshed_ms = at_ms;
	const int r = reread(clerk, now.wall_ms, force);
	if (r < 0)
		log_warn("store: the schedule can not be read: %s", store_words(clerk->store));

	question_refresh(clerk, at_ms);
	struct order order = { .kind = ORDER_BOARD };
	programme_cache_board(&clerk->programme, clerk->config, now.wall_ms,
		clock_is_trusted(now.grade), &order.board);
	/* Both were zeroed whole before they were filled, padding included.
	 * NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	if (!force && memcmp(&order.board, &clerk->board, sizeof order.board) == 0)
		return;
	clerk->board = order.board;
	clerk_send(clerk, &order);
}

/* A better or different truth about the time of this boot is kept, so that earlier taps can be read
 * by it. */
static void keep_anchor(struct clerk *clerk)
{
	struct moment now;
	clock_read(&now);
	const struct moment *last = &clerk->anchor;
	const int64_t drift_ms = (now.wall_ms - now.mono_ms) - (last->wall_ms - last->mono_ms);
	const bool same = last->mono_ms && now.grade == last->grade && drift_ms < ANCHOR_STEP_MS &&
			  drift_ms > -ANCHOR_STEP_MS;
	clerk->untimed |= now.grade == CLOCK_NONE;
	if (now.grade == CLOCK_NONE || (same && !clerk->untimed))
		return;
	if (tap_log_add_anchor(clerk->store, &now) < 0) {
		log_warn("store: the time can not be noted: %s", store_words(clerk->store));
		return;
	}
	clerk->anchor = now;
	hindsight_begin(clerk);
	clerk->untimed = false;
	log_info("clock: trusted now, by %s", clock_grade_name(now.grade));
}

void clerk_clock_changed(struct clerk *clerk)
{
	keep_anchor(clerk);
	clerk->refreshed_ms = 0;
}

void clerk_answer(struct clerk *clerk, const struct answer *answer)
{
	struct order order = { .kind = ORDER_ANSWER };
	order.answer = *answer;
	clerk->shown_ms = now_ms();
	clerk_send(clerk, &order);
}

void clerk_show(struct clerk *clerk, enum screen screen, const char *name, const char *more)
{
	struct answer answer = { .verdict = VERDICT_COUNT, .screen = screen, .language = -1 };
	utf8_clip(answer.name, sizeof answer.name, name);
	utf8_clip(answer.organisation, sizeof answer.organisation, more);
	clerk_answer(clerk, &answer);
}

void clerk_storage_trouble(struct clerk *clerk, int trouble, int64_t at_ms)
{
	if (!clerk->storage_failed) {
		clerk->storage_since_wall_ms = clock_wall_ms();
		log_error("store: a tap can not be kept (%s): out of service until it can; "
			  "taps wait in memory",
			trouble == -ENOSPC ? "the disk is full" : store_words(clerk->store));
	}
	clerk->storage_failed = true;
	clerk->retry_ms = at_ms + RETRY_MS;
	send_faults(clerk, at_ms);
}

/* What somebody asked for by touch. */
static void grant(struct clerk *clerk, const struct wish *wish)
{
	static void (*const grants[])(struct clerk *, const struct wish *) = {
		[WISH_CHOOSE] = question_answer,
		[WISH_SUGGEST] = walk_in_suggest,
		[WISH_REGISTER] = walk_in_register,
		[WISH_SERVICE] = service_screen_touched,
	};
	if (wish->kind != WISH_NONE)
		grants[wish->kind](clerk, wish);
}

static void take_notes(struct clerk *clerk)
{
	struct note note;
	while (queue_take(clerk->post.notes, &note)) {
		if (note.kind == NOTE_PULSE) {
			clerk->screen = note;
			clerk->screen_pulsed = true;
		} else if (note.kind == NOTE_STOP) {
			clerk->stopping = true;
		} else if (note.kind == NOTE_WISH) {
			grant(clerk, &note.wish);
		} else {
			requests_settle(clerk, &note);
		}
	}
}

static void become_ready(struct clerk *clerk, int64_t at_ms)
{
	const bool up = supervisor_is_up(&clerk->readers, at_ms);
	if (!up && !supervisor_has_spoken(&clerk->readers) && at_ms - clerk->started_ms < START_MS)
		return;
	clerk->ready = true;
	send_step(clerk, STEP_READER, !up);
	send_step(clerk, STEP_SCHEDULE, false);
	clerk_send(clerk, &(struct order){ .kind = ORDER_READY });
}

/* From here on systemd waits for the watchdog: not before the first picture was shown, which costs
 * a slow machine without a GPU longer than any hang may last. Badges are taken meanwhile. */
static void say_ready(struct clerk *clerk)
{
	if (clerk->said_ready || !clerk->ready || !clerk->screen_pulsed)
		return;
	clerk->said_ready = true;
	service_ready(clerk->faults ? "out of service" : "taking badges");
}

/* Only when reader, screen and this loop all turned: whoever is stuck makes systemd start us again.
 */
static void feed_watchdog(struct clerk *clerk, int64_t at_ms)
{
	const int64_t period_ms = service_watchdog_ms();
	if (!period_ms || !clerk->said_ready || at_ms - clerk->fed_ms < period_ms / 2 ||
		!clerk->screen_pulsed || !supervisor_take_pulses(&clerk->readers))
		return;
	clerk->screen_pulsed = false;
	clerk->fed_ms = at_ms;
	service_feed_watchdog();
}

static void do_idle_work(struct clerk *clerk, int64_t at_ms)
{
	if (clerk->ready && !clerk->storage_failed &&
		at_ms - clerk->tapped_ms >= IDLE_BEFORE_CHECKPOINT_MS &&
		at_ms - clerk->looked_ms >= REFRESH_MS) {
		clerk->looked_ms = at_ms;
		if (hindsight_look(clerk) < 0)
			log_warn("store: taps of before the time was known wait: %s",
				store_words(clerk->store));
		else if (leaving_look(clerk) < 0)
			log_warn("store: forgotten check-outs wait: %s", store_words(clerk->store));
	}
	if (at_ms - clerk->tapped_ms < IDLE_BEFORE_CHECKPOINT_MS || clerk->storage_failed ||
		at_ms - clerk->checkpointed_ms < CHECKPOINT_MS ||
		clerk->checkpointed_ms > clerk->tapped_ms)
		return;
	clerk->checkpointed_ms = at_ms;
	if (store_checkpoint(clerk->store) < 0)
		log_warn("store: checkpoint put off: %s", store_words(clerk->store));
}

static void do_timed_work(struct clerk *clerk, int64_t at_ms)
{
	supervisor_tick(&clerk->readers, at_ms);
	if (!clerk->ready)
		become_ready(clerk, at_ms);
	send_faults(clerk, at_ms);
	say_ready(clerk);
	if (clerk->storage_failed && at_ms >= clerk->retry_ms) {
		tapping_retry(clerk, at_ms);
		send_faults(clerk, at_ms);
	}
	if (at_ms >= refresh_due_ms(clerk)) {
		keep_anchor(clerk);
		refresh_board(clerk, clerk->refreshed_ms == 0, at_ms);
	}
	reread_settle(clerk);
	link_tick(clerk, at_ms);
	service_screen_tick(clerk, at_ms);
	test_tap_tick(clerk, at_ms);
	power_watch_tick(&clerk->power, at_ms);
	feed_watchdog(clerk, at_ms);
	do_idle_work(clerk, at_ms);
}

static void start_up(struct clerk *clerk)
{
	const int64_t at_ms = now_ms();
	clerk->started_ms = at_ms;
	if (tap_log_last(clerk->store, &clerk->last_seq) < 0)
		log_warn("store: the log's end can not be read: %s", store_words(clerk->store));
	reread_introduce(clerk);
	leaving_start(clerk);
	hindsight_start(clerk);
	send_step(clerk, STEP_STORAGE, clerk->rescued && clerk->rescued->words[LANGUAGE_EN][0]);
	tap_log_recall_time(clerk->store);
	keep_anchor(clerk);
	send_step(clerk, STEP_CLOCK, false);
	refresh_board(clerk, true, at_ms);
	service_screen_start(clerk);
	supervisor_tick(&clerk->readers, at_ms);
}

/* The poll set: one slot per source, in this order. */
enum {
	SLOT_NOTES,
	SLOT_CLOCK,
	SLOT_LISTEN,
	SLOT_READER,
	SLOT_SEAT = SLOT_READER + CONFIG_READERS_MAX,
	SLOT_COUNT = SLOT_SEAT + DESK_SEATS
};

static void fill_slots(const struct clerk *clerk, struct pollfd slots[SLOT_COUNT])
{
	for (size_t i = 0; i < SLOT_COUNT; i++)
		slots[i] = (struct pollfd){ .fd = -1, .events = POLLIN };
	slots[SLOT_NOTES].fd = queue_fd(clerk->post.notes);
	slots[SLOT_CLOCK].fd = clerk->clock_fd;
	slots[SLOT_LISTEN].fd = clerk->desk.listen_fd;
	for (size_t i = 0; i < clerk->readers.count; i++)
		slots[SLOT_READER + i].fd = clerk->readers.readers[i].process.pipe_fd;
	for (size_t i = 0; i < DESK_SEATS; i++)
		slots[SLOT_SEAT + i].fd = clerk->desk.seats[i].fd;
}

static void serve_slots(struct clerk *clerk, const struct pollfd slots[SLOT_COUNT])
{
	struct report report;
	for (size_t i = 0; i < clerk->readers.count; i++)
		while (slots[SLOT_READER + i].revents &&
			supervisor_take(&clerk->readers, i, now_ms(), &report))
			tapping_take(clerk, &clerk->readers.readers[i], &report, now_ms());
	if (slots[SLOT_NOTES].revents)
		take_notes(clerk);
	if (slots[SLOT_CLOCK].revents) {
		clock_watch_rearm(clerk->clock_fd);
		keep_anchor(clerk);
		refresh_board(clerk, true, now_ms());
	}
	if (slots[SLOT_LISTEN].revents)
		desk_accept(&clerk->desk);
	for (size_t i = 0; i < DESK_SEATS; i++)
		if (slots[SLOT_SEAT + i].revents && clerk->desk.seats[i].fd >= 0)
			requests_serve(clerk, i);
}

static int wait_ms(const struct clerk *clerk, int64_t at_ms)
{
	int64_t next_ms = supervisor_next_ms(&clerk->readers, at_ms);
	const int64_t board_ms = refresh_due_ms(clerk);
	if (board_ms < next_ms)
		next_ms = board_ms;
	if (clerk->storage_failed && clerk->retry_ms < next_ms)
		next_ms = clerk->retry_ms;
	return next_ms > at_ms ? (int)(next_ms - at_ms) : 0;
}

void *clerk_run(void *context)
{
	struct clerk *clerk = context;
	start_up(clerk);
	while (!clerk->stopping) {
		struct pollfd slots[SLOT_COUNT];
		fill_slots(clerk, slots);
		if (poll(slots, SLOT_COUNT, wait_ms(clerk, now_ms())) < 0 && errno != EINTR)
			break;
		serve_slots(clerk, slots);
		do_timed_work(clerk, now_ms());
	}
	supervisor_finish(&clerk->readers);
	service_screen_finish(&clerk->service);
	return NULL;
}
