#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/participation_private.h"

static int cluster_of(const struct reading *reading, int organisation)
{
	const char *code = reading->organisations[organisation].cluster;
	for (size_t i = 0; i < reading->to->cluster_count; i++)
		if (strcmp(reading->to->clusters[i].code, code) == 0)
			return (int)i;
	return -1;
}

/* The cluster in which check-ins of an organisation count; -1 for none. */
static int counts_in(const struct reading *reading, const struct presence_row *row)
{
	if (row->organisation < 0)
		return -1;
	return reading->query->rule.by == BY_OWN ? cluster_of(reading, row->organisation)
						 : row->at.cluster;
}

/* An organisation in @cluster, with a day or a session: sorted, equal ones are neighbours. */
static uint64_t hit_of(const struct reading *reading, const struct presence_row *row, int cluster)
{
	const uint64_t place =
		(uint64_t)cluster * reading->organisation_count + (uint64_t)row->organisation;
	const uint64_t unit = reading->query->rule.unit == UNIT_SESSIONS
				      ? (uint64_t)row->at.session
				      : (uint64_t)(row->at.day & 0xFFFFFF);
	return place << 24 | (unit & 0xFFFFFF);
}

static int by_value(const void *a, const void *b)
{
	const uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
	return (left > right) - (left < right);
}

/* How many different days or sessions each organisation was at in each cluster. */
static int count_units(struct reading *reading)
{
	uint64_t *hits = malloc((reading->row_count + 1) * sizeof *hits);
	size_t count = 0;
	if (!hits)
		return -ENOMEM;
	for (size_t i = 0; i < reading->row_count; i++) {
		const struct presence_row *row = &reading->rows[i];
		const int cluster = counts_in(reading, row);
		const bool unit = row->at.session >= 0 || reading->query->rule.unit == UNIT_DAYS;
		if (cluster >= 0 && unit && row->checkins > 0)
			hits[count++] = hit_of(reading, row, cluster);
	}
	qsort(hits, count, sizeof *hits, by_value);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || hits[i] != hits[i - 1])
			reading->units[hits[i] >> 24]++;
	free(hits);
	return 0;
}

static void add_figures(struct figures *to, const struct presence_row *row)
{
	to->checkins += row->checkins;
	to->stays += row->stays;
	to->stay_ms += row->stay_ms;
}

static void add_coverage(struct figures_coverage *to, const struct presence_row *row)
{
	to->checkins += row->checkins;
	if (row->pending)
		to->pending += row->checkins;
	else if (row->organisation < 0)
		to->without_organisation += row->checkins;
	if (row->at.session < 0)
		to->without_session += row->checkins;
	else if (row->at.cluster < 0)
		to->without_cluster += row->checkins;
}

static void add_crossover(struct reading *reading, const struct presence_row *row)
{
	struct participation *to = reading->to;
	const int counted = counts_in(reading, row);
	if (counted >= 0)
		reading->checkins[(size_t)counted * reading->organisation_count +
				  (size_t)row->organisation] += row->checkins;
	if (row->at.cluster < 0 || row->organisation < 0)
		return;
	const int own = cluster_of(reading, row->organisation);
	const size_t line = own < 0 ? to->cluster_count : (size_t)own;
	to->crossover[line * to->cluster_count + (size_t)row->at.cluster] += row->checkins;
}

/* The counted check-ins of a badge that nobody owns count for no one. */
static void add_row(struct reading *reading, const struct presence_row *row)
{
	struct participation *to = reading->to;
	if (row->organisation >= 0 && row->checkins > 0)
		reading->organisations[row->organisation].checkins += row->checkins;
	add_coverage(&to->coverage, row);
	if (row->pending)
		return;
	add_figures(&to->total, row);
	add_crossover(reading, row);
	add_figures(&reading->months[row->at.month].came, row);
	if (row->at.event >= 0)
		add_figures(&reading->events[row->at.event].came, row);
	if (row->at.session >= 0)
		add_figures(&reading->sessions[row->at.session].came, row);
	if (row->at.cluster < 0)
		return;
	add_figures(&to->clusters[row->at.cluster].came, row);
	add_figures(&to->in_clusters, row);
}

static bool counts(const struct reading *reading, int organisation)
{
	return participation_counts_kind(reading->organisations[organisation].kind);
}

/* Present organisations of each trend, in all (first column) and by cluster; each counted once. */
static int count_present(
	struct reading *reading, struct figures_trend *trends, size_t count, size_t index_offset)
{
	const size_t columns = reading->to->cluster_count + 1;
	uint8_t *seen = calloc(count + 1, columns * (reading->organisation_count + 1));
	if (!seen)
		return -ENOMEM;
	for (size_t i = 0; i < reading->row_count; i++) {
		const struct presence_row *row = &reading->rows[i];
		const int index = *(const int *)((const char *)&row->at + index_offset);
		if (index < 0 || row->organisation < 0 || row->checkins <= 0 ||
			!counts(reading, row->organisation))
			continue;
		uint8_t *line = seen + ((size_t)index * (reading->organisation_count + 1) +
					       (size_t)row->organisation) *
					       columns;
		struct figures_trend *trend = &trends[index];
		trend->came.organisations += !line[0];
		line[0] = 1;
		if (row->at.cluster < 0)
			continue;
		trend->by_cluster[row->at.cluster] += !line[row->at.cluster + 1];
		line[row->at.cluster + 1] = 1;
	}
	free(seen);
	return 0;
}

