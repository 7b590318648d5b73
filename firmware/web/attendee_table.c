#include "web/attendee_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/seal.h"
#include "core/text.h"
#include "exchange/attendees_in.h"
#include "exchange/table.h"
#include "store/badge.h"
#include "store/person.h"
#include "web/doubts.h"
#include "web/parts.h"
#include "web/repair.h"
#include "web/roll.h"

#define FAULTS_SHOWN_MAX 500
#define SHARE_ASKED_TWICE 100 /* one in so many badges that would change hands */

/* One reading of the file. */
struct pass {
	const struct request *request;
	const struct import_job *job;
	struct venue_key key;
	struct cluster_list clusters;
	struct column_map map;
	int places[COLUMN_COUNT];
	struct import *import; /* NULL for a preview */
	json_t *faults, *held; /* groups in order; lines that can not go in */
	json_t *changes;
	size_t changes_max; /* that are listed */
	int64_t lines, ready, added, changed, same, moved;
	struct rejection refusal; /* of the file as a whole */
	bool full;                /* the list is said to be complete */
	bool pretix;              /* it has that program's columns */
	struct roll listed;       /* who stands in it, if so */
	json_t *gone;             /* who does not, the first of them */
	struct doubts doubts;     /* of a preview */
	int64_t missing;
};

static const json_t *repair_of(const struct pass *pass, unsigned line)
{
	char name[16];

	snprintf(name, sizeof name, "%u", line);
	return json_object_get(json_object_get(pass->job->state, "repairs"), name);
}

/* Equal values with the same fault are one question. */
static json_t *group_of(struct pass *pass, const struct rejection *rejection)
{
	json_t *group;
	size_t i;
	const bool alike = rejection->fault == FAULT_VALUE || rejection->fault == FAULT_CLUSTER;

	json_array_foreach(pass->faults, i,
		group) if (alike &&
			   strcmp(json_string_value(json_object_get(group, "fault")),
				   fault_name(rejection->fault)) == 0 &&
			   json_integer_value(json_object_get(group, "place")) ==
				   rejection->place &&
			   strcmp(json_string_value(json_object_get(group, "value")),
				   rejection->value) == 0) return group;
	return NULL;
}

static void hold(struct pass *pass, const struct rejection *rejection)
{
	char name[16], raw[400], words[REASON_SIZE];
	json_t *group = group_of(pass, rejection);

	snprintf(name, sizeof name, "%u", rejection->line);
	rejection_words(words, rejection, pass->request->language);
	json_object_set_new(pass->held, name, json_string(words));
	if (!group && json_array_size(pass->faults) < FAULTS_SHOWN_MAX) {
		snprintf(raw, sizeof raw, "%.*s",
			(int)(rejection->original_length < 399 ? rejection->original_length : 399),
			rejection->original);
		char clean[400];
		utf8_clip(clean, sizeof clean, raw);
		group = json_pack("{s:I, s:[], s:s, s:s, s:s, s:s, s:i, s:I, s:s}", "line",
			(json_int_t)rejection->line, "lines", "raw", clean, "fault",
			fault_name(rejection->fault), "column",
			rejection->column ? rejection->column->name : "", "value", rejection->value,
			"place", rejection->place, "other", (json_int_t)rejection->number, "who",
			"");
		json_array_append_new(pass->faults, group);
	}
	if (group)
		json_array_append_new(
			json_object_get(group, "lines"), json_integer((json_int_t)rejection->line));
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct pass *pass = context;

	pass->lines++;
	hold(pass, rejection);
}

static const char *cluster_of(void *context, const char *name)
{
	const struct pass *pass = context;

	return cluster_code(pass->clusters.all, pass->clusters.count, name);
}

/* What the row would make of somebody who is known, told by the first thing that differs. */
static bool differs(const struct attendee *before, const struct attendee *after,
	const char **ret_was, const char **ret_is)
{
	const char *const pairs[][2] = {
		{ before->organisation, after->organisation },
		{ before->email, after->email },
		{ before->given_name, after->given_name },
		{ before->family_name, after->family_name },
		{ before->language, after->language },
		{ before->sessions, after->sessions },
		{ before->organisation_kind, after->organisation_kind },
		{ before->cluster, after->cluster },
		{ before->education_level, after->education_level },
		{ before->region, after->region },
		{ before->growth, after->growth },
	};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (pairs[i][1][0] && strcmp(pairs[i][0], pairs[i][1]) != 0) {
			*ret_was = pairs[i][0];
			*ret_is = pairs[i][1];
			return true;
		}
	return false;
}

