/**
 * One reading of a list of attendees that somebody uploaded, with the repairs made so far and what
 * was decided about badges: for a look at what it would change, or for the import. LANE_LONG.
 */
#ifndef WEB_ATTENDEE_READING_H
#define WEB_ATTENDEE_READING_H

#include "base/seal.h"
#include "exchange/attendees_in.h"
#include "web/doubts.h"
#include "web/import_job.h"
#include "web/parts.h"
#include "web/questions.h"
#include "web/roll.h"

struct attendee_reading {
	const struct request *request; /* borrowed, as @job */
	const struct import_job *job;
	struct venue_key key;
	struct cluster_list clusters;
	struct column_map map;
	int places[COLUMN_COUNT];
	unsigned header_line;  /* titles may stand above it */
	struct import *import; /* NULL for a look */
	json_t *held;          /* if there: the numbers of the lines that can not go in */
	void (*fault)(void *context, const struct rejection *rejection); /* each of them; NULL */
	void *context;
	struct questions questions;
	json_t *changes;                     /* [{who, was, is}] */
	int64_t changes_first, changes_most; /* which of them are listed */
	int64_t lines, ready, added, changed, same, moved, missing;
	struct rejection refusal; /* of the file as a whole */
	bool full;                /* the list is said to be complete */
	bool pretix;              /* it has that program's columns */
	struct roll listed;       /* who stands in it, if so */
	json_t *gone;             /* who does not: [{id, who}], as many as changes */
	struct doubts doubts;     /* of a look */
};

/* Of a look: @from and @answered as questions_init has them, @kinds as doubts_init. NULL without
 * memory. */
struct attendee_reading *attendee_reading_create(const struct request *request,
	const struct import_job *job, const char *from, const struct request *answered,
	json_t *kinds);
void attendee_reading_destroy(struct attendee_reading *reading); /* NULL is fine */

/* 0; -EINVAL with the refusal; -errno. */
int attendee_reading_run(struct attendee_reading *reading);
/* The file with the repairs in it; without any, as it came. 0 or as above. */
int attendee_reading_file(struct attendee_reading *reading, struct bytes *ret);

#endif
