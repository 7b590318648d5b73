/*
 * The tap's commit against the floor of the machine, a raw pwrite into a preallocated file and one
 * fdatasync, and against the floor of SQLite, the insert of one row of a tap's size into a table
 * without an index; all taken in turns, so that a slow moment of the disk hits each. Prints counts
 * and ratios.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/attendee.h"
#include "store/tap_log.h"

#define ATTENDEES 5000
#define GUESTS 200 /* in each session, five of which make an event */

static char people[ATTENDEES][ID_TEXT_SIZE];

#define FLOOR_BYTES 12360 /* three WAL frames with their headers */

#define ROW_BYTES 300 /* of a tap */

#define BETWEEN_CHECKPOINTS 500

static int64_t syncs, sync_ns; /* calls, and how long they took */

int fdatasync(
	int fd); /* in the program, so that it stands before libc's and counts SQLite's calls */
int fdatasync(int fd)
{
	const int64_t before_ns = clock_mono_ns();
	const int result = (int)syscall(SYS_fdatasync, fd);
	syncs++;
	sync_ns += clock_mono_ns() - before_ns;
	return result;
}

static int64_t written_bytes(void)
{
	char line[128];
	int64_t bytes = 0;
	FILE *io = fopen("/proc/self/io", "re");
	while (io && fgets(line, sizeof line, io))
		sscanf(line, "wchar: %" SCNd64, &bytes);
	if (io)
		fclose(io);
	return bytes;
}

static void fill(struct tap_record *record, int64_t number)
{
	*record = (struct tap_record){
		.at = { .mono_ms = number,
			.wall_ms = 1764000000000 + number * 700,
			.grade = CLOCK_NTP },
		.technology = TECHNOLOGY_TYPE2,
		.verdict = VERDICT_CHECKED_IN,
		.direction = DIRECTION_IN,
		.counts = true,
		.kiosk = "Ingang",
	};
	/* Whole sessions one after the other: each tap is another person's, and moves counters. */
	const int64_t session = number / GUESTS;
	snprintf(record->event, sizeof record->event, "event-%" PRId64, session / 5);
	snprintf(record->session, sizeof record->session, "session-%" PRId64, session);
	memcpy(record->attendee, people[number * 7 % ATTENDEES], sizeof record->attendee);
}

static void add_people(struct store *store)
{
	struct import *import;
	struct import_counts counts;
	if (attendee_import_begin(&import, store, "bench", 1) < 0)
		exit(1);
	for (int i = 0; i < ATTENDEES; i++) {
		struct attendee_row row = { .has_badge = false };
		snprintf(row.attendee.email, sizeof row.attendee.email, "g%d@voorbeeld.example", i);
		snprintf(row.attendee.organisation, sizeof row.attendee.organisation,
			"Organisatie %d", i % 400);
		attendee_row_id(people[i], &row);
		if (attendee_import_row(import, &row) < 0)
			exit(1);
	}
	if (attendee_import_finish(import, &counts) < 0)
		exit(1);
}

static void draw_key(struct badge_key *key, int64_t number)
{
	uint8_t digest[DIGEST_BYTES];
	seal_chain(digest, (const uint8_t[DIGEST_BYTES]){ 0 }, &number, sizeof number);
	memcpy(key->bytes, digest, sizeof key->bytes);
}

static int64_t time_append(struct store *store, int64_t number)
{
	struct tap_record record;
	struct tap_stamp stamp;
	fill(&record, number);
	draw_key(&record.key, number);
	const int64_t before_ns = clock_mono_ns();
	if (tap_log_append(store, &record, &stamp) < 0) {
		fprintf(stderr, "commit: %s\n", store_words(store));
		exit(1);
	}
	return clock_mono_ns() - before_ns;
}

static int64_t time_floor(int fd, int64_t number)
{
	static uint8_t bytes[FLOOR_BYTES];
	const int64_t before_ns = clock_mono_ns();
	if (pwrite(fd, bytes, sizeof bytes, (off_t)(number % 256) * FLOOR_BYTES) < 0 ||
		syscall(SYS_fdatasync, fd) < 0)
		exit(1);
	return clock_mono_ns() - before_ns;
}

