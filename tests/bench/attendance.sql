/* The columns of `incheckpaal export attendance`, as one query asks for them. */
SELECT (SELECT log_id FROM log), t.seq, strftime('%Y-%m-%dT%H:%M:%f', t.wall_ms / 1000.0, 'unixepoch', 'localtime'), t.grade,
	strftime('%Y-%m-%dT%H:%M:%f', t.wall_ms / 1000.0, 'unixepoch', 'localtime'), t.kiosk, e.title, s.title, s.code, s.room, s.cluster,
	t.direction, t.verdict, t.counts AND a.id IS NOT NULL, o.name, o.kind, coalesce(o.cluster, a.cluster), '', '',
	coalesce((SELECT c.reason FROM every_correction c WHERE c.log_id = (SELECT log_id FROM log) AND c.seq = t.seq), t.note)
FROM tap t LEFT JOIN event e ON e.id = t.event LEFT JOIN session s ON s.id = t.session
	LEFT JOIN link l ON l.badge_key = t.badge_key AND l.until_ms IS NULL
	LEFT JOIN credit k ON k.log_id = (SELECT log_id FROM log) AND k.seq = t.seq
	LEFT JOIN attendee a ON a.id = coalesce(t.attendee, k.attendee, l.attendee)
	LEFT JOIN organisation p ON p.id = a.organisation LEFT JOIN organisation o ON o.id = coalesce(p.root, p.id)
ORDER BY t.seq;
