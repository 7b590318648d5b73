/**
 * Link mode: somebody announced that the next badge is for one attendee. The screen asks for it,
 * and the badge held then gets its owner and is no attendance. Clerk thread only; time is a
 * parameter in monotonic milliseconds.
 */
#ifndef KIOSK_LINK_H
#define KIOSK_LINK_H

#include "core/badge.h"
#include "store/account.h"
#include "store/attendee.h"

struct clerk;

enum link_state {
	LINK_NONE, /* nobody asked since the start, or it was called off */
	LINK_WAITING,
	LINK_DONE,
	LINK_TAKEN, /* the badge is somebody else's, or an organiser's */
	LINK_FAILED,
	LINK_OVER, /* nobody came */
	LINK_STATE_COUNT
};

struct link {
	enum link_state state;
	char attendee[ID_TEXT_SIZE], name[NAME_SIZE];
	char by[WHO_SIZE];    /* who asked; "" when nobody said */
	struct badge_key key; /* with LINK_DONE and LINK_TAKEN */
	int phones;           /* held meanwhile, and refused */
	int64_t until_ms;
};

/* 0; -EBUSY while the kiosk waits for another attendee's badge. Asking again starts the time anew.
 */
int link_begin(struct clerk *clerk, const struct attendee *attendee, const char *by, int64_t at_ms);
void link_cancel(struct clerk *clerk);

/* A badge was held; true when it was for link mode and is dealt with. */
bool link_take(struct clerk *clerk, const struct badge_key *key, int64_t at_ms);
/* A phone was held. */
void link_note_phone(struct clerk *clerk);
void link_tick(struct clerk *clerk, int64_t at_ms);

const char *link_state_name(enum link_state state); /* "none", "waiting", …; static */

#endif
