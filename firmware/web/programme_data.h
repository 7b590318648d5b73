/** The programme of the event that is on, as pages need it. Any lane's thread. */
#ifndef WEB_PROGRAMME_DATA_H
#define WEB_PROGRAMME_DATA_H

#include "store/planned.h"
#include "web/parts.h"
#include "web/response.h"

struct programme {
	struct event event; /* id "" without one */
	struct session *sessions;
	size_t count;
	struct cluster_list clusters;
};
int programme_load(struct programme *ret, const struct request *request);
void programme_finish(struct programme *programme);

/* The distinct rooms, to choose from. */
json_t *programme_rooms_json(const struct programme *programme);
/* Which of the days that the programme's page shows it is on, from 1. */
int programme_day(const struct programme *programme, const struct session *session);
/* Another session in the same room at the same time; NULL for none. */
const struct session *programme_overlap(
	const struct programme *programme, const struct session *session);

/* The programme's page, with err.@fault at its file ("" for none). */
int programme_show(
	struct request *request, struct response *response, const char *fault, unsigned status);

#endif
