#include "store/counter.h"

#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/store_private.h"

#define NOBODY 0 /* the organisation of a badge without an owner */
#define NONE 1   /* the number of "" */
#define STAY_MS_MAX (24LL * 3600 * 1000)

/* Where and for whom something counts. */
struct place {
	int64_t session, event, day, organisation, person; /* person 0: nobody's badge */
};
struct amount {
	int64_t checkins, stays, stay_ms;
};

static int add_number(struct store *store, const char *id, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_NUMBER_ADD);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_run(store, row);
	*ret = sqlite3_last_insert_rowid(store->db);
	return r;
}

static int number_of(struct store *store, const char *id, int64_t *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_NUMBER_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, id);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_reset(row);
	return r == 0 ? add_number(store, id, ret) : r < 0 ? r : 0;
}

/* The same for a session or an event: people come to few of them at a time, so the last ones are
 * remembered, until something is undone. */
static int number_of_place(struct store *store, const char *id, int64_t *ret)
{
	struct known_number *known = store->known_numbers;
	if (!id[0]) {
		*ret = NONE;
		return 0;
	}
	for (size_t i = 0; i < KNOWN_NUMBERS; i++)
		if (strcmp(known[i].id, id) == 0) {
			*ret = known[i].number;
			return 0;
		}
	const int r = number_of(store, id, ret);
	if (r < 0)
		return r;
	struct known_number *oldest = &known[store->known_next++ % KNOWN_NUMBERS];
	utf8_clip(oldest->id, sizeof oldest->id, id);
	oldest->number = *ret;
	return 0;
}

int anchors_of_boot(struct store *store, const struct boot_id *boot, struct moment ret[ANCHORS_MAX],
	size_t *ret_count)
{
	sqlite3_stmt *row = statement_use(store, ST_ANCHOR_OF_BOOT);
	if (!row)
		return -EIO;
	sqlite3_bind_blob(row, 1, boot->bytes, BOOT_ID_BYTES, SQLITE_STATIC);
	size_t count = 0;
	int r = 1;
	while (count < ANCHORS_MAX && (r = statement_step(store, row)) == 1)
		moment_of_row(row, 0, &ret[count++]);
	sqlite3_reset(row);
	*ret_count = count;
	return r < 0 ? r : 0;
}

/* The local day of a tap, by the best that is known of its time. */
static int day_of(struct store *store, const struct moment *at, int64_t *ret)
{
	struct moment anchors[ANCHORS_MAX];
	size_t count;
	int64_t wall_ms;
	const int r = anchors_of_boot(store, &at->boot, anchors, &count);
	if (r < 0)
		return r;
	clock_repair(at, anchors, count, &wall_ms, NULL);
	*ret = local_day(wall_ms, clock_utc_offset_min(wall_ms));
	return 0;
}

/* Whose a tap is. */
struct owner {
	bool known;                                 /* false: nobody's badge */
	int64_t person_number, organisation_number; /* 0: not looked up yet, then: */
	char attendee[ID_TEXT_SIZE], organisation[ID_TEXT_SIZE];
};

/* The two columns from @column on. */
static void copy_ids(sqlite3_stmt *row, int column, struct owner *ret)
{
	column_copy(ret->attendee, sizeof ret->attendee, row, column);
	column_copy(ret->organisation, sizeof ret->organisation, row, column + 1);
}

static int find_numbers(struct store *store, const struct owner *owner, struct place *ret)
{
	ret->organisation = NOBODY;
	ret->person = 0;
	if (!owner->known)
		return 0;
	ret->person = owner->person_number;
	ret->organisation = owner->organisation_number;
	const int r = ret->person ? 0 : number_of(store, owner->attendee, &ret->person);
	return r < 0 || ret->organisation
		       ? r
		       : number_of(store, owner->organisation, &ret->organisation);
}

/* "" stands for none, as in the log. */
static int find_place(struct store *store, const struct moment *at, const char *event,
	const char *session, const struct owner *owner, struct place *ret)
{
	int r = number_of_place(store, session, &ret->session);
	if (r == 0)
		r = number_of_place(store, event, &ret->event);
	ret->day = 0;
	if (r == 0 && !session[0])
		r = day_of(store, at, &ret->day);
	return r == 0 ? find_numbers(store, owner, ret) : r;
}

