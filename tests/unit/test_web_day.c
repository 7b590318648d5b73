#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "web/arrivals.h"
#include "web/day_of.h"
#include "web/roll.h"

int test_web_day(void);

static const int64_t nine = 1795510800000; /* 2026-11-24T09:00 UTC */

static void a_roll_knows_whom_it_met(void **state)
{
	struct roll roll = { 0 };
	bool fresh;
	char id[ID_TEXT_SIZE];
	(void)state;
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 1000; i++) {
			snprintf(id, sizeof id, "person-%d", i);
			struct roll_entry *entry = roll_meet(&roll, id, &fresh);
			assert_non_null(entry);
			assert_int_equal(fresh, round == 0);
			assert_string_equal(entry->id, id);
		}
	}
	assert_int_equal(roll.count, 1000);
	assert_string_equal(roll_find(&roll, "person-999")->id, "person-999");
	assert_null(roll_find(&roll, "person-1000"));
	roll_clear(&roll);
	assert_null(roll_find(&roll, "person-1"));
	assert_non_null(roll_meet(&roll, "person-1", &fresh));
	assert_true(fresh);
	assert_int_equal(roll.count, 1);
	roll_finish(&roll);
}

/* By the newest tap somebody is in or out; in since the first check-in after the last check-out. */
static void a_roll_knows_since_when_somebody_is_in(void **state)
{
	static const struct {
		const char *sentence;
		int taps[4]; /* minus: a check-out; 0 ends them */
		bool in;
		int first, last, since;
	} rows[] = {
		{ "a session after the arrival, newest first", { 30, 10 }, true, 10, 30, 10 },
		{ "oldest first", { 10, 30 }, true, 10, 30, 10 },
		{ "out", { -40, 30, 10 }, false, 10, 40, 0 },
		{ "back", { 60, 50, -40, 10 }, true, 10, 60, 50 },
		{ "out by another kiosk's log", { 60, 10, -40 }, true, 10, 60, 60 },
		{ "gone by another kiosk's log", { 30, 10, -40 }, false, 10, 40, 0 },
		{ "an old check-out told late", { 60, 50, -40, -5 }, true, 50, 60, 50 },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct roll_entry entry = { .in = false };
		for (size_t t = 0; t < 4 && rows[i].taps[t]; t++) {
			const int at = rows[i].taps[t];
			roll_note(&entry, at < 0 ? -at : at, at > 0, true);
		}
		CHECK_ROW(rows[i].sentence,
			entry.in == rows[i].in && entry.first_ms == rows[i].first &&
				entry.last_ms == rows[i].last && entry.since_ms == rows[i].since);
	}
}

static void arrivals_are_counted_by_five_minutes(void **state)
{
	struct arrivals arrivals;
	const struct arrival_mark marks[] = { { nine, "opening" } };
	(void)state;
	arrivals_init(&arrivals, nine, nine + 61 * 60000, 60);
	assert_int_equal(arrivals.count, (30 + 61) / 5 + 1);
	arrivals_add(&arrivals, nine - 3600000, true); /* before the first: in the first */
	arrivals_add(&arrivals, nine, true);
	arrivals_add(&arrivals, nine + 299999, false);
	arrivals_add(&arrivals, nine + 300000, true);
	arrivals_add(&arrivals, nine + 9 * 3600000, true); /* after the last: in the last */
	assert_int_equal(arrivals.people[0], 1);
	assert_int_equal(arrivals.people[6], 2);
	assert_int_equal(arrivals.people[7], 1);
	assert_int_equal(arrivals.people[arrivals.count - 1], 1);

	json_t *data = arrivals_json(&arrivals, marks, COUNT_OF(marks));
	assert_int_equal(json_integer_value(json_object_get(data, "sum")), 5);
	const json_t *busiest = json_object_get(data, "busiest");
	assert_string_equal(
		json_string_value(json_object_get(busiest, "from")), "2026-11-24T10:00:00+01:00");
	assert_true(json_is_false(json_object_get(busiest, "sure")));
	const json_t *chart = json_object_get(data, "chart");
	assert_int_equal(json_array_size(json_object_get(chart, "bars")), 4);
	assert_int_equal(json_array_size(json_object_get(chart, "marks")), 1);
	assert_int_equal(json_array_size(json_object_get(chart, "grid")), 2);
	/* The labels of the marks stand on 14: a figure's own height below them is free. */
	const json_t *top = json_object_get(chart, "top");
	assert_true(strtod(json_string_value(json_object_get(top, "y")), NULL) >= 14 + 12);
	json_decref(data);
}

