/* frab and pretalx schedule.json through jansson, as leniently as its many writers need. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"

static const char *text_of(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);
	return json_is_string(value) ? json_string_value(value) : "";
}

/* "01:30", "1:30:00", "90" or 90: minutes; 0 when it is none of these. */
static int64_t minutes_of(const json_t *value)
{
	if (json_is_number(value))
		return (int64_t)json_number_value(value);
	if (!json_is_string(value))
		return 0;
	long first = 0, second = 0;
	const int fields = sscanf(json_string_value(value), "%ld:%ld", &first, &second);
	if (fields < 1 || first < 0 || second < 0 || first > 10000 || second > 10000)
		return 0;
	return fields == 2 ? first * 60 + second : first;
}

static void people_of(const json_t *event, char *ret, size_t size)
{
	size_t index, length = 0;
	json_t *person;
	ret[0] = '\0';
	json_array_foreach(json_object_get(event, "persons"), index, person)
	{
		const char *name = text_of(person, "public_name");
		name = name[0] ? name : text_of(person, "name");
		if (!name[0])
			continue;
		if (length > 0)
			length += utf8_clip(ret + length, size - length, ", ");
		length += utf8_clip(ret + length, size - length, name);
	}
}

static void code_of(const json_t *event, char ret[SESSION_CODE_SIZE])
{
	const json_t *id = json_object_get(event, "id");
	if (text_of(event, "guid")[0])
		utf8_clip(ret, SESSION_CODE_SIZE, text_of(event, "guid"));
	else if (json_is_integer(id))
		snprintf(ret, SESSION_CODE_SIZE, "%lld", (long long)json_integer_value(id));
	else if (json_is_string(id))
		utf8_clip(ret, SESSION_CODE_SIZE, json_string_value(id));
	else
		utf8_clip(ret, SESSION_CODE_SIZE, text_of(event, "slug"));
}

/* Newer files say the end; a duration is what older ones have. */
static enum fault take_end(
	const json_t *event, const struct schedule_limits *limits, struct session *session)
{
	int32_t offset_min;
	const char *end = text_of(event, "end");
	if (end[0] && venue_time_parse(limits, end, &session->end_ms, &offset_min))
		return session->end_ms > session->start_ms ? FAULT_NONE : FAULT_ORDER;
	const int64_t minutes = minutes_of(json_object_get(event, "duration"));
	session->end_ms = session->start_ms + minutes * 60000;
	return minutes > 0 ? FAULT_NONE : FAULT_DURATION;
}

/* What is wrong with it, or nothing with @ret filled. @room: the key it stands under. */
static enum fault take_event(const json_t *event, const char *room,
	const struct schedule_limits *limits, struct session *ret)
{
	*ret = (struct session){ .kind = SESSION_PARALLEL };
	code_of(event, ret->code);
	if (!ret->code[0])
		return FAULT_NOID;
	utf8_clip(ret->title, sizeof ret->title, text_of(event, "title"));
	if (!ret->title[0])
		return FAULT_NOTITLE;
	if (!venue_time_parse(limits, text_of(event, "date"), &ret->start_ms, &ret->utc_offset_min))
		return FAULT_TIME;
	const enum fault wrong = take_end(event, limits, ret);
	if (wrong)
		return wrong;
	utf8_clip(ret->room, sizeof ret->room,
		text_of(event, "room")[0] ? text_of(event, "room") : room);
	people_of(event, ret->host, sizeof ret->host);
	cluster_from_words(ret->cluster, text_of(event, "track"));
	if (title_is_break(ret->title))
		ret->kind = SESSION_BREAK;
	return FAULT_NONE;
}

struct json_reading {
	const char *bytes;
	size_t length;
	const struct schedule_limits *limits;
	const struct schedule_sink *sink;
	struct session *sessions;
	size_t count, capacity;
};

/* jansson keeps no line numbers: the line is where the event's own guid or title stands, 1 when
 * neither does (an escaped title). */