static void bind_numbers(sqlite3_stmt *row, const int64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sqlite3_bind_int64(row, (int)i + 1, numbers[i]);
}

static int run_numbers(
	struct store *store, enum statement which, const int64_t *numbers, size_t count)
{
	sqlite3_stmt *row = statement_use(store, which);
	if (!row)
		return -EIO;
	bind_numbers(row, numbers, count);
	return statement_run(store, row);
}

static int add_attended(struct store *store, const struct place *at, const struct amount *amount)
{
	const int64_t numbers[] = { at->session, at->event, at->day, at->organisation,
		amount->checkins, amount->stays, amount->stay_ms };
	const int r = run_numbers(store, ST_ATTENDED_ADD, numbers, 7);
	return r == 0 && amount->checkins <= 0 ? run_numbers(store, ST_ATTENDED_CLEAN, numbers, 4)
					       : r;
}

static int count_visit(struct store *store, const struct place *at, int64_t *ret)
{
	const int64_t numbers[] = { at->person, at->session, at->event, at->day };
	sqlite3_stmt *row = statement_use(store, ST_VISIT_FIND);
	if (!row)
		return -EIO;
	bind_numbers(row, numbers, 4);
	const int r = statement_step(store, row);
	*ret = r == 1 ? sqlite3_column_int64(row, 0) : 0;
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static void bind_spot(sqlite3_stmt *row, const struct place *at)
{
	const int64_t numbers[] = { at->session, at->event, at->day, at->person / ATTENDER_CHUNK };
	bind_numbers(row, numbers, 4);
}

/* The bitmap with the bit set: so that marking somebody is one statement. */
static void with_bit(sqlite3_context *context, int count, sqlite3_value **values)
{
	uint8_t bits[ATTENDER_BYTES];
	const int64_t bit = sqlite3_value_int64(values[1]);
	(void)count;
	memcpy(bits, sqlite3_value_blob(values[0]), sizeof bits); /* the table checks its length */
	bits[bit / 8] |= (uint8_t)(1u << (bit % 8));
	sqlite3_result_blob(context, bits, sizeof bits, SQLITE_TRANSIENT);
}

/* How many persons a bitmap holds. */
static void count_bits(sqlite3_context *context, int count, sqlite3_value **values)
{
	const uint8_t *bits = sqlite3_value_blob(values[0]);
	const int length = sqlite3_value_bytes(values[0]);
	int found = 0;
	(void)count;
	for (int i = 0; i < length; i++)
		found += __builtin_popcount(bits[i]);
	sqlite3_result_int(context, found);
}

int counter_prepare(struct store *store)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	sqlite3 *db = store->db;
	return sqlite3_create_function(db, "with_bit", 2, flags, NULL, with_bit, NULL, NULL) ==
				       SQLITE_OK &&
			       sqlite3_create_function(db, "count_bits", 1, flags, NULL, count_bits,
				       NULL, NULL) == SQLITE_OK
		       ? 0
		       : -ENOMEM;
}

static int mark_attender(struct store *store, const struct place *at)
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDER_MARK);
	if (!row)
		return -EIO;
	bind_spot(row, at);
	sqlite3_bind_int64(row, 5, at->person % ATTENDER_CHUNK);
	return statement_run(store, row);
}

