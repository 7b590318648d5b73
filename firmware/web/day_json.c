/* What the page Live shows of the day, as data. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/arrivals.h"
#include "web/behind.h"
#include "web/crossover.h"
#include "web/day_private.h"
#include "web/frame.h"
#include "web/reached.h"
#include "web/standing.h"

#define MARKS_MAX 8

static json_t *last_json(const struct day *day, bool with_names)
{
	json_t *list = json_array();
	for (size_t i = 0; i < day->last_count; i++) {
		const struct arrival *arrival = &day->last[i];
		json_t *one = json_pack("{s:o, s:b, s:s}", "time", json_time(arrival->wall_ms),
			"sure", arrival->sure, "organisation", arrival->organisation);
		json_object_set_new(
			one, "name", with_names ? json_string(arrival->name) : json_null());
		json_object_set_new(
			one, "person", with_names ? json_string(arrival->attendee) : json_null());
		json_array_append_new(list, one);
	}
	return list;
}

static int present_in(const struct day *day, const char *session)
{
	int count = 0;
	for (size_t i = 0; i < day->people.count; i++)
		count += day->people.entries[i].in &&
			 strcmp(day->people.entries[i].session, session) == 0;
	return count;
}

static json_t *width(double share)
{
	char text[16];
	snprintf(text, sizeof text, "%.1f%%", share > 100 ? 100 : share);
	return json_string(text);
}

static json_t *session_json(const struct day *day, const struct session *session,
	const struct config *config, enum language language)
{
	const int in = config->kiosk.tap_out ? present_in(day, session->id) : session->taken;
	const int left = session->capacity - in;
	json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:s, s:i, s:i}", "id",
		session->id, "code", session->code, "title", session->title, "room", session->room,
		"cluster", cluster_json(&day->clusters, session->cluster, language), "start",
		json_time(session->start_ms), "end", json_time(session->end_ms), "kind",
		session_kind_name(session->kind), "state", session_state_name(session->state), "in",
		in, "capacity", session->capacity);
	json_object_set_new(one, "left", json_integer(left > 0 ? left : 0));
	json_object_set_new(one, "over", json_integer(left < 0 && session->capacity ? -left : 0));
	json_object_set_new(one, "full", json_boolean(session->capacity && left == 0));
	/* The bar goes to 120 %, with a tick at 100. */
	json_object_set_new(one, "bar",
		session->capacity ? width(100.0 * in / (1.2 * session->capacity)) : json_null());
	return one;
}

static json_t *sessions_json(
	const struct day *day, const struct config *config, enum language language)
{
	struct now_next shown;
	json_t *list = json_array();
	schedule_now_next(day->sessions, day->session_count, clock_wall_ms(), &shown);
	const bool now = shown.now_count > 0;
	const size_t count = now ? shown.now_count : shown.next_count;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(
			list, session_json(day, &day->sessions[now ? shown.now[i] : shown.next[i]],
				      config, language));
	int inside = 0;
	for (size_t i = 0; i < shown.now_count && config->kiosk.tap_out; i++)
		inside += present_in(day, day->sessions[shown.now[i]].id);
	const struct session *first =
		count ? &day->sessions[now ? shown.now[0] : shown.next[0]] : NULL;
	return json_pack("{s:b, s:o, s:o, s:i, s:i, s:o}", "now", now, "from",
		first ? json_time(first->start_ms) : json_null(), "until",
		first ? json_time(first->end_ms) : json_null(), "inside", inside, "elsewhere",
		now && config->kiosk.tap_out ? day->counts.in_now - inside : 0, "list", list);
}

static bool is_of_day(const struct day *day, const struct session *session)
{
	return session->start_ms >= day->shown.from_ms && session->start_ms < day->shown.to_ms;
}

/* Until when people arrived: now, or on a day that is over until its last session was, or somebody
 * came later. */
static int64_t arrivals_end(const struct day *day)
{
	int64_t end_ms = day->shown.from_ms;
	if (!day->past)
		return clock_wall_ms();
	for (size_t i = 0; i < day->session_count; i++)
		if (is_of_day(day, &day->sessions[i]) && day->sessions[i].end_ms > end_ms)
			end_ms = day->sessions[i].end_ms;
	for (size_t i = 0; i < day->people.count; i++)
		if (day->people.entries[i].first_ms >= end_ms)
			end_ms = day->people.entries[i].first_ms + ARRIVAL_SLOT_MS;
	return end_ms;
}

/* People whose arrival was timed by a clock that was not set. */
static int unsure_arrivals(const struct day *day)
{
	int count = 0;
	for (size_t i = 0; i < day->people.count; i++)
		count += day->people.entries[i].first_ms && day->people.entries[i].first_unsure;
	return count;
}

