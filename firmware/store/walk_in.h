/**
 * People who register at the kiosk themselves, and the organisations they name. 0 or -errno; the
 * thread of the store.
 */
#ifndef STORE_WALK_IN_H
#define STORE_WALK_IN_H

#include "store/attendee.h"

/**
 * Adds somebody: given name, organisation, its cluster and the language are taken, @person->id is
 * drawn. An organisation of that name stays as it is; a new one is marked to be checked by the
 * organiser. With @key the badge becomes theirs, which credits its pending taps at once; NULL for
 * none. One transaction, or part of the caller's. -EEXIST: the badge is somebody's.
 */
int walk_in_add(
	struct store *store, struct attendee *person, const struct badge_key *key, int64_t wall_ms);

/* Every name an organisation goes by, with the name it is shown by, its cluster and how many people
 * it has. Pointers live until the callback returns. */
int walk_in_each_name(struct store *store,
	int (*row)(void *context, const char *known_as, const char *name, const char *cluster,
		int64_t people),
	void *context);

/* Organisations that walk-ins added and nobody has looked at. */
int walk_in_count_to_check(struct store *store, int64_t *ret);

#endif
