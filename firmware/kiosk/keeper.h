/**
 * The keeper: a thread of its own for what must not make a tap wait. It has its own connection.
 *
 * After each tap it copies it to the journal copy. When nobody has tapped for a few seconds it
 * seals the log, forgets whose time is up, wipes what is left of their names, and makes the backup
 * of the day; a tap that comes meanwhile ends that, and it is tried again later. What was missed
 * while the power was off is done at the next start.
 */
#ifndef KIOSK_KEEPER_H
#define KIOSK_KEEPER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"

enum copy_state { COPY_NONE, COPY_CURRENT, COPY_BEHIND, COPY_SAME_MEDIUM, COPY_STATE_COUNT };
const char *copy_state_name(enum copy_state state); /* "none", "current", "behind", "same-medium" */

struct keeper;

/* @config and @data outlive it. NULL without memory; what it can not do is logged. Main thread. */
struct keeper *keeper_create(const struct config *config, const char *data);
void keeper_destroy(struct keeper *keeper); /* seals what was not; NULL is fine */

/* From the clerk's thread; NULL is fine. A tap is about to be decided: let go of the database. */
void keeper_yield(struct keeper *keeper);
/* It was answered. */
void keeper_tapped(struct keeper *keeper);

struct keeper_status {
	enum copy_state copy;
	int64_t backup_wall_ms; /* of the newest made or found; 0 for none yet */
	bool purge_due, damaged;
};
void keeper_status(const struct keeper *keeper, struct keeper_status *ret);

#endif
