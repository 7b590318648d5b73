#include "web/download.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "core/text.h"
#include "exchange/archive.h"
#include "web/download_private.h"
#include "web/text_out.h"

#define PAGES_MAX 4 /* at once: others wait meanwhile */

struct flow {
	struct export export;
	struct tap_walk *walk;
	FILE *file; /* what the writer writes to */
	/* Together with its signature: what @file holds goes through an archive, which writes to
	 * @outer; else these are NULL. */
	struct archive *archive;
	FILE *outer;
	struct sign_hash *of_archive;
	struct text_out text; /* what goes out next */
	size_t sent;
	bool ended;
	enum language language;
	char filename[DOWNLOAD_FILE_SIZE];
	char sha256[SHA256_HEX_SIZE], minisig[MINISIG_SIZE];
};

static ssize_t take_bytes(void *context, const char *bytes, size_t length)
{
	struct text_out *text = context;
	text_out_add(text, bytes, length);
	return text->failed ? -1 : (ssize_t)length;
}

static ssize_t take_file(void *context, const char *bytes, size_t length)
{
	struct flow *flow = context;
	sign_hash_add(flow->export.hash, bytes, length);
	if (!flow->archive)
		return take_bytes(&flow->text, bytes, length);
	return archive_add(flow->archive, bytes, length) < 0 ? -1 : (ssize_t)length;
}

static void flow_destroy(void *context)
{
	struct flow *flow = context;
	tap_walk_end(flow->walk);
	if (flow->file)
		fclose(flow->file);
	export_finish(&flow->export);
	archive_destroy(flow->archive);
	if (flow->outer)
		fclose(flow->outer);
	sign_hash_destroy(flow->of_archive);
	text_out_finish(&flow->text);
	free(flow);
	malloc_trim(0); /* what a large log took is not kept for the next */
}

static int end_archive(struct flow *flow)
{
	char name[DOWNLOAD_FILE_SIZE + 16];
	snprintf(name, sizeof name, "%s.minisig", flow->filename);
	int r = archive_begin(flow->archive, name, flow->export.entry.wall_ms);
	if (r == 0)
		r = archive_add(flow->archive, flow->minisig, strlen(flow->minisig));
	return r == 0 ? archive_end(flow->archive) : r;
}

/* After the last row: what closes the file, and its signature. */
static int end(struct flow *flow)
{
	int r = export_notes(&flow->export, flow->language);
	flow->ended = true;
	if (r == 0)
		r = attendance_out_end(flow->export.writer);
	if (r == 0)
		r = export_sign(&flow->export, flow->sha256, flow->archive ? flow->minisig : NULL);
	return r == 0 && flow->archive ? end_archive(flow) : r;
}

/* What goes out is the archive: its hash is told, the file's is kept with the signature. */
static void hash_archive(struct flow *flow)
{
	uint8_t digest[FILE_DIGEST_BYTES], sha256[SIGN_SHA256_BYTES];
	if (!flow->archive)
		return;
	sign_hash_add(flow->of_archive, flow->text.data ? flow->text.data : "", flow->text.length);
	if (!flow->ended)
		return;
	sign_hash_end(flow->of_archive, digest, sha256);
	flow->of_archive = NULL;
	export_write_sha256(flow->sha256, sha256);
}

/* The next page; what was sent makes room. */
static int fill(struct flow *flow)
{
	flow->text.length = flow->sent = 0;
	int r = tap_walk_page(flow->walk, export_line, &flow->export);
	if (r == 0)
		r = end(flow);
	if (r < 0)
		return r;
	if (fflush(flow->file) != 0 || (flow->outer && fflush(flow->outer) != 0))
		return -EIO;
	hash_archive(flow);
	return 0;
}

static ssize_t flow_read(void *context, char *buffer, size_t size)
{
	struct flow *flow = context;
	/* An archive keeps some pages to itself before it lets go of a block. */
	for (int pages = 0; pages < PAGES_MAX && flow->sent == flow->text.length && !flow->ended;
		pages++) {
		const int r = fill(flow);
		if (r < 0) {
			log_error("web: a download broke off: %s", strerror(-r));
			return STREAM_BROKEN;
		}
	}
	size_t length = flow->text.length - flow->sent;
	if (length == 0) /* a page without a row that was asked for: others may have their turn */
		return flow->ended ? STREAM_END : STREAM_LATER;
	if (length > size)
		length = size;
	memcpy(buffer, flow->text.data + flow->sent, length);
	flow->sent += length;
	return (ssize_t)length;
}

static const char *flow_sha256(void *context)
{
	const struct flow *flow = context;
	return flow->sha256;
}

static int open_archive(struct flow *flow)
{
	static const cookie_io_functions_t functions = { .write = take_bytes };
	flow->outer = fopencookie(&flow->text, "w", functions);
	flow->of_archive = sign_hash_create();
	flow->archive = flow->outer ? archive_create(flow->outer) : NULL;
	if (!flow->archive || !flow->of_archive)
		return -ENOMEM;
	return archive_begin(flow->archive, flow->filename, clock_wall_ms());
}

static int open_flow(struct flow *flow, struct request *request, const struct download *download)
{
	static const cookie_io_functions_t functions = { .write = take_file };
	flow->language = request->language;
	utf8_clip(flow->filename, sizeof flow->filename, download->filename);
	flow->file = fopencookie(flow, "w", functions);
	int r = !flow->file ? -ENOMEM : download->zip ? open_archive(flow) : 0;
	if (r == 0)
		r = export_init(&flow->export, request, download, flow->file);
	return r < 0 ? r : tap_walk_begin(&flow->walk, request->stores.read, &download->filter);
}

static int respond_flow(
	struct request *request, struct response *response, const struct download *download)
{
	struct flow *flow = calloc(1, sizeof *flow);
	const int r = flow ? open_flow(flow, request, download) : -ENOMEM;
	if (r < 0) {
		if (flow)
			flow_destroy(flow);
		return r;
	}
	respond_stream(response,
		download->zip ? "application/zip" : download_media_type(download->format),
		flow_read, NULL, flow_destroy, flow);
	return respond_trailer(response, SHA256_HEADER, flow_sha256);
}

int download_respond(
	struct request *request, struct response *response, const struct download *download)
{
	return download->people ? download_respond_people(request, response, download)
				: respond_flow(request, response, download);
}
