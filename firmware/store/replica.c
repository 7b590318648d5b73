#include "store/replica.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/store_private.h"

#define SHEET_PAGE_ROWS 2000

static int find_log(struct store *store, const char *log_id, struct log_entry *ret)
{
	struct log_entry *list = NULL;
	size_t count = 0;
	const int r = log_list(store, &list, &count);
	bool found = false;
	for (size_t i = 0; r == 0 && i < count && !found; i++) {
		found = strcmp(list[i].log_id, log_id) == 0;
		*ret = list[i];
	}
	free(list);
	return r < 0 ? r : found ? 0 : -ENOENT;
}

int replica_chain(struct store *store, const char *log_id, int64_t seq, uint8_t ret[CHAIN_BYTES])
{
	struct log_entry log;
	const int r = find_log(store, log_id, &log);
	if (r < 0 || seq > 0)
		return r < 0 ? r : log_chain_at(store, &log, seq, ret);
	memset(ret, 0, CHAIN_BYTES);
	return 0;
}

static void put_or_none(struct copy_line *line, const char *text)
{
	copy_line_text(line, text[0] ? text : NULL);
}

static void write_tap(struct copy_line *line, const struct venue_key *key, const char *log_id,
	const struct tap_record *tap, const struct tap_stamp *stamp)
{
	struct badge_key bearer = tap->key;
	const bool known = tap->attendee[0] != '\0';
	if (known)
		seal_person(&bearer, key, tap->attendee);
	copy_line_begin(line);
	copy_line_text(line, log_id);
	copy_line_number(line, stamp->seq);
	copy_line_text(line, stamp->id);
	copy_line_bytes(line, bearer.bytes, sizeof bearer.bytes);
	copy_line_text(line, known ? "t" : "f");
	copy_line_bytes(line, tap->at.boot.bytes, sizeof tap->at.boot.bytes);
	copy_line_number(line, tap->at.mono_ms);
	copy_line_number(line, tap->at.wall_ms);
	copy_line_number(line, tap->at.grade);
	copy_line_number(line, clock_utc_offset_min(tap->at.wall_ms));
	copy_line_text(line, technology_name(tap->technology));
	copy_line_text(line, verdict_name(tap->verdict));
	copy_line_number(line, tap->direction);
	copy_line_text(line, tap->counts ? "t" : "f");
	copy_line_text(line, tap->kiosk);
	put_or_none(line, tap->event);
	put_or_none(line, tap->session);
	copy_line_text(line, tap->note);
}

/* The row as it was hashed, and whether it still is. */
static int read_tap(sqlite3_stmt *row, struct log_head *head, struct tap_record *ret,
	struct tap_stamp *ret_stamp)
{
	uint8_t canonical[CANONICAL_TAP_MAX];
	if (!tap_of_row(row, ret, ret_stamp) || ret_stamp->seq != head->count + 1)
		return -EUCLEAN;
	seal_chain(head->head, head->head, canonical, tap_canonical(ret, ret_stamp, canonical));
	if (memcmp(head->head, sqlite3_column_blob(row, 16), CHAIN_BYTES) != 0)
		return -EUCLEAN;
	head->count++;
	return 0;
}

static int hand_over_tap(sqlite3_stmt *row, const struct venue_key *key, struct log_head *head,
	int (*take)(void *context, const struct copy_line *line), void *context)
{
	struct tap_record tap;
	struct tap_stamp stamp;
	struct copy_line line;
	uint8_t sealed[CHAIN_BYTES];
	const int r = read_tap(row, head, &tap, &stamp);
	if (r < 0)
		return r;
	write_tap(&line, key, head->log_id, &tap, &stamp);
	seal_digest(sealed, key, head->head);
	copy_line_bytes(&line, sealed, sizeof sealed);
	copy_line_end(&line);
	return line.full ? -EMSGSIZE : take(context, &line);
}

