/** Other kiosks whose logs were merged: how far what we hold of them reaches. The thread of the
 * store.
 */
#ifndef STORE_PEER_H
#define STORE_PEER_H

#include "core/clock_repair.h"
#include "store/store.h"

#define PEER_KIOSK_SIZE 128

struct peer {
	char kiosk[PEER_KIOSK_SIZE]; /* its name at its newest tap */
	int64_t last_ms;             /* that tap, corrected by anchors */
	enum clock_grade grade;
};

/* Each log with a tap, in the order of their kiosks' names. 0, -errno, or what @take returned when
 * that was not 0. */
int peer_each(
	struct store *store, int (*take)(void *context, const struct peer *peer), void *context);

#endif
