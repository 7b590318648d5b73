/**
 * What a hub is told of this file, as lines of COPY (core/copy_line.h), read in pages of short
 * reads: nobody pins the WAL meanwhile. The thread of the store; 0 or -errno.
 *
 * Persons go under a sealed name (seal_person), badges under their key. A tap names its bearer:
 * the person where it was known whose badge it was, else the badge.
 * Its chain is sealed too (seal_digest): it is made of what the hub knows and of an attendee's id,
 * and so would tell who guesses whether the guess is right.
 */
#ifndef STORE_REPLICA_H
#define STORE_REPLICA_H

#include "base/seal.h"
#include "core/copy_line.h"
#include "store/tap_log.h"

/* The chain at the tap, zero bytes for seq 0. -ENOENT without such a log or tap. */
int replica_chain(struct store *store, const char *log_id, int64_t seq, uint8_t ret[CHAIN_BYTES]);

/* The taps after @head->count, at most a page of them, in the columns of the hub's table; @head
 * moves on with them. 1 when there may be more, -EUCLEAN where the chain does not hold: what the
 * log itself would not vouch for is not handed on. A negative return of @take ends it. */
#define REPLICA_PAGE_ROWS 500
int replica_taps(struct store *store, const struct venue_key *key, struct log_head *head,
	int (*take)(void *context, const struct copy_line *line), void *context);

/* Everything else is a few sheets that may change. Each is cut into buckets, by what begins a row's
 * key, so that a small change is a small message. */
#define REPLICA_SHEETS 9
#define REPLICA_BUCKETS 256
const char *replica_sheet_name(int sheet); /* and of the hub's table */

/* Every row of the sheet: @teller, its bucket, and the columns of the hub's table. */
int replica_sheet(struct store *store, const struct venue_key *key, const char *teller, int sheet,
	int (*take)(void *context, int bucket, const struct copy_line *line), void *context);

/* The log after @log_id ("" at first) among those this kiosk kept before a backup was put back: 1,
 * or 0 when that was the last. */
int replica_earlier(struct store *store, char log_id[ID_TEXT_SIZE]);

#endif
