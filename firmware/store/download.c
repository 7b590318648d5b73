#include "store/download.h"

#include <errno.h>

#include "store/store_private.h"

int download_add(struct store *store, const struct download_entry *entry,
	const uint8_t digest[FILE_DIGEST_BYTES], const char *minisig)
{
	sqlite3_stmt *row = statement_use(store, ST_DOWNLOAD_ADD);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, entry->wall_ms);
	bind_text(row, 2, entry->who);
	bind_text(row, 3, entry->file);
	sqlite3_bind_int(row, 4, entry->names);
	bind_text(row, 5, entry->reason);
	sqlite3_bind_int64(row, 6, entry->rows);
	sqlite3_bind_blob(row, 7, digest, FILE_DIGEST_BYTES, SQLITE_STATIC);
	bind_text(row, 8, entry->code);
	bind_text(row, 9, minisig);
	return statement_run(store, row);
}

static void read_entry(struct download_entry *ret, sqlite3_stmt *row)
{
	*ret = (struct download_entry){ .id = sqlite3_column_int64(row, 0),
		.wall_ms = sqlite3_column_int64(row, 1),
		.names = sqlite3_column_int(row, 4) != 0,
		.rows = sqlite3_column_int64(row, 6) };
	column_copy(ret->who, sizeof ret->who, row, 2);
	column_copy(ret->file, sizeof ret->file, row, 3);
	column_copy(ret->reason, sizeof ret->reason, row, 5);
	column_copy(ret->code, sizeof ret->code, row, 7);
}

int download_each(struct store *store, const uint8_t *digest, int limit,
	int (*row)(void *context, const struct download_entry *entry), void *context)
{
	sqlite3_stmt *each = statement_use(store, ST_DOWNLOAD_EACH);
	if (!each)
		return -EIO;
	if (digest)
		sqlite3_bind_blob(each, 1, digest, FILE_DIGEST_BYTES, SQLITE_STATIC);
	sqlite3_bind_int(each, 2, limit);
	int r;
	while ((r = statement_step(store, each)) == 1) {
		struct download_entry entry;
		read_entry(&entry, each);
		r = row(context, &entry);
		if (r != 0)
			break;
	}
	sqlite3_reset(each);
	return r;
}

int download_minisig(struct store *store, int64_t id, char ret_minisig[MINISIG_SIZE],
	char ret_file[DOWNLOAD_FILE_SIZE])
{
	sqlite3_stmt *row = statement_use(store, ST_DOWNLOAD_MINISIG);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1) {
		column_copy(ret_minisig, MINISIG_SIZE, row, 0);
		column_copy(ret_file, DOWNLOAD_FILE_SIZE, row, 1);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -ENOENT;
}
