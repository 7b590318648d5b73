#include "kiosk/rescue.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/seal.h"
#include "core/text.h"
#include "store/backup.h"
#include "store/backup_order.h"
#include "store/journal.h"

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void venue_of(const char *data, char ret[VENUE_PRINT_SIZE])
{
	struct venue_key key;
	ret[0] = '\0';
	if (venue_key_load(&key, data, false) == 0)
		venue_key_print(&key, ret);
	explicit_bzero(&key, sizeof key);
}

/* For the journal and whoever looks at the files; the status has it from the caller. */
static void keep_words(const char *data, const struct said *said)
{
	char path[BACKUP_PATH_SIZE], both[2 * SAID_SIZE + 8];
	log_error("store: %s", said->words[LANGUAGE_EN]);
	const int length = snprintf(
		both, sizeof both, "%s\n%s\n", said->words[LANGUAGE_EN], said->words[LANGUAGE_NL]);
	if (path_join(path, sizeof path, data, RESCUE_FILE))
		file_write_whole(path, both, (size_t)length, 0640);
}

static void time_now(char ret[TIME_TEXT_SIZE])
{
	const int64_t now_wall_ms = clock_wall_ms();
	time_iso(ret, TIME_TEXT_SIZE, now_wall_ms, clock_utc_offset_min(now_wall_ms));
}

static void say_loss(int trouble, const char *from, struct said *ret)
{
	char at[TIME_TEXT_SIZE];
	struct said more;
	time_now(at);
	if (trouble == -ENOENT)
		said_set(ret, "%s: the log was gone", "%s: het logboek was weg", at);
	else
		said_set(ret, "%s: the log was damaged", "%s: het logboek was beschadigd", at);
	if (from)
		said_set(&more, ". %.150s was put back", ". Teruggezet is %.150s", name_of(from));
	else
		said_words(&more, ". No backup was found; an empty log was put back",
			". Er was geen back-up; teruggezet is een leeg logboek");
	said_add(ret, &more);
}

static void say(const char *data, int trouble, const struct restore_report *report,
	const char *from, struct said *ret)
{
	struct said more;
	say_loss(trouble, from, ret);
	said_set(&more, " with %lld taps, %lld more came from the journal copy",
		" (tikken: %lld, en uit de journaalkopie nog: %lld)", (long long)report->taps,
		(long long)report->journal_taps);
	said_add(ret, &more);
	if (report->aside[0]) {
		said_set(&more, ". The damaged file is kept as %.150s",
			". Het beschadigde bestand is bewaard als %.150s", name_of(report->aside));
		said_add(ret, &more);
	}
	keep_words(data, ret);
}

/* The last of @backups that holds, else an empty log. */
static int put_back_best(const struct backup_order *backups, const char *data, const char *copy,
	const char *venue, int trouble, struct said *ret)
{
	struct restore_report report;
	int r = -ENOENT;
	for (size_t left = backups->count + 1; left > 0 && r < 0; left--) {
		const char *path = left > 1 ? backups->ages[left - 2].path : NULL;
		r = backup_restore(data, path, copy, venue, clock_wall_ms(), &report);
		if (r == 0)
			say(data, trouble, &report, path, ret);
		else
			log_warn(
				"store: %s: %s", path ? path : data, report.why.words[LANGUAGE_EN]);
	}
	return r;
}

static int add(void *context, const char *path)
{
	return backup_order_add(context, path, true);
}

/* @trouble is returned where nothing says that the file was ever ours. */
static int rescue(const struct config *config, const char *data, int trouble, struct said *ret)
{
	struct backup_order backups = { 0 };
	const char *copy = config->storage.journal_copy;
	char venue[VENUE_PRINT_SIZE];
	int r = trouble;
	venue_of(data, venue);
	backup_order_find(&backups, data, copy);
	if (trouble == -ENOENT && backups.count == 0) {
		backup_each(NULL, data, add, &backups);
		backup_order_sort(&backups);
	}
	if (trouble == -EUCLEAN || backups.count > 0 || journal_exists(copy))
		r = put_back_best(&backups, data, copy, venue, trouble, ret);
	backup_order_free(&backups);
	return r;
}

