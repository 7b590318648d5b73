/* Files for the organisers' own records. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/secret.h"
#include "core/text.h"
#include "store/audit.h"
#include "store/programme.h"
#include "web/day_of.h"
#include "web/download.h"
#include "web/form.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/routes.h"

#define HISTORY_LINES 20
#define DAY_MS (24 * 3600 * 1000LL)

static const char *const fields[] = { "reason", "what", "event", "day", "session", "format", "zip",
	NULL };

struct chooser {
	json_t *list;
	const char *chosen;
};

static int take_event(void *context, const struct event *event)
{
	struct chooser *chooser = context;
	json_array_append_new(chooser->list,
		json_pack("{s:s, s:s, s:b}", "id", event->code, "title", event->title, "chosen",
			strcmp(event->code, chooser->chosen) == 0));
	return 0;
}

static int take_history(void *context, const struct download_entry *entry)
{
	json_array_append_new(context,
		json_pack("{s:I, s:o, s:s, s:s, s:b, s:s, s:I, s:s}", "id", (json_int_t)entry->id,
			"time", json_time(entry->wall_ms), "who", entry->who, "file", entry->file,
			"with", entry->names, "reason", entry->reason, "rows",
			(json_int_t)entry->rows, "code", entry->code));
	return 0;
}

static json_t *days_json(const struct session *sessions, size_t count, const char *chosen)
{
	json_t *list = json_array();
	int64_t before = -1;
	int number = 0;
	for (size_t i = 0; i < count; i++) {
		const int64_t day = local_day(sessions[i].start_ms, sessions[i].utc_offset_min);
		if (day == before)
			continue;
		before = day;
		json_t *date = json_time(sessions[i].start_ms);
		const bool is_chosen = strncmp(json_string_value(date), chosen, 10) == 0;
		json_array_append_new(list, json_pack("{s:i, s:o, s:b}", "number", ++number, "date",
						    date, "chosen", is_chosen && chosen[0]));
	}
	return list;
}

static int add_sessions(json_t *data, struct store *store, const struct event *event,
	const char *day, const char *chosen)
{
	struct session *sessions = NULL;
	size_t count = 0;
	json_t *list = json_array();
	const int r = event->id[0] ? session_load(store, event->id, &sessions, &count) : 0;
	for (size_t i = 0; i < count && r == 0; i++)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "id", sessions[i].code,
						    "title", sessions[i].title, "chosen",
						    strcmp(sessions[i].code, chosen) == 0));
	json_object_set_new(data, "days", days_json(sessions, r == 0 ? count : 0, day));
	json_object_set_new(data, "sessions", list);
	free(sessions);
	return r;
}

static const char *or_else(const char *given, const char *otherwise)
{
	return given[0] ? given : otherwise;
}

static json_t *public_key(const struct request *request)
{
	struct sign_key key;
	char text[SIGN_PUBLIC_TEXT_SIZE] = "";
	if (sign_key_load(&key, request->site->arguments->data, true) == 0)
		sign_public_text(&key.public, text);
	secret_forget(&key, sizeof key);
	return json_string(text);
}

/* @empty: nothing was tapped in what was asked for. */
static int show(struct request *request, struct response *response, unsigned status,
	struct form *form, bool empty)
{
	struct store *store = request->stores.read;
	struct event event = { .id = "" };
	json_t *data = form->data, *history = json_array();
	const bool names = request->owner.role == ROLE_ORGANISER;
	int r = event_find(store, request_config(request)->kiosk.event, clock_wall_ms(), &event);
	struct chooser events = { json_array(),
		request->method == METHOD_POST ? request_field(request, "event") : event.code };
	if (r == 0 || r == -ENOENT)
		r = event_each(store, take_event, &events);
	json_object_set_new(data, "events", events.list);
	if (r == 0)
		r = add_sessions(data, store, &event, request_field(request, "day"),
			request_field(request, "session"));
	if (r == 0 && names)
		r = download_each(store, NULL, HISTORY_LINES, take_history, history);
	json_object_set_new(data, "history", history);
	json_object_set_new(data, "downloaded", json_boolean(json_array_size(history) > 0));
	json_object_set_new(data, "empty", json_boolean(empty));
	json_object_set_new(data, "names", json_boolean(names));
	json_object_set_new(data, "public_key", public_key(request));
	json_object_set_new(data, "every", json_boolean(!events.chosen[0]));
	json_object_set_new(data, "zip", json_boolean(request_field(request, "zip")[0] != '\0'));
	json_object_set_new(data, "personal",
		json_boolean(strcmp(request_field(request, "personal"), "1") == 0));
	json_object_set_new(
		data, "what", json_string(or_else(request_field(request, "what"), "attendance")));
	json_object_set_new(data, "format",
		json_string(or_else(request_field(request, "format"), "csv-excel")));
	if (r < 0) {
		form_finish(form);
		return r;
	}
	return respond_page(response, status, "downloads", data);
}

int page_downloads(struct request *request, struct response *response)
{
	struct form form;
	form_init(&form, request, fields);
	return show(request, response, 200, &form, false);
}

