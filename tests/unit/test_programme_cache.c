#include "tests/unit/check.h"

#include "kiosk/programme_cache.h"

int test_programme_cache(void);

#define NOVEMBER_MS INT64_C(1795518000000) /* 2026-11-24T12:00:00+01:00 */
#define HOUR_MS INT64_C(3600000)
#define DAY_MS (24 * HOUR_MS)

static void a_series_over_the_year_shows_the_time_of_today(void **state)
{
	struct session sessions[] = {
		{ .start_ms = NOVEMBER_MS - 120 * DAY_MS,
			.end_ms = NOVEMBER_MS - 120 * DAY_MS + HOUR_MS,
			.utc_offset_min = 120 },
		{ .start_ms = NOVEMBER_MS, .end_ms = NOVEMBER_MS + HOUR_MS, .utc_offset_min = 60 },
	};
	const struct programme_cache cache = { .sessions = sessions, .count = COUNT_OF(sessions) };
	struct config config;
	struct board board;

	(void)state;
	config_defaults(&config);
	programme_cache_board(&cache, &config, NOVEMBER_MS, true, &board);
	assert_int_equal(board.kind, BOARD_NOW);
	assert_int_equal(board.utc_offset_min, 60);
}

int test_programme_cache(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_over_the_year_shows_the_time_of_today),
	};
	return cmocka_run_group_tests_name("programme_cache", tests, NULL, NULL);
}
