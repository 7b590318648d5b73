-- The hub: a PostgreSQL (15 or newer) in which the figures of several kiosks come together.
--
--   createdb incheckpaal && psql -v ON_ERROR_STOP=1 -f hub.sql incheckpaal
--   CREATE ROLE ingang LOGIN PASSWORD '...' IN ROLE incheckpaal_kiosk;    a kiosk, as its [sync] hub names it
--   CREATE ROLE marit LOGIN PASSWORD '...' IN ROLE incheckpaal_reader;    somebody who reads figures
--
--   SELECT * FROM incheckpaal.participation;
--   SELECT * FROM incheckpaal.participation_of('2026-01-01', '2026-12-31', at_least => 2);
--   SELECT * FROM incheckpaal.involvement_of() WHERE cluster = 'health';
--
-- Run again, it loses nothing that is there.
--
-- No name, e-mail address or badge number comes here. A person is a keyed hash, which only a kiosk of the
-- same venue can make again; so are a badge and the chain of a log, which would tell whether a guess at a person
-- is right. Taps are numbered without gaps in each log: a kiosk goes on only where the chain here is its own. A kiosk may add taps, never change or remove one.
-- Everything else is what each kiosk tells (told_by: its log) and may tell anew; where kiosks differ, what
-- was changed last holds, as when they are merged.
BEGIN;
DO $$ BEGIN
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'incheckpaal_kiosk') THEN CREATE ROLE incheckpaal_kiosk NOLOGIN; END IF;
	IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'incheckpaal_reader') THEN CREATE ROLE incheckpaal_reader NOLOGIN; END IF;
END $$;
CREATE SCHEMA IF NOT EXISTS incheckpaal;
SET LOCAL search_path = incheckpaal;

CREATE TABLE IF NOT EXISTS tap (
	log_id text NOT NULL, seq bigint NOT NULL CHECK (seq > 0), id text NOT NULL,
	bearer bytea NOT NULL CHECK (length(bearer) = 16), -- the person if known is true, else the badge
	known boolean NOT NULL,
	boot_id bytea NOT NULL CHECK (length(boot_id) = 16), mono_ms bigint NOT NULL, wall_ms bigint NOT NULL,
	grade smallint NOT NULL, -- of the clock: 0 none, 1 rtc, 2 human, 3 ntp
	utc_offset_min integer NOT NULL, technology text NOT NULL, verdict text NOT NULL,
	direction smallint NOT NULL, -- 0 neither, 1 in, 2 out
	counts boolean NOT NULL, kiosk text NOT NULL, event text, session text, note text NOT NULL,
	chain bytea NOT NULL CHECK (length(chain) = 32),
	PRIMARY KEY (log_id, seq));

-- What a kiosk told last, bucket by bucket, so that it tells only what changed.
CREATE TABLE IF NOT EXISTS told (told_by text, sheet text, bucket integer, digest bytea NOT NULL, PRIMARY KEY (told_by, sheet, bucket));
CREATE TABLE IF NOT EXISTS cluster (told_by text, bucket integer, code text, name_nl text NOT NULL, name_en text NOT NULL,
	target integer NOT NULL, position integer NOT NULL, changed_ms bigint NOT NULL, PRIMARY KEY (told_by, bucket, code));
CREATE TABLE IF NOT EXISTS event (told_by text, bucket integer, id text, code text NOT NULL, title text NOT NULL, venue text NOT NULL,
	changed_ms bigint NOT NULL, PRIMARY KEY (told_by, bucket, id));
CREATE TABLE IF NOT EXISTS session (told_by text, bucket integer, id text, event text NOT NULL, code text NOT NULL, title text NOT NULL,
	room text NOT NULL, cluster text NOT NULL, start_ms bigint NOT NULL, end_ms bigint NOT NULL, utc_offset_min integer NOT NULL,
	kind text NOT NULL, state text NOT NULL, changed_ms bigint NOT NULL, PRIMARY KEY (told_by, bucket, id));
CREATE TABLE IF NOT EXISTS organisation (told_by text, bucket integer, id text, name text NOT NULL, kind text NOT NULL,
	education_level text NOT NULL, cluster text NOT NULL, region text NOT NULL, growth text NOT NULL, kvk text NOT NULL,
	root text, -- the one it is part of, where two names are one
	changed_ms bigint NOT NULL, PRIMARY KEY (told_by, bucket, id));
CREATE TABLE IF NOT EXISTS person (told_by text, bucket integer, person bytea, organisation text, changed_ms bigint NOT NULL,
	PRIMARY KEY (told_by, bucket, person));
