/* /settings/backup and /settings/restore: the whole log as a file under a password, and back. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/coffer.h"
#include "base/scope.h"
#include "base/seal.h"
#include "base/secret.h"
#include "core/text.h"
#include "store/backup.h"
#include "store/copy.h"
#include "store/stamp.h"
#include "web/confirm.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/routes.h"
#include "web/settings.h"

#define WAITING "waiting.db"
#define ARRIVING "arriving.db"
#define WAITS_S (24 * 3600)

static bool path_of(const struct request *request, const char *name, char ret[BACKUP_PATH_SIZE])
{
	char directory[BACKUP_PATH_SIZE];

	return path_join(directory, sizeof directory, request->site->arguments->data,
		       RESTORE_DIRECTORY) &&
	       directory_make(directory, 0770) == 0 &&
	       path_join(ret, BACKUP_PATH_SIZE, directory, name);
}

/* A day ago, as far as that is known by now: a clock that jumps takes nothing from under who is
 * still deciding. */
static bool has_waited(const struct request *request, const struct stat *state)
{
	const int64_t came_ms = state->st_mtim.tv_sec * 1000LL + state->st_mtim.tv_nsec / 1000000;
	int64_t known_ms;

	return stamp_read(request->stores.read, came_ms, &known_ms) == 0 &&
	       known_ms + WAITS_S * 1000LL < clock_trusted_ms();
}

/* Of what only passes through, and was left by a power cut, the machine's own clock says enough. */
static bool is_left_behind(const struct request *request, const struct stat *state)
{
	(void)request;
	return state->st_mtime + WAITS_S < time(NULL);
}

/* A backup has names in it: one that nobody decided about goes after a day. */
void restore_tidy(const struct request *request)
{
	static const struct {
		const char *name;
		bool (*is_over)(const struct request *request, const struct stat *state);
	} rows[] = {
		{ WAITING, has_waited },
		{ "refused.db", has_waited },
		{ ARRIVING, is_left_behind },
		{ ARRIVING ".looked-at", is_left_behind },
		{ WAITING ".looked-at", is_left_behind },
		{ "leaving.db", is_left_behind },
	};
	char path[BACKUP_PATH_SIZE];
	struct stat state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (path_of(request, rows[i].name, path) && stat(path, &state) == 0 &&
			rows[i].is_over(request, &state))
			unlink(path);
}

/* Is there room for @bytes, and for taps besides? */
static int check_room(const struct request *request, int64_t bytes)
{
	const int64_t free_bytes = disk_free_bytes(request->site->arguments->data);

	return free_bytes >= 0 && free_bytes < bytes + SPARE_BYTES ? -ENOSPC : 0;
}

/* The log as it is now, under @password, in an unnamed file. Its descriptor or -errno. */
static int make_backup(const struct request *request, const char *password)
{
	char from[BACKUP_PATH_SIZE], copy[BACKUP_PATH_SIZE], words[128];
	struct stat state;

	if (!path_join(from, sizeof from, request->site->arguments->data, STORE_FILE_NAME) ||
		!path_of(request, "leaving.db", copy))
		return -ENAMETOOLONG;
	int r = stat(from, &state) < 0 ? -errno : check_room(request, 2 * (int64_t)state.st_size);
	if (r == 0)
		r = store_copy(from, copy, NULL, NULL, words, sizeof words);
	if (r < 0)
		return r;
	CLEANUP(closep) int plain = open(copy, O_RDONLY | O_CLOEXEC);
	unlink(copy);
	const int sealed = open_unnamed(request->site->arguments->data);
	r = plain < 0 || sealed < 0 ? -EIO : coffer_close(plain, sealed, password);
	if (r < 0 && sealed >= 0)
		close(sealed);
	return r < 0 ? r : sealed;
}

int page_backup(struct request *request, struct response *response)
{
	char name[64], day[11], clock[6];
	struct sheet sheet;
	const char *password = request_field(request, "backup_pw");
	int letters = 0;
	const char *trouble = password_trouble(password, &letters);

	if (trouble) {
		sheet_init(&sheet, request);
		sheet_fault_numbers(&sheet, "backup_pw", trouble, letters, SECRET_PASSWORD_MIN);
		return settings_show(request, response, &sheet, 422);
	}
	const int fd = make_backup(request, password);
	if (fd < 0)
		return fd;
	local_time_text(clock_wall_ms(), day, clock);
	snprintf(name, sizeof name, "incheckpaal_%s_back-up.incpsafe", day);
	const off_t length = lseek(fd, 0, SEEK_END);
	respond_file(response, "application/octet-stream", fd, (size_t)length);
	const int r = audit_note(request, "backup-taken", name, "");
	return r < 0 ? r : respond_as_attachment(response, name);
}

static void venue_of(const struct request *request, char ret[VENUE_PRINT_SIZE])
{
	struct venue_key key;

	ret[0] = '\0';
	if (venue_key_load(&key, request->site->arguments->data, false) == 0)
		venue_key_print(&key, ret);
	secret_forget(&key, sizeof key);
}

/* What to say of a file that can not be put back. */
static const char *refusal_of(int trouble)
{
	static const struct {
		int trouble;
		const char *say;
	} rows[] = {
		{ -EMEDIUMTYPE, "backup.foreign" },
		{ -EBADMSG, "backup.damaged" },
		{ -EUCLEAN, "backup.damaged" },
		{ -EOVERFLOW, "backup.newer" },
		{ -EKEYREJECTED, "backup.venue" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].trouble == trouble)
			return rows[i].say;
	return NULL;
}

