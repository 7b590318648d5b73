#include "kiosk/facts.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define HALF_DAY_MS (12LL * 3600 * 1000)

/* What is known of one tap while it is decided. */
struct inquiry {
	const struct programme_cache *programme;
	const struct config *config;
	const struct tap *tap;
	struct badge_owner owner;
	struct badge_key key; /* the one the badge is known by, else the best */
	enum door door;
	int64_t opens_ms;
	const struct session *session; /* what the tap is for; NULL for the event as a whole */
	bool several, reserved;        /* several fit and none was chosen; a place was kept */
	struct presence presence;
	unsigned facts;
};

static int find_owner(struct inquiry *inquiry, struct store *store)
{
	const struct badge_keys *badge = &inquiry->tap->badge;
	inquiry->key = badge->keys[0];
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

/* Is @code among the blank-separated @list? */
static bool listed(const char *list, const char *code)
{
	const size_t length = strlen(code);
	for (const char *at = list; (at = strstr(at, code)); at += length) {
		const bool starts = at == list || at[-1] == ' ';
		if (starts && (at[length] == ' ' || at[length] == '\0'))
			return true;
	}
	return false;
}

static void choose_session(struct inquiry *inquiry)
{
	const struct programme_cache *programme = inquiry->programme;
	const struct config *config = inquiry->config;
	const bool room = config->kiosk.mode == MODE_ROOM;
	size_t fits[SCHEDULE_ROWS_MAX];
	const size_t count = schedule_candidates(programme->sessions, programme->count,
		inquiry->tap->at.wall_ms, config->kiosk.early_min, room ? config->kiosk.room : "",
		fits, SCHEDULE_ROWS_MAX);
	const size_t known = count < SCHEDULE_ROWS_MAX ? count : SCHEDULE_ROWS_MAX;

	for (size_t i = 0; i < known && inquiry->owner.known; i++) {
		const struct session *session = &programme->sessions[fits[i]];
		if (listed(inquiry->owner.attendee.sessions, session->code)) {
			inquiry->session = session;
			inquiry->reserved = true;
			return;
		}
	}
	if (known == 1 || (known > 1 && room))
		inquiry->session = &programme->sessions[fits[0]];
	else
		inquiry->several = known > 1 && config->kiosk.mode == MODE_CHOOSE;
}

/* In a room the door is that of the room's sessions; elsewhere that of the whole event. */
static void look_at_door(struct inquiry *inquiry)
{
	const struct programme_cache *programme = inquiry->programme;
	const int64_t wall_ms = inquiry->tap->at.wall_ms;
	const struct config *config = inquiry->config;
	inquiry->door = DOOR_OPEN;
	if (!clock_is_trusted(inquiry->tap->at.grade))
		return;

	inquiry->door = schedule_door(programme->sessions, programme->count, wall_ms,
		config->kiosk.early_min, &inquiry->opens_ms);
	if (inquiry->door == DOOR_OPEN || inquiry->door == DOOR_NO_SCHEDULE)
		choose_session(inquiry);
	if (config->kiosk.mode != MODE_ROOM || inquiry->door != DOOR_OPEN || inquiry->session)
		return;

	inquiry->door = DOOR_OVER;
	for (size_t i = 0; i < programme->count; i++) {
		const struct session *session = &programme->sessions[i];
		if (session->start_ms > wall_ms && session->state != SESSION_CANCELLED &&
			strcmp(session->room, config->kiosk.room) == 0) {
			inquiry->door = DOOR_EARLY;
			inquiry->opens_ms = session->start_ms - config->kiosk.early_min * 60000LL;
			return;
		}
	}
}

static int look_at_presence(struct inquiry *inquiry, struct store *store)
{
	const int64_t wall_ms = inquiry->tap->at.wall_ms;
	const char *attendee = inquiry->owner.known ? inquiry->owner.attendee.id : "";
	const char *session = inquiry->session ? inquiry->session->id : "";
	int64_t from_ms = wall_ms - HALF_DAY_MS, to_ms = wall_ms + HALF_DAY_MS;
	const struct session *first = inquiry->programme->sessions; /* NULL without a programme */
	if (clock_is_trusted(inquiry->tap->at.grade) && first) {
		from_ms = local_day(wall_ms, first->utc_offset_min) * 2 * HALF_DAY_MS -
			  first->utc_offset_min * 60000LL;
		to_ms = from_ms + 2 * HALF_DAY_MS;
	}
	return tap_log_presence(store, attendee, &inquiry->key, inquiry->programme->event.id,
		session, from_ms, to_ms, &inquiry->presence);
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

static bool is_settled(const struct inquiry *inquiry)
{
	const struct presence *presence = &inquiry->presence;
	const struct moment *at = &inquiry->tap->at;
	const int64_t guard_ms = inquiry->config->kiosk.guard_s * 1000LL;
	if (boot_id_equal(
		    &presence->since_boot, &at->boot)) /* the wall clock may have been set since */
		return at->mono_ms - presence->since_mono_ms >= guard_ms;
	return at->wall_ms - presence->since_wall_ms >= guard_ms;
}

static int gather(struct inquiry *inquiry, struct store *store)
{
	int r = find_owner(inquiry, store);
	if (r < 0)
		return r;
	look_at_door(inquiry);
	r = look_at_presence(inquiry, store);
	if (r == 0)
		r = look_at_places(inquiry, store);
	if (r < 0)
		return r;

	const bool shut = inquiry->door != DOOR_OPEN && inquiry->door != DOOR_NO_SCHEDULE;
	inquiry->facts |= inquiry->owner.blocked ? FACT_BLOCKED : 0;
	inquiry->facts |= inquiry->owner.known ? 0 : FACT_UNKNOWN;
	inquiry->facts |= shut ? FACT_SHUT : 0;
	inquiry->facts |= inquiry->presence.in ? FACT_IN : 0;
	inquiry->facts |= inquiry->config->kiosk.tap_out ? FACT_TAP_OUT : 0;
	inquiry->facts |= inquiry->presence.in && is_settled(inquiry) ? FACT_SETTLED : 0;
	inquiry->facts |= inquiry->several ? FACT_SEVERAL : 0;
	return 0;
}

static const char *door_word(enum door door)
{
	static const char *const words[] = { [DOOR_OPEN] = "",
		[DOOR_EARLY] = "early",
		[DOOR_OTHER_DAY] = "other-day",
		[DOOR_OVER] = "over",
		[DOOR_NO_SCHEDULE] = "" };
	return words[door];
}

static void fill_record(const struct inquiry *inquiry, enum verdict verdict, struct tap_record *ret)
{
	*ret = (struct tap_record){
		.key = inquiry->key,
		.at = inquiry->tap->at,
		.technology = inquiry->tap->technology,
		.verdict = verdict,
		.direction = verdict_direction(verdict),
		/* A badge nobody owns yet counts once, when it is linked. */
		.counts = verdict_counts(verdict) && !inquiry->presence.in,
	};
	utf8_clip(ret->kiosk, sizeof ret->kiosk, inquiry->config->kiosk.name);
	utf8_clip(ret->event, sizeof ret->event, inquiry->programme->event.id);
	if (inquiry->session && verdict != VERDICT_FULL)
		utf8_clip(ret->session, sizeof ret->session, inquiry->session->id);
	if (inquiry->owner.known)
		utf8_clip(ret->attendee, sizeof ret->attendee, inquiry->owner.attendee.id);

	if (verdict == VERDICT_CLOSED)
		snprintf(ret->note, sizeof ret->note, "closed:%s", door_word(inquiry->door));
	else if (verdict == VERDICT_FULL)
		snprintf(ret->note, sizeof ret->note, "full:%s", inquiry->session->code);
	else if (inquiry->tap->badge.mac_wrong)
		snprintf(ret->note, sizeof ret->note, "token-mac-wrong");
}

/* What comes after: the next plenary, or what the person chose beforehand, on the same day. */
static const struct session *session_after(const struct inquiry *inquiry, int64_t from_ms)
{
	const struct programme_cache *programme = inquiry->programme;
	for (size_t i = 0; i < programme->count; i++) {
		const struct session *session = &programme->sessions[i];
		const bool mine = session->kind == SESSION_PLENARY ||
				  listed(inquiry->owner.attendee.sessions, session->code);
		if (session->start_ms >= from_ms && mine && session->state != SESSION_CANCELLED &&
			local_day(session->start_ms, session->utc_offset_min) ==
				local_day(inquiry->tap->at.wall_ms, session->utc_offset_min))
			return session;
	}
	return NULL;
}

static uint64_t person_of(const struct badge_key *key)
{
	uint64_t person;
	memcpy(&person, key->bytes, sizeof person);
	return person ? person : 1;
}

static void fill_answer(const struct inquiry *inquiry, enum verdict verdict, struct answer *ret)
{
	const struct attendee *attendee = &inquiry->owner.attendee;
	memset(ret, 0, sizeof *ret);
	ret->verdict = verdict;
	ret->screen = screen_of(verdict, inquiry->door);
	ret->person = person_of(&inquiry->key);
	ret->at_ms = inquiry->tap->at.wall_ms;
	ret->since_ms = inquiry->presence.in ? inquiry->presence.since_wall_ms : ret->at_ms;
	ret->opens_ms = inquiry->opens_ms;
	ret->clock_known = clock_is_trusted(inquiry->tap->at.grade);
	ret->language = -1;
	if (inquiry->owner.known) {
		utf8_clip(ret->name, sizeof ret->name, attendee->given_name);
		utf8_clip(ret->organisation, sizeof ret->organisation, attendee->organisation);
		utf8_clip(ret->cluster, sizeof ret->cluster, attendee->cluster);
		if (attendee->language[0])
			ret->language =
				strcmp(attendee->language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_NL;
	}
	if (inquiry->session) {
		ret->has_session = true;
		ret->is_plenary = inquiry->session->kind == SESSION_PLENARY;
		board_row_of(inquiry->session, false, &ret->session);
	}
	const struct session *after =
		ret->clock_known ? session_after(inquiry,
					   inquiry->session ? inquiry->session->end_ms : ret->at_ms)
				 : NULL;
	if (after && after != inquiry->session) {
		ret->has_after = true;
		board_row_of(after, true, &ret->after);
	}
}

int facts_decide(struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct tap *tap, struct decision *ret)
{
	struct inquiry inquiry = { .programme = programme, .config = config, .tap = tap };
	const int r = gather(&inquiry, store);
	if (r < 0)
		return r;

	const enum verdict verdict = verdict_of(inquiry.facts);
	fill_record(&inquiry, verdict, &ret->record);
	fill_answer(&inquiry, verdict, &ret->answer);
	return 0;
}

void facts_answer_only(enum verdict verdict, int64_t wall_ms, struct answer *ret)
{
	memset(ret, 0, sizeof *ret);
	ret->verdict = verdict;
	ret->screen = screen_of(verdict, DOOR_OPEN);
	ret->at_ms = wall_ms;
	ret->language = -1;
}
