#include "web/revision.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "core/text.h"
#include "web/parts.h"
#include "web/template.h"
#include "web/template_filter.h"

void revision_of_text(const char *text, char ret[REVISION_SIZE])
{
	char id[UUID_TEXT_SIZE];

	uuid_of_name(id, "revision", text);
	utf8_clip(ret, REVISION_SIZE, id);
}

void revision_of(const struct sheet *sheet, char ret[REVISION_SIZE])
{
	char *all = json_dumps(sheet->values, JSON_COMPACT | JSON_SORT_KEYS);

	revision_of_text(all ? all : "", ret);
	free(all);
}

bool revision_is_past(const struct request *request, const char *now)
{
	const char *seen = request_field(request, "rev");

	return seen[0] && strcmp(seen, now) != 0;
}

bool revision_holds(const struct request *request, const struct sheet *stored)
{
	char now[REVISION_SIZE];

	revision_of(stored, now);
	return strcmp(now, request_field(request, "rev")) == 0;
}

/* A code as an organiser reads it; what is no code stays as it is. */
static const char *in_words(const struct request *request, const struct cluster_list *clusters,
	const char *field, const char *value, char ret_text[FILTER_TEXT_SIZE])
{
	static const char *const families[] = { "imp.v.", "ss.kind." };
	const bool english = request->language == LANGUAGE_EN;
	char key[64];

	for (size_t i = 0; strcmp(field, "cluster") == 0 && i < clusters->count; i++)
		if (strcmp(clusters->all[i].code, value) == 0)
			return english ? clusters->all[i].name_en : clusters->all[i].name_nl;
	for (size_t i = 0; value[0] && i < sizeof families / sizeof families[0]; i++) {
		snprintf(key, sizeof key, "%s%.40s", families[i], value);
		const char *word = web_word(request->language, key);
		if (word && word[0] && strcmp(word, key) != 0)
			return word;
	}
	const size_t length = strlen(field);
	if (value[0] && length > 4 && strcmp(field + length - 4, "_day") == 0) {
		json_t *midnight = json_sprintf("%sT00:00", value);
		template_filter(
			ret_text, FILTER_TEXT_SIZE, midnight, FILTER_DATE, request->language);
		json_decref(midnight);
		return ret_text[0] ? ret_text : value;
	}
	return value;
}

static json_t *conflict_json(const struct sheet *stored, const struct sheet *sent)
{
	const struct request *request = sent->request;
	struct cluster_list clusters = { .count = 0 };
	const char *field;
	char texts[2][FILTER_TEXT_SIZE] = { "", "" };
	json_t *value, *list = json_array();

	if (cluster_list_load(&clusters, request->stores.read) < 0)
		clusters.count = 0;
	json_object_foreach(stored->values, field, value)
	{
		const char *now = json_string_value(value);
		const char *yours = json_string_value(json_object_get(sent->values, field));
		if (yours && strcmp(now, yours) != 0)
			json_array_append_new(list,
				json_pack("{s:s, s:s, s:s}", "field", field, "now",
					in_words(request, &clusters, field, now, texts[0]), "yours",
					in_words(request, &clusters, field, yours, texts[1])));
	}
	return json_pack("{s:o}", "list", list);
}

bool revision_check(struct sheet *sent, struct sheet *stored)
{
	const bool holds = revision_holds(sent->request, stored);

	if (!holds && !sent->conflict)
		sent->conflict = conflict_json(stored, sent);
	sheet_finish(stored);
	return holds;
}
