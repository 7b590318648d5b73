#include "core/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#define MINUTE_MS 60000LL
#define DAY_MS (24 * 60 * MINUTE_MS)
#define SOON_MS (4 * 60 * MINUTE_MS)

static int by_start(const void *left, const void *right)
{
	const struct session *a = left, *b = right;
	if (a->start_ms != b->start_ms)
		return a->start_ms < b->start_ms ? -1 : 1;
	const int rooms = strcmp(a->room, b->room);
	return rooms ? rooms : strcmp(a->code, b->code);
}

void schedule_sort(struct session *sessions, size_t count)
{
	if (count > 0) /* qsort takes no NULL, not even for nothing */
		qsort(sessions, count, sizeof *sessions, by_start);
}

int64_t local_day(int64_t at_ms, int32_t utc_offset_min)
{
	const int64_t local_ms = at_ms + utc_offset_min * MINUTE_MS;
	return local_ms / DAY_MS - (local_ms % DAY_MS < 0);
}

int32_t schedule_utc_offset_min(const struct session *sessions, size_t count, int64_t at_ms,
	int32_t (*machine)(int64_t wall_ms))
{
	const struct session *nearest = sessions;
	for (size_t i = 0; i < count; i++) {
		if (machine(sessions[i].start_ms) == sessions[i].utc_offset_min)
			return machine(at_ms);
		if (llabs(sessions[i].start_ms - at_ms) < llabs(nearest->start_ms - at_ms))
			nearest = &sessions[i];
	}
	return count ? nearest->utc_offset_min : machine(at_ms);
}

static bool is_same_day(const struct session *session, int64_t at_ms)
{
	return local_day(session->start_ms, session->utc_offset_min) ==
	       local_day(at_ms, session->utc_offset_min);
}

static bool is_on(const struct session *session, int64_t at_ms)
{
	return session->start_ms <= at_ms && at_ms < session->end_ms;
}

/* When it becomes @day: the offset is that of midnight, which is not always that of the day. */
static int64_t begin_of_day(const struct session *sessions, size_t count, int64_t day,
	int32_t offset_min, int32_t (*machine)(int64_t wall_ms))
{
	const int64_t near_ms = day * DAY_MS - offset_min * MINUTE_MS;
	return day * DAY_MS -
	       schedule_utc_offset_min(sessions, count, near_ms, machine) * MINUTE_MS;
}

void schedule_day_span(const struct session *sessions, size_t count, int64_t at_ms,
	int32_t (*machine)(int64_t wall_ms), struct span *ret)
{
	const int32_t offset_min = schedule_utc_offset_min(sessions, count, at_ms, machine);
	const int64_t day = local_day(at_ms, offset_min);
	ret->from_ms = begin_of_day(sessions, count, day, offset_min, machine);
	ret->to_ms = begin_of_day(sessions, count, day + 1, offset_min, machine);
}

static void widen(struct span *span, int64_t from_ms, int64_t to_ms)
{
	if (from_ms < span->from_ms)
		span->from_ms = from_ms;
	if (to_ms > span->to_ms)
		span->to_ms = to_ms;
}

/* A sprint of days is no night: each of its days is a day. */
static bool is_night(const struct session *session)
{
	return session->end_ms - session->start_ms < DAY_MS;
}

/* Whether people tap for it at @at_ms. */
static bool is_about(const struct session *session, int64_t at_ms, const struct margins *margins)
{
	return session->state != SESSION_CANCELLED &&
	       at_ms >= session->start_ms - margins->early_min * MINUTE_MS &&
	       at_ms <= session->end_ms + margins->leave_min * MINUTE_MS;
}

void schedule_days_on(const struct session *sessions, size_t count, int64_t at_ms,
	const struct margins *margins, int32_t (*machine)(int64_t wall_ms), struct span *ret)
{
	schedule_day_span(sessions, count, at_ms, machine, ret);
	for (size_t i = 0; i < count; i++) {
		struct span begun;
		if (!is_night(&sessions[i]) || !is_about(&sessions[i], at_ms, margins))
			continue;
		schedule_day_span(sessions, count, sessions[i].start_ms, machine, &begun);
		widen(ret, begun.from_ms, begun.to_ms);
	}
}

void schedule_stay_span(const struct session *sessions, size_t count, const struct session *session,
	int64_t at_ms, const struct margins *margins, int32_t (*machine)(int64_t wall_ms),
	struct span *ret)
{
	schedule_day_span(sessions, count, at_ms, machine, ret);
	for (size_t i = 0; i < count; i++) {
		const struct session *one = &sessions[i];
		if ((one == session || is_night(one)) && is_about(one, at_ms, margins))
			widen(ret, one->start_ms - margins->early_min * MINUTE_MS,
				one->end_ms + margins->leave_min * MINUTE_MS);
	}
}

bool session_is_soon(const struct session *session, int64_t at_ms)
{
	return is_same_day(session, at_ms) ||
	       (session->start_ms >= at_ms && session->start_ms - at_ms <= SOON_MS);
}

