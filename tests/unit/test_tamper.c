#include "tests/unit/check.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "store/log_seal.h"
#include "store/store_private.h"

int test_tamper(void);

/* A page of the file that holds taps, or leads to pages that do. */
struct page {
	uint32_t number;
	int64_t first, last; /* taps */
};

/* A sealed log, a hand on it that knows how to get round what guards it, and its bytes. */
struct victim {
	char directory[40], path[96];
	sqlite3 *hand;
	int fd;
	uint8_t *bytes;
	size_t page_size, page_count;
	struct page *pages;
	int64_t taps;
	uint64_t seed;
	uint8_t digest[DIGEST_BYTES];
	uint8_t (*heads)[CHAIN_BYTES]; /* of the chain after each tap */
};

/* Where harm was done: the first tap that does not fit any more is one of these. */
struct harm {
	int64_t first, last;
};

static bool is_long(void)
{
	return getenv("PROVE") != NULL;
}

static void run(struct victim *victim, const char *sql)
{
	char *words = NULL;
	if (sqlite3_exec(victim->hand, sql, NULL, NULL, &words) != SQLITE_OK)
		fail_msg("%s: %s", sql, words);
}

static void append_all(struct victim *victim, struct store *store)
{
	assert_int_equal(store_begin(store), 0);
	for (int64_t i = 0; i < victim->taps; i++) {
		struct tap_stamp stamp;
		struct tap_record record = { .at = { .mono_ms = i * 1000,
						     .wall_ms = 1795521600000 + i * 1000,
						     .grade = CLOCK_NTP },
			.verdict = i % 5 ? VERDICT_CHECKED_IN : VERDICT_UNKNOWN,
			.direction = DIRECTION_IN,
			.counts = true,
			.kiosk = "Ingang" };
		for (size_t b = 0; b < sizeof record.key.bytes; b++)
			record.key.bytes[b] = (uint8_t)chance(&victim->seed);
		if (i % 3)
			uuid_of_name(record.session, "session", i % 2 ? "a" : "b");
		if (i % 5)
			uuid_of_name(record.attendee, "attendee", record.session);
		assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	}
	assert_int_equal(store_commit(store), 0);
}

static uint64_t number_at(const uint8_t *at, size_t length)
{
	uint64_t number = 0;
	for (size_t i = 0; i < length; i++)
		number = number << 8 | at[i];
	return number;
}

/* SQLite's variable-length number; returns how many bytes it takes. */
static size_t varint(const uint8_t *at, uint64_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < 8; i++) {
		*ret = *ret << 7 | (at[i] & 0x7f);
		if (at[i] < 0x80)
			return i + 1;
	}
	*ret = *ret << 8 | at[8];
	return 9;
}

#define LEAF 13
#define INTERIOR 5

static const uint8_t *page_at(const struct victim *victim, uint32_t number)
{
	return victim->bytes + (number - 1) * victim->page_size;
}

static size_t header_size(const uint8_t *page)
{
	return page[0] == LEAF ? 8 : 12;
}

static const uint8_t *cell_at(const uint8_t *page, size_t index)
{
	return page + number_at(page + header_size(page) + 2 * index, 2);
}

/* The cell's tap, and where the cell ends. */
static int64_t leaf_cell(const uint8_t *cell, const uint8_t **ret_end)
{
	uint64_t size, seq;
	cell += varint(cell, &size);
	cell += varint(cell, &seq);
	assert_true(size <= 1024 - 35); /* more would go on in another page */
	*ret_end = cell + size;
	return (int64_t)seq;
}

static struct page map_page(struct victim *victim, uint32_t number)
{
	const uint8_t *page = page_at(victim, number), *end;
	const size_t cells = number_at(page + 3, 2);
	struct page found = { .number = number };
	assert_true(page[0] == LEAF || page[0] == INTERIOR);
	if (page[0] == LEAF) {
		found.first = leaf_cell(cell_at(page, 0), &end);
		found.last = leaf_cell(cell_at(page, cells - 1), &end);
	} else {
		found.last = map_page(victim, (uint32_t)number_at(page + 8, 4)).last;
		for (size_t i = cells; i-- > 0;)
			found.first =
				map_page(victim, (uint32_t)number_at(cell_at(page, i), 4)).first;
	}
	victim->pages[victim->page_count++] = found;
	return found;
}

