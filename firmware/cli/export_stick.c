/* incheckpaal export stick: the log in every format, with checksums, into a new folder of a stick.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/scope.h"
#include "base/seal.h"
#include "cli/cli.h"
#include "cli/export.h"
#include "cli/words.h"
#include "core/text.h"
#include "store/tap_log.h"

enum { PATH_SIZE = 4096, FOLDERS_A_MINUTE = 100, LITTLE_BYTES = 65536 };

static const struct {
	const char *name;
	enum attendance_format format;
} files[] = {
	{ "attendance.csv", ATTENDANCE_CSV },
	{ "attendance-excel.csv", ATTENDANCE_CSV_EXCEL },
	{ "attendance.json", ATTENDANCE_JSON },
};
enum { FILE_COUNT = sizeof files / sizeof files[0] };

/* Letters that every file system takes. */
static void plain_name(char *ret, size_t size, const char *name)
{
	utf8_clip(ret, size, name);
	for (char *letter = ret; *letter; letter++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
			    *letter))
			*letter = '-';
}

/* Makes a folder that was not there: who copies twice has both. */
static int make_folder(const struct cli *cli, const char *stick, char *ret, size_t size)
{
	char kiosk[CONFIG_NAME_SIZE], day[TIME_TEXT_SIZE];
	struct calendar now;
	const int64_t wall_ms = clock_wall_ms();
	plain_name(kiosk, sizeof kiosk, cli->config.kiosk.name);
	calendar_of(&now, wall_ms, clock_utc_offset_min(wall_ms));
	snprintf(day, sizeof day, "%04d-%02d-%02d-%02d%02d", now.year, now.month, now.day, now.hour,
		now.minute);
	for (int i = 1; i < FOLDERS_A_MINUTE; i++) {
		char again[8] = "";
		if (i > 1)
			snprintf(again, sizeof again, "-%d", i);
		if ((size_t)snprintf(
			    ret, size, "%s/incheckpaal-%s-%s%s", stick, kiosk, day, again) >= size)
			return -ENAMETOOLONG;
		if (mkdir(ret, 0755) == 0)
			return 0;
		if (errno != EEXIST)
			return -errno;
	}
	return -EEXIST;
}

static int write_checksums(const char *folder)
{
	char path[PATH_SIZE], sums[FILE_COUNT * 128];
	size_t length = 0;
	for (size_t i = 0; i < FILE_COUNT; i++) {
		char digest[SHA256_TEXT_SIZE];
		if (!path_join(path, sizeof path, folder, files[i].name))
			return -ENAMETOOLONG;
		const int r = seal_file_sha256(digest, path);
		if (r < 0)
			return r;
		length += (size_t)snprintf(
			sums + length, sizeof sums - length, "%s  %s\n", digest, files[i].name);
	}
	if (!path_join(path, sizeof path, folder, "SHA256SUMS"))
		return -ENAMETOOLONG;
	return file_write_whole(path, sums, length, 0644);
}

/* Everything of the stick's file system, its own tables too: it may be pulled out after this. */
static int settle(const char *stick)
{
	CLEANUP(closep) int fd = open(stick, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 || fsync(fd) < 0 || syncfs(fd) < 0 ? -errno : 0;
}

static int copy(struct cli *cli, struct store *store, const char *stick, const char *folder)
{
	int r = 0;
	for (size_t i = 0; i < FILE_COUNT && r == 0; i++) {
		char path[PATH_SIZE];
		r = path_join(path, sizeof path, folder, files[i].name)
			    ? export_file(cli, store, files[i].format, path)
			    : -ENAMETOOLONG;
	}
	if (r == 0)
		r = write_checksums(folder);
	return r == 0 ? settle(stick) : r;
}

/* A half copy is worse than none. */
static void remove_folder(const char *folder)
{
	DIR *directory = opendir(folder);
	const struct dirent *entry;
	while (directory && (entry = readdir(directory)))
		unlinkat(dirfd(directory), entry->d_name, 0);
	if (directory)
		closedir(directory);
	rmdir(folder);
}

int command_export_stick(struct cli *cli)
{
	static const struct words full = { "the stick is full", "de stick is vol" },
				  shut = { "the stick is protected against writing",
					  "de stick is tegen schrijven beveiligd" };
	char folder[PATH_SIZE];
	struct store *store;
	if (!cli_expect(cli, 2, 2))
		return EXIT_USAGE;
	const char *stick = cli->words[1];
	if (cli_store(cli, STORE_READ, &store) < 0)
		return EXIT_FAILED;
	int r = make_folder(cli, stick, folder, sizeof folder);
	const bool made = r == 0;
	if (made)
		r = copy(cli, store, stick, folder);
	store_close(store);
	if (r == 0) {
		cli_say("the log is in %s; the stick may be pulled out\n",
			"het logboek staat in %s; de stick mag eruit\n", folder);
		return EXIT_DONE;
	}
	/* stdio tells of a full medium as of any other trouble. */
	if (r == -EIO && disk_free_bytes(stick) < LITTLE_BYTES)
		r = -ENOSPC;
	if (made)
		remove_folder(folder);
	return cli_fail("%s: nothing was copied: %s", "%s: er is niets gekopieerd: %s", stick,
		r == -ENOSPC  ? cli_words(&full)
		: r == -EROFS ? cli_words(&shut)
			      : cli_strerror(-r));
}
