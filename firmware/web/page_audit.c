/* Who did what, and when: as a page and as CSV. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/list_out.h"
#include "store/audit.h"
#include "store/organisation.h"
#include "store/planned.h"
#include "web/acts.h"
#include "web/day_of.h"
#include "web/download.h"
#include "web/escape.h"
#include "web/frame.h"
#include "web/guard.h"
#include "web/parts.h"
#include "web/routes.h"
#include "web/sheet.h"
#include "web/template.h"

#define PAGE_LINES 50
#define FILE_LINES 100000
#define PEOPLE_MAX 200

struct audit_page {
	struct store *store;
	json_t *lines;
	int count;
	int64_t last_id;
};

/* Who or what a line is about, as it is called now; null when it is no longer known, or a word. */
static json_t *about_json(struct store *store, const char *object)
{
	struct attendee person;
	struct organisation organisation;
	struct planned_session planned;
	char name[PERSON_NAME_SIZE];
	if (strlen(object) != ID_TEXT_SIZE - 1)
		return json_null();
	if (attendee_by_id(store, object, &person) == 0)
		return json_pack("{s:s, s:s}", "path", "/people/", "name",
			full_name(person.given_name, person.family_name, name));
	if (organisation_find(store, object, &organisation) == 0)
		return json_pack(
			"{s:s, s:s}", "path", "/organisations/", "name", organisation.name);
	if (planned_find(store, object, &planned) == 0)
		return json_pack("{s:s, s:s}", "path", "/programme/sessions/", "name",
			planned.session.title);
	return json_null();
}

/* What no person, organisation or session is: a word of ours, or the name of a file as it is. */
static const char *word_of(const char *object)
{
	static const char *const words[] = { "organiser", "viewer", "event", "clusters" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i], object) == 0)
			return words[i];
	return "";
}

/* The number of a job or of somebody who was erased tells nobody anything. */
static bool is_number(const char *object)
{
	return strlen(object) == ID_TEXT_SIZE - 1 && object[8] == '-' && object[13] == '-';
}

static int take_line(void *context, const struct audit_entry *entry)
{
	struct audit_page *page = context;
	if (page->count++ == PAGE_LINES)
		return 0; /* one more than fits: there is an older page */
	page->last_id = entry->id;
	json_array_append_new(page->lines,
		json_pack("{s:I, s:o, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:b}", "id",
			(json_int_t)entry->id, "time", json_time(entry->wall_ms), "who", entry->who,
			"role", role_name(entry->role), "act", entry->act, "object", entry->object,
			"about", about_json(page->store, entry->object), "reason", entry->reason,
			"word", word_of(entry->object), "number", is_number(entry->object)));
	return 0;
}

static json_t *acts_json(const char *chosen)
{
	json_t *list = json_array();
	for (size_t i = 0; i < act_count; i++)
		json_array_append_new(list, json_pack("{s:s, s:b}", "key", acts[i], "chosen",
						    strcmp(acts[i], chosen) == 0));
	return list;
}

struct people {
	json_t *list;
	const char *chosen;
};

static int take_person(void *context, const char *who)
{
	struct people *people = context;
	if (json_array_size(people->list) < PEOPLE_MAX)
		json_array_append_new(people->list, json_pack("{s:s, s:b}", "name", who, "chosen",
							    strcmp(who, people->chosen) == 0));
	return 0;
}

static bool take_filter(struct request *request, struct audit_filter *ret)
{
	const char *day = request_query(request, "day"), *who = request_query(request, "who");
	const char *act = request_query(request, "what");
	*ret = (struct audit_filter){ .who = who[0] ? who : NULL,
		.act = act[0] ? act : NULL,
		.before_id = strtoll(request_query(request, "before"), NULL, 10) };
	return !day[0] || day_range(day, &ret->from_ms, &ret->to_ms);
}

