/** Shared by participation.c, which reads the counters, and participation_sum.c, which adds up. */
#ifndef STORE_PARTICIPATION_PRIVATE_H
#define STORE_PARTICIPATION_PRIVATE_H

#include "store/participation.h"
#include "store/store_private.h"

/* Where a counter belongs. */
struct spot {
	int session, event, cluster, month; /* indices; -1 for none */
	int64_t day;
	bool within; /* the period and the event that were asked for */
};

/* One counter of check-ins, within what was asked for. */
struct presence_row {
	struct spot at;
	int organisation; /* index of the root; -1 for people without one, or pending */
	bool pending;
	int64_t checkins, stays, stay_ms;
};

/* What is held while the counters are read. */
struct reading {
	struct store *store;
	const struct participation_query *query;
	struct participation *to;
	int64_t event_number; /* of the event asked for; 0 for all */

	/* All organisations, sessions and events there are; @index_of turns numbers into indices.
	 */
	struct figures_organisation *organisations;
	struct figures_session *sessions;
	struct figures_trend *events, *months;
	int *root_of; /* of each organisation */
	int64_t *session_day;
	size_t organisation_count, session_count, event_count, month_count, month_capacity;
	int32_t *index_of;
	size_t number_count;

	struct spot last; /* of the session and event below: their rows stand together */
	int64_t last_session, last_event;

	struct presence_row *rows;
	size_t row_count;
	int64_t *checkins, *units; /* by cluster and organisation */
};

/* participation_people.c: counts persons, each once per session, cluster, event, month and in all.
 */
int participation_people(struct reading *reading);
/* participation_sum.c: adds up what was read into reading->to. 0 or -ENOMEM. */
int participation_sum(struct reading *reading);

/* The index of the organisation, session or event that has this number in counters; -1 for none. */
int participation_index(const struct reading *reading, int64_t number);

/* Where the counter in the first three columns (session, event, day) belongs; 0 or -ENOMEM. */
int spot_of_row(struct reading *reading, sqlite3_stmt *row, struct spot *ret);

#endif
