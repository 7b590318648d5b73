#include "tests/unit/check.h"

#include <errno.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/badge.h"
#include "store/copy.h"
#include "store/counter.h"
#include "store/download.h"
#include "store/merge.h"
#include "store/privacy.h"
#include "store/programme.h"
#include "store/store_private.h"
#include "store/tap_log.h"

int test_privacy(void);

#define DAY_MS (24 * 3600 * 1000LL)
#define NOON_MS 1795521600000LL /* 24 November 2026, 12:00 UTC */
#define NAME_MARK "Kanarievogel"
static const uint8_t uid_mark[6] = { 0x04, 0xca, 0x9a, 0x21, 0xe0, 0x5d };

/* A data directory with people who were all at one event, and what their names and badges look like
 * in bytes. */
struct world {
	char directory[40], path[96];
	struct store *store;
	struct venue_key key;
	int people;
};

static int people_wanted(void)
{
	return getenv("PROVE") ? 100000 : 200;
}

static void identity_of(int person, struct identity *ret)
{
	*ret = (struct identity){ .kind = IDENTITY_UID, .length = 10 };
	memcpy(ret->bytes, uid_mark, sizeof uid_mark);
	for (size_t i = 0; i < 4; i++)
		ret->bytes[sizeof uid_mark + i] = (uint8_t)(person >> (8 * i));
}

static void key_of(const struct world *world, int person, struct badge_key *ret)
{
	struct identity identity;
	identity_of(person, &identity);
	seal_badge(ret, &world->key, &identity);
}

static void import_people_of(struct world *world, const char *source, int64_t wall_ms)
{
	struct import *import;
	struct import_counts counts;
	assert_int_equal(attendee_import_begin(&import, world->store, source, wall_ms), 0);
	for (int i = 0; i < world->people; i++) {
		struct attendee_row row = { .has_badge = true };
		struct attendee *to = &row.attendee;
		snprintf(to->given_name, sizeof to->given_name, NAME_MARK "%06d", i);
		snprintf(to->family_name, sizeof to->family_name, "van der %.*s" NAME_MARK "%d",
			i % 40, "een wat langere achternaam met voorvoegsels", i);
		snprintf(to->email, sizeof to->email, NAME_MARK "%d@voorbeeld.example",
			i * 7919 % 1000003);
		snprintf(to->organisation, sizeof to->organisation, "Bedrijf %d", i % 50);
		snprintf(to->organisation_kind, sizeof to->organisation_kind, "company");
		snprintf(to->language, sizeof to->language, "nl");
		key_of(world, i, &row.key);
		assert_int_equal(attendee_import_row(import, &row), 0);
	}
	assert_int_equal(attendee_import_finish(import, &counts), 0);
}

static void import_people(struct world *world, int64_t wall_ms)
{
	import_people_of(world, "list", wall_ms);
}

static void import_event(struct world *world)
{
	struct event event = { .code = "dag", .title = "Dag" };
	struct session session = { .code = "open",
		.title = "Open",
		.start_ms = NOON_MS - 3600000,
		.end_ms = NOON_MS + 3600000,
		.kind = SESSION_PLENARY,
		.state = SESSION_PLANNED,
		.utc_offset_min = 60 };
	struct schedule_import *import;
	struct schedule_counts counts;
	assert_int_equal(schedule_import_begin(&import, world->store, &event, "x", NOON_MS), 0);
	assert_int_equal(schedule_import_row(import, &session), 0);
	assert_int_equal(schedule_import_finish(import, false, &counts), 0);
}

