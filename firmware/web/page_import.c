/* /people/import: a list of attendees, looked at before it goes in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/attendees_in.h"
#include "web/answers.h"
#include "web/attendee_table.h"
#include "web/column_maps.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/revision.h"
#include "web/routes.h"
#include "web/sheet.h"

#define KIND "attendees"
#define CHANGES_SHOWN 12 /* the rest has a page of its own */

/* The import that can still be put back; null for none. */
static json_t *last_json(const struct request *request)
{
	struct import_undo last;

	if (attendee_import_undoable(request->stores.read, &last) < 0)
		return json_null();
	const char *name = strrchr(last.source, '/'); /* of the command line: with its directory */
	return json_pack("{s:s, s:o, s:I}", "source", name ? name + 1 : last.source, "made",
		json_time(last.wall_ms), "people", (json_int_t)last.people);
}

int page_import_undo_ask(struct request *request, struct response *response)
{
	json_t *last = last_json(request);

	if (json_is_null(last)) {
		json_decref(last);
		return respond_fault(response, 409, "");
	}
	return respond_page(response, 200, "import_undo", json_pack("{s:o}", "last", last));
}

int page_import_undo(struct request *request, struct response *response)
{
	int r = attendee_import_undo(request->stores.write, clock_wall_ms());

	if (r == -ENOENT)
		return respond_fault(response, 409, "");
	if (r == 0)
		r = audit_note(request, "attendees-put-back", "", "");
	return r < 0 ? r : respond_see_other(response, "/people/import?saved=putback");
}

static int show_start(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status)
{
	char id[ID_TEXT_SIZE];
	const int waiting = import_job_waiting(request, id);

	return respond_page(response, status, "import_start",
		sheet_into(sheet, json_pack("{s:i, s:s, s:o, s:s}", "waiting", waiting,
					  "waiting_job", id, "last", last_json(request), "saved",
					  request_query(request, "saved"))));
}

int page_import(struct request *request, struct response *response)
{
	struct sheet sheet;

	sheet_init(&sheet, request);
	sheet_set(&sheet, "mode", "merge");
	return show_start(request, response, &sheet, 200);
}

/* A workbook, a PDF or another file that is no text. */
static bool is_no_text(const struct bytes *file)
{
	static const char *const marks[] = { "PK\x03\x04", "%PDF", "\xD0\xCF\x11\xE0" };

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (file->length > 4 && memcmp(file->data, marks[i], 4) == 0)
			return true;
	return file->length > 0 && memchr(file->data, '\0', file->length);
}

static int start(struct request *request, struct response *response, struct sheet *sheet,
	const struct bytes *file, const char *filename)
{
	const char *mode = sheet_take(sheet, "mode");
	struct import_job job;
	json_t *preview = NULL;

	int r = import_job_create(
		&job, request, KIND, strcmp(mode, "full") == 0 ? "full" : "merge", file, filename);
	if (r == 0)
		r = attendee_table_preview(request, &job, CHANGES_SHOWN, &preview);
	json_decref(preview);
	import_job_finish(&job);
	if (r == -EINVAL) {
		sheet_fault(sheet, "file", "file.nolist");
		return show_start(request, response, sheet, 422);
	}
	sheet_finish(sheet);
	return r < 0 ? r : respond_see_other(response, "/people/import/%s", job.id);
}

int page_import_upload(struct request *request, struct response *response)
{
	const struct upload *upload = request_upload(request, "file");
	struct bytes file = { 0 };
	struct sheet sheet;
	int r = upload ? upload_read(upload, &file) : 0;

	if (r < 0)
		return r;
	sheet_init(&sheet, request);
	sheet_take(&sheet, "mode");
	if (is_no_text(&file)) {
		bytes_free(&file);
		sheet_finish(&sheet);
		return respond_fault(response, 415, "");
	}
	if (file.length == 0) {
		sheet_fault(&sheet, "file", "file.none");
		r = show_start(request, response, &sheet, 422);
	} else {
		r = start(request, response, &sheet, &file, upload->filename);
	}
	bytes_free(&file);
	return r;
}

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

static int show_preview(struct request *request, struct response *response,
	const struct import_job *job, json_t *preview, struct sheet *sheet, unsigned status)
{
	char rev[24];
	roster_name(request, rev);
	json_t *more = json_pack("{s:s, s:s, s:s, s:o, s:s}", "job", job->id, "filename",
		import_job_text(job, "filename"), "mode", import_job_text(job, "mode"), "maps",
		column_map_names(request), "rev", rev);

	answers_offer(request, preview);
	json_object_update_new(preview, more);
	return respond_page(response, status, "import_check", sheet_into(sheet, preview));
}

int page_import_check(struct request *request, struct response *response)
{
	struct import_job job;
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
		r = attendee_table_preview(request, &job, CHANGES_SHOWN, &preview);
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
	json_t *preview = NULL;
	int r = attendee_table_preview(request, job, CHANGES_SHOWN, &preview);

	if (r < 0 && r != -EINVAL)
		return r;
	answers_take(request, preview, json_object_get(job->state, "repairs"));
	r = column_map_take(request, job, preview);
	json_decref(preview);
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
	struct sheet sheet;
	json_t *preview = NULL;
	char now[24];

	*ret = attendee_table_preview(request, job, CHANGES_SHOWN, &preview);
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

int page_import_act(struct request *request, struct response *response)
{
	const char *act = request_field(request, "do");
	struct import_job job;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (strcmp(import_job_text(&job, "state"), "preview") != 0)
		r = respond_fault(response, 409, "");
	else if (strcmp(act, "cancel") == 0)
		r = cancel(response, &job);
	else
		r = take_decisions(request, &job);
	if (r == 0 && response->status == 0)
		r = strcmp(act, "import") == 0
			    ? import(request, response, &job)
			    : respond_see_other(response, "/people/import/%s", job.id);
	import_job_finish(&job);
	return r == -EINVAL ? respond_fault(response, 400, "") : r;
}

int page_import_changes(struct request *request, struct response *response)
{
	struct import_job job;
	json_t *preview = NULL;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = attendee_table_preview(request, &job, SIZE_MAX, &preview);
	if (r == 0)
		r = respond_page(response, 200, "import_changes",
			json_pack("{s:s, s:s, s:O, s:O}", "job", job.id, "filename",
				import_job_text(&job, "filename"), "changed",
				json_object_get(preview, "changed"), "changes",
				json_object_get(preview, "changes")));
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

int page_import_template(struct request *request, struct response *response)
{
	static const char nl[] =
		"badge;voornaam;achternaam;organisatie;soort "
		"organisatie;niveau;cluster;regio;groei;e-mail;taal;sessies;plaats\r\n"
		";Ada;de Vries;Voorbeeld "
		"BV;bedrijf;;ict-ecommerce;binnen;;ada@voorbeeld.example;nl;;Zwolle\r\n";
	static const char en[] =
		"badge,given_name,family_name,organisation,organisation_kind,"
		"education_level,cluster,region,growth,email,language,sessions,town\r\n"
		",Ada,de Vries,Example "
		"Ltd,company,,ict-ecommerce,inside,,ada@example.example,en,,Zwolle\r\n";
	const bool dutch = request->language == LANGUAGE_NL;

	respond_static(response, "text/csv; charset=utf-8", dutch ? nl : en,
		dutch ? sizeof nl - 1 : sizeof en - 1);
	return respond_as_attachment(response, dutch ? "deelnemers.csv" : "attendees.csv");
}
