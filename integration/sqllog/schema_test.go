package sqllog_test

import (
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

var update = flag.Bool("update", false, "write the golden files anew")

// databases opens an empty database of each dialect.
func databases(t *testing.T) map[string]*sql.DB {
	return map[string]*sql.DB{
		"sqlite":   openSQLite(t, filepath.Join(t.TempDir(), "log.db")),
		"postgres": pgserver.Start(t).Open(t),
	}
}

// storedDate reads a date as logs have it: that of this range was once taken.
func storedDate(text string) (d edtf.Date) {
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

// frozen are records with everything that the tables have.
func frozen() []timeline.Event[eventlog.Stored] {
	return []timeline.Event[eventlog.Stored]{
		{ID: uuid.UUID{15: 1}, When: edtf.MustParse("2020-05-11")},
		{
			ID: uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), Name: "all-fields",
			When: storedDate("[2018..2020-05]"), Known: edtf.MustParse("2020-05?"),
			Data:     eventlog.Stored{Type: "model.launched", Version: 3, Data: []byte(`{"model":"T03","<b>":[1.50,null],"a":1,"a":2}`)},
			Cites:    []timeline.Citation{{Source: "article", Section: "History", Paragraph: 4, Sentence: 2}, {Source: "other"}},
			Note:     "a \"note\"\n\\ 零跑 {1,2}",
			Replaces: []uuid.UUID{{15: 1}, {15: 9}}, After: []uuid.UUID{{15: 8}},
			Rival: "who", Rank: timeline.RankDeprecated,
		},
		{ID: uuid.UUID{15: 3}, Name: "retraction", When: edtf.MustParse("201X"), Replaces: []uuid.UUID{{15: 1}}, Retraction: true, Rank: timeline.RankPreferred},
	}
}

const rowColumns = "position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum"

// The rows are the same in both databases, and frozen. Logs in the tables of
// each earlier version, filled with them, are brought forward and read.
func TestRowsAreFrozen(t *testing.T) {
	const path = "testdata/rows.golden"
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		var records []eventlog.Record // of a time before logs said when
		for n, e := range frozen() {
			records = append(records, eventlog.Record{Stream: []string{"a", "a", "b"}[n], Event: e})
		}
		_, err = log.Restore(t.Context(), records...)
		require.NoError(t, err)
		text := dump(t, db)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), text, name)
	}
	versions, err := filepath.Glob("../../timeline/eventlog/sqllog/testdata/sqlite-*.sql")
	require.NoError(t, err)
	for version := range len(versions) + 1 {
		for name, db := range databases(t) {
			old(t, db, name, version, path)
			log, err := sqllog.Open(t.Context(), db, nil)
			require.NoError(t, err, "%s, version %d", name, version)
			identity, err := log.Identity(t.Context())
			require.NoError(t, err)
			require.EqualValues(t, []int{4, 1}, []int{int(identity.Version()), int(identity.Variant())}, "%s, version %d: %v", name, version, identity)
			if version == 0 {
				requireWhole(t, log)
				continue
			}
			require.EqualValues(t, 3, requireWhole(t, log), "%s, version %d", name, version)
			require.Equal(t, []string{"00000000-0000-0000-0000-000000000001", "all-fields"}, labels(t, log, "a"))
			_, err = log.Append(t.Context(), "b", 1, numbered("more"))
			require.NoError(t, err)
			_, err = log.Append(t.Context(), "a", 0, frozen()[:2]...)
			require.NoError(t, err, "the same content")
		}
	}
}

// Rows that say when they were recorded, and by whom, are frozen too.
func TestRecordedRowsAreFrozen(t *testing.T) {
	const path = "testdata/rows-recorded.golden"
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		var records []eventlog.Record
		for n, e := range frozen() {
			e.Recorded = time.Date(2026, 11, 27, 17, 5, 4, []int{0, 123_000_000, 123_456_000}[n], time.UTC)
			if n > 0 {
				e.Meta = &timeline.Metadata{By: "Anna", Why: "a \"reason\"", Correlation: "c", Causation: "d", More: map[string]string{"b": "", "a": "零跑"}}
			}
			records = append(records, eventlog.Record{Stream: "s", Event: e})
		}
		_, err = log.Restore(t.Context(), records...)
		require.NoError(t, err)
		var b strings.Builder
		rows, err := db.Query(`SELECT checksum, coalesce(CAST(meta AS text), '') FROM timeline_events ORDER BY position`)
		require.NoError(t, err)
		defer rows.Close()
		for rows.Next() {
			var sum int64
			var meta string
			require.NoError(t, rows.Scan(&sum, &meta))
			fmt.Fprintln(&b, sum, meta)
		}
		require.NoError(t, rows.Err())
		n := 0
		for r, err := range log.ReadAll(t.Context(), 0) {
			require.NoError(t, err)
			records[n].Position, records[n].Revision = r.Position, r.Revision
			require.Equal(t, records[n].Hash(), r.Hash(), name)
			fmt.Fprintf(&b, "%s\n", r.AppendJSON(nil))
			n++
		}
		require.Equal(t, 3, n)
		if *update {
			require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), b.String(), name)
	}
}

