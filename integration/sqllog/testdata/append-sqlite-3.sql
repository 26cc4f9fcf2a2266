INSERT INTO timeline_events (position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum, meta, recorded)
	SELECT position + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22 + at % 4294967291, ?23,
	strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000000.0, 'unixepoch')
	FROM (SELECT position, max(recorded, CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER) * 1000) AS at FROM timeline_log)
	WHERE (SELECT synchronous FROM pragma_synchronous) >= 2 AND (?3 = 1 OR EXISTS (SELECT 1 FROM timeline_streams WHERE stream = ?2 AND revision = ?3 - 1))
