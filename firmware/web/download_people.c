/* The list of people, which is whole before its first byte goes. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "core/text.h"
#include "exchange/archive.h"
#include "exchange/list_out.h"
#include "store/attendee.h"
#include "store/badge.h"
#include "store/person.h"
#include "web/download_private.h"
#include "web/template.h"

#define BLOCK_BYTES 65536

/* A file being made. */
struct making {
	const struct request *request;
	const struct download *download;
	struct export export;
	struct list_out *list; /* of people */
	FILE *file;
	int fd; /* the same */
	size_t length;
	char sha256[SHA256_HEX_SIZE], minisig[MINISIG_SIZE];
};

static int check_room(const struct making *making)
{
	const int64_t free_bytes = disk_free_bytes(making->request->site->arguments->data);
	return free_bytes >= 0 && free_bytes < SPARE_BYTES ? -ENOSPC : 0;
}

static const char *const people_columns[] = { "number", "attendee_id", "given_name", "family_name",
	"email", "organisation", "organisation_kind", "education_level", "cluster", "region",
	"growth", "language", "sessions", "badge" };
#define PEOPLE_COLUMNS (sizeof people_columns / sizeof people_columns[0])

/* Whether there is a badge, never which. */
static const char *badge_state(struct store *store, const char *attendee)
{
	struct badge_key key;
	struct badge_owner owner = { .blocked = false };
	if (person_badge(store, attendee, &key, NULL) < 0)
		return "none";
	badge_find_owner(store, &key, &owner);
	return owner.blocked ? "blocked" : "linked";
}

static int on_attendee(void *context, const struct attendee *one)
{
	struct making *making = context;
	const bool names = making->download->filter.personal;
	char number[24];
	snprintf(number, sizeof number, "%lld", (long long)++making->export.evidence.rows);
	const char *const cells[PEOPLE_COLUMNS] = { number, names ? one->id : "",
		names ? one->given_name : "", names ? one->family_name : "",
		names ? one->email : "", one->organisation, one->organisation_kind,
		one->education_level, one->cluster, one->region, one->growth, one->language,
		one->sessions, badge_state(making->request->stores.read, one->id) };
	return list_out_row(making->list, cells);
}

static int write_people(struct making *making)
{
	const struct request *request = making->request;
	const struct list_head head = { web_word(request->language, "dl.what.people"),
		people_columns, PEOPLE_COLUMNS };
	making->list =
		list_out_create(making->file, making->download->format, request->language, &head);
	if (!making->list)
		return -ENOMEM;
	making->export.evidence = (struct evidence){ .rows = 0 };
	int r = attendee_each(request->stores.read, on_attendee, making);
	if (r == 0)
		r = list_out_end(making->list);
	list_out_destroy(making->list);
	return r;
}

static int hash(struct sign_hash *hash, int fd, size_t *ret_length)
{
	char *block = malloc(BLOCK_BYTES);
	ssize_t got = -1;
	*ret_length = 0;
	while (block && (got = pread(fd, block, BLOCK_BYTES, (off_t)*ret_length)) > 0) {
		sign_hash_add(hash, block, (size_t)got);
		*ret_length += (size_t)got;
	}
	free(block);
	return got < 0 ? -EIO : 0;
}

static int make(struct making *making)
{
	const int fd = open_unnamed(making->request->site->arguments->data);
	making->file = fd < 0 ? NULL : fdopen(fd, "w+");
	making->fd = fd;
	if (!making->file) {
		if (fd >= 0)
			close(fd);
		return fd < 0 ? fd : -ENOMEM;
	}
	int r = check_room(making);
	if (r == 0)
		r = export_init(&making->export, making->request, making->download, making->file);
	if (r == 0)
		r = write_people(making);
	if (r == 0)
		r = ferror(making->file) ? -EIO
					 : hash(making->export.hash, making->fd, &making->length);
	return r < 0 ? r : export_sign(&making->export, making->sha256, making->minisig);
}

static int add_file(struct archive *archive, const struct making *making)
{
	char *block = malloc(BLOCK_BYTES);
	size_t at = 0;
	int r = block ? 0 : -ENOMEM;
	while (r == 0 && at < making->length) {
		const ssize_t got = pread(making->fd, block, BLOCK_BYTES, (off_t)at);
		r = got > 0 ? archive_add(archive, block, (size_t)got) : -EIO;
		at += got > 0 ? (size_t)got : 0;
	}
	free(block);
	return r;
}

static int fill(struct archive *archive, const struct making *making)
{
	char name[DOWNLOAD_FILE_SIZE + 16];
	const int64_t made_ms = making->export.entry.wall_ms;
	snprintf(name, sizeof name, "%s.minisig", making->download->filename);
	int r = archive_begin(archive, making->download->filename, made_ms);
	if (r == 0)
		r = add_file(archive, making);
	if (r == 0)
		r = archive_begin(archive, name, made_ms);
	if (r == 0)
		r = archive_add(archive, making->minisig, strlen(making->minisig));
	return r == 0 ? archive_end(archive) : r;
}

/* The file and its signature in one archive. */
static int pack(struct making *making, int *ret_fd)
{
	const int fd = open_unnamed(making->request->site->arguments->data);
	const int twin = fd < 0 ? -1 : dup(fd);
	FILE *out = twin < 0 ? NULL : fdopen(twin, "w");
	struct archive *archive = out ? archive_create(out) : NULL;
	int r = archive ? fill(archive, making) : fd < 0 ? fd : -EIO;
	archive_destroy(archive);
	if (out && fclose(out) != 0 && r == 0)
		r = -EIO;
	else if (!out && twin >= 0)
		close(twin);
	*ret_fd = fd;
	return r;
}

/* What goes out is the archive: its hash is told, the file's is kept with the signature. */
static int hash_archive(struct making *making, int fd)
{
	uint8_t digest[FILE_DIGEST_BYTES], sha256[SIGN_SHA256_BYTES];
	struct sign_hash *of_archive = sign_hash_create();
	const int r = of_archive ? hash(of_archive, fd, &making->length) : -ENOMEM;
	if (r < 0) {
		sign_hash_destroy(of_archive);
		return r;
	}
	sign_hash_end(of_archive, digest, sha256);
	export_write_sha256(making->sha256, sha256);
	return 0;
}

static int respond_made(struct making *making, struct response *response)
{
	const bool zip = making->download->zip;
	int fd = -1;
	int r = zip ? pack(making, &fd) : 0;
	if (!zip)
		fd = dup(making->fd);
	if (r == 0)
		r = fd < 0 ? -EIO : zip ? hash_archive(making, fd) : 0;
	if (r < 0) {
		if (fd >= 0)
			close(fd);
		return r;
	}
	respond_file(response,
		zip ? "application/zip" : download_media_type(making->download->format), fd,
		making->length);
	return respond_header(response, SHA256_HEADER, making->sha256);
}

int download_respond_people(
	struct request *request, struct response *response, const struct download *download)
{
	struct making *making = calloc(1, sizeof *making);
	if (!making)
		return -ENOMEM;
	making->request = request;
	making->download = download;
	int r = make(making);
	if (r == 0)
		r = respond_made(making, response);
	export_finish(&making->export);
	if (making->file)
		fclose(making->file);
	free(making);
	return r;
}