static int unpack(const struct request *request, const struct upload *upload, const char *path)
{
	CLEANUP(closep)
	int to = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

	if (to < 0)
		return -errno;
	if (!coffer_is_one(upload->fd))
		return -EMEDIUMTYPE;
	return coffer_open(upload->fd, to, request_field(request, "restore_pw"));
}

/* Takes it out of its coffer and looks whether it can be put back. */
static int take_upload(const struct request *request, const struct upload *upload,
	struct sheet *sheet, const char *path)
{
	struct backup_facts facts;
	char venue[VENUE_PRINT_SIZE];
	int r = check_room(request, 2 * (int64_t)upload->length);

	if (r == 0)
		r = unpack(request, upload, path);
	if (r == -EKEYREJECTED) {
		sheet_fault(sheet, "restore_pw", "password");
		return r;
	}
	venue_of(request, venue);
	if (r == 0)
		r = backup_inspect(path, venue, &facts);
	if (r < 0 && refusal_of(r))
		sheet_fault(sheet, "backup", refusal_of(r));
	return r;
}

/* It says itself when it came, by the clock that people see. */
static int put_down(const struct request *request, const char *arriving, const char *path)
{
	const int64_t now_ms = clock_wall_ms();
	const struct timespec came = { .tv_sec = now_ms / 1000,
		.tv_nsec = now_ms % 1000 * 1000000 };
	int r = stamp_note(request->stores.write, now_ms);

	if (r == 0 && utimensat(AT_FDCWD, arriving, (const struct timespec[]){ came, came }, 0) < 0)
		r = -errno;
	return r == 0 ? file_move(arriving, path) : r;
}

int page_restore_upload(struct request *request, struct response *response)
{
	const struct upload *upload = request_upload(request, "backup");
	char path[BACKUP_PATH_SIZE], arriving[BACKUP_PATH_SIZE];
	struct sheet sheet;
	int r = 0;

	if (!path_of(request, WAITING, path) || !path_of(request, ARRIVING, arriving))
		return -EIO;
	sheet_init(&sheet, request);
	if (!upload)
		sheet_fault(&sheet, "backup", "file.none");
	else
		r = take_upload(request, upload, &sheet, arriving);
	if (r == 0 && sheet_is_good(&sheet))
		r = put_down(request, arriving, path);
	if (sheet_is_good(&sheet)) {
		sheet_finish(&sheet);
		if (r < 0)
			unlink(arriving);
		return r < 0 ? r : respond_see_other(response, "/settings/restore");
	}
	unlink(arriving);
	unlink(path);
	return settings_show(request, response, &sheet, 422);
}

/* What is there now beside what would come. */
static int show_restore(struct request *request, struct response *response, const char *path,
	struct sheet *sheet, unsigned status)
{
	struct backup_facts facts;
	struct log_summary now = { .count = 0 };
	char venue[VENUE_PRINT_SIZE];
	int64_t people = 0;

	venue_of(request, venue);
	int r = backup_inspect(path, venue, &facts);
	if (r == 0)
		r = tap_log_summary(request->stores.read, &now);
	if (r == 0)
		r = attendee_count(request->stores.read, &people);
	if (r < 0) {
		sheet_finish(sheet);
		return r;
	}
	return respond_page(response, status, "restore",
		sheet_into(sheet,
			json_pack("{s:I, s:I, s:I, s:I, s:b}", "taps", (json_int_t)facts.taps,
				"people", (json_int_t)facts.people, "taps_now",
				(json_int_t)now.count, "people_now", (json_int_t)people, "journal",
				request->site->config->storage.journal_copy[0] != '\0')));
}

int page_restore(struct request *request, struct response *response)
{
	char path[BACKUP_PATH_SIZE];
	struct sheet sheet;

	if (!path_of(request, WAITING, path) || access(path, R_OK) < 0)
		return respond_fault(response, 404, "");
	sheet_init(&sheet, request);
	return show_restore(request, response, path, &sheet, 200);
}

/* Only the kiosk may take its own log away: it does so when it starts again. */
static int hand_over(struct request *request, struct response *response, const char *path)
{
	char ready[BACKUP_PATH_SIZE];

	if (!path_of(request, RESTORE_READY, ready))
		return -EIO;
	int r = audit_note(request, "backup-restored", "", "");
	if (r == 0)
		r = file_move(path, ready);
	if (r < 0)
		return r;
	json_decref(kiosk_ask(request, "stop"));
	return respond_page(response, 200, "restoring", json_object());
}

int page_restore_act(struct request *request, struct response *response)
{
	char path[BACKUP_PATH_SIZE];
	struct sheet sheet;

	if (!path_of(request, WAITING, path) || access(path, R_OK) < 0)
		return respond_fault(response, 404, "");
	if (strcmp(request_field(request, "do"), "cancel") == 0) {
		unlink(path);
		return respond_see_other(response, "/settings?saved=cancelled#backup");
	}
	sheet_init(&sheet, request);
	if (strcmp(request_field(request, "sure"), "1") != 0)
		sheet_fault(&sheet, "sure", "sure.restore");
	const int r = confirm_password(request, response, &sheet, "pw");
	if (r == 0 && !sheet_is_good(&sheet))
		return show_restore(request, response, path, &sheet,
			json_object_get(sheet.faults, "pw") ? 403 : 422);
	sheet_finish(&sheet);
	if (r != 0)
		return r < 0 ? r : 0;
	return hand_over(request, response, path);
}
