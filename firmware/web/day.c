#include "web/day_private.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"

#define MINUTE_MS 60000LL

struct day *day_create(void)
{
	return calloc(1, sizeof(struct day));
}

void day_destroy(struct day *day)
{
	if (!day)
		return;
	roll_finish(&day->people);
	roll_finish(&day->organisations);
	roll_finish(&day->strangers);
	free(day->sessions);
	participation_free(day->figures);
	free(day);
}

/* The newest are kept, in order. */
static void remember_last(struct day *day, const struct day_tap *tap)
{
	size_t at = day->last_count;
	while (at > 0 && day->last[at - 1].wall_ms < tap->wall_ms)
		at--;
	if (at == LAST_MAX)
		return;
	if (day->last_count < LAST_MAX)
		day->last_count++;
	memmove(&day->last[at + 1], &day->last[at],
		(day->last_count - at - 1) * sizeof day->last[0]);
	struct arrival *arrival = &day->last[at];
	arrival->wall_ms = tap->wall_ms;
	arrival->sure = clock_is_trusted(tap->grade);
	utf8_clip(arrival->attendee, sizeof arrival->attendee, tap->attendee);
	utf8_clip(arrival->name, sizeof arrival->name, tap->name);
	utf8_clip(arrival->organisation, sizeof arrival->organisation, tap->organisation_name);
}

static int meet_stranger(struct day *day, const struct day_tap *tap)
{
	char id[ID_TEXT_SIZE] = "";
	for (size_t i = 0; i < sizeof tap->key.bytes; i++)
		snprintf(id + 2 * i, 3, "%02x", tap->key.bytes[i]);
	return roll_meet(&day->strangers, id, NULL) ? 0 : -ENOMEM;
}

static void note_tap(struct roll_entry *person, const struct day_tap *tap)
{
	const bool in = tap->direction == DIRECTION_IN;
	roll_note(person, tap->wall_ms, in, clock_is_trusted(tap->grade));
	if (in && tap->session[0] && tap->wall_ms > person->session_ms) {
		person->session_ms = tap->wall_ms;
		utf8_clip(person->session, sizeof person->session, tap->session);
	}
}

static const struct session *find_session(const struct day *day, const char *id)
{
	for (size_t i = 0; i < day->session_count && id[0]; i++)
		if (strcmp(day->sessions[i].id, id) == 0)
			return &day->sessions[i];
	return NULL;
}

static bool is_parallel(const struct day *day, const char *id)
{
	const struct session *session = find_session(day, id);
	return session && session->kind == SESSION_PARALLEL;
}

/* By the clock on the wall of the venue. */
static int64_t venue_day(const struct day *day, int64_t at_ms)
{
	return local_day(at_ms, schedule_utc_offset_min(day->sessions, day->session_count, at_ms,
					clock_utc_offset_min));
}

/* What was for a session over midnight is of the day it began, as in the report. */
static bool is_shown(const struct day *day, const struct day_tap *tap)
{
	const int32_t offset_min = schedule_utc_offset_min(
		day->sessions, day->session_count, tap->wall_ms, clock_utc_offset_min);
	const int64_t belongs = schedule_tap_day(day->sessions, day->session_count,
		find_session(day, tap->session), tap->wall_ms, &day->margins, offset_min);
	return belongs >= day->first_day && belongs <= day->last_day;
}

/* The kiosk of one of several rooms is no door. */
static void note_door(struct day *day, const struct day_tap *tap)
{
	const uint64_t door = 1ULL << (tap->log < 63 ? tap->log : 63);
	if (tap->log == 0)
		return;
	if (tap->direction == DIRECTION_OUT)
		day->left |= door;
	else if (!is_parallel(day, tap->session))
		day->came |= door;
}

static int on_tap(void *context, const struct day_tap *tap)
{
	struct day *day = context;
	if (!is_shown(day, tap))
		return 0;
	if (tap->open)
		return meet_stranger(day, tap);
	if (!tap->counted || tap->direction == DIRECTION_NONE)
		return 0;
	struct roll_entry *person = roll_meet(&day->people, tap->attendee, NULL);
	if (!person)
		return -ENOMEM;
	note_tap(person, tap);
	note_door(day, tap);
	if (tap->direction == DIRECTION_OUT)
		return 0;
	remember_last(day, tap);
	return !tap->organisation[0] || roll_meet(&day->organisations, tap->organisation, NULL)
		       ? 0
		       : -ENOMEM;
}

/* From the first tap to the last that may be for a session of the days shown. */
static struct span reach_of(const struct day *day)
{
	struct span reach = day->shown;
	for (size_t i = 0; i < day->session_count; i++) {
		const struct session *session = &day->sessions[i];
		const int64_t from_ms = session->start_ms - day->margins.early_min * MINUTE_MS;
		const int64_t to_ms = session->end_ms + day->margins.leave_min * MINUTE_MS + 1;
		if (session->start_ms < day->shown.from_ms || session->start_ms >= day->shown.to_ms)
			continue;
		reach.from_ms = from_ms < reach.from_ms ? from_ms : reach.from_ms;
		reach.to_ms = to_ms > reach.to_ms ? to_ms : reach.to_ms;
	}
	return reach;
}