static int read_bits(struct store *store, const struct place *at, uint8_t ret[ATTENDER_BYTES])
{
	sqlite3_stmt *row = statement_use(store, ST_ATTENDER_FIND);
	if (!row)
		return -EIO;
	bind_spot(row, at);
	const int r = statement_step(store, row);
	if (r == 1)
		memcpy(ret, sqlite3_column_blob(row, 0), ATTENDER_BYTES);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

/* An empty bitmap is no row. */
static int unmark_attender(struct store *store, const struct place *at)
{
	static const uint8_t nobody[ATTENDER_BYTES];
	const int64_t bit = at->person % ATTENDER_CHUNK;
	uint8_t bits[ATTENDER_BYTES] = { 0 };
	int r = read_bits(store, at, bits);
	if (r < 0)
		return r;
	bits[bit / 8] &= (uint8_t) ~(1u << (bit % 8));
	const bool empty = memcmp(bits, nobody, sizeof bits) == 0;
	sqlite3_stmt *row = statement_use(store, empty ? ST_ATTENDER_CLEAN : ST_ATTENDER_SAVE);
	if (!row)
		return -EIO;
	bind_spot(row, at);
	if (!empty)
		sqlite3_bind_blob(row, 5, bits, sizeof bits, SQLITE_STATIC);
	return statement_run(store, row);
}

/* Nearly always the person was not counted there before: then it is one statement. */
static int add_visit(struct store *store, const struct place *at, const struct amount *amount)
{
	const int64_t numbers[] = { at->person, at->session, at->event, at->day, at->organisation,
		amount->checkins, amount->stays, amount->stay_ms };
	int64_t before = 0;
	int r = run_numbers(store, ST_VISIT_NEW, numbers, 8);
	if (r == 0 && sqlite3_changes(store->db) == 0) {
		r = count_visit(store, at, &before);
		if (r == 0)
			r = run_numbers(store, ST_VISIT_ADD, numbers, 8);
	}
	if (r == 0 && amount->checkins <= 0)
		r = run_numbers(store, ST_VISIT_CLEAN, numbers, 4);
	const bool was_there = before > 0, is_there = before + amount->checkins > 0;
	if (r < 0 || was_there == is_there)
		return r;
	return is_there ? mark_attender(store, at) : unmark_attender(store, at);
}

static int add(struct store *store, const struct place *at, const struct amount *amount)
{
	const int r = add_attended(store, at, amount);
	return r == 0 && at->person ? add_visit(store, at, amount) : r;
}

/* What came before in the same place, and how long ago; nothing to add when it was no check-in. */
static void measure_stay(int before, const void *before_boot, int64_t before_mono_ms,
	const struct moment *at, struct amount *ret)
{
	const int64_t stay_ms = at->mono_ms - before_mono_ms;
	if (before != DIRECTION_IN || memcmp(before_boot, at->boot.bytes, BOOT_ID_BYTES) != 0 ||
		stay_ms < 0 || stay_ms > STAY_MS_MAX)
		return;
	ret->stays = 1;
	ret->stay_ms = stay_ms;
}

/* Which tap is counted. */
struct counted {
	const struct tap_record *record;
	int64_t seq;
	const struct log_entry *log; /* NULL: the tap is being added to our own */
};

static int find_stay(struct store *store, const struct counted *tap, struct amount *ret)
{
	sqlite3_stmt *row = statement_use(store, tap->log ? ST_COUNT_PEER_BEFORE : ST_COUNT_BEFORE);
	if (!row)
		return -EIO;
	bind_key(row, 1, &tap->record->key);
	sqlite3_bind_int64(row, 2, tap->seq);
	bind_text_or_null(row, 3, tap->record->event);
	bind_text_or_null(row, 4, tap->record->session);
	if (tap->log)
		sqlite3_bind_int64(row, 5, tap->log->number);
	const int r = statement_step(store, row);
	if (r == 1 && sqlite3_column_bytes(row, 1) == BOOT_ID_BYTES)
		measure_stay(sqlite3_column_int(row, 0), sqlite3_column_blob(row, 1),
			sqlite3_column_int64(row, 2), &tap->record->at, ret);
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static int find_owner(struct store *store, const struct counted *tap, struct owner *ret)
{
	sqlite3_stmt *row = statement_use(store, tap->log ? ST_COUNT_PEER_OWNER : ST_COUNT_OWNER);
	if (!row)
		return -EIO;
	bind_text_or_null(row, 1, tap->record->attendee);
	bind_key(row, 2, &tap->record->key);
	if (tap->log) {
		bind_text(row, 3, tap->log->log_id);
		sqlite3_bind_int64(row, 4, tap->seq);
	}
	const int r = statement_step(store, row);
	*ret = (struct owner){ .known = false };
	if (r == 1) {
		ret->known = true;
		ret->person_number = sqlite3_column_int64(row, 2);
		ret->organisation_number = sqlite3_column_int64(row, 3);
		if (!ret->person_number || !ret->organisation_number)
			copy_ids(row, 0, ret);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static int count_tap(struct store *store, const struct counted *tap)
{
	const struct tap_record *record = tap->record;
	struct amount amount = { .checkins =
					 record->counts && record->direction != DIRECTION_NONE };
	struct owner owner;
	struct place place;
	int r = 0;
	if (record->direction == DIRECTION_OUT)
		r = find_stay(store, tap, &amount);
	if (r < 0 || (!amount.checkins && !amount.stays))
		return r;
	r = find_owner(store, tap, &owner);
	if (r == 0)
		r = find_place(store, &record->at, record->event, record->session, &owner, &place);
	return r == 0 ? add(store, &place, &amount) : r;
}

int counter_add_tap(struct store *store, const struct tap_record *record, int64_t seq)
{
	return count_tap(store, &(struct counted){ .record = record, .seq = seq });
}

/* 1 and what counting needs to know of the tap; 0 for one that counts for nothing. */
static int read_peer_tap(
	struct store *store, const struct log_entry *log, int64_t seq, struct tap_record *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_COUNT_PEER_TAP);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, log->number);
	sqlite3_bind_int64(row, 2, seq);
	bind_text(row, 3, log->log_id);
	const int r = statement_step(store, row);
	if (r == 1) {
		*ret = (struct tap_record){ .direction = (enum direction)sqlite3_column_int(row, 5),
			.counts = sqlite3_column_int(row, 6) != 0 };
		memcpy(ret->key.bytes, sqlite3_column_blob(row, 0), BADGE_KEY_BYTES);
		moment_of_row(row, 1, &ret->at);
		column_copy(ret->event, sizeof ret->event, row, 7);
		column_copy(ret->session, sizeof ret->session, row, 8);
		column_copy(ret->attendee, sizeof ret->attendee, row, 9);
	}
	sqlite3_reset(row);
	return r;
}

int counter_add_peer_tap(struct store *store, const struct log_entry *log, int64_t seq)
{
	struct tap_record record;
	const int r = read_peer_tap(store, log, seq, &record);
	return r == 1 ? count_tap(store,
				&(struct counted){ .record = &record, .seq = seq, .log = log })
		      : r;
}

/* One row of ST_COUNT_OF_BADGE, counted @times (1 or -1). */
static int count_row(struct store *store, sqlite3_stmt *row, int64_t times)
{
	struct moment at;
	moment_of_row(row, 2, &at);
	struct amount amount = { .checkins = sqlite3_column_int(row, 7) };
	if (sqlite3_column_int(row, 6) == DIRECTION_OUT &&
		sqlite3_column_type(row, 10) != SQLITE_NULL)
		measure_stay(sqlite3_column_int(row, 10), sqlite3_column_blob(row, 11),
			sqlite3_column_int64(row, 12), &at, &amount);
	if (!amount.checkins && !amount.stays)
		return 0;
	struct owner owner;
	struct place place;
	owner = (struct owner){ .known = sqlite3_column_type(row, 8) != SQLITE_NULL };
	copy_ids(row, 8, &owner);
	const int r =
		find_place(store, &at, column_text(row, 0), column_text(row, 1), &owner, &place);
	amount.checkins *= times;
	amount.stays *= times;
	amount.stay_ms *= times;
	return r == 0 ? add(store, &place, &amount) : r;
}

static int count_badge(struct store *store, const struct badge_key *key, int64_t times)
{
	sqlite3_stmt *row = statement_use(store, ST_COUNT_OF_BADGE);
	if (!row)
		return -EIO;
	bind_key(row, 1, key);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = count_row(store, row, times);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

int counter_leave(struct store *store, const struct badge_key *key)
{
	return count_badge(store, key, -1);
}

int counter_enter(struct store *store, const struct badge_key *key)
{
	return count_badge(store, key, 1);
}
