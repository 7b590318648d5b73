#include "store/store_private.h"

#include <errno.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/seal.h"
#include "store/counter.h"

/*
 * Migration n takes a file from version n to n + 1. Append; published rows are history.
 *
 * Taps, corrections and anchors are append-only in the file itself: the triggers refuse whoever
 * tries, also the sqlite3 command line. Names live in attendee alone.
 */
static const char *const migrations[] = {
	"CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), log_id TEXT NOT NULL, made_ms "
	"INTEGER NOT NULL) STRICT;"

	"CREATE TABLE cluster (code TEXT PRIMARY KEY, name_nl TEXT NOT NULL, name_en TEXT NOT NULL,"
	" short_nl TEXT NOT NULL, short_en TEXT NOT NULL, target INTEGER NOT NULL, position "
	"INTEGER NOT NULL) STRICT;"
	"INSERT INTO cluster VALUES"
	" ('ict-ecommerce', 'ICT & E-commerce', 'ICT & E-commerce', 'ICT', 'ICT', 15, 1),"
	" ('health', 'Health', 'Health', 'Health', 'Health', 15, 2),"
	" ('creative-making', 'Creatieve & slimme (maak-)industrie', 'Creative & smart "
	"manufacturing',"
	"  'Maakindustrie', 'Manufacturing', 15, 3),"
	" ('logistics', 'Logistiek', 'Logistics', 'Logistiek', 'Logistics', 15, 4);"

	"CREATE TABLE organisation (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL,"
	" education_level TEXT NOT NULL, cluster TEXT NOT NULL, region TEXT NOT NULL, growth TEXT "
	"NOT NULL) STRICT;"
	"CREATE TABLE attendee (id TEXT PRIMARY KEY, given_name TEXT NOT NULL, family_name TEXT "
	"NOT NULL,"
	" organisation TEXT REFERENCES organisation (id), email TEXT NOT NULL, language TEXT NOT "
	"NULL,"
	" sessions TEXT NOT NULL) STRICT;"
	"CREATE INDEX attendee_by_email ON attendee (email COLLATE NOCASE);"
	"CREATE TABLE link (badge_key BLOB NOT NULL CHECK (length(badge_key) = 16),"
	" attendee TEXT NOT NULL REFERENCES attendee (id), from_ms INTEGER NOT NULL, until_ms "
	"INTEGER) STRICT;"
	"CREATE UNIQUE INDEX link_now ON link (badge_key) WHERE until_ms IS NULL;"
	"CREATE INDEX link_of ON link (attendee) WHERE until_ms IS NULL;"
	"CREATE TABLE blocked (badge_key BLOB PRIMARY KEY CHECK (length(badge_key) = 16), from_ms "
	"INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

	"CREATE TABLE generation (id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, "
	"begun_ms INTEGER NOT NULL,"
	" finished_ms INTEGER) STRICT;"
	"CREATE TABLE staged_organisation (generation INTEGER NOT NULL REFERENCES generation (id) "
	"ON DELETE CASCADE,"
	" id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, education_level TEXT NOT NULL, "
	"cluster TEXT NOT NULL,"
	" region TEXT NOT NULL, growth TEXT NOT NULL, PRIMARY KEY (generation, id)) STRICT, "
	"WITHOUT ROWID;"
	"CREATE TABLE staged_attendee (generation INTEGER NOT NULL REFERENCES generation (id) ON "
	"DELETE CASCADE,"
	" id TEXT NOT NULL, given_name TEXT NOT NULL, family_name TEXT NOT NULL, organisation "
	"TEXT, email TEXT NOT NULL,"
	" language TEXT NOT NULL, sessions TEXT NOT NULL, badge_key BLOB, PRIMARY KEY (generation, "
	"id)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX staged_badge ON staged_attendee (generation, badge_key);"

	"CREATE TABLE event (id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
	"venue TEXT NOT NULL) STRICT;"
	"CREATE TABLE session (id TEXT PRIMARY KEY, event TEXT NOT NULL REFERENCES event (id), "
	"code TEXT NOT NULL,"
	" title TEXT NOT NULL, host TEXT NOT NULL, room TEXT NOT NULL, cluster TEXT NOT NULL, "
	"start_ms INTEGER NOT NULL,"
	" end_ms INTEGER NOT NULL, announced_start_ms INTEGER NOT NULL, utc_offset_min INTEGER NOT "
	"NULL,"
	" capacity INTEGER NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, announced_room TEXT "
	"NOT NULL,"
	" CHECK (end_ms > start_ms), UNIQUE (event, code)) STRICT;"

	"CREATE TABLE tap (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, badge_key BLOB NOT NULL "
	"CHECK (length(badge_key) = 16),"
	" boot_id BLOB NOT NULL CHECK (length(boot_id) = 16), mono_ms INTEGER NOT NULL, wall_ms "
	"INTEGER NOT NULL,"
	" grade INTEGER NOT NULL, technology INTEGER NOT NULL, verdict TEXT NOT NULL, direction "
	"INTEGER NOT NULL,"
	" counts INTEGER NOT NULL, kiosk TEXT NOT NULL, event TEXT, session TEXT, attendee TEXT, "
	"note TEXT NOT NULL,"
	" chain BLOB NOT NULL CHECK (length(chain) = 32)) STRICT;"
	"CREATE INDEX tap_of_badge ON tap (badge_key, seq);"
	"CREATE INDEX tap_of_session ON tap (session) WHERE session IS NOT NULL AND counts = 1;"
	"CREATE TABLE correction (seq INTEGER PRIMARY KEY REFERENCES tap (seq), reason TEXT NOT "
	"NULL, made_ms INTEGER NOT NULL) STRICT;"
	"CREATE TABLE anchor (boot_id BLOB NOT NULL CHECK (length(boot_id) = 16), mono_ms INTEGER "
	"NOT NULL,"
	" wall_ms INTEGER NOT NULL, grade INTEGER NOT NULL) STRICT;"
	"CREATE TABLE tally (day INTEGER NOT NULL, kiosk TEXT NOT NULL, verdict TEXT NOT NULL, "
	"count INTEGER NOT NULL,"
	" PRIMARY KEY (day, kiosk, verdict)) STRICT, WITHOUT ROWID;"

	"CREATE TRIGGER tap_next BEFORE INSERT ON tap WHEN NEW.seq IS NOT (SELECT "
	"coalesce(max(seq), 0) + 1 FROM tap)"
	" BEGIN SELECT RAISE(ABORT, 'taps are numbered without gaps'); END;"
	"CREATE TRIGGER tap_kept BEFORE DELETE ON tap BEGIN SELECT RAISE(ABORT, 'a tap stays in "
	"the log'); END;"
	"CREATE TRIGGER tap_fixed BEFORE UPDATE ON tap BEGIN SELECT RAISE(ABORT, 'a tap is never "
	"rewritten: correct it'); END;"
	"CREATE TRIGGER correction_kept BEFORE DELETE ON correction BEGIN SELECT RAISE(ABORT, 'a "
	"correction stays'); END;"
	"CREATE TRIGGER correction_fixed BEFORE UPDATE ON correction BEGIN SELECT RAISE(ABORT, 'a "
	"correction is never rewritten'); END;"
	"CREATE TRIGGER anchor_kept BEFORE DELETE ON anchor BEGIN SELECT RAISE(ABORT, 'an anchor "
	"stays'); END;"
	"CREATE TRIGGER anchor_fixed BEFORE UPDATE ON anchor BEGIN SELECT RAISE(ABORT, 'an anchor "
	"is never rewritten'); END;",

	"CREATE TABLE one_time_code (one INTEGER PRIMARY KEY CHECK (one = 1), salt BLOB NOT NULL "
	"CHECK (length(salt) = 32),"
	" digest BLOB NOT NULL CHECK (length(digest) = 32), boot_id BLOB NOT NULL CHECK "
	"(length(boot_id) = 16),"
	" until_mono_ms INTEGER NOT NULL, wrong INTEGER NOT NULL, used INTEGER NOT NULL) STRICT;"
	"CREATE TABLE organiser_badge (badge_key BLOB PRIMARY KEY CHECK (length(badge_key) = 16), "
	"from_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;",
	/*
	 * Other kiosks' logs stand beside our own, which stays one plain insert at the end of tap.
	 * Their taps come in by chunks and are seen, all at once, when shown_seq moves. A forgotten
	 * person keeps a number and an organisation; credit holds which taps were theirs by a link
	 * that is gone. changed_ms decides, when two kiosks tell different things.
	 */
	"ALTER TABLE log ADD COLUMN venue TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE cluster ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE organisation ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE attendee ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE attendee ADD COLUMN event TEXT REFERENCES event (id);"
	"ALTER TABLE attendee ADD COLUMN forgotten_ms INTEGER;"
	"ALTER TABLE event ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE session ADD COLUMN changed_ms INTEGER NOT NULL DEFAULT 0;"
	"UPDATE organisation SET changed_ms = unixepoch() * 1000;"
	"UPDATE attendee SET changed_ms = unixepoch() * 1000;"
	"UPDATE event SET changed_ms = unixepoch() * 1000;"
	"UPDATE session SET changed_ms = unixepoch() * 1000;"

	"CREATE TABLE peer_log (number INTEGER PRIMARY KEY, log_id TEXT NOT NULL UNIQUE, made_ms "
	"INTEGER NOT NULL, shown_seq INTEGER NOT NULL) STRICT;"
	"CREATE TABLE peer_tap (log INTEGER NOT NULL REFERENCES peer_log (number), seq INTEGER NOT "
	"NULL, id TEXT NOT NULL, badge_key BLOB NOT NULL CHECK (length(badge_key) = 16),"
	" boot_id BLOB NOT NULL CHECK (length(boot_id) = 16), mono_ms INTEGER NOT NULL, wall_ms "
	"INTEGER NOT NULL,"
	" grade INTEGER NOT NULL, technology INTEGER NOT NULL, verdict TEXT NOT NULL, direction "
	"INTEGER NOT NULL,"
	" counts INTEGER NOT NULL, kiosk TEXT NOT NULL, event TEXT, session TEXT, attendee TEXT, "
	"note TEXT NOT NULL,"
	" chain BLOB NOT NULL CHECK (length(chain) = 32), PRIMARY KEY (log, seq)) STRICT, WITHOUT "
	"ROWID;"
	"CREATE INDEX peer_tap_of_badge ON peer_tap (badge_key);"
	"CREATE INDEX peer_tap_of_session ON peer_tap (session) WHERE session IS NOT NULL AND "
	"counts = 1;"
	"CREATE TABLE peer_correction (log_id TEXT NOT NULL, seq INTEGER NOT NULL, made_ms INTEGER "
	"NOT NULL, reason TEXT NOT NULL,"
	" PRIMARY KEY (log_id, seq, made_ms, reason)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE peer_tally (log_id TEXT NOT NULL, day INTEGER NOT NULL, kiosk TEXT NOT NULL, "
	"verdict TEXT NOT NULL,"
	" count INTEGER NOT NULL, PRIMARY KEY (log_id, day, kiosk, verdict)) STRICT, WITHOUT "
	"ROWID;"
	"CREATE TABLE credit (log_id TEXT NOT NULL, seq INTEGER NOT NULL, attendee TEXT NOT NULL "
	"REFERENCES attendee (id),"
	" PRIMARY KEY (log_id, seq)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE log_seal (log_id TEXT NOT NULL, seq INTEGER NOT NULL, public_key BLOB NOT "
	"NULL CHECK (length(public_key) = 32),"
	" head BLOB NOT NULL CHECK (length(head) = 32), made_ms INTEGER NOT NULL, signature BLOB "
	"NOT NULL CHECK (length(signature) = 64),"
	" PRIMARY KEY (log_id, seq, public_key)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX anchor_of_boot ON anchor (boot_id, mono_ms);"

	"CREATE VIEW every_tap AS SELECT (SELECT log_id FROM log) AS log_id, seq, id, badge_key, "
	"boot_id, mono_ms, wall_ms, grade, technology, verdict,"
	" direction, counts, kiosk, event, session, attendee, note, chain FROM tap"
	" UNION ALL SELECT p.log_id, t.seq, t.id, t.badge_key, t.boot_id, t.mono_ms, t.wall_ms, "
	"t.grade, t.technology, t.verdict,"
	" t.direction, t.counts, t.kiosk, t.event, t.session, t.attendee, t.note, t.chain"
	" FROM peer_tap t CROSS JOIN peer_log p ON p.number = t.log AND t.seq <= p.shown_seq;"
	"CREATE VIEW every_correction AS SELECT (SELECT log_id FROM log) AS log_id, seq, reason, "
	"made_ms FROM correction"
	" UNION ALL SELECT log_id, seq, reason, made_ms FROM peer_correction;"
	"CREATE VIEW every_tally AS SELECT (SELECT log_id FROM log) AS log_id, day, kiosk, "
	"verdict, "
	"count FROM tally"
	" UNION ALL SELECT log_id, day, kiosk, verdict, count FROM peer_tally;"

	"CREATE TRIGGER peer_tap_next BEFORE INSERT ON peer_tap WHEN NEW.seq IS NOT (SELECT "
	"coalesce(max(seq), 0) + 1 FROM peer_tap WHERE log = NEW.log)"
	" BEGIN SELECT RAISE(ABORT, 'taps are numbered without gaps'); END;"
	"CREATE TRIGGER peer_tap_kept BEFORE DELETE ON peer_tap WHEN OLD.seq <= (SELECT shown_seq "
	"FROM peer_log WHERE number = OLD.log)"
	" BEGIN SELECT RAISE(ABORT, 'a tap stays in the log'); END;"
	"CREATE TRIGGER peer_tap_fixed BEFORE UPDATE ON peer_tap BEGIN SELECT RAISE(ABORT, 'a tap "
	"is never rewritten: correct it'); END;"
	"CREATE TRIGGER peer_correction_kept BEFORE DELETE ON peer_correction BEGIN SELECT "
	"RAISE(ABORT, 'a correction stays'); END;"
	"CREATE TRIGGER peer_correction_fixed BEFORE UPDATE ON peer_correction BEGIN SELECT "
	"RAISE(ABORT, 'a correction is never rewritten'); END;"
	"CREATE TRIGGER log_seal_kept BEFORE DELETE ON log_seal BEGIN SELECT RAISE(ABORT, 'a seal "
	"stays'); END;"
	"CREATE TRIGGER log_seal_fixed BEFORE UPDATE ON log_seal BEGIN SELECT RAISE(ABORT, 'a seal "
	"is never rewritten'); END;",
	/* Counters of participation: kept with every tap, so that a report reads hundreds of rows
	 * where the log has millions. Rows speak of short numbers; number 1 is "none", organisation
	 * 0 is "a badge nobody owns yet". A session has its own day, so its rows say day 0. */
	"CREATE TABLE number (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;"
	"INSERT INTO number VALUES (1, '');"
	"CREATE TABLE attended (session INTEGER NOT NULL, event INTEGER NOT NULL, day INTEGER NOT "
	"NULL,"
	" organisation INTEGER NOT NULL, checkins INTEGER NOT NULL, stays INTEGER NOT NULL, "
	"stay_ms INTEGER NOT NULL,"
	" PRIMARY KEY (session, event, day, organisation)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE visit (person INTEGER NOT NULL, session INTEGER NOT NULL, event INTEGER NOT "
	"NULL,"
	" day INTEGER NOT NULL, organisation INTEGER NOT NULL, checkins INTEGER NOT NULL, stays "
	"INTEGER NOT NULL,"
	" stay_ms INTEGER NOT NULL, PRIMARY KEY (person, session, event, day)) STRICT, WITHOUT "
	"ROWID;"
	"CREATE TABLE attender (session INTEGER NOT NULL, event INTEGER NOT NULL, day INTEGER NOT "
	"NULL,"
	" chunk INTEGER NOT NULL, bits BLOB NOT NULL CHECK (length(bits) = 128),"
	" PRIMARY KEY (session, event, day, chunk)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE recount (one INTEGER PRIMARY KEY CHECK (one = 1), due INTEGER NOT NULL) "
	"STRICT;"
	"INSERT INTO recount VALUES (1, 1);"
	"DROP INDEX tap_of_session; DROP INDEX peer_tap_of_session;"

	/* Two names of one organisation: a merge is a row that can be ended; root is what all
	 * merges together say. Names are compared by their key. */
	"ALTER TABLE organisation ADD COLUMN kvk TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE organisation ADD COLUMN root TEXT REFERENCES organisation (id);"
	"ALTER TABLE staged_organisation ADD COLUMN kvk TEXT NOT NULL DEFAULT '';"
	"CREATE TABLE organisation_alias (key TEXT PRIMARY KEY, organisation TEXT NOT NULL "
	"REFERENCES organisation (id),"
	" name TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE organisation_merge (organisation TEXT NOT NULL REFERENCES organisation (id),"
	" same_as TEXT NOT NULL REFERENCES organisation (id), made_ms INTEGER NOT NULL, undone_ms "
	"INTEGER,"
	" PRIMARY KEY (organisation, made_ms, same_as)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE organisation_distinct (one TEXT NOT NULL, other TEXT NOT NULL, made_ms "
	"INTEGER NOT NULL,"
	" PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;"

	/* Whoever moves to another organisation takes the counted check-ins along. */
	"CREATE TRIGGER attendee_moves AFTER UPDATE OF organisation ON attendee"
	" WHEN NEW.organisation IS NOT OLD.organisation BEGIN"
	" INSERT INTO number (id) SELECT NEW.organisation WHERE NEW.organisation IS NOT NULL"
	"  AND NOT EXISTS (SELECT 1 FROM number WHERE id = NEW.organisation);"
	" UPDATE attended SET checkins = attended.checkins - v.checkins, stays = attended.stays - "
	"v.stays,"
	"  stay_ms = attended.stay_ms - v.stay_ms FROM visit v, number p"
	"  WHERE p.id = NEW.id AND v.person = p.no AND v.session = attended.session AND v.event = "
	"attended.event"
	"  AND v.day = attended.day AND v.organisation = attended.organisation;"
	" INSERT INTO attended SELECT v.session, v.event, v.day, o.no, v.checkins, v.stays, "
	"v.stay_ms"
	"  FROM number p JOIN visit v ON v.person = p.no, number o WHERE p.id = NEW.id AND o.id = "
	"coalesce(NEW.organisation, '')"
	"  ON CONFLICT DO UPDATE SET checkins = checkins + excluded.checkins, stays = stays + "
	"excluded.stays,"
	"  stay_ms = stay_ms + excluded.stay_ms;"
	" UPDATE visit SET organisation = (SELECT no FROM number WHERE id = "
	"coalesce(NEW.organisation, ''))"
	"  WHERE person = (SELECT no FROM number WHERE id = NEW.id);"
	" DELETE FROM attended WHERE checkins = 0 AND stays = 0 AND (session, event, day) IN"
	"  (SELECT session, event, day FROM visit WHERE person = (SELECT no FROM number WHERE id = "
	"NEW.id));"
	" END;",

	/* Who changed a tap by hand and why; goes with the person, while the tap stays. */
	"CREATE TABLE hand_note (log_id TEXT NOT NULL, seq INTEGER NOT NULL, act TEXT NOT NULL, "
	"who TEXT NOT NULL,"
	" reason TEXT NOT NULL, made_ms INTEGER NOT NULL, PRIMARY KEY (log_id, seq, act)) STRICT, "
	"WITHOUT ROWID;",
	"CREATE INDEX tap_of_stranger ON tap (badge_key) WHERE verdict = 'unknown';"
	"CREATE TABLE web_password (role TEXT PRIMARY KEY CHECK (role IN ('organiser', 'viewer')),"
	" hash TEXT NOT NULL, changed_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE web_session (digest BLOB PRIMARY KEY CHECK (length(digest) = 32), role TEXT "
	"NOT NULL, who TEXT NOT NULL,"
	" boot_id BLOB NOT NULL CHECK (length(boot_id) = 16), begun_mono_ms INTEGER NOT NULL,"
	" begun_wall_ms INTEGER NOT NULL, length_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE web_token (id INTEGER PRIMARY KEY AUTOINCREMENT, digest BLOB NOT NULL UNIQUE "
	"CHECK (length(digest) = 32),"
	" name TEXT NOT NULL, role TEXT NOT NULL, read_only INTEGER NOT NULL, made_by TEXT NOT "
	"NULL, made_ms INTEGER NOT NULL,"
	" expires_ms INTEGER NOT NULL, revoked_ms INTEGER) STRICT;"
	"CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, wall_ms INTEGER NOT NULL, grade "
	"INTEGER NOT NULL,"
	" who TEXT NOT NULL, role TEXT NOT NULL, act TEXT NOT NULL, object TEXT NOT NULL, reason "
	"TEXT NOT NULL) STRICT;"
	"CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log "
	"only grows'); END;"
	"CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit "
	"log is never rewritten'); END;",

	/* Files that were handed out: not the files, but what tells whether one is genuine. */
	"CREATE TABLE download (id INTEGER PRIMARY KEY AUTOINCREMENT, wall_ms INTEGER NOT NULL, "
	"who "
	"TEXT NOT NULL,"
	" file TEXT NOT NULL, names INTEGER NOT NULL, reason TEXT NOT NULL, rows INTEGER NOT NULL,"
	" digest BLOB NOT NULL CHECK (length(digest) = 64), code TEXT NOT NULL, minisig TEXT NOT "
	"NULL) STRICT;"
	"CREATE INDEX download_of_digest ON download (digest);",
	/* Somebody was forgotten, and what held the name is not yet overwritten everywhere. */
	"ALTER TABLE log ADD COLUMN purge_due INTEGER NOT NULL DEFAULT 0;"
	"CREATE INDEX link_of_person ON link (attendee);"
	"CREATE INDEX credit_of_person ON credit (attendee);",

	/* Added by a walk-in and not looked at yet; an import that names it settles it. */
	"ALTER TABLE organisation ADD COLUMN to_check INTEGER NOT NULL DEFAULT 0;"
	"CREATE TRIGGER organisation_checked AFTER UPDATE OF kind ON organisation WHEN "
	"OLD.to_check = 1"
	" BEGIN UPDATE organisation SET to_check = 0 WHERE id = NEW.id; END;",

	("CREATE TABLE kiosk_setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, "
	 "WITHOUT ROWID;"),

	/* A merge of kiosks asks for all links of a badge, and takes over whether an organisation
	 * was looked at: who looks says so itself. */
	("CREATE INDEX link_of_badge ON link (badge_key); DROP TRIGGER organisation_checked;"),

	/* Of a walk-in without an organisation; whoever has one belongs to the cluster of that. */
	"ALTER TABLE attendee ADD COLUMN cluster TEXT NOT NULL DEFAULT '';",

	/* What the newest import found, so that it can be put back. A given name that is NULL: the
	 * person was not there; an attendee that is NULL: the badge was nobody's. */
	"CREATE TABLE before_import (generation INTEGER PRIMARY KEY, source TEXT NOT NULL, made_ms "
	"INTEGER NOT NULL, people INTEGER NOT NULL) STRICT;"
	"CREATE TABLE before_attendee (generation INTEGER NOT NULL, id TEXT NOT NULL, given_name "
	"TEXT, family_name TEXT, organisation TEXT, email TEXT, language TEXT, sessions TEXT,"
	" PRIMARY KEY (generation, id)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE before_link (generation INTEGER NOT NULL, badge_key BLOB NOT NULL CHECK "
	"(length(badge_key) = 16), attendee TEXT,"
	" PRIMARY KEY (generation, badge_key)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE before_organisation (generation INTEGER NOT NULL, id TEXT NOT NULL, kind "
	"TEXT NOT NULL, education_level TEXT NOT NULL, cluster TEXT NOT NULL, region TEXT NOT "
	"NULL, growth TEXT NOT NULL, kvk TEXT NOT NULL, PRIMARY KEY (generation, id)) STRICT, "
	"WITHOUT ROWID;",

	/* Options chosen over those of the file; the volume that was set at the kiosk is the first.
	 */
	"CREATE TABLE option_override (section TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT "
	"NULL, origin TEXT NOT NULL, changed_ms INTEGER NOT NULL, PRIMARY KEY (section, name)) "
	"STRICT, WITHOUT ROWID;"
	"INSERT INTO option_override SELECT 'screen', 'volume', CAST(value AS TEXT), 'kiosk', 0"
	" FROM kiosk_setting WHERE name = 'volume';"
	"DELETE FROM kiosk_setting WHERE name IN ('volume', 'volume-option');",

	/* Where an organisation is, for whoever asks which came from elsewhere. */
	"ALTER TABLE organisation ADD COLUMN town TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE staged_organisation ADD COLUMN town TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE before_organisation ADD COLUMN town TEXT NOT NULL DEFAULT '';",

	/* What each kiosk says of itself, ours among them. turn counts how often it said something
	 * else: clocks do not tell which word is the newer. */
	"CREATE TABLE kiosk_run (log_id TEXT PRIMARY KEY, turn INTEGER NOT NULL, kiosk TEXT NOT "
	"NULL, version TEXT NOT NULL) STRICT, WITHOUT ROWID;",

	/* An event's own days, also before its programme is there: days since 1970 by the clock on
	 * the wall; 0 for those of its sessions. */
	"ALTER TABLE event ADD COLUMN first_day INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE event ADD COLUMN last_day INTEGER NOT NULL DEFAULT 0;",

	/* Where somebody comes from: "file" with its name and line, "kiosk", "hand", "" from before
	 * it was kept. A first name alone under an id that was drawn is a walk-in's. */
	"ALTER TABLE attendee ADD COLUMN origin TEXT NOT NULL DEFAULT '';"
	"ALTER TABLE attendee ADD COLUMN origin_file TEXT NOT NULL DEFAULT '';"
	"CREATE INDEX attendee_by_file ON attendee (origin_file);"
	"ALTER TABLE attendee ADD COLUMN origin_line INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE attendee ADD COLUMN origin_ms INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE staged_attendee ADD COLUMN line INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE before_attendee ADD COLUMN origin TEXT;"
	"ALTER TABLE before_attendee ADD COLUMN origin_file TEXT;"
	"ALTER TABLE before_attendee ADD COLUMN origin_line INTEGER;"
	"ALTER TABLE before_attendee ADD COLUMN origin_ms INTEGER;"
	"UPDATE attendee SET origin = 'hand' WHERE forgotten_ms IS NULL AND id IN (SELECT object "
	"FROM audit WHERE act = 'person-added');"
	"UPDATE attendee SET origin = 'kiosk' WHERE origin = '' AND forgotten_ms IS NULL AND "
	"substr(id, 15, 1) = '7' AND family_name = '' AND email = '';",

	/* changed_ms that a clock which may have been wrong gave to people: what is known of that
	 * moment, and when a clock that was right saw it first. */
	"CREATE TABLE stamp (ms INTEGER PRIMARY KEY, boot_id BLOB NOT NULL, mono_ms INTEGER NOT "
	"NULL, grade INTEGER NOT NULL, known_ms INTEGER) STRICT;",

	/* What several kiosks say of a badge: when somebody ended a link, where until_ms is also
	 * when another kiosk's begins; and that a link is from a list, of a kiosk that knew no link
	 * of the badge before. A badge that was lost and found keeps its row. */
	"ALTER TABLE link ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE link ADD COLUMN ended_ms INTEGER;"
	"UPDATE link SET ended_ms = until_ms, listed = attendee IN (SELECT id FROM attendee WHERE "
	"origin = 'file') AND NOT EXISTS (SELECT 1 FROM link o WHERE o.badge_key = link.badge_key "
	"AND o.from_ms < link.from_ms);"
	"ALTER TABLE blocked ADD COLUMN until_ms INTEGER;"
	/* Whom lists that wait must lose is asked often, and few are forgotten. */
	"CREATE INDEX attendee_forgotten ON attendee (forgotten_ms) WHERE forgotten_ms IS NOT NULL;"
	/* A tap's day is read by more than it was: who tells the time again corrects themselves. */
	"UPDATE recount SET due = 1;",
};