int replica_taps(struct store *store, const struct venue_key *key, struct log_head *head,
	int (*take)(void *context, const struct copy_line *line), void *context)
{
	struct log_entry log;
	const int64_t before = head->count;
	int r = find_log(store, head->log_id, &log);
	if (r < 0)
		return r;
	sqlite3_stmt *row =
		statement_use(store, log.number ? ST_PEER_TAP_EACH_CHAIN : ST_TAP_EACH_CHAIN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, before);
	sqlite3_bind_int(row, 2, REPLICA_PAGE_ROWS);
	sqlite3_bind_int64(row, 3, log.number);
	sqlite3_bind_int64(row, 4, log.last_seq);
	while ((r = statement_step(store, row)) == 1) {
		r = hand_over_tap(row, key, head, take, context);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r < 0 ? r : head->count == before + REPLICA_PAGE_ROWS;
}

#define NO_COLUMN 0 /* which is never written */

/* clang-format off */
static const struct {
	const char *name;
	enum statement rows;
	int person; /* the column that names one, which is sealed */
	int bucket; /* the column whose first byte says into which bucket the row goes */
} sheets[REPLICA_SHEETS] = {
	{ "cluster",      ST_REPLICA_CLUSTER,      NO_COLUMN, NO_COLUMN },
	{ "event",        ST_REPLICA_EVENT,        NO_COLUMN, NO_COLUMN },
	{ "session",      ST_REPLICA_SESSION,      NO_COLUMN, NO_COLUMN },
	{ "organisation", ST_REPLICA_ORGANISATION, NO_COLUMN, NO_COLUMN },
	{ "person",       ST_REPLICA_PERSON,       1,         1 },
	{ "badge",        ST_REPLICA_BADGE,        2,         1 },
	{ "correction",   ST_REPLICA_CORRECTION,   NO_COLUMN, NO_COLUMN },
	{ "credit",       ST_REPLICA_CREDIT,       3,         NO_COLUMN },
	{ "anchor",       ST_REPLICA_ANCHOR,       NO_COLUMN, NO_COLUMN },
};
/* clang-format on */

const char *replica_sheet_name(int sheet)
{
	return sheets[sheet].name;
}

static void write_cell(struct copy_line *line, sqlite3_stmt *row, int column, bool person,
	const struct venue_key *key)
{
	const int type = sqlite3_column_type(row, column);
	struct badge_key sealed;
	if (type == SQLITE_NULL)
		copy_line_text(line, NULL);
	else if (type == SQLITE_INTEGER)
		copy_line_number(line, sqlite3_column_int64(row, column));
	else if (type == SQLITE_BLOB)
		copy_line_bytes(line, sqlite3_column_blob(row, column),
			(size_t)sqlite3_column_bytes(row, column));
	else if (!person)
		copy_line_text(line, column_text(row, column));
	else {
		seal_person(&sealed, key, column_text(row, column));
		copy_line_bytes(line, sealed.bytes, sizeof sealed.bytes);
	}
}

static int bucket_of(int sheet, sqlite3_stmt *row, const struct venue_key *key)
{
	const int column = sheets[sheet].bucket;
	struct badge_key sealed;
	if (column == NO_COLUMN)
		return 0;
	if (column != sheets[sheet].person)
		return *(const uint8_t *)sqlite3_column_blob(row, column);
	seal_person(&sealed, key, column_text(row, column));
	return sealed.bytes[0];
}

/* One row of a sheet on its way. */
struct telling {
	const struct venue_key *key;
	const char *teller;
	int sheet;
	int (*take)(void *context, int bucket, const struct copy_line *line);
	void *context;
};

static int hand_over_row(const struct telling *telling, sqlite3_stmt *row)
{
	struct copy_line line;
	const int bucket = bucket_of(telling->sheet, row, telling->key);
	copy_line_begin(&line);
	copy_line_text(&line, telling->teller);
	copy_line_number(&line, bucket);
	for (int i = 1; i < sqlite3_column_count(row); i++)
		write_cell(&line, row, i, i == sheets[telling->sheet].person, telling->key);
	copy_line_end(&line);
	return line.full ? -EMSGSIZE : telling->take(telling->context, bucket, &line);
}

/* @at: where the page before ended, and then where this one did. */
static int hand_over_page(
	struct store *store, const struct telling *telling, sqlite3_value **at, int *ret_rows)
{
	sqlite3_stmt *row = statement_use(store, sheets[telling->sheet].rows);
	int r;
	*ret_rows = 0;
	if (!row)
		return -EIO;
	if (*at)
		sqlite3_bind_value(row, 1, *at);
	else
		bind_text(row, 1, "");
	sqlite3_bind_int(row, 2, SHEET_PAGE_ROWS);
	while ((r = statement_step(store, row)) == 1) {
		r = hand_over_row(telling, row);
		if (r < 0)
			break;
		if (++*ret_rows == SHEET_PAGE_ROWS) {
			sqlite3_value_free(*at);
			*at = sqlite3_value_dup(sqlite3_column_value(row, 0));
			r = *at ? 0 : -ENOMEM;
			break;
		}
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int replica_sheet(struct store *store, const struct venue_key *key, const char *teller, int sheet,
	int (*take)(void *context, int bucket, const struct copy_line *line), void *context)
{
	const struct telling telling = { key, teller, sheet, take, context };
	sqlite3_value *at = NULL;
	int rows, r;
	do
		r = hand_over_page(store, &telling, &at, &rows);
	while (r == 0 && rows == SHEET_PAGE_ROWS);
	sqlite3_value_free(at);
	return r;
}

int replica_earlier(struct store *store, char log_id[ID_TEXT_SIZE])
{
	char after[sizeof "earlier-log:" + ID_TEXT_SIZE];
	sqlite3_stmt *row = statement_use(store, ST_REPLICA_EARLIER);
	if (!row)
		return -EIO;
	snprintf(after, sizeof after, "earlier-log:%s", log_id);
	bind_text(row, 1, after);
	const int r = statement_step(store, row);
	if (r == 1)
		column_copy(log_id, ID_TEXT_SIZE, row, 0);
	sqlite3_reset(row);
	return r;
}
