#include "store/privacy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/attendee.h"
#include "store/counter.h"
#include "store/privacy_private.h"
#include "store/stamp.h"
#include "store/store_private.h"

#define CHUNK_PEOPLE 24 /* in one transaction: a tap waits for it */

static int run_for(struct store *store, enum statement which, const char *attendee, int64_t value)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	if (sqlite3_bind_parameter_count(row) > 1)
		sqlite3_bind_int64(row, 2, value);
	return statement_run(store, row);
}

static int run_for_badge(struct store *store, enum statement which, const char *attendee,
	const struct badge_key *key)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	bind_key(row, 2, key);
	return statement_run(store, row);
}

/* 1 and a badge that is or was theirs, 0 none left. */
static int next_badge(struct store *store, const char *attendee, struct badge_key *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_FORGET_BADGE);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	const int r = statement_step(store, row);
	if (r == 1)
		memcpy(ret->bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
	sqlite3_reset(row);
	return r;
}

static int forget_badge(struct store *store, const char *attendee, const struct badge_key *key)
{
	int r = counter_leave(store, key);
	if (r == 0)
		r = run_for_badge(store, ST_FORGET_CREDIT, attendee, key);
	if (r == 0)
		r = run_for_badge(store, ST_FORGET_ENDS, attendee, key);
	if (r == 0)
		r = run_for_badge(store, ST_FORGET_LINK, attendee, key);
	return r == 0 ? counter_enter(store, key) : r;
}

int privacy_end_links(struct store *store, const char *attendee)
{
	struct badge_key key;
	int r;
	while ((r = next_badge(store, attendee, &key)) == 1) {
		r = forget_badge(store, attendee, &key);
		if (r < 0)
			break;
	}
	return r;
}

static int forget(struct store *store, const char *attendee, int64_t wall_ms)
{
	int r = privacy_blank_texts(store, attendee);
	if (r == 0)
		r = run_for(store, ST_FORGET_NOTES, attendee, 0);
	if (r == 0)
		r = run_for(store, ST_FORGET_BEFORE, attendee, 0);
	if (r == 0)
		r = run_for(store, ST_FORGET_STAGED, attendee, 0);
	if (r == 0)
		r = privacy_end_links(store, attendee);
	if (r == 0)
		r = run_for(store, ST_FORGET_NAMES, attendee, wall_ms);
	if (r == 0 && sqlite3_changes(store->db) == 0)
		return -ENOENT;
	return r == 0 ? statement_run(store, statement_use(store, ST_PURGE_IS_DUE)) : r;
}

int privacy_forget_within(struct store *store, const char *attendee, int64_t wall_ms)
{
	return forget(store, attendee, wall_ms);
}

int attendee_forget(struct store *store, const char *attendee, int64_t wall_ms)
{
	int r = attendee_import_resume(store);
	if (r < 0)
		return r;
	r = store_begin(store);
	if (r == 0)
		r = forget(store, attendee, wall_ms);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

bool attendee_is_forgotten(struct store *store, const char *attendee)
{
	sqlite3_stmt *row = statement_use(store, ST_IS_FORGOTTEN);
	if (!row)
		return false;
	bind_text(row, 1, attendee);
	const bool is = statement_step(store, row) == 1;
	sqlite3_reset(row);
	return is;
}

static int kept_until(struct store *store, const char *attendee, int64_t keep_ms,
	int64_t now_wall_ms, int64_t *ret_wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_KEPT_UNTIL);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	sqlite3_bind_int64(row, 2, now_wall_ms);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret_wall_ms = sqlite3_column_int64(row, 0) + keep_ms;
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}

int attendee_kept_until(
	struct store *store, const char *attendee, int64_t keep_ms, int64_t *ret_wall_ms)
{
	return kept_until(store, attendee, keep_ms, clock_wall_ms(), ret_wall_ms);
}

int list_kept_until(struct store *store, int64_t read_ms, int64_t keep_ms, int64_t *ret_wall_ms)
{
	sqlite3_stmt *row = statement_use(store, ST_LIST_KEPT_UNTIL);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, read_ms);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret_wall_ms = sqlite3_column_int64(row, 0) + keep_ms;
	sqlite3_reset(row);
	return r == 1 ? 0 : r < 0 ? r : -EIO;
}

