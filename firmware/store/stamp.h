/**
 * Stamps: times at which somebody's names were written by a clock that may have been wrong. Such a
 * time may lie years before or after the real one, and names are kept by it. What is known of that
 * moment is noted, so that it is read as taps are: by what is known of its boot. Where nobody ever
 * knew, names count as written when a clock that can be trusted sees them first: nobody is
 * forgotten, or kept, because a clock was wrong. A stamp names nobody and stays.
 * The thread of the store; 0 or -errno.
 */
#ifndef STORE_STAMP_H
#define STORE_STAMP_H

#include "store/store.h"

/* Whoever writes names with @wall_ms as their changed_ms says so here, in its transaction or before
 * it, at once. Nothing is written while the network tells the time. */
int stamp_note(struct store *store, int64_t wall_ms);

/* What @wall_ms is known to have been; 1 while nobody can say. */
int stamp_read(struct store *store, int64_t wall_ms, int64_t *ret_wall_ms);

/* What nobody could say until now was no later than @now_wall_ms, by a clock that is trusted. Where
 * the network tells the time, so was what lies after it. */
int stamp_settle(struct store *store, int64_t now_wall_ms);

#endif
