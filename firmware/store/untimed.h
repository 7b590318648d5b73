/** Taps of a boot of which the time is known better by now: no session was known for them, or a
 * wrong one. The thread of the store. */
#ifndef STORE_UNTIMED_H
#define STORE_UNTIMED_H

#include <stddef.h>

#include "store/tap_log.h"

struct untimed_tap {
	int64_t seq;
	struct badge_key key;
	struct moment at; /* raw */
	enum technology technology;
	enum direction direction;
	bool counts;
	char event[ID_TEXT_SIZE], session[ID_TEXT_SIZE]; /* "" for none */
	/* Whose it was then; "" when nobody knew, or the badge tells. */
	char attendee[ID_TEXT_SIZE];
};

/* What a number of a setting can hold of a boot; never 0. */
int64_t untimed_boot_number(const struct boot_id *boot);

/* Of our own log after @after, the check-ins, check-outs, repeats and closed doors of @boot, and of
 * the boot with the number @earlier_boot (0 for none), that are not corrected, oldest first. @ret
 * is malloc, NULL when there are none. 0 or -errno. */
int untimed_load(struct store *store, int64_t after, const struct boot_id *boot,
	int64_t earlier_boot, struct untimed_tap **ret, size_t *ret_count);

/* The moment by the best that is known of its boot by now, and by whom. 0 or -errno. */
int untimed_repair(struct store *store, struct moment *at);

#endif
