#include "store/tap_log.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/counter.h"
#include "store/person.h"
#include "store/store_private.h"

/* The chain's end, read once: afterwards this connection alone moves it. */
static int know_chain(struct store *store)
{
	if (store->chain_known)
		return 0;
	sqlite3_stmt *row = statement_use(store, ST_TAP_LAST);
	const int r = statement_step(store, row);
	if (r < 0)
		return r;
	store->last_seq = 0;
	memset(store->head, 0, sizeof store->head);
	if (r == 1) {
		store->last_seq = sqlite3_column_int64(row, 0);
		memcpy(store->head, sqlite3_column_blob(row, 1), CHAIN_BYTES);
	}
	sqlite3_reset(row);
	store->chain_known = true;
	return 0;
}

static int put_row(struct store *store, sqlite3_stmt *row, const struct tap_record *record,
	const struct tap_stamp *stamp, const uint8_t chain[CHAIN_BYTES])
{
	sqlite3_bind_int64(row, 1, stamp->seq);
	bind_text(row, 2, stamp->id);
	bind_key(row, 3, &record->key);
	sqlite3_bind_blob(row, 4, record->at.boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 5, record->at.mono_ms);
	sqlite3_bind_int64(row, 6, record->at.wall_ms);
	sqlite3_bind_int(row, 7, (int)record->at.grade);
	sqlite3_bind_int(row, 8, (int)record->technology);
	bind_text(row, 9, verdict_name(record->verdict));
	sqlite3_bind_int(row, 10, (int)record->direction);
	sqlite3_bind_int(row, 11, record->counts);
	bind_text(row, 12, record->kiosk);
	bind_text_or_null(row, 13, record->event);
	bind_text_or_null(row, 14, record->session);
	bind_text_or_null(row, 15, record->attendee);
	bind_text(row, 16, record->note);
	sqlite3_bind_blob(row, 17, chain, CHAIN_BYTES, SQLITE_STATIC);
	return statement_run(store, row);
}

static int insert(struct store *store, const struct tap_record *record,
	const struct tap_stamp *stamp, const uint8_t chain[CHAIN_BYTES])
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_INSERT);
	return row ? put_row(store, row, record, stamp, chain) : -EIO;
}

int peer_tap_put(struct store *store, int64_t log, const struct tap_record *record,
	const struct tap_stamp *stamp, const uint8_t chain[CHAIN_BYTES])
{
	sqlite3_stmt *row = statement_use(store, ST_PEER_TAP_PUT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 18, log);
	return put_row(store, row, record, stamp, chain);
}

/* The tap and its counters in one transaction, so this returns after the fsync; inside store_begin
 * the transaction is the caller's. */
static int append(struct store *store, const struct tap_record *record,
	const struct tap_stamp *stamp, const uint8_t chain[CHAIN_BYTES])
{
	const bool own = sqlite3_get_autocommit(store->db);
	int r = own ? store_begin(store) : 0;
	if (r == 0)
		r = insert(store, record, stamp, chain);
	if (r == 0)
		r = counter_add_tap(store, record, stamp->seq);
	if (r == 0 && own)
		return store_commit(store);
	if (r < 0)
		store->chain_known = false;
	if (r < 0 && own)
		store_rollback(store);
	return r;
}

int tap_log_append(struct store *store, const struct tap_record *record, struct tap_stamp *ret)
{
	int r = know_chain(store);
	if (r < 0)
		return r;

	struct tap_stamp stamp = { .seq = store->last_seq + 1 };
	uuid_draw(stamp.id, record->at.wall_ms);
	uint8_t canonical[CANONICAL_TAP_MAX], chain[CHAIN_BYTES];
	seal_chain(chain, store->head, canonical, tap_canonical(record, &stamp, canonical));

	r = append(store, record, &stamp, chain);
	if (r < 0)
		return r;
	store->last_seq = stamp.seq;
	memcpy(store->head, chain, CHAIN_BYTES);
	*ret = stamp;
	return 0;
}

int tap_log_count_only(struct store *store, enum verdict verdict, const char *kiosk, int64_t day)
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_COUNT_ONLY);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, day);
	bind_text(row, 2, kiosk);
	bind_text(row, 3, verdict_name(verdict));
	return statement_run(store, row);
}

struct presence_query {
	const char *attendee, *event, *session;
	const struct badge_key *key;
	int64_t from_ms, to_ms;
	const struct moment *at;
};

