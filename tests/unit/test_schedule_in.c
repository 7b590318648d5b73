#include "tests/unit/check.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/schedule_lines.h"

#define SEEN_SIZE 2048

int test_schedule_in(void);

/* What came out of a file, as text: "code,title,host,room,start,minutes,cluster,kind,state|" with
 * the start in hours since 2026-10-05 00:00 UTC, and "line!fault|". */
struct seen {
	char event[128], sessions[SEEN_SIZE], rejected[SEEN_SIZE];
};

#define MONDAY_MS 1791158400000 /* 2026-10-05 00:00 UTC */

static int on_event(void *context, const char *title, const char *venue)
{
	struct seen *seen = context;
	snprintf(seen->event, sizeof seen->event, "%s@%s", title, venue);
	return 0;
}

static int on_session(void *context, const struct session *session, unsigned line)
{
	struct seen *seen = context;
	(void)line;
	const size_t length = strlen(seen->sessions);
	snprintf(seen->sessions + length, SEEN_SIZE - length, "%s,%s,%s,%s,%g,%d,%s,%s,%s|",
		session->code, session->title, session->host, session->room,
		(double)(session->start_ms - MONDAY_MS) / 3600000,
		(int)((session->end_ms - session->start_ms) / 60000), session->cluster,
		session_kind_name(session->kind), session_state_name(session->state));
	return 0;
}

static void on_reject(void *context, const struct rejection *rejection)
{
	struct seen *seen = context;
	const size_t length = strlen(seen->rejected);
	snprintf(seen->rejected + length, SEEN_SIZE - length, "%u!%s|", rejection->line,
		fault_name(rejection->fault));
}

/* As in Amsterdam, in the summer of 2027 too. */
static int32_t offset_min_at(int64_t wall_ms)
{
	return wall_ms >= 1806195600000 && wall_ms < 1824944400000 ? 120 : 60;
}

static const struct schedule_limits limits = { 1700000000000, 1900000000000, offset_min_at,
	"Europe/Amsterdam", icalendar_read };

static int read_file(const char *text, struct seen *ret, struct rejection *refusal)
{
	*ret = (struct seen){ .event = "" };
	const struct schedule_sink sink = { ret, on_event, on_session, on_reject };
	return schedule_read(text, strlen(text), &limits, &sink, refusal);
}

/* The same through the lines that another program writes. */
static int read_by_lines(const char *text, struct seen *ret, struct rejection *refusal)
{
	*ret = (struct seen){ .event = "" };
	const struct schedule_sink sink = { ret, on_event, on_session, on_reject };
	char *lines = NULL;
	struct rejection told = { .fault = FAULT_OTHER };
	size_t length = 0;
	bool done = false;
	FILE *out = open_memstream(&lines, &length);
	assert_non_null(out);
	const struct schedule_sink writer = schedule_lines_sink(out);
	const int read = schedule_read(text, strlen(text), &limits, &writer, &told);
	assert_int_equal(schedule_lines_end(out, read, &told), 0);
	fclose(out);
	int r = 0;
	for (char *at = lines, *end; r == 0 && (end = strchr(at, '\n')); at = end + 1)
		r = schedule_line_take(at, (size_t)(end - at), &sink, &done, refusal);
	free(lines);
	assert_int_equal(done, r == 0);
	return r;
}

struct row {
	const char *sentence, *text, *event, *sessions, *rejected;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < 2 * count; i++) {
		struct seen seen;
		struct rejection refusal;
		if ((i < count ? read_file : read_by_lines)(
			    rows[i % count].text, &seen, &refusal) != 0)
			fail_msg("%s: refused: %s", rows[i % count].sentence,
				fault_name(refusal.fault));
		if (strcmp(seen.event, rows[i % count].event) != 0)
			fail_msg("%s: event: %s", rows[i % count].sentence, seen.event);
		if (strcmp(seen.sessions, rows[i % count].sessions) != 0)
			fail_msg("%s: sessions: %s", rows[i % count].sentence, seen.sessions);
		if (strcmp(seen.rejected, rows[i % count].rejected) != 0)
			fail_msg("%s: rejected: %s", rows[i % count].sentence, seen.rejected);
	}
}

#define CALENDAR(events)                                                                   \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nX-WR-CALNAME:Dag\r\n" events \
	"END:VCALENDAR\r\n"
#define EVENT(uid, lines) \
	"BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTAMP:20260901T080000Z\r\n" lines "END:VEVENT\r\n"

