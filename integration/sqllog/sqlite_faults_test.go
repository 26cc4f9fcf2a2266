package sqllog_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

func sqliteLog(t *testing.T, dsn string, options *sqllog.Options) *sqllog.Log {
	t.Helper()
	log, err := sqllog.Open(t.Context(), openSQLite(t, dsn), options)
	require.NoError(t, err)
	return log
}

func quiet(int) {}

// The writing program is killed again and again, at any moment.
func TestSQLiteKill9(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	rnd := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	total := 0
	const rounds = 60
	for round := range rounds {
		c, out := start(t, fmt.Sprintf("write %d 1000000", round), "sqlite", path)
		require.True(t, out.Scan()) // the first is acknowledged
		time.Sleep(time.Duration(rnd.IntN(30_000)) * time.Microsecond)
		require.NoError(t, c.Process.Kill())
		n, rest := acked(out)
		require.Empty(t, rest)
		_ = c.Wait()
		n = max(n, 1)
		total += n
		requireBatches(t, sqliteLog(t, path, nil), round, n)
	}
	t.Logf("%d records after %d kills, %d batches acknowledged", requireWhole(t, sqliteLog(t, path, nil)), rounds, total)
}

// The disk is full: first by the file system's word, then by SQLite's own.
func TestSQLiteFullDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	sqliteLog(t, path, nil)
	_, out := start(t, "full 1 100000 400000", "sqlite", path)
	n, rest := acked(out)
	assert.Regexp(t, `^error batch \d+: sqllog: append: .*(disk|full)`, rest)
	assert.Greater(t, n, 10)
	log := sqliteLog(t, path, nil) // on a disk with room
	requireBatches(t, log, 1, n)
	requireWhole(t, log)

	small := sqliteLog(t, path+"?_pragma=max_page_count(200)", nil)
	err := write(t.Context(), small, 2, 100_000, quiet)
	require.ErrorContains(t, err, "full")
	var failed int
	_, _ = fmt.Sscanf(err.Error(), "batch %d:", &failed)
	requireBatches(t, log, 2, failed)
	require.NoError(t, write(t.Context(), log, 2, failed+10, quiet), "with room, the same again and more")
	requireWhole(t, log)
}

func TestSQLiteReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	require.NoError(t, write(t.Context(), sqliteLog(t, path, nil), 1, 10, quiet))
	log := sqliteLog(t, "file:"+path+"?mode=ro", nil)
	_, err := log.Append(t.Context(), "s", 0, numbered("new"))
	require.ErrorContains(t, err, "sqllog: append: ")
	require.ErrorContains(t, err, "readonly")
	requireBatches(t, log, 1, 10)
	requireWhole(t, log)

	empty := filepath.Join(t.TempDir(), "empty.db")
	require.NoError(t, os.WriteFile(empty, nil, 0o600))
	_, err = sqllog.Open(t.Context(), openSQLite(t, "file:"+empty+"?mode=ro"), nil)
	require.ErrorContains(t, err, "sqllog: open: ")
	require.ErrorContains(t, err, "readonly")
	_, err = sqllog.Open(t.Context(), openSQLite(t, "file:"+t.TempDir()+"/none.db?mode=ro"), nil)
	require.ErrorContains(t, err, "unable to open database file")
}

// A file where nothing can be written is read as it is, and what to do is said if it is
// opened otherwise.
func TestSQLiteImmutable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	db := openSQLite(t, path)
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	require.NoError(t, write(t.Context(), log, 1, 10, quiet))
	require.NoError(t, db.Close())
	still := sqliteLog(t, "file:"+path+"?immutable=1", nil)
	requireBatches(t, still, 1, 10)
	_, err = still.Append(t.Context(), "s", 0, numbered("new"))
	require.ErrorContains(t, err, "readonly")
	_, err = sqllog.Open(t.Context(), openSQLite(t, "file:"+t.TempDir()+"/none.db?mode=ro"), nil)
	require.ErrorContains(t, err, "open it as file:PATH?immutable=1")
	require.NotContains(t, err.Error(), "PostgreSQL")
}

