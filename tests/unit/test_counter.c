/* Counters equal a recount after any history: a model in C, and the store's own independent query.
 */
#include "check.h"

#include <errno.h>

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/badge.h"
#include "store/counter.h"
#include "store/organisation.h"
#include "store/privacy.h"
#include "store/programme.h"
#include "store/store_private.h"

#define BADGES 5
#define PEOPLE 4
#define IDS_MAX 64 /* whoever is forgotten and comes back is somebody new */
#define ORGANISATIONS 3
#define SESSIONS 3
#define TAPS_MAX 64
#define MIDNIGHT_MS 1795474800000 /* 2026-11-24 00:00 in Amsterdam */

struct model_tap {
	int badge, session, person; /* session -1: the event as a whole; person -1: nobody's then */
	struct moment at;
	enum direction direction;
	bool counts, corrected;
};
struct world {
	uint64_t seed;
	struct store *store;
	char ids[IDS_MAX][ID_TEXT_SIZE], sessions[SESSIONS][ID_TEXT_SIZE], event[ID_TEXT_SIZE];
	int id_count, people[PEOPLE]; /* the newest id of each */
	int owner[BADGES], organisation[IDS_MAX];
	struct model_tap taps[TAPS_MAX];
	int tap_count;
	struct moment anchors[TAPS_MAX];
	size_t anchor_count;
	struct moment now;
	int64_t changed_ms;
};

static int below(struct world *world, int limit)
{
	return (int)(chance(&world->seed) % (uint64_t)limit);
}

static void run_sql(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(store->db));
}

static struct badge_key key_of(int badge)
{
	struct badge_key key = { { (uint8_t)(badge + 1), 7 } };
	return key;
}

static const char *name_of(char ret[32], const char *what, int number)
{
	snprintf(ret, 32, "%s %d", what, number);
	return ret;
}

/* What was tapped before anybody was known to hold the badge stays with who held it first. */
static void hand_on_in_model(struct world *world, int badge, int person)
{
	for (int i = 0; i < world->tap_count && world->owner[badge] != person; i++) {
		struct model_tap *tap = &world->taps[i];
		if (tap->badge == badge && tap->person < 0)
			tap->person = world->owner[badge];
	}
	world->owner[badge] = person;
}

static void note_id(struct world *world, int person, const struct attendee_row *row)
{
	char id[ID_TEXT_SIZE];
	assert_int_equal(attendee_row_whose(world->store, row, id), 0);
	if (world->people[person] >= 0 && strcmp(world->ids[world->people[person]], id) == 0)
		return;
	assert_in_range(world->id_count, 0, IDS_MAX - 1);
	world->people[person] = world->id_count++;
	memcpy(world->ids[world->people[person]], id, ID_TEXT_SIZE);
}

/* Imports one person, perhaps with a badge, as an organiser's list would. */
static void import_person(struct world *world, int person, int organisation, int badge)
{
	struct import *import;
	struct import_counts counts;
	struct attendee_row row = { .has_badge = badge >= 0 };
	snprintf(row.attendee.email, sizeof row.attendee.email, "p%d@voorbeeld.example", person);
	name_of(row.attendee.organisation, "Organisatie", organisation);
	if (badge >= 0)
		row.key = key_of(badge);
	note_id(world, person, &row);
	assert_int_equal(attendee_import_begin(&import, world->store, "test", 1), 0);
	assert_int_equal(attendee_import_row(import, &row), 0);
	assert_int_equal(attendee_import_finish(import, &counts), 0);
	world->organisation[world->people[person]] = organisation;
	if (badge >= 0)
		hand_on_in_model(world, badge, world->people[person]);
}

static void prepare_sessions(struct world *world)
{
	struct schedule_import *import;
	struct schedule_counts counts;
	struct event event = { .code = "e", .title = "Avond" };
	assert_int_equal(schedule_import_begin(&import, world->store, &event, "test", 1), 0);
	for (int i = 0; i < SESSIONS; i++) {
		struct session session = { .start_ms = MIDNIGHT_MS - 3600000,
			.end_ms = MIDNIGHT_MS + 3600000,
			.utc_offset_min = 60 };
		name_of(session.code, "s", i);
		assert_int_equal(schedule_import_row(import, &session), 0);
	}
	assert_int_equal(schedule_import_finish(import, false, &counts), 0);
	struct session *sessions = NULL;
	size_t count;
	assert_int_equal(event_find(world->store, "e", 0, &event), 0);
	assert_int_equal(session_load(world->store, event.id, &sessions, &count), 0);
	memcpy(world->event, event.id, sizeof world->event);
	for (size_t i = 0; i < count; i++)
		memcpy(world->sessions[i], sessions[i].id, ID_TEXT_SIZE);
	free(sessions);
}