static void compare(struct pass *pass, const struct attendee_row *row)
{
	struct attendee before;
	char id[ID_TEXT_SIZE], name[PERSON_NAME_SIZE];
	const char *was, *is;

	attendee_row_id(id, row);
	if (attendee_by_id(pass->request->stores.read, id, &before) < 0) {
		pass->added++;
	} else if (!differs(&before, &row->attendee, &was, &is)) {
		pass->same++;
	} else {
		pass->changed++;
		if (json_array_size(pass->changes) < pass->changes_max)
			json_array_append_new(pass->changes,
				json_pack("{s:s, s:s, s:s}", "who",
					full_name(before.given_name, before.family_name, name),
					"was", was, "is", is));
	}
}

static void hold_taken(struct pass *pass, const struct attendee_row *row,
	const struct attendee *owner, const struct attendee_line *from, unsigned line)
{
	struct rejection rejection = { .line = line,
		.original = from->original,
		.original_length = from->original_length,
		.fault = FAULT_TAKEN,
		.column = attendee_column_said(COLUMN_BADGE),
		.place = pass->places[COLUMN_BADGE] };
	char name[PERSON_NAME_SIZE];

	snprintf(rejection.value, sizeof rejection.value, "%.90s",
		row->attendee.given_name[0] ? row->attendee.given_name : row->attendee.family_name);
	hold(pass, &rejection);
	json_t *group = json_array_get(pass->faults, json_array_size(pass->faults) - 1);
	if (json_integer_value(json_object_get(group, "line")) != line)
		return;
	json_object_set_new(
		group, "who", json_string(full_name(owner->given_name, owner->family_name, name)));
}

/* False when the row has to wait for a decision about a badge that somebody has. */
static bool settle_badge(struct pass *pass, struct attendee_row *row,
	const struct attendee_line *from, unsigned line)
{
	struct badge_owner owner = { .known = false };
	char id[ID_TEXT_SIZE];

	attendee_row_id(id, row);
	if (!row->has_badge ||
		badge_find_owner(pass->request->stores.read, &row->key, &owner) < 0 ||
		!owner.known || strcmp(owner.attendee.id, id) == 0)
		return true;
	const char *decided = json_string_value(json_object_get(repair_of(pass, line), "badge"));
	if (decided && strcmp(decided, "move") == 0) {
		pass->moved++;
		return true;
	}
	if (decided && strcmp(decided, "no") == 0) {
		row->has_badge = false;
		return true;
	}
	hold_taken(pass, row, &owner.attendee, from, line);
	return false;
}

static bool note_listed(struct pass *pass, const struct attendee_row *row)
{
	char id[ID_TEXT_SIZE];

	attendee_row_id(id, row);
	return roll_meet(&pass->listed, id, NULL) != NULL;
}

/* Somebody who is known, and not in a list that is said to be complete. */
static int look_for(void *context, const struct attendee *person)
{
	struct pass *pass = context;
	char name[PERSON_NAME_SIZE];
	bool is_new;

	if (!roll_meet(&pass->listed, person->id, &is_new))
		return -ENOMEM;
	if (is_new && pass->missing++ < (int64_t)pass->changes_max)
		json_array_append_new(pass->gone,
			json_pack("{s:s, s:s}", "id", person->id, "who",
				full_name(person->given_name, person->family_name, name)));
	return 0;
}

static int on_attendee(void *context, const struct attendee_line *line, unsigned number)
{
	struct pass *pass = context;
	struct attendee_row row;

	pass->lines++;
	attendee_row_of(&row, line, &pass->key);
	if (pass->full && !note_listed(pass, &row))
		return -ENOMEM;
	if (!settle_badge(pass, &row, line, number))
		return 0;
	pass->ready++;
	if (pass->import)
		return attendee_import_row(pass->import, &row);
	compare(pass, &row);
	return doubts_look(&pass->doubts, line, number);
}

static void pass_finish(struct pass *pass)
{
	json_decref(pass->faults);
	json_decref(pass->held);
	json_decref(pass->changes);
	json_decref(pass->gone);
	roll_finish(&pass->listed);
	doubts_finish(&pass->doubts);
	column_map_finish(&pass->map);
	free(pass);
}

/* The mapping that was chosen by hand, as headers by column. */
static void take_map(struct pass *pass)
{
	const json_t *map = json_object_get(pass->job->state, "map");

	for (size_t i = 0; i < COLUMN_COUNT; i++) {
		const char *header = json_string_value(
			json_object_get(map, attendee_column_name((enum attendee_column)i)));
		if (header)
			pass->map.headers[i] = strdup(header);
	}
}

static int take_header(void *context, const struct table_row *row)
{
	struct pass *pass = context;

	attendee_columns_find(row, &pass->map, pass->places);
	for (size_t i = 0; i < row->count; i++)
		pass->pretix |= text_equal_folded(row->cells[i], "order code") ||
				text_equal_folded(row->cells[i], "bestelcode");
	return 1;
}