// A file that is replaced or removed under a program, or its write-ahead log: nothing is
// acknowledged any more, and who follows it is told.
func TestSQLiteReplaced(t *testing.T) {
	for name, replace := range map[string]func(t *testing.T, path, backup string){
		"an older backup":     func(t *testing.T, path, backup string) { require.NoError(t, os.Rename(backup, path)) },
		"removed":             func(t *testing.T, path, _ string) { require.NoError(t, os.Remove(path)) },
		"its write-ahead log": func(t *testing.T, path, _ string) { require.NoError(t, os.Remove(path+"-wal")) },
	} {
		t.Run(name, func(t *testing.T) {
			path, backup := filepath.Join(t.TempDir(), "log.db"), filepath.Join(t.TempDir(), "backup.db")
			db := openSQLite(t, path)
			log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Poll: 10 * time.Millisecond})
			require.NoError(t, err)
			require.NoError(t, write(t.Context(), log, 1, 10, quiet))
			_, err = db.ExecContext(t.Context(), `VACUUM INTO '`+backup+`'`)
			require.NoError(t, err)
			require.NoError(t, write(t.Context(), log, 2, 10, quiet))
			ctx, stop := context.WithTimeout(t.Context(), time.Minute)
			defer stop()
			followed := make(chan error, 1)
			go func() {
				var err error
				for _, err = range log.Follow(ctx, 0) {
				}
				followed <- err
			}()
			replace(t, path, backup)
			for _, events := range [][]timeline.Event[eventlog.Stored]{{numbered("a")}, {numbered("b"), numbered("c")}} {
				_, err = log.Append(t.Context(), "s", eventlog.AnyRevision, events...)
				require.ErrorIs(t, err, sqllog.ErrReplaced)
			}
			if name == "its write-ahead log" {
				stop() // who reads what is there sees it still
			}
			if err := <-followed; name != "its write-ahead log" {
				require.ErrorIs(t, err, eventlog.ErrDiverged)
			}
		})
	}
}

// Connections that come and go are no reason for alarm, though the last one removes the
// write-ahead log.
func TestSQLiteNotReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	db := openSQLite(t, path)
	db.SetMaxIdleConns(0)
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	var group sync.WaitGroup
	for w := range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range 50 {
				_, err := log.Append(t.Context(), fmt.Sprint("s", w), int64(n), numbered(fmt.Sprint(w, " ", n)))
				assert.NoError(t, err)
			}
		}()
	}
	group.Wait()
	require.EqualValues(t, 200, requireWhole(t, log))
}

// A connection that does not wait for the disk appends nothing, whatever others do.
func TestSQLiteDurableByConnection(t *testing.T) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "log.db"))
	db.SetMaxOpenConns(1)
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	a, b := numbered("a"), numbered("b")
	_, err = log.Append(t.Context(), "s", 0, a)
	require.NoError(t, err)
	for _, lossy := range []string{"OFF", "NORMAL"} {
		_, err = db.ExecContext(t.Context(), `PRAGMA synchronous = `+lossy)
		require.NoError(t, err)
		for _, events := range [][]timeline.Event[eventlog.Stored]{{b}, {b, numbered("c")}, {a, b}} {
			_, err = log.Append(t.Context(), "s", 1, events...)
			require.ErrorIs(t, err, sqllog.ErrNotDurable)
		}
	}
	_, err = db.ExecContext(t.Context(), `PRAGMA synchronous = FULL`)
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "s", 1, b)
	require.NoError(t, err)
	require.EqualValues(t, 2, requireWhole(t, log))
}

// An empty text in place of NULL is damage, in every column where nothing may be there.
func TestEmptyIsNotNull(t *testing.T) {
	for _, column := range []string{"name", "type", "known", "data", "cites", "note", "replaces", "comes_after", "rival", "rank"} {
		db := openSQLite(t, filepath.Join(t.TempDir(), "log.db"))
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "s", 0, timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 1}, When: edtf.MustParse("2020")})
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), `DROP TRIGGER timeline_events_stay; UPDATE timeline_events SET `+column+` = ''`)
		require.NoError(t, err)
		for _, err = range log.ReadAll(t.Context(), 0) {
		}
		require.ErrorIs(t, err, eventlog.ErrCorrupt, column)
	}
}

