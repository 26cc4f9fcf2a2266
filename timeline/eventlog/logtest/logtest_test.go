package logtest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

type (
	records  = iter.Seq2[eventlog.Record, error]
	appendFn = func(ctx context.Context, stream string, expected int64, events ...event) (eventlog.AppendResult, error)
)

// A bent log is a log in memory of which some methods do something else.
type bent struct {
	eventlog.Log
	append func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error)
	read   func(ctx context.Context, records records) records // around all loops
	follow func(ctx context.Context, after int64, plain eventlog.Log) records
}

func (l bent) Append(ctx context.Context, stream string, expected int64, events ...event) (eventlog.AppendResult, error) {
	if l.append == nil {
		return l.Log.Append(ctx, stream, expected, events...)
	}
	return l.append(ctx, stream, expected, events, l.Log.Append)
}

func (l bent) Read(ctx context.Context, stream string, after int64) records {
	return l.around(ctx, l.Log.Read(ctx, stream, after))
}

func (l bent) ReadAll(ctx context.Context, after int64) records {
	return l.around(ctx, l.Log.ReadAll(ctx, after))
}

func (l bent) around(ctx context.Context, r records) records {
	if l.read == nil {
		return r
	}
	return l.read(ctx, r)
}

func (l bent) Follow(ctx context.Context, after int64) records {
	if l.follow == nil {
		return l.around(ctx, l.Log.Follow(ctx, after))
	}
	return l.follow(ctx, after, l.Log)
}

// A listing log says something else than it has.
type listingLog struct {
	*memlog.Log
	change func([]eventlog.StreamEnd) []eventlog.StreamEnd
}

func (l listingLog) Streams(ctx context.Context) ([]eventlog.StreamEnd, error) {
	list, err := l.Log.Streams(ctx)
	return l.change(list), err
}

func lists(change func([]eventlog.StreamEnd) []eventlog.StreamEnd) func() Store {
	return func() Store {
		log := new(memlog.Log)
		return func() (eventlog.Log, error) { return listingLog{log, change}, nil }
	}
}

// each returns what reads records, each changed.
func each(change func(*eventlog.Record)) func(context.Context, records) records {
	return func(_ context.Context, in records) records {
		return func(yield func(eventlog.Record, error) bool) {
			for r, err := range in {
				if err == nil {
					change(&r)
				}
				if !yield(r, err) {
					return
				}
			}
		}
	}
}

// eachEvent returns what appends events, each changed.
func eachEvent(change func(*event)) func(context.Context, string, int64, []event, appendFn) (eventlog.AppendResult, error) {
	return func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		events = slices.Clone(events)
		for i := range events {
			change(&events[i])
		}
		return plain(ctx, stream, expected, events...)
	}
}

