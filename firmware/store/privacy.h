/**
 * Forgetting people while the counts stay.
 *
 * A forgotten attendee keeps a number (the id that stands in the chained log) and an organisation;
 * given and family name, e-mail, language, chosen sessions and every link to a badge go. Taps that
 * were theirs by a link alone are credited to the number first, so that reports do not change.
 * Notes on entries by hand go too. The reasons of corrections, downloads and the audit log stay,
 * but their name is blanked in them (none of these is in the chain): full name and e-mail address
 * wherever they stand, a given or family name alone where the row is about them; a nickname, or a
 * name that was misspelt, is not found. What stays can not be read back to a name: a badge key is a
 * hash keyed by the venue key, and no row says any more whose it was. Somebody who holds the venue
 * key and the badge itself can still see that this badge was here; somebody who knows an e-mail
 * address can still compute the number that a list with that address was given.
 *
 * Forgotten is for good, but for whoever only went with a list that was put back: no list, merge or
 * hand puts a name on a forgotten attendee again. Whoever comes back on a list is somebody new,
 * with a number of their own (attendee_row_whose), and what was counted before stays with the old
 * one.
 *
 * Nobody's name may stay in unused parts of the file either: privacy_purge rewrites the pages that
 * held names and empties the WAL, and privacy_clean_copy does the same to a backup. What a flash
 * card keeps below the file system is out of reach.
 *
 * 0 or -errno. The thread of the store.
 */
#ifndef STORE_PRIVACY_H
#define STORE_PRIVACY_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

/* Forgets one attendee, in one short transaction, after a list that was decided and cut short went
 * on; what a list on its way in says of them goes too. -ENOENT. */
int attendee_forget(struct store *store, const char *attendee, int64_t wall_ms);

/* Ends and removes every link of an attendee; the taps that were theirs by a link are credited to
 * them first. In the caller's transaction. */
int privacy_end_links(struct store *store, const char *attendee);

/* The same in the caller's transaction, while an import is put back. */
int privacy_forget_within(struct store *store, const char *attendee, int64_t wall_ms);

/* Takes a person's full name and e-mail address out of @text, as forgetting them does out of the
 * names of files; "…" stands there then. */
#define PRIVACY_TEXT_SIZE 2048
struct attendee;
void privacy_unname(char text[PRIVACY_TEXT_SIZE], const struct attendee *person);

/* Was this somebody, who was forgotten since? False after trouble. */
bool attendee_is_forgotten(struct store *store, const char *attendee);

/* Until when the names of this attendee are kept: @keep_ms after the last of: the list that named
 * them (stamp.h, where a wrong clock said when that was), the end of the event they were invited to
 * (else of the first that ended after the list was read), the end of each event they tapped at. */
int attendee_kept_until(
	struct store *store, const char *attendee, int64_t keep_ms, int64_t *ret_wall_ms);

/* The same for the lines of a list that was read at @read_ms and that nobody was made of yet. */
int list_kept_until(struct store *store, int64_t read_ms, int64_t keep_ms, int64_t *ret_wall_ms);

/* Forgets everybody whose time is up, in transactions of at most 20 ms. Only call it when the clock
 * can be trusted: what goes does not come back. */
int privacy_forget_due(
	struct store *store, int64_t keep_ms, int64_t now_wall_ms, int64_t *ret_count);

/* How many it would forget, if the clock said so; for whoever is about to set it. */
int privacy_count_due(
	struct store *store, int64_t keep_ms, int64_t now_wall_ms, int64_t *ret_count);

/* Was somebody forgotten since the last whole purge? */
bool privacy_purge_is_due(struct store *store);

/* Rewrites what held names: one transaction, in proportion to the attendees, corrections and
 * audit lines kept. -EBUSY while an
 * import is under way or somebody reads; -EINTR when store_interrupt ended it: try again. */
int privacy_purge(struct store *store);
int privacy_purge_done(struct store *store); /* after the copies were cleaned too */

/* Takes the names of whom @store has forgotten out of what was written in @other, which may still
 * know them: before rows of either go to the other. One short transaction a person. */
int privacy_blank_as(struct store *store, struct store *other);

/* Forgets in the database at @path, a copy made earlier, whom @store has forgotten, and purges. */
int privacy_clean_copy(struct store *store, const char *path);

#endif
