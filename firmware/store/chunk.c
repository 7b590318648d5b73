#include "store/chunk.h"

#include <time.h>

#include "base/clock.h"

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

int chunk_run(struct store *store, int (*step)(void *context), void *context)
{
	int r;
	while ((r = run_one(store, step, context)) == 1)
		chunk_give_way();
	return r;
}
