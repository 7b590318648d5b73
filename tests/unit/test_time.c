#include "tests/unit/check.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "core/text.h"

#define YEAR_1 INT64_C(-62135596800000)    /* 0001-01-01T00:00:00Z */
#define YEAR_9999 INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

int test_time(void);

static void times_are_written_with_their_offset(void **state)
{
	(void)state;
	static const struct {
		int64_t wall_ms;
		int32_t offset_min;
		const char *iso, *dutch;
	} rows[] = {
		{ 0, 0, "1970-01-01T00:00:00+00:00", "01-01-1970 00:00:00" },
		{ -1, 0, "1969-12-31T23:59:59.999+00:00", "31-12-1969 23:59:59" },
		{ 1795512069123, 60, "2026-11-24T10:21:09.123+01:00", "24-11-2026 10:21:09" },
		{ 1795512069120, 0, "2026-11-24T09:21:09.120+00:00", "24-11-2026 09:21:09" },
		{ 1795512069000, -210, "2026-11-24T05:51:09-03:30", "24-11-2026 05:51:09" },
		{ 951782400000, 0, "2000-02-29T00:00:00+00:00", "29-02-2000 00:00:00" },
		{ -2203891200000, 0, "1900-03-01T00:00:00+00:00", "01-03-1900 00:00:00" },
		{ YEAR_1, 0, "0001-01-01T00:00:00+00:00", "01-01-0001 00:00:00" },
		{ YEAR_9999, 0, "9999-12-31T23:59:59.999+00:00", "31-12-9999 23:59:59" },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[TIME_TEXT_SIZE];
		const size_t length =
			time_iso(text, sizeof text, rows[i].wall_ms, rows[i].offset_min);
		CHECK_ROW(rows[i].iso, strcmp(text, rows[i].iso) == 0 && length == strlen(text));
		const size_t dutch =
			time_dutch(text, sizeof text, rows[i].wall_ms, rows[i].offset_min);
		CHECK_ROW(rows[i].dutch, strcmp(text, rows[i].dutch) == 0 && dutch == strlen(text));
	}
	char text[5];
	assert_int_equal(time_iso(text, sizeof text, 0, 0), 4);
	assert_string_equal(text, "1970");
}

static void digits_are_those_of_printf(void **state)
{
	(void)state;
	static const int64_t values[] = { 0, 1, 9, 10, -1, -10, 123456789, INT64_MAX, INT64_MIN };
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		char text[DIGITS_TEXT_SIZE], want[DIGITS_TEXT_SIZE];
		const int length = snprintf(want, sizeof want, "%lld", (long long)values[i]);
		assert_int_equal(digits_text(text, values[i], 1), length);
		assert_string_equal(text, want);
	}
	char text[DIGITS_TEXT_SIZE];
	assert_int_equal(digits_text(text, 7, 3), 3);
	assert_string_equal(text, "007");
}

/* Around both changes of the clock, before 1970, and where hours are cut in three quarters. */
static void a_remembered_zone_is_the_zone(void **state)
{
	(void)state;
	static const char *const zones[] = { "Europe/Amsterdam", "Asia/Kathmandu",
		"Australia/Lord_Howe", "America/St_Johns" };
	const char *before = getenv("TZ");
	char kept[64];
	uint64_t seed = 7;
	snprintf(kept, sizeof kept, "%s", before ? before : "");
	for (size_t z = 0; z < COUNT_OF(zones); z++) {
		struct clock_zone zone = { 0 };
		setenv("TZ", zones[z], 1);
		tzset();
		for (int64_t ms = 1774738000000; ms < 1774760000000; ms += 61000)
			assert_int_equal(
				clock_zone_offset_min(&zone, ms), clock_utc_offset_min(ms));
		for (int i = 0; i < 5000; i++) {
			const int64_t ms = (int64_t)(chance(&seed) % 4000000000000) - 2000000000000;
			assert_int_equal(
				clock_zone_offset_min(&zone, ms), clock_utc_offset_min(ms));
		}
		for (int64_t ms = -2000000; ms < 2000000; ms += 1000)
			assert_int_equal(
				clock_zone_offset_min(&zone, ms), clock_utc_offset_min(ms));
	}
	if (before)
		setenv("TZ", kept, 1);
	else
		unsetenv("TZ");
	tzset();
}

static void every_day_of_the_calendar_follows_the_one_before(void **state)
{
	(void)state;
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct calendar want = { .year = 1, .month = 1, .day = 1, .weekday = 1 }, got;
	for (int64_t at_ms = YEAR_1; at_ms <= YEAR_9999; at_ms += 86400000) {
		calendar_of(&got, at_ms, 0);
		if (memcmp(&got, &want, sizeof got) != 0 || calendar_to_ms(&want, 0) != at_ms)
			fail_msg("%04d-%02d-%02d was taken for %04d-%02d-%02d", want.year,
				want.month, want.day, got.year, got.month, got.day);
		const bool leap =
			want.year % 4 == 0 && (want.year % 100 != 0 || want.year % 400 == 0);
		const int days = lengths[want.month - 1] + (leap && want.month == 2);
		want.weekday = (want.weekday + 1) % 7;
		if (++want.day > days) {
			want.day = 1;
			want.month = want.month % 12 + 1;
			want.year += want.month == 1;
		}
	}
}

