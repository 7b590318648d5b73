/* iCalendar (RFC 5545) through libical: zones, recurrence, overrides, cancellations. */
#include <errno.h>
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "exchange/schedule_formats.h"

#define SESSIONS_MAX 5000
#define DAY_S (24LL * 3600)
#define AHEAD_S (1825 * DAY_S)
#define EVER_S 253402300799LL /* the year 9999 */

/* A session found, before it is known which one of several with the same code holds. */
struct found {
	struct session session;
	int sequence;
	bool is_override;
	unsigned line;
};

struct calendar_reading {
	const char *bytes;
	size_t length;
	const struct schedule_limits *limits;
	const struct schedule_sink *sink;
	icaltimezone *floating_zone;
	struct found *found;
	size_t count, capacity;
	/* The event being unrolled. */
	icalcomponent *event;
	unsigned line;
	bool recurs, failed;
};

static const char *text_of(icalcomponent *event, icalproperty_kind kind)
{
	icalproperty *property = icalcomponent_get_first_property(event, kind);
	const char *text = property ? icalproperty_get_value_as_string(property) : NULL;
	icalvalue *value = property ? icalproperty_get_value(property) : NULL;
	if (value && icalvalue_isa(value) == ICAL_TEXT_VALUE)
		text = icalvalue_get_text(value);
	return text ? text : "";
}

/* The BEGIN:VEVENT of that ordinal in the source, its line number, and where it ends. */
static const char *source_of(const struct calendar_reading *reading, unsigned ordinal,
	unsigned *ret_line, size_t *ret_length)
{
	static const char begin[] = "BEGIN:VEVENT", end[] = "END:VEVENT";
	unsigned line = 1, seen = 0;
	const char *start = NULL, *limit = reading->bytes + reading->length;
	for (const char *at = reading->bytes; at < limit; line++) {
		const char *stop = memchr(at, '\n', (size_t)(limit - at));
		stop = stop ? stop : limit;
		const size_t size = (size_t)(stop - at);
		if (!start && size >= sizeof begin - 1 &&
			strncasecmp(at, begin, sizeof begin - 1) == 0 && seen++ == ordinal) {
			start = at;
			*ret_line = line;
		}
		if (start && size >= sizeof end - 1 && strncasecmp(at, end, sizeof end - 1) == 0) {
			*ret_length = (size_t)(stop - start);
			return start;
		}
		at = stop + 1;
	}
	*ret_length = 0;
	return start ? start : "";
}

static struct found *add_found(struct calendar_reading *reading)
{
	if (reading->count == SESSIONS_MAX)
		return NULL;
	if (reading->count == reading->capacity) {
		const size_t capacity = reading->capacity ? 2 * reading->capacity : 32;
		struct found *grown = realloc(reading->found, capacity * sizeof *grown);
		if (!grown)
			return NULL;
		reading->found = grown;
		reading->capacity = capacity;
	}
	struct found *found = &reading->found[reading->count++];
	*found = (struct found){ .line = reading->line };
	return found;
}

/* The organiser's name of a session: the UID, and the day and time for one of a series; long UIDs
 * are shortened to their first part and a sum of the whole. */
static void make_code(
	char ret[SESSION_CODE_SIZE], const char *uid, bool recurs, struct icaltimetype start)
{
	char suffix[20] = "";
	if (recurs)
		snprintf(suffix, sizeof suffix, "/%04d%02d%02dT%02d%02d", start.year % 10000,
			start.month % 100, start.day % 100, start.hour % 100, start.minute % 100);
	const size_t room = SESSION_CODE_SIZE - 1 - strlen(suffix);
	char head[SESSION_CODE_SIZE];
	if (strlen(uid) <= room) {
		utf8_clip(head, sizeof head, uid);
	} else {
		uint32_t sum = 2166136261u;
		for (const char *c = uid; *c; c++)
			sum = (sum ^ (uint8_t)*c) * 16777619u;
		utf8_clip(head, room - 8, uid);
		snprintf(head + strlen(head), 10, "~%08x", sum);
	}
	snprintf(ret, SESSION_CODE_SIZE, "%.*s%s", (int)room, head, suffix);
}

