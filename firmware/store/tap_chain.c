#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "store/store_private.h"

#define PAGE_ROWS 512

struct writer {
	uint8_t *at;
	size_t length;
};

static void put(struct writer *out, const void *bytes, size_t length)
{
	memcpy(out->at + out->length, bytes, length);
	out->length += length;
}

static void put_number(struct writer *out, int64_t value)
{
	uint8_t bytes[8];
	for (size_t i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
	put(out, bytes, sizeof bytes);
}

/* Length first, so that two texts can not trade letters. */
static void put_text(struct writer *out, const char *text)
{
	const size_t length = strlen(text);
	put_number(out, (int64_t)length);
	put(out, text, length);
}

/*
 * Version 1: seq, id, key 16, boot 16, mono, wall, grade, technology, verdict, direction, counts,
 * kiosk, event, session, attendee, note. Numbers are 8 bytes little-endian, texts are length and
 * bytes. Nothing here is a name.
 */
size_t tap_canonical(const struct tap_record *record, const struct tap_stamp *stamp,
	uint8_t ret[CANONICAL_TAP_MAX])
{
	struct writer out = { .at = ret };
	put_number(&out, stamp->seq);
	put_text(&out, stamp->id);
	put(&out, record->key.bytes, sizeof record->key.bytes);
	put(&out, record->at.boot.bytes, sizeof record->at.boot.bytes);
	const int64_t numbers[] = { record->at.mono_ms, record->at.wall_ms, record->at.grade,
		record->technology };
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		put_number(&out, numbers[i]);
	put_text(&out, verdict_name(record->verdict));
	put_number(&out, record->direction);
	put_number(&out, record->counts);
	const char *const texts[] = { record->kiosk, record->event, record->session,
		record->attendee, record->note };
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		put_text(&out, texts[i]);
	return out.length;
}

/* A row as it was appended; false when a value is none the log ever writes. */
static bool row_of(sqlite3_stmt *row, struct tap_record *ret, struct tap_stamp *ret_stamp)
{
	memset(ret, 0, sizeof *ret);
	ret_stamp->seq = sqlite3_column_int64(row, 0);
	column_copy(ret_stamp->id, sizeof ret_stamp->id, row, 1);
	if (sqlite3_column_bytes(row, 2) != BADGE_KEY_BYTES ||
		sqlite3_column_bytes(row, 3) != BOOT_ID_BYTES ||
		sqlite3_column_bytes(row, 16) != CHAIN_BYTES)
		return false;
	memcpy(ret->key.bytes, sqlite3_column_blob(row, 2), BADGE_KEY_BYTES);
	memcpy(ret->at.boot.bytes, sqlite3_column_blob(row, 3), BOOT_ID_BYTES);
	ret->at.mono_ms = sqlite3_column_int64(row, 4);
	ret->at.wall_ms = sqlite3_column_int64(row, 5);
	ret->at.grade = (enum clock_grade)sqlite3_column_int(row, 6);
	ret->technology = (enum technology)sqlite3_column_int(row, 7);
	ret->direction = (enum direction)sqlite3_column_int(row, 9);
	ret->counts = sqlite3_column_int(row, 10) != 0;
	column_copy(ret->kiosk, sizeof ret->kiosk, row, 11);
	column_copy(ret->event, sizeof ret->event, row, 12);
	column_copy(ret->session, sizeof ret->session, row, 13);
	column_copy(ret->attendee, sizeof ret->attendee, row, 14);
	column_copy(ret->note, sizeof ret->note, row, 15);
	return verdict_from_name(&ret->verdict, column_text(row, 8));
}

static int fault_at(struct chain_fault *ret, int64_t seq, const char *words)
{
	ret->seq = seq;
	snprintf(ret->words, sizeof ret->words, "%s", words);
	return -EUCLEAN;
}

static int verify_row(sqlite3_stmt *row, int64_t expected, uint8_t head[CHAIN_BYTES],
	struct chain_fault *ret_fault)
{
	struct tap_record record;
	struct tap_stamp stamp;
	uint8_t canonical[CANONICAL_TAP_MAX];
	if (!row_of(row, &record, &stamp))
		return fault_at(ret_fault, expected, "the row holds what no kiosk writes");
	if (stamp.seq != expected)
		return fault_at(ret_fault, expected, "this number is missing");
	seal_chain(head, head, canonical, tap_canonical(&record, &stamp, canonical));
	if (memcmp(head, sqlite3_column_blob(row, 16), CHAIN_BYTES) != 0)
		return fault_at(ret_fault, expected, "the row was changed after it was written");
	return 0;
}

/* One short read; @log moves on. 1 when there may be more. */
static int verify_page(struct store *store, const struct log_entry *entry, struct log_head *log,
	struct chain_fault *ret_fault)
{
	const int64_t before = log->count;
	sqlite3_stmt *row =
		statement_use(store, entry->number ? ST_PEER_TAP_EACH_CHAIN : ST_TAP_EACH_CHAIN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, log->count);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, entry->number);
	sqlite3_bind_int64(row, 4, entry->last_seq);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = verify_row(row, log->count + 1, log->head, ret_fault);
		if (r < 0)
			break;
		log->count++;
	}
	sqlite3_reset(row);
	return r < 0 ? r : log->count != before;
}

static int verify_log(struct store *store, const struct log_entry *entry, struct log_head *ret,
	struct chain_fault *ret_fault)
{
	struct log_head log = { .own = entry->number == 0, .made_ms = entry->made_ms };
	memcpy(log.log_id, entry->log_id, sizeof log.log_id);
	memcpy(ret_fault->log_id, entry->log_id, sizeof ret_fault->log_id);
	int r;
	while ((r = verify_page(store, entry, &log, ret_fault)) == 1)
		;
	if (r == 0 && log.count < entry->last_seq)
		r = fault_at(ret_fault, log.count + 1, "this number is missing");
	if (r == 0)
		r = log_seal_check(store, entry, log.count, ret_fault);
	*ret = log;
	return r;
}

int tap_log_verify(struct store *store, int (*take)(void *context, const struct log_head *log),
	void *context, struct chain_fault *ret_fault)
{
	struct log_entry *list;
	size_t count;
	int r = log_list(store, &list, &count);
	if (r < 0)
		return r;
	for (size_t i = 0; i < count && r == 0; i++) {
		struct log_head log;
		r = verify_log(store, &list[i], &log, ret_fault);
		if (r == 0 && take)
			r = take(context, &log);
	}
	free(list);
	return r;
}
