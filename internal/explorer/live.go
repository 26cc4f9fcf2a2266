package explorer

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// live keeps the latest generation of a history, and says when there is another.
type live struct {
	place  answer.Place
	stamp  string               // of what was read last
	report func(problem string) // may be nil

	mu      sync.Mutex
	current *generation
	changed chan struct{} // closed when current is replaced
}

// openLive reads the history for the first time.
func openLive(ctx context.Context, place answer.Place) (*live, error) {
	stamp := place.Stamp() // before it is read, so that no change is missed
	history, err := place.Load(ctx)
	if err != nil {
		return nil, err
	}
	first := newGeneration(history, 1)
	first.start = time.Now().UnixNano()
	return &live{place: place, stamp: stamp, current: first, changed: make(chan struct{})}, nil
}

// now returns the latest generation, and what is closed when there is another.
func (l *live) now() (*generation, <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.current, l.changed
}

func (l *live) replace(ed *generation) {
	l.mu.Lock()
	defer l.mu.Unlock()
	ed.start = l.current.start
	l.current = ed
	close(l.changed)
	l.changed = make(chan struct{})
}

// watch reads the history anew whenever what it is read from has changed, until
// ctx is done. What has faults is not shown: the generation before stays, and says
// so. It says so when the file has rested, since a file that is being written
// has faults only because its end is missing.
func (l *live) watch(ctx context.Context, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	seen := l.stamp
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		next := l.place.Stamp()
		if next != l.stamp && l.reload(ctx, next == seen) {
			l.stamp = next
		}
		seen = next
	}
}

// reload reads the history anew, and returns whether that is done: not if it was
// interrupted, or if there are faults while the file does not rest.
func (l *live) reload(ctx context.Context, rested bool) bool {
	history, err := l.place.Load(ctx)
	if ctx.Err() != nil {
		return false
	}
	before, _ := l.now()
	if err == nil {
		l.replace(newGeneration(history, before.number+1))
		return true
	}
	if !rested {
		return false
	}
	ed := newGeneration(before.History, before.number+1)
	ed.problem = problem(err)
	if ed.problem != before.problem {
		l.replace(ed)
		if l.report != nil {
			l.report(ed.problem)
		}
	}
	return true
}

// problem says why a history is not read.
func problem(err error) string {
	var faults seeds.Faults
	if errors.As(err, &faults) && len(faults) > 0 {
		return faults[0].Error()
	}
	return err.Error()
}
