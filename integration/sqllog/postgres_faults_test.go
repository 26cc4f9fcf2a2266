package sqllog_test

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/pgserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// The server is killed while eight writers append.
func TestPostgreSQLKill9(t *testing.T) {
	server := pgserver.Start(t)
	const kills, writers = 5, 8
	for kill := range kills {
		var acknowledged [writers]atomic.Int64
		var group sync.WaitGroup
		for w := range writers {
			log, err := sqllog.Open(t.Context(), server.Open(t), nil)
			require.NoError(t, err)
			group.Add(1)
			go func() {
				defer group.Done()
				err := write(context.Background(), log, kill*writers+w, 1_000_000, func(n int) { acknowledged[w].Store(int64(n + 1)) })
				assert.ErrorContains(t, err, "sqllog: append: ")
			}()
		}
		busy := func() bool {
			for w := range writers {
				if acknowledged[w].Load() <= 3 {
					return false
				}
			}
			return true
		}
		require.Eventually(t, busy, time.Minute, 5*time.Millisecond)
		time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
		server.Kill(syscall.SIGKILL)
		group.Wait()
		require.NoError(t, server.Run())
		log, err := sqllog.Open(t.Context(), server.Open(t), nil)
		require.NoError(t, err)
		for w := range writers {
			n := int(acknowledged[w].Load())
			require.Greater(t, n, 3)
			requireBatches(t, log, kill*writers+w, n)
		}
		t.Logf("%d records after kill %d", requireWhole(t, log), kill+1)
	}
}

