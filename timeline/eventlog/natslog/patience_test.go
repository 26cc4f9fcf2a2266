package natslog

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// What passes by itself is tried again, and nothing else.
func TestIsFinal(t *testing.T) {
	api := func(code int, number jetstream.ErrorCode) error {
		return fmt.Errorf("asking: %w", &jetstream.APIError{Code: code, ErrorCode: number})
	}
	for _, again := range []error{
		errAgain, errBehind, errLonely, errPart, context.DeadlineExceeded, nats.ErrTimeout, nats.ErrNoResponders,
		api(503, 10008), api(404, jetstream.JSErrCodeStreamNotFound), api(400, codeNoPeers), fmt.Errorf("%w: %w", errAgain, api(400, 10071)),
	} {
		require.False(t, isFinal(again), "%v", again)
	}
	for _, final := range []error{
		&eventlog.ConflictError{}, &eventlog.CorruptError{}, &eventlog.DivergedError{}, &eventlog.IDError{}, ErrTooMany, ErrSettings, ErrNewer,
		nats.ErrConnectionClosed, nats.ErrMaxPayload, api(400, 10025), api(403, 10039),
	} {
		require.True(t, isFinal(final), "%v", final)
	}
}

// A call ends: when its patience is over, or at once when its context is.
func TestPatienceEnds(t *testing.T) {
	l := &Log{options: Options{Patience: 20 * time.Millisecond}}
	tries := 0
	again := func() error { tries++; return errAgain }
	err := l.patiently(t.Context(), again)
	require.ErrorIs(t, err, errAgain)
	require.ErrorContains(t, err, "given up after 20ms")
	require.Greater(t, tries, 1)
	why := errors.New("somebody has left")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	tries = 0
	err = l.patiently(ctx, again)
	require.ErrorIs(t, err, why)
	require.Equal(t, 1, tries)
}

// A leader counts if it hears from most of the servers, itself among them.
func TestCheckLeader(t *testing.T) {
	heard := &jetstream.PeerInfo{Active: time.Second}
	silent := &jetstream.PeerInfo{Active: 3 * time.Second}
	gone := &jetstream.PeerInfo{Active: time.Second, Offline: true}
	for _, c := range []struct {
		replicas []*jetstream.PeerInfo
		leads    bool
	}{
		{nil, true},
		{[]*jetstream.PeerInfo{heard, heard}, true},
		{[]*jetstream.PeerInfo{heard, silent}, true},
		{[]*jetstream.PeerInfo{silent, gone}, false},
		{[]*jetstream.PeerInfo{heard, silent, silent, gone}, false},
		{[]*jetstream.PeerInfo{heard, heard, silent, gone}, true},
	} {
		err := checkLeader(&jetstream.ClusterInfo{Replicas: c.replicas})
		require.Equal(t, c.leads, err == nil)
	}
	require.NoError(t, checkLeader(nil))
}

// A server that has just become the leader may not have applied all that was read of the log. One that
// never gets that far has another log.
func TestEndAfter(t *testing.T) {
	ends := []int64{8770, 8990, 9000}
	n := 0
	catchesUp := func(context.Context) (int64, error) { n++; return ends[min(n, len(ends))-1], nil }
	end, err := endAfter(t.Context(), 9000, catchesUp, time.Minute)
	require.NoError(t, err)
	require.EqualValues(t, 9000, end)
	require.Equal(t, 3, n)

	behind := func(context.Context) (int64, error) { return 8770, nil }
	_, err = endAfter(t.Context(), 9000, behind, 0)
	require.ErrorIs(t, err, eventlog.ErrDiverged)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = endAfter(ctx, 9000, behind, time.Minute)
	require.ErrorIs(t, err, context.Canceled)
	_, err = endAfter(t.Context(), 9000, func(context.Context) (int64, error) { return 0, errLonely }, time.Minute)
	require.ErrorIs(t, err, errLonely)
}
