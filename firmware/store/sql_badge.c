#include "store/sql.h"

/* The refused taps of badge b, in our log and in the others', each looked up by the badge. */
#define OF_BLOCKED                                                             \
	" FROM (SELECT t.kiosk, " READ_MS " AS at_ms FROM tap t"               \
	" WHERE t.badge_key = b.badge_key AND t.verdict = 'blocked' UNION ALL" \
	" SELECT t.kiosk, " READ_MS " FROM peer_tap t CROSS JOIN peer_log p"   \
	" ON p.number = t.log AND t.seq <= p.shown_seq"                        \
	" WHERE t.badge_key = b.badge_key AND t.verdict = 'blocked')"

#define GIVEN_FROM LINK_BEGIN("?3", "?1")

/* Badges: whose they are, lost ones, the organisers'. */
const struct sql sql_badge[] = {
	{ ST_BADGE_OWNER, "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			  "o.education_level, coalesce(o.cluster, a.cluster), o.region, o.growth,"
			  " a.email, a.language, a.sessions, EXISTS (SELECT 1 FROM blocked WHERE "
			  "badge_key = ?1 AND until_ms IS NULL)"
			  " FROM (SELECT ?1 AS badge_key) k LEFT JOIN link l ON l.badge_key = "
			  "k.badge_key AND l.until_ms IS NULL"
			  " LEFT JOIN attendee a ON a.id = l.attendee LEFT JOIN organisation o ON "
			  "o.id = a.organisation" },
	{ ST_BADGE_CURRENT, "SELECT attendee FROM link WHERE badge_key = ?1 AND until_ms IS NULL" },
	{ ST_BADGE_CREDIT,
		"INSERT OR IGNORE INTO credit (log_id, seq, attendee) SELECT t.log_id, t.seq,"
		" (SELECT attendee FROM link WHERE badge_key = ?1 AND until_ms IS NULL)"
		" FROM every_tap t WHERE t.badge_key = ?1 AND t.attendee IS NULL AND EXISTS"
		" (SELECT 1 FROM link WHERE badge_key = ?1 AND until_ms IS NULL)" },
	{ ST_BADGE_END_LINK, END_LINKS " WHERE badge_key = ?1 AND until_ms IS NULL" },
	{ ST_BADGE_LINK,
		"INSERT INTO link (badge_key, attendee, from_ms) SELECT ?1, id, " GIVEN_FROM
		" FROM attendee WHERE id = ?2 AND forgotten_ms IS NULL" },
	{ ST_BADGE_BLOCK,
		"INSERT INTO blocked (badge_key, from_ms) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET"
		" from_ms = max(excluded.from_ms, until_ms + 1), until_ms = NULL"
		" WHERE until_ms IS NOT NULL" },
	{ ST_BLOCKED_EACH, "SELECT badge_key, from_ms, until_ms FROM blocked" },
	/* As a merge does: what was said last holds. */
	{ ST_BLOCKED_SAME,
		"INSERT INTO blocked (badge_key, from_ms, until_ms) VALUES (?1, ?2, ?3) ON CONFLICT"
		" DO UPDATE SET from_ms = excluded.from_ms, until_ms = excluded.until_ms"
		" WHERE (coalesce(excluded.until_ms, excluded.from_ms), excluded.until_ms IS NULL,"
		" excluded.from_ms) > (coalesce(until_ms, from_ms), until_ms IS NULL, from_ms)" },
	{ ST_BADGE_EACH,
		"SELECT k.badge_key, l.attendee, trim(a.given_name || ' ' || a.family_name),"
		" b.badge_key IS NOT NULL FROM (SELECT badge_key FROM link WHERE until_ms IS NULL"
		" UNION SELECT badge_key FROM blocked WHERE until_ms IS NULL) k"
		" LEFT JOIN link l ON l.badge_key = k.badge_key AND l.until_ms IS NULL"
		" LEFT JOIN attendee a ON a.id = l.attendee LEFT JOIN blocked b ON b.badge_key = "
		"k.badge_key AND b.until_ms IS NULL"
		" ORDER BY a.family_name, a.given_name, k.badge_key" },
	{ ST_ORGANISER_ADD,
		"INSERT INTO organiser_badge (badge_key, from_ms) SELECT ?1, ?2 WHERE NOT EXISTS"
		" (SELECT 1 FROM link WHERE badge_key = ?1 AND until_ms IS NULL)"
		" ON CONFLICT DO UPDATE SET from_ms = from_ms" },
	{ ST_ORGANISER_OPENS, "SELECT 1 FROM organiser_badge WHERE badge_key = ?1"
			      " AND NOT EXISTS (SELECT 1 FROM blocked WHERE badge_key = ?1"
			      " AND until_ms IS NULL)" },
	{ ST_ORGANISER_EACH,
		"SELECT badge_key FROM organiser_badge WHERE badge_key NOT IN"
		" (SELECT badge_key FROM blocked WHERE until_ms IS NULL) ORDER BY badge_key" },
	{ ST_BADGE_UNKNOWN_EACH,
		"SELECT t.badge_key, count(*), max(" READ_MS "), t.kiosk, s.title FROM every_tap t"
		" LEFT JOIN session s ON s.id = t.session WHERE t.verdict = 'unknown'"
		" AND NOT EXISTS (SELECT 1 FROM link l WHERE l.badge_key = t.badge_key"
		" AND l.until_ms IS NULL)"
		" AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.badge_key = t.badge_key"
		" AND b.until_ms IS NULL)"
		" GROUP BY t.badge_key ORDER BY 3 DESC LIMIT 100" },
	{ ST_BADGE_BLOCKED_EACH,
		"SELECT b.badge_key, b.from_ms, a.id, trim(a.given_name || ' ' || a.family_name),"
		" (SELECT count(*)" OF_BLOCKED "), (SELECT max(at_ms)" OF_BLOCKED "),"
		" (SELECT kiosk" OF_BLOCKED " ORDER BY at_ms DESC LIMIT 1)"
		" FROM blocked b LEFT JOIN link l ON l.badge_key = b.badge_key"
		" AND l.until_ms IS NULL"
		" LEFT JOIN attendee a ON a.id = l.attendee WHERE b.until_ms IS NULL"
		" ORDER BY b.from_ms DESC" },
	{ ST_BADGE_UNBLOCK, "UPDATE blocked SET until_ms = max(?2, from_ms + 1)"
			    " WHERE badge_key = ?1 AND until_ms IS NULL" },
	{ ST_BADGE_COUNT_ALL, "SELECT (SELECT count(*) FROM link WHERE until_ms IS NULL), (SELECT "
			      "count(*) FROM attendee a"
			      " WHERE a.forgotten_ms IS NULL AND NOT EXISTS (SELECT 1 FROM link l "
			      "WHERE l.attendee = a.id AND l.until_ms IS NULL)),"
			      " (SELECT count(*) FROM blocked WHERE until_ms IS NULL)" },
	{ ST_BADGE_UNKNOWN,
		"SELECT count(DISTINCT t.badge_key) FROM tap t INDEXED BY tap_of_stranger"
		" WHERE t.verdict = 'unknown'"
		" AND NOT EXISTS (SELECT 1 FROM link l WHERE l.badge_key = t.badge_key"
		" AND l.until_ms IS NULL)"
		" AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.badge_key = t.badge_key"
		" AND b.until_ms IS NULL)" },
	{ 0 },
};
