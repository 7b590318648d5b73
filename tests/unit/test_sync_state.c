#include "tests/unit/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/sync_state.h"

int test_sync_state(void);

static void what_is_written_is_read(void **state)
{
	(void)state;
	char run[64] = "/tmp/incheckpaal-unit.XXXXXX", directory[80];
	assert_non_null(mkdtemp(run));
	struct sync_state read, wrote = { SYNC_AWAY, 12, 1795523403690, "no route: to host" };
	sync_state_read(run, &read);
	assert_int_equal(read.health, SYNC_SILENT);
	assert_int_equal(sync_state_write(run, &wrote), 0);
	sync_state_read(run, &read);
	assert_int_equal(read.health, SYNC_AWAY);
	assert_int_equal(read.waiting, 12);
	assert_int_equal(read.last_ms, 1795523403690);
	assert_string_equal(read.words, "no route: to host");
	wrote = (struct sync_state){ SYNC_CURRENT, -1, 0, "" };
	assert_int_equal(sync_state_write(run, &wrote), 0);
	sync_state_read(run, &read);
	assert_int_equal(read.health, SYNC_CURRENT);
	assert_int_equal(read.waiting, -1);
	assert_string_equal(read.words, "");
	sync_state_remove(run);
	sync_state_read(run, &read);
	assert_int_equal(read.health, SYNC_SILENT);
	snprintf(directory, sizeof directory, "%s-sync", run);
	rmdir(directory);
	rmdir(run);
}

static void what_nobody_wrote_lately_says_nothing(void **state)
{
	(void)state;
	char run[64] = "/tmp/incheckpaal-unit.XXXXXX", directory[80], path[96], text[128];
	assert_non_null(mkdtemp(run));
	snprintf(directory, sizeof directory, "%s-sync", run);
	snprintf(path, sizeof path, "%s/state", directory);
	assert_int_equal(directory_make(directory, 0755), 0);
	const long long now_ms = clock_boot_ms();
	const struct {
		const char *sentence;
		long long written_ms;
		const char *rest;
		enum sync_health want;
	} rows[] = {
		{ "just now", now_ms, "current 0 1\n\n", SYNC_CURRENT },
		{ "a pulse was missed", now_ms - 2 * SYNC_STATE_MS, "current 0 1\n\n",
			SYNC_CURRENT },
		{ "long ago", now_ms - 4 * SYNC_STATE_MS, "current 0 1\n\n", SYNC_SILENT },
		{ "before the machine was started anew", now_ms + 60000, "current 0 1\n\n",
			SYNC_SILENT },
		{ "in words of another version", now_ms, "splendid 0 1\n\n", SYNC_SILENT },
		{ "cut short", now_ms, "current 0", SYNC_SILENT },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct sync_state read;
		const int length =
			snprintf(text, sizeof text, "%lld %s", rows[i].written_ms, rows[i].rest);
		assert_int_equal(file_write_whole(path, text, (size_t)length, 0644), 0);
		sync_state_read(run, &read);
		CHECK_ROW(rows[i].sentence, read.health == rows[i].want);
	}
	unlink(path);
	rmdir(directory);
	rmdir(run);
}

int test_sync_state(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_nobody_wrote_lately_says_nothing),
	};
	return cmocka_run_group_tests_name("sync_state", tests, NULL, NULL);
}
