/**
 * The day's programme: what is on now, what is next, and for whom the door is open.
 *
 * Pure: sessions come in as an array sorted by start (schedule_sort), time is a parameter in
 * milliseconds since 1970 UTC, answers are indices into the array. Any thread.
 */
#ifndef CORE_SCHEDULE_H
#define CORE_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ID_TEXT_SIZE 37 /* a UUID as text, with its NUL */
#define SESSION_CODE_SIZE 64
#define SESSION_TITLE_SIZE 512
#define SESSION_HOST_SIZE 128
#define SESSION_ROOM_SIZE 96
#define CLUSTER_CODE_SIZE 32

enum session_kind { SESSION_PLENARY, SESSION_PARALLEL, SESSION_BREAK, SESSION_KIND_COUNT };
enum session_state {
	SESSION_PLANNED,
	SESSION_MOVED, /* another room than first announced */
	SESSION_CANCELLED,
	SESSION_DELAYED, /* @start_ms is the new start, @announced_start_ms the old one */
	SESSION_STATE_COUNT
};

struct session {
	char id[ID_TEXT_SIZE];        /* UUIDv5 of event and code: equal on every kiosk */
	char code[SESSION_CODE_SIZE]; /* the organiser's own name for it */
	char title[SESSION_TITLE_SIZE];
	char host[SESSION_HOST_SIZE];
	char room[SESSION_ROOM_SIZE];
	char cluster[CLUSTER_CODE_SIZE]; /* "" for everyone */
	int64_t start_ms, end_ms;        /* as it will really be; wall clock */
	int64_t announced_start_ms;      /* as first announced */
	int32_t utc_offset_min;          /* of @start_ms, for showing local time without a zone */
	int32_t capacity;                /* 0: without limit */
	int32_t taken;                   /* places: the persons counted in this session */
	enum session_kind kind;
	enum session_state state;
};

#define SCHEDULE_ROWS_MAX 64 /* sessions shown or chosen between at one time */

struct now_next {
	size_t now[SCHEDULE_ROWS_MAX], next[SCHEDULE_ROWS_MAX];
	size_t now_count, next_count; /* cancelled ones included: the screen strikes them through */
	bool more_today;              /* something follows after the next group that is soon too */
};

void schedule_sort(struct session *sessions, size_t count); /* by start, room, code; stable order */

/* Whether it is soon at @at_ms: on the same local day, or within a few hours past midnight. */
bool session_is_soon(const struct session *session, int64_t at_ms);

/* Now: start <= at < end. Next: the earliest start after @at that is soon. */
void schedule_now_next(
	const struct session *sessions, size_t count, int64_t at_ms, struct now_next *ret);

/* The door of one session: from @early_min before its start until its end; cancelled: never. */
bool session_is_open(const struct session *session, int64_t at_ms, int early_min);

/**
 * Sessions a tap at @at_ms may be for: with an open door, no breaks; @room "" for any room.
 *
 * - Running ones come first, all of them: a door that opens early must not take over the hour
 *   before. A delayed session counts as running from its announced start, so it stays a choice
 *   beside the others of its round.
 * - Coming ones take over when nothing runs, or when every running one is in its last @early_min
 *   and a coming one begins within half of @early_min: who comes then comes for the next.
 * - Of coming ones: the first, and those that begin before it ends.
 *
 * With 20 minutes, ateliers 14:00 to 15:30 and a plenary at 15:45: 13:45 is for the ateliers, 15:27
 * for the ateliers still, 15:31 for the plenary. Without a pause, 14:00 to 15:00 and 15:00 to
 * 16:00: 14:49 is for the first, 14:50 for the second. Fills at most @capacity indices, in the
 * order of the array; returns how many there are.
 */
size_t schedule_candidates(const struct session *sessions, size_t count, int64_t at_ms,
	int early_min, const char *room, size_t *ret, size_t capacity);

enum door { DOOR_OPEN, DOOR_EARLY, DOOR_OTHER_DAY, DOOR_OVER, DOOR_NO_SCHEDULE };

