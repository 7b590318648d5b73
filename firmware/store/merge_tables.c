#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "store/merge_private.h"

#define SQL_SIZE 4096
#define COLUMNS_MAX 16

/*
 * Tables of which the row that was changed last stays. @columns are all but the key and changed_ms;
 * @which is what people call the row. An attendee who was forgotten on either side is not told of:
 * the list of differences would bring the name back.
 */
static const struct kind {
	const char *table, *key, *which, *quiet;
	const char *columns[COLUMNS_MAX];
} kinds[] = {
	{ "cluster", "code", "m.code", "0",
		{ "name_nl", "name_en", "short_nl", "short_en", "target", "position" } },
	{ "organisation", "id", "m.name", "0",
		{ "name", "kind", "education_level", "cluster", "region", "growth", "kvk" } },
	{ "event", "id", "m.title", "0", { "code", "title", "venue" } },
	{ "session", "id", "m.title", "0",
		{ "event", "code", "title", "host", "room", "cluster", "start_ms", "end_ms",
			"announced_start_ms", "utc_offset_min", "capacity", "kind", "state",
			"announced_room" } },
	{ "attendee", "id", "trim(m.given_name || ' ' || m.family_name)",
		"m.forgotten_ms IS NOT NULL OR o.forgotten_ms IS NOT NULL",
		{ "given_name", "family_name", "organisation", "email", "language", "sessions",
			"event", "forgotten_ms" } },
};

/* Sets that only grow, and what follows from them. */
static const char *const joins[] = {
	"INSERT INTO anchor SELECT boot_id, mono_ms, wall_ms, grade FROM other.anchor o WHERE NOT "
	"EXISTS (SELECT 1 FROM main.anchor a WHERE a.boot_id = o.boot_id AND a.mono_ms = o.mono_ms"
	" AND a.wall_ms = o.wall_ms AND a.grade = o.grade)",
	"INSERT INTO peer_tally SELECT log_id, day, kiosk, verdict, count FROM other.every_tally"
	" WHERE log_id <> (SELECT log_id FROM main.log) ON CONFLICT DO UPDATE SET count ="
	" max(count, excluded.count)",
	"INSERT OR IGNORE INTO log_seal SELECT * FROM other.log_seal",
	"INSERT INTO blocked SELECT * FROM other.blocked WHERE true ON CONFLICT DO UPDATE SET"
	" from_ms = min(from_ms, excluded.from_ms)",
	"INSERT INTO credit SELECT * FROM other.credit WHERE true ON CONFLICT DO UPDATE SET"
	" attendee = min(attendee, excluded.attendee)",
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
	/* A badge's links follow each other: one ends where the next begins, whoever knew of it. */
	"CREATE TEMP TABLE joined_link AS SELECT badge_key, attendee, from_ms, min(until_ms) AS "
	"until_ms FROM (SELECT * FROM main.link UNION ALL SELECT * FROM other.link)"
	" WHERE badge_key IN (SELECT badge_key FROM (SELECT * FROM other.link EXCEPT SELECT * FROM "
	"main.link)) GROUP BY badge_key, attendee, from_ms",
	"DELETE FROM main.link WHERE badge_key IN (SELECT badge_key FROM temp.joined_link)",
	"INSERT INTO main.link (badge_key, attendee, from_ms, until_ms) SELECT badge_key, attendee,"
	" from_ms, nullif(min(coalesce(until_ms, 9223372036854775807), coalesce(lead(from_ms) OVER"
	" (PARTITION BY badge_key ORDER BY from_ms, attendee), 9223372036854775807)),"
	" 9223372036854775807) FROM temp.joined_link ORDER BY badge_key, from_ms, attendee",
	"DROP TABLE temp.joined_link",
	/* Who is forgotten on either side stays forgotten, and keeps the taps that came along. */
	"INSERT OR IGNORE INTO main.credit SELECT t.log_id, t.seq, a.id FROM main.attendee a JOIN"
	" main.link l ON l.attendee = a.id AND l.until_ms IS NULL JOIN main.every_tap t ON"
	" t.badge_key = l.badge_key AND t.attendee IS NULL WHERE a.forgotten_ms IS NOT NULL",
	"DELETE FROM main.link WHERE attendee IN (SELECT id FROM main.attendee WHERE forgotten_ms "
	"IS"
	" NOT NULL)",
	"UPDATE main.log SET purge_due = 1 WHERE EXISTS (SELECT 1 FROM other.attendee WHERE"
	" forgotten_ms IS NOT NULL)",
};

/* All that is known of corrections of taps, also of our own taps. */
static const char join_corrections[] =
	"INSERT OR IGNORE INTO peer_correction (log_id, seq, made_ms, reason) SELECT o.log_id,"
	" o.seq, o.made_ms, o.reason FROM other.every_correction o WHERE NOT EXISTS (SELECT 1 FROM"
	" main.every_correction c WHERE c.log_id = o.log_id AND c.seq = o.seq AND c.made_ms ="
	" o.made_ms AND c.reason = o.reason)";

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

static void newest_stays(const struct kind *kind, struct text *ret)
{
	ret->length = 0;
	put(ret, "INSERT INTO main.%s AS m (%s", kind->table, kind->key);
	put_columns(ret, kind, ", %s");
	put(ret, ", changed_ms) SELECT %s", kind->key, NULL);
	put_columns(ret, kind, ", %s");
	put(ret,
		", changed_ms FROM other.%s WHERE true ON CONFLICT (%s) DO UPDATE SET changed_ms "
		"= excluded.changed_ms",
		kind->table, kind->key);
	put_columns(ret, kind, ", %s = excluded.%s");
	put(ret, " WHERE (excluded.changed_ms", NULL, NULL);
	put_columns(ret, kind, ", coalesce(excluded.%s, '')");
	put(ret, ") > (m.changed_ms", NULL, NULL);
	put_columns(ret, kind, ", coalesce(m.%s, '')");
	put(ret, ")", NULL, NULL);
}

/* Which cells of @column differ, and whether the other's row is the one that stays. */
static void what_differs(const struct kind *kind, const char *column, struct text *ret)
{
	ret->length = 0;
	put(ret, "SELECT %s, m.%s", kind->which, column);
	put(ret, ", o.%s, (o.changed_ms", column, NULL);
	put_columns(ret, kind, ", coalesce(o.%s, '')");
	put(ret, ") > (m.changed_ms", NULL, NULL);
	put_columns(ret, kind, ", coalesce(m.%s, '')");
	put(ret, ") FROM main.%s m JOIN other.%s o ", kind->table, kind->table);
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

int merge_differences(struct store *store,
	void (*differ)(void *context, const struct merge_difference *difference), void *context,
	int64_t *ret_count)
{
	int r = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && r == 0; k++)
		for (size_t i = 0; i < COLUMNS_MAX && kinds[k].columns[i] && r == 0; i++)
			r = tell(store, &kinds[k], kinds[k].columns[i], differ, context, ret_count);
	return r;
}

int merge_tables(struct store *store, struct merge_report *report)
{
	struct text sql;
	int r = 0;
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0] && r == 0; k++) {
		newest_stays(&kinds[k], &sql);
		r = run(store, sql.bytes);
		report->rows += sqlite3_changes(store->db);
	}
	for (size_t i = 0; i < sizeof joins / sizeof joins[0] && r == 0; i++)
		r = run(store, joins[i]);
	if (r == 0)
		r = statement_run(store, statement_use(store, ST_ORGANISATION_ROOTS));
	if (r == 0)
		r = run(store, join_corrections);
	if (r == 0)
		report->corrections = sqlite3_changes(store->db);
	return r;
}
