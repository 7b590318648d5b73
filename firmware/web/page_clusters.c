/* /reports/clusters: participation per cluster, against the target. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "exchange/participation_out.h"
#include "exchange/workbook.h"
#include "store/participation.h"
#include "store/programme.h"
#include "web/download.h"
#include "web/escape.h"
#include "web/frame.h"
#include "web/parts.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"

#define WINDOW_PX 16
#define WINDOWS_MAX 20
#define TINTS 5
#define NEAR_MAX 4
#define LEAST_MAX 99

static const char *const periods[] = { "year", "event", "month", "quarter", "custom", NULL };

struct asked {
	const char *period, *event, *session;
	int least; /* check-ins that make somebody take part, on as many days or at as many sessions
		    */
	enum participation_unit unit;
	enum participation_by by;
	int64_t from_day, to_day;
	char from[11], to[11];
};

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
static void first_day_of(struct asked *asked, int64_t now_ms)
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

/* What the filter says; a fault for days that are none. */
static void read_filter(const struct request *request, const struct today *today,
	struct sheet *sheet, struct asked *ret)
{
	const char *given_event = request_query(request, "event"),
		   *given_session = request_query(request, "session");

	*ret = (struct asked){ .period = known_period(request_query(request, "period")),
		.event = given_event[0] ? given_event : NULL,
		.session = given_session[0] ? given_session : NULL,
		.by = strcmp(request_query(request, "by"), "own") == 0 ? BY_OWN : BY_SESSION,
		.least = request_number(request_query(request, "least"), 1, LEAST_MAX,
			request_config(request)->participation.least),
		.unit = unit_asked(request),
		.from_day = DAY_OPEN,
		.to_day = INT64_MAX };
	if (strcmp(ret->period, "event") == 0) {
		if (!ret->event && today->event.id[0])
			ret->event = today->event.id;
		return;
	}
	if (strcmp(ret->period, "custom") == 0) {
		utf8_clip(ret->from, sizeof ret->from, request_query(request, "from"));
		utf8_clip(ret->to, sizeof ret->to, request_query(request, "to"));
	} else {
		first_day_of(ret, clock_wall_ms());
	}
	if (!day_of(&ret->from_day, ret->from))
		sheet_fault(sheet, "from", "date");
	if (!day_of(&ret->to_day, ret->to))
		sheet_fault(sheet, "to", "date");
	else if (ret->to_day < ret->from_day)
		sheet_fault(sheet, "to", "order");
}

/* Midnight of the day, to be shown as a date; null for no bound. */
static json_t *day_json(const char *day)
{
	int64_t wall_ms;

	return local_time_parse(&wall_ms, day, NULL) ? json_time(wall_ms) : json_null();
}

static json_t *figure(int64_t number)
{
	return number == FIGURE_WITHHELD ? json_null() : json_integer(number);
}

/* One window an organisation: square a company, round an education institution, open to be won. */
static json_t *windows_json(const struct figures_cluster *cluster, int goal)
{
	json_t *windows = json_array();
	const int shown = cluster->involved > goal ? cluster->involved : goal;

	for (int i = 0; i < shown && i < WINDOWS_MAX; i++) {
		const int x = i * WINDOW_PX + (i >= goal ? 6 : 0) + 1;
		const char *shape = i < cluster->companies  ? "company"
				    : i < cluster->involved ? "education"
							    : "open";
		if (i == WINDOWS_MAX - 1 && cluster->involved > WINDOWS_MAX)
			shape = "more";
		json_array_append_new(
			windows, json_pack("{s:s, s:i, s:i}", "shape", shape, "x", x, "cx", x + 6));
	}
	return windows;
}

static int goal_of(const struct request *request, const struct figures_cluster *cluster)
{
	return cluster->target > 0 ? cluster->target : request_config(request)->kiosk.goal;
}

static json_t *clusters_json(const struct request *request, const struct participation *from,
	const struct cluster_list *list, int *ret_reached)
{
	json_t *clusters = json_array();

	*ret_reached = 0;
	for (size_t i = 0; i < from->cluster_count; i++) {
		const struct figures_cluster *cluster = &from->clusters[i];
		const int goal = goal_of(request, cluster);
		const int left = goal > cluster->involved ? goal - cluster->involved : 0;
		*ret_reached += left == 0;
		json_array_append_new(clusters,
			json_pack("{s:o, s:i, s:i, s:i, s:o, s:i, s:i, s:i, s:i, s:i, s:o, s:o}",
				"cluster", cluster_json(list, cluster->code, request->language),
				"involved", cluster->involved, "goal", goal, "left", left,
				"windows", windows_json(cluster, goal), "goal_x",
				goal * WINDOW_PX + 1, "width", WINDOWS_MAX * WINDOW_PX + 8,
				"companies", cluster->companies, "education", cluster->education,
				"nearly", cluster->nearly, "persons", figure(cluster->came.persons),
				"checkins", figure(cluster->came.checkins)));
	}
	return clusters;
}

