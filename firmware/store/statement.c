#include "store/store_private.h"

#include <errno.h>
#include <string.h>

#include "base/log.h"
#include "core/text.h"

/* What is hashed of a tap, and its hash. */
#define CHAIN_COLUMNS_AFTER_SEQ                                                                    \
	"id, badge_key, boot_id, mono_ms, wall_ms, grade, technology, verdict, direction, counts," \
	" kiosk, event, session, attendee, note, chain"
#define CHAIN_COLUMNS "seq, " CHAIN_COLUMNS_AFTER_SEQ

/* A row of the log as exported, of whichever log it is; ?4 is that log's id. */
#define EXPORT_COLUMNS                                                                            \
	"t.seq, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.kiosk, e.title, s.title, s.code,"     \
	" s.room, s.cluster, t.direction, t.verdict, t.counts AND a.id IS NOT NULL,"              \
	" o.name, o.kind, o.cluster, a.id,"                                                       \
	" trim(coalesce(a.given_name, '') || ' ' || coalesce(a.family_name, '')),"                \
	" t.note, (SELECT c.reason FROM every_correction c WHERE c.log_id = ?4 AND c.seq = t.seq" \
	" ORDER BY c.made_ms, c.reason LIMIT 1), e.id, e.code, s.id"
#define EXPORT_JOINS                                                                   \
	"LEFT JOIN event e ON e.id = t.event LEFT JOIN session s ON s.id = t.session"  \
	" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL"        \
	" LEFT JOIN credit k ON k.log_id = ?4 AND k.seq = t.seq"                       \
	" LEFT JOIN attendee a ON a.id = coalesce(t.attendee, k.attendee, l.attendee)" \
	" LEFT JOIN organisation p ON p.id = a.organisation"                           \
	" LEFT JOIN organisation o ON o.id = coalesce(p.root, p.id)"

/* An organisation, and the name of the one it is part of. */
#define ORGANISATION_COLUMNS \
	"o.id, o.name, o.kind, o.education_level, o.cluster, o.region, o.growth, o.kvk,"
#define ORGANISATION_PEOPLE "(SELECT count(*) FROM attendee a WHERE a.organisation = o.id)"
#define ORGANISATION_JOIN "FROM organisation o LEFT JOIN organisation r ON r.id = o.root"
/* The same for the organiser's page of today. */
#define DAY_COLUMNS                                                                             \
	"t.seq, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.direction, t.verdict,"              \
	" t.counts AND a.id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE" \
	" c.log_id = ?4 AND c.seq = t.seq),"                                                    \
	" t.verdict = 'unknown' AND l.badge_key IS NULL AND b.badge_key IS NULL,"               \
	" t.event, t.session, s.room, a.id,"                                                    \
	" trim(coalesce(a.given_name, '') || ' ' || coalesce(a.family_name, '')),"              \
	" o.id, o.name, o.cluster, t.badge_key"
#define DAY_JOINS "LEFT JOIN blocked b ON b.badge_key = t.badge_key"
/* When the event of the row is over; when the person's last tap is past, with its event. */
#define END_OF(row) \
	"SELECT max(end_ms) FROM session WHERE event = " row ".event AND state <> 'cancelled'"
#define LAST_TIME_OF(log)                                                  \
	"SELECT max(coalesce((" END_OF(                                    \
		"t") "), min(t.wall_ms, ?2))) FROM link l CROSS JOIN " log \
		     " t ON t.badge_key = l.badge_key WHERE l.attendee = a.id"

