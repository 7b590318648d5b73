/** Who was met: a set of ids with what is remembered of each. init by zeroes; one thread. */
#ifndef WEB_ROLL_H
#define WEB_ROLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/schedule.h"

struct roll_entry {
	char id[ID_TEXT_SIZE], session[ID_TEXT_SIZE];
	int64_t first_ms, last_ms,
		session_ms; /* arrival, newest tap, newest of a session; 0 for none */
	bool in, first_unsure, last_unsure; /* unsure: of a clock that was not set */
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
/* The entry of @id; NULL for who was not met. Valid until the next call of roll_meet. */
const struct roll_entry *roll_find(const struct roll *roll, const char *id);
void roll_clear(struct roll *roll); /* keeps the memory */
void roll_finish(struct roll *roll);

#endif
