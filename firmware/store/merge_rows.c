#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/chunk.h"
#include "store/merge_private.h"

#define SQL_SIZE 4096
#define COLUMNS_MAX 16
#define ROWS "64" /* taken in at a time */

/*
 * Tables of which the row that was changed last stays, or the one that is @final, whenever that
 * was. @columns are all but the key and changed_ms; @which is what people call the row. Who was
 * forgotten on either side is forgotten, and an attendee of whom that is so is not told of: the
 * list of differences would bring the name back.
 */
static const struct kind {
	const char *table, *key, *final, *which, *quiet;
	const char *columns[COLUMNS_MAX];
} kinds[] = {
	{ "cluster", "code", NULL, "m.code", "0",
		{ "name_nl", "name_en", "short_nl", "short_en", "target", "position" } },
	{ "organisation", "id", NULL, "m.name", "0",
		{ "name", "kind", "education_level", "cluster", "region", "growth", "kvk", "town",
			"to_check" } },
	{ "event", "id", NULL, "m.title", "0",
		{ "code", "title", "venue", "first_day", "last_day" } },
	{ "session", "id", NULL, "m.title", "0",
		{ "event", "code", "title", "host", "room", "cluster", "start_ms", "end_ms",
			"announced_start_ms", "utc_offset_min", "capacity", "kind", "state",
			"announced_room" } },
	{ "attendee", "id", "forgotten_ms", "trim(m.given_name || ' ' || m.family_name)",
		"m.forgotten_ms IS NOT NULL OR o.forgotten_ms IS NOT NULL",
		{ "given_name", "family_name", "organisation", "email", "language", "sessions",
			"event", "forgotten_ms", "cluster", "origin", "origin_file", "origin_line",
			"origin_ms" } },
};

/* Sets that only grow, and what follows from them. */
static const char *const sets[] = {
	"INSERT INTO peer_tally SELECT log_id, day, kiosk, verdict, count FROM other.every_tally"
	" WHERE log_id <> (SELECT log_id FROM main.log) ON CONFLICT DO UPDATE SET count ="
	" max(count, excluded.count)",
	"INSERT INTO kiosk_run SELECT * FROM other.kiosk_run WHERE log_id <> (SELECT log_id FROM"
	" main.log) ON CONFLICT DO UPDATE SET turn = excluded.turn, kiosk = excluded.kiosk, version"
	" = excluded.version WHERE (excluded.turn, excluded.version, excluded.kiosk) > (turn, "
	"version, kiosk)",
	"INSERT OR IGNORE INTO log_seal SELECT * FROM other.log_seal",
	/* Lost or found: what was said last holds, and "lost" of two said at once. */
	"INSERT INTO blocked SELECT * FROM other.blocked WHERE true ON CONFLICT DO UPDATE SET"
	" from_ms = excluded.from_ms, until_ms = excluded.until_ms"
	" WHERE (coalesce(excluded.until_ms, excluded.from_ms), excluded.until_ms IS NULL,"
	" excluded.from_ms) > (coalesce(until_ms, from_ms), until_ms IS NULL, from_ms)",
	"INSERT INTO organisation_alias SELECT * FROM other.organisation_alias WHERE true ON "
	"CONFLICT "
	"DO UPDATE SET name = min(name, excluded.name), organisation = min(organisation, "
	"excluded.organisation)",
	"INSERT INTO organisation_distinct SELECT * FROM other.organisation_distinct WHERE true ON "
	"CONFLICT DO UPDATE SET made_ms = min(made_ms, excluded.made_ms)",
	/* A merge that either side undid is undone; of two that stand, the later one holds. */
	"INSERT INTO organisation_merge SELECT * FROM other.organisation_merge WHERE true ON "
	"CONFLICT "
	"DO UPDATE SET undone_ms = min(coalesce(undone_ms, excluded.undone_ms), "
	"coalesce(excluded.undone_ms, undone_ms))",
	"UPDATE organisation_merge SET undone_ms = (SELECT min(m.made_ms) FROM organisation_merge m"
	" WHERE m.organisation = organisation_merge.organisation AND m.undone_ms IS NULL"
	" AND (m.made_ms, m.same_as) > (organisation_merge.made_ms, organisation_merge.same_as))"
	" WHERE undone_ms IS NULL",
	"UPDATE main.log SET purge_due = 1 WHERE EXISTS (SELECT 1 FROM other.attendee WHERE"
	" forgotten_ms IS NOT NULL)",
};

