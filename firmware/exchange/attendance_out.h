/**
 * The attendance log on its way out: csv, csv-excel, json, xlsx; columns as DESIGN 9 fixes them.
 * Streams to @out row by row, in bounded memory. The caller checks ferror and closes.
 */
#ifndef EXCHANGE_ATTENDANCE_OUT_H
#define EXCHANGE_ATTENDANCE_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/attendance.h"
#include "core/config.h"

enum attendance_format {
	ATTENDANCE_CSV,
	ATTENDANCE_CSV_EXCEL,
	ATTENDANCE_JSON,
	ATTENDANCE_XLSX,
	ATTENDANCE_FORMAT_COUNT
};
bool attendance_format_from_name(enum attendance_format *ret, const char *name);
const char *attendance_format_names(void); /* "csv, csv-excel, json or xlsx" */

/* The columns in their order: DESIGN 9. */
enum { ATTENDANCE_COLUMN_ATTENDEE = 17, ATTENDANCE_COLUMN_COUNT = 20 };
const char *attendance_column(size_t index);

struct attendance_out;
struct attendance_out *attendance_out_create(FILE *out, enum attendance_format format);
/* In which language a workbook's headers are; Dutch without it. Before the first line. */
void attendance_out_speak(struct attendance_out *writer, enum language language);
int attendance_out_line(
	struct attendance_out *writer, const struct attendance_line *line); /* 0 or -EIO */
/* Sentences on a last sheet of a workbook, called @title; other formats have no place for them.
 * After the last line; 0 or -errno. */
int attendance_out_notes(
	struct attendance_out *writer, const char *title, const char *const *lines, size_t count);
int attendance_out_end(struct attendance_out *writer); /* writes what closes the format */
void attendance_out_destroy(struct attendance_out *writer);

#endif