/* The log keeps what it holds; only this test, between two histories, may empty it. */
static void begin(struct world *world)
{
	run_sql(world->store,
		"DELETE FROM correction; DELETE FROM tap; DELETE FROM anchor; DELETE FROM link;"
		" DELETE FROM credit; DELETE FROM attendee;"
		" DELETE FROM attended; DELETE FROM visit; DELETE FROM attender");
	store_rollback(world->store);
	world->tap_count = 0;
	world->id_count = 0;
	world->anchor_count = 0;
	world->now = (struct moment){ .boot.bytes[0] = 1,
		.mono_ms = 1000,
		.wall_ms = MIDNIGHT_MS - 200000 + below(world, 100000) };
	for (int i = 0; i < BADGES; i++)
		world->owner[i] = -1;
	for (int i = 0; i < PEOPLE; i++)
		world->people[i] = -1;
	for (int i = 0; i < PEOPLE; i++)
		import_person(world, i, below(world, ORGANISATIONS), i < 2 ? i : -1);
}

static void append(struct world *world, const struct moment *at, enum verdict verdict, bool counts,
	const char *note)
{
	struct model_tap *added = &world->taps[world->tap_count++];
	struct tap_stamp stamp;
	*added = (struct model_tap){ .badge = below(world, BADGES),
		.session = below(world, SESSIONS + 1) - 1,
		.at = *at,
		.counts = counts };
	/* Or the kiosk did not know yet whose it is. */
	added->person = below(world, 8) ? world->owner[added->badge] : -1;
	struct tap_record record = { .key = key_of(added->badge),
		.at = *at,
		.verdict = added->person < 0 ? VERDICT_UNKNOWN : verdict,
		.counts = counts,
		.kiosk = "Ingang" };
	record.direction = added->direction = verdict_direction(record.verdict);
	snprintf(record.note, sizeof record.note, "%s", note);
	memcpy(record.event, world->event, sizeof record.event);
	if (added->session >= 0)
		memcpy(record.session, world->sessions[added->session], ID_TEXT_SIZE);
	if (added->person >= 0)
		memcpy(record.attendee, world->ids[added->person], ID_TEXT_SIZE);
	assert_int_equal(tap_log_append(world->store, &record, &stamp), 0);
}

static void tap(struct world *world)
{
	static const enum verdict verdicts[] = { VERDICT_CHECKED_IN, VERDICT_CHECKED_IN,
		VERDICT_CHECKED_OUT, VERDICT_REPEAT, VERDICT_CLOSED };
	const enum verdict verdict = verdicts[below(world, 5)];
	append(world, &world->now, verdict, verdict_counts(verdict) && below(world, 4) > 0, "");
}

/* Of no boot: somebody typed when it was. */
static void enter_by_hand(struct world *world)
{
	const struct moment at = { .wall_ms = world->now.wall_ms, .grade = CLOCK_HUMAN };
	append(world, &at, VERDICT_CHECKED_IN, true, "by-hand");
}

/* Of the boot of whoever did not check out, be it long ago. */
static void assume_left(struct world *world)
{
	if (world->tap_count == 0)
		return;
	struct moment at = world->taps[below(world, world->tap_count)].at;
	at.mono_ms += 500;
	at.wall_ms += 500;
	append(world, &at, VERDICT_CHECKED_OUT, false, "assumed");
}

static void pass_time(struct world *world)
{
	const int step_ms = below(world, 90000);
	world->now.mono_ms += step_ms;
	world->now.wall_ms += step_ms;
}

static bool is_forgotten(struct world *world, int id)
{
	struct attendee attendee;
	const int r = attendee_by_id(world->store, world->ids[id], &attendee);
	assert_true(r == 0 || r == -ENOENT);
	return r == -ENOENT;
}

static void link_badge(struct world *world)
{
	const int badge = below(world, BADGES), person = world->people[below(world, PEOPLE)];
	const struct badge_key key = key_of(badge);
	const int r = badge_link(world->store, &key, world->ids[person], 5);
	const bool is_free = world->owner[badge] < 0, is_own = world->owner[badge] == person;
	assert_int_equal(r, is_own                        ? 0
			    : !is_free                    ? -EEXIST
			    : is_forgotten(world, person) ? -ENOENT
							  : 0);
	if (r == 0)
		world->owner[badge] = person;
}

