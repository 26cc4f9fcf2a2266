WITH new AS (
	INSERT INTO timeline_streams SELECT $2, $1 WHERE $3::bigint = 0 ON CONFLICT DO NOTHING RETURNING revision
), old AS (
	UPDATE timeline_streams SET revision = revision + $1 WHERE stream = $2 AND revision = $3 RETURNING revision
), head AS (
	UPDATE timeline_log SET position = position + $1
	FROM (SELECT revision FROM new UNION ALL SELECT revision FROM old) AS moved
	WHERE one = 1 RETURNING position - $1 AS before
), added AS (
	INSERT INTO timeline_events (position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum)
	SELECT head.before + n, $2, $3 + n, $4::text::uuid, $5::text::text, $6::text::text, $7::text::integer, $8::text::text, $9::text::integer, $10::text::integer, $11::text::text, $12::text::integer, $13::text::integer, $14::text::json, $15::text::json, $16::text::text, $17::text::json, $18::text::integer, $19::text::json, $20::text::text, $21::text::text, $22::text::bigint FROM head, (VALUES (1)) AS given (n)
)
SELECT before, pg_notify('timeline', '')::text FROM head
