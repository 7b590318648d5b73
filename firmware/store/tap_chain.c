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

struct reader {
	const uint8_t *at;
	size_t left;
};

static bool get(struct reader *in, void *ret, size_t length)
{
	if (in->left < length)
		return false;
	memcpy(ret, in->at, length);
	in->at += length;
	in->left -= length;
	return true;
}

static bool get_number(struct reader *in, int64_t *ret)
{
	uint8_t bytes[8];
	uint64_t value = 0;
	if (!get(in, bytes, sizeof bytes))
		return false;
	for (size_t i = 0; i < 8; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	*ret = (int64_t)value;
	return true;
}

static bool get_text(struct reader *in, char *ret, size_t size)
{
	int64_t length;
	if (!get_number(in, &length) || length < 0 || (size_t)length >= size ||
		!get(in, ret, (size_t)length))
		return false;
	ret[length] = '\0';
	return true;
}

bool tap_from_canonical(
	const uint8_t *bytes, size_t length, struct tap_record *ret, struct tap_stamp *ret_stamp)
{
	struct reader in = { bytes, length };
	int64_t grade, technology, direction, counts;
	char verdict[32];
	memset(ret, 0, sizeof *ret);
	if (!get_number(&in, &ret_stamp->seq) ||
		!get_text(&in, ret_stamp->id, sizeof ret_stamp->id) ||
		!get(&in, ret->key.bytes, sizeof ret->key.bytes) ||
		!get(&in, ret->at.boot.bytes, sizeof ret->at.boot.bytes) ||
		!get_number(&in, &ret->at.mono_ms) || !get_number(&in, &ret->at.wall_ms) ||
		!get_number(&in, &grade) || !get_number(&in, &technology) ||
		!get_text(&in, verdict, sizeof verdict) || !get_number(&in, &direction) ||
		!get_number(&in, &counts) || !get_text(&in, ret->kiosk, sizeof ret->kiosk) ||
		!get_text(&in, ret->event, sizeof ret->event) ||
		!get_text(&in, ret->session, sizeof ret->session) ||
		!get_text(&in, ret->attendee, sizeof ret->attendee) ||
		!get_text(&in, ret->note, sizeof ret->note))
		return false;
	ret->at.grade = (enum clock_grade)grade;
	ret->technology = (enum technology)technology;
	ret->direction = (enum direction)direction;
	ret->counts = counts != 0;
	return in.left == 0 && verdict_from_name(&ret->verdict, verdict);
}

/* What the log writes into each column, 'i' a whole number, 't' a text, 'n' a text or nothing, 'b'
 * bytes; SQLite would turn one into the other without a word. */
static bool has_types(sqlite3_stmt *row)
{
	static const char types[] = "itbbiiiitiitnnntb";
	for (int i = 0; types[i]; i++) {
		const int type = sqlite3_column_type(row, i);
		const bool fits = type == SQLITE_INTEGER ? types[i] == 'i'
				  : type == SQLITE_TEXT  ? types[i] == 't' || types[i] == 'n'
				  : type == SQLITE_BLOB  ? types[i] == 'b'
				  : type == SQLITE_NULL  ? types[i] == 'n'
							 : false;
		if (!fits)
			return false;
	}
	return true;
}

/* A number the log writes there: whole, and one of the enum's. Without this a bit beyond what is
 * read of the column would change unseen. */
static bool number_of_row(sqlite3_stmt *row, int column, int64_t limit, int *ret)
{
	const int64_t value = sqlite3_column_int64(row, column);
	*ret = (int)value;
	return value >= 0 && value < limit;
}

/* None is NULL in the log, never an empty text. */
static bool is_none_or_text(sqlite3_stmt *row, int column)
{
	return sqlite3_column_type(row, column) == SQLITE_NULL ||
	       sqlite3_column_bytes(row, column) > 0;
}

bool tap_of_row(sqlite3_stmt *row, struct tap_record *ret, struct tap_stamp *ret_stamp)
{
	int grade, technology, direction, counts;
	memset(ret, 0, sizeof *ret);
	if (!has_types(row)) /* asked first: reading a column may turn it into another type */
		return false;
	ret_stamp->seq = sqlite3_column_int64(row, 0);
	column_copy(ret_stamp->id, sizeof ret_stamp->id, row, 1);
	if (sqlite3_column_bytes(row, 2) != BADGE_KEY_BYTES ||
		sqlite3_column_bytes(row, 3) != BOOT_ID_BYTES ||
		sqlite3_column_bytes(row, 16) != CHAIN_BYTES ||
		!number_of_row(row, 6, CLOCK_GRADE_COUNT, &grade) ||
		!number_of_row(row, 7, TECHNOLOGY_COUNT, &technology) ||
		!number_of_row(row, 9, DIRECTION_COUNT, &direction) ||
		!number_of_row(row, 10, 2, &counts) || !is_none_or_text(row, 12) ||
		!is_none_or_text(row, 13) || !is_none_or_text(row, 14))
		return false;
	memcpy(ret->key.bytes, sqlite3_column_blob(row, 2), BADGE_KEY_BYTES);
	memcpy(ret->at.boot.bytes, sqlite3_column_blob(row, 3), BOOT_ID_BYTES);
	ret->at.mono_ms = sqlite3_column_int64(row, 4);
	ret->at.wall_ms = sqlite3_column_int64(row, 5);
	ret->at.grade = (enum clock_grade)grade;
	ret->technology = (enum technology)technology;
	ret->direction = (enum direction)direction;
	ret->counts = counts != 0;
	column_copy(ret->kiosk, sizeof ret->kiosk, row, 11);
	column_copy(ret->event, sizeof ret->event, row, 12);
	column_copy(ret->session, sizeof ret->session, row, 13);
	column_copy(ret->attendee, sizeof ret->attendee, row, 14);
	column_copy(ret->note, sizeof ret->note, row, 15);
	return verdict_from_name(&ret->verdict, column_text(row, 8));
}

int chain_fault_at(struct chain_fault *ret, int64_t seq, const char *en, const char *nl)
{
	ret->seq = seq;
	said_words(&ret->why, en, nl);
	return -EUCLEAN;
}

void chain_fault_say(struct said *ret, const struct chain_fault *fault)
{
	said_set(ret, "tap %lld of log %s does not hold: ", "tik %lld van logboek %s klopt niet: ",
		(long long)fault->seq, fault->log_id);
	said_add(ret, &fault->why);
}

/* The same of a row that is not what was searched for, which the search may be to blame for. */
static int lost_at(struct chain_fault *ret, int64_t seq, const char *en, const char *nl)
{
	chain_fault_at(ret, seq, en, nl);
	return -ENOENT;
}

static int verify_row(sqlite3_stmt *row, int64_t expected, uint8_t head[CHAIN_BYTES],
	struct chain_fault *ret_fault)
{
	struct tap_record record;
	struct tap_stamp stamp;
	uint8_t canonical[CANONICAL_TAP_MAX];
	if (!tap_of_row(row, &record, &stamp))
		return lost_at(ret_fault, expected, "the row holds what no kiosk writes",
			"er staat iets in wat geen kiosk schrijft");
	if (stamp.seq != expected)
		return lost_at(
			ret_fault, expected, "this number is missing", "dit nummer ontbreekt");
	seal_chain(head, head, canonical, tap_canonical(&record, &stamp, canonical));
	if (memcmp(head, sqlite3_column_blob(row, 16), CHAIN_BYTES) != 0)
		return chain_fault_at(ret_fault, expected,
			"the row was changed after it was written",
			"de regel is na het schrijven veranderd");
	return 0;
}

/* One short read of at most @limit rows, all for -1; @log moves on. 1 when there may be more. */
static int verify_page(struct store *store, const struct log_entry *entry, int limit,
	struct log_head *log, struct chain_fault *ret_fault)
{
	const int64_t before = log->count;
	sqlite3_stmt *row =
		statement_use(store, entry->number ? ST_PEER_TAP_EACH_CHAIN : ST_TAP_EACH_CHAIN);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, log->count);
	sqlite3_bind_int(row, 2, limit);
	sqlite3_bind_int64(row, 3, entry->number);
	sqlite3_bind_int64(row, 4, entry->last_seq);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = verify_row(row, log->count + 1, log->head, ret_fault);
		if (r < 0)
			break;
		log->count++;
	}
	if (r == -EUCLEAN && !ret_fault->seq)
		r = lost_at(ret_fault, log->count + 1, "the file is damaged here",
			"het bestand is hier beschadigd");
	sqlite3_reset(row);
	return r < 0 ? r : log->count != before;
}

