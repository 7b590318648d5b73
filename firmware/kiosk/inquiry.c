#include "kiosk/inquiry.h"

#include <string.h>

#include "base/clock.h"

#define HALF_DAY_MS (12LL * 3600 * 1000)

static int find_owner(struct inquiry *inquiry, struct store *store)
{
	const struct badge_keys *badge = &inquiry->tap->badge;
	inquiry->key = badge->keys[0];
	if (inquiry->tap->person) {
		inquiry->owner = (struct badge_owner){ .known = true };
		inquiry->owner.attendee = *inquiry->tap->person;
		return 0;
	}
	for (size_t i = 0; i < badge->count; i++) {
		const int r = badge_find_owner(store, &badge->keys[i], &inquiry->owner);
		if (r < 0)
			return r;
		if (inquiry->owner.known || inquiry->owner.blocked) {
			inquiry->key = badge->keys[i];
			break;
		}
	}
	return 0;
}

bool inquiry_lists(const char *list, const char *code)
{
	const size_t length = strlen(code);
	for (const char *at = list; (at = strstr(at, code)); at += length) {
		const bool starts = at == list || at[-1] == ' ';
		if (starts && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

size_t inquiry_candidates(const struct programme_cache *programme, const struct config *config,
	int64_t wall_ms, const char *room, size_t ret[SCHEDULE_ROWS_MAX])
{
	const size_t count = schedule_candidates(programme->sessions, programme->count, wall_ms,
		config->kiosk.early_min, room, ret, SCHEDULE_ROWS_MAX);
	return count < SCHEDULE_ROWS_MAX ? count : SCHEDULE_ROWS_MAX;
}

/* @lasting: the session that is one visit however long it lasts; NULL for none. */
static int ask_presence(const struct inquiry *inquiry, struct store *store, const char *session,
	const struct session *lasting, struct presence *ret)
{
	const int64_t wall_ms = inquiry->tap->at.wall_ms;
	const char *attendee = inquiry->owner.known ? inquiry->owner.attendee.id : "";
	const struct margins margins = { inquiry->config->kiosk.early_min,
		inquiry->config->kiosk.leave_min };
	struct span span = { wall_ms - HALF_DAY_MS, wall_ms + HALF_DAY_MS };
	if (clock_is_trusted(inquiry->tap->at.grade) && inquiry->programme->count)
		schedule_stay_span(inquiry->programme->sessions, inquiry->programme->count, lasting,
			wall_ms, &margins, clock_utc_offset_min, &span);
	return tap_log_presence(store, attendee, &inquiry->key, inquiry->programme->event.id,
		session, span.from_ms, span.to_ms, &inquiry->tap->at, ret);
}

/* Of sessions side by side, the one the person went to last; NULL for none. */
static int find_chosen(struct inquiry *inquiry, struct store *store, const size_t *fits,
	size_t count, const struct session **ret)
{
	int64_t latest_ms = INT64_MIN;
	*ret = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &inquiry->programme->sessions[fits[i]];
		struct presence presence;
		const int r = ask_presence(inquiry, store, session->id, NULL, &presence);
		if (r < 0)
			return r;
		if (presence.in && presence.since_wall_ms > latest_ms) {
			latest_ms = presence.since_wall_ms;
			*ret = session;
		}
	}
	return 0;
}

static const struct session *find_reserved(
	const struct inquiry *inquiry, const size_t *fits, size_t count)
{
	for (size_t i = 0; i < count && inquiry->owner.known; i++) {
		const struct session *session = &inquiry->programme->sessions[fits[i]];
		if (inquiry_lists(inquiry->owner.attendee.sessions, session->code))
			return session;
	}
	return NULL;
}

static int choose_session(struct inquiry *inquiry, struct store *store)
{
	const struct config *config = inquiry->config;
	const bool room = config->kiosk.mode == MODE_ROOM;
	size_t fits[SCHEDULE_ROWS_MAX];
	const size_t count = inquiry_candidates(inquiry->programme, config,
		inquiry->tap->at.wall_ms, room ? config->kiosk.room : "", fits);
	inquiry->several = count > 1 && config->kiosk.mode == MODE_CHOOSE;
	if (count > 1 && !room) {
		const int r = find_chosen(inquiry, store, fits, count, &inquiry->session);
		if (r < 0 || inquiry->session)
			return r;
	}
	inquiry->session = find_reserved(inquiry, fits, count);
	inquiry->reserved = inquiry->session != NULL;
	if (!inquiry->session && (count == 1 || (count > 1 && room)))
		inquiry->session = &inquiry->programme->sessions[fits[0]];
	return 0;
}

/* In a room the door is that of the room's sessions; elsewhere that of the whole event. */
static int look_at_door(struct inquiry *inquiry, struct store *store)
{
	const struct programme_cache *programme = inquiry->programme;
	const int64_t wall_ms = inquiry->tap->at.wall_ms;
	const struct config *config = inquiry->config;
	inquiry->door = DOOR_OPEN;
	if (!clock_is_trusted(inquiry->tap->at.grade))
		return 0;

	inquiry->door = schedule_door(programme->sessions, programme->count, wall_ms,
		config->kiosk.early_min, &inquiry->opens_ms);
	if (inquiry->door == DOOR_OPEN || inquiry->door == DOOR_NO_SCHEDULE) {
		const int r = choose_session(inquiry, store);
		if (r < 0)
			return r;
	}
	if (config->kiosk.mode != MODE_ROOM || inquiry->door != DOOR_OPEN || inquiry->session)
		return 0;

	inquiry->door = DOOR_OVER;
	for (size_t i = 0; i < programme->count; i++) {
		const struct session *session = &programme->sessions[i];
		if (session->start_ms > wall_ms && session->state != SESSION_CANCELLED &&
			strcmp(session->room, config->kiosk.room) == 0) {
			inquiry->door = DOOR_EARLY;
			inquiry->opens_ms = session->start_ms - config->kiosk.early_min * 60000LL;
			return 0;
		}
	}
	return 0;
}

static int look_at_presence(struct inquiry *inquiry, struct store *store)
{
	return ask_presence(inquiry, store, inquiry->session ? inquiry->session->id : "",
		inquiry->session, &inquiry->presence);
}

static int look_at_places(struct inquiry *inquiry, struct store *store)
{
	const struct session *session = inquiry->session;
	if (!session || session->capacity <= 0 || inquiry->reserved ||
		inquiry->config->kiosk.overfull)
		return 0;

	int32_t taken;
	const int r = session_taken(store, session->id, &taken);
	if (r == 0 && taken >= session->capacity)
		inquiry->facts |= FACT_FULL;
	return r;
}

/* Whoever finds the session full is in the event all the same, once. */
static int look_at_event(struct inquiry *inquiry, struct store *store)
{
	struct presence presence;
	const int r = ask_presence(inquiry, store, "", NULL, &presence);
	if (r == 0)
		inquiry->in_event = presence.in;
	return r;
}

static bool is_settled(const struct inquiry *inquiry)
{
	const struct presence *presence = &inquiry->presence;
	const struct moment *at = &inquiry->tap->at;
	const int64_t guard_ms = inquiry->config->kiosk.guard_s * 1000LL;
	if (boot_id_equal(
		    &presence->since_boot, &at->boot)) /* the wall clock may have been set since */
		return at->mono_ms - presence->since_mono_ms >= guard_ms;
	const int64_t passed_ms = at->wall_ms - presence->since_wall_ms;
	/* What lies ahead at another kiosk was by a clock ahead of ours: how long ago it was nobody
	 * knows, but from there to here people walk. */
	return passed_ms >= guard_ms || (presence->elsewhere && passed_ms < 0);
}

int inquiry_gather(struct inquiry *inquiry, struct store *store)
{
	int r = find_owner(inquiry, store);
	if (r < 0)
		return r;
	r = look_at_door(inquiry, store);
	if (r == 0)
		r = look_at_presence(inquiry, store);
	if (r == 0)
		r = look_at_places(inquiry, store);
	if (r == 0 && inquiry->facts & FACT_FULL)
		r = look_at_event(inquiry, store);
	if (r < 0)
		return r;

	const bool shut = inquiry->door != DOOR_OPEN && inquiry->door != DOOR_NO_SCHEDULE;
	inquiry->facts |= inquiry->owner.blocked ? FACT_BLOCKED : 0;
	inquiry->facts |= inquiry->owner.known ? 0 : FACT_UNKNOWN;
	inquiry->facts |= shut ? FACT_SHUT : 0;
	inquiry->facts |= inquiry->presence.in ? FACT_IN : 0;
	inquiry->facts |= inquiry->config->kiosk.tap_out ? FACT_TAP_OUT : 0;
	inquiry->facts |= inquiry->presence.in && is_settled(inquiry) ? FACT_SETTLED : 0;
	inquiry->facts |= inquiry->several && !inquiry->session ? FACT_SEVERAL : 0;
	return 0;
}