/* A time in UTC is shown in the venue's own time, like everything else on the board. */
static int32_t offset_min_at(time_t at, icaltimezone *zone, icaltimezone *venue)
{
	int is_daylight;
	icaltimezone *shown = zone == icaltimezone_get_utc_timezone() ? venue : zone;
	struct icaltimetype local = icaltime_from_timet_with_zone(at, 0, shown);
	return icaltimezone_get_utc_offset(shown, &local, &is_daylight) / 60;
}

static void describe(struct calendar_reading *reading, struct session *ret)
{
	icalcomponent *event = reading->event;
	utf8_clip(ret->title, sizeof ret->title, text_of(event, ICAL_SUMMARY_PROPERTY));
	utf8_clip(ret->room, sizeof ret->room, text_of(event, ICAL_LOCATION_PROPERTY));
	for (icalproperty *property =
			icalcomponent_get_first_property(event, ICAL_CATEGORIES_PROPERTY);
		property && !ret->cluster[0];
		property = icalcomponent_get_next_property(event, ICAL_CATEGORIES_PROPERTY)) {
		char words[256], *rest = words;
		utf8_clip(words, sizeof words, icalproperty_get_categories(property));
		for (char *word; !ret->cluster[0] && (word = strsep(&rest, ","));) {
			text_trim(word);
			cluster_from_words(ret->cluster, word);
		}
	}
	const icalproperty_status status = icalcomponent_get_status(event);
	ret->state = status == ICAL_STATUS_CANCELLED ? SESSION_CANCELLED : SESSION_PLANNED;
	ret->kind = title_is_break(ret->title) ? SESSION_BREAK : SESSION_PARALLEL;
}

static icaltimezone *zone_of(const struct calendar_reading *reading)
{
	struct icaltimetype start = icalcomponent_get_dtstart(reading->event);
	const icaltimezone *zone = icaltime_get_timezone(start);
	return zone ? (icaltimezone *)(uintptr_t)zone : reading->floating_zone;
}

/* NULL when it can not be: out of memory, or a clock change swallowed a short night session. */
static struct found *add_session(struct calendar_reading *reading, const struct icaltime_span *span)
{
	icaltimezone *zone = zone_of(reading);
	if (span->end <= span->start)
		return NULL;
	struct found *found = add_found(reading);
	if (!found) {
		reading->failed = true;
		return NULL;
	}
	describe(reading, &found->session);
	found->sequence = icalcomponent_get_sequence(reading->event);
	found->session.start_ms = (int64_t)span->start * 1000;
	found->session.end_ms = (int64_t)span->end * 1000;
	found->session.utc_offset_min = offset_min_at(span->start, zone, reading->floating_zone);
	make_code(found->session.code, icalcomponent_get_uid(reading->event), reading->recurs,
		icaltime_from_timet_with_zone(span->start, 0, zone));
	return found;
}

/* libical unrolls floating times as if they were UTC; they are the venue's. */
static time_t floated(const struct calendar_reading *reading, time_t told)
{
	struct icaltimetype time =
		icaltime_from_timet_with_zone(told, 0, icaltimezone_get_utc_timezone());
	return icaltime_as_timet_with_zone(time, reading->floating_zone);
}

static void on_occurrence(icalcomponent *event, struct icaltime_span *span, void *context)
{
	struct calendar_reading *reading = context;
	struct icaltime_span when = *span;
	if (!icaltime_get_timezone(icalcomponent_get_dtstart(event))) {
		when.start = floated(reading, span->start);
		when.end = floated(reading, span->end);
	}
	add_session(reading, &when);
}

