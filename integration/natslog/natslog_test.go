package natslog_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/logtest"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
)

func TestMain(m *testing.M) {
	natsserver.RunNode()
	os.Exit(m.Run())
}

// logName returns a name for the log of a test.
func logName(tb testing.TB) string {
	name := strings.NewReplacer("/", "-", "#", "-", ",", "-", " ", "_").Replace(tb.Name())
	return name[max(0, len(name)-40):]
}

func openLog(tb testing.TB, c *natsserver.Cluster, options natslog.Options) *natslog.Log {
	tb.Helper()
	options.Replicas = c.Len()
	log, err := natslog.Open(tb.Context(), c.Connect(tb), &options)
	require.NoError(tb, err)
	return log
}

// The contract, on one server and on three.
func TestSuite(t *testing.T) {
	for name, c := range map[string]*natsserver.Cluster{"one server": natsserver.StartUnsynced(t, 1), "three servers": natsserver.StartUnsynced(t, 3)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			logtest.Test(t, func(tb testing.TB) logtest.Store {
				options := natslog.Options{Name: logName(tb), Replicas: c.Len()}
				return func() (eventlog.Log, error) { return natslog.Open(tb.Context(), c.Connect(tb), &options) }
			})
		})
	}
}

// A stream that was deleted, and made again from an older backup, is the same log by its
// identity. Those who read it notice.
func TestRewound(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	logtest.TestRewound(t, func(tb testing.TB) (logtest.Store, logtest.Rewinder) {
		options := natslog.Options{Name: logName(tb), Replicas: 1, Poll: 10 * time.Millisecond}
		store := func() (eventlog.Log, error) { return natslog.Open(tb.Context(), c.Connect(tb), &options) }
		return store, func(ctx context.Context, records int64) error {
			return rewind(ctx, c.Connect(tb), &options, records)
		}
	})
}

// A loop that is in the middle of many records notices that the log was put back, at the latest when it
// reads on.
func TestRewoundBetweenPages(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	many := func(from, n int) (events []timeline.Event[eventlog.Stored]) {
		for i := range n {
			name := fmt.Sprint("e", from+i)
			events = append(events, timeline.Event[eventlog.Stored]{
				ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte(name)), Name: name, When: edtf.MustParse("2024-05"),
				Data: eventlog.Stored{Type: "test", Version: 1, Data: []byte("{}")},
			})
		}
		return events
	}
	for _, first := range []int{2500, 9500} { // fetched page by page, and through a consumer
		options := natslog.Options{Name: fmt.Sprint("log", first), Replicas: 1, Poll: 10 * time.Millisecond}
		log, err := natslog.Open(t.Context(), c.Connect(t), &options)
		require.NoError(t, err)
		for n := 0; n < first; n += 500 {
			_, err = log.Append(t.Context(), "s", int64(n), many(n, 500)...)
			require.NoError(t, err)
		}
		n, ended := 0, error(nil)
		for r, err := range log.Follow(t.Context(), 0) {
			if ended = err; err != nil {
				break
			}
			require.Equal(t, fmt.Sprint("e", n), r.Event.Name)
			if n++; n == 10 {
				require.NoError(t, rewind(t.Context(), c.Connect(t), &options, 5))
				again, err := natslog.Open(t.Context(), c.Connect(t), &options)
				require.NoError(t, err)
				for m := 0; m < first; m += 500 {
					_, err = again.Append(t.Context(), "s", int64(5+m), many(20_000+m, 500)...)
					require.NoError(t, err)
				}
			}
		}
		require.ErrorIs(t, ended, eventlog.ErrDiverged)
	}
}

func rewind(ctx context.Context, conn *nats.Conn, options *natslog.Options, records int64) error {
	log, err := natslog.Open(ctx, conn, options)
	if err != nil {
		return err
	}
	var kept []eventlog.Record
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		if r.Position <= records {
			kept = append(kept, r)
		}
	}
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	stream, err := js.Stream(ctx, options.Name)
	if err != nil {
		return err
	}
	if err := js.DeleteStream(ctx, options.Name); err != nil {
		return err
	}
	if _, err := js.CreateStream(ctx, stream.CachedInfo().Config); err != nil {
		return err
	}
	if again, err := natslog.Open(ctx, conn, options); err != nil || len(kept) == 0 {
		return err
	} else if _, err := again.Restore(ctx, kept...); err != nil {
		return err
	}
	return nil
}