/* Rows of one session stand together, but a merged organisation may have several. */
static int count_session_organisations(struct reading *reading)
{
	int *last = malloc((reading->organisation_count + 1) * sizeof *last);
	if (!last)
		return -ENOMEM;
	memset(last, 0xFF, (reading->organisation_count + 1) * sizeof *last);
	for (size_t i = 0; i < reading->row_count; i++) {
		const struct presence_row *row = &reading->rows[i];
		if (row->at.session < 0 || row->organisation < 0 || row->checkins <= 0 ||
			!counts(reading, row->organisation) ||
			last[row->organisation] == row->at.session)
			continue;
		last[row->organisation] = row->at.session;
		reading->sessions[row->at.session].came.organisations++;
	}
	free(last);
	return 0;
}

/* Who came to the sessions of each cluster, and of any (the last line); each counted once. */
static int count_cluster_organisations(struct reading *reading)
{
	struct participation *to = reading->to;
	const size_t width = reading->organisation_count;
	uint8_t *seen = calloc(to->cluster_count + 1, width + 1);
	if (!seen)
		return -ENOMEM;
	uint8_t *anywhere = seen + to->cluster_count * width;
	for (size_t i = 0; i < reading->row_count; i++) {
		const struct presence_row *row = &reading->rows[i];
		if (row->at.cluster < 0 || row->organisation < 0 || row->checkins <= 0 ||
			!counts(reading, row->organisation))
			continue;
		uint8_t *here = &seen[(size_t)row->at.cluster * width + (size_t)row->organisation];
		to->clusters[row->at.cluster].came.organisations += !*here;
		to->in_clusters.organisations += !anywhere[row->organisation];
		*here = anywhere[row->organisation] = 1;
	}
	free(seen);
	return 0;
}

static void add_involved(struct figures_involved *to, const struct figures_organisation *who)
{
	const bool company = strcmp(who->kind, "company") == 0;
	const char *level = who->education_level, *growth = who->growth;
	to->involved++;
	to->companies += company;
	to->education += !company;
	to->universities += !company && strcmp(level, "wo") == 0;
	to->vocational += !company && (strcmp(level, "mbo") == 0 || strcmp(level, "hbo") == 0);
	to->scale_ups += strcmp(growth, "scale-up") == 0;
	to->start_ups += strcmp(growth, "start-up") == 0;
	to->newcomers += who->is_new;
	to->new_outside += who->is_new && strcmp(who->region, "outside") == 0;
}

/* One organisation in one cluster: by the rule, with its marks. */
static void judge(struct reading *reading, size_t cluster, size_t organisation)
{
	struct participation *to = reading->to;
	struct figures_organisation *who = &reading->organisations[organisation];
	struct figures_cluster *where = &to->clusters[cluster];
	const size_t cell = cluster * reading->organisation_count + organisation;
	const bool own = who->checkins > 0 && strcmp(who->cluster, where->code) == 0;
	const enum involvement involvement = participation_of(&to->rule, reading->units[cell], own);
	if (involvement == INVOLVED_NOT)
		return;
	to->lines[to->line_count++] = (struct figures_line){ (int)cluster, (int)organisation,
		involvement, reading->units[cell], reading->checkins[cell] };
	const bool full = involvement == INVOLVED_FULLY;
	if (!participation_counts_kind(who->kind)) {
		where->others += full;
		return;
	}
	where->nearly += !full;
	if (!full)
		return;
	add_involved(&where->by_rule, who);
	if (who->involved_in++ == 0)
		add_involved(&to->by_rule, who);
}

static int by_involvement(const void *a, const void *b)
{
	const struct figures_line *left = a, *right = b;
	if (left->cluster != right->cluster)
		return left->cluster - right->cluster;
	if (left->involvement != right->involvement)
		return (int)right->involvement - (int)left->involvement;
	if (left->units != right->units)
		return left->units < right->units ? 1 : -1;
	return left->organisation - right->organisation;
}

/* The day from which whoever was never here before is new: the period begins, else the event. */
static int64_t new_since(const struct reading *reading)
{
	const int event = participation_index(reading, reading->event_number);
	const bool open = reading->query->from_day == DAY_OPEN;
	return open && event >= 0 ? reading->events[event].first_day : reading->query->from_day;
}

