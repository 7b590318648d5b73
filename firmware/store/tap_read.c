#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "store/names.h"
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

/* Rows beside the taps, in the order of their seq: corrections, and whose a tap was. */
struct aside {
	sqlite3_stmt *row;
	int64_t seq; /* of the row it stands on; INT64_MAX after the last */
};

struct tap_walk {
	struct store *store;
	struct attendance_filter filter;
	char *event, *session;
	struct anchors anchors;
	bool boot_seen;
	struct boot_id boot; /* seen last, and its anchors */
	size_t boot_first, boot_count;
	struct names *names;
	struct log_entry *logs;
	size_t log_count, log; /* which is read */
	int64_t seq;
	struct aside corrections, credits;
	struct clock_zone zone;
	const char *event_code, *session_id; /* of the row that is read; not in the line */
};

static int aside_next(struct store *store, struct aside *aside)
{
	const int r = statement_step(store, aside->row);
	aside->seq = r == 1 ? sqlite3_column_int64(aside->row, 0) : INT64_MAX;
	return r < 0 ? r : 0;
}

/* Taps are numbered without gaps, so a page ends at a known number. */
static int aside_begin(struct tap_walk *walk, struct aside *ret, enum statement which)
{
	ret->row = statement_use(walk->store, which);
	if (!ret->row)
		return -EIO;
	bind_text(ret->row, 1, walk->logs[walk->log].log_id);
	sqlite3_bind_int64(ret->row, 2, walk->seq);
	sqlite3_bind_int64(ret->row, 3, walk->seq + PAGE_ROWS);
	return aside_next(walk->store, ret);
}

/* 1 when a row is about the tap: the first of several, which lives until the aside moves on. */
static int aside_of(struct tap_walk *walk, struct aside *aside, int64_t seq)
{
	int r = 0;
	while (aside->seq < seq && r == 0)
		r = aside_next(walk->store, aside);
	return r < 0 ? r : aside->seq == seq;
}

static int find(struct tap_walk *walk, enum names_table table, sqlite3_stmt *row, int column,
	const char *const **ret)
{
	const char *id = column_text(row, column);
	return names_find(walk->names, table, id, (size_t)sqlite3_column_bytes(row, column), ret);
}

static int read_programme(struct tap_walk *walk, sqlite3_stmt *row, struct attendance_line *line)
{
	const char *const *event, *const *session;
	int r = find(walk, NAMES_EVENT, row, 6, &event);
	if (r >= 0)
		r = find(walk, NAMES_SESSION, row, 7, &session);
	if (r < 0)
		return r;
	line->event = event[0];
	walk->event_code = event[1];
	line->session = session[0];
	line->session_id = session[1];
	line->room = session[2];
	line->session_cluster = session[3];
	return 0;
}

/* Whose the tap is: as known when it came, else as it was when that person's badges were ended,
 * else by whom the badge is linked to now. 1 with the id, which lives as long as the row. */
static int find_owner(struct tap_walk *walk, sqlite3_stmt *row, int64_t seq, const char **ret)
{
	*ret = column_text(row, 11);
	if ((*ret)[0])
		return 1;
	int r = aside_of(walk, &walk->credits, seq);
	if (r == 1)
		*ret = column_text(walk->credits.row, 1);
	if (r != 0)
		return r;
	sqlite3_stmt *link = statement_use(walk->store, ST_BADGE_CURRENT);
	if (!link)
		return -EIO;
	sqlite3_bind_blob(link, 1, sqlite3_column_blob(row, 12), BADGE_KEY_BYTES, SQLITE_STATIC);
	r = statement_step(walk->store, link);
	if (r == 1)
		*ret = column_text(link, 0);
	return r;
}

static int read_person(struct tap_walk *walk, sqlite3_stmt *row, struct attendance_line *line)
{
	const char *id, *const *person, *const *organisation;
	int known = find_owner(walk, row, line->seq, &id);
	if (known >= 0)
		known = names_find(walk->names, NAMES_PERSON, id, strlen(id), &person);
	if (known < 0)
		return known;
	const int r = names_find(
		walk->names, NAMES_ORGANISATION, person[0], strlen(person[0]), &organisation);
	if (r < 0)
		return r;
	line->organisation = organisation[0];
	line->organisation_kind = organisation[1];
	line->organisation_cluster =
		r ? organisation[2] : person[2]; /* of who has none: their own */
	const bool shown = known && walk->filter.personal;
	line->attendee_id = shown ? id : "";
	line->name = shown ? person[1] : "";
	line->counted = known && sqlite3_column_int(row, 10) != 0;
	return 0;
}

static int read_correction(struct tap_walk *walk, struct attendance_line *line)
{
	const int r = aside_of(walk, &walk->corrections, line->seq);
	if (r == 1) { /* why it does not count matters more than what was noted at the time */
		line->counted = false;
		line->note = column_text(walk->corrections.row, 1);
	}
	return r < 0 ? r : 0;
}

/* The anchors come boot by boot, and so do the taps. */
static void find_boot(struct tap_walk *walk, const struct boot_id *boot)
{
	const struct moment *list = walk->anchors.list;
	const size_t count = walk->anchors.count;
	size_t first = 0, end;
	if (walk->boot_seen && boot_id_equal(&walk->boot, boot))
		return;
	while (first < count && !boot_id_equal(&list[first].boot, boot))
		first++;
	for (end = first; end < count && boot_id_equal(&list[end].boot, boot);)
		end++;
	walk->boot = *boot;
	walk->boot_seen = true;
	walk->boot_first = first;
	walk->boot_count = end - first;
}

