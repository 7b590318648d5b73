#include <errno.h>
#include <string.h>

#include "store/store_private.h"
#include "store/untimed.h"

/* read_ms(boot, mono_ms, wall_ms, grade): the time of a tap as it is read now, for statements that
 * put taps in order. */
static void read_ms(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct moment at = { .mono_ms = sqlite3_value_int64(values[1]),
		.wall_ms = sqlite3_value_int64(values[2]),
		.grade = (enum clock_grade)sqlite3_value_int(values[3]) };

	(void)count;
	if (sqlite3_value_bytes(values[0]) == BOOT_ID_BYTES)
		memcpy(at.boot.bytes, sqlite3_value_blob(values[0]), BOOT_ID_BYTES);
	/* Nothing is better than the best. */
	if (at.grade < CLOCK_NTP && untimed_repair(sqlite3_user_data(context), &at) < 0)
		sqlite3_result_error(context, "the anchors can not be read", -1);
	else
		sqlite3_result_int64(context, at.wall_ms);
}

int read_time_prepare(struct store *store)
{
	return sqlite3_create_function(store->db, "read_ms", 4, SQLITE_UTF8 | SQLITE_DIRECTONLY,
		       store, read_ms, NULL, NULL) == SQLITE_OK
		       ? 0
		       : -ENOMEM;
}