static void tap_all(struct world *world, bool known)
{
	struct event event;
	assert_int_equal(event_find(world->store, "dag", NOON_MS, &event), 0);
	assert_int_equal(store_begin(world->store), 0);
	for (int i = 0; i < world->people; i++) {
		struct tap_record record = { .verdict =
						     known ? VERDICT_CHECKED_IN : VERDICT_UNKNOWN,
			.direction = DIRECTION_IN,
			.counts = i % 7 != 0,
			.at = { .wall_ms = NOON_MS + i, .mono_ms = i, .grade = CLOCK_NTP } };
		struct tap_stamp stamp;
		key_of(world, i, &record.key);
		snprintf(record.kiosk, sizeof record.kiosk, "Ingang");
		memcpy(record.event, event.id, sizeof record.event);
		struct badge_owner owner = { .known = false };
		if (known)
			assert_int_equal(badge_find_owner(world->store, &record.key, &owner), 0);
		if (owner.known)
			memcpy(record.attendee, owner.attendee.id, sizeof record.attendee);
		assert_int_equal(tap_log_append(world->store, &record, &stamp), 0);
	}
	assert_int_equal(store_commit(world->store), 0);
}

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	snprintf(world->directory, sizeof world->directory, "/tmp/incheckpaal-unit.XXXXXX");
	assert_non_null(mkdtemp(world->directory));
	snprintf(world->path, sizeof world->path, "%s/" STORE_FILE_NAME, world->directory);
	assert_int_equal(seal_start(), 0);
	assert_int_equal(venue_key_load(&world->key, world->directory, true), 0);
	assert_int_equal(store_open(&world->store, world->path, STORE_KIOSK), 0);
	world->people = people_wanted();
	*state = world;
	return 0;
}

static int tear_down(void **state)
{
	struct world *world = *state;
	char command[160];
	store_close(world->store);
	snprintf(
		command, sizeof command, "rm -rf %s %s.other*", world->directory, world->directory);
	assert_int_equal(system(command), 0);
	free(world);
	return 0;
}

/* The totals and every row but the name. */
static int digest_row(void *context, const struct attendance_line *row)
{
	uint8_t *digest = context;
	char text[1024];
	const int length = snprintf(text, sizeof text, "%s %lld %d %s %s %s %d", row->log_id,
		(long long)row->seq, row->counted, row->organisation, row->attendee_id, row->event,
		(int)row->verdict);
	seal_chain(digest, digest, text, (size_t)length);
	return 0;
}

static void digest_log(struct world *world, uint8_t ret[DIGEST_BYTES])
{
	const struct attendance_filter all = { .personal = true };
	memset(ret, 0, DIGEST_BYTES);
	assert_int_equal(tap_log_each(world->store, &all, digest_row, ret), 0);
}

struct needle {
	uint8_t bytes[64];
	size_t length;
	const char *form;
};

static size_t add(
	struct needle *needles, size_t count, const void *bytes, size_t length, const char *form)
{
	memcpy(needles[count].bytes, bytes, length);
	needles[count].length = length;
	needles[count].form = form;
	return count + 1;
}

/* The mark plain, reversed, in UTF-16 of both orders, in hexadecimal, and in base64 wherever it may
 * begin. */
