package natslog_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
)

// event returns the event n of a test.
func event(n int) timeline.Event[eventlog.Stored] {
	return timeline.Event[eventlog.Stored]{
		ID: uuid.UUID{0: byte(n >> 24), 1: byte(n >> 16), 2: byte(n >> 8), 3: byte(n), 15: 1}, Name: "event",
		When: edtf.MustParse("2024-05-01"), Data: eventlog.Stored{Type: "op", Version: 1, Data: []byte(`{"Kind":"add","Value":1}`)},
	}
}

func events(from, to int) (list []timeline.Event[eventlog.Stored]) {
	for n := from; n < to; n++ {
		list = append(list, event(n))
	}
	return list
}

// A stream that may lose what it holds, or that is not a log, is refused with every reason.
func TestSettings(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	conn := c.Connect(t)
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	good := openLog(t, c, natslog.Options{Name: "good"})
	stream, err := js.Stream(t.Context(), "good")
	require.NoError(t, err)
	config := stream.CachedInfo().Config
	for want, change := range map[string]func(c *jetstream.StreamConfig){
		"natslog: the stream is no log: log: it was not made by this package":               func(c *jetstream.StreamConfig) { c.Metadata = nil },
		"natslog: the log is of a newer version of this package: version 2":                 func(c *jetstream.StreamConfig) { c.Metadata = map[string]string{"timeline.version": "2"} },
		"natslog: the stream is no log: log: it is in memory":                               func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage },
		"natslog: the stream is no log: log: it may drop messages":                          func(c *jetstream.StreamConfig) { c.MaxMsgs = 1000 },
		"natslog: the stream is no log: log: messages can be deleted":                       func(c *jetstream.StreamConfig) { c.DenyDelete = false },
		"natslog: the stream is no log: log: it takes no atomic batches or no direct reads": func(c *jetstream.StreamConfig) { c.AllowDirect = false },
		"natslog: the stream is no log: log: it has other subjects":                         func(c *jetstream.StreamConfig) { c.Subjects = []string{"other.>"} },
	} {
		changed := config
		changed.Name, changed.Subjects = "log", []string{"log.s.*", "log.i.*"}
		change(&changed)
		_, err := js.CreateStream(t.Context(), changed)
		require.NoError(t, err)
		_, err = natslog.Open(t.Context(), conn, &natslog.Options{Name: "log"})
		assert.EqualError(t, err, want)
		require.NoError(t, js.DeleteStream(t.Context(), "log"))
	}
	for _, name := range []string{"a.b", "a b", "*", "ä", "x234567890123456789012345678901234567890x"} {
		_, err := natslog.Open(t.Context(), conn, &natslog.Options{Name: name})
		require.ErrorContains(t, err, "cannot be the name of a log")
	}
	_, err = good.Append(t.Context(), "s", 0, events(0, 3)...)
	require.NoError(t, err)
	require.Error(t, stream.Purge(t.Context()), "nobody empties it")
	require.Error(t, stream.DeleteMsg(t.Context(), 1), "nobody takes one out")
	again := openLog(t, c, natslog.Options{Name: "good"})
	identity, err := good.Identity(t.Context())
	require.NoError(t, err)
	same, err := again.Identity(t.Context())
	require.NoError(t, err)
	assert.Equal(t, identity, same)
}

// What somebody else puts among the records is damage, and not read over.
func TestAlienMessages(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	conn := c.Connect(t)
	for name, subject := range map[string]string{"claim": "claim.i.somebody", "record": "record.s.somebody"} {
		log := openLog(t, c, natslog.Options{Name: name, Patience: time.Second})
		_, err := log.Append(t.Context(), "s", 0, events(0, 3)...)
		require.NoError(t, err)
		_, err = conn.Request(subject, []byte("hello"), time.Second)
		require.NoError(t, err)
		_, err = log.Append(t.Context(), "s", 3, events(3, 6)...)
		require.ErrorIs(t, err, eventlog.ErrCorrupt)
		n := 0
		for r, err := range log.ReadAll(t.Context(), 0) {
			if n++; n > 3 {
				require.ErrorIs(t, err, eventlog.ErrCorrupt, "%+v", r)
				continue
			}
			require.NoError(t, err)
		}
		require.Equal(t, 4, n)
	}
}

// Servers that take fewer messages at once, or that do not answer, are errors that say so
// within the patience of the log; what was tried then is not there.
func TestRefusedByServers(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	patient := openLog(t, c, natslog.Options{})
	_, err := patient.Append(t.Context(), "s", 0, events(0, 10_001)...)
	require.ErrorIs(t, err, natslog.ErrTooMany)
	big := event(0)
	big.Data.Data = append(append([]byte(`"`), make([]byte, 9<<20)...), '"')
	for i := range big.Data.Data[1 : len(big.Data.Data)-1] {
		big.Data.Data[i+1] = 'x'
	}
	_, err = patient.Append(t.Context(), "s", 0, big)
	require.ErrorIs(t, err, nats.ErrMaxPayload)
	end, err := patient.End(t.Context())
	require.NoError(t, err)
	require.Zero(t, end)

	log := openLog(t, c, natslog.Options{Patience: 300 * time.Millisecond})
	c.Kill(0)
	_, err = log.Append(t.Context(), "s", 0, event(1))
	require.ErrorContains(t, err, "natslog: given up after 300ms")
	for _, err := range log.ReadAll(t.Context(), 0) {
		require.ErrorContains(t, err, "natslog: given up after 300ms")
	}
	for _, err := range log.Follow(t.Context(), 0) {
		require.ErrorContains(t, err, "natslog: given up after 300ms")
	}
	why := errors.New("somebody has left")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, why)
	defer cancel()
	_, err = log.Append(ctx, "s", 0, event(1))
	require.ErrorIs(t, err, why)
	c.StartNode(0)
	a, err := patient.Append(t.Context(), "s", 0, event(1))
	require.NoError(t, err)
	require.EqualValues(t, 1, a.Position)
}

// A log that is to be on three servers is made when they are there: until then Open waits.
func TestOpenWaitsForServers(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartSome(t, 3, 2)
	conn := c.Connect(t)
	_, err := natslog.Open(t.Context(), conn, &natslog.Options{Patience: time.Second})
	require.ErrorContains(t, err, "natslog: given up after 1s: ")
	opened := make(chan error, 1)
	go func() {
		_, err := natslog.Open(t.Context(), conn, nil)
		opened <- err
	}()
	c.StartNode(2)
	require.NoError(t, <-opened)
}
