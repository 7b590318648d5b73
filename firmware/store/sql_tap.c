#include "store/sql.h"

/* A row of the log as exported, of whichever log it is; what its ids stand for is looked up. */
#define EXPORT_COLUMNS                                                                      \
	"seq, boot_id, mono_ms, wall_ms, grade, kiosk, event, session, direction, verdict," \
	" counts, attendee, badge_key, note"

/* A row for the organiser's page of today; ?4 is its log's id. */
#define DAY_COLUMNS                                                                          \
	"t.seq, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.direction, t.verdict,"           \
	" (t.counts OR t.direction = 2) AND a.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " \
	"every_correction c WHERE"                                                           \
	" c.log_id = ?4 AND c.seq = t.seq),"                                                 \
	" t.verdict = 'unknown' AND l.badge_key IS NULL AND b.badge_key IS NULL,"            \
	" t.event, t.session, s.room, a.id,"                                                 \
	" trim(coalesce(a.given_name, '') || ' ' || coalesce(a.family_name, '')),"           \
	" o.id, o.name, coalesce(o.cluster, a.cluster), t.badge_key"
#define DAY_JOINS                                                             \
	OWNER_BY "?4"                                                         \
		 " LEFT JOIN attendee a ON a.id = " OWNER                     \
		 " LEFT JOIN session s ON s.id = t.session"                   \
		 " LEFT JOIN organisation p ON p.id = a.organisation"         \
		 " LEFT JOIN organisation o ON o.id = coalesce(p.root, p.id)" \
		 " LEFT JOIN blocked b ON b.badge_key = t.badge_key"          \
		 " AND b.until_ms IS NULL"

/* What is known of the time of tap t now is from ?5 until ?6, and can be trusted. */
#define IN_TIME " AND " READ_MS " >= ?5 AND " READ_MS " < ?6"
#define IS_TRUSTED READ_GRADE " > 0"

/* What somebody tapped who had the badge before says nothing of ?1. */
#define UNLESS_BEFORE(log)                                                         \
	" AND coalesce(?1 = coalesce(t.attendee, (SELECT k.attendee FROM credit k" \
	" WHERE k.log_id = " log " AND k.seq = t.seq)), 1)"
#define OURS_UNLESS_BEFORE UNLESS_BEFORE("(SELECT log_id FROM log)")
#define PEERS_UNLESS_BEFORE UNLESS_BEFORE("p.log_id")