/**
 * The door of the whole event for the local day of @at_ms: from @early_min before the first
 * session (breaks included) until the end of the last. EARLY: opens later today, *ret_opens_ms.
 * OTHER_DAY: nothing today, the next day opens at *ret_opens_ms. OVER: nothing follows.
 * NO_SCHEDULE: no session at all takes place; cancelled ones open no door. A session that runs
 * past midnight belongs to the day it began, and keeps the door open.
 * @ret_opens_ms is untouched for OPEN, OVER and NO_SCHEDULE.
 */
enum door schedule_door(const struct session *sessions, size_t count, int64_t at_ms, int early_min,
	int64_t *ret_opens_ms);

/* The local day number (days since 1970) of a time; for "same day". */
int64_t local_day(int64_t at_ms, int32_t utc_offset_min);

/* What clocks on the wall are ahead of UTC at @at_ms: @machine, the zone of this machine, if any
 * session's own time agrees with it; a machine that nobody set is in another zone than all, and is
 * then set right by the session nearest to @at_ms. */
int32_t schedule_utc_offset_min(const struct session *sessions, size_t count, int64_t at_ms,
	int32_t (*machine)(int64_t wall_ms));

/* From @from_ms until before @to_ms. */
struct span {
	int64_t from_ms, to_ms;
};

/* The local day of @at_ms, from midnight to midnight by the clocks on the wall, also on the two
 * days a year that are not 24 hours long. @machine as above. */
void schedule_day_span(const struct session *sessions, size_t count, int64_t at_ms,
	int32_t (*machine)(int64_t wall_ms), struct span *ret);

/* How long before a session and after it people tap for it. */
struct margins {
	int early_min, leave_min;
};

/* That day, and the days on which those sessions begin that people tap for now. */
void schedule_days_on(const struct session *sessions, size_t count, int64_t at_ms,
	const struct margins *margins, int32_t (*machine)(int64_t wall_ms), struct span *ret);

/* Where to look for what somebody who taps at @at_ms did before, in @session or in the event
 * (NULL): the local day, and all of each session whose door is open or which people are leaving,
 * also where it is over midnight. A session that lasts for days is one visit to it, but not to the
 * event. */
void schedule_stay_span(const struct session *sessions, size_t count, const struct session *session,
	int64_t at_ms, const struct margins *margins, int32_t (*machine)(int64_t wall_ms),
	struct span *ret);

/* The day a tap of @at_ms belongs to: that of @session, for which it was, when that was about
 * then. Without (NULL) it is as in schedule_day_of: the night of a session that began the day
 * before is still its day, until people have left. @utc_offset_min: of @at_ms. */
int64_t schedule_tap_day(const struct session *sessions, size_t count,
	const struct session *session, int64_t at_ms, const struct margins *margins,
	int32_t utc_offset_min);

/* The first and the last local day of an event, as its organiser gave them; 0 for not given. */
struct event_days {
	int64_t first, last;
};

/* 1-based day of @at_ms among the @given days, else among the distinct days of the schedule without
 * what was cancelled, and how many there are; 0 if none. The night of a session that began the day
 * before is still its day. @utc_offset_min: of @at_ms. */
void schedule_day_of(const struct event_days *given, const struct session *sessions, size_t count,
	int64_t at_ms, int32_t utc_offset_min, int *ret_day, int *ret_days);

/* Whether it takes place, but begins on none of the @given days. */
bool schedule_is_outside(const struct event_days *given, const struct session *session);

/* Nothing takes place on the local day of @at_ms, and something did before: *ret_last_ms is when
 * the last of it began, *ret_next_ms when the first after that day begins, 0 for nothing. */
bool schedule_between_days(const struct session *sessions, size_t count, int64_t at_ms,
	int64_t *ret_last_ms, int64_t *ret_next_ms);

/* A session that is said to be planned is delayed or moved when it begins later or is elsewhere
 * than was announced first. */
void session_settle(
	struct session *session, int64_t announced_start_ms, const char *announced_room);

const char *session_kind_name(enum session_kind kind);
const char *session_state_name(enum session_state state);
/* The name is English or Dutch, in any case. */
bool session_kind_from_name(enum session_kind *ret, const char *name);
bool session_state_from_name(enum session_state *ret, const char *name);

#endif
