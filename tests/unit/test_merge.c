/*
 * Three kiosks of a venue live on their own and now and then take in each other's files, in any
 * order, with overlaps, and again. After every merge the counters equal a recount; when each has
 * heard of everything, all hold the same.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/check.h"

#include "base/seal.h"
#include "store/badge.h"
#include "store/counter.h"
#include "store/merge.h"
#include "store/organisation.h"
#include "store/peer.h"
#include "store/person.h"
#include "store/privacy.h"
#include "store/programme.h"
#include "store/store_private.h"
#include "store/walk_in.h"

#define KIOSKS 3
#define BADGES 6
#define PEOPLE 4
#define ORGANISATIONS 4
#define SESSIONS 3
#define MIDNIGHT_MS 1795474800000 /* 2026-11-24 00:00 in Amsterdam */
#define DUMP_SIZE (256 * 1024)

struct kiosk {
	struct store *store;
	char path[96];
	struct moment now;
	int64_t ahead_ms; /* of its clock, by which it hands out badges; below 0 it is behind */
	int taps;
};
struct venue {
	uint64_t seed;
	char directory[64];
	struct kiosk kiosks[KIOSKS];
	char people[PEOPLE][ID_TEXT_SIZE], sessions[SESSIONS][ID_TEXT_SIZE], event[ID_TEXT_SIZE];
	int64_t wall_ms; /* of changes: no two at once */
	char dumps[2][DUMP_SIZE];
};

static int below(struct venue *venue, int limit)
{
	return (int)(chance(&venue->seed) % (uint64_t)limit);
}

static struct badge_key key_of(int badge)
{
	return (struct badge_key){ { (uint8_t)(badge + 1), 9 } };
}

static int64_t next_ms(struct venue *venue, const struct kiosk *kiosk)
{
	return venue->wall_ms++ + kiosk->ahead_ms;
}

static void organisation_id(struct kiosk *kiosk, int number, char ret[ID_TEXT_SIZE])
{
	char name[32];
	bool alias;
	snprintf(name, sizeof name, "Organisatie %d", number);
	assert_int_equal(organisation_resolve(kiosk->store, name, "", ret, &alias), 0);
}

