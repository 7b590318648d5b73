/* /badges: whose badge is it, and which work no more. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/audit.h"
#include "store/badge.h"
#include "web/badge_link.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

#define CANDIDATES_MAX 20

static int take_unknown(void *context, const struct unknown_badge *badge)
{
	char name[BADGE_NAME_SIZE];

	json_array_append_new(
		context, json_pack("{s:o, s:s, s:I, s:o, s:s}", "badge", badge_json(&badge->key),
				 "badge_name", badge_name(&badge->key, name), "taps",
				 (json_int_t)badge->taps, "last", json_time(badge->last_ms),
				 "kiosk", badge->kiosk));
	return 0;
}

static int take_blocked(void *context, const struct blocked_badge *badge)
{
	char name[BADGE_NAME_SIZE];

	json_array_append_new(context,
		json_pack("{s:o, s:s, s:s, s:s, s:o, s:I, s:o, s:s}", "badge",
			badge_json(&badge->key), "badge_name", badge_name(&badge->key, name),
			"attendee", badge->attendee, "name", badge->name, "since",
			json_time(badge->since_ms), "taps", (json_int_t)badge->taps_since, "last",
			badge->taps_since ? json_time(badge->last_ms) : json_null(), "kiosk",
			badge->kiosk));
	return 0;
}

static int take_act(void *context, const struct audit_entry *entry)
{
	json_object_set_new(context, "by", json_string(entry->who));
	json_object_set_new(context, "why", json_string(entry->reason));
	return 1;
}

/* Who blocked each of them last and why, as far as it was done on the page. */
static void add_reasons(json_t *blocked, struct store *store)
{
	json_t *badge;
	size_t i;

	json_array_foreach(blocked, i, badge)
	{
		const struct audit_filter last = { .act = "badge-blocked",
			.object = json_string_value(json_object_get(badge, "attendee")) };
		json_object_set_new(badge, "by", json_string(""));
		json_object_set_new(badge, "why", json_string(""));
		if (last.object[0])
			audit_each(store, &last, 1, take_act, badge);
	}
}

static json_t *chosen_json(struct store *store, const char *id)
{
	struct attendee person;
	json_t *data;

	if (!id[0] || attendee_by_id(store, id, &person) < 0)
		return json_null();
	data = json_object();
	person_into(data, &person);
	return data;
}

/* @more: candidates, taken; NULL for none. @chosen and @lost: ids of people already picked. */
static int show(struct request *request, struct response *response, struct sheet *sheet,
	unsigned status, json_t *more, const char *chosen, const char *lost)
{
	struct store *store = request->stores.read;
	struct badge_counts counts = { 0 };
	json_t *unknown = json_array(), *blocked = json_array();
	json_t *data = more ? more : json_object();
	int r = badge_count_all(store, &counts);

	if (r == 0)
		r = badge_unknown_each(store, take_unknown, unknown);
	if (r == 0)
		r = badge_blocked_each(store, take_blocked, blocked);
	add_reasons(blocked, store);
	json_t *kiosks = badge_link_kiosks(request);
	json_t *own = json_pack("{s:I, s:I, s:I, s:i, s:o, s:o, s:o, s:o, s:o, s:b, s:s}", "linked",
		(json_int_t)counts.linked, "without", (json_int_t)counts.without, "blocked_count",
		(json_int_t)counts.blocked, "unknown_count", (int)json_array_size(unknown),
		"unknown", unknown, "blocked", blocked, "chosen", chosen_json(store, chosen),
		"person", chosen_json(store, lost), "kiosks", kiosks, "others",
		json_array_size(kiosks) > 1, "saved", request_query(request, "saved"));
	json_object_update_new(data, own);
	sheet_into(sheet, data);
	if (r < 0) {
		json_decref(data);
		return r;
	}
	return respond_page(response, status, "badges", data);
}

static json_t *candidates_json(const struct found_person *found, size_t count, const char *what)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s}", "id", found[i].id, "name", found[i].name,
				      "organisation", found[i].organisation));
	return json_pack("{s:b, s:s, s:o}", "several", 1, "several_for", what, "candidates", list);
}

