#include "store/peer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

static void fill(sqlite3_stmt *row, const struct anchors *anchors, struct peer *ret)
{
	struct moment raw = { .mono_ms = sqlite3_column_int64(row, 2),
		.wall_ms = sqlite3_column_int64(row, 3),
		.grade = (enum clock_grade)sqlite3_column_int(row, 4) };
	memcpy(raw.boot.bytes, sqlite3_column_blob(row, 1), BOOT_ID_BYTES);
	column_copy(ret->kiosk, sizeof ret->kiosk, row, 0);
	ret->grade = clock_repair(&raw, anchors->list, anchors->count, &ret->last_ms, NULL);
}

int peer_each(
	struct store *store, int (*take)(void *context, const struct peer *peer), void *context)
{
	struct anchors anchors = { .count = 0 };
	int r = anchors_load(store, &anchors);
	sqlite3_stmt *row = r == 0 ? statement_use(store, ST_PEER_NEWEST) : NULL;
	if (r == 0 && !row)
		r = -EIO;
	while (r == 0 && (r = statement_step(store, row)) == 1) {
		struct peer peer;
		fill(row, &anchors, &peer);
		r = take(context, &peer);
	}
	if (row)
		sqlite3_reset(row);
	free(anchors.list);
	return r;
}
