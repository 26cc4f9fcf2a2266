CREATE TABLE timeline_events (
	position      INTEGER PRIMARY KEY, -- in the log, from 1
	stream        TEXT NOT NULL,
	revision      INTEGER NOT NULL,    -- in the stream, from 1
	id            TEXT NOT NULL UNIQUE,
	name          TEXT,
	type          TEXT,
	version       INTEGER,             -- of the type's form
	occurred      TEXT NOT NULL,       -- valid time, EDTF
	occurred_from INTEGER NOT NULL,    -- its first day, from 1970-01-01
	occurred_to   INTEGER NOT NULL,    -- its last day
	known         TEXT,                -- knowledge time, EDTF
	known_from    INTEGER NOT NULL,
	known_to      INTEGER NOT NULL,
	data          TEXT,                -- the payload, JSON
	cites         TEXT,                -- JSON
	note          TEXT,
	replaces      TEXT,                -- IDs, JSON
	retraction    INTEGER,             -- 1, or NULL
	comes_after   TEXT,                -- IDs, JSON
	rival         TEXT,
	rank          TEXT,                -- preferred, deprecated, or NULL
	checksum      INTEGER NOT NULL,    -- CRC-32C
	recorded      TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')),
	UNIQUE (stream, revision)
) STRICT;

CREATE TABLE timeline_streams (
	stream   TEXT PRIMARY KEY,
	revision INTEGER NOT NULL -- of its last record
) STRICT, WITHOUT ROWID;

CREATE TRIGGER timeline_events_end AFTER INSERT ON timeline_events BEGIN
	UPDATE timeline_log SET position = NEW.position;
	INSERT INTO timeline_streams VALUES (NEW.stream, NEW.revision)
		ON CONFLICT DO UPDATE SET revision = excluded.revision;
END;

CREATE TRIGGER timeline_events_once BEFORE INSERT ON timeline_events
WHEN NEW.position <= (SELECT max(position) FROM timeline_events)
BEGIN SELECT RAISE(ABORT, 'timeline_events is append-only'); END;

CREATE TRIGGER timeline_events_stay BEFORE UPDATE ON timeline_events
BEGIN SELECT RAISE(ABORT, 'timeline_events is append-only'); END;

CREATE TRIGGER timeline_events_keep BEFORE DELETE ON timeline_events
BEGIN SELECT RAISE(ABORT, 'timeline_events is append-only'); END;
