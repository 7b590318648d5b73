#include "web/person_data.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/badge.h"
#include "store/organisation.h"
#include "store/privacy.h"
#include "web/day.h"
#include "web/frame.h"

#define TAPS_SHOWN 40 /* on one page */
#define PAGES_MAX 100000
#define DAY_MS (24 * 3600 * 1000LL)

int person_asked(struct request *request, struct response *response, struct attendee *ret)
{
	const char *id = request->parameters[0];
	const int r = attendee_by_id(request->stores.read, id, ret);

	if (r == -ENOENT)
		respond_fault(
			response, attendee_is_forgotten(request->stores.read, id) ? 410 : 404, "");
	return r;
}

/* A part of somebody's log, which is told newest first. */
struct days {
	json_t *list;
	int64_t day;       /* of the last in the list */
	int skip, left;    /* taps */
	bool more, unsure; /* of some the clock was not set */
};

/* Short, and enough to tell one person's taps apart. */
#define ENTRY_NAME_SIZE 32
static const char *entry_name(const struct person_tap *tap, char ret[ENTRY_NAME_SIZE])
{
	snprintf(ret, ENTRY_NAME_SIZE, "%.8s.%lld", tap->log_id, (long long)tap->seq);
	return ret;
}

/* Why the kiosk itself undid a tap, as a word of the catalogue; "" for a person's own sentence. */
static const char *rule_of(const char *reason)
{
	return strcmp(reason, REASON_CLOCK) == 0    ? "clock"
	       : strcmp(reason, REASON_CHOICE) == 0 ? "choice"
						    : "";
}

static json_t *entry_json(const struct person_tap *tap)
{
	char badge[BADGE_NAME_SIZE], name[ENTRY_NAME_SIZE];

	return json_pack(
		"{s:s, s:s, s:I, s:o, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:b, s:s, s:s, "
		"s:s, s:o, s:b, s:b}",
		"entry", entry_name(tap, name), "log_id", tap->log_id, "seq", (json_int_t)tap->seq,
		"time", json_time(tap->wall_ms), "session", tap->session, "direction",
		presence_name(tap->direction), "verdict", verdict_name(tap->verdict), "kiosk",
		tap->kiosk, "badge_name", badge_name(&tap->key, badge), "by_hand", tap->by_hand,
		"who", tap->who, "reason", tap->reason, "undone", tap->undone, "undone_who",
		tap->undone_who, "undone_reason", tap->undone_reason, "undone_rule",
		rule_of(tap->undone_reason), "undone_at", json_time(tap->undone_ms), "can_undo",
		tap->counts && !tap->undone, "sure", tap->sure);
}

static int take_tap(void *context, const struct person_tap *tap)
{
	struct days *days = context;
	const int64_t day = local_day(tap->wall_ms, clock_utc_offset_min(tap->wall_ms));
	const size_t count = json_array_size(days->list);

	if (days->skip-- > 0)
		return 0;
	days->more = days->left-- == 0;
	if (days->more)
		return 1;

	if (count == 0 || day != days->day)
		json_array_append_new(days->list,
			json_pack("{s:o, s:[]}", "day", json_time(tap->wall_ms), "entries"));
	days->day = day;
	days->unsure |= !tap->sure;
	json_t *last = json_array_get(days->list, json_array_size(days->list) - 1);
	json_array_append_new(json_object_get(last, "entries"), entry_json(tap));
	return 0;
}

json_t *person_days(const struct request *request, const struct attendee *person)
{
	struct days days = { .list = json_array(), .left = INT_MAX };

	if (person_tap_each(request->stores.read, person->id, take_tap, &days) < 0) {
		json_decref(days.list);
		return NULL;
	}
	return days.list;
}

/* One page of them, with the ways to the others. 0 or -errno. */
static int add_days(json_t *data, const struct request *request, const struct attendee *person)
{
	const int number = request_number(request_query(request, "page"), 1, PAGES_MAX, 1);
	struct days days = {
		.list = json_array(), .skip = (number - 1) * TAPS_SHOWN, .left = TAPS_SHOWN
	};
	const int r = person_tap_each(request->stores.read, person->id, take_tap, &days);

	json_object_set_new(data, "days", days.list);
	json_object_set_new(data, "unsure", json_boolean(days.unsure));
	json_object_set_new(data, "newer", json_integer(number - 1));
	json_object_set_new(data, "older", json_integer(days.more ? number + 1 : 0));
	return r < 0 ? r : 0;
}

