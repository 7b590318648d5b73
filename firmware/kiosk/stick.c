#include "kiosk/stick.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/scope.h"
#include "core/text.h"

#define COPY_MS (10 * 60 * 1000) /* a stick that takes longer is broken */
#define LITTLE_BYTES 65536

struct mount {
	char device[PATH_MAX]; /* as in /sys: …/usb1/…/sda/sda1 */
	char name[64];         /* sda1 */
	char place[PATH_MAX];
};

/* \040 is a blank in the kernel's table. */
static void unescape(char *text)
{
	char *out = text;
	for (const char *in = text; *in; in++) {
		if (in[0] == '\\' && strspn(in + 1, "01234567") >= 3) {
			*out++ = (char)((in[1] - '0') << 6 | (in[2] - '0') << 3 | (in[3] - '0'));
			in += 3;
		} else {
			*out++ = *in;
		}
	}
	*out = '\0';
}

/* One line of /proc/self/mountinfo; false for what is no block device. */
static bool read_mount(const char *line, struct mount *ret)
{
	unsigned major, minor;
	char path[64];
	if (sscanf(line, "%*d %*d %u:%u %*s %4095s", &major, &minor, ret->place) != 3 || major == 0)
		return false;
	unescape(ret->place);
	snprintf(path, sizeof path, "/sys/dev/block/%u:%u", major, minor);
	if (!realpath(path, ret->device))
		return false;
	utf8_clip(ret->name, sizeof ret->name, strrchr(ret->device, '/') + 1);
	return true;
}

/* The disk, or the disk of a partition, says whether it comes out; every USB disk does. */
static bool is_removable(const struct mount *mount)
{
	static const char *const places[] = { "%s/removable", "%s/../removable" };
	if (strstr(mount->device, "/usb"))
		return true;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char path[PATH_MAX + 16];
		snprintf(path, sizeof path, places[i], mount->device);
		CLEANUP(fclosep) FILE *file = fopen(path, "re");
		if (file && fgetc(file) == '1')
			return true;
	}
	return false;
}

static bool has_label(const struct mount *mount, const char *label)
{
	char path[PATH_MAX], device[PATH_MAX];
	snprintf(path, sizeof path, "/dev/disk/by-label/%s", label);
	return realpath(path, device) && strcmp(strrchr(device, '/') + 1, mount->name) == 0;
}

/* Disks that are never pulled out: what the machine started from, and what the journal's copy lies
 * on. "" for none. */
struct staying {
	char home[64], copy[64];
};

/* "sda" of …/block/sda/sda1 */
static void disk_of(const char *device, char ret[64])
{
	const char *found = strstr(device, "/block/");
	utf8_clip(ret, 64, found ? found + strlen("/block/") : "");
	ret[strcspn(ret, "/")] = '\0';
}

static bool is_staying(const struct staying *staying, const char *device)
{
	char disk[64];
	disk_of(device, disk);
	return disk[0] && (strcmp(disk, staying->home) == 0 || strcmp(disk, staying->copy) == 0);
}

