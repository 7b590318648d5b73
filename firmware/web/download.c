#include "web/download.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "web/download_private.h"
#include "web/text_out.h"

struct flow {
	struct export export;
	struct tap_walk *walk;
	FILE *file; /* what the writer writes to: text */
	struct text_out text;
	size_t sent;
	bool ended;
	char sha256[SHA256_HEX_SIZE];
};

static ssize_t take_text(void *context, const char *bytes, size_t length)
{
	struct text_out *text = context;
	text_out_add(text, bytes, length);
	return text->failed ? -1 : (ssize_t)length;
}

static void flow_destroy(void *context)
{
	struct flow *flow = context;
	tap_walk_end(flow->walk);
	export_finish(&flow->export);
	if (flow->file)
		fclose(flow->file);
	text_out_finish(&flow->text);
	free(flow);
}

/* The next page as text; what was sent makes room. */
static int fill(struct flow *flow)
{
	flow->text.length = flow->sent = 0;
	const int r = tap_walk_page(flow->walk, export_line, &flow->export);
	if (r < 0)
		return r;
	if (r == 0) {
		flow->ended = true;
		if (attendance_out_end(flow->export.writer) < 0)
			return -EIO;
	}
	if (fflush(flow->file) != 0)
		return -EIO;
	sign_hash_add(flow->export.hash, flow->text.data ? flow->text.data : "", flow->text.length);
	return flow->ended ? export_sign(&flow->export, flow->sha256, NULL) : 0;
}

static ssize_t flow_read(void *context, char *buffer, size_t size)
{
	struct flow *flow = context;
	if (flow->sent == flow->text.length && !flow->ended) {
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

static int open_flow(struct flow *flow, struct request *request, const struct download *download)
{
	static const cookie_io_functions_t functions = { .write = take_text };
	flow->file = fopencookie(&flow->text, "w", functions);
	if (!flow->file)
		return -ENOMEM;
	const int r = export_init(&flow->export, request, download, flow->file);
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
	respond_stream(response, download_media_type(download->format), flow_read, NULL,
		flow_destroy, flow);
	return respond_trailer(response, SHA256_HEADER, flow_sha256);
}

int download_respond(
	struct request *request, struct response *response, const struct download *download)
{
	return download_is_made_first(download) ? download_respond_file(request, response, download)
						: respond_flow(request, response, download);
}
