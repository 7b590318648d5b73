#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/planned.h"
#include "store/privacy.h"

int test_programme(void);

#define DAY_MS INT64_C(86400000)
#define NOON_MS INT64_C(1795518000000) /* 2026-11-24T12:00:00+01:00 */

struct world {
	char directory[64], path[96];
	struct store *store;
	int64_t today;
};

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	seal_start();
	snprintf(world->directory, sizeof world->directory, "/tmp/incheckpaal-unit.XXXXXX");
	assert_non_null(mkdtemp(world->directory));
	snprintf(world->path, sizeof world->path, "%s/attendance.db", world->directory);
	world->today = local_day(NOON_MS, clock_utc_offset_min(NOON_MS));
	*state = world;
	return store_open(&world->store, world->path, STORE_KIOSK);
}

static int tear_down(void **state)
{
	struct world *world = *state;
	char command[128];

	store_close(world->store);
	snprintf(command, sizeof command, "rm -rf '%s'", world->directory);
	free(world);
	return system(command);
}

/* An event of so many days from today; @first 0 and @last 0: none were given. */
static struct event add(struct world *world, const char *title, int64_t first, int64_t last)
{
	struct event event = { .days = { first ? world->today + first : 0,
				       last ? world->today + last : 0 } };

	snprintf(event.title, sizeof event.title, "%s", title);
	assert_int_equal(event_save(world->store, &event), 0);
	return event;
}

static void add_session(struct world *world, const struct event *event, int64_t start_ms)
{
	struct planned_session planned = { .session = { .start_ms = start_ms,
						   .end_ms = start_ms + 3600000,
						   .announced_start_ms = start_ms,
						   .utc_offset_min = 60,
						   .title = "Opening" } };

	snprintf(planned.event, sizeof planned.event, "%s", event->id);
	assert_int_equal(planned_save(world->store, &planned), 0);
}

static void is_on(struct world *world, int64_t at_ms, const char *title)
{
	struct event found = { .id = "" };

	assert_int_equal(event_find(world->store, "", at_ms, &found), 0);
	assert_string_equal(found.title, title);
}

/* Before its programme is there an event is found by its days, also for a day after them. */
static void an_event_is_found_by_the_days_it_was_given(void **state)
{
	struct world *world = *state;
	const struct event old = add(world, "Oud", 0, 0);
	struct event found;

	add_session(world, &old, NOON_MS - 5 * DAY_MS);
	is_on(world, NOON_MS, "Oud");
	const struct event new = add(world, "Nieuw", -1, 2);
	is_on(world, NOON_MS, "Nieuw");
	is_on(world, NOON_MS + 2 * DAY_MS, "Nieuw");
	is_on(world, NOON_MS - 4 * DAY_MS, "Oud");
	assert_int_equal(event_find(world->store, "nieuw", 0, &found), 0);
	assert_true(found.days.first == world->today - 1 && found.days.last == world->today + 2);
	/* Chosen, the other one stays until a day after its own end. */
	assert_int_equal(event_open(world->store, new.id, NOON_MS), 0);
	const struct event next = add(world, "Volgend", 0, 0);
	add_session(world, &next, NOON_MS + 3 * DAY_MS);
	is_on(world, NOON_MS + 3 * DAY_MS, "Nieuw");
	is_on(world, NOON_MS + 4 * DAY_MS, "Volgend");
}

/* Whoever opens another one means it, also when the clock was ahead before. */
static void the_event_that_is_opened_last_is_on(void **state)
{
	struct world *world = *state;
	const struct event one = add(world, "Een", 0, 0), other = add(world, "Ander", 0, 0);

	assert_int_equal(event_open(world->store, one.id, NOON_MS + 365 * DAY_MS), 0);
	is_on(world, NOON_MS, "Een");
	assert_int_equal(event_open(world->store, other.id, NOON_MS), 0);
	is_on(world, NOON_MS, "Ander");
	assert_int_equal(event_open(world->store, one.id, NOON_MS - DAY_MS), 0);
	is_on(world, NOON_MS, "Een");
	assert_int_equal(event_close(world->store, one.id), 0);
	is_on(world, NOON_MS, "Ander");
}

/* The event of the next day does not begin in the middle of the night's session. */
static void a_night_after_the_last_day_is_still_the_event(void **state)
{
	struct world *world = *state;
	const int64_t midnight_ms =
		(world->today + 1) * DAY_MS - clock_utc_offset_min(NOON_MS) * 60000LL;
	struct event night = { .title = "Nacht", .days = { world->today, world->today } };

	assert_int_equal(event_save(world->store, &night), 0);
	add(world, "Daarna", 1, 1);
	is_on(world, midnight_ms + 60000, "Daarna");
	add_session(world, &night, midnight_ms - 1800000);
	is_on(world, midnight_ms - 60000, "Nacht");
	is_on(world, midnight_ms + 60000, "Nacht");
	is_on(world, midnight_ms + 1800000, "Daarna");
}

static void what_an_import_says_anew_keeps_the_days(void **state)
{
	struct world *world = *state;
	struct event event = add(world, "Expeditie", 1, 4),
		     again = { .code = "expeditie", .title = "Expeditie Zorg" }, found;
	struct schedule_import *import;
	struct schedule_counts counts;

	assert_int_equal(schedule_import_begin(&import, world->store, &again, "x", NOON_MS), 0);
	assert_int_equal(schedule_import_finish(import, false, &counts), 0);
	assert_int_equal(event_find(world->store, "expeditie", NOON_MS, &found), 0);
	assert_string_equal(found.title, "Expeditie Zorg");
	assert_true(found.days.first == event.days.first && found.days.last == event.days.last);
}

/* Names stay until an event is over, also when nothing but its days is known of it. */
static void names_are_kept_until_the_last_day_is_over(void **state)
{
	struct world *world = *state;
	struct attendee_row row = { .attendee = { .given_name = "Ada", .email = "ada@x.example" } };
	struct import *import;
	struct import_counts counts;
	int64_t until_ms = 0;
	struct attendee ada;

	assert_int_equal(attendee_import_begin(&import, world->store, "list", NOON_MS), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
	assert_int_equal(attendee_find(world->store, row.attendee.email, &ada), 0);
	const int64_t now_day = clock_wall_ms() / DAY_MS;
	struct event event = { .title = "Over een maand", .days = { now_day + 30, now_day + 33 } };
	assert_int_equal(event_save(world->store, &event), 0);
	assert_int_equal(attendee_kept_until(world->store, ada.id, DAY_MS, &until_ms), 0);
	assert_int_equal(until_ms, (now_day + 35) * DAY_MS);
	/* A session after them, and the names stay for that. */
	add_session(world, &event, (now_day + 40) * DAY_MS);
	assert_int_equal(attendee_kept_until(world->store, ada.id, DAY_MS, &until_ms), 0);
	assert_int_equal(until_ms, (now_day + 41) * DAY_MS + 3600000);
}

int test_programme(void)
{
#define ALONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		ALONE(an_event_is_found_by_the_days_it_was_given),
		ALONE(a_night_after_the_last_day_is_still_the_event),
		ALONE(the_event_that_is_opened_last_is_on),
		ALONE(what_an_import_says_anew_keeps_the_days),
		ALONE(names_are_kept_until_the_last_day_is_over),
	};
	return cmocka_run_group_tests_name("programme", tests, NULL, NULL);
}
