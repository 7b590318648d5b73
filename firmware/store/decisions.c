#include "store/decisions.h"

#include <errno.h>
#include <stdint.h>
#include <unistd.h>

#include "base/log.h"
#include "store/account.h"
#include "store/attendee.h"
#include "store/privacy.h"
#include "store/store_private.h"

#define BUSY_MS 5000

/* Of any version, and never brought to another. */
static int open_present(struct store *present, const char *path)
{
	if (store_connect_read(&present->db, path) != SQLITE_OK)
		return statement_trouble(present);
	sqlite3_busy_timeout(present->db, BUSY_MS);
	return store_check(present);
}

static void close_present(struct store *present)
{
	statement_finish_all(present);
	sqlite3_close(present->db);
}

/* Each row that @read finds there, as what @write asks for here. A log of another version may not
 * know of such a thing. */
static int carry(
	struct store *present, enum statement read, struct store *arriving, enum statement write)
{
	sqlite3_stmt *row = statement_use(present, read);
	int r = 0;
	if (!row)
		return schema_version(present) == schema_newest() ? -EIO : 0;
	while (r == 0 && (r = statement_step(present, row)) == 1) {
		sqlite3_stmt *put = statement_use(arriving, write);
		for (int i = 0; put && i < sqlite3_column_count(row); i++)
			sqlite3_bind_value(put, i + 1, sqlite3_column_value(row, i));
		r = put ? statement_run(arriving, put) : -EIO;
	}
	sqlite3_reset(row);
	return r;
}

/* Not known here, or forgotten here too, is fine. */
static int forget_same(struct store *present, struct store *arriving)
{
	sqlite3_stmt *row = statement_use(present, ST_FORGOTTEN_EACH);
	int r = 0;
	if (!row)
		return schema_version(present) == schema_newest() ? -EIO : 0;
	while (r == 0 && (r = statement_step(present, row)) == 1) {
		r = privacy_forget_within(
			arriving, column_text(row, 0), sqlite3_column_int64(row, 1));
		r = r == -ENOENT ? 0 : r;
	}
	sqlite3_reset(row);
	return r;
}

static int take_all(struct store *present, struct store *arriving)
{
	static const struct {
		enum statement read, write;
	} rows[] = {
		{ ST_BLOCKED_EACH, ST_BLOCKED_SAME },
		{ ST_TOKEN_REVOKED_EACH, ST_TOKEN_REVOKE_SAME },
		{ ST_PASSWORD_EACH, ST_PASSWORD_SAVE },
		{ ST_WEB_SESSION_EACH, ST_WEB_SESSION_ADD },
		{ ST_EARLIER_EACH, ST_EARLIER_SAME },
	};
	int r = forget_same(present, arriving);
	if (r == 0)
		r = session_end_all(arriving, ROLE_NONE);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0] && r == 0; i++)
		r = carry(present, rows[i].read, arriving, rows[i].write);
	if (r == 0 && privacy_purge_is_due(present))
		r = statement_run(arriving, statement_use(arriving, ST_PURGE_IS_DUE));
	return r;
}

/* An import that the backup was made in the midst of never goes on. It stays due: other copies may
 * hold the names. */
static int purge(struct store *arriving)
{
	sqlite3_stmt *row = statement_use(arriving, ST_IMPORT_CLEAR);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, -1);
	sqlite3_bind_int64(row, 2, INT64_MAX);
	const int r = statement_run(arriving, row);
	return r == 0 ? privacy_purge(arriving) : r;
}

static int keep(struct store *present, struct store *arriving)
{
	int r = attendee_import_resume(arriving);
	if (r == 0)
		r = store_begin(arriving);
	if (r == 0)
		r = take_all(present, arriving);
	if (r == 0)
		r = store_commit(arriving);
	if (r < 0) {
		store_rollback(arriving);
		return r;
	}
	return privacy_purge_is_due(arriving) ? purge(arriving) : 0;
}

/* It is all in the file itself then, and the file alone is what it was. */
static void empty_wal(const char *path)
{
	sqlite3 *db;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) ==
		SQLITE_OK)
		sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_close(db);
}

static bool is_damage(int r)
{
	return r == -EUCLEAN || r == -EMEDIUMTYPE || r == -ENOENT || r == -EACCES;
}

int decisions_keep(const char *path, struct store *arriving)
{
	struct store present = { .lock_fd = -1 };
	if (access(path, F_OK) < 0)
		return 0;
	int r = open_present(&present, path);
	if (r == 0)
		r = keep(&present, arriving);
	close_present(&present);
	if (r == 0)
		empty_wal(path);
	if (!is_damage(r))
		return r;
	log_warn("store: what the damaged log had forgotten, blocked or revoked is not known");
	return 0;
}
