#include "web/event_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "web/frame.h"
#include "web/parts.h"
#include "web/response.h"

#define DAY_MS (24 * 3600 * 1000LL)
#define DAYS_MAX 366
#define OUTSIDE_MAX 5

/* Noon is the same day everywhere an event may be. */
static int64_t noon_of(int64_t day)
{
	return day * DAY_MS + DAY_MS / 2;
}

static void set_day(struct sheet *sheet, const char *field, int64_t day)
{
	char text[11] = "", clock[6];

	if (day)
		local_time_text(noon_of(day), text, clock);
	sheet_set(sheet, field, text);
}

void event_form_set(struct sheet *sheet, const struct event *event)
{
	sheet_set(sheet, "event_title", event->title);
	sheet_set(sheet, "event_venue", event->venue);
	set_day(sheet, "first_day", event->days.first);
	set_day(sheet, "last_day", event->days.last);
}

static void take_text(
	struct sheet *sheet, const char *field, const char *text, char *ret, size_t size)
{
	if (strlen(text) >= size)
		sheet_fault(sheet, field, "long");
	utf8_clip(ret, size, text);
}

/* 0 for an empty field or a fault. */
static int64_t take_day(struct sheet *sheet, const char *field)
{
	const char *text = sheet_take(sheet, field);
	int64_t wall_ms;

	if (!text[0])
		return 0;
	if (local_time_parse(&wall_ms, text, NULL))
		return local_day(wall_ms, clock_utc_offset_min(wall_ms));
	sheet_fault(sheet, field, "date");
	return 0;
}

static void take_days(struct sheet *sheet, struct event_days *ret)
{
	const int64_t first = take_day(sheet, "first_day"), last = take_day(sheet, "last_day");

	if (last && !first)
		sheet_fault(sheet, "first_day", "event.first");
	else if (last && last < first)
		sheet_fault(sheet, "last_day", "event.last");
	else if (last && last - first >= DAYS_MAX)
		sheet_fault(sheet, "last_day", "event.year");
	*ret = (struct event_days){ first, last ? last : first };
}

void event_form_take(struct sheet *sheet, struct event *ret)
{
	take_text(sheet, "event_title", sheet_need(sheet, "event_title", "required"), ret->title,
		sizeof ret->title);
	take_text(sheet, "event_venue", sheet_take(sheet, "event_venue"), ret->venue,
		sizeof ret->venue);
	take_days(sheet, &ret->days);
}

static json_t *outside_json(
	const struct event_days *given, const struct session *sessions, size_t count)
{
	json_t *list = json_array();
	int found = 0;

	for (size_t i = 0; i < count; i++) {
		if (!schedule_is_outside(given, &sessions[i]))
			continue;
		if (found++ < OUTSIDE_MAX)
			json_array_append_new(list,
				json_pack("{s:s, s:s, s:o}", "id", sessions[i].id, "title",
					sessions[i].title, "day", json_time(sessions[i].start_ms)));
	}
	if (found)
		return json_pack("{s:i, s:i, s:o}", "count", found, "more",
			found > OUTSIDE_MAX ? found - OUTSIDE_MAX : 0, "list", list);
	json_decref(list);
	return json_null();
}

/* The days of its sessions; false without any. */
static bool days_of(const struct session *sessions, size_t count, int64_t *ret_first_ms,
	int64_t *ret_last_ms, bool *ret_one)
{
	int64_t end_ms = 0;

	for (size_t i = 0; i < count; i++)
		end_ms = sessions[i].end_ms > end_ms ? sessions[i].end_ms : end_ms;
	if (count == 0)
		return false;
	*ret_first_ms = sessions[0].start_ms;
	*ret_last_ms = end_ms;
	*ret_one = local_day(sessions[0].start_ms, sessions[0].utc_offset_min) ==
		   local_day(end_ms, sessions[0].utc_offset_min);
	return true;
}

void event_days_into(json_t *data, struct store *store, const struct event *event)
{
	struct session *sessions = NULL;
	size_t count = 0;
	int64_t first_ms = noon_of(event->days.first), last_ms = noon_of(event->days.last);
	bool one = event->days.first == event->days.last, given = event->days.first != 0;

	if (!event->id[0] || session_load(store, event->id, &sessions, &count) < 0)
		count = 0;
	const bool known = given || days_of(sessions, count, &first_ms, &last_ms, &one);
	json_object_set_new(data, "first_day", known ? json_time(first_ms) : json_null());
	json_object_set_new(data, "last_day", known && !one ? json_time(last_ms) : json_null());
	json_object_set_new(data, "given", json_boolean(given));
	json_object_set_new(data, "sessions", json_integer((json_int_t)count));
	json_object_set_new(data, "outside", outside_json(&event->days, sessions, count));
	free(sessions);
}
