/** Shared by the files of a merge: the other file is attached as "other". */
#ifndef STORE_MERGE_PRIVATE_H
#define STORE_MERGE_PRIVATE_H

#include "store/merge.h"
#include "store/store_private.h"

/* merge_rows.c: tells @differ, which may be NULL, of every cell in which both differ. */
int merge_differences(struct store *store,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	int64_t *ret_count);

/*
 * Each of these goes in by chunks, and after every chunk the counters equal a recount. Rows come
 * first, since all others speak of them; then what taps that are here or come are read by; then
 * taps; last, forgotten people lose the links that came along.
 */
int merge_rows(struct store *store, struct merge_report *report); /* people and programme */
/* By what clocks names were written: before any of these rows come, lest somebody is forgotten who
 * only seems to be of long ago. */
int merge_stamps(struct store *store);
int merge_sets(struct store *store); /* what only grows */
int merge_anchors(struct store *store);
/* merge_badges.c: corrections, credits and links change what a badge's taps count for. A
 * correction of a tap holds for what stands in its place since its time became known, whichever of
 * the two comes first. */
int merge_corrections(struct store *store, int64_t *ret_count);
int merge_credits(struct store *store);
int merge_links(struct store *store);
int merge_forgotten(struct store *store);
int merge_notes(struct store *store); /* what was changed by hand, and why */

#endif
