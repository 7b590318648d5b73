#include "tests/unit/check.h"

#include "core/backoff.h"

int test_backoff(void);

static void delays_double_up_to_the_ceiling(void **state)
{
	(void)state;
	static const struct {
		const char *sentence;
		unsigned failures;
		uint32_t first_ms, ceiling_ms, jitter, want;
	} rows[] = {
		{ "nothing failed, nothing to wait for", 0, 1000, 60000, 1000, 0 },
		{ "the first failure waits the first delay", 1, 1000, 60000, 0, 1000 },
		{ "the second waits twice as long", 2, 1000, 60000, 0, 2000 },
		{ "the sixth is still below the ceiling", 6, 1000, 60000, 0, 32000 },
		{ "the seventh is at the ceiling", 7, 1000, 60000, 0, 60000 },
		{ "a year of failures is at the ceiling", 4000000000, 1, 60000, 0, 60000 },
		{ "the largest numbers do not wrap", 33, 0xFFFFFFFF, 0xFFFFFFFF, 0, 0xFFFFFFFF },
		{ "a first delay above the ceiling is cut", 1, 9000, 500, 0, 500 },
		{ "no first delay, no delay", 50, 0, 60000, 0, 0 },
		{ "full jitter takes a quarter off", 1, 1000, 60000, 1000, 750 },
		{ "half the jitter takes an eighth off", 1, 1000, 60000, 500, 875 },
		{ "jitter holds at the ceiling too", 40, 1000, 60000, 1000, 45000 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		CHECK_ROW(rows[i].sentence,
			backoff_ms(rows[i].failures, rows[i].first_ms, rows[i].ceiling_ms,
				rows[i].jitter) == rows[i].want);
}

static void more_failures_never_wait_less(void **state)
{
	(void)state;
	for (unsigned failures = 0; failures < 100; failures++)
		assert_true(backoff_ms(failures, 3, 100000, 0) <=
			    backoff_ms(failures + 1, 3, 100000, 0));
}

int test_backoff(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(delays_double_up_to_the_ceiling),
		cmocka_unit_test(more_failures_never_wait_less),
	};
	return cmocka_run_group_tests_name("backoff", tests, NULL, NULL);
}