static int judge_all(struct reading *reading)
{
	struct participation *to = reading->to;
	const int64_t since = new_since(reading);
	to->lines = calloc(to->cluster_count * reading->organisation_count + 1, sizeof *to->lines);
	if (!to->lines)
		return -ENOMEM;
	for (size_t i = 0; i < reading->organisation_count; i++) {
		struct figures_organisation *who = &reading->organisations[i];
		who->is_new = who->checkins > 0 && who->first_day >= since;
		if (who->checkins > 0 && !who->kind[0])
			to->coverage.without_kind++;
		if (who->checkins > 0 && counts(reading, (int)i))
			to->total.organisations++;
	}
	for (size_t cluster = 0; cluster < to->cluster_count; cluster++)
		for (size_t i = 0; i < reading->organisation_count; i++)
			judge(reading, cluster, i);
	qsort(to->lines, to->line_count, sizeof *to->lines, by_involvement);
	return 0;
}

static bool anybody(const struct figures *figures)
{
	return figures->checkins > 0 || figures->stays > 0;
}

static int by_day(const void *a, const void *b)
{
	const struct figures_trend *left = a, *right = b;
	if (left->first_day != right->first_day)
		return left->first_day < right->first_day ? -1 : 1;
	return strcmp(left->title, right->title);
}

/* Only what somebody came to is handed over. */
static void hand_over_events(struct reading *reading)
{
	struct participation *to = reading->to;
	size_t count = 0;
	for (size_t i = 0; i < reading->event_count; i++)
		if (anybody(&reading->events[i].came))
			reading->events[count++] = reading->events[i];
	if (count)
		qsort(reading->events, count, sizeof *reading->events, by_day);
	to->events = reading->events;
	to->event_count = count;
	reading->events = NULL;
	if (reading->month_count)
		qsort(reading->months, reading->month_count, sizeof *reading->months, by_day);
	to->months = reading->months;
	to->month_count = reading->month_count;
	reading->months = NULL;
}

static void hand_over(struct reading *reading)
{
	struct participation *to = reading->to;
	for (size_t i = 0; i < reading->session_count; i++) {
		const struct figures_session *session = &reading->sessions[i];
		if (anybody(&session->came))
			reading->sessions[to->session_count++] = *session;
	}
	to->sessions = reading->sessions;
	reading->sessions = NULL;
	to->organisations = reading->organisations;
	to->organisation_count = reading->organisation_count;
	reading->organisations = NULL;
	hand_over_events(reading);
}

/* What a public report may say: numbers of people by the floor, and no names. */
static void publish_figures(struct figures *figures, int floor)
{
	if (figures->stays < floor)
		figures->stays = figures->stay_ms = 0;
	figures->persons = participation_public(figures->persons, floor);
	figures->checkins = participation_public(figures->checkins, floor);
}

static void publish(struct participation *to)
{
	publish_figures(&to->total, to->floor);
	publish_figures(&to->in_clusters, to->floor);
	for (size_t i = 0; i < to->cluster_count; i++)
		publish_figures(&to->clusters[i].came, to->floor);
	for (size_t i = 0; i < to->session_count; i++)
		publish_figures(&to->sessions[i].came, to->floor);
	for (size_t i = 0; i < to->event_count; i++)
		publish_figures(&to->events[i].came, to->floor);
	for (size_t i = 0; i < to->month_count; i++)
		publish_figures(&to->months[i].came, to->floor);
	for (size_t i = 0; i < (to->cluster_count + 1) * to->cluster_count; i++)
		to->crossover[i] = participation_public(to->crossover[i], to->floor);
	int64_t *const figures[] = { &to->coverage.checkins, &to->coverage.pending,
		&to->coverage.without_organisation, &to->coverage.without_session,
		&to->coverage.without_cluster };
	for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
		*figures[i] = participation_public(*figures[i], to->floor);
	to->organisation_count = to->line_count = 0;
}

int participation_sum(struct reading *reading)
{
	struct participation *to = reading->to;
	const size_t cells = to->cluster_count * reading->organisation_count + 1;
	to->crossover =
		calloc((to->cluster_count + 1) * to->cluster_count + 1, sizeof *to->crossover);
	reading->checkins = calloc(cells, sizeof *reading->checkins);
	reading->units = calloc(cells, sizeof *reading->units);
	if (!to->crossover || !reading->checkins || !reading->units)
		return -ENOMEM;
	for (size_t i = 0; i < reading->row_count; i++)
		add_row(reading, &reading->rows[i]);
	int r = count_units(reading);
	if (r == 0)
		r = count_present(reading, reading->events, reading->event_count,
			offsetof(struct spot, event));
	if (r == 0)
		r = count_present(reading, reading->months, reading->month_count,
			offsetof(struct spot, month));
	if (r == 0)
		r = count_session_organisations(reading);
	if (r == 0)
		r = count_cluster_organisations(reading);
	if (r == 0)
		r = judge_all(reading);
	if (r < 0)
		return r;
	hand_over(reading);
	if (to->floor > 0)
		publish(to);
	return 0;
}
