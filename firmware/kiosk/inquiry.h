/**
 * One tap while it is decided: whose it is, which door and which session it is for, and what the
 * log already knows of it. Gathered by queries; writes nothing. Clerk thread only.
 */
#ifndef KIOSK_INQUIRY_H
#define KIOSK_INQUIRY_H

#include "kiosk/facts.h"
#include "store/badge.h"

struct inquiry {
	const struct programme_cache *programme;
	const struct config *config;
	const struct tap *tap;
	struct badge_owner owner;
	struct badge_key key; /* the one the badge is known by, else the best */
	enum door door;
	int64_t opens_ms;
	const struct session *session; /* what the tap is for; NULL for the event as a whole */
	bool several, reserved;        /* several fit side by side; a place was kept */
	bool in_event;                 /* with FACT_FULL: already in, though not in the session */
	struct presence presence;
	unsigned facts;
};

/* Fills what is known of @inquiry->tap; programme, config and tap are given. 0 or -errno. */
int inquiry_gather(struct inquiry *inquiry, struct store *store);

/* The sessions a tap at @wall_ms may be for, as indices into the programme; @room "" for any. */
size_t inquiry_candidates(const struct programme_cache *programme, const struct config *config,
	int64_t wall_ms, const char *room, size_t ret[SCHEDULE_ROWS_MAX]);

/* Is @code among the blank-separated @list? */
bool inquiry_lists(const char *list, const char *code);

#endif
