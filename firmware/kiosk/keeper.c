#include "kiosk/keeper.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arguments.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/sign.h"
#include "store/attendee.h"
#include "store/backup.h"
#include "store/journal.h"
#include "store/log_seal.h"
#include "store/override.h"
#include "store/privacy.h"

#define CACHE_KIB 256 /* it reads from one end to the other, or what was just written */
#define QUIET_MS 3000
#define ROUND_MS 60000 /* how often chores are looked at when all is done */
#define RETRY_MS 5000  /* after one that was ended by a tap, or failed */
#define FORGET_EVERY_MS (3600 * 1000)
#define RENEW_EVERY_MS (600 * 1000) /* a morning of preparing costs a few copies, not hundreds */
#define ROOM_BYTES (16LL << 20)     /* left for the log */
#define DAY_MS (24 * 3600 * 1000LL)

struct keeper {
	const struct config *config;
	const char *data;
	pthread_t thread;
	int wake_fd;
	atomic_bool stopping, holding; /* @holding: it may hold the write lock for a while */
	_Atomic int64_t tapped_ms;
	struct store *store;
	struct sign_key key;
	bool has_key;

	struct journal *journal;
	int64_t journal_tried_ms, forgot_ms, chores_ms, renewed_ms, renewed_version;
	int journal_trouble, backup_trouble; /* as last said */
	bool warmed, checked;

	_Atomic int copy;
	_Atomic int64_t backup_wall_ms;
	atomic_bool purge_due, damaged;
};

static const char *const copy_names[] = { "none", "current", "behind", "same-medium" };

const char *copy_state_name(enum copy_state state)
{
	return copy_names[state];
}

static int64_t now_ms(void)
{
	return clock_mono_ns() / 1000000;
}

/* A trouble is said once, when it changes. */
static void say(int *said, int trouble, const char *what)
{
	if (trouble != *said && trouble < 0)
		log_warn("%s: %s", what, strerror(-trouble));
	else if (trouble != *said)
		log_info("%s: goes on again", what);
	*said = trouble;
}

static bool is_same_medium(const struct keeper *keeper)
{
	struct stat here, there;
	return stat(keeper->data, &here) == 0 &&
	       stat(keeper->config->storage.journal_copy, &there) == 0 &&
	       here.st_dev == there.st_dev;
}

/* The tap's second copy; whatever the medium missed while it was away comes along. */
static void copy_journal(struct keeper *keeper)
{
	const char *directory = keeper->config->storage.journal_copy;
	int64_t r = 0;
	if (!directory[0])
		return;
	if (!keeper->journal) {
		if (keeper->journal_tried_ms && now_ms() - keeper->journal_tried_ms < RETRY_MS)
			return;
		keeper->journal_tried_ms = now_ms();
		r = journal_open(&keeper->journal, directory, keeper->store);
	}
	if (r == 0)
		r = journal_catch_up(keeper->journal, keeper->store);
	if (r < 0) {
		journal_close(keeper->journal);
		keeper->journal = NULL;
	}
	say(&keeper->journal_trouble, r < 0 ? (int)r : 0, "journal copy");
	atomic_store(&keeper->copy, r < 0                    ? COPY_BEHIND
				    : is_same_medium(keeper) ? COPY_SAME_MEDIUM
							     : COPY_CURRENT);
}

static bool is_quiet(const struct keeper *keeper)
{
	return now_ms() - atomic_load(&keeper->tapped_ms) >= QUIET_MS;
}

static bool goes_on(void *context)
{
	const struct keeper *keeper = context;
	return !atomic_load(&keeper->stopping);
}

static int seal(struct keeper *keeper)
{
	if (!keeper->has_key)
		return 0;
	const int r = log_seal_make(keeper->store, &keeper->key, clock_wall_ms());
	return r < 0 ? r : 0;
}

/* How long names are kept: what the page chose, else what the file says. */
static int64_t keep_names_ms(struct keeper *keeper)
{
	struct options options;
	options_init(&options, keeper->config);
	const int r = options_refresh(&options, keeper->store, true);
	return r < 0 ? r : options.now.privacy.keep_names_days * DAY_MS;
}

/* Only by a clock that can be trusted: what is forgotten does not come back. */
static int forget(struct keeper *keeper)
{
	const int64_t now_wall_ms = clock_trusted_ms();
	int64_t count;
	if (!now_wall_ms || (keeper->forgot_ms && now_ms() - keeper->forgot_ms < FORGET_EVERY_MS))
		return 0;
	const int64_t keep_ms = keep_names_ms(keeper);
	const int r = keep_ms < 0 ? (int)keep_ms
				  : privacy_forget_due(keeper->store, keep_ms, now_wall_ms, &count);
	if (r < 0)
		return r;
	keeper->forgot_ms = now_ms();
	if (count > 0)
		log_info("privacy: %lld attendees forgotten, their time is up", (long long)count);
	return 0;
}

