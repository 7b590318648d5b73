/* /events: which one is on; new ones; those that are over. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/planned.h"
#include "web/day.h"
#include "web/event_form.h"
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

static int take_event(void *context, const struct event *event)
{
	struct events *events = context;
	struct store *store = events->request->stores.read;
	json_t *row = json_pack("{s:s, s:s, s:s, s:b, s:b}", "id", event->id, "title", event->title,
		"venue", event->venue, "current", strcmp(event->id, events->today->event.id) == 0,
		"closed", event_is_closed(store, event->id));

	event_days_into(row, store, event);
	json_array_append_new(events->list, row);
	return 0;
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
	return respond_page(response, status, "events",
		sheet_into(sheet, json_pack("{s:i, s:o, s:b, s:s}", "events_count",
					  (int)json_array_size(events.list), "events", events.list,
					  "fixed", request_config(request)->kiosk.event[0] != '\0',
					  "saved", request_query(request, "saved"))));
}

static void sheet_empty(struct sheet *sheet, const struct request *request)
{
	const struct event none = { .id = "" };

	sheet_init(sheet, request);
	event_form_set(sheet, &none);
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
	event_form_take(&sheet, &event);
	code_of_title(event.code, event.title);
	if (sheet_is_good(&sheet) &&
		(!event.code[0] || event_find(request->stores.read, event.code, 0, &known) == 0))
		sheet_fault(&sheet, "event_title", "event.same");
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
