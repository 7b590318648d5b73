/** Shared by merge.c and merge_tables.c: the other file is attached as "other". */
#ifndef STORE_MERGE_PRIVATE_H
#define STORE_MERGE_PRIVATE_H

#include "store/merge.h"
#include "store/store_private.h"

/* Tells @differ, which may be NULL, of every cell in which both differ. */
int merge_differences(struct store *store,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	int64_t *ret_count);

/* Joins every table but the taps. Inside a transaction. */
int merge_tables(struct store *store, struct merge_report *report);

#endif
