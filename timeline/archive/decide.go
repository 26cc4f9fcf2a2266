package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Append appends events to a stream of the log; see [eventlog.Log.Append]. Unlike the
// log it first looks whether the archive, as it is now, could take them in, and
// returns the [timeline.Faults] if not. What the fold refuses is no fault: check it in
// [Live.Decide], or look at Err of a snapshot afterwards.
//
// When it returns without an error the archive has the events, whether anybody is in
// [Live.Follow] or not. If it returns a result and an error, the events are appended,
// and the archive could not take them in yet. The other errors are those of the codec and
// of the log, such as an [*eventlog.ConflictError], and that of [Live.Err]: an archive
// that does not follow its log any more appends nothing to it.
func (l *Live[S, E]) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[E]) (eventlog.AppendResult, error) {
	stored, err := eventlog.Encode(l.codec, events...)
	if err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := l.Err(); err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := l.ensureBy(ctx, stream); err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := l.archive.tryAppend(stream, events); err != nil {
		return eventlog.AppendResult{}, err
	}
	a, err := l.log.Append(ctx, stream, expected, stored...)
	if err == nil && !l.archive.hasAll(stream, events) {
		err = l.CatchUp(ctx)
	}
	if err == nil && !l.archive.hasAll(stream, events) {
		err = l.unusable(stream, events)
	}
	return a, err
}

// unusable says why the archive does not have one of some events, which the log has.
func (l *Live[S, E]) unusable(stream string, events []timeline.Event[E]) error {
	for _, p := range l.parkedOf(stream) {
		if slices.ContainsFunc(events, func(e timeline.Event[E]) bool { return e.ID == p.record.Event.ID }) {
			return p.failed
		}
	}
	return fmt.Errorf("archive: the log has the events, and %q does not", stream)
}

// Decide appends to a stream what follows from its state: a command, in the words of
// event sourcing. It asks decide, which gets the timeline of the stream, what to append,
// and appends it if nobody has appended to the stream meanwhile; else it takes in what
// they have appended and asks again, until ctx is cancelled. So what decide checks is true
// of the stream that its events come behind, and the archive has them when it returns.
//
// The fold holds what is recorded, and may have to hold what nobody would record today.
// What may be recorded is checked here, in decide: two functions, since the rules for new
// events change and the events that are there do not.
//
// The error is that of decide or of [Live.Append]. If decide returns no events, nothing is
// appended. It may be called several times, and should have no effect of its own. Nothing is
// decided by a state that lacks a record that cannot be used: the error then is a
// [*timeline.LackingError], unless the archive is [Options].Lenient.
func (l *Live[S, E]) Decide(ctx context.Context, stream string, decide func(*timeline.Timeline[S, E]) ([]timeline.Event[E], error)) (eventlog.AppendResult, error) {
	for {
		if err := l.ensureBy(ctx, stream); err != nil {
			return eventlog.AppendResult{}, err
		}
		revision := l.Revision(stream) // before the timeline, which then has at least as much
		t, err := l.decidable(stream)
		if err != nil {
			return eventlog.AppendResult{}, err
		}
		events, err := decide(t)
		if err != nil || len(events) == 0 {
			return eventlog.AppendResult{}, err
		}
		a, err := l.Append(ctx, stream, revision, events...)
		if !errors.Is(err, eventlog.ErrConflict) {
			return a, err
		}
		if err := l.CatchUp(ctx); err != nil {
			return eventlog.AppendResult{}, err
		}
	}
}

// decidable returns the timeline of a stream, empty if there is none, or why nothing can be
// decided by it.
func (l *Live[S, E]) decidable(stream string) (*timeline.Timeline[S, E], error) {
	if err := l.Err(); err != nil {
		return nil, err
	}
	if lacking := l.archive.lackingNow()[stream]; len(lacking) > 0 {
		return nil, lacking[0]
	}
	if t, ok := l.archive.Timeline(stream); ok {
		return t, nil
	}
	return newStream(l.archive, stream).value.current.Load().timeline(), nil
}
