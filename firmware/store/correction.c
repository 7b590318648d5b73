#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/counter.h"
#include "store/store_private.h"

/* The log whose id is @log_id or begins so; "" is our own. */
static int find_log(struct store *store, const char *log_id, struct log_entry *ret)
{
	struct log_entry *list;
	size_t count, found = 0;
	const int r = log_list(store, &list, &count);
	if (r < 0)
		return r;
	for (size_t i = 0; i < count; i++) {
		const bool wanted = log_id[0] ? strncmp(list[i].log_id, log_id, strlen(log_id)) == 0
					      : list[i].number == 0;
		if (wanted && found++ == 0)
			*ret = list[i];
	}
	free(list);
	return found == 1 ? 0 : found ? -ENOTUNIQ : -ESRCH;
}

static int is_corrected(struct store *store, const struct log_entry *log, int64_t seq)
{
	sqlite3_stmt *row = statement_use(store, ST_IS_CORRECTED);
	if (!row)
		return -EIO;
	bind_text(row, 1, log->log_id);
	sqlite3_bind_int64(row, 2, seq);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

static int key_of(
	struct store *store, const struct log_entry *log, int64_t seq, struct badge_key *ret)
{
	sqlite3_stmt *row = statement_use(store, log->number ? ST_PEER_TAP_KEY : ST_TAP_KEY);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, seq);
	if (log->number)
		sqlite3_bind_int64(row, 2, log->number);
	const int r = statement_step(store, row);
	if (r == 1)
		memcpy(ret->bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

static int add(struct store *store, const struct log_entry *log, int64_t seq, const char *reason,
	int64_t wall_ms)
{
	sqlite3_stmt *row = statement_use(store, log->number ? ST_PEER_CORRECT : ST_CORRECT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, seq);
	bind_text(row, 2, reason);
	sqlite3_bind_int64(row, 3, wall_ms);
	if (log->number)
		sqlite3_bind_int64(row, 4, log->number);
	const int r = statement_run(store, row);
	if (r < 0)
		return r;
	return sqlite3_changes(store->db) == 1 ? 0 : -ENOENT;
}

/* What the badge's taps count for changes with the correction. */
static int correct(
	struct store *store, const char *log_id, int64_t seq, const char *reason, int64_t wall_ms)
{
	struct log_entry log;
	struct badge_key key;
	int r = find_log(store, log_id, &log);
	if (r < 0)
		return r;
	r = is_corrected(store, &log, seq);
	if (r != 0)
		return r < 0 ? r : -EEXIST;
	r = key_of(store, &log, seq, &key);
	if (r == 0)
		r = counter_leave(store, &key);
	if (r == 0)
		r = add(store, &log, seq, reason, wall_ms);
	return r == 0 ? counter_enter(store, &key) : r;
}

int tap_log_correct(
	struct store *store, const char *log_id, int64_t seq, const char *reason, int64_t wall_ms)
{
	const bool own = sqlite3_get_autocommit(store->db);
	int r = own ? store_begin(store) : 0;
	if (r == 0)
		r = correct(store, log_id, seq, reason, wall_ms);
	if (r == 0 && own)
		return store_commit(store);
	if (own)
		store_rollback(store);
	return r;
}

int tap_log_replace(struct store *store, int64_t seq, const char *reason, int64_t wall_ms,
	const struct tap_record *record, struct tap_stamp *ret)
{
	int r = store_begin(store);
	if (r == 0)
		r = tap_log_correct(store, "", seq, reason, wall_ms);
	if (r == 0)
		r = tap_log_append(store, record, ret);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}
