package eventlog

import (
	"context"

	"github.com/google/uuid"
)

// An Ender is a [Log] that knows where it ends.
type Ender interface {
	Log

	// End returns the position of the last record, 0 if there is none.
	End(ctx context.Context) (int64, error)
}

// End returns the position of the last record of a log, 0 if there is none. If
// the log is no [Ender], it reads the records after a position that it is known
// to have.
func End(ctx context.Context, log Log, known int64) (int64, error) {
	if log, ok := log.(Ender); ok {
		return log.End(ctx)
	}
	for r, err := range log.ReadAll(ctx, known) {
		if err != nil {
			return 0, err
		}
		known = r.Position
	}
	return known, nil
}

// A Finder is a [Log] that finds records by the ID of their event.
type Finder interface {
	Log

	// Find returns the records with the given IDs, in any order and each once. An
	// ID that the log does not have gives none.
	Find(ctx context.Context, ids ...uuid.UUID) ([]Record, error)
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
