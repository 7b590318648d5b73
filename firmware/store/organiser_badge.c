#include "store/organiser_badge.h"

#include <errno.h>
#include <string.h>

#include "store/store_private.h"

int organiser_badge_add(struct store *store, const struct badge_key *key, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISER_ADD);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	sqlite3_bind_int64(row, 2, wall_ms);
	const int r = statement_run(store, row);
	if (r < 0)
		return r;
	return sqlite3_changes(store->db) == 1 ? 0 : -EEXIST;
}

int organiser_badge_opens(struct store *store, const struct badge_key *key)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISER_OPENS);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

int organiser_badge_each(
	struct store *store, int (*take)(void *context, const struct badge_key *key), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_ORGANISER_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct badge_key key;
		memcpy(key.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		r = take(context, &key);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}
