/**
 * People and their lists. Names live here and nowhere else, so that forgetting a person leaves the
 * log whole.
 */
#ifndef STORE_ATTENDEE_H
#define STORE_ATTENDEE_H

#include "base/seal.h"
#include "core/attendee_line.h"
#include "core/badge.h"
#include "core/organisation.h"
#include "core/schedule.h"
#include "store/store.h"

#define NAME_SIZE 128
#define ORGANISATION_SIZE 256
#define EMAIL_SIZE 256
#define LANGUAGE_SIZE 8
#define SESSION_LIST_SIZE 512
#define WORD_SIZE 16

struct attendee {
	char id[ID_TEXT_SIZE];
	char given_name[NAME_SIZE], family_name[NAME_SIZE];
	char organisation[ORGANISATION_SIZE]; /* as displayed */
	char organisation_kind[WORD_SIZE];    /* company, education, government, research, culture,
						 other, "" */
	char education_level[WORD_SIZE];      /* mbo, hbo, wo, "" */
	char cluster[CLUSTER_CODE_SIZE];      /* of the organisation */
	char region[WORD_SIZE];               /* inside, outside, "" */
	char growth[WORD_SIZE];               /* start-up, scale-up, "" */
	char email[EMAIL_SIZE];
	char language[LANGUAGE_SIZE];     /* nl, en, "" */
	char sessions[SESSION_LIST_SIZE]; /* codes pre-registered for, separated by one blank */
};

/* The one person whose id this is; -ENOENT, also when forgotten. */
int attendee_by_id(struct store *store, const char *id, struct attendee *ret);
/* @who: id, e-mail, or full name when only one person has it. -ENOENT, -EEXIST (several). */
int attendee_find(struct store *store, const char *who, struct attendee *ret);
int attendee_each(struct store *store, int (*row)(void *context, const struct attendee *attendee),
	void *context);
int attendee_count(struct store *store, int64_t *ret);

/* Where somebody comes from. A list that names them again takes the place of what was. */
#define IMPORT_SOURCE_SIZE 256
struct attendee_origin {
	char kind[8];                  /* "file", "kiosk", "hand"; "" when it was not kept */
	char file[IMPORT_SOURCE_SIZE]; /* its name without directory */
	unsigned line;                 /* 0 when not known */
	int64_t wall_ms;               /* 0 when not known */
};
int attendee_origin(struct store *store, const char *id, struct attendee_origin *ret); /* -ENOENT */

struct attendee_row {
	struct attendee attendee; /* id filled in by the import, as attendee_row_whose says */
	struct badge_key key;
	bool has_badge;
	unsigned line;                       /* of the file */
	char kvk[KVK_SIZE], town[TOWN_SIZE]; /* of the organisation; "" when not known */
};

/* What line @number of a list says of somebody; what is too long is cut. Its badge is sealed with
 * @key. */
void attendee_row_of(struct attendee_row *ret, const struct attendee_line *line, unsigned number,
	const struct venue_key *key);
/* The id an import gives somebody new: UUIDv5 of the e-mail address, else of badge and name (of the
 * badge alone for a line without a name), else of name and organisation. Pure. */
void attendee_row_id(char ret[ID_TEXT_SIZE], const struct attendee_row *row);
/* Whose line it is: of who has its e-mail address; without one, of who has its badge and is called
 * so; else of somebody new. Who was forgotten never comes back: the id is then the next of the same
 * seed, the first that was not forgotten, so that kiosks that forgot the same people give the same.
 */
int attendee_row_whose(struct store *store, const struct attendee_row *row, char ret[ID_TEXT_SIZE]);
/* Was whoever the line is of forgotten at @since_ms or later, which is when the list was read?
 * False after trouble. */
bool attendee_row_is_forgotten(
	struct store *store, const struct attendee_row *row, int64_t since_ms);
bool attendee_forgotten_since(struct store *store, int64_t since_ms); /* anybody */

/**
 * An import: rows go in by chunks under a new generation that nobody sees; attendee_import_finish
 * decides that they count, in one flip, and then moves them to where everybody looks: the
 * organisations, then person by person, whole, with the badge. A list of 100,000 is in within
 * seconds, no tap waits for it, and what a power cut leaves undone attendee_import_resume does.
 * People whom the file does not name stay as they are. Every transaction is one of at most 20 ms.
 * Rows may repeat; the last one wins.
 */
struct import;
/* -EALREADY: another list is being read in or put back, by whichever program. */
int attendee_import_begin(
	struct import **ret, struct store *store, const char *source, int64_t wall_ms);
int attendee_import_row(struct import *import, const struct attendee_row *row);
struct import_counts {
	int64_t added, changed, same;
	int64_t moved; /* badges, from one to another */
};
int attendee_import_finish(
	struct import *import, struct import_counts *ret); /* frees @import, also on failure */
/* Lets go of what taps wait for, until the next row. */
int attendee_import_pause(struct import *import);
/* Goes on with imports that were decided and cut short; a look costs nothing when there is none. */
int attendee_import_resume(struct store *store);
void attendee_import_abandon(struct import *import); /* leaves nothing visible; NULL is fine */

/* The newest import, as long as it can be put back: until the next one, until somebody was
 * forgotten, or until another kiosk's file was merged, whose people it would wipe. -ENOENT. */
struct import_undo {
	char source[IMPORT_SOURCE_SIZE];
	int64_t wall_ms, people;
};
int attendee_import_undoable(struct store *store, struct import_undo *ret);
/* Puts back what it changed, some people at a time, each whole; when it is broken off, the next
 * call goes on. Who came with it goes; whoever of them was counted since is forgotten, until a list
 * names them again, so that the counts stay. -ENOENT; -EALREADY as attendee_import_begin has it. */
int attendee_import_undo(struct store *store, int64_t wall_ms);

#endif
