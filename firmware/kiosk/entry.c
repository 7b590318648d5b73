#include "kiosk/entry.h"

#include <jansson.h>
#include <string.h>

#include "core/text.h"
#include "store/person.h"

#define AHEAD_MS 60000 /* clocks of a browser and a kiosk differ */
#define JUST_MS 600000 /* so long a page with the time of now in it lies open */

static const struct session *session_of(const struct programme_cache *programme, const char *id)
{
	for (size_t i = 0; i < programme->count; i++)
		if (strcmp(programme->sessions[i].id, id) == 0)
			return &programme->sessions[i];
	return NULL;
}

/* While nobody trusts the clock, "just now" is what it says, and becomes a time with all else of
 * its boot; any other time is what somebody knew better, of no boot, and stays as it was given. */
static void set_time(int64_t at_ms, const struct moment *now, struct moment *ret)
{
	const int64_t ago_ms = now->wall_ms - at_ms;

	*ret = (struct moment){ .wall_ms = at_ms, .grade = CLOCK_HUMAN };
	if (clock_is_trusted(now->grade) || ago_ms > JUST_MS || ago_ms < -AHEAD_MS)
		return;
	*ret = *now;
	ret->wall_ms = at_ms;
	ret->mono_ms = now->mono_ms > ago_ms ? now->mono_ms - ago_ms : 0;
}

static bool fill(const json_t *entry, struct store *store, const struct programme_cache *programme,
	const struct moment *now, struct tap_record *ret, const char **ret_words)
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
	*ret_words = "the time lies in the future";
	if ((clock_is_trusted(now->grade) && at_ms > now->wall_ms + AHEAD_MS) || at_ms <= 0)
		return false;
	set_time(at_ms, now, &ret->at);
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
	const struct config *config, const struct moment *now, struct tap_record *ret,
	const char **ret_words)
{
	struct tap_record record = { .counts = true, .note = "by-hand" };
	json_t *entry = json_loads(text, 0, NULL);

	utf8_clip(record.kiosk, sizeof record.kiosk, config->kiosk.name);
	utf8_clip(record.event, sizeof record.event, programme->event.id);
	const bool good = fill(entry, store, programme, now, &record, ret_words);
	json_decref(entry);
	if (good)
		*ret = record;
	return good;
}
