#include "exchange/archive.h"

#include <errno.h>
#include <minizip/zip.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define BLOCK_BYTES 65536

struct archive {
	zipFile zip;
	bool in_file;
};

struct archive *archive_create(int fd)
{
	char path[64];
	struct archive *archive = calloc(1, sizeof *archive);

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (archive)
		archive->zip = zipOpen64(path, APPEND_STATUS_CREATE);
	if (archive && archive->zip)
		return archive;
	free(archive);
	return NULL;
}

static int end_file(struct archive *archive)
{
	if (!archive->in_file)
		return 0;
	archive->in_file = false;
	return zipCloseFileInZip(archive->zip) == ZIP_OK ? 0 : -EIO;
}

/* Unsigned in minizip 1.1 of Debian 12, signed in Debian 13. */
typedef __typeof__(((tm_zip *)0)->tm_sec) zip_time;

int archive_begin(struct archive *archive, const char *name, int64_t wall_ms)
{
	const time_t seconds = (time_t)(wall_ms / 1000);
	struct tm at = { .tm_mday = 1 };

	if (end_file(archive) < 0)
		return -EIO;
	localtime_r(&seconds, &at);
	const zip_fileinfo info = { .tmz_date = { .tm_sec = (zip_time)at.tm_sec,
					    .tm_min = (zip_time)at.tm_min,
					    .tm_hour = (zip_time)at.tm_hour,
					    .tm_mday = (zip_time)at.tm_mday,
					    .tm_mon = (zip_time)at.tm_mon,
					    .tm_year = (zip_time)at.tm_year + 1900 } };
	archive->in_file = zipOpenNewFileInZip64(archive->zip, name, &info, NULL, 0, NULL, 0, NULL,
				   Z_DEFLATED, Z_DEFAULT_COMPRESSION, 1) == ZIP_OK;
	return archive->in_file ? 0 : -EIO;
}

int archive_add(struct archive *archive, const void *bytes, size_t length)
{
	return zipWriteInFileInZip(archive->zip, bytes, (unsigned)length) == ZIP_OK ? 0 : -EIO;
}

int archive_add_fd(struct archive *archive, int fd, size_t length)
{
	char *block = malloc(BLOCK_BYTES);
	size_t at = 0;
	int r = block ? 0 : -EIO;

	while (r == 0 && at < length) {
		const ssize_t got = pread(fd, block, BLOCK_BYTES, (off_t)at);
		r = got > 0 ? archive_add(archive, block, (size_t)got) : -EIO;
		at += got > 0 ? (size_t)got : 0;
	}
	free(block);
	return r;
}

int archive_end(struct archive *archive)
{
	const int r = end_file(archive);
	const int closed = zipClose(archive->zip, NULL);

	free(archive);
	return r == 0 && closed == ZIP_OK ? 0 : -EIO;
}
