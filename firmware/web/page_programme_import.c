/* /programme/import: somebody else's schedule, looked at before the kiosk shows it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/schedule_in.h"
#include "store/planned.h"
#include "web/calendar.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/import_job.h"
#include "web/parts.h"
#include "web/programme_answers.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

#define KIND "schedule"
#define FAULTS_SHOWN_MAX 200
#define CAPACITY_MAX 100000
#define SESSIONS_MAX 5000
#define OVERLAPS_MAX 50

/* One reading of the file, with the answers given so far. */
struct pass {
	const struct request *request;
	const struct import_job *job;
	struct cluster_list clusters;
	struct event event;
	struct schedule_import *import;  /* NULL for a preview */
	json_t *faults, *tracks, *rooms; /* tracks and rooms: how many sessions have each */
	int64_t sessions, added, changed, same;
	enum schedule_format format;
	struct session *read; /* of a preview, as many as @read_count */
	size_t read_count;
	struct rejection refusal;
};

static int on_event(void *context, const char *title, const char *venue)
{
	struct pass *pass = context;

	if (!pass->event.id[0]) {
		const char *named = title[0] ? title : import_job_text(pass->job, "filename");
		utf8_clip(pass->event.title, sizeof pass->event.title, named);
		char *ending = title[0] ? NULL : strrchr(pass->event.title, '.');
		if (ending && ending > pass->event.title)
			*ending = '\0'; /* as the command line names it */
		utf8_clip(pass->event.venue, sizeof pass->event.venue, venue);
		code_of_title(pass->event.code, pass->event.title);
	}
	return 0;
}

static bool is_cluster(const struct pass *pass, const char *code)
{
	for (size_t i = 0; i < pass->clusters.count; i++)
		if (strcmp(pass->clusters.all[i].code, code) == 0)
			return true;
	return false;
}

static void count_one(json_t *counts, const char *name)
{
	json_object_set_new(
		counts, name, json_integer(json_integer_value(json_object_get(counts, name)) + 1));
}

/* What was answered: a cluster for each unknown track, a capacity for each room. */
static void answer(struct pass *pass, struct session *session)
{
	const json_t *map = json_object_get(pass->job->state, "map");
	const json_t *rooms = json_object_get(pass->job->state, "repairs");

	if (session->cluster[0] && !is_cluster(pass, session->cluster)) {
		count_one(pass->tracks, session->cluster);
		const char *code = json_string_value(json_object_get(map, session->cluster));
		utf8_clip(session->cluster, sizeof session->cluster, code ? code : "");
	}
	if (session->room[0] && session->capacity == 0 && session->kind == SESSION_PARALLEL) {
		count_one(pass->rooms, session->room);
		session->capacity =
			(int32_t)json_integer_value(json_object_get(rooms, session->room));
	}
}

static void compare(struct pass *pass, const struct session *session)
{
	struct planned_session before;
	char id[ID_TEXT_SIZE];

	session_id_of(id, pass->event.id, session->code);
	if (!pass->event.id[0] || planned_find(pass->request->stores.read, id, &before) < 0)
		pass->added++;
	else if (before.session.start_ms != session->start_ms ||
		 before.session.end_ms != session->end_ms ||
		 before.session.capacity != session->capacity ||
		 strcmp(before.session.room, session->room) != 0 ||
		 strcmp(before.session.title, session->title) != 0 ||
		 strcmp(before.session.host, session->host) != 0 ||
		 strcmp(before.session.cluster, session->cluster) != 0)
		pass->changed++;
	else
		pass->same++;
}

