package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A Codec turns payloads into the form in which a [Log] keeps them, and back.
// Package codec has one for any set of Go types.
type Codec[E any] interface {
	// Encode returns the stored form of a payload; the zero [Stored] for none.
	Encode(payload E) (Stored, error)
	// Decode returns the payload with the given stored form. What it does not
	// know it should keep rather than refuse.
	Decode(stored Stored) (E, error)
}

// Encode returns events with their payloads in stored form. The error is a
// [timeline.Faults] with what the codec says.
func Encode[E any](codec Codec[E], events ...timeline.Event[E]) ([]timeline.Event[Stored], error) {
	all := make([]timeline.Event[Stored], 0, len(events))
	var faults timeline.Faults
	for i := range events {
		var stored Stored
		var err error
		if e := &events[i]; any(e.Data) == nil && !e.Retracts() {
			err = timeline.ErrNoData
		} else if any(e.Data) != nil && !(e.Retraction && value.IsNil(e.Data)) {
			stored, err = codec.Encode(e.Data)
		}
		if err != nil {
			faults = append(faults, events[i].Fault(err))
			continue
		}
		all = append(all, withData(&events[i], stored))
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return all, nil
}

// Decode returns the event of a record with its payload. The error is a
// [*RecordError] with what the codec says.
func Decode[E any](codec Codec[E], r Record) (timeline.Event[E], error) {
	var data E
	switch s := &r.Event.Data; {
	case s.Type != "":
		var err error
		if data, err = codec.Decode(*s); err != nil {
			return timeline.Event[E]{}, NewRecordError(r, err)
		}
	case !r.Event.Retraction && (any(data) != nil || len(r.Event.Replaces) == 0):
		return timeline.Event[E]{}, NewRecordError(r, errNoPayload)
	}
	return withData(&r.Event, data), nil
}

var errNoPayload = errors.New("it has no payload, and retracts nothing")

// withData returns e with another payload. It shares the slices of e.
func withData[E, F any](e *timeline.Event[E], data F) timeline.Event[F] {
	return timeline.Event[F]{
		ID: e.ID, Name: e.Name, Seq: e.Seq, When: e.When, Known: e.Known,
		Data: data, Cites: e.Cites, Note: e.Note,
		Replaces: e.Replaces, Retraction: e.Retraction, After: e.After,
		Rival: e.Rival, Rank: e.Rank,
		Recorded: e.Recorded, Meta: e.Meta,
	}
}

// A RecordError says why the event of a record cannot be used.
type RecordError struct {
	Position int64
	Stream   string
	Revision int64
	Name     string // the event's name, or its ID if it has none
	Err      error
}

// NewRecordError returns err as the reason why the event of r cannot be used.
func NewRecordError(r Record, err error) *RecordError {
	return &RecordError{r.Position, r.Stream, r.Revision, r.Event.Label(), err}
}

// Error names the place of the record, the event and the reason.
func (e *RecordError) Error() string {
	return fmt.Sprintf("eventlog: %s at position %d, revision %d of stream %q: %v", e.Name, e.Position, e.Revision, e.Stream, e.Err)
}

// Unwrap returns the reason.
func (e *RecordError) Unwrap() error { return e.Err }

// Load returns the events of one stream of a log, for [timeline.New]. The error is
// that of the log, or of the codec. A stream that is not there has no events.
func Load[E any](ctx context.Context, log Log, stream string, codec Codec[E]) ([]timeline.Event[E], error) {
	events, _, err := load(ctx, log, stream, codec)
	return events, err
}
