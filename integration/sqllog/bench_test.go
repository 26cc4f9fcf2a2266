package sqllog_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// The baseline of these benchmarks is what a program would do without the log:
// the same rows into the same columns with the same indices, through the same
// driver, with statements prepared. Ours and the bare one take turns, so that
// the ratio is of one moment; the metric "x" is ours over bare.

// bareTable has the columns of the log's.
var bareTable = map[string]string{
	"sqlite": `CREATE TABLE bare (position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
		name TEXT, type TEXT, version INTEGER, occurred TEXT NOT NULL, occurred_from INTEGER NOT NULL, occurred_to INTEGER NOT NULL,
		known TEXT, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, data TEXT, cites TEXT, note TEXT, replaces TEXT,
		retraction INTEGER, comes_after TEXT, rival TEXT, rank TEXT, checksum INTEGER NOT NULL, meta TEXT,
		recorded TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ')), UNIQUE (stream, revision)) STRICT`,
	"pgx": `CREATE TABLE bare (position bigint PRIMARY KEY, stream text COLLATE "C" NOT NULL, revision bigint NOT NULL, id uuid NOT NULL UNIQUE,
		name text, type text, version integer, occurred text NOT NULL, occurred_from integer NOT NULL, occurred_to integer NOT NULL,
		known text, known_from integer NOT NULL, known_to integer NOT NULL, data json, cites json, note text, replaces json,
		retraction integer, comes_after json, rival text, rank text, checksum bigint NOT NULL, meta json,
		recorded timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (stream, revision))`,
}

const bareColumns = `position, stream, revision, id, name, type, version, occurred, occurred_from, occurred_to, known, known_from, known_to, data, cites, note, replaces, retraction, comes_after, rival, rank, checksum`

// A bare log is rows through a driver.
type bare struct {
	db     *sql.DB
	driver string
	insert *sql.Stmt
	n      int64
}

func newBare(b *testing.B, db *sql.DB, driver string) *bare {
	_, err := db.Exec(bareTable[driver])
	require.NoError(b, err)
	params := "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22"
	text := `INSERT INTO bare (` + bareColumns + `) VALUES (` + params + `)`
	if driver == "pgx" {
		text = strings.ReplaceAll(text, "?", "$")
	}
	insert, err := db.Prepare(text)
	require.NoError(b, err)
	return &bare{db: db, driver: driver, insert: insert}
}

func (l *bare) args(e timeline.Event[eventlog.Stored]) []any {
	l.n++
	return []any{
		l.n, "s", l.n, e.ID.String(), e.Name, e.Data.Type, e.Data.Version, e.When.String(), int64(e.When.Earliest()), int64(e.When.Latest()),
		nil, int64(e.When.Earliest()), int64(e.When.Latest()), string(e.Data.Data), `[{"source":"article","section":"History","paragraph":1}]`, nil, nil, nil, nil, nil, nil, l.n,
	}
}

