CREATE TABLE timeline_events (
	position      bigint PRIMARY KEY,
	stream        text COLLATE "C" NOT NULL,
	revision      bigint NOT NULL,
	id            uuid NOT NULL UNIQUE,
	name          text,
	type          text,
	version       integer,
	occurred      text NOT NULL,
	occurred_from integer NOT NULL,
	occurred_to   integer NOT NULL,
	known         text,
	known_from    integer NOT NULL,
	known_to      integer NOT NULL,
	data          json,
	cites         json,
	note          text,
	replaces      json,
	retraction    integer,
	comes_after   json,
	rival         text,
	rank          text,
	checksum      bigint NOT NULL,
	recorded      timestamptz NOT NULL DEFAULT clock_timestamp(),
	UNIQUE (stream, revision)
);

CREATE TABLE timeline_streams (
	stream   text COLLATE "C" PRIMARY KEY,
	revision bigint NOT NULL
);

CREATE FUNCTION timeline_events_stay() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION 'timeline_events is append-only'; END $$;

CREATE TRIGGER timeline_events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline_events
FOR EACH STATEMENT EXECUTE FUNCTION timeline_events_stay();

COMMENT ON COLUMN timeline_events.position IS 'in the log, from 1';

COMMENT ON COLUMN timeline_events.revision IS 'in the stream, from 1';

COMMENT ON COLUMN timeline_events.occurred IS 'valid time, EDTF';

COMMENT ON COLUMN timeline_events.occurred_from IS 'its first day, from 1970-01-01';

COMMENT ON COLUMN timeline_events.occurred_to IS 'its last day';

COMMENT ON COLUMN timeline_events.known IS 'knowledge time, EDTF';

COMMENT ON COLUMN timeline_events.checksum IS 'CRC-32C';
