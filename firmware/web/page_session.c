/* /programme/sessions/{id}: one session, as planned and as it is today. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/programme_data.h"
#include "web/response.h"
#include "web/revision.h"
#include "web/routes.h"
#include "web/session_times.h"
#include "web/sheet.h"

#define CAPACITY_MAX 100000

/* 0; -ENOENT after answering 404; -errno. */
static int session_asked(
	struct request *request, struct response *response, struct planned_session *ret)
{
	const char *id = request->parameters[0];
	const int r =
		strlen(id) < ID_TEXT_SIZE ? planned_find(request->stores.read, id, ret) : -ENOENT;

	if (r == -ENOENT)
		respond_fault(response, 404, "");
	return r;
}

static void set_plan(struct sheet *sheet, const struct planned_session *planned)
{
	const struct session *s = &planned->session;
	char day[11], clock[6], number[16] = "";

	sheet_set(sheet, "title", s->title);
	sheet_set(sheet, "host", s->host);
	sheet_set(sheet, "room", planned->announced_room);
	sheet_set(sheet, "cluster", s->cluster);
	sheet_set(sheet, "kind", session_kind_name(s->kind));
	if (s->capacity > 0)
		snprintf(number, sizeof number, "%d", s->capacity);
	sheet_set(sheet, "capacity", number);
	local_time_text(s->announced_start_ms, day, clock);
	sheet_set(sheet, "day", day);
	sheet_set(sheet, "start", clock);
	local_time_text(s->announced_start_ms + (s->end_ms - s->start_ms), day, clock);
	sheet_set(sheet, "end", clock);
}

static void set_today(struct sheet *sheet, const struct planned_session *planned)
{
	static const char *const acts[SESSION_STATE_COUNT] = { [SESSION_PLANNED] = "planned",
		[SESSION_MOVED] = "room",
		[SESSION_CANCELLED] = "cancelled",
		[SESSION_DELAYED] = "late" };
	const struct session *s = &planned->session;
	char day[11], clock[6];

	sheet_set(sheet, "x", acts[s->state]);
	local_time_text(s->start_ms, day, clock);
	sheet_set(sheet, "new_time", s->state == SESSION_DELAYED ? clock : "");
	sheet_set(sheet, "new_room", s->state == SESSION_MOVED ? s->room : "");
}

/* What a form is made of. */
static void set_all(
	struct sheet *ret, const struct request *request, const struct planned_session *planned)
{
	sheet_init(ret, request);
	set_plan(ret, planned);
	set_today(ret, planned);
}

static json_t *known_json(const struct request *request, const struct programme *programme,
	const struct planned_session *planned)
{
	const struct session *s = &planned->session;
	const int left = s->capacity - s->taken;
	char rev[REVISION_SIZE];
	struct sheet now;

	set_all(&now, request, planned);
	revision_of(&now, rev);
	sheet_finish(&now);
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:s, s:o, s:i, s:i, s:i, s:i, s:s}",
		"id", s->id, "title", s->title, "room", s->room, "rev", rev, "start",
		json_time(s->start_ms), "end", json_time(s->end_ms), "announced_start",
		json_time(s->announced_start_ms), "announced_room", planned->announced_room,
		"cluster", cluster_json(&programme->clusters, s->cluster, request->language),
		"taken", s->taken, "capacity", s->capacity, "left",
		s->capacity > 0 && left > 0 ? left : 0, "over",
		s->capacity > 0 && left < 0 ? -left : 0, "state", session_state_name(s->state));
}

/* The way back: to which of the programme's days. */
static json_t *back_json(const struct programme *programme, const struct session *session)
{
	return session->id[0] ? json_sprintf("/programme?day=%d", programme_day(programme, session))
			      : json_string("/programme");
}

static int show(struct request *request, struct response *response,
	const struct programme *programme, const struct planned_session *planned,
	struct sheet *sheet, unsigned status)
{
	json_t *data = known_json(request, programme, planned);
	const char *chosen = json_string_value(json_object_get(sheet->values, "cluster"));

	json_object_set_new(data, "rooms", programme_rooms_json(programme));
	json_object_set_new(data, "clusters",
		cluster_choices(&programme->clusters, chosen ? chosen : "", request->language));
	json_object_set_new(data, "event", json_string(programme->event.title));
	json_object_set_new(data, "back", back_json(programme, &planned->session));
	json_object_set_new(data, "saved", json_string(request_query(request, "saved")));
	return respond_page(response, status, "session", sheet_into(sheet, data));
}

