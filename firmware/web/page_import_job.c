/* /people/import/{job}: a list that waits to be looked at, repaired and read in. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "store/attendee.h"
#include "web/answers.h"
#include "web/attendee_table.h"
#include "web/column_maps.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/questions.h"
#include "web/response.h"
#include "web/revision.h"
#include "web/routes.h"
#include "web/sheet.h"

#define KIND "attendees"
#define CHANGES_SHOWN 10 /* the rest has a page of its own */
#define CHANGES_A_PAGE 50
#define COLUMNS_A_PAGE 12

/* 0; -ENOENT after answering 404; -errno. */
static int job_asked(struct request *request, struct response *response, struct import_job *ret)
{
	const int r = import_job_open(ret, request, request->parameters[0], KIND);

	if (r == -ENOENT)
		respond_fault(response, 404, "");
	return r;
}

/* Which list was read in last: another one makes a preview untrue. */
static void roster_name(const struct request *request, char ret[24])
{
	struct import_undo last;
	const int r = attendee_import_undoable(request->stores.read, &last);

	snprintf(ret, 24, "%lld", r < 0 ? 0LL : (long long)last.wall_ms);
}

static struct attendee_look look_asked(const struct request *request)
{
	return (struct attendee_look){ .from = questions_asked(request),
		.changes_most = CHANGES_SHOWN };
}

/* The page that a button leads to, else the one the form was on. */
static int back_to(struct request *request, struct response *response, const struct import_job *job)
{
	const char *place = questions_asked(request);

	return respond_see_other(
		response, "/people/import/%s%s%s", job->id, place[0] ? "?after=" : "", place);
}

static int show_preview(struct request *request, struct response *response,
	const struct import_job *job, json_t *preview, struct sheet *sheet, unsigned status)
{
	char rev[24];
	roster_name(request, rev);
	json_t *more = json_pack("{s:s, s:s, s:s, s:s}", "job", job->id, "filename",
		import_job_text(job, "filename"), "mode", import_job_text(job, "mode"), "rev", rev);

	answers_offer(request, preview);
	json_object_update_new(preview, more);
	return respond_page(response, status, "import_check", sheet_into(sheet, preview));
}

int page_import_check(struct request *request, struct response *response)
{
	struct import_job job;
	const struct attendee_look look = look_asked(request);
	struct sheet sheet;
	json_t *preview = NULL;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (strcmp(import_job_text(&job, "state"), "done") == 0)
		r = respond_see_other(response, "/people/import/%s/done", job.id);
	else if (strcmp(import_job_text(&job, "state"), "preview") != 0)
		r = respond_fault(response, 410, "");
	else
		r = attendee_table_look(request, &job, &look, &preview);
	if (preview) {
		sheet_init(&sheet, request);
		r = show_preview(request, response, &job, preview, &sheet, 200);
	}
	import_job_finish(&job);
	return r == -EINVAL ? respond_fault(response, 400, "") : r;
}

/* Remembers all that was decided on the page. */
static int take_decisions(struct request *request, struct import_job *job)
{
	json_t *answered = NULL, *columns = NULL;
	int r = attendee_table_answered(request, job, &answered);

	if (r == 0 || r == -EINVAL)
		r = attendee_table_columns(request, job, &columns);
	if (r < 0) {
		json_decref(answered);
		return r;
	}
	answers_take(request, answered, json_object_get(job->state, "repairs"));
	r = column_map_take(request, job, columns);
	json_decref(answered);
	json_decref(columns);
	return r == 0 ? import_job_save(job) : r;
}

static int cancel(struct response *response, struct import_job *job)
{
	json_object_set_new(job->state, "state", json_string("cancelled"));
	json_object_del(job->state, "held_of");
	const int r = import_job_save(job);

	return r < 0 ? r : respond_see_other(response, "/people/import?saved=cancelled");
}

/* A list that would take more than one in a hundred badges away from who has them is asked about
 * once more; so is one that was looked at before another list was read in. */
static bool wants_another_yes(
	struct request *request, struct response *response, struct import_job *job, int *ret)
{
	const struct attendee_look look = look_asked(request);
	struct sheet sheet;
	json_t *preview = NULL;
	char now[24];

	*ret = attendee_table_look(request, job, &look, &preview);
	if (*ret < 0)
		return true;
	roster_name(request, now);
	const bool moved = json_is_true(json_object_get(preview, "asks_twice")) &&
			   !request_field(request, "sure")[0];
	const bool changed = revision_is_past(request, now);
	if (!moved && !changed) {
		json_decref(preview);
		return false;
	}
	sheet_init(&sheet, request);
	if (changed)
		sheet_fault(&sheet, "", "roster");
	if (moved)
		sheet_fault_numbers(&sheet, "sure", "sure",
			json_integer_value(json_object_get(preview, "moved")), 0);
	*ret = show_preview(request, response, job, preview, &sheet, 409);
	return true;
}