static size_t forms_of(struct needle *ret, size_t count, const uint8_t *mark, size_t length)
{
	uint8_t other[64];
	char text[128];
	count = add(ret, count, mark, length, "plain");
	for (size_t i = 0; i < length; i++)
		other[i] = mark[length - 1 - i];
	count = add(ret, count, other, length, "reversed");
	for (int big = 0; big < 2; big++) {
		memset(other, 0, sizeof other);
		for (size_t i = 0; i < length; i++)
			other[2 * i + (size_t)big] = mark[i];
		count = add(ret, count, other, 2 * length, "UTF-16");
	}
	for (int upper = 0; upper < 2; upper++) {
		for (size_t i = 0; i < length; i++)
			snprintf(text + 2 * i, 3, upper ? "%02X" : "%02x", mark[i]);
		count = add(ret, count, text, 2 * length, "hex");
	}
	for (size_t shift = 0; shift < 3; shift++) {
		uint8_t shifted[64] = { 0 };
		memcpy(shifted + shift, mark, length);
		sodium_bin2base64(text, sizeof text, shifted, length + shift,
			sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
		const size_t skip =
			shift ? shift + 1 : 0; /* letters that also tell of what is before */
		count = add(ret, count, text + skip, (length + shift) * 4 / 3 - skip, "base64");
	}
	return count;
}

static size_t all_needles(struct needle ret[32])
{
	size_t count = forms_of(ret, 0, (const uint8_t *)NAME_MARK, sizeof NAME_MARK - 1);
	return forms_of(ret, count, uid_mark, sizeof uid_mark);
}

/* How often any form of a mark stands in a file below @directory. */
static int64_t count_marks(const char *directory, char *ret_where, size_t size)
{
	struct needle needles[32];
	const size_t needle_count = all_needles(needles);
	char command[160], path[400];
	int64_t found = 0;
	snprintf(command, sizeof command, "find %s -type f", directory);
	FILE *files = popen(command, "r");
	while (fgets(path, sizeof path, files)) {
		struct bytes bytes;
		path[strcspn(path, "\n")] = '\0';
		assert_int_equal(file_read_all(&bytes, path, (size_t)4 << 30), 0);
		for (size_t n = 0; n < needle_count; n++) {
			const uint8_t *at = bytes.data, *end = bytes.data + bytes.length;
			while ((at = memmem(at, (size_t)(end - at), needles[n].bytes,
					needles[n].length))) {
				if (found++ == 0)
					snprintf(ret_where, size, "%s, %s", path, needles[n].form);
				at++;
			}
		}
		bytes_free(&bytes);
	}
	pclose(files);
	return found;
}

static void assert_counters_hold(struct world *world)
{
	struct recount recount = { .fault = "" };
	if (counter_verify(world->store, &recount) != 0)
		fail_msg("the counters: %s", recount.fault);
}

static void names_are_gone_from_every_byte_and_totals_stay(void **state)
{
	struct world *world = *state;
	uint8_t before[DIGEST_BYTES], after[DIGEST_BYTES];
	char where[512] = "", words[128];
	int64_t count;
	int damaged;
	struct chain_fault fault;
	import_event(world);
	tap_all(world, false); /* credited by the link that comes after */
	import_people(world, NOON_MS - DAY_MS);
	assert_int_equal(backup_daily(world->directory, world->directory, "", NOON_MS - DAY_MS,
				 false, NULL, NULL, words, sizeof words),
		1);
	import_people(world, NOON_MS); /* an update: pages are split and moved */
	tap_all(world, true);
	assert_int_equal(backup_daily(world->directory, world->directory, "", NOON_MS, false, NULL,
				 NULL, words, sizeof words),
		1);
	digest_log(world, before);
	assert_true(count_marks(world->directory, where, sizeof where) >= world->people);

	/* A day too early nobody is forgotten. */
	const int64_t due_ms = NOON_MS + 3600000 + 28 * DAY_MS;
	assert_int_equal(privacy_forget_due(world->store, 28 * DAY_MS, due_ms - 1, &count), 0);
	assert_int_equal(count, 0);
	assert_false(privacy_purge_is_due(world->store));
	assert_int_equal(privacy_forget_due(world->store, 28 * DAY_MS, due_ms, &count), 0);
	assert_int_equal(count, world->people);
	assert_true(privacy_purge_is_due(world->store));
	assert_int_equal(privacy_purge(world->store), 0);
	assert_int_equal(
		backup_clean(world->store, world->directory, "", 28 * DAY_MS, due_ms, &damaged), 0);
	assert_int_equal(damaged, 0);
	assert_int_equal(privacy_purge_done(world->store), 0);
	assert_false(privacy_purge_is_due(world->store));

	count = count_marks(world->directory, where, sizeof where);
	if (count)
		fail_msg("%lld traces are left, the first in %s", (long long)count, where);
	digest_log(world, after);
	assert_memory_equal(before, after, sizeof before);
	assert_int_equal(tap_log_verify(world->store, NULL, NULL, &fault), 0);
	assert_counters_hold(world);
}

static void the_search_finds_every_form(void **state)
{
	const struct world *world = *state;
	struct needle needles[32];
	const size_t count = all_needles(needles);
	char path[128], where[512];
	snprintf(path, sizeof path, "%s/trace", world->directory);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(
			file_write_whole(path, needles[i].bytes, needles[i].length, 0600), 0);
		assert_true(count_marks(world->directory, where, sizeof where) >= 1);
	}
}

