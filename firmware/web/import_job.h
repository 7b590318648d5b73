/**
 * An import that waits for somebody to look at it: the file as it came and what was decided about
 * it, in DATA/imports/ID. It survives a restart. A job that nobody ends goes after a day; lines
 * that an import kept back go when the names of the people who came in with it would. LANE_LONG.
 */
#ifndef WEB_IMPORT_JOB_H
#define WEB_IMPORT_JOB_H

#include <jansson.h>

#include "core/schedule.h"
#include "web/request.h"

struct import_job {
	char id[ID_TEXT_SIZE];
	char directory[512];
	/* {kind, filename, mode, who, made_ms, state, map, repairs, held_of, result}:
	 * state is "preview", "done" or "cancelled"; repairs by line number. */
	json_t *state;
};

/* Begins one with the file's bytes; old ones are cleared away. 0 or -errno. */
int import_job_create(struct import_job *ret, const struct request *request, const char *kind,
	const char *mode, const struct bytes *file, const char *filename);
/* The one called @id; -ENOENT, also when it is not of @kind or is over. */
int import_job_open(
	struct import_job *ret, const struct request *request, const char *id, const char *kind);
int import_job_save(const struct import_job *job); /* whole, fsynced */
int import_job_file(const struct import_job *job, struct bytes *ret);
void import_job_finish(struct import_job *job);

const char *import_job_text(const struct import_job *job, const char *key); /* "" for none */

/* Takes out the lines of whoever was forgotten since they came, as import_job_open does of the one
 * that it opens: by whichever program. Removes those whose time is up, by a clock that can be
 * trusted (store/stamp.h). */
void import_jobs_sweep(const struct site *site, const struct stores *stores);

/* Takes the lines about @person, as they came or with what was typed for them, out of every file
 * that waits, what was typed, and their name out of the files' names; what is done with is gone
 * already. */
struct attendee;
int import_jobs_forget(const struct request *request, const struct attendee *person);

/* Lines kept back by earlier imports that still wait: how many, the id of the newest such job (""
 * for none), and until when the first of them are kept. */
int import_job_waiting(
	const struct request *request, char ret_id[ID_TEXT_SIZE], int64_t *ret_until_ms);

#endif