/* The one place where SQL is written, but for the schema and the merge. */
static const char *const sql[ST_COUNT] = {
	[ST_BEGIN] = "BEGIN IMMEDIATE",
	[ST_COMMIT] = "COMMIT",
	[ST_ROLLBACK] = "ROLLBACK",
	[ST_DATA_VERSION] = "PRAGMA data_version",
	[ST_LOG] = "SELECT log_id, venue FROM log",
	[ST_VENUE_CLAIM] =
		"UPDATE log SET venue = ?1 WHERE NOT EXISTS (SELECT 1 FROM every_tap)"
		" AND NOT EXISTS (SELECT 1 FROM link) AND NOT EXISTS (SELECT 1 FROM blocked)"
		" OR venue = ''",

	[ST_TAP_INSERT] =
		"INSERT INTO tap (seq, id, badge_key, boot_id, mono_ms, wall_ms, grade, technology,"
		" verdict, direction, counts, kiosk, event, session, attendee, note, chain)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
	[ST_PEER_TAP_PUT] =
		"INSERT INTO peer_tap (seq, " CHAIN_COLUMNS_AFTER_SEQ ", log)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18)",
	[ST_TAP_COUNT_ONLY] = "INSERT INTO tally (day, kiosk, verdict, count) VALUES (?1,?2,?3,1)"
			      " ON CONFLICT DO UPDATE SET count = count + 1",
	/* The last check-in or check-out in the scope; a corrected one is skipped. A badge that was
	 * linked later is found by its key. */
	[ST_TAP_PRESENCE_ATTENDEE] =
		"SELECT t.seq, t.direction, t.wall_ms, t.mono_ms, t.boot_id FROM tap t"
		" WHERE t.badge_key IN (SELECT badge_key FROM link WHERE attendee = ?1 AND "
		"until_ms IS NULL UNION SELECT ?2 UNION SELECT ?7)"
		" AND t.wall_ms >= ?5 AND t.wall_ms < ?6 AND t.direction > 0 AND t.event IS ?3"
		" AND (?4 IS NULL OR t.session IS ?4)"
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq)"
		" ORDER BY t.seq DESC LIMIT 1",
	[ST_TAP_PRESENCE_KEY] =
		"SELECT t.seq, t.direction, t.wall_ms, t.mono_ms, t.boot_id FROM tap t WHERE "
		"t.badge_key = ?2"
		" AND t.wall_ms >= ?5 AND t.wall_ms < ?6 AND t.direction > 0 AND t.event IS ?3"
		" AND (?4 IS NULL OR t.session IS ?4) AND ?1 IS ?1"
		" AND NOT EXISTS (SELECT 1 FROM every_correction c WHERE c.log_id = (SELECT log_id"
		" FROM log) AND c.seq = t.seq)"
		" ORDER BY t.seq DESC LIMIT 1",
	/* Among the logs taken in from other kiosks their own clocks are all there is to go by. */
	[ST_PEER_PRESENCE] =
		"SELECT t.seq, t.direction, t.wall_ms, t.mono_ms, t.boot_id"
		" FROM peer_tap t JOIN peer_log p ON p.number = t.log AND t.seq <= p.shown_seq"
		" WHERE t.badge_key IN (SELECT badge_key FROM link WHERE attendee = ?1 AND"
		" until_ms IS NULL UNION SELECT ?2 UNION SELECT ?7)"
		" AND t.wall_ms >= ?5 AND t.wall_ms < ?6 AND t.direction > 0 AND t.event IS ?3"
		" AND (?4 IS NULL OR t.session IS ?4)"
		" AND NOT EXISTS (SELECT 1 FROM peer_correction c WHERE c.log_id = p.log_id AND"
		" c.seq = t.seq)"
		" ORDER BY t.wall_ms DESC, p.log_id, t.seq DESC LIMIT 1",
	[ST_TAP_LAST] = "SELECT seq, chain FROM tap ORDER BY seq DESC LIMIT 1",
	[ST_PEER_TAP_LAST] =
		"SELECT seq, chain FROM peer_tap WHERE log = ?1 ORDER BY seq DESC LIMIT 1",
	[ST_TAP_AT] = "SELECT chain FROM tap WHERE seq = ?2 AND ?1 = 0",
	[ST_PEER_TAP_AT] = "SELECT chain FROM peer_tap WHERE seq = ?2 AND log = ?1",
	[ST_LOG_EACH] =
		"SELECT 0, log_id, made_ms, (SELECT coalesce(max(seq), 0) FROM tap) FROM log"
		" UNION ALL SELECT number, log_id, made_ms, shown_seq FROM peer_log"
		" ORDER BY 2",
	[ST_TAP_KEY] = "SELECT badge_key FROM tap WHERE seq = ?1",
	[ST_PEER_TAP_KEY] = "SELECT badge_key FROM peer_tap WHERE seq = ?1 AND log = ?2",
	[ST_TAP_EACH_CHAIN] =
		"SELECT " CHAIN_COLUMNS
		" FROM tap WHERE seq > ?1 AND ?3 = 0 AND seq <= ?4 ORDER BY seq LIMIT ?2",
	[ST_PEER_TAP_EACH_CHAIN] =
		"SELECT " CHAIN_COLUMNS
		" FROM peer_tap WHERE log = ?3 AND seq > ?1 AND seq <= ?4 ORDER BY seq LIMIT ?2",
	[ST_TAP_EXPORT] = "SELECT " EXPORT_COLUMNS " FROM tap t " EXPORT_JOINS
			  " WHERE t.seq > ?1 AND ?3 = 0 AND t.seq <= ?5 ORDER BY t.seq LIMIT ?2",
	[ST_PEER_TAP_EXPORT] = "SELECT " EXPORT_COLUMNS " FROM peer_tap t " EXPORT_JOINS
			       " WHERE t.log = ?3 AND t.seq > ?1 AND t.seq <= ?5"
			       " ORDER BY t.seq LIMIT ?2",
	[ST_TAP_SUMMARY] =
		"SELECT (SELECT count(*) FROM every_tap), (SELECT coalesce(max(seq), 0) FROM tap),"
		" (SELECT count(*) FROM every_tap WHERE verdict = 'unknown'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'random-id'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'unreadable'),"
		" (SELECT count(*) FROM every_correction)",
	[ST_CORRECT] = "INSERT INTO correction (seq, reason, made_ms) SELECT ?1, ?2, ?3"
		       " WHERE EXISTS (SELECT 1 FROM tap WHERE seq = ?1)",
	[ST_PEER_CORRECT] = "INSERT INTO peer_correction (log_id, seq, reason, made_ms) SELECT "
			    "p.log_id, ?1, ?2,"
			    " ?3 FROM peer_log p JOIN peer_tap t ON t.log = p.number AND t.seq = ?1"
			    " WHERE p.number = ?4 AND t.seq <= p.shown_seq",
	[ST_IS_CORRECTED] = "SELECT 1 FROM every_correction WHERE log_id = ?1 AND seq = ?2",
	[ST_ANCHOR_ADD] =
		"INSERT INTO anchor (boot_id, mono_ms, wall_ms, grade) VALUES (?1,?2,?3,?4)",
	[ST_ANCHOR_EACH] = "SELECT boot_id, mono_ms, wall_ms, grade FROM anchor"
			   " ORDER BY boot_id, mono_ms, wall_ms, grade",

	[ST_BADGE_OWNER] = "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			   "o.education_level, o.cluster, o.region, o.growth,"
			   " a.email, a.language, a.sessions, EXISTS (SELECT 1 FROM blocked WHERE "
			   "badge_key = ?1)"
			   " FROM (SELECT ?1 AS badge_key) k LEFT JOIN link l ON l.badge_key = "
			   "k.badge_key AND l.until_ms IS NULL"
			   " LEFT JOIN attendee a ON a.id = l.attendee LEFT JOIN organisation o ON "
			   "o.id = a.organisation",
	[ST_BADGE_CURRENT] = "SELECT attendee FROM link WHERE badge_key = ?1 AND until_ms IS NULL",
	[ST_BADGE_END_LINK] =
		"UPDATE link SET until_ms = ?2 WHERE badge_key = ?1 AND until_ms IS NULL",
	[ST_BADGE_LINK] = "INSERT INTO link (badge_key, attendee, from_ms) SELECT ?1, id, ?3 FROM "
			  "attendee WHERE id = ?2",
	[ST_BADGE_BLOCK] =
		"INSERT INTO blocked (badge_key, from_ms) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
	[ST_BADGE_EACH] =
		"SELECT k.badge_key, l.attendee, trim(a.given_name || ' ' || a.family_name),"
		" b.badge_key IS NOT NULL FROM (SELECT badge_key FROM link WHERE until_ms IS NULL"
		" UNION SELECT badge_key FROM blocked) k"
		" LEFT JOIN link l ON l.badge_key = k.badge_key AND l.until_ms IS NULL"
		" LEFT JOIN attendee a ON a.id = l.attendee LEFT JOIN blocked b ON b.badge_key = "
		"k.badge_key"
		" ORDER BY a.family_name, a.given_name, k.badge_key",
	[ST_ATTENDEE_FIND] =
		"SELECT a.id, a.given_name, a.family_name, o.name, o.kind, o.education_level, "
		"o.cluster, o.region, o.growth,"
		" a.email, a.language, a.sessions FROM attendee a LEFT JOIN organisation o ON o.id "
		"= a.organisation"
		" WHERE a.id = ?1 OR a.email = ?1 COLLATE NOCASE"
		" OR trim(a.given_name || ' ' || a.family_name) = ?1 COLLATE NOCASE LIMIT 2",
	[ST_ATTENDEE_EACH] = "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			     "o.education_level, o.cluster, o.region, o.growth,"
			     " a.email, a.language, a.sessions FROM attendee a LEFT JOIN "
			     "organisation o ON o.id = a.organisation"
			     " ORDER BY a.family_name, a.given_name, a.id",
	[ST_ATTENDEE_COUNT] = "SELECT count(*) FROM attendee",

	[ST_IMPORT_ORGANISATION] =
		"INSERT INTO staged_organisation (generation, id, name, kind, education_level, "
		"cluster, region, growth, kvk)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT DO UPDATE SET"
		" name = coalesce(nullif(name, ''), excluded.name),"
		" kvk = coalesce(nullif(excluded.kvk, ''), kvk),"
		" kind = coalesce(nullif(excluded.kind, ''), kind),"
		" education_level = coalesce(nullif(excluded.education_level, ''), "
		"education_level),"
		" cluster = coalesce(nullif(excluded.cluster, ''), cluster),"
		" region = coalesce(nullif(excluded.region, ''), region),"
		" growth = coalesce(nullif(excluded.growth, ''), growth)",
	[ST_IMPORT_ROW] = "INSERT INTO staged_attendee (generation, id, given_name, family_name, "
			  "organisation, email, language,"
			  " sessions, badge_key) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT "
			  "DO UPDATE SET"
			  " given_name = excluded.given_name, family_name = excluded.family_name,"
			  " organisation = excluded.organisation, email = excluded.email, language "
			  "= excluded.language,"
			  " sessions = excluded.sessions, badge_key = coalesce(excluded.badge_key, "
			  "badge_key)",
	[ST_IMPORT_CLEAR] =
		"DELETE FROM generation WHERE id = ?1 OR (finished_ms IS NULL AND begun_ms < ?2)",
	[ST_IMPORT_COUNT] =
		"SELECT count(*) FILTER (WHERE a.id IS NULL), count(*) FILTER (WHERE a.id IS NOT "
		"NULL AND"
		" ((a.given_name, a.family_name, a.organisation, a.email, a.language, a.sessions) "
		"IS NOT"
		" (coalesce(nullif(s.given_name, ''), a.given_name), "
		"coalesce(nullif(s.family_name, ''), a.family_name),"
		" coalesce(s.organisation, a.organisation), coalesce(nullif(s.email, ''), a.email),"
		" coalesce(nullif(s.language, ''), a.language), coalesce(nullif(s.sessions, ''), "
		"a.sessions))"
		" OR (s.badge_key IS NOT NULL AND l.badge_key IS NULL))), count(*)"
		" FROM staged_attendee s LEFT JOIN attendee a ON a.id = s.id"
		" LEFT JOIN link l ON l.badge_key = s.badge_key AND l.attendee = s.id AND "
		"l.until_ms IS NULL"
		" WHERE s.generation = ?1",
	[ST_IMPORT_BADGES] =
		"SELECT s.badge_key FROM staged_attendee s LEFT JOIN link l ON "
		"l.badge_key = s.badge_key AND l.until_ms IS NULL"
		" WHERE s.generation = ?1 AND s.badge_key IS NOT NULL AND l.attendee "
		"IS NOT s.id"
		" AND EXISTS (SELECT 1 FROM every_tap t WHERE t.badge_key = s.badge_key)",
	/* A file that has no such column says nothing about it: what is known stays. */
	[ST_IMPORT_FLIP_ORGANISATION] =
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth,"
		" kvk, changed_ms)"
		" SELECT id, name, kind, education_level, cluster, region, growth, kvk, ?2"
		" FROM staged_organisation"
		" WHERE generation = ?1 ON CONFLICT DO UPDATE SET"
		" name = coalesce(nullif(excluded.name, ''), name),"
		" kvk = coalesce(nullif(excluded.kvk, ''), kvk),"
		" kind = coalesce(nullif(excluded.kind, ''), kind),"
		" education_level = coalesce(nullif(excluded.education_level, ''), "
		"education_level),"
		" cluster = coalesce(nullif(excluded.cluster, ''), cluster),"
		" region = coalesce(nullif(excluded.region, ''), region),"
		" growth = coalesce(nullif(excluded.growth, ''), growth), changed_ms = "
		"excluded.changed_ms",
	[ST_IMPORT_FLIP_ATTENDEE] =
		"INSERT INTO attendee (id, given_name, family_name, organisation, email, language,"
		" sessions, changed_ms)"
		" SELECT id, given_name, family_name, organisation, email, language, sessions, ?2"
		" FROM staged_attendee"
		" WHERE generation = ?1 ON CONFLICT DO UPDATE SET"
		" given_name = coalesce(nullif(excluded.given_name, ''), given_name),"
		" family_name = coalesce(nullif(excluded.family_name, ''), family_name),"
		" organisation = coalesce(excluded.organisation, organisation),"
		" email = coalesce(nullif(excluded.email, ''), email),"
		" language = coalesce(nullif(excluded.language, ''), language),"
		" sessions = coalesce(nullif(excluded.sessions, ''), sessions),"
		" changed_ms = excluded.changed_ms, forgotten_ms = NULL",
	[ST_IMPORT_FLIP_END_LINK] = "UPDATE link SET until_ms = ?2 WHERE until_ms IS NULL AND "
				    "EXISTS (SELECT 1 FROM staged_attendee s"
				    " WHERE s.generation = ?1 AND s.badge_key = link.badge_key AND "
				    "s.id <> link.attendee)",
	[ST_IMPORT_FLIP_LINK] = "INSERT INTO link (badge_key, attendee, from_ms) SELECT "
				"s.badge_key, s.id, ?2 FROM staged_attendee s"
				" WHERE s.generation = ?1 AND s.badge_key IS NOT NULL AND NOT "
				"EXISTS (SELECT 1 FROM link l"
				" WHERE l.badge_key = s.badge_key AND l.until_ms IS NULL)",
	[ST_GENERATION_ADD] = "INSERT INTO generation (source, begun_ms) VALUES (?1, ?2)",
	[ST_GENERATION_FINISH] = "UPDATE generation SET finished_ms = ?2 WHERE id = ?1",

	[ST_EVENT_FIND] = "SELECT e.id, e.code, e.title, e.venue FROM event e LEFT JOIN session s "
			  "ON s.event = e.id"
			  " WHERE ?1 = '' OR e.code = ?1 COLLATE NOCASE OR e.title = ?1 COLLATE "
			  "NOCASE OR e.id = ?1"
			  " GROUP BY e.id ORDER BY max(0, coalesce(min(s.start_ms), 9e15) - ?2, ?2 "
			  "- coalesce(max(s.end_ms), 0)), e.code"
			  " LIMIT 1",
	[ST_EVENT_EACH] = "SELECT id, code, title, venue FROM event ORDER BY code",
	[ST_EVENT_SAVE] =
		"INSERT INTO event (id, code, title, venue, changed_ms) VALUES (?1,?2,?3,?4,?5)"
		" ON CONFLICT DO UPDATE SET title = excluded.title,"
		" venue = coalesce(nullif(excluded.venue, ''), venue), changed_ms = "
		"excluded.changed_ms",
	[ST_SESSION_LOAD] =
		"SELECT s.id, s.code, s.title, s.host, s.room, s.cluster, s.start_ms, s.end_ms, "
		"s.announced_start_ms,"
		" s.utc_offset_min, s.capacity, s.kind, s.state, (SELECT coalesce(sum(v.checkins), "
		"0)"
		" FROM number n JOIN attended v ON v.session = n.no WHERE n.id = s.id)"
		" FROM session s WHERE s.event = ?1 ORDER BY s.start_ms, s.room, s.code",
	[ST_SESSION_TAKEN] = "SELECT coalesce(sum(v.checkins), 0) FROM number n JOIN attended v "
			     "ON v.session = n.no WHERE n.id = ?1",
	[ST_SESSION_ROW] = "SELECT start_ms, announced_start_ms, room, announced_room, title, "
			   "host, cluster, end_ms,"
			   " capacity, kind, state FROM session WHERE id = ?1",
	[ST_SESSION_SAVE] =
		"INSERT INTO session (id, event, code, title, host, room, cluster, start_ms, "
		"end_ms,"
		" announced_start_ms, utc_offset_min, capacity, kind, state, announced_room, "
		"changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
		" ON CONFLICT (id) DO UPDATE SET title = excluded.title, host = excluded.host,"
		" room = excluded.room, cluster = excluded.cluster, start_ms = excluded.start_ms,"
		" end_ms = excluded.end_ms, utc_offset_min = excluded.utc_offset_min,"
		" capacity = excluded.capacity, kind = excluded.kind, state = excluded.state,"
		" changed_ms = excluded.changed_ms",
	[ST_SESSION_MISSING] = "SELECT id FROM session WHERE event = ?1 AND state <> 'cancelled'",
	[ST_SESSION_CANCEL] =
		"UPDATE session SET state = 'cancelled', changed_ms = ?2 WHERE id = ?1",
	[ST_CLUSTER_LOAD] =
		"SELECT c.code, c.name_nl, c.name_en, c.short_nl, c.short_en, c.target,"
		" (SELECT count(DISTINCT r.id) FROM session s JOIN number n ON n.id = s.id"
		" JOIN attended v ON v.session = n.no AND v.checkins > 0"
		" JOIN number m ON m.no = v.organisation JOIN organisation o ON o.id = m.id"
		" JOIN organisation r ON r.id = coalesce(o.root, o.id) AND r.kind IN "
		"('company', 'education')"
		" WHERE s.event = ?1 AND s.cluster = c.code)"
		" FROM cluster c ORDER BY c.position, c.code",
	[ST_CLUSTER_SEAT] =
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
		" WHERE s.event = ?1 AND s.cluster = ?2",
	[ST_CLUSTER_SAVE] =
		"INSERT INTO cluster (code, name_nl, name_en, short_nl, short_en, target, position,"
		" changed_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,(SELECT coalesce(max(position), 0) + 1 FROM "
		"cluster),?7)"
		" ON CONFLICT (code) DO UPDATE SET name_nl = excluded.name_nl,"
		" name_en = excluded.name_en, short_nl = excluded.short_nl,"
		" short_en = excluded.short_en, target = excluded.target,"
		" changed_ms = excluded.changed_ms",

	[ST_CODE_LOAD] =
		"SELECT salt, digest, boot_id, until_mono_ms, wrong, used FROM one_time_code",
	[ST_CODE_SAVE] = "INSERT OR REPLACE INTO one_time_code (one, salt, digest, boot_id, "
			 "until_mono_ms, wrong, used)"
			 " VALUES (1,?1,?2,?3,?4,?5,?6)",
	[ST_ORGANISER_ADD] =
		"INSERT INTO organiser_badge (badge_key, from_ms) SELECT ?1, ?2 WHERE NOT EXISTS"
		" (SELECT 1 FROM link WHERE badge_key = ?1 AND until_ms IS NULL)"
		" ON CONFLICT DO UPDATE SET from_ms = from_ms",
	[ST_ORGANISER_OPENS] = "SELECT 1 FROM organiser_badge WHERE badge_key = ?1"
			       " AND NOT EXISTS (SELECT 1 FROM blocked WHERE badge_key = ?1)",
	[ST_ORGANISER_EACH] = "SELECT badge_key FROM organiser_badge WHERE badge_key NOT IN"
			      " (SELECT badge_key FROM blocked) ORDER BY badge_key",

	[ST_SEAL_ADD] = "INSERT INTO log_seal (log_id, seq, public_key, head, made_ms, signature)"
			" VALUES (?1,?2,?3,?4,?5,?6)",
	[ST_SEAL_LAST] = "SELECT seq FROM log_seal WHERE log_id = ?1 AND public_key = ?2"
			 " ORDER BY seq DESC LIMIT 1",
	[ST_SEAL_EACH] = "SELECT seq, public_key, head, made_ms, signature FROM log_seal"
			 " WHERE log_id = ?1 ORDER BY seq",
	[ST_GUARDS] = "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND"
		      " name IN ('tap_kept', 'correction_kept')",
	[ST_FORGET_NOTES] =
		"DELETE FROM hand_note WHERE EXISTS (SELECT 1 FROM every_tap t WHERE t.log_id ="
		" hand_note.log_id AND t.seq = hand_note.seq AND (t.attendee = ?1 OR t.badge_key IN"
		" (SELECT badge_key FROM link WHERE attendee = ?1)))",
	[ST_FORGET_BADGE] = "SELECT badge_key FROM link WHERE attendee = ?1 LIMIT 1",
	[ST_FORGET_CREDIT] =
		"INSERT OR IGNORE INTO credit (log_id, seq, attendee) SELECT t.log_id, t.seq, ?1"
		" FROM every_tap t WHERE t.badge_key = ?2 AND t.attendee IS NULL AND EXISTS "
		"(SELECT 1"
		" FROM link WHERE badge_key = ?2 AND attendee = ?1 AND until_ms IS NULL)",
	[ST_FORGET_LINK] = "DELETE FROM link WHERE attendee = ?1 AND badge_key = ?2",
	[ST_FORGET_NAMES] =
		"UPDATE attendee SET given_name = '', family_name = '', email = '', language = '',"
		" sessions = '', event = NULL, changed_ms = max(changed_ms, ?2), forgotten_ms = ?2"
		" WHERE id = ?1 AND forgotten_ms IS NULL",
	[ST_FORGET_NEXT] = "SELECT id FROM attendee WHERE id > ?1 AND forgotten_ms IS NULL"
			   " ORDER BY id LIMIT 1",
	[ST_FORGOTTEN_EACH] =
		"SELECT id, forgotten_ms FROM attendee WHERE forgotten_ms IS NOT NULL",
	/* A tap whose clock ran ahead of ours keeps nobody's name for ever. */
	[ST_KEPT_UNTIL] =
		"SELECT max(a.changed_ms, coalesce(iif(a.event IS NULL, (SELECT min(end_ms) FROM"
		" (SELECT max(end_ms) AS end_ms FROM session WHERE state <> 'cancelled' GROUP BY "
		"event)"
		" WHERE end_ms >= a.changed_ms), (" END_OF(
			"a") ")), 0),"
			     " coalesce((" LAST_TIME_OF("tap") "), 0), coalesce((" LAST_TIME_OF(
				     "peer_tap") "), 0))"
						 " FROM attendee a WHERE a.id = ?1",
	[ST_PURGE_IS_DUE] = "UPDATE log SET purge_due = 1",
	[ST_PURGE_DUE] = "SELECT purge_due FROM log",
	[ST_PURGE_DONE] = "UPDATE log SET purge_due = 0",
	[ST_PURGE_STAGED] = "SELECT EXISTS (SELECT 1 FROM staged_attendee)",
	[ST_ATTACH_OTHER] = "ATTACH ?1 AS other",
	[ST_DETACH_OTHER] = "DETACH other",
	[ST_PEER_LOG_ADD] =
		"INSERT OR IGNORE INTO peer_log (log_id, made_ms, shown_seq) VALUES (?1,"
		" ?2, 0)",
	[ST_PEER_LOG_NUMBER] = "SELECT number FROM peer_log WHERE log_id = ?1",
	[ST_PEER_TAP_DROP_UNSHOWN] = "DELETE FROM peer_tap WHERE log = ?1 AND seq > (SELECT "
				     "shown_seq FROM peer_log WHERE"
				     " number = ?1)",
	[ST_PEER_LOG_SHOW] = "UPDATE peer_log SET shown_seq = max(shown_seq, ?2) WHERE log_id = ?1",
	[ST_MERGE_TAPS] = "INSERT INTO main.peer_tap SELECT ?1, " CHAIN_COLUMNS
			  " FROM other.tap WHERE ?2 = 0 AND seq > (SELECT coalesce(max(seq), 0) "
			  "FROM main.peer_tap"
			  " WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT ?4",
	[ST_MERGE_PEER_TAPS] =
		"INSERT INTO main.peer_tap SELECT ?1, " CHAIN_COLUMNS
		" FROM other.peer_tap WHERE log = ?2 AND seq > (SELECT coalesce(max(seq), 0) FROM"
		" main.peer_tap WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT ?4",
	[ST_NUMBER_FIND] = "SELECT no FROM number WHERE id = ?1",
	[ST_NUMBER_ADD] = "INSERT INTO number (id) VALUES (?1)",
	[ST_COUNT_OWNER] =
		"SELECT id, organisation FROM attendee WHERE id = coalesce(?1,"
		" (SELECT attendee FROM link WHERE badge_key = ?2 AND until_ms IS NULL))",
	[ST_COUNT_BEFORE] =
		"SELECT t.direction, t.boot_id, t.mono_ms FROM tap t WHERE t.badge_key = ?1 AND "
		"t.seq < ?2"
		" AND t.direction > 0 AND t.event IS ?3 AND t.session IS ?4 AND NOT EXISTS (SELECT "
		"1 FROM"
		" every_correction c WHERE c.log_id = (SELECT log_id FROM log) AND c.seq = t.seq)"
		" ORDER BY t.seq DESC LIMIT 1",
	/* A stay is from a check-in to the check-out that follows it in the same place. */
	[ST_COUNT_OF_BADGE] =
		"SELECT t.event, t.session, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.direction, "
		"t.counts,"
		" a.id, a.organisation, lag(t.direction) OVER place, lag(t.boot_id) OVER place,"
		" lag(t.mono_ms) OVER place FROM every_tap t"
		" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL"
		" LEFT JOIN credit k ON k.log_id = t.log_id AND k.seq = t.seq"
		" LEFT JOIN attendee a ON a.id = coalesce(t.attendee, k.attendee, l.attendee)"
		" WHERE t.badge_key = ?1 AND t.direction > 0 AND NOT EXISTS"
		" (SELECT 1 FROM every_correction c WHERE c.log_id = t.log_id AND c.seq = t.seq)"
		" WINDOW place AS (PARTITION BY t.log_id, t.event, t.session ORDER BY t.seq)",
	[ST_COUNT_BADGES] = "SELECT min(badge_key) FROM (SELECT min(badge_key) AS badge_key FROM "
			    "tap WHERE badge_key > ?1"
			    " UNION ALL SELECT min(badge_key) FROM peer_tap WHERE badge_key > ?1)",
	[ST_COUNT_BOOT] =
		"SELECT boot_id, badge_key, session IS NULL AND direction > 0 AND grade < ?1"
		" FROM tap ORDER BY seq DESC",
	[ST_ANCHOR_OF_BOOT] = "SELECT boot_id, mono_ms, wall_ms, grade FROM anchor WHERE boot_id = "
			      "?1 ORDER BY rowid",
	[ST_ATTENDED_ADD] =
		"INSERT INTO attended (session, event, day, organisation, checkins, stays, stay_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7) ON CONFLICT DO UPDATE SET checkins = checkins + "
		"excluded.checkins,"
		" stays = stays + excluded.stays, stay_ms = stay_ms + excluded.stay_ms",
	[ST_ATTENDED_CLEAN] = "DELETE FROM attended WHERE session = ?1 AND event = ?2 AND day = ?3 "
			      "AND organisation = ?4"
			      " AND checkins = 0 AND stays = 0",
	[ST_VISIT_FIND] = "SELECT checkins FROM visit WHERE person = ?1 AND session = ?2 AND event "
			  "= ?3 AND day = ?4",
	[ST_VISIT_ADD] =
		"INSERT INTO visit (person, session, event, day, organisation, checkins, stays, "
		"stay_ms)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8) ON CONFLICT DO UPDATE SET checkins = checkins + "
		"excluded.checkins,"
		" stays = stays + excluded.stays, stay_ms = stay_ms + excluded.stay_ms",
	[ST_VISIT_CLEAN] =
		"DELETE FROM visit WHERE person = ?1 AND session = ?2 AND event = ?3 AND day = ?4"
		" AND checkins = 0 AND stays = 0",
	[ST_ATTENDER_FIND] = "SELECT bits FROM attender WHERE session = ?1 AND event = ?2 AND day "
			     "= ?3 AND chunk = ?4",
	[ST_ATTENDER_SAVE] =
		"INSERT INTO attender (session, event, day, chunk, bits) VALUES (?1,?2,?3,?4,?5)"
		" ON CONFLICT DO UPDATE SET bits = excluded.bits",
	[ST_ATTENDER_CLEAN] = "DELETE FROM attender WHERE session = ?1 AND event = ?2 AND day = ?3 "
			      "AND chunk = ?4",
	[ST_ATTENDED_CLEAR] = "DELETE FROM attended",
	[ST_VISIT_CLEAR] = "DELETE FROM visit",
	[ST_ATTENDER_CLEAR] = "DELETE FROM attender",
	[ST_RECOUNT_DUE] = "SELECT due FROM recount",
	[ST_RECOUNT_DONE] = "UPDATE recount SET due = 0",
	/* The last tap of each person that day. Our log and the clock go together but for a day's
	 * doubt, which spares reading the whole log. */
	[ST_PERSON_EACH] =
		"WITH today (who, direction, at) AS (SELECT who, direction, max(at) FROM ("
		"SELECT coalesce(t.attendee, l.attendee) AS who, t.direction AS direction, "
		"t.wall_ms AS at"
		" FROM tap t LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL"
		" WHERE t.seq > coalesce((SELECT seq FROM tap WHERE wall_ms < ?2 - 86400000 ORDER "
		"BY seq DESC LIMIT 1), 0)"
		" AND t.wall_ms >= ?2 AND t.wall_ms < ?3 AND t.direction > 0 AND t.event IS ?1"
		" AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.seq = t.seq)"
		" UNION ALL SELECT coalesce(t.attendee, l.attendee), t.direction, t.wall_ms"
		" FROM peer_tap t JOIN peer_log p ON p.number = t.log AND t.seq <= p.shown_seq"
		" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL"
		" WHERE t.wall_ms >= ?2 AND t.wall_ms < ?3 AND t.direction > 0 AND t.event IS ?1"
		" AND NOT EXISTS (SELECT 1 FROM peer_correction c WHERE c.log_id = p.log_id AND "
		"c.seq = t.seq)"
		") GROUP BY who)"
		" SELECT a.id, a.given_name, a.family_name, o.id, o.name, o.kind, o.cluster, "
		"a.email, l.badge_key,"
		" b.badge_key IS NOT NULL, d.direction, d.at, max(l.from_ms)"
		" FROM attendee a LEFT JOIN organisation o ON o.id = a.organisation"
		" LEFT JOIN link l ON l.attendee = a.id AND l.until_ms IS NULL"
		" LEFT JOIN blocked b ON b.badge_key = l.badge_key LEFT JOIN today d ON d.who = "
		"a.id"
		" WHERE a.forgotten_ms IS NULL GROUP BY a.id"
		" ORDER BY CASE ?4 WHEN 1 THEN -coalesce(d.at, 0) ELSE 0 END,"
		" CASE ?4 WHEN 2 THEN o.name WHEN 3 THEN coalesce(nullif(o.cluster, ''), '~') ELSE "
		"'' END COLLATE NOCASE,"
		" a.given_name COLLATE NOCASE, a.family_name COLLATE NOCASE, a.id",
	[ST_PERSON_TAPS] =
		"SELECT t.seq, t.wall_ms, t.verdict, t.direction, t.counts, t.kiosk, s.title, "
		"t.badge_key, t.note,"
		" c.reason, c.made_ms, e.who, e.reason, u.who, t.log_id"
		" FROM every_tap t LEFT JOIN session s ON s.id = t.session"
		" LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL"
		" LEFT JOIN every_correction c ON c.log_id = t.log_id AND c.seq = t.seq"
		" LEFT JOIN hand_note e ON e.log_id = t.log_id AND e.seq = t.seq AND e.act = "
		"'entered'"
		" LEFT JOIN hand_note u ON u.log_id = t.log_id AND u.seq = t.seq AND u.act = "
		"'undone'"
		" WHERE t.badge_key IN (SELECT badge_key FROM link WHERE attendee = ?1 UNION "
		"SELECT ?2)"
		" AND coalesce(t.attendee, l.attendee) = ?1"
		" GROUP BY t.log_id, t.seq ORDER BY t.wall_ms DESC, t.seq DESC LIMIT 1000",
	[ST_PERSON_BADGE] =
		"SELECT badge_key, from_ms FROM link WHERE attendee = ?1 AND until_ms IS NULL"
		" ORDER BY from_ms DESC LIMIT 1",
	[ST_PERSON_ORGANISATION] =
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth, changed_ms)"
		" VALUES (?1, ?2, '', '', '', '', '', ?3) ON CONFLICT DO NOTHING",
	[ST_PERSON_SAVE] = "INSERT INTO attendee (id, given_name, family_name, organisation, "
			   "email, language, sessions, changed_ms)"
			   " VALUES (?1, coalesce(?2, ''), coalesce(?3, ''), ?4, coalesce(?5, ''), "
			   "coalesce(?6, ''), '', ?7)"
			   " ON CONFLICT (id) DO UPDATE SET given_name = excluded.given_name, "
			   "family_name = excluded.family_name,"
			   " organisation = excluded.organisation, email = excluded.email, "
			   "language = excluded.language,"
			   " changed_ms = excluded.changed_ms",
	[ST_HAND_NOTE] =
		"INSERT INTO hand_note (log_id, seq, act, who, reason, made_ms)"
		" SELECT CASE ?1 WHEN '' THEN log_id ELSE ?1 END, ?2, ?3, ?4, ?5, ?6 FROM log"
		" WHERE 1 ON CONFLICT DO NOTHING",
	[ST_BADGE_UNKNOWN_EACH] =
		"SELECT t.badge_key, count(*), max(t.wall_ms), t.wall_ms, t.kiosk, s.title FROM "
		"every_tap t"
		" LEFT JOIN session s ON s.id = t.session WHERE t.verdict = 'unknown'"
		" AND NOT EXISTS (SELECT 1 FROM link l WHERE l.badge_key = t.badge_key AND "
		"l.until_ms IS NULL)"
		" AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.badge_key = t.badge_key)"
		" GROUP BY t.badge_key ORDER BY max(t.wall_ms) DESC LIMIT 100",
	[ST_BADGE_BLOCKED_EACH] =
		"SELECT b.badge_key, b.from_ms, a.id, trim(a.given_name || ' ' || a.family_name),"
		" (SELECT count(*) FROM every_tap t WHERE t.badge_key = b.badge_key AND t.verdict "
		"= 'blocked')"
		" FROM blocked b LEFT JOIN link l ON l.badge_key = b.badge_key AND l.until_ms IS "
		"NULL"
		" LEFT JOIN attendee a ON a.id = l.attendee ORDER BY b.from_ms DESC",
	[ST_BADGE_UNBLOCK] = "DELETE FROM blocked WHERE badge_key = ?1",
	[ST_BADGE_COUNT_ALL] = "SELECT (SELECT count(*) FROM link WHERE until_ms IS NULL), (SELECT "
			       "count(*) FROM attendee a"
			       " WHERE a.forgotten_ms IS NULL AND NOT EXISTS (SELECT 1 FROM link l "
			       "WHERE l.attendee = a.id AND l.until_ms IS NULL)),"
			       " (SELECT count(*) FROM blocked)",

	/* Also among what the import that is under way has read so far. */
	[ST_ORGANISATION_BY_KVK] = "SELECT id FROM organisation WHERE kvk = ?1 UNION ALL SELECT id "
				   "FROM staged_organisation"
				   " WHERE kvk = ?1 AND generation = (SELECT max(generation) FROM "
				   "staged_organisation) LIMIT 1",
	[ST_ORGANISATION_BY_ALIAS] = "SELECT organisation FROM organisation_alias WHERE key = ?1",
	[ST_ORGANISATION_LOAD] = "SELECT " ORGANISATION_COLUMNS " r.name, " ORGANISATION_PEOPLE
				 " " ORGANISATION_JOIN " WHERE o.id = ?1",
	[ST_ORGANISATION_EACH] = "SELECT " ORGANISATION_COLUMNS " r.name, " ORGANISATION_PEOPLE
				 " " ORGANISATION_JOIN " ORDER BY o.name COLLATE NOCASE, o.id",
	[ST_ORGANISATION_ROOT] = "SELECT coalesce(root, id) FROM organisation WHERE id = ?1",
	/* Up from each along the merges; whoever goes round in a circle stays itself. */
	[ST_ORGANISATION_ROOTS] =
		"UPDATE organisation SET root = nullif((WITH RECURSIVE up(id) AS (SELECT "
		"organisation.id"
		" UNION SELECT m.same_as FROM up JOIN organisation_merge m ON m.organisation = "
		"up.id"
		" AND m.undone_ms IS NULL) SELECT id FROM up WHERE id NOT IN"
		" (SELECT organisation FROM organisation_merge WHERE undone_ms IS NULL)), id)",
	[ST_ORGANISATION_MERGE] = "INSERT INTO organisation_merge (organisation, same_as, made_ms) "
				  "VALUES (?1, ?2, ?3)",
	[ST_ORGANISATION_SPLIT] = "UPDATE organisation_merge SET undone_ms = ?3 WHERE organisation "
				  "= ?1 AND undone_ms IS NULL",
	[ST_ORGANISATION_ALIAS] =
		"INSERT INTO organisation_alias (key, organisation, name) VALUES (?1, ?2, ?3)",
	[ST_ORGANISATION_DISTINCT] =
		"INSERT INTO organisation_distinct (one, other, made_ms) VALUES (?1, ?2, ?3)"
		" ON CONFLICT DO NOTHING",
	[ST_ORGANISATION_IS_DISTINCT] =
		"SELECT 1 FROM organisation_distinct WHERE one = ?1 AND other = ?2",

	[ST_BEGIN_READ] = "BEGIN",
	[ST_NUMBER_LAST] = "SELECT max(no) FROM number",
	[ST_PARTICIPATION_ORGANISATIONS] =
		"SELECT " ORGANISATION_COLUMNS " n.no FROM organisation o"
		" LEFT JOIN number n ON n.id = o.id ORDER BY o.name COLLATE NOCASE, o.id",
	[ST_PARTICIPATION_ROOTS] = "SELECT n.no, o.root FROM organisation o"
				   " JOIN number n ON n.id = o.id WHERE o.root IS NOT NULL",
	[ST_PARTICIPATION_EVENTS] =
		"SELECT n.no, e.title, min(s.start_ms), s.utc_offset_min FROM event e"
		" JOIN number n ON n.id = e.id LEFT JOIN session s ON s.event = e.id GROUP BY e.id",
	[ST_PARTICIPATION_SESSIONS] =
		"SELECT n.no, s.id, s.code, s.title, s.room, s.cluster, s.start_ms, s.end_ms,"
		" s.utc_offset_min, s.capacity, s.kind, s.state, e.no FROM session s"
		" JOIN number n ON n.id = s.id LEFT JOIN number e ON e.id = s.event"
		" ORDER BY s.start_ms, s.code, s.id",
	[ST_PARTICIPATION_COVERAGE] =
		"SELECT (SELECT count(*) FROM every_correction),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'random-id'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'unreadable')",
	[ST_PARTICIPATION_ATTENDED] =
		"SELECT session, event, day, organisation, checkins, stays, stay_ms FROM attended",
	[ST_PARTICIPATION_ATTENDERS] = "SELECT session, event, day, chunk, bits FROM attender",
	[ST_TAP_DAY] = "SELECT " DAY_COLUMNS " FROM tap t " EXPORT_JOINS " " DAY_JOINS
		       " WHERE t.seq < ?1 AND ?3 = 0 ORDER BY t.seq DESC LIMIT ?2",
	[ST_PEER_TAP_DAY] = "SELECT " DAY_COLUMNS " FROM peer_tap t " EXPORT_JOINS " " DAY_JOINS
			    " WHERE t.log = ?3 AND t.seq < ?1 ORDER BY t.seq DESC LIMIT ?2",
	[ST_BADGE_UNKNOWN] =
		"SELECT count(DISTINCT t.badge_key) FROM tap t INDEXED BY tap_of_stranger"
		" WHERE t.verdict = 'unknown'"
		" AND NOT EXISTS (SELECT 1 FROM link l WHERE l.badge_key = t.badge_key"
		" AND l.until_ms IS NULL)"
		" AND NOT EXISTS (SELECT 1 FROM blocked b WHERE b.badge_key = t.badge_key)",
	[ST_EVENT_DAYS] = "SELECT DISTINCT (start_ms + utc_offset_min * 60000) / 86400000 FROM "
			  "session WHERE event = ?1 AND state <> 'cancelled' ORDER BY 1",
	[ST_PASSWORD_LOAD] = "SELECT hash FROM web_password WHERE role = ?1",
	[ST_PASSWORD_SAVE] = "INSERT INTO web_password (role, hash, changed_ms) VALUES (?1,?2,?3)"
			     " ON CONFLICT DO UPDATE SET hash = excluded.hash, changed_ms = "
			     "excluded.changed_ms",
	[ST_WEB_SESSION_SWEEP] = "DELETE FROM web_session WHERE CASE WHEN boot_id = ?1"
				 " THEN ?2 - begun_mono_ms ELSE ?3 - begun_wall_ms END"
				 " NOT BETWEEN 0 AND length_ms - 1",
	[ST_WEB_SESSION_ADD] = "INSERT INTO web_session (digest, role, who, boot_id, begun_mono_ms,"
			       " begun_wall_ms, length_ms) VALUES (?1,?2,?3,?4,?5,?6,?7)",
	[ST_WEB_SESSION_FIND] = "SELECT role, who, boot_id, begun_mono_ms, begun_wall_ms, length_ms"
				" FROM web_session WHERE digest = ?1",
	[ST_WEB_SESSION_END] = "DELETE FROM web_session WHERE digest = ?1",
	[ST_WEB_SESSION_END_ALL] = "DELETE FROM web_session WHERE ?1 IS NULL OR role = ?1",
	[ST_WEB_SESSION_COUNT] = "SELECT count(*) FROM web_session",
	[ST_TOKEN_ADD] = "INSERT INTO web_token (digest, name, role, read_only, made_by, made_ms, "
			 "expires_ms) VALUES (?1,?2,?3,?4,?5,?6,?7)",
	[ST_TOKEN_FIND] = "SELECT name, role, read_only FROM web_token WHERE digest = ?1"
			  " AND revoked_ms IS NULL AND expires_ms > ?2",
	[ST_TOKEN_REVOKE] =
		"UPDATE web_token SET revoked_ms = ?2 WHERE id = ?1 AND revoked_ms IS NULL",
	[ST_TOKEN_EACH] = "SELECT id, name, role, read_only, made_by, made_ms, expires_ms, "
			  "revoked_ms FROM web_token ORDER BY id DESC",
	[ST_AUDIT_ADD] = "INSERT INTO audit (wall_ms, grade, who, role, act, object, reason)"
			 " VALUES (?1,?2,?3,?4,?5,?6,?7)",
	[ST_AUDIT_EACH] = "SELECT id, wall_ms, grade, who, role, act, object, reason FROM audit"
			  " WHERE wall_ms >= ?1 AND (?2 = 0 OR wall_ms < ?2)"
			  " AND (?3 IS NULL OR who = ?3) AND (?4 IS NULL OR act = ?4)"
			  " AND (?5 = 0 OR id < ?5) ORDER BY id DESC LIMIT ?6",
	[ST_AUDIT_WHO] = "SELECT DISTINCT who FROM audit WHERE who <> '' ORDER BY who",
	[ST_TAP_NEWEST] = "SELECT seq, wall_ms FROM tap ORDER BY seq DESC LIMIT 1",
	[ST_DOWNLOAD_ADD] = "INSERT INTO download (wall_ms, who, file, names, reason, rows, digest,"
			    " code, minisig) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
	[ST_DOWNLOAD_EACH] =
		"SELECT id, wall_ms, who, file, names, reason, rows, code FROM download"
		" WHERE ?1 IS NULL OR digest = ?1 ORDER BY id DESC LIMIT ?2",
	[ST_DOWNLOAD_MINISIG] = "SELECT minisig, file FROM download WHERE id = ?1",
	[ST_PERSON_FIND] = "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			   "o.education_level, o.cluster, o.region,"
			   " o.growth, a.email, a.language, a.sessions FROM attendee a LEFT JOIN "
			   "organisation o"
			   " ON o.id = a.organisation WHERE a.id = ?1 AND a.forgotten_ms IS NULL",
	[ST_PLANNED_FIND] =
		"SELECT id, code, title, host, room, cluster, start_ms, end_ms, "
		"announced_start_ms, utc_offset_min,"
		" capacity, kind, state, event, announced_room FROM session WHERE id = ?1",
	[ST_PLANNED_PUT] =
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
		" announced_room = excluded.announced_room, changed_ms = excluded.changed_ms",
	[ST_ORGANISATION_DESCRIBE] = "UPDATE organisation SET kind = ?2, education_level = ?3, "
				     "cluster = ?4, region = ?5, growth = ?6,"
				     " changed_ms = ?7 WHERE id = ?1",
	[ST_EVENT_PUT] =
		"INSERT INTO event (id, code, title, venue, changed_ms) VALUES (?1,?2,?3,?4,?5)"
		" ON CONFLICT (id) DO UPDATE SET title = excluded.title, venue = excluded.venue,"
		" changed_ms = excluded.changed_ms",

	[ST_TAP_OF] = "SELECT badge_key, event, coalesce(attendee, '') FROM tap WHERE seq = ?1",
	/* Check-ins of our own log that nothing follows, with the end of their session or of the
	 * day's programme; the day is that of the session's time zone. */
	[ST_STAY_OPEN] =
		"SELECT t.seq, t.badge_key, t.boot_id, t.mono_ms, t.wall_ms, t.grade, t.kiosk, "
		"t.event,"
		" t.session, t.attendee, CASE ?3 WHEN 0 THEN (SELECT max(s.end_ms) FROM session s"
		"  WHERE s.event = t.event AND s.state <> 'cancelled'"
		"  AND (s.start_ms + s.utc_offset_min * 60000) / 86400000 ="
		"  (t.wall_ms + s.utc_offset_min * 60000) / 86400000)"
		" ELSE (SELECT end_ms FROM session WHERE id = t.session) END"
		" FROM tap t WHERE t.seq > ?1 AND t.seq <= ?2 AND t.direction = 1 AND t.grade > 0"
		" AND NOT EXISTS (SELECT 1 FROM tap o WHERE o.badge_key = t.badge_key AND o.seq > "
		"t.seq"
		"  AND o.direction > 0 AND (?3 = 0 OR o.session IS t.session))"
		" AND NOT EXISTS (SELECT 1 FROM peer_tap p WHERE p.badge_key = t.badge_key"
		"  AND p.direction = 2 AND p.wall_ms > t.wall_ms)"
		" AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.seq = t.seq) ORDER BY t.seq",
	[ST_WALK_IN_ORGANISATION] =
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth, to_check, changed_ms) VALUES (?1, ?2, '', '', ?3, '', '', 1, ?4)"
		" ON CONFLICT DO NOTHING",
	[ST_WALK_IN_PERSON] =
		"INSERT INTO attendee (id, given_name, family_name, organisation, email, language,"
		" sessions, changed_ms) VALUES (?1, ?2, '', ?3, '', ?4, '', ?5)",
	[ST_WALK_IN_NAMES] =
		"SELECT k.known_as, r.name, r.cluster, (SELECT count(*) FROM attendee a"
		" WHERE a.organisation = r.id) FROM (SELECT name AS known_as, coalesce(root, id) "
		"AS id"
		" FROM organisation UNION ALL SELECT a.name, coalesce(o.root, o.id)"
		" FROM organisation_alias a JOIN organisation o ON o.id = a.organisation) k"
		" JOIN organisation r ON r.id = k.id WHERE r.name <> '' ORDER BY r.name",
	[ST_WALK_IN_TO_CHECK] = "SELECT count(*) FROM organisation WHERE to_check = 1",
	[ST_SETTING_GET] = "SELECT value FROM kiosk_setting WHERE name = ?1",
	[ST_SETTING_SET] = "INSERT OR REPLACE INTO kiosk_setting (name, value) VALUES (?1, ?2)",
};

