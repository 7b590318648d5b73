#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/check.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/account.h"
#include "store/attendee.h"
#include "store/person.h"
#include "store/planned.h"
#include "store/privacy.h"
#include "store/stamp.h"
#include "store/store_private.h"
#include "store/tap_log.h"
#include "store/walk_in.h"

int test_stamp(void);

#define DAY_MS INT64_C(86400000)
#define KEEP_MS (28 * DAY_MS)

struct world {
	char directory[64], path[96], clock[96];
	struct store *store;
	int64_t ahead_ms; /* that the tests' own clock is told */
	int64_t now_ms;
};

/* What the machine's clock says from now on: so far off, and that much to be trusted. */
static void clock_is(const struct world *world, int64_t off_ms, const char *grade)
{
	char text[64];
	const int length = snprintf(text, sizeof text, "%lld %s", (long long)off_ms, grade);

	assert_int_equal(file_write_whole(world->clock, text, (size_t)length, 0600), 0);
	clock_take(CLOCK_NTP, 0);
}

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	seal_start();
	world->now_ms = clock_wall_ms();
	world->ahead_ms = world->now_ms - clock_boot_ms();
	snprintf(world->directory, sizeof world->directory, "/tmp/incheckpaal-unit.XXXXXX");
	assert_non_null(mkdtemp(world->directory));
	snprintf(world->path, sizeof world->path, "%s/attendance.db", world->directory);
	snprintf(world->clock, sizeof world->clock, "%s/clock", world->directory);
	setenv("INCHECKPAAL_CLOCK", world->clock, 1);
	clock_is(world, 0, "ntp");
	*state = world;
	return store_open(&world->store, world->path, STORE_KIOSK);
}

static int tear_down(void **state)
{
	struct world *world = *state;
	char command[128];

	unsetenv("INCHECKPAAL_CLOCK");
	clock_take(CLOCK_NTP, world->ahead_ms);
	store_close(world->store);
	snprintf(command, sizeof command, "rm -rf '%s'", world->directory);
	free(world);
	return system(command);
}

/* An event that ended so many days ago. */
static void event_ended(struct world *world, int64_t days_ago)
{
	const int64_t day = local_day(world->now_ms, clock_utc_offset_min(world->now_ms));
	struct event event = { .days = { day - days_ago, day - days_ago } };

	snprintf(event.title, sizeof event.title, "%d days ago", (int)days_ago);
	assert_int_equal(event_save(world->store, &event), 0);
}