/* The next after *@last, by id, who is not forgotten: 1, *@last moves on. */
static int next_person(struct store *store, char last[ID_TEXT_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_FORGET_NEXT);
	if (!row)
		return -EIO;
	bind_text(row, 1, last);
	const int r = statement_step(store, row);
	char next[ID_TEXT_SIZE] = "";
	if (r == 1)
		column_copy(next, sizeof next, row, 0);
	sqlite3_reset(row);
	if (r == 1)
		memcpy(last, next, sizeof next);
	return r;
}

/* The next people whose time is up; fewer than CHUNK_PEOPLE when there are no more. */
static int find_due(struct store *store, int64_t keep_ms, int64_t now_wall_ms,
	char last[ID_TEXT_SIZE], char ret[CHUNK_PEOPLE][ID_TEXT_SIZE])
{
	int count = 0, r;
	while (count < CHUNK_PEOPLE && (r = next_person(store, last)) != 0) {
		int64_t kept_until_ms = 0;
		if (r == 1)
			r = kept_until(store, last, keep_ms, now_wall_ms, &kept_until_ms);
		if (r < 0)
			return r;
		if (kept_until_ms <= now_wall_ms)
			memcpy(ret[count++], last, ID_TEXT_SIZE);
	}
	return count;
}

int privacy_forget_due(
	struct store *store, int64_t keep_ms, int64_t now_wall_ms, int64_t *ret_count)
{
	char last[ID_TEXT_SIZE] = "", due[CHUNK_PEOPLE][ID_TEXT_SIZE];
	int count = attendee_import_resume(store);
	if (count == 0)
		count = stamp_settle(store, now_wall_ms);
	*ret_count = 0;
	if (count < 0)
		return count;
	do {
		count = find_due(store, keep_ms, now_wall_ms, last, due);
		int r = count > 0 ? store_begin(store) : count;
		for (int i = 0; i < count && r == 0; i++)
			r = forget(store, due[i], now_wall_ms);
		if (r == 0 && count > 0)
			r = store_commit(store);
		if (r < 0) {
			store_rollback(store);
			return r;
		}
		*ret_count += count;
	} while (count == CHUNK_PEOPLE);
	return 0;
}

/* Nobody knew the time yet when their names were written: 1 or 0. */
static int is_unstamped(struct store *store, const char *attendee)
{
	sqlite3_stmt *row = statement_use(store, ST_STAMP_OPEN_OF);
	if (!row)
		return -EIO;
	bind_text(row, 1, attendee);
	const int r = statement_step(store, row);
	sqlite3_reset(row);
	return r;
}

int privacy_count_due(struct store *store, int64_t keep_ms, int64_t now_wall_ms, int64_t *ret_count)
{
	char last[ID_TEXT_SIZE] = "", due[CHUNK_PEOPLE][ID_TEXT_SIZE];
	int count, r = 0;
	*ret_count = 0;
	do {
		count = find_due(store, keep_ms, now_wall_ms, last, due);
		for (int i = 0; i < count && r >= 0; i++) {
			r = is_unstamped(store, due[i]);
			*ret_count += r == 0;
		}
	} while (count == CHUNK_PEOPLE && r >= 0);
	return count < 0 ? count : r < 0 ? r : 0;
}

bool privacy_purge_is_due(struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_PURGE_DUE);
	const bool due = statement_step(store, row) == 1 && sqlite3_column_int(row, 0) != 0;
	sqlite3_reset(row);
	return due;
}

int privacy_purge_done(struct store *store)
{
	return statement_run(store, statement_use(store, ST_PURGE_DONE));
}

static int run(struct store *store, const char *statements)
{
	return sqlite3_exec(store->db, statements, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

/* Lists of an import that was broken off long ago go. */
static int clear_imports(struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_IMPORT_CLEAR);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, -1);
	sqlite3_bind_int64(row, 2, clock_wall_ms() - 3600000);
	return statement_run(store, row);
}

/* One that is under way is waited for; within the transaction that would wipe it. */
static int find_imports(struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_PURGE_STAGED);
	const int r = statement_step(store, row);
	const bool staged = r == 1 && sqlite3_column_int(row, 0) != 0;
	sqlite3_reset(row);
	return r < 0 ? r : staged ? -EBUSY : 0;
}

/*
 * SQLite's secure_delete blanks a row that goes, but a page that was split long ago may hold an old
 * copy in its unused part. Emptying a whole table blanks every page of it, indexes too; the rows
 * that stay are put back. References are off meanwhile, since each would be looked for at each row.
 */
