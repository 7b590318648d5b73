/* What the kiosk commits through gathered writes is what others read, whatever the size of the
 * commit. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/check.h"

#include "base/seal.h"
#include "store/store_private.h"

struct files {
	char directory[64], path[96];
};

static int set_up(void **state)
{
	struct files *files = calloc(1, sizeof *files);
	seal_start();
	snprintf(files->directory, sizeof files->directory, "/tmp/incheckpaal-wal.XXXXXX");
	if (!mkdtemp(files->directory))
		return -1;
	snprintf(files->path, sizeof files->path, "%s/attendance.db", files->directory);
	*state = files;
	return 0;
}

static int tear_down(void **state)
{
	struct files *files = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -r '%s'", files->directory);
	const int r = system(command);
	free(files);
	return r;
}

static void run(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

static int64_t ask(struct store *store, const char *sql)
{
	sqlite3_stmt *row;
	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &row, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	const int64_t answer = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return answer;
}

/* Rows of many sizes, in transactions that fit the cache and that spill, some of them undone. */
static void others_read_what_was_committed(void **state)
{
	const struct files *files = *state;
	struct store *kiosk, *other;
	uint64_t seed = 9;
	char sql[128];
	int64_t rows = 0, bytes = 0;
	assert_int_equal(store_open(&kiosk, files->path, STORE_KIOSK), 0);
	run(kiosk,
		"CREATE TABLE heap (number INTEGER PRIMARY KEY, bytes BLOB); PRAGMA cache_size = "
		"20");
	assert_int_equal(store_open(&other, files->path, STORE_WRITE), 0);
	for (int i = 0; i < 200; i++) {
		const int count = 1 + (int)(chance(&seed) % 20);
		const bool undone = chance(&seed) % 4 == 0;
		run(kiosk, "BEGIN IMMEDIATE");
		for (int row = 0; row < count; row++) {
			const int size = (int)(chance(&seed) % 9000);
			snprintf(sql, sizeof sql,
				"INSERT INTO heap (bytes) VALUES (randomblob(%d))", size);
			run(kiosk, sql);
			rows += !undone;
			bytes += undone ? 0 : size;
		}
		assert_true(ask(kiosk, "SELECT count(*) FROM heap") >= rows);
		run(kiosk, undone ? "ROLLBACK" : "COMMIT");
		assert_int_equal(ask(other, "SELECT count(*) FROM heap"), rows);
		if (i % 20 == 0)
			assert_true(store_checkpoint(i % 40 ? kiosk : other) >= 0);
	}
	assert_int_equal(ask(other, "SELECT total(length(bytes)) FROM heap"), bytes);
	assert_int_equal(store_check(other), 0);
	store_close(other);
	store_close(kiosk);
}

/* A kiosk that is killed after it said that a commit is done has it. */
static void a_commit_outlives_the_process(void **state)
{
	const struct files *files = *state;
	struct store *store;
	int said[2];
	for (int i = 1; i <= 20; i++) {
		assert_int_equal(pipe(said), 0);
		const pid_t child = fork();
		if (child == 0) {
			char sql[] =
				"CREATE TABLE IF NOT EXISTS heap (bytes BLOB); INSERT INTO heap "
				"VALUES (randomblob(5000))";
			if (store_open(&store, files->path, STORE_KIOSK) == 0 &&
				sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK &&
				write(said[1], "", 1) == 1)
				kill(getpid(), SIGKILL);
			_exit(1);
		}
		char byte;
		int status;
		assert_int_equal(read(said[0], &byte, 1), 1);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		close(said[0]);
		close(said[1]);
		assert_int_equal(store_open(&store, files->path, STORE_WRITE), 0);
		assert_int_equal(ask(store, "SELECT count(*) FROM heap"), i);
		assert_int_equal(store_check(store), 0);
		store_close(store);
	}
}

int test_wal_file(void);
int test_wal_file(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(others_read_what_was_committed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_commit_outlives_the_process, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("wal_file", tests, NULL, NULL);
}
