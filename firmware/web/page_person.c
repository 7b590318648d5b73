/* /people/{id}: one person's log, by-hand entries and undo. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/audit.h"
#include "store/planned.h"
#include "store/privacy.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/person_data.h"
#include "web/routes.h"

#define REASON_LETTERS_MAX 300
#define DAY_MS (24 * 3600 * 1000LL)

static int show(struct request *request, struct response *response, const struct attendee *person,
	struct sheet *sheet, unsigned status)
{
	json_t *data = person_data(request, person);

	if (!data) {
		sheet_finish(sheet);
		return -EIO;
	}
	/* Beyond the end of the log there is nothing to see. */
	if (status == 200 && request_query(request, "page")[0] &&
		json_array_size(json_object_get(data, "days")) == 0) {
		json_decref(data);
		sheet_finish(sheet);
		return respond_see_other(response, "/people/%s", person->id);
	}
	return respond_page(response, status, "person", sheet_into(sheet, data));
}

int page_person(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	char day[11], clock[6];
	const int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	local_time_text(clock_wall_ms(), day, clock);
	sheet_set(&sheet, "what", "in");
	sheet_set(&sheet, "day", day);
	sheet_set(&sheet, "time", clock);
	sheet_set(&sheet, "reason", "");
	return show(request, response, &person, &sheet, 200);
}

/* A reason is a sentence, not a book. */
static const char *take_reason(struct sheet *sheet)
{
	const char *reason = sheet_need(sheet, "reason", "reason");

	if (strlen(reason) > REASON_LETTERS_MAX)
		sheet_fault(sheet, "reason", "long");
	return reason;
}

struct entry_asked {
	const char *what, *reason;
	int64_t at_ms;
};

static bool is_known(struct store *store, const char *what)
{
	struct planned_session planned;

	return strcmp(what, "in") == 0 || strcmp(what, "out") == 0 ||
	       (strlen(what) < ID_TEXT_SIZE && planned_find(store, what, &planned) == 0);
}

static void take_entry(struct sheet *sheet, struct entry_asked *ret)
{
	const char *day = sheet_take(sheet, "day"), *clock = sheet_take(sheet, "time");

	*ret = (struct entry_asked){ .what = sheet_take(sheet, "what"),
		.reason = take_reason(sheet) };
	if (!is_known(sheet->request->stores.read, ret->what))
		sheet_fault(sheet, "what", "choice");
	if (!local_time_parse(&ret->at_ms, day, clock))
		sheet_fault(sheet, local_time_parse(&ret->at_ms, day, NULL) ? "time" : "day",
			local_time_parse(&ret->at_ms, day, NULL) ? "time" : "date");
	else if (clock_trusted_ms() && ret->at_ms > clock_wall_ms())
		sheet_fault(sheet, "time", "future");
}

/* The kiosk alone adds to the log. Its seq, or 0 after a fault. */
static int64_t enter(const struct request *request, const struct attendee *person,
	const struct entry_asked *entry, struct sheet *sheet)
{
	const bool out = strcmp(entry->what, "out") == 0;
	const bool session = !out && strcmp(entry->what, "in") != 0;
	json_t *asked = json_pack("{s:s, s:s, s:s, s:I}", "attendee", person->id, "direction",
		out ? "out" : "in", "session", session ? entry->what : "", "at",
		(json_int_t)entry->at_ms);
	char *text = json_dumps(asked, JSON_COMPACT), line[512];

	snprintf(line, sizeof line, "enter %s", text ? text : "");
	json_t *answer = kiosk_ask(request, line);
	const int64_t seq = json_integer_value(json_object_get(answer, "seq"));
	if (!kiosk_said_yes(answer))
		sheet_fault(sheet, "", "kiosk");
	free(text);
	json_decref(asked);
	json_decref(answer);
	return seq;
}

int page_person_checkin(struct request *request, struct response *response)
{
	struct attendee person;
	struct entry_asked entry;
	struct sheet sheet;
	int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	take_entry(&sheet, &entry);
	if (sheet_is_good(&sheet))
		r = audit_note(request, "entered", person.id, entry.reason);
	const int64_t seq =
		r == 0 && sheet_is_good(&sheet) ? enter(request, &person, &entry, &sheet) : 0;
	if (seq > 0)
		r = hand_note_add(request->stores.write, "", seq, HAND_ENTERED, request->owner.who,
			entry.reason, clock_wall_ms());
	if (r < 0) {
		sheet_finish(&sheet);
		return r;
	}
	if (!sheet_is_good(&sheet)) {
		const bool away = json_object_get(sheet.faults, "*") != NULL;
		return show(request, response, &person, &sheet, away ? 503 : 422);
	}
	sheet_finish(&sheet);
	return respond_see_other(response, "/people/%s?saved=entry", person.id);
}

