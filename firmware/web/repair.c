#include "web/repair.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "exchange/table.h"

struct repairing {
	const json_t *repairs, *only;
	struct text_out *out;
	unsigned line; /* that the next byte goes on */
	size_t width;  /* of the header; 0 before it */
};

static void add_cell(struct repairing *repairing, const char *text, bool first)
{
	text_out_add(repairing->out, first ? "\"" : ",\"", first ? 1 : 2);
	for (; *text; text++) {
		if (*text == '"')
			text_out_add(repairing->out, "\"", 1);
		repairing->line += *text == '\n';
		text_out_add(repairing->out, text, 1);
	}
	text_out_add(repairing->out, "\"", 1);
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
	text_out_add(repairing->out, "\n", 1);
	repairing->line++;
}

static int take_row(void *context, const struct table_row *row)
{
	struct repairing *repairing = context;
	char name[16];

	snprintf(name, sizeof name, "%u", row->line);
	if (repairing->width && repairing->only && !json_object_get(repairing->only, name))
		return 0;
	/* Lines keep their numbers, so that people find them in their own file. */
	for (; repairing->line < row->line; repairing->line++)
		text_out_add(repairing->out, "\n", 1);
	add_row(repairing, row, json_object_get(repairing->repairs, name));
	if (!repairing->width)
		repairing->width = row->count;
	return repairing->out->failed ? -ENOMEM : 0;
}

int table_repair(const struct bytes *file, const json_t *repairs, const json_t *only,
	struct text_out *ret, struct rejection *ret_refusal)
{
	struct repairing repairing = { repairs, only, ret, 1, 0 };

	return table_read(
		(const char *)file->data, file->length, take_row, &repairing, ret_refusal);
}
