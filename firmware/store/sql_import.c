#include "store/sql.h"

/* The list, and those that were broken off long ago. */
#define TO_CLEAR "(g.id = ?1 OR (g.finished_ms IS NULL AND g.begun_ms < ?2))"

#define UNDONE                                                                \
	" FROM before_attendee b WHERE b.generation = ?1 AND b.id <= ?3 AND " \
	"b.given_name IS NULL"
/* Added by the import, and nothing was ever counted for them. */
#define NEVER_SEEN                                                                              \
	"b.id" UNDONE                                                                           \
	" AND NOT EXISTS (SELECT 1 FROM number n JOIN visit v ON v.person = n.no WHERE n.id = " \
	"b.id)"                                                                                 \
	" AND NOT EXISTS (SELECT 1 FROM credit c WHERE c.attendee = b.id)"

/* Taps that are somebody's only because the badge is, when it goes to somebody else: of our log and
 * of the others', each looked up by the badge. @from names the badges, with their links l. */
#define CREDIT_OF(from)                                                              \
	"INSERT OR IGNORE INTO credit (log_id, seq, attendee)"                       \
	" SELECT (SELECT log_id FROM log), t.seq, l.attendee " from                  \
	" CROSS JOIN tap t ON t.badge_key = l.badge_key AND t.attendee IS NULL"      \
	" UNION ALL SELECT p.log_id, t.seq, l.attendee " from                        \
	" CROSS JOIN peer_tap t ON t.badge_key = l.badge_key AND t.attendee IS NULL" \
	" CROSS JOIN peer_log p ON p.number = t.log AND t.seq <= p.shown_seq"

#define LISTED_FROM LINK_BEGIN("?2", "s.badge_key")
#define BACK_FROM LINK_BEGIN("?2", "b.badge_key")

