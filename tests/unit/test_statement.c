/* Every statement there is can be prepared: none is missing, none names a column that is not there.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/check.h"

#include "base/seal.h"
#include "store/store_private.h"

/* What a merge reads from and works with. */
static void attach_another(struct store *store, const char *path)
{
	char sql[256];
	struct store *other;
	assert_int_equal(store_open(&other, path, STORE_WRITE), 0);
	store_close(other);
	snprintf(sql, sizeof sql,
		"ATTACH '%s' AS other; CREATE TEMP TABLE joined_link (badge_key, attendee, "
		"from_ms, listed, ended_ms)",
		path);
	assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void every_statement_can_be_prepared(void **state)
{
	char path[] = "/tmp/incheckpaal-statement.XXXXXX";
	struct store *store;
	(void)state;
	assert_int_equal(seal_start(), 0);
	assert_true(mkdtemp(path) != NULL);
	char file[64], command[64];
	snprintf(file, sizeof file, "%s/other.db", path);
	assert_int_equal(store_open(&store, ":memory:", STORE_WRITE), 0);
	attach_another(store, file);
	for (int which = 0; which < ST_COUNT; which++)
		if (!statement_use(store, (enum statement)which))
			fail_msg("statement %d: %s", which, store_words(store));
	store_close(store);
	snprintf(command, sizeof command, "rm -r '%s'", path);
	assert_int_equal(system(command), 0);
}

int test_statement(void);
int test_statement(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_can_be_prepared),
	};
	return cmocka_run_group_tests_name("statement", tests, NULL, NULL);
}
