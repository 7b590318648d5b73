#include <errno.h>
#include <string.h>

#include "store/store_private.h"
#include "store/untimed.h"

/* The best that is known of the moment in a statement's four values; false after trouble. */
static bool repair(sqlite3_context *context, sqlite3_value **values, struct moment *ret)
{
	*ret = (struct moment){ .mono_ms = sqlite3_value_int64(values[1]),
		.wall_ms = sqlite3_value_int64(values[2]),
		.grade = (enum clock_grade)sqlite3_value_int(values[3]) };

	if (sqlite3_value_bytes(values[0]) == BOOT_ID_BYTES)
		memcpy(ret->boot.bytes, sqlite3_value_blob(values[0]), BOOT_ID_BYTES);
	/* Nothing is better than the best. */
	if (ret->grade == CLOCK_NTP || untimed_repair(sqlite3_user_data(context), ret) == 0)
		return true;
	sqlite3_result_error(context, "the anchors can not be read", -1);
	return false;
}

/* read_ms(boot, mono_ms, wall_ms, grade): the time of a tap as it is read now, for statements that
 * put taps in order; read_grade of the same: how far it can be trusted. */
static void read_ms(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct moment at;

	(void)count;
	if (repair(context, values, &at))
		sqlite3_result_int64(context, at.wall_ms);
}

static void read_grade(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct moment at;

	(void)count;
	if (repair(context, values, &at))
		sqlite3_result_int(context, (int)at.grade);
}

int read_time_prepare(struct store *store)
{
	const int flags = SQLITE_UTF8 | SQLITE_DIRECTONLY;
	int r = sqlite3_create_function(store->db, "read_ms", 4, flags, store, read_ms, NULL, NULL);

	if (r == SQLITE_OK)
		r = sqlite3_create_function(
			store->db, "read_grade", 4, flags, store, read_grade, NULL, NULL);
	return r == SQLITE_OK ? 0 : -ENOMEM;
}
