#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/scope.h"

void bytes_free(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

static int read_to_end(struct bytes *bytes, int fd, size_t limit)
{
	size_t capacity = 0;
	for (;;) {
		if (bytes->length + 1 >= capacity) {
			capacity = capacity ? 2 * capacity : 65536;
			uint8_t *grown = realloc(bytes->data, capacity);
			if (!grown)
				return -ENOMEM;
			bytes->data = grown;
		}
		const ssize_t got =
			read(fd, bytes->data + bytes->length, capacity - bytes->length - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		bytes->length += (size_t)got;
		if (bytes->length > limit)
			return -EFBIG;
		if (got == 0) {
			bytes->data[bytes->length] = '\0';
			return 0;
		}
	}
}

int file_read_all(struct bytes *ret, const char *path, size_t limit)
{
	CLEANUP(closep)
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;

	struct bytes bytes = { 0 };
	const int r = read_to_end(&bytes, fd, limit);
	if (r < 0) {
		bytes_free(&bytes);
		return r;
	}
	*ret = bytes;
	return 0;
}

static int write_all(int fd, const uint8_t *data, size_t length)
{
	while (length > 0) {
		const ssize_t put = write(fd, data, length);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -errno;
		data += put;
		length -= (size_t)put;
	}
	return 0;
}

int path_sync(const char *path)
{
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

static int sync_directory_of(const char *path)
{
	char copy[PATH_MAX];
	snprintf(copy, sizeof copy, "%s", path);
	return path_sync(dirname(copy));
}

/* On FAT a name that was moved has no length until the file itself is synced once more. */
int file_move(const char *from, const char *to)
{
	if (rename(from, to) < 0)
		return -errno;
	const int r = path_sync(to);
	return r < 0 ? r : sync_directory_of(to);
}

int file_write_whole(const char *path, const void *data, size_t length, unsigned mode)
{
	char temporary[PATH_MAX];
	if ((size_t)snprintf(temporary, sizeof temporary, "%s.new", path) >= sizeof temporary)
		return -ENAMETOOLONG;

	CLEANUP(closep)
	int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, (mode_t)mode);
	if (fd < 0)
		return -errno;
	int r = write_all(fd, data, length);
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (r == 0)
		r = file_move(temporary, path);
	if (r < 0)
		unlink(temporary);
	return r;
}

int directory_make(const char *path, unsigned mode)
{
	char partial[PATH_MAX];
	if ((size_t)snprintf(partial, sizeof partial, "%s", path) >= sizeof partial)
		return -ENAMETOOLONG;

	for (char *slash = strchr(partial + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(partial, 0755) < 0 && errno != EEXIST)
			return -errno;
		*slash = '/';
	}
	if (mkdir(partial, (mode_t)mode) == 0)
		return 0;

	struct stat state;
	if (errno != EEXIST)
		return -errno;
	return stat(partial, &state) == 0 && S_ISDIR(state.st_mode) ? 0 : -ENOTDIR;
}

int open_unnamed(const char *directory)
{
	char path[PATH_MAX];
	int fd = open(directory, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR))
		return fd < 0 ? -errno : fd;
	/* A file system that knows no nameless files: the name goes at once. */
	if ((size_t)snprintf(path, sizeof path, "%s/.passing.XXXXXX", directory) >= sizeof path)
		return -ENAMETOOLONG;
	fd = mkostemp(path, O_CLOEXEC);
	if (fd < 0)
		return -errno;
	unlink(path);
	return fd;
}

int64_t disk_free_bytes(const char *path)
{
	struct statvfs state;
	if (statvfs(path, &state) < 0)
		return -errno;
	return (int64_t)state.f_bavail * (int64_t)state.f_frsize;
}

int disk_used_percent(const char *path)
{
	struct statvfs state;
	if (statvfs(path, &state) < 0)
		return -errno;
	const uint64_t used = state.f_blocks - state.f_bfree, all = used + state.f_bavail;
	return all == 0 ? 100 : (int)((used * 100 + all - 1) / all);
}