static int tint(int64_t number, int64_t most)
{
	static const int shares[] = { 8, 20, 40, 75 };
	int at = 1;

	if (number <= 0 || most <= 0)
		return 0;
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		at += number * 100 >= most * shares[i];
	return at;
}

/* Rows are the organisation's cluster, columns the session's. */
static json_t *crossover_json(const struct request *request, const struct participation *from,
	const struct cluster_list *list, int64_t *ret_own, int64_t *ret_all)
{
	const size_t n = from->cluster_count;
	json_t *rows = json_array();
	int64_t most = 0;

	*ret_own = *ret_all = 0;
	for (size_t i = 0; i < n * n; i++)
		most = from->crossover[i] > most ? from->crossover[i] : most;
	for (size_t i = 0; i < n; i++) {
		json_t *cells = json_array();
		int64_t sum = 0;
		for (size_t j = 0; j < n; j++) {
			const int64_t number = from->crossover[i * n + j];
			sum += number > 0 ? number : 0;
			*ret_own += i == j && number > 0 ? number : 0;
			json_array_append_new(
				cells, json_pack("{s:o, s:i, s:b}", "number", figure(number),
					       "tint", tint(number, most), "own", i == j));
		}
		*ret_all += sum;
		json_array_append_new(
			rows, json_pack("{s:o, s:o, s:I}", "cluster",
				      cluster_json(list, from->clusters[i].code, request->language),
				      "cells", cells, "sum", (json_int_t)sum));
	}
	return rows;
}

static json_t *crossover_sums(const struct participation *from)
{
	const size_t n = from->cluster_count;
	json_t *sums = json_array();

	for (size_t j = 0; j < n; j++) {
		int64_t sum = 0;
		for (size_t i = 0; i < n; i++)
			sum += from->crossover[i * n + j] > 0 ? from->crossover[i * n + j] : 0;
		json_array_append_new(sums, json_pack("{s:I}", "sum", (json_int_t)sum));
	}
	return sums;
}

/* The cluster that has one to four to go, the least of all; null without any. */
static json_t *near_json(
	const struct request *request, const struct participation *from, int *ret_left)
{
	const struct figures_cluster *near = NULL;

	*ret_left = NEAR_MAX + 1;
	for (size_t i = 0; i < from->cluster_count; i++) {
		const struct figures_cluster *cluster = &from->clusters[i];
		const int left = goal_of(request, cluster) - cluster->involved;
		if (left > 0 && left < *ret_left) {
			near = cluster;
			*ret_left = left;
		}
	}
	return near ? json_string(near->name[request->language]) : json_null();
}

/* The clusters an organisation is involved in, by name. */
static json_t *involved_in(const struct request *request, const struct participation *from,
	const struct cluster_list *list, int organisation)
{
	json_t *names = json_array();

	for (size_t i = 0; i < from->line_count; i++) {
		const struct figures_line *line = &from->lines[i];
		if (line->organisation != organisation || line->involvement != INVOLVED_FULLY)
			continue;
		json_array_append_new(names,
			cluster_json(list, from->clusters[line->cluster].code, request->language));
	}
	return names;
}

enum group { GROUP_EDUCATION, GROUP_GROWTH, GROUP_NEW };

static bool is_of(const struct figures_organisation *organisation, enum group group)
{
	if (organisation->involved_in == 0)
		return false;
	if (group == GROUP_EDUCATION)
		return strcmp(organisation->kind, "education") == 0;
	if (group == GROUP_GROWTH)
		return organisation->growth[0] != '\0';
	return organisation->is_new && strcmp(organisation->region, "outside") == 0 &&
	       strcmp(organisation->kind, "company") == 0;
}

static json_t *organisations_json(const struct request *request, const struct participation *from,
	const struct cluster_list *list, enum group group)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < from->organisation_count; i++) {
		const struct figures_organisation *organisation = &from->organisations[i];
		if (is_of(organisation, group))
			json_array_append_new(rows,
				json_pack("{s:s, s:s, s:s, s:o, s:o}", "name", organisation->name,
					"level", organisation->education_level, "growth",
					organisation->growth, "involved_in",
					involved_in(request, from, list, (int)i), "checkins",
					figure(organisation->checkins)));
	}
	return rows;
}

