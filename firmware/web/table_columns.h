/**
 * The columns of an uploaded list: what each is called, is taken for, and looks like. LANE_LONG.
 */
#ifndef WEB_TABLE_COLUMNS_H
#define WEB_TABLE_COLUMNS_H

#include "core/attendee_line.h"
#include "web/import_job.h"

/* As below the titles: [{index, header, example, options: [{column, chosen}]}], with each column's
 * place in the file. */
json_t *table_columns_json(
	const struct import_job *job, unsigned header_line, const int places[COLUMN_COUNT]);

#endif