// The server ends the connections of the writers in the midst of their work.
func TestPostgreSQLTerminated(t *testing.T) {
	server := pgserver.Start(t)
	admin := server.Open(t)
	log, err := sqllog.Open(t.Context(), server.Open(t), nil)
	require.NoError(t, err)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		for {
			select {
			case <-stop:
				return
			case <-time.After(time.Duration(rand.IntN(3000)) * time.Microsecond):
				_, err := admin.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE '%timeline_events%'`)
				assert.NoError(t, err)
			}
		}
	}()
	failures := 0
	for n := range 150 {
		failures += repeat(t, log, "s", batch(1, n))
	}
	close(stop)
	group.Wait()
	t.Logf("%d appends failed and were repeated", failures)
	assert.Positive(t, failures)
	log, err = sqllog.Open(t.Context(), server.Open(t), nil) // with connections that live
	require.NoError(t, err)
	requireAll(t, log)
}

// repeat appends until it succeeds, and returns how often it failed.
func repeat(t *testing.T, log eventlog.Log, stream string, events []timeline.Event[eventlog.Stored]) (failures int) {
	for {
		_, err := log.Append(t.Context(), stream, eventlog.AnyRevision, events...)
		if err == nil {
			return failures
		}
		if failures++; failures > 1000 {
			require.NoError(t, err)
		}
	}
}

// requireAll requires the 150 batches of round 1, each once and in order.
func requireAll(t *testing.T, log eventlog.Log) {
	var want []string
	for n := range 150 {
		for _, e := range batch(1, n) {
			want = append(want, e.Name)
		}
	}
	require.Equal(t, want, readNames(t, log, "s"))
	requireWhole(t, log)
}

// The connection is cut after so many bytes, in the midst of what is sent or of
// what comes back.
func TestPostgreSQLCut(t *testing.T) {
	server := pgserver.Start(t)
	proxy := newProxy(t, socketOf(server.DSN()))
	db, err := sql.Open("pgx", strings.Replace(server.DSN(), "host="+socketOf(server.DSN()), "host="+proxy.dir, 1))
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	rnd := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2))
	failures := 0
	for n := range 150 {
		proxy.left.Store(int64(rnd.IntN(6_000)))
		failures += repeat(t, log, "s", batch(1, n))
	}
	proxy.left.Store(1 << 40)
	t.Logf("%d appends failed and were repeated", failures)
	assert.Greater(t, failures, 20)
	requireAll(t, log)
}

func socketOf(dsn string) string {
	dir, _, _ := strings.Cut(strings.TrimPrefix(dsn, "host="), " ")
	return dir
}

// A proxy passes bytes on until none are left, and then cuts all connections.
type proxy struct {
	dir  string
	left atomic.Int64
}

func newProxy(t *testing.T, server string) *proxy {
	dir, err := os.MkdirTemp("/tmp", "px") // the path of a socket must be short
	require.NoError(t, err)
	p := &proxy{dir: dir}
	p.left.Store(1 << 40)
	const name = ".s.PGSQL.5432"
	listener, err := net.Listen("unix", filepath.Join(dir, name))
	require.NoError(t, err)
	t.Cleanup(func() { listener.Close(); os.RemoveAll(dir) })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			backend, err := net.Dial("unix", filepath.Join(server, name))
			if err != nil {
				client.Close()
				continue
			}
			go p.pass(client, backend)
			go p.pass(backend, client)
		}
	}()
	return p
}

func (p *proxy) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	buffer := make([]byte, 4096)
	for {
		n, err := from.Read(buffer)
		if left := p.left.Add(-int64(n)); left < 0 {
			n = max(0, n+int(left))
			_, _ = to.Write(buffer[:n])
			p.left.Store(30_000) // for the next connections
			return
		}
		if _, werr := to.Write(buffer[:n]); werr != nil || err == io.EOF || err != nil {
			return
		}
	}
}

// A follower goes on when the server was away for a while.
func TestPostgreSQLFollowsThroughRestart(t *testing.T) {
	server := pgserver.Start(t)
	for name, options := range map[string]sqllog.Options{"polling": {Name: "a"}, "listening": {Name: "b", Listen: listen}} {
		t.Run(name, func(t *testing.T) {
			log, err := sqllog.Open(t.Context(), server.Open(t), &options)
			require.NoError(t, err)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			seen := make(chan string, 100)
			go func() {
				for r, err := range log.Follow(ctx, 0) {
					if err == nil {
						seen <- r.Event.Name
					}
				}
				close(seen)
			}()
			for n := range 3 {
				repeat(t, log, "s", []timeline.Event[eventlog.Stored]{numbered(fmt.Sprint("e", n))})
				require.Equal(t, fmt.Sprint("e", n), <-seen)
				server.Kill(syscall.SIGINT)
				time.Sleep(300 * time.Millisecond)
				require.NoError(t, server.Run())
			}
		})
	}
}

// sees starts a follower and returns what it sees.
func sees(ctx context.Context, log eventlog.Log) (names chan string, ended chan error) {
	names, ended = make(chan string, 100), make(chan error, 1)
	go func() {
		for r, err := range log.Follow(ctx, 0) {
			if err != nil {
				ended <- err
				return
			}
			names <- r.Event.Name
		}
	}()
	return names, ended
}

// Listening may fail, or have no connection to spare: then the log is looked at,
// and not without pauses.
func TestPostgreSQLFollowsWithoutListening(t *testing.T) {
	server := pgserver.Start(t)
	var calls atomic.Int64
	began := time.Now()
	failing := func(context.Context, any) error { calls.Add(1); return io.ErrUnexpectedEOF }
	for name, c := range map[string]struct {
		options     sqllog.Options
		connections int
	}{
		"it fails":             {sqllog.Options{Name: "a", Listen: failing, Poll: 20 * time.Millisecond, Patience: 100 * time.Millisecond}, 0},
		"one connection":       {sqllog.Options{Name: "b", Listen: listen}, 1},
		"two connections":      {sqllog.Options{Name: "c", Listen: listen}, 2},
		"a word of SQL":        {sqllog.Options{Name: "order", Listen: listen}, 0},
		"the longest of polls": {sqllog.Options{Name: "d", Listen: listen, Poll: 1<<63 - 1}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			db := server.Open(t)
			db.SetMaxOpenConns(c.connections)
			log, err := sqllog.Open(t.Context(), db, &c.options)
			require.NoError(t, err)
			ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
			defer stop()
			names, _ := sees(ctx, log)
			other, err := sqllog.Open(t.Context(), server.Open(t), &c.options)
			require.NoError(t, err)
			for n := range 5 {
				_, err := other.Append(ctx, "s", int64(n), numbered(fmt.Sprint("e", n)))
				require.NoError(t, err)
				select {
				case got := <-names:
					require.Equal(t, fmt.Sprint("e", n), got)
				case <-ctx.Done():
					t.Fatal("it does not see what is appended")
				}
				time.Sleep(100 * time.Millisecond)
			}
		})
	}
	assert.Positive(t, calls.Load())
	assert.Less(t, calls.Load(), 100+int64(time.Since(began)/(20*time.Millisecond)), "it waits for the poll in between")
}

// Followers that begin at the same time leave a connection to the others.
func TestPostgreSQLFollowersLeaveAConnection(t *testing.T) {
	server := pgserver.Start(t)
	for range 15 {
		db := server.Open(t)
		db.SetMaxOpenConns(2)
		log, err := sqllog.Open(t.Context(), db, &sqllog.Options{Listen: listen})
		require.NoError(t, err)
		ctx, stop := context.WithTimeout(t.Context(), time.Minute)
		var group sync.WaitGroup
		for range 2 {
			group.Go(func() {
				for range log.Follow(ctx, 0) {
				}
			})
		}
		for range 20 {
			_, err := log.End(ctx)
			require.NoError(t, err)
			time.Sleep(time.Millisecond)
		}
		stop()
		group.Wait()
		require.NoError(t, db.Close())
	}
}

// A follower that has waited longer than its patience has it still when the
// database fails.
func TestPostgreSQLPatience(t *testing.T) {
	server := pgserver.Start(t)
	var all []chan error
	for name, options := range map[string]sqllog.Options{"polling": {}, "listening": {Listen: listen}} {
		options.Name, options.Patience, options.Poll = name, time.Second, 50*time.Millisecond
		log, err := sqllog.Open(t.Context(), server.Open(t), &options)
		require.NoError(t, err)
		_, ended := sees(t.Context(), log)
		all = append(all, ended)
	}
	time.Sleep(2 * time.Second)
	began := time.Now() // whatever the server takes to end
	server.Kill(syscall.SIGINT)
	for _, ended := range all {
		require.ErrorContains(t, <-ended, "sqllog: read: ")
		assert.Greater(t, time.Since(began), 700*time.Millisecond)
	}
}

func TestPostgreSQLNotDurable(t *testing.T) {
	for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		server := pgserver.Start(t, setting+"=off")
		_, err := sqllog.Open(t.Context(), server.Open(t), nil)
		require.ErrorIs(t, err, sqllog.ErrNotDurable)
		require.ErrorContains(t, err, setting+" is off")
		_, err = sqllog.Open(t.Context(), server.Open(t), &sqllog.Options{AllowLoss: true})
		require.NoError(t, err)
	}
}

// What is acknowledged has waited for the disk, also where a role says that it need not.
func TestPostgreSQLDurableByTransaction(t *testing.T) {
	server := pgserver.Start(t)
	db := server.Open(t)
	log, err := sqllog.Open(t.Context(), db, nil)
	require.NoError(t, err)
	_, err = db.ExecContext(t.Context(), `
		CREATE TABLE at_commit (setting text);
		CREATE FUNCTION note_setting() RETURNS trigger LANGUAGE plpgsql
		AS $$ BEGIN INSERT INTO at_commit VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER note_setting AFTER INSERT ON timeline_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_setting();
		ALTER ROLE test SET synchronous_commit = off`)
	require.NoError(t, err)
	db.SetMaxIdleConns(0) // the connections from now on have the setting of the role
	var setting string
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT current_setting('synchronous_commit')`).Scan(&setting))
	require.Equal(t, "off", setting)
	a, b, c := numbered("a"), numbered("b"), numbered("c")
	for _, events := range [][]timeline.Event[eventlog.Stored]{{a}, {b, c}, {a, b, c, numbered("d")}} { // the last with what is there
		_, err := log.Append(t.Context(), "s", eventlog.AnyRevision, events...)
		require.NoError(t, err)
	}
	var off, on int
	require.NoError(t, db.QueryRowContext(t.Context(), `SELECT count(*) FILTER (WHERE setting = 'off'), count(*) FILTER (WHERE setting = 'on') FROM at_commit`).Scan(&off, &on))
	assert.Zero(t, off)
	assert.Equal(t, 4, on)
}