static void one_person_alone_is_forgotten(void **state)
{
	struct world *world = *state;
	struct attendee attendee;
	struct badge_owner owner;
	struct badge_key key;
	uint8_t before[DIGEST_BYTES], after[DIGEST_BYTES];
	world->people = 20;
	import_event(world);
	tap_all(world, false);
	import_people(world, NOON_MS);
	digest_log(world, before);
	assert_int_equal(
		attendee_find(world->store, NAME_MARK "7919@voorbeeld.example", &attendee), 0);
	assert_int_equal(attendee_forget(world->store, attendee.id, NOON_MS), 0);
	assert_int_equal(attendee_forget(world->store, attendee.id, NOON_MS), -ENOENT);
	assert_int_equal(attendee_forget(world->store, "nobody", NOON_MS), -ENOENT);
	assert_int_equal(attendee_find(world->store, NAME_MARK "7919@voorbeeld.example", &attendee),
		-ENOENT);
	key_of(world, 1, &key);
	assert_int_equal(badge_find_owner(world->store, &key, &owner), 0);
	assert_false(owner.known);
	digest_log(world, after);
	assert_memory_equal(before, after, sizeof before);
	/* The badge given to somebody else does not take the earlier taps along. */
	assert_int_equal(
		attendee_find(world->store, NAME_MARK "0@voorbeeld.example", &attendee), 0);
	assert_int_equal(badge_link(world->store, &key, attendee.id, NOON_MS), 0);
	digest_log(world, after);
	assert_memory_equal(before, after, sizeof before);
	assert_counters_hold(world);
}

static int take_reason(void *context, const struct audit_entry *entry)
{
	snprintf(context, AUDIT_REASON_SIZE, "%s", entry->reason);
	return 1;
}

