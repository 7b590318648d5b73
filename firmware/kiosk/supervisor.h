/**
 * The reader processes: started, listened to, killed when their pulse stops, started again.
 *
 * libnfc may hang or die; a reader is therefore a child per [reader] section, and this is the only
 * place that knows it. Clerk thread only; time is a parameter in CLOCK_MONOTONIC milliseconds.
 */
#ifndef KIOSK_SUPERVISOR_H
#define KIOSK_SUPERVISOR_H

#include "base/process.h"
#include "core/config.h"
#include "core/report.h"

/* A pulse is due every half second; the longest legal libnfc call takes 1.8 s (reference: 4.1). */
#define READER_LATE_MS 2500
#define READER_DEAD_MS 5000

struct supervised {
	char name[CONFIG_NAME_SIZE];
	char *argv[8];
	struct process process;
	enum reader_state state;
	int64_t pulsed_ms, started_ms, restart_at_ms;
	unsigned failures;
	uint64_t opens, errors, hits, restarts;
	bool pulsed; /* or was started again, since the watchdog was last fed */
	/* What lies on the reader: a reader process that was started again sees it as new. */
	bool resting;
	struct badge_key resting_key;
	uint64_t resting_restarts; /* @restarts when it was laid there */
	uint8_t partial[REPORT_BYTES];
	size_t partial_length;
};

struct supervisor {
	struct supervised readers[CONFIG_READERS_MAX];
	size_t count;
	char program[CONFIG_PATH_SIZE], config_path[CONFIG_PATH_SIZE], data[CONFIG_PATH_SIZE];
};

/* @program is the reader's executable; @config_path NULL for the default. Starts nothing yet. */
void supervisor_init(struct supervisor *ret, const struct config *config, const char *program,
	const char *config_path, const char *data);
void supervisor_finish(struct supervisor *supervisor); /* SIGTERM to all, then SIGKILL */

/* Starts, restarts and kills what is due. */
void supervisor_tick(struct supervisor *supervisor, int64_t now_ms);
int64_t supervisor_next_ms(const struct supervisor *supervisor, int64_t now_ms);

/* Takes the next message of reader @index; false when there is none now. Notices a reader that went
 * away. */
bool supervisor_take(
	struct supervisor *supervisor, size_t index, int64_t now_ms, struct report *ret);

/* True while at least one reader takes badges. */
bool supervisor_is_up(const struct supervisor *supervisor, int64_t now_ms);
/* True when every reader has said more than "starting". */
bool supervisor_has_spoken(const struct supervisor *supervisor);
/* True when every reader pulsed, or was started again, since the last call that returned true. */
bool supervisor_take_pulses(struct supervisor *supervisor);

#endif
