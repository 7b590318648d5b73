/* /badges/{badge}/block and unblock, and /badges/link/{person}: waiting for a tap. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/badge.h"
#include "web/badge_link.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/hub.h"
#include "web/kiosk_options.h"
#include "web/person_data.h"
#include "web/routes.h"
#include "web/sheet.h"

/* False after answering 404. */
static bool badge_asked(struct request *request, struct response *response,
	struct badge_key *ret_key, struct badge_owner *ret_owner)
{
	if (!badge_key_from_text(ret_key, request->parameters[0]) ||
		badge_find_owner(request->stores.read, ret_key, ret_owner) < 0) {
		respond_fault(response, 404, "");
		return false;
	}
	return true;
}

static json_t *block_json(
	const struct badge_key *key, const struct badge_owner *owner, bool unblock)
{
	char badge[BADGE_NAME_SIZE], name[PERSON_NAME_SIZE];

	return json_pack("{s:o, s:s, s:s, s:b}", "badge", badge_json(key), "badge_name",
		badge_name(key, badge), "name",
		owner->known
			? full_name(owner->attendee.given_name, owner->attendee.family_name, name)
			: "",
		"unblock", unblock);
}

/* Whom {…} in the path names, when it can be blocked (or unblocked); else that was answered. */
static bool can_block(struct request *request, struct response *response, bool unblock,
	struct badge_key *ret_key, struct badge_owner *ret_owner)
{
	if (!badge_asked(request, response, ret_key, ret_owner))
		return false;
	if (ret_owner->blocked == unblock)
		return true;
	respond_fault(response, 409, "");
	return false;
}

static int ask_block(struct request *request, struct response *response, bool unblock)
{
	struct badge_key key;
	struct badge_owner owner;
	struct sheet sheet;

	if (!can_block(request, response, unblock, &key, &owner))
		return 0;
	sheet_init(&sheet, request);
	sheet_set(&sheet, "reason", "");
	return respond_page(response, 200, "badge_block",
		sheet_into(&sheet, block_json(&key, &owner, unblock)));
}

int page_badge_block_ask(struct request *request, struct response *response)
{
	return ask_block(request, response, false);
}

int page_badge_unblock_ask(struct request *request, struct response *response)
{
	return ask_block(request, response, true);
}

static int block(struct request *request, struct response *response, bool unblock)
{
	struct badge_key key;
	struct badge_owner owner;
	struct sheet sheet;

	if (!can_block(request, response, unblock, &key, &owner))
		return 0;
	sheet_init(&sheet, request);
	const char *reason = sheet_need(&sheet, "reason", "reason");
	if (!sheet_is_good(&sheet))
		return respond_page(response, 422, "badge_block",
			sheet_into(&sheet, block_json(&key, &owner, unblock)));
	int r = unblock ? badge_unblock(request->stores.write, &key, clock_wall_ms())
			: badge_block(request->stores.write, &key, clock_wall_ms());
	if (r == 0)
		r = audit_note(request, unblock ? "badge-unblocked" : "badge-blocked",
			owner.known ? owner.attendee.id : "", reason);
	sheet_finish(&sheet);
	return r < 0 ? r
		     : respond_see_other(
			       response, "/badges?saved=%s", unblock ? "unblocked" : "blocked");
}

int page_badge_block(struct request *request, struct response *response)
{
	return block(request, response, false);
}

int page_badge_unblock(struct request *request, struct response *response)
{
	return block(request, response, true);
}

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* The kiosk's last announcement, if it was for @person; NULL when it does not answer. */
static json_t *link_state(const struct request *request, const struct attendee *person)
{
	json_t *status = kiosk_ask(request, "status");
	json_t *link = json_incref(json_object_get(status, "link"));

	json_decref(status);
	if (link && strcmp(text_of(link, "attendee"), person->id) != 0) {
		json_decref(link);
		link = json_pack("{s:s, s:s, s:i}", "state", "none", "badge", "", "seconds", 0);
	}
	return link;
}

#define TIMES_SHOWN 5

/* Taps that were of nobody when they were made. */
static int take_strange(void *context, const struct person_tap *tap)
{
	json_t *times = context;

	if (tap->verdict == VERDICT_UNKNOWN)
		json_array_append_new(times, json_time(tap->wall_ms));
	return 0;
}

/* How many of the badge's taps got a name by this, and when the last of them were. */
static void add_taps(json_t *data, struct store *store, const char *person)
{
	json_t *times = json_array();

	person_tap_each(store, person, take_strange, times);
	json_object_set_new(data, "taps", json_integer((json_int_t)json_array_size(times)));
	while (json_array_size(times) > TIMES_SHOWN)
		json_array_remove(times, json_array_size(times) - 1);
	json_object_set_new(data, "times", times);
}

