#include "exchange/attendance_in.h"

#include <stdlib.h>
#include <string.h>

#define MARK "\xEF\xBB\xBF"
#define FIRST_COLUMN "log_id"

static char separator_of(enum attendance_format format)
{
	return format == ATTENDANCE_CSV_EXCEL ? ';' : ',';
}

bool attendance_in_format(FILE *in, enum attendance_format *ret)
{
	static const struct {
		const char *opening;
		enum attendance_format format;
	} rows[] = {
		{ FIRST_COLUMN ",", ATTENDANCE_CSV },
		{ MARK FIRST_COLUMN ";", ATTENDANCE_CSV_EXCEL },
		{ "[\n{\"" FIRST_COLUMN "\":", ATTENDANCE_JSON },
		{ "[\n]", ATTENDANCE_JSON },
	};
	char opening[32] = "";
	const size_t got = fread(opening, 1, sizeof opening - 1, in);
	rewind(in);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const size_t length = strlen(rows[i].opening);
		if (got >= length && memcmp(opening, rows[i].opening, length) == 0) {
			*ret = rows[i].format;
			return true;
		}
	}
	return false;
}

/* Does the line open a quoted cell, or close the one that is open? JSON has no line break inside a
 * row. */
static bool turns(const char *line, size_t length, enum attendance_format format)
{
	const char *const end = line + length;
	bool odd = false;
	if (format == ATTENDANCE_JSON)
		return false;
	while ((line = memchr(line, '"', (size_t)(end - line))) != NULL) {
		odd = !odd;
		line++;
	}
	return odd;
}

/* Puts the line after the row; false without memory. */
static bool append(char **row, size_t *size, size_t length, const char *line, size_t added)
{
	if (length + added + 1 > *size) {
		char *grown = realloc(*row, 2 * (length + added + 1));
		if (!grown)
			return false;
		*row = grown;
		*size = 2 * (length + added + 1);
	}
	memcpy(*row + length, line, added + 1);
	return true;
}

/* The lines up to the one in which the row's open cell ends. */
static size_t read_on(
	FILE *in, enum attendance_format format, char **row, size_t *size, size_t length)
{
	char *line = NULL;
	size_t line_size = 0;
	ssize_t got;
	bool open = true;
	while (open && (got = getline(&line, &line_size, in)) > 0 &&
		append(row, size, length, line, (size_t)got)) {
		open ^= turns(line, (size_t)got, format);
		length += (size_t)got;
	}
	free(line);
	return length;
}

long attendance_in_row(FILE *in, enum attendance_format format, char **row, size_t *size)
{
	const ssize_t got = getline(row, size, in);
	if (got <= 0)
		return -1;
	size_t length = (size_t)got;
	if (turns(*row, length, format))
		length = read_on(in, format, row, size, length);
	while (length > 0 && strchr("\r\n", (*row)[length - 1]) && (*row)[length - 1])
		length--;
	(*row)[length] = '\0';
	return (long)length;
}

/* The bytes of the cell at @index and where they end; NULL when there are fewer cells. */
static const char *cell(const char *row, char separator, size_t index, size_t *ret_length)
{
	const char *start = row;
	bool quoted = false;
	for (const char *at = row;; at++) {
		if (*at == '"')
			quoted = !quoted;
		if (*at && (*at != separator || quoted))
			continue;
		if (index-- == 0) {
			*ret_length = (size_t)(at - start);
			return start;
		}
		if (!*at)
			return NULL;
		start = at + 1;
	}
}

/* The same in the one form in which attendance_out writes JSON: {"name":value,...}. */
static const char *member(const char *row, const char *name, size_t *ret_length)
{
	char mark[64];
	snprintf(mark, sizeof mark, "\"%s\":", name);
	const char *start = strstr(row, mark);
	if (!start)
		return NULL;
	start += strlen(mark);
	*ret_length = *start == '"' ? strcspn(start + 1, "\"") + 2 : strcspn(start, ",}");
	return start;
}

static bool key_of(const char *log, size_t log_length, const char *seq,
	char ret_log[ATTENDANCE_ID_SIZE], int64_t *ret_seq)
{
	char *end;
	const long long number = strtoll(seq, &end, 10);
	if (log_length != ATTENDANCE_ID_SIZE - 1 || end == seq || number < 1)
		return false;
	memcpy(ret_log, log, log_length);
	ret_log[log_length] = '\0';
	*ret_seq = number;
	return true;
}

bool attendance_in_key(const char *row, enum attendance_format format,
	char ret_log[ATTENDANCE_ID_SIZE], int64_t *ret_seq)
{
	size_t log_length, seq_length;
	if (format == ATTENDANCE_JSON) {
		const char *log = member(row, "log_id", &log_length);
		const char *seq = member(row, "seq", &seq_length);
		return log && seq && *log == '"' && log_length > 2 &&
		       key_of(log + 1, log_length - 2, seq, ret_log, ret_seq);
	}
	const char *log = cell(row, separator_of(format), 0, &log_length);
	const char *seq = cell(row, separator_of(format), 1, &seq_length);
	return log && seq && key_of(log, log_length, seq, ret_log, ret_seq);
}

bool attendance_in_personal(const char *row, enum attendance_format format)
{
	size_t length;
	if (format == ATTENDANCE_JSON) {
		const char *id = member(row, "attendee_id", &length);
		return id && length > 2;
	}
	const char *id = cell(row, separator_of(format), ATTENDANCE_COLUMN_ATTENDEE, &length);
	return id && length > 0;
}

static const char *json_difference(const char *row, const char *expected)
{
	for (size_t i = 0; i < ATTENDANCE_COLUMN_COUNT; i++) {
		size_t length = 0, expected_length = 0;
		const char *name = attendance_column(i);
		const char *value = member(row, name, &length);
		const char *wanted = member(expected, name, &expected_length);
		if (!value || !wanted || length != expected_length ||
			memcmp(value, wanted, length) != 0)
			return name;
	}
	return "the row";
}

const char *attendance_in_difference(
	const char *row, const char *expected, enum attendance_format format)
{
	if (format == ATTENDANCE_JSON)
		return json_difference(row, expected);
	const char separator = separator_of(format);
	for (size_t i = 0; i < ATTENDANCE_COLUMN_COUNT; i++) {
		size_t length = 0, expected_length = 0;
		const char *value = cell(row, separator, i, &length);
		const char *wanted = cell(expected, separator, i, &expected_length);
		if (!value || !wanted || length != expected_length ||
			memcmp(value, wanted, length) != 0)
			return attendance_column(i);
	}
	return "the row";
}
