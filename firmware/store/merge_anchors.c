#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/chunk.h"
#include "store/counter.h"
#include "store/merge_private.h"

/* Anchors that are here, and after them those that the other brings. */
struct anchors_to_be {
	struct store *store;
	struct anchors list;
	size_t here;
};

static int add_theirs(struct anchors_to_be *to_be)
{
	sqlite3_stmt *row = statement_use(to_be->store, ST_MERGE_ANCHOR_EACH);
	int r;
	to_be->here = to_be->list.count;
	while ((r = statement_step(to_be->store, row)) == 1) {
		r = anchors_add(&to_be->list, row);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

static int64_t day_by(const struct moment *at, const struct moment *anchors, size_t count)
{
	int64_t wall_ms;
	clock_repair(at, anchors, count, &wall_ms, NULL);
	return local_day(wall_ms, clock_utc_offset_min(wall_ms));
}

static bool brings(const struct anchors_to_be *to_be, const struct boot_id *boot)
{
	for (size_t i = to_be->here; i < to_be->list.count; i++)
		if (boot_id_equal(&to_be->list.list[i].boot, boot))
			return true;
	return false;
}

/* Only a tap that counts by its day, and gets another one, is counted anew. */
static int moves(void *context, sqlite3_stmt *row)
{
	const struct anchors_to_be *to_be = context;
	struct moment at;
	moment_of_row(row, 1, &at);
	return brings(to_be, &at.boot) && day_by(&at, to_be->list.list, to_be->here) !=
						  day_by(&at, to_be->list.list, to_be->list.count);
}

static int join(struct store *store, const void *context)
{
	(void)context;
	return statement_run(store, statement_use(store, ST_MERGE_ANCHORS));
}

/* In one transaction, since an anchor speaks for all taps of its boot: it is short but when a kiosk
 * was in a wrong day for long. */
static int join_anchors(struct anchors_to_be *to_be)
{
	struct store *store = to_be->store;
	sqlite3_stmt *row = statement_use(store, ST_MERGE_DAYS);
	struct key_list keys = { .count = 0 };
	int r = row ? counter_gather(store, row, moves, to_be, &keys) : -EIO;
	if (r == 0)
		r = store_begin(store);
	if (r == 0)
		r = counter_around(store, &keys, join, NULL);
	free(keys.list);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int merge_anchors(struct store *store)
{
	struct anchors_to_be to_be = { .store = store };
	int r = anchors_load(store, &to_be.list);
	if (r == 0)
		r = add_theirs(&to_be);
	if (r == 0 && to_be.list.count > to_be.here)
		r = join_anchors(&to_be);
	free(to_be.list.list);
	return r;
}