CREATE TABLE IF NOT EXISTS badge (told_by text, bucket integer, badge bytea, person bytea, changed_ms bigint NOT NULL,
	PRIMARY KEY (told_by, bucket, badge));
CREATE TABLE IF NOT EXISTS correction (told_by text, bucket integer, log_id text, seq bigint, PRIMARY KEY (told_by, bucket, log_id, seq));
CREATE TABLE IF NOT EXISTS credit (told_by text, bucket integer, log_id text, seq bigint, person bytea NOT NULL, PRIMARY KEY (told_by, bucket, log_id, seq));
CREATE TABLE IF NOT EXISTS anchor (told_by text, bucket integer, boot_id bytea NOT NULL, mono_ms bigint NOT NULL, wall_ms bigint NOT NULL,
	grade smallint NOT NULL);
CREATE INDEX IF NOT EXISTS anchor_of_boot ON anchor (boot_id);
CREATE INDEX IF NOT EXISTS anchor_told ON anchor (told_by, bucket);

-- The newest word on each.
CREATE OR REPLACE VIEW cluster_now AS SELECT DISTINCT ON (code) * FROM cluster ORDER BY code, changed_ms DESC, told_by;
CREATE OR REPLACE VIEW event_now AS SELECT DISTINCT ON (id) * FROM event ORDER BY id, changed_ms DESC, told_by;
CREATE OR REPLACE VIEW session_now AS SELECT DISTINCT ON (id) * FROM session ORDER BY id, changed_ms DESC, told_by;
CREATE OR REPLACE VIEW person_now AS SELECT DISTINCT ON (person) * FROM person ORDER BY person, changed_ms DESC, told_by;
CREATE OR REPLACE VIEW badge_now AS SELECT DISTINCT ON (badge) * FROM badge ORDER BY badge, changed_ms DESC, told_by;
CREATE OR REPLACE VIEW organisation_now AS
	SELECT DISTINCT ON (id) *, coalesce(min(root) OVER (PARTITION BY id), id) AS is_part_of FROM organisation ORDER BY id, changed_ms DESC, told_by;

-- Every counted check-in of somebody who is known: where, on which day, and for which organisation.
CREATE OR REPLACE VIEW checkin AS
SELECT t.log_id, t.seq, t.event, t.session, s.cluster, p.person, o.is_part_of AS organisation,
	(timestamp 'epoch' + CASE WHEN s.id IS NOT NULL THEN s.start_ms + s.utc_offset_min * 60000
		ELSE coalesce(a.wall_ms + t.mono_ms - a.mono_ms, t.wall_ms) + t.utc_offset_min * 60000 END * interval '1 ms')::date AS day
FROM tap t
LEFT JOIN session_now s ON s.id = t.session
LEFT JOIN (SELECT DISTINCT ON (log_id, seq) log_id, seq, person FROM credit ORDER BY log_id, seq, told_by) k ON k.log_id = t.log_id AND k.seq = t.seq AND NOT t.known
LEFT JOIN badge_now b ON b.badge = t.bearer AND NOT t.known
JOIN person_now p ON p.person = CASE WHEN t.known THEN t.bearer ELSE coalesce(k.person, b.person) END
LEFT JOIN organisation_now o ON o.id = p.organisation
LEFT JOIN LATERAL (SELECT * FROM anchor a WHERE a.boot_id = t.boot_id
	AND (a.grade > t.grade OR (a.grade = 2 AND t.grade = 2 AND a.mono_ms >= t.mono_ms)) ORDER BY a.grade DESC,
	CASE WHEN a.grade = 2 THEN -a.mono_ms ELSE abs(a.mono_ms - t.mono_ms) END LIMIT 1) a ON s.id IS NULL
WHERE t.counts AND t.direction > 0 AND NOT EXISTS (SELECT FROM correction c WHERE c.log_id = t.log_id AND c.seq = t.seq);

-- Who takes part in which cluster, by the rule: at least so many different days (or sessions) of the cluster, or,
-- by own, of the organisation's own cluster wherever it was.
CREATE OR REPLACE FUNCTION involvement_of(from_day date DEFAULT '-infinity', to_day date DEFAULT 'infinity', at_least integer DEFAULT 1,
	unit text DEFAULT 'days', counted_by text DEFAULT 'session')
