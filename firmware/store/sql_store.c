#include "store/sql.h"

/* The file itself. */
const struct sql sql_store[] = {
	{ ST_BEGIN, "BEGIN IMMEDIATE" },
	{ ST_COMMIT, "COMMIT" },
	{ ST_ROLLBACK, "ROLLBACK" },
	{ ST_DATA_VERSION, "PRAGMA data_version" },
	{ ST_LOG, "SELECT log_id, venue FROM log" },
	{ ST_VENUE_CLAIM,
		"UPDATE log SET venue = ?1 WHERE NOT EXISTS (SELECT 1 FROM every_tap)"
		" AND NOT EXISTS (SELECT 1 FROM link) AND NOT EXISTS (SELECT 1 FROM blocked)"
		" OR venue = ''" },
	{ ST_GUARDS, "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND"
		     " name IN ('tap_kept', 'correction_kept')" },
	{ ST_TEXT_GUARDS,
		"SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger' AND"
		" name IN ('correction_kept', 'correction_fixed', 'peer_correction_kept',"
		" 'peer_correction_fixed', 'audit_kept', 'audit_fixed')" },
	{ ST_BEGIN_READ, "BEGIN" },
	{ ST_SETTING_GET, "SELECT value FROM kiosk_setting WHERE name = ?1" },
	{ ST_SETTING_SET, "INSERT OR REPLACE INTO kiosk_setting (name, value) VALUES (?1, ?2)" },
	{ ST_OVERRIDE_EACH,
		"SELECT section, name, value, origin FROM option_override ORDER BY section, name" },
	{ ST_OVERRIDE_PUT, "INSERT OR REPLACE INTO option_override (section, name, value, origin,"
			   " changed_ms) VALUES (?1, ?2, ?3, ?4, ?5)" },
	{ ST_OVERRIDE_DROP, "DELETE FROM option_override WHERE section = ?1 AND name = ?2" },
	/* Two that differ in it hold other people, another programme, other badges or options; taps
	 * do not count. */
	{ ST_PREPARED,
		"SELECT group_concat(part) FROM ("
		"SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) AS part FROM attendee"
		" UNION ALL SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) FROM organisation"
		" UNION ALL SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) FROM cluster"
		" UNION ALL SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) FROM event"
		" UNION ALL SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) FROM session"
		" UNION ALL SELECT count(*) || '+' || ifnull(sum(changed_ms), 0) FROM "
		"option_override"
		" UNION ALL SELECT count(*) || '+' || count(until_ms) FROM link"
		" UNION ALL SELECT count(*) || '+' || count(undone_ms) FROM organisation_merge"
		" UNION ALL SELECT count(*) FROM organisation_alias"
		" UNION ALL SELECT count(*) FROM organisation_distinct"
		" UNION ALL SELECT count(*) || '+' || count(until_ms) FROM blocked"
		" UNION ALL SELECT count(*) FROM organiser_badge)" },
	/* What only grows; asked of files of every version. */
	{ ST_BACKUP_AGE, "SELECT log_id, made_ms, (SELECT ifnull(max(seq), 0) FROM tap),"
			 " (SELECT ifnull(sum(seq), 0) FROM sqlite_sequence),"
			 " (SELECT ifnull(group_concat(log_id), '') FROM peer_log) FROM log" },
	{ 0 },
};
