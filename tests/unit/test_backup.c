#include "tests/unit/check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/seal.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/backup_order.h"
#include "store/copy.h"
#include "store/override.h"
#include "store/store.h"
#include "store/tap_log.h"

int test_backup(void);

#define NOON_MS 1795521600000LL /* 24 November 2026, 12:00 UTC */
#define DAY_MS 86400000LL
#define OURS "00000000-0000-0000-0000-00000000aaaa"
#define THEIRS "00000000-0000-0000-0000-00000000bbbb"

struct place {
	char data[40], medium[40];
};

static bool goes_on(void *context)
{
	(void)context;
	return true;
}

static int make(const struct place *place, const char *log_id, int day)
{
	char words[128];
	return backup_daily(place->data, place->medium, log_id, NOON_MS + day * DAY_MS, false,
		goes_on, NULL, words, sizeof words);
}

static bool gives_way(void *context)
{
	(void)context;
	return false;
}

static int renew(const struct place *place, bool (*while_true)(void *context))
{
	char words[128];
	return backup_daily(place->data, place->medium, "", NOON_MS, true, while_true, NULL, words,
		sizeof words);
}

static bool is_there(const struct place *place, const char *day, const char *mark)
{
	char path[128];
	snprintf(path, sizeof path, "%s/" BACKUP_DIRECTORY "/attendance-%s%s.db", place->medium,
		day, mark);
	return access(path, F_OK) == 0;
}

static int count(const struct place *place)
{
	char path[64];
	snprintf(path, sizeof path, "%s/" BACKUP_DIRECTORY, place->medium);
	DIR *open = opendir(path);
	int found = 0;
	assert_non_null(open);
	for (const struct dirent *entry; (entry = readdir(open));)
		found += entry->d_name[0] != '.';
	closedir(open);
	return found;
}

static int set_up(void **state)
{
	static struct place place;
	char path[64];
	struct store *store;
	struct venue_key key;
	setenv("TZ", "Europe/Amsterdam", 1);
	snprintf(place.data, sizeof place.data, "/tmp/incheckpaal-unit.XXXXXX");
	snprintf(place.medium, sizeof place.medium, "/tmp/incheckpaal-unit.XXXXXX");
	if (!mkdtemp(place.data) || !mkdtemp(place.medium) || seal_start() < 0 ||
		venue_key_load(&key, place.data, true) < 0)
		return -1;
	snprintf(path, sizeof path, "%s/" STORE_FILE_NAME, place.data);
	if (store_open(&store, path, STORE_KIOSK) < 0)
		return -1;
	store_close(store);
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	const struct place *place = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s %s", place->data, place->medium);
	return system(command); /* NOLINT: our own names */
}

static void a_day_has_one(void **state)
{
	assert_int_equal(make(*state, OURS, 0), 1);
	assert_int_equal(make(*state, OURS, 0), 0);
	assert_int_equal(count(*state), 1);
}

static void the_newest_seven_of_each_kiosk_stay(void **state)
{
	for (int day = 0; day < 10; day++)
		assert_int_equal(make(*state, OURS, day), 1);
	for (int day = 0; day < 2; day++)
		assert_int_equal(make(*state, THEIRS, day), 1);
	assert_int_equal(count(*state), BACKUP_DEPTH + 2);
	assert_true(is_there(*state, "2026-12-03", "-0000aaaa"));
	assert_true(is_there(*state, "2026-11-27", "-0000aaaa"));
	assert_false(is_there(*state, "2026-11-26", "-0000aaaa"));
	assert_true(is_there(*state, "2026-11-24", "-0000bbbb"));
}

/* The eighth goes by how many there are, not by how long ago the first was made. */
static void days_that_were_missed_push_nothing_out(void **state)
{
	for (int day = 0; day < 40; day += 5)
		assert_int_equal(make(*state, "", day), 1);
	assert_int_equal(count(*state), BACKUP_DEPTH);
	assert_false(is_there(*state, "2026-11-24", ""));
	assert_true(is_there(*state, "2026-11-29", ""));
}

