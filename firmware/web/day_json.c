/* What the page Live shows of the day, as data. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "web/arrivals.h"
#include "web/day_private.h"
#include "web/frame.h"

#define MARKS_MAX 8
#define WINDOWS_MAX 20
#define NEAR_MAX 4 /* organisations to go: close */

static json_t *last_json(const struct day *day, bool with_names)
{
	json_t *list = json_array();
	for (size_t i = 0; i < day->last_count; i++) {
		const struct arrival *arrival = &day->last[i];
		json_t *one = json_pack("{s:o, s:s}", "time", json_time(arrival->wall_ms),
			"organisation", arrival->organisation);
		json_object_set_new(
			one, "name", with_names ? json_string(arrival->name) : json_null());
		json_object_set_new(
			one, "person", with_names ? json_string(arrival->attendee) : json_null());
		json_array_append_new(list, one);
	}
	return list;
}

/* The mark and colour of a cluster, as the kiosk draws them: by its place in the organiser's order;
 * 0 for everyone. */
static int mark_of(const struct day *day, const char *code)
{
	for (size_t i = 0; i < day->cluster_count && i < 4; i++)
		if (strcmp(day->clusters[i].code, code) == 0)
			return (int)i + 1;
	return 0;
}

static json_t *cluster_name(const struct day *day, const char *code, enum language language)
{
	for (size_t i = 0; i < day->cluster_count; i++)
		if (strcmp(day->clusters[i].code, code) == 0)
			return json_string(language == LANGUAGE_EN ? day->clusters[i].short_en
								   : day->clusters[i].short_nl);
	return json_string("");
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
	json_t *one = json_pack("{s:s, s:s, s:s, s:s, s:i, s:o, s:o, s:o, s:s, s:s, s:i, s:i}",
		"id", session->id, "code", session->code, "title", session->title, "room",
		session->room, "mark", mark_of(day, session->cluster), "cluster",
		cluster_name(day, session->cluster, language), "start",
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
	const struct session *first =
		count ? &day->sessions[now ? shown.now[0] : shown.next[0]] : NULL;
	return json_pack("{s:b, s:o, s:o, s:o}", "now", now, "from",
		first ? json_time(first->start_ms) : json_null(), "until",
		first ? json_time(first->end_ms) : json_null(), "list", list);
}

static json_t *windows_json(int count)
{
	json_t *list = json_array();
	for (int i = 0; i < count; i++) {
		char x[16];
		snprintf(x, sizeof x, "%d", 1 + 16 * i);
		json_array_append_new(list, json_string(x));
	}
	return list;
}

static json_t *open_windows_json(int from, int to)
{
	json_t *list = json_array();
	for (int i = from; i < to; i++) {
		char x[16];
		snprintf(x, sizeof x, "%.1f", 1.6 + 16 * i);
		json_array_append_new(list, json_string(x));
	}
	return list;
}

static json_t *clusters_json(const struct day *day, enum language language)
{
	json_t *list = json_array();
	int reached = 0, near_left = NEAR_MAX + 1;
	const char *near = NULL;
	for (size_t i = 0; i < day->cluster_count; i++) {
		const struct cluster *cluster = &day->clusters[i];
		const int left = cluster->target - cluster->involved;
		if (left > 0 && left < near_left) {
			near_left = left;
			near = language == LANGUAGE_EN ? cluster->name_en : cluster->name_nl;
		}
		const int drawn = cluster->involved < WINDOWS_MAX ? cluster->involved : WINDOWS_MAX;
		const int goal = cluster->target < WINDOWS_MAX ? cluster->target : WINDOWS_MAX;
		char mark_x[24], view[32];
		reached += cluster->involved >= cluster->target;
		snprintf(mark_x, sizeof mark_x, "M%d 0v16", 16 * goal + 1);
		snprintf(view, sizeof view, "0 0 %d 16", 16 * (drawn > goal ? drawn : goal) + 3);
		json_array_append_new(list,
			json_pack("{s:s, s:i, s:s, s:i, s:i, s:i, s:o, s:o, s:s, s:s, s:b}", "code",
				cluster->code, "mark", mark_of(day, cluster->code), "name",
				language == LANGUAGE_EN ? cluster->name_en : cluster->name_nl,
				"organisations", cluster->involved, "target", cluster->target,
				"to_go",
				cluster->involved < cluster->target
					? cluster->target - cluster->involved
					: 0,
				"windows", windows_json(drawn), "open",
				open_windows_json(drawn, goal), "goal", mark_x, "view", view,
				"more", cluster->involved > drawn));
	}
	return json_pack("{s:s?, s:i, s:i, s:i, s:o}", "near", near, "near_left", near_left,
		"reached", reached, "count", (int)day->cluster_count, "list", list);
}

static json_t *arrivals_of(const struct day *day)
{
	struct arrivals arrivals;
	struct arrival_mark marks[MARKS_MAX];
	size_t mark_count = 0;
	const int64_t now_ms = clock_wall_ms();
	int64_t opens_ms = now_ms, marked_ms = 0;
	for (size_t i = 0; i < day->session_count; i++) {
		const struct session *session = &day->sessions[i];
		if (session->start_ms < day->from_ms || session->start_ms >= day->to_ms)
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
			arrivals_add(&arrivals, day->people.entries[i].first_ms);
	return arrivals_json(&arrivals, marks, mark_count);
}

static json_t *figures_json(const struct day *day)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:I}", "in_now", day->counts.in_now, "today",
		day->counts.today, "orgs_today", day->counts.organisations, "unknown",
		day->counts.unknown, "expected", (json_int_t)day->attendees);
}

int day_json(struct day *day, struct store *store, const struct config *config, bool with_names,
	enum language language, json_t **ret)
{
	const int r = day_refresh(day, store, config);
	if (r < 0)
		return r;
	struct moment now;
	clock_read(&now);
	json_t *data = json_pack(
		"{s:o, s:b, s:i, s:b, s:b, s:b, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "time",
		json_time(now.wall_ms), "clock_unset", !clock_is_trusted(now.grade), "strangers",
		day->counts.unknown, "roster", day->attendees > 0, "programme",
		day->session_count > 0, "taps", day->counts.today + day->counts.unknown > 0,
		"tap_out", config->kiosk.tap_out, "names", with_names, "figures", figures_json(day),
		"arrivals", arrivals_of(day), "last", last_json(day, with_names), "sessions",
		sessions_json(day, config, language), "clusters", clusters_json(day, language));
	if (!data)
		return -ENOMEM;
	*ret = data;
	return 0;
}
