#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/scope.h"
#include "base/trouble.h"
#include "store/attendee.h"
#include "store/backup.h"
#include "store/copy.h"
#include "store/counter.h"
#include "store/decisions.h"
#include "store/journal.h"
#include "store/store_private.h"
#include "store/swap.h"

static int run(struct store *store, const char *statements)
{
	return sqlite3_exec(store->db, statements, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

/* What guards the log against everybody else steps aside for as long as one transaction. */
static int read_guards(struct store *store, char **ret)
{
	sqlite3_stmt *row = statement_use(store, ST_GUARDS);
	const int r = statement_step(store, row);
	*ret = r == 1 ? strdup(column_text(row, 0)) : NULL;
	sqlite3_reset(row);
	return r < 0 ? r : *ret ? 0 : -ENOMEM;
}

static int move_log(struct store *store, int64_t wall_ms)
{
	static const char moves[] =
		"DROP TRIGGER tap_kept; DROP TRIGGER correction_kept;"
		"INSERT OR IGNORE INTO kiosk_setting (name, value) SELECT 'earlier-log:' || log_id,"
		" made_ms FROM log;"
		"INSERT INTO peer_log (log_id, made_ms, shown_seq) SELECT log_id, made_ms, 0 FROM "
		"log;"
		"INSERT INTO peer_tap SELECT (SELECT number FROM peer_log p JOIN log ON p.log_id ="
		" log.log_id), seq, id, badge_key, boot_id, mono_ms, wall_ms, grade, technology,"
		" verdict, direction, counts, kiosk, event, session, attendee, note, chain FROM tap"
		" ORDER BY seq;"
		"INSERT OR IGNORE INTO peer_correction (log_id, seq, made_ms, reason) SELECT "
		"(SELECT"
		" log_id FROM log), seq, made_ms, reason FROM correction;"
		"INSERT OR IGNORE INTO peer_tally SELECT (SELECT log_id FROM log), day, kiosk, "
		"verdict,"
		" count FROM tally;"
		"DELETE FROM correction; DELETE FROM tap; DELETE FROM tally;"
		"UPDATE peer_log SET shown_seq = (SELECT coalesce(max(seq), 0) FROM peer_tap WHERE "
		"log"
		" = number) WHERE log_id = (SELECT log_id FROM log);";
	char *guards = NULL, id[ID_TEXT_SIZE], rename[160];
	int r = read_guards(store, &guards);
	uuid_draw(id, wall_ms);
	snprintf(rename, sizeof rename, "UPDATE log SET log_id = '%s', made_ms = %lld", id,
		(long long)wall_ms);
	if (r == 0)
		r = run(store, moves);
	if (r == 0)
		r = run(store, rename);
	if (r == 0)
		r = run(store, guards);
	free(guards);
	return r == 0 ? counter_rebuild(store) : r;
}

int log_begin_anew(struct store *store, int64_t wall_ms)
{
	int r = store_begin(store);
	if (r == 0)
		r = move_log(store, wall_ms);
	if (r < 0) {
		store_rollback(store);
		return r;
	}
	store->chain_known = false; /* NOLINT(clang-analyzer-core.NullDereference): never NULL */
	r = store_commit(store);
	return r == 0 ? store_read_log(store) : r;
}

/* Is the copy whole, of this venue, and does every chain in it hold? */
static int check(struct store *store, const char *venue, struct said *ret_why)
{
	struct chain_fault fault = { .seq = 0 };
	int r = store_check(store);
	if (r < 0) {
		said_set(ret_why, "the file is damaged: %.200s",
			"het bestand is beschadigd: %.200s", store_words(store));
		return r;
	}
	if (venue[0] && store_venue(store)[0] && strcmp(venue, store_venue(store)) != 0) {
		copy_trouble_say(ret_why, -EKEYREJECTED, "");
		return -EKEYREJECTED;
	}
	r = tap_log_verify(store, NULL, NULL, &fault);
	if (r == -EUCLEAN && fault.seq)
		chain_fault_say(ret_why, &fault);
	else if (r < 0)
		copy_trouble_say(ret_why, r, "");
	return r;
}

/* What is wrong with the copy as a whole, or with what came with the journals. A backup begins anew
 * also where it has no tap yet: those that came after it are in the journal of the log it was. */
static int settle(struct store *store, bool is_backup, const char *journal_copy, const char *venue,
	int64_t wall_ms, struct restore_report *report)
{
	struct log_summary summary = { .count = 0 };
	int r = check(store, venue, &report->why);
	if (r == 0)
		r = tap_log_summary(store, &summary);
	report->taps = summary.count;
	if (r == 0 && is_backup)
		r = log_begin_anew(store, wall_ms);
	if (r == 0 && journal_copy[0]) {
		const int64_t taken = journal_take_in(store, journal_copy);
		report->journal_taps = taken > 0 ? taken : 0;
		r = taken < 0 ? (int)taken : 0;
	}
	if (r == 0 && venue[0])
		r = store_claim_venue(store, venue);
	return r;
}

/* It goes on alone: what its own WAL still holds would be lost. */
static int make_whole(struct store *store)
{
	return sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
			       SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

static int prepare(const char *log, const char *path, const char *arriving,
	const char *journal_copy, const char *venue, int64_t wall_ms, struct restore_report *report)
{
	char words[128] = "";
	struct store *store = NULL;
	int r = path ? store_copy(path, arriving, NULL, NULL, words, sizeof words) : 0;
	if (r == 0)
		r = store_open(&store, arriving, STORE_WRITE);
	if (r < 0) {
		copy_trouble_say(&report->why, r, "");
		return r;
	}
	snprintf(report->earlier_id, sizeof report->earlier_id, "%s", store_log_id(store));
	r = settle(store, path != NULL, journal_copy, venue, wall_ms, report);
	if (r == 0)
		r = decisions_keep(log, store);
	if (r == 0)
		r = make_whole(store);
	snprintf(report->log_id, sizeof report->log_id, "%s", store_log_id(store));
	if (r < 0 && !report->why.words[LANGUAGE_EN][0])
		copy_trouble_say(&report->why, r, store_words(store));
	store_close(store);
	return r;
}

static int take_lock(const char *data)
{
	char path[BACKUP_PATH_SIZE];
	snprintf(path, sizeof path, "%.3000s/" STORE_FILE_NAME ".lock", data);
	const int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return -errno;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	close(fd);
	return -EBUSY;
}

static void remove_arriving(const char *arriving)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char path[BACKUP_PATH_SIZE + 16];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		snprintf(path, sizeof path, "%s%s", arriving, endings[i]);
		unlink(path);
	}
}

static bool is_ready(const char *data, const char *path)
{
	char ready[BACKUP_PATH_SIZE];
	snprintf(ready, sizeof ready, "%.3000s/" RESTORE_DIRECTORY "/" RESTORE_READY, data);
	return path && strcmp(path, ready) == 0;
}

static void say_lock(struct said *ret, int trouble)
{
	trouble_say(ret, trouble);
	if (trouble == -EBUSY)
		said_words(ret, "the kiosk is running; stop it first",
			"de kiosk draait; stop hem eerst");
}

int backup_restore(const char *data, const char *path, const char *journal_copy, const char *venue,
	int64_t wall_ms, struct restore_report *ret)
{
	char log[BACKUP_PATH_SIZE], arriving[BACKUP_PATH_SIZE], aside[BACKUP_PATH_SIZE];
	memset(ret, 0, sizeof *ret);
	snprintf(log, sizeof log, "%.3000s/" STORE_FILE_NAME, data);
	snprintf(arriving, sizeof arriving, "%.3000s/" SWAP_ARRIVING, data);
	CLEANUP(closep) int lock = take_lock(data);
	if (lock < 0) {
		say_lock(&ret->why, lock);
		return lock;
	}
	swap_settle(data, aside);
	remove_arriving(arriving);
	int r = prepare(log, path, arriving, journal_copy, venue, wall_ms, ret);
	if (r == 0)
		r = swap_in(data, is_ready(data, path), wall_ms, ret->aside);
	if (r < 0 && !ret->why.words[LANGUAGE_EN][0])
		trouble_say(&ret->why, r);
	remove_arriving(arriving);
	return r;
}

enum restore_end backup_settle(const char *data, char ret_aside[BACKUP_PATH_SIZE])
{
	ret_aside[0] = '\0';
	CLEANUP(closep) int lock = take_lock(data);
	return lock < 0 ? RESTORE_NONE : swap_settle(data, ret_aside);
}

static int look(struct store *store, const char *venue, struct backup_facts *ret)
{
	struct log_summary summary = { .count = 0 };
	struct said why;
	int r = check(store, venue, &why);
	if (r == 0)
		r = tap_log_summary(store, &summary);
	if (r == 0)
		r = attendee_count(store, &ret->people);
	ret->taps = summary.count;
	snprintf(ret->log_id, sizeof ret->log_id, "%s", store_log_id(store));
	return r;
}

int backup_inspect(const char *path, const char *venue, struct backup_facts *ret)
{
	char copy[BACKUP_PATH_SIZE], words[128] = "";
	struct store *store = NULL;
	memset(ret, 0, sizeof *ret);
	snprintf(copy, sizeof copy, "%.3000s.looked-at", path);
	/* Opening it brings it up to date: a copy, so that what waits stays as it came. */
	int r = store_copy(path, copy, NULL, NULL, words, sizeof words);
	if (r == 0)
		r = store_open(&store, copy, STORE_WRITE);
	if (r == 0)
		r = look(store, venue, ret);
	store_close(store);
	remove_arriving(copy);
	return r;
}
