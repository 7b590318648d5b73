#include "web/attendee_table.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/table.h"
#include "store/badge.h"
#include "store/person.h"
#include "web/attendee_reading.h"
#include "web/repair.h"
#include "web/table_columns.h"

#define SHARE_ASKED_TWICE 100 /* one in so many badges that would change hands */

static bool asks_twice(const struct attendee_reading *reading)
{
	struct badge_counts counts = { 0 };

	badge_count_all(reading->request->stores.read, &counts);
	return reading->moved > 0 && reading->moved * SHARE_ASKED_TWICE > counts.linked;
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

static json_t *preview_json(const struct attendee_reading *reading)
{
	char reason[REASON_SIZE];
	struct table_form form = { ',', false };

	form_of(reading->job, &form);
	rejection_words(reason, &reading->refusal, reading->request->language);
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:O, s:I, s:b, s:s, s:b, s:I, s:O, "
			 "s:s, s:b, s:b, s:s, s:I}",
		"lines", (json_int_t)reading->lines, "ready", (json_int_t)reading->ready, "added",
		(json_int_t)reading->added, "changed", (json_int_t)reading->changed, "same",
		(json_int_t)reading->same, "held",
		(json_int_t)questions_lines(&reading->questions.faults), "doubted",
		(json_int_t)questions_lines(&reading->questions.doubts), "changes",
		reading->changes, "moved", (json_int_t)reading->moved, "asks_twice",
		asks_twice(reading), "reason", reason, "full", reading->full, "missing",
		(json_int_t)reading->missing, "gone", reading->gone, "separator",
		form.separator == ';'    ? "semicolon"
		: form.separator == '\t' ? "tab"
					 : "comma",
		"windows", form.windows, "pretix", reading->pretix, "refusal",
		reading->refusal.fault == FAULT_NONE ? "" : fault_name(reading->refusal.fault),
		"refusal_line", (json_int_t)reading->refusal.line);
}

/* One reading for a page that begins at @from, which moves on with 1: read it once more. */
static int look(const struct request *request, const struct import_job *job,
	const struct attendee_look *look, char from[QUESTION_PLACE_SIZE], json_t **kinds,
	json_t **ret)
{
	struct attendee_reading *reading =
		attendee_reading_create(request, job, from, NULL, *kinds);

	if (!reading)
		return -ENOMEM;
	reading->changes_first = look->changes_first;
	reading->changes_most = look->changes_most;
	int r = attendee_reading_run(reading);
	if (r == 0 || r == -EINVAL) {
		json_t *preview = preview_json(reading);
		if (questions_into(&reading->questions, preview, from)) {
			*ret = preview;
		} else {
			json_decref(preview);
			r = 1;
		}
	}
	json_incref(reading->doubts.kinds);
	json_decref(*kinds);
	*kinds = reading->doubts.kinds;
	attendee_reading_destroy(reading);
	return r;
}

int attendee_table_look(const struct request *request, const struct import_job *job,
	const struct attendee_look *asked, json_t **ret)
{
	char from[QUESTION_PLACE_SIZE];
	json_t *kinds = NULL;
	int r;

	utf8_clip(from, sizeof from, asked->from);
	while ((r = look(request, job, asked, from, &kinds, ret)) == 1)
		continue;
	json_decref(kinds);
	return r;
}

int attendee_table_answered(
	const struct request *request, const struct import_job *job, json_t **ret)
{
	struct attendee_reading *reading = attendee_reading_create(request, job, "", request, NULL);
	const int r = reading ? attendee_reading_run(reading) : -ENOMEM;

	if (r == 0 || r == -EINVAL)
		*ret = json_pack("{s:O, s:O}", "problems", reading->questions.faults.shown,
			"doubts", reading->questions.doubts.shown);
	attendee_reading_destroy(reading);
	return r;
}

int attendee_table_columns(
	const struct request *request, const struct import_job *job, json_t **ret)
{
	struct attendee_reading *reading = attendee_reading_create(request, job, "", NULL, NULL);

	if (!reading)
		return -ENOMEM;
	attendee_reading_run(reading);
	*ret = table_columns_json(job, reading->header_line, reading->places);
	attendee_reading_destroy(reading);
	return 0;
}

