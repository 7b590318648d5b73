#include "exchange/attendance_out.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/row_book.h"

#define LINE_BYTES 16384 /* longer than any row: each text comes from a bounded field */

/* DESIGN 9: the columns, in this order. */
static const char *const columns[ATTENDANCE_COLUMN_COUNT] = { "log_id", "seq", "time", "time_grade",
	"time_raw", "kiosk", "event", "session", "session_id", "room", "session_cluster",
	"direction", "verdict", "counted", "organisation", "organisation_kind",
	"organisation_cluster", "attendee_id", "name", "note" };
enum { COLUMN_COUNT = ATTENDANCE_COLUMN_COUNT, SEQ = 1, COUNTED = 13 };
/* Ids, numbers, times and our own words: nothing in them asks for quotes or defusing. */
static const bool is_plain[COLUMN_COUNT] = { [0] = true,
	[SEQ] = true,
	[2] = true,
	[3] = true,
	[4] = true,
	[11] = true,
	[12] = true,
	[COUNTED] = true };

static const struct {
	const char *name, *line_end, *mark;
	char separator;
	const char *yes, *no;
	size_t (*time)(char *ret, size_t size, int64_t wall_ms, int32_t utc_offset_min);
} formats[ATTENDANCE_FORMAT_COUNT] = {
	[ATTENDANCE_CSV] = { "csv", "\n", "", ',', "yes", "no", time_iso },
	[ATTENDANCE_CSV_EXCEL] = { "csv-excel", "\r\n", "\xEF\xBB\xBF", ';', "ja", "nee",
		time_dutch },
	[ATTENDANCE_JSON] = { "json", "\n", "", ',', "true", "false", time_iso },
	[ATTENDANCE_XLSX] = { "xlsx", "", "", ',', "", "", time_iso },
};

struct attendance_out {
	FILE *out;
	enum attendance_format format;
	enum language language;
	struct row_book *book; /* of XLSX, once begun */
	bool begun;
	char line[LINE_BYTES];
};

const char *attendance_column(size_t index)
{
	return columns[index];
}

bool attendance_format_from_name(enum attendance_format *ret, const char *name)
{
	for (int i = 0; i < ATTENDANCE_FORMAT_COUNT; i++) {
		if (strcmp(formats[i].name, name) == 0) {
			*ret = (enum attendance_format)i;
			return true;
		}
	}
	return false;
}

const char *attendance_format_names(void)
{
	return "csv, csv-excel, json or xlsx";
}

struct attendance_out *attendance_out_create(FILE *out, enum attendance_format format)
{
	struct attendance_out *writer = calloc(1, sizeof *writer);
	if (writer) {
		writer->out = out;
		writer->format = format;
	}
	return writer;
}

void attendance_out_destroy(struct attendance_out *writer)
{
	if (writer)
		row_book_destroy(writer->book);
	free(writer);
}

void attendance_out_speak(struct attendance_out *writer, enum language language)
{
	writer->language = language;
}

static int put(struct attendance_out *writer, const char *text)
{
	return fputs(text, writer->out) < 0 ? -EIO : 0;
}

static int begin(struct attendance_out *writer)
{
	writer->begun = true;
	if (writer->format == ATTENDANCE_XLSX)
		return (writer->book = row_book_create(writer->out, writer->language)) ? 0
										       : -ENOMEM;
	if (writer->format == ATTENDANCE_JSON)
		return put(writer, "[");
	const char separator[2] = { formats[writer->format].separator, '\0' };
	int r = put(writer, formats[writer->format].mark);
	for (size_t i = 0; i < COLUMN_COUNT && r == 0; i++) {
		r = i ? put(writer, separator) : 0;
		r = r == 0 ? put(writer, columns[i]) : r;
	}
	return r == 0 ? put(writer, formats[writer->format].line_end) : r;
}

/* The row's cells as text, in the order of @columns. */
struct cells {
	char seq[DIGITS_TEXT_SIZE], time[TIME_TEXT_SIZE], raw[TIME_TEXT_SIZE];
	const char *texts[COLUMN_COUNT];
};

