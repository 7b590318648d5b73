/** What else the city asks for, beside the number of organisations: education, fast growers, and
 * companies that are new and from elsewhere. Of those involved in any cluster. Pure. */
#ifndef WEB_REACHED_H
#define WEB_REACHED_H

#include <jansson.h>

#include "core/figures.h"
#include "web/parts.h"

enum reached { REACHED_EDUCATION, REACHED_GROWTH, REACHED_NEW };

/* [{name, level, growth, town, involved_in: clusters, persons, checkins, first_day}] of the first
 * @most; *@ret_count is of all. */
json_t *reached_json(const struct participation *from, const struct cluster_list *clusters,
	enum language language, enum reached group, int most, int *ret_count);

/* {education: {count, wo, hbo, mbo}, growers and newcomers: {count, first: [{name, town}], more}}:
 * in a few words. */
json_t *reached_in_short(const struct participation *from);

#endif
