CREATE TABLE timeline_hashes (
	place INTEGER PRIMARY KEY, -- in the order of storage of a Merkle tree, from 0
	hash  BLOB NOT NULL
) STRICT;