static int verify_rows(struct store *store, const struct log_entry *entry, int limit,
	struct log_head *log, struct chain_fault *ret_fault)
{
	*ret_fault = (struct chain_fault){ .seq = 0 };
	memcpy(ret_fault->log_id, entry->log_id, sizeof ret_fault->log_id);
	int r;
	while ((r = verify_page(store, entry, limit, log, ret_fault)) == 1)
		;
	if (r == 0 && log->count < entry->last_seq)
		r = lost_at(ret_fault, log->count + 1, "this number is missing",
			"dit nummer ontbreekt");
	return r;
}

int log_verify(struct store *store, const struct log_entry *entry, struct log_head *log,
	struct chain_fault *ret_fault)
{
	const struct log_head start = *log;
	int r = verify_rows(store, entry, PAGE_ROWS, log, ret_fault);
	/* A row whose number was changed misleads the search for where a page begins: without pages
	 * there is nothing to search. */
	if (r == -ENOENT) {
		*log = start;
		r = verify_rows(store, entry, -1, log, ret_fault);
	}
	if (r < 0)
		return r == -ENOENT ? -EUCLEAN : r;
	return log_seal_check(store, entry, log->count, ret_fault);
}

/* A damaged file may hold all rows in their order and yet not find each by its number. */
static int verify_found(
	struct store *store, const struct log_entry *entry, struct chain_fault *ret_fault)
{
	uint8_t head[CHAIN_BYTES];
	for (int64_t seq = 1; seq <= entry->last_seq; seq++) {
		if (log_chain_at(store, entry, seq, head) == 0)
			continue;
		memcpy(ret_fault->log_id, entry->log_id, sizeof ret_fault->log_id);
		return chain_fault_at(ret_fault, seq, "it is there, but not found by its number",
			"hij is er, maar niet te vinden onder zijn nummer");
	}
	return 0;
}

