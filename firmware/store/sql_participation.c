#include "store/sql.h"

/* What a report reads. */
const struct sql sql_participation[] = {
	{ ST_PARTICIPATION_ORGANISATIONS,
		"SELECT " ORGANISATION_COLUMNS " n.no FROM organisation o"
		" LEFT JOIN number n ON n.id = o.id ORDER BY o.name COLLATE NOCASE, o.id" },
	{ ST_PARTICIPATION_ROOTS, "SELECT n.no, o.root FROM organisation o"
				  " JOIN number n ON n.id = o.id WHERE o.root IS NOT NULL" },
	{ ST_PARTICIPATION_EVENTS,
		"SELECT n.no, e.title, min(s.start_ms), s.utc_offset_min FROM event e"
		" JOIN number n ON n.id = e.id LEFT JOIN session s ON s.event = e.id GROUP BY "
		"e.id" },
	{ ST_PARTICIPATION_SESSIONS,
		"SELECT n.no, s.id, s.code, s.title, s.room, s.cluster, s.start_ms, s.end_ms,"
		" s.utc_offset_min, s.capacity, s.kind, s.state, e.no FROM session s"
		" JOIN number n ON n.id = s.id LEFT JOIN number e ON e.id = s.event"
		" ORDER BY s.start_ms, s.code, s.id" },
	{ ST_PARTICIPATION_SESSION, "SELECT title FROM session WHERE id = ?1 OR code = ?1"
				    " OR title = ?1 LIMIT 1" },
	{ ST_PARTICIPATION_COVERAGE,
		"SELECT (SELECT count(*) FROM every_correction),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'random-id'),"
		" (SELECT coalesce(sum(count), 0) FROM every_tally WHERE verdict = 'unreadable')" },
	{ ST_PARTICIPATION_ATTENDED, "SELECT session, event, day, organisation, checkins, stays, "
				     "stay_ms FROM attended" },
	{ ST_PARTICIPATION_ATTENDERS, "SELECT session, event, day, chunk, bits FROM attender" },
	{ ST_PARTICIPATION_PERSON, "SELECT organisation FROM visit WHERE person = ?1 LIMIT 1" },
	{ 0 },
};
