#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "check.h"
#include "store/account.h"
#include "store/audit.h"

int test_account(void);

static char directory[] = "/tmp/incheckpaal-account.XXXXXX";
static struct store *store;

static int set_up(void **state)
{
	char path[64];
	(void)state;
	if (!mkdtemp(directory) || seal_start() < 0)
		return -1;
	snprintf(path, sizeof path, "%s/a.db", directory);
	return store_open(&store, path, STORE_WRITE);
}

static int tear_down(void **state)
{
	char command[80];
	(void)state;
	store_close(store);
	snprintf(command, sizeof command, "rm -rf %s", directory);
	return system(command);
}

static const struct moment noon = {
	.boot = { { 1 } }, .mono_ms = 1000000, .wall_ms = 1800000000000
};

static void a_session_lasts_its_hours(void **state)
{
	const struct session_owner marit = { .role = ROLE_ORGANISER, .who = "Marit" };
	struct session_owner found;
	char token[SECRET_TOKEN_SIZE];
	(void)state;
	assert_int_equal(session_begin(store, &marit, &noon, SESSION_MS, token), 0);
	static const struct {
		const char *sentence;
		int64_t mono_ms, wall_ms;
		int boot, want;
	} rows[] = {
		{ "at once", 0, 0, 1, 0 },
		{ "a clock set back changes nothing", 1000, -90000000, 1, 0 },
		{ "a clock set forward changes nothing", 1000, 900000000000, 1, 0 },
		{ "just before the end", SESSION_MS - 1, 0, 1, 0 },
		{ "at the end", SESSION_MS, 0, 1, -ENOENT },
		{ "after a restart, within the hours", -900000, 3600000, 2, 0 },
		{ "after a restart, too late", 0, SESSION_MS, 2, -ENOENT },
		{ "after a restart with a clock from before", 0, -1, 2, -ENOENT },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct moment now = noon;
		now.mono_ms += rows[i].mono_ms;
		now.wall_ms += rows[i].wall_ms;
		now.boot.bytes[0] = (uint8_t)rows[i].boot;
		CHECK_ROW(
			rows[i].sentence, session_find(store, token, &now, &found) == rows[i].want);
	}
	assert_int_equal(session_find(store, token, &noon, &found), 0);
	assert_string_equal(found.who, "Marit");
	assert_int_equal(found.role, ROLE_ORGANISER);
	assert_int_equal(session_find(store, "guessed", &noon, &found), -ENOENT);
	assert_int_equal(session_end(store, token), 0);
	assert_int_equal(session_find(store, token, &noon, &found), -ENOENT);
}

static void a_new_password_ends_the_sessions_of_its_role(void **state)
{
	char hash[SECRET_HASH_SIZE], first[SECRET_TOKEN_SIZE], second[SECRET_TOKEN_SIZE];
	struct session_owner found;
	(void)state;
	assert_int_equal(account_password_hash(store, ROLE_ORGANISER, hash), 0);
	assert_string_equal(hash, "");
	session_begin(
		store, &(struct session_owner){ .role = ROLE_ORGANISER }, &noon, SESSION_MS, first);
	session_begin(
		store, &(struct session_owner){ .role = ROLE_VIEWER }, &noon, SESSION_MS, second);
	assert_int_equal(account_set_password(store, ROLE_ORGANISER, "$argon2id$x", 5), 0);
	assert_int_equal(account_password_hash(store, ROLE_ORGANISER, hash), 0);
	assert_string_equal(hash, "$argon2id$x");
	assert_int_equal(session_find(store, first, &noon, &found), -ENOENT);
	assert_int_equal(session_find(store, second, &noon, &found), 0);
	assert_int_equal(session_end_all(store, ROLE_NONE), 0);
	assert_int_equal(session_find(store, second, &noon, &found), -ENOENT);
}

static void a_token_works_until_it_expires_or_is_revoked(void **state)
{
	const struct api_token made = { .name = "rapport",
		.role = ROLE_VIEWER,
		.read_only = true,
		.made_by = "Marit",
		.made_ms = 100,
		.expires_ms = 200 };
	struct session_owner found;
	struct moment now = { .wall_ms = 199, .grade = CLOCK_NONE };
	char token[TOKEN_SIZE];
	int64_t id;
	(void)state;
	assert_int_equal(api_token_make(store, &made, token, &id), 0);
	assert_int_equal(strncmp(token, TOKEN_PREFIX, strlen(TOKEN_PREFIX)), 0);
	assert_int_equal(api_token_find(store, token, &now, &found), 0);
	assert_true(found.by_token && found.read_only && found.role == ROLE_VIEWER);
	assert_string_equal(found.who, "rapport");
	now.wall_ms = 200;
	assert_int_equal(api_token_find(store, token, &now, &found), -ENOENT);
	assert_int_equal(api_token_revoke(store, id, 150), 0);
	now.wall_ms = 160;
	assert_int_equal(api_token_find(store, token, &now, &found), -ENOENT);
	assert_int_equal(api_token_revoke(store, id, 170), -ENOENT);
}

static int keep(void *context, const struct audit_entry *entry)
{
	struct audit_entry **next = context;
	*(*next)++ = *entry;
	return 0;
}

static void the_audit_log_only_grows(void **state)
{
	struct audit_entry read[4], *next = read;
	(void)state;
	for (int i = 1; i <= 3; i++) {
		struct audit_entry entry = { .wall_ms = i * 10, .role = ROLE_ORGANISER };
		snprintf(entry.who, sizeof entry.who, "wie %d", i);
		strcpy(entry.act, i == 2 ? "downloaded" : "signed-in");
		assert_int_equal(audit_add(store, &entry), 0);
	}
	assert_int_equal(audit_each(store, &(struct audit_filter){ 0 }, 4, keep, &next), 0);
	assert_int_equal(next - read, 3);
	assert_string_equal(read[0].who, "wie 3");
	next = read;
	audit_each(store, &(struct audit_filter){ .act = "downloaded" }, 4, keep, &next);
	assert_int_equal(next - read, 1);
	next = read;
	audit_each(store, &(struct audit_filter){ .from_ms = 20, .to_ms = 30 }, 4, keep, &next);
	assert_int_equal(next - read, 1);
	assert_string_equal(read[0].who, "wie 2");
	next = read;
	audit_each(store, &(struct audit_filter){ .before_id = read[0].id }, 4, keep, &next);
	assert_int_equal(next - read, 1);
}

static void a_second_handle_keeps_the_locks_of_the_first(void **state)
{
	char path[64], wal[72], command[128];
	struct store *second;
	(void)state;
	snprintf(path, sizeof path, "%s/a.db", directory);
	snprintf(wal, sizeof wal, "%s-wal", path);
	assert_int_equal(store_open(&second, path, STORE_WRITE), 0);
	snprintf(command, sizeof command, "sqlite3 %s 'SELECT count(*) FROM audit' > /dev/null",
		path);
	assert_int_equal(system(command), 0);
	assert_int_equal(access(wal, F_OK), 0);
	store_close(second);
}

int test_account(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_session_lasts_its_hours),
		cmocka_unit_test(a_new_password_ends_the_sessions_of_its_role),
		cmocka_unit_test(a_token_works_until_it_expires_or_is_revoked),
		cmocka_unit_test(the_audit_log_only_grows),
		cmocka_unit_test(a_second_handle_keeps_the_locks_of_the_first),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