static int purge(struct keeper *keeper)
{
	if (!privacy_purge_is_due(keeper->store)) {
		atomic_store(&keeper->purge_due, false);
		return 0;
	}
	atomic_store(&keeper->purge_due, true);
	atomic_store(&keeper->holding, true);
	int r = is_quiet(keeper) ? privacy_purge(keeper->store) : -EINTR;
	atomic_store(&keeper->holding, false);
	if (r < 0)
		return r;
	int damaged = 0;
	const int64_t keep_ms = keep_names_ms(keeper);
	r = keep_ms < 0 ? (int)keep_ms
			: backup_clean(keeper->store, keeper->data,
				  keeper->config->storage.journal_copy, keep_ms, clock_network_ms(),
				  &damaged);
	if (damaged > 0)
		log_warn("privacy: %d damaged copies still hold names", damaged);
	if (r < 0)
		log_warn("privacy: a copy that can not be cleaned now holds names: %s",
			strerror(-r));
	if (r < 0 || damaged > 0) /* the next round is soon enough: each rewrites the log */
		return r == -EINTR ? r : 0;
	r = privacy_purge_done(keeper->store);
	if (r == 0) {
		atomic_store(&keeper->purge_due, false);
		log_info("privacy: what was left of forgotten names is wiped");
	}
	return r;
}

/* A backup must never be what fills the medium that taps go to. */
static bool has_room(const struct keeper *keeper, const char *directory)
{
	char path[4096];
	struct stat state;
	return path_join(path, sizeof path, keeper->data, STORE_FILE_NAME) &&
	       stat(path, &state) == 0 &&
	       disk_free_bytes(directory) > 2 * state.st_size + ROOM_BYTES;
}

/* What is there already is made anew only while nobody taps. */
static bool renewal_goes_on(void *context)
{
	return goes_on(context) && is_quiet(context);
}

/* Whether today's backup may be behind what was prepared since. */
static bool renews(struct keeper *keeper, int64_t version)
{
	if (keeper->renewed_ms && now_ms() - keeper->renewed_ms < RENEW_EVERY_MS)
		return false;
	if (keeper->renewed_ms && version == keeper->renewed_version)
		return false;
	keeper->renewed_ms = now_ms();
	return true;
}

static int back_up_to(struct keeper *keeper, const char *directory, const char *log_id, bool renew)
{
	if (!has_room(keeper, directory))
		return -ENOSPC;
	char words[128];
	const int64_t wall_ms = clock_wall_ms();
	int r = backup_daily(keeper->data, directory, log_id, wall_ms, false, goes_on, keeper,
		words, sizeof words);
	if (r == 0 && renew)
		r = backup_daily(keeper->data, directory, log_id, wall_ms, true, renewal_goes_on,
			keeper, words, sizeof words);
	if (r == 1)
		log_info("backup: made in %s/" BACKUP_DIRECTORY, directory);
	return r < 0 ? r : 0;
}

static int back_up(struct keeper *keeper)
{
	struct moment now;
	clock_read(&now);
	if (!clock_is_trusted(now.grade)) /* a wrong date would push out good backups */
		return 0;
	const int64_t version = store_data_version(keeper->store);
	const bool renew = renews(keeper, version);
	int r = back_up_to(keeper, keeper->data, "", renew);
	if (r == 0)
		atomic_store(&keeper->backup_wall_ms, now.wall_ms);
	const char *copy = keeper->config->storage.journal_copy;
	const bool has_copy = copy[0] && access(copy, W_OK) == 0;
	if (r == 0 && has_copy)
		r = back_up_to(keeper, copy, store_log_id(keeper->store), renew);
	/* A medium that is away, or failed, is looked at again though nothing changes. */
	if (r == 0 && renew && (has_copy || !copy[0]))
		keeper->renewed_version = version;
	if (r == -ECANCELED)
		keeper->renewed_ms = 0;
	else
		say(&keeper->backup_trouble, r, "backup");
	return r;
}

static int warm(struct keeper *keeper)
{
	if (keeper->warmed)
		return 0;
	keeper->warmed = true;
	return store_warm(keeper->store);
}

/* A file too large to be read before the first tap is read now, once. */
static int look_for_damage(struct keeper *keeper)
{
	if (keeper->checked)
		return 0;
	const int r = store_check(keeper->store);
	keeper->checked = r == 0 || r == -EUCLEAN;
	if (r == -EUCLEAN) {
		atomic_store(&keeper->damaged, true);
		log_error("store: the log is damaged (%s); restart the kiosk to put the newest "
			  "backup and the journal copy in its place",
			store_words(keeper->store));
		return store_mark_damaged(keeper->store);
	}
	return r;
}

/* What a power cut left of a list that was being taken in. */
static int finish_imports(struct keeper *keeper)
{
	return attendee_import_resume(keeper->store);
}