static unsigned line_of(const struct json_reading *reading, const json_t *event)
{
	const char *key =
		text_of(event, "guid")[0] ? text_of(event, "guid") : text_of(event, "title");
	const char *at = key[0] ? memmem(reading->bytes, reading->length, key, strlen(key)) : NULL;
	unsigned line = 1;
	for (const char *c = reading->bytes; at && c < at; c++)
		line += *c == '\n';
	return line;
}

static void reject(const struct json_reading *reading, const json_t *event, enum fault fault)
{
	char *text = json_dumps(event, JSON_COMPACT | JSON_ENCODE_ANY);
	struct rejection rejection = { .fault = fault,
		.place = -1,
		.line = line_of(reading, event),
		.original = text ? text : "",
		.original_length = text ? strlen(text) : 0 };
	reading->sink->reject(reading->sink->context, &rejection);
	free(text);
}

static int add(struct json_reading *reading, const json_t *event, const char *room)
{
	struct session session;
	const enum fault wrong = take_event(event, room, reading->limits, &session);
	if (wrong) {
		reject(reading, event, wrong);
		return 0;
	}
	if (reading->count == reading->capacity) {
		const size_t capacity = reading->capacity ? 2 * reading->capacity : 64;
		struct session *grown = realloc(reading->sessions, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		reading->sessions = grown;
		reading->capacity = capacity;
	}
	reading->sessions[reading->count++] = session;
	return 0;
}

/* A session without a cluster that nothing else runs beside is for everyone. */
static void tell_plenaries(struct json_reading *reading)
{
	schedule_sort(reading->sessions, reading->count);
	int64_t latest_end_ms = INT64_MIN;
	for (size_t i = 0; i < reading->count; i++) {
		struct session *session = &reading->sessions[i];
		const bool before = latest_end_ms > session->start_ms;
		const bool after = i + 1 < reading->count &&
				   reading->sessions[i + 1].start_ms < session->end_ms;
		if (!before && !after && !session->cluster[0] && session->kind == SESSION_PARALLEL)
			session->kind = SESSION_PLENARY;
		latest_end_ms = session->end_ms > latest_end_ms ? session->end_ms : latest_end_ms;
	}
}

static int read_days(struct json_reading *reading, const json_t *days)
{
	size_t day_index, index;
	json_t *day, *events, *event;
	json_array_foreach(days, day_index, day)
	{
		const char *room;
		json_object_foreach(json_object_get(day, "rooms"), room, events)
		{
			json_array_foreach(events, index, event)
			{
				const int r = add(reading, event, room);
				if (r < 0)
					return r;
			}
		}
	}
	tell_plenaries(reading);
	for (size_t i = 0; i < reading->count; i++) {
		const int r =
			reading->sink->session(reading->sink->context, &reading->sessions[i], 1);
		if (r != 0)
			return r;
	}
	return 0;
}

int schedule_json_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	static const char mark[] = "\xEF\xBB\xBF";
	const size_t skip = length >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
	json_error_t error;
	json_t *root = json_loadb(bytes + skip, length - skip, 0, &error);
	if (!root) {
		*ret_refusal =
			(struct rejection){ .line = error.line > 0 ? (unsigned)error.line : 0,
				.fault = FAULT_NO_JSON };
		utf8_clip(ret_refusal->value, sizeof ret_refusal->value, error.text);
		return -EINVAL;
	}
	const json_t *schedule = json_object_get(root, "schedule");
	const json_t *conference = json_object_get(schedule ? schedule : root, "conference");
	const json_t *days = json_object_get(conference, "days");
	int r = -EINVAL;
	if (json_is_array(days)) {
		struct json_reading reading = {
			.bytes = bytes, .length = length, .limits = limits, .sink = sink
		};
		r = sink->event(
			sink->context, text_of(conference, "title"), text_of(conference, "venue"));
		if (r == 0)
			r = read_days(&reading, days);
		free(reading.sessions);
	} else {
		*ret_refusal = (struct rejection){ .fault = FAULT_NO_DAYS };
	}
	json_decref(root);
	return r;
}