static int ask_presence(struct store *store, enum statement which,
	const struct presence_query *query, struct presence *ret)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	bind_text_or_null(row, 1, query->attendee);
	bind_key(row, 2, query->key);
	bind_text_or_null(row, 3, query->event);
	bind_text_or_null(row, 4, query->session);
	sqlite3_bind_int64(row, 5, query->from_ms);
	sqlite3_bind_int64(row, 6, query->to_ms);
	sqlite3_bind_blob(row, 8, query->at->boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int(row, 9, clock_is_trusted(query->at->grade));
	struct badge_key by_id;
	if (query->attendee[0]) {
		person_id_key(query->attendee, &by_id);
		bind_key(row, 7, &by_id);
	}
	const int r = statement_step(store, row);
	if (r >= 0)
		*ret = (struct presence){ .in = false };
	if (r == 1) {
		ret->seq = sqlite3_column_int64(row, 0);
		ret->in = sqlite3_column_int(row, 1) == DIRECTION_IN;
		ret->since_wall_ms = sqlite3_column_int64(row, 2);
		ret->since_mono_ms = sqlite3_column_int64(row, 3);
		memcpy(ret->since_boot.bytes, sqlite3_column_blob(row, 4), BOOT_ID_BYTES);
	}
	sqlite3_reset(row);
	return r;
}

int tap_log_find(struct store *store, int64_t seq, struct badge_key *ret_key,
	char ret_event[ID_TEXT_SIZE], char ret_attendee[ID_TEXT_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_OF);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, seq);
	const int r = statement_step(store, row);
	if (r == 1) {
		memcpy(ret_key->bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		column_copy(ret_event, ID_TEXT_SIZE, row, 1);
		column_copy(ret_attendee, ID_TEXT_SIZE, row, 2);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int tap_log_presence(struct store *store, const char *attendee, const struct badge_key *key,
	const char *event, const char *session, int64_t from_ms, int64_t to_ms,
	const struct moment *at, struct presence *ret)
{
	const struct presence_query query = { attendee, event, session, key, from_ms, to_ms, at };
	struct presence own, peer;
	const int found = ask_presence(
		store, attendee[0] ? ST_TAP_PRESENCE_ATTENDEE : ST_TAP_PRESENCE_KEY, &query, &own);
	if (found < 0)
		return found;
	const int elsewhere = ask_presence(store, ST_PEER_PRESENCE, &query, &peer);
	if (elsewhere < 0)
		return elsewhere;
	const bool later = elsewhere == 1 && (!found || peer.since_wall_ms > own.since_wall_ms);
	*ret = later ? peer : own;
	ret->elsewhere = later;
	return 0;
}

static int add_anchor(struct store *store, const void *context)
{
	const struct moment *anchor = context;
	sqlite3_stmt *row = statement_use(store, ST_ANCHOR_ADD);
	if (!row)
		return -EIO;
	sqlite3_bind_blob(row, 1, anchor->boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 2, anchor->mono_ms);
	sqlite3_bind_int64(row, 3, anchor->wall_ms);
	sqlite3_bind_int(row, 4, (int)anchor->grade);
	return statement_run(store, row);
}

int tap_log_add_anchor(struct store *store, const struct moment *anchor)
{
	int r = store_begin(store);
	if (r == 0)
		r = counter_around_boot(store, &anchor->boot, anchor->grade, add_anchor, anchor);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int tap_log_last(struct store *store, int64_t *ret_seq)
{
	const int r = know_chain(store);
	if (r == 0)
		*ret_seq = store->last_seq;
	return r;
}

int tap_log_summary(struct store *store, struct log_summary *ret)
{
	store->chain_known =
		false; /* another program's connection may ask while the kiosk appends */
	int r = know_chain(store);
	if (r < 0)
		return r;
	sqlite3_stmt *row = statement_use(store, ST_TAP_SUMMARY);
	r = statement_step(store, row);
	if (r == 1) {
		*ret = (struct log_summary){
			.count = sqlite3_column_int64(row, 0),
			.last_seq = sqlite3_column_int64(row, 1),
			.unknown = sqlite3_column_int64(row, 2),
			.random_ids = sqlite3_column_int64(row, 3),
			.unreadable = sqlite3_column_int64(row, 4),
			.corrections = sqlite3_column_int64(row, 5),
		};
		memcpy(ret->head, store->head, CHAIN_BYTES);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int tap_log_recall_time(struct store *store)
{
	struct moment now, anchor;
	sqlite3_stmt *row = statement_use(store, ST_ANCHOR_OF_BOOT);
	int r;
	if (!row)
		return -EIO;
	clock_read(&now);
	sqlite3_bind_blob(row, 1, now.boot.bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	while ((r = statement_step(store, row)) == 1) {
		moment_of_row(row, 0, &anchor);
		if (anchor.grade >= CLOCK_HUMAN && anchor.grade > now.grade)
			clock_take(anchor.grade, anchor.wall_ms - anchor.mono_ms);
	}
	sqlite3_reset(row);
	return r;
}
