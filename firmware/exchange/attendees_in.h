/**
 * Attendee lists: CSV by comma, semicolon or tab, with or without BOM, UTF-8 (Windows-1252 is
 * recognised and converted), Dutch or English headers and values, in any column order; other
 * programs' files by a column map. Titles may stand above the header.
 */
#ifndef EXCHANGE_ATTENDEES_IN_H
#define EXCHANGE_ATTENDEES_IN_H

#include "core/attendee_line.h"
#include "exchange/attendee_columns.h"

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

/* Whom each line is about, whatever else is wrong with it: values as they stand in the file, names
 * and address as attendees_read has them; a badge that is none is IDENTITY_NONE. @sink->reject is
 * never called. */
int attendees_people(const char *bytes, size_t length, const struct column_map *map,
	const struct attendee_sink *sink, struct rejection *ret_refusal);

#endif
