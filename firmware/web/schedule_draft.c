#include "web/schedule_draft.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/planned.h"
#include "web/calendar.h"

#define FAULTS_ROOM 8000 /* bytes of a page: tracks and rooms stand on it too */

static int on_event(void *context, const char *title, const char *venue)
{
	struct schedule_draft *draft = context;

	if (!draft->event.id[0]) {
		const char *named = title[0] ? title : import_job_text(draft->job, "filename");
		utf8_clip(draft->event.title, sizeof draft->event.title, named);
		char *ending = title[0] ? NULL : strrchr(draft->event.title, '.');
		if (ending && ending > draft->event.title)
			*ending = '\0'; /* as the command line names it */
		utf8_clip(draft->event.venue, sizeof draft->event.venue, venue);
		code_of_title(draft->event.code, draft->event.title);
	}
	return 0;
}

static bool is_cluster(const struct schedule_draft *draft, const char *code)
{
	for (size_t i = 0; i < draft->clusters.count; i++)
		if (strcmp(draft->clusters.all[i].code, code) == 0)
			return true;
	return false;
}

static void count_one(json_t *counts, const char *name)
{
	json_object_set_new(
		counts, name, json_integer(json_integer_value(json_object_get(counts, name)) + 1));
}

/* What was answered: a cluster for each unknown track, a capacity for each room. */
static void answer(struct schedule_draft *draft, struct session *session)
{
	const json_t *map = json_object_get(draft->job->state, "map");
	const json_t *rooms = json_object_get(draft->job->state, "repairs");

	if (session->cluster[0] && !is_cluster(draft, session->cluster)) {
		count_one(draft->tracks, session->cluster);
		const char *code = json_string_value(json_object_get(map, session->cluster));
		utf8_clip(session->cluster, sizeof session->cluster, code ? code : "");
	}
	if (session->room[0] && session->capacity == 0 && session->kind == SESSION_PARALLEL) {
		count_one(draft->rooms, session->room);
		session->capacity =
			(int32_t)json_integer_value(json_object_get(rooms, session->room));
	}
}

static bool is_same(const struct session *before, const struct session *after)
{
	return before->start_ms == after->start_ms && before->end_ms == after->end_ms &&
	       before->capacity == after->capacity && before->kind == after->kind &&
	       before->state == after->state && strcmp(before->room, after->room) == 0 &&
	       strcmp(before->title, after->title) == 0 && strcmp(before->host, after->host) == 0 &&
	       strcmp(before->cluster, after->cluster) == 0;
}

static void compare(struct schedule_draft *draft, const struct session *session)
{
	struct planned_session before;
	struct session after = *session;
	char id[ID_TEXT_SIZE];

	session_id_of(id, draft->event.id, session->code);
	if (!draft->event.id[0] || planned_find(draft->request->stores.read, id, &before) < 0) {
		draft->added++;
		return;
	}
	session_settle(&after, before.session.announced_start_ms, before.announced_room);
	*(is_same(&before.session, &after) ? &draft->same : &draft->changed) += 1;
}

static int on_session(void *context, const struct session *from, unsigned line)
{
	struct schedule_draft *draft = context;
	struct session session = *from;

	(void)line;
	draft->sessions++;
	answer(draft, &session);
	if (draft->import)
		return schedule_import_row(draft->import, &session);
	compare(draft, &session);
	return timetable_add(&draft->read, &session);
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct schedule_draft *draft = context;
	char raw[400], clean[400];

	snprintf(raw, sizeof raw, "%.*s",
		(int)(rejection->original_length < 399 ? rejection->original_length : 399),
		rejection->original);
	utf8_clip(clean, sizeof clean, raw);
	if (questions_meet(
		    &draft->questions.faults, NULL, rejection->line, questions_bytes(clean, "", 0)))
		questions_show(&draft->questions.faults,
			json_pack("{s:I, s:s, s:s, s:s}", "line", (json_int_t)rejection->line,
				"raw", clean, "fault", fault_name(rejection->fault), "what",
				fault_words(rejection->fault, draft->request->language)));
}

int schedule_draft_init(struct schedule_draft *ret, const struct request *request,
	const struct import_job *job, const char *from)
{
	struct today today;

	*ret = (struct schedule_draft){
		.request = request, .job = job, .tracks = json_object(), .rooms = json_object()
	};
	questions_init(&ret->questions, from, NULL);
	ret->questions.faults.room = FAULTS_ROOM;
	const int r = today_find(&today, request, clock_wall_ms());
	ret->event = today.event;
	return r < 0 ? r : cluster_list_load(&ret->clusters, request->stores.read);
}

void schedule_draft_finish(struct schedule_draft *draft)
{
	questions_finish(&draft->questions);
	json_decref(draft->tracks);
	json_decref(draft->rooms);
	schedule_import_abandon(draft->import);
	timetable_finish(&draft->read);
}

