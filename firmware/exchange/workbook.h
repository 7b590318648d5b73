/**
 * The participation report as a spreadsheet (XLSX) with its chart, by libxlsxwriter, in constant
 * memory: rows go to a scratch file as they come. Plain rows are a row_book.h.
 * Numbers are numbers and dates are dates; text is text, whatever sign it begins with. One thread.
 */
#ifndef EXCHANGE_WORKBOOK_H
#define EXCHANGE_WORKBOOK_H

#include <stdio.h>

#include "core/figures.h"
#include "exchange/attendance_out.h"

struct workbook;

/* 0 or -errno when there is no room for the scratch file (in TMPDIR, else /var/tmp). */
int workbook_create(struct workbook **ret, enum language language);
/* Sheets Summary, Clusters with a chart against the target, Organisations, Crossovers, Events,
 * Months and Sessions. */
int workbook_participation(struct workbook *workbook, const struct participation *participation);
/* A row of the sheet Attendance, which begins with the first; another sheet where one is full. */
int workbook_attendance(struct workbook *workbook, const struct attendance_line *line);
/* Closes the workbook and copies it to @out. */
int workbook_end(struct workbook *workbook, FILE *out);
void workbook_destroy(struct workbook *workbook); /* NULL is fine */

#endif