struct sought {
	const char *name;
	json_t *found;
};

static int look_at(void *context, const struct person_tap *tap)
{
	struct sought *sought = context;
	char name[ENTRY_NAME_SIZE];

	if (strcmp(entry_name(tap, name), sought->name) != 0)
		return 0;
	sought->found = entry_json(tap);
	return 1;
}

json_t *person_entry(const struct request *request, const struct attendee *person, const char *name)
{
	struct sought sought = { .name = name };

	person_tap_each(request->stores.read, person->id, look_at, &sought);
	return sought.found;
}

static void add_badge(json_t *data, struct store *store, const struct attendee *person)
{
	struct badge_key key;
	struct badge_owner owner = { .known = false };
	char name[BADGE_NAME_SIZE];
	int64_t since_ms = 0;

	if (person_badge(store, person->id, &key, &since_ms) < 0) {
		json_object_set_new(data, "badge", json_null());
		return;
	}
	badge_find_owner(store, &key, &owner);
	json_object_set_new(data, "badge", badge_json(&key));
	json_object_set_new(data, "badge_name", json_string(badge_name(&key, name)));
	json_object_set_new(data, "badge_since", json_time(since_ms));
	json_object_set_new(data, "blocked", json_boolean(owner.blocked));
}

/* What can be written by hand: the sessions of the event, breaks left out. */
static json_t *choices_json(const struct request *request, const struct today *today)
{
	struct session *sessions = NULL;
	size_t count = 0;
	json_t *choices = json_array();

	if (today->event.id[0] &&
		session_load(request->stores.read, today->event.id, &sessions, &count) < 0)
		count = 0;
	for (size_t i = 0; i < count; i++)
		if (sessions[i].kind != SESSION_BREAK)
			json_array_append_new(
				choices, json_pack("{s:s, s:s, s:o}", "choice", sessions[i].id,
						 "title", sessions[i].title, "start",
						 json_time(sessions[i].start_ms)));
	free(sessions);
	return choices;
}

/* As on the list of people and on Live, whichever page of the log is shown. */
static int add_presence(json_t *data, const struct request *request, const struct attendee *person)
{
	struct day *day = request->stores.day; /* NULL on the long lane, which shows none of it */
	struct day_counts counts = { .tap_out = false };
	struct last_seen seen = { .sure = true };
	const int r =
		day ? day_count(day, request->stores.read, request_config(request), &counts) : 0;

	if (r == 0 && day)
		day_last_seen(day, person->id, &seen);
	json_object_set_new(data, "presence", json_string(presence_name(seen.direction)));
	json_object_set_new(data, "time", seen.direction ? json_time(seen.at_ms) : json_null());
	json_object_set_new(data, "sure", json_boolean(seen.sure));
	json_object_set_new(data, "tap_out", json_boolean(counts.tap_out));
	return r;
}

json_t *person_data(const struct request *request, const struct attendee *person)
{
	struct cluster_list clusters = { .count = 0 };
	struct today today;
	char organisation[ID_TEXT_SIZE] = "";

	if (today_find(&today, request, clock_wall_ms()) < 0 ||
		cluster_list_load(&clusters, request->stores.read) < 0)
		return NULL;
	struct organisation works_at = { .town = "" };
	bool alias;
	if (person->organisation[0] && organisation_resolve(request->stores.read,
					       person->organisation, "", organisation, &alias) == 0)
		organisation_find(request->stores.read, organisation, &works_at);
	json_t *data = json_pack("{s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:s}",
		"cluster", cluster_json(&clusters, person->cluster, request->language),
		"organisation_id", organisation, "town", works_at.town, "kind",
		person->organisation_kind, "email", person->email, "growth", person->growth,
		"region", person->region, "language", person->language, "keep",
		request_config(request)->privacy.keep_names_days, "choices",
		choices_json(request, &today), "saved", request_query(request, "saved"));
	if (!data || add_days(data, request, person) < 0 ||
		add_presence(data, request, person) < 0) {
		json_decref(data);
		return NULL;
	}
	person_into(data, person);
	add_badge(data, request->stores.read, person);
	const int64_t keep_ms = request_config(request)->privacy.keep_names_days * DAY_MS;
	int64_t until_ms = 0;
	if (attendee_kept_until(request->stores.read, person->id, keep_ms, &until_ms) == 0)
		json_object_set_new(data, "until", json_time(until_ms));
	json_object_set_new(data, "origin", origin_json(request->stores.read, person->id));
	return data;
}
