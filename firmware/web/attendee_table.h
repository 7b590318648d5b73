/**
 * A list of attendees that somebody uploaded: what it would change, which lines can not go in as
 * they are, and the import itself. Every look reads the file anew with the repairs made so far.
 * LANE_LONG.
 */
#ifndef WEB_ATTENDEE_TABLE_H
#define WEB_ATTENDEE_TABLE_H

#include "web/import_job.h"

/* The data of the preview: {lines, ready, added, changed, same, faults, changes, columns, moved,
 * asks_twice, reason, full, missing, gone}, with at most @changes_max changes and gone: whom a list
 * that is said to be complete lacks. @ret is NULL only with -errno. -EINVAL: the file as a whole is
 * no list, and data is {reason}. */
int attendee_table_preview(const struct request *request, const struct import_job *job,
	size_t changes_max, json_t **ret);

/* Applies it in one flip. @ret: {added, changed, same, held, held_job}; lines that can not go in
 * are kept in a new job. -EINVAL as above. */
int attendee_table_import(
	const struct request *request, const struct import_job *job, json_t **ret);

/* The lines that can not go in as CSV: line,reason,original. malloc; NULL after trouble. */
char *attendee_table_faults_csv(
	const struct request *request, const struct import_job *job, size_t *ret_length);

#endif
