/** Shared by day.c, which counts, and day_json.c, which tells. */
#ifndef WEB_DAY_PRIVATE_H
#define WEB_DAY_PRIVATE_H

#include "store/attendee.h"
#include "store/participation.h"
#include "store/programme.h"
#include "store/tap_day.h"
#include "web/day.h"
#include "web/parts.h"
#include "web/roll.h"

#define LAST_MAX 6

struct arrival {
	int64_t wall_ms;
	bool sure; /* of a clock that was set, then or later */
	char attendee[ID_TEXT_SIZE], name[2 * NAME_SIZE], organisation[ORGANISATION_SIZE];
};

struct day {
	bool valid;
	int64_t version;
	struct span today, shown;    /* what it was counted of: whole days */
	int64_t first_day, last_day; /* of those shown, at the venue */
	struct margins margins;
	bool past;       /* @shown is the last day, not today */
	int64_t next_ms; /* past: when the next day begins; 0 never */
	struct day_counts counts;
	/* Other kiosks by the number of their log, from 63 on together: at which doors somebody
	 * came, and at which somebody left. */
	uint64_t came, left;
	struct roll people, organisations, strangers;
	struct arrival last[LAST_MAX]; /* newest first */
	size_t last_count;
	struct event event; /* title "" for none */
	struct session *sessions;
	size_t session_count;
	struct cluster_list clusters;
	struct participation *figures; /* of the event until now; NULL until somebody looks */
	int64_t attendees;
};

/* Counts anew if anything changed. 0 or -errno. */
int day_refresh(struct day *day, struct store *store, const struct config *config);
/* Counts the participation in the event, unless it is known; none without an event. 0 or -errno. */
int day_participation(struct day *day, struct store *store, const struct config *config);

#endif
