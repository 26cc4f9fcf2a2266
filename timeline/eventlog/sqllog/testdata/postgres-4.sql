CREATE TABLE timeline_projections (
	name     text COLLATE "C" PRIMARY KEY,
	position bigint NOT NULL,
	hash     bytea NOT NULL
);

COMMENT ON COLUMN timeline_projections.position IS 'of the last record that was handled';
