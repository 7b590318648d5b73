/**
 * Which badge is whose, which is nobody's, which was reported lost. Reading functions take any
 * store; the others write in short transactions, or in the caller's. 0 or -errno as store.h says.
 */
#ifndef STORE_BADGE_H
#define STORE_BADGE_H

#include "store/attendee.h"

struct badge_owner {
	bool known, blocked;
	struct attendee attendee; /* when known */
};

/* Whose badge is this now? Prepared once, no allocation: on the tap path. 0 also when unknown. */
int badge_find_owner(struct store *store, const struct badge_key *key, struct badge_owner *ret);

/* Links from now on and, for its pending taps, backwards. -ENOENT no such attendee, -EEXIST linked
 * to another. */
int badge_link(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms);
int badge_block(struct store *store, const struct badge_key *key, int64_t wall_ms);
int badge_each(struct store *store,
	int (*row)(void *context, const struct badge_key *key, const char *attendee,
		const char *name, bool blocked),
	void *context);

/* Badges that were tapped but are nobody's, newest first. */
struct unknown_badge {
	struct badge_key key;
	int64_t taps, last_ms;
	const char *kiosk, *session;
};
int badge_unknown_each(struct store *store,
	int (*row)(void *context, const struct unknown_badge *badge), void *context);

struct blocked_badge {
	struct badge_key key;
	const char *attendee, *name; /* "" when nobody's */
	int64_t since_ms, taps_since;
	int64_t last_ms;   /* of those taps, corrected by anchors; 0 for none */
	const char *kiosk; /* where that was */
};
int badge_blocked_each(struct store *store,
	int (*row)(void *context, const struct blocked_badge *badge), void *context);

/* -ENOENT */
int badge_unblock(struct store *store, const struct badge_key *key, int64_t wall_ms);
/* Takes it from whoever has it and gives it to @attendee; earlier taps stay with who had it, also
 * those of before anybody was known to have it. */
int badge_move(
	struct store *store, const struct badge_key *key, const char *attendee, int64_t wall_ms);

struct badge_counts {
	int64_t linked, without, blocked; /* badges; people without one; badges */
};
int badge_count_all(struct store *store, struct badge_counts *ret);

#endif
