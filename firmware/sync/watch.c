#include "sync/watch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/clock.h"
#include "base/service.h"

#define BURST_MS 200   /* several taps, one round */
#define SLICE_MS 30000 /* between two pulses of the watchdog */

struct watch {
	char data[4096], path[4096];
	int notify_fd, signal_fd;
	struct store *store; /* NULL for none */
	dev_t device;        /* of the file that is open */
	ino_t inode;
};

int watch_create(struct watch **ret, const char *data, int signal_fd)
{
	struct watch *watch = calloc(1, sizeof *watch);
	if (!watch)
		return -ENOMEM;
	watch->signal_fd = signal_fd;
	watch->notify_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (watch->notify_fd < 0 ||
		!path_join(watch->path, sizeof watch->path, data, STORE_FILE_NAME) ||
		!path_join(watch->data, sizeof watch->data, data, ".")) {
		watch_destroy(watch);
		return -EIO;
	}
	*ret = watch;
	return 0;
}

void watch_destroy(struct watch *watch)
{
	if (!watch)
		return;
	store_close(watch->store);
	if (watch->notify_fd >= 0)
		close(watch->notify_fd);
	free(watch);
}

static bool is_the_open_one(const struct watch *watch, const struct stat *file)
{
	return watch->store && watch->device == file->st_dev && watch->inode == file->st_ino;
}

int watch_store(struct watch *watch, struct store **ret, bool *ret_anew)
{
	struct stat file;
	if (stat(watch->path, &file) < 0)
		return -errno;
	*ret_anew = !is_the_open_one(watch, &file);
	if (*ret_anew) {
		store_close(watch->store);
		watch->store = NULL;
		const int r = store_open(&watch->store, watch->path, STORE_FOLLOW);
		if (r < 0)
			return r;
		watch->device = file.st_dev;
		watch->inode = file.st_ino;
	}
	*ret = watch->store;
	return 0;
}

static void drain(int fd)
{
	char events[4096];
	while (read(fd, events, sizeof events) > 0)
		;
}

/* True when @fd, or the program's end, is there before the time is up. */
static bool poll_until(int fd, int signal_fd, int64_t until_ms)
{
	struct pollfd slots[] = { { signal_fd, POLLIN, 0 }, { fd, POLLIN, 0 } };
	for (;;) {
		const int64_t left_ms = until_ms - clock_mono_ns() / 1000000;
		if (left_ms <= 0)
			return false;
		const int ready = poll(slots, 2, left_ms < SLICE_MS ? (int)left_ms : SLICE_MS);
		service_feed_watchdog();
		if (ready > 0)
			return true;
	}
}

static bool is_to_end(const struct watch *watch)
{
	struct pollfd slot = { watch->signal_fd, POLLIN, 0 };
	return poll(&slot, 1, 0) > 0;
}

bool watch_wait(struct watch *watch, int64_t most_ms, bool for_writing)
{
	const int64_t until_ms = clock_mono_ns() / 1000000 + most_ms;
	/* The directory, since the files beside the database come and go. Watched already is fine.
	 */
	inotify_add_watch(watch->notify_fd, watch->data, IN_MODIFY | IN_CREATE | IN_MOVED_TO);
	if (poll_until(for_writing ? watch->notify_fd : -1, watch->signal_fd, until_ms))
		poll_until(-1, watch->signal_fd, clock_mono_ns() / 1000000 + BURST_MS);
	drain(watch->notify_fd);
	return !is_to_end(watch);
}
