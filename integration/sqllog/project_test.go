package sqllog_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// counting makes a table of how many records each stream has, and returns what counts.
func counting(t *testing.T, db *sql.DB, param func(n int) string) func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error {
	_, err := db.ExecContext(t.Context(), `CREATE TABLE counts (stream VARCHAR(100) PRIMARY KEY, n INTEGER NOT NULL, last BIGINT NOT NULL)`)
	require.NoError(t, err)
	return func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO counts AS c VALUES (`+param(1)+`, 1, `+param(2)+`) ON CONFLICT (stream) DO UPDATE SET n = c.n + 1, last = excluded.last`, r.Stream, r.Position)
		return err
	}
}

func paramOf(dialect string) func(n int) string {
	if dialect == "postgres" {
		return func(n int) string { return fmt.Sprintf("$%d", n) }
	}
	return func(n int) string { return fmt.Sprintf("?%d", n) }
}

// Each record is handled exactly once, whatever fails on the way: handlers that give up
// before and behind their own writes, and a program that begins again each time.
func TestProjection(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		count := counting(t, db, paramOf(name))
		const total = 2300
		for n := 0; n < total; n += 100 {
			require.NoError(t, write(t.Context(), log, 1+n/100, 100, quiet))
		}
		failures, calls := 0, 0
		gaveUp := errors.New("it gives up")
		for {
			p := log.Projection("counts", func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error {
				calls++
				if calls%777 == 0 {
					return gaveUp
				}
				if err := count(ctx, tx, r); err != nil {
					return err
				}
				if calls%555 == 0 {
					return gaveUp
				}
				return nil
			})
			err := p.CatchUp(t.Context())
			if err == nil {
				lag, err := p.Lag(t.Context())
				require.NoError(t, err)
				require.Zero(t, lag)
				break
			}
			require.ErrorIs(t, err, gaveUp)
			require.ErrorContains(t, err, `projection "counts" at position `)
			failures++
			require.Less(t, failures, 100)
		}
		assert.Positive(t, failures, name)
		end, err := log.End(t.Context())
		require.NoError(t, err)
		var n, last int64
		require.NoError(t, db.QueryRowContext(t.Context(), `SELECT sum(n), max(last) FROM counts`).Scan(&n, &last))
		assert.Equal(t, []int64{end, end}, []int64{n, last}, name)
	}
}

// A projection goes on where another program left it, follows what is appended, and says
// if somebody else runs it, or the log was put back.
func TestProjectionFollows(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Poll: 5 * time.Millisecond})
		require.NoError(t, err)
		count := counting(t, db, paramOf(name))
		p := log.Projection("counts", count)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		running := make(chan error, 1)
		go func() { running <- p.Run(ctx) }()
		for n := range 20 {
			_, err := log.Append(ctx, "s", int64(n), numbered(fmt.Sprint("e", n)))
			require.NoError(t, err)
		}
		for {
			lag, err := p.Lag(ctx)
			require.NoError(t, err)
			if lag == 0 {
				break
			}
			time.Sleep(time.Millisecond)
		}
		var n int
		require.NoError(t, db.QueryRowContext(ctx, `SELECT n FROM counts`).Scan(&n))
		assert.Equal(t, 20, n, name)

		// Somebody else handles what comes, while this one is at work.
		other := log.Projection("counts", count)
		third := log.Projection("other", func(ctx context.Context, _ *sql.Tx, _ eventlog.Record) error { return nil })
		require.NoError(t, third.CatchUp(ctx), "projections are apart")
		stop()
		require.ErrorIs(t, <-running, context.Canceled)
		_, err = log.Append(t.Context(), "s", 20, numbered("more"))
		require.NoError(t, err)
		slow := log.Projection("counts", func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error { return count(ctx, tx, r) })
		c, err := slow.Cursor(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 20, c.Position)
		require.NoError(t, other.CatchUp(t.Context()))

		require.NoError(t, putBack(t.Context(), db, "timeline", 10))
		require.ErrorIs(t, slow.CatchUp(t.Context()), eventlog.ErrDiverged)
		_, err = slow.Lag(t.Context())
		require.ErrorIs(t, err, eventlog.ErrDiverged)
		require.NoError(t, slow.Reset(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM counts`)
			return err
		}))
		require.NoError(t, slow.CatchUp(t.Context()))
		require.NoError(t, db.QueryRowContext(t.Context(), `SELECT n FROM counts`).Scan(&n))
		assert.Equal(t, 10, n, name)
	}
}

// Of two programs that run one projection, one is told, and nothing is handled twice.
func TestProjectionTwice(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Poll: 5 * time.Millisecond})
		require.NoError(t, err)
		count := counting(t, db, paramOf(name))
		for n := range 8 {
			require.NoError(t, write(t.Context(), log, 1+n, 100, quiet))
		}
		var group sync.WaitGroup
		for range 4 {
			group.Add(1)
			go func() {
				defer group.Done()
				for {
					err := log.Projection("counts", count).CatchUp(t.Context())
					if err == nil {
						return
					}
					if !assert.ErrorIs(t, err, sqllog.ErrProjected) {
						return
					}
				}
			}()
		}
		group.Wait()
		end, err := log.End(t.Context())
		require.NoError(t, err)
		var n int64
		require.NoError(t, db.QueryRowContext(t.Context(), `SELECT sum(n) FROM counts`).Scan(&n))
		assert.Equal(t, end, n, name)

		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		defer stop()
		running := make(chan error, 1)
		go func() { running <- log.Projection("counts", count).Run(ctx) }()
		time.Sleep(50 * time.Millisecond) // it waits for more
		_, err = db.ExecContext(t.Context(), `UPDATE timeline_projections SET position = 5`)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "new", 0, numbered("new"))
		require.NoError(t, err)
		require.ErrorIs(t, <-running, sqllog.ErrProjected, name)
	}
}

// A table that follows the log: how many events each stream has.
func ExampleLog_Projection() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "projection")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	db, err := sql.Open("sqlite", filepath.Join(dir, "history.db"))
	if err != nil {
		panic(err)
	}
	defer db.Close()
	log, err := sqllog.Open(ctx, db, nil)
	if err != nil {
		panic(err)
	}
	if _, err := db.ExecContext(ctx, `CREATE TABLE lengths (stream TEXT PRIMARY KEY, n INTEGER NOT NULL)`); err != nil {
		panic(err)
	}
	lengths := log.Projection("lengths", func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO lengths VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, r.Stream, r.Revision)
		return err
	})
	for n := range int64(3) {
		if _, err := log.Append(ctx, "leapmotor", n, numbered(fmt.Sprint(n))); err != nil {
			panic(err)
		}
	}
	fmt.Println(lengths.Lag(ctx))
	fmt.Println(lengths.CatchUp(ctx)) // Run goes on until its context is cancelled
	var n int
	fmt.Println(db.QueryRowContext(ctx, `SELECT n FROM lengths WHERE stream = 'leapmotor'`).Scan(&n), n)
	// Output:
	// 3 <nil>
	// <nil>
	// <nil> 3
}
