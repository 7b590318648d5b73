#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/check.h"
#include "tests/unit/older.h"

#include "base/seal.h"
#include "store/badge.h"
#include "store/counter.h"
#include "store/organisation.h"
#include "store/person.h"
#include "store/privacy.h"
#include "store/store_private.h"
#include "store/walk_in.h"

int test_person(void);

#define AT_MS 1764000000000LL

struct world {
	char directory[64], path[96];
	struct store *store;
};

static int set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);

	seal_start();
	snprintf(world->directory, sizeof world->directory, "/tmp/incheckpaal-person.XXXXXX");
	if (!mkdtemp(world->directory))
		return -1;
	snprintf(world->path, sizeof world->path, "%s/attendance.db", world->directory);
	*state = world;
	return store_open(&world->store, world->path, STORE_KIOSK);
}

static int tear_down(void **state)
{
	struct world *world = *state;
	char command[128];

	store_close(world->store);
	snprintf(command, sizeof command, "rm -r '%s'", world->directory);
	const int r = system(command);
	free(world);
	return r;
}

static struct attendee add(struct store *store, const char *given, const char *family,
	const char *email, const char *organisation)
{
	struct attendee person = { .id = "" };

	snprintf(person.given_name, sizeof person.given_name, "%s", given);
	snprintf(person.family_name, sizeof person.family_name, "%s", family);
	snprintf(person.email, sizeof person.email, "%s", email);
	snprintf(person.organisation, sizeof person.organisation, "%s", organisation);
	assert_int_equal(person_save(store, &person), 0);
	return person;
}

static struct badge_key key(uint8_t digit)
{
	struct badge_key ret = { .bytes = { digit } };
	return ret;
}

static int64_t tap(struct store *store, const struct badge_key *badge, const char *attendee,
	enum verdict verdict, int64_t at_ms)
{
	struct tap_record record = { .key = *badge,
		.at = { .wall_ms = at_ms, .grade = CLOCK_NTP },
		.verdict = verdict,
		.direction = verdict_direction(verdict),
		.counts = verdict_counts(verdict),
		.kiosk = "Ingang" };
	struct tap_stamp stamp;

	snprintf(record.attendee, sizeof record.attendee, "%s", attendee);
	assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	return stamp.seq;
}

struct seen {
	char text[1024];
};

static int take_person(void *context, const struct person_row *person)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->text);

	snprintf(seen->text + length, sizeof seen->text - length, "%s:%s ", person->given_name,
		person->has_badge ? person->blocked ? "x" : "b" : "");
	return 0;
}

static void people_are_listed_in_order(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct seen seen = { "" };
	struct badge_key one = key(1), two = key(2);
	const struct attendee ada = add(store, "Ada", "de Vries", "ada@x.example", "Hanzecode");
	const struct attendee bram = add(store, "Bram", "Bakker", "", "IJsselzorg");

	add(store, "Chris", "", "", "");
	assert_int_equal(badge_link(store, &one, ada.id, AT_MS), 0);
	assert_int_equal(badge_link(store, &two, bram.id, AT_MS), 0);
	assert_int_equal(badge_block(store, &two, AT_MS), 0);
	assert_int_equal(person_each(store, PERSON_BY_NAME, take_person, &seen), 0);
	assert_string_equal(seen.text, "Ada:b Bram:x Chris: ");
	seen.text[0] = '\0';
	person_each(store, PERSON_BY_ORGANISATION, take_person, &seen);
	assert_string_equal(seen.text, "Chris: Ada:b Bram:x ");
}

static void nobody_takes_the_address_of_another(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct attendee other = add(store, "Ada", "", "ada@x.example", ""), again = { .id = "" };
	char id[ID_TEXT_SIZE];

	snprintf(again.email, sizeof again.email, "ADA@x.example");
	assert_int_equal(person_save(store, &again), -EEXIST);
	assert_string_equal(again.id, other.id);
	snprintf(id, sizeof id, "%s", other.id);
	snprintf(other.given_name, sizeof other.given_name, "Adriana");
	assert_int_equal(person_save(store, &other), 0);
	assert_string_equal(other.id, id);
	assert_int_equal(attendee_find(store, id, &again), 0);
	assert_string_equal(again.given_name, "Adriana");
}

static int take_tap(void *context, const struct person_tap *tap)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->text);

	snprintf(seen->text + length, sizeof seen->text - length, "%lld:%d%s%s%s ",
		(long long)tap->seq, tap->direction, tap->by_hand ? "h" : "",
		tap->undone ? "u" : "", tap->who[0] ? tap->who : tap->undone_who);
	return 0;
}

