/** Which kiosks the figures miss something of: what we hold of them ends some time ago. */
#ifndef WEB_BEHIND_H
#define WEB_BEHIND_H

#include <jansson.h>

#include "core/schedule.h"
#include "store/peer.h"

#define BEHIND_MS (15 * 60 * 1000LL)

/* When people come: from the first session of today until the last, in an event that began at
 * begins_ms. Without sessions today opens_ms and closes_ms are 0, without any begins_ms too. */
struct hours {
	int64_t begins_ms, opens_ms, closes_ms, now_ms;
};
void hours_of(struct hours *ret, const struct session *sessions, size_t count, int64_t now_ms);

/* In these hours, is what was merged of this kiosk too old to count on? Not when it took no part in
 * the event, nor by a clock that nobody vouches for. Pure. */
bool peer_is_behind(const struct peer *peer, const struct hours *hours);

/* [{kiosk, until}] of all that are behind the programme now. 0 or -errno. */
int behind_json(struct store *store, const struct session *sessions, size_t count, int64_t now_ms,
	json_t **ret);
/* The same of every kiosk that was merged and has a tap. */
int peers_json(struct store *store, json_t **ret);

#endif