// brokenLogs are logs that break the contract, and a check that must say so.
var brokenLogs = []struct {
	name string
	by   string // one of the checks that must fail
	open func() Store
}{
	{"forgets everything", "round trip of every field", always(bent{append: func(ctx context.Context, _ string, _ int64, events []event, _ appendFn) (eventlog.AppendResult, error) {
		n := int64(len(events))
		return eventlog.AppendResult{Revision: n, Position: n}, nil
	}})},
	{"loses knowledge time", "round trip of every field", always(bent{append: eachEvent(func(e *event) { e.Known = edtf.Date{} })})},
	{"cuts dates to their first day", "round trip of every field", always(bent{append: eachEvent(func(e *event) {
		if !e.When.IsZero() && e.When.Kind() != edtf.Span {
			e.When = max(e.When.Earliest(), edtf.MinDay).Date()
		}
	})})},
	{"loses the last citation", "round trip of every field", always(bent{append: eachEvent(func(e *event) { e.Cites = e.Cites[:max(len(e.Cites)-1, 0)] })})},
	{"forgets a stream", "the upgrades", lists(func(l []eventlog.StreamEnd) []eventlog.StreamEnd { return l[1:] })},
	{"lists a stream twice", "the upgrades", lists(func(l []eventlog.StreamEnd) []eventlog.StreamEnd { return append(l, l[0]) })},
	{"lists where a stream was", "the upgrades", lists(func(l []eventlog.StreamEnd) []eventlog.StreamEnd { l[0].Revision--; return l })},
	{"loses metadata", "round trip of every field", always(bent{append: eachEvent(func(e *event) { e.Meta = nil })})},
	{"does not say when", "round trip of every field", always(bent{read: each(func(r *eventlog.Record) { r.Event.Recorded = time.Time{} })})},
	{"believes what the event says", "recorded time", always(bent{read: each(func(r *eventlog.Record) {
		if r.Position == 20 {
			r.Event.Recorded = time.Date(1999, 1, 2, 3, 4, 5, 0, time.UTC)
		}
	})})},
	{"asks a clock when it is read", "recorded time", always(bent{read: each(func(r *eventlog.Record) { r.Event.Recorded = time.Now().Truncate(time.Microsecond) })})},
	{"trims blanks", "round trip of every field", always(bent{append: eachEvent(func(e *event) { e.Name = string(bytes.TrimSpace([]byte(e.Name))) })})},
	{"writes JSON anew", "payloads byte by byte", always(bent{append: eachEvent(func(e *event) {
		var v any
		if json.Unmarshal(e.Data.Data, &v) == nil {
			e.Data.Data, _ = json.Marshal(v)
		}
	})})},
	{"keeps a number as a float", "payloads byte by byte", always(bent{append: eachEvent(func(e *event) {
		var f float64
		if json.Unmarshal(e.Data.Data, &f) == nil && string(e.Data.Data) != "null" {
			e.Data.Data, _ = json.Marshal(f)
		}
	})})},
	{"counts positions from 0", "positions and revisions", always(bent{read: each(func(r *eventlog.Record) { r.Position-- })})},
	{"hands out the writer's Seq", "round trip of every field", always(bent{read: each(func(r *eventlog.Record) { r.Event.Seq = 0 })})},
	{"sorts by date", "positions and revisions", always(bent{read: sorted})},
	{"ignores the expected revision", "conflicts", always(bent{append: func(ctx context.Context, stream string, _ int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		return plain(ctx, stream, eventlog.AnyRevision, events...)
	}})},
	{"a conflict without its type", "conflicts", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		a, err := plain(ctx, stream, expected, events...)
		if errors.Is(err, eventlog.ErrConflict) {
			err = eventlog.ErrConflict
		}
		return a, err
	}})},
	{"takes repeats for new", "repeated appends", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		a, err := plain(ctx, stream, expected, events...)
		if err == nil && len(events) > 0 {
			var again []event
			for i, e := range events {
				if e.Name == "event-1000" && a.Revision > 50 {
					e.ID = uuid.NewSHA1(e.ID, fmt.Append(nil, i, a.Position))
					again = append(again, e)
				}
			}
			_, err = plain(ctx, stream, eventlog.AnyRevision, again...)
		}
		return a, err
	}})},
	{"refuses repeats", "repeated appends", always(bent{append: refuseRepeats()})},
	{"takes the first content for the other", "an ID with other content", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		a, err := plain(ctx, stream, expected, events...)
		var taken *eventlog.IDError
		if errors.As(err, &taken) {
			return eventlog.AppendResult{Revision: taken.Holder.Revision, Position: taken.Holder.Position}, nil
		}
		return a, err
	}})},
	{"appends what comes before the fault", "refused events", always(bent{append: oneByOne})},
	{"appends batches one by one", "whole batches or nothing", always(bent{append: oneByOne})},
	{"checks nothing", "refused events", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		a, err := plain(ctx, stream, expected, events...)
		if faults := timeline.Faults(nil); errors.As(err, &faults) {
			return a, nil
		}
		return a, err
	}})},
	{"keeps the caller's slices", "who owns the slices", func() Store { return aliasing() }},
	{"locks while its loops run", "the log inside its own loop", func() Store { return locking() }},
	{"ends Follow at the end", "following through a pause", always(bent{follow: func(ctx context.Context, after int64, log eventlog.Log) records { return log.ReadAll(ctx, after) }})},
	{"follows only what comes", "following through a pause", always(bent{follow: func(ctx context.Context, after int64, log eventlog.Log) records {
		end, _ := log.End(ctx)
		return log.Follow(ctx, max(end, after))
	}})},
	{"takes a cancelled append for one that is done", "cancelled contexts", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		if ctx.Err() != nil {
			return eventlog.AppendResult{Revision: expected + int64(len(events))}, nil
		}
		return plain(ctx, stream, expected, events...)
	}})},
	{"appends though cancelled, and says so", "cancelled contexts", always(bent{append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		a, err := plain(context.WithoutCancel(ctx), stream, expected, events...)
		if err == nil && ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return a, err
	}})},
	{"loses the error of a loop", "cancelled contexts", always(bent{read: func(_ context.Context, in records) records {
		return func(yield func(eventlog.Record, error) bool) {
			for r, err := range in {
				if err != nil || !yield(r, nil) {
					return
				}
			}
		}
	}})},
	{"two programs, two logs", "opening again", func() Store { return func() (eventlog.Log, error) { return &memlog.Log{}, nil } }},
	{"looks at the revision before it locks", "16 writers of one stream", func() Store { return racing() }},
	{"skips a record once in a while", "many records at once", always(bent{read: func(_ context.Context, in records) records {
		return func(yield func(eventlog.Record, error) bool) {
			for r, err := range in {
				if (err != nil || r.Position != 1001) && !yield(r, err) {
					return
				}
			}
		}
	}})},
}