static void import_ada(struct world *world)
{
	struct attendee_row row = { .attendee = { .given_name = "Ada", .email = "ada@x.example" } };
	struct import *import;
	struct import_counts counts;

	assert_int_equal(
		attendee_import_begin(&import, world->store, "list.csv", clock_wall_ms()), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
}

static void import_and_undo(struct world *world)
{
	import_ada(world);
	import_ada(world);
	assert_int_equal(attendee_import_undo(world->store, clock_wall_ms()), 0);
}

static void write_by_hand(struct world *world)
{
	struct attendee person = { .given_name = "Ada", .organisation = "Hanzecode" };

	assert_int_equal(person_save(world->store, &person), 0);
}

static void walk_in(struct world *world)
{
	struct attendee person = { .given_name = "Ada" };

	assert_int_equal(walk_in_add(world->store, &person, NULL, clock_wall_ms()), 0);
}

static int64_t forgotten_at(struct world *world, int64_t now_ms)
{
	int64_t count;

	assert_int_equal(privacy_forget_due(world->store, KEEP_MS, now_ms, &count), 0);
	return count;
}

static void names_of_a_doubtful_clock_are_kept_from_when_it_is_right(void **state)
{
	static const struct {
		const char *sentence;
		void (*write)(struct world *world);
	} ways[] = {
		{ "a list", import_ada },
		{ "a list that is put back", import_and_undo },
		{ "by hand", write_by_hand },
		{ "at the kiosk", walk_in },
	};
	static const int64_t off_days[] = { -90, -4000, 0, 365 };
	struct world *world = *state;

	event_ended(world, 60);
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		for (size_t off = 0; off < COUNT_OF(off_days); off++) {
			clock_is(world, off_days[off] * DAY_MS, "none");
			ways[i].write(world);
			clock_is(world, 0, "ntp");
			CHECK_ROW(ways[i].sentence, forgotten_at(world, world->now_ms) == 0);
			CHECK_ROW(ways[i].sentence,
				forgotten_at(world, world->now_ms + KEEP_MS - 1) == 0);
			CHECK_ROW(ways[i].sentence,
				forgotten_at(world, world->now_ms + KEEP_MS) == 1);
		}
}

/* What a trusted clock wrote is not kept longer because another was doubtful since. */
static void names_of_a_trusted_clock_go_in_their_time(void **state)
{
	struct world *world = *state;

	clock_is(world, -90 * DAY_MS, "ntp");
	import_ada(world);
	clock_is(world, -2 * DAY_MS, "none");
	write_by_hand(world);
	assert_int_equal(forgotten_at(world, world->now_ms), 1);
}

/* Whoever set the clock was wrong, and the network says so within the same boot. */
static void names_of_a_day_that_a_person_told_are_read_by_the_network(void **state)
{
	static const int64_t off_days[] = { -90, 365 };
	struct world *world = *state;

	event_ended(world, 60);
	for (size_t off = 0; off < COUNT_OF(off_days); off++) {
		struct moment right;
		clock_is(world, off_days[off] * DAY_MS, "human");
		import_ada(world);
		clock_is(world, 0, "ntp");
		clock_read(&right);
		assert_int_equal(tap_log_add_anchor(world->store, &right), 0);
		assert_int_equal(forgotten_at(world, world->now_ms), 0);
		assert_int_equal(forgotten_at(world, world->now_ms + KEEP_MS - DAY_MS), 0);
		assert_int_equal(forgotten_at(world, world->now_ms + KEEP_MS + DAY_MS), 1);
	}
}

/* What lies ahead of a clock that a person or a chip told is not wrong for that. */
static void a_clock_behind_ages_no_names(void **state)
{
	static const char *const grades[] = { "human", "rtc" };
	struct world *world = *state;

	event_ended(world, 60);
	import_ada(world);
	for (size_t i = 0; i < COUNT_OF(grades); i++) {
		clock_is(world, -90 * DAY_MS, grades[i]);
		assert_int_equal(forgotten_at(world, world->now_ms - 90 * DAY_MS), 0);
		clock_is(world, 0, "ntp");
		assert_int_equal(forgotten_at(world, world->now_ms), 0);
	}
}

static void names_of_a_wrong_year_that_a_person_set_are_not_kept_for_years(void **state)
{
	struct world *world = *state;

	clock_is(world, 800 * DAY_MS, "human");
	import_ada(world);
	clock_is(world, 0, "ntp");
	assert_int_equal(forgotten_at(world, world->now_ms), 0);
	assert_int_equal(forgotten_at(world, world->now_ms + KEEP_MS), 1);
}

/* Their new line would go with the old name. */
static void whoever_is_on_a_list_on_its_way_in_is_not_due(void **state)
{
	struct world *world = *state;
	struct attendee_row row = { .attendee = { .given_name = "Ada", .email = "ada@x.example" } };
	struct import *import;

	clock_is(world, -90 * DAY_MS, "ntp");
	import_ada(world);
	clock_is(world, 0, "ntp");
	assert_int_equal(
		attendee_import_begin(&import, world->store, "list.csv", clock_wall_ms()), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_pause(import), 0);
	assert_int_equal(forgotten_at(world, world->now_ms), 0);
	attendee_import_abandon(import);
	assert_int_equal(forgotten_at(world, world->now_ms), 1);
}

static int64_t changed_of(struct world *world, const struct event *event)
{
	sqlite3_stmt *row;

	assert_int_equal(sqlite3_prepare_v2(world->store->db,
				 "SELECT changed_ms FROM event WHERE id = ?1", -1, &row, NULL),
		SQLITE_OK);
	bind_text(row, 1, event->id);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	const int64_t changed_ms = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return changed_ms;
}

/* Two kiosks' rows are joined by which was changed last. */
static void a_change_is_later_than_the_one_before(void **state)
{
	struct world *world = *state;
	struct event event = { .title = "Expeditie" };

	clock_is(world, 365 * DAY_MS, "human");
	assert_int_equal(event_save(world->store, &event), 0);
	const int64_t before_ms = changed_of(world, &event);
	clock_is(world, 0, "ntp");
	utf8_clip(event.title, sizeof event.title, "Expeditie Zorg");
	assert_int_equal(event_save(world->store, &event), 0);
	assert_true(changed_of(world, &event) > before_ms);
}

static void a_list_that_waits_is_kept_as_its_people_are(void **state)
{
	struct world *world = *state;
	const int64_t day_ms = world->now_ms / DAY_MS * DAY_MS;
	int64_t until_ms;

	assert_int_equal(list_kept_until(world->store, day_ms, KEEP_MS, &until_ms), 0);
	assert_int_equal(until_ms, day_ms + KEEP_MS);
	event_ended(world, 10);
	event_ended(world, -20);
	event_ended(world, -300);
	assert_int_equal(list_kept_until(world->store, day_ms, KEEP_MS, &until_ms), 0);
	assert_int_equal(until_ms, day_ms + 21 * DAY_MS + KEEP_MS);
}

static int find_at(struct world *world, const char *token, int64_t off_ms, const char *grade)
{
	struct session_owner found;
	struct moment now;

	clock_is(world, off_ms, grade);
	clock_read(&now);
	return api_token_find(world->store, token, &now, &found);
}

/* What a token is good for counts from when it was made, not from what a wrong clock said then. */
static void a_token_of_a_wrong_clock_works_as_long_as_any(void **state)
{
	static const struct {
		const char *sentence, *grade;
		int64_t off_days;
	} rows[] = {
		{ "nobody knew, and it stood behind", "none", -80 },
		{ "nobody knew, and it stood ahead", "none", 900 },
		{ "a person said too early", "human", -80 },
		{ "a person said too late", "human", 25 },
	};
	struct world *world = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct moment now;
		char token[TOKEN_SIZE], boot[40];
		int64_t id;

		snprintf(boot, sizeof boot, "%032zu", i + 1);
		setenv("INCHECKPAAL_BOOT_ID", boot, 1);
		clock_is(world, rows[i].off_days * DAY_MS, rows[i].grade);
		clock_read(&now);
		const struct api_token made = { .name = "rapport",
			.made_ms = now.wall_ms,
			.expires_ms = now.wall_ms + 30 * DAY_MS };
		assert_int_equal(api_token_make(world->store, &made, token, &id), 0);
		CHECK_ROW(rows[i].sentence,
			find_at(world, token, rows[i].off_days * DAY_MS, rows[i].grade) == 0);
		if (rows[i].grade[0] == 'n') /* before the kiosk noted what the network said */
			CHECK_ROW(rows[i].sentence, find_at(world, token, 0, "ntp") == 0);
		clock_is(world, 0, "ntp");
		clock_read(&now);
		assert_int_equal(tap_log_add_anchor(world->store, &now), 0);
		CHECK_ROW(rows[i].sentence, find_at(world, token, 29 * DAY_MS, "ntp") == 0);
		CHECK_ROW(rows[i].sentence, find_at(world, token, 31 * DAY_MS, "ntp") == -ENOENT);
	}
	unsetenv("INCHECKPAAL_BOOT_ID");
}

int test_stamp(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			names_of_a_doubtful_clock_are_kept_from_when_it_is_right, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			names_of_a_trusted_clock_go_in_their_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			names_of_a_day_that_a_person_told_are_read_by_the_network, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(a_clock_behind_ages_no_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_token_of_a_wrong_clock_works_as_long_as_any, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			names_of_a_wrong_year_that_a_person_set_are_not_kept_for_years, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			a_change_is_later_than_the_one_before, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			whoever_is_on_a_list_on_its_way_in_is_not_due, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_list_that_waits_is_kept_as_its_people_are, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("stamp", tests, NULL, NULL);
}