static int import(struct request *request, struct response *response, struct import_job *job)
{
	json_t *result = NULL;
	int r = 0;

	if (wants_another_yes(request, response, job, &r))
		return r;
	r = attendee_table_import(request, job, &result);
	if (r == -EALREADY)
		return respond_fault(response, 409, "list");
	if (r < 0)
		return r;
	json_object_set_new(job->state, "state", json_string("done"));
	json_object_del(job->state, "held_of");
	json_object_set_new(job->state, "result", result);
	r = import_job_save(job);
	if (r == 0)
		r = audit_note(
			request, "attendees-imported", job->id, import_job_text(job, "filename"));
	return r < 0 ? r : respond_see_other(response, "/people/import/%s/done", job->id);
}

/* Everything that was typed is remembered: what is left is where to go. */
static int go_on(struct request *request, struct response *response, struct import_job *job)
{
	const char *act = request_field(request, "do"),
		   *columns = request_field(request, "columns");

	if (strcmp(act, "import") == 0)
		return import(request, response, job);
	if (columns[0])
		return respond_see_other(response, "/people/import/%s/columns?from=%d", job->id,
			request_number(columns, 0, INT_MAX, 0));
	return back_to(request, response, job);
}

int page_import_act(struct request *request, struct response *response)
{
	struct import_job job;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (strcmp(import_job_text(&job, "state"), "preview") != 0)
		r = respond_fault(response, 409, "");
	else if (strcmp(request_field(request, "do"), "cancel") == 0)
		r = cancel(response, &job);
	else
		r = take_decisions(request, &job);
	if (r == 0 && response->status == 0)
		r = go_on(request, response, &job);
	import_job_finish(&job);
	return r == -EINVAL ? respond_fault(response, 400, "") : r;
}

/* A way to other columns: the first of them, or null. */
static json_t *columns_from(int from, size_t count)
{
	return from >= 0 && (size_t)from < count ? json_sprintf("%d", from) : json_null();
}

static json_t *columns_data(
	const struct request *request, const struct import_job *job, json_t *columns)
{
	const size_t count = json_array_size(columns);
	const int from = request_number(
		request_query(request, "from"), 0, count > 0 ? (int)count - 1 : 0, 0);
	json_t *page = json_array();

	for (size_t i = (size_t)from; i < count && i < (size_t)from + COLUMNS_A_PAGE; i++)
		json_array_append(page, json_array_get(columns, i));
	return json_pack("{s:s, s:s, s:o, s:i, s:i, s:i, s:o, s:o, s:o}", "job", job->id,
		"filename", import_job_text(job, "filename"), "columns", page, "count", (int)count,
		"shown_first", from + 1, "shown_last", from + (int)json_array_size(page),
		"previous",
		columns_from(from > COLUMNS_A_PAGE ? from - COLUMNS_A_PAGE : from - 1, count),
		"next", columns_from(from + COLUMNS_A_PAGE, count), "maps",
		column_map_names(request));
}

int page_import_columns(struct request *request, struct response *response)
{
	struct import_job job;
	json_t *columns = NULL;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (strcmp(import_job_text(&job, "state"), "preview") != 0)
		r = respond_fault(response, 410, "");
	else
		r = attendee_table_columns(request, &job, &columns);
	if (columns)
		r = respond_page(
			response, 200, "import_columns", columns_data(request, &job, columns));
	json_decref(columns);
	import_job_finish(&job);
	return r;
}

int page_import_changes(struct request *request, struct response *response)
{
	const int page = request_number(request_query(request, "page"), 1, INT_MAX, 1);
	const struct attendee_look look = { .from = "",
		.changes_first = (int64_t)(page - 1) * CHANGES_A_PAGE,
		.changes_most = CHANGES_A_PAGE };
	struct import_job job;
	json_t *preview = NULL;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = attendee_table_look(request, &job, &look, &preview);
	if (r == 0) {
		char base[80];
		json_t *changed = json_object_get(preview, "changed");
		json_t *data = json_pack("{s:s, s:s, s:O, s:O}", "job", job.id, "filename",
			import_job_text(&job, "filename"), "changed", changed, "changes",
			json_object_get(preview, "changes"));
		snprintf(base, sizeof base, "/people/import/%s/changes?list=all", job.id);
		paging_into(data, base, json_integer_value(changed), CHANGES_A_PAGE, page);
		r = respond_page(response, 200, "import_changes", data);
	}
	json_decref(preview);
	import_job_finish(&job);
	return r == -EINVAL ? respond_fault(response, 400, "") : r;
}

int page_import_done(struct request *request, struct response *response)
{
	struct import_job job;
	const int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	json_t *data = json_deep_copy(json_object_get(job.state, "result"));
	import_job_finish(&job);
	if (!data)
		return respond_fault(response, 404, "");
	json_object_set_new(data, "total",
		json_integer(json_integer_value(json_object_get(data, "added")) +
			     json_integer_value(json_object_get(data, "changed")) +
			     json_integer_value(json_object_get(data, "same"))));
	return respond_page(response, 200, "import_done", data);
}

int page_import_faults(struct request *request, struct response *response)
{
	struct import_job job;
	size_t length = 0;
	const int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	char *text = attendee_table_faults_csv(request, &job, &length);
	import_job_finish(&job);
	if (!text)
		return -ENOMEM;
	respond_bytes(response, "text/csv; charset=utf-8", text, length);
	return respond_as_attachment(response, "faults.csv");
}