/* Remembers a session of the file, so that those of one room can be laid beside each other. */
static int keep(struct pass *pass, const struct session *session)
{
	if (pass->read_count == SESSIONS_MAX)
		return 0;
	if ((pass->read_count & (pass->read_count - 1)) == 0) {
		const size_t room = pass->read_count ? 2 * pass->read_count : 1;
		struct session *grown = realloc(pass->read, room * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		pass->read = grown;
	}
	pass->read[pass->read_count++] = *session;
	return 0;
}

static int on_session(void *context, const struct session *from, unsigned line)
{
	struct pass *pass = context;
	struct session session = *from;

	(void)line;
	pass->sessions++;
	answer(pass, &session);
	if (pass->import)
		return schedule_import_row(pass->import, &session);
	compare(pass, &session);
	return keep(pass, &session);
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct pass *pass = context;
	char raw[400], clean[400];

	snprintf(raw, sizeof raw, "%.*s",
		(int)(rejection->original_length < 399 ? rejection->original_length : 399),
		rejection->original);
	utf8_clip(clean, sizeof clean, raw);
	if (json_array_size(pass->faults) < FAULTS_SHOWN_MAX)
		json_array_append_new(pass->faults,
			json_pack("{s:I, s:s, s:s, s:s}", "line", (json_int_t)rejection->line,
				"raw", clean, "fault", fault_name(rejection->fault), "what",
				fault_words(rejection->fault, pass->request->language)));
}

static int pass_begin(struct pass *ret, const struct request *request, const struct import_job *job)
{
	struct today today;

	*ret = (struct pass){ .request = request,
		.job = job,
		.faults = json_array(),
		.tracks = json_object(),
		.rooms = json_object() };
	const int r = today_find(&today, request, clock_wall_ms());
	ret->event = today.event;
	return r < 0 ? r : cluster_list_load(&ret->clusters, request->stores.read);
}

static void pass_finish(struct pass *pass)
{
	json_decref(pass->faults);
	json_decref(pass->tracks);
	json_decref(pass->rooms);
	schedule_import_abandon(pass->import);
	free(pass->read);
}

static int run(struct pass *pass)
{
	const struct schedule_sink sink = { pass, on_event, on_session, on_reject };
	const int64_t now_ms = clock_wall_ms();
	struct schedule_limits limits;
	struct bytes bytes = { 0 };
	int r = import_job_file(pass->job, &bytes);

	schedule_limits_at(&limits, now_ms, clock_utc_offset_min(now_ms), calendar_read);
	pass->format = r == 0 ? schedule_recognise((const char *)bytes.data, bytes.length)
			      : SCHEDULE_UNKNOWN;
	if (r == 0)
		r = schedule_read(
			(const char *)bytes.data, bytes.length, &limits, &sink, &pass->refusal);
	bytes_free(&bytes);
	return r == 0 && pass->sessions == 0 && json_array_size(pass->faults) == 0 ? -EINVAL : r;
}

static json_t *tracks_json(const struct pass *pass)
{
	const json_t *map = json_object_get(pass->job->state, "map");
	json_t *list = json_array(), *count;
	const char *name;
	int index = 0;

	json_object_foreach(pass->tracks, name, count)
	{
		const char *chosen = json_string_value(json_object_get(map, name));
		json_array_append_new(list,
			json_pack("{s:i, s:s, s:O, s:b, s:o}", "index", index++, "track", name,
				"times", count, "unanswered", chosen == NULL, "clusters",
				cluster_choices(&pass->clusters, chosen ? chosen : "",
					pass->request->language)));
	}
	return list;
}

static json_t *rooms_json(const struct pass *pass)
{
	const json_t *known = json_object_get(pass->job->state, "repairs");
	json_t *list = json_array(), *count;
	const char *name;
	int index = 0;

	json_object_foreach(pass->rooms, name, count)
	{
		char text[24] = "";
		const json_int_t capacity = json_integer_value(json_object_get(known, name));
		if (capacity > 0)
			snprintf(text, sizeof text, "%lld", (long long)capacity);
		json_array_append_new(
			list, json_pack("{s:i, s:s, s:O, s:s}", "index", index++, "room", name,
				      "times", count, "capacity", text));
	}
	return list;
}

static bool overlap(const struct session *one, const struct session *other)
{
	return one->room[0] && strcmp(one->room, other->room) == 0 &&
	       one->state != SESSION_CANCELLED && other->state != SESSION_CANCELLED &&
	       one->start_ms < other->end_ms && other->start_ms < one->end_ms;
}

static json_t *overlaps_json(const struct pass *pass)
{
	json_t *list = json_array();

	for (size_t i = 0; i < pass->read_count; i++)
		for (size_t j = i + 1; j < pass->read_count && json_array_size(list) < OVERLAPS_MAX;
			j++) {
			const struct session *one = &pass->read[i], *other = &pass->read[j];
			if (overlap(one, other))
				json_array_append_new(
					list, json_pack("{s:s, s:s, s:s, s:o, s:o}", "title",
						      one->title, "other", other->title, "room",
						      one->room, "start", json_time(one->start_ms),
						      "other_start", json_time(other->start_ms)));
		}
	return list;
}

/* How many local days the sessions are on. */
static int days_of(const struct pass *pass)
{
	int days = 0;

	for (size_t i = 0; i < pass->read_count; i++) {
		const struct session *s = &pass->read[i];
		const int64_t day = local_day(s->start_ms, s->utc_offset_min);
		bool met = false;
		for (size_t j = 0; j < i && !met; j++)
			met = local_day(pass->read[j].start_ms, pass->read[j].utc_offset_min) ==
			      day;
		days += !met;
	}
	return days;
}

static int rooms_of(const struct pass *pass)
{
	json_t *rooms = json_object();

	for (size_t i = 0; i < pass->read_count; i++)
		if (pass->read[i].room[0])
			json_object_set_new(rooms, pass->read[i].room, json_true());
	const int count = (int)json_object_size(rooms);
	json_decref(rooms);
	return count;
}

static json_t *preview_json(const struct pass *pass)
{
	static const char *const formats[] = { [SCHEDULE_UNKNOWN] = "",
		[SCHEDULE_ICALENDAR] = "iCalendar",
		[SCHEDULE_JSON] = "schedule.json",
		[SCHEDULE_CSV] = "CSV" };
	json_t *overlaps = overlaps_json(pass);

	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:O, s:i, s:b, s:o, s:b, s:o, s:s, "
			 "s:i, s:i, s:i, s:o}",
		"job", pass->job->id, "filename", import_job_text(pass->job, "filename"),
		"event_title", pass->event.title, "sessions", (json_int_t)pass->sessions, "added",
		(json_int_t)pass->added, "changed", (json_int_t)pass->changed, "same",
		(json_int_t)pass->same, "problems", pass->faults, "held",
		(int)json_array_size(pass->faults), "tracks_asked",
		json_object_size(pass->tracks) > 0, "tracks", tracks_json(pass), "rooms_asked",
		json_object_size(pass->rooms) > 0, "rooms", rooms_json(pass), "format",
		formats[pass->format], "days", days_of(pass), "rooms_count", rooms_of(pass),
		"overlapping", (int)json_array_size(overlaps), "overlaps", overlaps);
}