/* A new session begins at the next whole hour. */
static struct planned_session blank(void)
{
	const int64_t hour_ms = 3600 * 1000LL, now_ms = clock_wall_ms();
	struct planned_session planned = { .session = { .kind = SESSION_PARALLEL } };

	planned.session.start_ms = now_ms - now_ms % hour_ms + hour_ms;
	planned.session.end_ms = planned.session.start_ms + hour_ms;
	planned.session.announced_start_ms = planned.session.start_ms;
	return planned;
}

/* The form as it begins. */
static int show_form(
	struct request *request, struct response *response, const struct planned_session *planned)
{
	struct programme programme = { 0 };
	struct sheet sheet;
	int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	sheet_init(&sheet, request);
	set_plan(&sheet, planned);
	if (planned->session.id[0])
		set_today(&sheet, planned);
	else if (!programme.event.id[0])
		sheet_fault(&sheet, "", "event");
	r = show(request, response, &programme, planned, &sheet, 200);
	programme_finish(&programme);
	return r;
}

/* Whom {…} in the path names, for @handle. */
static int with_session(struct request *request, struct response *response,
	int (*handle)(struct request *request, struct response *response,
		const struct planned_session *stored))
{
	struct planned_session stored;
	const int r = session_asked(request, response, &stored);

	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return handle(request, response, &stored);
}

int page_session(struct request *request, struct response *response)
{
	return with_session(request, response, show_form);
}

int page_session_new(struct request *request, struct response *response)
{
	const struct planned_session planned = blank();

	return show_form(request, response, &planned);
}

static void take_text(struct sheet *sheet, const char *field, char *ret, size_t size)
{
	const char *text = sheet_take(sheet, field);

	if (strlen(text) >= size)
		sheet_fault(sheet, field, "long");
	utf8_clip(ret, size, text);
}

static void take_times(struct sheet *sheet, struct session *session)
{
	const char *day = sheet_take(sheet, "day"), *start = sheet_take(sheet, "start"),
		   *end = sheet_take(sheet, "end");
	int64_t midnight_ms, start_ms = 0, end_ms = 0;

	if (!local_time_parse(&midnight_ms, day, NULL))
		sheet_fault(sheet, "day", "date");
	else if (!local_time_parse(&start_ms, day, start))
		sheet_fault(sheet, "start", "time");
	else if (!session_end_parse(&end_ms, session, start_ms, day, end))
		sheet_fault(sheet, "end", "time");
	else if (end_ms <= start_ms)
		sheet_fault(sheet, "end", "order");
	session->start_ms = start_ms;
	session->end_ms = end_ms;
	session->utc_offset_min = clock_utc_offset_min(session->start_ms);
}

static void take_plan(
	struct sheet *sheet, const struct programme *programme, struct planned_session *ret)
{
	struct session *session = &ret->session;

	take_text(sheet, "title", session->title, sizeof session->title);
	if (!session->title[0])
		sheet_fault(sheet, "title", "required");
	take_text(sheet, "host", session->host, sizeof session->host);
	take_text(sheet, "room", session->room, sizeof session->room);
	take_text(sheet, "cluster", session->cluster, sizeof session->cluster);
	if (!session_kind_from_name(&session->kind, sheet_take(sheet, "kind")))
		session->kind = SESSION_PARALLEL;
	const char *capacity = sheet_take(sheet, "capacity");
	session->capacity = request_number(capacity, 0, CAPACITY_MAX, -1);
	if (!capacity[0])
		session->capacity = 0;
	else if (session->capacity < 0)
		sheet_fault(sheet, "capacity", "number");
	take_times(sheet, session);
	if (sheet_is_good(sheet) && programme_overlap(programme, session))
		sheet_fault(sheet, "room", "overlap");
}

static int save(struct request *request, struct response *response, struct planned_session *planned)
{
	int r = planned_save(request->stores.write, planned);

	if (r == 0)
		r = audit_note(request, "session-changed", planned->session.id, "");
	return r < 0 ? r
		     : respond_see_other(response, "/programme/sessions/%s?saved=session",
			       planned->session.id);
}

/* What is planned anew is what is announced. */
static int save_plan(struct request *request, struct response *response,
	const struct programme *programme, const struct planned_session *stored,
	struct planned_session *planned)
{
	planned->session.announced_start_ms = planned->session.start_ms;
	planned->session.state = SESSION_PLANNED;
	utf8_clip(planned->announced_room, sizeof planned->announced_room, planned->session.room);
	utf8_clip(planned->event, sizeof planned->event,
		stored->event[0] ? stored->event : programme->event.id);
	return save(request, response, planned);
}

