#include "tests/unit/check.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "store/backup.h"
#include "store/badge.h"
#include "store/copy.h"
#include "store/store.h"

int test_restore(void);

#define NOON_MS 1795521600000LL /* 24 November 2026, 12:00 UTC */

static const struct badge_key lost = { .bytes = { 1 } };

struct place {
	char data[40], log[64], saved[64];
	struct restore_report report;
};

static struct store *open_log(const struct place *place)
{
	struct store *store;
	assert_int_equal(store_open(&store, place->log, STORE_WRITE), 0);
	return store;
}

static int set_up(void **state)
{
	static struct place place;
	setenv("TZ", "Europe/Amsterdam", 1);
	memset(&place, 0, sizeof place);
	snprintf(place.data, sizeof place.data, "/tmp/incheckpaal-unit.XXXXXX");
	if (!mkdtemp(place.data) || seal_start() < 0)
		return -1;
	snprintf(place.log, sizeof place.log, "%s/" STORE_FILE_NAME, place.data);
	snprintf(place.saved, sizeof place.saved, "%s/saved.db", place.data);
	*state = &place;
	return 0;
}

static int tear_down(void **state)
{
	const struct place *place = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf %s", place->data);
	return system(command); /* NOLINT: our own name */
}

static void save(const struct place *place)
{
	char words[128];
	assert_int_equal(store_copy(place->log, place->saved, NULL, NULL, words, sizeof words), 0);
}

static int put_back(struct place *place)
{
	return backup_restore(place->data, place->saved, "", "", NOON_MS, &place->report);
}

/* A kiosk without a clock chip begins at the same second after every cut. */
static void nothing_is_overwritten_in_one_second(void **state)
{
	struct place *place = *state;
	char first[BACKUP_PATH_SIZE];
	struct store *store = open_log(place);
	store_close(store);
	save(place);
	store = open_log(place);
	assert_int_equal(badge_block(store, &lost, NOON_MS), 0);
	store_close(store);
	assert_int_equal(put_back(place), 0);
	memcpy(first, place->report.aside, sizeof first);
	assert_int_equal(put_back(place), 0);
	assert_string_not_equal(place->report.aside, first);
	assert_int_equal(access(first, F_OK), 0);
	assert_int_equal(access(place->report.aside, F_OK), 0);
}

int test_restore(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			nothing_is_overwritten_in_one_second, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