/* The entry {n} of the person in the path, if it is theirs. NULL after answering 404. */
static json_t *entry_asked(
	struct request *request, struct response *response, const struct attendee *person)
{
	json_t *found = person_entry(request, person, request->parameters[1]);

	if (!found)
		respond_fault(response, 404, "");
	return found;
}

static int ask_undo(struct response *response, const struct attendee *person, json_t *entry,
	struct sheet *sheet, unsigned status)
{
	person_into(entry, person);
	return respond_page(response, status, "person_undo", sheet_into(sheet, entry));
}

int page_person_undo_ask(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	const int r = person_asked(request, response, &person);
	json_t *entry = r == 0 ? entry_asked(request, response, &person) : NULL;

	if (!entry)
		return r == -ENOENT ? 0 : r;
	if (json_is_true(json_object_get(entry, "undone"))) {
		json_decref(entry);
		return respond_fault(response, 409, "");
	}
	sheet_init(&sheet, request);
	sheet_set(&sheet, "reason", "");
	return ask_undo(response, &person, entry, &sheet, 200);
}

static int undo(struct request *request, const struct attendee *person, const json_t *entry,
	const char *reason)
{
	const char *log_id = json_string_value(json_object_get(entry, "log_id"));
	const int64_t seq = json_integer_value(json_object_get(entry, "seq"));
	int r = tap_log_correct(request->stores.write, log_id, seq, reason, clock_wall_ms());

	if (r == 0)
		r = hand_note_add(request->stores.write, log_id, seq, HAND_UNDONE,
			request->owner.who, reason, clock_wall_ms());
	return r == 0 ? audit_note(request, "tap-corrected", person->id, reason) : r;
}

int page_person_undo(struct request *request, struct response *response)
{
	struct attendee person;
	struct sheet sheet;
	int r = person_asked(request, response, &person);
	json_t *entry = r == 0 ? entry_asked(request, response, &person) : NULL;

	if (!entry)
		return r == -ENOENT ? 0 : r;
	sheet_init(&sheet, request);
	const char *reason = take_reason(&sheet);
	if (!sheet_is_good(&sheet))
		return ask_undo(response, &person, entry, &sheet, 422);
	r = undo(request, &person, entry, reason);
	json_decref(entry);
	sheet_finish(&sheet);
	if (r == -EEXIST)
		return respond_fault(response, 409, "");
	return r < 0 ? r : respond_see_other(response, "/people/%s?saved=undone", person.id);
}

static int add_act(void *context, const struct audit_entry *entry)
{
	json_t *acts = context;
	return json_array_append_new(
		acts, json_pack("{s:o, s:s, s:s, s:s}", "time", json_time(entry->wall_ms), "who",
			      entry->who, "act", entry->act, "reason", entry->reason));
}

/* Their badge, by the letters that are shown of it, until when the names stay, and what the audit
 * log says about them. */
static void add_rest(json_t *all, const struct request *request, const struct attendee *person)
{
	const int64_t keep_ms = request_config(request)->privacy.keep_names_days * DAY_MS;
	struct badge_key key;
	char name[BADGE_NAME_SIZE];
	int64_t since_ms = 0, until_ms = 0;

	if (person_badge(request->stores.read, person->id, &key, &since_ms) == 0)
		json_object_set_new(all, "badge",
			json_pack("{s:s, s:o}", "badge", badge_name(&key, name), "since",
				json_time(since_ms)));
	if (keep_ms > 0 &&
		attendee_kept_until(request->stores.read, person->id, keep_ms, &until_ms) == 0)
		json_object_set_new(all, "kept_until", json_time(until_ms));
	const struct audit_filter theirs = { .object = person->id };
	json_t *acts = json_array();
	audit_each(request->stores.read, &theirs, INT_MAX, add_act, acts);
	json_object_set_new(all, "acts", acts);
}

/* All that is kept about somebody, to hand over when asked. */
int page_person_export(struct request *request, struct response *response)
{
	struct attendee person;
	int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	json_t *days = person_days(request, &person);
	if (!days)
		return -EIO;
	json_t *all = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, "
				"s:o}",
		"id", person.id, "given_name", person.given_name, "family_name", person.family_name,
		"email", person.email, "language", person.language, "organisation",
		person.organisation, "organisation_kind", person.organisation_kind,
		"education_level", person.education_level, "cluster", person.cluster, "region",
		person.region, "growth", person.growth, "sessions", person.sessions, "attendance",
		days, "made", json_time(clock_wall_ms()));
	json_object_set_new(all, "origin", origin_json(request->stores.read, person.id));
	add_rest(all, request, &person);
	char *text = json_dumps(all, JSON_INDENT(2));
	json_decref(all);
	if (!text)
		return -ENOMEM;
	r = audit_note(request, "exported", person.id, "");
	if (r < 0) {
		free(text);
		return r;
	}
	respond_bytes(response, "application/json", text, strlen(text));
	return respond_as_attachment(response, "person.json");
}