static void a_log_shows_who_undid_what(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct seen seen = { "" };
	struct badge_key one = key(1), none;
	const struct attendee ada = add(store, "Ada", "", "", "");
	struct tap_record by_hand = { .at = { .wall_ms = AT_MS + 5, .grade = CLOCK_HUMAN },
		.verdict = VERDICT_CHECKED_OUT,
		.direction = DIRECTION_OUT,
		.counts = true,
		.note = "by-hand" };
	struct tap_stamp stamp;

	/* Written by hand before there was a badge, it stays with the person. */
	assert_int_equal(person_badge(store, ada.id, &none, NULL), -ENOENT);
	assert_int_equal(person_entry_key(store, ada.id, &by_hand.key), 0);
	snprintf(by_hand.attendee, sizeof by_hand.attendee, "%s", ada.id);
	assert_int_equal(tap_log_append(store, &by_hand, &stamp), 0);
	assert_int_equal(
		hand_note_add(store, "", stamp.seq, HAND_ENTERED, "Marit", "vergeten", AT_MS), 0);
	/* Tapped as a stranger, linked later. */
	const int64_t first = tap(store, &one, "", VERDICT_UNKNOWN, AT_MS);
	assert_int_equal(badge_link(store, &one, ada.id, AT_MS), 0);
	assert_int_equal(tap_log_correct(store, "", first, "verkeerd", AT_MS), 0);
	assert_int_equal(
		hand_note_add(store, "", first, HAND_UNDONE, "Ruben", "verkeerd", AT_MS), 0);
	assert_int_equal(person_tap_each(store, ada.id, take_tap, &seen), 0);
	assert_string_equal(seen.text, "1:2hMarit 2:1uRuben ");
	assert_int_equal(person_entry_key(store, ada.id, &none), 0);
	assert_true(badge_key_equal(&none, &one));
}

static int take_time(void *context, const struct person_tap *tap)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->text);

	snprintf(seen->text + length, sizeof seen->text - length, "%s%lld ", tap->sure ? "" : "±",
		(long long)(tap->wall_ms - AT_MS));
	return 0;
}

static struct tap_record by_unset_clock(void)
{
	return (struct tap_record){
		.key = key(1),
		.verdict = VERDICT_CHECKED_IN,
		.direction = DIRECTION_IN,
		.at = { .boot = { { 7 } }, .mono_ms = 1000, .wall_ms = AT_MS, .grade = CLOCK_NONE }
	};
}

/* A time of a clock that was not set is told apart, and is corrected once that is. */
static void a_time_says_whether_it_is_sure(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	const struct attendee ada = add(store, "Ada", "", "", "");
	struct tap_record record = by_unset_clock();
	struct moment now = {
		.boot = { { 7 } }, .mono_ms = 2000, .wall_ms = AT_MS + 6000, .grade = CLOCK_NTP
	};
	struct tap_stamp stamp;
	struct seen seen = { "" };

	assert_int_equal(badge_link(store, &record.key, ada.id, AT_MS), 0);
	snprintf(record.attendee, sizeof record.attendee, "%s", ada.id);
	assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	record.at = now;
	assert_int_equal(tap_log_append(store, &record, &stamp), 0);
	assert_int_equal(person_tap_each(store, ada.id, take_time, &seen), 0);
	assert_string_equal(seen.text, "6000 ±0 ");
	assert_int_equal(tap_log_add_anchor(store, &now), 0);
	seen.text[0] = '\0';
	assert_int_equal(person_tap_each(store, ada.id, take_time, &seen), 0);
	assert_string_equal(seen.text, "6000 5000 ");
}

static int take_unknown_time(void *context, const struct unknown_badge *badge)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->text);

	snprintf(seen->text + length, sizeof seen->text - length, "%d:%lld ", badge->key.bytes[0],
		(long long)(badge->last_ms - AT_MS));
	return 0;
}

static int take_blocked_time(void *context, const struct blocked_badge *badge)
{
	struct seen *seen = context;

	snprintf(seen->text, sizeof seen->text, "%lld in %lld, %s", (long long)badge->taps_since,
		(long long)(badge->last_ms - AT_MS), badge->kiosk);
	return 0;
}

/* A clock a year ahead does not put what it timed above all that followed. */
static void the_newest_is_so_by_the_times_read_now(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	const struct attendee ada = add(store, "Ada", "", "", "");
	struct badge_key one = key(1), two = key(2), three = key(3);
	const struct moment now = {
		.boot = { { 7 } }, .mono_ms = 2000, .wall_ms = AT_MS + 2000, .grade = CLOCK_NTP
	};
	struct tap_record ahead = { .key = one,
		.verdict = VERDICT_CHECKED_IN,
		.direction = DIRECTION_IN,
		.kiosk = "Schuur",
		.at = { { { 7 } }, 1000, AT_MS + 365 * 86400000LL, CLOCK_RTC } };
	struct tap_stamp stamp;
	struct seen seen = { "" };

	assert_int_equal(badge_link(store, &one, ada.id, AT_MS), 0);
	assert_int_equal(tap_log_append(store, &ahead, &stamp), 0);
	tap(store, &one, ada.id, VERDICT_REPEAT, AT_MS + 9000);
	ahead.key = two;
	ahead.verdict = VERDICT_UNKNOWN;
	assert_int_equal(tap_log_append(store, &ahead, &stamp), 0);
	tap(store, &two, "", VERDICT_UNKNOWN, AT_MS + 100);
	tap(store, &three, "", VERDICT_UNKNOWN, AT_MS + 8000);
	assert_int_equal(tap_log_add_anchor(store, &now), 0);
	assert_int_equal(person_tap_each(store, ada.id, take_time, &seen), 0);
	assert_string_equal(seen.text, "9000 1000 ");
	seen.text[0] = '\0';
	assert_int_equal(badge_unknown_each(store, take_unknown_time, &seen), 0);
	assert_string_equal(seen.text, "3:8000 2:1000 ");

	assert_int_equal(badge_block(store, &three, AT_MS), 0);
	ahead.key = three;
	ahead.verdict = VERDICT_BLOCKED;
	assert_int_equal(tap_log_append(store, &ahead, &stamp), 0);
	tap(store, &three, "", VERDICT_BLOCKED, AT_MS + 500);
	assert_int_equal(badge_blocked_each(store, take_blocked_time, &seen), 0);
	assert_string_equal(seen.text, "2 in 1000, Schuur");
}

