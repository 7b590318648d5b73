/** Shared by import_job.c and import_forget.c. */
#ifndef WEB_IMPORT_JOB_PRIVATE_H
#define WEB_IMPORT_JOB_PRIVATE_H

#include "web/import_job.h"

#define IMPORT_FILE_NAME "file"
#define IMPORT_FILE_BYTES_MAX (64UL * 1024 * 1024)

int import_job_directory(char *ret, size_t size, const struct site *site, const char *id);
/* Calls @take for each job; its answer true removes the job. */
void import_job_each(const struct site *site,
	bool (*take)(void *context, const char *id, json_t *state), void *context);
int import_job_write(const char *directory, const json_t *state);
bool import_job_is_waiting(const json_t *state); /* lines that an import kept back */

/* Takes the lines of whoever was forgotten since out of every file that waits, whoever forgot them:
 * the command line, another kiosk, the page before it was cut short. */
void import_jobs_follow(const struct site *site, const struct stores *stores);
/* The same of one; true when nothing is left of it. */
bool import_job_follow(
	const struct site *site, const struct stores *stores, const char *id, json_t *state);

#endif
