/** Taps of a boot whose clock nobody could trust, so that no session was known for them. The thread
 * of the store. */
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
};

/* Of our own log, the check-ins and check-outs of @boot that are not corrected, oldest first: as
 * long as @boot is the last one in the log. @ret is malloc, NULL when there are none. 0 or -errno.
 */
int untimed_load(struct store *store, const struct boot_id *boot, struct untimed_tap **ret,
	size_t *ret_count);

#endif
