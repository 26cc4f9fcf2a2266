package eventlog

import (
	"context"
	"errors"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// Decide appends to a stream what follows from what it holds. It loads the events of the
// stream, asks decide what to append, and appends that if nobody has appended to the
// stream meanwhile; else it begins again, until ctx is cancelled. So what decide checks
// is true of the stream that its events come behind.
//
// The error is that of decide, of the codec or of the log. If decide returns no events,
// nothing is appended. It may be called several times, and should have no effect of its
// own. If the outcome is unknown, as after a lost connection, do the same again with
// events of the same IDs: decide sees what was appended.
//
// It costs reading the stream each time; [archive.Live.Decide] has its state already.
//
// [archive.Live.Decide]: https://pkg.go.dev/github.com/leapmotor-timeline/leapmotor/timeline/archive#Live.Decide
func Decide[E any](ctx context.Context, log Log, stream string, codec Codec[E],
	decide func(held []timeline.Event[E]) ([]timeline.Event[E], error),
) (AppendResult, error) {
	for {
		held, revision, err := load(ctx, log, stream, codec)
		if err != nil {
			return AppendResult{}, err
		}
		events, err := decide(held)
		if err != nil || len(events) == 0 {
			return AppendResult{}, err
		}
		stored, err := Encode(codec, events...)
		if err != nil {
			return AppendResult{}, err
		}
		a, err := log.Append(ctx, stream, revision, stored...)
		if !errors.Is(err, ErrConflict) {
			return a, err
		}
		if err := context.Cause(ctx); err != nil {
			return AppendResult{}, err
		}
	}
}

// load returns the events of a stream, and its revision.
func load[E any](ctx context.Context, log Log, stream string, codec Codec[E]) (events []timeline.Event[E], revision int64, err error) {
	for r, err := range log.Read(ctx, stream, 0) {
		if err != nil {
			return nil, 0, err
		}
		e, err := Decode(codec, r)
		if err != nil {
			return nil, 0, err
		}
		events, revision = append(events, e), r.Revision
	}
	return events, revision, nil
}
