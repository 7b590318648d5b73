#include "exchange/list_out.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/row_book.h"

#define CELL_BYTES 4096

struct list_out {
	FILE *out;
	enum attendance_format format;
	enum language language;
	const struct list_head *head;
	struct row_book *book; /* of XLSX, once begun */
	bool begun, has_rows;
};

struct list_out *list_out_create(FILE *out, enum attendance_format format, enum language language,
	const struct list_head *head)
{
	struct list_out *writer = calloc(1, sizeof *writer);

	if (writer)
		*writer = (struct list_out){
			.out = out, .format = format, .language = language, .head = head
		};
	return writer;
}

void list_out_destroy(struct list_out *writer)
{
	if (writer)
		row_book_destroy(writer->book);
	free(writer);
}

static int put(struct list_out *writer, const char *text)
{
	return fputs(text, writer->out) < 0 ? -EIO : 0;
}

static int put_csv(struct list_out *writer, const char *const *cells)
{
	const bool excel = writer->format == ATTENDANCE_CSV_EXCEL;
	char cell[CELL_BYTES];

	for (size_t i = 0; i < writer->head->count; i++) {
		if (i && put(writer, excel ? ";" : ",") < 0)
			return -EIO;
		csv_cell(cell, sizeof cell, cells[i], excel ? ';' : ',');
		if (put(writer, cell) < 0)
			return -EIO;
	}
	return put(writer, excel ? "\r\n" : "\n");
}

static int put_json(struct list_out *writer, const char *const *cells)
{
	json_t *object = json_object();
	int r = put(writer, writer->has_rows ? ",\n" : "\n");

	for (size_t i = 0; i < writer->head->count; i++)
		json_object_set_new(object, writer->head->columns[i], json_string(cells[i]));
	if (r == 0 && json_dumpf(object, writer->out, JSON_COMPACT) < 0)
		r = -EIO;
	json_decref(object);
	return r;
}

static int begin(struct list_out *writer)
{
	writer->begun = true;
	if (writer->format == ATTENDANCE_JSON)
		return put(writer, "[");
	if (writer->format == ATTENDANCE_XLSX) {
		writer->book = row_book_create(writer->out, writer->language);
		return writer->book ? row_book_list(writer->book, writer->head->title,
					      writer->head->columns, writer->head->count)
				    : -ENOMEM;
	}
	if (writer->format == ATTENDANCE_CSV_EXCEL && put(writer, "\xEF\xBB\xBF") < 0)
		return -EIO;
	return put_csv(writer, writer->head->columns);
}

int list_out_row(struct list_out *writer, const char *const *cells)
{
	int r = writer->begun ? 0 : begin(writer);

	if (r < 0)
		return r;
	if (writer->format == ATTENDANCE_XLSX)
		r = row_book_list_row(writer->book, cells, writer->head->count);
	else
		r = writer->format == ATTENDANCE_JSON ? put_json(writer, cells)
						      : put_csv(writer, cells);
	writer->has_rows = true;
	return r;
}

int list_out_end(struct list_out *writer)
{
	int r = writer->begun ? 0 : begin(writer);

	if (r == 0 && writer->format == ATTENDANCE_JSON)
		r = put(writer, "\n]\n");
	if (r == 0 && writer->format == ATTENDANCE_XLSX)
		r = row_book_end(writer->book);
	return r == 0 && fflush(writer->out) != 0 ? -EIO : r;
}
