#include "kiosk/tapping.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/reread.h"
#include "kiosk/trace.h"

#define HOLD_MS 1500 /* the same badge is quiet this long: one holding is one tap */

/* Decides and commits one tap. 0 or -errno; only after 0 the answer may be shown. */
static int settle_tap(struct clerk *clerk, const struct tap *tap, struct decision *ret)
{
	int r = facts_decide(clerk->store, &clerk->programme, clerk->config, tap, ret);
	if (r < 0)
		return r;
	trace_stage(TRACE_DECIDED, clock_mono_ns(), ret->record.verdict, 0);

	struct tap_stamp stamp;
	r = tap_log_append(clerk->store, &ret->record, &stamp);
	if (r < 0)
		return r;
	trace_stage(TRACE_DURABLE, clock_mono_ns(), ret->record.verdict, stamp.seq);
	ret->answer.seq = clerk->last_seq = stamp.seq;
	clerk->taps++;
	return 0;
}

static void keep_pending(struct clerk *clerk, const struct tap *tap)
{
	if (clerk->pending_count < PENDING_MAX)
		clerk->pending[clerk->pending_count++] = *tap;
	else
		clerk->dropped++;
}

/* Taps that waited in memory go into the log in their order, with the time they were made. */
void tapping_retry(struct clerk *clerk, int64_t at_ms)
{
	size_t done = 0;
	int r = 0;
	while (done < clerk->pending_count && r == 0) {
		struct decision decision;
		r = settle_tap(clerk, &clerk->pending[done], &decision);
		if (r == 0)
			done++;
	}
	clerk->pending_count -= done;
	memmove(clerk->pending, clerk->pending + done,
		clerk->pending_count * sizeof *clerk->pending);
	if (r < 0) {
		clerk_storage_trouble(clerk, r, at_ms);
		return;
	}
	log_info("store: taps are kept again; %zu that waited are in the log", done);
	clerk->storage_failed = false;
}

static void take_tap(struct clerk *clerk, const struct tap *tap, int64_t at_ms)
{
	/* Handing out badges is not attendance: this holding gives the badge its owner and nothing
	 * more. */
	if (link_take(clerk, &tap->badge.keys[0], at_ms) ||
		service_screen_take(clerk, tap->badge.keys, tap->badge.count, at_ms))
		return;
	clerk->tapped_ms = at_ms;
	keeper_yield(clerk->keeper);
	if (clerk->storage_failed) {
		keep_pending(clerk, tap);
		return;
	}
	/* Another program may have imported or linked since; one number tells. */
	reread(clerk, tap->at.wall_ms, false);

	const bool linked = walk_in_take_badge(clerk, tap, at_ms);
	struct decision decision;
	const int r = settle_tap(clerk, tap, &decision);
	if (r == 0) {
		if (linked && decision.answer.screen == SCREEN_REPEAT)
			decision.answer.screen = SCREEN_WELCOME;
		clerk_answer(clerk, &decision.answer);
		keeper_tapped(clerk->keeper);
		question_ask(clerk, &decision.answer, at_ms);
		clerk->refreshed_ms = 0; /* places and counts changed: look again when idle */
		return;
	}
	keep_pending(clerk, tap);
	clerk_storage_trouble(clerk, r, at_ms);
}

static void collect_keys(
	const struct clerk *clerk, const struct report *report, struct badge_keys *ret)
{
	*ret = (struct badge_keys){ .count = 0 };
	if (report->token.kind != IDENTITY_NONE) {
		const bool holds = !report->has_mac || seal_token_mac_holds(&clerk->venue_key,
							       &report->token, report->mac);
		ret->mac_wrong = !holds;
		if (holds)
			seal_badge(&ret->keys[ret->count++], &clerk->venue_key, &report->token);
	}
	if (report->uid.kind != IDENTITY_NONE)
		seal_badge(&ret->keys[ret->count++], &clerk->venue_key, &report->uid);
}

/* The moment the chip answered, told from what the clocks say now. */
static void moment_of(uint64_t seen_ns, struct moment *ret)
{
	clock_read(ret);
	const int64_t ago_ms = (clock_mono_ns() - (int64_t)seen_ns) / 1000000;
	if (ago_ms > 0 && ago_ms < 60000) {
		ret->mono_ms -= ago_ms;
		ret->wall_ms -= ago_ms;
	}
}

/* A badge that lay there when the reader process ended is no new tap for the next process. */
static bool lay_there(struct supervised *reader, const struct badge_key *key)
{
	const bool same = reader->resting && reader->restarts != reader->resting_restarts &&
			  badge_key_equal(&reader->resting_key, key);
	reader->resting = true;
	reader->resting_key = *key;
	reader->resting_restarts = reader->restarts;
	return same;
}

static void on_badge(
	struct clerk *clerk, struct supervised *reader, const struct report *report, int64_t at_ms)
{
	struct tap tap = { .technology = report->technology, .seen_ns = (int64_t)report->seen_ns };
	collect_keys(clerk, report, &tap.badge);
	if (tap.badge.count == 0 || lay_there(reader, &tap.badge.keys[0]) ||
		!debounce_admits(&clerk->debounce, &tap.badge.keys[0], at_ms, HOLD_MS))
		return;
	trace_stage(TRACE_SEEN, tap.seen_ns, VERDICT_COUNT, 0);
	moment_of(report->seen_ns, &tap.at);
	take_tap(clerk, &tap, at_ms);
}

static void on_counted_only(struct clerk *clerk, enum verdict verdict, const struct report *report)
{
	trace_stage(TRACE_SEEN, (int64_t)report->seen_ns, VERDICT_COUNT, 0);
	trace_stage(TRACE_DECIDED, clock_mono_ns(), verdict, 0);
	if (verdict == VERDICT_RANDOM_ID)
		link_note_phone(clerk);
	struct answer answer;
	const int64_t wall_ms = clock_wall_ms();
	facts_answer_only(verdict, wall_ms, &answer);
	clerk_answer(clerk, &answer);
	tap_log_count_only(clerk->store, verdict, clerk->config->kiosk.name,
		local_day(wall_ms, clock_utc_offset_min(wall_ms)));
}

void tapping_take(
	struct clerk *clerk, struct supervised *reader, const struct report *report, int64_t at_ms)
{
	switch (report->kind) {
	case REPORT_BADGE:
		on_badge(clerk, reader, report, at_ms);
		break;
	case REPORT_GONE:
		reader->resting = false;
		break;
	case REPORT_RANDOM_ID:
		on_counted_only(clerk, VERDICT_RANDOM_ID, report);
		break;
	case REPORT_UNREADABLE:
		on_counted_only(clerk, VERDICT_UNREADABLE, report);
		break;
	case REPORT_STATE:
		log_info("reader: %s %s", reader_state_name(report->state), report->words);
		break;
	case REPORT_PULSE:
	case REPORT_KIND_COUNT:
		break;
	}
}