int statement_trouble(struct store *store)
{
	static const struct {
		int code, trouble;
	} rows[] = {
		{ SQLITE_FULL, -ENOSPC },
		{ SQLITE_BUSY, -EBUSY },
		{ SQLITE_LOCKED, -EBUSY },
		{ SQLITE_CORRUPT, -EUCLEAN },
		{ SQLITE_NOTADB, -EMEDIUMTYPE },
		{ SQLITE_READONLY, -EROFS },
		{ SQLITE_CANTOPEN, -ENOENT },
		{ SQLITE_PERM, -EACCES },
		{ SQLITE_CONSTRAINT, -EEXIST },
		{ SQLITE_NOMEM, -ENOMEM },
		{ SQLITE_INTERRUPT, -EINTR },
	};
	const int code = sqlite3_errcode(store->db) & 0xff;
	const int system_trouble = sqlite3_system_errno(store->db);
	utf8_clip(store->words, sizeof store->words, sqlite3_errmsg(store->db));
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].code == code)
			return rows[i].trouble;
	/* A quota and a full disk both come as an I/O error when the WAL can not grow. */
	if (system_trouble == ENOSPC || system_trouble == EDQUOT || system_trouble == EFBIG)
		return -ENOSPC;
	return -EIO;
}

sqlite3_stmt *statement_use(struct store *store, enum statement which)
{
	sqlite3_stmt **statement = &store->statements[which];
	if (!*statement && sqlite3_prepare_v3(store->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT,
				   statement, NULL) != SQLITE_OK) {
		statement_trouble(store);
		log_error("store: %s", store->words);
		return NULL;
	}
	sqlite3_reset(*statement);
	sqlite3_clear_bindings(*statement);
	return *statement;
}

