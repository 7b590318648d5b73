#include <errno.h>
#include <jansson.h>

#include "core/text.h"
#include "exchange/participation_out.h"

#define DAY_MS 86400000LL

/* "2026-11-24"; null for no bound. */
static json_t *day(int64_t number)
{
	char text[16];
	struct calendar date;
	if (number == DAY_OPEN || number == INT64_MAX)
		return json_null();
	calendar_of(&date, number * DAY_MS, 0);
	snprintf(text, sizeof text, "%04d-%02d-%02d", date.year % 10000, date.month, date.day);
	return json_string(text);
}

/* A number that is withheld is null. */
static json_t *figure(int64_t number)
{
	return number == FIGURE_WITHHELD ? json_null() : json_integer(number);
}

static json_t *figures(const struct figures *from)
{
	return json_pack("{s:i, s:o, s:o, s:I, s:I}", "organisations", from->organisations,
		"persons", figure(from->persons), "checkins", figure(from->checkins), "stays",
		(json_int_t)from->stays, "stay_minutes_total", (json_int_t)(from->stay_ms / 60000));
}

static json_t *rule(const struct participation *from)
{
	char nl[512], en[512];
	participation_rule_words(nl, sizeof nl, &from->rule, LANGUAGE_NL);
	participation_rule_words(en, sizeof en, &from->rule, LANGUAGE_EN);
	return json_pack("{s:i, s:s, s:s, s:s, s:s}", "least", from->rule.least, "unit",
		participation_unit_name(from->rule.unit), "by",
		participation_by_name(from->rule.by), "nl", nl, "en", en);
}

static json_t *line(const struct participation *from, const struct figures_line *line)
{
	const struct figures_organisation *who = &from->organisations[line->organisation];
	return json_pack(
		"{s:s, s:s, s:b, s:I, s:I, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:b}", "id",
		who->id, "name", who->name, "involved", line->involvement == INVOLVED_FULLY,
		"units", (json_int_t)line->units, "checkins", (json_int_t)line->checkins,
		"persons_in_period", figure(who->persons), "kind", who->kind, "education_level",
		who->education_level, "cluster", who->cluster, "region", who->region, "town",
		who->town, "growth", who->growth, "kvk", who->kvk, "first_day", day(who->first_day),
		"new", who->is_new);
}

static void add_involved(json_t *data, const struct figures_involved *from)
{
	const struct {
		const char *name;
		int number;
	} rows[] = { { "involved", from->involved }, { "companies", from->companies },
		{ "education", from->education }, { "universities", from->universities },
		{ "vocational", from->vocational }, { "scale_ups", from->scale_ups },
		{ "start_ups", from->start_ups }, { "newcomers", from->newcomers },
		{ "new_outside", from->new_outside } };
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		json_object_set_new(data, rows[i].name, json_integer(rows[i].number));
}

static json_t *cluster(const struct participation *from, size_t index)
{
	const struct figures_cluster *cluster = &from->clusters[index];
	json_t *organisations = json_array();
	for (size_t i = 0; i < from->line_count; i++)
		if (from->lines[i].cluster == (int)index)
			json_array_append_new(organisations, line(from, &from->lines[i]));
	json_t *data = json_pack("{s:s, s:{s:s, s:s}, s:i, s:i, s:i}", "code", cluster->code,
		"name", "nl", cluster->name[LANGUAGE_NL], "en", cluster->name[LANGUAGE_EN],
		"target", cluster->target, "nearly", cluster->nearly, "others", cluster->others);
	add_involved(data, &cluster->by_rule);
	json_object_set_new(data, "came", figures(&cluster->came));
	json_object_set_new(data, "organisations", organisations);
	return data;
}

static json_t *clusters(const struct participation *from)
{
	json_t *list = json_array();
	for (size_t i = 0; i < from->cluster_count; i++)
		json_array_append_new(list, cluster(from, i));
	return list;
}

