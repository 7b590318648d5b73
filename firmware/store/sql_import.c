#include "store/sql.h"

/* The list, and those that were broken off long ago. */
#define TO_CLEAR "(g.id = ?1 OR (g.finished_ms IS NULL AND g.begun_ms < ?2))"

/* A list of attendees on its way in. */
const struct sql sql_import[] = {
	{ ST_IMPORT_ORGANISATION,
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
		" growth = coalesce(nullif(excluded.growth, ''), growth)" },
	{ ST_IMPORT_ROW, "INSERT INTO staged_attendee (generation, id, given_name, family_name, "
			 "organisation, email, language,"
			 " sessions, badge_key) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9) ON CONFLICT "
			 "DO UPDATE SET"
			 " given_name = excluded.given_name, family_name = excluded.family_name,"
			 " organisation = excluded.organisation, email = excluded.email, language "
			 "= excluded.language,"
			 " sessions = excluded.sessions, badge_key = coalesce(excluded.badge_key, "
			 "badge_key)" },
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
		" OR (s.badge_key IS NOT NULL AND l.badge_key IS NULL))), count(*)"
		" FROM staged_attendee s LEFT JOIN attendee a ON a.id = s.id"
		" LEFT JOIN link l ON l.badge_key = s.badge_key AND l.attendee = s.id AND "
		"l.until_ms IS NULL"
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
		" kvk, changed_ms)"
		" SELECT id, name, kind, education_level, cluster, region, growth, kvk, ?2"
		" FROM staged_organisation"
		" WHERE generation = ?1 AND id <= ?3 ON CONFLICT DO UPDATE SET"
		" name = coalesce(nullif(excluded.name, ''), name),"
		" kvk = coalesce(nullif(excluded.kvk, ''), kvk),"
		" kind = coalesce(nullif(excluded.kind, ''), kind),"
		" education_level = coalesce(nullif(excluded.education_level, ''), "
		"education_level),"
		" cluster = coalesce(nullif(excluded.cluster, ''), cluster),"
		" region = coalesce(nullif(excluded.region, ''), region),"
		" growth = coalesce(nullif(excluded.growth, ''), growth), to_check = 0, changed_ms "
		"= "
		"excluded.changed_ms" },
	{ ST_IMPORT_ATTENDEES,
		"INSERT INTO attendee (id, given_name, family_name, organisation, email, language,"
		" sessions, changed_ms)"
		" SELECT id, given_name, family_name, organisation, email, language, sessions, ?2"
		" FROM staged_attendee"
		" WHERE generation = ?1 AND id <= ?3 ON CONFLICT DO UPDATE SET"
		" given_name = coalesce(nullif(excluded.given_name, ''), given_name),"
		" family_name = coalesce(nullif(excluded.family_name, ''), family_name),"
		" organisation = coalesce(excluded.organisation, organisation),"
		" email = coalesce(nullif(excluded.email, ''), email),"
		" language = coalesce(nullif(excluded.language, ''), language),"
		" sessions = coalesce(nullif(excluded.sessions, ''), sessions),"
		" changed_ms = excluded.changed_ms, forgotten_ms = NULL" },
	{ ST_IMPORT_END_LINK, "UPDATE link SET until_ms = ?2 WHERE rowid IN (SELECT l.rowid FROM "
			      "staged_attendee s"
			      " JOIN link l ON l.badge_key = s.badge_key AND l.until_ms IS NULL"
			      " WHERE s.generation = ?1 AND s.id <= ?3 AND l.attendee <> s.id)" },
	{ ST_IMPORT_LINK, "INSERT INTO link (badge_key, attendee, from_ms)"
			  " SELECT s.badge_key, s.id, ?2 FROM staged_attendee s"
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
	{ ST_GENERATION_ADD, "INSERT INTO generation (source, begun_ms) VALUES (?1, ?2)" },
	{ ST_GENERATION_DECIDED,
		"SELECT id, finished_ms FROM generation WHERE finished_ms IS NOT NULL"
		" ORDER BY id LIMIT 1" },
	{ ST_GENERATION_FINISH, "UPDATE generation SET finished_ms = ?2 WHERE id = ?1" },
	{ 0 },
};
