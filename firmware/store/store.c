#include "store/store_private.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/counter.h"

#define BUSY_MS 5000
#define CACHE_KIB 4096
#define CHECKED_BYTES_MAX (8 << 20) /* read in less than a blink, also from a card */

/* A lock of its own beside the file: SQLite's locks come and go with each transaction. */
static int take_kiosk_lock(struct store *store, const char *path)
{
	char lock_path[4096];
	if ((size_t)snprintf(lock_path, sizeof lock_path, "%s.lock", path) >= sizeof lock_path)
		return -ENAMETOOLONG;
	store->lock_fd = open(lock_path, O_RDONLY | O_CREAT | O_CLOEXEC, 0640);
	if (store->lock_fd < 0)
		return -errno;
	return flock(store->lock_fd, LOCK_EX | LOCK_NB) < 0 ? -EBUSY : 0;
}

/*
 * Made before SQLite does, which would never let the group write; the UMask decides the rest. A
 * file that is there is left alone: closing it would give up the locks that another handle of this
 * process has on it, and the next program to leave would take the WAL away under it.
 */
static int make_file(const char *path)
{
	if (path[0] == ':') /* SQLite's name for no file at all */
		return 0;
	const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
	if (fd < 0)
		return errno == EEXIST ? 0 : -errno;
	return close(fd) < 0 ? -errno : 0;
}