void schedule_now_next(
	const struct session *sessions, size_t count, int64_t at_ms, struct now_next *ret)
{
	int64_t next_start_ms = 0;
	*ret = (struct now_next){ .now_count = 0 };
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &sessions[i];
		if (session->end_ms <= at_ms)
			continue;
		if (session->start_ms <= at_ms) {
			if (ret->now_count < SCHEDULE_ROWS_MAX)
				ret->now[ret->now_count++] = i;
			continue;
		}
		if (!session_is_soon(session, at_ms))
			continue;
		if (ret->next_count == 0)
			next_start_ms = session->start_ms;
		if (session->start_ms != next_start_ms)
			ret->more_today = true;
		else if (ret->next_count < SCHEDULE_ROWS_MAX)
			ret->next[ret->next_count++] = i;
	}
}

bool session_is_open(const struct session *session, int64_t at_ms, int early_min)
{
	return session->state != SESSION_CANCELLED &&
	       at_ms >= session->start_ms - early_min * MINUTE_MS && at_ms < session->end_ms;
}

/* What is asked of the schedule: sessions with an open door, at a moment, in a room. */
struct question {
	int64_t at_ms;
	int early_min;
	const char *room;
};

static bool fits(const struct session *session, const struct question *question)
{
	return session->kind != SESSION_BREAK &&
	       session_is_open(session, question->at_ms, question->early_min) &&
	       (question->room[0] == '\0' || strcmp(session->room, question->room) == 0);
}

/* A delayed session runs, for whoever chooses, from the start of the others of its round. */
static bool is_running(const struct session *session, int64_t at_ms)
{
	const bool was_announced =
		session->state == SESSION_DELAYED && session->announced_start_ms > 0;
	return session->start_ms <= at_ms ||
	       (was_announced && session->announced_start_ms <= at_ms);
}

/* The coming session that takes the tap, or NULL when the running ones keep it. */
static const struct session *coming_leader(
	const struct session *sessions, size_t count, const struct question *question)
{
	const int64_t early_ms = question->early_min * MINUTE_MS;
	const struct session *coming = NULL;
	bool any_runs = false, all_end = true;
	for (size_t i = 0; i < count; i++) {
		if (!fits(&sessions[i], question))
			continue;
		if (is_running(&sessions[i], question->at_ms)) {
			any_runs = true;
			all_end = all_end && question->at_ms >= sessions[i].end_ms - early_ms;
		} else if (!coming) {
			coming = &sessions[i];
		}
	}
	if (!any_runs)
		return coming;
	const bool is_near = coming && coming->start_ms - question->at_ms <= early_ms / 2;
	return all_end && is_near ? coming : NULL;
}

/* Whether @session is of the round of @leader; of the running round when there is none. */
static bool is_of_round(const struct session *session, const struct session *leader, int64_t at_ms)
{
	if (is_running(session, at_ms))
		return !leader;
	return leader &&
	       (session->start_ms == leader->start_ms || session->start_ms < leader->end_ms);
}

size_t schedule_candidates(const struct session *sessions, size_t count, int64_t at_ms,
	int early_min, const char *room, size_t *ret, size_t capacity)
{
	const struct question question = { .at_ms = at_ms, .early_min = early_min, .room = room };
	const struct session *leader = coming_leader(sessions, count, &question);
	size_t found = 0;
	for (size_t i = 0; i < count; i++) {
		if (!fits(&sessions[i], &question) || !is_of_round(&sessions[i], leader, at_ms))
			continue;
		if (found < capacity)
			ret[found] = i;
		found++;
	}
	return found;
}

enum door schedule_door(const struct session *sessions, size_t count, int64_t at_ms, int early_min,
	int64_t *ret_opens_ms)
{
	const struct session *first = NULL, *next = NULL;
	int64_t end_ms = 0;
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &sessions[i];
		if (session->state == SESSION_CANCELLED)
			continue;
		any = true;
		if (is_same_day(session, at_ms) || is_on(session, at_ms)) {
			first = first ? first : session;
			end_ms = session->end_ms > end_ms ? session->end_ms : end_ms;
		} else if (session->start_ms > at_ms && !next) {
			next = session;
		}
	}
	if (!any)
		return DOOR_NO_SCHEDULE;

	const int64_t early_ms = early_min * MINUTE_MS;
	if (first && at_ms < end_ms) {
		if (at_ms >= first->start_ms - early_ms)
			return DOOR_OPEN;
		*ret_opens_ms = first->start_ms - early_ms;
		return DOOR_EARLY;
	}
	if (!next)
		return DOOR_OVER;
	if (at_ms >= next->start_ms - early_ms)
		return DOOR_OPEN;
	*ret_opens_ms = next->start_ms - early_ms;
	return DOOR_OTHER_DAY;
}

static int64_t day_begun(const struct session *session)
{
	return local_day(session->start_ms, session->utc_offset_min);
}

