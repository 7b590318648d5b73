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

/* 1 when there is such a row, 0, -errno. */
static int ask(struct store *store, enum statement which, int64_t now_wall_ms)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	if (sqlite3_bind_parameter_count(row) > 0)
		sqlite3_bind_int64(row, 1, now_wall_ms);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

int stamp_settle(struct store *store, int64_t now_wall_ms)
{
	/* Asked first: an INSERT would hold the lock while it looks at everybody. */
	int r = ask(store, ST_STAMP_AHEAD, now_wall_ms);
	if (r == 1)
		r = run_with(store, ST_STAMP_NOTE_AHEAD, now_wall_ms);
	if (r == 0)
		r = ask(store, ST_STAMP_OPEN, now_wall_ms);
	return r == 1 ? run_with(store, ST_STAMP_SETTLE, now_wall_ms) : r;
}
