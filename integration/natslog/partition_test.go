package natslog_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/integration/natslog/natsserver"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/natslog/partition"
)

// member is a program that holds partitions.
type member struct {
	mu   sync.Mutex
	held map[int]bool
	stop context.CancelFunc
	done chan error
}

func (m *member) holds() []int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Sorted(maps.Keys(m.held))
}

func join(t *testing.T, c *natsserver.Cluster, options partition.Options) *member {
	ctx, stop := context.WithCancel(t.Context())
	m := &member{held: map[int]bool{}, stop: stop, done: make(chan error, 1)}
	conn := c.Connect(t)
	go func() {
		m.done <- partition.Hold(ctx, conn, options, func(ctx context.Context, p int) error {
			m.set(p, true)
			defer m.set(p, false)
			<-ctx.Done()
			return nil
		})
	}()
	return m
}

func (m *member) set(p int, held bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if held {
		m.held[p] = true
	} else {
		delete(m.held, p)
	}
}

// Partitions are shared evenly, each held once, whoever comes, goes, or is heard no more of.
func TestPartitions(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 3)
	conn := c.Connect(t)
	const partitions = 8
	options := partition.Options{Bucket: "leases", Partitions: partitions, Lease: 1500 * time.Millisecond}
	var members []*member
	add := func() {
		options.Address = fmt.Sprint("member", len(members))
		members = append(members, join(t, c, options))
	}
	fair := func(shares ...int) {
		t.Helper()
		want := slices.Sorted(slices.Values(shares))
		require.Eventually(t, func() bool {
			var all, got []int
			for _, m := range members {
				all, got = append(all, m.holds()...), append(got, len(m.holds()))
			}
			slices.Sort(all)
			slices.Sort(got)
			holders, err := partition.Holders(t.Context(), conn, options)
			return err == nil && len(holders) == partitions && slices.Equal(got, want) && len(slices.Compact(all)) == partitions
		}, 30*time.Second, 20*time.Millisecond, "%v", shares)
	}
	add()
	fair(8)
	add()
	fair(4, 4)
	add()
	add()
	fair(2, 2, 2, 2)
	add()
	fair(2, 2, 2, 1, 1)
	members[4].stop()
	<-members[4].done
	members = members[:4]
	fair(2, 2, 2, 2)
	members[1].stop()
	require.ErrorIs(t, <-members[1].done, context.Canceled)
	require.Empty(t, members[1].holds(), "what it held has ended")
	members = slices.Delete(members, 1, 2)
	fair(2, 3, 3)
	holders, err := partition.Holders(t.Context(), conn, options)
	require.NoError(t, err)
	for _, address := range holders {
		assert.NotEqual(t, "member1", address)
	}
	c.Kill(0) // of the servers, one may go
	add()
	fair(2, 2, 2, 2)
}

// An error of what runs for a partition ends the program's part, and is its error.
func TestPartitionFails(t *testing.T) {
	t.Parallel() // it waits for servers of its own
	c := natsserver.StartUnsynced(t, 1)
	failed := errors.New("out of memory")
	options := partition.Options{Bucket: "leases", Partitions: 3, Replicas: 1, Lease: time.Second}
	err := partition.Hold(t.Context(), c.Connect(t), options, func(ctx context.Context, p int) error {
		if p == 1 {
			return failed
		}
		<-ctx.Done()
		return nil
	})
	require.ErrorIs(t, err, failed)
	require.ErrorContains(t, err, "partition 1: ")
	holders, err := partition.Holders(t.Context(), c.Connect(t), options)
	require.NoError(t, err)
	require.Empty(t, holders)
	early := func(context.Context, int) error { return nil }
	require.ErrorContains(t, partition.Hold(t.Context(), c.Connect(t), options, early), "it returned before its context was over")
	for _, wrong := range []partition.Options{
		{},
		{Bucket: "a.b", Partitions: 3, Replicas: 1},
		{Bucket: "leases", Partitions: 3, Replicas: 1, Lease: time.Minute},
	} {
		require.Error(t, partition.Hold(t.Context(), c.Connect(t), wrong, early))
	}
	_, err = partition.Holders(t.Context(), c.Connect(t), partition.Options{Bucket: "leases", Partitions: 3, Lease: time.Minute})
	require.ErrorIs(t, err, partition.ErrBucket)
}
