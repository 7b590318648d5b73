#include "exchange/participation_book.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

#define DAY_MS 86400000LL
#define COLUMNS_MAX 18 /* beside those of the clusters */
#define BOTH(nl, en)   \
	{              \
		nl, en \
	}

struct writing {
	const struct participation *from;
	enum language language;
	const struct book_sink *sink;
	struct cell cells[BOOK_COLUMNS_MAX];
	size_t count;
};

/* By enum language. */
/* clang-format off */
static const struct {
	const char *code, *title[2], *columns[COLUMNS_MAX][2];
} pages[PAGE_COUNT] = {
	[PAGE_SUMMARY] = { "summary", BOTH("Samenvatting", "Summary"), {
		BOTH("Gegeven", "Item"), BOTH("Waarde", "Value") } },
	[PAGE_CLUSTERS] = { "clusters", BOTH("Clusters", "Clusters"), {
		BOTH("Cluster", "Cluster"), BOTH("Organisaties", "Organisations"), BOTH("Doel", "Target"),
		BOTH("Nog te gaan", "To go"), BOTH("Bedrijven", "Companies"), BOTH("Onderwijs", "Education"),
		BOTH("Bijna", "Nearly"), BOTH("Andere organisaties", "Other organisations"),
		BOTH("Universiteit (wo)", "University (wo)"), BOTH("Mbo en hbo", "Mbo and hbo"),
		BOTH("Snelle groeiers", "Scale-ups"), BOTH("Start-ups", "Start-ups"),
		BOTH("Nieuw", "New"), BOTH("Nieuw van buiten de regio", "New from outside the region"),
		BOTH("Personen", "Persons"), BOTH("Check-ins", "Check-ins"),
		BOTH("Gemiddeld verblijf (min)", "Average stay (min)") } },
	[PAGE_ORGANISATIONS] = { "organisations", BOTH("Organisaties", "Organisations"), {
		BOTH("Cluster", "Cluster"), BOTH("Organisatie", "Organisation"), BOTH("Doet mee", "Involved"),
		BOTH("Geteld", "Counted"), BOTH("Check-ins", "Check-ins"),
		BOTH("Personen in de periode", "Persons in the period"), BOTH("Soort", "Kind"),
		BOTH("Niveau", "Level"), BOTH("Eigen cluster", "Own cluster"), BOTH("Regio", "Region"), BOTH("Plaats", "Town"),
		BOTH("Groei", "Growth"), BOTH("KvK-nummer", "KvK number"), BOTH("Eerste keer", "First seen"),
		BOTH("Nieuw", "New") } },
	[PAGE_CROSSOVERS] = { "crossovers", BOTH("Kruisverbanden", "Crossovers"), {
		BOTH("Cluster van de organisatie", "Cluster of the organisation") } },
	[PAGE_EVENTS] = { "events", BOTH("Evenementen", "Events"), {
		BOTH("Evenement", "Event"), BOTH("Vanaf", "From"), BOTH("Organisaties", "Organisations"),
		BOTH("Personen", "Persons"), BOTH("Check-ins", "Check-ins") } },
	[PAGE_MONTHS] = { "months", BOTH("Maanden", "Months"), {
		BOTH("Maand", "Month"), BOTH("Organisaties", "Organisations"), BOTH("Personen", "Persons"),
		BOTH("Check-ins", "Check-ins") } },
	[PAGE_SESSIONS] = { "sessions", BOTH("Sessies", "Sessions"), {
		BOTH("Evenement", "Event"), BOTH("Dag", "Day"), BOTH("Sessie", "Session"), BOTH("Titel", "Title"),
		BOTH("Cluster", "Cluster"), BOTH("Organisaties", "Organisations"), BOTH("Personen", "Persons"),
		BOTH("Check-ins", "Check-ins"), BOTH("Gemiddeld verblijf (min)", "Average stay (min)") } },
};