int page_programme_import_upload(struct request *request, struct response *response)
{
	const struct upload *upload = request_upload(request, "file");
	struct import_job job;
	struct pass pass;
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
	r = pass_begin(&pass, request, &job);
	if (r == 0)
		r = run(&pass);
	pass_finish(&pass);
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

/* Which tracks still have no cluster is said where somebody wants to go on without. */
static int show_preview(struct request *request, struct response *response, const struct pass *pass,
	unsigned status)
{
	struct sheet sheet;
	char field[24];
	json_t *track, *preview = preview_json(pass);
	size_t i;

	sheet_init(&sheet, request);
	json_array_foreach(json_object_get(preview, "tracks"), i, track)
	{
		const bool missing =
			status != 200 && json_is_true(json_object_get(track, "unanswered"));
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
	struct pass pass;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = pass_begin(&pass, request, &job);
	if (r == 0)
		r = run(&pass);
	if (r == 0)
		r = show_preview(request, response, &pass, 200);
	pass_finish(&pass);
	import_job_finish(&job);
	return r;
}

/* Remembers the answers to what was asked. */
static int take_answers(struct request *request, struct import_job *job, const struct pass *pass)
{
	const char *name;
	json_t *count;
	char field[24];
	int index = 0;

	json_object_foreach(pass->tracks, name, count)
	{
		snprintf(field, sizeof field, "t%d", index++);
		const char *code = request_field(request, field);
		if (strcmp(code, "?") != 0)
			json_object_set_new(
				json_object_get(job->state, "map"), name, json_string(code));
	}
	index = 0;
	json_object_foreach(pass->rooms, name, count)
	{
		snprintf(field, sizeof field, "c%d", index++);
		json_object_set_new(json_object_get(job->state, "repairs"), name,
			json_integer(
				request_number(request_field(request, field), 0, CAPACITY_MAX, 0)));
	}
	return import_job_save(job);
}

static bool is_answered(const struct import_job *job, const struct pass *pass)
{
	const char *name;
	json_t *count;

	json_object_foreach(pass->tracks, name,
		count) if (!json_object_get(json_object_get(job->state, "map"), name)) return false;
	return true;
}

static int import(struct request *request, struct response *response, struct import_job *job)
{
	struct schedule_counts counts;
	struct pass pass;
	int r = pass_begin(&pass, request, job);

	/* The first reading finds the event's name, the second fills it. */
	if (r == 0)
		r = run(&pass);
	if (r == 0)
		r = schedule_import_begin(&pass.import, request->stores.write, &pass.event,
			import_job_text(job, "filename"), clock_wall_ms());
	if (r == 0)
		r = run(&pass);
	if (r == 0) {
		r = schedule_import_finish(pass.import, false, &counts);
		pass.import = NULL;
	}
	pass_finish(&pass);
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

int page_programme_import_act(struct request *request, struct response *response)
{
	const char *act = request_field(request, "do");
	struct import_job job;
	struct pass pass;
	int r = job_asked(request, response, &job);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	if (strcmp(act, "cancel") == 0) {
		json_object_set_new(job.state, "state", json_string("cancelled"));
		r = import_job_save(&job);
		import_job_finish(&job);
		return r < 0 ? r : respond_see_other(response, "/programme?saved=cancelled");
	}
	r = pass_begin(&pass, request, &job);
	if (r == 0)
		r = run(&pass);
	if (r == 0)
		r = take_answers(request, &job, &pass);
	const bool whole = r == 0 && is_answered(&job, &pass);
	if (r == 0 && !whole && strcmp(act, "import") == 0)
		r = show_preview(request, response, &pass, 422);
	pass_finish(&pass);
	if (r == 0 && response->status == 0)
		r = strcmp(act, "import") == 0
			    ? import(request, response, &job)
			    : respond_see_other(response, "/programme/import/%s", job.id);
	import_job_finish(&job);
	return r;
}
