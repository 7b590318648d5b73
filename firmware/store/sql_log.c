#include "store/sql.h"

/* The logs, their chains and their seals. */
const struct sql sql_log[] = {
	{ ST_TAP_LAST, "SELECT seq, chain FROM tap ORDER BY seq DESC LIMIT 1" },
	{ ST_PEER_TAP_LAST,
		"SELECT seq, chain FROM peer_tap WHERE log = ?1 ORDER BY seq DESC LIMIT 1" },
	/* Own, name, version, taps, made, and the time of the newest tap. */
	{ ST_PEER_EACH,
		"SELECT 1, coalesce(t.kiosk, k.kiosk, ''), coalesce(k.version, ''),"
		" coalesce(t.seq, 0), l.made_ms, t.boot_id, t.mono_ms, t.wall_ms, t.grade, 0"
		" FROM log l LEFT JOIN tap t ON t.seq = (SELECT max(seq) FROM tap)"
		" LEFT JOIN kiosk_run k ON k.log_id = l.log_id"
		" UNION ALL SELECT 0, coalesce(t.kiosk, k.kiosk, ''), coalesce(k.version, ''),"
		" p.shown_seq, p.made_ms, t.boot_id, t.mono_ms, t.wall_ms, t.grade,"
		" coalesce((SELECT value FROM kiosk_setting WHERE name = 'heard:' || p.log_id), 0)"
		" FROM peer_log p LEFT JOIN peer_tap t ON t.log = p.number AND t.seq ="
		" p.shown_seq LEFT JOIN kiosk_run k ON k.log_id = p.log_id ORDER BY 2, 5" },
	{ ST_PEER_SAY, "INSERT INTO kiosk_run SELECT log_id, 1, ?1, ?2 FROM log WHERE true"
		       " ON CONFLICT DO UPDATE SET turn = turn + 1, kiosk = excluded.kiosk,"
		       " version = excluded.version WHERE kiosk <> excluded.kiosk"
		       " OR version <> excluded.version" },
	{ ST_TAP_AT, "SELECT chain FROM tap WHERE seq = ?2 AND ?1 = 0" },
	{ ST_PEER_TAP_AT, "SELECT chain FROM peer_tap WHERE seq = ?2 AND log = ?1" },
	{ ST_LOG_EACH, "SELECT 0, log_id, made_ms, (SELECT coalesce(max(seq), 0) FROM tap) FROM log"
		       " UNION ALL SELECT number, log_id, made_ms, shown_seq FROM peer_log"
		       " ORDER BY 2" },
	{ ST_TAP_EACH_CHAIN,
		"SELECT " CHAIN_COLUMNS
		" FROM tap WHERE seq > ?1 AND ?3 = 0 AND seq <= ?4 ORDER BY seq LIMIT ?2" },
	{ ST_PEER_TAP_EACH_CHAIN,
		"SELECT " CHAIN_COLUMNS
		" FROM peer_tap WHERE log = ?3 AND seq > ?1 AND seq <= ?4 ORDER BY seq LIMIT ?2" },
	{ ST_SEAL_ADD, "INSERT INTO log_seal (log_id, seq, public_key, head, made_ms, signature)"
		       " VALUES (?1,?2,?3,?4,?5,?6)" },
	{ ST_SEAL_LAST, "SELECT seq FROM log_seal WHERE log_id = ?1 AND public_key = ?2"
			" ORDER BY seq DESC LIMIT 1" },
	{ ST_SEAL_EACH, "SELECT seq, public_key, head, made_ms, signature FROM log_seal"
			" WHERE log_id = ?1 ORDER BY seq" },
	{ ST_SEAL_STRANGER,
		"SELECT log_id FROM log_seal WHERE log_id NOT IN"
		" (SELECT log_id FROM log UNION ALL SELECT log_id FROM peer_log) LIMIT 1" },
	{ 0 },
};