static void move_badge(struct world *world)
{
	const int badge = below(world, BADGES), person = world->people[below(world, PEOPLE)];
	const struct badge_key key = key_of(badge);
	const int r = badge_move(world->store, &key, world->ids[person], 6);
	assert_int_equal(r, is_forgotten(world, person) ? -ENOENT : 0);
	if (r == 0)
		hand_on_in_model(world, badge, person);
}

/* Puts back the newest list, which named one person: whoever came with it was there before. */
static void undo_import(struct world *world)
{
	const int person = below(world, PEOPLE), badge = below(world, BADGES);
	const int before = world->owner[badge], id = world->people[person],
		  organisation = world->organisation[id];
	if (is_forgotten(world, id))
		return;
	import_person(world, person, below(world, ORGANISATIONS), badge);
	for (int i = below(world, 3); i > 0; i--)
		tap(world);
	assert_int_equal(attendee_import_undo(world->store, 7), 0);
	world->organisation[id] = organisation;
	if (before >= 0)
		hand_on_in_model(world, badge, before);
	else
		world->owner[badge] = -1;
}

static void import_badge(struct world *world)
{
	import_person(
		world, below(world, PEOPLE), below(world, ORGANISATIONS), below(world, BADGES));
}

static void move_person(struct world *world)
{
	import_person(world, below(world, PEOPLE), below(world, ORGANISATIONS), -1);
}

static void correct(struct world *world)
{
	if (world->tap_count == 0)
		return;
	struct model_tap *wrong = &world->taps[below(world, world->tap_count)];
	const int r = tap_log_correct(world->store, "", wrong - world->taps + 1, "vergissing", 9);
	assert_int_equal(r, wrong->corrected ? -EEXIST : 0);
	wrong->corrected = true;
}

/* The right time becomes known, or a person says it. */
static void add_anchor(struct world *world)
{
	struct moment *anchor = &world->anchors[world->anchor_count++];
	*anchor = world->now;
	anchor->grade = (enum clock_grade)(1 + below(world, CLOCK_GRADE_COUNT - 1));
	anchor->wall_ms += below(world, 400000);
	assert_int_equal(tap_log_add_anchor(world->store, anchor), 0);
	world->now.grade = anchor->grade;
	world->now.wall_ms = anchor->wall_ms;
}

static void restart(struct world *world)
{
	world->now.boot.bytes[0]++;
	world->now.mono_ms = 500;
	world->now.grade = (enum clock_grade)below(world, CLOCK_GRADE_COUNT);
}

static void change_programme(struct world *world)
{
	static const char *const clusters[] = { "health", "logistics" };
	char sql[128];
	snprintf(sql, sizeof sql, "UPDATE session SET cluster = '%s' WHERE id = '%s'",
		clusters[below(world, 2)], world->sessions[below(world, SESSIONS)]);
	run_sql(world->store, sql);
}

/* Merges and other clusters move nobody's counters: they are looked up when a report is made. */
static void change_organisation(struct world *world)
{
	static const char *const clusters[] = { "health", "logistics" };
	struct organisation one, other;
	char name[32];
	if (organisation_find(world->store,
		    name_of(name, "Organisatie", below(world, ORGANISATIONS)), &one) < 0 ||
		organisation_find(world->store,
			name_of(name, "Organisatie", below(world, ORGANISATIONS)), &other) < 0)
		return;
	const int what = below(world, 3);
	if (what == 0)
		organisation_merge(world->store, one.id, other.id, world->changed_ms++);
	else if (what == 1)
		organisation_split(world->store, one.id, world->changed_ms++);
	else {
		snprintf(one.cluster, sizeof one.cluster, "%s", clusters[below(world, 2)]);
		assert_int_equal(organisation_describe(world->store, &one, world->changed_ms++), 0);
	}
}

/* The taps of the badges that are somebody's now stay theirs; the badges become nobody's. */
static void forget_in_model(struct world *world, int person)
{
	for (int i = 0; i < world->tap_count; i++) {
		struct model_tap *tap = &world->taps[i];
		if (tap->person < 0 && world->owner[tap->badge] == person)
			tap->person = person;
	}
	for (int i = 0; i < BADGES; i++)
		if (world->owner[i] == person)
			world->owner[i] = -1;
}

static void forget(struct world *world)
{
	const int person = world->people[below(world, PEOPLE)];
	const bool before = is_forgotten(world, person);
	const int r = attendee_forget(world->store, world->ids[person], world->changed_ms++);
	assert_int_equal(r, before ? -ENOENT : 0);
	if (!before)
		forget_in_model(world, person);
}