static json_t *arrivals_of(const struct day *day)
{
	struct arrivals arrivals;
	struct arrival_mark marks[MARKS_MAX];
	size_t mark_count = 0;
	const int64_t now_ms = arrivals_end(day);
	int64_t opens_ms = now_ms, marked_ms = 0;
	for (size_t i = 0; i < day->session_count; i++) {
		const struct session *session = &day->sessions[i];
		if (!is_of_day(day, session))
			continue;
		if (session->start_ms < opens_ms)
			opens_ms = session->start_ms;
		if (mark_count < MARKS_MAX && session->start_ms >= marked_ms + 30 * 60000LL) {
			marks[mark_count++] =
				(struct arrival_mark){ session->start_ms, session->code };
			marked_ms = session->start_ms;
		}
	}
	for (size_t i = 0; i < day->people.count; i++)
		if (day->people.entries[i].first_ms && day->people.entries[i].first_ms < opens_ms)
			opens_ms = day->people.entries[i].first_ms;
	arrivals_init(&arrivals, opens_ms, now_ms, clock_utc_offset_min(now_ms));
	for (size_t i = 0; i < day->people.count; i++)
		if (day->people.entries[i].first_ms)
			arrivals_add(&arrivals, day->people.entries[i].first_ms,
				!day->people.entries[i].first_unsure);
	json_t *data = arrivals_json(&arrivals, marks, mark_count);
	json_object_set_new(data, "until", json_time(now_ms));
	json_object_set_new(data, "unsure", json_integer(unsure_arrivals(day)));
	return data;
}

/* Null on a day like today. By the venue's clock, which may not be this machine's. */
static json_t *past_json(const struct day *day)
{
	char text[TIME_TEXT_SIZE];

	if (!day->past)
		return json_null();
	time_iso(text, sizeof text, day->shown.from_ms,
		schedule_utc_offset_min(day->sessions, day->session_count, day->shown.from_ms,
			clock_utc_offset_min));
	return json_pack("{s:s, s:o}", "day", text, "next",
		day->next_ms ? json_time(day->next_ms) : json_null());
}

/* Organisations of which somebody checked in today, and nobody ever before. */
static int first_today(const struct day *day)
{
	int count = 0;
	for (size_t i = 0; day->figures && i < day->figures->organisation_count; i++)
		count += day->figures->organisations[i].first_day >= day->first_day &&
			 day->figures->organisations[i].first_day <= day->last_day;
	return count;
}

static json_t *figures_json(const struct day *day)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:I}", "in_now", day->counts.in_now, "today",
		day->counts.today, "orgs_today", day->counts.organisations, "orgs_new",
		first_today(day), "unknown", day->counts.unknown, "expected",
		(json_int_t)day->attendees);
}

/* How the clusters of the event stand; null, all three, without an event. */
static void participation_into(json_t *data, const struct day *day, enum language language)
{
	const struct participation *from = day->figures;
	json_object_set_new(data, "standing",
		from ? standing_json(from, &day->clusters, language) : json_null());
	json_object_set_new(data, "crossover",
		from ? crossover_json(from, &day->clusters, language) : json_null());
	json_object_set_new(data, "also", from ? reached_in_short(from) : json_null());
}

/* What the first of the three steps has brought. */
static json_t *planned_json(const struct day *day)
{
	int rooms = 0, number = 0, days = 0;
	for (size_t i = 0; i < day->session_count; i++) {
		bool seen = !day->sessions[i].room[0];
		for (size_t j = 0; j < i && !seen; j++)
			seen = strcmp(day->sessions[i].room, day->sessions[j].room) == 0;
		rooms += !seen;
	}
	const int64_t now_ms = clock_wall_ms();
	schedule_day_of(&day->event.days, day->sessions, day->session_count, now_ms,
		clock_utc_offset_min(now_ms), &number, &days);
	return json_pack("{s:i, s:i, s:i}", "days", days, "sessions", (int)day->session_count,
		"rooms", rooms);
}

int day_json(struct day *day, struct store *store, const struct config *config, bool with_names,
	enum language language, json_t **ret)
{
	int r = day_refresh(day, store, config);
	if (r == 0)
		r = day_participation(day, store, config);
	if (r < 0)
		return r;
	struct moment now;
	json_t *behind = NULL;
	clock_read(&now);
	r = behind_json(store, day->sessions, day->session_count, now.wall_ms, &behind);
	if (r < 0)
		return r;
	json_t *data = json_pack(
		"{s:o, s:b, s:i, s:b, s:b, s:b, s:b, s:b, s:i, s:b, s:o, s:o, s:o, s:o, s:o}",
		"time", json_time(now.wall_ms), "clock_unset", !clock_is_trusted(now.grade),
		"strangers", day->counts.unknown, "roster", day->attendees > 0, "programme",
		day->session_count > 0, "taps", day->counts.today + day->counts.unknown > 0,
		"tap_out", day->counts.tap_out, "names", with_names, "goal", config->kiosk.goal,
		"full", false, "figures", figures_json(day), "arrivals", arrivals_of(day), "last",
		last_json(day, with_names), "sessions", sessions_json(day, config, language),
		"planned", planned_json(day));
	if (!data) {
		json_decref(behind);
		return -ENOMEM;
	}
	json_object_set_new(data, "behind", behind);
	json_object_set_new(data, "past", past_json(day));
	participation_into(data, day, language);
	*ret = data;
	return 0;
}
