#include "check.h"

#include <string.h>

#include "core/participation.h"

static void the_rule_decides(void **state)
{
	static const struct {
		const char *why;
		int least;
		int64_t units;
		bool own;
		enum involvement want;
	} rows[] = {
		{ "once is enough", 1, 1, false, INVOLVED_FULLY },
		{ "nobody came", 1, 0, false, INVOLVED_NOT },
		{ "own cluster, came for another", 1, 0, true, INVOLVED_NEARLY },
		{ "one of two", 2, 1, false, INVOLVED_NEARLY },
		{ "two of two", 2, 2, false, INVOLVED_FULLY },
		{ "more than asked", 2, 9, true, INVOLVED_FULLY },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct participation_rule rule = { rows[i].least, UNIT_DAYS, BY_SESSION };
		CHECK_ROW(rows[i].why,
			participation_of(&rule, rows[i].units, rows[i].own) == rows[i].want);
	}
}

static void the_rule_is_said_in_words(void **state)
{
	static const struct {
		struct participation_rule rule;
		enum language language;
		const char *part;
	} rows[] = {
		{ { 1, UNIT_DAYS, BY_SESSION }, LANGUAGE_NL, "minstens één dag" },
		{ { 3, UNIT_DAYS, BY_SESSION }, LANGUAGE_NL, "minstens 3 verschillende dagen" },
		{ { 1, UNIT_SESSIONS, BY_SESSION }, LANGUAGE_NL, "minstens één sessie" },
		{ { 2, UNIT_SESSIONS, BY_SESSION }, LANGUAGE_NL,
			"minstens 2 verschillende sessies" },
		{ { 1, UNIT_DAYS, BY_SESSION }, LANGUAGE_EN, "on at least one day" },
		{ { 3, UNIT_DAYS, BY_SESSION }, LANGUAGE_EN, "on at least 3 different days" },
		{ { 1, UNIT_SESSIONS, BY_SESSION }, LANGUAGE_EN,
			"at one session of that cluster or more" },
		{ { 2, UNIT_SESSIONS, BY_SESSION }, LANGUAGE_EN,
			"no fewer than 2 different sessions" },
		{ { 1, UNIT_DAYS, BY_OWN }, LANGUAGE_NL, "in haar eigen cluster" },
		{ { 2, UNIT_SESSIONS, BY_OWN }, LANGUAGE_NL, "minstens 2 verschillende sessies" },
		{ { 1, UNIT_SESSIONS, BY_OWN }, LANGUAGE_EN,
			"one session or more, of any cluster" },
		{ { 4, UNIT_DAYS, BY_OWN }, LANGUAGE_EN, "on at least 4 different days" },
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char words[256];
		const size_t length = participation_rule_words(
			words, sizeof words, &rows[i].rule, rows[i].language);
		assert_int_equal(length, strlen(words));
		CHECK_ROW(rows[i].part, strstr(words, rows[i].part));
	}
}

/* No public figure, and no difference of two, is a number of people between 0 and the floor. */
static void a_public_figure_singles_out_nobody(void **state)
{
	(void)state;
	for (int floor = 1; floor <= 20; floor++) {
		for (int64_t figure = 0; figure <= 200; figure++) {
			const int64_t shown = participation_public(figure, floor);
			if (floor == 1 || figure == 0) {
				assert_int_equal(shown, figure);
			} else if (figure < floor) {
				assert_int_equal(shown, FIGURE_WITHHELD);
			} else {
				assert_true(shown <= figure && figure - shown < floor);
				assert_int_equal(shown % floor, 0);
			}
		}
	}
	assert_int_equal(participation_public(3, 0), 3);
}

static void companies_and_education_count(void **state)
{
	static const struct {
		const char *kind;
		bool counts;
	} rows[] = { { "company", true }, { "education", true }, { "government", false },
		{ "research", false }, { "culture", false }, { "other", false }, { "", false } };
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].kind, participation_counts_kind(rows[i].kind) == rows[i].counts);
	assert_string_equal(participation_unit_name(UNIT_DAYS), "days");
	assert_string_equal(participation_unit_name(UNIT_SESSIONS), "sessions");
	assert_string_equal(participation_by_name(BY_SESSION), "session");
	assert_string_equal(participation_by_name(BY_OWN), "own");
}

int test_participation(void);
int test_participation(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_decides),
		cmocka_unit_test(the_rule_is_said_in_words),
		cmocka_unit_test(a_public_figure_singles_out_nobody),
		cmocka_unit_test(companies_and_education_count),
	};
	return cmocka_run_group_tests_name("participation", tests, NULL, NULL);
}
