#include "kiosk/hindsight.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/log.h"
#include "kiosk/clerk.h"

#define PAGE 10 /* taps at a time, each with an fsync, so that a new one never waits for many */
#define REASON "the time became known"

void hindsight_finish(struct hindsight *hindsight)
{
	free(hindsight->taps);
	*hindsight = (struct hindsight){ .due = false };
}

void hindsight_begin(struct clerk *clerk)
{
	hindsight_finish(&clerk->hindsight);
	clerk->hindsight.due = true;
}

/* The programme of that day may be another event's than today's. */
static int decide(struct clerk *clerk, const struct untimed_tap *untimed, struct decision *ret)
{
	struct programme_cache programme = { .count = 0 };
	struct tap tap = { .at = untimed->at, .technology = untimed->technology };
	tap.badge.keys[tap.badge.count++] = untimed->key;
	tap.at.wall_ms = clerk->anchor.wall_ms + untimed->at.mono_ms - clerk->anchor.mono_ms;
	tap.at.grade = clerk->anchor.grade;
	int r = programme_cache_refresh(
		&programme, clerk->store, clerk->config, tap.at.wall_ms, true);
	if (r == 0)
		r = facts_decide(clerk->store, &programme, clerk->config, &tap, ret);
	programme_cache_finish(&programme);
	return r;
}

static int settle(struct clerk *clerk, const struct untimed_tap *tap)
{
	struct decision decision = { .record.counts = false };
	struct tap_record *record = &decision.record;
	struct tap_stamp stamp = { .seq = 0 };
	const int r = decide(clerk, tap, &decision);
	/* Outside any session, or with several to choose from, it stays what it was. */
	if (r < 0 || !record->session[0])
		return r;
	if (record->verdict == VERDICT_REPEAT && tap->direction == DIRECTION_IN)
		return tap_log_correct(clerk->store, "", tap->seq, REASON, clock_wall_ms());
	if (record->direction != tap->direction)
		return 0;
	snprintf(record->note, sizeof record->note, "clock:%lld", (long long)tap->seq);
	const int replaced =
		tap_log_replace(clerk->store, tap->seq, REASON, clock_wall_ms(), record, &stamp);
	if (replaced == 0)
		clerk->last_seq = stamp.seq;
	return replaced;
}

static int look_up(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	const int r = untimed_load(
		clerk->store, &clerk->anchor.boot, &hindsight->taps, &hindsight->count);
	hindsight->due = r < 0;
	if (r == 0 && hindsight->count)
		log_info("clock: %zu taps of before are looked at again", hindsight->count);
	return r;
}

int hindsight_look(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	int r = hindsight->due ? look_up(clerk) : 0;
	if (r < 0 || hindsight->next == hindsight->count)
		return r;
	for (int i = 0; i < PAGE && hindsight->next < hindsight->count && r == 0; i++) {
		r = settle(clerk, &hindsight->taps[hindsight->next]);
		if (r == 0 || r == -EEXIST)
			hindsight->next++;
	}
	keeper_tapped(clerk->keeper);
	clerk->refreshed_ms = 0;
	if (hindsight->next == hindsight->count)
		hindsight_finish(hindsight);
	return r == -EEXIST ? 0 : r;
}
