/**
 * What the columns of lists are called: chosen on the page of an import, and kept by name for the
 * next list of the same program. The thread of a lane.
 */
#ifndef WEB_COLUMN_MAPS_H
#define WEB_COLUMN_MAPS_H

#include "web/import_job.h"

/* [name] of those that were kept. */
json_t *column_map_names(const struct request *request);

/* The headers that were chosen for each of @columns (table_columns.h) go to the job; a name that
 * was given keeps them. 0 or -errno. */
int column_map_take(
	const struct request *request, const struct import_job *job, const json_t *columns);

#endif
