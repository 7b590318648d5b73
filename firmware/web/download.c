#include "web/download.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "core/evidence.h"
#include "core/text.h"
#include "web/text_out.h"

static const struct {
	const char *type, *extension;
} kinds[ATTENDANCE_FORMAT_COUNT] = {
	[ATTENDANCE_CSV] = { "text/csv; charset=utf-8; header=present", "csv" },
	[ATTENDANCE_CSV_EXCEL] = { "text/csv; charset=utf-8; header=present", "csv" },
	[ATTENDANCE_JSON] = { "application/json", "json" },
};

struct flow {
	struct tap_walk *walk;
	struct attendance_out *writer;
	FILE *file; /* what the writer writes to: text */
	struct text_out text;
	size_t sent;
	bool personal, ended;
	struct sign_hash *hash;
	struct sign_key key;
	struct evidence evidence;
	struct download_entry entry;
	struct store *store; /* to write in */
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
	attendance_out_destroy(flow->writer);
	if (flow->file)
		fclose(flow->file);
	text_out_finish(&flow->text);
	sign_hash_destroy(flow->hash);
	secret_forget(&flow->key, sizeof flow->key);
	free(flow);
}

static int on_row(void *context, const struct attendance_row *row)
{
	struct flow *flow = context;
	if (!evidence_count(&flow->evidence, row->log_id, row->seq, row->wall_ms))
		return 0;
	const struct attendance_line line = {
		.log_id = row->log_id,
		.seq = row->seq,
		.wall_ms = row->wall_ms,
		.raw_wall_ms = row->raw_wall_ms,
		.utc_offset_min = clock_utc_offset_min(row->wall_ms),
		.raw_utc_offset_min = clock_utc_offset_min(row->raw_wall_ms),
		.grade = row->grade,
		.kiosk = row->kiosk,
		.event = row->event,
		.session = row->session_title,
		.session_id = row->session_code,
		.room = row->room,
		.session_cluster = row->session_cluster,
		.direction = row->direction,
		.verdict = row->verdict,
		.counted = row->counted,
		.organisation = row->organisation,
		.organisation_kind = row->organisation_kind,
		.organisation_cluster = row->organisation_cluster,
		.attendee_id = flow->personal ? row->attendee : "",
		.name = flow->personal ? row->name : "",
		.note = row->note,
	};
	return attendance_out_line(flow->writer, &line);
}

/* Whoever has the file may now ask whether it is genuine. */
static int keep_signature(struct flow *flow)
{
	uint8_t digest[FILE_DIGEST_BYTES], sha256[SIGN_SHA256_BYTES];
	char comment[SIGN_COMMENT_SIZE], *minisig = malloc(MINISIG_SIZE);
	if (!minisig)
		return -ENOMEM;
	sign_hash_end(flow->hash, digest, sha256);
	flow->hash = NULL;
	evidence_write(comment, sizeof comment, &flow->evidence);
	minisig_write(&flow->key, digest, comment, minisig);
	struct download_entry *entry = &flow->entry;
	entry->rows = flow->evidence.rows;
	snprintf(entry->code, sizeof entry->code, "%02X%02X-%02X%02X-%02X%02X", sha256[0],
		sha256[1], sha256[2], sha256[3], sha256[4], sha256[5]);
	const int r = download_add(flow->store, entry, digest, minisig);
	free(minisig);
	return r;
}

/* The next page as text; what was sent makes room. */
static int fill(struct flow *flow)
{
	flow->text.length = flow->sent = 0;
	const int r = tap_walk_page(flow->walk, on_row, flow);
	if (r < 0)
		return r;
	if (r == 0) {
		flow->ended = true;
		if (attendance_out_end(flow->writer) < 0)
			return -EIO;
	}
	if (fflush(flow->file) != 0)
		return -EIO;
	sign_hash_add(flow->hash, flow->text.data ? flow->text.data : "", flow->text.length);
	return flow->ended ? keep_signature(flow) : 0;
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

static int open_flow(struct flow *flow, struct request *request, const struct download *download)
{
	static const cookie_io_functions_t functions = { .write = take_text };
	flow->personal = download->personal;
	flow->file = fopencookie(&flow->text, "w", functions);
	if (!flow->file)
		return -ENOMEM;
	flow->writer = attendance_out_create(flow->file, download->format);
	flow->hash = sign_hash_create();
	if (!flow->writer || !flow->hash)
		return -ENOMEM;
	const struct attendance_filter *filter = &download->filter;
	int r = sign_key_load(&flow->key, request->site->arguments->data, true);
	if (r == 0)
		r = tap_log_evidence(request->stores.read, &flow->evidence);
	if (r < 0)
		return r;
	flow->evidence.whole =
		!filter->event && !filter->session && !filter->from_ms && !filter->to_ms;
	flow->store = request->stores.write;
	flow->entry =
		(struct download_entry){ .wall_ms = clock_wall_ms(), .names = download->personal };
	utf8_clip(flow->entry.who, sizeof flow->entry.who, request->owner.who);
	utf8_clip(flow->entry.file, sizeof flow->entry.file, download->filename);
	utf8_clip(flow->entry.reason, sizeof flow->entry.reason,
		download->reason ? download->reason : "");
	return tap_walk_begin(&flow->walk, request->stores.read, &download->filter);
}

const char *download_extension(enum attendance_format format)
{
	return kinds[format].extension;
}

int download_respond(
	struct request *request, struct response *response, const struct download *download)
{
	struct flow *flow = calloc(1, sizeof *flow);
	const int r = flow ? open_flow(flow, request, download) : -ENOMEM;
	if (r < 0) {
		if (flow)
			flow_destroy(flow);
		return r;
	}
	return respond_stream(
		response, kinds[download->format].type, flow_read, NULL, flow_destroy, flow);
}