/* The local day it is for the event: when none begins today, that of the session which is on, or
 * with @margins which people tap for. */
static int64_t day_now(const struct session *sessions, size_t count, int64_t at_ms,
	const struct margins *margins, int32_t utc_offset_min)
{
	int64_t night = 0;
	for (size_t i = 0; i < count; i++) {
		if (sessions[i].state == SESSION_CANCELLED)
			continue;
		if (is_same_day(&sessions[i], at_ms))
			return day_begun(&sessions[i]);
		if (!night &&
			(margins ? is_night(&sessions[i]) && is_about(&sessions[i], at_ms, margins)
				 : is_on(&sessions[i], at_ms)))
			night = day_begun(&sessions[i]);
	}
	return night ? night : local_day(at_ms, utc_offset_min);
}

int64_t schedule_tap_day(const struct session *sessions, size_t count,
	const struct session *session, int64_t at_ms, const struct margins *margins,
	int32_t utc_offset_min)
{
	return session && is_night(session) && is_about(session, at_ms, margins)
		       ? day_begun(session)
		       : day_now(sessions, count, at_ms, margins, utc_offset_min);
}

void schedule_day_of(const struct event_days *given, const struct session *sessions, size_t count,
	int64_t at_ms, int32_t utc_offset_min, int *ret_day, int *ret_days)
{
	const int64_t now = day_now(sessions, count, at_ms, NULL, utc_offset_min);
	int64_t last = INT64_MIN;
	int day = 0, days = 0;
	if (given->first) {
		*ret_day =
			now < given->first || now > given->last ? 0 : (int)(now - given->first) + 1;
		*ret_days = (int)(given->last - given->first) + 1;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (sessions[i].state == SESSION_CANCELLED)
			continue;
		if (day_begun(&sessions[i]) != last)
			days++;
		last = day_begun(&sessions[i]);
		if (last == now)
			day = days;
	}
	*ret_day = day;
	*ret_days = days;
}

bool schedule_is_outside(const struct event_days *given, const struct session *session)
{
	const int64_t day = day_begun(session);
	return given->first && session->state != SESSION_CANCELLED &&
	       (day < given->first || day > given->last);
}

bool schedule_between_days(const struct session *sessions, size_t count, int64_t at_ms,
	int64_t *ret_last_ms, int64_t *ret_next_ms)
{
	*ret_last_ms = *ret_next_ms = 0;
	for (size_t i = 0; i < count; i++) {
		const struct session *session = &sessions[i];
		if (session->state == SESSION_CANCELLED)
			continue;
		if (is_same_day(session, at_ms) || is_on(session, at_ms))
			return false;
		if (session->start_ms < at_ms)
			*ret_last_ms = session->start_ms;
		else if (*ret_next_ms == 0)
			*ret_next_ms = session->start_ms;
	}
	return *ret_last_ms != 0;
}

#define SPELLINGS 4

/* English first: that is what exports write. */
static const char *const kind_names[SESSION_KIND_COUNT][SPELLINGS] = {
	[SESSION_PLENARY] = { "plenary", "plenair" },
	[SESSION_PARALLEL] = { "parallel", "deelsessie" },
	[SESSION_BREAK] = { "break", "pauze" },
};
static const char *const state_names[SESSION_STATE_COUNT][SPELLINGS] = {
	[SESSION_PLANNED] = { "planned", "gepland" },
	[SESSION_MOVED] = { "moved", "verplaatst" },
	[SESSION_CANCELLED] = { "cancelled", "canceled", "geannuleerd", "vervallen" },
	[SESSION_DELAYED] = { "delayed", "vertraagd" },
};

static int find_name(const char *const names[][SPELLINGS], int count, const char *name)
{
	for (int i = 0; i < count; i++)
		for (int j = 0; j < SPELLINGS && names[i][j]; j++)
			if (text_equal_folded(names[i][j], name))
				return i;
	return -1;
}

const char *session_kind_name(enum session_kind kind)
{
	return kind_names[kind][0];
}

const char *session_state_name(enum session_state state)
{
	return state_names[state][0];
}

bool session_kind_from_name(enum session_kind *ret, const char *name)
{
	const int found = find_name(kind_names, SESSION_KIND_COUNT, name);
	if (found >= 0)
		*ret = (enum session_kind)found;
	return found >= 0;
}

bool session_state_from_name(enum session_state *ret, const char *name)
{
	const int found = find_name(state_names, SESSION_STATE_COUNT, name);
	if (found >= 0)
		*ret = (enum session_state)found;
	return found >= 0;
}

void session_settle(struct session *session, int64_t announced_start_ms, const char *announced_room)
{
	if (session->state != SESSION_PLANNED)
		return;
	if (session->start_ms > announced_start_ms)
		session->state = SESSION_DELAYED;
	else if (strcmp(session->room, announced_room) != 0)
		session->state = SESSION_MOVED;
}
