#include "web/report_filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/participation.h"
#include "store/programme.h"
#include "web/escape.h"
#include "web/parts.h"

#define LEAST_MAX 99

static const char *const periods[] = { "year", "event", "month", "quarter", "custom", NULL };

static const char *known_period(const char *text)
{
	for (size_t i = 0; periods[i]; i++)
		if (strcmp(periods[i], text) == 0)
			return periods[i];
	return periods[0];
}

static bool day_of(int64_t *ret, const char *text)
{
	int64_t wall_ms;

	if (!local_time_parse(&wall_ms, text, NULL))
		return false;
	*ret = local_day(wall_ms, clock_utc_offset_min(wall_ms));
	return true;
}

/* The month, quarter or year of today, from its first day. */
static void begin_of(struct report_filter *asked, int64_t now_ms)
{
	struct calendar c;
	int month = 1;

	calendar_of(&c, now_ms, clock_utc_offset_min(now_ms));
	if (strcmp(asked->period, "month") == 0)
		month = c.month;
	else if (strcmp(asked->period, "quarter") == 0)
		month = (c.month - 1) / 3 * 3 + 1;
	snprintf(asked->from, sizeof asked->from, "%04u-%02u-01", (unsigned)c.year % 10000,
		(unsigned)month % 100);
	snprintf(asked->to, sizeof asked->to, "%04u-%02u-%02u", (unsigned)c.year % 10000,
		(unsigned)c.month % 100, (unsigned)c.day % 100);
}

static enum participation_unit unit_asked(const struct request *request)
{
	const char *text = request_query(request, "unit");

	for (int unit = 0; unit < UNIT_COUNT; unit++)
		if (strcmp(participation_unit_name((enum participation_unit)unit), text) == 0)
			return (enum participation_unit)unit;
	return (enum participation_unit)request_config(request)->participation.unit;
}

static void take_days(const struct request *request, struct sheet *sheet, struct report_filter *ret)
{
	if (strcmp(ret->period, "custom") == 0) {
		utf8_clip(ret->from, sizeof ret->from, request_query(request, "from"));
		utf8_clip(ret->to, sizeof ret->to, request_query(request, "to"));
	} else {
		begin_of(ret, clock_wall_ms());
	}
	if (!day_of(&ret->from_day, ret->from))
		sheet_fault(sheet, "from", "date");
	if (!day_of(&ret->to_day, ret->to))
		sheet_fault(sheet, "to", "date");
	else if (ret->to_day < ret->from_day)
		sheet_fault(sheet, "to", "order");
}

/* The one that was asked for; of the period of an event, else the one of today. */
static int take_event(const struct request *request, struct report_filter *ret)
{
	const char *given = request_query(request, "event");
	struct today today;
	const bool by_event = strcmp(ret->period, "event") == 0;

	ret->event = given[0] ? given : NULL;
	if (given[0] || !by_event)
		return 0;
	const int r = today_find(&today, request, clock_wall_ms());
	if (r == 0 && today.event.id[0]) {
		utf8_clip(ret->today, sizeof ret->today, today.event.id);
		ret->event = ret->today;
	}
	return r;
}

int report_filter_read(
	const struct request *request, struct sheet *sheet, struct report_filter *ret)
{
	const char *session = request_query(request, "session");

	*ret = (struct report_filter){ .period = known_period(request_query(request, "period")),
		.session = session[0] ? session : NULL,
		.rule = { request_number(request_query(request, "least"), 1, LEAST_MAX,
				  request_config(request)->participation.least),
			unit_asked(request),
			strcmp(request_query(request, "by"), "own") == 0 ? BY_OWN : BY_SESSION },
		.from_day = DAY_OPEN,
		.to_day = INT64_MAX };
	if (strcmp(ret->period, "event") != 0)
		take_days(request, sheet, ret);
	return take_event(request, ret);
}

int report_filter_load(const struct request *request, const struct report_filter *filter,
	struct participation **ret)
{
	const struct participation_query query = { .from_day = filter->from_day,
		.to_day = filter->to_day,
		.event = filter->event,
		.session = filter->session,
		.rule = filter->rule,
		.goal = request_config(request)->kiosk.goal };

	return participation_load(request->stores.read, &query, ret);
}

struct chooser {
	json_t *list;
	const char *chosen; /* id, code or title */
};

static int add_event(void *context, const struct event *event)
{
	struct chooser *chooser = context;
	const bool chosen = chooser->chosen && (strcmp(event->id, chooser->chosen) == 0 ||
						       strcmp(event->code, chooser->chosen) == 0);

	json_array_append_new(chooser->list, json_pack("{s:s, s:s, s:b}", "code", event->code,
						     "title", event->title, "chosen", chosen));
	return 0;
}

/* The sessions of the event that was chosen, else of today's; a session of another event stays
 * chosen. */
static json_t *sessions_json(const struct request *request, const struct report_filter *filter)
{
	struct session *sessions = NULL;
	struct event event;
	size_t count = 0;
	json_t *list = json_array();
	const char *wanted = filter->event ? filter->event : request_config(request)->kiosk.event;
	if (event_find(request->stores.read, wanted, clock_wall_ms(), &event) == 0)
		session_load(request->stores.read, event.id, &sessions, &count);
	bool found = !filter->session;
	for (size_t i = 0; i < count; i++) {
		const bool chosen =
			filter->session && strcmp(sessions[i].code, filter->session) == 0;
		found |= chosen;
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", sessions[i].code,
						    "title", sessions[i].title, "chosen", chosen));
	}
	if (!found)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", filter->session,
						    "title", filter->session, "chosen", true));
	free(sessions);
	return list;
}

/* What the filter shows: the events there are, the rule, and the query that leads to the files. */
json_t *report_filter_into(
	json_t *data, const struct request *request, const struct report_filter *filter)
{
	char event[160], session[160], query[600];
	struct chooser chooser = { json_array(), filter->event };

	event_each(request->stores.read, add_event, &chooser);
	escape_query(event, sizeof event, request_query(request, "event"));
	escape_query(session, sizeof session, request_query(request, "session"));
	snprintf(query, sizeof query,
		"period=%s&from=%s&to=%s&event=%s&session=%s&least=%d&unit=%s&by=%s",
		filter->period, filter->from, filter->to, event, session, filter->rule.least,
		participation_unit_name(filter->rule.unit), participation_by_name(filter->rule.by));
	json_object_set_new(data, "events", chooser.list);
	json_object_set_new(data, "sessions", sessions_json(request, filter));
	json_object_set_new(data, "by", json_string(participation_by_name(filter->rule.by)));
	json_object_set_new(data, "least", json_integer(filter->rule.least));
	json_object_set_new(data, "unit", json_string(participation_unit_name(filter->rule.unit)));
	json_object_set_new(data, "query", json_string(query));
	return data;
}