RETURNS TABLE (cluster text, organisation text, name text, kind text, involved boolean, units bigint, checkins bigint)
LANGUAGE sql STABLE AS $$
	WITH came AS (SELECT c.*, o.cluster AS own FROM incheckpaal.checkin c JOIN incheckpaal.organisation_now o ON o.id = c.organisation
		WHERE c.day BETWEEN from_day AND to_day),
	hit AS (SELECT CASE WHEN counted_by = 'own' THEN own ELSE came.cluster END AS cluster, organisation, count(*) AS checkins,
		CASE WHEN unit = 'sessions' THEN count(DISTINCT session) ELSE count(DISTINCT day) END AS units FROM came GROUP BY 1, 2),
	line AS (SELECT cluster, organisation, checkins, units FROM hit WHERE cluster <> ''
		UNION ALL SELECT DISTINCT own, organisation, 0::bigint, 0::bigint FROM came WHERE own <> '')
	SELECT l.cluster, o.id, o.name, o.kind, max(l.units) >= at_least, max(l.units), max(l.checkins)
	FROM line l JOIN incheckpaal.organisation_now o ON o.id = l.organisation JOIN incheckpaal.cluster_now k ON k.code = l.cluster
	GROUP BY l.cluster, o.id, o.name, o.kind ORDER BY l.cluster, 5 DESC, 6 DESC, o.name $$;

CREATE OR REPLACE FUNCTION participation_of(from_day date DEFAULT '-infinity', to_day date DEFAULT 'infinity', at_least integer DEFAULT 1,
	unit text DEFAULT 'days', counted_by text DEFAULT 'session')
RETURNS TABLE (cluster text, name_nl text, target integer, involved bigint, companies bigint, education bigint, nearly bigint, others bigint,
	persons bigint, checkins bigint)
LANGUAGE sql STABLE AS $$
	WITH line AS (SELECT * FROM incheckpaal.involvement_of(from_day, to_day, at_least, unit, counted_by)),
	came AS (SELECT c.cluster, count(DISTINCT c.person) AS persons, count(*) AS checkins FROM incheckpaal.checkin c
		WHERE c.day BETWEEN from_day AND to_day GROUP BY 1)
	SELECT k.code, k.name_nl, k.target, count(*) FILTER (WHERE l.involved AND l.kind IN ('company', 'education')),
		count(*) FILTER (WHERE l.involved AND l.kind = 'company'), count(*) FILTER (WHERE l.involved AND l.kind = 'education'),
		count(*) FILTER (WHERE NOT l.involved AND l.kind IN ('company', 'education')),
		count(*) FILTER (WHERE l.involved AND l.kind NOT IN ('company', 'education')),
		coalesce(max(c.persons), 0), coalesce(max(c.checkins), 0)
	FROM incheckpaal.cluster_now k LEFT JOIN line l ON l.cluster = k.code LEFT JOIN came c ON c.cluster = k.code
	GROUP BY k.code, k.name_nl, k.target, k.position ORDER BY k.position, k.code $$;

-- A kiosk that was put back from a backup goes on with a new log, and takes back itself what the old one told of badges; one
-- that was taken away tells nothing more. What else an old log told can be dropped, the taps stay. CALL incheckpaal.drop_told('LOG_ID');
CREATE OR REPLACE PROCEDURE drop_told(log text) LANGUAGE plpgsql AS $$
DECLARE sheet text;
BEGIN
	FOREACH sheet IN ARRAY ARRAY['told', 'cluster', 'event', 'session', 'organisation', 'person', 'badge', 'correction', 'credit', 'anchor'] LOOP
		EXECUTE format('DELETE FROM incheckpaal.%I WHERE told_by = $1', sheet) USING log;
	END LOOP;
END $$;

-- With the rule that kiosks have of themselves, over all time.
CREATE OR REPLACE VIEW participation AS SELECT * FROM participation_of();

REVOKE ALL ON SCHEMA incheckpaal FROM PUBLIC;
GRANT USAGE ON SCHEMA incheckpaal TO incheckpaal_kiosk, incheckpaal_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA incheckpaal TO incheckpaal_reader;
-- A kiosk sees of all taps no more than their numbers and chains, and of what was told only by whom.
GRANT INSERT, SELECT (log_id, seq, chain) ON tap TO incheckpaal_kiosk;
GRANT INSERT, UPDATE, DELETE, SELECT ON told TO incheckpaal_kiosk;
GRANT INSERT, DELETE, SELECT (told_by, bucket) ON cluster, event, session, organisation, person, badge, correction, credit, anchor TO incheckpaal_kiosk;
COMMIT;
