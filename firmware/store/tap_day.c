#include "store/tap_day.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

#define PAGE_ROWS 512

static void fill(sqlite3_stmt *row, const struct anchors *anchors, struct day_tap *ret)
{
	struct moment raw = { .mono_ms = sqlite3_column_int64(row, 2),
		.wall_ms = sqlite3_column_int64(row, 3),
		.grade = (enum clock_grade)sqlite3_column_int(row, 4) };
	memcpy(raw.boot.bytes, sqlite3_column_blob(row, 1), BOOT_ID_BYTES);
	*ret = (struct day_tap){
		.seq = sqlite3_column_int64(row, 0),
		.direction = (enum direction)sqlite3_column_int(row, 5),
		.counted = sqlite3_column_int(row, 7) != 0,
		.open = sqlite3_column_int(row, 8) != 0,
		.event = column_text(row, 9),
		.session = column_text(row, 10),
		.room = column_text(row, 11),
		.attendee = column_text(row, 12),
		.name = column_text(row, 13),
		.organisation = column_text(row, 14),
		.organisation_name = column_text(row, 15),
		.organisation_cluster = column_text(row, 16),
	};
	memcpy(ret->key.bytes, sqlite3_column_blob(row, 17), sizeof ret->key.bytes);
	ret->grade = clock_repair(&raw, anchors->list, anchors->count, &ret->wall_ms, NULL);
	verdict_from_name(&ret->verdict, column_text(row, 6));
}

struct walk {
	struct anchors anchors;
	int64_t from_ms, to_ms;
	int (*take)(void *context, const struct day_tap *tap);
	void *context;
};

/* Returns 1 when an older page may hold more of the day. */
static int read_page(
	struct store *store, const struct walk *walk, const struct log_entry *log, int64_t *before)
{
	bool within = false;
	sqlite3_stmt *row = statement_use(store, log->number ? ST_PEER_TAP_DAY : ST_TAP_DAY);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, *before);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, log->number);
	bind_text(row, 4, log->log_id);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct day_tap tap;
		fill(row, &walk->anchors, &tap);
		tap.log = log->number;
		*before = tap.seq;
		within |= tap.wall_ms >= walk->from_ms;
		const bool today = tap.wall_ms >= walk->from_ms && tap.wall_ms < walk->to_ms;
		r = today ? walk->take(walk->context, &tap) : 0;
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	if (r != 0)
		return r < 0 ? r : -ECANCELED;
	return within && *before > 1;
}

int tap_day_each(struct store *store, int64_t from_ms, int64_t to_ms,
	int (*row)(void *context, const struct day_tap *tap), void *context)
{
	struct walk walk = { .from_ms = from_ms, .to_ms = to_ms, .take = row, .context = context };
	struct log_entry *logs = NULL;
	size_t count = 0;
	int r = anchors_load(store, &walk.anchors);
	if (r == 0)
		r = log_list(store, &logs, &count);
	for (size_t i = 0; i < count && r == 0; i++) {
		int64_t before = logs[i].last_seq + 1;
		while ((r = read_page(store, &walk, &logs[i], &before)) == 1)
			;
	}
	free(logs);
	free(walk.anchors.list);
	return r;
}

int tap_newest(struct store *store, struct tap_newest *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_NEWEST);
	const int r = statement_step(store, row);
	if (r >= 0)
		*ret = (struct tap_newest){ .seq = 0 };
	if (r == 1)
		*ret = (struct tap_newest){ sqlite3_column_int64(row, 0),
			sqlite3_column_int64(row, 1) };
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int badge_count_unknown(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_UNKNOWN);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}