func (l *bare) append(ctx context.Context, events ...timeline.Event[eventlog.Stored]) error {
	if len(events) == 1 {
		_, err := l.insert.ExecContext(ctx, l.args(events[0])...)
		return err
	}
	if l.driver == "pgx" {
		return l.unnest(ctx, events)
	}
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	insert := tx.StmtContext(ctx, l.insert)
	for _, e := range events {
		if _, err := insert.ExecContext(ctx, l.args(e)...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// unnest is one statement for a batch, with the driver's own arrays.
func (l *bare) unnest(ctx context.Context, events []timeline.Event[eventlog.Stored]) error {
	n := len(events)
	positions, ids, names, types, versions, dates, days, data, cites := make([]int64, n), make([]uuid.UUID, n), make([]string, n), make([]string, n), make([]int, n), make([]string, n), make([]int, n), make([]string, n), make([]string, n)
	for i, e := range events {
		a := l.args(e)
		positions[i], ids[i], names[i], types[i], versions[i], dates[i], days[i], data[i], cites[i] = l.n, e.ID, e.Name, e.Data.Type, e.Data.Version, a[7].(string), int(e.When.Latest()), a[13].(string), a[14].(string)
	}
	_, err := l.db.ExecContext(ctx, `INSERT INTO bare (`+bareColumns+`) SELECT p, 's', p, i, n, t, v, d, y, y, NULL, y, y, j, c, NULL, NULL, NULL, NULL, NULL, NULL, p
		FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::int[], $8::json[], $9::json[]) AS e (p, i, n, t, v, d, y, j, c)`,
		positions, ids, names, types, versions, dates, days, data, cites)
	return err
}

type told struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

// events returns n new events.
func newEvents(n int) []timeline.Event[eventlog.Stored] {
	list := make([]timeline.Event[eventlog.Stored], n)
	for i := range list {
		list[i] = timeline.Event[eventlog.Stored]{
			ID: uuid.New(), Name: fmt.Sprint("event-", i), When: (edtf.MustDay("2020-01-01") + edtf.Day(i%3000)).Date(),
			Data:  eventlog.Stored{Type: "number.told", Version: 1, Data: fmt.Appendf(nil, `{"n":%d,"text":"what happened on that day"}`, i)},
			Cites: []timeline.Citation{{Source: "article", Section: "History", Paragraph: 1}},
		}
	}
	return list
}

func each(b *testing.B, run func(b *testing.B, db *sql.DB, bare *bare, log *sqllog.Log)) {
	for _, driver := range []string{"sqlite", "pgx"} {
		b.Run(driver, func(b *testing.B) {
			var db *sql.DB
			if driver == "pgx" {
				db = pgserver.Start(b).Open(b)
			} else {
				db = openSQLite(b, filepath.Join(b.TempDir(), "log.db")+"?_pragma=synchronous(2)")
			}
			log, err := sqllog.Open(b.Context(), db, nil)
			require.NoError(b, err)
			run(b, db, newBare(b, db, driver), log)
		})
	}
}

// turns times two ways to do the same, in turns.
func turns(b *testing.B, per int, bare, ours func()) {
	var times [2]time.Duration
	for n := 0; b.Loop(); n++ {
		for i := range 2 {
			which := (n + i) % 2
			began := time.Now()
			[]func(){bare, ours}[which]()
			times[which] += time.Since(began)
		}
	}
	n := float64(b.N) * float64(per)
	b.ReportMetric(float64(times[0])/n, "bare-ns/event")
	b.ReportMetric(float64(times[1])/n, "ours-ns/event")
	b.ReportMetric(float64(times[1])/float64(times[0]), "x")
	b.ReportMetric(0, "ns/op")
}

func benchAppend(b *testing.B, size int) {
	each(b, func(b *testing.B, _ *sql.DB, bare *bare, log *sqllog.Log) {
		_, err := log.Append(b.Context(), "s", 0, newEvents(2)...)
		require.NoError(b, err)
		revision := int64(2)
		turns(b, size, func() {
			require.NoError(b, bare.append(b.Context(), newEvents(size)...))
		}, func() {
			a, err := log.Append(b.Context(), "s", revision, newEvents(size)...)
			require.NoError(b, err)
			revision = a.Revision
		})
	})
}

func BenchmarkAppendOne(b *testing.B)      { benchAppend(b, 1) }
func BenchmarkAppendThousand(b *testing.B) { benchAppend(b, 1000) }

// BenchmarkReload reads a log, decodes its payloads, and compares that with a
// scan of the same columns that decodes the same JSON.
func BenchmarkReload(b *testing.B) {
	const size = 20_000
	c := codec.New(nil, codec.Type[told]{Name: "number.told", Version: 1})
	each(b, func(b *testing.B, db *sql.DB, bare *bare, log *sqllog.Log) {
		for i := range size / 1000 {
			events := newEvents(1000)
			require.NoError(b, bare.append(b.Context(), events...))
			_, err := log.Append(b.Context(), "s", int64(i*1000), events...)
			require.NoError(b, err)
		}
		turns(b, size, func() {
			require.Equal(b, size, bare.scan(b))
		}, func() {
			n := 0
			for r, err := range log.ReadAll(b.Context(), 0) {
				require.NoError(b, err)
				_, err := eventlog.Decode(c, r)
				require.NoError(b, err)
				n++
			}
			require.Equal(b, size, n)
		})
	})
}

func (l *bare) scan(b *testing.B) (n int) {
	rows, err := l.db.QueryContext(b.Context(), `SELECT `+bareColumns+`, meta, recorded FROM bare ORDER BY position`)
	require.NoError(b, err)
	defer rows.Close()
	for rows.Next() {
		var position, revision, from, to, knownFrom, knownTo, checksum int64
		var stream, id, occurred string
		var version, retraction sql.NullInt64
		var name, typ, known, note, rival, rank sql.NullString
		var data, cites, replaces, after, meta []byte
		var recorded any
		require.NoError(b, rows.Scan(&position, &stream, &revision, &id, &name, &typ, &version, &occurred, &from, &to, &known, &knownFrom, &knownTo,
			&data, &cites, &note, &replaces, &retraction, &after, &rival, &rank, &checksum, &meta, &recorded))
		var payload told
		require.NoError(b, json.Unmarshal(data, &payload))
		var list []timeline.Citation
		require.NoError(b, json.Unmarshal(cites, &list))
		_, err := uuid.Parse(id)
		require.NoError(b, err)
		_, err = edtf.Parse(occurred)
		require.NoError(b, err)
		n++
	}
	require.NoError(b, rows.Err())
	return n
}
