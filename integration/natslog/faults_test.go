package natslog_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog"
)

// load is writers that append to a log while something happens to its servers, and a
// reader that follows it. Each writer has a stream of its own, and all share one.
type load struct {
	t     *testing.T
	log   *natslog.Log
	stop  atomic.Bool
	group sync.WaitGroup
	mu    sync.Mutex
	acked map[uuid.UUID]eventlog.AppendResult

	follow   context.CancelFunc
	followed []eventlog.Record
	done     chan struct{} // closed when nobody follows any more
}

// startLoad starts writers, each with a connection to whichever server it reaches, or each
// to one of its own.
func startLoad(t *testing.T, c *natsserver.Cluster, writers int, apart ...bool) *load {
	l := &load{t: t, log: openLog(t, c, natslog.Options{Name: "load"}), acked: map[uuid.UUID]eventlog.AppendResult{}, done: make(chan struct{})}
	for w := range writers {
		conn := c.Connect(t)
		if len(apart) > 0 {
			conn = c.ConnectTo(t, w%c.Len())
		}
		log, err := natslog.Open(t.Context(), conn, &natslog.Options{Name: "load"}) // a program of its own
		require.NoError(t, err)
		l.group.Add(1)
		go func() {
			defer l.group.Done()
			l.write(log, w)
		}()
	}
	ctx, cancel := context.WithCancel(t.Context())
	l.follow = cancel
	go func() {
		defer close(l.done)
		for r, err := range l.log.Follow(ctx, 0) {
			if err != nil {
				assert.ErrorIs(t, err, context.Canceled)
				break
			}
			l.mu.Lock()
			l.followed = append(l.followed, r)
			l.mu.Unlock()
		}
	}()
	return l
}

// write appends until it is told to stop: one event or a few, to its own stream behind what
// it knows, or to the shared one wherever that stands. Some calls it gives up early, and does
// them again.
func (l *load) write(log *natslog.Log, w int) {
	rnd := rand.New(rand.NewPCG(1, uint64(w)))
	own := int64(0)
	for n := 0; !l.stop.Load(); {
		list := events(1<<24*(w+1)+n, 1<<24*(w+1)+n+1+rnd.IntN(3))
		n += len(list)
		stream, expected := fmt.Sprint("own", w), own
		if rnd.IntN(3) == 0 {
			stream, expected = "shared", eventlog.AnyRevision
		}
		for {
			ctx, cancel := l.t.Context(), context.CancelFunc(func() {})
			if rnd.IntN(10) == 0 {
				ctx, cancel = context.WithTimeout(ctx, time.Duration(rnd.IntN(5000))*time.Microsecond)
			}
			a, err := log.Append(ctx, stream, expected, list...)
			cancel()
			if err != nil {
				if !assert.False(l.t, errors.Is(err, eventlog.ErrConflict) || errors.Is(err, eventlog.ErrCorrupt), "%v", err) {
					return
				}
				continue // the same again
			}
			l.mu.Lock()
			for i, e := range list {
				back := int64(len(list) - 1 - i)
				l.acked[e.ID] = eventlog.AppendResult{Revision: a.Revision - back, Position: a.Position - back}
			}
			l.mu.Unlock()
			if stream != "shared" {
				own = a.Revision
			}
			break
		}
	}
}

// acknowledged notes an event that was acknowledged to somebody else.
func (l *load) acknowledged(id uuid.UUID, a eventlog.AppendResult) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked[id] = a
}

// count returns how many events were acknowledged by now.
func (l *load) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.acked)
}

// waitMore waits until more was acknowledged.
func (l *load) waitMore(n int) {
	want := l.count() + n
	for end := time.Now().Add(2 * time.Minute); l.count() < want; time.Sleep(5 * time.Millisecond) {
		require.True(l.t, time.Now().Before(end), "nothing is acknowledged any more")
	}
}

