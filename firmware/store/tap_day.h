/** What the organiser's page shows of today, read in short pages so that no reader pins the WAL. */
#ifndef STORE_TAP_DAY_H
#define STORE_TAP_DAY_H

#include "store/tap_log.h"

/* One tap of the day. Pointers live until the callback returns; "" for none. */
struct day_tap {
	int64_t log;          /* 0 our own, another kiosk's number else */
	int64_t seq, wall_ms; /* corrected by anchors */
	enum clock_grade grade;
	enum direction direction;
	enum verdict verdict;
	bool counted;                       /* or a check-out; badge known, not corrected */
	bool open;                          /* unknown, not linked since, not blocked */
	const char *event, *session, *room; /* ids; the room of the session */
	const char *attendee, *name;        /* id; both names */
	const char *organisation, *organisation_name, *organisation_cluster; /* id first */
	struct badge_key key;
};

/* From @from_ms until before @to_ms, log by log, of each log the newest first. A clock that was
 * wrong puts taps out of order, so it ends only after a whole page of older ones. A nonzero return
 * of @row ends it and is returned. */
int tap_day_each(struct store *store, int64_t from_ms, int64_t to_ms,
	int (*row)(void *context, const struct day_tap *tap), void *context);

/* The newest tap of this kiosk, as its clock had it; seq 0 for none. */
struct tap_newest {
	int64_t seq, wall_ms;
};
int tap_newest(struct store *store, struct tap_newest *ret);

/* Badges that tapped and that nobody is linked to yet. */
int badge_count_unknown(struct store *store, int64_t *ret);

#endif
