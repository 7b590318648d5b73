/** What an import found, kept beside it until the next, so that it can be put back. store/ only. */
#ifndef STORE_IMPORT_BEFORE_H
#define STORE_IMPORT_BEFORE_H

#include "store/store_private.h"

/* Notes a person or organisation, or whose a badge is, in the caller's chunk. */
int import_before_note(
	struct store *store, enum statement which, int64_t generation, const char *id);
int import_before_badge(struct store *store, int64_t generation, const struct badge_key *key);
/* 1 when all that was noted for @people is still there; 0 when a merge came between. */
int import_before_is_whole(struct store *store, int64_t generation, int64_t people);
/* In the transaction of the flip: this is the one that can be put back. */
int import_before_keep(struct store *store, int64_t generation, int64_t wall_ms, int64_t people);
/* Drops what was noted for all but @generation (-1: for all), in short transactions of its own
 * unless the caller has one. */
int import_before_clear(struct store *store, int64_t generation);

#endif
