#include "web/answers.h"

#include <stdio.h>
#include <string.h>

#include "exchange/rejection.h"
#include "web/parts.h"

/* The values a fault's cell may have, as codes. */
static json_t *choices_json(const struct request *request, const char *column)
{
	static const struct {
		const char *column, *values[8];
	} rows[] = {
		{ "organisation_kind",
			{ "company", "education", "government", "research", "culture", "other" } },
		{ "education_level", { "mbo", "hbo", "wo" } },
		{ "region", { "inside", "outside" } },
		{ "growth", { "start-up", "scale-up" } },
		{ "language", { "nl", "en" } },
	};
	struct cluster_list clusters;
	json_t *choices = json_array();

	if (strcmp(column, "cluster") == 0 &&
		cluster_list_load(&clusters, request->stores.read) == 0) {
		json_decref(choices);
		return cluster_choices(&clusters, "", request->language);
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		for (size_t v = 0; strcmp(rows[i].column, column) == 0 && rows[i].values[v]; v++)
			json_array_append_new(choices,
				json_pack("{s:s, s:s}", "code", rows[i].values[v], "name", ""));
	return choices;
}

/* The line as it was, in three: what is wrong stands in the middle, or nowhere. */
static void mark(json_t *fault)
{
	static const char *const marked[] = { "value", "cluster", "kvk", "badge", "random", "twice",
		"organiser", "long", "same-mail", "no-mail" };
	const char *kind = json_string_value(json_object_get(fault, "fault"));
	const char *raw = json_string_value(json_object_get(fault, "raw"));
	const char *value = json_string_value(json_object_get(fault, "value"));
	const char *found = NULL;

	for (size_t i = 0; value[0] && !found && i < sizeof marked / sizeof marked[0]; i++)
		if (strcmp(kind, marked[i]) == 0)
			found = strstr(raw, value);
	const size_t before = found ? (size_t)(found - raw) : strlen(raw);
	json_object_set_new(fault, "raw_before", json_stringn(raw, before));
	json_object_set_new(fault, "raw_marked", json_string(found ? value : ""));
	json_object_set_new(fault, "raw_after", json_string(found ? found + strlen(value) : ""));
}

static void offer_doubts(const struct request *request, json_t *preview)
{
	json_t *doubt, *list = json_object_get(preview, "doubts");
	size_t i;

	json_array_foreach(list, i, doubt)
	{
		const bool kind =
			strcmp(json_string_value(json_object_get(doubt, "fault")), "no-kind") == 0;
		const size_t times = json_array_size(json_object_get(doubt, "lines"));
		json_object_set_new(
			doubt, "times", json_integer(times > 1 ? (json_int_t)times : 0));
		json_object_set_new(doubt, "choices",
			kind ? choices_json(request, "organisation_kind") : json_array());
		mark(doubt);
	}
}

void answers_offer(const struct request *request, json_t *preview)
{
	json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(preview, "problems"), i, fault)
	{
		const char *kind = json_string_value(json_object_get(fault, "fault"));
		const char *column = json_string_value(json_object_get(fault, "column"));
		const bool chosen = strcmp(kind, "value") == 0 || strcmp(kind, "cluster") == 0;
		const enum fault what = fault_from_name(kind);
		const size_t times = json_array_size(json_object_get(fault, "lines"));
		json_object_set_new(
			fault, "times", json_integer(times > 1 ? (json_int_t)times : 0));
		json_object_set_new(
			fault, "what", json_string(fault_words(what, request->language)));
		json_object_set_new(fault, "choose", json_boolean(chosen));
		json_object_set_new(
			fault, "choices", chosen ? choices_json(request, column) : json_array());
		mark(fault);
	}
	offer_doubts(request, preview);
}

/* What was decided about one question goes for all lines that have it. */
static void repair_lines(json_t *repairs, const json_t *fault, json_t *repair)
{
	json_t *line, *repaired;
	char name[24];
	size_t i;

	json_array_foreach(json_object_get(fault, "lines"), i, line)
	{
		snprintf(name, sizeof name, "%lld", (long long)json_integer_value(line));
		repaired = json_object_get(repairs, name);
		if (repaired && json_object_get(repaired, "cells") &&
			json_object_get(repair, "cells"))
			json_object_update(json_object_get(repaired, "cells"),
				json_object_get(repair, "cells"));
		else if (repaired)
			json_object_update(repaired, repair);
		else
			json_object_set_new(repairs, name, json_deep_copy(repair));
	}
	json_decref(repair);
}

static void take_repair(
	const struct request *request, json_t *repairs, const json_t *fault, char letter)
{
	char field[32], place[16];
	const char *kind = json_string_value(json_object_get(fault, "fault"));
	const char *old = json_string_value(json_object_get(fault, "value"));
	const json_int_t at = json_integer_value(json_object_get(fault, "place"));

	snprintf(field, sizeof field, "%c%lld", letter,
		(long long)json_integer_value(json_object_get(fault, "line")));
	const char *text = request_field_at(request, field, 0);
	if (!text || strcmp(text, "?") == 0)
		return;
	snprintf(place, sizeof place, "%lld", (long long)at);
	if (strcmp(kind, "taken") == 0)
		repair_lines(repairs, fault, json_pack("{s:s}", "badge", text));
	else if (strcmp(kind, "width") == 0)
		repair_lines(repairs, fault, json_pack("{s:s, s:I}", "merge", text, "at", at));
	else if (strcmp(kind, "same-mail") == 0) /* two people: this one is told by the name */
		repair_lines(repairs, fault, json_pack("{s:{s:s}}", "cells", place, ""));
	else if (at >= 0 && strcmp(text, old) != 0)
		repair_lines(repairs, fault, json_pack("{s:{s:s}}", "cells", place, text));
}

void answers_take(const struct request *request, const json_t *preview, json_t *repairs)
{
	const json_t *fault;
	size_t i;

	json_array_foreach(json_object_get(preview, "problems"), i, fault)
		take_repair(request, repairs, fault, 'r');
	json_array_foreach(json_object_get(preview, "doubts"), i, fault)
		take_repair(request, repairs, fault, 'w');
}