// check ends the load and looks whether what was acknowledged is there once, at its place,
// and nothing else, for who reads it now and for who has followed it.
func (l *load) check() {
	l.stop.Store(true)
	l.group.Wait()
	end, err := l.log.End(l.t.Context())
	require.NoError(l.t, err)
	var all []eventlog.Record
	revisions := map[string]int64{}
	seen := map[uuid.UUID]int64{}
	for r, err := range l.log.ReadAll(l.t.Context(), 0) {
		require.NoError(l.t, err)
		revisions[r.Stream]++
		require.Equal(l.t, revisions[r.Stream], r.Revision)
		a, ok := l.acked[r.Event.ID]
		require.Zero(l.t, seen[r.Event.ID], "%s/%d is at position %d, and was at the one before", r.Stream, r.Revision, r.Position)
		seen[r.Event.ID] = r.Position
		require.True(l.t, ok, "%s/%d at position %d was never acknowledged", r.Stream, r.Revision, r.Position)
		require.Equal(l.t, eventlog.AppendResult{Revision: r.Revision, Position: r.Position}, a)
		delete(l.acked, r.Event.ID)
		all = append(all, r)
	}
	require.Empty(l.t, l.acked, "acknowledged and lost")
	require.EqualValues(l.t, end, len(all))
	for stream, want := range revisions {
		n := int64(0)
		for r, err := range l.log.Read(l.t.Context(), stream, 0) {
			require.NoError(l.t, err)
			n++
			require.Equal(l.t, n, r.Revision)
		}
		require.Equal(l.t, want, n)
	}
	require.Eventually(l.t, func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return len(l.followed) >= len(all)
	}, 30*time.Second, 10*time.Millisecond, "who follows does not see the last")
	l.follow()
	<-l.done
	require.Equal(l.t, all, l.followed)
	l.t.Logf("%d events acknowledged, each there once and in order", len(all))
}

// rounds returns how often something is done: few times, or as often as FAULT_ROUNDS says.
func rounds(t *testing.T, few int) int {
	if n, err := strconv.Atoi(os.Getenv("FAULT_ROUNDS")); err == nil {
		return n
	}
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	return few
}

// Servers are killed at random moments, mostly the leader, under writers and a reader.
func TestKill9(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.Start(t, 3)
	l := startLoad(t, c, 4)
	conn := c.Connect(t)
	rnd := rand.New(rand.NewPCG(3, 4))
	for round := range rounds(t, 4) {
		l.waitMore(50)
		victim := rnd.IntN(3)
		if leader, ok := c.Leader(conn, "load"); ok && round%3 < 2 {
			victim = leader
		}
		time.Sleep(time.Duration(rnd.IntN(20)) * time.Millisecond)
		c.Kill(victim)
		l.waitMore(20) // the others go on
		c.StartNode(victim)
		c.WaitCurrent(conn, "load")
	}
	l.check()
}

// All servers are killed at once: what was acknowledged is on their disks.
func TestKill9All(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.Start(t, 3)
	l := startLoad(t, c, 4)
	conn := c.Connect(t)
	for range rounds(t, 2) {
		l.waitMore(50)
		for i := range 3 {
			c.Kill(i)
		}
		for i := range 3 {
			c.StartNode(i)
		}
		c.WaitCurrent(conn, "load")
	}
	l.check()
}

// A server hangs for longer than the others wait for it, and comes back as one that thinks it
// leads: nothing that it held back gets in twice.
func TestHungServer(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.Start(t, 3)
	l := startLoad(t, c, 4)
	conn := c.Connect(t)
	for range rounds(t, 1) {
		l.waitMore(50)
		leader, ok := c.Leader(conn, "load")
		for !ok {
			leader, ok = c.Leader(conn, "load")
		}
		c.Pause(leader)
		l.waitMore(20)
		c.Resume(leader)
		c.WaitCurrent(conn, "load")
	}
	l.check()
}

