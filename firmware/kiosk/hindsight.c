#include "kiosk/hindsight.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "kiosk/clerk.h"
#include "store/setting.h"

#define TURN_MS 20 /* each tap takes an fsync: a new one waits for a turn's end and no longer */
#define BACK 20000 /* taps: more than any boot has without a clock */
#define OWED "hindsight-boot" /* the setting that outlives a power cut halfway */

static void forget_taps(struct hindsight *hindsight)
{
	free(hindsight->taps);
	hindsight->taps = NULL;
	hindsight->count = hindsight->next = 0;
}

void hindsight_finish(struct hindsight *hindsight)
{
	forget_taps(hindsight);
	hindsight->due = false;
}

static void owe(struct clerk *clerk, int64_t boot)
{
	if (setting_set(clerk->store, OWED, boot) < 0)
		log_warn("store: %s", store_words(clerk->store));
	clerk->hindsight.owed_boot = boot;
}

void hindsight_start(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	const int r = setting_get(clerk->store, OWED, &hindsight->owed_boot);
	if (r < 0 && r != -ENOENT)
		log_warn("store: %s", store_words(clerk->store));
	hindsight->due = hindsight->owed_boot != 0;
}

void hindsight_begin(struct clerk *clerk)
{
	forget_taps(&clerk->hindsight);
	clerk->hindsight.due = true;
	if (clerk->untimed && !clerk->hindsight.owed_boot)
		owe(clerk, untimed_boot_number(&clerk->anchor.boot));
}

/* Whose the badge is by now says nothing of a tap that was somebody's then. */
static int find_person(struct clerk *clerk, const char *id, struct attendee *ret)
{
	const int r = attendee_by_id(clerk->store, id, ret);
	if (r != -ENOENT)
		return r;
	*ret = (struct attendee){ .id = "" };
	utf8_clip(ret->id, sizeof ret->id, id);
	return 0;
}

/* The programme of that day may be another event's than today's. */
static int decide_as(struct clerk *clerk, const struct tap *tap, struct decision *ret)
{
	struct programme_cache programme = { .count = 0 };
	int r = programme_cache_refresh(
		&programme, clerk->store, clerk->config, tap->at.wall_ms, true);
	if (r == 0)
		r = facts_decide(clerk->store, &programme, clerk->config, tap, ret);
	programme_cache_finish(&programme);
	return r;
}

/* While the time was not known the door was shut for nobody, and so it stays. */
static int decide_at_door(
	struct clerk *clerk, const struct tap *tap, bool let_in, struct decision *ret)
{
	struct tap open = *tap;
	const int r = decide_as(clerk, tap, ret);
	if (r < 0 || !let_in || ret->record.verdict != VERDICT_CLOSED)
		return r;
	open.at.grade = CLOCK_NONE;
	const int again = decide_as(clerk, &open, ret);
	ret->record.at = tap->at;
	return again;
}

static int decide(struct clerk *clerk, const struct untimed_tap *untimed, struct decision *ret)
{
	struct tap tap = { .at = untimed->at, .technology = untimed->technology };
	struct attendee person;
	tap.badge.keys[tap.badge.count++] = untimed->key;
	int r = untimed_repair(clerk->store, &tap.at);
	if (r == 0 && untimed->attendee[0]) {
		r = find_person(clerk, untimed->attendee, &person);
		tap.person = &person;
	}
	return r < 0 ? r : decide_at_door(clerk, &tap, !clock_is_trusted(untimed->at.grade), ret);
}

/* Outside any session, or with several to choose from, it stays where it was in its event. */
static bool is_elsewhere(const struct tap_record *record, const struct untimed_tap *tap)
{
	return strcmp(record->event, tap->event) != 0 ||
	       (record->session[0] && strcmp(record->session, tap->session) != 0);
}

/* What was only a repeat, or met a closed door, may have been the first tap of a session. */
static bool takes_place(const struct tap_record *record, const struct untimed_tap *tap)
{
	if (tap->direction == DIRECTION_OUT || tap->counts)
		return record->direction == tap->direction;
	return record->direction == DIRECTION_IN && record->counts;
}

static int settle(struct clerk *clerk, const struct untimed_tap *tap)
{
	struct decision decision = { .record.counts = false };
	struct tap_record *record = &decision.record;
	struct tap_stamp stamp = { .seq = 0 };
	const int r = decide(clerk, tap, &decision);
	if (r < 0 || !is_elsewhere(record, tap))
		return r;
	if (record->verdict == VERDICT_REPEAT && tap->counts && tap->direction == DIRECTION_IN)
		return tap_log_correct(clerk->store, "", tap->seq, REASON_CLOCK, clock_wall_ms());
	if (!takes_place(record, tap))
		return 0;
	snprintf(record->note, sizeof record->note, "clock:%lld", (long long)tap->seq);
	const int replaced = tap_log_replace(
		clerk->store, tap->seq, REASON_CLOCK, clock_wall_ms(), record, &stamp);
	if (replaced == 0)
		clerk->last_seq = stamp.seq;
	return replaced;
}

static int look_up(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	struct moment now;
	clock_read(&now);
	const int r = untimed_load(clerk->store, clerk->last_seq - BACK, &now.boot,
		hindsight->owed_boot, &hindsight->taps, &hindsight->count);
	hindsight->due = r < 0;
	if (r == 0 && hindsight->count)
		log_info("clock: %zu taps of before are looked at again", hindsight->count);
	return r;
}

static int settle_some(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	const int64_t until_ns = clock_mono_ns() + TURN_MS * 1000000LL;
	int r;
	do {
		r = settle(clerk, &hindsight->taps[hindsight->next]);
		if (r == -EEXIST) /* an organiser corrected it meanwhile */
			r = 0;
		if (r == 0)
			hindsight->next++;
	} while (r == 0 && hindsight->next < hindsight->count && clock_mono_ns() < until_ns);
	keeper_tapped(clerk->keeper);
	clerk->refreshed_ms = 0;
	return r;
}

int hindsight_look(struct clerk *clerk)
{
	struct hindsight *hindsight = &clerk->hindsight;
	if (!hindsight->due && !hindsight->taps)
		return 0;
	int r = hindsight->due ? look_up(clerk) : 0;
	if (r == 0 && hindsight->taps)
		r = settle_some(clerk);
	if (r < 0 || hindsight->next < hindsight->count)
		return r;
	forget_taps(hindsight);
	if (hindsight->owed_boot)
		owe(clerk, 0);
	return 0;
}