static void fill(
	struct cells *ret, const struct attendance_line *line, enum attendance_format format)
{
	digits_text(ret->seq, line->seq, 1);
	formats[format].time(ret->time, sizeof ret->time, line->wall_ms, line->utc_offset_min);
	const bool repaired = line->raw_wall_ms != line->wall_ms;
	if (repaired)
		formats[format].time(
			ret->raw, sizeof ret->raw, line->raw_wall_ms, line->raw_utc_offset_min);
	const char *const texts[COLUMN_COUNT] = { line->log_id, ret->seq, ret->time,
		clock_grade_name(line->grade), repaired ? ret->raw : ret->time, line->kiosk,
		line->event, line->session, line->session_id, line->room, line->session_cluster,
		direction_name(line->direction), verdict_name(line->verdict),
		line->counted ? formats[format].yes : formats[format].no, line->organisation,
		line->organisation_kind, line->organisation_cluster, line->attendee_id, line->name,
		line->note };
	memcpy(ret->texts, texts, sizeof texts);
}

/* The length it needs, as csv_cell. */
static size_t put_cell(char *ret, size_t size, size_t column, const char *text, char separator)
{
	if (!is_plain[column])
		return text[0] ? csv_cell(ret, size, text, separator) : 0;
	const size_t length = strlen(text);
	if (length < size)
		memcpy(ret, text, length);
	return length;
}

static int put_csv(struct attendance_out *writer, const struct cells *cells)
{
	const char separator = formats[writer->format].separator;
	size_t at = 0;
	for (size_t i = 0; i < COLUMN_COUNT && at < LINE_BYTES; i++) {
		if (i)
			writer->line[at++] = separator;
		at += put_cell(writer->line + at, LINE_BYTES - at, i, cells->texts[i], separator);
	}
	const char *line_end = formats[writer->format].line_end;
	if (at + strlen(line_end) >= LINE_BYTES)
		return -EMSGSIZE;
	memcpy(writer->line + at, line_end, strlen(line_end));
	at += strlen(line_end);
	return fwrite(writer->line, 1, at, writer->out) == at ? 0 : -EIO;
}

static int put_json(struct attendance_out *writer, const struct cells *cells,
	const struct attendance_line *line, bool first)
{
	json_t *object = json_object();
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		json_t *value = i == SEQ       ? json_integer(line->seq)
				: i == COUNTED ? json_boolean(line->counted)
					       : json_string(cells->texts[i]);
		json_object_set_new(object, columns[i], value);
	}
	int r = put(writer, first ? "\n" : ",\n");
	if (r == 0 && json_dumpf(object, writer->out, JSON_COMPACT) < 0)
		r = -EIO;
	json_decref(object);
	return r;
}

int attendance_out_line(struct attendance_out *writer, const struct attendance_line *line)
{
	struct cells cells;
	const bool first = !writer->begun;
	const int r = first ? begin(writer) : 0;
	if (r < 0)
		return r;
	if (writer->format == ATTENDANCE_XLSX)
		return row_book_attendance(writer->book, line);
	fill(&cells, line, writer->format);
	return writer->format == ATTENDANCE_JSON ? put_json(writer, &cells, line, first)
						 : put_csv(writer, &cells);
}

int attendance_out_notes(
	struct attendance_out *writer, const char *title, const char *const *lines, size_t count)
{
	const int r = writer->begun ? 0 : begin(writer);
	return r == 0 && writer->book ? row_book_notes(writer->book, title, lines, count) : r;
}

int attendance_out_end(struct attendance_out *writer)
{
	int r = writer->begun ? 0 : begin(writer);
	if (r == 0 && writer->format == ATTENDANCE_JSON)
		r = put(writer, "\n]\n");
	if (r == 0 && writer->format == ATTENDANCE_XLSX)
		r = row_book_end(writer->book);
	return r == 0 && fflush(writer->out) != 0 ? -EIO : r;
}
