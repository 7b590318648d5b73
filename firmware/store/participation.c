#include "store/participation.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "core/text.h"
#include "store/participation_private.h"
#include "store/programme.h"
#include "store/tap_log.h"

/* Room for one more; the array doubles and new room is zero. */
static int grow(void **list, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return 0;
	const size_t wanted = *capacity ? 2 * *capacity : 64;
	char *grown = realloc(*list, wanted * size);
	if (!grown)
		return -ENOMEM;
	memset(grown + *capacity * size, 0, (wanted - *capacity) * size);
	*list = grown;
	*capacity = wanted;
	return 0;
}

static void keep_index(struct reading *reading, sqlite3_stmt *row, int column, size_t index)
{
	const int64_t number = sqlite3_column_int64(row, column);
	if (number > 1 && (size_t)number < reading->number_count)
		reading->index_of[number] = (int32_t)index;
}

int participation_index(const struct reading *reading, int64_t number)
{
	return number > 1 && (size_t)number < reading->number_count ? reading->index_of[number]
								    : -1;
}

static int load_numbers(struct reading *reading)
{
	sqlite3_stmt *row = statement_use(reading->store, ST_NUMBER_LAST);
	const int r = statement_step(reading->store, row);
	reading->number_count = r == 1 ? (size_t)sqlite3_column_int64(row, 0) + 1 : 0;
	sqlite3_reset(row);
	if (r < 0)
		return r;
	reading->index_of = malloc((reading->number_count + 1) * sizeof *reading->index_of);
	if (!reading->index_of)
		return -ENOMEM;
	memset(reading->index_of, 0xFF, (reading->number_count + 1) * sizeof *reading->index_of);
	return 0;
}

static void organisation_of(sqlite3_stmt *row, struct figures_organisation *ret)
{
	column_copy(ret->id, sizeof ret->id, row, 0);
	column_copy(ret->name, sizeof ret->name, row, 1);
	column_copy(ret->kind, sizeof ret->kind, row, 2);
	column_copy(ret->education_level, sizeof ret->education_level, row, 3);
	column_copy(ret->cluster, sizeof ret->cluster, row, 4);
	column_copy(ret->region, sizeof ret->region, row, 5);
	column_copy(ret->growth, sizeof ret->growth, row, 6);
	column_copy(ret->kvk, sizeof ret->kvk, row, 7);
	column_copy(ret->town, sizeof ret->town, row, 8);
	ret->first_day = INT64_MAX;
}

static int load_organisations(struct reading *reading)
{
	size_t capacity = 0;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_ORGANISATIONS);
	int r;
	while ((r = statement_step(reading->store, row)) == 1) {
		r = grow((void **)&reading->organisations, reading->organisation_count, &capacity,
			sizeof *reading->organisations);
		if (r < 0)
			break;
		organisation_of(row, &reading->organisations[reading->organisation_count]);
		keep_index(reading, row, 9, reading->organisation_count++);
	}
	sqlite3_reset(row);
	return r;
}

/* Merged organisations point to the one they are part of; most point to themselves. */
static int load_roots(struct reading *reading)
{
	reading->root_of = calloc(reading->organisation_count + 1, sizeof *reading->root_of);
	if (!reading->root_of)
		return -ENOMEM;
	for (size_t i = 0; i < reading->organisation_count; i++)
		reading->root_of[i] = (int)i;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_ROOTS);
	int r;
	while ((r = statement_step(reading->store, row)) == 1) {
		const int one = participation_index(reading, sqlite3_column_int64(row, 0));
		for (size_t i = 0; one >= 0 && i < reading->organisation_count; i++)
			if (strcmp(reading->organisations[i].id, column_text(row, 1)) == 0)
				reading->root_of[one] = (int)i;
	}
	sqlite3_reset(row);
	return r;
}

