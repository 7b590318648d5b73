#include "store/sql.h"

/* When event e is over: its last session, and the last day that it was given (of UTC, so an hour or
 * two more); when the event of the row is; when the
 * first one after a moment is; when the person's last tap is past, with its event. */
#define END                                                                       \
	"nullif(max(coalesce((SELECT max(end_ms) FROM session WHERE event = e.id" \
	" AND state <> 'cancelled'), 0), iif(e.last_day > 0, (e.last_day + 1) * 86400000, 0)), 0)"
#define END_OF(row) "SELECT " END " FROM event e WHERE e.id = " row ".event"
#define FIRST_END_AFTER(ms) \
	"SELECT min(ends) FROM (SELECT " END " AS ends FROM event e) WHERE ends >= " ms
#define STAMPED(ms)                                                                             \
	"coalesce((SELECT coalesce(known_ms, read_ms(boot_id, mono_ms, ms, grade)) FROM stamp " \
	"WHERE ms = " ms "), " ms ")"
#define LAST_TIME_OF(log)                                                                  \
	"SELECT max(coalesce((" END_OF(                                                    \
		"t") "), iif(t.wall_ms <= ?2, t.wall_ms, 0))) FROM link l CROSS JOIN " log \
		     " t ON t.badge_key = l.badge_key WHERE l.attendee = a.id"

/* Forgetting. */
const struct sql sql_privacy[] = {
	{ ST_FORGET_BEFORE, "DELETE FROM before_attendee WHERE id = ?1 AND generation IN (SELECT "
			    "generation FROM before_import UNION SELECT id FROM generation)" },
	{ ST_FORGET_STAGED, "DELETE FROM staged_attendee WHERE id = ?1 AND generation IN (SELECT "
			    "id FROM generation)" },
	{ ST_FORGET_NOTES,
		"DELETE FROM hand_note WHERE EXISTS (SELECT 1 FROM every_tap t WHERE t.log_id ="
		" hand_note.log_id AND t.seq = hand_note.seq AND (t.attendee = ?1 OR t.badge_key IN"
		" (SELECT badge_key FROM link WHERE attendee = ?1)))" },
	{ ST_FORGET_BADGE, "SELECT badge_key FROM link WHERE attendee = ?1 LIMIT 1" },
	{ ST_FORGET_CREDIT,
		"INSERT OR IGNORE INTO credit (log_id, seq, attendee) SELECT t.log_id, t.seq, ?1"
		" FROM every_tap t WHERE t.badge_key = ?2 AND t.attendee IS NULL AND EXISTS "
		"(SELECT 1"
		" FROM link WHERE badge_key = ?2 AND attendee = ?1 AND until_ms IS NULL)" },
	/* A badge that went to them from somebody else does not go back. */
	{ ST_FORGET_ENDS,
		"UPDATE link SET ended_ms = until_ms WHERE badge_key = ?2 AND attendee <> ?1"
		" AND ended_ms IS NULL AND until_ms IS NOT NULL" },
	{ ST_FORGET_LINK, "DELETE FROM link WHERE attendee = ?1 AND badge_key = ?2" },
	{ ST_FORGET_NAMES,
		"UPDATE attendee SET given_name = '', family_name = '', email = '', language = '',"
		" sessions = '', event = NULL, origin = '', origin_file = '', origin_line = 0,"
		" origin_ms = 0, changed_ms = max(changed_ms, ?2), forgotten_ms = ?2"
		" WHERE id = ?1 AND forgotten_ms IS NULL" },
	/* Whoever is on a list that is on its way in is about to be renewed. */
	{ ST_FORGET_NEXT, "SELECT id FROM attendee a WHERE id > ?1 AND forgotten_ms IS NULL"
			  " AND NOT EXISTS (SELECT 1 FROM staged_attendee s WHERE s.id = a.id AND "
			  "s.generation IN"
			  " (SELECT id FROM generation)) ORDER BY id LIMIT 1" },
	{ ST_FORGOTTEN_EACH,
		"SELECT id, forgotten_ms FROM attendee WHERE forgotten_ms IS NOT NULL" },
	{ ST_FORGOTTEN_SINCE, "SELECT 1 FROM attendee WHERE forgotten_ms >= ?1 LIMIT 1" },
	{ ST_IS_GONE, "SELECT 1 FROM attendee WHERE id = ?1 AND forgotten_ms IS NOT NULL AND "
		      "origin <> 'undone'" },
	{ ST_IS_FORGOTTEN,
		"SELECT forgotten_ms FROM attendee WHERE id = ?1 AND forgotten_ms IS NOT NULL" },
	/* A tap whose clock ran ahead of ours keeps nobody's name for ever. */
	{ ST_KEPT_UNTIL,
		"SELECT max(since_ms, coalesce(iif(a.event IS NULL, (" FIRST_END_AFTER("since_ms") "), (" END_OF(
			"a") ")), 0),"
			     " coalesce((" LAST_TIME_OF("tap") "), 0), coalesce((" LAST_TIME_OF(
				     "peer_tap") "), 0))"
						 " FROM (SELECT id, event, " STAMPED(
							 "changed_ms") " AS since_ms FROM attendee "
								       "WHERE id = ?1) a" },
	{ ST_LIST_KEPT_UNTIL, "SELECT max(since_ms, coalesce((" FIRST_END_AFTER(
				      "since_ms") "), 0)) FROM"
						  " (SELECT " STAMPED("?1") " AS since_ms)" },
	{ ST_STAMP_NOTE, "INSERT INTO stamp VALUES (?1, ?2, ?3, ?4, NULL) ON CONFLICT DO NOTHING" },
	{ ST_STAMP_FIND, "SELECT boot_id, mono_ms, ms, grade, known_ms FROM stamp WHERE ms = ?1" },
	/* Of those that no clock was right for. */
	{ ST_STAMP_NEXT,
		"SELECT boot_id, mono_ms, ms, grade FROM stamp WHERE ms > ?1 AND known_ms IS NULL"
		" AND grade = 0 ORDER BY ms LIMIT 1" },
	{ ST_STAMP_OPEN_OF,
		"SELECT 1 FROM attendee a JOIN stamp s ON s.ms = a.changed_ms WHERE a.id = ?1"
		" AND s.grade = 0 AND s.known_ms IS NULL" },
	{ ST_STAMP_KNOW, "UPDATE stamp SET known_ms = ?2 WHERE ms = ?1" },
	{ ST_STAMP_AHEAD,
		"SELECT 1 FROM attendee WHERE changed_ms > ?1 AND forgotten_ms IS NULL AND"
		" NOT EXISTS (SELECT 1 FROM stamp WHERE ms = changed_ms AND known_ms IS NOT NULL) "
		"LIMIT 1" },
	{ ST_STAMP_KNOW_AHEAD, "INSERT INTO stamp SELECT changed_ms, x'', 0, 0, ?1 FROM attendee "
			       "WHERE changed_ms > ?1 AND"
			       " forgotten_ms IS NULL ON CONFLICT DO UPDATE SET known_ms = "
			       "coalesce(known_ms, ?1)" },
	{ ST_PURGE_IS_DUE, "UPDATE log SET purge_due = 1" },
	{ ST_PURGE_DUE, "SELECT purge_due FROM log" },
	{ ST_PURGE_DONE, "UPDATE log SET purge_due = 0" },
	{ ST_PURGE_STAGED, "SELECT EXISTS (SELECT 1 FROM staged_attendee)" },
	{ 0 },
};
