CREATE TABLE timeline_hashes (
	place bigint PRIMARY KEY,
	hash  bytea NOT NULL
);
