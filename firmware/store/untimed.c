#include "store/untimed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

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
}

static int add(struct list *list, sqlite3_stmt *row)
{
	if (list->count == list->capacity) {
		const size_t capacity = list->capacity ? 2 * list->capacity : 64;
		struct untimed_tap *grown = realloc(list->taps, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		list->taps = grown;
		list->capacity = capacity;
	}
	fill(row, &list->taps[list->count++]);
	return 0;
}

static int gather(
	sqlite3_stmt *row, struct store *store, const struct boot_id *boot, struct list *list)
{
	int r;
	while ((r = statement_step(store, row)) == 1) {
		if (memcmp(sqlite3_column_blob(row, 0), boot->bytes, BOOT_ID_BYTES) != 0)
			return 0;
		r = sqlite3_column_int(row, 9) ? add(list, row) : 0;
		if (r < 0)
			return r;
	}
	return r;
}

static void turn_round(struct list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct untimed_tap *other = &list->taps[list->count - 1 - i];
		const struct untimed_tap tap = list->taps[i];
		list->taps[i] = *other;
		*other = tap;
	}
}

int untimed_load(struct store *store, const struct boot_id *boot, struct untimed_tap **ret,
	size_t *ret_count)
{
	struct list list = { .taps = NULL };
	sqlite3_stmt *row = statement_use(store, ST_TAP_UNTIMED);
	if (!row)
		return -EIO;
	const int r = gather(row, store, boot, &list);
	sqlite3_reset(row);
	if (r < 0) {
		free(list.taps);
		return r;
	}
	turn_round(&list);
	*ret = list.taps;
	*ret_count = list.count;
	return 0;
}