static struct pass *pass_create(const struct request *request, const struct import_job *job)
{
	struct pass *pass = calloc(1, sizeof *pass);

	if (!pass)
		return NULL;
	*pass = (struct pass){ .request = request,
		.job = job,
		.faults = json_array(),
		.held = json_object(),
		.changes = json_array(),
		.gone = json_array() };
	take_map(pass);
	doubts_init(&pass->doubts, request->stores.read, pass->places);
	if (cluster_list_load(&pass->clusters, request->stores.read) < 0 ||
		venue_key_load(&pass->key, request->site->arguments->data, false) < 0) {
		pass_finish(pass);
		return NULL;
	}
	return pass;
}

/* The file with the repairs in it; without any, as it came. */
static int read_repaired(struct pass *pass, struct bytes *ret)
{
	const json_t *repairs = json_object_get(pass->job->state, "repairs");
	struct text_out out = { 0 };
	int r = import_job_file(pass->job, ret);

	if (r < 0 || json_object_size(repairs) == 0)
		return r;
	r = table_repair(ret, repairs, NULL, &out, &pass->refusal);
	bytes_free(ret);
	if (r == 0) {
		ret->data = (uint8_t *)text_out_take(&out, &ret->length);
		return ret->data ? 0 : -ENOMEM;
	}
	text_out_finish(&out);
	return r;
}

static int run(struct pass *pass)
{
	const struct attendee_sink sink = { pass, on_attendee, on_reject };
	struct bytes bytes = { 0 };
	int r = read_repaired(pass, &bytes);

	if (r == 0) {
		table_read(
			(const char *)bytes.data, bytes.length, take_header, pass, &pass->refusal);
		pass->refusal = (struct rejection){ .fault = FAULT_NONE };
		r = attendees_read((const char *)bytes.data, bytes.length, &pass->map, cluster_of,
			pass, &sink, &pass->refusal);
	}
	bytes_free(&bytes);
	return r;
}

struct columns {
	const struct pass *pass;
	json_t *list;
};

static json_t *options_json(const struct pass *pass, size_t place)
{
	json_t *options = json_array();

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		json_array_append_new(
			options, json_pack("{s:s, s:b}", "column",
					 attendee_column_name((enum attendee_column)i), "chosen",
					 pass->places[i] == (int)place));
	return options;
}

/* The header and the first row: what each column is called, is taken for, and looks like. */
static int take_column(void *context, const struct table_row *row)
{
	struct columns *columns = context;
	const bool header = json_array_size(columns->list) == 0;

	for (size_t i = 0; i < row->count && header; i++)
		json_array_append_new(columns->list,
			json_pack("{s:i, s:s, s:s, s:o}", "index", (int)i, "header", row->cells[i],
				"example", "", "options", options_json(columns->pass, i)));
	for (size_t i = 0; i < row->count && !header && i < json_array_size(columns->list); i++)
		json_object_set_new(
			json_array_get(columns->list, i), "example", json_string(row->cells[i]));
	return header ? 0 : 1;
}

static json_t *columns_json(const struct pass *pass)
{
	struct columns columns = { pass, json_array() };
	struct bytes bytes = { 0 };
	struct rejection refusal;

	if (import_job_file(pass->job, &bytes) == 0)
		table_read((const char *)bytes.data, bytes.length, take_column, &columns, &refusal);
	bytes_free(&bytes);
	return columns.list;
}

static bool asks_twice(const struct pass *pass)
{
	struct badge_counts counts = { 0 };

	badge_count_all(pass->request->stores.read, &counts);
	return pass->moved > 0 && pass->moved * SHARE_ASKED_TWICE > counts.linked;
}

static void form_of(const struct import_job *job, struct table_form *ret)
{
	struct bytes bytes = { 0 };

	if (import_job_file(job, &bytes) == 0)
		table_form_of((const char *)bytes.data, bytes.length, ret);
	bytes_free(&bytes);
}

/* How many taps are nobody's. */
static int add_taps(void *context, const struct unknown_badge *badge)
{
	*(int64_t *)context += badge->taps;
	return 0;
}

static int64_t taps_of_nobody(struct store *store)
{
	int64_t taps = 0;

	badge_unknown_each(store, add_taps, &taps);
	return taps;
}

