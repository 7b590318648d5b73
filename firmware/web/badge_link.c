#include "web/badge_link.h"

#include <stdio.h>
#include <string.h>

#include "base/control.h"
#include "core/text.h"
#include "web/fleet.h"

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Whom the kiosk waits for. NULL when it does no longer. */
static json_t *busy_json(const struct request *request)
{
	json_t *status = kiosk_ask(request, "status"), *busy = NULL;
	const json_t *link = json_object_get(status, "link");
	char name[PERSON_NAME_SIZE] = "";
	struct attendee person;

	if (strcmp(text_of(link, "state"), "waiting") == 0) {
		if (attendee_by_id(request->stores.read, text_of(link, "attendee"), &person) == 0)
			full_name(person.given_name, person.family_name, name);
		busy = json_pack("{s:s, s:s, s:O}", "who", text_of(link, "by"), "name", name,
			"seconds", json_object_get(link, "seconds"));
	}
	json_decref(status);
	return busy;
}

enum link_outcome badge_link_ask(
	const struct request *request, const struct attendee *person, json_t **ret_busy)
{
	char line[sizeof "link \t" + ID_TEXT_SIZE + WHO_SIZE];

	*ret_busy = NULL;
	const int begin = snprintf(line, sizeof line, "link %s\t", person->id);
	snprintf(line + begin, sizeof line - (size_t)begin, "%s", request->owner.who);
	for (char *c = line + begin; *c; c++)
		if ((unsigned char)*c < ' ')
			*c = ' '; /* a line is one request */
	json_t *answer = kiosk_ask(request, line);
	const enum link_outcome outcome = !answer                  ? LINK_AWAY
					  : kiosk_said_yes(answer) ? LINK_WAITS
								   : LINK_BUSY;
	json_decref(answer);
	if (outcome == LINK_BUSY)
		*ret_busy = busy_json(request);
	return outcome;
}

json_t *badge_link_kiosks(const struct request *request)
{
	struct fleet_sum sum;
	json_t *others = NULL, *other, *list = json_array();
	size_t i;

	json_array_append_new(list, json_pack("{s:i, s:s, s:b}", "number", 1, "kiosk",
					    request_config(request)->kiosk.name, "here", 1));
	if (fleet_json(request, &others, &sum) < 0)
		return list;
	json_array_foreach(others, i, other) json_array_append_new(
		list, json_pack("{s:O, s:O, s:b}", "number", json_object_get(other, "number"),
			      "kiosk", json_object_get(other, "kiosk"), "here", 0));
	json_decref(others);
	return list;
}