struct order {
	int count;
	int64_t last_ms, last_seq;
	const char *oldest; /* who wrote the last one seen by hand */
	int stop_at;
};

static int in_order(void *context, const struct person_tap *tap)
{
	struct order *order = context;

	assert_true(order->count == 0 || tap->wall_ms < order->last_ms ||
		    (tap->wall_ms == order->last_ms && tap->seq < order->last_seq));
	order->last_ms = tap->wall_ms;
	order->last_seq = tap->seq;
	if (tap->who[0])
		order->oldest = strcmp(tap->who, "Marit") == 0 ? "Marit" : "another";
	return ++order->count == order->stop_at ? 7 : 0;
}

/* More than are held at a time, several at one moment, each told once, down to the oldest. */
static void a_long_log_is_told_to_its_end(void **state)
{
	enum { TAPS = 1230 };
	struct store *store = ((struct world *)*state)->store;
	struct order order = { .oldest = "nobody" }, cut = { .stop_at = 400 };
	struct badge_key one = key(1);
	const struct attendee ada = add(store, "Ada", "", "", "");

	assert_int_equal(badge_link(store, &one, ada.id, AT_MS), 0);
	assert_int_equal(store_begin(store), 0);
	for (int i = 0; i < TAPS; i++)
		tap(store, &one, ada.id, VERDICT_REPEAT, AT_MS + i / 7 * 1000);
	assert_int_equal(store_commit(store), 0);
	assert_int_equal(hand_note_add(store, "", 1, HAND_ENTERED, "Marit", "vergeten", AT_MS), 0);
	assert_int_equal(person_tap_each(store, ada.id, in_order, &order), 0);
	assert_int_equal(order.count, TAPS);
	assert_string_equal(order.oldest, "Marit");
	assert_int_equal(order.last_seq, 1);
	assert_int_equal(person_tap_each(store, ada.id, in_order, &cut), 7);
	assert_int_equal(cut.count, 400);
}

static int take_pair(void *context, const struct organisation_pair *pair)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->text);

	snprintf(seen->text + length, sizeof seen->text - length, "%s+%s:%s ", pair->one.name,
		pair->other.name, pair->why);
	return 0;
}

static void organisations_with_one_mail_domain_are_asked_about(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct organisation zorg, other;
	struct seen seen = { "" };

	add(store, "Ada", "", "ada@Zorg.test", "IJsselland Zorggroep");
	add(store, "Bram", "", "bram@zorg.test", "Thuisteam Noord");
	add(store, "Chris", "", "chris@gmail.com", "Koekenbakkers");
	add(store, "Dewi", "", "dewi@gmail.com", "Uitvinders");
	add(store, "Eva", "", "", "Stilte");
	add(store, "Fenna", "", "fenna@stil.test", "Stilte");
	add(store, "Gijs", "", "gijs@hub.test", "Vezelwerk");
	add(store, "Hanna", "", "hanna@hub.test", "Postbus");
	add(store, "Ina", "", "ina@hub.test", "Robotica");
	add(store, "Joost", "", "joost@hub.test", "Lichtgroep");
	add(store, "Kees", "", "kees@twee.test", "Dubbeldam");
	add(store, "Lies", "", "lies@twee.test", "Dubbeldamm");
	assert_int_equal(organisation_pairs(store, take_pair, &seen), 0);
	assert_string_equal(seen.text,
		"Dubbeldam+Dubbeldamm:letters IJsselland Zorggroep+Thuisteam Noord:mail ");
	assert_int_equal(organisation_find(store, "Thuisteam Noord", &other), 0);
	assert_int_equal(organisation_find(store, "IJsselland Zorggroep", &zorg), 0);
	assert_int_equal(organisation_distinct(store, zorg.id, other.id, AT_MS), 0);
	seen.text[0] = '\0';
	assert_int_equal(organisation_pairs(store, take_pair, &seen), 0);
	assert_string_equal(seen.text, "Dubbeldam+Dubbeldamm:letters ");
}