int attendee_table_preview(const struct request *request, const struct import_job *job,
	size_t changes_max, json_t **ret)
{
	struct pass *pass = pass_create(request, job);

	if (!pass)
		return -ENOMEM;
	char reason[REASON_SIZE];
	struct table_form form = { ',', false };

	form_of(job, &form);
	pass->changes_max = changes_max;
	pass->full = strcmp(import_job_text(job, "mode"), "full") == 0;
	int r = run(pass);
	if (r == 0 && pass->full)
		r = attendee_each(request->stores.read, look_for, pass);
	doubts_settle(&pass->doubts);
	rejection_words(reason, &pass->refusal, request->language);
	if (r == 0 || r == -EINVAL)
		*ret = json_pack("{s:I, s:I, s:I, s:I, s:I, s:i, s:O, s:O, s:o, s:I, s:b, s:s, "
				 "s:b, s:I, s:O, s:O, s:s, s:b, s:b}",
			"lines", (json_int_t)pass->lines, "ready", (json_int_t)pass->ready, "added",
			(json_int_t)pass->added, "changed", (json_int_t)pass->changed, "same",
			(json_int_t)pass->same, "held", (int)json_object_size(pass->held),
			"problems", pass->faults, "changes", pass->changes, "columns",
			columns_json(pass), "moved", (json_int_t)pass->moved, "asks_twice",
			asks_twice(pass), "reason", reason, "full", pass->full, "missing",
			(json_int_t)pass->missing, "gone", pass->gone, "doubts", pass->doubts.list,
			"separator",
			form.separator == ';'    ? "semicolon"
			: form.separator == '\t' ? "tab"
						 : "comma",
			"windows", form.windows, "pretix", pass->pretix);
	pass_finish(pass);
	return r;
}

/* What could not go in waits in a job of its own. Its id; "" for none. */
static int keep_held(struct pass *pass, char ret_id[ID_TEXT_SIZE])
{
	struct text_out out = { 0 };
	struct bytes file = { 0 };
	struct import_job held;

	ret_id[0] = '\0';
	if (json_object_size(pass->held) == 0)
		return 0;
	int r = read_repaired(pass, &file);
	if (r == 0)
		r = table_repair(&file, NULL, pass->held, &out, &pass->refusal);
	bytes_free(&file);
	file.data = r == 0 ? (uint8_t *)text_out_take(&out, &file.length) : NULL;
	if (!file.data)
		return r < 0 ? r : -ENOMEM;
	r = import_job_create(&held, pass->request, "attendees", "merge", &file,
		import_job_text(pass->job, "filename"));
	bytes_free(&file);
	if (r < 0)
		return r;
	json_object_set_new(held.state, "held_of", json_string(pass->job->id));
	json_object_set_new(
		held.state, "lines", json_integer((json_int_t)json_object_size(pass->held)));
	json_object_set(held.state, "map", json_object_get(pass->job->state, "map"));
	r = import_job_save(&held);
	utf8_clip(ret_id, ID_TEXT_SIZE, held.id);
	import_job_finish(&held);
	return r;
}

int attendee_table_import(const struct request *request, const struct import_job *job, json_t **ret)
{
	struct import_counts counts = { 0 };
	char held[ID_TEXT_SIZE] = "";
	const int64_t before = taps_of_nobody(request->stores.read);
	struct pass *pass = pass_create(request, job);
	int r = pass ? attendee_import_begin(&pass->import, request->stores.write,
			       import_job_text(job, "filename"), clock_wall_ms())
		     : -ENOMEM;

	if (r == 0)
		r = run(pass);
	if (r == 0)
		r = keep_held(pass, held);
	if (r == 0) {
		r = attendee_import_finish(pass->import, &counts);
		pass->import = NULL;
	}
	if (pass && pass->import)
		attendee_import_abandon(pass->import);
	if (r == 0)
		*ret = json_pack("{s:I, s:I, s:I, s:i, s:s, s:I}", "added",
			(json_int_t)counts.added, "changed", (json_int_t)counts.changed, "same",
			(json_int_t)counts.same, "held", (int)json_object_size(pass->held),
			"held_job", held, "named",
			(json_int_t)(before - taps_of_nobody(request->stores.read)));
	if (pass)
		pass_finish(pass);
	return r;
}

static void add_fault_line(struct text_out *out, const char *line, const char *reason)
{
	char cell[2 * REASON_SIZE + 8];

	text_out_add_text(out, line);
	text_out_add(out, ",", 1);
	text_out_add(out, cell, csv_cell(cell, sizeof cell, reason, ','));
	text_out_add(out, "\n", 1);
}

char *attendee_table_faults_csv(
	const struct request *request, const struct import_job *job, size_t *ret_length)
{
	struct text_out out = { 0 };
	struct pass *pass = pass_create(request, job);
	const char *line;
	json_t *reason;

	if (!pass)
		return NULL;
	run(pass);
	text_out_add_text(&out, "line,reason\n");
	json_object_foreach(pass->held, line, reason)
		add_fault_line(&out, line, json_string_value(reason));
	pass_finish(pass);
	return text_out_take(&out, ret_length);
}
