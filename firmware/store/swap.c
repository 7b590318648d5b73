#include "store/swap.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"

#define NOTE STORE_FILE_NAME ".swap"
#define OF_READY " ready"
#define SIDES 3
#define WAL 0
#define PATH_SPARE 16 /* for what a side file's name is longer */
#define NUMBER_MAX 99

static const char *const sides[SIDES] = { "-wal", "-shm", "-journal" };

struct swap {
	char log[BACKUP_PATH_SIZE], aside[BACKUP_PATH_SIZE], arriving[BACKUP_PATH_SIZE];
	char note[BACKUP_PATH_SIZE], ready[BACKUP_PATH_SIZE];
	const char *data;
	bool of_ready;
};

static void begin(struct swap *swap, const char *data)
{
	memset(swap, 0, sizeof *swap);
	swap->data = data;
	snprintf(swap->log, BACKUP_PATH_SIZE, "%.3000s/" STORE_FILE_NAME, data);
	snprintf(swap->arriving, BACKUP_PATH_SIZE, "%.3000s/" SWAP_ARRIVING, data);
	snprintf(swap->note, BACKUP_PATH_SIZE, "%.3000s/" NOTE, data);
	snprintf(swap->ready, BACKUP_PATH_SIZE, "%.3000s/" RESTORE_DIRECTORY "/" RESTORE_READY,
		data);
}

static bool is_there(const char *path)
{
	struct stat state;
	return lstat(path, &state) == 0;
}

static const char *side_of(char ret[BACKUP_PATH_SIZE + PATH_SPARE], const char *path, int side)
{
	snprintf(ret, BACKUP_PATH_SIZE + PATH_SPARE, "%s%s", path, sides[side]);
	return ret;
}

static bool has_side(const char *path)
{
	char side[BACKUP_PATH_SIZE + PATH_SPARE];
	bool any = false;
	for (int i = 0; i < SIDES; i++)
		any = any || is_there(side_of(side, path, i));
	return any;
}

/* Where there is no clock chip, the same second comes more than once. */
static int choose_aside(struct swap *swap, int64_t wall_ms)
{
	char stamp[32];
	const time_t seconds = (time_t)(wall_ms / 1000);
	struct tm local;
	localtime_r(&seconds, &local);
	strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
	for (int number = 1; number <= NUMBER_MAX; number++) {
		const int length = snprintf(
			swap->aside, BACKUP_PATH_SIZE, "%s" ASIDE_MARK "%s", swap->log, stamp);
		if (number > 1)
			snprintf(swap->aside + length, BACKUP_PATH_SIZE - (size_t)length, "-%d",
				number);
		if (!is_there(swap->aside) && !has_side(swap->aside))
			return 0;
	}
	return -EEXIST;
}

static int write_note(const struct swap *swap)
{
	char text[256];
	const int length = snprintf(text, sizeof text, "%s%s\n", strrchr(swap->aside, '/') + 1,
		swap->of_ready ? OF_READY : "");
	return file_write_whole(swap->note, text, (size_t)length, 0640);
}

/* False without one, or with one that we did not write. */
static bool read_note(struct swap *swap)
{
	static const char opening[] = STORE_FILE_NAME ASIDE_MARK;
	struct bytes bytes = { 0 };
	if (file_read_all(&bytes, swap->note, 256) < 0)
		return false;
	char *text = (char *)bytes.data;
	text[strcspn(text, "\n")] = '\0';
	char *ready = strstr(text, OF_READY);
	swap->of_ready = ready != NULL;
	if (ready)
		*ready = '\0';
	const bool ours = strncmp(text, opening, sizeof opening - 1) == 0 && !strchr(text, '/');
	if (ours)
		snprintf(swap->aside, BACKUP_PATH_SIZE, "%.3000s/%.200s", swap->data, text);
	bytes_free(&bytes);
	return ours;
}

static int move_sides(const char *from, const char *to)
{
	char old[BACKUP_PATH_SIZE + PATH_SPARE], new[BACKUP_PATH_SIZE + PATH_SPARE];
	for (int i = 0; i < SIDES; i++)
		if (rename(side_of(old, from, i), side_of(new, to, i)) < 0 && errno != ENOENT)
			return -errno;
	return 0;
}

static bool holds_something(const char *path)
{
	struct stat state;
	return stat(path, &state) == 0 && state.st_size > 0;
}

