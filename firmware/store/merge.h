/**
 * Taking in what another kiosk of the same venue knows.
 *
 * Logs are joined by (log_id, seq): any order, any overlap, twice, and every kiosk that has merged
 * the same files exports and reports the same bytes. A log that both know must be the same as far
 * as both know it. Other tables are joined row by row: of two versions of a row the one changed
 * last stays, whole (of two changed in the same millisecond, the one that sorts last), but who is
 * forgotten on either side is forgotten, whatever was changed when; of two links of a badge the
 * newest holds, but a list read by a kiosk that knew nothing of the badge does not give it back to
 * somebody who handed it on; lost or found, what was said of a badge last holds; of two corrections
 * of a tap the first is exported; of two notes by hand on a tap the first stays. Nothing of ours is
 * lost from the log by merging. Organisers' badges, passwords, settings and the audit log stay what
 * they are: they are this kiosk's own.
 *
 * The import before a merge can no longer be put back: that would wipe what came from the others.
 *
 * Everything goes in by transactions of at most 20 ms, people and programme first, then taps in
 * their order; after each of them counters equal a recount. A merge that was cut short leaves what
 * was taken in, and the next one goes on from there. One thread; not while a transaction of @store
 * is open.
 */
#ifndef STORE_MERGE_H
#define STORE_MERGE_H

#include "core/said.h"
#include "store/store.h"

/* A cell of a row that both have, differently. */
struct merge_difference {
	const char *kind, *which;           /* "attendee", "Ada de Vries" */
	const char *column, *ours, *theirs; /* other rows by their names, times as _ms since 1970 */
	bool theirs_stays;
};

struct merge_report {
	int64_t logs, taps, corrections; /* new here */
	int64_t rows;                    /* of people, organisations, programme: new or changed */
	int64_t differences;
	int64_t organisers; /* their badges that open the other kiosk's service screen, not this
			       one's */
	bool begun;         /* something may have been taken in */
	struct said why;    /* on failure: what was wrong */
};

/**
 * Merges the file at @path, which is read only, into @store. @scratch is a file name in a directory
 * with room for a copy; it is removed. @differ (may be NULL) is told of each difference before it
 * is settled. 0, or -errno with ret->why: -EMEDIUMTYPE and -EOVERFLOW (foreign, newer),
 * -EKEYREJECTED (another venue), -EUCLEAN (damaged or changed), -ENOTUNIQ (the two tell different
 * stories about the same taps).
 */
int store_merge(struct store *store, const char *path, const char *scratch,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	struct merge_report *ret);

#endif