static int open_checked(struct store **ret, const char *path)
{
	struct store *store;
	int r = store_open(&store, path, STORE_KIOSK);
	if (r < 0)
		return r;
	r = store_check_at_start(store);
	if (r < 0) {
		store_close(store);
		return r;
	}
	*ret = store;
	return 0;
}

/* Another program's database is refused, not moved away. */
static bool is_a_database(const char *path)
{
	static const char opening[16] = "SQLite format 3";
	char found[sizeof opening] = "";
	FILE *file = fopen(path, "re");
	const bool is = file && fread(found, 1, sizeof found, file) == sizeof found &&
			memcmp(found, opening, sizeof opening) == 0;
	if (file)
		fclose(file);
	return is;
}

/* A backup that an organiser asked for on the page. One that does not fit is set aside: the log
 * that is here goes on. Was one put back? */
static bool restore_waiting(const struct config *config, const char *data)
{
	char path[BACKUP_PATH_SIZE], refused[BACKUP_PATH_SIZE], venue[VENUE_PRINT_SIZE];
	struct restore_report report;
	if (!path_join(path, sizeof path, data, RESTORE_DIRECTORY "/" RESTORE_READY) ||
		!path_join(refused, sizeof refused, data, RESTORE_DIRECTORY "/refused.db") ||
		access(path, F_OK) < 0)
		return false;
	venue_of(data, venue);
	if (backup_restore(data, path, config->storage.journal_copy, venue, clock_wall_ms(),
		    &report) < 0) {
		log_error("store: the backup that was handed over is not put back: %s",
			report.why.words[LANGUAGE_EN]);
		file_move(path, refused);
		return false;
	}
	log_info("store: a backup with %lld taps was put back, as asked on the page; what was here "
		 "is kept as %s",
		(long long)report.taps, name_of(report.aside));
	return true;
}

/* A restore that a power cut broke off is ended or taken back, and said. */
static void settle(const struct config *config, const char *data, struct said *ret)
{
	char aside[BACKUP_PATH_SIZE], at[TIME_TEXT_SIZE];
	const enum restore_end end = backup_settle(data, aside);
	const bool again = restore_waiting(config, data);
	time_now(at);
	if (end == RESTORE_DONE)
		said_set(ret,
			"%s: the power was cut while a backup was put back. It stands in its "
			"place; what was here is kept as %.150s",
			"%s: de stroom viel uit terwijl een back-up werd teruggezet. Die staat er "
			"nu; wat hier stond is bewaard als %.150s",
			at, name_of(aside));
	else if (end == RESTORE_TAKEN_BACK && !again)
		said_set(ret,
			"%s: the power was cut before a backup was put back. The log is as it was",
			"%s: de stroom viel uit voordat een back-up was teruggezet. Het logboek is "
			"zoals het was",
			at);
	if (ret->words[LANGUAGE_EN][0])
		keep_words(data, ret);
}

static bool is_lost(int r, const char *path)
{
	/* A file whose very first page is spoilt does not even look like a database any more. */
	return r == -EUCLEAN || (r == -EMEDIUMTYPE && !is_a_database(path));
}

int rescue_open(
	struct store **ret, const struct config *config, const char *data, struct said *ret_rescued)
{
	char path[BACKUP_PATH_SIZE];
	*ret_rescued = (struct said){ 0 };
	if (!path_join(path, sizeof path, data, STORE_FILE_NAME))
		return -ENAMETOOLONG;
	settle(config, data, ret_rescued);
	int r = backup_log_is_gone(data) ? rescue(config, data, -ENOENT, ret_rescued) : -ENOENT;
	if (r == 0 || r == -ENOENT) /* put back, or nothing to put back */
		r = open_checked(ret, path);
	if (is_lost(r, path)) {
		r = rescue(config, data, r, ret_rescued);
		r = r < 0 ? r : open_checked(ret, path);
	}
	if (r == 0)
		backup_sweep(data);
	return r;
}