/* When not even the ends of the logs can be read: our own, as far as it goes. */
static int list_own(struct store *store, struct log_entry **ret, size_t *ret_count)
{
	struct log_entry *own = calloc(1, sizeof *own);
	if (!own)
		return -ENOMEM;
	memcpy(own->log_id, store->log_id, sizeof own->log_id);
	own->last_seq = INT64_MAX;
	*ret = own;
	*ret_count = 1;
	return 0;
}

int tap_log_verify(struct store *store, int (*take)(void *context, const struct log_head *log),
	void *context, struct chain_fault *ret_fault)
{
	struct log_entry *list;
	size_t count;
	struct chain_fault fault = { .seq = 0 };
	int r = log_list(store, &list, &count);
	if (r == -EUCLEAN)
		r = list_own(store, &list, &count);
	if (r < 0)
		return r;
	for (size_t i = 0; i < count && r == 0; i++) {
		struct log_head log = { .own = list[i].number == 0, .made_ms = list[i].made_ms };
		memcpy(log.log_id, list[i].log_id, sizeof log.log_id);
		r = log_verify(store, &list[i], &log, &fault);
		if (r == 0 && take)
			r = take(context, &log);
	}
	if (r == 0)
		r = log_seal_check_strangers(store, &fault);
	if (r == 0 && store_check(store) == -EUCLEAN) {
		for (size_t i = 0; i < count && r == 0; i++)
			r = verify_found(store, &list[i], &fault);
		r = r < 0 ? r : -EUCLEAN;
	}
	free(list);
	*ret_fault = fault;
	return r;
}