int statement_step(struct store *store, sqlite3_stmt *statement)
{
	if (!statement)
		return -EIO;
	const int outcome = sqlite3_step(statement);
	if (outcome == SQLITE_ROW)
		return 1;
	return outcome == SQLITE_DONE ? 0 : statement_trouble(store);
}

int statement_run(struct store *store, sqlite3_stmt *statement)
{
	const int r = statement_step(store, statement);
	sqlite3_reset(statement);
	return r < 0 ? r : 0;
}

void statement_finish_all(struct store *store)
{
	for (size_t i = 0; i < ST_COUNT; i++) {
		sqlite3_finalize(store->statements[i]);
		store->statements[i] = NULL;
	}
}

void bind_text(sqlite3_stmt *statement, int index, const char *text)
{
	sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

void bind_text_or_null(sqlite3_stmt *statement, int index, const char *text)
{
	if (text[0])
		bind_text(statement, index, text);
	else
		sqlite3_bind_null(statement, index);
}

void bind_key(sqlite3_stmt *statement, int index, const struct badge_key *key)
{
	sqlite3_bind_blob(statement, index, key->bytes, sizeof key->bytes, SQLITE_STATIC);
}

const char *column_text(sqlite3_stmt *statement, int column)
{
	const unsigned char *text = sqlite3_column_text(statement, column);
	return text ? (const char *)text : "";
}

void column_copy(char *ret, size_t size, sqlite3_stmt *statement, int column)
{
	utf8_clip(ret, size, column_text(statement, column));
}

void moment_of_row(sqlite3_stmt *row, int column, struct moment *ret)
{
	*ret = (struct moment){ .mono_ms = sqlite3_column_int64(row, column + 1),
		.wall_ms = sqlite3_column_int64(row, column + 2),
		.grade = (enum clock_grade)sqlite3_column_int(row, column + 3) };
	if (sqlite3_column_bytes(row, column) == BOOT_ID_BYTES)
		memcpy(ret->boot.bytes, sqlite3_column_blob(row, column), BOOT_ID_BYTES);
}
