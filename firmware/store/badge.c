#include "store/badge.h"

#include <errno.h>
#include <string.h>

#include "store/counter.h"
#include "store/organiser_badge.h"
#include "store/store_private.h"

int badge_find_owner(struct store *store, const struct badge_key *key, struct badge_owner *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_OWNER);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	const int r = statement_step(store, row);
	if (r == 1) {
		*ret = (struct badge_owner){ .blocked = sqlite3_column_int(row, 12) != 0 };
		ret->known = sqlite3_column_type(row, 0) != SQLITE_NULL;
		if (ret->known)
			attendee_of_row(row, &ret->attendee);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

/* Who holds the badge now: 1 and *@ret, 0 nobody. */
static int current_owner(struct store *store, const struct badge_key *key, char ret[ID_TEXT_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_CURRENT);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	const int r = statement_step(store, row);
	if (r == 1)
		column_copy(ret, ID_TEXT_SIZE, row, 0);
	sqlite3_reset(row);
	return r;
}

static int add_link(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_LINK);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	bind_text(row, 2, attendee);
	sqlite3_bind_int64(row, 3, wall_ms);
	const int r = statement_run(store, row);
	if (r < 0)
		return r;
	return sqlite3_changes(store->db) == 1 ? 0 : -ENOENT;
}

/* What the badge's taps count for goes with it. */
static int link_in_transaction(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms)
{
	char owner[ID_TEXT_SIZE];
	const int held = current_owner(store, key, owner);
	if (held < 0)
		return held;
	if (held == 1)
		return strcmp(owner, attendee) == 0 ? 0 : -EEXIST;
	if (organiser_badge_opens(store, key) == 1)
		return -EEXIST;
	int r = counter_leave(store, key);
	if (r == 0)
		r = add_link(store, key, attendee, wall_ms);
	return r == 0 ? counter_enter(store, key) : r;
}

int badge_link(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms)
{
	const bool own = sqlite3_get_autocommit(store->db);
	int r = own ? store_begin(store) : 0;
	if (r == 0)
		r = link_in_transaction(store, key, attendee, wall_ms);
	if (r == 0 && own)
		return store_commit(store);
	if (own)
		store_rollback(store);
	return r;
}

int badge_block(struct store *store, const struct badge_key *key, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_BLOCK);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	sqlite3_bind_int64(row, 2, wall_ms);
	return statement_run(store, row);
}

int badge_each(struct store *store,
	int (*take)(void *context, const struct badge_key *key, const char *attendee,
		const char *name, bool blocked),
	void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct badge_key key;
		memcpy(key.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		r = take(context, &key, column_text(row, 1), column_text(row, 2),
			sqlite3_column_int(row, 3) != 0);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int badge_unknown_each(struct store *store,
	int (*take)(void *context, const struct unknown_badge *badge), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_UNKNOWN_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct unknown_badge badge = {
			.taps = sqlite3_column_int64(row, 1),
			.last_ms = sqlite3_column_int64(row, 2),
			.kiosk = column_text(row, 3),
			.session = column_text(row, 4),
		};
		memcpy(badge.key.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		r = take(context, &badge);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int badge_blocked_each(struct store *store,
	int (*take)(void *context, const struct blocked_badge *badge), void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_BLOCKED_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct blocked_badge badge = {
			.since_ms = sqlite3_column_int64(row, 1),
			.attendee = column_text(row, 2),
			.name = column_text(row, 3),
			.taps_since = sqlite3_column_int64(row, 4),
			.last_ms = sqlite3_column_int64(row, 5),
			.kiosk = column_text(row, 6),
		};
		memcpy(badge.key.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		r = take(context, &badge);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int badge_unblock(struct store *store, const struct badge_key *key, int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_UNBLOCK);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	sqlite3_bind_int64(row, 2, wall_ms);
	const int r = statement_run(store, row);
	return r < 0 ? r : sqlite3_changes(store->db) > 0 ? 0 : -ENOENT;
}

/* What came before somebody was known to hold the badge is theirs by the link alone. */
static int end_link(struct store *store, const struct badge_key *key, int64_t wall_ms)
{
	static const enum statement steps[] = { ST_BADGE_CREDIT, ST_BADGE_END_LINK };
	int r = 0;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && r == 0; i++) {
		sqlite3_stmt *row = statement_use(store, steps[i]);
		if (!row)
			return -EIO;
		bind_key(row, 1, key);
		if (sqlite3_bind_parameter_count(row) > 1)
			sqlite3_bind_int64(row, 2, wall_ms);
		r = statement_run(store, row);
	}
	return r;
}

static int move(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms)
{
	int r = counter_leave(store, key);
	if (r == 0)
		r = end_link(store, key, wall_ms);
	if (r == 0)
		r = counter_enter(store, key);
	return r < 0 ? r : badge_link(store, key, attendee, wall_ms);
}

int badge_move(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms)
{
	int r = store_begin(store);
	if (r < 0)
		return r;
	r = move(store, key, attendee, wall_ms);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int badge_count_all(struct store *store, struct badge_counts *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_BADGE_COUNT_ALL);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = (struct badge_counts){
			.linked = sqlite3_column_int64(row, 0),
			.without = sqlite3_column_int64(row, 1),
			.blocked = sqlite3_column_int64(row, 2),
		};
	if (row)
		sqlite3_reset(row);
	return r < 0 ? r : 0;
}