// always returns what opens l over a new log in memory.
func always(l bent) func() Store {
	return func() Store {
		l := l
		l.Log = &memlog.Log{}
		return func() (eventlog.Log, error) { return l, nil }
	}
}

func sorted(_ context.Context, in records) records {
	return func(yield func(eventlog.Record, error) bool) {
		list, err := collect(in)
		slices.SortStableFunc(list, func(a, b eventlog.Record) int {
			return int(a.Event.When.Latest()) - int(b.Event.When.Latest())
		})
		for _, r := range list {
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(eventlog.Record{}, err)
		}
	}
}

func refuseRepeats() func(context.Context, string, int64, []event, appendFn) (eventlog.AppendResult, error) {
	var mu sync.Mutex
	seen := map[uuid.UUID]bool{}
	return func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range events {
			if seen[e.ID] {
				return eventlog.AppendResult{}, &eventlog.ConflictError{Stream: stream, Expected: expected}
			}
		}
		a, err := plain(ctx, stream, expected, events...)
		for _, e := range events {
			seen[e.ID] = seen[e.ID] || err == nil
		}
		return a, err
	}
}

func oneByOne(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (reach eventlog.AppendResult, err error) {
	for i, e := range events {
		if expected != eventlog.AnyRevision && i > 0 {
			expected++
		}
		if reach, err = plain(ctx, stream, expected, e); err != nil {
			return eventlog.AppendResult{}, err
		}
		time.Sleep(time.Millisecond)
	}
	return reach, nil
}

// aliasing keeps the bytes of payloads as they were given.
func aliasing() Store {
	var mu sync.Mutex
	given := map[uuid.UUID][]byte{}
	l := bent{Log: &memlog.Log{}}
	l.append = func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		mu.Lock()
		defer mu.Unlock()
		for _, e := range events {
			given[e.ID] = e.Data.Data
		}
		return plain(ctx, stream, expected, events...)
	}
	l.read = each(func(r *eventlog.Record) {
		mu.Lock()
		defer mu.Unlock()
		r.Event.Data.Data = given[r.Event.ID]
	})
	return func() (eventlog.Log, error) { return l, nil }
}

// locking holds a lock while the body of a loop runs.
func locking() Store {
	mu := make(chan struct{}, 1)
	l := bent{Log: &memlog.Log{}}
	l.append = func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		mu <- struct{}{}
		defer func() { <-mu }()
		return plain(ctx, stream, expected, events...)
	}
	l.read = func(_ context.Context, in records) records {
		return func(yield func(eventlog.Record, error) bool) {
			mu <- struct{}{}
			defer func() { <-mu }()
			in(yield)
		}
	}
	return func() (eventlog.Log, error) { return l, nil }
}

// racing looks where the stream stands, and appends a little later.
func racing() Store {
	l := bent{Log: &memlog.Log{}}
	l.append = func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
		list, err := collect(l.Log.Read(ctx, stream, 0))
		if actual := int64(len(list)); err != nil || expected >= 0 && actual != expected {
			return eventlog.AppendResult{}, &eventlog.ConflictError{Stream: stream, Expected: expected, Actual: actual}
		}
		time.Sleep(time.Millisecond)
		return plain(ctx, stream, eventlog.AnyRevision, events...)
	}
	return func() (eventlog.Log, error) { return l, nil }
}

func TestSuiteRejectsBrokenLogs(t *testing.T) {
	defer func(d time.Duration) { patience = d }(patience)
	patience = 2 * time.Second
	for _, broken := range brokenLogs {
		t.Run(broken.name, func(t *testing.T) {
			i := slices.IndexFunc(checks, func(c check) bool { return c.name == broken.by })
			if assert.GreaterOrEqual(t, i, 0, "there is no check %q", broken.by) {
				err := checks[i].run(t.Context(), broken.open())
				assert.Error(t, err, "%q lets it pass", broken.by)
				t.Log(err)
			}
		})
	}
}

