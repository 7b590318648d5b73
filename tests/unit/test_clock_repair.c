#include "tests/unit/check.h"

#include <string.h>

#include "core/clock_repair.h"

#define NOON INT64_C(1795518000000) /* some day at noon */
#define BOOT_A                   \
	{                        \
		.bytes = { 0xA } \
	}
#define BOOT_B                   \
	{                        \
		.bytes = { 0xB } \
	}

int test_clock_repair(void);

/* Anchors of one boot in which the clock was first set by hand, a minute slow, then by the network.
 */
static const struct moment anchors[] = {
	{ BOOT_A, 10000, NOON - 60000, CLOCK_HUMAN },
	{ BOOT_A, 50000, NOON + 40000, CLOCK_NTP },
	{ BOOT_A, 90000, NOON + 80005, CLOCK_NTP }, /* the crystal runs 5 ms slow by now */
	{ BOOT_B, 10000, NOON + 900000, CLOCK_HUMAN },
	{ BOOT_B, 20000, NOON, CLOCK_RTC },
};

static void taps_are_read_with_the_best_anchor_of_their_boot(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		struct moment raw;
		size_t count;
		int64_t wall_ms;
		enum clock_grade grade;
		bool corrected;
	} rows[] = {
		{ "without anchors the raw time stands", { BOOT_A, 5, 1234, CLOCK_NONE }, 0, 1234,
			CLOCK_NONE, false },
		{ "an anchor of another boot says nothing",
			{ { .bytes = { 0xC } }, 5, 1234, CLOCK_NONE }, 5, 1234, CLOCK_NONE, false },
		{ "a tap at 1970 before the clock was set", { BOOT_A, 9000, 9000, CLOCK_NONE }, 1,
			NOON - 61000, CLOCK_HUMAN, true },
		{ "the network's time beats a nearer human's", { BOOT_A, 9000, 9000, CLOCK_NONE },
			5, NOON - 1000, CLOCK_NTP, true },
		{ "the nearest of equals: before", { BOOT_A, 69999, 0, CLOCK_RTC }, 5, NOON + 59999,
			CLOCK_NTP, true },
		{ "the nearest of equals: after", { BOOT_A, 70001, 0, CLOCK_RTC }, 5, NOON + 60006,
			CLOCK_NTP, true },
		{ "the first of equally near ones", { BOOT_A, 70000, 0, CLOCK_RTC }, 5,
			NOON + 60000, CLOCK_NTP, true },
		{ "an anchor no better than the raw time changes nothing",
			{ BOOT_A, 70000, NOON + 7, CLOCK_NTP }, 5, NOON + 7, CLOCK_NTP, false },
		{ "a worse anchor after a better one is left", { BOOT_B, 15000, 3, CLOCK_NONE }, 5,
			NOON + 905000, CLOCK_HUMAN, true },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t wall_ms = 0;
		bool corrected = false;
		const enum clock_grade grade =
			clock_repair(&rows[i].raw, anchors, rows[i].count, &wall_ms, &corrected);
		CHECK_ROW(rows[i].sentence, wall_ms == rows[i].wall_ms);
		CHECK_ROW(rows[i].sentence, grade == rows[i].grade);
		CHECK_ROW(rows[i].sentence, corrected == rows[i].corrected);
		CHECK_ROW(rows[i].sentence, clock_repair(&rows[i].raw, anchors, rows[i].count,
						    &wall_ms, NULL) == grade);
	}
}

static void what_a_person_said_last_counts(void **state)
{
	(void)state;
	static const struct moment said[] = {
		{ BOOT_A, 10000, NOON + 3600000, CLOCK_HUMAN },
		{ BOOT_A, 50000, NOON + 50000, CLOCK_HUMAN },
		{ BOOT_A, 30000, NOON - 3600000, CLOCK_HUMAN },
	};
	const struct moment raw = { BOOT_A, 9000, 9000, CLOCK_NONE };
	int64_t wall_ms;
	assert_int_equal(clock_repair(&raw, said, COUNT_OF(said), &wall_ms, NULL), CLOCK_HUMAN);
	assert_int_equal(wall_ms, NOON + 9000);
}

