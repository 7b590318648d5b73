#include "web/repair.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "exchange/table.h"

struct repairing {
	const json_t *repairs, *only;
	struct text_out *out;
	char separator;
	unsigned header_line;
	unsigned line; /* that the next byte goes on */
	size_t width;  /* of the header; 0 before it */
};

static void add(struct repairing *repairing, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		repairing->line += text[i] == '\n';
	text_out_add(repairing->out, text, length);
}

static void add_cell(struct repairing *repairing, const char *text, bool first)
{
	const char special[] = { repairing->separator, '"', '\r', '\n', '\0' };
	const bool quoted = text[strcspn(text, special)] != '\0';

	if (!first)
		add(repairing, &repairing->separator, 1);
	if (quoted)
		add(repairing, "\"", 1);
	for (; *text; text++) {
		if (*text == '"')
			add(repairing, "\"", 1);
		add(repairing, text, 1);
	}
	if (quoted)
		add(repairing, "\"", 1);
}

static const char *repaired_cell(const json_t *repair, size_t place, const char *cell)
{
	char name[24];

	snprintf(name, sizeof name, "%zu", place);
	const char *text =
		json_string_value(json_object_get(json_object_get(repair, "cells"), name));
	return text ? text : cell;
}

static void add_row(struct repairing *repairing, const struct table_row *row, const json_t *repair)
{
	const char *merged = json_string_value(json_object_get(repair, "merge"));
	const size_t at = (size_t)json_integer_value(json_object_get(repair, "at"));
	const size_t extra =
		merged && row->count > repairing->width ? row->count - repairing->width : 0;

	for (size_t i = 0; i < row->count; i++) {
		if (extra && i == at) {
			add_cell(repairing, merged, i == 0);
			i += extra;
		} else {
			add_cell(repairing, repaired_cell(repair, i, row->cells[i]), i == 0);
		}
	}
}

static int take_row(void *context, const struct table_row *row)
{
	struct repairing *repairing = context;
	char name[16];

	snprintf(name, sizeof name, "%u", row->line);
	const bool header = row->line == repairing->header_line;
	if (header)
		repairing->width = row->count;
	if (!header && repairing->only && !json_object_get(repairing->only, name))
		return 0;
	/* Lines keep their numbers, so that people find them in their own file. */
	while (repairing->line < row->line)
		add(repairing, "\n", 1);
	const json_t *repair = json_object_get(repairing->repairs, name);
	if (repair)
		add_row(repairing, row, repair);
	else
		add(repairing, row->original, row->original_length);
	add(repairing, "\n", 1);
	return repairing->out->failed ? -ENOMEM : 0;
}

int table_repair(const struct bytes *file, unsigned header_line, const json_t *repairs,
	const json_t *only, struct text_out *ret, struct rejection *ret_refusal)
{
	struct table_form form;

	table_form_of((const char *)file->data, file->length, &form);
	struct repairing repairing = { .header_line = header_line,
		.repairs = repairs,
		.only = only,
		.out = ret,
		.separator = form.separator,
		.line = 1 };
	return table_read(
		(const char *)file->data, file->length, take_row, &repairing, ret_refusal);
}