static const char *const everyone[2] = BOTH("Plenair, voor iedereen", "Plenary, for everyone");
static const char *const none[2] = BOTH("Geen of een ander cluster", "None or another cluster");
static const char *const yes[2] = BOTH("ja", "yes");
static const char *const no[2] = BOTH("nee", "no");
static const char *const nearly[2] = BOTH("bijna", "nearly");
static const char *const together[2] = BOTH("Samen", "Together");
static const char *const always[2] = BOTH("alle dagen", "all days");

static const struct {
	const char *word, *shown[2];
} words[] = {
	{ "company", BOTH("bedrijf", "company") },       { "education", BOTH("onderwijs", "education") },
	{ "government", BOTH("overheid", "government") }, { "research", BOTH("onderzoek", "research") },
	{ "culture", BOTH("cultuur", "culture") },       { "other", BOTH("anders", "other") },
	{ "inside", BOTH("binnen", "inside") },          { "outside", BOTH("buiten", "outside") },
	{ "scale-up", BOTH("snelle groeier", "scale-up") },
};
/* clang-format on */

static const char *word_of(const char *word, enum language language)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].shown[language];
	return word;
}

static int begin(struct writing *writing, enum book_page page, bool with_clusters)
{
	const struct participation *from = writing->from;
	struct book_head head = { .page = page,
		.code = pages[page].code,
		.title = pages[page].title[writing->language] };
	while (head.column_count < COLUMNS_MAX && pages[page].columns[head.column_count][0]) {
		head.columns[head.column_count] =
			pages[page].columns[head.column_count][writing->language];
		head.column_count++;
	}
	for (size_t i = 0; with_clusters && i < from->cluster_count; i++)
		head.columns[head.column_count++] = from->clusters[i].name[writing->language];
	writing->count = 0;
	return writing->sink->page(writing->sink->context, &head);
}

static void put(struct writing *writing, enum cell_kind kind, const char *text, int64_t number)
{
	writing->cells[writing->count++] = (struct cell){ kind, text, number };
}

static void put_text(struct writing *writing, const char *text)
{
	put(writing, CELL_TEXT, text, 0);
}

static void put_number(struct writing *writing, int64_t number)
{
	put(writing, CELL_NUMBER, "", number);
}

static int end_row(struct writing *writing)
{
	const size_t count = writing->count;
	writing->count = 0;
	return writing->sink->row(writing->sink->context, writing->cells, count);
}

static void put_stay(struct writing *writing, const struct figures *came)
{
	if (came->stays > 0)
		put(writing, CELL_MINUTES, "", came->stay_ms / came->stays / 60000);
	else
		put_text(writing, "");
}

static const char *cluster_name(const struct writing *writing, int cluster)
{
	return cluster < 0 ? everyone[writing->language]
			   : writing->from->clusters[cluster].name[writing->language];
}

static int item(struct writing *writing, const char *nl, const char *en, const char *value)
{
	put_text(writing, writing->language == LANGUAGE_NL ? nl : en);
	put_text(writing, value);
	return end_row(writing);
}

static int item_number(struct writing *writing, const char *nl, const char *en, int64_t value)
{
	put_text(writing, writing->language == LANGUAGE_NL ? nl : en);
	put_number(writing, value);
	return end_row(writing);
}

static void period_words(
	char *ret, size_t size, const struct participation *from, enum language language)
{
	char first[CELL_TEXT_SIZE] = "…", last[CELL_TEXT_SIZE] = "…";
	const struct cell cells[] = { { CELL_DAY, "", from->from_day },
		{ CELL_DAY, "", from->to_day } };
	if (from->from_day != DAY_OPEN)
		cell_text(first, &cells[0], 0, language, false);
	if (from->to_day != DAY_OPEN)
		cell_text(last, &cells[1], 0, language, false);
	if (from->from_day == DAY_OPEN && from->to_day == DAY_OPEN)
		snprintf(ret, size, "%s", always[language]);
	else
		snprintf(ret, size, "%.40s – %.40s", first, last);
}

