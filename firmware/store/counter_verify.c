#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "store/counter.h"
#include "store/store_private.h"

/*
 * The independent path. One query counts the log by names of places and people, without the short
 * numbers, the bitmaps and the code that keep the counters; then both are compared row by row.
 */
/* clang-format off */
#define COUNTED \
	"SELECT coalesce(t.session, '') AS session, coalesce(t.event, '') AS event," \
	" CASE WHEN t.session IS NULL THEN tap_day(t.boot_id, t.mono_ms, t.wall_ms, t.grade) ELSE 0 END AS day," \
	" coalesce(a.id, '?') AS person, iif(a.id IS NULL, '?', coalesce(a.organisation, '')) AS organisation," \
	" t.counts AS checkins, iif(t.direction = 2 AND t.was = 1 AND t.was_boot = t.boot_id" \
	"  AND t.mono_ms - t.was_ms BETWEEN 0 AND 86400000, t.mono_ms - t.was_ms, NULL) AS stay_ms" \
	" FROM (SELECT *, lag(direction) OVER w AS was, lag(boot_id) OVER w AS was_boot, lag(mono_ms) OVER w AS was_ms" \
	"  FROM every_tap WHERE direction > 0 AND (log_id, seq) NOT IN (SELECT log_id, seq FROM every_correction)" \
	"  WINDOW w AS (PARTITION BY log_id, badge_key, event, session ORDER BY seq)) t" \
	" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL" \
	" LEFT JOIN credit k ON k.log_id = t.log_id AND k.seq = t.seq" \
	" LEFT JOIN attendee a ON a.id = coalesce(t.attendee, k.attendee, l.attendee)"
#define SUMS "sum(checkins) AS checkins, count(stay_ms) AS stays, total(stay_ms) AS stay_ms"
#define SOMETHING " HAVING sum(checkins) > 0 OR count(stay_ms) > 0"

static const char prepare[] =
	"DROP TABLE IF EXISTS temp.counted; CREATE TEMP TABLE counted AS " COUNTED ";"
	"DROP TABLE IF EXISTS temp.by_organisation; CREATE TEMP TABLE by_organisation AS"
	" SELECT session, event, day, organisation, " SUMS " FROM counted GROUP BY 1, 2, 3, 4" SOMETHING ";"
	"DROP TABLE IF EXISTS temp.by_person; CREATE TEMP TABLE by_person AS"
	" SELECT session, event, day, person, organisation, " SUMS " FROM counted WHERE person <> '?'"
	" GROUP BY 1, 2, 3, 4, 5" SOMETHING ";"
	"DROP TABLE IF EXISTS temp.kept_organisation; CREATE TEMP TABLE kept_organisation AS"
	" SELECT s.id AS session, e.id AS event, v.day, coalesce(o.id, '?') AS organisation, v.checkins, v.stays,"
	"  CAST(v.stay_ms AS REAL) AS stay_ms FROM attended v JOIN number s ON s.no = v.session"
	"  JOIN number e ON e.no = v.event LEFT JOIN number o ON o.no = v.organisation;"
	"DROP TABLE IF EXISTS temp.kept_person; CREATE TEMP TABLE kept_person AS"
	" SELECT s.id AS session, e.id AS event, v.day, p.id AS person, o.id AS organisation, v.checkins, v.stays,"
	"  CAST(v.stay_ms AS REAL) AS stay_ms FROM visit v JOIN number s ON s.no = v.session JOIN number e ON e.no = v.event"
	"  JOIN number p ON p.no = v.person JOIN number o ON o.no = v.organisation;"
	"DROP TABLE IF EXISTS temp.kept_attender; CREATE TEMP TABLE kept_attender AS"
	" SELECT s.id AS session, e.id AS event, v.day, p.id AS person FROM attender v JOIN number s ON s.no = v.session"
	"  JOIN number e ON e.no = v.event JOIN number p ON p.no BETWEEN v.chunk * 1024 AND v.chunk * 1024 + 1023"
	"  WHERE bit_is_set(v.bits, p.no % 1024);"
	"DROP TABLE IF EXISTS temp.by_attender; CREATE TEMP TABLE by_attender AS"
	" SELECT session, event, day, person FROM by_person GROUP BY 1, 2, 3, 4 HAVING sum(checkins) > 0;";

#define DIFFER(kind, counted, kept) \
	"SELECT '" kind "', 'counted ' || x.session || ' ' || x.event || ' ' || x.day, 0 FROM" \
	" (SELECT * FROM temp." counted " EXCEPT SELECT * FROM temp." kept ") x UNION ALL" \
	" SELECT '" kind "', 'kept ' || x.session || ' ' || x.event || ' ' || x.day, 0 FROM" \
	" (SELECT * FROM temp." kept " EXCEPT SELECT * FROM temp." counted ") x"