// A follower on a hot standby, where nothing can listen, looks again and again.
func TestPostgreSQLStandby(t *testing.T) {
	server := pgserver.Start(t)
	log, err := sqllog.Open(t.Context(), server.Open(t), nil)
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "s", 0, numbered("a"))
	require.NoError(t, err)
	standby := server.Standby(t)
	copied, err := sqllog.Open(t.Context(), standby.Open(t), &sqllog.Options{Listen: listen, Poll: 20 * time.Millisecond, Patience: time.Second})
	require.NoError(t, err)
	identity, err := log.Identity(t.Context())
	require.NoError(t, err)
	same, err := copied.Identity(t.Context())
	require.NoError(t, err)
	assert.Equal(t, identity, same)
	_, err = copied.Append(t.Context(), "s", 1, numbered("b"))
	require.ErrorContains(t, err, "read-only")
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	n := 0
	for r, err := range copied.Follow(ctx, 0) {
		require.NoError(t, err)
		if n++; n == 4 {
			break
		}
		if n == 1 {
			time.Sleep(2 * time.Second) // longer than its patience
		}
		_, err = log.Append(ctx, "s", r.Revision, numbered(fmt.Sprint("more", n)))
		require.NoError(t, err)
	}
	assert.Equal(t, 4, n)
}
