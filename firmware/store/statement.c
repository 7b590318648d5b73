#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "core/text.h"
#include "store/sql.h"

static const char *find_sql(enum statement which)
{
	static const struct sql *const tables[] = { sql_store, sql_merge, sql_log, sql_tap,
		sql_counter, sql_badge, sql_import, sql_person, sql_programme, sql_organisation,
		sql_privacy, sql_participation, sql_replica, sql_account };
	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
		for (const struct sql *row = tables[i]; row->text; row++)
			if (row->which == which)
				return row->text;
	return "";
}

int statement_trouble(struct store *store)
{
	static const struct {
		int code, trouble;
	} rows[] = {
		{ SQLITE_FULL, -ENOSPC },
		{ SQLITE_BUSY, -EBUSY },
		{ SQLITE_LOCKED, -EBUSY },
		{ SQLITE_CORRUPT, -EUCLEAN },
		{ SQLITE_NOTADB, -EMEDIUMTYPE },
		{ SQLITE_READONLY, -EROFS },
		{ SQLITE_CANTOPEN, -ENOENT },
		{ SQLITE_PERM, -EACCES },
		{ SQLITE_CONSTRAINT, -EEXIST },
		{ SQLITE_NOMEM, -ENOMEM },
		{ SQLITE_INTERRUPT, -EINTR },
	};
	const int code = sqlite3_errcode(store->db) & 0xff;
	const int system_trouble = sqlite3_system_errno(store->db);
	utf8_clip(store->words, sizeof store->words, sqlite3_errmsg(store->db));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].code == code)
			return rows[i].trouble;
	/* A quota and a full disk both come as an I/O error when the WAL can not grow. */
	if (system_trouble == ENOSPC || system_trouble == EDQUOT || system_trouble == EFBIG)
		return -ENOSPC;
	return -EIO;
}

sqlite3_stmt *statement_use(struct store *store, enum statement which)
{
	sqlite3_stmt **statement = &store->statements[which];
	if (!*statement && sqlite3_prepare_v3(store->db, find_sql(which), -1,
				   SQLITE_PREPARE_PERSISTENT, statement, NULL) != SQLITE_OK) {
		statement_trouble(store);
		log_error("store: %s", store->words);
		return NULL;
	}
	sqlite3_reset(*statement);
	sqlite3_clear_bindings(*statement);
	return *statement;
}

int statement_step(struct store *store, sqlite3_stmt *statement)
{
	if (!statement)
		return -EIO;
	const int outcome = sqlite3_step(statement);
	if (outcome == SQLITE_ROW)
		return 1;
	return outcome == SQLITE_DONE ? 0 : statement_trouble(store);
}

int statement_run(struct store *store, sqlite3_stmt *statement)
{
	const int r = statement_step(store, statement);
	sqlite3_reset(statement);
	return r < 0 ? r : 0;
}

void statement_finish_all(struct store *store)
{
	for (size_t i = 0; i < ST_COUNT; i++) {
		sqlite3_finalize(store->statements[i]);
		store->statements[i] = NULL;
	}
}

void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void bind_text_or_null(sqlite3_stmt *statement, int index, const char *text)
{
	if (text[0])
		bind_text(statement, index, text);
	else
		sqlite3_bind_null(statement, index);
}

void bind_key(sqlite3_stmt *statement, int index, const struct badge_key *key)
{
	sqlite3_bind_blob(statement, index, key->bytes, sizeof key->bytes, SQLITE_STATIC);
}

const char *column_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	return text ? (const char *)text : "";
}

void column_copy(char *ret, size_t size, sqlite3_stmt *statement, int column)
{
	utf8_clip(ret, size, column_text(statement, column));
}

void moment_of_row(sqlite3_stmt *row, int column, struct moment *ret)
{
	*ret = (struct moment){ .mono_ms = sqlite3_column_int64(row, column + 1),
		.wall_ms = sqlite3_column_int64(row, column + 2),
		.grade = (enum clock_grade)sqlite3_column_int(row, column + 3) };
	if (sqlite3_column_bytes(row, column) == BOOT_ID_BYTES)
		memcpy(ret->boot.bytes, sqlite3_column_blob(row, column), BOOT_ID_BYTES);
}