/* 0 when it can be saved, else the status of the form that is shown again. */
static unsigned judge(struct sheet *sheet, const struct planned_session *stored)
{
	struct sheet now;
	bool holds = true;

	if (stored->session.id[0]) {
		set_all(&now, sheet->request, stored);
		holds = revision_check(sheet, &now);
	}
	return !sheet_is_good(sheet) ? 422 : holds ? 0 : 409;
}

/* The form as it was sent, upon what is stored (id "" for a new one): saved, or shown again. */
static int take_form(
	struct request *request, struct response *response, const struct planned_session *stored)
{
	const bool is_new = !stored->session.id[0];
	struct planned_session planned = { .event = "" };
	struct programme programme = { 0 };
	struct sheet sheet;
	int r = programme_load(&programme, request);

	if (r < 0)
		return r;
	sheet_init(&sheet, request);
	if (!is_new) {
		planned = *stored;
		set_today(&sheet, stored);
	}
	take_plan(&sheet, &programme, &planned);
	if (is_new && !programme.event.id[0])
		sheet_fault(&sheet, "", "event");
	const unsigned again = judge(&sheet, stored);
	if (again) {
		r = show(request, response, &programme, stored, &sheet, again);
	} else {
		sheet_finish(&sheet);
		r = save_plan(request, response, &programme, stored, &planned);
	}
	programme_finish(&programme);
	return r;
}

int page_session_add(struct request *request, struct response *response)
{
	const struct planned_session nothing = blank();

	return take_form(request, response, &nothing);
}

int page_session_change(struct request *request, struct response *response)
{
	return with_session(request, response, take_form);
}

static void as_planned(struct planned_session *planned)
{
	struct session *session = &planned->session;
	const int64_t length_ms = session->end_ms - session->start_ms;

	session->start_ms = session->announced_start_ms;
	session->end_ms = session->start_ms + length_ms;
	utf8_clip(session->room, sizeof session->room, planned->announced_room);
	session->state = SESSION_PLANNED;
}

static void take_late(struct sheet *sheet, struct session *session)
{
	const char *clock = sheet_take(sheet, "new_time");
	const int64_t length_ms = session->end_ms - session->start_ms;
	char day[11], unused[6];
	int64_t start_ms;

	local_time_text(session->start_ms, day, unused);
	if (!night_time_parse(&start_ms, session->start_ms, day, clock)) {
		sheet_fault(sheet, "new_time", "time");
		return;
	}
	if (start_ms <= session->announced_start_ms)
		sheet_fault(sheet, "new_time", "later");
	session->start_ms = start_ms;
	session->end_ms = start_ms + length_ms;
	session->state = SESSION_DELAYED;
}

static void take_room(
	struct sheet *sheet, const struct programme *programme, struct session *session)
{
	const char *room = sheet_take(sheet, "new_room");

	if (!room[0] || strlen(room) >= SESSION_ROOM_SIZE)
		sheet_fault(sheet, "new_room", "room");
	utf8_clip(session->room, sizeof session->room, room);
	session->state = SESSION_MOVED;
	if (sheet_is_good(sheet) && programme_overlap(programme, session))
		sheet_fault(sheet, "new_room", "overlap");
}

/* How it is today, against the plan. */
static void take_today(
	struct sheet *sheet, const struct programme *programme, struct planned_session *planned)
{
	const char *act = sheet_take(sheet, "x");

	as_planned(planned);
	sheet_take(sheet, "new_time");
	sheet_take(sheet, "new_room");
	if (strcmp(act, "late") == 0)
		take_late(sheet, &planned->session);
	else if (strcmp(act, "room") == 0)
		take_room(sheet, programme, &planned->session);
	else if (strcmp(act, "cancelled") == 0)
		planned->session.state = SESSION_CANCELLED;
}

int page_session_today(struct request *request, struct response *response)
{
	struct planned_session stored;
	struct programme programme = { 0 };
	struct sheet sheet;
	int r = session_asked(request, response, &stored);

	if (r == 0)
		r = programme_load(&programme, request);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	struct planned_session planned = stored;
	sheet_init(&sheet, request);
	set_plan(&sheet, &stored);
	take_today(&sheet, &programme, &planned);
	if (sheet_is_good(&sheet)) {
		sheet_finish(&sheet);
		r = save(request, response, &planned);
	} else {
		r = show(request, response, &programme, &stored, &sheet, 422);
	}
	programme_finish(&programme);
	return r;
}
