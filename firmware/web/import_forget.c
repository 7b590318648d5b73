#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/seal.h"
#include "core/text.h"
#include "exchange/attendees_in.h"
#include "exchange/table.h"
#include "store/attendee.h"
#include "store/privacy.h"
#include "store/stamp.h"
#include "web/import_job_private.h"
#include "web/parts.h"
#include "web/repair.h"

struct forgetting {
	const struct site *site;
	void (*look)(struct forgetting *forgetting, const struct bytes *file, const json_t *state);
	const struct attendee *person; /* NULL: whoever was forgotten */
	struct store *store;
	struct venue_key key;
	int64_t made_ms; /* when the list that is looked at was read */
	json_t *lines;   /* that stay, in the job that is looked at */
	json_t *repairs; /* what was typed for them; borrowed */
	size_t gone;
	int trouble;
};

static bool has_cell(const struct table_row *row, const json_t *repair, const char *text)
{
	const char *merge = json_string_value(json_object_get(repair, "merge")), *place;
	json_t *cell;

	if (!text[0])
		return false;
	for (size_t i = 0; i < row->count; i++)
		if (text_equal_folded(row->cells[i], text))
			return true;
	json_object_foreach(json_object_get(repair, "cells"), place, cell)
	{
		if (text_equal_folded(json_string_value(cell), text))
			return true;
	}
	return merge && text_equal_folded(merge, text);
}

/* As it came, or with what was typed for it. */
static bool is_about(
	const struct table_row *row, const json_t *repair, const struct attendee *person)
{
	char name[PERSON_NAME_SIZE];

	full_name(person->given_name, person->family_name, name);
	return has_cell(row, repair, person->email) || has_cell(row, repair, name) ||
	       (has_cell(row, repair, person->given_name) &&
		       has_cell(row, repair, person->family_name));
}

static int take_line(void *context, const struct table_row *row)
{
	struct forgetting *forgetting = context;
	char line[16];

	snprintf(line, sizeof line, "%u", row->line);
	if (is_about(row, json_object_get(forgetting->repairs, line), forgetting->person)) {
		json_object_del(forgetting->repairs, line);
		forgetting->gone++;
	} else {
		json_object_set_new(forgetting->lines, line, json_true());
	}
	return 0;
}

static int write_rest(const char *path, const struct bytes *file, const json_t *lines)
{
	struct text_out out = { 0 };
	struct rejection refusal;
	size_t length = 0;
	int r = table_repair(file, 0, NULL, lines, &out, &refusal);
	char *text = text_out_take(&out, &length);

	if (r == 0)
		r = text ? file_write_whole(path, text, length, 0600) : -ENOMEM;
	free(text);
	return r;
}

/* Notes by line which rows of @file stay. */
static void look_for_person(
	struct forgetting *forgetting, const struct bytes *file, const json_t *state)
{
	struct rejection refusal;

	(void)state;
	table_read((const char *)file->data, file->length, take_line, forgetting, &refusal);
}

static int take_mended(void *context, const struct table_row *row)
{
	struct forgetting *forgetting = context;
	char line[16];

	snprintf(line, sizeof line, "%u", row->line);
	json_object_set_new(forgetting->lines, line, json_true());
	return 0;
}

static int drop_forgotten(void *context, const struct attendee_line *from, unsigned number)
{
	struct forgetting *forgetting = context;
	struct attendee_row row;
	char line[16];

	attendee_row_of(&row, from, number, &forgetting->key);
	if (!attendee_row_is_forgotten(forgetting->store, &row, forgetting->made_ms))
		return 0;
	snprintf(line, sizeof line, "%u", number);
	json_object_del(forgetting->lines, line);
	json_object_del(forgetting->repairs, line);
	forgetting->gone++;
	return 0;
}

/* The mapping that was chosen by hand, as headers by column. */
static void take_map(struct column_map *ret, const json_t *map)
{
	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *header = json_string_value(
			json_object_get(map, attendee_column_name((enum attendee_column)i)));
		if (header)
			ret->headers[i] = strdup(header);
	}
}

