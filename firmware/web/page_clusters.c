/* /reports/clusters: participation per cluster, against the target. */
#include <errno.h>

#include "store/participation.h"
#include "web/behind.h"
#include "web/crossover.h"
#include "web/frame.h"
#include "web/parts.h"
#include "web/reached.h"
#include "web/report_filter.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/sheet.h"
#include "web/standing.h"

#define LISTED_MAX 12 /* of each group: the page stays small; the files have all of them */

/* Midnight of the day, to be shown as a date; null for no bound. */
static json_t *day_json(const char *day)
{
	int64_t wall_ms;

	return local_time_parse(&wall_ms, day, NULL) ? json_time(wall_ms) : json_null();
}

/* Up to which tap of our own log they were made: its number, and the beginning of the chain's head,
 * by which a report can be laid beside the log later. */
static void add_head(json_t *data, const struct participation *from)
{
	char code[16] = "";
	const struct figures_log *log = from->log_count ? &from->logs[0] : NULL;

	if (log)
		snprintf(code, sizeof code, "%02X%02X-%02X%02X-%02X%02X", log->head[0],
			log->head[1], log->head[2], log->head[3], log->head[4], log->head[5]);
	json_object_set_new(data, "code", json_string(code));
	json_object_set_new(data, "log_taps", json_integer(log ? (json_int_t)log->count : 0));
}

/* Which taps the figures rest on, and what is not in them. */
static void add_account(json_t *data, const struct participation *from, enum language language)
{
	char rule[512];

	participation_rule_words(rule, sizeof rule, &from->rule, language);
	json_object_set_new(data, "rule", json_string(rule));
	add_head(data, from);
	json_object_set_new(data, "pending", figure_json(from->coverage.pending));
	json_object_set_new(
		data, "without_organisation", figure_json(from->coverage.without_organisation));
	json_object_set_new(data, "made", json_time(from->made_ms));
	json_object_set_new(data, "event_count", json_integer((json_int_t)from->event_count));
}

static json_t *report_json(const struct request *request, const struct participation *from,
	const struct cluster_list *clusters, const struct report_filter *filter)
{
	static const struct {
		const char *name;
		enum reached group;
	} groups[] = { { "education", REACHED_EDUCATION }, { "growers", REACHED_GROWTH },
		{ "newcomers", REACHED_NEW } };
	const enum language language = request->language;
	json_t *data = json_pack(
		"{s:o, s:o, s:s, s:s, s:s, s:s, s:s, s:i, s:i, s:o, s:o, s:b, s:{}, s:{}}",
		"first_day", day_json(filter->from), "last_day", day_json(filter->to), "period",
		filter->period, "from", filter->from, "to", filter->to, "event_title", from->event,
		"session_title", from->session, "goal", request_config(request)->kiosk.goal,
		"universities", from->by_rule.universities, "standing",
		standing_json(from, clusters, language), "crossover",
		crossover_json(from, clusters, language), "full", true, "counts", "more");

	if (!data)
		return NULL;
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
		int count;
		json_object_set_new(data, groups[i].name,
			reached_json(
				from, clusters, language, groups[i].group, LISTED_MAX, &count));
		json_object_set_new(
			json_object_get(data, "counts"), groups[i].name, json_integer(count));
		json_object_set_new(json_object_get(data, "more"), groups[i].name,
			json_integer(count > LISTED_MAX ? count - LISTED_MAX : 0));
	}
	add_account(data, from, language);
	return data;
}

static int show_fault(struct request *request, struct response *response,
	const struct report_filter *filter, struct sheet *sheet)
{
	json_t *data = json_pack("{s:s, s:s, s:s}", "period", filter->period, "from", filter->from,
		"to", filter->to);

	return respond_page(response, 422, "clusters_filter",
		sheet_into(sheet, report_filter_into(data, request, filter)));
}

static int show(struct request *request, struct response *response,
	const struct report_filter *filter, struct sheet *sheet)
{
	struct participation *participation = NULL;
	struct cluster_list clusters;
	int r = cluster_list_load(&clusters, request->stores.read);

	if (r == 0)
		r = report_filter_load(request, filter, &participation);
	json_t *peers = NULL;
	if (r == 0)
		r = peers_json(request->stores.read, &peers);
	json_t *data = r == 0 ? report_json(request, participation, &clusters, filter) : NULL;
	participation_free(participation);
	json_object_set_new(data, "peers", peers);
	if (data)
		return respond_page(response, 200, "clusters",
			sheet_into(sheet, report_filter_into(data, request, filter)));
	sheet_finish(sheet);
	if (r == -ENOENT)
		return respond_fault(response, 404, "");
	return r < 0 ? r : -ENOMEM;
}

int page_clusters(struct request *request, struct response *response)
{
	struct report_filter filter;
	struct sheet sheet;

	sheet_init(&sheet, request);
	const int r = report_filter_read(request, &sheet, &filter);
	if (r < 0) {
		sheet_finish(&sheet);
		return r;
	}
	return sheet_is_good(&sheet) ? show(request, response, &filter, &sheet)
				     : show_fault(request, response, &filter, &sheet);
}