// A server that leads is cut off from the others, and those who only reach it. What they
// append meanwhile is not acknowledged. When it is back, the same again is.
func TestCutOff(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.Start(t, 3)
	l := startLoad(t, c, 3, true)
	conn := c.Connect(t)
	for round := range rounds(t, 2) {
		l.waitMore(50)
		leader, ok := c.Leader(conn, "load")
		for !ok {
			leader, ok = c.Leader(conn, "load")
		}
		lonely, err := natslog.Open(t.Context(), c.ConnectTo(t, leader), &natslog.Options{Name: "load", Patience: 3 * time.Second})
		require.NoError(t, err)
		before, err := lonely.Append(t.Context(), "lonely", int64(2*round), event(2*round))
		require.NoError(t, err)
		l.acknowledged(event(2*round).ID, before)
		c.CutOff(leader)
		_, err = lonely.Append(t.Context(), "lonely", int64(2*round+1), event(2*round+1))
		require.Error(t, err, "it cannot be kept by most servers")
		l.waitMore(20)
		c.Rejoin(leader)
		c.WaitCurrent(conn, "load")
		after, err := lonely.Append(t.Context(), "lonely", int64(2*round+1), event(2*round+1))
		require.NoError(t, err, "the same again")
		l.acknowledged(event(2*round+1).ID, after)
	}
	l.check()
}

// Leaders step down again and again. The next one may still be applying what others have read already: to who
// follows that is no other log.
func TestLeadersStepDown(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 3)
	l := startLoad(t, c, 6)
	conn := c.Connect(t)
	for range rounds(t, 10) {
		l.waitMore(100)
		_, err := conn.Request("$JS.API.STREAM.LEADER.STEPDOWN.load", nil, 5*time.Second)
		require.NoError(t, err)
	}
	l.waitMore(50)
	l.check()
}

// The disk of one server is full. The others go on, and it catches up when there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.Start(t, 3)
	full := fill(t, c)
	l := startLoad(t, c, 3)
	conn := c.Connect(t)
	l.waitMore(200)
	full(true)
	l.waitMore(2000)
	require.Eventually(t, func() bool { return c.Behind(conn, "load", 0) }, 20*time.Second, 50*time.Millisecond, "the disk is full, and the server goes on")
	full(false)
	c.WaitCurrent(conn, "load")
	l.waitMore(50)
	l.check()
}

// fill returns a function that fills the disk of server 0, or makes room and starts it again.
// Where no file system can be mounted the server believes that its disk is small.
func fill(t *testing.T, c *natsserver.Cluster) func(full bool) {
	c.Kill(0)
	folder := c.Folder(0)
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64m"); err != nil {
		t.Logf("the disk is one in name: %v", err)
		c.StartNode(0)
		return func(full bool) {
			c.Kill(0)
			c.Limit(0, map[bool]int64{true: 200_000}[full])
			c.StartNode(0)
		}
	}
	t.Cleanup(func() {
		c.Kill(0)
		assert.NoError(t, syscall.Unmount(folder, syscall.MNT_DETACH))
	})
	c.StartNode(0)
	ballast := filepath.Join(folder, "ballast")
	return func(full bool) {
		if !full {
			assert.NoError(t, os.Remove(ballast))
			c.Kill(0)
			c.StartNode(0)
			return
		}
		f, err := os.Create(ballast)
		require.NoError(t, err)
		defer f.Close()
		block := make([]byte, 4096)
		for err == nil {
			_, err = f.Write(block)
		}
		require.ErrorIs(t, err, syscall.ENOSPC)
	}
}

// Who follows slowly gets everything, and holds nobody up.
func TestSlowReader(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 3)
	log := openLog(t, c, natslog.Options{})
	const batches, each = 40, 500
	got := make(chan int64, 1)
	go func() {
		n := int64(0)
		for r, err := range log.Follow(t.Context(), 0) {
			if !assert.NoError(t, err) || !assert.Equal(t, n+1, r.Position) {
				break
			}
			if n++; n%100 == 0 {
				time.Sleep(10 * time.Millisecond)
			}
			if n == batches*each {
				break
			}
		}
		got <- n
	}()
	for b := range batches {
		_, err := log.Append(t.Context(), "s", int64(b*each), events(b*each, (b+1)*each)...)
		require.NoError(t, err)
	}
	require.EqualValues(t, batches*each, <-got)
}
