#include "web/person_data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/badge.h"
#include "store/organisation.h"
#include "store/privacy.h"
#include "web/frame.h"

int person_asked(struct request *request, struct response *response, struct attendee *ret)
{
	const char *id = request->parameters[0];
	const int r = attendee_by_id(request->stores.read, id, ret);

	if (r == -ENOENT)
		respond_fault(
			response, attendee_is_forgotten(request->stores.read, id) ? 410 : 404, "");
	return r;
}

struct days {
	json_t *list;
	int64_t day; /* of the last in the list */
};

static json_t *entry_json(const struct person_tap *tap)
{
	char badge[BADGE_NAME_SIZE], name[32];

	snprintf(name, sizeof name, "%.8s.%lld", tap->log_id, (long long)tap->seq);
	return json_pack(
		"{s:s, s:s, s:I, s:o, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:b, s:s, s:s, "
		"s:o, s:b}",
		"entry", name, "log_id", tap->log_id, "seq", (json_int_t)tap->seq, "time",
		json_time(tap->wall_ms), "session", tap->session, "direction",
		presence_name(tap->direction), "verdict", verdict_name(tap->verdict), "kiosk",
		tap->kiosk, "badge_name", badge_name(&tap->key, badge), "by_hand", tap->by_hand,
		"who", tap->who, "reason", tap->reason, "undone", tap->undone, "undone_who",
		tap->undone_who, "undone_reason", tap->undone_reason, "undone_at",
		json_time(tap->undone_ms), "can_undo", tap->counts && !tap->undone);
}

static int take_tap(void *context, const struct person_tap *tap)
{
	struct days *days = context;
	const int64_t day = local_day(tap->wall_ms, clock_utc_offset_min(tap->wall_ms));
	const size_t count = json_array_size(days->list);

	if (count == 0 || day != days->day)
		json_array_append_new(days->list,
			json_pack("{s:o, s:[]}", "day", json_time(tap->wall_ms), "entries"));
	days->day = day;
	json_t *last = json_array_get(days->list, json_array_size(days->list) - 1);
	json_array_append_new(json_object_get(last, "entries"), entry_json(tap));
	return 0;
}

json_t *person_days(const struct request *request, const struct attendee *person)
{
	struct days days = { .list = json_array() };

	if (person_tap_each(request->stores.read, person->id, take_tap, &days) < 0) {
		json_decref(days.list);
		return NULL;
	}
	return days.list;
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

/* Presence is that of the newest entry of today that counts. */
static void add_presence(json_t *data, const struct today *today)
{
	const json_t *newest = json_array_get(json_object_get(data, "days"), 0);
	const char *day = json_string_value(json_object_get(newest, "day"));
	json_t *entry, *from = json_time(today->from_ms);
	size_t i;

	json_object_set_new(data, "presence", json_string(""));
	json_object_set_new(data, "time", json_null());
	if (day && strncmp(day, json_string_value(from), 10) == 0) {
		json_array_foreach(json_object_get(newest, "entries"), i, entry)
		{
			json_t *direction = json_object_get(entry, "direction");
			if (!json_string_length(direction) ||
				json_is_true(json_object_get(entry, "undone")))
				continue;
			json_object_set(data, "presence", direction);
			json_object_set(data, "time", json_object_get(entry, "time"));
			break;
		}
	}
	json_decref(from);
}

json_t *person_data(const struct request *request, const struct attendee *person)
{
	struct cluster_list clusters = { .count = 0 };
	struct today today;
	char organisation[ID_TEXT_SIZE] = "";
	json_t *days = person_days(request, person);

	if (!days || today_find(&today, request, clock_wall_ms()) < 0 ||
		cluster_list_load(&clusters, request->stores.read) < 0) {
		json_decref(days);
		return NULL;
	}
	bool alias;
	if (person->organisation[0])
		organisation_resolve(
			request->stores.read, person->organisation, "", organisation, &alias);
	json_t *data = json_pack("{s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:o, s:s}", "days",
		days, "cluster", cluster_json(&clusters, person->cluster, request->language),
		"organisation_id", organisation, "kind", person->organisation_kind, "email",
		person->email, "growth", person->growth, "region", person->region, "language",
		person->language, "keep", request_config(request)->privacy.keep_names_days,
		"choices", choices_json(request, &today), "saved", request_query(request, "saved"));
	person_into(data, person);
	add_badge(data, request->stores.read, person);
	add_presence(data, &today);
	return data;
}