int schema_newest(void)
{
	return (int)(sizeof migrations / sizeof migrations[0]);
}

static int pragma_value(struct store *store, const char *pragma)
{
	sqlite3_stmt *statement;
	int value = -EIO;
	if (sqlite3_prepare_v2(store->db, pragma, -1, &statement, NULL) != SQLITE_OK)
		return statement_trouble(store);
	if (sqlite3_step(statement) == SQLITE_ROW)
		value = sqlite3_column_int(statement, 0);
	else
		value = statement_trouble(store);
	sqlite3_finalize(statement);
	return value;
}

int schema_version(struct store *store)
{
	const int version = pragma_value(store, "PRAGMA user_version");
	if (version < 0)
		return version;
	const int application = pragma_value(store, "PRAGMA application_id");
	const int tables = pragma_value(store, "SELECT count(*) FROM sqlite_schema");
	if (application < 0 || tables < 0)
		return -EIO;
	if (application != STORE_APPLICATION_ID && (version != 0 || tables != 0))
		return -EMEDIUMTYPE;
	return version > schema_newest() ? -EOVERFLOW : version;
}

static int run(struct store *store, const char *statements)
{
	return sqlite3_exec(store->db, statements, NULL, NULL, NULL) == SQLITE_OK
		       ? 0
		       : statement_trouble(store);
}