static int load_events(struct reading *reading)
{
	size_t capacity = 0;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_EVENTS);
	int r;
	while ((r = statement_step(reading->store, row)) == 1) {
		r = grow((void **)&reading->events, reading->event_count, &capacity,
			sizeof *reading->events);
		if (r < 0)
			break;
		struct figures_trend *added = &reading->events[reading->event_count];
		column_copy(added->title, sizeof added->title, row, 1);
		added->first_day =
			local_day(sqlite3_column_int64(row, 2), sqlite3_column_int(row, 3));
		keep_index(reading, row, 0, reading->event_count++);
	}
	sqlite3_reset(row);
	return r;
}

static int find_cluster(const struct reading *reading, const char *code)
{
	for (size_t i = 0; i < reading->to->cluster_count; i++)
		if (strcmp(reading->to->clusters[i].code, code) == 0)
			return (int)i;
	return -1;
}

static void session_of_row(
	const struct reading *reading, sqlite3_stmt *row, struct figures_session *ret)
{
	struct session *session = &ret->session;
	column_copy(session->id, sizeof session->id, row, 1);
	column_copy(session->code, sizeof session->code, row, 2);
	column_copy(session->title, sizeof session->title, row, 3);
	column_copy(session->room, sizeof session->room, row, 4);
	column_copy(session->cluster, sizeof session->cluster, row, 5);
	session->start_ms = sqlite3_column_int64(row, 6);
	session->end_ms = sqlite3_column_int64(row, 7);
	session->utc_offset_min = sqlite3_column_int(row, 8);
	session->capacity = sqlite3_column_int(row, 9);
	session_kind_from_name(&session->kind, column_text(row, 10));
	session_state_from_name(&session->state, column_text(row, 11));
	const int event = participation_index(reading, sqlite3_column_int64(row, 12));
	if (event >= 0)
		memcpy(ret->event, reading->events[event].title, sizeof ret->event);
	ret->cluster = find_cluster(reading, session->cluster);
}

static int load_sessions(struct reading *reading)
{
	size_t capacity = 0;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_SESSIONS);
	int r;
	while ((r = statement_step(reading->store, row)) == 1) {
		r = grow((void **)&reading->sessions, reading->session_count, &capacity,
			sizeof *reading->sessions);
		if (r < 0)
			break;
		session_of_row(reading, row, &reading->sessions[reading->session_count]);
		keep_index(reading, row, 0, reading->session_count++);
	}
	sqlite3_reset(row);
	if (r < 0)
		return r;
	reading->session_day = calloc(reading->session_count + 1, sizeof *reading->session_day);
	for (size_t i = 0; reading->session_day && i < reading->session_count; i++)
		reading->session_day[i] = local_day(reading->sessions[i].session.start_ms,
			reading->sessions[i].session.utc_offset_min);
	return reading->session_day ? 0 : -ENOMEM;
}

/* Whether a session is (one of) those that were asked for. */
static bool is_asked(const struct reading *reading, int index)
{
	const char *asked = reading->query->session;
	if (!asked)
		return true;
	if (index < 0)
		return false;
	const struct session *session = &reading->sessions[index].session;
	return strcmp(session->id, asked) == 0 || strcmp(session->code, asked) == 0 ||
	       strcmp(session->title, asked) == 0;
}

static int find_session(struct reading *reading)
{
	struct participation *to = reading->to;
	if (!reading->query->session)
		return 0;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_SESSION);
	if (!row)
		return -EIO;
	bind_text(row, 1, reading->query->session);
	const int r = statement_step(reading->store, row);
	if (r == 1)
		column_copy(to->session, sizeof to->session, row, 0);
	sqlite3_reset(row);
	return r == 0 ? -ENOENT : r == 1 ? 0 : r;
}

static int load_clusters(struct reading *reading)
{
	struct cluster clusters[FIGURES_CLUSTERS_MAX];
	struct participation *to = reading->to;
	const int r = cluster_load(
		reading->store, "", clusters, FIGURES_CLUSTERS_MAX, &to->cluster_count);
	if (r < 0)
		return r;
	to->clusters = calloc(to->cluster_count + 1, sizeof *to->clusters);
	if (!to->clusters)
		return -ENOMEM;
	for (size_t i = 0; i < to->cluster_count; i++) {
		struct figures_cluster *cluster = &to->clusters[i];
		utf8_clip(cluster->code, sizeof cluster->code, clusters[i].code);
		utf8_clip(cluster->name[LANGUAGE_NL], FIGURES_SHORT_SIZE, clusters[i].name_nl);
		utf8_clip(cluster->name[LANGUAGE_EN], FIGURES_SHORT_SIZE, clusters[i].name_en);
		cluster->target = clusters[i].target ? clusters[i].target : reading->query->goal;
	}
	return 0;
}

