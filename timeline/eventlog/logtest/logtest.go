// Package logtest checks that an implementation of [eventlog.Log] keeps its
// contract:
//
//	func TestLog(t *testing.T) {
//		logtest.Test(t, func(tb testing.TB) logtest.Store {
//			path := filepath.Join(tb.TempDir(), "log")
//			return func() (eventlog.Log, error) { return mylog.Open(path) }
//		})
//	}
//
// It looks at every field of what comes back, at refusals and what they leave
// behind, at writers that get into each other's way, at cancelled contexts and
// at logs that are opened again. What kill -9 leaves behind it cannot look at.
package logtest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Store opens a log. Every call gives the log of the same store, as another
// program would open it: what was appended through one is in all. A log that
// lives only in memory is given again.
type Store func() (eventlog.Log, error)

// Test runs each check as a subtest, on a store of its own. Open returns one
// without records; what it needs to release it gives to tb.Cleanup.
func Test(t *testing.T, open func(tb testing.TB) Store) {
	t.Helper()
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) {
			if err := c.run(t.Context(), open(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// A check returns what is wrong with a log, rather than failing a test, so that
// the suite's own tests can hand it a broken one and demand a complaint.
type check struct {
	name string
	body func(ctx context.Context, s *subject) error
}

var checks = []check{
	{"an empty log", emptyLog},
	{"round trip of every field", roundTrip},
	{"payloads byte by byte", payloads},
	{"positions and revisions", places},
	{"reading from any place", fromAnyPlace},
	{"many records at once", manyAtOnce},
	{"conflicts", conflicts},
	{"repeated appends", repeats},
	{"an ID with other content", otherContent},
	{"refused events", refusals},
	{"random appends beside the reference", atRandom},
	{"who owns the slices", ownership},
	{"leaving a loop early", earlyExit},
	{"the log inside its own loop", reentrant},
	{"following through a pause", following},
	{"cancelled contexts", cancelled},
	{"cancelling at any moment", cancelledAtRandom},
	{"16 writers of one stream", writersOfOne},
	{"16 writers of 16 streams", writersOfMany},
	{"whole batches or nothing", batches},
	{"opening again", reopening},
	{"identity and cursors", identities},
	{"recorded time", recordedTimes},
	{"the upgrades", upgrades},
}

// A subject is a log under test.
type subject struct {
	eventlog.Log
	open Store
}

// patience is how long a check may take before the log counts as stuck.
var patience = 2 * time.Minute

func (c check) run(ctx context.Context, open Store) error {
	log, err := open()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New("the check took too long"))
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- c.body(ctx, &subject{log, open}) }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience + patience/4): // it does not even hear its context
		return errors.New("the log is stuck: a call or a loop does not come back")
	}
}
