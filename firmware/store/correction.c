#include <errno.h>
#include <stdlib.h>
#include <string.h>

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

int tap_log_correct(
	struct store *store, const char *log_id, int64_t seq, const char *reason, int64_t wall_ms)
{
	struct log_entry log;
	int r = find_log(store, log_id, &log);
	if (r < 0)
		return r;
	r = is_corrected(store, &log, seq);
	if (r != 0)
		return r < 0 ? r : -EEXIST;

	sqlite3_stmt *row = statement_use(store, log.number ? ST_PEER_CORRECT : ST_CORRECT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, seq);
	bind_text(row, 2, reason);
	sqlite3_bind_int64(row, 3, wall_ms);
	if (log.number)
		sqlite3_bind_int64(row, 4, log.number);
	r = statement_run(store, row);
	if (r < 0)
		return r;
	return sqlite3_changes(store->db) == 1 ? 0 : -ENOENT;
}
