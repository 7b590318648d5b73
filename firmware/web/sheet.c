#include "web/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

void sheet_init(struct sheet *ret, const struct request *request)
{
	*ret = (struct sheet){
		.request = request,
		.values = json_object(),
		.faults = json_object(),
		.list = json_array(),
	};
}

void sheet_finish(struct sheet *sheet)
{
	json_decref(sheet->values);
	json_decref(sheet->faults);
	json_decref(sheet->list);
	json_decref(sheet->conflict);
	*sheet = (struct sheet){ 0 };
}

const char *sheet_take(struct sheet *sheet, const char *name)
{
	char *text = strdup(request_field(sheet->request, name));

	if (text)
		text_trim(text);
	sheet_set(sheet, name, text ? text : "");
	free(text);
	const char *kept = json_string_value(json_object_get(sheet->values, name));
	return kept ? kept : "";
}

void sheet_set(struct sheet *sheet, const char *name, const char *value)
{
	json_object_set_new(sheet->values, name, json_string(value));
}

void sheet_fault_numbers(
	struct sheet *sheet, const char *field, const char *say, int64_t n, int64_t n2)
{
	if (json_object_get(sheet->faults, field[0] ? field : "*"))
		return;
	json_t *fault = json_pack("{s:s, s:s, s:I, s:I}", "field", field, "say", say, "n",
		(json_int_t)n, "n2", (json_int_t)n2);
	json_object_set(sheet->faults, field[0] ? field : "*", fault);
	json_array_append_new(sheet->list, fault);
}

void sheet_fault(struct sheet *sheet, const char *field, const char *say)
{
	sheet_fault_numbers(sheet, field, say, 0, 0);
}

const char *sheet_need(struct sheet *sheet, const char *name, const char *say)
{
	const char *text = sheet_take(sheet, name);

	if (!text[0])
		sheet_fault(sheet, name, say);
	return text;
}

bool sheet_is_good(const struct sheet *sheet)
{
	return json_array_size(sheet->list) == 0;
}

json_t *sheet_into(struct sheet *sheet, json_t *data)
{
	json_t *faults =
		sheet_is_good(sheet) ? json_object() : json_pack("{s:O}", "list", sheet->list);

	json_object_set(data, "form", sheet->values);
	json_object_set(data, "fault", sheet->faults);
	json_object_set_new(data, "faults", faults);
	if (sheet->conflict)
		json_object_set(data, "conflict", sheet->conflict);
	sheet_finish(sheet);
	return data;
}
