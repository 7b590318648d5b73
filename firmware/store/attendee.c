#include "store/attendee.h"

#include <errno.h>
#include <string.h>

#include "store/counter.h"
#include "store/organiser_badge.h"
#include "store/store_private.h"

/* The twelve columns that all queries for a person begin with. */
static void fill(sqlite3_stmt *row, struct attendee *ret)
{
	*ret = (struct attendee){ .id = "" };
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->given_name, sizeof ret->given_name, row, 1);
	column_copy(ret->family_name, sizeof ret->family_name, row, 2);
	column_copy(ret->organisation, sizeof ret->organisation, row, 3);
	column_copy(ret->organisation_kind, sizeof ret->organisation_kind, row, 4);
	column_copy(ret->education_level, sizeof ret->education_level, row, 5);
	column_copy(ret->cluster, sizeof ret->cluster, row, 6);
	column_copy(ret->region, sizeof ret->region, row, 7);
	column_copy(ret->growth, sizeof ret->growth, row, 8);
	column_copy(ret->email, sizeof ret->email, row, 9);
	column_copy(ret->language, sizeof ret->language, row, 10);
	column_copy(ret->sessions, sizeof ret->sessions, row, 11);
}

int attendee_by_id(struct store *store, const char *id, struct attendee *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_PERSON_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1)
		fill(row, ret);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int attendee_find(struct store *store, const char *who, struct attendee *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, who);
	struct attendee attendee;
	int r = statement_step(store, row);
	if (r == 1) {
		fill(row, &attendee);
		r = statement_step(store, row);
		if (r == 0)
			*ret = attendee;
		else if (r == 1)
			r = -EEXIST;
	} else if (r == 0) {
		r = -ENOENT;
	}
	sqlite3_reset(row);
	return r;
}

int attendee_each(struct store *store, int (*take)(void *context, const struct attendee *attendee),
	void *context)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct attendee attendee;
		fill(row, &attendee);
		r = take(context, &attendee);
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int attendee_count(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDEE_COUNT);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

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
			fill(row, &ret->attendee);
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
