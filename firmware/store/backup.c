#include "store/backup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/scope.h"
#include "core/text.h"
#include "store/backup_order.h"
#include "store/copy.h"
#include "store/privacy.h"
#include "store/setting.h"
#include "store/store_private.h"

#define NAME_PREFIX "attendance-"
#define NAME_ENDING ".db"
#define NAMES_MAX 64
#define PREPARED_SIZE 512
#define UNREADABLE "unreadable:" /* and its path: a name in kiosk_setting */
#define MARK_LETTERS 8           /* of a log's id: its end, which is drawn at random */

static bool is_backup(const char *name)
{
	static const size_t day = sizeof NAME_PREFIX - 1 + 10;
	if (strncmp(name, NAME_PREFIX, sizeof NAME_PREFIX - 1) != 0 ||
		strspn(name + sizeof NAME_PREFIX - 1, "0123456789-") < 10)
		return false;
	const char *rest = name + day;
	if (*rest == '-' && strspn(rest + 1, "0123456789abcdef") == MARK_LETTERS)
		rest += 1 + MARK_LETTERS;
	return strcmp(rest, NAME_ENDING) == 0;
}

static bool is_unfinished(const char *name)
{
	static const char ending[] = NAME_ENDING ".new";
	const size_t length = strlen(name);
	return strncmp(name, NAME_PREFIX, sizeof NAME_PREFIX - 1) == 0 &&
	       length > sizeof ending - 1 &&
	       strncmp(name + length - (sizeof ending - 1), ending, sizeof ending - 1) == 0;
}

/* "-0123abcd", or "" for no log's id. */
static const char *mark_of(char ret[MARK_LETTERS + 2], const char *log_id)
{
	const size_t length = strlen(log_id);
	ret[0] = '\0';
	if (length >= MARK_LETTERS)
		snprintf(ret, MARK_LETTERS + 2, "-%s", log_id + length - MARK_LETTERS);
	return ret;
}

