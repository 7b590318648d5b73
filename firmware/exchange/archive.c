#include "exchange/archive.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#define BLOCK_BYTES 16384
#define WINDOW_BITS 15
#define MEMORY_LEVEL 8
#define LEVEL 3 /* a log shrinks by 94 %; more would take the time of whoever waits */
#define VERSION 20
/* Sizes and sum stand behind the file; names are UTF-8. */
#define FLAGS (1 << 3 | 1 << 11)
#define DEFLATED 8

/* What the directory says of a file. */
struct member {
	char *name;
	uint32_t when; /* as MS-DOS has it: day above time */
	uint32_t sum;
	uint64_t packed, whole, at;
};

struct archive {
	FILE *out;
	uint64_t written;
	z_stream stream;
	bool started, in_file;
	struct member *members;
	size_t count;
	uint8_t block[BLOCK_BYTES];
};

struct archive *archive_create(FILE *out)
{
	struct archive *archive = calloc(1, sizeof *archive);
	if (!archive)
		return NULL;
	archive->out = out;
	archive->started = deflateInit2(&archive->stream, LEVEL, Z_DEFLATED, -WINDOW_BITS,
				   MEMORY_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK;
	if (archive->started)
		return archive;
	free(archive);
	return NULL;
}

void archive_destroy(struct archive *archive)
{
	if (!archive)
		return;
	deflateEnd(&archive->stream);
	for (size_t i = 0; i < archive->count; i++)
		free(archive->members[i].name);
	free(archive->members);
	free(archive);
}

static int put(struct archive *archive, const void *bytes, size_t length)
{
	archive->written += length;
	return fwrite(bytes, 1, length, archive->out) == length ? 0 : -EIO;
}

/* Numbers as a zip has them: little-endian, @sizes[i] bytes each. */
static int put_numbers(
	struct archive *archive, const uint64_t *numbers, const uint8_t *sizes, size_t count)
{
	uint8_t bytes[64] = { 0 };
	size_t at = 0;
	for (size_t i = 0; i < count; i++)
		for (uint8_t b = 0; b < sizes[i]; b++)
			bytes[at++] = (uint8_t)(numbers[i] >> 8 * b);
	return put(archive, bytes, at);
}

static uint32_t dos_time(int64_t wall_ms)
{
	const time_t seconds = (time_t)(wall_ms / 1000);
	struct tm at = { .tm_mday = 1 };
	localtime_r(&seconds, &at);
	const int year = at.tm_year < 80 ? 0 : at.tm_year - 80;
	return (uint32_t)(year << 25 | (at.tm_mon + 1) << 21 | at.tm_mday << 16 | at.tm_hour << 11 |
			  at.tm_min << 5 | at.tm_sec / 2);
}

static int deflate_on(struct archive *archive, int flush)
{
	z_stream *stream = &archive->stream;
	int r;
	do {
		stream->next_out = archive->block;
		stream->avail_out = sizeof archive->block;
		r = deflate(stream, flush);
		const size_t length = sizeof archive->block - stream->avail_out;
		if (r == Z_STREAM_ERROR || put(archive, archive->block, length) < 0)
			return -EIO;
		archive->members[archive->count - 1].packed += length;
	} while (stream->avail_out == 0);
	return 0;
}

static int end_file(struct archive *archive)
{
	static const uint8_t sizes[] = { 4, 4, 4, 4 };
	if (!archive->in_file)
		return 0;
	archive->in_file = false;
	if (deflate_on(archive, Z_FINISH) < 0)
		return -EIO;
	const struct member *member = &archive->members[archive->count - 1];
	if (member->whole > UINT32_MAX || archive->written > UINT32_MAX)
		return -EFBIG;
	const uint64_t numbers[] = { 0x08074b50, member->sum, member->packed, member->whole };
	return put_numbers(archive, numbers, sizes, 4);
}

static struct member *add_member(struct archive *archive, const char *name, int64_t wall_ms)
{
	struct member *grown =
		realloc(archive->members, (archive->count + 1) * sizeof *archive->members);
	if (!grown)
		return NULL;
	archive->members = grown;
	struct member *member = &grown[archive->count];
	*member = (struct member){ .name = strdup(name),
		.when = dos_time(wall_ms),
		.sum = (uint32_t)crc32(0, NULL, 0),
		.at = archive->written };
	if (!member->name)
		return NULL;
	archive->count++;
	return member;
}

int archive_begin(struct archive *archive, const char *name, int64_t wall_ms)
{
	static const uint8_t sizes[] = { 4, 2, 2, 2, 4, 4, 4, 4, 2, 2 };
	const int r = end_file(archive);
	if (r < 0)
		return r;
	const struct member *member = add_member(archive, name, wall_ms);
	if (!member || deflateReset(&archive->stream) != Z_OK)
		return -EIO;
	const uint64_t numbers[] = { 0x04034b50, VERSION, FLAGS, DEFLATED, member->when, 0, 0, 0,
		strlen(name), 0 };
	archive->in_file = true;
	return put_numbers(archive, numbers, sizes, 10) < 0 || put(archive, name, strlen(name)) < 0
		       ? -EIO
		       : 0;
}

int archive_add(struct archive *archive, const void *bytes, size_t length)
{
	struct member *member = &archive->members[archive->count - 1];
	member->sum = (uint32_t)crc32(member->sum, bytes, (uInt)length);
	member->whole += length;
	archive->stream.next_in = (Bytef *)(uintptr_t)bytes;
	archive->stream.avail_in = (uInt)length;
	return deflate_on(archive, Z_NO_FLUSH);
}

static int put_entry(struct archive *archive, const struct member *member)
{
	static const uint8_t sizes[] = { 4, 2, 2, 2, 2, 4, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4 };
	const uint64_t numbers[] = { 0x02014b50, VERSION, VERSION, FLAGS, DEFLATED, member->when,
		member->sum, member->packed, member->whole, strlen(member->name), 0, 0, 0, 0, 0,
		member->at };
	return put_numbers(archive, numbers, sizes, 16) < 0
		       ? -EIO
		       : put(archive, member->name, strlen(member->name));
}

int archive_end(struct archive *archive)
{
	static const uint8_t sizes[] = { 4, 2, 2, 2, 2, 4, 4, 2 };
	int r = end_file(archive);
	const uint64_t at = archive->written;
	for (size_t i = 0; i < archive->count && r == 0; i++)
		r = put_entry(archive, &archive->members[i]);
	if (r < 0)
		return r;
	const uint64_t numbers[] = { 0x06054b50, 0, 0, archive->count, archive->count,
		archive->written - at, at, 0 };
	r = put_numbers(archive, numbers, sizes, 8);
	return r == 0 && fflush(archive->out) != 0 ? -EIO : r;
}
