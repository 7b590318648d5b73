/** Which kiosks the figures miss something of: what we hold of them ends some time ago. */
#ifndef WEB_BEHIND_H
#define WEB_BEHIND_H

#include <jansson.h>

#include "core/schedule.h"
#include "store/peer.h"

#define BEHIND_MS (15 * 60 * 1000LL)

/* Between @opens_ms and @closes_ms of a day, is what was merged of this kiosk too old at @now_ms to
 * count on? Not when it took no part in the event, which began at @begins_ms, nor by a clock that
 * nobody vouches for. Pure. */
bool peer_is_behind(const struct peer *peer, int64_t begins_ms, int64_t opens_ms, int64_t closes_ms,
	int64_t now_ms);

/* [{kiosk, until}] of all that are behind the programme now. 0 or -errno. */
int behind_json(struct store *store, const struct session *sessions, size_t count, int64_t now_ms,
	json_t **ret);
/* The same of every kiosk that was merged. */
int peers_json(struct store *store, json_t **ret);

#endif
