/*
 * A report over many taps: five years of monthly events, each with a plenary and a session for each
 * of four clusters, 35 organisations and 80 people of 400 and 2,000; the taps beyond the first of a
 * person in a session are repeats, which SQL puts in by itself. Against reading the counter rows
 * bare, and only after a recount of the log agreed with them.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/counter.h"
#include "store/participation.h"
#include "store/programme.h"
#include "store/store_private.h"
#include "store/tap_log.h"

#define EVENTS 60
#define SESSIONS 5
#define PEOPLE 2000
#define ORGANISATIONS 400
#define GUESTS 80
#define DAY_MS 86400000LL
#define ROUNDS 21

static char people[PEOPLE][ID_TEXT_SIZE];

static void must(int r, const struct store *store)
{
	if (r >= 0)
		return;
	fprintf(stderr, "participation: %s\n", store_words(store));
	exit(1);
}

static void add_people(struct store *store)
{
	static const char *const clusters[] = { "ict-ecommerce", "health", "creative-making",
		"logistics" };
	struct import *import;
	struct import_counts counts;
	must(attendee_import_begin(&import, store, "bench", 1), store);
	for (int i = 0; i < PEOPLE; i++) {
		struct attendee_row row = { .has_badge = false };
		const int organisation = i % ORGANISATIONS;
		snprintf(row.attendee.email, sizeof row.attendee.email, "g%d@voorbeeld.example", i);
		snprintf(row.attendee.organisation, sizeof row.attendee.organisation,
			"Organisatie %d", organisation);
		snprintf(row.attendee.organisation_kind, sizeof row.attendee.organisation_kind,
			"%s", organisation % 8 ? "company" : "education");
		snprintf(row.attendee.cluster, sizeof row.attendee.cluster, "%s",
			clusters[organisation % 4]);
		attendee_row_id(people[i], &row);
		must(attendee_import_row(import, &row), store);
	}
	must(attendee_import_finish(import, &counts), store);
}

static void add_event(struct store *store, int number, struct session sessions[SESSIONS],
	char event_id[ID_TEXT_SIZE])
{
	static const char *const clusters[SESSIONS] = { "", "ict-ecommerce", "health",
		"creative-making", "logistics" };
	struct schedule_import *import;
	struct schedule_counts counts;
	struct event event = { .venue = "" };
	struct session *loaded = NULL;
	size_t count;
	snprintf(event.code, sizeof event.code, "event-%d", number);
	snprintf(event.title, sizeof event.title, "Werkatelier %d", number);
	must(schedule_import_begin(&import, store, &event, "bench", 1), store);
	for (int i = 0; i < SESSIONS; i++) {
		struct session session = { .start_ms = 1600000000000 + number * 30 * DAY_MS +
						       i * 3600000,
			.utc_offset_min = 60 };
		session.end_ms = session.start_ms + 3600000;
		snprintf(session.code, sizeof session.code, "s%d", i);
		snprintf(session.cluster, sizeof session.cluster, "%s", clusters[i]);
		must(schedule_import_row(import, &session), store);
	}
	must(schedule_import_finish(import, false, &counts), store);
	must(event_find(store, event.code, 0, &event), store);
	must(session_load(store, event.id, &loaded, &count), store);
	memcpy(sessions, loaded, SESSIONS * sizeof *sessions);
	memcpy(event_id, event.id, ID_TEXT_SIZE);
	free(loaded);
}

/* Guests of 35 organisations. */
static int guest_of(int event, int guest)
{
	const int organisation = (event * 7 + guest % 35) % ORGANISATIONS;
	return organisation + ORGANISATIONS * (guest / 35);
}

static void add_check_ins(struct store *store, int event, const char *event_id,
	const struct session sessions[SESSIONS])
{
	struct tap_stamp stamp;
	must(store_begin(store), store);
	for (int64_t tap = 0; tap < GUESTS * SESSIONS; tap++) {
		const int session = (int)(tap / GUESTS);
		const int person = guest_of(event, (int)(tap % GUESTS));
		struct tap_record record = {
			.key = { { (uint8_t)person, (uint8_t)(person >> 8), 1 } },
			.at = { .mono_ms = tap,
				.wall_ms = sessions[session].start_ms,
				.grade = CLOCK_NTP },
			.verdict = VERDICT_CHECKED_IN,
			.direction = DIRECTION_IN,
			.counts = true,
			.kiosk = "Ingang"
		};
		memcpy(record.event, event_id, sizeof record.event);
		memcpy(record.session, sessions[session].id, sizeof record.session);
		memcpy(record.attendee, people[person], sizeof record.attendee);
		must(tap_log_append(store, &record, &stamp), store);
	}
	must(store_commit(store), store);
}