/* What could not go in waits in a job of its own. Its id; "" for none. */
static int keep_held(struct attendee_reading *reading, char ret_id[ID_TEXT_SIZE])
{
	struct text_out out = { 0 };
	struct bytes file = { 0 };
	struct import_job held;

	ret_id[0] = '\0';
	if (json_object_size(reading->held) == 0)
		return 0;
	int r = attendee_reading_file(reading, &file);
	if (r == 0)
		r = table_repair(
			&file, reading->header_line, NULL, reading->held, &out, &reading->refusal);
	bytes_free(&file);
	file.data = r == 0 ? (uint8_t *)text_out_take(&out, &file.length) : NULL;
	if (!file.data)
		return r < 0 ? r : -ENOMEM;
	r = import_job_create(&held, reading->request, "attendees", "merge", &file,
		import_job_text(reading->job, "filename"));
	bytes_free(&file);
	if (r < 0)
		return r;
	json_object_set_new(held.state, "held_of", json_string(reading->job->id));
	json_object_set_new(
		held.state, "lines", json_integer((json_int_t)json_object_size(reading->held)));
	json_object_set(held.state, "map", json_object_get(reading->job->state, "map"));
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
	struct attendee_reading *reading = attendee_reading_create(request, job, "", NULL, NULL);
	int r = reading ? attendee_import_begin(&reading->import, request->stores.write,
				  import_job_text(job, "filename"), clock_wall_ms())
			: -ENOMEM;

	if (r == 0) {
		reading->held = json_object();
		r = attendee_reading_run(reading);
	}
	/* Files are written and other lists looked at: no tap waits for that. */
	if (r == 0)
		r = attendee_import_pause(reading->import);
	if (r == 0)
		r = keep_held(reading, held);
	if (r == 0) {
		r = attendee_import_finish(reading->import, &counts);
		reading->import = NULL;
	}
	if (r == 0)
		*ret = json_pack("{s:I, s:I, s:I, s:i, s:s, s:I}", "added",
			(json_int_t)counts.added, "changed", (json_int_t)counts.changed, "same",
			(json_int_t)counts.same, "held", (int)json_object_size(reading->held),
			"held_job", held, "named",
			(json_int_t)(before - taps_of_nobody(request->stores.read)));
	attendee_reading_destroy(reading);
	return r;
}

/* The faulty lines on their way out, for the spreadsheet of this language. */
struct faults_csv {
	struct text_out out;
	enum language language;
};

static char separator_for(enum language language)
{
	return language == LANGUAGE_NL ? ';' : ',';
}

static void add_cell(struct faults_csv *csv, const char *text)
{
	const char separator = separator_for(csv->language);
	const size_t size = csv_cell(NULL, 0, text, separator) + 1;
	char *cell = malloc(size);

	if (!cell) {
		csv->out.failed = true;
		return;
	}
	text_out_add(&csv->out, &separator, 1);
	text_out_add(&csv->out, cell, csv_cell(cell, size, text, separator));
	free(cell);
}

static void add_fault(void *context, const struct rejection *rejection)
{
	struct faults_csv *csv = context;
	char line[16], reason[REASON_SIZE];
	char *original = strndup(rejection->original, rejection->original_length);

	snprintf(line, sizeof line, "%u", rejection->line);
	rejection_words(reason, rejection, csv->language);
	text_out_add_text(&csv->out, line);
	add_cell(csv, reason);
	add_cell(csv, original ? original : "");
	text_out_add_text(&csv->out, "\r\n");
	free(original);
}

char *attendee_table_faults_csv(
	const struct request *request, const struct import_job *job, size_t *ret_length)
{
	struct faults_csv csv = { .language = request->language };
	struct attendee_reading *reading = attendee_reading_create(request, job, "", NULL, NULL);

	if (!reading)
		return NULL;
	reading->fault = add_fault;
	reading->context = &csv;
	text_out_add_text(&csv.out, csv.language == LANGUAGE_NL
					    ? "\xEF\xBB\xBFregel;reden;zoals het er stond\r\n"
					    : "line,reason,as it was\r\n");
	attendee_reading_run(reading);
	attendee_reading_destroy(reading);
	return text_out_take(&csv.out, ret_length);
}