static void do_chores(struct keeper *keeper)
{
	/* Nothing is made of a damaged log, least of all a backup that pushes out a good one. */
	static int (*const chores[])(struct keeper *) = { warm, look_for_damage, finish_imports,
		seal, forget, purge, back_up };
	int r = 0;
	for (size_t i = 0; i < sizeof chores / sizeof chores[0] && is_quiet(keeper) &&
			   !atomic_load(&keeper->stopping) && !atomic_load(&keeper->damaged);
		i++) {
		const int outcome = chores[i](keeper);
		r = outcome < 0 ? outcome : r;
	}
	keeper->chores_ms = now_ms() + (r < 0 || !is_quiet(keeper) ? RETRY_MS : ROUND_MS);
}

/* Blocks until a tap, the end, or the next chore. */
static void wait_for_work(struct keeper *keeper)
{
	struct pollfd wake = { .fd = keeper->wake_fd, .events = POLLIN };
	const int64_t quiet_ms = atomic_load(&keeper->tapped_ms) + QUIET_MS;
	const int64_t next_ms = keeper->chores_ms > quiet_ms ? keeper->chores_ms : quiet_ms;
	int64_t wait_ms = next_ms - now_ms();
	if (atomic_load(&keeper->copy) == COPY_BEHIND && wait_ms > RETRY_MS)
		wait_ms = RETRY_MS;
	uint64_t times;
	if (poll(&wake, 1, wait_ms > 0 ? (int)wait_ms : 0) > 0 &&
		read(keeper->wake_fd, &times, sizeof times) == sizeof times)
		keeper->chores_ms = 0; /* there is something new to seal */
}

static void *run(void *context)
{
	struct keeper *keeper = context;
	while (!atomic_load(&keeper->stopping)) {
		copy_journal(keeper);
		if (is_quiet(keeper) && now_ms() >= keeper->chores_ms)
			do_chores(keeper);
		wait_for_work(keeper);
	}
	copy_journal(keeper);
	seal(keeper);
	return NULL;
}

static int open_all(struct keeper *keeper)
{
	char path[4096];
	keeper->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (keeper->wake_fd < 0)
		return -errno;
	keeper->has_key = sign_key_load(&keeper->key, keeper->data, true) == 0;
	if (!keeper->has_key)
		log_warn("%s/" SIGN_KEY_FILE ": can not be read; the log is not sealed",
			keeper->data);
	if (!path_join(path, sizeof path, keeper->data, STORE_FILE_NAME))
		return -ENAMETOOLONG;
	const int r = store_open(&keeper->store, path, STORE_WRITE);
	if (r == 0)
		store_set_cache(keeper->store, CACHE_KIB);
	return r;
}

struct keeper *keeper_create(const struct config *config, const char *data)
{
	struct keeper *keeper = calloc(1, sizeof *keeper);
	if (!keeper)
		return NULL;
	keeper->config = config;
	keeper->data = data;
	atomic_store(&keeper->tapped_ms, now_ms());
	int r = open_all(keeper);
	if (r == 0)
		r = -pthread_create(&keeper->thread, NULL, run, keeper);
	if (r < 0) {
		log_error("keeper: no backups and no journal copy are made: %s", strerror(-r));
		store_close(keeper->store);
		if (keeper->wake_fd >= 0)
			close(keeper->wake_fd);
		free(keeper);
		return NULL;
	}
	pthread_setname_np(keeper->thread, "keeper");
	return keeper;
}

static void wake(struct keeper *keeper)
{
	const uint64_t once = 1;
	if (write(keeper->wake_fd, &once, sizeof once) != sizeof once)
		log_warn("keeper: can not be woken");
}

void keeper_destroy(struct keeper *keeper)
{
	if (!keeper)
		return;
	atomic_store(&keeper->stopping, true);
	wake(keeper);
	pthread_join(keeper->thread, NULL);
	journal_close(keeper->journal);
	store_close(keeper->store);
	close(keeper->wake_fd);
	explicit_bzero(&keeper->key, sizeof keeper->key);
	free(keeper);
}

void keeper_yield(struct keeper *keeper)
{
	if (!keeper)
		return;
	atomic_store(&keeper->tapped_ms, now_ms());
	if (atomic_load(&keeper->holding))
		store_interrupt(keeper->store);
}

void keeper_tapped(struct keeper *keeper)
{
	if (!keeper)
		return;
	atomic_store(&keeper->tapped_ms, now_ms());
	wake(keeper);
}

void keeper_status(const struct keeper *keeper, struct keeper_status *ret)
{
	*ret = (struct keeper_status){ .copy = COPY_NONE };
	if (!keeper)
		return;
	ret->copy = (enum copy_state)atomic_load(&keeper->copy);
	ret->backup_wall_ms = atomic_load(&keeper->backup_wall_ms);
	ret->purge_due = atomic_load(&keeper->purge_due);
	ret->damaged = atomic_load(&keeper->damaged);
}
