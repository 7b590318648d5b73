#include "store/untimed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

#define DRIFT_MS 60000

struct list {
	struct untimed_tap *taps;
	size_t count, capacity;
};

static void fill(sqlite3_stmt *row, struct untimed_tap *ret)
{
	moment_of_row(row, 0, &ret->at);
	ret->seq = sqlite3_column_int64(row, 4);
	memcpy(ret->key.bytes, sqlite3_column_blob(row, 5), BADGE_KEY_BYTES);
	ret->technology = (enum technology)sqlite3_column_int(row, 6);
	ret->direction = (enum direction)sqlite3_column_int(row, 7);
	ret->counts = sqlite3_column_int(row, 8) != 0;
	column_copy(ret->event, sizeof ret->event, row, 9);
	column_copy(ret->session, sizeof ret->session, row, 10);
	column_copy(ret->attendee, sizeof ret->attendee, row, 11);
}

static int add(struct list *list, const struct untimed_tap *tap)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? 2 * list->capacity : 64;
		struct untimed_tap *grown = realloc(list->taps, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		list->taps = grown;
		list->capacity = capacity;
	}
	list->taps[list->count++] = *tap;
	return 0;
}

int64_t untimed_boot_number(const struct boot_id *boot)
{
	int64_t number;
	memcpy(&number, boot->bytes, sizeof number);
	return number ? number : 1;
}

int untimed_repair(struct store *store, struct moment *at)
{
	const struct moment raw = *at;
	struct moment anchors[ANCHORS_MAX];
	size_t count;
	const int r = anchors_of_boot(store, &raw.boot, anchors, &count);
	if (r == 0)
		at->grade = clock_repair(&raw, anchors, count, &at->wall_ms, NULL);
	return r;
}

/* 1 when its time is known better by now, so much that another session may have been on. */
static int is_moved(struct store *store, const struct untimed_tap *tap)
{
	struct moment at = tap->at;
	const int r = untimed_repair(store, &at);
	const int64_t by_ms = at.wall_ms - tap->at.wall_ms;
	if (r < 0)
		return r;
	if (!clock_is_trusted(tap->at.grade))
		return clock_is_trusted(at.grade);
	return by_ms > DRIFT_MS || by_ms < -DRIFT_MS;
}

/* 0 or -errno: the row's tap, when it is of one of the boots and moved. */
static int take(struct store *store, sqlite3_stmt *row, const struct boot_id *boot,
	int64_t earlier_boot, struct list *list)
{
	struct untimed_tap tap;
	fill(row, &tap);
	if (!boot_id_equal(&tap.at.boot, boot) && untimed_boot_number(&tap.at.boot) != earlier_boot)
		return 0;
	const int r = is_moved(store, &tap);
	return r == 1 ? add(list, &tap) : r;
}

int untimed_load(struct store *store, int64_t after, const struct boot_id *boot,
	int64_t earlier_boot, struct untimed_tap **ret, size_t *ret_count)
{
	struct list list = { .taps = NULL };
	sqlite3_stmt *row = statement_use(store, ST_TAP_UNTIMED);
	int r = row ? 0 : -EIO;
	if (row) {
		sqlite3_bind_int64(row, 1, after);
		sqlite3_bind_int(row, 2, CLOCK_NTP);
	}
	while (r == 0 && (r = statement_step(store, row)) == 1)
		r = take(store, row, boot, earlier_boot, &list);
	sqlite3_reset(row);
	if (r < 0) {
		free(list.taps);
		return r;
	}
	*ret = list.taps;
	*ret_count = list.count;
	return 0;
}
