#include "exchange/schedule_lines.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "core/text.h"

#define ORIGINAL_SIZE 2048

/* Takes @object. */
static int write_line(FILE *out, json_t *object)
{
	const int r = object ? json_dumpf(object, out, JSON_COMPACT) : -1;
	json_decref(object);
	return r < 0 || fputc('\n', out) == EOF ? -EIO : 0;
}

static int on_event(void *context, const char *title, const char *venue)
{
	return write_line(
		context, json_pack("{s:{s:s, s:s}}", "event", "title", title, "venue", venue));
}

static int on_session(void *context, const struct session *session, unsigned line)
{
	return write_line(context,
		json_pack("{s:{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:i, s:i, s:s, s:s}, s:I}",
			"session", "code", session->code, "title", session->title, "host",
			session->host, "room", session->room, "cluster", session->cluster,
			"start_ms", (json_int_t)session->start_ms, "end_ms",
			(json_int_t)session->end_ms, "announced_start_ms",
			(json_int_t)session->announced_start_ms, "utc_offset_min",
			(int)session->utc_offset_min, "capacity", (int)session->capacity, "kind",
			session_kind_name(session->kind), "state",
			session_state_name(session->state), "line", (json_int_t)line));
}

/* As much of it as anybody shows. */
static json_t *original_json(const struct rejection *rejection)
{
	char raw[ORIGINAL_SIZE], text[ORIGINAL_SIZE];
	snprintf(raw, sizeof raw, "%.*s",
		(int)(rejection->original_length < ORIGINAL_SIZE ? rejection->original_length
								 : ORIGINAL_SIZE - 1),
		rejection->original);
	utf8_clip(text, sizeof text, raw);
	return json_string(text);
}

static void on_reject(void *context, const struct rejection *rejection)
{
	write_line(
		context, json_pack("{s:{s:I, s:o, s:s, s:s, s:I}}", "rejected", "line",
				 (json_int_t)rejection->line, "original", original_json(rejection),
				 "fault", fault_name(rejection->fault), "value", rejection->value,
				 "number", (json_int_t)rejection->number));
}

struct schedule_sink schedule_lines_sink(FILE *out)
{
	return (struct schedule_sink){ out, on_event, on_session, on_reject };
}

int schedule_lines_end(FILE *out, int result, const struct rejection *refusal)
{
	return write_line(out,
		result == 0
			? json_pack("{s:b}", "done", 1)
			: json_pack("{s:{s:I, s:s, s:s, s:I}}", "refused", "line",
				  (json_int_t)refusal->line, "fault", fault_name(refusal->fault),
				  "value", refusal->value, "number", (json_int_t)refusal->number));
}

static int take_event(const json_t *event, const struct schedule_sink *sink)
{
	const char *title, *venue;
	if (json_unpack(
		    (json_t *)(uintptr_t)event, "{s:s, s:s}", "title", &title, "venue", &venue) < 0)
		return -EPROTO;
	return sink->event(sink->context, title, venue);
}

static int take_session(const json_t *object, json_int_t line, const struct schedule_sink *sink)
{
	struct session session = { .start_ms = 0 };
	const char *code, *title, *host, *room, *cluster, *kind, *state;
	json_int_t start_ms, end_ms, announced_ms;
	if (json_unpack((json_t *)(uintptr_t)object,
		    "{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:i, s:i, s:s, s:s}", "code", &code,
		    "title", &title, "host", &host, "room", &room, "cluster", &cluster, "start_ms",
		    &start_ms, "end_ms", &end_ms, "announced_start_ms", &announced_ms,
		    "utc_offset_min", &session.utc_offset_min, "capacity", &session.capacity,
		    "kind", &kind, "state", &state) < 0 ||
		!session_kind_from_name(&session.kind, kind) ||
		!session_state_from_name(&session.state, state))
		return -EPROTO;
	utf8_clip(session.code, sizeof session.code, code);
	utf8_clip(session.title, sizeof session.title, title);
	utf8_clip(session.host, sizeof session.host, host);
	utf8_clip(session.room, sizeof session.room, room);
	utf8_clip(session.cluster, sizeof session.cluster, cluster);
	session.start_ms = start_ms;
	session.end_ms = end_ms;
	session.announced_start_ms = announced_ms;
	return sink->session(sink->context, &session, (unsigned)line);
}

/* What a refusal and a rejection have in common. */
static int take_fault(const json_t *object, struct rejection *ret)
{
	struct rejection rejection = { .place = -1 };
	const char *fault, *value;
	json_int_t line, number;
	if (json_unpack((json_t *)(uintptr_t)object, "{s:I, s:s, s:s, s:I}", "line", &line, "fault",
		    &fault, "value", &value, "number", &number) < 0)
		return -EPROTO;
	rejection.line = (unsigned)line;
	rejection.fault = fault_from_name(fault);
	utf8_clip(rejection.value, sizeof rejection.value, value);
	rejection.number = (unsigned)number;
	*ret = rejection;
	return 0;
}

static int take_rejected(const json_t *object, const struct schedule_sink *sink)
{
	struct rejection rejection;
	int r = take_fault(object, &rejection);
	if (r == 0 && json_unpack((json_t *)(uintptr_t)object, "{s:s%}", "original",
			      &rejection.original, &rejection.original_length) < 0)
		r = -EPROTO;
	if (r == 0)
		sink->reject(sink->context, &rejection);
	return r;
}

static int take(const json_t *object, const struct schedule_sink *sink, bool *ret_done,
	struct rejection *ret_refusal)
{
	const json_t *part;
	if ((part = json_object_get(object, "session")))
		return take_session(
			part, json_integer_value(json_object_get(object, "line")), sink);
	if ((part = json_object_get(object, "rejected")))
		return take_rejected(part, sink);
	if ((part = json_object_get(object, "event")))
		return take_event(part, sink);
	if (json_is_true(json_object_get(object, "done"))) {
		*ret_done = true;
		return 0;
	}
	const int r = take_fault(json_object_get(object, "refused"), ret_refusal);
	return r < 0 ? r : -EINVAL;
}

int schedule_line_take(const char *line, size_t length, const struct schedule_sink *sink,
	bool *ret_done, struct rejection *ret_refusal)
{
	json_t *object = json_loadb(line, length, JSON_ALLOW_NUL, NULL);
	const int r = object ? take(object, sink, ret_done, ret_refusal) : -EPROTO;
	json_decref(object);
	return r;
}
