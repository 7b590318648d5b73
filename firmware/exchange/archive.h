/**
 * A zip archive on its way into a file, by minizip: deflated, with zip64 where it takes that, in
 * bounded memory. One thread.
 */
#ifndef EXCHANGE_ARCHIVE_H
#define EXCHANGE_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

struct archive;

/* Into the open file @fd, which stays the caller's, from its begin. NULL when it can not be
 * written. */
struct archive *archive_create(int fd);
/* All that follows, until the next, is of the file called @name, made at @wall_ms of this place.
 * All: 0 or -EIO. */
int archive_begin(struct archive *archive, const char *name, int64_t wall_ms);
int archive_add(struct archive *archive, const void *bytes, size_t length);
int archive_add_fd(struct archive *archive, int fd, size_t length); /* a file from its begin */
/* Closes and frees it. */
int archive_end(struct archive *archive);

#endif
