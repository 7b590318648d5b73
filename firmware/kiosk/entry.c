#include "kiosk/entry.h"

#include <jansson.h>
#include <string.h>

#include "core/text.h"
#include "store/person.h"

#define AHEAD_MS 60000 /* clocks of a browser and a kiosk differ */

static const struct session *session_of(const struct programme_cache *programme, const char *id)
{
	for (size_t i = 0; i < programme->count; i++)
		if (strcmp(programme->sessions[i].id, id) == 0)
			return &programme->sessions[i];
	return NULL;
}

static bool fill(const json_t *entry, struct store *store, const struct programme_cache *programme,
	int64_t now_ms, struct tap_record *ret, const char **ret_words)
{
	const char *attendee, *direction, *session;
	json_int_t at_ms;
	struct attendee person;

	*ret_words = "not an entry";
	if (json_unpack((json_t *)entry, "{s:s, s:s, s:s, s:I}", "attendee", &attendee, "direction",
		    &direction, "session", &session, "at", &at_ms) < 0)
		return false;
	ret->direction = strcmp(direction, "out") == 0 ? DIRECTION_OUT : DIRECTION_IN;
	ret->verdict = ret->direction == DIRECTION_OUT ? VERDICT_CHECKED_OUT : VERDICT_CHECKED_IN;
	ret->at.wall_ms = at_ms;
	*ret_words = "the time lies in the future";
	if (at_ms > now_ms + AHEAD_MS || at_ms <= 0)
		return false;
	*ret_words = "there is no such session";
	if (session[0] && !session_of(programme, session))
		return false;
	utf8_clip(ret->session, sizeof ret->session, session);
	*ret_words = "there is no such attendee";
	if (attendee_by_id(store, attendee, &person) < 0)
		return false;
	utf8_clip(ret->attendee, sizeof ret->attendee, person.id);
	return person_entry_key(store, person.id, &ret->key) == 0;
}

bool entry_read(const char *text, struct store *store, const struct programme_cache *programme,
	const struct config *config, int64_t now_ms, struct tap_record *ret, const char **ret_words)
{
	struct tap_record record = { .counts = true, .note = "by-hand" };
	json_t *entry = json_loads(text, 0, NULL);

	record.at.grade = CLOCK_HUMAN;
	utf8_clip(record.kiosk, sizeof record.kiosk, config->kiosk.name);
	utf8_clip(record.event, sizeof record.event, programme->event.id);
	const bool good = fill(entry, store, programme, now_ms, &record, ret_words);
	json_decref(entry);
	if (good)
		*ret = record;
	return good;
}
