#include "store/sql.h"

#define THEIRS                                                                                 \
	"t.seq, t.wall_ms, t.verdict, t.direction, t.counts, t.kiosk, t.session, t.badge_key," \
	" t.note, t.boot_id, t.mono_ms, t.grade, t.attendee, " READ_MS " AS at_ms"

/* Attendees, walk-ins, and what was done by hand for them. */
const struct sql sql_person[] = {
	{ ST_ATTENDEE_FIND,
		"SELECT a.id, a.given_name, a.family_name, o.name, o.kind, o.education_level, "
		"coalesce(o.cluster, a.cluster), o.region, o.growth,"
		" a.email, a.language, a.sessions FROM attendee a LEFT JOIN organisation o ON o.id "
		"= a.organisation"
		" WHERE a.id = ?1 OR a.email = ?1 COLLATE NOCASE"
		" OR trim(a.given_name || ' ' || a.family_name) = ?1 COLLATE NOCASE LIMIT 2" },
	{ ST_ATTENDEE_EACH, "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			    "o.education_level, coalesce(o.cluster, a.cluster), o.region, o.growth,"
			    " a.email, a.language, a.sessions FROM attendee a LEFT JOIN "
			    "organisation o ON o.id = a.organisation"
			    " ORDER BY a.family_name, a.given_name, a.id" },
	{ ST_ATTENDEE_COUNT, "SELECT count(*) FROM attendee" },
	{ ST_PERSON_EACH,
		"SELECT a.id, a.given_name, a.family_name, o.id, o.name, o.kind,"
		" coalesce(o.cluster, a.cluster), a.email, l.badge_key, b.badge_key IS NOT NULL,"
		" max(l.from_ms), a.origin FROM attendee a LEFT JOIN organisation o ON o.id = "
		"a.organisation"
		" LEFT JOIN link l ON l.attendee = a.id AND l.until_ms IS NULL"
		" LEFT JOIN blocked b ON b.badge_key = l.badge_key AND b.until_ms IS NULL"
		" WHERE a.forgotten_ms IS NULL GROUP BY a.id ORDER BY CASE ?1 WHEN 1 THEN o.name"
		" WHEN 2 THEN coalesce(nullif(coalesce(o.cluster, a.cluster), ''), '~')"
		" ELSE '' END COLLATE NOCASE,"
		" a.given_name COLLATE NOCASE, a.family_name COLLATE NOCASE, a.id" },
	/* Some at a time, and then what comes with each; a peer may have told of several
	   corrections. Our log and the others' are each looked up by the badge: through the view
	   of both, every tap there is would be read. */
	{ ST_PERSON_TAPS,
		"WITH keys (badge_key) AS MATERIALIZED (SELECT badge_key FROM link WHERE attendee "
		"= ?1"
		" UNION SELECT ?2"
		" UNION SELECT t.badge_key FROM credit k CROSS JOIN tap t ON t.seq = k.seq"
		" WHERE k.attendee = ?1 AND k.log_id = (SELECT log_id FROM log)"
		" UNION SELECT t.badge_key FROM credit k CROSS JOIN peer_log p ON p.log_id = "
		"k.log_id"
		" CROSS JOIN peer_tap t ON t.log = p.number AND t.seq = k.seq WHERE k.attendee = "
		"?1),"
		" theirs AS (SELECT (SELECT log_id FROM log) AS log_id, " THEIRS
		" FROM tap t WHERE t.badge_key IN keys UNION ALL SELECT p.log_id, " THEIRS
		" FROM peer_tap t CROSS JOIN peer_log p ON p.number = t.log AND t.seq <= "
		"p.shown_seq"
		" WHERE t.badge_key IN keys)"
		" SELECT t.seq, t.wall_ms, t.verdict, t.direction, t.counts, t.kiosk, s.title,"
		" t.badge_key, t.note, c.reason, min(c.made_ms), e.who, e.reason, u.who, t.log_id,"
		" t.boot_id, t.mono_ms, t.grade, t.at_ms"
		" FROM (SELECT t.* FROM theirs t" OWNER_BY "t.log_id WHERE " OWNER " = ?1"
		" AND (t.at_ms, t.seq, t.log_id) < (?3, ?4, ?5)"
		" ORDER BY t.at_ms DESC, t.seq DESC, t.log_id DESC LIMIT ?6) t"
		" LEFT JOIN session s ON s.id = t.session"
		" LEFT JOIN every_correction c ON c.log_id = t.log_id AND c.seq = t.seq"
		" LEFT JOIN hand_note e ON e.log_id = t.log_id AND e.seq = t.seq"
		" AND e.act = 'entered'"
		" LEFT JOIN hand_note u ON u.log_id = t.log_id AND u.seq = t.seq"
		" AND u.act = 'undone'"
		" GROUP BY t.log_id, t.seq"
		" ORDER BY t.at_ms DESC, t.seq DESC, t.log_id DESC" },
	{ ST_PERSON_OF_MAIL,
		"SELECT id FROM attendee WHERE email = ?1 COLLATE NOCASE AND forgotten_ms IS NULL"
		" ORDER BY id = ?2 DESC, id LIMIT 1" },
	{ ST_PERSON_ORIGIN,
		"SELECT origin, origin_file, origin_line, origin_ms FROM attendee WHERE id = ?1" },
	{ ST_PERSON_BADGE,
		"SELECT badge_key, from_ms FROM link WHERE attendee = ?1 AND until_ms IS NULL"
		" ORDER BY from_ms DESC LIMIT 1" },
	{ ST_PERSON_ORGANISATION,
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth, changed_ms)"
		" VALUES (?1, ?2, '', '', '', '', '', ?3) ON CONFLICT DO NOTHING" },
	{ ST_PERSON_SAVE, "INSERT INTO attendee (id, given_name, family_name, organisation, "
			  "email, language, sessions, changed_ms, origin, origin_ms)"
			  " VALUES (?1, coalesce(?2, ''), coalesce(?3, ''), ?4, coalesce(?5, ''), "
			  "coalesce(?6, ''), '', ?7, 'hand', ?7)"
			  " ON CONFLICT (id) DO UPDATE SET given_name = excluded.given_name, "
			  "family_name = excluded.family_name,"
			  " organisation = excluded.organisation, email = excluded.email, "
			  "language = excluded.language,"
			  " changed_ms = excluded.changed_ms WHERE forgotten_ms IS NULL" },
	{ ST_HAND_NOTE,
		"INSERT INTO hand_note (log_id, seq, act, who, reason, made_ms)"
		" SELECT CASE ?1 WHEN '' THEN log_id ELSE ?1 END, ?2, ?3, ?4, ?5, ?6 FROM log"
		" WHERE 1 ON CONFLICT DO NOTHING" },
	{ ST_PERSON_FIND, "SELECT a.id, a.given_name, a.family_name, o.name, o.kind, "
			  "o.education_level, coalesce(o.cluster, a.cluster), o.region,"
			  " o.growth, a.email, a.language, a.sessions FROM attendee a LEFT JOIN "
			  "organisation o"
			  " ON o.id = a.organisation WHERE a.id = ?1 AND a.forgotten_ms IS NULL" },
	{ ST_WALK_IN_ORGANISATION,
		"INSERT INTO organisation (id, name, kind, education_level, cluster, region, "
		"growth, to_check, changed_ms) VALUES (?1, ?2, '', '', ?3, '', '', 1, ?4)"
		" ON CONFLICT DO NOTHING" },
	{ ST_WALK_IN_PERSON,
		"INSERT INTO attendee (id, given_name, family_name, organisation, email, language,"
		" sessions, changed_ms, cluster, origin, origin_ms)"
		" VALUES (?1, ?2, '', ?3, '', ?4, '', ?5, ?6, 'kiosk', ?5)" },
	{ ST_WALK_IN_NAMES,
		"SELECT k.known_as, r.name, r.cluster, (SELECT count(*) FROM attendee a"
		" WHERE a.organisation = r.id) FROM (SELECT name AS known_as, coalesce(root, id) "
		"AS id"
		" FROM organisation UNION ALL SELECT a.name, coalesce(o.root, o.id)"
		" FROM organisation_alias a JOIN organisation o ON o.id = a.organisation) k"
		" JOIN organisation r ON r.id = k.id WHERE r.name <> '' ORDER BY r.name" },
	{ ST_WALK_IN_TO_CHECK, "SELECT count(*) FROM organisation WHERE to_check = 1" },
	{ 0 },
};
