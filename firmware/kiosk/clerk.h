/**
 * The clerk: owns the database, listens to the readers and to the control socket, decides, commits,
 * and tells the screen. One thread, one poll() loop; nothing on a tap's way waits for anything but
 * its one fsync.
 */
#ifndef KIOSK_CLERK_H
#define KIOSK_CLERK_H

#include "base/seal.h"
#include "core/debounce.h"
#include "kiosk/desk.h"
#include "kiosk/facts.h"
#include "kiosk/hindsight.h"
#include "kiosk/keeper.h"
#include "kiosk/leaving.h"
#include "kiosk/letters.h"
#include "kiosk/link.h"
#include "kiosk/power_watch.h"
#include "kiosk/question.h"
#include "kiosk/service_screen.h"
#include "kiosk/supervisor.h"
#include "kiosk/test_tap.h"
#include "kiosk/walk_in.h"
#include "store/override.h"

#define PENDING_MAX 1024 /* taps kept in memory while nothing can be stored */

#define CLERK_PULSE_MS 1000 /* how old what the screen says of itself may be */

enum start_step { STEP_STORAGE, STEP_CLOCK, STEP_READER, STEP_SCHEDULE };

struct clerk {
	struct options options;
	bool options_changed;        /* and screen and log do not know yet */
	const struct config *config; /* as it holds now: options.now */
	const char *data;            /* directory */
	const char *run;             /* directory */
	struct post post;
	struct store *store; /* owned by the caller, used by this thread alone */
	struct venue_key venue_key;
	struct keeper *keeper; /* owned by the caller; NULL when there is none */
	/* What was done to a damaged log at this start; "" for nothing. */
	const struct said *rescued;
	struct supervisor readers;
	struct desk desk;
	int clock_fd;

	struct programme_cache programme;
	struct debounce debounce;
	struct board board;   /* as last sent */
	struct moment anchor; /* as last stored; grade none at first */
	bool untimed;         /* since then nobody has known the time */
	bool ready, said_ready, stopping;
	int64_t started_ms, refreshed_ms, tapped_ms, checkpointed_ms, looked_ms;

	unsigned faults; /* as last sent */
	int64_t fault_since_wall_ms;
	int64_t storage_since_wall_ms; /* of storage_failed */
	bool storage_failed;
	int64_t retry_ms;
	struct tap *pending; /* PENDING_MAX slots */
	size_t pending_count;
	uint64_t dropped; /* taps that no longer fitted in memory */

	int64_t last_seq, ticket;
	uint64_t taps;
	struct link link;
	struct service_screen service;
	struct test_tap test_tap;

	struct question question;
	struct walk_in_desk walk_ins;
	struct leaving leaving;
	struct hindsight hindsight;
	struct power_watch power;

	struct note screen; /* its last pulse */
	bool screen_pulsed;
	int64_t shown_ms; /* when something was last sent to be shown */
	int64_t fed_ms;
};

/* @config is what the file says, and stays; @listen_fd is taken over. 0 or -errno after logging. */
int clerk_init(struct clerk *ret, const struct config *config, const char *data,
	struct store *store, struct post post, int listen_fd);
void clerk_finish(struct clerk *clerk);

/* Runs until the screen says stop. For pthread_create: @clerk is a struct clerk *. */
void *clerk_run(void *clerk);

/* Tells the screen; when it takes no orders the picture is dropped, never the tap. */
void clerk_send(struct clerk *clerk, const struct order *order);

/* Shows the answer to a tap. */
void clerk_answer(struct clerk *clerk, const struct answer *answer);
/* The storage does not take what must be kept: out of service until it does. */
void clerk_storage_trouble(struct clerk *clerk, int trouble, int64_t at_ms);
/* A screen that is no tap's answer: @name is who or what it speaks of, @more what else. */
/* Somebody said what time it is. */
void clerk_clock_changed(struct clerk *clerk);
void clerk_show(struct clerk *clerk, enum screen screen, const char *name, const char *more);

/* The status line for `incheckpaal status --json`; malloc, to be freed. */
char *clerk_status_json(const struct clerk *clerk);

#endif