static void import_person(struct venue *venue, struct kiosk *kiosk, int person, int badge)
{
	struct import *import;
	struct import_counts counts;
	struct attendee_row row = { .has_badge = badge >= 0 };
	snprintf(row.attendee.email, sizeof row.attendee.email, "p%d@voorbeeld.example", person);
	snprintf(row.attendee.given_name, sizeof row.attendee.given_name, "Naam %d",
		below(venue, 5));
	snprintf(row.attendee.organisation, sizeof row.attendee.organisation, "Organisatie %d",
		below(venue, ORGANISATIONS));
	if (badge >= 0)
		row.key = key_of(badge);
	assert_int_equal(attendee_row_whose(kiosk->store, &row, venue->people[person]), 0);
	assert_int_equal(
		attendee_import_begin(&import, kiosk->store, "test", next_ms(venue, kiosk)), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
}

static void import_programme(struct venue *venue, struct kiosk *kiosk)
{
	struct schedule_import *import;
	struct schedule_counts counts;
	struct event event = { .code = "e", .title = "Avond" };
	struct session *sessions = NULL;
	size_t count;
	assert_int_equal(
		schedule_import_begin(&import, kiosk->store, &event, "test", venue->wall_ms++), 0);
	for (int i = 0; i < SESSIONS; i++) {
		struct session session = { .start_ms = MIDNIGHT_MS - 3600000,
			.end_ms = MIDNIGHT_MS + 3600000,
			.utc_offset_min = 60 };
		snprintf(session.code, sizeof session.code, "s%d", i);
		assert_int_equal(schedule_import_row(import, &session), 0);
	}
	assert_int_equal(schedule_import_finish(import, false, &counts), 0);
	assert_int_equal(event_find(kiosk->store, "e", 0, &event), 0);
	assert_int_equal(session_load(kiosk->store, event.id, &sessions, &count), 0);
	memcpy(venue->event, event.id, sizeof venue->event);
	for (size_t i = 0; i < count; i++)
		memcpy(venue->sessions[i], sessions[i].id, ID_TEXT_SIZE);
	free(sessions);
}

static void open_kiosk(struct venue *venue, int number)
{
	struct kiosk *kiosk = &venue->kiosks[number];
	snprintf(kiosk->path, sizeof kiosk->path, "%s/%d.db", venue->directory, number);
	assert_int_equal(store_open(&kiosk->store, kiosk->path, STORE_KIOSK), 0);
	assert_int_equal(store_claim_venue(kiosk->store, "venue"), 0);
	kiosk->ahead_ms = 0;
	import_programme(venue, kiosk);
	for (int i = 0; i < PEOPLE; i++)
		import_person(venue, kiosk, i, i < 2 ? i : -1);
	kiosk->taps = 0;
	kiosk->now = (struct moment){ .boot.bytes = { (uint8_t)number, 1 },
		.mono_ms = 1000,
		.wall_ms = MIDNIGHT_MS - 200000 };
}

static void tap(struct venue *venue, struct kiosk *kiosk)
{
	static const enum verdict verdicts[] = { VERDICT_CHECKED_IN, VERDICT_CHECKED_IN,
		VERDICT_CHECKED_OUT, VERDICT_REPEAT };
	struct badge_owner owner;
	struct tap_stamp stamp;
	struct tap_record record = {
		.key = key_of(below(venue, BADGES)), .at = kiosk->now, .kiosk = "Ingang"
	};
	const int session = below(venue, SESSIONS + 1) - 1, step_ms = below(venue, 60000);
	assert_int_equal(badge_find_owner(kiosk->store, &record.key, &owner), 0);
	record.verdict = owner.known ? verdicts[below(venue, 4)] : VERDICT_UNKNOWN;
	record.direction = verdict_direction(record.verdict);
	record.counts = verdict_counts(record.verdict);
	memcpy(record.event, venue->event, sizeof record.event);
	if (session >= 0)
		memcpy(record.session, venue->sessions[session], ID_TEXT_SIZE);
	if (owner.known)
		memcpy(record.attendee, owner.attendee.id, ID_TEXT_SIZE);
	assert_int_equal(tap_log_append(kiosk->store, &record, &stamp), 0);
	kiosk->taps++;
	kiosk->now.mono_ms += step_ms;
	kiosk->now.wall_ms += step_ms;
}

static void import_badge(struct venue *venue, struct kiosk *kiosk)
{
	import_person(venue, kiosk, below(venue, PEOPLE), below(venue, BADGES));
}

static void link_badge(struct venue *venue, struct kiosk *kiosk)
{
	const struct badge_key key = key_of(below(venue, BADGES));
	const int r = badge_link(
		kiosk->store, &key, venue->people[below(venue, PEOPLE)], next_ms(venue, kiosk));
	assert_true(r == 0 || r == -EEXIST || r == -ENOENT);
}

static void move_badge(struct venue *venue, struct kiosk *kiosk)
{
	const struct badge_key key = key_of(below(venue, BADGES));
	const int r = badge_move(
		kiosk->store, &key, venue->people[below(venue, PEOPLE)], next_ms(venue, kiosk));
	assert_true(r == 0 || r == -ENOENT);
}

static void undo_import(struct venue *venue, struct kiosk *kiosk)
{
	const int r = attendee_import_undo(kiosk->store, next_ms(venue, kiosk));
	assert_true(r == 0 || r == -ENOENT);
}

static void lose_or_find(struct venue *venue, struct kiosk *kiosk)
{
	const struct badge_key key = key_of(below(venue, BADGES));
	if (below(venue, 2))
		assert_int_equal(badge_block(kiosk->store, &key, next_ms(venue, kiosk)), 0);
	else {
		const int r = badge_unblock(kiosk->store, &key, next_ms(venue, kiosk));
		assert_true(r == 0 || r == -ENOENT);
	}
}

/* Of any log that is known here. */
static void correct(struct venue *venue, struct kiosk *kiosk)
{
	struct log_entry *logs;
	size_t count;
	assert_int_equal(log_list(kiosk->store, &logs, &count), 0);
	const struct log_entry *log = &logs[below(venue, (int)count)];
	if (log->last_seq > 0) {
		const int r = tap_log_correct(kiosk->store, log->log_id,
			1 + below(venue, (int)log->last_seq), "vergissing", venue->wall_ms++);
		assert_true(r == 0 || r == -EEXIST);
	}
	free(logs);
}

/* Why a tap was changed by hand. */
static void note(struct venue *venue, struct kiosk *kiosk)
{
	struct log_entry *logs;
	size_t count;
	char reason[32];
	assert_int_equal(log_list(kiosk->store, &logs, &count), 0);
	const struct log_entry *log = &logs[below(venue, (int)count)];
	snprintf(reason, sizeof reason, "reden %d", below(venue, 3));
	if (log->last_seq > 0)
		assert_int_equal(hand_note_add(kiosk->store, log->log_id,
					 1 + below(venue, (int)log->last_seq), HAND_UNDONE, "Jan",
					 reason, venue->wall_ms++),
			0);
	free(logs);
}

static void add_anchor(struct venue *venue, struct kiosk *kiosk)
{
	kiosk->now.grade = (enum clock_grade)(1 + below(venue, CLOCK_GRADE_COUNT - 1));
	kiosk->now.wall_ms += below(venue, 400000);
	assert_int_equal(tap_log_add_anchor(kiosk->store, &kiosk->now), 0);
}

static void restart(struct venue *venue, struct kiosk *kiosk)
{
	kiosk->now.boot.bytes[1]++;
	kiosk->now.mono_ms = 500;
	kiosk->ahead_ms = below(venue, 3) ? 0 : below(venue, 400) - 200;
	kiosk->now.grade = (enum clock_grade)below(venue, CLOCK_GRADE_COUNT);
}

static void forget(struct venue *venue, struct kiosk *kiosk)
{
	/* By a clock that is behind: forgotten is forgotten, however old that is. */
	const int r = attendee_forget(kiosk->store, venue->people[below(venue, PEOPLE)],
		venue->wall_ms++ - below(venue, 20));
	assert_true(r == 0 || r == -ENOENT);
}

static void walk_in(struct venue *venue, struct kiosk *kiosk)
{
	const struct badge_key key = key_of(below(venue, BADGES));
	struct attendee person = { .language = "nl" };
	snprintf(person.organisation, sizeof person.organisation, "Inloop %d", below(venue, 3));
	const int r = walk_in_add(kiosk->store, &person, &key, venue->wall_ms++);
	assert_true(r == 0 || r == -EEXIST);
}

static void change_organisation(struct venue *venue, struct kiosk *kiosk)
{
	static const char *const clusters[] = { "health", "logistics" };
	struct organisation organisation;
	char one[ID_TEXT_SIZE], other[ID_TEXT_SIZE];
	organisation_id(kiosk, below(venue, ORGANISATIONS), one);
	organisation_id(kiosk, below(venue, ORGANISATIONS), other);
	const int what = below(venue, 3);
	if (what == 0)
		organisation_merge(kiosk->store, one, other, venue->wall_ms++);
	else if (what == 1)
		organisation_split(kiosk->store, one, venue->wall_ms++);
	else if (organisation_find(kiosk->store, one, &organisation) == 0) {
		snprintf(organisation.cluster, sizeof organisation.cluster, "%s",
			clusters[below(venue, 2)]);
		assert_int_equal(
			organisation_describe(kiosk->store, &organisation, venue->wall_ms++), 0);
	}
}

static void say(struct venue *venue, struct kiosk *kiosk)
{
	static const char *const versions[] = { "1.3.2", "1.4.2", "2.0" };
	assert_int_equal(
		peer_say(kiosk->store, below(venue, 2) ? "A" : "B", versions[below(venue, 3)]), 0);
}

static void check_recount(const struct kiosk *kiosk)
{
	struct recount recount;
	if (counter_verify(kiosk->store, &recount) != 0)
		fail_msg("the recount differs: %s (%s)", recount.fault, store_words(kiosk->store));
}

static void merge(struct venue *venue, struct kiosk *kiosk, const struct kiosk *other)
{
	char scratch[96];
	struct merge_report report;
	snprintf(scratch, sizeof scratch, "%s/scratch", venue->directory);
	const int r = store_merge(kiosk->store, other->path, scratch, NULL, NULL, &report);
	if (r != 0)
		fail_msg("merge: %d, %s", r, report.why.words[LANGUAGE_EN]);
	check_recount(kiosk);
}

static void take_in(struct venue *venue, struct kiosk *kiosk)
{
	const struct kiosk *other = &venue->kiosks[below(venue, KIOSKS)];
	if (other != kiosk)
		merge(venue, kiosk, other);
}

/* All that reports, exports and people's rights rest on, by names and not by numbers. */
static void dump(const struct kiosk *kiosk, char ret[DUMP_SIZE])
{
	static const char *const queries[] = {
		"SELECT log_id, seq, id, chain FROM every_tap ORDER BY 1, 2",
		"SELECT log_id, seq, made_ms, reason FROM every_correction ORDER BY 1, 2, 3, 4",
		"SELECT s.id, e.id, v.day, coalesce(o.id, '?'), v.checkins, v.stays, v.stay_ms FROM"
		" attended v JOIN number s ON s.no = v.session JOIN number e ON e.no = v.event"
		" LEFT JOIN number o ON o.no = v.organisation ORDER BY 1, 2, 3, 4",
		"SELECT s.id, e.id, v.day, p.id, o.id, v.checkins, v.stays, v.stay_ms FROM visit v"
		" JOIN number s ON s.no = v.session JOIN number e ON e.no = v.event JOIN number p "
		"ON"
		" p.no = v.person JOIN number o ON o.no = v.organisation ORDER BY 1, 2, 3, 4",
		"SELECT id, name, kind, cluster, to_check, root, changed_ms FROM organisation "
		"ORDER BY 1",
		"SELECT id, given_name, organisation, forgotten_ms, changed_ms FROM attendee "
		"ORDER BY 1",
		"SELECT badge_key, attendee, from_ms, until_ms, listed, ended_ms FROM link "
		"ORDER BY 1, 3, 2",
		"SELECT badge_key, from_ms, until_ms FROM blocked ORDER BY 1",
		"SELECT log_id, seq, attendee FROM credit ORDER BY 1, 2",
		"SELECT log_id, seq, act, who, reason, made_ms FROM hand_note ORDER BY 1, 2, 3",
		"SELECT log_id, turn, kiosk, version FROM kiosk_run ORDER BY 1",
	};
	size_t length = 0;
	for (size_t i = 0; i < COUNT_OF(queries); i++) {
		sqlite3_stmt *row;
		assert_int_equal(sqlite3_prepare_v2(kiosk->store->db, queries[i], -1, &row, NULL),
			SQLITE_OK);
		while (sqlite3_step(row) == SQLITE_ROW && length < DUMP_SIZE - 512) {
			length += (size_t)snprintf(ret + length, DUMP_SIZE - length, "%zu:", i);
			for (int c = 0; c < sqlite3_column_count(row); c++) {
				const bool blob = sqlite3_column_type(row, c) == SQLITE_BLOB;
				length += (size_t)snprintf(ret + length, DUMP_SIZE - length, "|%s",
					blob ? "" : column_text(row, c));
				const uint8_t *bytes = sqlite3_column_blob(row, c);
				for (int b = 0; blob && b < sqlite3_column_bytes(row, c); b++)
					length += (size_t)snprintf(
						ret + length, DUMP_SIZE - length, "%02x", bytes[b]);
			}
			length += (size_t)snprintf(ret + length, DUMP_SIZE - length, "\n");
		}
		sqlite3_finalize(row);
	}
}

/* The first line in which both differ. */
static void compare_dumps(const char *one, const char *other)
{
	size_t at = 0, line = 0;
	for (; one[at] && one[at] == other[at]; at++)
		if (one[at] == '\n')
			line = at + 1;
	if (one[at] != other[at])
		fail_msg("\n  %.*s\n  %.*s", (int)strcspn(one + line, "\n"), one + line,
			(int)strcspn(other + line, "\n"), other + line);
}

/* Everybody hears of everything, each in an order of its own. */
static void meet(struct venue *venue)
{
	const int first = below(venue, KIOSKS), step = 1 + below(venue, KIOSKS - 1);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < KIOSKS; i++)
			for (int j = 1; j < KIOSKS; j++)
				merge(venue, &venue->kiosks[(first + i * step) % KIOSKS],
					&venue->kiosks[(first + i * step + j) % KIOSKS]);
	dump(&venue->kiosks[0], venue->dumps[0]);
	for (int i = 1; i < KIOSKS; i++) {
		dump(&venue->kiosks[i], venue->dumps[1]);
		compare_dumps(venue->dumps[0], venue->dumps[1]);
	}
}