static int draw_log_id(struct store *store)
{
	char id[ID_TEXT_SIZE], statement[160];
	uuid_draw(id, clock_wall_ms());
	snprintf(statement, sizeof statement, "INSERT INTO log VALUES (1, '%s', %lld)", id,
		(long long)clock_wall_ms());
	return run(store, statement);
}

/* One migration and its number commit together. */
static int migrate_one(struct store *store, int version)
{
	char number[96];
	snprintf(number, sizeof number, "PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_APPLICATION_ID, version + 1);
	int r = run(store, "BEGIN IMMEDIATE");
	if (r == 0)
		r = run(store, migrations[version]);
	if (r == 0 && version == 0)
		r = draw_log_id(store);
	if (r == 0)
		r = run(store, number);
	if (r == 0)
		r = run(store, "COMMIT");
	if (r < 0)
		sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
	return r;
}

int schema_migrate_to(struct store *store, int newest)
{
	int version = schema_version(store);
	while (version >= 0 && version < newest) {
		const int r = migrate_one(store, version);
		/* Another program may have done it meanwhile: the file itself tells. */
		version = schema_version(store);
		if (r < 0 && version < newest)
			return r;
	}
	return version < 0 ? version : 0;
}

int schema_migrate(struct store *store)
{
	const int r = schema_migrate_to(store, schema_newest());
	return r < 0 ? r : counter_catch_up(store);
}
