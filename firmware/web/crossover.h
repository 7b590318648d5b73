/** Who comes to whose sessions: check-ins by the cluster of the organisation and of the session.
 * Pure. */
#ifndef WEB_CROSSOVER_H
#define WEB_CROSSOVER_H

#include <jansson.h>

#include "core/figures.h"
#include "web/parts.h"

/* {rows: the organisation's cluster with a cell for each of the session, tinted 1 to 5 by its share
 * of the largest; sums: of the columns; all; outside_own: which part of it was at another cluster;
 * left_out: check-ins at these sessions of people without a cluster; visitors: one and other, the
 * two clusters that go to others most; strangers: those that seldom meet; null when it is not
 * clear}. */
json_t *crossover_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language);

#endif
