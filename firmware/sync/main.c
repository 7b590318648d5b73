/* incheckpaal-sync: the bill of materials, and the round that it goes. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/config_file.h"
#include "base/daemon.h"
#include "base/log.h"
#include "base/service.h"
#include "base/sync_state.h"
#include "core/backoff.h"
#include "core/text.h"
#include "sync/courier.h"
#include "sync/watch.h"
#include "version.h"

#define IDLE_MS 30000
#define FIRST_PAUSE_MS 1000
#define LONGEST_PAUSE_MS 300000

struct sync {
	struct arguments arguments;
	struct config config;
	struct venue_key key;
	int signal_fd;
	struct hub *hub;
	struct watch *watch;
	struct courier *courier;
	unsigned failures;       /* in a row */
	struct sync_state state; /* as it was written */
	int64_t written_ms;      /* monotonic */
};

static const struct daemon_name name = { "incheckpaal-sync", INCHECKPAAL_VERSION,
	"Usage: incheckpaal-sync [--config FILE] [--data DIR] [--help] [--version]\n\n"
	"Copies the taps in DIR (" DATA_DEFAULT_DIRECTORY "), without names, to the central\n"
	"PostgreSQL that [sync] hub names. Without a hub it has nothing to do and ends.\n"
	"Options of the file (" CONFIG_DEFAULT_PATH "): see incheckpaal.conf(5).\n" };

static bool open_all(struct sync *sync)
{
	int r = seal_start();
	if (r == 0)
		r = venue_key_load(&sync->key, sync->arguments.data, false);
	if (r < 0) {
		venue_key_log(r, sync->arguments.data);
		return false;
	}
	r = sync->signal_fd = daemon_signals();
	if (r >= 0)
		r = hub_create(&sync->hub, sync->signal_fd);
	if (r == 0)
		r = watch_create(&sync->watch, sync->arguments.data, sync->signal_fd);
	if (r == 0)
		r = courier_create(&sync->courier, sync->hub, &sync->key);
	if (r < 0)
		log_error("sync: %s", strerror(-r));
	return r == 0;
}

static void close_all(struct sync *sync)
{
	courier_destroy(sync->courier);
	watch_destroy(sync->watch);
	hub_destroy(sync->hub);
	if (sync->signal_fd >= 0)
		close(sync->signal_fd);
	explicit_bzero(&sync->key, sizeof sync->key);
}

static int say(struct sync_state *state, int r, const char *words)
{
	utf8_clip(state->words, sizeof state->words, words);
	return r;
}

static int connect_hub(struct sync *sync, struct sync_state *state)
{
	if (hub_is_connected(sync->hub))
		return 0;
	courier_forget(sync->courier);
	const int r = hub_connect(sync->hub, sync->config.sync.hub);
	return r < 0 ? say(state, r, hub_words(sync->hub)) : 0;
}

/* The log first: without one there is nothing to say to the hub. */
static int go_round(struct sync *sync, struct sync_state *state, int64_t *ret_again_ms)
{
	struct store *store;
	bool anew;
	int r = watch_store(sync->watch, &store, &anew);
	if (r < 0)
		return say(state, r, "the log can not be read; does the kiosk run?");
	if (anew)
		courier_forget(sync->courier);
	r = connect_hub(sync, state);
	if (r == 0)
		r = courier_round(sync->courier, store, state, ret_again_ms);
	if (r == 0)
		r = hub_run(sync->hub, "SELECT", 0, NULL, NULL); /* is it still there? */
	state->waiting = courier_waiting(sync->courier, store);
	return r;
}

/* Said when it changes, and kept where others can read it. */
static void tell_people(struct sync *sync, const struct sync_state *state)
{
	const int64_t now_ms = clock_mono_ns() / 1000000;
	const bool changed =
		state->health != sync->state.health || strcmp(state->words, sync->state.words) != 0;
	if (changed && state->health == SYNC_CURRENT)
		log_info("sync: the hub has all taps");
	else if (changed)
		log_warn("sync: %s", state->words);
	if (changed)
		service_status(state->words[0] ? state->words : "the hub has all taps");
	const bool same = !changed && state->waiting == sync->state.waiting &&
			  state->last_ms - sync->state.last_ms < SYNC_STATE_MS;
	if (same && now_ms - sync->written_ms < SYNC_STATE_MS)
		return;
	const int r = sync_state_write(sync->arguments.run, state);
	if (r < 0 && changed)
		log_warn("sync: its state can not be written: %s", strerror(-r));
	sync->state = *state;
	sync->written_ms = now_ms;
}

/* How long to wait for the next round. */
static int64_t settle(struct sync *sync, int r, struct sync_state *state, int64_t again_ms)
{
	if (r >= 0) {
		sync->failures = 0;
		state->health = SYNC_CURRENT;
		state->words[0] = '\0';
		state->last_ms = clock_wall_ms();
		const int64_t left_ms = again_ms - clock_mono_ns() / 1000000;
		return r == 0 || left_ms > IDLE_MS ? IDLE_MS : left_ms;
	}
	hub_disconnect(sync->hub);
	state->health = r == -EPERM || r == -EUCLEAN ? SYNC_REFUSED : SYNC_AWAY;
	sync->failures++;
	return backoff_ms(sync->failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS, random_below(1001));
}

static void run(struct sync *sync)
{
	int64_t wait_ms = 0, again_ms = 0;
	service_ready("beginning");
	while (watch_wait(sync->watch, wait_ms, sync->failures == 0)) {
		struct sync_state state = sync->state;
		const int r = go_round(sync, &state, &again_ms);
		if (r == -ECANCELED)
			break;
		wait_ms = settle(sync, r, &state, again_ms);
		tell_people(sync, &state);
	}
	service_stopping();
	sync_state_remove(sync->arguments.run);
}

int main(int argc, char **argv)
{
	static struct sync sync = { .signal_fd = -1 };
	int status;
	if (!daemon_begin(&name, argc, argv, &sync.arguments, &sync.config, &status))
		return status;
	if (!sync.config.sync.hub[0]) {
		log_info("sync: no hub is configured: this kiosk keeps its taps to itself");
		service_ready("no hub is configured");
		return EXIT_DONE;
	}
	const bool opened = open_all(&sync);
	if (opened)
		run(&sync);
	close_all(&sync);
	return opened ? EXIT_DONE : EXIT_FAILED;
}
