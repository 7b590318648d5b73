#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "store/store_private.h"

#define PAGE_ROWS 512

struct anchors {
	struct moment *list;
	size_t count, capacity;
};

static int add_anchor(struct anchors *anchors, sqlite3_stmt *row)
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

static int load_anchors(struct store *store, struct anchors *ret)
{
	sqlite3_stmt *row = statement_use(store, ST_ANCHOR_EACH);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		r = add_anchor(ret, row);
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

struct walk {
	const struct attendance_filter *filter;
	struct anchors anchors;
	int (*take)(void *context, const struct attendance_row *row);
	void *context;
};

/* One short read of at most PAGE_ROWS; *@seq moves on. 1 when there may be more. */
static int read_page(
	struct store *store, const struct walk *walk, const struct log_entry *log, int64_t *seq)
{
	const int64_t before = *seq;
	sqlite3_stmt *row = statement_use(store, log->number ? ST_PEER_TAP_EXPORT : ST_TAP_EXPORT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, *seq);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, log->number);
	bind_text(row, 4, log->log_id);
	sqlite3_bind_int64(row, 5, log->last_seq);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		struct attendance_row tap;
		fill(log->log_id, row, &walk->anchors, &tap);
		*seq = tap.seq;
		r = passes(walk->filter, row, tap.wall_ms) ? walk->take(walk->context, &tap) : 0;
		if (r != 0)
			break;
	}
	sqlite3_reset(row);
	if (r != 0)
		return r < 0 ? r : -ECANCELED;
	return *seq != before;
}

int tap_log_each(struct store *store, const struct attendance_filter *filter,
	int (*row)(void *context, const struct attendance_row *row), void *context)
{
	struct walk walk = { .filter = filter, .take = row, .context = context };
	struct log_entry *logs = NULL;
	size_t count = 0;
	int r = load_anchors(store, &walk.anchors);
	if (r == 0)
		r = log_list(store, &logs, &count);
	for (size_t i = 0; i < count && r == 0; i++) {
		int64_t seq = 0;
		while ((r = read_page(store, &walk, &logs[i], &seq)) == 1)
			;
	}
	free(logs);
	free(walk.anchors.list);
	return r;
}