static int show_done(const struct request *request, struct response *response,
	const struct attendee *person, const char *badge, bool over)
{
	struct badge_key key = { .bytes = { 0 } };
	char name[BADGE_NAME_SIZE];
	json_t *data = json_pack("{s:b}", "over", over);

	badge_key_from_text(&key, badge);
	json_object_set_new(data, "badge_name", json_string(badge_name(&key, name)));
	person_into(data, person);
	add_taps(data, request->stores.read, over ? "" : person->id);
	return respond_page(response, over ? 410 : 200, "badge_done", data);
}

int badge_taken_show(struct request *request, struct response *response,
	const struct attendee *person, const char *badge)
{
	struct badge_key key;
	struct badge_owner owner = { .known = false };
	char name[BADGE_NAME_SIZE], other[PERSON_NAME_SIZE], link[64];
	int64_t since_ms = 0;

	if (!badge_key_from_text(&key, badge) ||
		badge_find_owner(request->stores.read, &key, &owner) < 0 || !owner.known)
		return respond_fault(response, 409, "");
	struct attendee *has = &owner.attendee;
	struct badge_key newest;
	person_badge(request->stores.read, has->id, &newest, &since_ms);
	snprintf(link, sizeof link, "/people/%s", has->id);
	json_t *data = json_pack("{s:s, s:s, s:o, s:{s:s, s:s, s:s, s:s}}", "badge", badge,
		"badge_name", badge_name(&key, name), "since", json_time(since_ms), "other", "link",
		link, "name", full_name(has->given_name, has->family_name, other), "organisation",
		has->organisation, "first", person_first(has));
	person_into(data, person);
	return respond_page(response, 409, "badge_taken", data);
}

static int show_waiting(struct request *request, struct response *response,
	const struct attendee *person, const json_t *link)
{
	char stream[ID_TEXT_SIZE + 24], side[CONFIG_NAME_SIZE];

	snprintf(stream, sizeof stream, "/badges/link/%s/stream", person->id);
	kiosk_side(request, side);
	json_t *data =
		json_pack("{s:s, s:I, s:s, s:s}", "kiosk", request_config(request)->kiosk.name,
			"seconds", json_integer_value(json_object_get(link, "seconds")), "stream",
			stream, "side", side);

	person_into(data, person);
	return respond_page(response, 200, "badge_wait", data);
}

int page_badge_wait(struct request *request, struct response *response)
{
	struct attendee person;
	int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (request_query(request, "badge")[0])
		return show_done(
			request, response, &person, request_query(request, "badge"), false);
	json_t *link = link_state(request, &person);
	if (!link)
		return respond_fault(response, 503, "kiosk");
	const char *state = text_of(link, "state"), *badge = text_of(link, "badge");
	if (strcmp(state, "waiting") == 0)
		r = show_waiting(request, response, &person, link);
	else if (strcmp(state, "linked") == 0)
		r = show_done(request, response, &person, badge, false);
	else if (strcmp(state, "taken") == 0)
		r = badge_taken_show(request, response, &person, badge);
	else
		r = show_done(request, response, &person, "", true);
	json_decref(link);
	return r;
}

int page_badge_taken(struct request *request, struct response *response)
{
	struct attendee person;
	struct badge_key key;
	int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	const char *what = request_field(request, "do");
	if (strcmp(what, "other") == 0)
		return badge_link_begin(request, response, &person);
	if (strcmp(what, "move") != 0 ||
		!badge_key_from_text(&key, request_field(request, "badge")))
		return respond_fault(response, 422, "");
	r = badge_move(request->stores.write, &key, person.id, clock_wall_ms());
	if (r == -EEXIST)
		return respond_fault(response, 409, ""); /* an organiser's */
	if (r == 0)
		r = audit_note(request, "badge-moved", person.id, "");
	return r < 0 ? r
		     : respond_see_other(response, "/badges/link/%s?badge=%s", person.id,
			       request_field(request, "badge"));
}

/* Another's badge that the kiosk waits for by now is waited for on. */
int page_badge_cancel(struct request *request, struct response *response)
{
	struct attendee person;
	const int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	json_t *link = link_state(request, &person);
	if (strcmp(text_of(link, "state"), "waiting") == 0)
		json_decref(kiosk_ask(request, "unlink"));
	json_decref(link);
	return respond_see_other(response, "/badges?saved=cancelled");
}

int page_badge_stream(struct request *request, struct response *response)
{
	struct interest interest = { .what = WATCHED_BADGE, .language = request->language };
	struct attendee person;
	const int r = person_asked(request, response, &person);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	utf8_clip(interest.person, sizeof interest.person, person.id);
	return hub_join(request->site->hub, response, &interest, clock_mono_ns() / 1000000);
}
