#include "tests/unit/check.h"

#include <stdio.h>
#include <string.h>

#include "core/schedule.h"

#define MIDNIGHT INT64_C(1795474800000) /* 2026-11-24T00:00:00+01:00 */
#define AT(day, hour, minute) (MIDNIGHT + (((day)*24LL + (hour)) * 60 + (minute)) * 60000)
#define EARLY_MIN 20
#define CODES_SIZE 256
#define NOWHERE ((size_t)-1)

int test_schedule(void);

struct row {
	const char *code, *room;
	int64_t start_ms, end_ms;
	enum session_kind kind;
	enum session_state state;
	int64_t announced_start_ms;
};

static size_t build(struct session *ret, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		ret[i] = (struct session){ .start_ms = rows[i].start_ms,
			.end_ms = rows[i].end_ms,
			.announced_start_ms = rows[i].announced_start_ms,
			.utc_offset_min = 60,
			.kind = rows[i].kind,
			.state = rows[i].state };
		snprintf(ret[i].code, sizeof ret[i].code, "%s", rows[i].code);
		snprintf(ret[i].room, sizeof ret[i].room, "%s", rows[i].room);
	}
	schedule_sort(ret, count);
	return count;
}

/* The codes of @at, with a blank between. */
static const char *codes(
	char ret[CODES_SIZE], const struct session *sessions, const size_t *at, size_t count)
{
	int length = 0;
	ret[0] = '\0';
	for (size_t i = 0; i < count; i++)
		length += snprintf(ret + length, CODES_SIZE - (size_t)length, "%s%s", i ? " " : "",
			sessions[at[i]].code);
	return ret;
}