static int find_event(struct reading *reading)
{
	struct event event;
	if (!reading->query->event)
		return 0;
	int r = event_find(reading->store, reading->query->event, clock_wall_ms(), &event);
	if (r < 0)
		return r;
	memcpy(reading->to->event, event.title, sizeof event.title);
	sqlite3_stmt *row = statement_use(reading->store, ST_NUMBER_FIND);
	if (!row)
		return -EIO;
	bind_text(row, 1, event.id);
	r = statement_step(reading->store, row);
	reading->event_number = r == 1 ? sqlite3_column_int64(row, 0) : -1; /* nobody came yet */
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static int keep_log(void *context, const struct log_head *log)
{
	struct participation *to = context;
	struct figures_log *grown = realloc(to->logs, (to->log_count + 1) * sizeof *grown);
	if (!grown)
		return -ENOMEM;
	to->logs = grown;
	struct figures_log *added = &grown[to->log_count++];
	utf8_clip(added->log_id, sizeof added->log_id, log->log_id);
	added->count = log->count;
	memcpy(added->head, log->head, sizeof added->head);
	to->coverage.taps += log->count;
	return 0;
}

static int load_coverage(struct reading *reading)
{
	struct figures_coverage *coverage = &reading->to->coverage;
	int r = tap_log_heads(reading->store, keep_log, reading->to);
	if (r != 0)
		return r;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_COVERAGE);
	r = statement_step(reading->store, row);
	if (r == 1) {
		coverage->corrections = sqlite3_column_int64(row, 0);
		coverage->random_ids = sqlite3_column_int64(row, 1);
		coverage->unreadable = sqlite3_column_int64(row, 2);
	}
	sqlite3_reset(row);
	return r < 0 ? r : 0;
}

static bool is_within(const struct reading *reading, int64_t event, int64_t day)
{
	const struct participation_query *query = reading->query;
	if (reading->event_number && event != reading->event_number)
		return false;
	return (query->from_day == DAY_OPEN || day >= query->from_day) &&
	       (query->to_day == DAY_OPEN || day <= query->to_day);
}

static int month_of(struct reading *reading, int64_t day)
{
	struct calendar calendar;
	calendar_of(&calendar, day * 86400000, 0);
	calendar.day = 1;
	calendar.hour = calendar.minute = calendar.second = calendar.millisecond = 0;
	const int64_t first_day = calendar_to_ms(&calendar, 0) / 86400000;
	for (size_t i = reading->month_count; i-- > 0;)
		if (reading->months[i].first_day == first_day)
			return (int)i;
	if (grow((void **)&reading->months, reading->month_count, &reading->month_capacity,
		    sizeof *reading->months) < 0)
		return -ENOMEM;
	reading->months[reading->month_count].first_day = first_day;
	return (int)reading->month_count++;
}

static int make_spot(
	struct reading *reading, int64_t session, int64_t event, int64_t day, struct spot *ret)
{
	ret->session = participation_index(reading, session);
	ret->event = participation_index(reading, event);
	ret->cluster = ret->session < 0 ? -1 : reading->sessions[ret->session].cluster;
	ret->day = ret->session < 0 ? day : reading->session_day[ret->session];
	ret->within = is_within(reading, event, ret->day) && is_asked(reading, ret->session);
	ret->month = ret->within ? month_of(reading, ret->day) : -1;
	return ret->within && ret->month < 0 ? ret->month : 0;
}

