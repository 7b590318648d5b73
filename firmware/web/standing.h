/** Where the clusters stand against their targets, as Live and the report show it. Pure. */
#ifndef WEB_STANDING_H
#define WEB_STANDING_H

#include <jansson.h>

#include "core/figures.h"
#include "web/parts.h"

/* {list: one row a cluster with its windows, width: of the widest, reached, count, near and
 * near_left: the cluster that has one to four to go, room: the one with most to go, total: of all
 * clusters together, each organisation and person once}. */
json_t *standing_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language);

/* Null when it is withheld. */
json_t *figure_json(int64_t number);

#endif
