/** Files that an older version of ours made. */
#ifndef TESTS_UNIT_OLDER_H
#define TESTS_UNIT_OLDER_H

#include "store/store_private.h"

/* Makes the file at @path as version @version left it, with the rows of @statements in it. */
static inline void older_file(const char *path, int version, const char *statements)
{
	struct store store = { .db = NULL };

	assert_int_equal(sqlite3_open(path, &store.db), SQLITE_OK);
	assert_int_equal(schema_migrate_to(&store, version), 0);
	assert_int_equal(sqlite3_exec(store.db, statements, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(store.db);
}

#endif
