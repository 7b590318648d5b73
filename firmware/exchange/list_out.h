/**
 * A list of texts on its way out as csv, csv-excel, json or xlsx: one line of column names and rows
 * of as many cells. Streams to @out in bounded memory. The caller checks ferror and closes. One
 * thread.
 */
#ifndef EXCHANGE_LIST_OUT_H
#define EXCHANGE_LIST_OUT_H

#include "exchange/attendance_out.h"

#define LIST_COLUMNS_MAX 24

struct list_head {
	const char *title;          /* of the sheet */
	const char *const *columns; /* as programs know them */
	size_t count;               /* at most LIST_COLUMNS_MAX */
};

struct list_out;
/* @head lives as long as the writer; NULL without memory. */
struct list_out *list_out_create(FILE *out, enum attendance_format format, enum language language,
	const struct list_head *head);
/* 0 or -errno. */
int list_out_row(struct list_out *writer, const char *const *cells);
int list_out_end(struct list_out *writer);
void list_out_destroy(struct list_out *writer);

#endif