static int64_t ask(struct victim *victim, const char *sql)
{
	sqlite3_stmt *row;
	assert_int_equal(sqlite3_prepare_v2(victim->hand, sql, -1, &row, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	const int64_t value = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return value;
}

static void map_file(struct victim *victim)
{
	run(victim, "PRAGMA wal_checkpoint(TRUNCATE)");
	victim->page_size = (size_t)ask(victim, "PRAGMA page_size");
	const size_t count = (size_t)ask(victim, "PRAGMA page_count");
	victim->fd = open(victim->path, O_RDWR | O_CLOEXEC);
	victim->bytes = malloc(count * victim->page_size);
	victim->pages = malloc(count * sizeof *victim->pages);
	assert_int_equal(pread(victim->fd, victim->bytes, count * victim->page_size, 0),
		count * victim->page_size);
	map_page(victim,
		(uint32_t)ask(victim, "SELECT rootpage FROM sqlite_schema WHERE name = 'tap'"));
}

/* Of all that can be read of the log, through a connection that has nothing in mind yet. */
static void digest_log(const struct victim *victim, uint8_t ret[DIGEST_BYTES])
{
	sqlite3 *db;
	sqlite3_stmt *row;
	memset(ret, 0, DIGEST_BYTES);
	assert_int_equal(sqlite3_open(victim->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT * FROM tap", -1, &row, NULL), SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(row); i++) {
			const uint8_t type = (uint8_t)sqlite3_column_type(row, i);
			seal_chain(ret, ret, &type, 1);
			seal_chain(ret, ret, sqlite3_column_blob(row, i),
				(size_t)sqlite3_column_bytes(row, i));
		}
	sqlite3_finalize(row);
	sqlite3_close(db);
}

/* What verify says to the file as it is now, read anew. */
static int verify_now(const struct victim *victim, struct chain_fault *ret)
{
	struct store *store;
	assert_int_equal(store_open(&store, victim->path, STORE_READ), 0);
	const int found = tap_log_verify(store, NULL, NULL, ret);
	store_close(store);
	return found;
}

/* What verify says from shortly before @seq on. What comes before lies in other pages, where
 * nothing was harmed; every 50th time all of it is gone through all the same. */
#define BEFORE 600

static int verify_from(struct victim *victim, int64_t seq, struct chain_fault *ret)
{
	struct store *store;
	struct log_entry *list;
	size_t count;
	struct log_head log = { .count = seq > BEFORE ? seq - BEFORE : 0 };
	memcpy(log.head, victim->heads[log.count], CHAIN_BYTES);
	assert_int_equal(store_open(&store, victim->path, STORE_READ), 0);
	const bool whole = chance(&victim->seed) % 50 == 0 || log_list(store, &list, &count) < 0;
	int found = 0;
	if (!whole) {
		found = log_verify(store, &list[0], &log, ret);
		free(list);
	}
	if (found == 0)
		found = tap_log_verify(store, NULL, NULL, ret);
	store_close(store);
	return found;
}

static void keep_heads(struct victim *victim)
{
	sqlite3_stmt *row;
	victim->heads = calloc((size_t)victim->taps + 1, CHAIN_BYTES);
	assert_int_equal(
		sqlite3_prepare_v2(victim->hand, "SELECT seq, chain FROM tap", -1, &row, NULL),
		SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW)
		memcpy(victim->heads[sqlite3_column_int64(row, 0)], sqlite3_column_blob(row, 1),
			CHAIN_BYTES);
	sqlite3_finalize(row);
}

static int set_up(void **state)
{
	const char *memory = "/dev/shm";
	struct victim *victim = calloc(1, sizeof *victim);
	struct store *store;
	struct sign_key key;
	victim->seed = seed_of(0x5eed);
	victim->taps = is_long() ? 100000 : 1500;
	snprintf(victim->directory, sizeof victim->directory, "%s/incheckpaal-unit.XXXXXX",
		access(memory, W_OK) == 0 ? memory : "/tmp");
	assert_non_null(mkdtemp(victim->directory));
	snprintf(victim->path, sizeof victim->path, "%s/" STORE_FILE_NAME, victim->directory);
	assert_int_equal(seal_start(), 0);
	assert_int_equal(sign_key_load(&key, victim->directory, true), 0);
	assert_int_equal(store_open(&store, victim->path, STORE_KIOSK), 0);
	append_all(victim, store);
	assert_int_equal(log_seal_make(store, &key, 1), 1);
	store_close(store);
	assert_int_equal(sqlite3_open(victim->path, &victim->hand), SQLITE_OK);
	run(victim, "PRAGMA synchronous = OFF; DROP TRIGGER tap_fixed; DROP TRIGGER tap_kept;"
		    "DROP TRIGGER tap_next; CREATE TEMP TABLE saved AS SELECT * FROM tap LIMIT 0");
	map_file(victim);
	keep_heads(victim);
	digest_log(victim, victim->digest);
	*state = victim;
	return 0;
}

static int tear_down(void **state)
{
	struct victim *victim = *state;
	char command[96];
	sqlite3_close(victim->hand);
	close(victim->fd);
	snprintf(command, sizeof command, "rm -rf %s", victim->directory);
	assert_int_equal(system(command), 0);
	free(victim->heads);
	free(victim->pages);
	free(victim->bytes);
	free(victim);
	return 0;
}

static int64_t any(struct victim *victim, int64_t limit)
{
	return (int64_t)(chance(&victim->seed) % (uint64_t)limit);
}

static void save(struct victim *victim, const char *which)
{
	char sql[160];
	snprintf(sql, sizeof sql, "DELETE FROM saved; INSERT INTO saved SELECT * FROM tap WHERE %s",
		which);
	run(victim, sql);
}

/* Which taps a byte of a page speaks of: for what holds the page together all of the page's, and
 * whatever may turn up after them. False for a byte that nothing is written in. */
static bool harm_at(
	const struct victim *victim, const struct page *page, size_t at, struct harm *ret)
{
	const uint8_t *start = page_at(victim, page->number), *end;
	const size_t cells = number_at(start + 3, 2);
	*ret = (struct harm){ page->first, page->last + 1 };
	if (at < header_size(start) + 2 * cells)
		return true;
	for (size_t i = 0; i < cells; i++) {
		const uint8_t *cell = cell_at(start, i);
		struct harm tap = *ret;
		uint64_t key;
		if (start[0] == LEAF)
			tap.first = tap.last = leaf_cell(cell, &end);
		else
			end = cell + 4 + varint(cell + 4, &key);
		if (start + at >= cell && start + at < end) {
			*ret = tap;
			return true;
		}
	}
	return false;
}

static void write_byte(const struct victim *victim, size_t at, uint8_t byte)
{
	assert_int_equal(pwrite(victim->fd, &byte, 1, (off_t)at), 1);
}

/* One bit of what the file has of the log; returns the byte's place. */
static size_t flip_a_bit(struct victim *victim, struct harm *ret)
{
	const struct page *page;
	size_t at;
	do {
		page = &victim->pages[any(victim, (int64_t)victim->page_count)];
		at = (size_t)any(victim, (int64_t)victim->page_size);
	} while (!harm_at(victim, page, at, ret));
	at += (page->number - 1) * victim->page_size;
	write_byte(victim, at, (uint8_t)(victim->bytes[at] ^ (1 << any(victim, 8))));
	return at;
}

static int64_t remove_a_row(struct victim *victim)
{
	const int64_t seq = 1 + any(victim, victim->taps);
	char which[64], sql[96];
	snprintf(which, sizeof which, "seq = %lld", (long long)seq);
	save(victim, which);
	snprintf(sql, sizeof sql, "DELETE FROM tap WHERE %s", which);
	run(victim, sql);
	return seq;
}

static int64_t swap_two_rows(struct victim *victim)
{
	const int64_t a = 1 + any(victim, victim->taps - 1);
	const int64_t b = a + 1 + any(victim, victim->taps - a);
	char which[64], sql[256];
	snprintf(which, sizeof which, "seq IN (%lld, %lld)", (long long)a, (long long)b);
	save(victim, which);
	snprintf(sql, sizeof sql,
		"DELETE FROM tap WHERE %s; UPDATE saved SET seq = %lld - seq; INSERT INTO tap "
		"SELECT *"
		" FROM saved; UPDATE saved SET seq = %lld - seq",
		which, (long long)(a + b), (long long)(a + b));
	run(victim, sql);
	return a;
}

static int64_t cut_the_tail(struct victim *victim)
{
	const int64_t left = victim->taps < 400 ? victim->taps : 400;
	const int64_t seq = victim->taps - any(victim, left);
	char which[64], sql[96];
	snprintf(which, sizeof which, "seq >= %lld", (long long)seq);
	save(victim, which);
	snprintf(sql, sizeof sql, "DELETE FROM tap WHERE %s", which);
	run(victim, sql);
	return seq;
}

/* Does the flipped bit say nothing, so that whoever reads the log reads what was there? */
static bool reads_the_same(const struct victim *victim)
{
	uint8_t digest[DIGEST_BYTES];
	digest_log(victim, digest);
	return memcmp(digest, victim->digest, sizeof digest) == 0;
}

static void every_flipped_bit_is_found_and_named(void **state)
{
	struct victim *victim = *state;
	struct chain_fault fault;
	struct harm harm;
	const int wanted = cases(5000, 200);
	int64_t named = 0, silent = 0;
	assert_int_equal(verify_now(victim, &fault), 0);
	while (named < wanted) {
		const size_t at = flip_a_bit(victim, &harm);
		const int found = verify_from(victim, harm.first, &fault);
		const bool fits =
			found == -EUCLEAN && fault.seq >= harm.first && fault.seq <= harm.last;
		const bool nothing = (found == 0 || (found == -EUCLEAN && fault.seq == 0)) &&
				     reads_the_same(victim);
		if (!fits && !nothing)
			fail_msg("byte %zu, taps %" PRId64 " to %" PRId64 ": %d, tap %" PRId64
				 " (%s)",
				at, harm.first, harm.last, found, fault.seq,
				fault.why.words[LANGUAGE_EN]);
		named += fits;
		silent += nothing;
		write_byte(victim, at, victim->bytes[at]);
	}
	if (is_long())
		print_message("%" PRId64 " flipped bits found and named; %" PRId64
			      " more change nothing that is read\n",
			named, silent);
	assert_int_equal(verify_now(victim, &fault), 0);
}

static void every_harm_to_rows_is_found_and_named(void **state)
{
	static int64_t (*const harms[])(
		struct victim *) = { remove_a_row, swap_two_rows, cut_the_tail };
	struct victim *victim = *state;
	struct chain_fault fault;
	for (int i = 0, count = cases(5000, 200); i < count; i++) {
		const size_t harm = (size_t)any(victim, COUNT_OF(harms));
		run(victim, "BEGIN");
		const int64_t seq = harms[harm](victim);
		run(victim, "COMMIT");
		const int found = verify_from(victim, seq, &fault);
		if (found != -EUCLEAN || fault.seq != seq)
			fail_msg("case %d, harm %zu at tap %" PRId64 ": %d, tap %" PRId64 " (%s)",
				i, harm, seq, found, fault.seq, fault.why.words[LANGUAGE_EN]);
		run(victim, "BEGIN; DELETE FROM tap WHERE seq IN (SELECT seq FROM saved);"
			    "INSERT INTO tap SELECT * FROM saved; COMMIT");
	}
	assert_int_equal(verify_now(victim, &fault), 0);
}

static void a_log_under_another_name_is_found(void **state)
{
	struct victim *victim = *state;
	struct chain_fault fault;
	run(victim, "UPDATE log SET log_id = replace(log_id, '-7', '-6')");
	assert_int_equal(verify_now(victim, &fault), -EUCLEAN);
	assert_int_equal(fault.seq, 1);
}

static void a_chain_made_anew_is_found_by_the_seal(void **state)
{
	struct victim *victim = *state;
	struct chain_fault fault;
	/* Whoever also forges the seal with a key of his own does not have the kiosk's. */
	run(victim, "DROP TRIGGER log_seal_fixed; UPDATE log_seal SET signature = zeroblob(64)");
	assert_int_equal(verify_now(victim, &fault), -EUCLEAN);
	assert_string_equal(fault.why.words[LANGUAGE_EN], "the seal on it was changed");
}

int test_tamper(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_flipped_bit_is_found_and_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			every_harm_to_rows_is_found_and_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_log_under_another_name_is_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_chain_made_anew_is_found_by_the_seal, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("tamper", tests, NULL, NULL);
}
