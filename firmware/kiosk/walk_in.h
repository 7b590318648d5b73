/**
 * The desk for walk-ins: names of organisations while they type, the registration itself, and the
 * badge that somebody without one is given just after. Clerk thread only.
 */
#ifndef KIOSK_WALK_IN_H
#define KIOSK_WALK_IN_H

#include "face/flow.h"
#include "store/attendee.h"

struct clerk;
struct tap;

/* An organisation under one of its names. */
struct known_name {
	char folded[VIEW_ORGANISATION_SIZE], name[VIEW_ORGANISATION_SIZE];
	char cluster[CLUSTER_CODE_SIZE];
	int64_t people;
};

struct walk_in_desk {
	struct known_name *names; /* as of @data_version; NULL at first */
	size_t count, capacity;
	int64_t data_version;
	char attendee[ID_TEXT_SIZE]; /* registered without a badge; one held now is theirs */
	int64_t until_ms;
};

void walk_in_finish(struct walk_in_desk *desk);

void walk_in_suggest(struct clerk *clerk, const struct wish *wish);
void walk_in_register(struct clerk *clerk, const struct wish *wish);
/* A badge nobody owns, held just after a registration without one, becomes theirs: true. */
bool walk_in_take_badge(struct clerk *clerk, const struct tap *tap, int64_t at_ms);

#endif
