/**
 * A zip archive on its way out, deflated by zlib: a stream, so that its first bytes go before the
 * last are known, in bounded memory. Files and archive stay under 4 GB. One thread.
 */
#ifndef EXCHANGE_ARCHIVE_H
#define EXCHANGE_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct archive;

/* Into @out, which stays the caller's. NULL without memory. */
struct archive *archive_create(FILE *out);
/* All that follows, until the next, is of the file called @name, made at @wall_ms of this place.
 * All: 0, -EIO, or -EFBIG. */
int archive_begin(struct archive *archive, const char *name, int64_t wall_ms);
int archive_add(struct archive *archive, const void *bytes, size_t length);
int archive_end(struct archive *archive);      /* the directory, which closes it */
void archive_destroy(struct archive *archive); /* NULL is fine */

#endif