static const char differences[] =
	DIFFER("organisation", "by_organisation", "kept_organisation") " UNION ALL "
	DIFFER("person", "by_person", "kept_person") " UNION ALL "
	DIFFER("attender", "by_attender", "kept_attender");
/* clang-format on */

/* Anchors by boot, read anew for each boot: the taps come in runs of one boot. */
struct day_finder {
	struct store *store;
	struct moment *anchors;
	size_t count;
};

static int read_anchors(struct day_finder *finder)
{
	size_t capacity = 0;
	sqlite3_stmt *row = statement_use(finder->store, ST_ANCHOR_EACH);
	int r;
	while ((r = statement_step(finder->store, row)) == 1) {
		if (finder->count == capacity) {
			capacity = capacity ? 2 * capacity : 64;
			struct moment *grown = realloc(finder->anchors, capacity * sizeof *grown);
			if (!grown) {
				r = -ENOMEM;
				break;
			}
			finder->anchors = grown;
		}
		moment_of_row(row, 0, &finder->anchors[finder->count++]);
	}
	sqlite3_reset(row);
	return r;
}

static void tap_day(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct day_finder *finder = sqlite3_user_data(context);
	(void)count;
	struct moment at = { .mono_ms = sqlite3_value_int64(values[1]),
		.wall_ms = sqlite3_value_int64(values[2]),
		.grade = (enum clock_grade)sqlite3_value_int(values[3]) };
	if (sqlite3_value_bytes(values[0]) == BOOT_ID_BYTES)
		memcpy(at.boot.bytes, sqlite3_value_blob(values[0]), BOOT_ID_BYTES);
	int64_t wall_ms;
	clock_repair(&at, finder->anchors, finder->count, &wall_ms, NULL);
	sqlite3_result_int64(context, local_day(wall_ms, clock_utc_offset_min(wall_ms)));
}

static void bit_is_set(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const uint8_t *bits = sqlite3_value_blob(values[0]);
	const int bit = sqlite3_value_int(values[1]);
	const bool within = bit >= 0 && bit / 8 < sqlite3_value_bytes(values[0]);
	sqlite3_result_int(context, within && (bits[bit / 8] >> (bit % 8) & 1));
}

static int compare(struct store *store, struct recount *ret)
{
	sqlite3_stmt *row;
	if (sqlite3_prepare_v2(store->db, differences, -1, &row, NULL) != SQLITE_OK)
		return statement_trouble(store);
	int r;
	while ((r = statement_step(store, row)) == 1)
		if (ret->differ++ == 0)
			snprintf(ret->fault, sizeof ret->fault, "%s, %s", column_text(row, 0),
				column_text(row, 1));
	sqlite3_finalize(row);
	return r;
}

static int count_counters(struct store *store, int64_t *ret)
{
	sqlite3_stmt *row;
	if (sqlite3_prepare_v2(store->db,
		    "SELECT (SELECT count(*) FROM attended) + (SELECT count(*) FROM visit)", -1,
		    &row, NULL) != SQLITE_OK)
		return statement_trouble(store);
	const int r = statement_step(store, row);
	if (r == 1)
		*ret = sqlite3_column_int64(row, 0);
	sqlite3_finalize(row);
	return r < 0 ? r : 0;
}

static int recount(struct store *store, struct recount *ret)
{
	if (sqlite3_exec(store->db, prepare, NULL, NULL, NULL) != SQLITE_OK)
		return statement_trouble(store);
	const int r = compare(store, ret);
	return r == 0 ? count_counters(store, &ret->counters) : r;
}

int counter_verify(struct store *store, struct recount *ret)
{
	struct day_finder finder = { .store = store };
	struct recount found = { 0 };
	int r = read_anchors(&finder);
	/* One view of the log and of the counters, also while the kiosk goes on. */
	if (r == 0 && sqlite3_exec(store->db, "PRAGMA temp_store = MEMORY; BEGIN", NULL, NULL,
			      NULL) != SQLITE_OK)
		r = statement_trouble(store);
	sqlite3_create_function(store->db, "tap_day", 4, SQLITE_UTF8, &finder, tap_day, NULL, NULL);
	sqlite3_create_function(
		store->db, "bit_is_set", 2, SQLITE_UTF8, NULL, bit_is_set, NULL, NULL);
	if (r == 0)
		r = recount(store, &found);
	store_rollback(store);
	sqlite3_create_function(store->db, "tap_day", 4, SQLITE_UTF8, NULL, NULL, NULL, NULL);
	free(finder.anchors);
	if (r < 0)
		return r;
	*ret = found;
	return found.differ ? -EUCLEAN : 0;
}
