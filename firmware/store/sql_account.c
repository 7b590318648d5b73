#include "store/sql.h"

/* When a token was made, by what is known of that moment; while nobody can say, and the clock is
 * right (?3), it is as if it were made now (?2). */
#define MADE                                                                                     \
	"coalesce((SELECT coalesce(known_ms, iif(?3 AND read_grade(boot_id, mono_ms, ms, grade)" \
	" = 0, ?2, read_ms(boot_id, mono_ms, ms, grade))) FROM stamp WHERE ms = made_ms), "      \
	"made_ms)"

/* Who may use the organiser's page, and what they did there. */
const struct sql sql_account[] = {
	{ ST_CODE_LOAD,
		"SELECT salt, digest, boot_id, until_mono_ms, wrong, used FROM one_time_code" },
	{ ST_CODE_SAVE, "INSERT OR REPLACE INTO one_time_code (one, salt, digest, boot_id, "
			"until_mono_ms, wrong, used)"
			" VALUES (1,?1,?2,?3,?4,?5,?6)" },
	{ ST_PASSWORD_LOAD, "SELECT hash FROM web_password WHERE role = ?1" },
	{ ST_PASSWORD_SAVE, "INSERT INTO web_password (role, hash, changed_ms) VALUES (?1,?2,?3)"
			    " ON CONFLICT DO UPDATE SET hash = excluded.hash, changed_ms = "
			    "excluded.changed_ms" },
	{ ST_PASSWORD_EACH, "SELECT role, hash, changed_ms FROM web_password" },
	{ ST_WEB_SESSION_SWEEP, "DELETE FROM web_session WHERE CASE WHEN boot_id = ?1"
				" THEN ?2 - begun_mono_ms ELSE ?3 - begun_wall_ms END"
				" NOT BETWEEN 0 AND length_ms - 1" },
	{ ST_WEB_SESSION_ADD, "INSERT INTO web_session (digest, role, who, boot_id, begun_mono_ms,"
			      " begun_wall_ms, length_ms) VALUES (?1,?2,?3,?4,?5,?6,?7)" },
	{ ST_WEB_SESSION_FIND, "SELECT role, who, boot_id, begun_mono_ms, begun_wall_ms, length_ms"
			       " FROM web_session WHERE digest = ?1" },
	{ ST_WEB_SESSION_END, "DELETE FROM web_session WHERE digest = ?1" },
	{ ST_WEB_SESSION_END_ALL, "DELETE FROM web_session WHERE ?1 IS NULL OR role = ?1" },
	{ ST_WEB_SESSION_EACH,
		"SELECT digest, role, who, boot_id, begun_mono_ms, begun_wall_ms, length_ms"
		" FROM web_session" },
	{ ST_WEB_SESSION_COUNT, "SELECT count(*) FROM web_session" },
	{ ST_TOKEN_ADD, "INSERT INTO web_token (digest, name, role, read_only, made_by, made_ms, "
			"expires_ms) VALUES (?1,?2,?3,?4,?5,?6,?7)" },
	{ ST_TOKEN_FIND, "SELECT name, role, read_only FROM web_token WHERE digest = ?1"
			 " AND revoked_ms IS NULL AND expires_ms - made_ms + " MADE " > ?2" },
	{ ST_TOKEN_REVOKE,
		"UPDATE web_token SET revoked_ms = ?2 WHERE id = ?1 AND revoked_ms IS NULL" },
	{ ST_TOKEN_REVOKED_EACH,
		"SELECT digest, revoked_ms FROM web_token WHERE revoked_ms IS NOT NULL" },
	{ ST_TOKEN_REVOKE_SAME, "UPDATE web_token SET revoked_ms = ?2 WHERE digest = ?1 AND "
				"revoked_ms IS NULL" },
	{ ST_TOKEN_EACH,
		"SELECT id, name, role, read_only, made_by, " MADE ", expires_ms - made_ms + " MADE
		", revoked_ms FROM web_token ORDER BY id DESC" },
	{ ST_AUDIT_ADD, "INSERT INTO audit (wall_ms, grade, who, role, act, object, reason)"
			" VALUES (?1,?2,?3,?4,?5,?6,?7)" },
	{ ST_AUDIT_EACH, "SELECT id, wall_ms, grade, who, role, act, object, reason FROM audit"
			 " WHERE wall_ms >= ?1 AND (?2 = 0 OR wall_ms < ?2)"
			 " AND (?3 IS NULL OR who = ?3) AND (?4 IS NULL OR act = ?4)"
			 " AND (?5 = 0 OR id < ?5) AND (?7 IS NULL OR object = ?7) ORDER BY id "
			 "DESC LIMIT ?6" },
	{ ST_AUDIT_WHO, "SELECT DISTINCT who FROM audit WHERE who <> '' ORDER BY who" },
	{ ST_DOWNLOAD_ADD, "INSERT INTO download (wall_ms, who, file, names, reason, rows, digest,"
			   " code, minisig) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)" },
	{ ST_DOWNLOAD_EACH, "SELECT id, wall_ms, who, file, names, reason, rows, code FROM download"
			    " WHERE ?1 IS NULL OR digest = ?1 ORDER BY id DESC LIMIT ?2" },
	{ ST_DOWNLOAD_MINISIG, "SELECT minisig, file FROM download WHERE id = ?1" },
	{ 0 },
};
