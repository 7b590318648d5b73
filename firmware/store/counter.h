/**
 * Counters of participation: check-ins and stays by session (or event and day) and organisation,
 * and which persons were where. They are kept in the transaction of whatever changes them, so they
 * always equal a full recount of the log.
 *
 * What a badge's taps count for depends on the taps, on whose badge it is, on corrections and on
 * anchors. Whoever changes one of these for a badge calls counter_leave before and counter_enter
 * after, in one transaction. A person's move to another organisation is followed by a trigger in
 * the file. Merged organisations, clusters and session days are looked up when a report is made and
 * touch no counter. A person who is forgotten keeps a row in attendee with id and organisation.
 *
 * A session has its own day, so a tap for a session is counted on the session's day; other taps on
 * the local day of their corrected time. A stay is measured between a check-in and the check-out
 * that follows it, by the same badge, in the same place and the same run of the kiosk.
 *
 * 0 or -errno. The thread of the store.
 */
#ifndef STORE_COUNTER_H
#define STORE_COUNTER_H

#include "store/tap_log.h"

/* Once for each open store, before anything else here. */
int counter_prepare(struct store *store);

/* On the tap path, after the tap was inserted as @seq and in its transaction. */
int counter_add_tap(struct store *store, const struct tap_record *record, int64_t seq);

/* Takes out, and puts in, all that the taps of one badge count for. */
int counter_leave(struct store *store, const struct badge_key *key);
int counter_enter(struct store *store, const struct badge_key *key);

/* The same for every badge with a tap that an anchor of @boot and @grade gives another time; the
 * boot is the log's last. @change runs in between, in the same transaction. */
int counter_around_boot(struct store *store, const struct boot_id *boot, enum clock_grade grade,
	int (*change)(struct store *store, const void *context), const void *context);

/* Throws the counters away and counts the whole log anew, in the caller's transaction. For files
 * that were restored, or counted by an older program. */
int counter_rebuild(struct store *store);

/* Rebuilds when a migration asked for it: one transaction, begun anew by whoever opens the file
 * next when it is cut short. A kiosk does it before it takes its first tap; the others do not
 * migrate while a kiosk runs. */
int counter_catch_up(struct store *store);

/**
 * The independent path: counts the log by one query of its own and compares. 0 when all agree,
 * with the number of counters; -EUCLEAN with @ret_fault naming the first that does not.
 */
struct recount {
	int64_t counters; /* that were compared */
	int64_t differ;
	char fault[256];
};
int counter_verify(struct store *store, struct recount *ret);

#endif