/* Taps, corrections, anchors, and who is in. */
const struct sql sql_tap[] = {
	{ ST_TAP_INSERT,
		"INSERT INTO tap (seq, id, badge_key, boot_id, mono_ms, wall_ms, grade, technology,"
		" verdict, direction, counts, kiosk, event, session, attendee, note, chain)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)" },
	{ ST_PEER_TAP_PUT,
		"INSERT INTO peer_tap (seq, " CHAIN_COLUMNS_AFTER_SEQ ", log)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)" },
	{ ST_TAP_COUNT_ONLY, "INSERT INTO tally (day, kiosk, verdict, count) VALUES (?1,?2,?3,1)"
			     " ON CONFLICT DO UPDATE SET count = count + 1" },
	/* The last check-in or check-out in the scope, by what is known of its time now; a
	 * corrected one is skipped. A badge that was linked later is found by its key. Two times of
	 * which one cannot be trusted are compared only within a boot: each boot without a clock
	 * chip may begin in the same year. */
	{ ST_TAP_PRESENCE_ATTENDEE,
		"SELECT t.seq, t.direction, " READ_MS ", t.mono_ms, t.boot_id FROM tap t"
		" WHERE t.badge_key IN (SELECT badge_key FROM link WHERE attendee = ?1 AND "
		"until_ms IS NULL UNION SELECT ?2 UNION SELECT ?7)"
		" AND t.direction > 0 AND t.event IS ?3 AND (?4 IS NULL OR t.session IS ?4)"
		" AND (t.boot_id = ?8 OR (?9 AND " IS_TRUSTED "))" IN_TIME OURS_UNLESS_BEFORE
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq)"
		" ORDER BY t.seq DESC LIMIT 1" },
	{ ST_TAP_PRESENCE_KEY,
		"SELECT t.seq, t.direction, " READ_MS ", t.mono_ms, t.boot_id FROM tap t WHERE "
		"t.badge_key = ?2 AND ?1 IS ?1"
		" AND t.direction > 0 AND t.event IS ?3 AND (?4 IS NULL OR t.session IS ?4)"
		" AND (t.boot_id = ?8 OR (?9 AND " IS_TRUSTED "))" IN_TIME
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq)"
		" ORDER BY t.seq DESC LIMIT 1" },
	/* Among the logs taken in from other kiosks their own clocks are all there is to go by. */
	{ ST_PEER_PRESENCE,
		"SELECT t.seq, t.direction, " READ_MS " AS at_ms, t.mono_ms, t.boot_id"
		" FROM peer_tap t JOIN peer_log p ON p.number = t.log AND t.seq <= p.shown_seq"
		" WHERE t.badge_key IN (SELECT badge_key FROM link WHERE attendee = ?1 AND"
		" until_ms IS NULL UNION SELECT ?2 UNION SELECT ?7)"
		" AND t.direction > 0 AND t.event IS ?3 AND (?4 IS NULL OR t.session IS ?4)"
		" AND ?9 AND " IS_TRUSTED IN_TIME PEERS_UNLESS_BEFORE
		" AND NOT EXISTS (SELECT 1 FROM peer_correction c WHERE c.log_id = p.log_id AND"
		" c.seq = t.seq)"
		" ORDER BY at_ms DESC, p.log_id, t.seq DESC LIMIT 1" },
	{ ST_TAP_KEY, "SELECT badge_key FROM tap WHERE seq = ?1" },
	{ ST_PEER_TAP_KEY, "SELECT badge_key FROM peer_tap WHERE seq = ?1 AND log = ?2" },
	{ ST_TAP_EXPORT, "SELECT " EXPORT_COLUMNS " FROM tap"
			 " WHERE seq > ?1 AND ?3 = 0 AND seq <= ?4 ORDER BY seq LIMIT ?2" },
	{ ST_PEER_TAP_EXPORT, "SELECT " EXPORT_COLUMNS " FROM peer_tap WHERE log = ?3"
			      " AND seq > ?1 AND seq <= ?4 ORDER BY seq LIMIT ?2" },
	{ ST_CORRECTED_EACH, "SELECT seq, reason FROM every_correction WHERE log_id = ?1"
			     " AND seq > ?2 AND seq <= ?3 ORDER BY seq, made_ms, reason" },
	{ ST_CREDIT_EACH, "SELECT seq, attendee FROM credit WHERE log_id = ?1 AND seq > ?2"
			  " AND seq <= ?3 ORDER BY seq" },
	{ ST_NAMES_EVENT, "SELECT title, code FROM event WHERE id = ?1" },
	{ ST_NAMES_SESSION, "SELECT title, code, room, cluster FROM session WHERE id = ?1" },
	{ ST_NAMES_PERSON, "SELECT organisation, trim(given_name || ' ' || family_name),"
			   " cluster FROM attendee WHERE id = ?1" },
	{ ST_NAMES_ORGANISATION,
		"SELECT o.name, o.kind, o.cluster FROM organisation p JOIN organisation o"
		" ON o.id = coalesce(p.root, p.id) WHERE p.id = ?1" },
	{ ST_TAP_SUMMARY,
		"SELECT (SELECT count(*) FROM every_tap), (SELECT coalesce(max(seq), 0) FROM tap),"
		" (SELECT count(*) FROM every_tap WHERE verdict = 'unknown'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'random-id'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'unreadable'),"
		" (SELECT count(*) FROM every_correction)" },
	{ ST_CORRECT, "INSERT INTO correction (seq, reason, made_ms) SELECT ?1, ?2, ?3"
		      " WHERE EXISTS (SELECT 1 FROM tap WHERE seq = ?1)" },
	{ ST_PEER_CORRECT, "INSERT INTO peer_correction (log_id, seq, reason, made_ms) SELECT "
			   "p.log_id, ?1, ?2,"
			   " ?3 FROM peer_log p JOIN peer_tap t ON t.log = p.number AND t.seq = ?1"
			   " WHERE p.number = ?4 AND t.seq <= p.shown_seq" },
	{ ST_IS_CORRECTED, "SELECT 1 FROM every_correction WHERE log_id = ?1 AND seq = ?2" },
	{ ST_ANCHOR_ADD,
		"INSERT INTO anchor (boot_id, mono_ms, wall_ms, grade) VALUES (?1,?2,?3,?4)" },
	{ ST_ANCHOR_EACH, "SELECT boot_id, mono_ms, wall_ms, grade FROM anchor"
			  " ORDER BY boot_id, mono_ms, wall_ms, grade" },
	{ ST_TAP_DAY, "SELECT " DAY_COLUMNS " FROM tap t " DAY_JOINS
		      " WHERE t.seq < ?1 AND ?3 = 0 ORDER BY t.seq DESC LIMIT ?2" },
	{ ST_PEER_TAP_DAY, "SELECT " DAY_COLUMNS " FROM peer_tap t " DAY_JOINS
			   " WHERE t.log = ?3 AND t.seq < ?1 ORDER BY t.seq DESC LIMIT ?2" },
	{ ST_TAP_NEWEST, "SELECT seq, wall_ms FROM tap ORDER BY seq DESC LIMIT 1" },
	/* By a clock that nobody could trust no session was known; by one that is less than the
	 * best it may have been another one. What somebody chose, or a rule assumed, stays. The
	 * last: whose it was, if that no longer depends on whose the badge is. */
	{ ST_TAP_UNTIMED,
		"SELECT t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.seq, t.badge_key, t.technology,"
		" t.direction, t.counts, t.event, t.session, coalesce(t.attendee, k.attendee)"
		" FROM tap t LEFT JOIN credit k ON k.seq = t.seq"
		" AND k.log_id = (SELECT log_id FROM log)"
		" WHERE t.seq > ?1 AND t.grade < ?2 AND (t.grade > 0 OR t.session IS NULL)"
		" AND t.verdict IN ('checked-in', 'checked-out', 'repeat', 'unknown', 'closed')"
		" AND t.note <> 'assumed' AND t.note NOT LIKE 'choice:%'"
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq) ORDER BY t.seq" },
	{ ST_TAP_OF, "SELECT badge_key, event, coalesce(attendee, '') FROM tap WHERE seq = ?1" },
	/* Check-ins of our own log that nothing follows in the same place, with the end of their
	 * session and of the day's programme: the day the session is of, else the tap; in the
	 * session's time zone. */
	{ ST_STAY_OPEN,
		"SELECT t.seq, t.badge_key, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.kiosk, "
		"t.event,"
		" t.session, t.attendee, (SELECT end_ms FROM session WHERE id = t.session),"
		" (SELECT max(s.end_ms) FROM session s"
		"  WHERE s.event = t.event AND s.state <> 'cancelled'"
		"  AND ((s.start_ms + s.utc_offset_min * 60000) / 86400000 ="
		"  (coalesce((SELECT start_ms FROM session WHERE id = t.session), t.wall_ms)"
		"  + s.utc_offset_min * 60000) / 86400000"
		"  OR (s.start_ms <= t.wall_ms AND t.wall_ms < s.end_ms)))"
		" FROM tap t WHERE t.seq > ?1 AND t.seq <= ?2 AND t.direction = 1 AND t.grade > 0"
		" AND NOT EXISTS (SELECT 1 FROM tap o WHERE o.badge_key = t.badge_key AND o.seq > "
		"t.seq"
		"  AND o.direction > 0 AND o.event IS t.event AND o.session IS t.session)"
		" AND NOT EXISTS (SELECT 1 FROM peer_tap p WHERE p.badge_key = t.badge_key"
		"  AND p.direction = 2 AND p.wall_ms > t.wall_ms)"
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq) ORDER BY t.seq" },
	{ 0 },
};
