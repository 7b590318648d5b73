/**
 * How replication is doing: a small file beside the run directory, RUN-sync/state, which
 * incheckpaal-sync alone writes and whoever tells people about it reads. Any thread.
 */
#ifndef BASE_SYNC_STATE_H
#define BASE_SYNC_STATE_H

#include <stdint.h>

#include "core/sync_health.h"

#define SYNC_WORDS_SIZE 256
struct sync_state {
	enum sync_health health;
	int64_t waiting;             /* taps that the hub does not have yet; -1 not known */
	int64_t last_ms;             /* when the hub last had them all, wall clock; 0 never */
	char words[SYNC_WORDS_SIZE]; /* what is wrong, in English, one line; "" for nothing */
};

/* To be written anew at least this often. */
#define SYNC_STATE_MS 60000

const char *sync_health_name(enum sync_health health); /* "silent", "current", … */
int sync_state_write(const char *run, const struct sync_state *state); /* 0 or -errno */
void sync_state_remove(const char *run);
void sync_state_read(const char *run, struct sync_state *ret); /* SYNC_SILENT for none */

#endif
