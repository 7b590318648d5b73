/* /people/import: a list of attendees, looked at before it goes in. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "exchange/rejection.h"
#include "store/attendee.h"
#include "web/attendee_table.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

#define KIND "attendees"

/* The import that can still be put back; null for none. */
static json_t *last_json(const struct request *request)
{
	struct import_undo last;

	if (attendee_import_undoable(request->stores.read, &last) < 0)
		return json_null();
	return json_pack("{s:s, s:o, s:I}", "source", last.source, "made", json_time(last.wall_ms),
		"people", (json_int_t)last.people);
}

int page_import_undo_ask(struct request *request, struct response *response)
{
	json_t *last = last_json(request);

	if (json_is_null(last)) {
		json_decref(last);
		return respond_fault(response, 409, "undo");
	}
	return respond_page(response, 200, "import_undo", json_pack("{s:o}", "last", last));
}

int page_import_undo(struct request *request, struct response *response)
{
	int r = attendee_import_undo(request->stores.write, clock_wall_ms());

	if (r == -ENOENT || r == -EALREADY)
		return respond_fault(response, 409, r == -ENOENT ? "undo" : "list");
	if (r == 0)
		r = audit_note(request, "attendees-put-back", "", "");
	return r < 0 ? r : respond_see_other(response, "/people/import?saved=putback");
}

static int show_start(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status)
{
	char id[ID_TEXT_SIZE];
	int64_t until_ms;
	const int waiting = import_job_waiting(request, id, &until_ms);

	return respond_page(response, status, "import_start",
		sheet_into(sheet,
			json_pack("{s:i, s:o, s:s, s:o, s:s}", "waiting", waiting, "waiting_until",
				waiting && until_ms != INT64_MAX ? json_time(until_ms)
								 : json_null(),
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

static bool was_refused_for(const json_t *preview, enum fault fault)
{
	const char *refusal = json_string_value(json_object_get(preview, "refusal"));

	return refusal && strcmp(refusal, fault_name(fault)) == 0;
}

/* Why the file is no list, as far as its columns can not help. */
static void fault_file(struct sheet *sheet, const json_t *preview)
{
	sheet_fault_numbers(sheet, "file",
		was_refused_for(preview, FAULT_QUOTE) ? "file.quote" : "file.nolist",
		json_integer_value(json_object_get(preview, "refusal_line")), 0);
}

/* Whether somebody can say what its columns are. */
static bool asks_for_columns(
	const struct request *request, const struct import_job *job, const json_t *preview)
{
	json_t *columns = NULL;
	const bool asks = was_refused_for(preview, FAULT_NO_LIST) &&
			  attendee_table_columns(request, job, &columns) == 0 &&
			  json_array_size(columns) > 1;

	json_decref(columns);
	return asks;
}

static int start(struct request *request, struct response *response, struct sheet *sheet,
	const struct bytes *file, const char *filename)
{
	const struct attendee_look look = { .from = "" };
	const char *mode = sheet_take(sheet, "mode");
	struct import_job job;
	json_t *preview = NULL;

	int r = import_job_create(
		&job, request, KIND, strcmp(mode, "full") == 0 ? "full" : "merge", file, filename);
	if (r == 0)
		r = attendee_table_look(request, &job, &look, &preview);
	const bool columns = r == -EINVAL && asks_for_columns(request, &job, preview);
	if (r == -EINVAL && !columns)
		fault_file(sheet, preview);
	json_decref(preview);
	import_job_finish(&job);
	if (r == -EINVAL && !columns)
		return show_start(request, response, sheet, 422);
	sheet_finish(sheet);
	return r < 0 && !columns ? r
				 : respond_see_other(response, "/people/import/%s%s", job.id,
					   columns ? "/columns" : "");
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