static int summary_of_rule(struct writing *writing)
{
	const struct participation *from = writing->from;
	char text[512], made[CELL_TEXT_SIZE];
	const struct cell cell = { CELL_DAY, "", from->made_ms / DAY_MS };
	participation_rule_words(text, sizeof text, &from->rule, writing->language);
	int r = item(writing, "Telregel", "Rule", text);
	period_words(text, sizeof text, from, writing->language);
	if (r == 0)
		r = item(writing, "Periode", "Period", text);
	if (r == 0 && from->event[0])
		r = item(writing, "Evenement", "Event", from->event);
	if (r == 0 && from->session[0])
		r = item(writing, "Sessie", "Session", from->session);
	if (r == 0)
		r = item(writing, "Gemaakt op", "Made on",
			cell_text(made, &cell, 0, writing->language, false));
	if (r == 0 && from->floor > 0)
		r = item_number(writing, "Openbaar: aantallen mensen afgerond op",
			"Public: numbers of people rounded down to", from->floor);
	return r;
}

static int summary_of_logs(struct writing *writing)
{
	int r = 0;
	for (size_t i = 0; i < writing->from->log_count && r == 0; i++) {
		const struct figures_log *log = &writing->from->logs[i];
		char text[2 * FIGURES_HEAD_BYTES + 64];
		size_t at = (size_t)snprintf(
			text, sizeof text, "%s, %" PRId64 ": ", log->log_id, log->count);
		for (size_t b = 0; b < FIGURES_HEAD_BYTES; b++)
			at += (size_t)snprintf(text + at, sizeof text - at, "%02x", log->head[b]);
		r = item(writing, "Logboek, laatste tik: ketenkop", "Log, last tap: chain head",
			text);
	}
	return r;
}

static int write_summary(struct writing *writing)
{
	const struct participation *from = writing->from;
	const struct figures_coverage *coverage = &from->coverage;
	const struct {
		const char *nl, *en;
		int64_t value;
	} rows[] = {
		{ "Organisaties actief in een cluster", "Organisations involved in a cluster",
			from->by_rule.involved },
		{ "Waarvan universiteit (wo)", "Of which university (wo)",
			from->by_rule.universities },
		{ "Waarvan mbo en hbo", "Of which mbo and hbo", from->by_rule.vocational },
		{ "Waarvan snelle groeiers", "Of which scale-ups", from->by_rule.scale_ups },
		{ "Waarvan start-ups", "Of which start-ups", from->by_rule.start_ups },
		{ "Waarvan nieuw van buiten de regio", "Of which new from outside the region",
			from->by_rule.new_outside },
		{ "Bedrijven en onderwijs die kwamen", "Companies and education that came",
			from->total.organisations },
		{ "Personen", "Persons", from->total.persons },
		{ "Getelde check-ins", "Counted check-ins", from->total.checkins },
		{ "Dekking: check-ins in de periode", "Coverage: check-ins in the period",
			coverage->checkins },
		{ "Dekking: van badges die niemand heeft (tellen niet mee)",
			"Coverage: of badges nobody owns (not counted)", coverage->pending },
		{ "Dekking: van mensen zonder organisatie",
			"Coverage: of people without an organisation",
			coverage->without_organisation },
		{ "Dekking: aan de ingang, niet voor een sessie",
			"Coverage: at the entrance, not for a session", coverage->without_session },
		{ "Dekking: bij sessies zonder cluster", "Coverage: at sessions without a cluster",
			coverage->without_cluster },
		{ "Dekking: organisaties van onbekende soort",
			"Coverage: organisations of unknown kind", coverage->without_kind },
		{ "Tikken in het hele logboek", "Taps in the whole log", coverage->taps },
		{ "Correcties", "Corrections", coverage->corrections },
		{ "Telefoons en andere wisselende nummers", "Phones and other changing numbers",
			coverage->random_ids },
		{ "Te kort gehouden", "Held too short", coverage->unreadable },
	};
	int r = begin(writing, PAGE_SUMMARY, false);
	if (r == 0)
		r = summary_of_rule(writing);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0] && r == 0; i++)
		r = item_number(writing, rows[i].nl, rows[i].en, rows[i].value);
	return r == 0 ? summary_of_logs(writing) : r;
}