static bool is_under(const char *path, const char *place)
{
	const size_t length = strlen(place);
	return length > 1 && strncmp(path, place, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

static void find_staying(FILE *table, const char *journal_copy, struct staying *ret)
{
	char line[3 * PATH_MAX];
	*ret = (struct staying){ "", "" };
	while (table && fgets(line, sizeof line, table)) {
		struct mount mount;
		if (!read_mount(line, &mount))
			continue;
		if (strcmp(mount.place, "/") == 0)
			disk_of(mount.device, ret->home);
		if (is_under(journal_copy, mount.place))
			disk_of(mount.device, ret->copy);
	}
	if (table)
		rewind(table);
}

/* A USB disk is plugged in, mounted or not. */
static bool is_plugged_in(const struct staying *staying)
{
	DIR *directory = opendir("/sys/block");
	const struct dirent *entry;
	bool found = false;
	while (directory && !found && (entry = readdir(directory))) {
		char path[300], device[PATH_MAX];
		snprintf(path, sizeof path, "/sys/block/%s", entry->d_name);
		found = realpath(path, device) && strstr(device, "/usb") &&
			!is_staying(staying, device);
	}
	if (directory)
		closedir(directory);
	return found;
}

static int judge(const char *place)
{
	struct stat state;
	struct statvfs volume;
	if (stat(place, &state) < 0 || !S_ISDIR(state.st_mode))
		return -ENOENT;
	if (statvfs(place, &volume) == 0 && volume.f_flag & ST_RDONLY)
		return -EROFS;
	return 0;
}

static bool is_wanted(const struct mount *mount, const char *label, const struct staying *staying)
{
	if (label[0])
		return has_label(mount, label);
	return is_removable(mount) && !is_staying(staying, mount->device);
}

static int find_mounted(const char *label, const char *journal_copy, char ret[CONFIG_PATH_SIZE])
{
	CLEANUP(fclosep) FILE *table = fopen("/proc/self/mountinfo", "re");
	struct staying staying;
	char line[3 * PATH_MAX];
	find_staying(table, journal_copy, &staying);
	while (table && fgets(line, sizeof line, table)) {
		struct mount mount;
		if (!read_mount(line, &mount) || strlen(mount.place) >= CONFIG_PATH_SIZE ||
			!is_wanted(&mount, label, &staying))
			continue;
		utf8_clip(ret, CONFIG_PATH_SIZE, mount.place);
		return judge(ret);
	}
	return is_plugged_in(&staying) ? -ENOMEDIUM : -ENOENT;
}

int stick_find(const char *wanted, const char *journal_copy, char ret[CONFIG_PATH_SIZE])
{
	if (wanted[0] != '/')
		return find_mounted(wanted, journal_copy, ret);
	utf8_clip(ret, CONFIG_PATH_SIZE, wanted);
	return judge(wanted);
}

static enum stick_state state_of(int trouble)
{
	switch (trouble) {
	case 0:
		return STICK_COPYING;
	case -ENOENT:
		return STICK_NONE;
	case -ENOMEDIUM:
		return STICK_UNREADABLE;
	case -EROFS:
		return STICK_READ_ONLY;
	default:
		return STICK_FAILED;
	}
}

void stick_copy(struct stick *stick, const struct stick_command *command, int64_t at_ms)
{
	if (stick->state == STICK_COPYING)
		return;
	const char *argv[] = { command->program, "--data", command->data, "export", "stick",
		stick->directory, command->config_path ? "--config" : NULL, command->config_path,
		NULL };
	int r = stick_find(command->wanted, command->journal_copy, stick->directory);
	if (r == 0)
		r = process_start(&stick->copy, (char *const *)(uintptr_t)argv, -1);
	stick->state = state_of(r);
	stick->started_ms = at_ms;
	if (r < 0)
		log_warn("stick: the log is not copied: %s", strerror(-r));
}

/* The child said why in the journal; this says it on the screen. */
static enum stick_state why(const char *directory)
{
	const int r = judge(directory);
	if (r == -ENOENT)
		return STICK_GONE;
	if (r == -EROFS)
		return STICK_READ_ONLY;
	return disk_free_bytes(directory) < LITTLE_BYTES ? STICK_FULL : STICK_FAILED;
}

bool stick_tick(struct stick *stick, int64_t at_ms)
{
	char said[256];
	int status;
	if (stick->state != STICK_COPYING)
		return false;
	if (read(stick->copy.pipe_fd, said, sizeof said) < 0 && errno != EAGAIN)
		log_warn("stick: %s",
			strerror(errno)); /* what it says is for people; the end counts */
	if (at_ms - stick->started_ms > COPY_MS) {
		process_kill(&stick->copy);
		stick->state = STICK_FAILED;
		return true;
	}
	if (!process_ended(&stick->copy, &status))
		return false;
	stick->state = status == 0 ? STICK_DONE : why(stick->directory);
	log_info("stick: the log was %s to %s", status == 0 ? "copied" : "not copied",
		stick->directory);
	return true;
}

void stick_finish(struct stick *stick)
{
	process_kill(&stick->copy);
	stick->state = STICK_IDLE;
}
