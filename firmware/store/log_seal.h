/**
 * Seals: what the kiosk's key vouched for about its own log, kept beside it. A seal says "this log
 * had this many taps and this head then". Without seals a log whose end was cut off looks like a
 * shorter log; with them the cut shows, and so does a chain that somebody computed anew.
 *
 * Taps after the last seal are guarded by the chain alone. The kiosk seals when it is idle and when
 * it ends, never on the tap path.
 */
#ifndef STORE_LOG_SEAL_H
#define STORE_LOG_SEAL_H

#include "base/sign.h"
#include "store/tap_log.h"

/* Seals our own log as it is. 1 sealed, 0 nothing new since the last seal, -errno. */
int log_seal_make(struct store *store, const struct sign_key *key, int64_t wall_ms);

/* Up to which tap of the log @public has sealed it; 0 for none. */
int log_seal_last(struct store *store, const char *log_id, const uint8_t public[SIGN_PUBLIC_BYTES],
	int64_t *ret_seq);

#endif