static int rewrite(struct store *store)
{
	static const char statements[] =
		"CREATE TEMP TABLE kept_attendee AS SELECT * FROM attendee;"
		"CREATE TEMP TABLE kept_link AS SELECT * FROM link;"
		"CREATE TEMP TABLE kept_note AS SELECT * FROM hand_note;"
		"DELETE FROM attendee; DELETE FROM link; DELETE FROM staged_attendee;"
		"DELETE FROM hand_note; DELETE FROM before_import; DELETE FROM before_attendee;"
		"DELETE FROM before_link; DELETE FROM before_organisation;"
		"INSERT INTO attendee SELECT * FROM temp.kept_attendee;"
		"INSERT INTO link SELECT * FROM temp.kept_link;"
		"INSERT INTO hand_note SELECT * FROM temp.kept_note;"
		"DROP TABLE temp.kept_attendee; DROP TABLE temp.kept_link;"
		"DROP TABLE temp.kept_note;"
		"CREATE TEMP TABLE kept_correction AS SELECT * FROM correction;"
		"CREATE TEMP TABLE kept_peer AS SELECT * FROM peer_correction;"
		"CREATE TEMP TABLE kept_audit AS SELECT * FROM audit;"
		"CREATE TEMP TABLE kept_download AS SELECT * FROM download;"
		"DELETE FROM correction; DELETE FROM peer_correction; DELETE FROM audit;"
		"DELETE FROM download;"
		"INSERT INTO correction SELECT * FROM temp.kept_correction;"
		"INSERT INTO peer_correction SELECT * FROM temp.kept_peer;"
		"INSERT INTO audit SELECT * FROM temp.kept_audit;"
		"INSERT INTO download SELECT * FROM temp.kept_download;"
		"DROP TABLE temp.kept_correction; DROP TABLE temp.kept_peer;"
		"DROP TABLE temp.kept_audit; DROP TABLE temp.kept_download;"
		"CREATE TEMP TABLE kept_generation AS SELECT * FROM generation;"
		"DELETE FROM generation; INSERT INTO generation SELECT * FROM "
		"temp.kept_generation; DROP TABLE temp.kept_generation;";
	char *guards = NULL;
	int r = run(store, "PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE");
	if (r == 0)
		r = find_imports(store);
	if (r == 0)
		r = privacy_lift_guards(store, &guards);
	if (r == 0)
		r = run(store, statements);
	const int put = privacy_put_guards(store, guards);
	if (r == 0)
		r = put;
	if (r == 0)
		r = run(store, "COMMIT");
	if (r < 0 && !sqlite3_get_autocommit(store->db))
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_exec(store->db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	return r;
}

/* -EBUSY when a reader still needs what is in the WAL. */
static int empty_wal(struct store *store)
{
	const int outcome =
		sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return outcome == SQLITE_OK ? 0 : statement_trouble(store);
}

int privacy_purge(struct store *store)
{
	int r = clear_imports(store);
	if (r == 0)
		r = rewrite(store);
	return r == 0 ? empty_wal(store) : r;
}

/* Whoever is forgotten in @store and not yet in @copy. */
static int forget_same(struct store *store, struct store *copy)
{
	sqlite3_stmt *row = statement_use(store, ST_FORGOTTEN_EACH);
	int r = store_begin(copy);
	if (r < 0)
		return r;
	while (r == 0 && (r = statement_step(store, row)) == 1) {
		r = forget(copy, column_text(row, 0), sqlite3_column_int64(row, 1));
		if (r == -ENOENT) /* not known there, or forgotten there too */
			r = 0;
	}
	sqlite3_reset(row);
	if (r == 0)
		return store_commit(copy);
	store_rollback(copy);
	return r;
}

static int blank_one(struct store *store, const char *attendee)
{
	int r = store_begin(store);
	if (r == 0)
		r = privacy_blank_texts(store, attendee);
	if (r == 0)
		return store_commit(store);
	store_rollback(store);
	return r;
}

int privacy_blank_as(struct store *store, struct store *other)
{
	sqlite3_stmt *row = statement_use(store, ST_FORGOTTEN_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = blank_one(other, column_text(row, 0));
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int privacy_clean_copy(struct store *store, const char *path)
{
	struct store *copy;
	int r = store_open(&copy, path, STORE_WRITE);
	if (r < 0)
		return r;
	r = attendee_import_resume(copy);
	if (r == 0)
		r = forget_same(store, copy);
	if (r == 0)
		r = privacy_purge(copy);
	if (r == 0)
		r = privacy_purge_done(copy);
	statement_finish_all(copy);
	if (r == 0) /* a copy lies there without side files */
		r = run(copy, "PRAGMA journal_mode = DELETE");
	store_close(copy);
	return r;
}
