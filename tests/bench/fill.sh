# shellcheck shell=sh
# fill TAPS BADGES: the log and the people of years, put into "$data" by SQL. The chain of such taps does not hold, and they
# are repeats, so that the counters equal a recount.
fill() {
	sqlite3 "$data/attendance.db" > /dev/null <<-SQL
		PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -400000;
		DROP TRIGGER tap_next;
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
		INSERT INTO attendee (id, given_name, family_name, email, language, sessions, changed_ms)
		SELECT printf('f0000000-0000-0000-0000-%012x', i), 'Gast', 'Nummer ' || i, 'x' || i || '@voorbeeld.example', '', '', 1 FROM n;
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)
		INSERT INTO link (badge_key, attendee, from_ms) SELECT randomblob(16), printf('f0000000-0000-0000-0000-%012x', i), 1 FROM n;
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO tap (seq, id, badge_key, boot_id, mono_ms, wall_ms, grade, technology, verdict, direction, counts, kiosk, attendee, note, chain)
		SELECT i, 'f0000000-0000-0000-0000-000000000000', randomblob(16), zeroblob(16), i, 1764000000000 + i, 3, 1, 'repeat', 0, 0, 'Ingang',
			printf('f0000000-0000-0000-0000-%012x', 1 + i % $2), '', randomblob(32) FROM n;
		CREATE TRIGGER tap_next BEFORE INSERT ON tap WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM tap)
		BEGIN SELECT RAISE(ABORT, 'taps are numbered without gaps'); END;
		PRAGMA wal_checkpoint(TRUNCATE);
	SQL
}