/* What the whole says beside its parts. */
static void add_sums(
	json_t *data, const struct request *request, const struct participation *from, int64_t all)
{
	int left;

	json_object_set_new(data, "near", near_json(request, from, &left));
	json_object_set_new(data, "near_left", json_integer(left));
	json_object_set_new(data, "crossover_sums", crossover_sums(from));
	json_object_set_new(data, "crossover_all", json_integer(all));
}

static json_t *report_json(const struct request *request, const struct participation *from,
	const struct cluster_list *list, const struct asked *asked)
{
	char rule[512];
	int reached;
	int64_t own, all;

	participation_rule_words(rule, sizeof rule, &from->rule, request->language);
	json_t *clusters = clusters_json(request, from, list, &reached);
	json_t *crossover = crossover_json(request, from, list, &own, &all);
	json_t *data = json_pack(
		"{s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:i, s:i, s:i, s:o, s:f, s:b, "
		"s:o, s:i, s:o, s:i, s:o, s:i, s:i, s:i, s:o, s:o, s:o, s:o}",
		"first_day", day_json(asked->from), "last_day", day_json(asked->to), "period",
		asked->period, "from", asked->from, "to", asked->to, "event_title", from->event,
		"session_title", from->session, "rule", rule, "clusters", clusters, "reached",
		reached, "count", (int)from->cluster_count, "goal",
		request_config(request)->kiosk.goal, "crossover", crossover, "outside_own",
		all > 0 ? (double)(all - own) / (double)all : 0.0, "has_crossover", all > 0,
		"education", organisations_json(request, from, list, GROUP_EDUCATION),
		"education_count", from->universities + from->vocational, "growers",
		organisations_json(request, from, list, GROUP_GROWTH), "growers_count",
		from->scale_ups + from->start_ups, "newcomers",
		organisations_json(request, from, list, GROUP_NEW), "newcomers_count",
		from->new_outside, "universities", from->universities, "involved", from->involved,
		"persons", figure(from->total.persons), "pending", figure(from->coverage.pending),
		"without_organisation", figure(from->coverage.without_organisation), "made",
		json_time(from->made_ms));
	if (data)
		add_sums(data, request, from, all);
	return data;
}

static int load(
	const struct request *request, const struct asked *asked, struct participation **ret)
{
	const struct participation_query query = { .from_day = asked->from_day,
		.to_day = asked->to_day,
		.event = asked->event,
		.session = asked->session,
		.rule = { asked->least, asked->unit, asked->by },
		.goal = request_config(request)->kiosk.goal };

	return participation_load(request->stores.read, &query, ret);
}

struct chooser {
	json_t *list;
	const char *chosen; /* id, code or title */
};

static int take_event(void *context, const struct event *event)
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
static json_t *sessions_json(const struct request *request, const struct asked *asked)
{
	struct session *sessions = NULL;
	struct event event;
	size_t count = 0;
	json_t *list = json_array();
	const char *wanted = asked->event ? asked->event : request_config(request)->kiosk.event;
	if (event_find(request->stores.read, wanted, clock_wall_ms(), &event) == 0)
		session_load(request->stores.read, event.id, &sessions, &count);
	bool found = !asked->session;
	for (size_t i = 0; i < count; i++) {
		const bool chosen = asked->session && strcmp(sessions[i].code, asked->session) == 0;
		found |= chosen;
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", sessions[i].code,
						    "title", sessions[i].title, "chosen", chosen));
	}
	if (!found)
		json_array_append_new(list, json_pack("{s:s, s:s, s:b}", "code", asked->session,
						    "title", asked->session, "chosen", true));
	free(sessions);
	return list;
}

/* What the filter shows: the events there are, the rule, and the query that leads to the files. */
static json_t *filter_into(json_t *data, const struct request *request, const struct asked *asked)
{
	char event[160], session[160], query[600];
	struct chooser chooser = { json_array(), asked->event };

	event_each(request->stores.read, take_event, &chooser);
	escape_query(event, sizeof event, request_query(request, "event"));
	escape_query(session, sizeof session, request_query(request, "session"));
	snprintf(query, sizeof query,
		"period=%s&from=%s&to=%s&event=%s&session=%s&least=%d&unit=%s&by=%s", asked->period,
		asked->from, asked->to, event, session, asked->least,
		participation_unit_name(asked->unit), participation_by_name(asked->by));
	json_object_set_new(data, "events", chooser.list);
	json_object_set_new(data, "sessions", sessions_json(request, asked));
	json_object_set_new(data, "by", json_string(participation_by_name(asked->by)));
	json_object_set_new(data, "least", json_integer(asked->least));
	json_object_set_new(data, "unit", json_string(participation_unit_name(asked->unit)));
	json_object_set_new(data, "query", json_string(query));
	return data;
}

