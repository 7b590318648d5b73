/* Every statement there is can be prepared: none is missing, none names a column that is not there. */
#include "tests/unit/check.h"

#include "store/store_private.h"

static void every_statement_can_be_prepared(void **state)
{
	/* What a merge reads from. */
	static const char other[] = "ATTACH ':memory:' AS other;"
				    "CREATE TABLE other.tap AS SELECT * FROM tap;"
				    "CREATE TABLE other.peer_tap AS SELECT * FROM peer_tap";
	struct store *store;
	(void)state;
	assert_int_equal(store_open(&store, ":memory:", STORE_WRITE), 0);
	assert_int_equal(sqlite3_exec(store->db, other, NULL, NULL, NULL), SQLITE_OK);
	for (int which = 0; which < ST_COUNT; which++)
		if (!statement_use(store, (enum statement)which))
			fail_msg("statement %d: %s", which, store_words(store));
	store_close(store);
}

int test_statement(void);
int test_statement(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_can_be_prepared),
	};
	return cmocka_run_group_tests_name("statement", tests, NULL, NULL);
}
