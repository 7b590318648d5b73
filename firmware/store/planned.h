/** One session as the organiser changes it on the day. 0 or -errno as store.h says. */
#ifndef STORE_PLANNED_H
#define STORE_PLANNED_H

#include "store/programme.h"

/* A session with what was first announced, and which event it is of. */
struct planned_session {
	struct session session;
	char event[ID_TEXT_SIZE];
	char announced_room[SESSION_ROOM_SIZE];
};

int planned_find(struct store *store, const char *id, struct planned_session *ret); /* -ENOENT */

/* Saves all of it but @taken. With id "" it is new: code (made of the title when "") and id are
 * filled in. */
int planned_save(struct store *store, struct planned_session *session);

/* Saves the event; with id "" it is new, and code (made of the title when "") and id are filled in.
 */
int event_save(struct store *store, struct event *event);

/* Equal on every kiosk: the event's id and the organiser's own name for the session. Pure. */
void session_id_of(char ret[ID_TEXT_SIZE], const char *event, const char *code);
/* A code people can type: the folded title with dashes. Pure. */
void code_of_title(char ret[SESSION_CODE_SIZE], const char *title);

#endif
