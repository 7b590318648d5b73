/**
 * Backups: whole copies of the database, one a day, the newest seven kept (by what they hold:
 * backup_order.h); and putting one back.
 * Today's is made anew when people, programme, badges or options are others than in it: the journal
 * copy holds taps alone.
 *
 * A restored database goes on as a new log: what was tapped after the backup was made may have been
 * exported or merged already, and must not get the same numbers again. Its taps stand as an earlier
 * log beside it, as if they had been merged. The file that was there before is renamed, never
 * overwritten; a power cut at any moment leaves the one or the other in place (swap.h).
 *
 * Files are DIR/backup/attendance-YYYY-MM-DD.db; on a medium that several kiosks may share the name
 * goes on with the end of the log's id. 0 or -errno. Any thread; not on the tap path.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/said.h"
#include "store/store.h"

#define BACKUP_DIRECTORY "backup"
#define BACKUP_DEPTH 7
#define BACKUP_PATH_SIZE 4096
#define OPENED_MARK ".opened" /* attendance.db.opened: out of a coffer, while it is put back */
#define ASIDE_MARK ".aside-"  /* attendance.db.aside-20261124-133000 */

/* Makes today's backup of @data's database in @directory, unless it is there, and drops those of
 * this log beyond BACKUP_DEPTH. @log_id: "" where no other kiosk comes. @renews: also when it is
 * there, but behind. 1 made, 0 there already.
 * @goes_on as in store_copy. */
int backup_daily(const char *data, const char *directory, const char *log_id, int64_t wall_ms,
	bool renews, bool (*goes_on)(void *context), void *context, char *ret_words, size_t size);

/* Every backup in @directory, and the files set aside beside the database of @data; NULL for either
 * is none. A nonzero return ends it. */
int backup_each(const char *directory, const char *data,
	int (*take)(void *context, const char *path), void *context);
/* The newest of each kiosk in @directory, as on a stick that several share, and those that can not
 * be read; the number of all. A nonzero return ends it. */
int backup_newest_each(
	const char *directory, int (*take)(void *context, const char *path), void *context);
/* The backups of @data and those on the medium of the journal copy ("" for none), the best to put
 * back last; to be freed whatever is returned. */
struct backup_order;
int backup_order_find(struct backup_order *ret, const char *data, const char *journal_copy);

/* Cleans every copy we know of from whom @store has forgotten (store/privacy.h). Damaged ones are
 * removed @keep_ms after they were first found so, if nobody wrote or moved them since; by the
 * clock of the network alone, and none while @now_wall_ms is 0: a file that was set aside while the
 * clock stood behind looks old. @ret_damaged: how many are left. -EBUSY or what else kept a whole
 * copy from being cleaned this time: it stays, to be tried again. */
int backup_clean(struct store *store, const char *data, const char *journal_copy, int64_t keep_ms,
	int64_t now_wall_ms, int *ret_damaged);

/* A backup that an organiser handed over waits in DATA/restore for the kiosk, which alone may put
 * it in place: when it starts, before it opens the log. It goes as it is put back. */
#define RESTORE_DIRECTORY "restore"
#define RESTORE_READY "ready.db"

/* Removes what a restore or a backup that was cut short left of a copy: names may be in it. While
 * neither runs, so by whoever has the kiosk's lock. */
void backup_sweep(const char *data);

struct restore_report {
	struct said why;                 /* on failure */
	char aside[BACKUP_PATH_SIZE];    /* where the file that was there went; "" for none */
	char log_id[37], earlier_id[37]; /* the new log and the one that was restored */
	int64_t taps, journal_taps;      /* of the copy; of the journals beyond it */
};
/* Puts the copy at @path in the place of @data's database; with @path NULL an empty one. Taps that
 * only the journals in @journal_copy ("" for none) have come along. @venue: what the file must be
 * of,
 * "" for any. -EBUSY while a kiosk runs there; otherwise as store_open, -EUCLEAN, -EKEYREJECTED.
 * Who was forgotten, blocked or kept out in the log that is there stays so (decisions.h). Nothing
 * is changed on failure. */
int backup_restore(const char *data, const char *path, const char *journal_copy, const char *venue,
	int64_t wall_ms, struct restore_report *ret);

/* What became of a restore that a power cut broke off: there was none; the log is as it was; the
 * copy stands in its place, and @ret_aside tells where what was there is ("" for none). Does
 * nothing while somebody else puts a backup back. */
enum restore_end { RESTORE_NONE, RESTORE_TAKEN_BACK, RESTORE_DONE };
enum restore_end backup_settle(const char *data, char ret_aside[BACKUP_PATH_SIZE]);

/* Is the log of @data gone, and not merely not begun: something beside it tells of one. */
bool backup_log_is_gone(const char *data);

struct backup_facts {
	int64_t taps, people;
	char log_id[37];
};
/* Looks at the backup at @path as a restore would, and leaves it as it is; needs room for a copy
 * beside it. The same failures. */
int backup_inspect(const char *path, const char *venue, struct backup_facts *ret);

/* Turns our own log into an earlier one and begins a new one, without a tap. */
int log_begin_anew(struct store *store, int64_t wall_ms);

#endif
