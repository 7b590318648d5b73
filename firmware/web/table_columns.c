#include "web/table_columns.h"

#include "exchange/attendees_in.h"

struct columns {
	unsigned header_line;
	const int *places;
	json_t *list;
};

static json_t *options_json(const int *places, size_t place)
{
	json_t *options = json_array();

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		json_array_append_new(
			options, json_pack("{s:s, s:b}", "column",
					 attendee_column_name((enum attendee_column)i), "chosen",
					 places[i] == (int)place));
	return options;
}

/* The header and the first row: what each column is called, is taken for, and looks like. */
static int take_column(void *context, const struct table_row *row)
{
	struct columns *columns = context;
	const bool header = json_array_size(columns->list) == 0;
	char name[HEADER_NAME_SIZE];

	if (row->line < columns->header_line)
		return 0;
	for (size_t i = 0; i < row->count && header; i++)
		json_array_append_new(
			columns->list, json_pack("{s:i, s:s, s:s, s:o}", "index", (int)i, "header",
					       attendee_header_name(row, i, name), "example", "",
					       "options", options_json(columns->places, i)));
	for (size_t i = 0; i < row->count && !header && i < json_array_size(columns->list); i++)
		json_object_set_new(
			json_array_get(columns->list, i), "example", json_string(row->cells[i]));
	return header ? 0 : 1;
}

json_t *table_columns_json(
	const struct import_job *job, unsigned header_line, const int places[COLUMN_COUNT])
{
	struct columns columns = { header_line, places, json_array() };
	struct bytes bytes = { 0 };
	struct rejection refusal;

	if (import_job_file(job, &bytes) == 0)
		table_read((const char *)bytes.data, bytes.length, take_column, &columns, &refusal);
	bytes_free(&bytes);
	return columns.list;
}
