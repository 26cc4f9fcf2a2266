package sqllog_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// A log of either database is opened without reading it, and says of each stream what it
// would say otherwise.
func TestOpenLazily(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		for _, stream := range []string{"a", "b", "c"} {
			forms, err := eventlog.Encode(events.Codec(), stake(stream, "first", "2018-05", 20), stake(stream, "second", "2021-02-03", 15))
			require.NoError(t, err)
			_, err = log.Append(t.Context(), stream, 0, forms...)
			require.NoError(t, err)
		}
		var lives []*archive.Live[events.Company, events.Payload]
		for _, lazily := range []bool{false, true} {
			histories, err := archive.New(events.Fold, nil)
			require.NoError(t, err)
			var live *archive.Live[events.Company, events.Payload]
			if lazily {
				live, err = histories.OpenLazily(t.Context(), log, events.Codec())
			} else {
				live, err = histories.Open(t.Context(), log, events.Codec())
			}
			require.NoError(t, err)
			lives = append(lives, live)
		}
		require.Equal(t, lives[0].Cursor(), lives[1].Cursor(), name)
		for _, stream := range []string{"b", "none"} {
			for on := edtf.MustDay("2016-01-01"); on < edtf.MustDay("2026-01-01"); on += 100 {
				require.Equal(t, lives[0].At(stream, on), lives[1].At(stream, on), name)
			}
		}
		_, err = db.Exec(`UPDATE timeline_streams SET revision = revision - 1 WHERE stream = 'a'`)
		require.NoError(t, err)
		_, err = log.Streams(t.Context())
		require.ErrorIs(t, err, eventlog.ErrCorrupt)
	}
}

// Two programs share a history: this one follows it, the other one, started
// from the same binary, appends to it, late and corrected events included.
func TestLiveArchiveOfTwoPrograms(t *testing.T) {
	server := pgserver.Start(t)
	for name, c := range map[string]struct {
		driver, dsn string
		options     *sqllog.Options
	}{
		"SQLite":                {"sqlite", filepath.Join(t.TempDir(), "shared.db"), nil},
		"PostgreSQL":            {"pgx", server.DSN(), nil},
		"PostgreSQL, listening": {"pgx", server.DSN(), &sqllog.Options{Listen: listen}},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := sql.Open(c.driver, c.dsn)
			require.NoError(t, err)
			t.Cleanup(func() { db.Close() })
			log, err := sqllog.Open(t.Context(), db, c.options)
			require.NoError(t, err)
			histories, err := archive.New(events.Fold, nil)
			require.NoError(t, err)
			live, err := histories.Open(t.Context(), log, events.Codec())
			require.NoError(t, err)
			ctx, stop := context.WithCancel(t.Context())
			followed := make(chan error, 1)
			go func() { followed <- live.Follow(ctx) }()

			stream := "leapmotor " + name
			input, more, err := os.Pipe()
			require.NoError(t, err)
			t.Cleanup(func() { more.Close(); input.Close() })
			_, out := start(t, "history "+stream, c.driver, c.dsn, input)
			shown := func() (owners []string) {
				for _, day := range []string{"2023-10-01", "2023-11-01", "2024-05-01"} {
					s := live.At(stream, edtf.MustDay(day))
					require.NoError(t, errOf(s))
					owners = append(owners, s.State.StakeOf("Stellantis").String())
				}
				return owners
			}
			for _, want := range [][]string{
				{"0 %", "21 %", "21 %"}, // appended first
				{"0 %", "21 %", "15 %"}, // appended second, for a later day
				{"0 %", "20 %", "15 %"}, // a correction of the first
				{"5 %", "20 %", "15 %"}, // a late event, dated before all others
			} {
				fmt.Fprintln(more)
				position := nextAppended(t, out)
				began := time.Now()
				require.NoError(t, live.Wait(ctx, position))
				t.Logf("%v after it was appended", time.Since(began).Round(time.Microsecond))
				assert.Equal(t, want, shown())
			}
			lag, err := live.Lag(ctx)
			require.NoError(t, err)
			assert.Zero(t, lag)

			// And this program appends one, which the other is waiting for.
			_, err = live.Append(ctx, stream, 4, stake(stream, "own", "2024-06-01", 10))
			require.NoError(t, err)
			require.True(t, out.Scan())
			assert.Equal(t, "seen own", out.Text())
			stop()
			require.ErrorIs(t, <-followed, context.Canceled)
			assert.Empty(t, live.Parked())
		})
	}
}

func errOf(s events.Snapshot) error {
	if s.Err != nil {
		return s.Err
	}
	return nil
}

// nextAppended waits until the other program has appended something, and returns where.
func nextAppended(t *testing.T, out *bufio.Scanner) (position int64) {
	require.True(t, out.Scan())
	n, err := fmt.Sscanf(out.Text(), "appended %d", &position)
	require.NoError(t, err, out.Text())
	require.Equal(t, 1, n)
	return position
}

func stake(stream, name, when string, percent float64) events.Event {
	return events.Event{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(stream+name)), Name: name, When: edtf.MustParse(when),
		Data: events.StakeClosed{Holder: "Stellantis", Percent: events.ExactPercent(percent)},
	}
}

// appendHistory is the other program: it appends a history step by step, whenever it is
// asked to, and then waits for what somebody else appends.
func appendHistory(ctx context.Context, db *sql.DB, stream string) error {
	log, err := sqllog.Open(ctx, db, nil)
	if err != nil {
		return err
	}
	correction := stake(stream, "correction", "2023-10-26", 20)
	correction.Replaces = []uuid.UUID{stake(stream, "first", "2023", 0).ID}
	list := []events.Event{stake(stream, "first", "2023-10-26", 21), stake(stream, "second", "2024-04", 15), correction, stake(stream, "late", "2023-01", 5)}
	asked := bufio.NewScanner(os.Stdin)
	for n, e := range list {
		if !asked.Scan() {
			return io.ErrUnexpectedEOF
		}
		forms, err := eventlog.Encode(events.Codec(), e)
		if err != nil {
			return err
		}
		a, err := log.Append(ctx, stream, int64(n), forms...)
		if err != nil {
			return err
		}
		fmt.Println("appended", a.Position)
	}
	for r, err := range log.Follow(ctx, 0) {
		if err != nil {
			return err
		}
		if r.Stream == stream && r.Revision > int64(len(list)) {
			fmt.Println("seen", r.Event.Name)
			return nil
		}
	}
	return nil
}
