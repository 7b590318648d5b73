/**
 * Reads back what attendance_out wrote, one row at a time, to tell where two files part. Not a
 * parser for what other programs write. Pure but for the FILE.
 */
#ifndef EXCHANGE_ATTENDANCE_IN_H
#define EXCHANGE_ATTENDANCE_IN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "exchange/attendance_out.h"

#define ATTENDANCE_ID_SIZE 37

/* By how the file begins; false when it is none that attendance_out makes. Rewinds @in. */
bool attendance_in_format(FILE *in, enum attendance_format *ret);

/* Reads the next row as it stands, with the line breaks that are inside its cells, into *@row
 * (malloc, grown; free by the caller). Its length without the line's end; -1 at the end of the
 * file. */
long attendance_in_row(FILE *in, enum attendance_format format, char **row, size_t *size);

/* Which tap the row says it is about. False for the header, the brackets of JSON, and nonsense. */
bool attendance_in_key(const char *row, enum attendance_format format,
	char ret_log[ATTENDANCE_ID_SIZE], int64_t *ret_seq);

/* Does the row carry names? They are exported only on request. */
bool attendance_in_personal(const char *row, enum attendance_format format);

/* The first column in which the two rows differ; "the row" when it is not one column. */
const char *attendance_in_difference(
	const char *row, const char *expected, enum attendance_format format);

#endif
