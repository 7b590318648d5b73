#include "store/log_seal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/store_private.h"

#define SEALED_SIZE 256

/* The words that are signed. */
static size_t sealed_words(char ret[SEALED_SIZE], const char *log_id, int64_t seq,
	const uint8_t head[CHAIN_BYTES], int64_t made_ms)
{
	size_t at = (size_t)snprintf(ret, SEALED_SIZE,
		"incheckpaal log %.36s has %lld taps at %lld, head ", log_id, (long long)seq,
		(long long)made_ms);
	for (size_t i = 0; i < CHAIN_BYTES; i++)
		at += (size_t)snprintf(ret + at, SEALED_SIZE - at, "%02x", head[i]);
	return at;
}

int log_seal_last(struct store *store, const char *log_id, const uint8_t public[SIGN_PUBLIC_BYTES],
	int64_t *ret_seq)
{
	sqlite3_stmt *row = statement_use(store, ST_SEAL_LAST);
	if (!row)
		return -EIO;
	bind_text(row, 1, log_id);
	sqlite3_bind_blob(row, 2, public, SIGN_PUBLIC_BYTES, SQLITE_STATIC);
	const int r = statement_step(store, row);
	if (r >= 0)
		*ret_seq = r == 1 ? sqlite3_column_int64(row, 0) : 0;
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

/* The last tap of our own log; 0 without any. */
static int own_end(struct store *store, int64_t *ret_seq, uint8_t ret_head[CHAIN_BYTES])
{
	sqlite3_stmt *row = statement_use(store, ST_TAP_LAST);
	const int r = statement_step(store, row);
	*ret_seq = 0;
	if (r == 1) {
		*ret_seq = sqlite3_column_int64(row, 0);
		memcpy(ret_head, sqlite3_column_blob(row, 1), CHAIN_BYTES);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

int log_seal_make(struct store *store, const struct sign_key *key, int64_t wall_ms)
{
	int64_t seq = 0, sealed = 0;
	uint8_t head[CHAIN_BYTES] = { 0 }, signature[SIGNATURE_BYTES];
	char words[SEALED_SIZE];
	int r = own_end(store, &seq, head);
	if (r == 0)
		r = log_seal_last(store, store->log_id, key->public.bytes, &sealed);
	if (r < 0 || seq <= sealed)
		return r;
	sign_bytes(key, words, sealed_words(words, store->log_id, seq, head, wall_ms), signature);

	sqlite3_stmt *row = statement_use(store, ST_SEAL_ADD);
	if (!row)
		return -EIO;
	bind_text(row, 1, store->log_id);
	sqlite3_bind_int64(row, 2, seq);
	sqlite3_bind_blob(row, 3, key->public.bytes, SIGN_PUBLIC_BYTES, SQLITE_STATIC);
	sqlite3_bind_blob(row, 4, head, CHAIN_BYTES, SQLITE_STATIC);
	sqlite3_bind_int64(row, 5, wall_ms);
	sqlite3_bind_blob(row, 6, signature, SIGNATURE_BYTES, SQLITE_STATIC);
	r = statement_run(store, row);
	return r < 0 ? r : 1;
}

/* One seal against the log whose chain was just recomputed. */
static int check(struct store *store, const struct log_entry *log, sqlite3_stmt *row, int64_t taps,
	struct chain_fault *ret_fault)
{
	const int64_t seq = sqlite3_column_int64(row, 0);
	const uint8_t *head = sqlite3_column_blob(row, 2);
	uint8_t now[CHAIN_BYTES] = { 0 };
	char words[SEALED_SIZE];
	const size_t length =
		sealed_words(words, log->log_id, seq, head, sqlite3_column_int64(row, 3));
	if (!sign_holds(sqlite3_column_blob(row, 1), words, length, sqlite3_column_blob(row, 4)))
		return chain_fault_at(ret_fault, seq, "the seal on it was changed",
			"het zegel erop is veranderd");
	if (seq > taps) {
		ret_fault->seq = taps + 1;
		said_set(&ret_fault->why, "the end is missing: the log was sealed with %lld taps",
			"het eind ontbreekt: het logboek is verzegeld met %lld tikken",
			(long long)seq);
		return -EUCLEAN;
	}
	const int r = log_chain_at(store, log, seq, now);
	if (r == 0 && memcmp(now, head, CHAIN_BYTES) != 0)
		return chain_fault_at(ret_fault, seq,
			"it, or one before it, is not what was sealed",
			"deze tik, of een ervoor, is niet wat er is verzegeld");
	if (r == -ENOENT || r == -EUCLEAN)
		return chain_fault_at(ret_fault, seq, "it is there, but not found by its number",
			"hij is er, maar niet te vinden onder zijn nummer");
	return r;
}

int log_seal_check(struct store *store, const struct log_entry *log, int64_t taps,
	struct chain_fault *ret_fault)
{
	sqlite3_stmt *row = statement_use(store, ST_SEAL_EACH);
	if (!row)
		return -EIO;
	bind_text(row, 1, log->log_id);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = check(store, log, row, taps, ret_fault);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int log_seal_check_strangers(struct store *store, struct chain_fault *ret_fault)
{
	sqlite3_stmt *row = statement_use(store, ST_SEAL_STRANGER);
	const int r = statement_step(store, row);
	if (r == 1) {
		*ret_fault = (struct chain_fault){ .seq = 0 };
		chain_fault_at(ret_fault, 1,
			"there are seals on a log of this name, and no such log",
			"er zijn zegels van een logboek met deze naam, maar dat logboek is er "
			"niet");
		column_copy(ret_fault->log_id, sizeof ret_fault->log_id, row, 0);
	}
	sqlite3_reset(row);
	return r == 1 ? -EUCLEAN : r;
}
