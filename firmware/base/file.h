/** Whole files. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdint.h>

struct bytes {
	uint8_t *data; /* malloc, one NUL more than @length; NULL for none */
	size_t length;
};

void bytes_free(struct bytes *bytes);

/* -errno; -EFBIG above @limit. "-" reads standard input. */
int file_read_all(struct bytes *ret, const char *path, size_t limit);

/* Writes PATH.new, fsyncs, renames over PATH, fsyncs the directory: old or new, never half. */
int file_write_whole(const char *path, const void *data, size_t length, unsigned mode);

/* Renames @from over @to, fsyncs it and its directory: there at the return, also on a stick. */
int file_move(const char *from, const char *to);

/* What a file holds, or the names in a directory, on the medium. -errno. */
int path_sync(const char *path);

int directory_make(const char *path, unsigned mode); /* with parents; 0 when it is there already */
/* A file without a name in @directory, read and write; gone when closed. -errno. */
int open_unnamed(const char *directory);
int64_t disk_free_bytes(const char *path); /* -errno */
int disk_used_percent(const char *path);   /* of what we may use, rounded up; -errno */

#endif
