/**
 * The columns of a list of attendees: their headers in both languages and in other programs, what
 * their values may be, and a map for headers that nobody knows. Pure apart from memory.
 */
#ifndef EXCHANGE_ATTENDEE_COLUMNS_H
#define EXCHANGE_ATTENDEE_COLUMNS_H

#include "core/attendee_line.h"
#include "exchange/table.h"

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

/* Whether it can tell who somebody is: a badge, or a name. */
bool attendee_column_names(enum attendee_column column);
size_t attendee_column_bytes(enum attendee_column column); /* that a value may have */
/* The word that is meant, "" for an empty cell, NULL for one that is not allowed; static, or @cell.
 */
const char *attendee_value_meant(enum attendee_column column, const char *cell);

/* On which line the header stands, below titles and the like: of the first rows the one with most
 * columns that are known, else with most cells; 0 in an empty file. */
unsigned attendee_header_line(const char *bytes, size_t length, const struct column_map *map);
#define HEADER_NAME_SIZE 128
/* What a cell of the header is called in a column map: its text, and "[3]" where that alone would
 * not tell it apart. Returns @ret. */
const char *attendee_header_name(
	const struct table_row *header, size_t place, char ret[HEADER_NAME_SIZE]);
/* In which cell of a header each column stands; -1 for none. */
void attendee_columns_find(
	const struct table_row *header, const struct column_map *map, int ret_places[COLUMN_COUNT]);

#endif
