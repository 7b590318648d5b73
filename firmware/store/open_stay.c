#include "store/open_stay.h"

#include <errno.h>
#include <string.h>

#include "store/store_private.h"

static void fill(sqlite3_stmt *row, struct open_stay *ret)
{
	const int64_t session_ms = sqlite3_column_int64(row, 10);
	*ret = (struct open_stay){ .seq = sqlite3_column_int64(row, 0),
		.day_end_ms = sqlite3_column_int64(row, 11) };
	ret->end_ms = session_ms ? session_ms : ret->day_end_ms;
	struct tap_record *in = &ret->in;
	memcpy(in->key.bytes, sqlite3_column_blob(row, 1), BADGE_KEY_BYTES);
	memcpy(in->at.boot.bytes, sqlite3_column_blob(row, 2), BOOT_ID_BYTES);
	in->at.mono_ms = sqlite3_column_int64(row, 3);
	in->at.wall_ms = sqlite3_column_int64(row, 4);
	in->at.grade = (enum clock_grade)sqlite3_column_int(row, 5);
	column_copy(in->kiosk, sizeof in->kiosk, row, 6);
	column_copy(in->event, sizeof in->event, row, 7);
	column_copy(in->session, sizeof in->session, row, 8);
	column_copy(in->attendee, sizeof in->attendee, row, 9);
}

int open_stay_each(struct store *store, int64_t after, int64_t upto,
	int (*take)(void *context, const struct open_stay *stay), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_STAY_OPEN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, after);
	sqlite3_bind_int64(row, 2, upto);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct open_stay stay;
		fill(row, &stay);
		r = take(context, &stay);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}
