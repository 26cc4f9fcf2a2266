package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// sqliteEvents is a table of events with an index by stream and day, replayed.
type sqliteEvents struct {
	dir   string
	db    *sql.DB
	now   *sql.Stmt
	known *sql.Stmt
	add   *sql.Stmt
	state State
}

func (*sqliteEvents) name() string { return "SQLite events, replay" }

func openSQLite(dir, file string, schema ...string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", filepath.Join(dir, file)+"?_pragma=journal_mode(wal)&_pragma=synchronous(off)&_pragma=cache_size(-500000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, s := range schema {
		if _, err := db.Exec(s); err != nil {
			return nil, err
		}
	}
	return db, nil
}

func (c *sqliteEvents) load(w *Workload) (err error) {
	if c.dir, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	c.db, err = openSQLite(c.dir, "events.db",
		`CREATE TABLE events (stream TEXT, day INT, known INT, seq INT, kind INT, item INT, value INT)`)
	if err != nil {
		return err
	}
	if err := inBatches(c.db, `INSERT INTO events VALUES `, 7, func(yield func(...any)) {
		for i := range w.Facts {
			f, p := &w.Facts[i], w.Facts[i].Payload
			yield(f.Key, int32(f.Day), int32(f.Known), f.Seq, p.Kind, p.Item, p.Value)
		}
	}); err != nil {
		return err
	}
	for _, s := range []string{`CREATE INDEX byday ON events (stream, day, seq, known, kind, item, value)`, `ANALYZE`} {
		if _, err := c.db.Exec(s); err != nil {
			return err
		}
	}
	if c.now, err = c.db.Prepare(`SELECT kind, item, value FROM events WHERE stream = ? AND day <= ? ORDER BY day, seq`); err != nil {
		return err
	}
	if c.known, err = c.db.Prepare(`SELECT kind, item, value FROM events WHERE stream = ? AND day <= ? AND known <= ? ORDER BY day, seq`); err != nil {
		return err
	}
	c.add, err = c.db.Prepare(`INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)`)
	return err
}

// inBatches inserts rows, a hundred a statement, in one transaction.
func inBatches(db *sql.DB, insert string, columns int, rows func(yield func(...any))) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + ")"
	var args []any
	flush := func() {
		if n := len(args) / columns; n > 0 && err == nil {
			_, err = tx.Exec(insert+strings.TrimSuffix(strings.Repeat(row+",", n), ","), args...)
		}
		args = args[:0]
	}
	rows(func(values ...any) {
		if args = append(args, values...); len(args) == 100*columns {
			flush()
		}
	})
	flush()
	if err != nil {
		return err
	}
	return tx.Commit()
}

func (c *sqliteEvents) close() error {
	if c.db != nil {
		c.db.Close()
	}
	return os.RemoveAll(c.dir)
}

func (c *sqliteEvents) replay(stmt *sql.Stmt, args ...any) *State {
	c.state.reset()
	rows, err := stmt.Query(args...)
	must(err)
	defer rows.Close()
	for rows.Next() {
		var p Payload
		must(rows.Scan(&p.Kind, &p.Item, &p.Value))
		c.state.apply(p)
	}
	must(rows.Err())
	return &c.state
}

func (c *sqliteEvents) one(q Question) int64 {
	return c.replay(c.now, q.Key, int32(q.Day)).points(q.Item)
}

func (c *sqliteEvents) every(q Question) uint64 { return c.replay(c.now, q.Key, int32(q.Day)).digest() }

func (c *sqliteEvents) knownOn(q Question) uint64 {
	return c.replay(c.known, q.Key, int32(q.Day), int32(q.Known)).digest()
}

func (c *sqliteEvents) late(f *Fact) uint64 {
	p := f.Payload
	_, err := c.add.Exec(f.Key, int32(f.Day), int32(f.Known), f.Seq, p.Kind, p.Item, p.Value)
	must(err)
	return c.every(Question{Key: f.Key, Day: f.Day})
}

// An interval is one value and the days on which it was so.
type interval struct {
	stream     int32
	attr, item int
	value      int64
	from, to   edtf.Day // the last is out
}

// intervals folds everything and calls yield with each value of each stream.
func intervals(w *Workload, yield func(interval)) {
	byStream := make([][]packed, len(w.Keys))
	for i := range w.Facts {
		byStream[w.Facts[i].Stream] = append(byStream[w.Facts[i].Stream], pack(&w.Facts[i]))
	}
	for stream, facts := range byStream {
		sortPacked(facts)
		var s State
		open := map[value]interval{}
		for i := range facts {
			s.apply(facts[i].payload())
			if i+1 < len(facts) && facts[i+1].day == facts[i].day {
				continue
			}
			day := facts[i].day
			s.each(func(attr, item int, x int64) {
				v := value{attr, item}
				old, ok := open[v]
				if ok && old.value == x {
					return
				}
				if ok {
					old.to = day
					yield(old)
				}
				open[v] = interval{int32(stream), attr, item, x, day, edtf.DistantFuture}
			})
		}
		for _, v := range open {
			yield(v)
		}
	}
}

// sqliteIntervals is a table of values with the days from which and to which
// each was so: what a database is good at. A late event would have to split and
// fold again the intervals of its stream.
type sqliteIntervals struct {
	dir                string
	db                 *sql.DB
	oneOf, all, anyDay *sql.Stmt
}

func (*sqliteIntervals) name() string { return "SQLite intervals" }