// TestEveryCheckRejects makes sure that no check is for nothing: a log that
// answers nothing passes none of them but that of an empty log.
func TestEveryCheckRejects(t *testing.T) {
	defer func(d time.Duration) { patience = d }(patience)
	patience = time.Second
	nothing := brokenLogs[0].open
	for _, c := range checks {
		err := c.run(t.Context(), nothing())
		if c.name == "an empty log" {
			err = c.run(t.Context(), always(bent{read: func(context.Context, records) records {
				return func(yield func(eventlog.Record, error) bool) { yield(eventlog.Record{Position: 1}, nil) }
			}})())
		}
		assert.Error(t, err, "%q passes a log that stores nothing", c.name)
	}
}

// Odd but legal logs, which must pass.
func TestSuiteAcceptsOddLogs(t *testing.T) {
	wrapped := func(err error) error {
		if err == nil {
			return nil
		}
		return fmt.Errorf("store: %w", err)
	}
	t.Run("empty slices and wrapped errors", func(t *testing.T) {
		Test(t, func(testing.TB) Store {
			return always(bent{
				append: func(ctx context.Context, stream string, expected int64, events []event, plain appendFn) (eventlog.AppendResult, error) {
					a, err := plain(ctx, stream, expected, events...)
					return a, wrapped(err)
				},
				read: func(_ context.Context, in records) records {
					return func(yield func(eventlog.Record, error) bool) {
						for r, err := range in {
							if err == nil {
								r.Event.Data.Data = append([]byte{}, r.Event.Data.Data...)
								r.Event.Cites = append([]timeline.Citation{}, r.Event.Cites...)
								r.Event.After = append([]uuid.UUID{}, r.Event.After...)
								r.Event.Replaces = append([]uuid.UUID{}, r.Event.Replaces...)
							}
							if !yield(r, wrapped(err)) {
								return
							}
						}
					}
				},
			})()
		})
	})
	t.Run("polls, and is late", func(t *testing.T) {
		Test(t, func(testing.TB) Store {
			return always(bent{follow: polling})()
		})
	})
}

// A log that was put back is noticed by the suite's own log, and by no other that is not
// careful.
func TestRewindable(t *testing.T) {
	TestRewound(t, func(testing.TB) (Store, Rewinder) {
		var l Rewindable
		return func() (eventlog.Log, error) { return &l, nil }, l.Rewind
	})
}

// careless follows a log that can be put back, by positions alone.
type careless struct{ *Rewindable }

func (l careless) Follow(ctx context.Context, after int64) records {
	return polling(ctx, after, l.Rewindable)
}

// forgetful is a log that waits where it has ended before.
type forgetful struct{ *Rewindable }

func (l forgetful) Follow(ctx context.Context, after int64) records {
	return func(yield func(eventlog.Record, error) bool) {
		for {
			if end, _ := l.End(ctx); end > after {
				for r, err := range l.ReadAll(ctx, after) {
					if !yield(r, err) || err != nil {
						return
					}
					after = r.Position
				}
			}
			if ctx.Err() != nil {
				yield(eventlog.Record{}, context.Cause(ctx))
				return
			}
			time.Sleep(time.Millisecond)
		}
	}
}

func TestRewoundRejectsBrokenLogs(t *testing.T) {
	defer func(d time.Duration) { patience = d }(patience)
	patience = time.Second
	for name, broken := range map[string]func(*Rewindable) eventlog.Log{
		"positions alone": func(l *Rewindable) eventlog.Log { return careless{l} },
		"not even these":  func(l *Rewindable) eventlog.Log { return forgetful{l} },
	} {
		failed := 0
		for _, w := range rewindings {
			var l Rewindable
			if w.run(t.Context(), func() (eventlog.Log, error) { return broken(&l), nil }, l.Rewind) != nil {
				failed++
			}
		}
		assert.GreaterOrEqual(t, failed, 3, name)
	}
}

// polling follows by reading again and again, and is late.
func polling(ctx context.Context, after int64, log eventlog.Log) records {
	return func(yield func(eventlog.Record, error) bool) {
		after := after
		for {
			for r, err := range log.ReadAll(ctx, after) {
				if err == nil {
					after = r.Position
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
			select {
			case <-ctx.Done():
				yield(eventlog.Record{}, context.Cause(ctx))
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
}
