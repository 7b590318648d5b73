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
			 " WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT ?4" },
	{ ST_MERGE_PEER_TAPS,
		"INSERT INTO main.peer_tap SELECT ?1, " CHAIN_COLUMNS
		" FROM other.peer_tap WHERE log = ?2 AND seq > (SELECT coalesce(max(seq), 0) FROM"
		" main.peer_tap WHERE log = ?1) AND seq <= ?3 ORDER BY seq LIMIT ?4" },
	{ 0 },
};
