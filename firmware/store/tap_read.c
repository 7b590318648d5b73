#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/store_private.h"

#define PAGE_ROWS 512

int anchors_add(struct anchors *anchors, sqlite3_stmt *row)
{
	if (anchors->count == anchors->capacity) {
		const size_t capacity = anchors->capacity ? 2 * anchors->capacity : 16;
		struct moment *grown = realloc(anchors->list, capacity * sizeof *grown);
		if (!grown)
			return -ENOMEM;
		anchors->list = grown;
		anchors->capacity = capacity;
	}
	moment_of_row(row, 0, &anchors->list[anchors->count++]);
	return 0;
}

int anchors_load(struct store *store, struct anchors *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ANCHOR_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = anchors_add(ret, row);
		if (r < 0)
			break;
	}
	sqlite3_reset(row);
	return r;
}

static bool matches(const char *wanted, const char *id, const char *code, const char *title)
{
	return !wanted || strcmp(wanted, id) == 0 || strcasecmp(wanted, code) == 0 ||
	       strcasecmp(wanted, title) == 0;
}

static bool passes(const struct attendance_filter *filter, sqlite3_stmt *row, int64_t wall_ms)
{
	if (!matches(filter->event, column_text(row, 21), column_text(row, 22),
		    column_text(row, 6)) ||
		!matches(filter->session, column_text(row, 23), column_text(row, 8),
			column_text(row, 7)))
		return false;
	return wall_ms >= filter->from_ms && (filter->to_ms == 0 || wall_ms < filter->to_ms);
}

static void fill(const char *log_id, sqlite3_stmt *row, const struct anchors *anchors,
	struct attendance_row *ret)
{
	const bool corrected = sqlite3_column_type(row, 20) != SQLITE_NULL;
	struct moment raw;
	moment_of_row(row, 1, &raw);
	*ret = (struct attendance_row){
		.log_id = log_id,
		.seq = sqlite3_column_int64(row, 0),
		.raw_wall_ms = raw.wall_ms,
		.kiosk = column_text(row, 5),
		.event = column_text(row, 6),
		.session_title = column_text(row, 7),
		.session_code = column_text(row, 8),
		.room = column_text(row, 9),
		.session_cluster = column_text(row, 10),
		.direction = (enum direction)sqlite3_column_int(row, 11),
		.counted = sqlite3_column_int(row, 13) != 0 && !corrected,
		.organisation = column_text(row, 14),
		.organisation_kind = column_text(row, 15),
		.organisation_cluster = column_text(row, 16),
		.attendee = column_text(row, 17),
		.name = column_text(row, 18),
		/* Why it does not count matters more than what was noted at the time. */
		.note = column_text(row, corrected ? 20 : 19),
	};
	ret->grade = clock_repair(&raw, anchors->list, anchors->count, &ret->wall_ms, NULL);
	verdict_from_name(&ret->verdict, column_text(row, 12));
}

struct tap_walk {
	struct store *store;
	struct attendance_filter filter;
	char *event, *session;
	struct anchors anchors;
	struct log_entry *logs;
	size_t log_count, log; /* which is read */
	int64_t seq;
};

/* One short read of at most PAGE_ROWS; walk->seq moves on. 1 when there may be more of this log. */
static int read_page(struct tap_walk *walk, const struct log_entry *log,
	int (*take)(void *context, const struct attendance_row *row), void *context)
{
	const int64_t before = walk->seq;
	sqlite3_stmt *row =
		statement_use(walk->store, log->number ? ST_PEER_TAP_EXPORT : ST_TAP_EXPORT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, walk->seq);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, log->number);
	bind_text(row, 4, log->log_id);
	sqlite3_bind_int64(row, 5, log->last_seq);
	int r;
	while ((r = statement_step(walk->store, row)) == 1) {
		struct attendance_row tap;
		fill(log->log_id, row, &walk->anchors, &tap);
		walk->seq = tap.seq;
		r = passes(&walk->filter, row, tap.wall_ms) ? take(context, &tap) : 0;
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	if (r != 0)
		return r < 0 ? r : -ECANCELED;
	return walk->seq != before;
}

static bool copy_filter(struct tap_walk *walk, const struct attendance_filter *filter)
{
	walk->filter = *filter;
	walk->event = filter->event ? strdup(filter->event) : NULL;
	walk->session = filter->session ? strdup(filter->session) : NULL;
	walk->filter.event = walk->event;
	walk->filter.session = walk->session;
	return !filter->event == !walk->event && !filter->session == !walk->session;
}

int tap_walk_begin(
	struct tap_walk **ret, struct store *store, const struct attendance_filter *filter)
{
	struct tap_walk *walk = calloc(1, sizeof *walk);
	if (!walk)
		return -ENOMEM;
	walk->store = store;
	int r = copy_filter(walk, filter) ? anchors_load(store, &walk->anchors) : -ENOMEM;
	if (r == 0)
		r = log_list(store, &walk->logs, &walk->log_count);
	if (r < 0) {
		tap_walk_end(walk);
		return r;
	}
	*ret = walk;
	return 0;
}

int tap_walk_page(struct tap_walk *walk,
	int (*row)(void *context, const struct attendance_row *row), void *context)
{
	if (walk->log == walk->log_count)
		return 0;
	const int r = read_page(walk, &walk->logs[walk->log], row, context);
	if (r == 0) {
		walk->log++;
		walk->seq = 0;
	}
	return r < 0 ? r : walk->log < walk->log_count;
}

void tap_walk_end(struct tap_walk *walk)
{
	if (!walk)
		return;
	free(walk->event);
	free(walk->session);
	free(walk->logs);
	free(walk->anchors.list);
	free(walk);
}

int tap_log_each(struct store *store, const struct attendance_filter *filter,
	int (*row)(void *context, const struct attendance_row *row), void *context)
{
	struct tap_walk *walk;
	int r = tap_walk_begin(&walk, store, filter);
	if (r < 0)
		return r;
	while ((r = tap_walk_page(walk, row, context)) == 1)
		;
	tap_walk_end(walk);
	return r;
}
