#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_private.h"

static int add(struct log_entry **list, size_t *count, sqlite3_stmt *row)
{
	struct log_entry *grown = realloc(*list, (*count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	*list = grown;
	struct log_entry *log = &grown[(*count)++];
	*log = (struct log_entry){ .number = sqlite3_column_int64(row, 0),
		.made_ms = sqlite3_column_int64(row, 2),
		.last_seq = sqlite3_column_int64(row, 3) };
	column_copy(log->log_id, sizeof log->log_id, row, 1);
	return 0;
}

int log_list(struct store *store, struct log_entry **ret, size_t *ret_count)
{
	struct log_entry *list = NULL;
	size_t count = 0;
	sqlite3_stmt *row = statement_use(store, ST_LOG_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = add(&list, &count, row);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	if (r < 0) {
		free(list);
		return r;
	}
	*ret = list;
	*ret_count = count;
	return 0;
}

int log_chain_at(
	struct store *store, const struct log_entry *log, int64_t seq, uint8_t ret[CHAIN_BYTES])
{
	sqlite3_stmt *row = statement_use(store, log->number ? ST_PEER_TAP_AT : ST_TAP_AT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, log->number);
	sqlite3_bind_int64(row, 2, seq);
	const int r = statement_step(store, row);
	if (r == 1)
		memcpy(ret, sqlite3_column_blob(row, 0), CHAIN_BYTES);
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int tap_log_heads(
	struct store *store, int (*take)(void *context, const struct log_head *log), void *context)
{
	struct log_entry *list;
	size_t count;
	int r = log_list(store, &list, &count);
	if (r < 0)
		return r;
	for (size_t i = 0; i < count && r == 0; i++) {
		struct log_head log = { .own = list[i].number == 0,
			.made_ms = list[i].made_ms,
			.count = list[i].last_seq };
		memcpy(log.log_id, list[i].log_id, sizeof log.log_id);
		if (log.count > 0)
			r = log_chain_at(store, &list[i], log.count, log.head);
		if (r == 0)
			r = take(context, &log);
	}
	free(list);
	return r;
}

static int add_evidence(void *context, const struct log_head *log)
{
	struct evidence *evidence = context;
	if (evidence->log_count++ >= EVIDENCE_LOGS_MAX)
		return 0;
	struct evidence_log *to = &evidence->logs[evidence->log_count - 1];
	memcpy(to->log_id, log->log_id, sizeof to->log_id);
	to->taps = log->count;
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		snprintf(to->head + 2 * i, 3, "%02x", log->head[i]);
	return 0;
}

int tap_log_evidence(struct store *store, struct evidence *ret)
{
	struct evidence evidence = { .whole = true };
	const int r = tap_log_heads(store, add_evidence, &evidence);
	if (r == 0)
		*ret = evidence;
	return r;
}

int peer_log_number(struct store *store, const char *log_id, int64_t made_ms, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_PEER_LOG_ADD);
	if (!row)
		return -EIO;
	bind_text(row, 1, log_id);
	sqlite3_bind_int64(row, 2, made_ms);
	int r = statement_run(store, row);
	if (r < 0)
		return r;
	row = statement_use(store, ST_PEER_LOG_NUMBER);
	if (!row)
		return -EIO;
	bind_text(row, 1, log_id);
	r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int peer_log_show(struct store *store, const char *log_id, int64_t seq)
{
	sqlite3_stmt *row = statement_use(store, ST_PEER_LOG_SHOW);
	if (!row)
		return -EIO;
	bind_text(row, 1, log_id);
	sqlite3_bind_int64(row, 2, seq);
	return statement_run(store, row);
}
