/* /events: which one is on; new ones; those that are over. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/planned.h"
#include "web/day.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

struct events {
	struct request *request;
	const struct today *today;
	json_t *list;
};

/* The days of its sessions; null without any. */
static void add_days(json_t *event, struct store *store, const char *id)
{
	struct session *sessions = NULL;
	size_t count = 0;
	int64_t end_ms = 0;

	if (session_load(store, id, &sessions, &count) < 0)
		count = 0;
	for (size_t i = 0; i < count; i++)
		end_ms = sessions[i].end_ms > end_ms ? sessions[i].end_ms : end_ms;
	json_object_set_new(
		event, "first_day", count ? json_time(sessions[0].start_ms) : json_null());
	const bool one_day = count && local_day(sessions[0].start_ms, sessions[0].utc_offset_min) ==
					      local_day(end_ms, sessions[0].utc_offset_min);
	json_object_set_new(event, "last_day", count && !one_day ? json_time(end_ms) : json_null());
	json_object_set_new(event, "sessions", json_integer((json_int_t)count));
	free(sessions);
}

static int take_event(void *context, const struct event *event)
{
	struct events *events = context;

	json_array_append_new(events->list,
		json_pack("{s:s, s:s, s:s, s:b, s:b}", "id", event->id, "title", event->title,
			"venue", event->venue, "current",
			strcmp(event->id, events->today->event.id) == 0, "closed", 0));
	return 0;
}

static void add_rest(json_t *list, struct store *store)
{
	json_t *event;
	size_t i;

	json_array_foreach(list, i, event)
	{
		const char *id = json_string_value(json_object_get(event, "id"));
		add_days(event, store, id);
		json_object_set_new(event, "closed", json_boolean(event_is_closed(store, id)));
	}
}

static int show(
	struct request *request, struct response *response, struct sheet *sheet, unsigned status)
{
	struct today today;
	struct events events = { request, &today, json_array() };
	int r = today_find(&today, request, clock_wall_ms());

	if (r == 0)
		r = event_each(request->stores.read, take_event, &events);
	if (r < 0) {
		json_decref(events.list);
		sheet_finish(sheet);
		return r;
	}
	add_rest(events.list, request->stores.read);
	return respond_page(response, status, "events",
		sheet_into(sheet, json_pack("{s:i, s:o, s:b, s:s}", "events_count",
					  (int)json_array_size(events.list), "events", events.list,
					  "fixed", request_config(request)->kiosk.event[0] != '\0',
					  "saved", request_query(request, "saved"))));
}

static void sheet_empty(struct sheet *sheet, const struct request *request)
{
	sheet_init(sheet, request);
	sheet_set(sheet, "title", "");
	sheet_set(sheet, "venue", "");
}

int page_events(struct request *request, struct response *response)
{
	struct sheet sheet;

	sheet_empty(&sheet, request);
	return show(request, response, &sheet, 200);
}

int page_event_add(struct request *request, struct response *response)
{
	struct event event = { .id = "" }, known;
	struct sheet sheet;

	sheet_init(&sheet, request);
	const char *title = sheet_need(&sheet, "title", "required");
	const char *venue = sheet_take(&sheet, "venue");
	if (strlen(title) >= sizeof event.title)
		sheet_fault(&sheet, "title", "long");
	if (strlen(venue) >= sizeof event.venue)
		sheet_fault(&sheet, "venue", "long");
	utf8_clip(event.title, sizeof event.title, title);
	utf8_clip(event.venue, sizeof event.venue, venue);
	code_of_title(event.code, event.title);
	if (sheet_is_good(&sheet) &&
		(!event.code[0] || event_find(request->stores.read, event.code, 0, &known) == 0))
		sheet_fault(&sheet, "title", "event.same");
	if (!sheet_is_good(&sheet))
		return show(request, response, &sheet, 422);
	sheet_finish(&sheet);
	int r = event_save(request->stores.write, &event);
	if (r == 0)
		r = audit_note(request, "event-added", event.code, "");
	return r < 0 ? r : respond_see_other(response, "/events?saved=event");
}

/* Whom {…} in the path names. */
static bool event_asked(struct request *request, struct response *response, struct event *ret)
{
	const char *id = request->parameters[0];

	if (event_find(request->stores.read, id, 0, ret) == 0 && strcmp(ret->id, id) == 0)
		return true;
	respond_fault(response, 404, "");
	return false;
}

int page_event_open(struct request *request, struct response *response)
{
	struct event event;

	if (!event_asked(request, response, &event))
		return 0;
	int r = event_open(request->stores.write, event.id, clock_wall_ms());
	if (r == 0)
		r = audit_note(request, "event-opened", event.code, "");
	return r < 0 ? r : respond_see_other(response, "/events?saved=event");
}

/* Who is in has to be let out first. */
static int people_in(const struct request *request, const struct event *event)
{
	struct day_counts counts = { .in_now = 0 };
	struct today today;

	if (!request_config(request)->kiosk.tap_out ||
		today_find(&today, request, clock_wall_ms()) < 0 ||
		strcmp(today.event.id, event->id) != 0 ||
		day_count(request->stores.day, request->stores.read, request_config(request),
			&counts) < 0)
		return 0;
	return counts.in_now;
}

int page_event_close(struct request *request, struct response *response)
{
	struct event event;
	struct sheet sheet;

	if (!event_asked(request, response, &event))
		return 0;
	const int in = people_in(request, &event);
	if (in > 0) {
		sheet_empty(&sheet, request);
		sheet_fault_numbers(&sheet, "", "event.in", in, 0);
		return show(request, response, &sheet, 409);
	}
	int r = event_close(request->stores.write, event.id);
	if (r == 0)
		r = audit_note(request, "event-closed", event.code, "");
	return r < 0 ? r : respond_see_other(response, "/events?saved=event");
}
