#include <jansson.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_out.h"

static json_t *time_of(int64_t wall_ms, int32_t utc_offset_min)
{
	char text[TIME_TEXT_SIZE];

	time_iso(text, sizeof text, wall_ms, utc_offset_min);
	return json_string(text);
}

static json_t *event_of(const struct session *session, const char *cluster)
{
	const int minutes = (int)((session->end_ms - session->start_ms) / 60000);
	char duration[24];
	json_t *persons = json_array();

	snprintf(duration, sizeof duration, "%02d:%02d", minutes / 60, minutes % 60);
	if (session->host[0])
		json_array_append_new(persons, json_pack("{s:s}", "public_name", session->host));
	return json_pack("{s:s, s:s, s:o, s:o, s:s, s:s, s:s?, s:s, s:s, s:o}", "guid",
		session->code, "title", session->title, "date",
		time_of(session->start_ms, session->utc_offset_min), "end",
		time_of(session->end_ms, session->utc_offset_min), "duration", duration, "room",
		session->room, "track", cluster[0] ? cluster : NULL, "type",
		session_kind_name(session->kind), "state", session_state_name(session->state),
		"persons", persons);
}

/* The day that @session is on, which is the last or comes after it. */
static json_t *day_of(json_t *days, const struct session *session)
{
	json_t *time = time_of(session->start_ms, session->utc_offset_min);
	char date[11];
	json_t *last = json_array_get(days, json_array_size(days) - 1);

	utf8_clip(date, sizeof date, json_string_value(time));
	json_decref(time);
	if (last && strcmp(json_string_value(json_object_get(last, "date")), date) == 0)
		return last;
	json_array_append_new(days, json_pack("{s:i, s:s, s:{}}", "index",
					    (int)json_array_size(days) + 1, "date", date, "rooms"));
	return json_array_get(days, json_array_size(days) - 1);
}

char *schedule_json_write(const struct schedule_out *from)
{
	json_t *days = json_array();

	for (size_t i = 0; i < from->count; i++) {
		const struct session *session = &from->sessions[i];
		json_t *rooms = json_object_get(day_of(days, session), "rooms");
		json_t *room = json_object_get(rooms, session->room);
		if (!room) {
			room = json_array();
			json_object_set_new(rooms, session->room, room);
		}
		json_array_append_new(room,
			event_of(session, from->cluster_name(from->context, session->cluster)));
	}
	json_t *all = json_pack("{s:{s:s, s:{s:s, s:s, s:i, s:o}}}", "schedule", "version", "1",
		"conference", "title", from->title, "venue", from->venue, "daysCount",
		(int)json_array_size(days), "days", days);
	char *text = json_dumps(all, JSON_INDENT(1));
	json_decref(all);
	return text;
}
