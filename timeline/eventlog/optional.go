package eventlog

import (
	"context"

	"github.com/google/uuid"
)

// A Finder is a [Log] that finds records by the ID of their event.
type Finder interface {
	Log

	// Find returns the records with the given IDs, in any order and each once. An
	// ID that the log does not have gives none.
	Find(ctx context.Context, ids ...uuid.UUID) ([]Record, error)
}

// A Lister is a [Log] that knows its streams without reading its records.
type Lister interface {
	Log

	// Streams returns all streams and where each ends, as of one moment: the revisions
	// together are the position of the last record then.
	Streams(ctx context.Context) ([]StreamEnd, error)
}

// A StreamEnd is where a stream ends.
type StreamEnd struct {
	Stream   string
	Revision int64 // of the last record, from 1
}

// Find returns the records of a log whose events have the given IDs, in any
// order. If the log is no [Finder], it reads all records.
func Find(ctx context.Context, log Log, ids ...uuid.UUID) ([]Record, error) {
	if log, ok := log.(Finder); ok {
		return log.Find(ctx, ids...)
	}
	wanted := make(map[uuid.UUID]bool, len(ids))
	for _, id := range ids {
		wanted[id] = true
	}
	var found []Record
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return nil, err
		}
		if wanted[r.Event.ID] {
			found = append(found, r)
		}
	}
	return found, nil
}

// A Restorer is a [Log] that takes records as another log has kept them.
type Restorer interface {
	Log

	// Restore appends records, each to the stream that it names, in the order given: all
	// of them or, with an error, none. Unlike [Log.Append] it keeps the time at which
	// each was recorded, also that none is known, so that times may go back here. Positions and revisions are given anew.
	// Records whose event the stream has already, with the same content, are left out.
	// It returns the position of the last record given, 0 if there was none.
	//
	// The error is that of Append.
	Restore(ctx context.Context, records ...Record) (int64, error)
}