/* Labels that would stand on one another are left out: on a phone, or everywhere. */
static void labels_keep_clear_of_one_another(void **state)
{
	const struct arrival_mark marks[] = { { nine, "opening" },
		{ nine + 40 * 60000, "a-long-one" }, { nine + 50 * 60000, "gone" },
		{ nine + 240 * 60000, "the-last" } };
	static const struct {
		const char *label;
		bool wide;
	} rows[] = { { "opening", false }, { "a-long-one", true }, { "", true },
		{ "the-last", false } };
	struct arrivals arrivals;
	(void)state;
	arrivals_init(&arrivals, nine, nine + 250 * 60000, 60);
	json_t *data = arrivals_json(&arrivals, marks, COUNT_OF(marks));
	const json_t *list = json_object_get(json_object_get(data, "chart"), "marks");
	assert_int_equal(json_array_size(list), COUNT_OF(rows));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const json_t *mark = json_array_get(list, i);
		assert_string_equal(
			json_string_value(json_object_get(mark, "label")), rows[i].label);
		CHECK_ROW(marks[i].words,
			json_is_true(json_object_get(mark, "wide")) == rows[i].wide);
	}
	json_decref(data);
}

/* After the busiest moment: since the last mark that somebody came after. */
static void who_came_since_the_last_mark_is_told(void **state)
{
	static const struct {
		const char *sentence;
		int before, busiest,
			after; /* people: before, at the first mark, after the second */
		int want;
	} rows[] = { { "busiest first, then some", 0, 5, 2, 2 }, { "nobody after", 1, 5, 0, 0 },
		{ "busiest last", 0, 1, 4, 0 } };
	const struct arrival_mark marks[] = { { nine, "one" }, { nine + 60 * 60000, "two" },
		{ nine + 300 * 60000, "later" } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arrivals arrivals;
		arrivals_init(&arrivals, nine, nine + 80 * 60000, 60);
		for (int n = 0; n < rows[i].before; n++)
			arrivals_add(&arrivals, nine - 60000, true);
		for (int n = 0; n < rows[i].busiest; n++)
			arrivals_add(&arrivals, nine + 60000, true);
		for (int n = 0; n < rows[i].after; n++)
			arrivals_add(&arrivals, nine + 61 * 60000, true);
		json_t *data = arrivals_json(&arrivals, marks, COUNT_OF(marks));
		const json_t *since = json_object_get(data, "since");
		CHECK_ROW(rows[i].sentence,
			json_integer_value(json_object_get(since, "people")) == rows[i].want);
		CHECK_ROW(rows[i].sentence,
			rows[i].want == 0
				? json_is_null(since)
				: strcmp(json_string_value(json_object_get(since, "from")),
					  "2026-11-24T11:00:00+01:00") == 0);
		json_decref(data);
	}
}

static void a_day_without_anybody_has_a_chart(void **state)
{
	struct arrivals arrivals;
	(void)state;
	arrivals_init(&arrivals, nine + 3600000 * 5, nine, 0); /* hours before it opens */
	assert_int_equal(arrivals.count, 1);
	arrivals_init(&arrivals, nine - 40LL * 86400000, nine, 0); /* a clock that was far off */
	assert_int_equal(arrivals.count, ARRIVAL_SLOTS_MAX);
	json_t *data = arrivals_json(&arrivals, NULL, 0);
	assert_non_null(data);
	json_decref(data);
}

static void a_day_is_from_midnight_to_midnight(void **state)
{
	static const struct {
		const char *day;
		bool good;
	} rows[] = { { "2026-11-24", true }, { "2026-03-29", true }, { "2026-10-25", true },
		{ "2026-02-30", false }, { "2026-11-24T10:00", false }, { "nonsense!!", false },
		{ "", false } };
	int64_t from_ms, to_ms;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CHECK_ROW(rows[i].day, day_range(rows[i].day, &from_ms, &to_ms) == rows[i].good);
		if (rows[i].good)
			CHECK_ROW(rows[i].day, to_ms - from_ms >= 23 * 3600000LL &&
						       to_ms - from_ms <= 25 * 3600000LL);
	}
}

int test_web_day(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_roll_knows_whom_it_met),
		cmocka_unit_test(a_roll_knows_since_when_somebody_is_in),
		cmocka_unit_test(arrivals_are_counted_by_five_minutes),
		cmocka_unit_test(labels_keep_clear_of_one_another),
		cmocka_unit_test(who_came_since_the_last_mark_is_told),
		cmocka_unit_test(a_day_without_anybody_has_a_chart),
		cmocka_unit_test(a_day_is_from_midnight_to_midnight),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