static void who_is_forgotten_has_no_mail_domain(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct seen seen = { "" };
	const struct attendee ada = add(store, "Ada", "", "ada@zorg.test", "IJsselland Zorggroep");

	add(store, "Bram", "", "bram@zorg.test", "Thuisteam Noord");
	assert_int_equal(attendee_forget(store, ada.id, AT_MS), 0);
	assert_int_equal(organisation_pairs(store, take_pair, &seen), 0);
	assert_string_equal(seen.text, "");
}

static int count_unknown(void *context, const struct unknown_badge *badge)
{
	*(int64_t *)context += badge->taps;
	return 0;
}

static void a_badge_goes_from_nobody_to_one_and_to_another(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct badge_key one = key(1);
	struct badge_owner owner;
	struct badge_counts counts;
	int64_t unknown = 0;
	const struct attendee ada = add(store, "Ada", "", "", ""),
			      bram = add(store, "Bram", "", "", "");

	tap(store, &one, "", VERDICT_UNKNOWN, AT_MS);
	tap(store, &one, "", VERDICT_UNKNOWN, AT_MS + 1);
	badge_unknown_each(store, count_unknown, &unknown);
	assert_int_equal(unknown, 2);
	assert_int_equal(badge_link(store, &one, ada.id, AT_MS), 0);
	unknown = 0;
	badge_unknown_each(store, count_unknown, &unknown);
	assert_int_equal(unknown, 0);
	assert_int_equal(badge_link(store, &one, bram.id, AT_MS), -EEXIST);
	assert_int_equal(badge_move(store, &one, bram.id, AT_MS + 2), 0);
	assert_int_equal(badge_find_owner(store, &one, &owner), 0);
	assert_string_equal(owner.attendee.id, bram.id);
	assert_int_equal(badge_block(store, &one, AT_MS), 0);
	assert_int_equal(badge_count_all(store, &counts), 0);
	assert_int_equal(counts.linked, 1);
	assert_int_equal(counts.without, 1);
	assert_int_equal(counts.blocked, 1);
	assert_int_equal(badge_unblock(store, &one, AT_MS), 0);
	assert_int_equal(badge_unblock(store, &one, AT_MS), -ENOENT);
}

