/* /programme/import: somebody else's schedule, looked at before the kiosk shows it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/guard.h"
#include "web/programme_answers.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/schedule_draft.h"
#include "web/sheet.h"

#define KIND "schedule"
#define CAPACITY_MAX 100000

int page_programme_import_upload(struct request *request, struct response *response)
{
	const struct upload *upload = request_upload(request, "file");
	struct import_job job;
	struct schedule_draft draft;
	struct bytes file = { 0 };
	int r = upload ? upload_read(upload, &file) : 0;

	if (r < 0)
		return r;
	if (file.length == 0) {
		bytes_free(&file);
		return programme_show(request, response, "file.none", 422);
	}
	r = import_job_create(&job, request, KIND, "merge", &file, upload->filename);
	bytes_free(&file);
	if (r < 0)
		return r;
	programme_answers_recall(request, &job);
	r = import_job_save(&job);
	if (r < 0) {
		import_job_finish(&job);
		return r;
	}
	r = schedule_draft_init(&draft, request, &job, "");
	if (r == 0)
		r = schedule_draft_read(&draft);
	schedule_draft_finish(&draft);
	if (r == 0)
		r = respond_see_other(response, "/programme/import/%s", job.id);
	else if (r == -EINVAL)
		r = respond_fault(response, 415, "");
	import_job_finish(&job);
	return r;
}

/* 0; -ENOENT after answering 404 or 410; -errno. */
static int job_asked(struct request *request, struct response *response, struct import_job *ret)
{
	int r = import_job_open(ret, request, request->parameters[0], KIND);

	if (r == -ENOENT)
		respond_fault(response, 404, "");
	if (r == 0 && strcmp(import_job_text(ret, "state"), "preview") != 0) {
		import_job_finish(ret);
		respond_fault(response, 410, "");
		r = -ENOENT;
	}
	return r;
}

/* Reads the file for the page that begins at @place, and what there is to show of it. 0 or -errno;
 * finish @ret in either case. */
static int look(const struct request *request, const struct import_job *job, const char *place,
	struct schedule_draft *ret, json_t **ret_preview)
{
	char from[QUESTION_PLACE_SIZE];

	utf8_clip(from, sizeof from, place);
	*ret_preview = NULL;
	for (;;) {
		int r = schedule_draft_init(ret, request, job, from);
		if (r == 0)
			r = schedule_draft_read(ret);
		if (r == 0)
			r = schedule_draft_json(ret, ret_preview, from);
		if (r <= 0)
			return r;
		schedule_draft_finish(ret);
	}
}

/* What stands in the way is said above it: @fault as a word of err., "" for none. Which tracks
 * still have no cluster is said where somebody wants to go on without. */
static int show_preview(struct request *request, struct response *response,
	const struct schedule_draft *draft, json_t *preview, const char *fault, unsigned status)
{
	struct sheet sheet;
	char field[24], rev[REVISION_SIZE];
	json_t *track;
	size_t i;
	const int r = schedule_draft_revision(draft, rev);

	if (r < 0) {
		json_decref(preview);
		return r;
	}
	sheet_init(&sheet, request);
	json_object_set_new(preview, "rev", json_string(rev));
	if (fault[0])
		sheet_fault(&sheet, "", fault);
	json_array_foreach(json_object_get(preview, "tracks"), i, track)
	{
		const bool missing =
			status == 422 && json_is_true(json_object_get(track, "unanswered"));
		json_object_set_new(track, "missing", json_boolean(missing));
		snprintf(field, sizeof field, "t%zu", i);
		if (missing)
			sheet_fault(&sheet, field, "cluster");
	}
	return respond_page(response, status, "programme_import", sheet_into(&sheet, preview));
}

int page_programme_import_check(struct request *request, struct response *response)
{
	struct import_job job;
	struct schedule_draft draft;
	json_t *preview;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = look(request, &job, questions_asked(request), &draft, &preview);
	if (r == 0)
		r = show_preview(request, response, &draft, preview, "", 200);
	schedule_draft_finish(&draft);
	import_job_finish(&job);
	return r;
}