/* Somebody who looked at the log meanwhile made new ones, with nothing in them. */
static void take_sides_back(const struct swap *swap)
{
	char own[BACKUP_PATH_SIZE + PATH_SPARE], other[BACKUP_PATH_SIZE + PATH_SPARE];
	const bool written = holds_something(side_of(own, swap->log, WAL));
	if (written && holds_something(side_of(other, swap->aside, WAL)))
		log_error("store: the log was written to; %s is what it had before", other);
	else if (written)
		for (int i = 0; i < SIDES; i++)
			unlink(side_of(other, swap->aside, i));
	else if (has_side(swap->aside))
		move_sides(swap->aside, swap->log);
}

static int step_aside(const struct swap *swap)
{
	if (is_there(swap->log) && link(swap->log, swap->aside) < 0 &&
		(errno == EEXIST || rename(swap->log, swap->aside) < 0))
		return -errno;
	int r = path_sync(swap->data);
	if (r == 0)
		r = move_sides(swap->log, swap->aside);
	return r == 0 ? path_sync(swap->data) : r;
}

static bool is_same(const char *a, const char *b)
{
	struct stat one, other;
	return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_ino == other.st_ino &&
	       one.st_dev == other.st_dev;
}

/* The log that was has its first name alone again. */
static void take_back(const struct swap *swap)
{
	if (!is_there(swap->log) && is_there(swap->aside) && rename(swap->aside, swap->log) < 0)
		log_error("store: %s: %s", swap->log, strerror(errno));
	take_sides_back(swap);
	path_sync(swap->data);
	if (is_same(swap->log, swap->aside))
		unlink(swap->aside);
}

static void leave(const struct swap *swap, enum restore_end end)
{
	char directory[BACKUP_PATH_SIZE];
	if (end == RESTORE_DONE && swap->of_ready && unlink(swap->ready) == 0 &&
		path_join(directory, sizeof directory, swap->data, RESTORE_DIRECTORY))
		path_sync(directory);
	unlink(swap->note);
	path_sync(swap->data);
}

/* The files themselves tell how far it came. */
static enum restore_end settle(const struct swap *swap)
{
	enum restore_end end = RESTORE_DONE;
	if (!is_there(swap->log) && is_there(swap->arriving)) {
		if (move_sides(swap->log, swap->aside) < 0 ||
			file_move(swap->arriving, swap->log) < 0)
			end = is_there(swap->log) ? RESTORE_DONE : RESTORE_TAKEN_BACK;
	} else if (!is_there(swap->log) || is_same(swap->log, swap->aside) ||
		   (!is_there(swap->aside) && is_there(swap->arriving))) {
		end = RESTORE_TAKEN_BACK;
	}
	if (end == RESTORE_TAKEN_BACK)
		take_back(swap);
	leave(swap, end);
	return end;
}

static void tell_aside(const struct swap *swap, char ret[BACKUP_PATH_SIZE])
{
	memcpy(ret, swap->aside, BACKUP_PATH_SIZE);
	if (!is_there(swap->aside) && !has_side(swap->aside))
		ret[0] = '\0';
}

int swap_in(const char *data, bool of_ready, int64_t wall_ms, char ret_aside[BACKUP_PATH_SIZE])
{
	struct swap swap;
	begin(&swap, data);
	swap.of_ready = of_ready;
	int r = path_sync(swap.arriving);
	if (r == 0)
		r = choose_aside(&swap, wall_ms);
	if (r == 0)
		r = write_note(&swap);
	if (r < 0)
		return r;
	r = step_aside(&swap);
	if (r == 0)
		r = file_move(swap.arriving, swap.log);
	if (r == 0)
		leave(&swap, RESTORE_DONE);
	else if (settle(&swap) == RESTORE_DONE)
		r = 0;
	if (r == 0)
		tell_aside(&swap, ret_aside);
	return r;
}

enum restore_end swap_settle(const char *data, char ret_aside[BACKUP_PATH_SIZE])
{
	struct swap swap;
	ret_aside[0] = '\0';
	begin(&swap, data);
	if (!is_there(swap.note))
		return RESTORE_NONE;
	if (!read_note(&swap)) {
		unlink(swap.note);
		return RESTORE_NONE;
	}
	const enum restore_end end = settle(&swap);
	if (end == RESTORE_DONE)
		tell_aside(&swap, ret_aside);
	/* Where there was no log for a moment, somebody may have begun an empty one. */
	if (end == RESTORE_DONE && is_there(swap.arriving))
		swap_in(data, swap.of_ready, clock_wall_ms(), ret_aside);
	return end;
}
