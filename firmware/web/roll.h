/** Who was met: a set of ids with what is remembered of each. init by zeroes; one thread. */
#ifndef WEB_ROLL_H
#define WEB_ROLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/schedule.h"

struct roll_entry {
	char id[ID_TEXT_SIZE], session[ID_TEXT_SIZE];
	int64_t first_ms, last_ms; /* arrival, newest tap; 0 for none */
	int64_t session_ms;        /* newest of a session */
	int64_t since_ms, out_ms;  /* arrival after the last check-out, and that; 0 for none */
	bool in, first_unsure, last_unsure, since_unsure; /* unsure: of a clock that was not set */
};

struct roll {
	struct roll_entry *entries; /* in the order they were met */
	size_t count, capacity;
	uint32_t *slots; /* index + 1; a power of two, at most half full */
	size_t slot_count;
};

/* The entry of @id, zeroed but for it when it is new (*@ret_new, which may be NULL). NULL without
 * memory. Valid until the next call. */
struct roll_entry *roll_meet(struct roll *roll, const char *id, bool *ret_new);
/* A check-in or check-out of the day, in any order. Of several kiosks' logs, one after another, a
 * check-out that is told late may leave since_ms at the newest check-in. */
void roll_note(struct roll_entry *entry, int64_t at_ms, bool in, bool sure);
/* The entry of @id; NULL for who was not met. Valid until the next call of roll_meet. */
const struct roll_entry *roll_find(const struct roll *roll, const char *id);
void roll_clear(struct roll *roll); /* keeps the memory */
void roll_finish(struct roll *roll);

#endif
