ALTER TABLE timeline_log ADD COLUMN identity uuid;

UPDATE timeline_log SET identity = gen_random_uuid();

COMMENT ON COLUMN timeline_log.identity IS 'of the log, which its copies have too';