static void calendars_are_read(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "UTC, folded and escaped text, a category that is a cluster",
			CALENDAR(EVENT("a",
				"DTSTART:20261005T090000Z\r\nDTEND:20261005T103000Z\r\nSUMMARY:"
				"Een\\, "
				"tw\r\n ee\\; drie\r\nLOCATION:Zaal 1\r\nCATEGORIES:Health\r\n")),
			"Dag@", "a,Een, twee; drie,,Zaal 1,9,90,health,parallel,planned|", "" },
		{ "floating time is the venue's, a duration instead of an end",
			CALENDAR(EVENT("a",
				"DTSTART:20261005T090000\r\nDURATION:PT45M\r\nSUMMARY:X\r\n"
				"CATEGORIES:logistics\r\n")),
			"Dag@", "a,X,,,7,45,logistics,parallel,planned|", "" },
		{ "floating, every day over the end of summer time",
			CALENDAR(EVENT("a",
				"DTSTART:20261024T090000\r\nDURATION:PT1H\r\nSUMMARY:X\r\n"
				"CATEGORIES:health\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")),
			"Dag@",
			"a/20261024T0900,X,,,463,60,health,parallel,planned|a/"
			"20261025T0900,X,,,488,60,"
			"health,parallel,planned|",
			"" },
		{ "a known zone without its definition",
			CALENDAR(EVENT("a", "DTSTART;TZID=\"Europe/"
					    "London\":20261005T090000\r\nDURATION:PT1H\r\n"
					    "SUMMARY:X\r\nCATEGORIES:health\r\n")),
			"Dag@", "a,X,,,8,60,health,parallel,planned|", "" },
		{ "every day, without one, one moved by RECURRENCE-ID",
			CALENDAR(EVENT("a",
				"DTSTART:20261005T070000Z\r\nDURATION:PT1H\r\nSUMMARY:X\r\n"
				"CATEGORIES:health\r\n"
				"RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20261006T070000Z\r\n")
					EVENT("a", "RECURRENCE-ID:20261007T070000Z\r\n"
						   "DTSTART:20261007T080000Z\r\nDURATION:PT1H\r\n"
						   "SUMMARY:Y\r\nCATEGORIES:health\r\n")),
			"Dag@",
			"a/20261005T0700,X,,,7,60,health,parallel,planned|a/"
			"20261007T0700,Y,,,56,60,"
			"health,parallel,planned|",
			"" },
		{ "the highest SEQUENCE holds, wherever it stands",
			CALENDAR(EVENT("a",
				"SEQUENCE:2\r\nDTSTART:20261005T120000Z\r\nDURATION:PT1H\r\n"
				"SUMMARY:New\r\nCATEGORIES:health\r\n")
					EVENT("a", "SEQUENCE:1\r\nDTSTART:20261005T110000Z\r\n"
						   "DURATION:PT1H\r\nSUMMARY:Old\r\n"
						   "CATEGORIES:health\r\n")),
			"Dag@", "a,New,,,12,60,health,parallel,planned|", "" },
		{ "what is outside the limits of a wrong clock is what the organiser wrote",
			CALENDAR(EVENT("a",
				"DTSTART:20201005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:X\r\n"
				"CATEGORIES:health\r\n") EVENT("b",
				"DTSTART:20401005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:Y\r\n"
				"CATEGORIES:health\r\nRRULE:FREQ=DAILY;COUNT=2\r\n")),
			"Dag@",
			"a,X,,,-52572,60,health,parallel,planned|"
			"b/20401005T1200,Y,,,122748,60,health,parallel,planned|"
			"b/20401006T1200,Y,,,122772,60,health,parallel,planned|",
			"" },
		{ "a series that ends is no longer than the limits, one without an end is within "
		  "them",
			CALENDAR(EVENT("a",
				"DTSTART:20261005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:X\r\n"
				"CATEGORIES:health\r\nRRULE:FREQ=YEARLY;INTERVAL=4;UNTIL="
				"22000101T000000Z\r\n") EVENT("b",
				"DTSTART:20101005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:Y\r\n"
				"CATEGORIES:health\r\nRRULE:FREQ=YEARLY;INTERVAL=5\r\n") EVENT("c",
				"DTSTART:20401005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:Z\r\n"
				"CATEGORIES:health\r\nRRULE:FREQ=YEARLY;INTERVAL=4\r\n")),
			"Dag@",
			"a/20261005T1200,X,,,12,60,health,parallel,planned|"
			"a/20301005T1200,X,,,35076,60,health,parallel,planned|"
			"b/20251005T1200,Y,,,-8748,60,health,parallel,planned|"
			"c/20401005T1200,Z,,,122748,60,health,parallel,planned|"
			"c/20441005T1200,Z,,,157812,60,health,parallel,planned|",
			"" },
		{ "cancelled is told",
			CALENDAR(EVENT("a",
				"DTSTART:20261005T120000Z\r\nDURATION:PT1H\r\nSUMMARY:X\r\n"
				"CATEGORIES:health\r\nSTATUS:CANCELLED\r\n")),
			"Dag@", "a,X,,,12,60,health,parallel,cancelled|", "" },
		{ "what can not be a session is refused by itself",
			CALENDAR(EVENT("day", "DTSTART;VALUE=DATE:20261005\r\nSUMMARY:X\r\n")
					EVENT("none", "SUMMARY:X\r\n") EVENT("back",
						"DTSTART:20261005T120000Z\r\nDTEND:"
						"20261005T110000Z\r\nSUMMARY:X\r\n") EVENT("mute",
						"DTSTART:20261005T120000Z\r\nDURATION:"
						"PT1H\r\n")),
			"Dag@", "", "5!allday|11!nostart|16!order|23!notitle|" },
	};
	check_rows(rows, COUNT_OF(rows));
}