func (c *sqliteIntervals) load(w *Workload) (err error) {
	if c.dir, err = os.MkdirTemp("", "bench"); err != nil {
		return err
	}
	c.db, err = openSQLite(c.dir, "intervals.db",
		`CREATE TABLE facts (stream TEXT, attr INT, item INT, valid_from INT, valid_to INT, value INT,
			PRIMARY KEY (stream, attr, item, valid_from)) WITHOUT ROWID`)
	if err != nil {
		return err
	}
	if err := inBatches(c.db, `INSERT INTO facts VALUES `, 6, func(yield func(...any)) {
		intervals(w, func(i interval) { yield(w.Keys[i.stream], i.attr, i.item, int32(i.from), int32(i.to), i.value) })
	}); err != nil {
		return err
	}
	if _, err = c.db.Exec(`ANALYZE`); err != nil {
		return err
	}
	if c.oneOf, err = c.db.Prepare(`SELECT value FROM facts WHERE stream = ? AND attr = ? AND item = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1`); err != nil {
		return err
	}
	if c.all, err = c.db.Prepare(`SELECT attr, item, value FROM facts WHERE stream = ? AND valid_from <= ? AND valid_to > ?`); err != nil {
		return err
	}
	c.anyDay, err = c.db.Prepare(`SELECT value FROM facts WHERE attr = 3 AND valid_from <= ? AND valid_to > ?`)
	return err
}

func (c *sqliteIntervals) close() error {
	if c.db != nil {
		c.db.Close()
	}
	return os.RemoveAll(c.dir)
}

func (c *sqliteIntervals) one(q Question) int64 {
	var x int64
	if err := c.oneOf.QueryRow(q.Key, attrStake, int(q.Item), int32(q.Day)).Scan(&x); err != sql.ErrNoRows {
		must(err)
	}
	return x
}

func (c *sqliteIntervals) every(q Question) uint64 {
	return digestRows(c.all, q.Key, int32(q.Day), int32(q.Day))
}

func digestRows(stmt *sql.Stmt, args ...any) uint64 {
	rows, err := stmt.Query(args...)
	must(err)
	defer rows.Close()
	sum := uint64(0)
	for rows.Next() {
		var attr, item int
		var x int64
		must(rows.Scan(&attr, &item, &x))
		sum += mix(attr, item, x)
	}
	must(rows.Err())
	return sum
}

func sumRows(stmt *sql.Stmt, args ...any) int64 {
	rows, err := stmt.Query(args...)
	must(err)
	defer rows.Close()
	sum := int64(0)
	for rows.Next() {
		var x int64
		must(rows.Scan(&x))
		sum += x
	}
	must(rows.Err())
	return sum
}

func (c *sqliteIntervals) world(day edtf.Day) int64 { return sumRows(c.anyDay, int32(day), int32(day)) }

// postgres is a table of values with a range of days and a GiST index over
// it, in a server that was started for it.
type postgres struct {
	dsn                string
	db                 *sql.DB
	oneOf, all, anyDay *sql.Stmt
}

func (*postgres) name() string { return "PostgreSQL ranges" }

func (c *postgres) load(w *Workload) (err error) {
	if c.db, err = sql.Open("pgx", c.dsn); err != nil {
		return err
	}
	for _, s := range []string{
		`DROP TABLE IF EXISTS facts`,
		`CREATE UNLOGGED TABLE facts (stream text, attr int, item int, value bigint, valid int4range)`,
	} {
		if _, err := c.db.Exec(s); err != nil {
			return err
		}
	}
	if err := c.copyFacts(w); err != nil {
		return err
	}
	for _, s := range []string{
		`CREATE INDEX ON facts USING gist (valid)`,
		`CREATE INDEX ON facts (stream, attr, item, lower(valid) DESC)`,
		`ANALYZE facts`,
	} {
		if _, err := c.db.Exec(s); err != nil {
			return err
		}
	}
	if c.oneOf, err = c.db.Prepare(`SELECT value FROM facts WHERE stream = $1 AND attr = $2 AND item = $3 AND lower(valid) <= $4 ORDER BY lower(valid) DESC LIMIT 1`); err != nil {
		return err
	}
	if c.all, err = c.db.Prepare(`SELECT attr, item, value FROM facts WHERE stream = $1 AND valid @> $2::int`); err != nil {
		return err
	}
	c.anyDay, err = c.db.Prepare(`SELECT value FROM facts WHERE attr = 3 AND valid @> $1::int`)
	return err
}

func (c *postgres) copyFacts(w *Workload) error {
	tx, err := c.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var rows []string
	flush := func() {
		if len(rows) > 0 && err == nil {
			_, err = tx.Exec(`INSERT INTO facts VALUES ` + strings.Join(rows, ","))
		}
		rows = rows[:0]
	}
	intervals(w, func(i interval) {
		to := "NULL"
		if i.to != edtf.DistantFuture {
			to = fmt.Sprint(int32(i.to))
		}
		rows = append(rows, fmt.Sprintf("('%s',%d,%d,%d,int4range(%d,%s))", w.Keys[i.stream], i.attr, i.item, i.value, int32(i.from), to))
		if len(rows) == 1000 {
			flush()
		}
	})
	flush()
	if err != nil {
		return err
	}
	return tx.Commit()
}

func (c *postgres) close() error {
	if c.db == nil {
		return nil
	}
	c.db.Exec(`DROP TABLE IF EXISTS facts`)
	return c.db.Close()
}

func (c *postgres) one(q Question) int64 {
	var x int64
	if err := c.oneOf.QueryRow(q.Key, attrStake, int(q.Item), int32(q.Day)).Scan(&x); err != sql.ErrNoRows {
		must(err)
	}
	return x
}

func (c *postgres) every(q Question) uint64 { return digestRows(c.all, q.Key, int32(q.Day)) }

func (c *postgres) world(day edtf.Day) int64 { return sumRows(c.anyDay, int32(day)) }