/* Told an hour ahead at 10 s, right at 50 s, and by the network at 90 s. */
static void what_is_said_again_corrects_what_came_between(void **state)
{
	(void)state;
	static const struct moment said[] = {
		{ BOOT_A, 10000, NOON + 3610000, CLOCK_HUMAN },
		{ BOOT_A, 50000, NOON + 50000, CLOCK_HUMAN },
		{ BOOT_B, 70000, NOON + 7200000, CLOCK_HUMAN },
		{ BOOT_A, 90000, NOON + 90001, CLOCK_NTP },
	};
	static const struct {
		const char *sentence;
		struct moment raw;
		size_t count;
		int64_t wall_ms;
		bool corrected;
	} rows[] = {
		{ "by what was said before it a tap stays",
			{ BOOT_A, 20000, NOON + 3620000, CLOCK_HUMAN }, 1, NOON + 3620000, false },
		{ "by what is said after it a tap is read",
			{ BOOT_A, 20000, NOON + 3620000, CLOCK_HUMAN }, 3, NOON + 20000, true },
		{ "what came at that moment too", { BOOT_A, 50000, NOON + 3650000, CLOCK_HUMAN }, 3,
			NOON + 50000, true },
		{ "what came after it stays", { BOOT_A, 50001, NOON + 50001, CLOCK_HUMAN }, 3,
			NOON + 50001, false },
		{ "the network knows better than who says it again",
			{ BOOT_A, 20000, NOON + 3620000, CLOCK_HUMAN }, 4, NOON + 20001, true },
		{ "what a chip said is no word of a person", { BOOT_A, 60000, NOON + 7, CLOCK_RTC },
			3, NOON + 60000, true },
		{ "a person corrects no network", { BOOT_A, 20000, NOON + 9, CLOCK_NTP }, 3,
			NOON + 9, false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t wall_ms = 0;
		bool corrected = false;
		clock_repair(&rows[i].raw, said, rows[i].count, &wall_ms, &corrected);
		CHECK_ROW(rows[i].sentence, wall_ms == rows[i].wall_ms);
		CHECK_ROW(rows[i].sentence, corrected == rows[i].corrected);
	}
}

static void order_within_a_boot_is_kept(void **state)
{
	(void)state;
	int64_t before_ms = INT64_MIN, wall_ms;
	for (int64_t mono_ms = 0; mono_ms < 200000; mono_ms += 997) {
		const struct moment raw = { BOOT_A, mono_ms, mono_ms, CLOCK_NONE };
		clock_repair(&raw, anchors, COUNT_OF(anchors), &wall_ms, NULL);
		assert_true(wall_ms > before_ms);
		before_ms = wall_ms;
	}
}

static void grades_have_names_and_trust(void **state)
{
	(void)state;
	static const char *const names[CLOCK_GRADE_COUNT] = { "none", "rtc", "human", "ntp" };
	enum clock_grade found;
	for (size_t i = 0; i < CLOCK_GRADE_COUNT; i++) {
		const enum clock_grade grade = (enum clock_grade)i;
		CHECK_ROW(names[i], strcmp(clock_grade_name(grade), names[i]) == 0);
		CHECK_ROW(names[i], clock_grade_from_name(&found, names[i]) && found == grade);
		CHECK_ROW(names[i], clock_is_trusted(grade) == (grade != CLOCK_NONE));
	}
	assert_false(clock_grade_from_name(&found, "gps"));
	assert_int_equal(found, CLOCK_NTP);
}

int test_clock_repair(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(taps_are_read_with_the_best_anchor_of_their_boot),
		cmocka_unit_test(what_a_person_said_last_counts),
		cmocka_unit_test(what_is_said_again_corrects_what_came_between),
		cmocka_unit_test(order_within_a_boot_is_kept),
		cmocka_unit_test(grades_have_names_and_trust),
	};
	return cmocka_run_group_tests_name("clock_repair", tests, NULL, NULL);
}
