/**
 * Tells the hub everything but the taps: what a few sheets say, bucket by bucket (store/replica.h),
 * where that is not what the hub was told before. The hub keeps what that was. A kiosk that was
 * put back from a backup takes back what its earlier logs told of badges.
 */
#ifndef SYNC_HERALD_H
#define SYNC_HERALD_H

#include "base/seal.h"
#include "store/store.h"
#include "sync/hub.h"

struct herald;

int herald_create(struct herald **ret, struct hub *hub, const struct venue_key *key);
void herald_destroy(struct herald *herald); /* NULL is fine */
void herald_forget(struct herald *herald);  /* with each new connection or file */

/* 0 when the hub was told all of it; 1 when looking may wait until *@ret_again_ms, monotonic;
 * -errno as sync/hub.h. */
int herald_round(struct herald *herald, struct store *store, int64_t *ret_again_ms);

#endif
