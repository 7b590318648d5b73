#include "store/counter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

static int keep_key(struct key_list *keys, const void *bytes)
{
	if (keys->count == keys->capacity) {
		const size_t capacity = keys->capacity ? 2 * keys->capacity : 64;
		struct badge_key *grown = realloc(keys->list, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		keys->list = grown;
		keys->capacity = capacity;
	}
	memcpy(keys->list[keys->count++].bytes, bytes, BADGE_KEY_BYTES);
	return 0;
}

static int by_bytes(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct badge_key));
}

/* Each badge once: its taps would be counted as often as it is listed. */
static void sort_keys(struct key_list *keys)
{
	size_t count = 0;
	if (keys->count)
		qsort(keys->list, keys->count, sizeof *keys->list, by_bytes);
	for (size_t i = 0; i < keys->count; i++)
		if (count == 0 || by_bytes(&keys->list[count - 1], &keys->list[i]) != 0)
			keys->list[count++] = keys->list[i];
	keys->count = count;
}

int counter_gather(struct store *store, sqlite3_stmt *row,
	int (*admits)(void *context, sqlite3_stmt *row), void *context, struct key_list *ret)
{
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = !admits || admits(context, row) ? keep_key(ret, sqlite3_column_blob(row, 0))
						    : 0;
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int counter_around(struct store *store, struct key_list *keys,
	int (*change)(struct store *store, const void *context), const void *context)
{
	int r = 0;
	sort_keys(keys);
	for (size_t i = 0; i < keys->count && r == 0; i++)
		r = counter_leave(store, &keys->list[i]);
	if (r == 0)
		r = change(store, context);
	for (size_t i = 0; i < keys->count && r == 0; i++)
		r = counter_enter(store, &keys->list[i]);
	return r;
}

/* The badges whose taps would move: those of the last boot, back from the log's end. Before it
 * comes a tap as it came in an earlier boot; what was added afterwards is of any boot, or of none.
 */
static int keys_of_boot(struct store *store, const struct boot_id *boot, enum clock_grade grade,
	struct key_list *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_COUNT_BOOT);
	if (!row)
		return -EIO;
	/* What somebody says again moves what was noted by what was said before. */
	sqlite3_bind_int(row, 1, (int)grade + (grade == CLOCK_HUMAN));
	int r;
	while ((r = statement_step(store, row)) == 1) {
		const bool ours =
			memcmp(sqlite3_column_blob(row, 0), boot->bytes, BOOT_ID_BYTES) == 0;
		const bool moves = ours && sqlite3_column_int(row, 2);
		r = moves ? keep_key(ret, sqlite3_column_blob(row, 1)) : 0;
		if (r < 0 || (!ours && !sqlite3_column_int(row, 3)))
			break;
	}
	sqlite3_reset(row);
	return r;
}

int counter_around_boot(struct store *store, const struct boot_id *boot, enum clock_grade grade,
	int (*change)(struct store *store, const void *context), const void *context)
{
	struct key_list keys = { .count = 0 };
	int r = keys_of_boot(store, boot, grade, &keys);
	if (r == 0)
		r = counter_around(store, &keys, change, context);
	free(keys.list);
	return r;
}

int counter_around_keys(struct store *store, sqlite3_stmt *row,
	int (*change)(struct store *store, const void *context), const void *context)
{
	struct key_list keys = { .count = 0 };
	int r = counter_gather(store, row, NULL, NULL, &keys);
	if (r == 0)
		r = counter_around(store, &keys, change, context);
	free(keys.list);
	return r;
}

/* The badge after @key among those that were ever tapped: 1, or 0 when it was the last. */
static int next_badge(struct store *store, struct badge_key *key, bool first)
{
	sqlite3_stmt *row = statement_use(store, ST_COUNT_BADGES);
	if (!row)
		return -EIO;
	sqlite3_bind_blob(row, 1, key->bytes, first ? 0 : BADGE_KEY_BYTES, SQLITE_TRANSIENT);
	int r = statement_step(store, row);
	if (r == 1 && sqlite3_column_bytes(row, 0) == BADGE_KEY_BYTES)
		memcpy(key->bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
	else if (r == 1)
		r = 0;
	sqlite3_reset(row);
	return r;
}

int counter_rebuild(struct store *store)
{
	static const enum statement clear[] = { ST_ATTENDED_CLEAR, ST_VISIT_CLEAR,
		ST_ATTENDER_CLEAR };
	struct badge_key key = { { 0 } };
	int r = 0;
	for (size_t i = 0; i < sizeof clear / sizeof clear[0] && r == 0; i++)
		r = statement_run(store, statement_use(store, clear[i]));
	for (bool first = true; r == 0; first = false) {
		const int found = next_badge(store, &key, first);
		if (found <= 0)
			return found;
		r = counter_enter(store, &key);
	}
	return r;
}

int counter_catch_up(struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_RECOUNT_DUE);
	int r = statement_step(store, row);
	const bool due = r == 1 && sqlite3_column_int(row, 0) != 0;
	sqlite3_reset(row);
	if (r < 0 || !due)
		return r < 0 ? r : 0;

	r = store_begin(store);
	if (r == 0)
		r = counter_rebuild(store);
	if (r == 0)
		r = statement_run(store, statement_use(store, ST_RECOUNT_DONE));
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}