/* Whoever wrote a reason may have named the person; the rows stay, and so do their guards. */
static void a_forgotten_name_leaves_the_reasons_too(void **state)
{
	struct world *world = *state;
	struct attendee attendee;
	const uint8_t digest[FILE_DIGEST_BYTES] = { 7 };
	char where[512] = "", reason[AUDIT_REASON_SIZE] = "";
	struct chain_fault fault;
	world->people = 1;
	import_event(world);
	tap_all(world, false);
	import_people(world, NOON_MS);
	assert_int_equal(
		attendee_find(world->store, NAME_MARK "0@voorbeeld.example", &attendee), 0);
	assert_int_equal(tap_log_correct(world->store, "", 1,
				 "badge van " NAME_MARK "000000 lag bij de balie", NOON_MS),
		0);
	struct audit_entry line = { .wall_ms = NOON_MS, .act = "tap-corrected" };
	struct download_entry download = { .wall_ms = NOON_MS, .names = true };
	snprintf(line.reason, sizeof line.reason,
		"op verzoek van " NAME_MARK "000000 %s (" NAME_MARK
		"0@voorbeeld.example), Verdriet",
		attendee.family_name);
	snprintf(download.reason, sizeof download.reason, "inzage %s %s", attendee.given_name,
		attendee.family_name);
	assert_int_equal(audit_add(world->store, &line), 0);
	assert_int_equal(download_add(world->store, &download, digest, ""), 0);

	assert_int_equal(attendee_forget(world->store, attendee.id, NOON_MS), 0);
	assert_int_equal(privacy_purge(world->store), 0);
	const int64_t count = count_marks(world->directory, where, sizeof where);
	if (count)
		fail_msg("%lld traces are left, the first in %s", (long long)count, where);
	const struct audit_filter all = { .from_ms = 0 };
	assert_int_equal(audit_each(world->store, &all, 1, take_reason, reason), 1);
	assert_string_equal(reason, "op verzoek van \xE2\x80\xA6 (\xE2\x80\xA6), Verdriet");
	assert_int_equal(tap_log_verify(world->store, NULL, NULL, &fault), 0);
	assert_counters_hold(world);

	sqlite3 *hand;
	assert_int_equal(sqlite3_open(world->path, &hand), SQLITE_OK);
	static const char *const refused[] = { "UPDATE audit SET reason = ''", "DELETE FROM audit",
		"UPDATE correction SET reason = ''", "DELETE FROM correction" };
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_int_equal(
			sqlite3_exec(hand, refused[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
	sqlite3_close(hand);
}

/* The file that others came from too may be called after whoever is forgotten. */
static void a_forgotten_name_leaves_the_name_of_the_file(void **state)
{
	struct world *world = *state;
	struct attendee person, other;
	struct attendee_origin origin;
	char source[300];
	world->people = 2;
	import_people(world, NOON_MS);
	assert_int_equal(attendee_find(world->store, NAME_MARK "0@voorbeeld.example", &person), 0);
	assert_int_equal(
		attendee_find(world->store, NAME_MARK "7919@voorbeeld.example", &other), 0);
	snprintf(source, sizeof source, "aanmelding_%s_%s (2).csv", person.given_name,
		person.family_name);
	for (char *c = source; *c; c++)
		if (*c == ' ' && c[1] != '(')
			*c = '_';
	import_people_of(world, source, NOON_MS);
	assert_int_equal(attendee_origin(world->store, other.id, &origin), 0);
	assert_string_equal(origin.file, source);

	assert_int_equal(attendee_forget(world->store, person.id, NOON_MS), 0);
	assert_int_equal(attendee_origin(world->store, other.id, &origin), 0);
	assert_string_equal(origin.file, "aanmelding_\xE2\x80\xA6 (2).csv");
	assert_int_equal(attendee_origin(world->store, person.id, &origin), 0);
	assert_string_equal(origin.file, "");
	sqlite3_stmt *named;
	assert_int_equal(sqlite3_prepare_v2(world->store->db,
				 "SELECT 1 FROM generation WHERE source LIKE '%" NAME_MARK "%'", -1,
				 &named, NULL),
		SQLITE_OK);
	assert_int_equal(sqlite3_step(named), SQLITE_DONE);
	sqlite3_finalize(named);
}

/* Where a name was not known something may have been typed for it. */
static void whoever_is_called_nothing_is_forgotten(void **state)
{
	struct world *world = *state;
	struct attendee person;
	struct audit_entry line = { .wall_ms = NOON_MS, .act = "tap-corrected" };
	char reason[AUDIT_REASON_SIZE] = "";
	const struct audit_filter all = { .from_ms = 0 };
	world->people = 1;
	import_people(world, NOON_MS);
	assert_int_equal(
		sqlite3_exec(world->store->db, "UPDATE attendee SET given_name = '\xE2\x80\xA6'",
			NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(attendee_find(world->store, NAME_MARK "0@voorbeeld.example", &person), 0);
	snprintf(line.object, sizeof line.object, "%s", person.id);
	snprintf(line.reason, sizeof line.reason, "badge van \xE2\x80\xA6 %s, kwijt",
		person.family_name);
	assert_int_equal(audit_add(world->store, &line), 0);
	assert_int_equal(attendee_forget(world->store, person.id, NOON_MS), 0);
	assert_int_equal(audit_each(world->store, &all, 1, take_reason, reason), 1);
	assert_string_equal(reason, "badge van \xE2\x80\xA6, kwijt");
}

static int add_steps(unsigned what, void *context, void *statement, void *took)
{
	(void)what;
	(void)took;
	*(int64_t *)context += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
	return 0;
}

static int64_t steps_of_forgetting(const struct world *world, const char *mail)
{
	struct attendee person;
	int64_t steps = 0;
	assert_int_equal(attendee_find(world->store, mail, &person), 0);
	for (sqlite3_stmt *row = NULL; (row = sqlite3_next_stmt(world->store->db, row));)
		sqlite3_stmt_status(row, SQLITE_STMTSTATUS_VM_STEP, 1); /* of what went before */
	sqlite3_trace_v2(world->store->db, SQLITE_TRACE_PROFILE, add_steps, &steps);
	assert_int_equal(attendee_forget(world->store, person.id, NOON_MS), 0);
	sqlite3_trace_v2(world->store->db, 0, NULL, NULL);
	return steps;
}

/* A tap waits for it. */
static void forgetting_one_looks_at_nobody_else(void **state)
{
	struct world *world = *state;
	world->people = 20;
	import_people(world, NOON_MS);
	const int64_t of_few = steps_of_forgetting(world, NAME_MARK "0@voorbeeld.example");
	world->people = 1000;
	import_people(world, NOON_MS);
	const int64_t of_many = steps_of_forgetting(world, NAME_MARK "7919@voorbeeld.example");
	if (of_few == 0 || of_many > 2 * of_few)
		fail_msg("%lld steps of few, %lld of many", (long long)of_few, (long long)of_many);
}

static void run_sql(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

/* A list that comes in between the last look and the purge. */
static int let_a_list_in(unsigned what, void *context, void *statement, void *sql)
{
	struct store *other = context;
	(void)what;
	(void)statement;
	if (strcmp(sql, "BEGIN IMMEDIATE") == 0 ||
		strncmp(sql, "PRAGMA foreign_keys = OFF", 25) == 0)
		run_sql(other, "INSERT INTO generation (id, source, begun_ms) VALUES (99, 'a', 1)"
			       " ON CONFLICT DO NOTHING;"
			       "INSERT INTO staged_attendee (generation, id, given_name,"
			       " family_name, email, language, sessions)"
			       " VALUES (99, 'x', 'Noor', '', '', '', '') ON CONFLICT DO NOTHING");
	return 0;
}

static void a_purge_leaves_a_list_that_comes_in_alone(void **state)
{
	struct world *world = *state;
	struct store *other;
	world->people = 1;
	import_people(world, NOON_MS);
	assert_int_equal(store_open(&other, world->path, STORE_WRITE), 0);
	sqlite3_trace_v2(world->store->db, SQLITE_TRACE_STMT, let_a_list_in, other);
	assert_int_equal(privacy_purge(world->store), -EBUSY);
	sqlite3_trace_v2(world->store->db, 0, NULL, NULL);
	run_sql(other, "DELETE FROM staged_attendee WHERE given_name = 'Noor'");
	assert_int_equal(sqlite3_changes(other->db), 1);
	store_close(other);
	assert_int_equal(privacy_purge(world->store), 0);
}

static void correct_by_name(struct store *store)
{
	assert_int_equal(
		tap_log_correct(store, "", 1, "badge van " NAME_MARK "000000", NOON_MS), 0);
}

/* Two kiosks with the same log, one of which names whom the other has forgotten: after a merge no
 * reason names them, on whichever of the two it was written. */
static void merge_with_a_name(struct world *world, bool named_here)
{
	char path[128], scratch[128], words[128], where[512] = "";
	struct attendee attendee;
	struct merge_report report;
	struct store *other;
	world->people = 1;
	import_event(world);
	tap_all(world, false);
	import_people(world, NOON_MS);
	assert_int_equal(store_claim_venue(world->store, "venue"), 0);
	assert_int_equal(
		attendee_find(world->store, NAME_MARK "0@voorbeeld.example", &attendee), 0);
	snprintf(path, sizeof path, "%s.other", world->directory);
	snprintf(scratch, sizeof scratch, "%s/scratch", world->directory);
	assert_int_equal(store_copy(world->path, path, NULL, NULL, words, sizeof words), 0);
	assert_int_equal(store_open(&other, path, STORE_WRITE), 0);
	correct_by_name(named_here ? world->store : other);
	assert_int_equal(
		attendee_forget(named_here ? other : world->store, attendee.id, NOON_MS + 1), 0);
	store_close(other);
	if (store_merge(world->store, path, scratch, NULL, NULL, &report) < 0)
		fail_msg("the merge: %s", report.why.words[LANGUAGE_EN]);
	unlink(path);
	assert_int_equal(privacy_purge(world->store), 0);
	if (count_marks(world->directory, where, sizeof where))
		fail_msg("a trace is left in %s", where);
}

static void a_merge_brings_no_name_back(void **state)
{
	merge_with_a_name(*state, false);
}

static void a_merge_takes_a_name_away(void **state)
{
	merge_with_a_name(*state, true);
}

int test_privacy(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_search_finds_every_form, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_forgotten_name_leaves_the_name_of_the_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			whoever_is_called_nothing_is_forgotten, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			forgetting_one_looks_at_nobody_else, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_forgotten_name_leaves_the_reasons_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_merge_brings_no_name_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_merge_takes_a_name_away, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_purge_leaves_a_list_that_comes_in_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_person_alone_is_forgotten, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			names_are_gone_from_every_byte_and_totals_stay, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("privacy", tests, NULL, NULL);
}
