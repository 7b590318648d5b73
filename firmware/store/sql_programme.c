#include "store/sql.h"

/* A person takes one place, however often they came. */
#define TAKEN                                                                                  \
	"(SELECT coalesce(sum(count_bits(a.bits)), 0) FROM attender a WHERE a.session = n.no)" \
	" + (SELECT coalesce(sum(v.checkins), 0) FROM attended v"                              \
	" WHERE v.session = n.no AND v.organisation = 0)"

/* A session of the event's days, of which the last may be over midnight. */
#define LAST_NIGHT                                   \
	"s.state <> 'cancelled' AND s.start_ms + ?3" \
	" < e.last_day * 86400000 + 86400000"

/* Events, sessions, clusters. */
const struct sql sql_programme[] = {
	/* Without a name: what an organiser chose, until a day after its end; else what is nearest.
	 */
	{ ST_EVENT_FIND,
		"SELECT id, code, title, venue, first_day, last_day FROM (SELECT e.*,"
		" coalesce(o.value, 0) AS opened_ms,"
		" coalesce(nullif(e.first_day, 0) * 86400000 - ?3, min(s.start_ms)) AS begins,"
		" max(coalesce(nullif(e.last_day, 0) * 86400000 + 86400000 - ?3, max(s.end_ms)),"
		" coalesce(max(iif(" LAST_NIGHT ", s.end_ms, 0)), 0)) AS ends,"
		" coalesce(max(s.start_ms <= ?2 AND ?2 < s.end_ms AND s.state <> 'cancelled'), 0)"
		" AS is_on"
		" FROM event e LEFT JOIN session s ON s.event = e.id"
		" LEFT JOIN kiosk_setting o ON o.name = 'event-opened:' || e.id"
		" LEFT JOIN kiosk_setting c ON c.name = 'event-closed:' || e.id"
		" WHERE (?1 = '' AND coalesce(c.value, 0) = 0) OR e.code = ?1 COLLATE NOCASE"
		" OR e.title = ?1 COLLATE NOCASE OR e.id = ?1 GROUP BY e.id)"
		" ORDER BY iif(?1 = '' AND coalesce(ends, 9e15) + 86400000 >= ?2, opened_ms, 0)"
		" DESC, max(0, coalesce(begins, 9e15) - ?2, ?2 - coalesce(ends, 0)),"
		" is_on DESC, code LIMIT 1" },
	/* The newest choice is the largest, also after one by a clock that was ahead. */
	{ ST_EVENT_CHOOSE,
		"INSERT OR REPLACE INTO kiosk_setting (name, value) SELECT 'event-opened:' || ?1,"
		" max(?2, 1 + coalesce(max(value), 0)) FROM kiosk_setting"
		" WHERE name >= 'event-opened:' AND name < 'event-opened;'" },
	{ ST_EVENT_EACH,
		"SELECT id, code, title, venue, first_day, last_day FROM event ORDER BY code" },
	{ ST_EVENT_SAVE,
		"INSERT INTO event (id, code, title, venue, changed_ms) VALUES (?1,?2,?3,?4,?5)"
		" ON CONFLICT DO UPDATE SET title = excluded.title,"
		" venue = coalesce(nullif(excluded.venue, ''), venue), " CHANGED_AFTER },
	{ ST_SESSION_LOAD,
		"SELECT s.id, s.code, s.title, s.host, s.room, s.cluster, s.start_ms, s.end_ms, "
		"s.announced_start_ms,"
		" s.utc_offset_min, s.capacity, s.kind, s.state, coalesce("
		"(SELECT " TAKEN " FROM number n WHERE n.id = s.id), 0)"
		" FROM session s WHERE s.event = ?1 ORDER BY s.start_ms, s.room, s.code" },
	{ ST_SESSION_TAKEN, "SELECT " TAKEN " FROM number n WHERE n.id = ?1" },
	{ ST_SESSION_ROW, "SELECT start_ms, announced_start_ms, room, announced_room, title, "
			  "host, cluster, end_ms,"
			  " capacity, kind, state FROM session WHERE id = ?1" },
	{ ST_SESSION_SAVE,
		"INSERT INTO session (id, event, code, title, host, room, cluster, start_ms, "
		"end_ms,"
		" announced_start_ms, utc_offset_min, capacity, kind, state, announced_room, "
		"changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
		" ON CONFLICT (id) DO UPDATE SET title = excluded.title, host = excluded.host,"
		" room = excluded.room, cluster = excluded.cluster, start_ms = excluded.start_ms,"
		" end_ms = excluded.end_ms, utc_offset_min = excluded.utc_offset_min,"
		" capacity = excluded.capacity, kind = excluded.kind, state = excluded.state,"
		" " CHANGED_AFTER },
	{ ST_SESSION_MISSING, "SELECT id FROM session WHERE event = ?1 AND state <> 'cancelled'" },
	{ ST_SESSION_CANCEL, "UPDATE session SET state = 'cancelled', changed_ms = max(?2, "
			     "changed_ms + 1) WHERE id = ?1" },
	{ ST_CLUSTER_LOAD,
		"SELECT c.code, c.name_nl, c.name_en, c.short_nl, c.short_en, c.target,"
		" (SELECT count(DISTINCT r.id) FROM session s JOIN number n ON n.id = s.id"
		" JOIN attended v ON v.session = n.no AND v.checkins > 0"
		" JOIN number m ON m.no = v.organisation JOIN organisation o ON o.id = m.id"
		" JOIN organisation r ON r.id = coalesce(o.root, o.id) AND r.kind IN "
		"('company', 'education')"
		" WHERE s.event = ?1 AND s.cluster = c.code)"
		" FROM cluster c ORDER BY c.position, c.code" },
	{ ST_CLUSTER_SEAT,
		"WITH mine AS (SELECT r.id FROM attendee a JOIN organisation o ON o.id = "
		"a.organisation"
		" JOIN organisation r ON r.id = coalesce(o.root, o.id) AND r.kind IN ('company', "
		"'education')"
		" WHERE a.id = ?3)"
		" SELECT (SELECT count(*) FROM mine), count(DISTINCT r.id), coalesce(max(r.id IN "
		"mine), 0)"
		" FROM session s JOIN number n ON n.id = s.id"
		" JOIN attended v ON v.session = n.no AND v.checkins > 0"
		" JOIN number m ON m.no = v.organisation JOIN organisation o ON o.id = m.id"
		" JOIN organisation r ON r.id = coalesce(o.root, o.id) AND r.kind IN ('company', "
		"'education')"
		" WHERE s.event = ?1 AND s.cluster = ?2" },
	{ ST_CLUSTER_SAVE,
		"INSERT INTO cluster (code, name_nl, name_en, short_nl, short_en, target, position,"
		" changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,(SELECT coalesce(max(position), 0) + 1 FROM "
		"cluster),?7)"
		" ON CONFLICT (code) DO UPDATE SET name_nl = excluded.name_nl,"
		" name_en = excluded.name_en, short_nl = excluded.short_nl,"
		" short_en = excluded.short_en, target = excluded.target,"
		" " CHANGED_AFTER },
	{ ST_PLANNED_FIND,
		"SELECT id, code, title, host, room, cluster, start_ms, end_ms, "
		"announced_start_ms, utc_offset_min,"
		" capacity, kind, state, event, announced_room FROM session WHERE id = ?1" },
	{ ST_PLANNED_PUT,
		"INSERT INTO session (id, event, code, title, host, room, cluster, start_ms, "
		"end_ms, announced_start_ms,"
		" utc_offset_min, capacity, kind, state, announced_room, changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
		" ON CONFLICT (id) DO UPDATE SET title = excluded.title, host = excluded.host, "
		"room = excluded.room,"
		" cluster = excluded.cluster, start_ms = excluded.start_ms, end_ms = "
		"excluded.end_ms,"
		" announced_start_ms = excluded.announced_start_ms, utc_offset_min = "
		"excluded.utc_offset_min,"
		" capacity = excluded.capacity, kind = excluded.kind, state = excluded.state,"
		" announced_room = excluded.announced_room, " CHANGED_AFTER },
	{ ST_EVENT_PUT,
		"INSERT INTO event (id, code, title, venue, first_day, last_day, changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT (id) DO UPDATE SET"
		" title = excluded.title, venue = excluded.venue, first_day = excluded.first_day,"
		" last_day = excluded.last_day, " CHANGED_AFTER },
	{ 0 },
};