/* As when a stick was pulled before its table of files said how long this one is. */
static void an_empty_file_is_no_backup(void **state)
{
	const struct place *place = *state;
	char words[128], path[128], to[128];
	assert_int_equal(make(place, OURS, 0), 1);
	snprintf(path, sizeof path, "%s/" BACKUP_DIRECTORY "/attendance-2026-11-24-0000aaaa.db",
		place->medium);
	snprintf(to, sizeof to, "%s/copy.db", place->medium);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(store_copy(path, to, NULL, NULL, words, sizeof words), -EMEDIUMTYPE);
	assert_int_equal(access(to, F_OK), -1);
	assert_int_equal(make(place, OURS, 0), 1);
	assert_int_equal(store_copy(path, to, NULL, NULL, words, sizeof words), 0);
}

static struct store *open_at(const char *directory, const char *name, enum store_mode mode)
{
	char path[128];
	struct store *store;
	snprintf(path, sizeof path, "%s/%s", directory, name);
	assert_int_equal(store_open(&store, path, mode), 0);
	return store;
}

static void choose(const struct place *place, const char *volume, int64_t wall_ms)
{
	struct store *store = open_at(place->data, STORE_FILE_NAME, STORE_WRITE);
	assert_int_equal(override_put(store, "screen", "volume", volume, "page", wall_ms), 0);
	store_close(store);
}

static void backup_has(const struct place *place, const char *volume)
{
	struct store *store =
		open_at(place->medium, BACKUP_DIRECTORY "/attendance-2026-11-24.db", STORE_READ);
	struct overrides found;
	assert_int_equal(override_load(store, &found), 0);
	store_close(store);
	assert_string_equal(found.count ? found.rows[0].value : "", volume);
}

/* What was prepared in the morning is in the backup of that day; taps alone do not renew it. */
static void what_was_prepared_since_renews_it(void **state)
{
	assert_int_equal(renew(*state, goes_on), 1);
	assert_int_equal(renew(*state, goes_on), 0);
	choose(*state, "40", NOON_MS);
	assert_int_equal(make(*state, "", 0), 0);
	backup_has(*state, "");
	assert_int_equal(renew(*state, gives_way), -ECANCELED);
	backup_has(*state, "");
	assert_int_equal(renew(*state, goes_on), 1);
	backup_has(*state, "40");
	choose(*state, "50", NOON_MS + 1);
	assert_int_equal(renew(*state, goes_on), 1);
	backup_has(*state, "50");
	assert_int_equal(renew(*state, goes_on), 0);
	assert_int_equal(count(*state), 1);
}