/* A list of attendees on its way in, and back out. */
const struct sql sql_import[] = {
	{ ST_IMPORT_ORGANISATION,
		"INSERT INTO staged_organisation (generation, id, name, kind, education_level, "
		"cluster, region, growth, kvk, town)"
		" VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10) ON CONFLICT DO UPDATE SET"
		" name = coalesce(nullif(name, ''), excluded.name),"
		" kvk = coalesce(nullif(excluded.kvk, ''), kvk),"
		" town = coalesce(nullif(excluded.town, ''), town),"
		" kind = coalesce(nullif(excluded.kind, ''), kind),"
		" education_level = coalesce(nullif(excluded.education_level, ''), "
		"education_level),"
		" cluster = coalesce(nullif(excluded.cluster, ''), cluster),"
		" region = coalesce(nullif(excluded.region, ''), region),"
		" growth = coalesce(nullif(excluded.growth, ''), growth)" },
	{ ST_IMPORT_ROW,
		"INSERT INTO staged_attendee (generation, id, given_name, family_name, "
		"organisation, email, language,"
		" sessions, badge_key, line) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10) ON CONFLICT "
		"DO UPDATE SET"
		" given_name = excluded.given_name, family_name = excluded.family_name,"
		" organisation = excluded.organisation, email = excluded.email, language "
		"= excluded.language,"
		" sessions = excluded.sessions, badge_key = coalesce(excluded.badge_key, "
		"badge_key), line = excluded.line" },
	{ ST_IMPORT_CLEAR_ROWS,
		"DELETE FROM staged_attendee WHERE (generation, id) IN"
		" (SELECT s.generation, s.id FROM generation g JOIN staged_attendee s"
		" ON s.generation = g.id WHERE " TO_CLEAR " LIMIT 64)" },
	{ ST_IMPORT_CLEAR, "DELETE FROM generation AS g WHERE " TO_CLEAR },
	{ ST_IMPORT_COUNT,
		"SELECT count(*) FILTER (WHERE a.id IS NULL), count(*) FILTER (WHERE a.id IS NOT "
		"NULL AND"
		" ((a.given_name, a.family_name, a.organisation, a.email, a.language, a.sessions) "
		"IS NOT"
		" (coalesce(nullif(s.given_name, ''), a.given_name), "
		"coalesce(nullif(s.family_name, ''), a.family_name),"
		" coalesce(s.organisation, a.organisation), coalesce(nullif(s.email, ''), a.email),"
		" coalesce(nullif(s.language, ''), a.language), coalesce(nullif(s.sessions, ''), "
		"a.sessions))"
		" OR (s.badge_key IS NOT NULL AND l.attendee IS NOT s.id))), count(*),"
		" count(*) FILTER (WHERE l.attendee IS NOT NULL AND l.attendee <> s.id)"
		" FROM staged_attendee s LEFT JOIN attendee a ON a.id = s.id"
		" LEFT JOIN link l ON l.badge_key = s.badge_key AND l.until_ms IS NULL"
		" WHERE s.generation = ?1" },
	{ ST_IMPORT_BADGES,
		"SELECT s.badge_key FROM staged_attendee s LEFT JOIN link l ON "
		"l.badge_key = s.badge_key AND l.until_ms IS NULL"
		" WHERE s.generation = ?1 AND s.id <= ?3 AND s.badge_key IS NOT NULL"
		" AND l.attendee IS NOT s.id"
		" AND EXISTS (SELECT 1 FROM every_tap t WHERE t.badge_key = s.badge_key)" },
	/* A file that has no such column says nothing about it: what is known stays. */
	{ ST_IMPORT_ORGANISATIONS,
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth,"
		" kvk, town, changed_ms)"
		" SELECT id, name, kind, education_level, cluster, region, growth, kvk, town, ?2"
		" FROM staged_organisation"
		" WHERE generation = ?1 AND id <= ?3 ON CONFLICT DO UPDATE SET"
		" name = coalesce(nullif(excluded.name, ''), name),"
		" kvk = coalesce(nullif(excluded.kvk, ''), kvk),"
		" town = coalesce(nullif(excluded.town, ''), town),"
		" kind = coalesce(nullif(excluded.kind, ''), kind),"
		" education_level = coalesce(nullif(excluded.education_level, ''), "
		"education_level),"
		" cluster = coalesce(nullif(excluded.cluster, ''), cluster),"
		" region = coalesce(nullif(excluded.region, ''), region),"
		" growth = coalesce(nullif(excluded.growth, ''), growth), to_check = "
		"0, " CHANGED_AFTER },
	/* Forgotten, here or by a kiosk that was merged, after their line was read. */
	{ ST_IMPORT_DROP_FORGOTTEN, "DELETE FROM staged_attendee WHERE generation = ?1 AND id <= "
				    "?3 AND EXISTS (SELECT 1"
				    " FROM attendee a WHERE a.id = staged_attendee.id AND "
				    "a.forgotten_ms IS NOT NULL AND a.origin <> 'undone')" },
	{ ST_IMPORT_ATTENDEES,
		"INSERT INTO attendee (id, given_name, family_name, organisation, email, language,"
		" sessions, changed_ms, origin, origin_file, origin_line, origin_ms)"
		" SELECT s.id, given_name, family_name, organisation, email, language, sessions,"
		" ?2, 'file', g.source, line, ?2 FROM staged_attendee s JOIN generation g ON g.id ="
		" s.generation"
		" WHERE generation = ?1 AND s.id <= ?3 ON CONFLICT DO UPDATE SET"
		" given_name = coalesce(nullif(excluded.given_name, ''), given_name),"
		" family_name = coalesce(nullif(excluded.family_name, ''), family_name),"
		" organisation = coalesce(excluded.organisation, organisation),"
		" email = coalesce(nullif(excluded.email, ''), email),"
		" language = coalesce(nullif(excluded.language, ''), language),"
		" sessions = coalesce(nullif(excluded.sessions, ''), sessions),"
		" changed_ms = excluded.changed_ms, origin = excluded.origin, forgotten_ms = NULL,"
		" origin_file = excluded.origin_file, origin_line = excluded.origin_line,"
		" origin_ms = excluded.origin_ms WHERE forgotten_ms IS NULL OR origin = 'undone'" },
	{ ST_IMPORT_CREDIT,
		CREDIT_OF("FROM staged_attendee s CROSS JOIN link l"
			  " ON l.badge_key = s.badge_key AND l.until_ms IS NULL"
			  " AND l.attendee <> s.id AND s.generation = ?1 AND s.id <= ?3") },
	{ ST_IMPORT_END_LINK,
		END_LINKS " WHERE rowid IN (SELECT l.rowid FROM staged_attendee s"
			  " JOIN link l ON l.badge_key = s.badge_key AND l.until_ms IS NULL"
			  " WHERE s.generation = ?1 AND s.id <= ?3 AND l.attendee <> s.id)" },
	{ ST_IMPORT_LINK, "INSERT INTO link (badge_key, attendee, from_ms, listed)"
			  " SELECT s.badge_key, s.id, " LISTED_FROM ","
			  " NOT EXISTS (SELECT 1 FROM link l WHERE l.badge_key = s.badge_key)"
			  " FROM staged_attendee s"
			  " WHERE s.generation = ?1 AND s.id <= ?3 AND s.badge_key IS NOT NULL"
			  " AND NOT EXISTS (SELECT 1 FROM link l"
			  " WHERE l.badge_key = s.badge_key AND l.until_ms IS NULL)" },
	{ ST_IMPORT_ATTENDEES_DONE,
		"DELETE FROM staged_attendee WHERE generation = ?1 AND id <= ?3" },
	{ ST_IMPORT_ORGANISATIONS_DONE,
		"DELETE FROM staged_organisation WHERE generation = ?1 AND id <= ?3" },
	{ ST_IMPORT_NEXT_ATTENDEES,
		"SELECT max(id) FROM (SELECT id FROM staged_attendee WHERE generation = ?1"
		" ORDER BY id LIMIT ?2)" },
	{ ST_IMPORT_NEXT_ORGANISATIONS,
		"SELECT max(id) FROM (SELECT id FROM staged_organisation WHERE generation = ?1"
		" ORDER BY id LIMIT ?2)" },
	{ ST_BEFORE_ATTENDEE,
		"INSERT OR IGNORE INTO before_attendee SELECT ?1, ?2, a.given_name, a.family_name, "
		"a.organisation, a.email, a.language, a.sessions, a.origin, a.origin_file, "
		"a.origin_line, a.origin_ms FROM (SELECT 1)"
		" LEFT JOIN attendee a ON a.id = ?2 AND a.forgotten_ms IS NULL" },
	{ ST_BEFORE_LINK, "INSERT OR IGNORE INTO before_link SELECT ?1, ?2, l.attendee FROM "
			  "(SELECT 1)"
			  " LEFT JOIN link l ON l.badge_key = ?2 AND l.until_ms IS NULL" },
	{ ST_BEFORE_ORGANISATION,
		"INSERT OR IGNORE INTO before_organisation SELECT ?1, id, kind, education_level, "
		"cluster, region, growth, kvk, town FROM organisation WHERE id = ?2" },
	{ ST_BEFORE_NOTE, "INSERT INTO before_import SELECT id, source, ?2, ?3 FROM generation "
			  "WHERE id = ?1" },
	{ ST_BEFORE_COUNT, "SELECT count(*) FROM before_attendee WHERE generation = ?1" },
	{ ST_BEFORE_CLEAR_ATTENDEE,
		"DELETE FROM before_attendee WHERE (generation, id) IN (SELECT generation, id FROM "
		"before_attendee WHERE generation <> ?1 LIMIT ?2)" },
	{ ST_BEFORE_CLEAR_LINK, "DELETE FROM before_link WHERE (generation, badge_key) IN (SELECT "
				"generation, badge_key FROM"
				" before_link WHERE generation <> ?1 LIMIT ?2)" },
	{ ST_BEFORE_CLEAR_ORGANISATION,
		"DELETE FROM before_organisation WHERE (generation, id) IN (SELECT generation, id "
		"FROM before_organisation WHERE generation <> ?1 LIMIT ?2)" },
	{ ST_BEFORE_CLEAR_IMPORT, "DELETE FROM before_import WHERE generation <> ?1" },
	{ ST_BEFORE_FIND, "SELECT generation, source, made_ms, people FROM before_import ORDER BY "
			  "generation DESC LIMIT 1" },
	/* Added, and something was counted for them since: the counts stay when they go. */
	{ ST_UNDO_SEEN,
		"SELECT b.id" UNDONE " AND b.id NOT IN (SELECT " NEVER_SEEN ")"
		" AND EXISTS (SELECT 1 FROM attendee a WHERE a.id = b.id AND a.forgotten_ms IS "
		"NULL) ORDER BY b.id LIMIT 1" },
	{ ST_UNDO_NEXT_LINKS, "SELECT max(badge_key) FROM (SELECT badge_key FROM before_link WHERE "
			      "generation = ?1 ORDER BY badge_key LIMIT ?2)" },
	{ ST_UNDO_NEXT_ORGANISATIONS,
		"SELECT max(id) FROM (SELECT id FROM before_organisation WHERE generation = ?1 "
		"ORDER BY id LIMIT ?2)" },
	{ ST_UNDO_NEXT_ATTENDEES, "SELECT max(id) FROM (SELECT id FROM before_attendee WHERE "
				  "generation = ?1 ORDER BY id LIMIT ?2)" },
	{ ST_UNDO_BADGES,
		"SELECT badge_key FROM before_link WHERE generation = ?1 AND badge_key <= ?3" },
	/* A badge that was nobody's is so again, and its taps with it. */
	{ ST_UNDO_CREDIT, CREDIT_OF("FROM before_link b CROSS JOIN attendee a ON a.id = b.attendee"
				    " AND a.forgotten_ms IS NULL CROSS JOIN link l"
				    " ON l.badge_key = b.badge_key AND l.until_ms IS NULL"
				    " AND l.attendee <> b.attendee AND b.generation = ?1"
				    " AND b.badge_key <= ?3") },
	{ ST_UNDO_END_LINK,
		END_LINKS " WHERE rowid IN (SELECT l.rowid FROM before_link b"
			  " JOIN link l ON l.badge_key = b.badge_key AND l.until_ms IS NULL WHERE "
			  "b.generation = ?1 AND b.badge_key <= ?3 AND b.attendee IS NOT "
			  "l.attendee)" },
	{ ST_UNDO_LINK,
		"INSERT INTO link (badge_key, attendee, from_ms)"
		" SELECT b.badge_key, b.attendee, " BACK_FROM
		" FROM before_link b JOIN attendee a ON a.id = b.attendee AND a.forgotten_ms IS "
		"NULL WHERE b.generation = ?1 AND b.badge_key <= ?3 AND NOT EXISTS (SELECT 1 FROM "
		"link l WHERE l.badge_key = b.badge_key AND l.until_ms IS NULL)" },
	{ ST_UNDO_LINKS_DONE, "DELETE FROM before_link WHERE generation = ?1 AND badge_key <= ?3" },
	/* Whoever went with a list that was put back comes with the next one as who they were. */
	{ ST_UNDO_MARK, "UPDATE attendee SET origin = 'undone' WHERE id = ?1" },
	{ ST_UNDO_ATTENDEE,
		"UPDATE attendee SET given_name = b.given_name, family_name = b.family_name, "
		"organisation = b.organisation, email = b.email, language = b.language, sessions = "
		"b.sessions, origin = coalesce(b.origin, ''), origin_file = "
		"coalesce(b.origin_file, ''), origin_line = coalesce(b.origin_line, 0), origin_ms "
		"= "
		"coalesce(b.origin_ms, 0), changed_ms = ?2 FROM before_attendee b "
		"WHERE b.generation = ?1 AND "
		"b.id <= ?3 AND b.id = attendee.id AND b.given_name IS NOT NULL AND "
		"attendee.forgotten_ms IS NULL" },
	{ ST_UNDO_DROP_LINK, "DELETE FROM link WHERE attendee IN (SELECT " NEVER_SEEN ")" },
	{ ST_UNDO_DROP_ATTENDEE,
		"DELETE FROM attendee WHERE forgotten_ms IS NULL AND id IN (SELECT " NEVER_SEEN
		")" },
	{ ST_UNDO_ATTENDEES_DONE,
		"DELETE FROM before_attendee WHERE generation = ?1 AND id <= ?3" },
	{ ST_UNDO_ORGANISATION,
		"UPDATE organisation SET kind = b.kind, education_level = b.education_level, "
		"cluster = b.cluster, region = b.region, growth = b.growth, kvk = b.kvk, "
		"town = b.town, "
		"changed_ms = max(?2, organisation.changed_ms + 1) FROM before_organisation b "
		"WHERE b.generation = ?1 AND b.id <= ?3 "
		"AND b.id = organisation.id" },
	{ ST_UNDO_ORGANISATIONS_DONE,
		"DELETE FROM before_organisation WHERE generation = ?1 AND id <= ?3" },
	{ ST_GENERATION_ADD, "INSERT INTO generation (source, begun_ms) VALUES (?1, ?2)" },
	{ ST_GENERATION_DECIDED,
		"SELECT id, finished_ms FROM generation WHERE finished_ms IS NOT NULL"
		" ORDER BY id LIMIT 1" },
	{ ST_GENERATION_FINISH, "UPDATE generation SET finished_ms = ?2 WHERE id = ?1" },
	{ 0 },
};