#define FRAB(days)                                                                                 \
	"{\"schedule\":{\"version\":\"1\",\"conference\":{\"title\":\"Con\",\"days\":[" days "]}}" \
	"}"
#define DAY(events) "{\"index\":1,\"date\":\"2026-10-05\",\"rooms\":{\"Zaal\":[" events "]}}"

static void frab_files_are_read_leniently(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "the end decides, the offset of the date holds",
			FRAB(DAY("{\"guid\":\"g\",\"date\":\"2026-10-05T11:00:00+02:00\",\"end\":"
				 "\"2026-10-05T12:30:00+02:00\",\"duration\":\"0:10\",\"title\":"
				 "\"X\","
				 "\"track\":\"Logistiek\",\"persons\":[{\"public_name\":\"Ada\"},{"
				 "\"name\":\"Bo\"}]}")),
			"Con@", "g,X,Ada, Bo,Zaal,9,90,logistics,parallel,planned|", "" },
		{ "a duration of two parts, of three (days), of minutes; ids of any kind",
			FRAB(DAY(
				"{\"id\":1,\"date\":\"2026-10-05T11:00:00Z\",\"duration\":\"1:30\","
				"\"title\":\"A\",\"track\":null},"
				"{\"id\":\"two\",\"date\":\"2026-10-05T13:00:00Z\",\"duration\":"
				"\"2:00:00\",\"title\":\"B\",\"persons\":null},"
				"{\"id\":3,\"date\":\"2026-10-05T16:00:00Z\",\"duration\":45,"
				"\"title\":"
				"\"Lunch\"}")),
			"Con@",
			"1,A,,Zaal,11,90,,plenary,planned|two,B,,Zaal,13,120,,plenary,planned|3,"
			"Lunch,,Zaal,16,45,,break,planned|",
			"" },
		{ "what can not be a session is refused by itself",
			FRAB(DAY("{\"id\":1,\"title\":\"A\"},{\"id\":2,\"date\":\"2026-10-05T11:00:"
				 "00Z\","
				 "\"duration\":\"1:00\"},7,{\"id\":4,\"date\":\"2026-10-05T11:00:"
				 "00Z\","
				 "\"duration\":\"nooit\",\"title\":\"D\"}")),
			"Con@", "", NULL },
	};
	check_rows(rows, COUNT_OF(rows) - 1);

	struct seen seen;
	struct rejection refusal;
	assert_int_equal(read_file(rows[COUNT_OF(rows) - 1].text, &seen, &refusal), 0);
	assert_string_equal(seen.sessions, "");
	int refused = 0;
	for (const char *at = seen.rejected; (at = strchr(at, '|')); at++)
		refused++;
	assert_int_equal(refused, 4);
}

#define HEADER "session,title,host,room,start,end,cluster,capacity,kind,state\n"

static void tables_are_read(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "the plain one",
			HEADER "a,X,Ada,Zaal,2026-10-05T11:00:00+02:00,2026-10-05T12:00:00+02:00,"
			       "health,20,parallel,planned\n",
			"@", "a,X,Ada,Zaal,9,60,health,parallel,planned|", "" },
		{ "states and kinds in Dutch, semicolons",
			"session;title;host;room;start;end;cluster;capacity;kind;state\n"
			"a;X;;;2026-10-05T11:00:00Z;2026-10-05T12:00:00Z;;;plenair;geannuleerd\n",
			"@", "a,X,,,11,60,,plenary,cancelled|", "" },
		{ "what is wrong is told by line",
			HEADER "a,X,,,morgen,2026-10-05T12:00:00Z,,,,\n"
			       "b,X,,,2026-10-05T12:00:00Z,2026-10-05T11:00:00Z,,,,\n"
			       "c,X,,,2026-10-05T11:00:00Z,2026-10-05T12:00:00Z,,veel,,\n"
			       "d,X,,,2026-10-05T11:00:00Z,2026-10-05T12:00:00Z,,,feest,\n"
			       "e,,,,2026-10-05T11:00:00Z,2026-10-05T12:00:00Z,,,,\n",
			"@", "", "2!time|3!order|4!capacity|5!kind|6!notitle|" },
	};
	check_rows(rows, COUNT_OF(rows));
}