// Times of recording are kept, those too that add nothing to a checksum, and no later append is
// recorded before them. A stream that cannot be there has no records.
func TestRestoredTimes(t *testing.T) {
	const rest = 4294967291
	ahead := time.Now().Add(5 * time.Minute).Truncate(time.Second).Add(123_456 * time.Microsecond)
	times := []time.Time{time.Unix(0, 0), time.UnixMicro(rest * 407_000), time.UnixMicro(-rest), ahead}
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Name: "my_timeline"})
		require.NoError(t, err, name)
		for n, at := range times {
			r := eventlog.Record{Stream: "s", Event: numbered(fmt.Sprint("restored ", n))}
			r.Event.Recorded = at
			_, err = log.Restore(t.Context(), r)
			require.NoError(t, err, name)
		}
		_, err = log.Append(t.Context(), "s", eventlog.AnyRevision, numbered("appended"))
		require.NoError(t, err)
		var got []time.Time
		for r, err := range log.ReadAll(t.Context(), 0) {
			require.NoError(t, err, name)
			got = append(got, r.Event.Recorded)
		}
		require.Len(t, got, len(times)+1)
		for n, at := range times {
			assert.Equal(t, at.UnixMicro(), got[n].UnixMicro(), "%s, %v", name, at)
		}
		assert.False(t, got[len(times)].Before(ahead), "%s: %v", name, got[len(times)])
		for _, stream := range []string{"s\xff", "s\x00"} {
			for _, err := range log.Read(t.Context(), stream, 0) {
				require.NoError(t, err, name)
			}
		}
	}
}

// The day of recording is that of a zone.
func TestZone(t *testing.T) {
	zone := time.FixedZone("far east", 14*60*60)
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Zone: zone})
		require.NoError(t, err)
		late := eventlog.Record{Stream: "s", Event: numbered("late")}
		late.Event.Recorded = time.Date(2026, 11, 27, 23, 0, 0, 0, time.UTC)
		_, err = log.Restore(t.Context(), late)
		require.NoError(t, err)
		for r, err := range log.ReadAll(t.Context(), 0) {
			require.NoError(t, err)
			assert.Equal(t, "2026-11-28", r.Event.KnowledgeTime().String(), name)
			assert.Equal(t, late.Event.Recorded, r.Event.Recorded.UTC())
		}
		found, err := log.Find(t.Context(), late.Event.ID)
		require.NoError(t, err)
		assert.Equal(t, "2026-11-28", found[0].Event.KnowledgeTime().String(), name)
	}
}

// What damages a time is found as damage of the row.
func TestDamagedTime(t *testing.T) {
	for change, want := range map[string]string{
		`recorded = '2026-11-27T17:05:04.124Z'`:    "column checksum: ",
		`recorded = '2026-11-27T17:05:04.123000Z'`: "column recorded: ",
		`recorded = ''`:           "column recorded: ",
		`meta = '{"by":"Eve"}'`:   "column checksum: ",
		`meta = ''`:               "column checksum: ",
		`meta = '{"by": "Anna"}'`: "column meta: ",
	} {
		db := openSQLite(t, filepath.Join(t.TempDir(), "log.db"))
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		r := eventlog.Record{Stream: "s", Event: numbered("a")}
		r.Event.Recorded, r.Event.Meta = time.Date(2026, 11, 27, 17, 5, 4, 123_000_000, time.UTC), &timeline.Metadata{By: "Anna"}
		_, err = log.Restore(t.Context(), r)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), `DROP TRIGGER timeline_events_stay; UPDATE timeline_events SET `+change)
		require.NoError(t, err)
		for _, err = range log.ReadAll(t.Context(), 0) {
		}
		require.ErrorIs(t, err, eventlog.ErrCorrupt, change)
		require.ErrorContains(t, err, want, change)
	}
}

func labels(t *testing.T, log eventlog.Log, stream string) (list []string) {
	for r, err := range log.Read(t.Context(), stream, 0) {
		require.NoError(t, err)
		list = append(list, r.Event.Label())
	}
	return list
}