/* The time of whoever is not forgotten yet is up. */
static void let_time_pass(struct world *world)
{
	int64_t count;
	bool before[IDS_MAX] = { false };
	for (int i = 0; i < world->id_count; i++)
		before[i] = is_forgotten(world, i);
	assert_int_equal(privacy_forget_due(world->store, 1000, INT64_MAX / 2, &count), 0);
	for (int i = 0; i < world->id_count; i++) {
		assert_true(is_forgotten(world, i));
		if (!before[i])
			forget_in_model(world, i);
	}
}

/* What the model says one place holds; @person -1 for all of @organisation (-1: nobody's). */
struct sums {
	int64_t checkins, stays, stay_ms;
};

static int64_t model_day(const struct world *world, const struct model_tap *tap)
{
	int64_t wall_ms;
	if (tap->session >= 0)
		return 0;
	clock_repair(&tap->at, world->anchors, world->anchor_count, &wall_ms, NULL);
	return local_day(wall_ms, clock_utc_offset_min(wall_ms));
}

static int model_person(const struct world *world, const struct model_tap *tap)
{
	return tap->person >= 0 ? tap->person : world->owner[tap->badge];
}

static void add_stay(const struct world *world, int number, struct sums *sums)
{
	const struct model_tap *out = &world->taps[number];
	for (int i = number - 1; i >= 0; i--) {
		const struct model_tap *tap = &world->taps[i];
		if (tap->corrected || tap->direction == DIRECTION_NONE ||
			tap->badge != out->badge || tap->session != out->session)
			continue;
		if (tap->direction != DIRECTION_IN ||
			!boot_id_equal(&tap->at.boot, &out->at.boot) ||
			tap->at.mono_ms > out->at.mono_ms)
			return;
		sums->stays++;
		sums->stay_ms += out->at.mono_ms - tap->at.mono_ms;
		return;
	}
}

static struct sums model_sums(
	const struct world *world, int session, int64_t day, int organisation, int person)
{
	struct sums sums = { 0 };
	for (int i = 0; i < world->tap_count; i++) {
		const struct model_tap *tap = &world->taps[i];
		const int owner = model_person(world, tap);
		const int belongs = owner < 0 ? -1 : world->organisation[owner];
		if (tap->corrected || tap->direction == DIRECTION_NONE || tap->session != session ||
			model_day(world, tap) != day || belongs != organisation ||
			(person >= 0 && owner != person))
			continue;
		sums.checkins += tap->counts;
		if (tap->direction == DIRECTION_OUT)
			add_stay(world, i, &sums);
	}
	return sums;
}

/* What the file keeps, by the model's own numbers. */
struct kept {
	int session, who;
	int64_t day;
	struct sums sums;
};
struct kept_list {
	struct kept rows[512];
	int count;
};

static int number_of(const char (*ids)[ID_TEXT_SIZE], int count, const char *id)
{
	for (int i = 0; i < count; i++)
		if (strcmp(ids[i], id) == 0)
			return i;
	return -1;
}

static void load_kept(
	const struct world *world, const char *sql, bool people, struct kept_list *ret)
{
	sqlite3_stmt *row;
	ret->count = 0;
	assert_int_equal(sqlite3_prepare_v2(world->store->db, sql, -1, &row, NULL), SQLITE_OK);
	while (sqlite3_step(row) == SQLITE_ROW && ret->count < (int)COUNT_OF(ret->rows)) {
		const char *who = column_text(row, 2);
		ret->rows[ret->count++] = (struct kept){
			.session = number_of(world->sessions, SESSIONS, column_text(row, 0)),
			.day = sqlite3_column_int64(row, 1),
			.who = people   ? number_of(world->ids, world->id_count, who)
			       : who[0] ? atoi(strrchr(who, ' '))
					: -1,
			.sums = { sqlite3_column_int64(row, 3), sqlite3_column_int64(row, 4),
				sqlite3_column_int64(row, 5) },
		};
	}
	sqlite3_finalize(row);
}

/* Sums are never both zero in the file, and each place is there once. */
static void check_kept(const struct kept_list *list, int session, int64_t day, int who,
	const struct sums *want, int *seen)
{
	struct sums found = { 0 };
	for (int i = 0; i < list->count; i++) {
		const struct kept *kept = &list->rows[i];
		if (kept->session == session && kept->day == day && kept->who == who)
			found = kept->sums;
	}
	*seen += want->checkins != 0 || want->stays != 0;
	assert_int_equal(want->checkins, found.checkins);
	assert_int_equal(want->stays, found.stays);
	assert_int_equal(want->stay_ms, found.stay_ms);
}