/* incheckpaal_{event}_{date}_{what}_{zonder-namen|met-namen}.{ext} */
static void name_file(char *ret, size_t size, const struct download *download)
{
	char date[TIME_TEXT_SIZE], event[64];
	const int64_t now_ms = clock_wall_ms();
	time_iso(date, sizeof date, now_ms, clock_utc_offset_min(now_ms));
	utf8_clip(event, sizeof event, download->filter.event ? download->filter.event : "alles");
	snprintf(ret, size, "incheckpaal_%s_%.10s_%s_%s.%s", download->people ? "alles" : event,
		date, download->people ? "deelnemers" : "aanwezigheid",
		download->filter.personal ? "met-namen" : "zonder-namen",
		download_extension(download->format));
}

static int send_file(struct request *request, struct response *response, struct download *download,
	const char *reason)
{
	name_file(download->filename, sizeof download->filename, download);
	download->reason = reason;
	char name[DOWNLOAD_FILE_SIZE + 8];
	int r = audit_note(request, download->filter.personal ? "downloaded-names" : "downloaded",
		download->filename, reason);
	if (r == 0)
		r = download_respond(request, response, download);
	snprintf(name, sizeof name, "%s%s", download->filename, download->zip ? ".zip" : "");
	return r < 0 ? r : respond_as_attachment(response, name);
}

static const char *given(const char *text)
{
	return text[0] ? text : NULL;
}

/* What was asked, by form or by query. False when a part of it is none of ours. */
static bool take_choice(struct download *ret, const struct request *request)
{
	const char *(*const get)(const struct request *, const char *) =
		request->method == METHOD_POST ? request_field : request_query;
	const char *day = get(request, "day");
	*ret = (struct download){
		.filter = { .event = given(get(request, "event")),
			.session = given(get(request, "session")),
			.personal = strcmp(request_field(request, "personal"), "1") == 0 },
		.people = strcmp(get(request, "what"), "people") == 0,
		.zip = strcmp(get(request, "zip"), "1") == 0
	};
	return attendance_format_from_name(&ret->format, or_else(get(request, "format"), "csv")) &&
	       (!day[0] || day_range(day, &ret->filter.from_ms, &ret->filter.to_ms));
}

/* A file without a row is only made when that was said before; a script that GETs it knows. */
static bool is_looked_into(const struct request *request)
{
	return request->method == METHOD_POST && !request->onward &&
	       !request_field(request, "sure")[0];
}

enum lane_name download_lane(const struct request *request)
{
	struct download download;
	const bool long_way = strcmp(request_field(request, "what"), "audit") == 0 ||
			      is_looked_into(request) ||
			      (take_choice(&download, request) && download.people);
	return long_way ? LANE_LONG : LANE_LOOP;
}

static int take_any(void *context, const struct attendance_line *line)
{
	(void)context;
	(void)line;
	return 1;
}

/* 1, 0 or -errno. */
static int has_taps(const struct request *request, const struct download *download)
{
	const int r = tap_log_each(request->stores.read, &download->filter, take_any, NULL);
	return r == -ECANCELED ? 1 : r;
}

/* The log is a stream of the loop's thread; what may take long is looked up before, here. */
static int look_into(
	struct request *request, struct response *response, const struct download *download)
{
	struct form form;
	const int r = has_taps(request, download);
	request->onward = r == 1;
	if (r != 0)
		return r < 0 ? r : 0;
	form_init(&form, request, fields);
	return show(request, response, 200, &form, true);
}

int page_download_attendance(struct request *request, struct response *response)
{
	struct download download;
	if (!take_choice(&download, request))
		return respond_fault(response, 422, "");
	return send_file(request, response, &download, "");
}

static bool has_letters(const char *text)
{
	for (; *text; text++)
		if (isalnum((unsigned char)*text) || (unsigned char)*text >= 0x80)
			return true;
	return false;
}

int page_download(struct request *request, struct response *response)
{
	struct form form;
	struct download download;
	const char *what = request_field(request, "what"),
		   *reason = request_field(request, "reason");
	if (strcmp(what, "clusters") == 0)
		return respond_see_other(response, "/reports/clusters");
	if (!take_choice(&download, request))
		return respond_fault(response, 422, "");
	if (request->owner.role != ROLE_ORGANISER &&
		(download.filter.personal || strcmp(what, "audit") == 0))
		return respond_fault(response, 403, "");
	if (strcmp(what, "audit") == 0)
		return audit_file(request, response,
			&(struct audit_filter){ .from_ms = download.filter.from_ms,
				.to_ms = download.filter.to_ms },
			download.format);
	if (!download.filter.personal || has_letters(reason))
		return !download.people && is_looked_into(request)
			       ? look_into(request, response, &download)
			       : send_file(request, response, &download,
					 download.filter.personal ? reason : "");
	form_init(&form, request, fields);
	form_fault(&form, "reason", "reason", 0, 0);
	return show(request, response, 422, &form, false);
}