static int run(struct store *store, const char *sql)
{
	return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

struct text {
	char bytes[SQL_SIZE];
	size_t length;
};

static void put(struct text *text, const char *format, const char *a, const char *b)
{
	text->length += (size_t)snprintf(
		text->bytes + text->length, sizeof text->bytes - text->length, format, a, b);
}

/* Each column by @format, which has two places for its name. */
static void put_columns(struct text *text, const struct kind *kind, const char *format)
{
	for (size_t i = 0; i < COLUMNS_MAX && kind->columns[i]; i++)
		put(text, format, kind->columns[i], kind->columns[i]);
}

/* What the rows of a key are put in order by: of two, the later stays, on whichever side. */
static void put_order(struct text *text, const struct kind *kind, const char *row)
{
	put(text, kind->final ? "(%s.%s IS NOT NULL, " : "(", row, kind->final);
	put(text, "%s.changed_ms", row, NULL);
	for (size_t i = 0; i < COLUMNS_MAX && kind->columns[i]; i++)
		put(text, ", coalesce(%s.%s, '')", row, kind->columns[i]);
	put(text, ")", NULL, NULL);
}

static void newest_stays(const struct kind *kind, struct text *ret)
{
	ret->length = 0;
	put(ret, "INSERT INTO main.%s AS m (%s", kind->table, kind->key);
	put_columns(ret, kind, ", %s");
	put(ret, ", changed_ms) SELECT %s", kind->key, NULL);
	put_columns(ret, kind, ", %s");
	put(ret, ", changed_ms FROM other.%s WHERE %s > ?1 AND ", kind->table, kind->key);
	put(ret, "%s <= ?2 ON CONFLICT (%s) DO UPDATE SET changed_ms = excluded.changed_ms",
		kind->key, kind->key);
	put_columns(ret, kind, ", %s = excluded.%s");
	put(ret, " WHERE ", NULL, NULL);
	put_order(ret, kind, "excluded");
	put(ret, " > ", NULL, NULL);
	put_order(ret, kind, "m");
}

/* A cell that is another row's id is told by that row's name, as whichever of the two knows it. */
static void put_told(struct text *text, char side, const char *column)
{
	static const struct {
		const char *column, *table, *name;
	} rows[] = { { "organisation", "organisation", "name" }, { "event", "event", "title" } };
	const size_t left = sizeof text->bytes - text->length;
	char *const at = text->bytes + text->length;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (strcmp(rows[i].column, column) == 0) {
			text->length += (size_t)snprintf(at, left,
				", coalesce((SELECT %2$s FROM main.%1$s WHERE id = %3$c.%4$s),"
				" (SELECT %2$s FROM other.%1$s WHERE id = %3$c.%4$s), %3$c.%4$s)",
				rows[i].table, rows[i].name, side, column);
			return;
		}
	text->length += (size_t)snprintf(at, left, ", %c.%s", side, column);
}

/* Which cells of @column differ, and whether the other's row is the one that stays. */
static void what_differs(const struct kind *kind, const char *column, struct text *ret)
{
	ret->length = 0;
	put(ret, "SELECT %s", kind->which, NULL);
	put_told(ret, 'm', column);
	put_told(ret, 'o', column);
	put(ret, ", ", NULL, NULL);
	put_order(ret, kind, "o");
	put(ret, " > ", NULL, NULL);
	put_order(ret, kind, "m");
	put(ret, " FROM main.%s m JOIN other.%s o ", kind->table, kind->table);
	put(ret, "ON o.%s = m.%s", kind->key, kind->key);
	put(ret, " WHERE m.%s IS NOT o.%s", column, column);
	put(ret, " AND NOT (%s) ORDER BY 1, 2", kind->quiet, NULL);
}

static int tell(struct store *store, const struct kind *kind, const char *column,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	int64_t *count)
{
	struct text sql;
	sqlite3_stmt *row;
	what_differs(kind, column, &sql);
	if (sqlite3_prepare_v2(store->db, sql.bytes, -1, &row, NULL) != SQLITE_OK)
		return statement_trouble(store);
	int r;
	while ((r = statement_step(store, row)) == 1) {
		const struct merge_difference difference = { kind->table, column_text(row, 0),
			column, column_text(row, 1), column_text(row, 2),
			sqlite3_column_int(row, 3) != 0 };
		++*count;
		if (differ)
			differ(context, &difference);
	}
	sqlite3_finalize(row);
	return r;
}

/* Not where somebody comes from: a list that was read in on both kiosks would tell of everybody. */
static bool is_told(const char *column)
{
	return strncmp(column, "origin", strlen("origin")) != 0;
}

int merge_differences(struct store *store,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	int64_t *ret_count)
{
	int r = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && r == 0; k++)
		for (size_t i = 0; i < COLUMNS_MAX && kinds[k].columns[i] && r == 0; i++)
			if (is_told(kinds[k].columns[i]))
				r = tell(store, &kinds[k], kinds[k].columns[i], differ, context,
					ret_count);
	return r;
}

