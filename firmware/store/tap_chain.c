#include <errno.h>
#include <stdio.h>
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

int tap_log_verify(struct store *store, int64_t *ret_count, uint8_t ret_head[CHAIN_BYTES],
	struct chain_fault *ret_fault)
{
	uint8_t head[CHAIN_BYTES] = { 0 };
	int64_t count = 0;
	for (;;) {
		const int64_t before = count;
		sqlite3_stmt *row = statement_use(store, ST_TAP_EACH_CHAIN);
		if (!row)
			return -EIO;
		sqlite3_bind_int64(row, 1, count);
		sqlite3_bind_int(row, 2, PAGE_ROWS);
		int r;
		while ((r = statement_step(store, row)) == 1) {
			r = verify_row(row, count + 1, head, ret_fault);
			if (r < 0)
				break;
			count++;
		}
		sqlite3_reset(row);
		if (r < 0)
			return r;
		if (count == before)
			break;
	}
	*ret_count = count;
	memcpy(ret_head, head, CHAIN_BYTES);
	return 0;
}