static int show_fault(struct request *request, struct response *response, const struct asked *asked,
	struct sheet *sheet)
{
	json_t *data = json_pack(
		"{s:s, s:s, s:s}", "period", asked->period, "from", asked->from, "to", asked->to);

	return respond_page(response, 422, "clusters_filter",
		sheet_into(sheet, filter_into(data, request, asked)));
}

int page_clusters(struct request *request, struct response *response)
{
	struct participation *participation = NULL;
	struct cluster_list list;
	struct today today;
	struct asked asked;
	struct sheet sheet;
	int r = today_find(&today, request, clock_wall_ms());

	if (r == 0)
		r = cluster_list_load(&list, request->stores.read);
	if (r < 0)
		return r;
	sheet_init(&sheet, request);
	read_filter(request, &today, &sheet, &asked);
	if (!sheet_is_good(&sheet))
		return show_fault(request, response, &asked, &sheet);
	r = load(request, &asked, &participation);
	json_t *data = r == 0 ? report_json(request, participation, &list, &asked) : NULL;
	participation_free(participation);
	if (data)
		return respond_page(response, 200, "clusters",
			sheet_into(&sheet, filter_into(data, request, &asked)));
	sheet_finish(&sheet);
	if (r == -ENOENT)
		return respond_fault(response, 404, "");
	return r < 0 ? r : -ENOMEM;
}

enum report_form { REPORT_CSV, REPORT_XLSX, REPORT_JSON };

static int write_workbook(
	FILE *out, const struct participation *participation, enum language language)
{
	struct workbook *workbook = NULL;
	int r = workbook_create(&workbook, language);

	if (r == 0)
		r = workbook_participation(workbook, participation);
	if (r == 0)
		r = workbook_end(workbook, out);
	workbook_destroy(workbook);
	return r;
}

static int write_form(FILE *out, const struct participation *participation,
	const struct request *request, enum report_form form)
{
	const bool excel = strcmp(request_query(request, "dialect"), "nl") == 0;

	if (form == REPORT_XLSX)
		return write_workbook(out, participation, request->language);
	return form == REPORT_CSV
		       ? participation_out_csv(out, participation, request->language, excel)
		       : participation_out_json(out, participation);
}

/* The report's file; NULL with *@ret_r, which is 0 after a filter that was wrong. */
static char *write_report(
	struct request *request, enum report_form form, size_t *ret_length, int *ret_r)
{
	struct participation *participation = NULL;
	struct today today;
	struct asked asked;
	struct sheet sheet;
	char *text = NULL;

	*ret_r = today_find(&today, request, clock_wall_ms());
	if (*ret_r < 0)
		return NULL;
	sheet_init(&sheet, request);
	read_filter(request, &today, &sheet, &asked);
	const bool good = sheet_is_good(&sheet);
	sheet_finish(&sheet);
	if (!good)
		return NULL;
	*ret_r = load(request, &asked, &participation);
	FILE *out = *ret_r == 0 ? open_memstream(&text, ret_length) : NULL;
	if (out) {
		*ret_r = write_form(out, participation, request, form);
		fclose(out);
	}
	participation_free(participation);
	return text;
}

static int respond_report(struct request *request, struct response *response, enum report_form form)
{
	static const struct {
		enum attendance_format format;
		const char *file;
	} rows[] = { [REPORT_CSV] = { ATTENDANCE_CSV, "participation.csv" },
		[REPORT_XLSX] = { ATTENDANCE_XLSX, "participation.xlsx" },
		[REPORT_JSON] = { ATTENDANCE_JSON, "participation.json" } };
	size_t length = 0;
	int r = 0;
	char *text = write_report(request, form, &length, &r);

	if (!text || r < 0) {
		free(text);
		return r == -ENOENT ? respond_fault(response, 404, "")
		       : r < 0      ? r
				    : respond_fault(response, 422, "");
	}
	respond_bytes(response, download_media_type(rows[form].format), text, length);
	return respond_as_attachment(response, rows[form].file);
}

int page_clusters_json(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_JSON);
}

int page_clusters_xlsx(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_XLSX);
}

int page_clusters_csv(struct request *request, struct response *response)
{
	return respond_report(request, response, REPORT_CSV);
}