static void what_is_written_is_read_back(void **state)
{
	(void)state;
	uint64_t seed = 0x71AE;
	for (int round = 0; round < 20000; round++) {
		const int32_t offset_min = (int32_t)(chance(&seed) % 1681) - 840;
		const uint64_t span = (uint64_t)(YEAR_9999 - YEAR_1) - 2 * 86400000;
		const int64_t wall_ms = YEAR_1 + 86400000 + (int64_t)(chance(&seed) % span);
		char text[TIME_TEXT_SIZE];
		int64_t read_ms;
		int32_t read_min;
		bool has_offset;
		time_iso(text, sizeof text, wall_ms, offset_min);
		if (!time_parse(&read_ms, &read_min, &has_offset, text) || !has_offset ||
			read_ms != wall_ms || read_min != offset_min)
			fail_msg("%s was not read back", text);
		time_dutch(text, sizeof text, wall_ms, 0);
		if (!time_parse(&read_ms, &read_min, &has_offset, text) || has_offset ||
			read_ms != wall_ms - (wall_ms - YEAR_1) % 1000 || read_min != 0)
			fail_msg("%s was not read back", text);
	}
}

static void people_write_times_in_many_ways(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t wall_ms;
		int32_t offset_min;
		bool has_offset;
	} rows[] = {
		{ "1970-01-01T00:00", 0, 0, false },
		{ "1970-01-01 00:00:01", 1000, 0, false },
		{ "1970-01-01T00:00:00Z", 0, 0, true },
		{ "1970-01-01T00:00Z", 0, 0, true },
		{ "1970-01-01T01:00:00+01:00", 0, 60, true },
		{ "1970-01-01T01:00:00+0100", 0, 60, true },
		{ "1970-01-01 01:00:00+01", 0, 60, true },
		{ "1969-12-31T20:30-03:30", 0, -210, true },
		{ "1970-01-01T14:00+14:00", 0, 840, true },
		{ "1970-01-01T00:00:00.5", 500, 0, false },
		{ "1970-01-01T00:00:00.123456789Z", 123, 0, true },
		{ "1970-01-01T9:05", 32700000, 0, false },
		{ "24-11-2026 10:21", 1795515660000, 0, false },
		{ "4-1-1970 9:05", 291900000, 0, false },
		{ "29-02-2000 00:00", 951782400000, 0, false },
		{ "0001-01-01T00:00Z", YEAR_1, 0, true },
		{ "9999-12-31T23:59:59.999Z", YEAR_9999, 0, true },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t wall_ms = 1;
		int32_t offset_min = 1;
		bool has_offset = !rows[i].has_offset;
		CHECK_ROW(
			rows[i].text, time_parse(&wall_ms, &offset_min, &has_offset, rows[i].text));
		CHECK_ROW(rows[i].text, wall_ms == rows[i].wall_ms);
		CHECK_ROW(rows[i].text, offset_min == rows[i].offset_min);
		CHECK_ROW(rows[i].text, has_offset == rows[i].has_offset);
	}
}

static void what_is_no_time_is_refused(void **state)
{
	(void)state;
	static const char *const rows[] = { "", "now", "2026", "2026-11-24", "2026-11-24T",
		"2026-11-24x10:21", "2026-11-24T10", "2026-11-24T10:", "2026-11-24T10:2",
		"2026-11-24T24:00", "2026-11-24T10:60", "2026-11-24T10:21:", "2026-11-24T10:21:60",
		"2026-11-24T10:21:9", "2026-11-24T10:21:09.", "2026-11-24T10:21:09.x",
		"2026-11-24T10:21:09x", "2026-11-24T10:21:09ZZ", "2026-11-24T10:21:09+",
		"2026-11-24T10:21:09+1", "2026-11-24T10:21:09+15:00", "2026-11-24T10:21:09+01:60",
		"2026-11-24T10:21:09+01:", "2026-11-24T10:21:09+01:0", "2026-11-24T10:21:09+01:00 ",
		"2026-11-24T:21", "2026-13-24T10:21", "2026-00-24T10:21", "2026-11-00T10:21",
		"2026-11-31T10:21", "2026-02-29T10:21", "1900-02-29T10:21", "2026-12-32T10:21",
		"2026-1-24T10:21", "2026-11-4T10:21", "2026-11T10:21", "2026/11/24 10:21",
		"0000-01-01T00:00", "24-11-26 10:21", "24/11/2026 10:21", "32-11-2026 10:21",
		"24-13-2026 10:21", "24-11-20260 10:21", "-1-11-2026 10:21", "2026-11--1T10:21",
		"20261-11-24T10:21", " 2026-11-24T10:21" };
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t wall_ms = 7;
		int32_t offset_min = 7;
		bool has_offset = true;
		CHECK_ROW(rows[i], !time_parse(&wall_ms, &offset_min, &has_offset, rows[i]));
		CHECK_ROW(rows[i], wall_ms == 7 && offset_min == 7 && has_offset);
	}
}

int test_time(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_written_with_their_offset),
		cmocka_unit_test(digits_are_those_of_printf),
		cmocka_unit_test(a_remembered_zone_is_the_zone),
		cmocka_unit_test(every_day_of_the_calendar_follows_the_one_before),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(people_write_times_in_many_ways),
		cmocka_unit_test(what_is_no_time_is_refused),
	};
	return cmocka_run_group_tests_name("time", tests, NULL, NULL);
}
