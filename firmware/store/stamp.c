#include "store/stamp.h"

#include <errno.h>

#include "base/clock.h"
#include "store/store_private.h"
#include "store/untimed.h"

int stamp_note(struct store *store, int64_t wall_ms)
{
	struct moment now;
	clock_read(&now);
	if (now.grade == CLOCK_NTP)
		return 0;
	sqlite3_stmt *row = statement_use(store, ST_STAMP_NOTE);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, wall_ms);
	sqlite3_bind_blob(row, 2, now.boot.bytes, BOOT_ID_BYTES, SQLITE_TRANSIENT);
	sqlite3_bind_int64(row, 3, now.mono_ms);
	sqlite3_bind_int(row, 4, (int)now.grade);
	return statement_run(store, row);
}

/* By what is known of its boot: 0, or 1 while that is nothing. */
static int repair(struct store *store, struct moment *at)
{
	const int r = untimed_repair(store, at);
	return r < 0 ? r : !clock_is_trusted(at->grade);
}

int stamp_read(struct store *store, int64_t wall_ms, int64_t *ret_wall_ms)
{
	struct moment at = { .wall_ms = wall_ms, .grade = CLOCK_NTP };
	int64_t known_ms = 0;
	sqlite3_stmt *row = statement_use(store, ST_STAMP_FIND);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, wall_ms);
	int r = statement_step(store, row);
	if (r == 1) {
		moment_of_row(row, 0, &at);
		known_ms = sqlite3_column_int64(row, 4);
	}
	sqlite3_reset(row);
	if (r == 1 && !known_ms)
		r = repair(store, &at);
	*ret_wall_ms = known_ms ? known_ms : at.wall_ms;
	return known_ms ? 0 : r;
}

/* The next after @at that no clock was right for: 1, or 0. */
static int next_unknown(struct store *store, struct moment *at)
{
	sqlite3_stmt *row = statement_use(store, ST_STAMP_NEXT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, at->wall_ms);
	const int r = statement_step(store, row);
	if (r == 1)
		moment_of_row(row, 0, at);
	sqlite3_reset(row);
	return r;
}

static int know(struct store *store, int64_t wall_ms, int64_t known_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_STAMP_KNOW);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, wall_ms);
	sqlite3_bind_int64(row, 2, known_ms);
	return statement_run(store, row);
}

static int run_at(struct store *store, enum statement which, int64_t now_wall_ms)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, now_wall_ms);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

static int know_ahead(struct store *store, int64_t now_wall_ms)
{
	struct moment now;
	clock_read(&now);
	if (now.grade < CLOCK_NTP)
		return 0;
	/* Asked first: the other would hold the lock while it looks at everybody. */
	const int r = run_at(store, ST_STAMP_AHEAD, now_wall_ms);
	return r == 1 ? run_at(store, ST_STAMP_KNOW_AHEAD, now_wall_ms) : r;
}

int stamp_settle(struct store *store, int64_t now_wall_ms)
{
	struct moment at = { .wall_ms = INT64_MIN };
	int r;
	while ((r = next_unknown(store, &at)) == 1) {
		struct moment read = at;
		r = repair(store, &read);
		if (r == 1)
			r = know(store, at.wall_ms, now_wall_ms);
		if (r < 0)
			break;
	}
	return r < 0 ? r : know_ahead(store, now_wall_ms);
}