static int keep_session(void *context, const struct session *session, unsigned line)
{
	(void)line;
	*(struct session *)context = *session;
	return 0;
}

static int no_event(void *context, const char *title, const char *venue)
{
	(void)context;
	(void)title;
	(void)venue;
	return 0;
}

/* A time without an offset is that of the clock on its own day, whatever it is now; and titles
 * stand above the header of what a spreadsheet saved. */
static void summer_is_read_in_winter(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t start_ms;
		int32_t offset_min;
	} rows[] = {
		{ "title,start,end\nZomer,2027-07-01 10:00,2027-07-01 11:00\n", 1814428800000,
			120 },
		{ "title,start,end\nWinter,2027-01-01 10:00,2027-01-01 11:00\n", 1798794000000,
			60 },
		{ "Programma, concept;;\nDatum: 1 juli;;\nTitel;Begin;Einde\n"
		  "Zomer;1-7-2027 10:00;1-7-2027 11:00\n;;\n",
			1814428800000, 120 },
		{ "{\"schedule\":{\"conference\":{\"days\":[{\"rooms\":{\"Zaal\":[{\"id\":1,"
		  "\"title\":"
		  "\"Zomer\",\"date\":\"2027-07-01T10:00:00\",\"duration\":\"01:00\"}]}}]}}}",
			1814428800000, 120 },
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct session session = { .code = "" };
		struct rejection refusal = { .fault = FAULT_NONE };
		const struct schedule_sink sink = { &session, no_event, keep_session, NULL };
		assert_int_equal(
			schedule_read(rows[i].text, strlen(rows[i].text), &limits, &sink, &refusal),
			0);
		assert_int_equal(session.start_ms, rows[i].start_ms);
		assert_int_equal(session.utc_offset_min, rows[i].offset_min);
		assert_int_equal(session.end_ms - session.start_ms, 3600000);
	}
}

static void what_is_no_schedule_is_refused_whole(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum fault fault;
		unsigned line;
	} rows[] = {
		{ "", FAULT_NO_SCHEDULE, 0 },
		{ "zomaar tekst", FAULT_NO_SCHEDULE, 0 },
		{ "{\"people\":[]}", FAULT_NO_DAYS, 0 },
		{ "{\n\"a\": wat", FAULT_NO_JSON, 2 },
		{ "[1,2]", FAULT_NO_TABLE, 1 },
		{ "BEGIN:VCALENDAR\r\nVERSION", FAULT_UNENDED, 0 },
		{ "BEGIN:VCALENDAR\r\n\xFF", FAULT_NO_UTF8, 0 },
		{ "\nkleur,maat\nrood,M\n", FAULT_NO_TABLE, 2 },
	};
	for (size_t i = 0; i < 2 * COUNT_OF(rows); i++) {
		struct seen seen;
		struct rejection refusal = { .fault = FAULT_NONE };
		const size_t row = i / 2;
		CHECK_ROW(rows[row].text, (i % 2 ? read_by_lines : read_file)(
						  rows[row].text, &seen, &refusal) == -EINVAL);
		CHECK_ROW(rows[row].text, refusal.fault == rows[row].fault &&
						  refusal.line == rows[row].line &&
						  !seen.sessions[0]);
	}
}

static void what_is_no_line_is_told_so(void **state)
{
	(void)state;
	static const char *const lines[] = { "", "{", "[]", "{}", "{\"session\":{}}",
		"{\"event\":{\"title\":1}}", "{\"rejected\":{\"line\":1}}", "{\"done\":false}" };
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct seen seen = { .event = "" };
		const struct schedule_sink sink = { &seen, on_event, on_session, on_reject };
		struct rejection refusal;
		bool done = false;
		CHECK_ROW(lines[i], schedule_line_take(lines[i], strlen(lines[i]), &sink, &done,
					    &refusal) == -EPROTO &&
					    !done);
	}
}

int test_schedule_in(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calendars_are_read),
		cmocka_unit_test(frab_files_are_read_leniently),
		cmocka_unit_test(tables_are_read),
		cmocka_unit_test(summer_is_read_in_winter),
		cmocka_unit_test(what_is_no_schedule_is_refused_whole),
		cmocka_unit_test(what_is_no_line_is_told_so),
	};
	return cmocka_run_group_tests_name("schedule_in", tests, NULL, NULL);
}