/* The key of the last of the next ROWS rows. */
static void last_of_next(const struct kind *kind, struct text *ret)
{
	ret->length = 0;
	put(ret, "SELECT max(%s) FROM (SELECT %s", kind->key, kind->key);
	put(ret, " FROM other.%s WHERE %s > ?1", kind->table, kind->key);
	put(ret, " ORDER BY %s LIMIT " ROWS ")", kind->key, NULL);
}

/* One kind of rows on its way in, by the order of its keys. */
struct rows {
	struct store *store;
	sqlite3_stmt *next, *take;
	char last[ID_TEXT_SIZE];
	int64_t count;
};

static int take_rows(void *context)
{
	struct rows *rows = context;
	char upto[ID_TEXT_SIZE] = "";
	bind_text(rows->next, 1, rows->last);
	int r = statement_step(rows->store, rows->next);
	if (r == 1)
		column_copy(upto, sizeof upto, rows->next, 0);
	sqlite3_reset(rows->next);
	if (r < 0 || !upto[0])
		return r < 0 ? r : 0;

	bind_text(rows->take, 1, rows->last);
	bind_text(rows->take, 2, upto);
	r = statement_run(rows->store, rows->take);
	rows->count += sqlite3_changes(rows->store->db);
	memcpy(rows->last, upto, sizeof rows->last);
	return r < 0 ? r : 1;
}

static int prepare(struct store *store, const struct text *sql, sqlite3_stmt **ret)
{
	return sqlite3_prepare_v2(store->db, sql->bytes, -1, ret, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

static int merge_kind(struct store *store, const struct kind *kind, int64_t *count)
{
	struct rows rows = { .store = store };
	struct text sql;
	last_of_next(kind, &sql);
	int r = prepare(store, &sql, &rows.next);
	newest_stays(kind, &sql);
	if (r == 0)
		r = prepare(store, &sql, &rows.take);
	if (r == 0)
		r = chunk_run(store, take_rows, &rows);
	sqlite3_finalize(rows.next);
	sqlite3_finalize(rows.take);
	*count += rows.count;
	return r;
}

int merge_rows(struct store *store, struct merge_report *report)
{
	int r = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && r == 0; k++)
		r = merge_kind(store, &kinds[k], &report->rows);
	return r;
}

struct sets {
	struct store *store;
	size_t taken;
};

static int take_set(void *context)
{
	struct sets *taking = context;
	if (taking->taken < sizeof sets / sizeof sets[0]) {
		const int r = run(taking->store, sets[taking->taken++]);
		return r < 0 ? r : 1;
	}
	return statement_run(taking->store, statement_use(taking->store, ST_ORGANISATION_ROOTS));
}

static int take_stamps(void *context)
{
	struct store *store = context;
	return run(store,
		"INSERT INTO stamp SELECT * FROM other.stamp WHERE true ON CONFLICT DO UPDATE SET"
		" known_ms = max(coalesce(known_ms, excluded.known_ms),"
		" coalesce(excluded.known_ms, known_ms))");
}

int merge_stamps(struct store *store)
{
	return chunk_run(store, take_stamps, store);
}

int merge_sets(struct store *store)
{
	struct sets taking = { .store = store };
	return chunk_run(store, take_set, &taking);
}
