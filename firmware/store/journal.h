/**
 * The journal copy: a second, append-only copy of the taps, best on another medium (DESIGN 8).
 *
 * A file DIR/taps-LOG.journal a log. After one line of text each tap is its length, the bytes that
 * are hashed for it, its chain, and its length again, so that every byte is covered by the chain.
 * It is written after the answer was shown and synced then: a tap reaches it a moment after it is
 * green, and whatever is missing is caught up from the database. It holds no name. One thread.
 */
#ifndef STORE_JOURNAL_H
#define STORE_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

#define JOURNAL_PATH_SIZE 4096

struct journal;

/* Opens the journal of @store's own log, or begins it; a record that was cut short by a power cut
 * is taken off its end, a damaged file is renamed and a new one begun. -errno, -ENOENT without the
 * directory. */
int journal_open(struct journal **ret, const char *directory, struct store *store);
void journal_close(struct journal *journal); /* NULL is fine */

/* Appends the taps it has not, and syncs. The number appended, or -errno: open it again then. */
int64_t journal_catch_up(struct journal *journal, struct store *store);
int64_t journal_last_seq(const struct journal *journal);

/* Is there any journal in @directory ("" for none)? */
bool journal_exists(const char *directory);

/* Puts the taps of every journal in @directory that @store lacks beside our own log, as a merge
 * would. Records up to the first that does not hold. Returns how many taps came in, or -errno. */
int64_t journal_take_in(struct store *store, const char *directory);

#endif
