#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/check.h"

#include "base/clock.h"
#include "base/seal.h"
#include "kiosk/programme_cache.h"
#include "store/planned.h"

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

static void add_event(struct store *store, const char *title, int64_t day)
{
	struct event event = { .days = { day, day } };

	snprintf(event.title, sizeof event.title, "%s", title);
	assert_int_equal(event_save(store, &event), 0);
}

/* Nobody writes anything between the two. */
static void the_next_event_comes_by_itself(void **state)
{
	const int64_t today = local_day(NOVEMBER_MS, clock_utc_offset_min(NOVEMBER_MS));
	char directory[] = "/tmp/incheckpaal-unit.XXXXXX", path[64], command[64];
	struct programme_cache cache = { .count = 0 };
	struct config config;
	struct store *store;

	(void)state;
	seal_start();
	config_defaults(&config);
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof path, "%s/a.db", directory);
	assert_int_equal(store_open(&store, path, STORE_KIOSK), 0);
	add_event(store, "Vandaag", today);
	add_event(store, "Morgen", today + 1);
	assert_int_equal(programme_cache_refresh(&cache, store, &config, NOVEMBER_MS, false), 0);
	assert_string_equal(cache.event.title, "Vandaag");
	assert_int_equal(
		programme_cache_refresh(&cache, store, &config, NOVEMBER_MS + DAY_MS, false), 0);
	assert_string_equal(cache.event.title, "Morgen");
	programme_cache_finish(&cache);
	store_close(store);
	snprintf(command, sizeof command, "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

int test_programme_cache(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_next_event_comes_by_itself),
		cmocka_unit_test(a_series_over_the_year_shows_the_time_of_today),
	};
	return cmocka_run_group_tests_name("programme_cache", tests, NULL, NULL);
}
