/**
 * A lane: a thread with store handles of its own, for what takes too long for the thread that
 * serves everybody. Jobs are done one after another. create, post, collect and destroy on the
 * loop's thread.
 */
#ifndef WEB_LANE_H
#define WEB_LANE_H

#include "web/request.h"

struct job {
	void (*run)(struct job *job, const struct stores *stores); /* on the lane's thread */
	void (*done)(struct job *job);                             /* on the loop's, afterwards */
};

#define LANE_JOBS_MAX 128

struct lane;
/* @path: of the database; @config: what the file says, borrowed. NULL after logging why. */
struct lane *lane_create(
	const char *name, const char *path, const struct config *config, bool with_day);
bool lane_post(struct lane *lane, struct job *job); /* false when too many wait */
int lane_load(const struct lane *lane);             /* how many wait or are done now */
int lane_fd(const struct lane *lane);               /* readable when lane_collect has work */
void lane_collect(struct lane *lane);               /* calls done of what is finished */
void lane_destroy(struct lane *lane);               /* finishes what was posted; NULL is fine */

/* Handles with small caches: there are several, and the page is to stay small. 0 or -errno. */
int stores_open(struct stores *ret, const char *path, const struct config *config);
void stores_close(struct stores *stores);

#endif
