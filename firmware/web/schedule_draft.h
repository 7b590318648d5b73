/**
 * A schedule that somebody uploaded, as it was read with the answers given so far: what it would
 * change, which tracks and rooms it asks about, what is wrong with it. LANE_LONG.
 */
#ifndef WEB_SCHEDULE_DRAFT_H
#define WEB_SCHEDULE_DRAFT_H

#include "exchange/schedule_in.h"
#include "web/import_job.h"
#include "web/parts.h"
#include "web/questions.h"
#include "web/revision.h"
#include "web/timetable.h"

struct schedule_draft {
	const struct request *request; /* borrowed, as @job */
	const struct import_job *job;
	struct cluster_list clusters;
	struct event event;
	struct schedule_import *import; /* NULL for a preview */
	struct questions questions;
	json_t *tracks, *rooms; /* tracks and rooms: how many sessions have each */
	int64_t sessions, added, changed, same;
	enum schedule_format format;
	struct timetable read; /* of a preview */
	struct rejection refusal;
};

/* Its faulty lines from @from on (questions.h). 0 or -errno; finish it in either case. */
int schedule_draft_init(struct schedule_draft *ret, const struct request *request,
	const struct import_job *job, const char *from);
void schedule_draft_finish(struct schedule_draft *draft);

/* Reads the file. 0; -EINVAL when it is no schedule; -errno. */
int schedule_draft_read(struct schedule_draft *draft);
/* What a preview shows of it; after the reading. 0; 1 when that page has no lines: it is to be read
 * with @ret_from; -ENOMEM. */
int schedule_draft_json(
	struct schedule_draft *draft, json_t **ret, char ret_from[QUESTION_PLACE_SIZE]);
/* Whether each track that the kiosk does not know has a cluster. */
bool schedule_draft_is_answered(const struct schedule_draft *draft);

/* Names the programme that the draft was laid beside: another one makes a preview untrue. */
int schedule_draft_revision(const struct schedule_draft *draft, char ret[REVISION_SIZE]);

#endif