/* A work atelier: a plenary, four sub-sessions of which one is cancelled and one late, a close. */
static const struct row atelier[] = {
	{ "close", "Hal", AT(0, 15, 45), AT(0, 16, 30), SESSION_PLENARY, SESSION_PLANNED, 0 },
	{ "pause", "Hal", AT(0, 15, 30), AT(0, 15, 45), SESSION_BREAK, SESSION_PLANNED, 0 },
	{ "d", "D", AT(0, 14, 10), AT(0, 15, 30), SESSION_PARALLEL, SESSION_DELAYED, AT(0, 14, 0) },
	{ "c", "C", AT(0, 14, 0), AT(0, 15, 30), SESSION_PARALLEL, SESSION_CANCELLED, 0 },
	{ "b", "B", AT(0, 14, 0), AT(0, 15, 30), SESSION_PARALLEL, SESSION_MOVED, 0 },
	{ "a", "A", AT(0, 14, 0), AT(0, 15, 30), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	{ "open", "Hal", AT(0, 13, 0), AT(0, 13, 45), SESSION_PLENARY, SESSION_PLANNED, 0 },
};

static void sessions_are_sorted_by_start_room_and_code(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "3", "B", AT(0, 9, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "1", "A", AT(0, 9, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "4", "A", AT(0, 9, 30), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "2", "A", AT(0, 9, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "0", "Z", AT(0, 8, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	struct session sessions[COUNT_OF(rows)];
	const size_t count = build(sessions, rows, COUNT_OF(rows));
	for (size_t i = 0; i < count; i++)
		assert_int_equal(sessions[i].code[0], '0' + (int)i);
}

static void the_screen_shows_what_is_on_and_what_is_next(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		int64_t at_ms;
		const char *now, *next;
		bool more_today;
	} rows[] = {
		{ "the evening before shows nothing of tomorrow", AT(-1, 23, 0), "", "", false },
		{ "in the morning the first is next", AT(0, 9, 0), "", "open", true },
		{ "it is on from its first minute", AT(0, 13, 0), "open", "a b c", true },
		{ "and until before its end", AT(0, 13, 44), "open", "a b c", true },
		{ "the round shows its cancelled one too", AT(0, 14, 0), "a b c", "d", true },
		{ "the late one joins", AT(0, 14, 10), "a b c d", "pause", true },
		{ "the last one is next", AT(0, 15, 30), "pause", "close", false },
		{ "nothing follows", AT(0, 16, 0), "close", "", false },
		{ "all is over", AT(0, 16, 30), "", "", false },
		{ "long before a night", AT(3, 20, 9), "", "", false },
		{ "past midnight is soon", AT(3, 22, 30), "", "night", true },
		{ "and the rest of the night", AT(4, 0, 10), "night", "last", false },
	};
	struct row all[COUNT_OF(atelier) + 2];
	struct session sessions[COUNT_OF(all)];
	memcpy(all, atelier, sizeof atelier);
	all[COUNT_OF(atelier)] = (struct row){ "night", "Hal", AT(4, 0, 10), AT(4, 1, 0),
		SESSION_PLENARY, SESSION_PLANNED, 0 };
	all[COUNT_OF(atelier) + 1] = (struct row){ "last", "Hal", AT(4, 1, 0), AT(4, 2, 0),
		SESSION_PLENARY, SESSION_PLANNED, 0 };
	const size_t count = build(sessions, all, COUNT_OF(all));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct now_next lists;
		char text[CODES_SIZE];
		schedule_now_next(sessions, count, rows[i].at_ms, &lists);
		CHECK_ROW(rows[i].sentence,
			!strcmp(codes(text, sessions, lists.now, lists.now_count), rows[i].now));
		CHECK_ROW(rows[i].sentence,
			!strcmp(codes(text, sessions, lists.next, lists.next_count), rows[i].next));
		CHECK_ROW(rows[i].sentence, lists.more_today == rows[i].more_today);
	}
}

static void more_sessions_than_a_screen_holds_are_cut(void **state)
{
	(void)state;
	struct session sessions[2 * SCHEDULE_ROWS_MAX + 2];
	struct now_next lists;
	for (size_t i = 0; i < COUNT_OF(sessions); i++) {
		const int hour = i % 2 ? 9 : 10;
		const struct row row = { "x", "y", AT(0, hour, 0), AT(0, hour + 1, 0),
			SESSION_PARALLEL, SESSION_PLANNED, 0 };
		build(&sessions[i], &row, 1);
	}
	schedule_sort(sessions, COUNT_OF(sessions));
	schedule_now_next(sessions, COUNT_OF(sessions), AT(0, 9, 30), &lists);
	assert_int_equal(lists.now_count, SCHEDULE_ROWS_MAX);
	assert_int_equal(lists.next_count, SCHEDULE_ROWS_MAX);
	assert_false(lists.more_today);
}

static void a_door_is_open_from_early_until_the_end(void **state)
{
	(void)state;
	struct session session;
	struct row row = atelier[6];
	build(&session, &row, 1);
	assert_false(session_is_open(&session, AT(0, 12, 40) - 1, EARLY_MIN));
	assert_true(session_is_open(&session, AT(0, 12, 40), EARLY_MIN));
	assert_true(session_is_open(&session, AT(0, 13, 45) - 1, EARLY_MIN));
	assert_false(session_is_open(&session, AT(0, 13, 45), EARLY_MIN));
	session.state = SESSION_CANCELLED;
	assert_false(session_is_open(&session, AT(0, 13, 0), EARLY_MIN));
}

struct question {
	const char *sentence, *room;
	int64_t at_ms;
	int early_min;
	const char *want;
};

static void ask(const struct row *rows, size_t row_count, const struct question *questions,
	size_t question_count)
{
	struct session sessions[16];
	const size_t count = build(sessions, rows, row_count);
	for (size_t i = 0; i < question_count; i++) {
		size_t found[16];
		char text[CODES_SIZE];
		const size_t fits = schedule_candidates(sessions, count, questions[i].at_ms,
			questions[i].early_min, questions[i].room, found, COUNT_OF(found));
		CHECK_ROW(questions[i].sentence,
			!strcmp(codes(text, sessions, found, fits), questions[i].want));
	}
}

static void a_tap_is_for_the_sessions_of_its_round(void **state)
{
	(void)state;
	static const struct question questions[] = {
		{ "before the door opens", "", AT(0, 12, 39), 20, "" },
		{ "the door opens", "", AT(0, 12, 40), 20, "open" },
		{ "the ateliers' door opens early and takes nothing over", "", AT(0, 13, 41), 20,
			"open" },
		{ "the opening is over", "", AT(0, 13, 45), 20, "a b" },
		{ "the late one's door opens", "", AT(0, 13, 50), 20, "a b d" },
		{ "the late one counts from its announced minute", "", AT(0, 14, 0), 20, "a b d" },
		{ "the late one stays a choice of its round", "", AT(0, 14, 2), 20, "a b d" },
		{ "the close opens early and takes nothing over", "", AT(0, 15, 27), 20, "a b d" },
		{ "a break is nothing to check in to", "", AT(0, 15, 31), 20, "close" },
		{ "the close runs", "", AT(0, 15, 45), 20, "close" },
		{ "after the end", "", AT(0, 16, 30), 20, "" },
		{ "at the door of one room", "B", AT(0, 13, 45), 20, "b" },
		{ "at the door of the cancelled one", "C", AT(0, 14, 30), 20, "" },
		{ "at a room nothing happens in", "Kelder", AT(0, 14, 30), 20, "" },
		{ "with a long early time the next is near sooner", "", AT(0, 13, 41), 40,
			"a b d" },
		{ "without an early time nothing opens early", "", AT(0, 13, 59), 0, "" },
		{ "and all open when they start", "", AT(0, 14, 0), 0, "a b" },
	};
	ask(atelier, COUNT_OF(atelier), questions, COUNT_OF(questions));
}

static void back_to_back_the_next_takes_over_when_it_is_near(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "first", "A", AT(0, 14, 0), AT(0, 15, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "other", "B", AT(0, 14, 0), AT(0, 15, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "long", "C", AT(0, 14, 0), AT(0, 17, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "second", "A", AT(0, 15, 0), AT(0, 16, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	static const struct question questions[] = {
		{ "before the door of the second", "A", AT(0, 14, 39), 20, "first" },
		{ "the second is open but not near", "A", AT(0, 14, 49), 20, "first" },
		{ "the second is near and the first ends", "A", AT(0, 14, 50), 20, "second" },
		{ "where nothing follows the running one stays", "B", AT(0, 14, 58), 20, "other" },
		{ "with one that lasts, all running ones stay", "", AT(0, 14, 55), 20,
			"first other long" },
		{ "from its start the second is beside the one that lasts", "", AT(0, 15, 0), 20,
			"long second" },
	};
	ask(rows, COUNT_OF(rows), questions, COUNT_OF(questions));
}

static void of_coming_rounds_the_first_is_meant(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "open", "Hal", AT(0, 13, 0), AT(0, 13, 10), SESSION_PLENARY, SESSION_PLANNED, 0 },
		{ "a", "A", AT(0, 13, 10), AT(0, 14, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "b", "B", AT(0, 13, 15), AT(0, 14, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "z", "Z", AT(0, 20, 0), AT(0, 20, 0), SESSION_PLENARY, SESSION_PLANNED, 0 },
		{ "u", "U", AT(0, 22, 10), AT(0, 23, 0), SESSION_PARALLEL, SESSION_DELAYED, 0 },
		{ "v", "V", AT(0, 22, 0), AT(0, 23, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	static const struct question questions[] = {
		{ "all doors are open, the opening comes first", "", AT(0, 12, 58), 20, "open" },
		{ "a session of no length is still one", "", AT(0, 19, 50), 20, "z" },
		{ "what overlaps is of one round", "", AT(0, 13, 10), 20, "a" },
		{ "both begin within one round", "", AT(0, 13, 1), 30, "a b" },
		{ "late without saying since when: not before it starts", "", AT(0, 22, 2), 20,
			"v" },
		{ "but a choice before the round", "", AT(0, 21, 55), 20, "v u" },
	};
	ask(rows, COUNT_OF(rows), questions, COUNT_OF(questions));
}

static void only_what_fits_is_filled_in(void **state)
{
	(void)state;
	struct session sessions[COUNT_OF(atelier)];
	const size_t count = build(sessions, atelier, COUNT_OF(atelier));
	size_t found[] = { NOWHERE, NOWHERE };
	assert_int_equal(
		schedule_candidates(sessions, count, AT(0, 14, 30), EARLY_MIN, "", found, 1), 3);
	assert_int_equal(found[0], 1);
	assert_int_equal(found[1], NOWHERE);
}

static void the_event_says_when_it_opens(void **state)
{
	(void)state;
	static const struct row days[] = {
		{ "gone", "Hal", AT(0, 9, 0), AT(0, 10, 0), SESSION_PLENARY, SESSION_CANCELLED, 0 },
		{ "coffee", "Hal", AT(0, 9, 30), AT(0, 10, 0), SESSION_BREAK, SESSION_PLANNED, 0 },
		{ "long", "A", AT(0, 10, 0), AT(0, 17, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "short", "B", AT(0, 16, 0), AT(0, 16, 30), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "night", "A", AT(2, 22, 0), AT(3, 2, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "morning", "A", AT(3, 9, 0), AT(3, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "later", "A", AT(5, 0, 10), AT(5, 1, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "last", "A", AT(5, 3, 0), AT(5, 4, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	static const struct {
		const char *sentence;
		int64_t at_ms;
		enum door want;
		int64_t opens_ms;
	} rows[] = {
		{ "the evening before", AT(-1, 20, 0), DOOR_OTHER_DAY, AT(0, 9, 10) },
		{ "too early; a cancelled session opens no door", AT(0, 9, 9), DOOR_EARLY,
			AT(0, 9, 10) },
		{ "coffee opens the door", AT(0, 9, 10), DOOR_OPEN, 0 },
		{ "the longest session keeps it open", AT(0, 16, 45), DOOR_OPEN, 0 },
		{ "the day is over, another follows", AT(0, 17, 0), DOOR_OTHER_DAY, AT(2, 21, 40) },
		{ "past midnight the night goes on", AT(3, 1, 59), DOOR_OPEN, 0 },
		{ "the night is over, the morning is the same day", AT(3, 2, 0), DOOR_EARLY,
			AT(3, 8, 40) },
		{ "the door opens before midnight", AT(4, 23, 50), DOOR_OPEN, 0 },
		{ "but not sooner", AT(4, 23, 49), DOOR_OTHER_DAY, AT(4, 23, 50) },
		{ "between the last two", AT(5, 2, 0), DOOR_OPEN, 0 },
		{ "all is over", AT(5, 4, 0), DOOR_OVER, 0 },
		{ "and stays so", AT(9, 12, 0), DOOR_OVER, 0 },
	};
	struct session sessions[COUNT_OF(days)];
	const size_t count = build(sessions, days, COUNT_OF(days));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t opens_ms = 0;
		CHECK_ROW(rows[i].sentence, schedule_door(sessions, count, rows[i].at_ms, EARLY_MIN,
						    &opens_ms) == rows[i].want);
		CHECK_ROW(rows[i].sentence, opens_ms == rows[i].opens_ms);
	}
	int64_t untouched = 7;
	assert_int_equal(
		schedule_door(sessions, 0, AT(0, 9, 0), EARLY_MIN, &untouched), DOOR_NO_SCHEDULE);
	assert_int_equal(
		schedule_door(sessions, 1, AT(0, 9, 0), EARLY_MIN, &untouched), DOOR_NO_SCHEDULE);
	assert_int_equal(untouched, 7);
}

static void days_are_those_of_the_clock_on_the_wall(void **state)
{
	(void)state;
	assert_int_equal(local_day(0, 0), 0);
	assert_int_equal(local_day(-1, 0), -1);
	assert_int_equal(local_day(-1, 60), 0);
	assert_int_equal(local_day(0, -60), -1);
	assert_int_equal(local_day(-86400000, 0), -1);
	assert_int_equal(local_day(AT(0, 0, 0), 60) - local_day(AT(0, 0, 0) - 1, 60), 1);
	assert_int_equal(local_day(AT(0, 0, 0), 0), local_day(AT(0, 0, 0) - 1, 0));
}

static int32_t amsterdam(int64_t at_ms)
{
	return at_ms < AT(-30, 2, 0) ? 120 : 60; /* until 2026-10-25T02:00:00+01:00 */
}

/* Two nights of a hackathon, the second over the end of summer time; a session just after midnight.
 */
static const struct row nights[] = {
	{ "off", "A", AT(-40, 20, 0), AT(-39, 2, 0), SESSION_PLENARY, SESSION_CANCELLED, 0 },
	{ "one", "A", AT(0, 20, 0), AT(1, 2, 0), SESSION_PLENARY, SESSION_PLANNED, 0 },
	{ "two", "A", AT(1, 20, 0), AT(2, 2, 0), SESSION_PLENARY, SESSION_PLANNED, 0 },
	{ "late", "A", AT(5, 0, 10), AT(5, 1, 0), SESSION_PLENARY, SESSION_PLANNED, 0 },
};
static const struct margins usual = { EARLY_MIN, 30 };

static void days_are_not_all_as_long(void **state)
{
	static const struct {
		const char *sentence;
		int64_t at_ms, from_ms, to_ms;
	} rows[] = {
		{ "a day", AT(0, 10, 0), AT(0, 0, 0), AT(1, 0, 0) },
		{ "its begin", AT(0, 0, 0), AT(0, 0, 0), AT(1, 0, 0) },
		{ "its end", AT(1, 0, 0) - 1, AT(0, 0, 0), AT(1, 0, 0) },
		{ "summer time ends: before", AT(-30, 1, 0), AT(-30, -1, 0), AT(-29, 0, 0) },
		{ "summer time ends: after", AT(-30, 10, 0), AT(-30, -1, 0), AT(-29, 0, 0) },
	};
	struct session sessions[COUNT_OF(nights)];
	const size_t count = build(sessions, nights, COUNT_OF(nights));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct span span;
		schedule_day_span(sessions, count, rows[i].at_ms, amsterdam, &span);
		CHECK_ROW(rows[i].sentence,
			span.from_ms == rows[i].from_ms && span.to_ms == rows[i].to_ms);
	}
}

static void a_night_is_of_the_day_it_began(void **state)
{
	static const struct {
		const char *sentence;
		int64_t at_ms, stay_from_ms, stay_to_ms;
		int from_day, days; /* shown */
	} rows[] = {
		{ "in the evening", AT(0, 21, 0), AT(0, 0, 0), AT(1, 2, 30), 0, 1 },
		{ "past midnight", AT(1, 0, 10), AT(0, 19, 40), AT(2, 0, 0), 0, 2 },
		{ "people leave", AT(1, 2, 30), AT(0, 19, 40), AT(2, 0, 0), 0, 2 },
		{ "they have left", AT(1, 2, 31), AT(1, 0, 0), AT(2, 0, 0), 1, 1 },
		{ "the second night", AT(2, 1, 0), AT(1, 19, 40), AT(3, 0, 0), 1, 2 },
		{ "before a session after midnight", AT(4, 23, 50), AT(4, 0, 0), AT(5, 1, 30), 4,
			2 },
		{ "at it", AT(5, 0, 20), AT(4, 23, 50), AT(6, 0, 0), 5, 1 },
		{ "a cancelled night", AT(-39, 1, 0), AT(-39, -1, 0), AT(-38, -1, 0), -39, 1 },
	};
	struct session sessions[COUNT_OF(nights)];
	const size_t count = build(sessions, nights, COUNT_OF(nights));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct span stay, shown;
		const int64_t at_ms = rows[i].at_ms;
		schedule_stay_span(sessions, count, NULL, at_ms, &usual, amsterdam, &stay);
		CHECK_ROW(rows[i].sentence,
			stay.from_ms == rows[i].stay_from_ms && stay.to_ms == rows[i].stay_to_ms);
		schedule_days_on(sessions, count, at_ms, &usual, amsterdam, &shown);
		const int64_t from_day = local_day(shown.from_ms, amsterdam(shown.from_ms));
		CHECK_ROW(rows[i].sentence, from_day - local_day(MIDNIGHT, 60) == rows[i].from_day);
		CHECK_ROW(rows[i].sentence,
			shown.to_ms - shown.from_ms == rows[i].days * 24 * 3600000LL);
	}
}

static void a_session_that_lasts_for_days_is_one_visit(void **state)
{
	static const struct row days[] = {
		{ "sprint", "A", AT(0, 9, 0), AT(3, 17, 0), SESSION_PLENARY, SESSION_PLANNED, 0 },
	};
	struct session sprint;
	struct span span;
	(void)state;
	build(&sprint, days, 1);
	schedule_stay_span(&sprint, 1, &sprint, AT(1, 9, 0), &usual, amsterdam, &span);
	assert_true(span.from_ms == AT(0, 8, 40) && span.to_ms == AT(3, 17, 30));
	schedule_stay_span(&sprint, 1, NULL, AT(1, 9, 0), &usual, amsterdam, &span);
	assert_true(span.from_ms == AT(1, 0, 0) && span.to_ms == AT(2, 0, 0));
	/* But each of its days is a day. */
	schedule_days_on(&sprint, 1, AT(1, 9, 0), &usual, amsterdam, &span);
	assert_true(span.from_ms == AT(1, 0, 0) && span.to_ms == AT(2, 0, 0));
	const int64_t second = local_day(AT(1, 9, 0), 60);
	assert_int_equal(schedule_tap_day(&sprint, 1, &sprint, AT(1, 9, 0), &usual, 60), second);
	assert_int_equal(schedule_tap_day(&sprint, 1, NULL, AT(1, 9, 0), &usual, 60), second);
}

static void what_begins_soon_is_of_today_or_just_after_midnight(void **state)
{
	static const struct {
		const char *sentence;
		int64_t at_ms;
		bool soon;
	} rows[] = {
		{ "today", AT(1, 23, 0), true },
		{ "just before midnight", AT(0, 23, 50), true },
		{ "the day before", AT(0, 9, 0), false },
		{ "the day after", AT(2, 0, 10), false },
	};
	const struct session session = { .start_ms = AT(1, 0, 10), .utc_offset_min = 60 };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(
			rows[i].sentence, session_is_soon(&session, rows[i].at_ms) == rows[i].soon);
}

static void a_tap_is_of_the_day_its_session_began(void **state)
{
	static const struct {
		const char *sentence;
		size_t session; /* of the nights as they are sorted */
		int64_t at_ms;
		int day;
	} rows[] = {
		{ "in the evening", 1, AT(0, 21, 0), 0 },
		{ "past midnight", 1, AT(1, 0, 10), 0 },
		{ "leaving", 1, AT(1, 2, 30), 0 },
		{ "for the event, of which another session begins today", NOWHERE, AT(1, 0, 10),
			1 },
		{ "for the event, in its last night", NOWHERE, AT(2, 0, 10), 1 },
		{ "for the event, just after the last night", NOWHERE, AT(2, 2, 5), 1 },
		{ "for the event, by day", NOWHERE, AT(2, 9, 0), 2 },
		{ "early", 3, AT(4, 23, 50), 5 },
		{ "for a session that was moved since", 3, AT(1, 0, 10), 1 },
	};
	struct session sessions[COUNT_OF(nights)];
	const size_t count = build(sessions, nights, COUNT_OF(nights));
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct session *session =
			rows[i].session == NOWHERE ? NULL : &sessions[rows[i].session];
		CHECK_ROW(rows[i].sentence,
			schedule_tap_day(sessions, count, session, rows[i].at_ms, &usual, 60) -
					local_day(MIDNIGHT, 60) ==
				rows[i].day);
	}
}

static int32_t london(int64_t at_ms)
{
	return amsterdam(at_ms) - 60;
}

static void the_clock_on_the_wall_is_the_venues(void **state)
{
	static const struct {
		const char *sentence;
		int32_t (*machine)(int64_t wall_ms);
		struct {
			int64_t start_ms;
			int32_t offset_min;
		} sessions[3];
		size_t count;
		int64_t at_ms;
		int32_t offset_min;
	} rows[] = {
		{ "without a programme it is the machine's", london, { { 0, 0 } }, 0, AT(0, 9, 0),
			0 },
		{ "a series that began in summer is on in winter", amsterdam,
			{ { AT(-60, 9, 0), 120 }, { AT(0, 9, 0), 60 } }, 2, AT(0, 8, 0), 60 },
		{ "between two of them, after the change", amsterdam,
			{ { AT(-31, 9, 0), 120 }, { AT(9, 9, 0), 60 } }, 2, AT(-29, 9, 0), 60 },
		{ "an entry from elsewhere comes first", amsterdam,
			{ { AT(0, 9, 0), -300 }, { AT(0, 10, 0), 60 } }, 2, AT(0, 8, 0), 60 },
		{ "a machine that nobody set goes by the nearest: before the change", london,
			{ { AT(-31, 9, 0), 120 }, { AT(-29, 9, 0), 60 }, { AT(0, 9, 0), 60 } }, 3,
			AT(-31, 8, 0), 120 },
		{ "and after it", london,
			{ { AT(-31, 9, 0), 120 }, { AT(-29, 9, 0), 60 }, { AT(0, 9, 0), 60 } }, 3,
			AT(-29, 8, 0), 60 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct session sessions[3] = { { .start_ms = 0 } };
		for (size_t s = 0; s < rows[i].count; s++) {
			sessions[s].start_ms = rows[i].sessions[s].start_ms;
			sessions[s].utc_offset_min = rows[i].sessions[s].offset_min;
		}
		CHECK_ROW(rows[i].sentence,
			schedule_utc_offset_min(sessions, rows[i].count, rows[i].at_ms,
				rows[i].machine) == rows[i].offset_min);
	}
}

static void days_of_an_event_are_counted(void **state)
{
	(void)state;
	static const struct row days[] = {
		{ "1a", "A", AT(0, 9, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "1b", "A", AT(0, 20, 0), AT(1, 2, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "2a", "A", AT(2, 22, 0), AT(3, 2, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "off", "A", AT(2, 9, 0), AT(2, 10, 0), SESSION_PARALLEL, SESSION_CANCELLED, 0 },
		{ "moved away", "A", AT(1, 9, 0), AT(1, 10, 0), SESSION_PARALLEL, SESSION_CANCELLED,
			0 },
		{ "3a", "A", AT(3, 9, 0), AT(3, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	/* Of the days an organiser gave there is one more at either end. */
	static const struct {
		const char *sentence;
		int64_t at_ms;
		int day, of_given;
	} rows[] = {
		{ "before it all", AT(-2, 12, 0), 0, 0 },
		{ "the day to build up", AT(-1, 12, 0), 0, 1 },
		{ "the first day, before the first session", AT(0, 7, 0), 1, 2 },
		{ "the night of the first day", AT(1, 1, 0), 1, 2 },
		{ "the night is over and nothing is on", AT(1, 2, 0), 0, 3 },
		{ "what was to be is cancelled", AT(1, 9, 30), 0, 3 },
		{ "the second day", AT(2, 12, 0), 2, 4 },
		{ "the night before the third day is of the third", AT(3, 1, 0), 3, 5 },
		{ "the day to tidy up", AT(4, 12, 0), 0, 6 },
		{ "after it all", AT(5, 12, 0), 0, 0 },
	};
	const int64_t first = local_day(AT(0, 0, 0), 60);
	const struct event_days none = { 0, 0 }, given = { first - 1, first + 4 };
	struct session sessions[COUNT_OF(days)];
	const size_t count = build(sessions, days, COUNT_OF(days));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int day = -1, all = -1;
		schedule_day_of(&none, sessions, count, rows[i].at_ms, 60, &day, &all);
		CHECK_ROW(rows[i].sentence, day == rows[i].day && all == 3);
		schedule_day_of(&given, sessions, count, rows[i].at_ms, 60, &day, &all);
		CHECK_ROW(rows[i].sentence, day == rows[i].of_given && all == 6);
	}
	int day = -1, all = -1;
	schedule_day_of(&none, sessions, 0, AT(0, 9, 0), 60, &day, &all);
	assert_true(day == 0 && all == 0);
	schedule_day_of(&given, sessions, 0, AT(0, 9, 0), 60, &day, &all);
	assert_true(day == 2 && all == 6);
}

static void a_session_outside_the_days_is_told(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		int64_t start_ms;
		enum session_state state;
		bool outside;
	} rows[] = {
		{ "on the only day", AT(0, 9, 0), SESSION_PLANNED, false },
		{ "in its night", AT(0, 23, 59), SESSION_MOVED, false },
		{ "the day before", AT(-1, 23, 59), SESSION_PLANNED, true },
		{ "the day after", AT(1, 0, 0), SESSION_DELAYED, true },
		{ "cancelled", AT(1, 0, 0), SESSION_CANCELLED, false },
	};
	const int64_t day = local_day(AT(0, 0, 0), 60);
	const struct event_days none = { 0, 0 }, given = { day, day };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct session session = {
			.start_ms = rows[i].start_ms, .utc_offset_min = 60, .state = rows[i].state
		};
		CHECK_ROW(
			rows[i].sentence, schedule_is_outside(&given, &session) == rows[i].outside);
		CHECK_ROW(rows[i].sentence, !schedule_is_outside(&none, &session));
	}
}

static void between_two_days_is_known_from_both(void **state)
{
	(void)state;
	static const struct row days[] = {
		{ "1", "A", AT(0, 9, 0), AT(0, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "1b", "A", AT(0, 20, 0), AT(1, 2, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
		{ "2", "A", AT(2, 9, 0), AT(2, 10, 0), SESSION_PARALLEL, SESSION_CANCELLED, 0 },
		{ "3", "A", AT(4, 9, 0), AT(4, 10, 0), SESSION_PARALLEL, SESSION_PLANNED, 0 },
	};
	static const struct {
		const char *sentence;
		int64_t at_ms;
		bool between;
		int64_t last_ms, next_ms;
	} rows[] = {
		{ "nothing was before", AT(-1, 12, 0), false, 0, 0 },
		{ "a day of the event", AT(0, 23, 0), false, 0, 0 },
		{ "its night", AT(1, 1, 0), false, 0, 0 },
		{ "the day after", AT(1, 12, 0), true, AT(0, 20, 0), AT(4, 9, 0) },
		{ "a day that was cancelled", AT(2, 9, 30), true, AT(0, 20, 0), AT(4, 9, 0) },
		{ "before the door opens", AT(4, 1, 0), false, 0, 0 },
		{ "after it all", AT(5, 1, 0), true, AT(4, 9, 0), 0 },
	};
	struct session sessions[COUNT_OF(days)];
	const size_t count = build(sessions, days, COUNT_OF(days));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t last_ms, next_ms;
		const bool between =
			schedule_between_days(sessions, count, rows[i].at_ms, &last_ms, &next_ms);
		CHECK_ROW(rows[i].sentence, between == rows[i].between);
		if (between)
			CHECK_ROW(rows[i].sentence,
				last_ms == rows[i].last_ms && next_ms == rows[i].next_ms);
	}
}

static void kinds_and_states_are_read_in_two_languages(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		int kind, state;
	} rows[] = {
		{ "plenary", SESSION_PLENARY, -1 },
		{ "Plenair", SESSION_PLENARY, -1 },
		{ "PARALLEL", SESSION_PARALLEL, -1 },
		{ "deelsessie", SESSION_PARALLEL, -1 },
		{ "break", SESSION_BREAK, -1 },
		{ "Pauze", SESSION_BREAK, -1 },
		{ "planned", -1, SESSION_PLANNED },
		{ "Gepland", -1, SESSION_PLANNED },
		{ "moved", -1, SESSION_MOVED },
		{ "verplaatst", -1, SESSION_MOVED },
		{ "CANCELLED", -1, SESSION_CANCELLED },
		{ "canceled", -1, SESSION_CANCELLED },
		{ "geannuleerd", -1, SESSION_CANCELLED },
		{ "vervallen", -1, SESSION_CANCELLED },
		{ "delayed", -1, SESSION_DELAYED },
		{ "vertraagd", -1, SESSION_DELAYED },
		{ "", -1, -1 },
		{ "workshop", -1, -1 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		enum session_kind kind = SESSION_KIND_COUNT;
		enum session_state session_state = SESSION_STATE_COUNT;
		CHECK_ROW(rows[i].name,
			session_kind_from_name(&kind, rows[i].name) == (rows[i].kind >= 0));
		CHECK_ROW(rows[i].name, rows[i].kind < 0 || (int)kind == rows[i].kind);
		CHECK_ROW(rows[i].name, session_state_from_name(&session_state, rows[i].name) ==
						(rows[i].state >= 0));
		CHECK_ROW(rows[i].name, rows[i].state < 0 || (int)session_state == rows[i].state);
	}
}

/* Exports write these, so they never change. */
static void kinds_and_states_are_written_in_english(void **state)
{
	(void)state;
	static const char *const kinds[SESSION_KIND_COUNT] = { "plenary", "parallel", "break" };
	static const char *const states[SESSION_STATE_COUNT] = { "planned", "moved", "cancelled",
		"delayed" };
	for (int i = 0; i < SESSION_KIND_COUNT; i++) {
		enum session_kind kind;
		assert_string_equal(session_kind_name((enum session_kind)i), kinds[i]);
		assert_true(session_kind_from_name(&kind, session_kind_name((enum session_kind)i)));
		assert_int_equal(kind, i);
	}
	for (int i = 0; i < SESSION_STATE_COUNT; i++) {
		enum session_state found;
		assert_string_equal(session_state_name((enum session_state)i), states[i]);
		assert_true(
			session_state_from_name(&found, session_state_name((enum session_state)i)));
		assert_int_equal(found, i);
	}
}

static void a_plan_that_differs_from_what_was_announced_is_delayed_or_moved(void **state)
{
	(void)state;
	static const struct {
		enum session_state said, settled;
		int64_t start_ms;
		const char *room;
	} rows[] = {
		{ SESSION_PLANNED, SESSION_PLANNED, 1000, "Zaal" },
		{ SESSION_PLANNED, SESSION_PLANNED, 900, "Zaal" },
		{ SESSION_PLANNED, SESSION_DELAYED, 1001, "Zaal" },
		{ SESSION_PLANNED, SESSION_DELAYED, 1001, "Schuur" },
		{ SESSION_PLANNED, SESSION_MOVED, 1000, "Schuur" },
		{ SESSION_CANCELLED, SESSION_CANCELLED, 2000, "Schuur" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct session session = { .state = rows[i].said, .start_ms = rows[i].start_ms };
		snprintf(session.room, sizeof session.room, "%s", rows[i].room);
		session_settle(&session, 1000, "Zaal");
		assert_int_equal(session.state, rows[i].settled);
	}
}

int test_schedule(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(sessions_are_sorted_by_start_room_and_code),
		cmocka_unit_test(the_screen_shows_what_is_on_and_what_is_next),
		cmocka_unit_test(more_sessions_than_a_screen_holds_are_cut),
		cmocka_unit_test(a_door_is_open_from_early_until_the_end),
		cmocka_unit_test(a_tap_is_for_the_sessions_of_its_round),
		cmocka_unit_test(back_to_back_the_next_takes_over_when_it_is_near),
		cmocka_unit_test(of_coming_rounds_the_first_is_meant),
		cmocka_unit_test(only_what_fits_is_filled_in),
		cmocka_unit_test(the_event_says_when_it_opens),
		cmocka_unit_test(days_are_those_of_the_clock_on_the_wall),
		cmocka_unit_test(days_are_not_all_as_long),
		cmocka_unit_test(a_night_is_of_the_day_it_began),
		cmocka_unit_test(a_session_that_lasts_for_days_is_one_visit),
		cmocka_unit_test(what_begins_soon_is_of_today_or_just_after_midnight),
		cmocka_unit_test(a_tap_is_of_the_day_its_session_began),
		cmocka_unit_test(the_clock_on_the_wall_is_the_venues),
		cmocka_unit_test(days_of_an_event_are_counted),
		cmocka_unit_test(a_session_outside_the_days_is_told),
		cmocka_unit_test(between_two_days_is_known_from_both),
		cmocka_unit_test(kinds_and_states_are_read_in_two_languages),
		cmocka_unit_test(kinds_and_states_are_written_in_english),
		cmocka_unit_test(a_plan_that_differs_from_what_was_announced_is_delayed_or_moved),
	};
	return cmocka_run_group_tests_name("schedule", tests, NULL, NULL);
}