/* The query of this view, without its page; @before 0: that of the file. */
static void write_query(char *ret, size_t size, struct request *request, int64_t before)
{
	char day[64], who[300], act[160], page[48] = "";
	escape_query(day, sizeof day, request_query(request, "day"));
	escape_query(who, sizeof who, request_query(request, "who"));
	escape_query(act, sizeof act, request_query(request, "what"));
	if (before)
		snprintf(page, sizeof page, "&before=%lld", (long long)before);
	snprintf(ret, size, "?day=%s&who=%s&what=%s%s", day, who, act, page);
}

int page_audit(struct request *request, struct response *response)
{
	struct audit_filter filter;
	char more[LOCATION_SIZE + 128] = "", next[LOCATION_SIZE + 128];
	struct sheet sheet;
	sheet_init(&sheet, request);
	if (!take_filter(request, &filter))
		sheet_fault(&sheet, "day", "date");
	const bool good = sheet_is_good(&sheet);
	struct audit_page page = { .store = request->stores.read, .lines = json_array() };
	struct people people = { json_array(), request_query(request, "who") };
	int r = good ? audit_each(request->stores.read, &filter, PAGE_LINES + 1, take_line, &page)
		     : 0;
	if (r == 0)
		r = audit_each_who(request->stores.read, take_person, &people);
	if (r < 0) {
		json_decref(page.lines);
		json_decref(people.list);
		sheet_finish(&sheet);
		return r;
	}
	if (page.count > PAGE_LINES)
		write_query(more, sizeof more, request, page.last_id);
	write_query(next, sizeof next, request, 0);
	return respond_page(response, good ? 200 : 422, "audit",
		sheet_into(&sheet,
			json_pack("{s:i, s:o, s:s, s:o, s:o, s:s, s:s}", "count",
				page.count > PAGE_LINES ? PAGE_LINES : page.count, "lines",
				page.lines, "day", request_query(request, "day"), "people",
				people.list, "acts", acts_json(request_query(request, "what")),
				"more", more, "next", next)));
}

/* The log is that of one kiosk; the files of several are read side by side. */
struct audit_rows {
	struct list_out *list;
	const char *kiosk;
};

static int add_row(void *context, const struct audit_entry *entry)
{
	char time[TIME_TEXT_SIZE];
	time_iso(time, sizeof time, entry->wall_ms, clock_utc_offset_min(entry->wall_ms));
	const struct audit_rows *rows = context;
	const char *const cells[] = { time, clock_grade_name(entry->grade), entry->who,
		role_name(entry->role), entry->act, entry->object, entry->reason, rows->kiosk };
	return list_out_row(rows->list, cells);
}

static int write_list(struct request *request, const struct audit_filter *filter,
	enum attendance_format format, FILE *out)
{
	static const char *const columns[] = { "time", "time_grade", "who", "role", "act", "object",
		"reason", "kiosk" };
	const struct list_head head = { web_word(request->language, "dl.what.audit"), columns,
		sizeof columns / sizeof columns[0] };
	struct audit_rows rows = { list_out_create(out, format, request->language, &head),
		request_config(request)->kiosk.name };
	int r = rows.list ? audit_each(request->stores.read, filter, FILE_LINES, add_row, &rows)
			  : -ENOMEM;
	if (r == 0)
		r = list_out_end(rows.list);
	list_out_destroy(rows.list);
	return r;
}

int audit_file(struct request *request, struct response *response,
	const struct audit_filter *filter, enum attendance_format format)
{
	char *text = NULL, name[64];
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);
	int r = out ? write_list(request, filter, format, out) : -ENOMEM;
	if (out && fclose(out) != 0 && r == 0)
		r = -ENOMEM;
	snprintf(name, sizeof name, "incheckpaal_audit.%s", download_extension(format));
	if (r == 0)
		r = audit_note(request, "downloaded", name, "");
	if (r < 0) {
		free(text);
		return r;
	}
	respond_bytes(response, download_media_type(format), text, length);
	return respond_as_attachment(response, name);
}

int page_audit_csv(struct request *request, struct response *response)
{
	struct audit_filter filter;
	if (!take_filter(request, &filter))
		return respond_fault(response, 422, "");
	return audit_file(request, response, &filter, ATTENDANCE_CSV);
}
