#include "store/chunk.h"

#include <time.h>

#include "base/clock.h"
#include "store/store_private.h"

#define GIVE_WAY_MS 3 /* the kiosk asks for the lock every millisecond */

void chunk_give_way(void)
{
	const struct timespec pause = { .tv_nsec = GIVE_WAY_MS * 1000000L };
	nanosleep(&pause, NULL);
}

static int run_one(struct store *store, int (*step)(void *context), void *context)
{
	const int64_t until_ns = clock_mono_ns() + CHUNK_MS * 1000000LL;
	int r = store_begin(store);
	if (r < 0)
		return r;
	do {
		r = step(context);
	} while (r == 1 && clock_mono_ns() < until_ns);
	if (r < 0) {
		store_rollback(store);
		return r;
	}
	const int committed = store_commit(store);
	return committed < 0 ? committed : r;
}

static int run(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

static bool is_kiosk(const struct store *store)
{
	return store->lock_fd >= 0;
}

int chunk_hurry(struct store *store)
{
	return is_kiosk(store) ? 0 : run(store, "PRAGMA synchronous = NORMAL");
}

int chunk_settle(struct store *store)
{
	if (is_kiosk(store))
		return 0;
	const int r = run(store, "PRAGMA synchronous = FULL");
	return r == 0 ? store_touch(store) : r; /* a commit takes those before it along */
}

int chunk_run(struct store *store, int (*step)(void *context), void *context)
{
	int r = chunk_hurry(store);
	if (r == 0)
		r = run_one(store, step, context);
	while (r == 1) {
		chunk_give_way();
		r = run_one(store, step, context);
	}
	const int settled = chunk_settle(store);
	return r < 0 ? r : settled;
}