int schedule_draft_read(struct schedule_draft *draft)
{
	const struct schedule_sink sink = { draft, on_event, on_session, on_reject };
	const int64_t now_ms = clock_wall_ms();
	struct schedule_limits limits;
	struct bytes bytes = { 0 };
	int r = import_job_file(draft->job, &bytes);

	schedule_limits_at(&limits, now_ms, clock_utc_offset_min, calendar_read);
	draft->format = r == 0 ? schedule_recognise((const char *)bytes.data, bytes.length)
			       : SCHEDULE_UNKNOWN;
	if (r == 0)
		r = schedule_read(
			(const char *)bytes.data, bytes.length, &limits, &sink, &draft->refusal);
	bytes_free(&bytes);
	return r == 0 && draft->sessions == 0 && draft->questions.faults.count == 0 ? -EINVAL : r;
}

static json_t *tracks_json(const struct schedule_draft *draft)
{
	const json_t *map = json_object_get(draft->job->state, "map");
	json_t *list = json_array(), *count;
	const char *name;
	int index = 0;

	json_object_foreach(draft->tracks, name, count)
	{
		const char *chosen = json_string_value(json_object_get(map, name));
		json_array_append_new(list,
			json_pack("{s:i, s:s, s:O, s:b, s:o}", "index", index++, "track", name,
				"times", count, "unanswered", chosen == NULL, "clusters",
				cluster_choices(&draft->clusters, chosen ? chosen : "",
					draft->request->language)));
	}
	return list;
}

static json_t *rooms_json(const struct schedule_draft *draft)
{
	const json_t *known = json_object_get(draft->job->state, "repairs");
	json_t *list = json_array(), *count;
	const char *name;
	int index = 0;

	json_object_foreach(draft->rooms, name, count)
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

int schedule_draft_json(
	struct schedule_draft *draft, json_t **ret, char ret_from[QUESTION_PLACE_SIZE])
{
	static const char *const formats[] = { [SCHEDULE_UNKNOWN] = "",
		[SCHEDULE_ICALENDAR] = "iCalendar",
		[SCHEDULE_JSON] = "schedule.json",
		[SCHEDULE_CSV] = "CSV" };
	json_t *page = json_object();
	int overlapping;

	if (!questions_into(&draft->questions, page, ret_from)) {
		json_decref(page);
		return 1;
	}
	json_t *overlaps = timetable_overlaps(&draft->read, &overlapping);
	json_t *data = json_pack(
		"{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:b, s:o, s:b, s:o, s:s, "
		"s:i, s:i, s:i, s:o}",
		"job", draft->job->id, "filename", import_job_text(draft->job, "filename"),
		"event_title", draft->event.title, "sessions", (json_int_t)draft->sessions, "added",
		(json_int_t)draft->added, "changed", (json_int_t)draft->changed, "same",
		(json_int_t)draft->same, "held",
		(json_int_t)questions_lines(&draft->questions.faults), "tracks_asked",
		json_object_size(draft->tracks) > 0, "tracks", tracks_json(draft), "rooms_asked",
		json_object_size(draft->rooms) > 0, "rooms", rooms_json(draft), "format",
		formats[draft->format], "days", timetable_days(&draft->read), "rooms_count",
		timetable_rooms(&draft->read), "overlapping", overlapping, "overlaps", overlaps);
	json_object_update(data, page);
	json_decref(page);
	*ret = data;
	return data ? 0 : -ENOMEM;
}

bool schedule_draft_is_answered(const struct schedule_draft *draft)
{
	const char *name;
	json_t *count;

	json_object_foreach(draft->tracks, name,
		count) if (!json_object_get(json_object_get(draft->job->state, "map"),
				   name)) return false;
	return true;
}

int schedule_draft_revision(const struct schedule_draft *draft, char ret[REVISION_SIZE])
{
	struct session *sessions = NULL;
	size_t count = 0;
	json_t *all = json_pack("[s]", draft->event.id);
	const int r = draft->event.id[0] ? session_load(draft->request->stores.read,
						   draft->event.id, &sessions, &count)
					 : 0;

	for (size_t i = 0; i < count; i++) {
		const struct session *s = &sessions[i];
		json_array_append_new(
			all, json_pack("[s,s,s,s,s,I,I,i,i,i]", s->code, s->title, s->host, s->room,
				     s->cluster, (json_int_t)s->start_ms, (json_int_t)s->end_ms,
				     (int)s->capacity, (int)s->kind, (int)s->state));
	}
	char *text = json_dumps(all, JSON_COMPACT);
	revision_of_text(text ? text : "", ret);
	free(text);
	json_decref(all);
	free(sessions);
	return r;
}