static void live(struct venue *venue)
{
	static void (*const happenings[])(struct venue *, struct kiosk *) = { tap, tap, tap, tap,
		tap, tap, link_badge, import_badge, import_badge, move_badge, move_badge,
		undo_import, lose_or_find, correct, note, add_anchor, restart, forget, walk_in,
		change_organisation, change_organisation, say, take_in };
	const int count = 10 + below(venue, 60);
	for (int i = 0; i < count; i++)
		happenings[below(venue, COUNT_OF(happenings))](
			venue, &venue->kiosks[below(venue, KIOSKS)]);
}

static void remove_files(struct venue *venue)
{
	char command[128];
	for (int i = 0; i < KIOSKS; i++)
		store_close(venue->kiosks[i].store);
	snprintf(command, sizeof command, "rm -f '%s'/*", venue->directory);
	assert_int_equal(system(command), 0);
}

static int set_up(void **state)
{
	const char *memory = "/dev/shm";
	struct venue *venue = calloc(1, sizeof *venue);
	setenv("TZ", "Europe/Amsterdam", 1);
	assert_int_equal(seal_start(), 0);
	venue->seed = seed_of(20261125);
	venue->wall_ms = MIDNIGHT_MS;
	snprintf(venue->directory, sizeof venue->directory, "%s/incheckpaal-merge.XXXXXX",
		access(memory, W_OK) == 0 ? memory : "/tmp");
	*state = venue;
	return mkdtemp(venue->directory) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct venue *venue = *state;
	const int r = rmdir(venue->directory);
	free(venue);
	return r;
}

