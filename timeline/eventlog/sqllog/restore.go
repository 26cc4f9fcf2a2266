package sqllog

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Restore is [eventlog.Restorer.Restore]. It costs little more for records of many
// streams than for those of one.
func (l *Log) Restore(ctx context.Context, records ...eventlog.Record) (position int64, err error) {
	if err := eventlog.CheckRestore(records); err != nil {
		return 0, err
	}
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	if len(records) == 0 {
		return 0, nil
	}
	err = l.patiently(ctx, func() error {
		return l.transact(ctx, func(tx *sql.Tx) (err error) {
			position, err = l.restore(ctx, tx, records)
			return err
		})
	})
	if err != nil {
		return 0, l.refused(ctx, err)
	}
	l.wake()
	return position, nil
}

func (l *Log) restore(ctx context.Context, tx *sql.Tx, records []eventlog.Record) (int64, error) {
	if err := l.sure(ctx, tx); err != nil {
		return 0, err
	}
	streams := map[string][]event{}
	for i := range records {
		streams[records[i].Stream] = append(streams[records[i].Stream], records[i].Event)
	}
	fresh, revisions, reach := map[uuid.UUID]bool{}, map[string]int64{}, eventlog.AppendResult{}
	for _, stream := range slices.Sorted(maps.Keys(streams)) { // all take them in this order
		if err := l.lock(ctx, tx, stream); err != nil {
			return 0, err
		}
		more, there, err := l.split(ctx, tx, stream, streams[stream])
		if err != nil {
			return 0, err
		}
		reach.Position = max(reach.Position, there.Position)
		for i := range more {
			fresh[more[i].ID] = true
		}
		var revision int64
		if err := tx.StmtContext(ctx, l.stmts.last).QueryRowContext(ctx, stream).Scan(&revision); err != nil {
			return 0, err
		}
		revisions[stream] = revision
		if len(more) == 0 {
			continue
		}
		if _, err := tx.StmtContext(ctx, l.stmts.move).ExecContext(ctx, len(more), stream); err != nil {
			return 0, err
		}
	}
	if len(fresh) == 0 {
		return reach.Position, nil
	}
	var before, now int64
	if err := single(tx.StmtContext(ctx, l.stmts.take).QueryContext(ctx, len(fresh)))(&before, &now); err != nil {
		return 0, err
	}
	var rows []row
	for _, r := range records {
		if !fresh[r.Event.ID] {
			continue
		}
		revisions[r.Stream]++
		one := newRow(&eventlog.Record{Position: before + int64(len(rows)+1), Stream: r.Stream, Revision: revisions[r.Stream], Event: r.Event})
		if at := r.Event.Recorded; at.IsZero() {
			one[columnRecorded] = recordedText(now) // which nobody reads: the checksum does not have it
		} else {
			one.stamp(at.UnixMicro())
		}
		rows = append(rows, one)
	}
	if err := l.dialect.insertRows(ctx, tx, l.stmts.insert, rows); err != nil {
		return 0, err
	}
	return max(reach.Position, before+int64(len(rows))), l.dialect.notify(ctx, tx)
}

// sure returns an error if what tx commits may be lost.
func (l *Log) sure(ctx context.Context, tx *sql.Tx) error {
	if l.options.AllowLoss {
		return nil
	}
	return l.dialect.connectionDurable(ctx, tx.QueryRowContext)
}

// recordedText returns a time in microseconds from 1970 on as the column has it in text:
// to the millisecond where the clock has no more.
func recordedText(at int64) string {
	form := "2006-01-02T15:04:05.000000Z"
	if at%1000 == 0 {
		form = "2006-01-02T15:04:05.000Z"
	}
	return time.UnixMicro(at).UTC().Format(form)
}

// parseRecorded is the way back.
func parseRecorded(text string) (time.Time, error) {
	t, err := time.Parse("2006-01-02T15:04:05.999999Z", text)
	if err == nil && recordedText(t.UnixMicro()) != text {
		err = fmt.Errorf("%.64q is not how a time is written", text)
	}
	return t, err
}
