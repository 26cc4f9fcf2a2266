package natslog_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// The clocks of servers are set, by seconds and by years, forth and back, and servers whose
// clocks differ take turns. The log does not mind, but for the times of its records; and the
// partitions are shared again soon after.
func TestClocksSet(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartStepped(t, 3)
	conn := c.Connect(t)
	l := startLoad(t, c, 3)
	options := partition.Options{Bucket: "leases", Partitions: 6, Lease: 1500 * time.Millisecond}
	var members []*member
	for i := range 3 {
		options.Address = fmt.Sprint("member", i)
		members = append(members, join(t, c, options))
	}
	shared := func(why string) {
		t.Helper()
		require.Eventually(t, func() bool {
			var all []int
			for _, m := range members {
				held := m.holds()
				if len(held) != 2 {
					return false
				}
				all = append(all, held...)
			}
			slices.Sort(all)
			return slices.Equal(all, []int{0, 1, 2, 3, 4, 5})
		}, 30*time.Second, 20*time.Millisecond, why)
	}
	shared("at first")
	leads := func(stream string) int {
		for {
			if leader, ok := c.Leader(conn, stream); ok {
				return leader
			}
		}
	}
	for _, seconds := range []int64{-3600, 365 * 86400, 0} {
		for _, stream := range []string{"load", "KV_leases"} {
			c.SetClock(leads(stream), seconds)
		}
		l.waitMore(100)
		shared(fmt.Sprintf("the clock of the leader is off by %d s", seconds))
		leader := leads("load")
		c.Kill(leader) // another leads, with another clock; this one starts with the right time
		l.waitMore(50)
		c.StartNode(leader)
		c.WaitCurrent(conn, "load")
		shared("another leads")
	}
	for i := range c.Len() {
		c.SetClock(i, 0)
	}
	l.check()
	back, ahead := 0, 0
	for i, r := range l.followed {
		if i > 0 && r.Event.Recorded.Before(l.followed[i-1].Event.Recorded) {
			back++
		}
		if time.Until(r.Event.Recorded) > time.Minute {
			ahead++
		}
	}
	assert.Positive(t, back, "the clocks were not set")
	assert.Positive(t, ahead, "the clocks were not set")
	t.Logf("%d records are from before the one in front of them, and %d from the future", back, ahead)
}
