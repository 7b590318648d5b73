#include "store/wal_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define GATHERED_BYTES (32 * 1024) /* a tap is 8 kB */

/* What SQLite takes for the file; its own file lies behind it. */
struct wal_file {
	sqlite3_file base;
	uint8_t *gathered;
	int length;
	sqlite3_int64 offset; /* of what was gathered */
};

static sqlite3_file *real_file(sqlite3_file *file)
{
	return (sqlite3_file *)((struct wal_file *)file + 1);
}

/* What can not be written is lost, as SQLite hears: the commit it belongs to fails. */
static int write_out(sqlite3_file *file)
{
	struct wal_file *wal = (struct wal_file *)file;
	sqlite3_file *real = real_file(file);
	const int length = wal->length;
	wal->length = 0;
	return length ? real->pMethods->xWrite(real, wal->gathered, length, wal->offset)
		      : SQLITE_OK;
}

static int wal_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
	struct wal_file *wal = (struct wal_file *)file;
	sqlite3_file *real = real_file(file);
	const bool follows = offset == wal->offset + wal->length;
	int outcome = SQLITE_OK;
	if (!follows || wal->length + length > GATHERED_BYTES)
		outcome = write_out(file);
	if (outcome != SQLITE_OK)
		return outcome;
	if (length > GATHERED_BYTES)
		return real->pMethods->xWrite(real, bytes, length, offset);
	if (wal->length == 0)
		wal->offset = offset;
	memcpy(wal->gathered + wal->length, bytes, (size_t)length);
	wal->length += length;
	return SQLITE_OK;
}

static int wal_close(sqlite3_file *file)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	free(((struct wal_file *)file)->gathered);
	const int closed = real->pMethods->xClose(real);
	return outcome == SQLITE_OK ? closed : outcome;
}

static int wal_read(sqlite3_file *file, void *ret, int length, sqlite3_int64 offset)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	return outcome == SQLITE_OK ? real->pMethods->xRead(real, ret, length, offset) : outcome;
}

static int wal_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	return outcome == SQLITE_OK ? real->pMethods->xTruncate(real, size) : outcome;
}

static int wal_sync(sqlite3_file *file, int flags)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	return outcome == SQLITE_OK ? real->pMethods->xSync(real, flags) : outcome;
}

static int wal_size(sqlite3_file *file, sqlite3_int64 *ret)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	return outcome == SQLITE_OK ? real->pMethods->xFileSize(real, ret) : outcome;
}

static int wal_control(sqlite3_file *file, int what, void *argument)
{
	sqlite3_file *real = real_file(file);
	const int outcome = write_out(file);
	return outcome == SQLITE_OK ? real->pMethods->xFileControl(real, what, argument) : outcome;
}

static int wal_lock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_file(file);
	return real->pMethods->xLock(real, level);
}

static int wal_unlock(sqlite3_file *file, int level)
{
	sqlite3_file *real = real_file(file);
	return real->pMethods->xUnlock(real, level);
}

static int wal_is_reserved(sqlite3_file *file, int *ret)
{
	sqlite3_file *real = real_file(file);
	return real->pMethods->xCheckReservedLock(real, ret);
}

static int wal_sector_size(sqlite3_file *file)
{
	sqlite3_file *real = real_file(file);
	return real->pMethods->xSectorSize(real);
}

static int wal_characteristics(sqlite3_file *file)
{
	sqlite3_file *real = real_file(file);
	return real->pMethods->xDeviceCharacteristics(real);
}

static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = wal_close,
	.xRead = wal_read,
	.xWrite = wal_write,
	.xTruncate = wal_truncate,
	.xSync = wal_sync,
	.xFileSize = wal_size,
	.xLock = wal_lock,
	.xUnlock = wal_unlock,
	.xCheckReservedLock = wal_is_reserved,
	.xFileControl = wal_control,
	.xSectorSize = wal_sector_size,
	.xDeviceCharacteristics = wal_characteristics,
};

static int open_file(
	sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	sqlite3_vfs *own = vfs->pAppData;
	if (!(flags & SQLITE_OPEN_WAL))
		return own->xOpen(own, name, file, flags, ret_flags);

	struct wal_file *wal = (struct wal_file *)file;
	sqlite3_file *real = real_file(file);
	*wal = (struct wal_file){ .gathered = malloc(GATHERED_BYTES) };
	if (!wal->gathered)
		return SQLITE_NOMEM;
	const int outcome = own->xOpen(own, name, real, flags, ret_flags);
	if (real->pMethods)
		wal->base.pMethods = &methods; /* SQLite closes it, also after a failure */
	else
		free(wal->gathered);
	return outcome;
}

/* The others ask nothing of the VFS but what SQLite's own would know. */
static int delete_file(sqlite3_vfs *vfs, const char *name, int sync)
{
	sqlite3_vfs *own = vfs->pAppData;
	return own->xDelete(own, name, sync);
}

static int access_file(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	sqlite3_vfs *own = vfs->pAppData;
	return own->xAccess(own, name, flags, ret);
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *ret)
{
	sqlite3_vfs *own = vfs->pAppData;
	return own->xFullPathname(own, name, size, ret);
}

int wal_file_register(void)
{
	static sqlite3_vfs vfs;
	sqlite3_vfs *own = sqlite3_vfs_find(NULL);
	if (!own)
		return -ENOMEM;
	vfs = *own;
	vfs.pNext = NULL;
	vfs.zName = WAL_FILE_VFS;
	vfs.szOsFile = (int)sizeof(struct wal_file) + own->szOsFile;
	vfs.pAppData = own;
	vfs.xOpen = open_file;
	vfs.xDelete = delete_file;
	vfs.xAccess = access_file;
	vfs.xFullPathname = full_name;
	return sqlite3_vfs_register(&vfs, 0) == SQLITE_OK ? 0 : -ENOMEM;
}