static int run(struct store *store, const char *statements)
{
	return sqlite3_exec(store->db, statements, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

/* A tap waits for a lock no longer than it must: others give way for a moment, which SQLite's own
 * ever longer pauses would miss. */
static int ask_again(void *context, int times)
{
	const struct timespec pause = { .tv_nsec = 1000000 };
	(void)context;
	nanosleep(&pause, NULL);
	return times < BUSY_MS;
}

static bool only_reads(enum store_mode mode)
{
	return mode == STORE_READ || mode == STORE_FOLLOW;
}

static int set_up(struct store *store, enum store_mode mode)
{
	char pragmas[512];
	sqlite3_extended_result_codes(store->db, 1);
	if (mode == STORE_KIOSK)
		sqlite3_busy_handler(store->db, ask_again, NULL);
	else
		sqlite3_busy_timeout(store->db, BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	snprintf(pragmas, sizeof pragmas,
		"PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -%d;"
		"PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON",
		CACHE_KIB);
	int r = run(store, pragmas);
	if (r == 0)
		r = counter_prepare(store);
	if (r == 0)
		r = read_time_prepare(store);
	if (r < 0 || only_reads(mode))
		return r;

	/* The smallest pages that hold a tap well: a commit writes whole pages. */
	const int version = schema_version(store);
	if (version < 0)
		return version;
	r = run(store, version == 0 ? "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA "
				      "synchronous = FULL"
				    : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
	if (r == 0 && mode == STORE_KIOSK)
		r = run(store, "PRAGMA wal_autocheckpoint = 0");
	return r;
}

int store_read_log(struct store *store)
{
	sqlite3_stmt *row = statement_use(store, ST_LOG);
	const int r = statement_step(store, row);
	if (r == 1) {
		column_copy(store->log_id, sizeof store->log_id, row, 0);
		column_copy(store->venue, sizeof store->venue, row, 1);
	}
	sqlite3_reset(row);
	return r < 0 ? r : r == 1 ? 0 : -EUCLEAN;
}

/* "file:" and the path, with what would end it written as %XX. */
static bool uri_of(char *ret, size_t size, const char *path, const char *query)
{
	size_t at = (size_t)snprintf(ret, size, "file:");
	for (; *path && at + 4 < size; path++)
		at += (size_t)snprintf(ret + at, size - at, strchr("?#%", *path) ? "%%%02X" : "%c",
			(unsigned char)*path);
	return *path == '\0' && (size_t)snprintf(ret + at, size - at, "%s", query) < size - at;
}

int store_connect_read(sqlite3 **ret, const char *path)
{
	char uri[4096 * 3];
	int r = sqlite3_open_v2(path, ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	if (r == SQLITE_OK)
		r = sqlite3_exec(*ret, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
	if (r != SQLITE_CANTOPEN || !uri_of(uri, sizeof uri, path, "?immutable=1"))
		return r;
	/* On a medium that can only be read SQLite can not make its side files, nor needs them. */
	sqlite3_close(*ret);
	return sqlite3_open_v2(
		uri, ret, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
}

static int connect_to(struct store *store, const char *path, enum store_mode mode)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
	const int to_read = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
	if (access(path, F_OK) == 0 && access(path, only_reads(mode) ? R_OK : R_OK | W_OK) < 0)
		return -errno;
	int r = only_reads(mode) ? 0 : make_file(path);
	if (r < 0)
		return r;
	r = mode == STORE_READ ? store_connect_read(&store->db, path)
			       : sqlite3_open_v2(path, &store->db,
					 mode == STORE_FOLLOW ? to_read : flags, NULL);
	return r == SQLITE_OK ? 0 : statement_trouble(store);
}

static int expect_newest(struct store *store)
{
	const int version = schema_version(store);
	return version < 0 ? version : version < schema_newest() ? -ESTALE : 0;
}

/* Not under a kiosk of an older version: what it counts meanwhile it would count in the old way. */
static int migrate(struct store *store, const char *path, enum store_mode mode)
{
	const int version = schema_version(store);
	if (version <= 0 || version == schema_newest() || mode == STORE_KIOSK)
		return version < 0 ? version : schema_migrate(store);
	int r = take_kiosk_lock(store, path);
	if (r == 0)
		r = schema_migrate(store);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	store->lock_fd = -1;
	return r;
}

static int open_all(struct store *store, const char *path, enum store_mode mode)
{
	int r = mode == STORE_KIOSK ? take_kiosk_lock(store, path) : 0;
	if (r < 0)
		return r;
	r = connect_to(store, path, mode);
	if (r == 0)
		r = set_up(store, mode);
	if (r == 0)
		r = only_reads(mode) ? expect_newest(store) : migrate(store, path, mode);
	if (r == 0)
		r = store_read_log(store);
	return r;
}

/* To be read, a file of an older version is first brought up to date. */
static int open_older(struct store **ret, const char *path)
{
	struct store *store;
	const int r = store_open(&store, path, STORE_WRITE);
	if (r < 0)
		return r;
	store_close(store);
	return store_open(ret, path, STORE_READ);
}

/* SQLite would keep statistics of its memory under a lock; nobody asks for them. */
static void set_up_sqlite(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int store_open(struct store **ret, const char *path, enum store_mode mode)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, set_up_sqlite);
	struct store *store = calloc(1, sizeof *store);
	if (!store)
		return -ENOMEM;
	store->lock_fd = -1;
	const int r = open_all(store, path, mode);
	if (r < 0) {
		store_close(store);
		return r == -ESTALE && mode == STORE_READ ? open_older(ret, path) : r;
	}
	*ret = store;
	return 0;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	statement_finish_all(store);
	sqlite3_close(store->db);
	if (store->lock_fd >= 0)
		close(store->lock_fd);
	free(store);
}

const char *store_words(const struct store *store)
{
	return store->words;
}

void store_set_cache(struct store *store, int kib)
{
	char pragma[64];
	snprintf(pragma, sizeof pragma, "PRAGMA cache_size = -%d", kib);
	run(store, pragma);
}

int store_check(struct store *store)
{
	sqlite3_stmt *statement;
	if (sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &statement, NULL) !=
		SQLITE_OK)
		return statement_trouble(store);
	int r = statement_step(store, statement);
	if (r == 1) {
		column_copy(store->words, sizeof store->words, statement, 0);
		r = strcmp(store->words, "ok") == 0 ? 0 : -EUCLEAN;
	}
	sqlite3_finalize(statement);
	return r;
}

/* Where a tap looks and writes: a few pages, whatever the size of the file. */
static int check_tap_path(struct store *store)
{
	static const char looks[] = "SELECT count(*) FROM sqlite_schema; SELECT * FROM tap ORDER BY"
				    " seq DESC LIMIT 8; SELECT * FROM event; SELECT * FROM session;"
				    " SELECT * FROM cluster; SELECT * FROM log;";
	return run(store, looks);
}

static bool damage_mark(struct store *store, char *ret, size_t size)
{
	const char *path = sqlite3_db_filename(store->db, "main");
	return path && (size_t)snprintf(ret, size, "%s.damaged", path) < size;
}

int store_mark_damaged(struct store *store)
{
	char mark[4096];
	if (!damage_mark(store, mark, sizeof mark))
		return -ENAMETOOLONG;
	const int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	return fd < 0 || close(fd) < 0 ? -errno : 0;
}

int store_check_at_start(struct store *store)
{
	struct stat state;
	char mark[4096];
	const char *path = sqlite3_db_filename(store->db, "main");
	if (damage_mark(store, mark, sizeof mark) && unlink(mark) == 0)
		return -EUCLEAN;
	const bool small = path && stat(path, &state) == 0 && state.st_size <= CHECKED_BYTES_MAX;
	return small ? store_check(store) : check_tap_path(store);
}

int store_warm(struct store *store)
{
	return run(store, "SELECT count(*) FROM link INDEXED BY link_now WHERE until_ms IS NULL;"
			  "SELECT sum(length(given_name)) FROM attendee; SELECT sum(length(name)) "
			  "FROM organisation;");
}

int store_begin(struct store *store)
{
	return statement_run(store, statement_use(store, ST_BEGIN));
}

int store_commit(struct store *store)
{
	const int r = statement_run(store, statement_use(store, ST_COMMIT));
	if (r < 0)
		store_rollback(store);
	else
		store->kept_ms = clock_wall_ms();
	return r;
}

int64_t store_kept_ms(const struct store *store)
{
	return store->kept_ms;
}

void store_rollback(struct store *store)
{
	store->chain_known = false;
	memset(store->known_numbers, 0, sizeof store->known_numbers);
	if (sqlite3_get_autocommit(store->db))
		return;
	char kept[sizeof store->words]; /* what went wrong first is what matters */
	memcpy(kept, store->words, sizeof kept);
	statement_run(store, statement_use(store, ST_ROLLBACK));
	memcpy(store->words, kept, sizeof kept);
}

int64_t store_data_version(struct store *store)
{
	sqlite3_stmt *statement = statement_use(store, ST_DATA_VERSION);
	const int r = statement_step(store, statement);
	const int64_t version = r == 1 ? sqlite3_column_int64(statement, 0) : -1;
	sqlite3_reset(statement);
	return version;
}

int store_touch(struct store *store)
{
	char touch[48];
	snprintf(touch, sizeof touch, "PRAGMA user_version = %d", schema_newest());
	return run(store, touch);
}

int store_checkpoint(struct store *store)
{
	int in_wal = 0, moved = 0;
	if (sqlite3_wal_checkpoint_v2(
		    store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_wal, &moved) != SQLITE_OK)
		return statement_trouble(store);
	if (in_wal > moved || in_wal == 0)
		return in_wal - moved;
	/* The first commit into an emptied WAL syncs its header too: this one is no tap's. */
	return store_touch(store);
}

const char *store_log_id(const struct store *store)
{
	return store->log_id;
}

const char *store_venue(const struct store *store)
{
	return store->venue;
}

int store_claim_venue(struct store *store, const char *venue)
{
	if (strcmp(store->venue, venue) == 0)
		return 0;
	sqlite3_stmt *row = statement_use(store, ST_VENUE_CLAIM);
	if (!row)
		return -EIO;
	bind_text(row, 1, venue);
	const int r = statement_run(store, row);
	if (r < 0)
		return r;
	if (sqlite3_changes(store->db) != 1)
		return -EKEYREJECTED;
	return store_read_log(store);
}

void store_interrupt(struct store *store)
{
	sqlite3_interrupt(store->db);
}
