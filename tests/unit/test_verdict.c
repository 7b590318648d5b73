#include "tests/unit/check.h"

#include <string.h>

#include "core/verdict.h"

int test_verdict(void);

/* The rules as a person would say them, apart from the table that decides. */
static enum verdict as_said(unsigned facts)
{
	const bool is_shut = facts & FACT_SHUT, is_in = facts & FACT_IN;
	if (facts & FACT_UNREADABLE)
		return VERDICT_UNREADABLE;
	if (facts & FACT_RANDOM_ID)
		return VERDICT_RANDOM_ID;
	if (facts & FACT_BLOCKED)
		return VERDICT_BLOCKED;
	if (facts & FACT_UNKNOWN)
		return is_shut ? VERDICT_CLOSED : VERDICT_UNKNOWN;
	if (is_in && (facts & FACT_TAP_OUT) && (facts & FACT_SETTLED))
		return VERDICT_CHECKED_OUT;
	if (is_shut)
		return VERDICT_CLOSED;
	if (is_in)
		return VERDICT_REPEAT;
	if (facts & FACT_FULL)
		return VERDICT_FULL;
	return facts & FACT_SEVERAL ? VERDICT_CHOOSE : VERDICT_CHECKED_IN;
}

static void every_set_of_facts_gives_the_verdict_said(void **state)
{
	(void)state;
	for (unsigned facts = 0; facts < 1u << FACT_COUNT; facts++)
		if (verdict_of(facts) != as_said(facts))
			fail_msg("facts %03x gave %s instead of %s", facts,
				verdict_name(verdict_of(facts)), verdict_name(as_said(facts)));
}

static void the_first_objection_decides(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		unsigned facts;
		enum verdict want;
	} rows[] = {
		{ "a known badge while the door is open", 0, VERDICT_CHECKED_IN },
		{ "a badge torn off says nothing else", FACT_UNREADABLE | FACT_BLOCKED,
			VERDICT_UNREADABLE },
		{ "a phone is never greeted", FACT_RANDOM_ID | FACT_UNKNOWN, VERDICT_RANDOM_ID },
		{ "a lost badge does not open a shut door", FACT_BLOCKED | FACT_SHUT,
			VERDICT_BLOCKED },
		{ "a stranger hears it before the hour", FACT_UNKNOWN | FACT_SHUT, VERDICT_CLOSED },
		{ "a stranger tapping again may still register", FACT_UNKNOWN | FACT_IN,
			VERDICT_UNKNOWN },
		{ "a second tap at once is a friendly repeat", FACT_IN | FACT_TAP_OUT,
			VERDICT_REPEAT },
		{ "a second tap where nobody taps out", FACT_IN | FACT_SETTLED, VERDICT_REPEAT },
		{ "who leaves is checked out", FACT_IN | FACT_TAP_OUT | FACT_SETTLED,
			VERDICT_CHECKED_OUT },
		{ "who leaves after the end is checked out",
			FACT_IN | FACT_TAP_OUT | FACT_SETTLED | FACT_SHUT, VERDICT_CHECKED_OUT },
		{ "a full session does not keep those in it from leaving",
			FACT_IN | FACT_TAP_OUT | FACT_SETTLED | FACT_FULL, VERDICT_CHECKED_OUT },
		{ "the door was shut and they were never in", FACT_TAP_OUT | FACT_SHUT,
			VERDICT_CLOSED },
		{ "the session is full", FACT_FULL, VERDICT_FULL },
		{ "several sessions fit", FACT_SEVERAL, VERDICT_CHOOSE },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].sentence, verdict_of(rows[i].facts) == rows[i].want);
}

static void each_verdict_says_what_it_does_to_the_log(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		bool logged, counts;
		enum direction direction;
	} rows[VERDICT_COUNT] = {
		{ "checked-in", true, true, DIRECTION_IN },
		{ "checked-out", true, false, DIRECTION_OUT },
		{ "repeat", true, false, DIRECTION_NONE },
		{ "choose", true, true, DIRECTION_IN },
		{ "full", true, true, DIRECTION_IN },
		{ "closed", true, false, DIRECTION_NONE },
		{ "unknown", true, true, DIRECTION_IN },
		{ "blocked", true, false, DIRECTION_NONE },
		{ "random-id", false, false, DIRECTION_NONE },
		{ "unreadable", false, false, DIRECTION_NONE },
	};
	for (size_t i = 0; i < VERDICT_COUNT; i++) {
		const enum verdict verdict = (enum verdict)i;
		enum verdict found = VERDICT_COUNT;
		CHECK_ROW(rows[i].name, strcmp(verdict_name(verdict), rows[i].name) == 0);
		CHECK_ROW(rows[i].name, verdict_is_logged(verdict) == rows[i].logged);
		CHECK_ROW(rows[i].name, verdict_counts(verdict) == rows[i].counts);
		CHECK_ROW(rows[i].name, verdict_direction(verdict) == rows[i].direction);
		CHECK_ROW(
			rows[i].name, verdict_from_name(&found, rows[i].name) && found == verdict);
	}
}

static void names_nobody_gave_are_refused(void **state)
{
	(void)state;
	enum verdict untouched = VERDICT_FULL;
	assert_false(verdict_from_name(&untouched, "welcome"));
	assert_int_equal(untouched, VERDICT_FULL);
	assert_string_equal(direction_name(DIRECTION_NONE), "");
	assert_string_equal(direction_name(DIRECTION_IN), "in");
	assert_string_equal(direction_name(DIRECTION_OUT), "out");
}

int test_verdict(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_set_of_facts_gives_the_verdict_said),
		cmocka_unit_test(the_first_objection_decides),
		cmocka_unit_test(each_verdict_says_what_it_does_to_the_log),
		cmocka_unit_test(names_nobody_gave_are_refused),
	};
	return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}