/* The same for whoever was forgotten since the list was read, by the id that it would give. */
static void look_for_forgotten(
	struct forgetting *forgetting, const struct bytes *file, const json_t *state)
{
	const struct attendee_sink sink = { forgetting, drop_forgotten, NULL };
	struct column_map map = { { NULL } };
	struct rejection refusal;
	struct text_out out = { 0 };
	size_t length = 0;

	take_map(&map, json_object_get(state, "map"));
	table_read((const char *)file->data, file->length, take_mended, forgetting, &refusal);
	const unsigned header = attendee_header_line((const char *)file->data, file->length, &map);
	const int r = table_repair(file, header, forgetting->repairs, NULL, &out, &refusal);
	char *text = text_out_take(&out, &length);
	if (r == 0 && text)
		attendees_people(text, length, &map, &sink, &refusal);
	free(text);
	column_map_finish(&map);
}

static bool forget_lines(struct forgetting *forgetting, const char *directory, json_t *state)
{
	char path[600];
	struct bytes file = { 0 };

	if (!path_join(path, sizeof path, directory, IMPORT_FILE_NAME) ||
		file_read_all(&file, path, IMPORT_FILE_BYTES_MAX) < 0)
		return false;
	forgetting->lines = json_object();
	forgetting->repairs = json_object_get(state, "repairs");
	forgetting->gone = 0;
	forgetting->look(forgetting, &file, state);
	if (forgetting->gone > 0 && write_rest(path, &file, forgetting->lines) < 0)
		forgetting->trouble = -EIO;
	json_decref(forgetting->lines);
	bytes_free(&file);
	return forgetting->gone > 0;
}

static bool forget_filename(const struct forgetting *forgetting, json_t *state)
{
	const char *name = json_string_value(json_object_get(state, "filename"));
	char text[PRIVACY_TEXT_SIZE];

	utf8_clip(text, sizeof text, name ? name : "");
	privacy_unname(text, forgetting->person);
	if (!name || strcmp(text, name) == 0)
		return false;
	json_object_set_new(state, "filename", json_string(text));
	return true;
}

static bool forget_in(void *context, const char *id, json_t *state)
{
	struct forgetting *forgetting = context;
	char directory[512];
	const char *kind = json_string_value(json_object_get(state, "kind"));

	if (!kind || strcmp(kind, "attendees") != 0 ||
		import_job_directory(directory, sizeof directory, forgetting->site, id) < 0)
		return false;
	const bool lines = forget_lines(forgetting, directory, state),
		   name = forgetting->person && forget_filename(forgetting, state);
	if (lines && import_job_is_waiting(state)) {
		const int64_t left = json_integer_value(json_object_get(state, "lines")) -
				     (int64_t)forgetting->gone;
		if (left <= 0)
			return true;
		json_object_set_new(state, "lines", json_integer(left));
	}
	if ((lines || name) && import_job_write(directory, state) < 0)
		forgetting->trouble = -EIO;
	return false;
}

int import_jobs_forget(const struct request *request, const struct attendee *person)
{
	struct forgetting forgetting = {
		.site = request->site, .look = look_for_person, .person = person
	};

	import_job_each(request->site, forget_in, &forgetting);
	return forgetting.trouble;
}

struct following {
	const struct site *site;
	const struct stores *stores;
};

bool import_job_follow(
	const struct site *site, const struct stores *stores, const char *id, json_t *state)
{
	struct forgetting forgetting = {
		.site = site, .look = look_for_forgotten, .store = stores->read
	};
	const int64_t told_ms = json_integer_value(json_object_get(state, "made_ms"));

	/* While nobody can say when the list came, nobody can say who was forgotten after it. */
	return stamp_read(stores->read, told_ms, &forgetting.made_ms) == 0 &&
	       attendee_forgotten_since(stores->read, forgetting.made_ms) &&
	       venue_key_load(&forgetting.key, site->arguments->data, false) == 0 &&
	       forget_in(&forgetting, id, state);
}

static bool follow(void *context, const char *id, json_t *state)
{
	const struct following *following = context;

	return import_job_follow(following->site, following->stores, id, state);
}

void import_jobs_follow(const struct site *site, const struct stores *stores)
{
	struct following following = { site, stores };

	import_job_each(site, follow, &following);
}
