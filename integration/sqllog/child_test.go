package sqllog_test

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

// TestMain lets the test binary be the other program of a test: it is started
// again with the work to do in its environment.
func TestMain(m *testing.M) {
	if work := os.Getenv("SQLLOG_CHILD"); work != "" {
		if err := child(work, os.Getenv("SQLLOG_DRIVER"), os.Getenv("SQLLOG_DSN")); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// start starts this program again to do some work, and returns it with what it
// prints.
func start(t *testing.T, work, driver, dsn string, input ...*os.File) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "SQLLOG_CHILD="+work, "SQLLOG_DRIVER="+driver, "SQLLOG_DSN="+dsn)
	c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	for _, in := range input {
		c.Stdin = in
	}
	out, err := c.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, c.Start())
	t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
	return c, bufio.NewScanner(out)
}

// child does the work of another program: "write 3 100" appends round 3, at
// most 100 batches; "full 3 1000 65536" does with files of at most so many
// bytes; "lock" locks SQLite until it is killed; "history s" appends a history in
// stream s, an event for each line of its input.
func child(work, driver, dsn string) error {
	var kind string
	var round, batches, limit int
	_, _ = fmt.Sscan(work, &kind, &round, &batches, &limit)
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return err
	}
	ctx := context.Background()
	switch kind {
	case "lock":
		return lock(ctx, db)
	case "history":
		return appendHistory(ctx, db, strings.TrimPrefix(work, "history "))
	}
	log, err := sqllog.Open(ctx, db, nil)
	if err != nil {
		return err
	}
	if kind == "full" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(limit), Max: uint64(limit)}); err != nil {
			return err
		}
	}
	return write(ctx, log, round, batches, func(n int) { fmt.Println("ack", n) })
}

func lock(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
		return err
	}
	fmt.Println("locked")
	time.Sleep(time.Hour)
	return nil
}

// write appends batches and reports each that is acknowledged. In between it
// appends what must be refused.
func write(ctx context.Context, log eventlog.Log, round, batches int, ack func(n int)) error {
	stream := fmt.Sprint("round-", round)
	var revision int64
	for n := range batches {
		a, err := log.Append(ctx, stream, revision, batch(round, n)...)
		if err != nil {
			return fmt.Errorf("batch %d: %w", n, err)
		}
		ack(n)
		if n%3 == 0 { // where the stream stood before
			if _, err := log.Append(ctx, stream, revision, refusedEvent(round, n)); !errors.Is(err, eventlog.ErrConflict) {
				return fmt.Errorf("an append to a stream that has moved on: %w", err)
			}
		}
		revision = a.Revision
	}
	return nil
}

// batch returns the n-th batch of a round: 1 to 7 events.
func batch(round, n int) []timeline.Event[eventlog.Stored] {
	var list []timeline.Event[eventlog.Stored]
	for i := range 1 + n*n%7 {
		list = append(list, numbered(fmt.Sprintf("r%d-b%d-e%d", round, n, i)))
	}
	return list
}

func refusedEvent(round, n int) timeline.Event[eventlog.Stored] {
	return numbered(fmt.Sprintf("r%d-b%d-refused", round, n))
}

func numbered(name string) timeline.Event[eventlog.Stored] {
	return timeline.Event[eventlog.Stored]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, When: edtf.MustParse("2024-05"),
		Data: eventlog.Stored{Type: "test", Version: 1, Data: []byte(`{"text":"` + strings.Repeat(name, 20) + `"}`)},
	}
}

// acked reads what a writer prints, and returns how many batches it has
// acknowledged, and what else it said last.
func acked(out *bufio.Scanner) (n int, rest string) {
	for out.Scan() {
		if number, ok := strings.CutPrefix(out.Text(), "ack "); ok {
			n, _ = strconv.Atoi(number)
			n++
			continue
		}
		rest = out.Text()
	}
	return n, rest
}

// requireBatches requires that a stream has the batches that were acknowledged,
// whole and in order, and perhaps the one after them, which was under way.
func requireBatches(t *testing.T, log eventlog.Log, round, acknowledged int) {
	t.Helper()
	var got []string
	for r, err := range log.Read(t.Context(), fmt.Sprint("round-", round), 0) {
		require.NoError(t, err)
		got = append(got, r.Event.Name)
	}
	var want []string
	for n := range acknowledged {
		for _, e := range batch(round, n) {
			want = append(want, e.Name)
		}
	}
	if len(got) > len(want) {
		for _, e := range batch(round, acknowledged) {
			want = append(want, e.Name)
		}
	}
	require.Equal(t, want, got, "round %d, %d batches acknowledged", round, acknowledged)
}

// requireWhole requires that a log can be read from its first record to its
// last, and returns how many it has.
func requireWhole(t *testing.T, log eventlog.Log) (n int64) {
	t.Helper()
	seen := map[uuid.UUID]bool{}
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		n++
		require.Equal(t, n, r.Position)
		require.False(t, seen[r.Event.ID], "%s is there twice", r.Event.Name)
		require.NotContains(t, r.Event.Name, "refused")
		seen[r.Event.ID] = true
	}
	end, err := log.End(t.Context())
	require.NoError(t, err)
	require.Equal(t, n, end)
	return n
}
