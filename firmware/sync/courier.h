/**
 * Brings the hub what it does not have: first the taps of every log in the file, after the last one
 * it holds and only where its chain is ours; then what changed of everything else (sync/herald.h).
 *
 * The hub keeps the bookmark, which is how far each log is there. Nothing is kept here but what it
 * said, for as long as the connection lasts.
 */
#ifndef SYNC_COURIER_H
#define SYNC_COURIER_H

#include "base/seal.h"
#include "base/sync_state.h"
#include "store/store.h"
#include "sync/hub.h"

struct courier;

int courier_create(struct courier **ret, struct hub *hub, const struct venue_key *key);
void courier_destroy(struct courier *courier); /* NULL is fine */
void courier_forget(struct courier *courier);  /* with each new connection or file */

/* One round over @store. 0 when the hub has all of it; 1 when what is left may wait until
 * *@ret_again_ms, monotonic; -errno as sync/hub.h, and -EPERM where the hub holds another chain
 * under the name of our log. @state gets the words for it. */
int courier_round(struct courier *courier, struct store *store, struct sync_state *state,
	int64_t *ret_again_ms);

/* Taps of our own log that the hub did not have when it last answered; -1 when it never did. */
int64_t courier_waiting(const struct courier *courier, struct store *store);

#endif