/* An event that replaces one of a series is named by the time it was first planned for. */
static void take_override(struct calendar_reading *reading, struct icaltimetype planned)
{
	icaltimezone *zone = zone_of(reading);
	struct icaltime_span span = { .start = icaltime_as_timet_with_zone(
					      icalcomponent_get_dtstart(reading->event), zone),
		.end = icaltime_as_timet_with_zone(icalcomponent_get_dtend(reading->event), zone) };
	struct found *found = add_session(reading, &span);
	if (!found)
		return;
	found->is_override = true;
	make_code(found->session.code, icalcomponent_get_uid(reading->event), true,
		icaltime_convert_to_zone(planned, zone));
}

/* What makes an event no session. */
static enum fault judge(icalcomponent *event)
{
	const struct icaltimetype start = icalcomponent_get_dtstart(event),
				  end = icalcomponent_get_dtend(event);
	if (icaltime_is_null_time(start))
		return FAULT_NOSTART;
	if (start.is_date)
		return FAULT_ALLDAY;
	if (icaltime_is_null_time(end) || icaltime_compare(end, start) <= 0)
		return FAULT_ORDER;
	const char *uid = icalcomponent_get_uid(event);
	if (!uid || !uid[0])
		return FAULT_NOID;
	if (!text_of(event, ICAL_SUMMARY_PROPERTY)[0])
		return FAULT_NOTITLE;
	return FAULT_NONE;
}

static bool has_rule(icalcomponent *event)
{
	return icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY) != NULL;
}

static bool ends(icalcomponent *event)
{
	for (icalproperty *property = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
		property; property = icalcomponent_get_next_property(event, ICAL_RRULE_PROPERTY)) {
		const struct icalrecurrencetype rule = icalproperty_get_rrule(property);
		if (rule.count <= 0 && icaltime_is_null_time(rule.until))
			return false;
	}
	return true;
}

/* The limits, which are round what the clock says, are for a series without an end: the rest is
 * what the organiser wrote, whatever the clock says. A series stays within a length all the same.
 */
static struct icaltime_span bounds_of(const struct calendar_reading *reading)
{
	icalcomponent *event = reading->event;
	const time_t start =
		icaltime_as_timet_with_zone(icalcomponent_get_dtstart(event), zone_of(reading));
	struct icaltime_span span = { .start = (time_t)(reading->limits->from_ms / 1000),
		.end = (time_t)(reading->limits->to_ms / 1000) };
	const time_t length = span.end - span.start;

	if (!has_rule(event))
		return (struct icaltime_span){ .start = -EVER_S, .end = EVER_S };
	if (ends(event))
		return (struct icaltime_span){ .start = start - DAY_S, .end = start + length };
	if (start > span.end)
		return (struct icaltime_span){ .start = start - DAY_S, .end = start + AHEAD_S };
	return span;
}

static void take_event(struct calendar_reading *reading, icalcomponent *event, unsigned ordinal)
{
	size_t length;
	const char *original = source_of(reading, ordinal, &reading->line, &length);
	const enum fault wrong = judge(event);
	if (wrong) {
		const struct rejection rejection = { .fault = wrong,
			.place = -1,
			.line = reading->line,
			.original = original,
			.original_length = length };
		reading->sink->reject(reading->sink->context, &rejection);
		return;
	}
	reading->event = event;
	reading->recurs =
		has_rule(event) || icalcomponent_get_first_property(event, ICAL_RDATE_PROPERTY);
	const struct icaltimetype planned = icalcomponent_get_recurrenceid(event);
	if (!icaltime_is_null_time(planned)) {
		take_override(reading, planned);
		return;
	}
	icaltimezone *utc = icaltimezone_get_utc_timezone();
	const struct icaltime_span bounds = bounds_of(reading);
	icalcomponent_foreach_recurrence(event, icaltime_from_timet_with_zone(bounds.start, 0, utc),
		icaltime_from_timet_with_zone(bounds.end, 0, utc), on_occurrence, reading);
}

