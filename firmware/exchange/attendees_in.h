/**
 * Attendee lists: CSV by comma, semicolon or tab, with or without BOM, UTF-8 (Windows-1252 is
 * recognised and converted), Dutch or English headers and values, in any column order; other
 * programs' files by a column map.
 */
#ifndef EXCHANGE_ATTENDEES_IN_H
#define EXCHANGE_ATTENDEES_IN_H

#include "core/attendee_line.h"
#include "exchange/schedule_in.h"

/* Header text of another program for each column; NULL where the usual headers hold, "" where there
 * is no such column. */
struct column_map {
	char *headers[COLUMN_COUNT];
};
/* INI-like lines "given_name = Attendee name"; # comments. -EINVAL with @ret_refusal. */
int column_map_read(
	struct column_map *ret, const char *text, size_t length, struct rejection *ret_refusal);
void column_map_finish(struct column_map *map);

const char *attendee_column_name(enum attendee_column column); /* "given_name"; static */
const struct fault_column *attendee_column_said(enum attendee_column column);

struct table_row;
/* In which cell of a header each column stands; -1 for none. */
void attendee_columns_find(
	const struct table_row *header, const struct column_map *map, int ret_places[COLUMN_COUNT]);

struct attendee_sink {
	void *context;
	int (*attendee)(void *context, const struct attendee_line *line, unsigned line_number);
	void (*reject)(void *context, const struct rejection *rejection);
};

/* As schedule_read. @known_cluster tells whether a cluster code exists ("" never asked); names in
 * either language are mapped to codes by @cluster_of, which returns a code or NULL. @map may be
 * NULL. */
int attendees_read(const char *bytes, size_t length, const struct column_map *map,
	const char *(*cluster_of)(void *context, const char *name), void *cluster_context,
	const struct attendee_sink *sink, struct rejection *ret_refusal);

#endif
