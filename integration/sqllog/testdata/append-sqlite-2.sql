INSERT INTO timeline_events (position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum)
	SELECT position + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22 FROM timeline_log
	WHERE ?3 = 1 OR EXISTS (SELECT 1 FROM timeline_streams WHERE stream = ?2 AND revision = ?3 - 1)
