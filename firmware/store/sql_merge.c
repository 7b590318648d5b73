#include "store/sql.h"

/* Other kiosks' logs on their way in. */
const struct sql sql_merge[] = {
	{ ST_ATTACH_OTHER, "ATTACH ?1 AS other" },
	{ ST_DETACH_OTHER, "DETACH other" },
	{ ST_PEER_LOG_ADD, "INSERT OR IGNORE INTO peer_log (log_id, made_ms, shown_seq) VALUES (?1,"
			   " ?2, 0)" },
	{ ST_PEER_LOG_NUMBER, "SELECT number FROM peer_log WHERE log_id = ?1" },
	{ ST_PEER_TAP_DROP_UNSHOWN, "DELETE FROM peer_tap WHERE log = ?1 AND seq > (SELECT "
				    "shown_seq FROM peer_log WHERE"
				    " number = ?1)" },
	{ ST_PEER_LOG_SHOW,
		"UPDATE peer_log SET shown_seq = max(shown_seq, ?2) WHERE log_id = ?1" },
	{ ST_MERGE_TAPS, "INSERT INTO main.peer_tap SELECT ?1, " CHAIN_COLUMNS
			 " FROM other.tap WHERE ?2 = 0 AND seq > (SELECT coalesce(max(seq), 0) "
			 "FROM main.peer_tap"
			 " WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT 1" },
	{ ST_MERGE_PEER_TAPS,
		"INSERT INTO main.peer_tap SELECT ?1, " CHAIN_COLUMNS
		" FROM other.peer_tap WHERE log = ?2 AND seq > (SELECT coalesce(max(seq), 0) FROM"
		" main.peer_tap WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT 1" },
	{ ST_MERGE_TAP_KEY, "SELECT badge_key FROM every_tap WHERE log_id = ?1 AND seq = ?2" },
	/* All that is known of corrections of taps, also of our own taps. */
	{ ST_MERGE_CORRECTION_NEXT,
		"SELECT o.log_id, o.seq, o.made_ms, o.reason FROM other.every_correction o"
		" WHERE NOT EXISTS (SELECT 1 FROM main.every_correction c"
		" WHERE c.log_id = o.log_id AND c.seq = o.seq AND c.made_ms = o.made_ms"
		" AND c.reason = o.reason) LIMIT 1" },
	{ ST_MERGE_CORRECTION_ADD,
		"INSERT OR IGNORE INTO peer_correction (log_id, seq, made_ms, reason)"
		" VALUES (?1,?2,?3,?4)" },
	/* What stands in a tap's place since its time became known. */
	{ ST_MERGE_REPLACED, "SELECT seq FROM every_tap WHERE badge_key = ?1 AND log_id = ?2"
			     " AND note = 'clock:' || ?3 LIMIT 1" },
	{ ST_MERGE_TAP_REPLACES,
		"INSERT OR IGNORE INTO peer_correction (log_id, seq, made_ms, reason)"
		" SELECT ?1, ?3, c.made_ms, c.reason FROM every_correction c"
		" WHERE c.log_id = ?1 AND c.reason <> ?4 AND c.seq = (SELECT substr(note, 7) + 0"
		" FROM peer_tap WHERE log = ?2 AND seq = ?3 AND note LIKE 'clock:%')" },
	{ ST_MERGE_CREDIT_NEXT, "SELECT o.log_id, o.seq, o.attendee FROM other.credit o"
				" LEFT JOIN main.credit c ON c.log_id = o.log_id AND c.seq = o.seq"
				" WHERE (o.log_id, o.seq) > (?1, ?2)"
				" AND (c.attendee IS NULL OR c.attendee > o.attendee)"
				" ORDER BY o.log_id, o.seq LIMIT 1" },
	{ ST_MERGE_CREDIT_PUT, "INSERT OR REPLACE INTO credit (log_id, seq, attendee)"
			       " VALUES (?1,?2,?3)" },
	{ ST_MERGE_LINK_NEXT,
		"SELECT o.badge_key FROM other.link o WHERE o.badge_key > ?1"
		" AND NOT EXISTS (SELECT 1 FROM main.link m WHERE m.badge_key = o.badge_key"
		" AND m.attendee = o.attendee AND m.from_ms = o.from_ms"
		" AND m.until_ms IS o.until_ms AND m.listed = o.listed"
		" AND m.ended_ms IS o.ended_ms) ORDER BY o.badge_key LIMIT 1" },
	{ ST_MERGE_LINK_COLLECT,
		"INSERT INTO temp.joined_link"
		" SELECT badge_key, attendee, from_ms, min(listed), min(ended_ms) FROM"
		" (SELECT badge_key, attendee, from_ms, listed, ended_ms FROM main.link"
		" WHERE badge_key = ?1 UNION ALL"
		" SELECT badge_key, attendee, from_ms, listed, ended_ms FROM other.link"
		" WHERE badge_key = ?1) GROUP BY badge_key, attendee, from_ms" },
	{ ST_MERGE_LINK_DROP, "DELETE FROM main.link WHERE badge_key = ?1" },
	/* A list that was read again by a kiosk that knew nothing of the badge says nothing new of
	 * it: its link stands where the first one to that person does, and ends as that one. */
	{ ST_MERGE_LINK_PUT,
		"WITH first AS (SELECT *, min(from_ms) OVER (PARTITION BY attendee) AS first_ms"
		" FROM temp.joined_link),"
		" said AS (SELECT *, listed OR from_ms = first_ms AS same FROM first),"
		" placed AS (SELECT *, iif(same, first_ms, from_ms) AS at_ms, iif(same,"
		" min(iif(same, ended_ms, NULL)) OVER (PARTITION BY attendee), ended_ms) AS end_ms"
		" FROM said),"
		" followed AS (SELECT *, lead(at_ms) OVER (ORDER BY at_ms, from_ms, attendee)"
		" AS next_ms FROM placed)"
		" INSERT INTO main.link (badge_key, attendee, from_ms, until_ms, listed, ended_ms)"
		" SELECT badge_key, attendee, from_ms, max(from_ms, coalesce(min(end_ms, next_ms),"
		" end_ms, next_ms)), listed, ended_ms FROM followed"
		" ORDER BY at_ms, from_ms, attendee" },
	{ ST_MERGE_LINK_DONE, "DELETE FROM temp.joined_link" },
	{ ST_MERGE_FORGOTTEN_NEXT,
		"SELECT a.id FROM attendee a WHERE a.forgotten_ms IS NOT NULL"
		" AND a.id > ?1 AND EXISTS (SELECT 1 FROM link l WHERE l.attendee = a.id)"
		" ORDER BY a.id LIMIT 1" },
	{ ST_MERGE_NOTES,
		"INSERT INTO main.hand_note AS m SELECT * FROM other.hand_note WHERE true"
		" ON CONFLICT DO UPDATE SET made_ms = excluded.made_ms, who = excluded.who,"
		" reason = excluded.reason WHERE (excluded.made_ms, excluded.who, excluded.reason)"
		" < (m.made_ms, m.who, m.reason)" },
	{ ST_MERGE_NOTES_FORGET,
		"DELETE FROM main.hand_note WHERE EXISTS (SELECT 1 FROM main.every_tap t"
		" LEFT JOIN main.credit k ON k.log_id = t.log_id AND k.seq = t.seq"
		" JOIN main.attendee a ON a.id = coalesce(t.attendee, k.attendee)"
		" WHERE t.log_id = hand_note.log_id AND t.seq = hand_note.seq"
		" AND a.forgotten_ms IS NOT NULL)" },
	{ ST_MERGE_ORGANISERS, "SELECT count(*) FROM other.organiser_badge WHERE badge_key NOT IN"
			       " (SELECT badge_key FROM main.organiser_badge)" },
	{ ST_MERGE_ANCHOR_EACH, "SELECT boot_id, mono_ms, wall_ms, grade FROM other.anchor EXCEPT"
				" SELECT boot_id, mono_ms, wall_ms, grade FROM main.anchor" },
	{ ST_MERGE_ANCHORS, "INSERT INTO anchor (boot_id, mono_ms, wall_ms, grade)"
			    " SELECT boot_id, mono_ms, wall_ms, grade FROM other.anchor EXCEPT"
			    " SELECT boot_id, mono_ms, wall_ms, grade FROM main.anchor" },
	{ ST_MERGE_DAYS, "SELECT badge_key, boot_id, mono_ms, wall_ms, grade FROM every_tap"
			 " WHERE session IS NULL AND direction > 0" },
	{ 0 },
};