static void put_numbers(struct writing *writing, const int64_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put_number(writing, numbers[i]);
}

/* What the row of a cluster and the row of all together end with. */
static int end_involved(struct writing *writing, const struct figures_involved *involved,
	const struct figures *came)
{
	const int64_t numbers[] = { involved->universities, involved->vocational,
		involved->scale_ups, involved->start_ups, involved->newcomers,
		involved->new_outside, came->persons, came->checkins };
	put_numbers(writing, numbers, sizeof numbers / sizeof numbers[0]);
	put_stay(writing, came);
	return end_row(writing);
}

static int write_cluster(struct writing *writing, const struct figures_cluster *cluster)
{
	const struct figures_involved *involved = &cluster->by_rule;
	const int64_t to_go = cluster->target - involved->involved;
	const int64_t numbers[] = { involved->involved, cluster->target, to_go > 0 ? to_go : 0,
		involved->companies, involved->education, cluster->nearly, cluster->others };
	put_text(writing, cluster->name[writing->language]);
	put_numbers(writing, numbers, sizeof numbers / sizeof numbers[0]);
	return end_involved(writing, involved, &cluster->came);
}

/* Each organisation and person once, in however many clusters it was; a target is a cluster's. */
static int write_together(struct writing *writing)
{
	const struct figures_involved *involved = &writing->from->by_rule;
	put_text(writing, together[writing->language]);
	put_number(writing, involved->involved);
	put_text(writing, "");
	put_text(writing, "");
	put_number(writing, involved->companies);
	put_number(writing, involved->education);
	put_text(writing, "");
	put_text(writing, "");
	return end_involved(writing, involved, &writing->from->in_clusters);
}

static int write_clusters(struct writing *writing)
{
	int r = begin(writing, PAGE_CLUSTERS, false);
	for (size_t i = 0; i < writing->from->cluster_count && r == 0; i++)
		r = write_cluster(writing, &writing->from->clusters[i]);
	return r == 0 ? write_together(writing) : r;
}

static int write_organisations(struct writing *writing)
{
	const struct participation *from = writing->from;
	const enum language language = writing->language;
	int r = from->line_count ? begin(writing, PAGE_ORGANISATIONS, false) : 0;
	for (size_t i = 0; i < from->line_count && r == 0; i++) {
		const struct figures_line *line = &from->lines[i];
		const struct figures_organisation *who = &from->organisations[line->organisation];
		put_text(writing, cluster_name(writing, line->cluster));
		put_text(writing, who->name);
		put_text(writing,
			line->involvement == INVOLVED_FULLY ? yes[language] : nearly[language]);
		put_number(writing, line->units);
		put_number(writing, line->checkins);
		put_number(writing, who->persons);
		const char *const texts[] = { who->kind, who->education_level };
		for (size_t t = 0; t < sizeof texts / sizeof texts[0]; t++)
			put_text(writing, word_of(texts[t], language));
		put_text(writing, who->cluster);
		put_text(writing, word_of(who->region, language));
		put_text(writing, who->town);
		put_text(writing, word_of(who->growth, language));
		put_text(writing, who->kvk);
		put(writing, CELL_DAY, "", who->first_day);
		put_text(writing, who->is_new ? yes[language] : no[language]);
		r = end_row(writing);
	}
	return r;
}

static int write_crossovers(struct writing *writing)
{
	const struct participation *from = writing->from;
	int r = begin(writing, PAGE_CROSSOVERS, true);
	for (size_t i = 0; i <= from->cluster_count && r == 0; i++) {
		put_text(writing, i < from->cluster_count ? cluster_name(writing, (int)i)
							  : none[writing->language]);
		for (size_t j = 0; j < from->cluster_count; j++)
			put_number(writing, from->crossover[i * from->cluster_count + j]);
		r = end_row(writing);
	}
	return r;
}