/* A list that was read whole is in, also when moving it was cut short. */
static void an_import_that_was_cut_short_is_gone_on_with(void **state)
{
	static const char stop[] = "CREATE TEMP TRIGGER stop BEFORE INSERT ON attendee"
				   " BEGIN SELECT RAISE(ABORT, 'cut short'); END";
	struct world *world = *state;
	struct import *import;
	struct import_counts counts;
	struct attendee found;
	struct attendee_row row = { .attendee = { .email = "laat@voorbeeld.example",
					    .given_name = "Laat" },
		.key = { { 7 } },
		.has_badge = true };

	assert_int_equal(attendee_import_begin(&import, world->store, "list.csv", AT_MS), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(sqlite3_exec(world->store->db, stop, NULL, NULL, NULL), SQLITE_OK);
	assert_true(attendee_import_finish(import, &counts) < 0);
	assert_int_equal(attendee_find(world->store, row.attendee.email, &found), -ENOENT);

	sqlite3_exec(world->store->db, "DROP TRIGGER temp.stop", NULL, NULL, NULL);
	assert_int_equal(attendee_import_resume(world->store), 0);
	assert_int_equal(attendee_find(world->store, row.attendee.email, &found), 0);
	struct badge_owner owner;
	assert_int_equal(badge_find_owner(world->store, &row.key, &owner), 0);
	assert_string_equal(owner.attendee.given_name, "Laat");
	assert_int_equal(attendee_import_resume(world->store), 0);
}

static void import_list(struct store *store, const struct attendee_row *rows, size_t count)
{
	struct import *import;
	struct import_counts counts;

	assert_int_equal(attendee_import_begin(&import, store, "list.csv", AT_MS), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(attendee_import_row(import, &rows[i]), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
}

static struct attendee_row listed(const char *given, const char *organisation, uint8_t badge)
{
	struct attendee_row row = { .has_badge = true, .key = key(badge) };

	snprintf(row.attendee.given_name, NAME_SIZE, "%s", given);
	snprintf(row.attendee.email, EMAIL_SIZE, "%s@voorbeeld.example", given);
	snprintf(row.attendee.organisation, ORGANISATION_SIZE, "%s", organisation);
	return row;
}

static void assert_origin(struct store *store, const char *id, const char *kind, const char *file,
	unsigned line, int64_t wall_ms)
{
	struct attendee_origin origin;

	assert_int_equal(attendee_origin(store, id, &origin), 0);
	assert_string_equal(origin.kind, kind);
	assert_string_equal(origin.file, file);
	assert_int_equal(origin.line, line);
	assert_int_equal(origin.wall_ms, wall_ms);
}

static void import_one(
	struct store *store, const char *source, unsigned line, int64_t wall_ms, char *ret_id)
{
	struct attendee_row row = listed("ada", "Oud", 1);
	struct import *import;
	struct import_counts counts;

	row.line = line;
	attendee_row_id(ret_id, &row);
	assert_int_equal(attendee_import_begin(&import, store, source, wall_ms), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
}

static void where_somebody_comes_from_is_kept(void **state)
{
	struct world *world = *state;
	struct store *store = world->store;
	struct attendee gea = { .given_name = "Gea", .email = "gea@voorbeeld.example" };
	struct attendee kees = { .given_name = "Kees", .organisation = "Kaas" };
	struct attendee_origin origin;
	char ada[ID_TEXT_SIZE];

	import_one(store, "/media/stick/deelnemers.csv", 9, AT_MS, ada);
	assert_origin(store, ada, "file", "deelnemers.csv", 9, AT_MS);
	import_one(store, "nieuwe lijst.csv", 12, AT_MS + 60000, ada);
	assert_origin(store, ada, "file", "nieuwe lijst.csv", 12, AT_MS + 60000);
	assert_int_equal(attendee_import_undo(store, AT_MS + 120000), 0);
	assert_origin(store, ada, "file", "deelnemers.csv", 9, AT_MS);

	/* Changed by hand, they still come from the file. */
	struct attendee changed;
	assert_int_equal(attendee_by_id(store, ada, &changed), 0);
	snprintf(changed.family_name, NAME_SIZE, "de Vries");
	assert_int_equal(person_save(store, &changed), 0);
	assert_origin(store, ada, "file", "deelnemers.csv", 9, AT_MS);

	assert_int_equal(person_save(store, &gea), 0);
	assert_int_equal(attendee_origin(store, gea.id, &origin), 0);
	assert_string_equal(origin.kind, "hand");
	assert_int_equal(walk_in_add(store, &kees, NULL, AT_MS), 0);
	assert_origin(store, kees.id, "kiosk", "", 0, AT_MS);
	assert_int_equal(attendee_origin(store, "nobody", &origin), -ENOENT);
	assert_int_equal(attendee_forget(store, ada, AT_MS), 0);
	assert_origin(store, ada, "", "", 0, 0);
}

/* Somebody who was written down by hand is not made twice by a list. */
static void a_list_finds_who_has_the_address(void **state)
{
	struct world *world = *state;
	struct attendee ada = { .given_name = "Ada", .email = "ADA@voorbeeld.example" };
	struct attendee_origin origin;
	char id[ID_TEXT_SIZE];
	int64_t count;

	assert_int_equal(person_save(world->store, &ada), 0);
	import_one(world->store, "lijst.csv", 2, AT_MS, id);
	assert_string_not_equal(id, ada.id);
	assert_int_equal(attendee_origin(world->store, ada.id, &origin), 0);
	assert_string_equal(origin.file, "lijst.csv");
	assert_int_equal(attendee_by_id(world->store, id, &ada), -ENOENT);
	assert_int_equal(attendee_count(world->store, &count), 0);
	assert_int_equal(count, 1);

	/* Whoever was forgotten is not found by an address that is gone. */
	assert_int_equal(attendee_find(world->store, "ada@voorbeeld.example", &ada), 0);
	assert_int_equal(attendee_forget(world->store, ada.id, AT_MS), 0);
	import_one(world->store, "lijst.csv", 2, AT_MS, id);
	assert_int_equal(attendee_by_id(world->store, id, &ada), 0);
}

static int64_t checkins_of(struct store *store, const char *id)
{
	sqlite3_stmt *row;
	int64_t count = 0;

	assert_int_equal(sqlite3_prepare_v2(store->db,
				 "SELECT sum(v.checkins) FROM visit v JOIN number n ON n.no ="
				 " v.person WHERE n.id = ?1",
				 -1, &row, NULL),
		SQLITE_OK);
	bind_text(row, 1, id);
	if (sqlite3_step(row) == SQLITE_ROW)
		count = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return count;
}

static void is_counted_for(struct store *store, const char *id, int64_t checkins)
{
	struct recount recount;

	assert_int_equal(checkins_of(store, id), checkins);
	assert_int_equal(counter_verify(store, &recount), 0);
}

/* A year later the same address is on a list again: the old check-ins stay nameless. */
static void a_list_makes_somebody_new_of_who_was_forgotten(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	const struct attendee_row rows[] = { listed("ada", "Oud", 1), listed("ada", "Nieuw", 1) };
	const struct badge_key badge = key(1);
	struct attendee found;
	char ids[4][ID_TEXT_SIZE];

	for (int i = 0; i < 3; i++) {
		assert_int_equal(attendee_row_whose(store, &rows[i > 0], ids[i]), 0);
		import_list(store, &rows[i > 0], 1);
		assert_int_equal(attendee_row_whose(store, &rows[0], ids[3]), 0);
		assert_string_equal(ids[3], ids[i]);
		assert_int_equal(attendee_find(store, "ada@voorbeeld.example", &found), 0);
		assert_string_equal(found.id, ids[i]);
		tap(store, &badge, ids[i], VERDICT_CHECKED_IN, AT_MS + i);
		assert_int_equal(attendee_forget(store, ids[i], AT_MS + 1), 0);
		for (int j = 0; j <= i; j++) {
			assert_true(attendee_is_forgotten(store, ids[j]));
			is_counted_for(store, ids[j], 1);
		}
	}
	assert_string_not_equal(ids[0], ids[1]);
	assert_string_not_equal(ids[1], ids[2]);
}

static int64_t number_in(struct store *store, const char *sql)
{
	sqlite3_stmt *row;
	int64_t number = -1;

	assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &row, NULL), SQLITE_OK);
	if (sqlite3_step(row) == SQLITE_ROW)
		number = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return number;
}

/* A list was decided and cut short: it goes on before anybody is forgotten. A list on its way in
 * loses the line. */
static void no_list_brings_back_who_is_forgotten_meanwhile(void **state)
{
	static const char stop[] = "CREATE TEMP TRIGGER stop BEFORE UPDATE ON attendee"
				   " BEGIN SELECT RAISE(ABORT, 'cut short'); END";
	struct store *store = ((struct world *)*state)->store;
	const struct attendee_row rows[] = { listed("ada", "Oud", 1), listed("noor", "Oud", 2) };
	struct import *import;
	struct import_counts counts;
	struct attendee ada, found;

	import_list(store, rows, 1);
	assert_int_equal(attendee_find(store, "ada@voorbeeld.example", &ada), 0);
	assert_int_equal(attendee_import_begin(&import, store, "list.csv", AT_MS), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(attendee_import_row(import, &rows[i]), 0);
	assert_int_equal(sqlite3_exec(store->db, stop, NULL, NULL, NULL), SQLITE_OK);
	assert_true(attendee_import_finish(import, &counts) < 0);
	sqlite3_exec(store->db, "DROP TRIGGER temp.stop", NULL, NULL, NULL);
	const char on_its_way[] =
		"INSERT INTO generation (source, begun_ms) VALUES ('next.csv', 9);"
		"INSERT INTO staged_attendee (generation, id, given_name, family_name, email,"
		" language, sessions) SELECT g.id, a.id, 'Ada', '', '', '', '' FROM generation g,"
		" attendee a WHERE g.source = 'next.csv'";
	assert_int_equal(sqlite3_exec(store->db, on_its_way, NULL, NULL, NULL), SQLITE_OK);

	assert_int_equal(attendee_forget(store, ada.id, AT_MS + 1), 0);
	assert_int_equal(number_in(store, "SELECT count(*) FROM staged_attendee"), 0);
	assert_int_equal(attendee_find(store, "noor@voorbeeld.example", &found), 0);
	assert_int_equal(attendee_import_resume(store), 0);
	assert_true(attendee_is_forgotten(store, ada.id));
	assert_int_equal(attendee_find(store, "ada@voorbeeld.example", &found), -ENOENT);
}

static void nobody_writes_a_name_on_who_was_forgotten(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct attendee ada = add(store, "Ada", "Vos", "ada@x.example", ""), found;

	assert_int_equal(attendee_forget(store, ada.id, AT_MS), 0);
	assert_int_equal(person_save(store, &ada), -ENOENT);
	assert_int_equal(attendee_find(store, "Ada Vos", &found), -ENOENT);
	assert_true(attendee_is_forgotten(store, ada.id));
}

/* Of a list without e-mail addresses. */
static struct attendee_row borne_by(const char *given, const char *family, uint8_t badge)
{
	struct attendee_row row = listed(given, "Oud", badge);

	row.attendee.email[0] = '\0';
	snprintf(row.attendee.family_name, NAME_SIZE, "%s", family);
	return row;
}

static void owner_is(struct store *store, const struct badge_key *badge, const char *given)
{
	struct badge_owner owner;

	assert_int_equal(badge_find_owner(store, badge, &owner), 0);
	assert_true(owner.known);
	assert_string_equal(owner.attendee.given_name, given);
}

static void a_badge_used_again_is_somebody_elses(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	const struct attendee_row ada = borne_by("Ada", "Vos", 1),
				  zoe = borne_by("Zo\xc3\xab", "", 1),
				  same = borne_by("ZOE", "", 1);
	struct attendee found;
	char one[ID_TEXT_SIZE], other[ID_TEXT_SIZE];

	import_list(store, &ada, 1);
	assert_int_equal(attendee_row_whose(store, &ada, one), 0);
	tap(store, &ada.key, one, VERDICT_CHECKED_IN, AT_MS);
	import_list(store, &zoe, 1);
	owner_is(store, &zoe.key, "Zo\xc3\xab");
	assert_int_equal(attendee_by_id(store, one, &found), 0);
	assert_string_equal(found.family_name, "Vos");
	is_counted_for(store, one, 1);
	assert_int_equal(attendee_row_whose(store, &zoe, one), 0);
	assert_int_equal(attendee_row_whose(store, &same, other), 0);
	assert_string_equal(one, other);
	is_counted_for(store, one, 0);
}

/* Before, the badge alone made the number: whoever has one keeps it. */
static void a_list_of_before_makes_nobody_twice(void **state)
{
	struct store *store = ((struct world *)*state)->store;
	struct attendee_row nameless = borne_by("", "", 1);
	const struct attendee_row ada = borne_by("Ada", "Vos", 1),
				  zoe = borne_by("Zo\xc3\xab", "", 1);
	char before[ID_TEXT_SIZE], id[ID_TEXT_SIZE];
	int64_t count;

	import_list(store, &nameless, 1);
	attendee_row_id(before, &nameless);
	for (int i = 0; i < 2; i++) { /* named, and named again */
		assert_int_equal(attendee_row_whose(store, &ada, id), 0);
		assert_string_equal(id, before);
		import_list(store, &ada, 1);
	}
	assert_int_equal(attendee_row_whose(store, &nameless, id), 0);
	assert_string_equal(id, before);
	import_list(store, &zoe, 1);
	assert_int_equal(attendee_row_whose(store, &ada, id), 0); /* whose badge went to Zoë */
	assert_string_equal(id, before);
	assert_int_equal(attendee_count(store, &count), 0);
	assert_int_equal(count, 2);
}

/* A file of the version before: who registered at the kiosk is told by what is known of them. */
static void an_older_file_tells_who_registered(void **state)
{
	static const char rows_of_before[] =
		"INSERT INTO attendee (id, given_name, family_name, email, language, sessions) "
		"VALUES ('01a20d89-017e-7ed4-a266-59a68bc175d1', 'Kees', '', '', '', ''),"
		" ('01a20d89-017e-7ed4-a266-59a68bc175d2', 'Gea', '', '', '', ''),"
		" ('01a20d89-017e-7ed4-a266-59a68bc175d3', 'Ada', 'Vos', '', '', ''),"
		" ('01a20d89-017e-5ed4-a266-59a68bc175d4', 'Ina', '', '', '', '');"
		"INSERT INTO audit (wall_ms, grade, who, role, act, object, reason) VALUES (1, 1, "
		"'Marit', 'organiser', 'person-added', '01a20d89-017e-7ed4-a266-59a68bc175d2', "
		"'');";
	static const struct {
		const char *id, *kind;
	} rows[] = {
		{ "01a20d89-017e-7ed4-a266-59a68bc175d1", "kiosk" },
		{ "01a20d89-017e-7ed4-a266-59a68bc175d2", "hand" },
		{ "01a20d89-017e-7ed4-a266-59a68bc175d3", "" },
		{ "01a20d89-017e-5ed4-a266-59a68bc175d4", "" },
	};
	struct world *world = *state;
	char path[sizeof world->path + 8];
	struct store *store;

	snprintf(path, sizeof path, "%s.older", world->path);
	older_file(path, 15, rows_of_before);
	assert_int_equal(store_open(&store, path, STORE_KIOSK), 0);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_origin(store, rows[i].id, rows[i].kind, "", 0, 0);
	store_close(store);
}

/* Somebody known, somebody new who never came, and somebody new who came since. */
static void an_import_is_put_back(void **state)
{
	struct world *world = *state;
	struct store *store = world->store;
	const struct attendee_row first[] = { listed("ada", "Oud", 1) };
	const struct attendee_row rows[] = { listed("ada", "Nieuw", 2), listed("noor", "Nieuw", 3),
		listed("pim", "Nieuw", 4) };
	const struct badge_key known = key(1), stranger = key(2), seen = key(4);
	struct attendee found;
	struct badge_owner owner;
	struct import_undo undo;
	struct recount recount;
	char pim[ID_TEXT_SIZE];

	import_list(store, first, 1);
	tap(store, &known, "", VERDICT_CHECKED_IN, AT_MS);
	tap(store, &stranger, "", VERDICT_UNKNOWN, AT_MS);
	import_list(store, rows, 3);
	attendee_row_id(pim, &rows[2]);
	tap(store, &seen, pim, VERDICT_CHECKED_IN, AT_MS);
	assert_int_equal(attendee_import_undoable(store, &undo), 0);
	assert_string_equal(undo.source, "list.csv");
	assert_int_equal(undo.people, 3);

	assert_int_equal(attendee_import_undo(store, AT_MS + 1), 0);
	assert_int_equal(attendee_find(store, "ada@voorbeeld.example", &found), 0);
	assert_string_equal(found.organisation, "Oud");
	assert_int_equal(badge_find_owner(store, &known, &owner), 0);
	assert_true(owner.known);
	assert_int_equal(badge_find_owner(store, &stranger, &owner), 0);
	assert_false(owner.known);
	assert_int_equal(attendee_find(store, "noor@voorbeeld.example", &found), -ENOENT);
	assert_int_equal(attendee_find(store, "pim@voorbeeld.example", &found), -ENOENT);
	assert_true(attendee_is_forgotten(store, pim));
	assert_int_equal(counter_verify(store, &recount), 0);
	assert_int_equal(recount.differ, 0);
	assert_int_equal(attendee_import_undo(store, AT_MS + 2), -ENOENT);
	assert_int_equal(attendee_import_undoable(store, &undo), -ENOENT);

	/* With the right list Pim is who checked in before, not somebody else of that name. */
	import_list(store, &rows[2], 1);
	assert_int_equal(attendee_find(store, "pim@voorbeeld.example", &found), 0);
	assert_string_equal(found.id, pim);
	assert_int_equal(counter_verify(store, &recount), 0);
	assert_int_equal(recount.differ, 0);
	/* Who was forgotten on purpose is not. */
	assert_int_equal(attendee_forget(store, pim, AT_MS + 3), 0);
	import_list(store, &rows[2], 1);
	assert_int_equal(attendee_find(store, "pim@voorbeeld.example", &found), 0);
	assert_string_not_equal(found.id, pim);
}

/* Of two at once the second would throw away what the first found, and half could be put back. */
static void one_list_at_a_time(void **state)
{
	struct world *world = *state;
	const struct attendee_row rows[] = { listed("ada", "Oud", 1), listed("noor", "Oud", 2) };
	struct import *first, *second = NULL;
	struct import_counts counts;
	struct import_undo undo;
	struct store *other;

	assert_int_equal(store_open(&other, world->path, STORE_WRITE), 0);
	import_list(world->store, rows, 1);
	assert_int_equal(attendee_import_begin(&first, world->store, "first.csv", AT_MS), 0);
	assert_int_equal(attendee_import_begin(&second, other, "second.csv", AT_MS), -EALREADY);
	assert_int_equal(attendee_import_undo(other, AT_MS), -EALREADY);
	assert_null(second);
	assert_int_equal(attendee_import_row(first, &rows[1]), 0);
	assert_int_equal(attendee_import_finish(first, &counts), 0);
	assert_int_equal(attendee_import_begin(&second, other, "second.csv", AT_MS), 0);
	attendee_import_abandon(second);
	assert_int_equal(attendee_import_begin(&second, other, "second.csv", AT_MS), 0);
	assert_int_equal(attendee_import_row(second, &rows[1]), 0);
	assert_int_equal(attendee_import_finish(second, &counts), 0);
	assert_int_equal(attendee_import_undo(world->store, AT_MS), 0);
	assert_int_equal(attendee_import_undoable(other, &undo), -ENOENT);
	store_close(other);
}

static void town_is(struct store *store, const char *town)
{
	struct organisation found;

	assert_int_equal(organisation_find(store, "Oud", &found), 0);
	assert_string_equal(found.town, town);
}

/* Where an organisation is: the newest list that says so holds, until it is put back. */
static void a_town_comes_and_goes_with_its_list(void **state)
{
	struct world *world = *state;
	struct store *store = world->store;
	struct attendee_row row = listed("ada", "Oud", 1);

	snprintf(row.town, sizeof row.town, "Zwolle");
	import_list(store, &row, 1);
	town_is(store, "Zwolle");
	row.town[0] = '\0';
	import_list(store, &row, 1);
	town_is(store, "Zwolle");
	snprintf(row.town, sizeof row.town, "Emden");
	import_list(store, &row, 1);
	town_is(store, "Emden");
	assert_int_equal(attendee_import_undo(store, AT_MS + 1), 0);
	town_is(store, "Zwolle");
}

/* Once somebody was forgotten and the file was wiped, no old name is left to put back. */
static void what_is_wiped_is_not_put_back(void **state)
{
	struct world *world = *state;
	struct store *store = world->store;
	const struct attendee_row rows[] = { listed("ada", "Oud", 1), listed("noor", "Oud", 2) };
	struct import_undo undo;
	struct attendee found;

	import_list(store, rows, 2);
	assert_int_equal(attendee_find(store, "ada@voorbeeld.example", &found), 0);
	assert_int_equal(attendee_forget(store, found.id, AT_MS + 1), 0);
	assert_int_equal(privacy_purge(store), 0);
	assert_int_equal(attendee_import_undoable(store, &undo), -ENOENT);
	assert_int_equal(attendee_find(store, "noor@voorbeeld.example", &found), 0);
}

int test_person(void)
{
#define ALONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		ALONE(an_import_that_was_cut_short_is_gone_on_with),
		ALONE(where_somebody_comes_from_is_kept),
		ALONE(an_older_file_tells_who_registered),
		ALONE(a_list_makes_somebody_new_of_who_was_forgotten),
		ALONE(no_list_brings_back_who_is_forgotten_meanwhile),
		ALONE(nobody_writes_a_name_on_who_was_forgotten),
		ALONE(a_badge_used_again_is_somebody_elses),
		ALONE(a_list_of_before_makes_nobody_twice),
		ALONE(a_list_finds_who_has_the_address),
		ALONE(an_import_is_put_back),
		ALONE(one_list_at_a_time),
		ALONE(a_town_comes_and_goes_with_its_list),
		ALONE(what_is_wiped_is_not_put_back),
		ALONE(people_are_listed_in_order),
		ALONE(nobody_takes_the_address_of_another),
		ALONE(a_log_shows_who_undid_what),
		ALONE(organisations_with_one_mail_domain_are_asked_about),
		ALONE(who_is_forgotten_has_no_mail_domain),
		ALONE(a_time_says_whether_it_is_sure),
		ALONE(the_newest_is_so_by_the_times_read_now),
		ALONE(a_long_log_is_told_to_its_end),
		ALONE(a_badge_goes_from_nobody_to_one_and_to_another),
	};
	return cmocka_run_group_tests_name("person", tests, NULL, NULL);
}
