/**
 * People as the organiser looks them up and changes them by hand. Reading functions take any store;
 * the others STORE_WRITE, in short transactions. 0 or -errno as store.h says.
 */
#ifndef STORE_PERSON_H
#define STORE_PERSON_H

#include "store/attendee.h"
#include "store/tap_log.h"

enum person_sort { PERSON_BY_NAME, PERSON_BY_ORGANISATION, PERSON_BY_CLUSTER };

/* Pointers live until the callback returns; "" for none. */
struct person_row {
	const char *id, *given_name, *family_name, *email;
	const char *organisation_id, *organisation, *organisation_kind, *cluster;
	const char *origin; /* as attendee_origin has it */
	bool has_badge, blocked;
	struct badge_key key; /* the one linked last */
};
int person_each(struct store *store, enum person_sort sort,
	int (*row)(void *context, const struct person_row *person), void *context);

/* One line of a person's log, newest first; all of them, of which a few hundred are held at a time.
 * A nonzero return of @row ends it and is returned. */
struct person_tap {
	const char *log_id;
	int64_t seq, wall_ms; /* corrected by anchors */
	bool sure;            /* of a clock that was set, or corrected by one */
	enum verdict verdict;
	enum direction direction;
	bool counts, by_hand;
	const char *kiosk, *session; /* title */
	struct badge_key key;
	const char *reason, *who;               /* of an entry by hand */
	bool undone;                            /* corrected */
	const char *undone_reason, *undone_who; /* who is "" when it was not done here */
	int64_t undone_ms;
};
int person_tap_each(struct store *store, const char *attendee,
	int (*row)(void *context, const struct person_tap *tap), void *context);

/* The badge linked last; -ENOENT without one. @ret_since_ms may be NULL. */
int person_badge(
	struct store *store, const char *attendee, struct badge_key *ret, int64_t *ret_since_ms);
/* The key of somebody without a badge: not of any badge, the same on every kiosk. */
void person_id_key(const char *attendee, struct badge_key *ret);
/* Under which key somebody's entries by hand are kept: the badge's, else one made of the id. */
int person_entry_key(struct store *store, const char *attendee, struct badge_key *ret);

/* Saves all of a person but badges; a new organisation is added, a known one stays as it is. With
 * id "" it is somebody new: @person->id is filled in. -EEXIST: somebody with that e-mail address is
 * there already, and @person->id says who. -ENOENT: they were forgotten meanwhile. */
int person_save(struct store *store, struct attendee *person);

/* Who did what to a tap by hand and why: for the person's page. @log_id "": our own.
 * Goes when the person goes. */
enum hand_act { HAND_ENTERED, HAND_UNDONE };
int hand_note_add(struct store *store, const char *log_id, int64_t seq, enum hand_act act,
	const char *who, const char *reason, int64_t wall_ms);

#endif