static void read_time(struct tap_walk *walk, sqlite3_stmt *row, struct attendance_line *line)
{
	struct moment raw;
	moment_of_row(row, 1, &raw);
	find_boot(walk, &raw.boot);
	line->grade = clock_repair(&raw, walk->anchors.list + walk->boot_first, walk->boot_count,
		&line->wall_ms, NULL);
	line->raw_wall_ms = raw.wall_ms;
	line->utc_offset_min = clock_zone_offset_min(&walk->zone, line->wall_ms);
	line->raw_utc_offset_min = clock_zone_offset_min(&walk->zone, line->raw_wall_ms);
}

static int read_line(struct tap_walk *walk, sqlite3_stmt *row, struct attendance_line *ret)
{
	*ret = (struct attendance_line){ .log_id = walk->logs[walk->log].log_id,
		.seq = sqlite3_column_int64(row, 0),
		.kiosk = column_text(row, 5),
		.direction = (enum direction)sqlite3_column_int(row, 8),
		.note = column_text(row, 13) };
	read_time(walk, row, ret);
	verdict_from_name(&ret->verdict, column_text(row, 9));
	int r = read_programme(walk, row, ret);
	if (r == 0)
		r = read_person(walk, row, ret);
	return r == 0 ? read_correction(walk, ret) : r;
}

static bool matches(const char *wanted, const char *id, const char *code, const char *title)
{
	return !wanted || strcmp(wanted, id) == 0 || strcasecmp(wanted, code) == 0 ||
	       strcasecmp(wanted, title) == 0;
}

static bool passes(
	const struct tap_walk *walk, sqlite3_stmt *row, const struct attendance_line *line)
{
	const struct attendance_filter *filter = &walk->filter;
	if (!matches(filter->event, column_text(row, 6), walk->event_code, line->event) ||
		!matches(filter->session, column_text(row, 7), line->session_id, line->session))
		return false;
	return line->wall_ms >= filter->from_ms &&
	       (filter->to_ms == 0 || line->wall_ms < filter->to_ms);
}

static int begin_page(struct tap_walk *walk, sqlite3_stmt **ret)
{
	const struct log_entry *log = &walk->logs[walk->log];
	sqlite3_stmt *row =
		statement_use(walk->store, log->number ? ST_PEER_TAP_EXPORT : ST_TAP_EXPORT);
	if (!row)
		return -EIO;
	sqlite3_bind_int64(row, 1, walk->seq);
	sqlite3_bind_int(row, 2, PAGE_ROWS);
	sqlite3_bind_int64(row, 3, log->number);
	sqlite3_bind_int64(row, 4, log->last_seq);
	*ret = row;
	int r = statement_step(walk->store, row);
	if (r != 1)
		return r;
	/* The step began one read of the file; whatever is looked up until the page ends is of it.
	 */
	names_refresh(walk->names);
	int beside = aside_begin(walk, &walk->corrections, ST_CORRECTED_EACH);
	if (beside == 0)
		beside = aside_begin(walk, &walk->credits, ST_CREDIT_EACH);
	return beside < 0 ? beside : r;
}

static int take_page(struct tap_walk *walk, sqlite3_stmt *row,
	int (*take)(void *context, const struct attendance_line *line), void *context)
{
	int r;
	do {
		struct attendance_line line;
		r = read_line(walk, row, &line);
		walk->seq = line.seq;
		if (r == 0 && passes(walk, row, &line))
			r = take(context, &line);
		if (r != 0)
			return r < 0 ? r : -ECANCELED;
	} while ((r = statement_step(walk->store, row)) == 1);
	return r;
}

/* One short read of at most PAGE_ROWS; walk->seq moves on. 1 when there may be more of this log. */
static int read_page(struct tap_walk *walk,
	int (*take)(void *context, const struct attendance_line *line), void *context)
{
	const int64_t before = walk->seq;
	sqlite3_stmt *row = NULL;
	int r = begin_page(walk, &row);
	if (r == 1)
		r = take_page(walk, row, take, context);
	sqlite3_reset(row);
	sqlite3_reset(walk->corrections.row);
	sqlite3_reset(walk->credits.row);
	sqlite3_reset(walk->store->statements[ST_BADGE_CURRENT]);
	return r < 0 ? r : walk->seq != before;
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
	walk->names = names_create(store);
	int r = walk->names && copy_filter(walk, filter) ? anchors_load(store, &walk->anchors)
							 : -ENOMEM;
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
	int (*take)(void *context, const struct attendance_line *line), void *context)
{
	if (walk->log == walk->log_count)
		return 0;
	const int r = read_page(walk, take, context);
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
	names_destroy(walk->names);
	free(walk->event);
	free(walk->session);
	free(walk->logs);
	free(walk->anchors.list);
	free(walk);
}

int tap_log_each(struct store *store, const struct attendance_filter *filter,
	int (*take)(void *context, const struct attendance_line *line), void *context)
{
	struct tap_walk *walk;
	int r = tap_walk_begin(&walk, store, filter);
	if (r < 0)
		return r;
	while ((r = tap_walk_page(walk, take, context)) == 1)
		;
	tap_walk_end(walk);
	return r;
}