int spot_of_row(struct reading *reading, sqlite3_stmt *row, struct spot *ret)
{
	const int64_t session = sqlite3_column_int64(row, 0), event = sqlite3_column_int64(row, 1);
	const bool same = session == reading->last_session && event == reading->last_event;
	int r = 0;
	if (!same || reading->last.session < 0)
		r = make_spot(
			reading, session, event, sqlite3_column_int64(row, 2), &reading->last);
	reading->last_session = session;
	reading->last_event = event;
	*ret = reading->last;
	return r;
}

static void row_of(struct reading *reading, sqlite3_stmt *row, struct presence_row *ret)
{
	const int64_t number = sqlite3_column_int64(row, 3);
	const int organisation = participation_index(reading, number);
	ret->organisation = organisation < 0 ? -1 : reading->root_of[organisation];
	ret->pending = number == 0;
	ret->checkins = sqlite3_column_int64(row, 4);
	ret->stays = sqlite3_column_int64(row, 5);
	ret->stay_ms = sqlite3_column_int64(row, 6);
}

/* Whatever was asked for: when somebody of an organisation first came, is of all time. */
static void note_first_day(struct reading *reading, const struct presence_row *row)
{
	if (row->organisation < 0 || row->checkins <= 0)
		return;
	struct figures_organisation *who = &reading->organisations[row->organisation];
	if (row->at.day < who->first_day)
		who->first_day = row->at.day;
}

/* Those of the period and the event that were asked for are kept. */
static int load_rows(struct reading *reading)
{
	size_t capacity = 0;
	sqlite3_stmt *row = statement_use(reading->store, ST_PARTICIPATION_ATTENDED);
	int r;
	while ((r = statement_step(reading->store, row)) == 1) {
		struct presence_row read;
		r = spot_of_row(reading, row, &read.at);
		if (r < 0)
			break;
		row_of(reading, row, &read);
		note_first_day(reading, &read);
		if (!read.at.within)
			continue;
		r = grow((void **)&reading->rows, reading->row_count, &capacity,
			sizeof *reading->rows);
		if (r < 0)
			break;
		reading->rows[reading->row_count++] = read;
	}
	sqlite3_reset(row);
	return r;
}

static int read_all(struct reading *reading)
{
	static int (*const steps[])(struct reading *) = { load_clusters, load_numbers,
		load_organisations, load_roots, load_events, load_sessions, find_event,
		find_session, load_coverage, load_rows, participation_people, participation_sum };
	int r = 0;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0] && r == 0; i++)
		r = steps[i](reading);
	return r;
}

static void finish(struct reading *reading)
{
	free(reading->organisations);
	free(reading->sessions);
	free(reading->events);
	free(reading->months);
	free(reading->root_of);
	free(reading->session_day);
	free(reading->index_of);
	free(reading->rows);
	free(reading->checkins);
	free(reading->units);
}

int participation_load(
	struct store *store, const struct participation_query *query, struct participation **ret)
{
	struct participation *to = calloc(1, sizeof *to);
	if (!to)
		return -ENOMEM;
	to->rule = query->rule;
	to->from_day = query->from_day;
	to->to_day = query->to_day;
	to->floor = query->floor;
	to->made_ms = clock_wall_ms();
	struct reading reading = { .store = store, .query = query, .to = to };
	int r = statement_run(store, statement_use(store, ST_BEGIN_READ));
	if (r == 0)
		r = read_all(&reading);
	store_rollback(store);
	finish(&reading);
	if (r < 0) {
		participation_free(to);
		return r;
	}
	*ret = to;
	return 0;
}

void participation_slim(struct participation *participation)
{
	void **const arrays[] = { (void **)&participation->logs, (void **)&participation->sessions,
		(void **)&participation->events, (void **)&participation->months };
	for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
		free(*arrays[i]);
		*arrays[i] = NULL;
	}
	participation->log_count = participation->session_count = 0;
	participation->event_count = participation->month_count = 0;
}

void participation_free(struct participation *participation)
{
	if (!participation)
		return;
	free(participation->logs);
	free(participation->clusters);
	free(participation->organisations);
	free(participation->lines);
	free(participation->sessions);
	free(participation->events);
	free(participation->months);
	free(participation->crossover);
	free(participation);
}