int page_badges(struct request *request, struct response *response)
{
	struct found_person found[CANDIDATES_MAX];
	const char *sought = request_query(request, "q"), *chosen = request_query(request, "p");
	struct sheet sheet;
	json_t *several = NULL;
	size_t count = 0;

	sheet_init(&sheet, request);
	sheet_set(&sheet, "p", sought);
	sheet_set(&sheet, "k", "1");
	sheet_set(&sheet, "lp", "");
	sheet_set(&sheet, "reason", "");
	if (sought[0])
		person_search(request->stores.read, sought, found, CANDIDATES_MAX, &count);
	if (count == 1)
		chosen = found[0].id;
	else if (count > 1 && count <= CANDIDATES_MAX)
		several = candidates_json(found, count, "link");
	else if (sought[0])
		sheet_fault(&sheet, "p", "person");
	return show(request, response, &sheet, 200, several, chosen, request_query(request, "lp"));
}

/* Whom a form means: by "id", else by what was typed in @field. 1 when @ret is filled; 0 with a
 * fault, or with several to choose from in *@ret_several. */
static int pick_person(struct request *request, struct sheet *sheet, const char *field,
	const char *what, struct attendee *ret, json_t **ret_several)
{
	struct found_person found[CANDIDATES_MAX];
	const char *id = request_field(request, "id"), *typed = sheet_take(sheet, field);
	size_t count = 0;
	int r = 0;

	*ret_several = NULL;
	if (id[0] && attendee_by_id(request->stores.read, id, ret) == 0)
		return 1;
	if (typed[0])
		r = person_search(request->stores.read, typed, found, CANDIDATES_MAX, &count);
	if (r < 0)
		return r;
	if (count == 1)
		return attendee_by_id(request->stores.read, found[0].id, ret) == 0;
	if (count > 1 && count <= CANDIDATES_MAX)
		*ret_several = candidates_json(found, count, what);
	else
		sheet_fault(sheet, field, "person");
	return 0;
}

static void sheet_keep(struct sheet *sheet)
{
	static const char *const fields[] = { "p", "k", "lp", "reason" };

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
		sheet_take(sheet, fields[i]);
}

static int show_picked(struct request *request, struct response *response, struct sheet *sheet,
	json_t *several, unsigned status)
{
	sheet_keep(sheet);
	return show(request, response, sheet, status, several, "", request_field(request, "id"));
}

/* The kiosk gives the next badge to somebody. */
static int announce(struct request *request, struct response *response, struct sheet *sheet,
	const struct attendee *person)
{
	json_t *busy;
	const enum link_outcome outcome = badge_link_ask(request, person, &busy);

	if (outcome == LINK_WAITS) {
		sheet_finish(sheet);
		return respond_see_other(response, "/badges/link/%s", person->id);
	}
	if (!busy)
		sheet_fault(sheet, "", outcome == LINK_BUSY ? "busy" : "kiosk");
	sheet_keep(sheet);
	return show(request, response, sheet, outcome == LINK_BUSY ? 409 : 503,
		busy ? json_pack("{s:o}", "busy", busy) : NULL, person->id, "");
}

int badge_link_begin(
	struct request *request, struct response *response, const struct attendee *person)
{
	struct sheet sheet;

	sheet_init(&sheet, request);
	return announce(request, response, &sheet, person);
}

/* Whether the form means this kiosk, the only one that the page reaches; else its status is in
 * *@ret_status. */
static bool is_here(const struct request *request, struct sheet *sheet, unsigned *ret_status)
{
	const char *k = sheet_take(sheet, "k");
	const int number = k[0] ? request_number(k, 1, INT_MAX, 0) : 1;
	json_t *kiosks = number == 1 ? NULL : badge_link_kiosks(request);
	const bool known = number > 1 && (size_t)number <= json_array_size(kiosks);

	json_decref(kiosks);
	if (number == 1)
		return true;
	sheet_fault(sheet, "k", known ? "kiosk.other" : "choice");
	*ret_status = known ? 503 : 422;
	return false;
}