/* An override beats its series, a higher SEQUENCE a lower one, the later in the file the earlier.
 */
static bool is_beaten(const struct calendar_reading *reading, size_t index)
{
	const struct found *self = &reading->found[index];
	for (size_t i = 0; i < reading->count; i++) {
		const struct found *other = &reading->found[i];
		if (i == index || strcmp(self->session.code, other->session.code) != 0)
			continue;
		if (other->is_override != self->is_override) {
			if (other->is_override)
				return true;
		} else if (other->sequence > self->sequence ||
			   (other->sequence == self->sequence && i > index)) {
			return true;
		}
	}
	return false;
}

static bool overlaps_another(const struct calendar_reading *reading, const struct session *session)
{
	for (size_t i = 0; i < reading->count; i++) {
		const struct session *other = &reading->found[i].session;
		if (strcmp(other->code, session->code) != 0 && other->kind != SESSION_BREAK &&
			other->start_ms < session->end_ms && session->start_ms < other->end_ms)
			return true;
	}
	return false;
}

static int hand_over(struct calendar_reading *reading)
{
	for (size_t i = 0; i < reading->count; i++) {
		struct session session = reading->found[i].session;
		if (is_beaten(reading, i))
			continue;
		if (session.kind != SESSION_BREAK && !session.cluster[0] &&
			!overlaps_another(reading, &session))
			session.kind = SESSION_PLENARY;
		const int r = reading->sink->session(
			reading->sink->context, &session, reading->found[i].line);
		if (r != 0)
			return r;
	}
	return 0;
}

static int read_calendar(
	struct calendar_reading *reading, icalcomponent *calendar, struct rejection *ret_refusal)
{
	const char *name = "";
	for (icalproperty *property = icalcomponent_get_first_property(calendar, ICAL_X_PROPERTY);
		property; property = icalcomponent_get_next_property(calendar, ICAL_X_PROPERTY))
		if (strcmp(icalproperty_get_x_name(property), "X-WR-CALNAME") == 0)
			name = icalproperty_get_x(property);
	int r = reading->sink->event(reading->sink->context, name, "");
	if (r != 0)
		return r;

	unsigned ordinal = 0;
	for (icalcomponent *event =
			icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
		event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		take_event(reading, event, ordinal++);
	if (reading->failed) {
		*ret_refusal = (struct rejection){ .fault = FAULT_MANY, .number = SESSIONS_MAX };
		return -EINVAL;
	}
	return hand_over(reading);
}

int icalendar_read(const char *bytes, size_t length, const struct schedule_limits *limits,
	const struct schedule_sink *sink, struct rejection *ret_refusal)
{
	static const char mark[] = "\xEF\xBB\xBF";
	if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
		bytes += 3;
		length -= 3;
	}
	if (!utf8_is_valid(bytes, length)) {
		*ret_refusal = (struct rejection){ .fault = FAULT_NO_UTF8 };
		return -EINVAL;
	}
	char *text = strndup(bytes, length);
	if (!text)
		return -ENOMEM;
	icalcomponent *root = icalparser_parse_string(text);
	free(text);
	icalcomponent *calendar = root;
	if (root && icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT)
		calendar = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
	struct calendar_reading reading = {
		.bytes = bytes, .length = length, .limits = limits, .sink = sink
	};
	reading.floating_zone = icaltimezone_get_builtin_timezone(limits->default_zone);
	if (!reading.floating_zone)
		reading.floating_zone = icaltimezone_get_utc_timezone();
	int r = -EINVAL;
	if (calendar)
		r = read_calendar(&reading, calendar, ret_refusal);
	else
		*ret_refusal = (struct rejection){ .fault = FAULT_UNENDED };
	free(reading.found);
	if (root)
		icalcomponent_free(root);
	return r;
}
