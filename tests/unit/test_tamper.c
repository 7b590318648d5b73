#include "tests/unit/check.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/seal.h"
#include "store/log_seal.h"
#include "store/tap_log.h"

int test_tamper(void);

/* A sealed log, and a hand on the file that knows how to get round what guards it. */
struct victim {
	char directory[40], path[96];
	struct store *store; /* for reading, as verify opens it */
	sqlite3 *hand;
	int64_t taps;
	uint64_t seed;
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

static int set_up(void **state)
{
	struct victim *victim = calloc(1, sizeof *victim);
	struct store *store;
	struct sign_key key;
	victim->seed = 0x5eed;
	victim->taps = is_long() ? 100000 : 1500;
	snprintf(victim->directory, sizeof victim->directory, "/tmp/incheckpaal-unit.XXXXXX");
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
	assert_int_equal(store_open(&victim->store, victim->path, STORE_READ), 0);
	*state = victim;
	return 0;
}

static int tear_down(void **state)
{
	struct victim *victim = *state;
	char command[96];
	store_close(victim->store);
	sqlite3_close(victim->hand);
	snprintf(command, sizeof command, "rm -rf %s", victim->directory);
	assert_int_equal(system(command), 0);
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

/* One bit of one cell; false when the cell has none. */
static bool flip_cell(struct victim *victim, int64_t seq, int column)
{
	char sql[160];
	sqlite3_stmt *row;
	snprintf(sql, sizeof sql, "SELECT * FROM tap WHERE seq = %lld", (long long)seq);
	assert_int_equal(sqlite3_prepare_v2(victim->hand, sql, -1, &row, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(row), SQLITE_ROW);
	const int type = sqlite3_column_type(row, column);
	const int bytes = sqlite3_column_bytes(row, column);
	uint8_t copy[256];
	const int64_t number = sqlite3_column_int64(row, column);
	if (type != SQLITE_INTEGER && bytes > 0)
		memcpy(copy, sqlite3_column_blob(row, column), (size_t)bytes);
	snprintf(sql, sizeof sql, "UPDATE tap SET \"%s\" = ?1 WHERE seq = %lld",
		sqlite3_column_name(row, column), (long long)seq);
	sqlite3_finalize(row);
	if (type == SQLITE_NULL || (type != SQLITE_INTEGER && bytes == 0))
		return false;
	assert_int_equal(sqlite3_prepare_v2(victim->hand, sql, -1, &row, NULL), SQLITE_OK);
	if (type == SQLITE_INTEGER) {
		sqlite3_bind_int64(row, 1, number ^ (int64_t)(1ULL << any(victim, 63)));
	} else {
		copy[any(victim, bytes)] ^= (uint8_t)(1 << any(victim, 8));
		if (type == SQLITE_TEXT)
			sqlite3_bind_text(row, 1, (const char *)copy, bytes, SQLITE_TRANSIENT);
		else
			sqlite3_bind_blob(row, 1, copy, bytes, SQLITE_TRANSIENT);
	}
	assert_int_equal(sqlite3_step(row), SQLITE_DONE);
	sqlite3_finalize(row);
	return true;
}

/* Each does harm and returns the first tap that does not fit any more. */
static int64_t flip_a_bit(struct victim *victim)
{
	const int64_t seq = 1 + any(victim, victim->taps);
	char which[64];
	snprintf(which, sizeof which, "seq = %lld", (long long)seq);
	save(victim, which);
	while (!flip_cell(victim, seq, 1 + (int)any(victim, 16)))
		;
	return seq;
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

static void every_harm_is_found_and_named(void **state)
{
	static int64_t (*const harms[])(struct victim *) = { flip_a_bit, flip_a_bit, flip_a_bit,
		remove_a_row, swap_two_rows, cut_the_tail };
	struct victim *victim = *state;
	struct chain_fault fault;
	const int cases = is_long() ? 10000 : 300;
	assert_int_equal(tap_log_verify(victim->store, NULL, NULL, &fault), 0);
	for (int i = 0; i < cases; i++) {
		const size_t harm = (size_t)any(victim, COUNT_OF(harms));
		run(victim, "BEGIN");
		const int64_t seq = harms[harm](victim);
		run(victim, "COMMIT");
		fault.seq = 0;
		const int found = tap_log_verify(victim->store, NULL, NULL, &fault);
		if (found != -EUCLEAN || fault.seq != seq)
			fail_msg("case %d, harm %zu at tap %lld: %d, tap %lld (%s)", i, harm,
				(long long)seq, found, (long long)fault.seq, fault.words);
		run(victim, "BEGIN; DELETE FROM tap WHERE seq IN (SELECT seq FROM saved);"
			    "INSERT INTO tap SELECT * FROM saved; COMMIT");
	}
	assert_int_equal(tap_log_verify(victim->store, NULL, NULL, &fault), 0);
}

static void a_chain_made_anew_is_found_by_the_seal(void **state)
{
	struct victim *victim = *state;
	struct chain_fault fault;
	/* Whoever also forges the seal with a key of his own does not have the kiosk's. */
	run(victim, "DROP TRIGGER log_seal_fixed; UPDATE log_seal SET signature = zeroblob(64)");
	assert_int_equal(tap_log_verify(victim->store, NULL, NULL, &fault), -EUCLEAN);
	assert_string_equal(fault.words, "the seal on it was changed");
}

int test_tamper(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_harm_is_found_and_named, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_chain_made_anew_is_found_by_the_seal, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("tamper", tests, NULL, NULL);
}