// dump returns the rows as JSON lists of texts.
func dump(t *testing.T, db *sql.DB) string {
	rows, err := db.Query(`SELECT ` + rowColumns + ` FROM timeline_events ORDER BY position`)
	require.NoError(t, err)
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		values := make([]sql.NullString, 22)
		into := make([]any, 22)
		for i := range values {
			into[i] = &values[i]
		}
		require.NoError(t, rows.Scan(into...))
		line := make([]*string, 22)
		for i, v := range values {
			if v.Valid {
				line[i] = &v.String
			}
		}
		text, err := json.Marshal(line)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s\n", text)
	}
	require.NoError(t, rows.Err())
	return b.String()
}

// old makes the tables of a version, with the frozen rows.
func old(t *testing.T, db *sql.DB, dialect string, version int, path string) {
	exec := func(text string, args ...any) {
		_, err := db.Exec(text, args...)
		require.NoError(t, err)
	}
	if version == 0 {
		return
	}
	exec(`CREATE TABLE timeline_log (one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, position BIGINT NOT NULL)`)
	exec(fmt.Sprintf(`INSERT INTO timeline_log VALUES (1, %d, 0)`, version))
	for v := range version {
		text, err := os.ReadFile(fmt.Sprintf("../../timeline/eventlog/sqllog/testdata/%s-%d.sql", dialect, v+1))
		require.NoError(t, err)
		exec(string(text))
	}
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var values []any
		require.NoError(t, json.Unmarshal([]byte(line), &values))
		params := make([]string, len(values))
		for i := range values {
			params[i] = fmt.Sprintf("$%d", i+1)
		}
		exec(`INSERT INTO timeline_events (`+rowColumns+`) VALUES (`+strings.Join(params, ", ")+`)`, values...)
	}
	if dialect == "postgres" {
		exec(`UPDATE timeline_log SET position = 3`)
		exec(`INSERT INTO timeline_streams VALUES ('a', 2), ('b', 1)`)
	}
}

func TestNewerTablesAreRefused(t *testing.T) {
	for name, db := range databases(t) {
		_, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		_, err = db.Exec(`UPDATE timeline_log SET version = 99`)
		require.NoError(t, err)
		_, err = sqllog.Open(t.Context(), db, nil)
		require.ErrorIs(t, err, sqllog.ErrNewer, name)
	}
}

// Many programs may make the tables at once, and logs with other names live
// beside each other.
func TestOpenAtOnce(t *testing.T) {
	for name, db := range databases(t) {
		errs := make(chan error)
		for i := range 16 {
			go func() {
				log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Name: fmt.Sprint("log", i%2)})
				if err == nil {
					_, err = log.Append(t.Context(), "s", eventlog.AnyRevision, numbered(fmt.Sprint("e", i/2)))
				}
				errs <- err
			}()
		}
		for range 16 {
			require.NoError(t, <-errs, name)
		}
		for _, prefix := range []string{"log0", "log1"} {
			log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Name: prefix})
			require.NoError(t, err)
			require.EqualValues(t, 8, requireWhole(t, log))
		}
	}
}

// The tables defend themselves against a careless hand.
func TestRowsStay(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "s", 0, numbered("a"), numbered("b"))
		require.NoError(t, err)
		for _, text := range []string{`DELETE FROM timeline_events`, `UPDATE timeline_events SET name = 'x' WHERE position = 1`} {
			_, err = db.Exec(text)
			require.ErrorContains(t, err, "append-only", name)
		}
		if name == "sqlite" { // which deletes without a trigger
			_, err = db.Exec(`INSERT OR REPLACE INTO timeline_events SELECT * FROM timeline_events WHERE position = 1`)
			require.ErrorContains(t, err, "append-only", name)
		}
		require.EqualValues(t, 2, requireWhole(t, log))
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, db := range databases(t) {
		for _, prefix := range []string{"A", "1", "a-b", "a;drop", strings.Repeat("x", 41)} {
			_, err := sqllog.Open(t.Context(), db, &sqllog.Options{Name: prefix})
			require.ErrorContains(t, err, "cannot begin the names of tables", name)
		}
		_, err := sqllog.Open(t.Context(), db, &sqllog.Options{Dialect: 7})
		require.ErrorContains(t, err, "there is no Dialect(7)")
	}
	_, err := sqllog.Open(t.Context(), openSQLite(t, ":memory:"), nil)
	require.ErrorIs(t, err, sqllog.ErrNotDurable)
	lazy := openSQLite(t, filepath.Join(t.TempDir(), "x.db")+"?_pragma=synchronous(1)")
	_, err = sqllog.Open(t.Context(), lazy, nil)
	require.ErrorIs(t, err, sqllog.ErrNotDurable)
	require.Equal(t, 1, strings.Count(err.Error(), "sqllog: "), err.Error())
	require.ErrorContains(t, err, "AllowLoss")
	_, err = sqllog.Open(t.Context(), lazy, &sqllog.Options{AllowLoss: true})
	require.NoError(t, err)
}
