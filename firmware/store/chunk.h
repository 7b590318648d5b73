/**
 * Work that is too much for one transaction: it goes in by chunks, and between two of them a tap
 * that waits gets its turn. The thread of the store.
 */
#ifndef STORE_CHUNK_H
#define STORE_CHUNK_H

#include "store/store.h"

#define CHUNK_MS 10 /* a tap waits no longer than this for anybody, and for the commit */

/* Runs @step again and again, each time in a transaction with those before it, until it returns 0
 * or -errno; 1 means that there is more. What was committed before a failure stays, and when this
 * returns 0 all of it is on the medium. */
int chunk_run(struct store *store, int (*step)(void *context), void *context);

/* Between the two, commits of @store do not wait for the medium: a tap does not wait for them
 * either, and commits keep their order, so that a power cut takes the last of them and never one
 * between. chunk_settle waits for all. On the kiosk's own store, where every commit is a tap's,
 * both do nothing. 0 or -errno. */
int chunk_hurry(struct store *store);
int chunk_settle(struct store *store);

/* After a commit, by whoever begins the next transaction at once: without it SQLite's lock goes to
 * the one who asks most often. */
void chunk_give_way(void);

#endif
