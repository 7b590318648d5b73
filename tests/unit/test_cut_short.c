#include "tests/unit/check.h"

#include <errno.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/counter.h"
#include "store/privacy.h"
#include "store/store_private.h"

int test_cut_short(void);

#define PEOPLE 1000
#define TAPS 2000

/* A file with people and taps, on which something is begun that is killed in the middle. */
struct file {
	char directory[40], path[96];
	uint64_t seed;
};

static struct store *open_file(const struct file *file)
{
	struct store *store;
	assert_int_equal(store_open(&store, file->path, STORE_WRITE), 0);
	return store;
}

static int64_t ask(const struct file *file, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *row;
	int64_t value = 0;
	assert_int_equal(sqlite3_open(file->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
	if (sqlite3_step(row) == SQLITE_ROW)
		value = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	sqlite3_close(db);
	return value;
}

static void fill(const struct file *file)
{
	struct store *store = open_file(file);
	struct import *import;
	struct import_counts counts;
	struct tap_stamp stamp;
	assert_int_equal(attendee_import_begin(&import, store, "list", 1), 0);
	for (int i = 0; i < PEOPLE; i++) {
		struct attendee_row row = { .has_badge = true,
			.key.bytes = { 1, (uint8_t)(i >> 8), (uint8_t)i } };
		snprintf(row.attendee.given_name, sizeof row.attendee.given_name, "Gast %d", i);
		snprintf(row.attendee.email, sizeof row.attendee.email, "g%d@voorbeeld.example", i);
		snprintf(row.attendee.organisation, sizeof row.attendee.organisation, "Bedrijf %d",
			i % 40);
		assert_int_equal(attendee_import_row(import, &row), 0);
	}
	assert_int_equal(attendee_import_finish(import, &counts), 0);
	assert_int_equal(store_begin(store), 0);
	for (int i = 0; i < TAPS; i++) {
		const int person = i % PEOPLE;
		struct tap_record record = { .key.bytes = { 1, (uint8_t)(person >> 8),
						     (uint8_t)person },
			.at = { .mono_ms = i, .wall_ms = 1795521600000 + i, .grade = CLOCK_NTP },
			.verdict = VERDICT_CHECKED_IN,
			.direction = DIRECTION_IN,
			.counts = true };
		assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	}
	assert_int_equal(store_commit(store), 0);
	store_close(store);
}

static int set_up(void **state)
{
	static struct file file;
	file = (struct file){ .directory = "/tmp/incheckpaal-unit.XXXXXX", .seed = 99 };
	setenv("TZ", "Europe/Amsterdam", 1);
	assert_int_equal(seal_start(), 0);
	assert_non_null(mkdtemp(file.directory));
	snprintf(file.path, sizeof file.path, "%s/" STORE_FILE_NAME, file.directory);
	fill(&file);
	*state = &file;
	return 0;
}

static int tear_down(void **state)
{
	const struct file *file = *state;
	char command[96];
	snprintf(command, sizeof command, "rm -rf %s", file->directory);
	return system(command);
}

static void catch_up(const struct file *file)
{
	store_close(open_file(file)); /* opening does it */
}

static void wipe(const struct file *file)
{
	struct store *store = open_file(file);
	privacy_purge(store);
	store_close(store);
}

/* Killed after @wait_us, or left to its end for -1; how long it took. */
static int64_t begin(const struct file *file, void (*work)(const struct file *file), int wait_us)
{
	const int64_t before_ns = clock_mono_ns();
	const pid_t child = fork();
	if (child == 0) {
		work(file);
		_exit(0);
	}
	if (wait_us >= 0) {
		usleep((useconds_t)wait_us);
		kill(child, SIGKILL);
	}
	waitpid(child, NULL, 0);
	return (clock_mono_ns() - before_ns) / 1000;
}

static void a_recount_that_is_killed_is_begun_anew(void **state)
{
	struct file *file = *state;
	struct recount recount;
	int64_t whole_us = 0;
	for (int i = 0, count = cases(300, 12); i <= count; i++) {
		ask(file, "UPDATE recount SET due = 1");
		ask(file, "DELETE FROM visit WHERE person % 2");
		const int64_t took_us = begin(
			file, catch_up, i ? (int)(chance(&file->seed) % (uint64_t)whole_us) : -1);
		whole_us = i ? whole_us : took_us;
		struct store *store = open_file(file);
		assert_int_equal(counter_verify(store, &recount), 0);
		store_close(store);
		assert_int_equal(ask(file, "SELECT due FROM recount"), 0);
	}
}

static void a_wipe_that_is_killed_is_begun_anew(void **state)
{
	static const char guards[] = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'";
	struct file *file = *state;
	const int64_t triggers = ask(file, guards);
	int64_t whole_us = 0;
	ask(file, "UPDATE log SET purge_due = 1");
	for (int i = 0, count = cases(300, 12); i <= count; i++) {
		const int64_t took_us =
			begin(file, wipe, i ? (int)(chance(&file->seed) % (uint64_t)whole_us) : -1);
		whole_us = i ? whole_us : took_us;
		struct store *store = open_file(file);
		assert_int_equal(store_check(store), 0);
		assert_true(privacy_purge_is_due(store)); /* until the copies are clean too */
		store_close(store);
		assert_int_equal(ask(file, guards), triggers);
		assert_int_equal(ask(file, "SELECT count(*) FROM attendee"), PEOPLE);
		assert_int_equal(ask(file, "SELECT count(*) FROM link"), PEOPLE);
	}
}

static void an_older_file_waits_for_its_kiosk(void **state)
{
	const struct file *file = *state;
	struct store *kiosk, *store = NULL;
	char older[64], newest[64];
	snprintf(older, sizeof older, "PRAGMA user_version = %d", schema_newest() - 1);
	snprintf(newest, sizeof newest, "PRAGMA user_version = %d", schema_newest());
	assert_int_equal(store_open(&kiosk, file->path, STORE_KIOSK), 0);
	ask(file, older);
	assert_int_equal(store_open(&store, file->path, STORE_WRITE), -EBUSY);
	assert_int_equal(store_open(&store, file->path, STORE_READ), -EBUSY);
	ask(file, newest);
	assert_int_equal(store_open(&store, file->path, STORE_WRITE), 0);
	store_close(store);
	store_close(kiosk);
}

int test_cut_short(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_recount_that_is_killed_is_begun_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_older_file_waits_for_its_kiosk, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_wipe_that_is_killed_is_begun_anew, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("cut_short", tests, NULL, NULL);
}