// Another program holds the lock: readers go on, writers wait, and say so if it
// takes too long.
func TestSQLiteLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	log := sqliteLog(t, path, &sqllog.Options{Busy: 300 * time.Millisecond})
	patient := sqliteLog(t, path, nil)
	require.NoError(t, write(t.Context(), log, 1, 10, quiet))
	other, out := start(t, "lock", "sqlite", path)
	require.True(t, out.Scan())

	requireWhole(t, log)
	for _, events := range [][]timeline.Event[eventlog.Stored]{{numbered("a")}, {numbered("a"), numbered("b")}} {
		began := time.Now()
		_, err := log.Append(t.Context(), "s", 0, events...)
		require.ErrorIs(t, err, sqllog.ErrBusy)
		assert.GreaterOrEqual(t, time.Since(began), 300*time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := patient.Append(ctx, "s", 0, numbered("a"))
	require.ErrorIs(t, err, context.DeadlineExceeded)

	done := make(chan error)
	go func() {
		_, err := patient.Append(context.WithoutCancel(t.Context()), "s", 0, numbered("a"))
		done <- err
	}()
	time.Sleep(100 * time.Millisecond)
	require.NoError(t, other.Process.Kill())
	require.NoError(t, <-done)
	assert.EqualValues(t, len(readNames(t, log, "s")), 1)
	requireWhole(t, log)
}

// Who appends through the same Log is seen at once, however long the pauses are.
func TestFollowIsWoken(t *testing.T) {
	t.Parallel()
	log := sqliteLog(t, filepath.Join(t.TempDir(), "log.db"), &sqllog.Options{Poll: time.Hour})
	names, _ := sees(t.Context(), log)
	time.Sleep(4200 * time.Millisecond) // the pause is four seconds by now
	began := time.Now()
	_, err := log.Append(t.Context(), "s", 0, numbered("a"))
	require.NoError(t, err)
	require.Equal(t, "a", <-names)
	assert.Less(t, time.Since(began), 3*time.Second)
}

func readNames(t *testing.T, log eventlog.Log, stream string) (names []string) {
	for r, err := range log.Read(t.Context(), stream, 0) {
		require.NoError(t, err)
		names = append(names, r.Event.Name)
	}
	return names
}

// The file is damaged, a byte or a page at a time. What can be read must be what
// was written, from the first record on; if anything is missing there must be an
// error.
func TestSQLiteCorrupted(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log.db")
	db := openSQLite(t, path)
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	for round := range 3 {
		require.NoError(t, write(t.Context(), log, round, 60, quiet))
	}
	all, streams := contents(t, log)
	_, err = db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	require.NoError(t, err)
	require.NoError(t, db.Close())
	whole, err := os.ReadFile(path)
	require.NoError(t, err)

	var mu sync.Mutex
	outcomes := map[string]int{}
	t.Run("damage", func(t *testing.T) {
		const shards, rounds = 4, 150
		for shard := range shards {
			t.Run(fmt.Sprint(shard), func(t *testing.T) {
				t.Parallel()
				rnd := rand.New(rand.NewPCG(5, uint64(shard)))
				for n := range rounds {
					file := filepath.Join(dir, fmt.Sprintf("damaged-%d-%d.db", shard, n))
					require.NoError(t, os.WriteFile(file, damage(rnd, n, whole), 0o600))
					outcome := readDamaged(t, file, all, streams)
					mu.Lock()
					outcomes[outcome]++
					mu.Unlock()
					for _, suffix := range []string{"", "-wal", "-shm"} {
						os.Remove(file + suffix)
					}
				}
			})
		}
	})
	t.Log(outcomes)
	assert.Greater(t, outcomes["corrupt"], 100)
	assert.Positive(t, outcomes["whole"])
}

// damage returns a copy with some damage.
func damage(rnd *rand.Rand, n int, whole []byte) []byte {
	damaged := append([]byte(nil), whole...)
	switch {
	case n%20 == 0: // cut off
		damaged = damaged[:rnd.IntN(len(damaged))]
	case n%5 == 0: // a page of nothing
		at := rnd.IntN(len(damaged)/4096) * 4096
		clear(damaged[at : at+4096])
	default:
		for range 1 + rnd.IntN(3) {
			damaged[rnd.IntN(len(damaged))] ^= 1 << rnd.IntN(8)
		}
	}
	return damaged
}

func contents(t *testing.T, log eventlog.Log) (all []string, streams map[string][]string) {
	streams = map[string][]string{}
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		line := string(r.AppendJSON(nil))
		all = append(all, line)
		streams[r.Stream] = append(streams[r.Stream], line)
	}
	return all, streams
}

// readDamaged reads a damaged file and says how that went.
func readDamaged(t *testing.T, file string, all []string, streams map[string][]string) string {
	db := openSQLite(t, file)
	defer db.Close()
	log, err := sqllog.Open(t.Context(), db, nil)
	if err != nil {
		return "not opened"
	}
	outcome := "whole"
	read := func(records func(func(eventlog.Record, error) bool), want []string) {
		n := 0
		for r, err := range records {
			if err != nil {
				if outcome = "error"; errors.Is(err, eventlog.ErrCorrupt) {
					outcome = "corrupt"
				}
				require.NotContains(t, strings.ToLower(err.Error()), "panic")
				return
			}
			require.Less(t, n, len(want))
			require.Equal(t, want[n], string(r.AppendJSON(nil)), file)
			n++
		}
		require.Equal(t, len(want), n, "%s: records are missing and nothing is said", file)
	}
	read(log.ReadAll(t.Context(), 0), all)
	for stream, want := range streams {
		read(log.Read(t.Context(), stream, 0), want)
	}
	return outcome
}