/* Whoever only left came on another day. */
static void count_people(struct day *day)
{
	day->counts = (struct day_counts){ .organisations = (int)day->organisations.count,
		.unknown = (int)day->strangers.count };
	for (size_t i = 0; i < day->people.count; i++) {
		day->counts.today += day->people.entries[i].first_ms != 0;
		day->counts.in_now += day->people.entries[i].in;
	}
}

static int count_taps(struct day *day, struct store *store, const struct span *shown)
{
	day->shown = *shown;
	day->first_day = venue_day(day, shown->from_ms);
	day->last_day = venue_day(day, shown->to_ms - 1);
	roll_clear(&day->people);
	roll_clear(&day->organisations);
	roll_clear(&day->strangers);
	day->last_count = 0;
	day->came = day->left = 0;
	const struct span reach = reach_of(day);
	const int r = tap_day_each(store, reach.from_ms, reach.to_ms, on_tap, day);
	count_people(day);
	return r;
}

static int load_programme(struct day *day, struct store *store, const struct config *config)
{
	int r = event_find(store, config->kiosk.event, clock_wall_ms(), &day->event);
	day->session_count = 0;
	if (r == -ENOENT) {
		day->event = (struct event){ .id = "" };
		return 0;
	}
	if (r == 0)
		r = session_load(store, day->event.id, &day->sessions, &day->session_count);
	return r == 0 ? cluster_list_load(&day->clusters, store) : r;
}

/* A clock that nobody vouches for does not tell which day it is. */
static bool is_between_days(struct day *day, int64_t *ret_last_ms)
{
	struct moment now;
	clock_read(&now);
	return day->counts.today == 0 && clock_is_trusted(now.grade) &&
	       schedule_between_days(
		       day->sessions, day->session_count, now.wall_ms, ret_last_ms, &day->next_ms);
}

static int count_day(struct day *day, struct store *store)
{
	int64_t last_ms = 0;
	struct span last;
	const int r = count_taps(day, store, &day->today);
	day->past = r == 0 && is_between_days(day, &last_ms);
	if (!day->past)
		return r;
	schedule_day_span(day->sessions, day->session_count, last_ms, clock_utc_offset_min, &last);
	return count_taps(day, store, &last);
}

/* Today; at night also the day whose session is still on. */
static struct span days_on(const struct day *day)
{
	struct span span;
	schedule_days_on(day->sessions, day->session_count, clock_wall_ms(), &day->margins,
		clock_utc_offset_min, &span);
	return span;
}

static bool is_as_counted(const struct day *day, int64_t version)
{
	const struct span now = days_on(day);
	return day->valid && version == day->version && now.from_ms == day->today.from_ms &&
	       now.to_ms == day->today.to_ms;
}

int day_refresh(struct day *day, struct store *store, const struct config *config)
{
	const int64_t version = store_data_version(store);
	day->margins = (struct margins){ config->kiosk.early_min, config->kiosk.leave_min };
	if (is_as_counted(day, version))
		return 0;
	day->valid = false;
	day->version = version;
	participation_free(day->figures);
	day->figures = NULL;
	int r = load_programme(day, store, config);
	day->today = days_on(day);
	if (r == 0)
		r = count_day(day, store);
	if (r == 0)
		r = attendee_count(store, &day->attendees);
	day->counts.tap_out = config->kiosk.tap_out && !(day->came & ~day->left);
	day->valid = r == 0;
	return r;
}

int day_participation(struct day *day, struct store *store, const struct config *config)
{
	const struct participation_query query = { .from_day = DAY_OPEN,
		.to_day = DAY_OPEN,
		.event = day->event.id,
		.rule = { config->participation.least,
			(enum participation_unit)config->participation.unit, BY_SESSION },
		.goal = config->kiosk.goal };

	if (day->figures || !day->event.id[0])
		return 0;
	const int r = participation_load(store, &query, &day->figures);
	if (r == 0)
		participation_slim(day->figures); /* it stays until something changes */
	return r;
}

int day_count(
	struct day *day, struct store *store, const struct config *config, struct day_counts *ret)
{
	const int r = day_refresh(day, store, config);
	if (r == 0)
		*ret = day->counts;
	return r;
}

bool day_last_seen(const struct day *day, const char *attendee, struct last_seen *ret)
{
	const struct roll_entry *entry = day->past ? NULL : roll_find(&day->people, attendee);

	if (entry && entry->in)
		*ret = (struct last_seen){ DIRECTION_IN, entry->since_ms, !entry->since_unsure };
	else if (entry)
		*ret = (struct last_seen){ DIRECTION_OUT, entry->last_ms, !entry->last_unsure };
	return entry != NULL;
}
