package sqllog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Append is [eventlog.Log.Append]. If SQLite is locked by another program it
// waits as long as [Options].Busy, and then returns [ErrBusy]. If its file was replaced
// under the program, the error is [ErrReplaced].
func (l *Log) Append(ctx context.Context, stream string, expected int64, events ...timeline.Event[eventlog.Stored]) (eventlog.AppendResult, error) {
	if err := eventlog.CheckAppend(stream, expected, events); err != nil {
		return eventlog.AppendResult{}, err
	}
	if err := context.Cause(ctx); err != nil {
		return eventlog.AppendResult{}, err
	}
	if len(events) == 0 {
		return eventlog.AppendResult{}, nil
	}
	var reach eventlog.AppendResult
	err := l.patiently(ctx, func() (err error) {
		reach, err = l.append(ctx, stream, expected, events)
		return err
	})
	if err != nil {
		return eventlog.AppendResult{}, l.refused(ctx, err)
	}
	l.wake()
	if err := l.stillThere(); err != nil {
		return eventlog.AppendResult{}, err
	}
	return reach, nil
}

// refused returns the error of an append: those of the contract as they are.
func (l *Log) refused(ctx context.Context, err error) error {
	if errors.Is(err, eventlog.ErrConflict) || errors.Is(err, timeline.ErrDuplicateID) {
		return err
	}
	if gone := l.stillThere(); gone != nil {
		return fmt.Errorf("%w (%v)", gone, err)
	}
	return l.failed(ctx, "append", err)
}

// append tries the short way, and if that does not lead there the long one.
func (l *Log) append(ctx context.Context, stream string, expected int64, events []event) (eventlog.AppendResult, error) {
	revision := expected
	if expected == eventlog.AnyRevision {
		var err error
		if revision, err = l.last(ctx, stream); err != nil {
			return eventlog.AppendResult{}, err
		}
	}
	before, err := l.dialect.appendAtOnce(ctx, l, addition{stream, revision, events})
	if err == nil {
		n := int64(len(events))
		return eventlog.AppendResult{Revision: revision + n, Position: before + n}, nil
	}
	if err != errNotPlain && !l.dialect.isConstraint(err) {
		return eventlog.AppendResult{}, err
	}
	return l.appendLocked(ctx, stream, expected, events)
}

// appendLocked looks at everything while nobody else can append.
func (l *Log) appendLocked(ctx context.Context, stream string, expected int64, events []event) (reach eventlog.AppendResult, err error) {
	err = l.transact(ctx, func(tx *sql.Tx) error {
		if err := l.sure(ctx, tx); err != nil {
			return err
		}
		if err := l.lock(ctx, tx, stream); err != nil {
			return err
		}
		var fresh []event
		if fresh, reach, err = l.split(ctx, tx, stream, events); err != nil || len(fresh) == 0 {
			return err
		}
		var revision, before, recorded int64
		if err := tx.StmtContext(ctx, l.stmts.last).QueryRowContext(ctx, stream).Scan(&revision); err != nil {
			return err
		}
		if expected != eventlog.AnyRevision && expected != revision {
			return &eventlog.ConflictError{Stream: stream, Expected: expected, Actual: revision}
		}
		n := int64(len(fresh))
		if _, err := tx.StmtContext(ctx, l.stmts.move).ExecContext(ctx, n, stream); err != nil {
			return err
		}
		if err := single(tx.StmtContext(ctx, l.stmts.take).QueryContext(ctx, n))(&before, &recorded); err != nil {
			return err
		}
		reach = reach.Reach(eventlog.Record{Revision: revision + n, Position: before + n})
		rows := rowsOf(addition{stream, revision, fresh}, before)
		for i := range rows {
			rows[i].stamp(recorded)
		}
		if err := l.dialect.insertRows(ctx, tx, l.stmts.insert, rows); err != nil {
			return err
		}
		return l.dialect.notify(ctx, tx)
	})
	return reach, err
}

// lock makes tx the only one that writes: first to the stream, then to the log,
// as all do.
func (l *Log) lock(ctx context.Context, tx *sql.Tx, stream string) error {
	if _, err := tx.StmtContext(ctx, l.stmts.claim).ExecContext(ctx, stream); err != nil {
		return err
	}
	_, err := tx.StmtContext(ctx, l.stmts.lock).ExecContext(ctx)
	return err
}

// split returns the events that the stream does not have yet, and how far the
// others reach.
func (l *Log) split(ctx context.Context, tx *sql.Tx, stream string, events []event) (fresh []event, reach eventlog.AppendResult, err error) {
	ids := make([]uuid.UUID, len(events))
	for i := range events {
		ids[i] = events[i].ID
	}
	found, err := l.find(ctx, tx.QueryContext, ids)
	if err != nil {
		return nil, reach, err
	}
	holders := make(map[uuid.UUID]eventlog.Record, len(found))
	for _, r := range found {
		holders[r.Event.ID] = r
	}
	for i := range events {
		e := &events[i]
		holder, ok := holders[e.ID]
		switch {
		case !ok:
			fresh = append(fresh, *e)
		case holder.Stream != stream || !eventlog.SameEvent(holder.Event, *e):
			return nil, reach, &eventlog.IDError{ID: e.ID, Name: e.Label(), Holder: holder}
		default:
			reach = reach.Reach(holder)
		}
	}
	return fresh, reach, nil
}

// rowsOf returns the rows of an addition whose first event comes after a position.
func rowsOf(a addition, position int64) []row {
	rows := make([]row, len(a.events))
	for i := range a.events {
		n := int64(i + 1)
		rows[i] = newRow(&eventlog.Record{Position: position + n, Stream: a.stream, Revision: a.revision + n, Event: a.events[i]})
	}
	return rows
}
