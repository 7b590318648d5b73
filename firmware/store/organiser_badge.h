/**
 * The badges of organisers: they open the kiosk's service screen. Such a badge is a key, not a
 * person: holding it is no attendance and writes no tap. Functions return 0 or -errno.
 */
#ifndef STORE_ORGANISER_BADGE_H
#define STORE_ORGANISER_BADGE_H

#include "core/badge.h"
#include "store/store.h"

/* -EEXIST when the badge is an attendee's: their taps would no longer count. */
int organiser_badge_add(struct store *store, const struct badge_key *key, int64_t wall_ms);

/* One lookup, no allocation: on the tap path. A blocked badge opens nothing. 1, 0 or -errno. */
int organiser_badge_opens(struct store *store, const struct badge_key *key);

/* Those that are not blocked. */
int organiser_badge_each(
	struct store *store, int (*row)(void *context, const struct badge_key *key), void *context);

#endif