static void kiosks_that_met_hold_the_same(void **state)
{
	const int count = cases(2000, 4);
	struct venue *venue = *state;
	for (int i = 0; i < count; i++) {
		for (int k = 0; k < KIOSKS; k++)
			open_kiosk(venue, k);
		live(venue);
		meet(venue);
		remove_files(venue);
	}
}

/* How many rows of @id there are that are forgotten and say nothing. */
static int64_t forgotten_rows(const struct kiosk *kiosk, const char *id)
{
	sqlite3_stmt *row;
	int64_t count = -1;
	assert_int_equal(sqlite3_prepare_v2(kiosk->store->db,
				 "SELECT count(*) FROM attendee WHERE id = ?1 AND given_name = ''"
				 " AND email = '' AND forgotten_ms IS NOT NULL",
				 -1, &row, NULL),
		SQLITE_OK);
	bind_text(row, 1, id);
	if (sqlite3_step(row) == SQLITE_ROW)
		count = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return count;
}

/* The other kiosk read the list again after that: she is forgotten all the same. */
static void who_is_forgotten_anywhere_is_forgotten(void **state)
{
	struct venue *venue = *state;
	for (int i = 0; i < KIOSKS; i++)
		open_kiosk(venue, i);
	struct kiosk *one = &venue->kiosks[0], *other = &venue->kiosks[1];
	char id[ID_TEXT_SIZE];
	memcpy(id, venue->people[0], sizeof id);
	assert_int_equal(attendee_forget(one->store, id, MIDNIGHT_MS - 3600000), 0);
	import_person(venue, other, 0, 0);
	merge(venue, one, other);
	assert_int_equal(forgotten_rows(one, id), 1);
	merge(venue, other, one);
	assert_int_equal(forgotten_rows(other, id), 1);
	merge(venue, &venue->kiosks[2], other);
	assert_int_equal(forgotten_rows(&venue->kiosks[2], id), 1);
	remove_files(venue);
}