static json_t *crossovers(const struct participation *from)
{
	json_t *list = json_array();
	for (size_t i = 0; i <= from->cluster_count; i++)
		for (size_t j = 0; j < from->cluster_count; j++)
			json_array_append_new(list,
				json_pack("{s:s, s:s, s:o}", "organisation_cluster",
					i < from->cluster_count ? from->clusters[i].code : "",
					"session_cluster", from->clusters[j].code, "checkins",
					figure(from->crossover[i * from->cluster_count + j])));
	return list;
}

static json_t *trends(
	const struct participation *from, const struct figures_trend *trends, size_t count)
{
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_t *by_cluster = json_object();
		for (size_t c = 0; c < from->cluster_count; c++)
			json_object_set_new(by_cluster, from->clusters[c].code,
				json_integer(trends[i].by_cluster[c]));
		json_array_append_new(list,
			json_pack("{s:s, s:o, s:o, s:o}", "title", trends[i].title, "first_day",
				day(trends[i].first_day), "came", figures(&trends[i].came),
				"organisations_by_cluster", by_cluster));
	}
	return list;
}

static json_t *sessions(const struct participation *from)
{
	json_t *list = json_array();
	for (size_t i = 0; i < from->session_count; i++) {
		const struct figures_session *at = &from->sessions[i];
		char start[TIME_TEXT_SIZE];
		time_iso(start, sizeof start, at->session.start_ms, at->session.utc_offset_min);
		json_array_append_new(list,
			json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "event", at->event, "session",
				at->session.code, "title", at->session.title, "start", start,
				"cluster", at->session.cluster, "came", figures(&at->came)));
	}
	return list;
}

static json_t *logs(const struct participation *from)
{
	json_t *list = json_array();
	for (size_t i = 0; i < from->log_count; i++) {
		char head[2 * FIGURES_HEAD_BYTES + 1];
		for (size_t b = 0; b < FIGURES_HEAD_BYTES; b++)
			snprintf(head + 2 * b, 3, "%02x", from->logs[i].head[b]);
		json_array_append_new(
			list, json_pack("{s:s, s:I, s:s}", "log_id", from->logs[i].log_id, "taps",
				      (json_int_t)from->logs[i].count, "head", head));
	}
	return list;
}

static json_t *coverage(const struct figures_coverage *from)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:i}", "taps",
		(json_int_t)from->taps, "corrections", (json_int_t)from->corrections, "random_ids",
		(json_int_t)from->random_ids, "unreadable", (json_int_t)from->unreadable,
		"checkins", figure(from->checkins), "pending", figure(from->pending),
		"without_organisation", figure(from->without_organisation), "without_session",
		figure(from->without_session), "without_cluster", figure(from->without_cluster),
		"organisations_without_kind", from->without_kind);
}

json_t *participation_json(const struct participation *from)
{
	json_t *data = json_pack("{s:o, s:o, s:o, s:s, s:s, s:i, s:o, s:o, s:o}", "rule",
		rule(from), "from", day(from->from_day), "to", day(from->to_day), "event",
		from->event, "session", from->session, "public_floor", from->floor, "made",
		day(from->made_ms / DAY_MS), "came", figures(&from->total), "came_to_clusters",
		figures(&from->in_clusters));
	if (!data)
		return NULL;
	add_involved(data, &from->by_rule);
	const struct {
		const char *name;
		json_t *list;
	} lists[] = { { "clusters", clusters(from) }, { "crossovers", crossovers(from) },
		{ "events", trends(from, from->events, from->event_count) },
		{ "months", trends(from, from->months, from->month_count) },
		{ "sessions", sessions(from) },
		{ "evidence", json_pack("{s:o, s:o}", "coverage", coverage(&from->coverage), "logs",
				      logs(from)) } };
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		json_object_set_new(data, lists[i].name, lists[i].list);
	return data;
}

int participation_out_json(FILE *out, const struct participation *participation)
{
	json_t *report = participation_json(participation);
	if (!report)
		return -ENOMEM;
	const int r =
		json_dumpf(report, out, JSON_INDENT(1)) < 0 || fputc('\n', out) < 0 ? -EIO : 0;
	json_decref(report);
	return r;
}
