CREATE TABLE timeline_projections (
	name     TEXT PRIMARY KEY,
	position INTEGER NOT NULL, -- of the last record that was handled
	hash     BLOB NOT NULL     -- of that record
) STRICT, WITHOUT ROWID;
