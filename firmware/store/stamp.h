/**
 * Stamps: times at which somebody's names were written while nobody could trust the clock. Such a
 * time may lie years before or after the real one, and names are kept by it. Once the clock is
 * trusted, names with that stamp count as written then: their time begins anew, and nobody is
 * forgotten, or kept, because a clock was wrong. A stamp names nobody and stays.
 * The thread of the store; 0 or -errno.
 */
#ifndef STORE_STAMP_H
#define STORE_STAMP_H

#include "store/store.h"

/* Whoever writes names with @wall_ms as their changed_ms says so here, in its transaction or before
 * it. Nothing is written while the clock is trusted. */
int stamp_note(struct store *store, int64_t wall_ms);

/* What was noted until now is known to be no later than @now_wall_ms, by a clock that is trusted;
 * so are stamps that lie after it: whoever set the clock before was wrong. */
int stamp_settle(struct store *store, int64_t now_wall_ms);

#endif