static void run(struct store *store, const char *sql)
{
	if (sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
		return;
	fprintf(stderr, "participation: %s\n", sqlite3_errmsg(store->db));
	exit(1);
}

/* The check-ins of the event just added, held again and again until it has @taps. */
static void add_repeats(struct store *store, int64_t taps)
{
	char sql[1024];
	if (taps <= GUESTS * SESSIONS)
		return;
	snprintf(sql, sizeof sql,
		"WITH RECURSIVE more (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM more WHERE n < "
		"%" PRId64 "), last (seq) AS (SELECT max(seq) FROM tap)"
		" INSERT INTO tap SELECT last.seq + 1 + n, id, badge_key, boot_id, mono_ms + n, "
		"wall_ms + n,"
		" grade, technology, 'repeat', 0, 0, kiosk, event, session, attendee, note, chain"
		" FROM last CROSS JOIN more CROSS JOIN tap t ON t.seq = last.seq - n %% %d",
		taps - GUESTS * SESSIONS - 1, GUESTS * SESSIONS);
	run(store, sql);
	store_rollback(store); /* the log has grown behind the store's back: look again */
	store_checkpoint(store);
}

/* The file is thrown away: it need not outlive a power cut, and numbers are known to be right. */
static void hurry(struct store *store)
{
	store_set_cache(store, 512 * 1024);
	run(store, "DROP TRIGGER tap_next; PRAGMA synchronous = OFF; PRAGMA secure_delete = OFF");
}

static int by_size(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static int64_t time_report(struct store *store, int *ret_involved)
{
	const struct participation_query query = {
		.from_day = DAY_OPEN, .to_day = DAY_OPEN, .rule = { 1, UNIT_DAYS }, .goal = 15
	};
	struct participation *figures;
	const int64_t before_ns = clock_mono_ns();
	must(participation_load(store, &query, &figures), store);
	const int64_t ns = clock_mono_ns() - before_ns;
	*ret_involved = figures->by_rule.involved;
	participation_free(figures);
	return ns;
}

static int64_t time_bare(struct store *store, int64_t *ret_rows)
{
	static const char *const queries[] = {
		"SELECT session, event, day, organisation, checkins, stays, stay_ms FROM attended",
		"SELECT session, event, day, chunk, bits FROM attender",
		"SELECT n.no, o.* FROM organisation o LEFT JOIN number n ON n.id = o.id",
		"SELECT n.no, s.* FROM session s JOIN number n ON n.id = s.id"
	};
	const int64_t before_ns = clock_mono_ns();
	*ret_rows = 0;
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		sqlite3_stmt *row;
		if (sqlite3_prepare_v2(store->db, queries[i], -1, &row, NULL) != SQLITE_OK)
			exit(1);
		const int columns = sqlite3_column_count(row);
		volatile int64_t sink = 0;
		while (sqlite3_step(row) == SQLITE_ROW) {
			for (int c = 0; c < columns; c++)
				sink += sqlite3_column_type(row, c) == SQLITE_INTEGER
						? sqlite3_column_int64(row, c)
						: (int64_t)(uintptr_t)sqlite3_column_blob(row, c);
			++*ret_rows;
		}
		sqlite3_finalize(row);
	}
	return clock_mono_ns() - before_ns;
}

int main(int argc, char **argv)
{
	char path[512], event_id[ID_TEXT_SIZE];
	struct store *store;
	struct session sessions[SESSIONS];
	if (argc != 3 || seal_start() < 0) {
		fprintf(stderr, "usage: participation-bench DIRECTORY TAPS\n");
		return 2;
	}
	const int64_t taps = atoll(argv[2]);
	snprintf(path, sizeof path, "%s/participation.db", argv[1]);
	must(store_open(&store, path, STORE_KIOSK), store);
	hurry(store);
	add_people(store);
	for (int event = 0; event < EVENTS; event++) {
		add_event(store, event, sessions, event_id);
		add_check_ins(store, event, event_id, sessions);
		add_repeats(store, taps / EVENTS);
	}
	struct recount recount;
	must(counter_verify(store, &recount), store);
	store_close(store);
	must(store_open(&store, path, STORE_READ), store); /* with the cache a report has */
	int64_t report_ns[ROUNDS], bare_ns[ROUNDS], rows = 0;
	int involved = 0;
	for (int round = 0; round < ROUNDS; round++) {
		bare_ns[round] = time_bare(store, &rows);
		report_ns[round] = time_report(store, &involved);
	}
	qsort(report_ns, ROUNDS, sizeof *report_ns, by_size);
	qsort(bare_ns, ROUNDS, sizeof *bare_ns, by_size);
	printf("report over %" PRId64 " taps (%d check-ins, %" PRId64 " counter rows, all as "
	       "recounted, %d organisations): %.1f ms (limit 10), %.2fx reading the rows bare "
	       "(limit 2)\n",
		taps, EVENTS * SESSIONS * GUESTS, rows, involved,
		(double)report_ns[ROUNDS / 2] / 1e6,
		(double)report_ns[ROUNDS / 2] / (double)bare_ns[ROUNDS / 2]);
	store_close(store);
	return 0;
}