/* One table and nothing else, kept as safely as ours. */
static sqlite3 *open_bare(const char *directory, int64_t rows, sqlite3_stmt **ret_insert)
{
	char path[512], sql[512];
	sqlite3 *db;
	snprintf(path, sizeof path, "%s/bare.db", directory);
	snprintf(sql, sizeof sql,
		"PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;"
		"CREATE TABLE IF NOT EXISTS tap (seq INTEGER PRIMARY KEY, row BLOB);"
		"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %" PRId64
		") INSERT OR IGNORE INTO tap SELECT i, randomblob(%d) FROM n;"
		"PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL;"
		"PRAGMA wal_autocheckpoint = 0",
		rows, ROW_BYTES);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
		sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db, "INSERT INTO tap (row) VALUES (?1)", -1, ret_insert, NULL) !=
			SQLITE_OK) {
		fprintf(stderr, "commit: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return db;
}

static int64_t time_bare(sqlite3_stmt *insert)
{
	static const uint8_t row[ROW_BYTES];
	const int64_t before_ns = clock_mono_ns();
	sqlite3_bind_blob(insert, 1, row, sizeof row, SQLITE_STATIC);
	if (sqlite3_step(insert) != SQLITE_DONE || sqlite3_reset(insert) != SQLITE_OK)
		exit(1);
	return clock_mono_ns() - before_ns;
}

static int by_size(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
	return (left > right) - (left < right);
}

static int64_t quantile(int64_t *values, int64_t count, double share)
{
	qsort(values, (size_t)count, sizeof *values, by_size);
	return values[(int64_t)((double)(count - 1) * share)];
}

static struct store *filled_store(const char *directory, int64_t rows)
{
	char path[512];
	struct store *store;
	snprintf(path, sizeof path, "%s/" STORE_FILE_NAME, directory);
	if (store_open(&store, path, STORE_KIOSK) < 0)
		exit(1);
	int64_t there = 0; /* from an earlier run in the same directory */
	add_people(store);
	if (tap_log_last(store, &there) < 0)
		exit(1);
	for (int64_t row = there; row < rows; row += 1000) {
		store_begin(store);
		for (int64_t number = row; number < row + 1000; number++)
			time_append(store, number);
		store_commit(store);
		store_checkpoint(store);
	}
	return store;
}

int main(int argc, char **argv)
{
	if (argc != 4 || seal_start() < 0) {
		fprintf(stderr, "usage: commit-bench DIRECTORY ROWS TAPS\n");
		return 2;
	}
	const int64_t rows = atoll(argv[2]);
	int64_t first = 0;
	const int64_t taps = (atoll(argv[3]) + BETWEEN_CHECKPOINTS - 1) / BETWEEN_CHECKPOINTS *
			     BETWEEN_CHECKPOINTS;
	struct store *store = filled_store(argv[1], rows);
	char path[512];
	snprintf(path, sizeof path, "%s/floor", argv[1]);
	const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0 || posix_fallocate(fd, 0, 256 * FLOOR_BYTES) != 0 ||
		tap_log_last(store, &first) < 0)
		return 1;

	sqlite3_stmt *insert;
	sqlite3 *bare = open_bare(argv[1], rows, &insert);
	int64_t *commit_ns = calloc((size_t)taps, sizeof *commit_ns);
	int64_t *bare_ns = calloc((size_t)taps, sizeof *bare_ns);
	int64_t *own_ns = calloc((size_t)taps, sizeof *own_ns);
	int64_t *floor_ns = calloc((size_t)taps, sizeof *floor_ns);
	int64_t bytes = 0, synced = 0;
	for (int64_t done = 0; done < taps; done += BETWEEN_CHECKPOINTS) {
		for (int64_t tap = done; tap < done + BETWEEN_CHECKPOINTS; tap++) {
			floor_ns[tap] = time_floor(fd, tap);
			bare_ns[tap] = time_bare(insert);
			const int64_t before = written_bytes();
			syncs = sync_ns = 0;
			commit_ns[tap] = time_append(store, first + tap);
			own_ns[tap] = commit_ns[tap] - sync_ns;
			synced += syncs;
			bytes += written_bytes() - before;
		}
		store_checkpoint(store); /* as the kiosk does when idle: not on the tap path */
		sqlite3_wal_checkpoint(bare, NULL);
	}
	printf("commit at %" PRId64 " rows: %.3f fdatasync/tap (limit 1), %" PRId64
	       " bytes/tap (limit 8192)\n",
		rows, (double)synced / (double)taps, bytes / taps);
	printf("commit against the floor: p50 %.2fx (limit 1.3), p99.9 %.2fx (limit 2); floor p50 "
	       "%" PRId64 " us\n",
		(double)quantile(commit_ns, taps, 0.5) / (double)quantile(floor_ns, taps, 0.5),
		(double)quantile(commit_ns, taps, 0.999) / (double)quantile(floor_ns, taps, 0.999),
		quantile(floor_ns, taps, 0.5) / 1000);
	printf("one row into one bare table of SQLite: p50 %.2fx the floor, p99.9 %.2fx; the tap's "
	       "commit against it: p50 %.2fx\n",
		(double)quantile(bare_ns, taps, 0.5) / (double)quantile(floor_ns, taps, 0.5),
		(double)quantile(bare_ns, taps, 0.999) / (double)quantile(floor_ns, taps, 0.999),
		(double)quantile(commit_ns, taps, 0.5) / (double)quantile(bare_ns, taps, 0.5));
	printf("of the tap's %" PRId64 " us, %" PRId64 " us are not the medium's\n",
		quantile(commit_ns, taps, 0.5) / 1000, quantile(own_ns, taps, 0.5) / 1000);
	sqlite3_finalize(insert);
	sqlite3_close(bare);
	free(own_ns);
	free(bare_ns);
	free(commit_ns);
	free(floor_ns);
	close(fd);
	store_close(store);
	return 0;
}