/* Remembers the answers to what was asked. */
static int note_answers(
	struct request *request, struct import_job *job, const struct schedule_draft *draft)
{
	const char *name;
	json_t *count;
	char field[24];
	int index = 0;

	json_object_foreach(draft->tracks, name, count)
	{
		snprintf(field, sizeof field, "t%d", index++);
		const char *code = request_field_at(request, field, 0);
		if (code && strcmp(code, "?") != 0)
			json_object_set_new(
				json_object_get(job->state, "map"), name, json_string(code));
	}
	index = 0;
	json_object_foreach(draft->rooms, name, count)
	{
		snprintf(field, sizeof field, "c%d", index++);
		const char *places = request_field_at(request, field, 0);
		if (places)
			json_object_set_new(json_object_get(job->state, "repairs"), name,
				json_integer(request_number(places, 0, CAPACITY_MAX, 0)));
	}
	return import_job_save(job);
}

static int import(struct request *request, struct response *response, struct import_job *job)
{
	struct schedule_counts counts;
	struct schedule_draft draft;
	int r = schedule_draft_init(&draft, request, job, "");

	/* The first reading finds the event's name, the second fills it. */
	if (r == 0)
		r = schedule_draft_read(&draft);
	if (r == 0)
		r = schedule_import_begin(&draft.import, request->stores.write, &draft.event,
			import_job_text(job, "filename"), clock_wall_ms());
	if (r == 0)
		r = schedule_draft_read(&draft);
	if (r == 0) {
		r = schedule_import_finish(draft.import, false, &counts);
		draft.import = NULL;
	}
	schedule_draft_finish(&draft);
	json_object_set_new(job->state, "state", json_string("done"));
	if (r == 0)
		r = import_job_save(job);
	if (r == 0)
		r = programme_answers_keep(request, job);
	if (r == 0)
		r = audit_note(
			request, "programme-imported", job->id, import_job_text(job, "filename"));
	return r < 0 ? r : respond_see_other(response, "/programme?saved=programme");
}

static int take_answers(struct request *request, struct import_job *job)
{
	struct schedule_draft draft;
	int r = schedule_draft_init(&draft, request, job, "");

	if (r == 0)
		r = schedule_draft_read(&draft);
	if (r == 0)
		r = note_answers(request, job, &draft);
	schedule_draft_finish(&draft);
	return r;
}

/* What is in the way of importing is shown, and then @response has a status. */
static int look_again(
	struct request *request, struct response *response, const struct import_job *job)
{
	struct schedule_draft draft;
	json_t *preview;
	char now[REVISION_SIZE] = "";
	int r = look(request, job, "", &draft, &preview); /* which has the tracks */

	if (r == 0)
		r = schedule_draft_revision(&draft, now);
	const bool past = revision_is_past(request, now);
	if (r == 0 && (past || !schedule_draft_is_answered(&draft)))
		r = show_preview(request, response, &draft, preview, past ? "programme" : "",
			past ? 409 : 422);
	else
		json_decref(preview);
	schedule_draft_finish(&draft);
	return r;
}

static int cancel(struct response *response, struct import_job *job)
{
	json_object_set_new(job->state, "state", json_string("cancelled"));
	const int r = import_job_save(job);

	return r < 0 ? r : respond_see_other(response, "/programme?saved=cancelled");
}

static int back_to(struct request *request, struct response *response, const struct import_job *job)
{
	const char *place = questions_asked(request);

	return respond_see_other(
		response, "/programme/import/%s%s%s", job->id, place[0] ? "?after=" : "", place);
}

int page_programme_import_act(struct request *request, struct response *response)
{
	const char *act = request_field(request, "do");
	struct import_job job;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	const bool importing = strcmp(act, "import") == 0;
	r = strcmp(act, "cancel") == 0 ? cancel(response, &job) : take_answers(request, &job);
	if (r == 0 && importing)
		r = look_again(request, response, &job);
	if (r == 0 && response->status == 0)
		r = importing ? import(request, response, &job) : back_to(request, response, &job);
	import_job_finish(&job);
	return r;
}
