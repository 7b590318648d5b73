#include "store/sql.h"

/* What a hub is told beside the taps, and no more: no name of a person, no e-mail address, no
 * reason that somebody wrote. Each query: what its pages are ordered by, then the columns of the
 * hub's table; ?1 is where the page before ended, '' at first, ?2 the rows of a page. */
const struct sql sql_replica[] = {
	{ ST_REPLICA_CLUSTER,
		"SELECT code, code, name_nl, name_en, target, position, changed_ms FROM cluster"
		" WHERE code > ?1 ORDER BY code LIMIT ?2" },
	{ ST_REPLICA_EVENT, "SELECT id, id, code, title, venue, changed_ms FROM event"
			    " WHERE id > ?1 ORDER BY id LIMIT ?2" },
	{ ST_REPLICA_SESSION, "SELECT id, id, event, code, title, room, cluster, start_ms, end_ms,"
			      " utc_offset_min, kind, state, changed_ms FROM session"
			      " WHERE id > ?1 ORDER BY id LIMIT ?2" },
	{ ST_REPLICA_ORGANISATION,
		"SELECT id, id, name, kind, education_level, cluster, region, growth, kvk, root,"
		" changed_ms FROM organisation WHERE id > ?1 ORDER BY id LIMIT ?2" },
	{ ST_REPLICA_PERSON, "SELECT id, id, organisation, changed_ms FROM attendee"
			     " WHERE id > ?1 ORDER BY id LIMIT ?2" },
	/* Whose a badge is now; nobody's any more is worth telling too. */
	{ ST_REPLICA_BADGE,
		"SELECT badge_key, badge_key, max(iif(until_ms IS NULL, attendee, NULL)),"
		" coalesce(max(iif(until_ms IS NULL, from_ms, NULL)), max(until_ms)) FROM link"
		" WHERE badge_key > ?1 GROUP BY badge_key ORDER BY badge_key LIMIT ?2" },
	{ ST_REPLICA_CORRECTION,
		"SELECT log_id || seq AS at, log_id, seq FROM every_correction WHERE at > ?1"
		" GROUP BY log_id, seq ORDER BY at LIMIT ?2" },
	{ ST_REPLICA_CREDIT, "SELECT log_id || seq AS at, log_id, seq, attendee FROM credit"
			     " WHERE at > ?1 ORDER BY at LIMIT ?2" },
	{ ST_REPLICA_ANCHOR,
		"SELECT printf('%020d', rowid) AS at, boot_id, mono_ms, wall_ms, grade FROM anchor"
		" WHERE at > ?1 ORDER BY rowid LIMIT ?2" },
	{ ST_REPLICA_EARLIER,
		"SELECT substr(name, length('earlier-log:') + 1) FROM kiosk_setting"
		" WHERE name LIKE 'earlier-log:%' AND name > ?1 ORDER BY name LIMIT 1" },
	/* The log that is here is earlier than the one that takes its place. */
	{ ST_EARLIER_EACH, "SELECT name, value FROM kiosk_setting WHERE name LIKE 'earlier-log:%'"
			   " UNION SELECT 'earlier-log:' || log_id, made_ms FROM log" },
	{ ST_EARLIER_SAME, "INSERT OR IGNORE INTO kiosk_setting (name, value) VALUES (?1, ?2)" },
	{ 0 },
};
