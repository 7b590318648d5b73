#include "kiosk/facts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "kiosk/inquiry.h"

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
		.counts = verdict_counts(verdict) && !inquiry->presence.in && !inquiry->in_event,
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

/* What comes after: the next plenary, or what the person chose beforehand, if that is soon. */
static const struct session *session_after(const struct inquiry *inquiry, int64_t from_ms)
{
	const struct programme_cache *programme = inquiry->programme;
	for (size_t i = 0; i < programme->count; i++) {
		const struct session *session = &programme->sessions[i];
		const bool mine = session->kind == SESSION_PLENARY ||
				  inquiry_lists(inquiry->owner.attendee.sessions, session->code);
		if (session->start_ms >= from_ms && mine && session->state != SESSION_CANCELLED &&
			session_is_soon(session, inquiry->tap->at.wall_ms))
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
	if (verdict == VERDICT_REPEAT && inquiry->several && !inquiry->session)
		ret->screen = SCREEN_CHOOSE; /* in, but not in a session of this round */
	ret->person = person_of(&inquiry->key);
	ret->at_ms = inquiry->tap->at.wall_ms;
	ret->since_ms = inquiry->presence.in ? inquiry->presence.since_wall_ms : ret->at_ms;
	ret->opens_ms = inquiry->opens_ms;
	if (verdict == VERDICT_CHECKED_OUT &&
		boot_id_equal(&inquiry->presence.since_boot, &inquiry->tap->at.boot))
		ret->stay_ms = inquiry->tap->at.mono_ms - inquiry->presence.since_mono_ms;
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

/* A session's places, as they are this moment. */
static int fill_choice(struct store *store, const struct config *config,
	const struct session *session, struct choice *ret)
{
	int32_t taken = 0;
	const int r = session->capacity > 0 ? session_taken(store, session->id, &taken) : 0;
	if (r < 0)
		return r;
	utf8_clip(ret->session, sizeof ret->session, session->id);
	board_row_of(session, false, &ret->row);
	ret->row.places_left = -1;
	if (session->capacity > 0 && !config->kiosk.overfull)
		ret->row.places_left = taken < session->capacity ? session->capacity - taken : 0;
	return 0;
}

int facts_choices(struct store *store, const struct programme_cache *programme,
	const struct config *config, int64_t wall_ms, const char *cluster, struct choice *ret,
	size_t *ret_count)
{
	size_t fits[SCHEDULE_ROWS_MAX], taken = 0;
	const size_t count = inquiry_candidates(programme, config, wall_ms, "", fits);
	memset(ret, 0, CHOICES_MAX * sizeof *ret); /* padding too: lists are compared */
	for (int others = 0; others < 2; others++) {
		for (size_t i = 0; i < count && taken < CHOICES_MAX; i++) {
			const struct session *session = &programme->sessions[fits[i]];
			const bool own = cluster[0] && strcmp(session->cluster, cluster) == 0;
			if (own == (others == 1))
				continue;
			const int r = fill_choice(store, config, session, &ret[taken++]);
			if (r < 0)
				return r;
		}
	}
	*ret_count = taken;
	return 0;
}

int facts_add_choices(struct store *store, const struct programme_cache *programme,
	const struct config *config, struct answer *answer)
{
	const bool wanted = answer->screen == SCREEN_CHOOSE || answer->screen == SCREEN_FULL ||
			    (config->kiosk.mode == MODE_CHOOSE && answer->screen == SCREEN_REPEAT &&
				    answer->has_session);
	answer->choice_count = 0;
	if (!wanted)
		return 0;
	const int r = facts_choices(store, programme, config, answer->at_ms, answer->cluster,
		answer->choices, &answer->choice_count);
	if (r < 0)
		return r;
	if (answer->screen == SCREEN_CHOOSE && !answer_has_place(answer))
		answer->screen = SCREEN_FULL; /* which then says that everything is */
	return 0;
}

static int target_of(const struct inquiry *inquiry, const char *cluster)
{
	for (size_t i = 0; i < inquiry->programme->cluster_count; i++) {
		const struct cluster *known = &inquiry->programme->clusters[i];
		if (strcmp(known->code, cluster) == 0 && known->target)
			return known->target;
	}
	return inquiry->config->kiosk.goal;
}

/* The first of an organisation in a session's cluster takes a seat there. */
static int look_at_seat(const struct inquiry *inquiry, struct store *store, struct answer *ret)
{
	int before = 0;
	bool first = false;
	const struct session *session = inquiry->session;
	if (!session || !session->cluster[0] || !inquiry->owner.known)
		return 0;
	const int r = cluster_seat(store, inquiry->programme->event.id, session->cluster,
		inquiry->owner.attendee.id, &first, &before);
	ret->first_of_organisation = r == 0 && first;
	ret->involved = before + 1;
	ret->target = target_of(inquiry, session->cluster);
	return r;
}

int facts_decide(struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct tap *tap, struct decision *ret)
{
	struct inquiry inquiry = { .programme = programme, .config = config, .tap = tap };
	int r = inquiry_gather(&inquiry, store);
	if (r < 0)
		return r;

	const enum verdict verdict = verdict_of(inquiry.facts);
	fill_record(&inquiry, verdict, &ret->record);
	fill_answer(&inquiry, verdict, &ret->answer);
	if (verdict == VERDICT_CHECKED_IN && ret->record.counts)
		r = look_at_seat(&inquiry, store, &ret->answer);
	return r < 0 ? r : facts_add_choices(store, programme, config, &ret->answer);
}

int facts_choose(struct store *store, const struct programme_cache *programme,
	const struct config *config, const struct tap *tap, const char *session,
	struct decision *ret, int64_t *ret_earlier)
{
	struct inquiry inquiry = { .programme = programme, .config = config, .tap = tap };
	const struct session *wanted = NULL;
	size_t fits[SCHEDULE_ROWS_MAX];
	const size_t count = inquiry_candidates(programme, config, tap->at.wall_ms, "", fits);
	for (size_t i = 0; i < count; i++)
		if (strcmp(programme->sessions[fits[i]].id, session) == 0)
			wanted = &programme->sessions[fits[i]];
	if (!wanted)
		return -ENOENT;
	const int r = inquiry_gather(&inquiry, store);
	if (r < 0)
		return r;

	const bool went = inquiry.session && inquiry.presence.in && !inquiry.presence.elsewhere;
	*ret_earlier = went ? inquiry.presence.seq : 0;
	inquiry.session = wanted;
	inquiry.presence = (struct presence){ .in = false };
	inquiry.in_event = false;
	fill_record(&inquiry, VERDICT_CHECKED_IN, &ret->record);
	fill_answer(&inquiry, VERDICT_CHECKED_IN, &ret->answer);
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