static void check_place(const struct world *world, const struct kept_list *organisations,
	const struct kept_list *people, int session, int64_t day, int seen[2])
{
	for (int who = -1; who < ORGANISATIONS; who++) {
		const struct sums want = model_sums(world, session, day, who, -1);
		check_kept(organisations, session, day, who, &want, &seen[0]);
	}
	for (int who = 0; who < world->id_count; who++) {
		const struct sums want =
			model_sums(world, session, day, world->organisation[who], who);
		check_kept(people, session, day, who, &want, &seen[1]);
	}
}

static void check_model(const struct world *world)
{
	static struct kept_list organisations, people;
	int seen[2] = { 0, 0 };
	load_kept(world,
		"SELECT s.id, v.day, coalesce(o.name, ''), v.checkins, v.stays, v.stay_ms FROM "
		"attended v JOIN number s ON s.no = v.session LEFT JOIN number n ON n.no = "
		"v.organisation LEFT JOIN organisation o ON o.id = n.id",
		false, &organisations);
	load_kept(world,
		"SELECT s.id, v.day, p.id, v.checkins, v.stays, v.stay_ms FROM visit v"
		" JOIN number s ON s.no = v.session JOIN number p ON p.no = v.person",
		true, &people);
	for (int session = 0; session < SESSIONS; session++)
		check_place(world, &organisations, &people, session, 0, seen);
	const int64_t today = local_day(MIDNIGHT_MS, 60);
	for (int64_t day = today - 2; day <= today + 2; day++)
		check_place(world, &organisations, &people, -1, day, seen);
	assert_int_equal(seen[0], organisations.count); /* and nothing beside */
	assert_int_equal(seen[1], people.count);
}

static void check_recount(struct world *world)
{
	struct recount recount;
	if (counter_verify(world->store, &recount) != 0)
		fail_msg("the recount differs: %s (%s)", recount.fault, store_words(world->store));
}

static void live(struct world *world)
{
	static void (*const happenings[])(struct world *) = { tap, tap, tap, tap, tap, tap,
		pass_time, pass_time, pass_time, link_badge, import_badge, move_badge, undo_import,
		move_person, correct, add_anchor, restart, enter_by_hand, assume_left,
		change_programme, change_organisation, forget, let_time_pass };
	const int count = 4 + below(world, 40);
	for (int i = 0; i < count; i++)
		happenings[below(world, COUNT_OF(happenings))](world);
}

static void open_world(struct world *world)
{
	setenv("TZ", "Europe/Amsterdam", 1);
	assert_int_equal(seal_start(), 0);
	assert_int_equal(store_open(&world->store, ":memory:", STORE_WRITE), 0);
	run_sql(world->store, "DROP TRIGGER tap_kept; DROP TRIGGER correction_kept; DROP TRIGGER "
			      "anchor_kept");
	prepare_sessions(world);
}

static void counters_equal_a_recount_after_any_history(void **state)
{
	(void)state;
	const int histories = cases(100000, 300);
	struct world *world = calloc(1, sizeof *world);
	world->seed = seed_of(20261124);
	open_world(world);
	for (int i = 0; i < histories; i++) {
		begin(world);
		live(world);
		check_model(world);
		if (i % 20 == 0)
			check_recount(world);
	}
	store_close(world->store);
	free(world);
}

/* The recount is no ornament: a counter that is off by one is named. */
static void a_wrong_counter_is_found(void **state)
{
	static const char *const wrongs[] = { "UPDATE attended SET checkins = checkins + 1",
		"DELETE FROM visit", "DELETE FROM attender",
		"UPDATE attended SET organisation = 1 - organisation" };
	(void)state;
	struct world *world = calloc(1, sizeof *world);
	world->seed = 7;
	open_world(world);
	begin(world);
	for (int i = 0; i < 20; i++)
		tap(world);
	check_recount(world);
	check_model(world);
	for (size_t i = 0; i < COUNT_OF(wrongs); i++) {
		struct recount recount;
		run_sql(world->store, wrongs[i]);
		CHECK_ROW(wrongs[i], counter_verify(world->store, &recount) == -EUCLEAN &&
					     recount.differ > 0 && recount.fault[0]);
		assert_int_equal(store_begin(world->store), 0);
		assert_int_equal(counter_rebuild(world->store), 0);
		assert_int_equal(store_commit(world->store), 0);
		check_recount(world);
		check_model(world);
	}
	store_close(world->store);
	free(world);
}

int test_counter(void);
int test_counter(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counters_equal_a_recount_after_any_history),
		cmocka_unit_test(a_wrong_counter_is_found),
	};
	return cmocka_run_group_tests_name("counter", tests, NULL, NULL);
}