static void write_at(const struct place *place, const char *day, const char *mark, time_t seconds)
{
	char path[128];
	const struct timespec times[2] = { { .tv_sec = seconds }, { .tv_sec = seconds } };
	snprintf(path, sizeof path, "%s/" BACKUP_DIRECTORY "/attendance-%s%s.db", place->medium,
		day, mark);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void tap_once(const struct place *place)
{
	struct store *store = open_at(place->data, STORE_FILE_NAME, STORE_KIOSK);
	const struct tap_record record = { .key = { { 1 } }, .verdict = VERDICT_UNKNOWN };
	struct tap_stamp stamp;
	assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	store_close(store);
}

static void do_on_the_page(const struct place *place)
{
	struct store *store = open_at(place->data, STORE_FILE_NAME, STORE_WRITE);
	assert_int_equal(audit_add(store, &(struct audit_entry){ .act = "person-added" }), 0);
	store_close(store);
}

static void restore(const struct place *place)
{
	struct store *store = open_at(place->data, STORE_FILE_NAME, STORE_WRITE);
	assert_int_equal(log_begin_anew(store, NOON_MS - 400 * DAY_MS), 0);
	store_close(store);
}

static void assert_best(const char *data, const char *medium, const char *want)
{
	struct backup_order order = { 0 };
	assert_int_equal(backup_order_find(&order, data, medium), 0);
	assert_true(order.count > 0);
	const char *path = order.ages[order.count - 1].path;
	if (!strstr(path, want))
		fail_msg("the best is %s, not %s", path, want);
	backup_order_free(&order);
}

/* Whatever the clock said that named them and that wrote them. */
static void what_holds_most_is_the_newest(void **state)
{
	const struct place *place = *state;
	assert_int_equal(make(place, "", 26), 1);
	tap_once(place);
	assert_int_equal(make(place, "", 0), 1);
	write_at(place, "2026-11-24", "", 1000000);
	assert_best(place->medium, "", "2026-11-24");
	do_on_the_page(place);
	assert_int_equal(make(place, "", -5), 1);
	write_at(place, "2026-11-19", "", 1000);
	assert_best(place->medium, "", "2026-11-19");
	restore(place);
	assert_int_equal(make(place, "", -9), 1);
	write_at(place, "2026-11-15", "", 1);
	assert_best(place->medium, "", "2026-11-15");
	assert_int_equal(make(place, "", 3), 1);
	write_at(place, "2026-11-27", "", 2);
	assert_best(place->medium, "", "2026-11-27");
}

static void one_that_can_not_be_read_is_the_oldest(void **state)
{
	const struct place *place = *state;
	char path[128];
	assert_int_equal(make(place, "", 0), 1);
	assert_int_equal(make(place, "", 1), 1);
	snprintf(path, sizeof path, "%s/" BACKUP_DIRECTORY "/attendance-2026-11-25.db",
		place->medium);
	assert_int_equal(truncate(path, 5000), 0);
	assert_best(place->medium, "", "2026-11-24");
}

/* On a stick that several share. */
static void anothers_is_not_put_before_our_own(void **state)
{
	const struct place *place = *state;
	char folder[64], command[256];
	assert_int_equal(make(place, OURS, 0), 1);
	snprintf(folder, sizeof folder, "%s/" BACKUP_DIRECTORY, place->data);
	assert_int_equal(directory_make(folder, 0750), 0);
	snprintf(command, sizeof command,
		"cp %s/" BACKUP_DIRECTORY "/*.db %s/attendance-2026-11-23.db", place->medium,
		folder);
	assert_int_equal(system(command), 0); /* NOLINT: our own names */
	do_on_the_page(place);
	assert_int_equal(make(place, OURS, 1), 1);
	restore(place);
	tap_once(place);
	assert_int_equal(make(place, THEIRS, 2), 1);
	assert_best(place->data, place->medium, "2026-11-25-0000aaaa");
}

static void the_one_just_made_stays(void **state)
{
	const struct place *place = *state;
	for (int day = 0; day < BACKUP_DEPTH; day++) {
		char name[16];
		assert_int_equal(make(place, "", day), 1);
		snprintf(name, sizeof name, "2026-11-%d", 24 + day);
		write_at(place, name, "", 4000000000);
	}
	assert_int_equal(make(place, "", -30), 1);
	assert_true(is_there(place, "2026-10-25", ""));
	assert_int_equal(make(place, "", -30), 0);
	assert_int_equal(count(place), BACKUP_DEPTH);
	assert_false(is_there(place, "2026-11-24", ""));
}

static int take_path(void *context, const char *path)
{
	char *said = context;
	const char *slash = strrchr(path, '/');
	strncat(said, slash + sizeof "/attendance", 15);
	strcat(said, " ");
	return 0;
}

static void a_stick_gives_the_newest_of_each(void **state)
{
	const struct place *place = *state;
	char said[256] = "";
	assert_int_equal(make(place, OURS, 9), 1);
	tap_once(place);
	assert_int_equal(make(place, OURS, 0), 1);
	assert_int_equal(make(place, THEIRS, 1), 1);
	assert_int_equal(backup_newest_each(place->medium, take_path, said), 3);
	assert_string_equal(said, "2026-11-24-0000 2026-11-25-0000 ");
}

int test_backup(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_day_has_one, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_was_prepared_since_renews_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_newest_seven_of_each_kiosk_stay, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			days_that_were_missed_push_nothing_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_holds_most_is_the_newest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			one_that_can_not_be_read_is_the_oldest, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			anothers_is_not_put_before_our_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_one_just_made_stays, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_stick_gives_the_newest_of_each, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_empty_file_is_no_backup, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