static bool is_aside(const char *name)
{
	static const char opening[] = STORE_FILE_NAME ASIDE_MARK;
	return strncmp(name, opening, sizeof opening - 1) == 0 && !strstr(name, "-wal") &&
	       !strstr(name, "-shm") && !strstr(name, "-journal");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The matching names in @directory, in the order of the days in them. */
static int list(
	const char *directory, bool (*matches)(const char *name), char ret[NAMES_MAX][NAME_MAX + 1])
{
	DIR *open = opendir(directory);
	if (!open)
		return errno == ENOENT ? 0 : -errno;
	int count = 0;
	for (const struct dirent *entry; count < NAMES_MAX && (entry = readdir(open));)
		if (matches(entry->d_name))
			utf8_clip(ret[count++], NAME_MAX + 1, entry->d_name);
	closedir(open);
	qsort(ret, (size_t)count, NAME_MAX + 1, by_name);
	return count;
}

static bool join(char ret[BACKUP_PATH_SIZE], const char *a, const char *b)
{
	return (size_t)snprintf(ret, BACKUP_PATH_SIZE, "%s/%s", a, b) < BACKUP_PATH_SIZE;
}

static bool bears(const char *name, const char *mark)
{
	const size_t day = sizeof NAME_PREFIX - 1 + 10, length = strlen(mark);
	return strncmp(name + day, mark, length) == 0 &&
	       strcmp(name + day + length, NAME_ENDING) == 0;
}

/* The backups in @folder that bear @mark. */
static int order_in(const char *folder, const char *mark, struct backup_order *ret)
{
	char names[NAMES_MAX][NAME_MAX + 1], path[BACKUP_PATH_SIZE];
	const int count = list(folder, is_backup, names);
	int r = count < 0 ? count : 0;
	for (int i = 0; i < count && r == 0; i++)
		if (bears(names[i], mark) && join(path, folder, names[i]))
			r = backup_order_add(ret, path, true);
	backup_order_sort(ret);
	return r;
}

/* Those of other kiosks are theirs to drop, and the one just made stays whatever it holds. */
static void prune(const char *folder, const char *mark, const char *made)
{
	struct backup_order order = { 0 };
	if (order_in(folder, mark, &order) == 0) {
		size_t left = order.count;
		for (size_t i = 0; i < order.count && left > BACKUP_DEPTH; i++)
			if (strcmp(order.ages[i].path, made) != 0 &&
				unlink(order.ages[i].path) == 0)
				left--;
	}
	backup_order_free(&order);
}

/* An empty one is what is left of a stick that was pulled. */
static bool is_made(const char *path)
{
	struct stat state;
	return stat(path, &state) == 0 && state.st_size > 0;
}

/* What was prepared for the day, in a few figures that change with it. */
static int prepared(const char *path, char ret[PREPARED_SIZE])
{
	struct store *store;
	int r = store_open(&store, path, STORE_READ);
	if (r < 0)
		return r;
	sqlite3_stmt *row = statement_use(store, ST_PREPARED);
	r = row ? statement_step(store, row) : -EIO;
	if (r == 1)
		column_copy(ret, PREPARED_SIZE, row, 0);
	sqlite3_reset(row);
	store_close(store);
	return r < 0 ? r : 0;
}

/* One that can not be read is better made again. */
static bool is_behind(const char *backup, const char *from)
{
	char now[PREPARED_SIZE], then[PREPARED_SIZE];
	return prepared(from, now) == 0 && (prepared(backup, then) < 0 || strcmp(now, then) != 0);
}

int backup_daily(const char *data, const char *directory, const char *log_id, int64_t wall_ms,
	bool renews, bool (*goes_on)(void *context), void *context, char *ret_words, size_t size)
{
	char from[BACKUP_PATH_SIZE], folder[BACKUP_PATH_SIZE], to[BACKUP_PATH_SIZE];
	char day[TIME_TEXT_SIZE], name[64], mark[MARK_LETTERS + 2];
	time_iso(day, sizeof day, wall_ms, clock_utc_offset_min(wall_ms));
	snprintf(name, sizeof name, NAME_PREFIX "%.10s%s" NAME_ENDING, day, mark_of(mark, log_id));
	if (!join(from, data, STORE_FILE_NAME) || !join(folder, directory, BACKUP_DIRECTORY) ||
		!join(to, folder, name))
		return -ENAMETOOLONG;
	if (is_made(to) && !(renews && is_behind(to, from)))
		return 0;
	int r = directory_make(folder, 0750);
	if (r < 0)
		return r;
	r = store_copy(from, to, goes_on, context, ret_words, size);
	if (r < 0)
		return r;
	prune(folder, mark, to);
	return 1;
}

static int each_in(const char *folder, bool (*matches)(const char *name),
	int (*take)(void *context, const char *path), void *context)
{
	char names[NAMES_MAX][NAME_MAX + 1], path[BACKUP_PATH_SIZE];
	const int count = list(folder, matches, names);
	int r = 0;
	for (int i = 0; i < count && r == 0; i++)
		if (join(path, folder, names[i]))
			r = take(context, path);
	return count < 0 ? count : r;
}

int backup_each(const char *directory, const char *data,
	int (*take)(void *context, const char *path), void *context)
{
	char folder[BACKUP_PATH_SIZE];
	int r = 0;
	if (directory && directory[0] && join(folder, directory, BACKUP_DIRECTORY))
		r = each_in(folder, is_backup, take, context);
	if (r == 0 && data)
		r = each_in(data, is_aside, take, context);
	return r;
}

static int add_home(void *context, const char *path)
{
	return backup_order_add(context, path, true);
}

static int add_other(void *context, const char *path)
{
	return backup_order_add(context, path, false);
}

int backup_order_find(struct backup_order *ret, const char *data, const char *journal_copy)
{
	const int home = backup_each(data, NULL, add_home, ret),
		  other = backup_each(journal_copy, NULL, add_other, ret);
	backup_order_sort(ret);
	return home < 0 ? home : other;
}

/* The newest that bears @mark, and what can not be read, so that somebody hears of it. */
static int newest_of(const char *folder, const char *mark,
	int (*take)(void *context, const char *path), void *context)
{
	struct backup_order order = { 0 };
	int r = order_in(folder, mark, &order);
	for (size_t i = 0; i < order.count && r == 0; i++)
		if (i + 1 == order.count || !order.ages[i].readable)
			r = take(context, order.ages[i].path);
	backup_order_free(&order);
	return r;
}

static int stop(void *context, const char *path)
{
	(void)context;
	(void)path;
	return 1;
}

bool backup_log_is_gone(const char *data)
{
	char path[BACKUP_PATH_SIZE], lock[BACKUP_PATH_SIZE];
	return join(path, data, STORE_FILE_NAME) && !is_made(path) &&
	       join(lock, data, STORE_FILE_NAME ".lock") &&
	       (access(lock, F_OK) == 0 || backup_each(data, data, stop, NULL) == 1);
}

int backup_newest_each(
	const char *directory, int (*take)(void *context, const char *path), void *context)
{
	static const size_t day = sizeof NAME_PREFIX - 1 + 10;
	char names[NAMES_MAX][NAME_MAX + 1], folder[BACKUP_PATH_SIZE], mark[NAME_MAX + 1];
	if (!join(folder, directory, BACKUP_DIRECTORY))
		return -ENAMETOOLONG;
	const int count = list(folder, is_backup, names);
	for (int i = 0; i < count; i++) {
		int earlier = 0;
		while (earlier < i && strcmp(names[earlier] + day, names[i] + day) != 0)
			earlier++;
		if (earlier < i)
			continue;
		utf8_clip(mark, sizeof mark, names[i] + day);
		mark[strlen(mark) - strlen(NAME_ENDING)] = '\0';
		const int r = newest_of(folder, mark, take, context);
		if (r != 0)
			return r;
	}
	return count;
}

static int remove_one(void *context, const char *path)
{
	(void)context;
	return unlink(path) < 0 && errno != ENOENT ? -errno : 0;
}

/* By a merge that is under way. */
static bool is_locked(const char *path)
{
	CLEANUP(closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) < 0;
}

void backup_sweep(const char *data)
{
	static const char *const copies[] = { STORE_FILE_NAME ".restoring",
		STORE_FILE_NAME OPENED_MARK, STORE_FILE_NAME ".swap", "merge.scratch" };
	static const char *const endings[] = { "", ".new", "-wal", "-shm", "-journal",
		".new-journal" };
	char path[BACKUP_PATH_SIZE + 32], folder[BACKUP_PATH_SIZE];
	for (size_t c = 0; c < sizeof copies / sizeof copies[0]; c++) {
		snprintf(path, sizeof path, "%.4000s/%s", data, copies[c]);
		if (is_locked(path))
			continue;
		for (size_t e = 0; e < sizeof endings / sizeof endings[0]; e++) {
			snprintf(path, sizeof path, "%.4000s/%s%s", data, copies[c], endings[e]);
			unlink(path);
		}
	}
	if (join(folder, data, BACKUP_DIRECTORY))
		each_in(folder, is_unfinished, remove_one, NULL);
}

struct cleaning {
	struct store *store;
	const char *log;
	int64_t keep_ms, now_wall_ms;
	int damaged, trouble;
};

static void remove_with_sides(const char *path)
{
	static const char *const endings[] = { "", "-wal", "-shm", "-journal" };
	char side[BACKUP_PATH_SIZE];
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if ((size_t)snprintf(side, sizeof side, "%s%s", path, endings[i]) < sizeof side)
			unlink(side);
}

/* When @path was found first among what can not be read; INT64_MAX when nobody can tell. */
static int64_t found_ms(const struct cleaning *cleaning, const char *path)
{
	char name[sizeof UNREADABLE + BACKUP_PATH_SIZE];
	int64_t wall_ms = 0;
	snprintf(name, sizeof name, UNREADABLE "%s", path);
	const int r = setting_get(cleaning->store, name, &wall_ms);
	if (r == 0 || !cleaning->now_wall_ms)
		return r == 0 ? wall_ms : INT64_MAX;
	setting_set(cleaning->store, name, cleaning->now_wall_ms);
	return INT64_MAX;
}

static bool is_over(const struct cleaning *cleaning, const char *path)
{
	struct stat state;
	const int64_t before_ms = cleaning->now_wall_ms - cleaning->keep_ms;
	return found_ms(cleaning, path) < before_ms && stat(path, &state) == 0 &&
	       state.st_mtime * 1000LL < before_ms && state.st_ctime * 1000LL < before_ms;
}

/* What is read wrong in a whole file, as while another program has it, is no damage. */
static bool is_damaged(const char *path, int trouble)
{
	struct store copy = { .lock_fd = -1 };
	if (trouble == -EIO) {
		trouble = store_connect_read(&copy.db, path) == SQLITE_OK
				  ? store_check(&copy)
				  : statement_trouble(&copy);
		sqlite3_close(copy.db);
	}
	return trouble == -EUCLEAN || trouble == -EMEDIUMTYPE;
}

/* As between the two halves of a restore that was cut short: another name of the log itself. */
static bool is_log(const struct cleaning *cleaning, const char *path)
{
	struct stat log, state;
	return stat(cleaning->log, &log) == 0 && stat(path, &state) == 0 &&
	       log.st_ino == state.st_ino && log.st_dev == state.st_dev;
}

static int clean_one(void *context, const char *path)
{
	struct cleaning *cleaning = context;
	const int r = is_log(cleaning, path) ? -EBUSY : privacy_clean_copy(cleaning->store, path);
	if (r == 0)
		return 0;
	if (!is_damaged(path, r))
		cleaning->trouble = r;
	else if (is_over(cleaning, path))
		remove_with_sides(path);
	else
		cleaning->damaged++;
	return 0;
}

int backup_clean(struct store *store, const char *data, const char *journal_copy, int64_t keep_ms,
	int64_t now_wall_ms, int *ret_damaged)
{
	char log[BACKUP_PATH_SIZE];
	struct cleaning cleaning = { store, log, keep_ms, now_wall_ms, 0, 0 };
	*ret_damaged = 0;
	if (!join(log, data, STORE_FILE_NAME))
		return -ENAMETOOLONG;
	int r = backup_each(data, data, clean_one, &cleaning);
	if (r == 0)
		r = backup_each(journal_copy, NULL, clean_one, &cleaning);
	*ret_damaged = cleaning.damaged;
	return r < 0 ? r : cleaning.trouble;
}
