#include "store/sql.h"

#define ORGANISATION_PEOPLE "(SELECT count(*) FROM attendee a WHERE a.organisation = o.id)"
#define ORGANISATION_JOIN "FROM organisation o LEFT JOIN organisation r ON r.id = o.root"

/* Organisations, their names and merges. */
const struct sql sql_organisation[] = {
	/* Also among what the import that is under way has read so far. */
	{ ST_ORGANISATION_BY_KVK, "SELECT id FROM organisation WHERE kvk = ?1 UNION ALL SELECT id "
				  "FROM staged_organisation"
				  " WHERE kvk = ?1 AND generation = (SELECT max(generation) FROM "
				  "staged_organisation) LIMIT 1" },
	{ ST_ORGANISATION_BY_ALIAS, "SELECT organisation FROM organisation_alias WHERE key = ?1" },
	{ ST_ORGANISATION_LOAD, "SELECT " ORGANISATION_COLUMNS " r.name, " ORGANISATION_PEOPLE
				", o.to_check " ORGANISATION_JOIN " WHERE o.id = ?1" },
	{ ST_ORGANISATION_EACH,
		"SELECT " ORGANISATION_COLUMNS " r.name, " ORGANISATION_PEOPLE
		", o.to_check " ORGANISATION_JOIN " ORDER BY o.name COLLATE NOCASE, o.id" },
	{ ST_ORGANISATION_ROOT, "SELECT coalesce(root, id) FROM organisation WHERE id = ?1" },
	/* Up from each along the merges; whoever goes round in a circle stays itself. */
	{ ST_ORGANISATION_ROOTS,
		"UPDATE organisation SET root = nullif((WITH RECURSIVE up(id) AS (SELECT "
		"organisation.id"
		" UNION SELECT m.same_as FROM up JOIN organisation_merge m ON m.organisation = "
		"up.id"
		" AND m.undone_ms IS NULL) SELECT id FROM up WHERE id NOT IN"
		" (SELECT organisation FROM organisation_merge WHERE undone_ms IS NULL)), id)"
		" WHERE root IS NOT NULL OR id IN (SELECT organisation FROM organisation_merge)" },
	{ ST_ORGANISATION_MERGE, "INSERT INTO organisation_merge (organisation, same_as, made_ms) "
				 "VALUES (?1, ?2, ?3)" },
	{ ST_ORGANISATION_SPLIT, "UPDATE organisation_merge SET undone_ms = ?3 WHERE organisation "
				 "= ?1 AND undone_ms IS NULL" },
	{ ST_ORGANISATION_ALIAS,
		"INSERT INTO organisation_alias (key, organisation, name) VALUES (?1, ?2, ?3)" },
	/* A domain of more than three is of a provider, or of a building. */
	{ ST_ORGANISATION_MAIL_PAIRS,
		"WITH used (domain, organisation) AS (SELECT DISTINCT"
		" lower(substr(a.email, instr(a.email, '@') + 1)), coalesce(o.root, o.id)"
		" FROM attendee a JOIN organisation o ON o.id = a.organisation"
		" WHERE a.forgotten_ms IS NULL AND instr(a.email, '@') > 0),"
		" shared AS (SELECT domain FROM used GROUP BY domain HAVING count(*) BETWEEN 2 AND "
		"3)"
		" SELECT u.organisation, v.organisation, u.domain FROM shared s"
		" JOIN used u ON u.domain = s.domain JOIN used v ON v.domain = s.domain"
		" AND u.organisation < v.organisation ORDER BY 1, 2" },
	{ ST_ORGANISATION_DISTINCT,
		"INSERT INTO organisation_distinct (one, other, made_ms) VALUES (?1, ?2, ?3)"
		" ON CONFLICT DO NOTHING" },
	{ ST_ORGANISATION_IS_DISTINCT,
		"SELECT 1 FROM organisation_distinct WHERE one = ?1 AND other = ?2" },
	{ ST_ORGANISATION_DESCRIBE,
		"UPDATE organisation SET kind = ?2, education_level = ?3, "
		"cluster = ?4, region = ?5, growth = ?6, town = ?7, to_check = 0,"
		" changed_ms = max(?8, changed_ms + 1) WHERE id = ?1" },
	{ 0 },
};
