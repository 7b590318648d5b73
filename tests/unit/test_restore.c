#include "tests/unit/check.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "store/account.h"
#include "store/backup.h"
#include "store/badge.h"
#include "store/copy.h"
#include "store/store.h"

int test_restore(void);

#define NOON_MS 1795521600000LL /* 24 November 2026, 12:00 UTC */

static const struct badge_key lost = { .bytes = { 1 } }, found = { .bytes = { 2 } };

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

static int count_blocked(void *context, const struct blocked_badge *badge)
{
	(void)badge;
	++*(int *)context;
	return 0;
}

static void lost_stays_lost_and_found_stays_found(void **state)
{
	struct place *place = *state;
	struct badge_owner owner;
	int blocked = 0;
	struct store *store = open_log(place);
	assert_int_equal(badge_block(store, &found, NOON_MS), 0);
	store_close(store);
	save(place);
	store = open_log(place);
	assert_int_equal(badge_block(store, &lost, NOON_MS), 0);
	assert_int_equal(badge_unblock(store, &found, NOON_MS + 1), 0);
	store_close(store);
	assert_int_equal(put_back(place), 0);
	store = open_log(place);
	assert_int_equal(badge_find_owner(store, &lost, &owner), 0);
	assert_true(owner.blocked);
	assert_int_equal(badge_blocked_each(store, count_blocked, &blocked), 0);
	assert_int_equal(blocked, 1);
	store_close(store);
}

static void let_in(struct store *store, char ret_token[TOKEN_SIZE], int64_t *ret_id)
{
	const struct api_token made = { .name = "bord",
		.role = ROLE_VIEWER,
		.made_by = "Marit",
		.made_ms = NOON_MS,
		.expires_ms = NOON_MS * 2 };
	assert_int_equal(api_token_make(store, &made, ret_token, ret_id), 0);
}

static void who_was_kept_out_stays_out(void **state)
{
	static const struct moment noon = { .wall_ms = NOON_MS, .grade = CLOCK_NTP };
	struct place *place = *state;
	const struct session_owner marit = { .role = ROLE_ORGANISER, .who = "Marit" };
	const struct moment now = { .wall_ms = NOON_MS };
	char revoked[TOKEN_SIZE], used[TOKEN_SIZE];
	char signed_in[SECRET_TOKEN_SIZE], signed_out[SECRET_TOKEN_SIZE];
	char hash[SECRET_HASH_SIZE];
	struct session_owner owner;
	int64_t id, other;
	struct store *store = open_log(place);
	assert_int_equal(account_set_password(store, ROLE_ORGANISER, "$argon2id$old", 5), 0);
	assert_int_equal(account_set_password(store, ROLE_VIEWER, "$argon2id$same", 5), 0);
	assert_int_equal(session_begin(store, &marit, &now, SESSION_MS, signed_out), 0);
	let_in(store, revoked, &id);
	let_in(store, used, &other);
	store_close(store);
	save(place);
	store = open_log(place);
	assert_int_equal(account_set_password(store, ROLE_ORGANISER, "$argon2id$new", 6), 0);
	assert_int_equal(api_token_revoke(store, id, NOON_MS), 0);
	assert_int_equal(session_end(store, signed_out), 0);
	assert_int_equal(session_begin(store, &marit, &now, SESSION_MS, signed_in), 0);
	store_close(store);
	assert_int_equal(put_back(place), 0);
	store = open_log(place);
	assert_int_equal(account_password_hash(store, ROLE_ORGANISER, hash), 0);
	assert_string_equal(hash, "$argon2id$new");
	assert_int_equal(account_password_hash(store, ROLE_VIEWER, hash), 0);
	assert_string_equal(hash, "$argon2id$same");
	assert_int_equal(session_find(store, signed_out, &now, &owner), -ENOENT);
	assert_int_equal(session_find(store, signed_in, &now, &owner), 0);
	assert_int_equal(api_token_find(store, revoked, &noon, &owner), -ENOENT);
	assert_int_equal(api_token_find(store, used, &noon, &owner), 0);
	store_close(store);
}

/* As on a new card: what the backup says counts where the log that is here says nothing. */
static void a_new_kiosk_takes_what_the_backup_has(void **state)
{
	struct place *place = *state;
	char hash[SECRET_HASH_SIZE];
	struct badge_owner owner;
	struct store *store = open_log(place);
	assert_int_equal(account_set_password(store, ROLE_ORGANISER, "$argon2id$old", 5), 0);
	assert_int_equal(badge_block(store, &lost, NOON_MS), 0);
	store_close(store);
	save(place);
	unlink(place->log);
	store = open_log(place);
	store_close(store);
	assert_int_equal(put_back(place), 0);
	store = open_log(place);
	assert_int_equal(account_password_hash(store, ROLE_ORGANISER, hash), 0);
	assert_string_equal(hash, "$argon2id$old");
	assert_int_equal(badge_find_owner(store, &lost, &owner), 0);
	assert_true(owner.blocked);
	store_close(store);
}

static int clean(const struct place *place, int *ret_damaged)
{
	struct store *store = open_log(place);
	const int r = backup_clean(store, place->data, "", 0, NOON_MS * 2, ret_damaged);
	store_close(store);
	return r;
}

/* Whoever is told that it is damaged throws it away. */
static void a_copy_in_use_is_not_damaged(void **state)
{
	struct place *place = *state;
	char copy[128];
	sqlite3 *db;
	int damaged;
	store_close(open_log(place));
	snprintf(copy, sizeof copy, "%s" ASIDE_MARK "20260101-120000", place->log);
	assert_int_equal(rename(place->log, copy), 0);
	store_close(open_log(place));
	assert_int_equal(sqlite3_open(copy, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(clean(place, &damaged), -EBUSY);
	assert_int_equal(damaged, 0);
	sqlite3_close(db);
	assert_int_equal(clean(place, &damaged), 0);
	assert_int_equal(damaged, 0);
	const int fd = open(copy, O_WRONLY);
	assert_int_equal(ftruncate(fd, 5000), 0);
	close(fd);
	assert_int_equal(clean(place, &damaged), 0);
	assert_int_equal(damaged, 1);
	assert_int_equal(access(copy, F_OK), 0);
}

/* As where a restore was cut short: cleaned under that name it would be written with another WAL.
 */
static void another_name_of_the_log_is_left_alone(void **state)
{
	struct place *place = *state;
	char copy[128];
	int damaged;
	store_close(open_log(place));
	snprintf(copy, sizeof copy, "%s" ASIDE_MARK "20260101-120000", place->log);
	assert_int_equal(link(place->log, copy), 0);
	assert_int_equal(clean(place, &damaged), -EBUSY);
	assert_int_equal(damaged, 0);
	assert_int_equal(access(copy, F_OK), 0);
}

int test_restore(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			nothing_is_overwritten_in_one_second, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_copy_in_use_is_not_damaged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			another_name_of_the_log_is_left_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			lost_stays_lost_and_found_stays_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_was_kept_out_stays_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_new_kiosk_takes_what_the_backup_has, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