static int write_trends(struct writing *writing, enum book_page page,
	const struct figures_trend *trends, size_t count)
{
	int r = begin(writing, page, true);
	for (size_t i = 0; i < count && r == 0; i++) {
		const struct figures_trend *trend = &trends[i];
		if (page == PAGE_EVENTS)
			put_text(writing, trend->title);
		put(writing, page == PAGE_EVENTS ? CELL_DAY : CELL_MONTH, "", trend->first_day);
		put_number(writing, trend->came.organisations);
		put_number(writing, trend->came.persons);
		put_number(writing, trend->came.checkins);
		for (size_t c = 0; c < writing->from->cluster_count; c++)
			put_number(writing, trend->by_cluster[c]);
		r = end_row(writing);
	}
	return r;
}

static int write_sessions(struct writing *writing)
{
	int r = begin(writing, PAGE_SESSIONS, false);
	for (size_t i = 0; i < writing->from->session_count && r == 0; i++) {
		const struct figures_session *session = &writing->from->sessions[i];
		put_text(writing, session->event);
		put(writing, CELL_DAY, "",
			local_day(session->session.start_ms, session->session.utc_offset_min));
		put_text(writing, session->session.code);
		put_text(writing, session->session.title);
		put_text(writing, cluster_name(writing, session->cluster));
		put_number(writing, session->came.organisations);
		put_number(writing, session->came.persons);
		put_number(writing, session->came.checkins);
		put_stay(writing, &session->came);
		r = end_row(writing);
	}
	return r;
}

int participation_book(const struct participation *participation, enum language language,
	const struct book_sink *sink)
{
	struct writing writing = { .from = participation, .language = language, .sink = sink };
	int r = write_summary(&writing);
	if (r == 0)
		r = write_clusters(&writing);
	if (r == 0)
		r = write_organisations(&writing);
	if (r == 0)
		r = write_crossovers(&writing);
	if (r == 0)
		r = write_trends(
			&writing, PAGE_EVENTS, participation->events, participation->event_count);
	if (r == 0)
		r = write_trends(
			&writing, PAGE_MONTHS, participation->months, participation->month_count);
	return r == 0 ? write_sessions(&writing) : r;
}

const char *figure_text(char ret[FIGURE_TEXT_SIZE], int64_t figure, int floor)
{
	if (figure == FIGURE_WITHHELD)
		snprintf(ret, FIGURE_TEXT_SIZE, "< %d", floor);
	else
		snprintf(ret, FIGURE_TEXT_SIZE, "%" PRId64, figure);
	return ret;
}

static void day_text(char ret[CELL_TEXT_SIZE], int64_t day, enum language language, bool iso)
{
	struct calendar date;
	calendar_of(&date, day * DAY_MS, 0);
	if (language == LANGUAGE_NL && !iso)
		snprintf(ret, CELL_TEXT_SIZE, "%02d-%02d-%04d", date.day, date.month, date.year);
	else
		snprintf(ret, CELL_TEXT_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static void month_text(char ret[CELL_TEXT_SIZE], int64_t day, enum language language, bool iso)
{
	struct calendar date;
	calendar_of(&date, day * DAY_MS, 0);
	if (language == LANGUAGE_NL && !iso)
		snprintf(ret, CELL_TEXT_SIZE, "%02d-%04d", date.month, date.year);
	else
		snprintf(ret, CELL_TEXT_SIZE, "%04d-%02d", date.year, date.month);
}

const char *cell_text(char ret[CELL_TEXT_SIZE], const struct cell *cell, int floor,
	enum language language, bool iso)
{
	switch (cell->kind) {
	case CELL_TEXT:
		utf8_clip(ret, CELL_TEXT_SIZE, cell->text);
		break;
	case CELL_NUMBER:
	case CELL_MINUTES:
		figure_text(ret, cell->number, floor);
		break;
	case CELL_DAY:
		day_text(ret, cell->number, language, iso);
		break;
	case CELL_MONTH:
		month_text(ret, cell->number, language, iso);
		break;
	}
	return ret;
}
