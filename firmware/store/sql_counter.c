#include "store/sql.h"

#define OWNER_AND_NUMBERS                                         \
	"SELECT a.id, a.organisation, p.no, o.no FROM attendee a" \
	" LEFT JOIN number p ON p.id = a.id"                      \
	" LEFT JOIN number o ON o.id = coalesce(a.organisation, '')"

/* Counters of participation, kept with each tap. */
const struct sql sql_counter[] = {
	{ ST_NUMBER_FIND, "SELECT no FROM number WHERE id = ?1" },
	{ ST_NUMBER_ADD, "INSERT INTO number (id) VALUES (?1)" },
	{ ST_COUNT_OWNER, OWNER_AND_NUMBERS
		" WHERE a.id = coalesce(?1,"
		" (SELECT attendee FROM link WHERE badge_key = ?2 AND until_ms IS NULL))" },
	{ ST_COUNT_PEER_OWNER, OWNER_AND_NUMBERS
		" WHERE a.id = coalesce(?1,"
		" (SELECT attendee FROM credit WHERE log_id = ?3 AND seq = ?4),"
		" (SELECT attendee FROM link WHERE badge_key = ?2 AND until_ms IS NULL))" },
	{ ST_COUNT_BEFORE, "SELECT t.direction, t.boot_id, t.mono_ms FROM tap t"
			   " WHERE t.badge_key = ?1 AND t.seq < ?2 AND t.direction > 0"
			   " AND t.event IS ?3 AND t.session IS ?4 AND NOT EXISTS (SELECT 1"
			   " FROM every_correction c WHERE c.log_id = (SELECT log_id FROM log)"
			   " AND c.seq = t.seq) ORDER BY t.seq DESC LIMIT 1" },
	{ ST_COUNT_PEER_BEFORE,
		"SELECT t.direction, t.boot_id, t.mono_ms FROM peer_tap t"
		" WHERE t.badge_key = ?1 AND t.log = ?5 AND t.seq < ?2 AND t.direction > 0"
		" AND t.event IS ?3 AND t.session IS ?4 AND NOT EXISTS (SELECT 1"
		" FROM peer_correction c WHERE c.log_id ="
		" (SELECT log_id FROM peer_log WHERE number = ?5)"
		" AND c.seq = t.seq) ORDER BY t.seq DESC LIMIT 1" },
	{ ST_COUNT_PEER_TAP,
		"SELECT badge_key, boot_id, mono_ms, wall_ms, grade, direction, counts,"
		" event, session, attendee FROM peer_tap t WHERE log = ?1 AND seq = ?2"
		" AND direction > 0 AND NOT EXISTS (SELECT 1 FROM peer_correction c"
		" WHERE c.log_id = ?3 AND c.seq = t.seq)" },
	/* A stay is from a check-in to the check-out that follows it in the same place. */
	{ ST_COUNT_OF_BADGE,
		"SELECT t.event, t.session, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.direction, "
		"t.counts,"
		" a.id, a.organisation, lag(t.direction) OVER place, lag(t.boot_id) OVER place,"
		" lag(t.mono_ms) OVER place FROM every_tap t" OWNER_BY "t.log_id"
		" LEFT JOIN attendee a ON a.id = " OWNER
		" WHERE t.badge_key = ?1 AND t.direction > 0 AND NOT EXISTS"
		" (SELECT 1 FROM every_correction c WHERE c.log_id = t.log_id "
		"AND c.seq = t.seq)"
		" WINDOW place AS (PARTITION BY t.log_id, t.event, t.session "
		"ORDER BY t.seq)" },
	{ ST_COUNT_BADGES, "SELECT min(badge_key) FROM (SELECT min(badge_key) AS badge_key FROM "
			   "tap WHERE badge_key > ?1"
			   " UNION ALL SELECT min(badge_key) FROM peer_tap WHERE badge_key > ?1)" },
	/* What is added afterwards says of itself that it is. */
	{ ST_COUNT_BOOT,
		"SELECT boot_id, badge_key, session IS NULL AND direction > 0 AND grade < ?1,"
		" note IN ('assumed', 'by-hand') OR note LIKE 'clock:%'"
		" FROM tap ORDER BY seq DESC" },
	{ ST_ANCHOR_OF_BOOT, "SELECT boot_id, mono_ms, wall_ms, grade FROM anchor WHERE boot_id = "
			     "?1 ORDER BY rowid" },
	{ ST_ATTENDED_ADD,
		"INSERT INTO attended (session, event, day, organisation, checkins, stays, stay_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT DO UPDATE SET checkins = checkins + "
		"excluded.checkins,"
		" stays = stays + excluded.stays, stay_ms = stay_ms + excluded.stay_ms" },
	{ ST_ATTENDED_CLEAN, "DELETE FROM attended WHERE session = ?1 AND event = ?2 AND day = ?3 "
			     "AND organisation = ?4"
			     " AND checkins = 0 AND stays = 0" },
	{ ST_VISIT_FIND, "SELECT checkins FROM visit WHERE person = ?1 AND session = ?2 AND event "
			 "= ?3 AND day = ?4" },
	{ ST_VISIT_NEW,
		"INSERT INTO visit (person, session, event, day, organisation, checkins, stays, "
		"stay_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT DO NOTHING" },
	{ ST_VISIT_ADD, "UPDATE visit SET checkins = checkins + ?6, stays = stays + ?7, stay_ms = "
			"stay_ms + ?8"
			" WHERE person = ?1 AND session = ?2 AND event = ?3 AND day = ?4" },
	{ ST_VISIT_CLEAN,
		"DELETE FROM visit WHERE person = ?1 AND session = ?2 AND event = ?3 AND day = ?4"
		" AND checkins = 0 AND stays = 0" },
	{ ST_ATTENDER_FIND, "SELECT bits FROM attender WHERE session = ?1 AND event = ?2 AND day "
			    "= ?3 AND chunk = ?4" },
	{ ST_ATTENDER_MARK, "INSERT INTO attender (session, event, day, chunk, bits)"
			    " VALUES (?1,?2,?3,?4,with_bit(zeroblob(128), ?5))"
			    " ON CONFLICT DO UPDATE SET bits = with_bit(bits, ?5)" },
	{ ST_ATTENDER_SAVE, "UPDATE attender SET bits = ?5 WHERE session = ?1 AND event = ?2"
			    " AND day = ?3 AND chunk = ?4" },
	{ ST_ATTENDER_CLEAN, "DELETE FROM attender WHERE session = ?1 AND event = ?2 AND day = ?3 "
			     "AND chunk = ?4" },
	{ ST_ATTENDED_CLEAR, "DELETE FROM attended" },
	{ ST_VISIT_CLEAR, "DELETE FROM visit" },
	{ ST_ATTENDER_CLEAR, "DELETE FROM attender" },
	{ ST_RECOUNT_DUE, "SELECT due FROM recount" },
	{ ST_RECOUNT_DONE, "UPDATE recount SET due = 0" },
	{ ST_NUMBER_LAST, "SELECT max(no) FROM number" },
	{ 0 },
};
