/**
 * The one file: attendance.db (SQLite, WAL, synchronous=FULL, STRICT tables, foreign keys).
 *
 * A struct store is one connection with its prepared statements and belongs to one thread. Only
 * the kiosk opens it STORE_KIOSK and inserts taps; the command line opens it STORE_WRITE for
 * short transactions or STORE_READ; who only reads beside them, for as long as it runs,
 * STORE_FOLLOW: that never migrates (-ESTALE) and never takes the file for one nobody writes.
 * Functions return 0 or -errno: -ENOSPC (disk full), -EBUSY (locked longer than the busy timeout),
 * -EUCLEAN (damaged), -ENOENT (no such row), -EEXIST, -EIO (anything else); SQLite's own words were
 * then logged, and store_words() repeats them.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#define STORE_FILE_NAME "attendance.db"
#define STORE_APPLICATION_ID 0x494E4350 /* "INCP" */

enum store_mode { STORE_READ, STORE_FOLLOW, STORE_WRITE, STORE_KIOSK };

struct store;

/**
 * Opens @path; STORE_WRITE and STORE_KIOSK create and migrate it. A file of another program or of
 * a newer version is refused (-EMEDIUMTYPE, -EOVERFLOW). STORE_KIOSK also takes the lock that makes
 * a second kiosk on the same file fail with -EBUSY, and turns automatic checkpoints off.
 */
int store_open(struct store **ret, const char *path, enum store_mode mode);
void store_close(struct store *store); /* NULL is fine */
const char *store_words(
	const struct store *store); /* last trouble in words; valid until the next call */

/* How much of the file this handle keeps in memory. */
void store_set_cache(struct store *store, int kib);

/* PRAGMA quick_check; 0 or -EUCLEAN. */
int store_check(struct store *store);

/* The same where the file is small enough to be read while people wait; a large one is looked at
 * where taps go, and the keeper checks the rest. */
int store_check_at_start(struct store *store);

/* Notes beside the file that it is damaged, so that the next store_check_at_start says -EUCLEAN. */
int store_mark_damaged(struct store *store);

/* Reads what taps look up, so that it need not come from the card one by one; in proportion to the
 * number of badges, so not before the first tap may come. */
int store_warm(struct store *store);

/* One transaction around several calls. Nesting is not allowed. */
int store_begin(struct store *store);
int store_commit(struct store *store);
/* When this handle last brought rows to the medium, wall clock; 0 never. */
int64_t store_kept_ms(const struct store *store);
void store_rollback(struct store *store); /* fine without a transaction */

/* A number that changes when another connection has changed the file: reread what was cached. */
int64_t store_data_version(struct store *store);

/* Ends what the store's thread is doing in SQLite, which then fails with -EINTR and is undone. From
 * any thread, while the store is open. */
void store_interrupt(struct store *store);

/* Moves the WAL into the file; for idle moments only. Returns pages left or -errno. */
int store_checkpoint(struct store *store);

/* The log's name, drawn when the file was made (UUID text, 36 characters), valid while open. */
const char *store_log_id(const struct store *store);

/* Whose venue key sealed the badges in here (venue_key_print); "" when nobody said so yet. Valid
 * while open. */
const char *store_venue(const struct store *store);
/* Says that it is this venue's. A file without badges may change venue; -EKEYREJECTED for another
 * one. */
int store_claim_venue(struct store *store, const char *venue);

#endif
