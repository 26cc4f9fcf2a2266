WITH new AS (
	INSERT INTO timeline_streams SELECT $2, $1 WHERE $3::bigint = 0 ON CONFLICT DO NOTHING RETURNING revision
), old AS (
	UPDATE timeline_streams SET revision = revision + $1 WHERE stream = $2 AND revision = $3 RETURNING revision
), head AS (
	UPDATE timeline_log SET position = position + $1, recorded = greatest(recorded, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
	FROM (SELECT revision FROM new UNION ALL SELECT revision FROM old) AS moved
	WHERE one = 1 RETURNING position - $1 AS before, recorded AS at
), added AS (
	INSERT INTO timeline_events (position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum, meta, recorded)
	SELECT head.before + n, $2, $3 + n, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum + head.at % 4294967291, meta, timestamptz 'epoch' + head.at * interval '1 microsecond'
	FROM head, (VALUES ($4::text::uuid, $5::text::text, $6::text::text, $7::text::integer, $8::text::text, $9::text::integer, $10::text::integer, $11::text::text, $12::text::integer, $13::text::integer, $14::text::json, $15::text::json, $16::text::text, $17::text::json, $18::text::integer, $19::text::json, $20::text::text, $21::text::text, $22::text::bigint, $23::text::json, 1)) AS given (id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum, meta, n)
)
SELECT before, concat(pg_notify('timeline', '')::text, CASE WHEN current_setting('synchronous_commit') = 'off' THEN nullif(set_config('synchronous_commit', 'on', true), 'on') END) FROM head
