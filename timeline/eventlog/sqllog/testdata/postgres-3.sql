ALTER TABLE timeline_log ADD COLUMN identity uuid;

ALTER TABLE timeline_log ADD COLUMN recorded bigint NOT NULL DEFAULT 0;

UPDATE timeline_log SET identity = gen_random_uuid();

ALTER TABLE timeline_events ADD COLUMN meta json;

COMMENT ON COLUMN timeline_log.identity IS 'of the log, which its copies have too';

COMMENT ON COLUMN timeline_log.recorded IS 'when the last record was, in microseconds from 1970 on';
