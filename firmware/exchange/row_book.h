/**
 * A workbook (XLSX) of plain rows as a stream: what is written goes out at once, nothing waits in a
 * scratch file, so that a browser sees its first byte before the last row is read. Numbers are
 * numbers and dates are dates; text is text, whatever sign it begins with. What needs a chart is a
 * workbook.h. One thread.
 */
#ifndef EXCHANGE_ROW_BOOK_H
#define EXCHANGE_ROW_BOOK_H

#include <stdio.h>

#include "exchange/attendance_out.h"

struct row_book;

struct row_book *row_book_create(FILE *out, enum language language); /* NULL without memory */
/* A row of the sheet Attendance, which begins with the first; another sheet where one is full.
 * All: 0 or -errno. */
int row_book_attendance(struct row_book *book, const struct attendance_line *line);
/* A sheet called @title for a list of texts, and its rows. */
int row_book_list(
	struct row_book *book, const char *title, const char *const *columns, size_t count);
int row_book_list_row(struct row_book *book, const char *const *cells, size_t count);
/* A sheet of sentences: what the other sheets hold and how it came to be. */
int row_book_notes(
	struct row_book *book, const char *title, const char *const *lines, size_t count);
int row_book_end(struct row_book *book);
void row_book_destroy(struct row_book *book); /* NULL is fine */

#endif