static json_t *give_json(struct store *store, const struct badge_key *key)
{
	char name[BADGE_NAME_SIZE];
	json_t *unknown = json_array(), *one, *data;
	size_t i;

	data = json_pack(
		"{s:o, s:s}", "badge", badge_json(key), "badge_name", badge_name(key, name));
	badge_unknown_each(store, take_unknown, unknown);
	json_array_foreach(unknown, i,
		one) if (json_equal(json_object_get(one, "badge"), json_object_get(data, "badge")))
		json_object_update(data, one);
	json_decref(unknown);
	return data;
}

int page_badge_give(struct request *request, struct response *response)
{
	struct badge_key key;
	struct sheet sheet;

	if (!badge_key_from_text(&key, request_query(request, "badge")))
		return respond_fault(response, 404, "");
	sheet_init(&sheet, request);
	sheet_set(&sheet, "p", "");
	return respond_page(response, 200, "badge_give",
		sheet_into(&sheet, give_json(request->stores.read, &key)));
}

/* A badge that was tapped before goes to somebody: the kiosk is not needed. */
static int give(struct request *request, struct response *response, struct sheet *sheet,
	const struct badge_key *key, const struct attendee *person)
{
	char text[BADGE_KEY_TEXT_SIZE];

	int r = badge_link(request->stores.write, key, person->id, clock_wall_ms());

	sheet_finish(sheet);
	badge_key_text(key, text);
	if (r == -EEXIST)
		return badge_taken_show(request, response, person, text);
	if (r == 0)
		r = audit_note(request, "badge-linked", person->id, "");
	return r < 0 ? r
		     : respond_see_other(response, "/badges/link/%s?badge=%s", person->id, text);
}

int page_badge_link(struct request *request, struct response *response)
{
	struct badge_key key;
	struct attendee person;
	struct sheet sheet;
	json_t *several;
	const char *badge = request_field(request, "badge");
	const bool has_badge = badge_key_from_text(&key, badge);

	if (badge[0] && !has_badge)
		return respond_fault(response, 404, "");
	sheet_init(&sheet, request);
	const int picked = pick_person(request, &sheet, "p", "link", &person, &several);
	if (picked < 0) {
		sheet_finish(&sheet);
		return picked;
	}
	if (picked && has_badge)
		return give(request, response, &sheet, &key, &person);
	unsigned status = 422;
	if (!has_badge && !is_here(request, &sheet, &status)) {
		sheet_keep(&sheet);
		return show(
			request, response, &sheet, status, several, picked ? person.id : "", "");
	}
	if (picked)
		return announce(request, response, &sheet, &person);
	if (!has_badge)
		return show_picked(request, response, &sheet, several, 422);
	json_t *data = give_json(request->stores.read, &key);
	if (several)
		json_object_update_new(data, several);
	return respond_page(response, 422, "badge_give", sheet_into(&sheet, data));
}

/* Blocking by name, from the list. */
int page_badge_block_person(struct request *request, struct response *response)
{
	struct attendee person;
	struct badge_key key;
	struct sheet sheet;
	json_t *several = NULL;

	sheet_init(&sheet, request);
	const char *reason = sheet_need(&sheet, "reason", "reason");
	const int picked = pick_person(request, &sheet, "lp", "block", &person, &several);
	if (picked < 0) {
		sheet_finish(&sheet);
		return picked;
	}
	if (picked && person_badge(request->stores.read, person.id, &key, NULL) == -ENOENT)
		sheet_fault(&sheet, "lp", "nobadge");
	if (!picked || !sheet_is_good(&sheet))
		return show_picked(request, response, &sheet, several, 422);
	struct badge_owner owner = { .blocked = false };
	if (badge_find_owner(request->stores.read, &key, &owner) == 0 && owner.blocked) {
		sheet_fault(&sheet, "lp", "blocked");
		return show_picked(request, response, &sheet, NULL, 409);
	}
	int r = badge_block(request->stores.write, &key, clock_wall_ms());
	if (r == 0)
		r = audit_note(request, "badge-blocked", person.id, reason);
	sheet_finish(&sheet);
	return r < 0 ? r : respond_see_other(response, "/badges?saved=blocked");
}
