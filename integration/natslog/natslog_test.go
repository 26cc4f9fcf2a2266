package natslog_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
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
	c := natsserver.StartUnsynced(t, 1)
	logtest.TestRewound(t, func(tb testing.TB) (logtest.Store, logtest.Rewinder) {
		options := natslog.Options{Name: logName(tb), Replicas: 1, Poll: 10 * time.Millisecond}
		store := func() (eventlog.Log, error) { return natslog.Open(tb.Context(), c.Connect(tb), &options) }
		return store, func(ctx context.Context, records int64) error {
			return rewind(ctx, c.Connect(tb), &options, records)
		}
	})
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
