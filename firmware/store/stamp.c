#include "store/stamp.h"

#include <errno.h>

#include "base/clock.h"
#include "store/store_private.h"

static int run_with(struct store *store, enum statement which, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, wall_ms);
	return statement_run(store, row);
}

int stamp_note(struct store *store, int64_t wall_ms)
{
	return clock_trusted_ms() ? 0 : run_with(store, ST_STAMP_NOTE, wall_ms);
}

int stamp_settle(struct store *store, int64_t now_wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_STAMP_OPEN);
	if (!row)
		return -EIO;
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r == 1 ? run_with(store, ST_STAMP_SETTLE, now_wall_ms) : r;
}
