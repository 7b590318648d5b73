/**
 * A list of attendees that somebody uploaded: what it would change, which lines can not go in as
 * they are, and the import itself. Every look reads the file anew with the repairs made so far.
 * LANE_LONG.
 */
#ifndef WEB_ATTENDEE_TABLE_H
#define WEB_ATTENDEE_TABLE_H

#include "web/import_job.h"

struct attendee_look {
	const char *from; /* where the page of questions begins */
	int64_t changes_first, changes_most;
};

/* The data of a preview: {lines, ready, added, changed, same, held, doubted, changes, moved,
 * asks_twice, reason, full, missing, gone} and what questions_into adds; gone: whom a list that is
 * said to be complete lacks; refusal and refusal_line: why it is no list at all. @ret is NULL only
 * with -errno. -EINVAL: the file as a whole is no list.
 */
int attendee_table_look(const struct request *request, const struct import_job *job,
	const struct attendee_look *look, json_t **ret);

/* {problems, doubts} that the form of @request answers. As above. */
int attendee_table_answered(
	const struct request *request, const struct import_job *job, json_t **ret);

/* The columns of the file, as table_columns.h has them. 0 or -errno. */
int attendee_table_columns(
	const struct request *request, const struct import_job *job, json_t **ret);

/* Applies it in one flip. @ret: {added, changed, same, held, held_job}; lines that can not go in
 * are kept in a new job. -EINVAL as above. */
int attendee_table_import(
	const struct request *request, const struct import_job *job, json_t **ret);

/* The lines that can not go in as CSV of the language: number, reason, the line as it was. malloc;
 * NULL after trouble. */
char *attendee_table_faults_csv(
	const struct request *request, const struct import_job *job, size_t *ret_length);

#endif
