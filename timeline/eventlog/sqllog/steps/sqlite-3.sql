ALTER TABLE timeline_log ADD COLUMN identity TEXT;

ALTER TABLE timeline_log ADD COLUMN recorded INTEGER NOT NULL DEFAULT 0;

UPDATE timeline_log SET identity = (
	SELECT lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-4' || substr(h, 14, 3) || '-8' || substr(h, 18, 3) || '-' || substr(h, 21, 12))
	FROM (SELECT hex(randomblob(16)) AS h)
);

ALTER TABLE timeline_events ADD COLUMN meta TEXT;

DROP TRIGGER timeline_events_end;

CREATE TRIGGER timeline_events_end AFTER INSERT ON timeline_events BEGIN
	UPDATE timeline_log SET position = NEW.position;
	INSERT INTO timeline_streams VALUES (NEW.stream, NEW.revision)
		ON CONFLICT DO UPDATE SET revision = excluded.revision;
	UPDATE timeline_log SET recorded = max(recorded, CAST(strftime('%s', NEW.recorded) AS INTEGER) * 1000000 + CAST(substr(NEW.recorded, 21, 3) AS INTEGER) * 1000);
END;
