#include "tests/unit/check.h"

#include "core/release.h"

int test_release(void);

static void numbers_are_compared_one_by_one(void **state)
{
	(void)state;
	static const struct {
		const char *sentence, *one, *other;
		bool older, newer;
	} rows[] = {
		{ "the last number counts", "1.3.2", "1.4.2", true, false },
		{ "ten is more than nine", "1.9", "1.10", true, false },
		{ "the first number counts most", "1.9.9", "2.0.0", true, false },
		{ "what is missing is nought", "1.4", "1.4.0", false, false },
		{ "or less than what is there", "1.4", "1.4.1", true, false },
		{ "zeros before a number are none", "1.04.2", "1.4.2", false, false },
		{ "a version is not older than itself", "1.3.2", "1.3.2", false, false },
		{ "as packages have it", "0.20261126.212+g1a2b3c4", "0.20261126.1005+g0a2b3c4",
			true, false },
		{ "of one count another commit", "0.20261126.212+gffffff",
			"0.20261126.212+g0000000", false, false },
		{ "a day later", "0.20261126.212+gffffff", "0.20261127.1", true, false },
		{ "after a tag", "1.4.2-12-g1a2b3c4", "1.4.3", true, false },
		{ "larger than any processor's number", "1.99999999999999999999",
			"1.100000000000000000000", true, false },
		{ "a commit is no number", "9620c87", "1.4.2", false, false },
		{ "nor all of its digits", "9620187", "1.4.2", false, false },
		{ "nor is nothing", "", "1.4.2", false, false },
		{ "nor a word", "unknown", "1.4.2", false, false },
		{ "nor what ends in a point", "1.", "1.4.2", false, false },
		{ "nor what ends in a second point", "1.3.", "1.4.2", false, false },
		{ "nor two points", "1..3", "1.4.2", false, false },
		{ "nor a number with a letter", "1.3b", "1.4.2", false, false },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		CHECK_ROW(rows[i].sentence,
			release_is_older(rows[i].one, rows[i].other) == rows[i].older);
		CHECK_ROW(rows[i].sentence,
			release_is_older(rows[i].other, rows[i].one) == rows[i].newer);
	}
	assert_true(release_has_number("1.3.2"));
	assert_false(release_has_number("9620c87"));
}

int test_release(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_compared_one_by_one),
	};
	return cmocka_run_group_tests_name("release", tests, NULL, NULL);
}