/* What came from the others would go with it, and from them come back to those who never undid it.
 */
static void a_merge_ends_the_right_to_put_a_list_back(void **state)
{
	struct venue *venue = *state;
	for (int i = 0; i < KIOSKS; i++)
		open_kiosk(venue, i);
	struct store *store = venue->kiosks[0].store;
	struct import_undo undo;
	struct import *import;
	struct import_counts counts;
	const struct attendee_row row = { .attendee = { .given_name = "Noor",
						  .email = "noor@voorbeeld.example" } };
	assert_int_equal(attendee_import_undoable(store, &undo), 0);
	merge(venue, &venue->kiosks[0], &venue->kiosks[1]);
	assert_int_equal(attendee_import_undoable(store, &undo), -ENOENT);
	assert_int_equal(attendee_import_undo(store, venue->wall_ms++), -ENOENT);

	/* A list that is being read meanwhile: half of what it found can not be put back. */
	assert_int_equal(attendee_import_begin(&import, store, "list", venue->wall_ms++), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(sqlite3_exec(store->db, "DELETE FROM before_attendee", NULL, NULL, NULL),
		SQLITE_OK);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
	assert_int_equal(attendee_import_undoable(store, &undo), -ENOENT);
	import_person(venue, &venue->kiosks[0], 0, 0);
	assert_int_equal(attendee_import_undoable(store, &undo), 0);
	remove_files(venue);
}

static int take_word(void *context, const struct peer *peer)
{
	char *words = context;
	snprintf(words, 256, "%s %s %lld", peer->kiosk, peer->version, (long long)peer->taps);
	return 0;
}

/* Each word is said twice: what changes nothing is no newer word. */
static void the_newest_word_of_a_kiosk_holds(void **state)
{
	struct venue *venue = *state;
	char words[256] = "";
	for (int i = 0; i < 3; i++)
		open_kiosk(venue, i);
	struct store *told = venue->kiosks[0].store, *teller = venue->kiosks[1].store;
	for (int i = 0; i < 2; i++)
		assert_int_equal(peer_say(teller, "Ingang", "1.3.2"), 0);
	merge(venue, &venue->kiosks[2], &venue->kiosks[1]);
	for (int i = 0; i < 2; i++)
		assert_int_equal(peer_say(teller, "Zij-ingang", "1.4.2"), 0);
	merge(venue, &venue->kiosks[0], &venue->kiosks[1]);
	assert_int_equal(peer_each(told, take_word, words), 0);
	assert_string_equal(words, "Zij-ingang 1.4.2 0");
	merge(venue, &venue->kiosks[0], &venue->kiosks[2]);
	assert_int_equal(peer_each(told, take_word, words), 0);
	assert_string_equal(words, "Zij-ingang 1.4.2 0");
	assert_int_equal(peer_say(teller, "Zij-ingang", "1.3.2"), 0); /* put back by hand */
	merge(venue, &venue->kiosks[0], &venue->kiosks[1]);
	assert_int_equal(peer_each(told, take_word, words), 0);
	assert_string_equal(words, "Zij-ingang 1.3.2 0");
	remove_files(venue);
}

/* Its newest tap lies before the beginning of its log, and it is there all the same. */
static void a_kiosk_with_a_wrong_clock_is_told_of(void **state)
{
	struct venue *venue = *state;
	struct tap_record record = { .kiosk = "Ingang",
		.verdict = VERDICT_UNKNOWN,
		.at = { .boot = { { 7 } }, .wall_ms = 1000, .grade = CLOCK_NONE } };
	struct tap_stamp stamp;
	char words[256] = "";
	for (int i = 0; i < 2; i++)
		open_kiosk(venue, i);
	assert_int_equal(peer_say(venue->kiosks[1].store, "Ingang", "1.3.2"), 0);
	assert_int_equal(tap_log_append(venue->kiosks[1].store, &record, &stamp), 0);
	merge(venue, &venue->kiosks[0], &venue->kiosks[1]);
	assert_int_equal(peer_each(venue->kiosks[0].store, take_word, words), 0);
	assert_string_equal(words, "Ingang 1.3.2 1");
	remove_files(venue);
}

/* How many are in a session, as a kiosk tells people who choose. */
static int taken(const struct venue *venue, const struct kiosk *kiosk)
{
	int32_t places;
	assert_int_equal(session_taken(kiosk->store, venue->sessions[0], &places), 0);
	return places;
}

static void places_taken_at_another_kiosk_are_taken_here(void **state)
{
	struct venue *venue = *state;
	struct tap_stamp stamp;
	for (int i = 0; i < KIOSKS; i++) {
		open_kiosk(venue, i);
		struct tap_record record = { .key = key_of(i),
			.at = venue->kiosks[i].now,
			.verdict = VERDICT_CHECKED_IN,
			.direction = DIRECTION_IN,
			.counts = true };
		memcpy(record.event, venue->event, sizeof record.event);
		memcpy(record.session, venue->sessions[0], sizeof record.session);
		assert_int_equal(tap_log_append(venue->kiosks[i].store, &record, &stamp), 0);
		assert_int_equal(taken(venue, &venue->kiosks[i]), 1);
	}
	merge(venue, &venue->kiosks[0], &venue->kiosks[1]);
	assert_int_equal(taken(venue, &venue->kiosks[0]), 2);
	merge(venue, &venue->kiosks[2], &venue->kiosks[0]);
	assert_int_equal(taken(venue, &venue->kiosks[2]), 3);
	merge(venue, &venue->kiosks[2], &venue->kiosks[1]);
	assert_int_equal(taken(venue, &venue->kiosks[2]), 3);
	remove_files(venue);
}

/* The number of the person whose badge 0 is here; PEOPLE when it is nobody's. */
static int owner_at(const struct venue *venue, const struct kiosk *kiosk)
{
	const struct badge_key key = key_of(0);
	struct badge_owner owner;
	int person = 0;
	assert_int_equal(badge_find_owner(kiosk->store, &key, &owner), 0);
	while (person < PEOPLE &&
		!(owner.known && strcmp(owner.attendee.id, venue->people[person]) == 0))
		person++;
	return person;
}

/* At each, once the first two have heard of each other, whichever way that came about. */
static void everywhere_it_is_of(struct venue *venue, int person)
{
	struct kiosk *one = &venue->kiosks[0], *other = &venue->kiosks[1],
		     *third = &venue->kiosks[2];
	merge(venue, third, one);
	merge(venue, one, other);
	merge(venue, other, third);
	merge(venue, other, one);
	merge(venue, third, other);
	for (int i = 0; i < KIOSKS; i++)
		assert_int_equal(owner_at(venue, &venue->kiosks[i]), person);
	remove_files(venue);
}

/* Every kiosk was made ready with the list by which the badge is person 0's. */
static void a_badge_given_away_by_a_clock_that_is_behind_stays_so(void **state)
{
	struct venue *venue = *state;
	struct kiosk *behind = &venue->kiosks[1];
	for (int i = 0; i < KIOSKS; i++)
		open_kiosk(venue, i);
	behind->ahead_ms = -86400000;
	import_person(venue, behind, 2, 0);
	assert_int_equal(owner_at(venue, behind), 2);
	everywhere_it_is_of(venue, 2);
}

static void a_list_read_later_takes_no_badge_back(void **state)
{
	struct venue *venue = *state;
	const struct badge_key key = key_of(0);
	open_kiosk(venue, 0);
	assert_int_equal(
		badge_move(venue->kiosks[0].store, &key, venue->people[3], venue->wall_ms++), 0);
	open_kiosk(venue, 1);
	open_kiosk(venue, 2);
	everywhere_it_is_of(venue, 3);

	/* Who gives it back knows that it was given away. */
	for (int i = 0; i < KIOSKS; i++)
		open_kiosk(venue, i);
	import_person(venue, &venue->kiosks[0], 2, 0);
	import_person(venue, &venue->kiosks[0], 0, 0);
	everywhere_it_is_of(venue, 0);
}

static bool is_blocked(const struct kiosk *kiosk)
{
	const struct badge_key key = key_of(0);
	struct badge_owner owner;
	assert_int_equal(badge_find_owner(kiosk->store, &key, &owner), 0);
	return owner.blocked;
}

/* By a clock that was set back meanwhile, too. */
static void a_badge_that_was_found_is_not_lost_again(void **state)
{
	struct venue *venue = *state;
	const struct badge_key key = key_of(0);
	struct kiosk *one = &venue->kiosks[0], *other = &venue->kiosks[1];
	open_kiosk(venue, 0);
	open_kiosk(venue, 1);
	open_kiosk(venue, 2);
	assert_int_equal(badge_block(one->store, &key, venue->wall_ms), 0);
	merge(venue, other, one);
	assert_true(is_blocked(other));
	assert_int_equal(badge_unblock(one->store, &key, venue->wall_ms - 1000), 0);
	merge(venue, one, other);
	assert_false(is_blocked(one));
	merge(venue, other, one);
	assert_false(is_blocked(other));
	assert_int_equal(badge_block(other->store, &key, venue->wall_ms - 1000), 0);
	merge(venue, other, one);
	merge(venue, one, other);
	assert_true(is_blocked(one) && is_blocked(other));
	remove_files(venue);
}

int test_merge(void);
int test_merge(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(kiosks_that_met_hold_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_is_forgotten_anywhere_is_forgotten, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_merge_ends_the_right_to_put_a_list_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			the_newest_word_of_a_kiosk_holds, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_kiosk_with_a_wrong_clock_is_told_of, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			places_taken_at_another_kiosk_are_taken_here, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_badge_given_away_by_a_clock_that_is_behind_stays_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_list_read_later_takes_no_badge_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_badge_that_was_found_is_not_lost_again, set_up, tear_down),
	};
	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
