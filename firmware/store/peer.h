/** The kiosks whose logs are in the file: what each says of itself, and how far what we hold of the
 * others reaches. The thread of the store; 0 or -errno.
 */
#ifndef STORE_PEER_H
#define STORE_PEER_H

#include "core/clock_repair.h"
#include "store/store.h"

#define PEER_KIOSK_SIZE 128
#define PEER_VERSION_SIZE 64

struct peer {
	char kiosk[PEER_KIOSK_SIZE];     /* its name at its newest tap, or else at a start */
	char version[PEER_VERSION_SIZE]; /* that it ran as last heard; "" when it never said */
	int64_t taps;
	int64_t last_ms; /* its newest tap, corrected by anchors; 0 without one */
	enum clock_grade grade;
	int64_t made_ms;  /* when its log was begun */
	int64_t heard_ms; /* when it was last merged here; 0 not known */
};

/* What this kiosk is called and which version it runs, for others to hear by a merge. Written only
 * when it is another than before. */
int peer_say(struct store *store, const char *kiosk, const char *version);

/* It was heard of, now: remembered where the clock is trusted. */
int peer_heard(struct store *store, const char *log_id);

/* Each other log, in the order of their kiosks' names. Not one that ended before another of the
 * same name began: a kiosk that was put back from a backup goes on with a new log. A return of
 * @take that is not 0 ends it and is returned. */
int peer_each(
	struct store *store, int (*take)(void *context, const struct peer *peer), void *context);

#endif
