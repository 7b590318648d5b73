#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/secret.h"
#include "core/text.h"
#include "web/download_private.h"
#include "web/template.h"

static const struct {
	const char *type, *extension;
} kinds[ATTENDANCE_FORMAT_COUNT] = {
	[ATTENDANCE_CSV] = { "text/csv; charset=utf-8; header=present", "csv" },
	[ATTENDANCE_CSV_EXCEL] = { "text/csv; charset=utf-8; header=present", "csv" },
	[ATTENDANCE_JSON] = { "application/json", "json" },
	[ATTENDANCE_XLSX] = { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"xlsx" },
};

const char *download_extension(enum attendance_format format)
{
	return kinds[format].extension;
}

const char *download_media_type(enum attendance_format format)
{
	return kinds[format].type;
}

int export_line(void *context, const struct attendance_line *line)
{
	struct export *export = context;
	if (!evidence_count(&export->evidence, line->log_id, line->seq, line->wall_ms))
		return 0;
	return attendance_out_line(export->writer, line);
}

int export_init(struct export *ret, const struct request *request, const struct download *download,
	FILE *file)
{
	const struct attendance_filter *filter = &download->filter;
	*ret = (struct export){ .people = download->people,
		.store = request->stores.write,
		.hash = sign_hash_create(),
		.writer = attendance_out_create(file, download->format),
		.entry = { .wall_ms = clock_wall_ms(), .names = download->filter.personal } };
	if (!ret->hash || !ret->writer)
		return -ENOMEM;
	attendance_out_speak(ret->writer, request->language);
	int r = sign_key_load(&ret->key, request->site->arguments->data, true);
	if (r == 0)
		r = tap_log_evidence(request->stores.read, &ret->evidence);
	ret->evidence.whole =
		!filter->event && !filter->session && !filter->from_ms && !filter->to_ms;
	utf8_clip(ret->entry.who, sizeof ret->entry.who, request->owner.who);
	utf8_clip(ret->entry.file, sizeof ret->entry.file, download->filename);
	utf8_clip(ret->entry.reason, sizeof ret->entry.reason,
		download->reason ? download->reason : "");
	return r;
}

int export_notes(struct export *export, enum language language)
{
	static const char *const keys[] = { "dl.note.1", "dl.note.2", "dl.note.3", "dl.note.4" };
	const char *lines[sizeof keys / sizeof keys[0] + 1];
	char made[TIME_TEXT_SIZE];
	size_t count = 0;
	for (; count < sizeof keys / sizeof keys[0]; count++)
		lines[count] = web_word(language, keys[count]);
	const int64_t now_ms = export->entry.wall_ms;
	time_iso(made, sizeof made, now_ms, clock_utc_offset_min(now_ms));
	lines[count++] = made;
	return attendance_out_notes(export->writer, web_word(language, "dl.notes"), lines, count);
}

void export_finish(struct export *export)
{
	attendance_out_destroy(export->writer);
	sign_hash_destroy(export->hash);
	secret_forget(&export->key, sizeof export->key);
	export->writer = NULL;
	export->hash = NULL;
}

void export_write_sha256(char ret[SHA256_HEX_SIZE], const uint8_t sha256[SIGN_SHA256_BYTES])
{
	for (size_t i = 0; i < SIGN_SHA256_BYTES; i++)
		snprintf(ret + 2 * i, 3, "%02x", sha256[i]);
}

int export_sign(
	struct export *export, char ret_sha256[SHA256_HEX_SIZE], char ret_minisig[MINISIG_SIZE])
{
	uint8_t digest[FILE_DIGEST_BYTES], sha256[SIGN_SHA256_BYTES];
	char comment[SIGN_COMMENT_SIZE], *own = ret_minisig ? NULL : malloc(MINISIG_SIZE);
	char *minisig = ret_minisig ? ret_minisig : own;
	struct download_entry *entry = &export->entry;
	if (!minisig)
		return -ENOMEM;
	sign_hash_end(export->hash, digest, sha256);
	export->hash = NULL;
	export_write_sha256(ret_sha256, sha256);
	if (export->people)
		snprintf(comment, sizeof comment, "incheckpaal attendees rows=%lld",
			(long long)export->evidence.rows);
	else
		evidence_write(comment, sizeof comment, &export->evidence);
	minisig_write(&export->key, digest, comment, minisig);
	entry->rows = export->evidence.rows;
	snprintf(entry->code, sizeof entry->code, "%02X%02X-%02X%02X-%02X%02X", sha256[0],
		sha256[1], sha256[2], sha256[3], sha256[4], sha256[5]);
	const int r = download_add(export->store, entry, digest, minisig);
	free(own);
	return r;
}
