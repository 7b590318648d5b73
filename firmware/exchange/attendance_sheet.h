/** A row of the attendance log as a spreadsheet has it: numbers and dates as such. Any thread. */
#ifndef EXCHANGE_ATTENDANCE_SHEET_H
#define EXCHANGE_ATTENDANCE_SHEET_H

#include "core/attendance.h"
#include "core/config.h"
#include "exchange/attendance_out.h"

enum sheet_kind { SHEET_TEXT, SHEET_NUMBER, SHEET_TIME };

struct sheet_cell {
	enum sheet_kind kind;
	const char *text; /* of the line, or lasting; "" for an empty cell */
	double number;    /* a time: days, as spreadsheets count them */
};

const char *attendance_sheet_name(enum language language);
const char *const *attendance_sheet_columns(enum language language); /* ATTENDANCE_COLUMN_COUNT */
void attendance_sheet_row(struct sheet_cell ret[ATTENDANCE_COLUMN_COUNT],
	const struct attendance_line *line, enum language language);

#endif
