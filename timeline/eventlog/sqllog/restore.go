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
	return position, l.stillThere()
}

func (l *Log) restore(ctx context.Context, tx *sql.Tx, records []eventlog.Record) (int64, error) {
	if err := l.sure(ctx, tx); err != nil {
		return 0, err
	}
	if err := l.lockStreams(ctx, tx, records); err != nil {
		return 0, err
	}
	fresh, end, err := l.freshOf(ctx, tx, records)
	if err != nil || len(fresh) == 0 {
		return end, err
	}
	var before, now int64
	if err := single(tx.StmtContext(ctx, l.stmts.take).QueryContext(ctx, len(fresh)))(&before, &now); err != nil {
		return 0, err
	}
	revisions := map[string]int64{}
	rows := make([]row, len(fresh))
	for n, r := range fresh {
		if _, ok := revisions[r.Stream]; !ok {
			var revision int64
			if err := tx.StmtContext(ctx, l.stmts.last).QueryRowContext(ctx, r.Stream).Scan(&revision); err != nil {
				return 0, err
			}
			revisions[r.Stream] = revision
		}
		revisions[r.Stream]++
		rows[n] = newRow(&eventlog.Record{Position: before + int64(n+1), Stream: r.Stream, Revision: revisions[r.Stream], Event: r.Event})
		if at := r.Event.Recorded; at.IsZero() {
			rows[n][columnRecorded] = recordedText(now) // which nobody reads: the checksum does not have it
		} else {
			rows[n].stamp(at.UnixMicro())
		}
	}
	for stream, n := range counted(fresh) {
		if _, err := tx.StmtContext(ctx, l.stmts.move).ExecContext(ctx, n, stream); err != nil {
			return 0, err
		}
	}
	if err := l.dialect.insertRows(ctx, tx, l.stmts.insert, rows); err != nil {
		return 0, err
	}
	if err := l.recordedUntil(ctx, tx, fresh, now); err != nil {
		return 0, err
	}
	return max(end, before+int64(len(rows))), l.dialect.notify(ctx, tx)
}

// recordedUntil makes what is appended later be recorded no earlier than what was restored, to the
// millisecond, which is all that the clock of SQLite has. The log has the time now.
func (l *Log) recordedUntil(ctx context.Context, tx *sql.Tx, restored []eventlog.Record, now int64) error {
	last := now
	for i := range restored {
		if at := restored[i].Event.Recorded; !at.IsZero() {
			last = max(last, (at.UnixMicro()+999)/1000*1000)
		}
	}
	if last == now {
		return nil
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf(`UPDATE %s SET recorded = %s`, l.table("log"), l.dialect.param(1)), last)
	return err
}

// lockStreams makes tx the only one that writes: first to the streams, in an order that
// all keep, then to the log.
func (l *Log) lockStreams(ctx context.Context, tx *sql.Tx, records []eventlog.Record) error {
	for _, stream := range slices.Sorted(maps.Keys(counted(records))) {
		if _, err := tx.StmtContext(ctx, l.stmts.claim).ExecContext(ctx, stream); err != nil {
			return err
		}
	}
	_, err := tx.StmtContext(ctx, l.stmts.lock).ExecContext(ctx)
	return err
}

// counted returns how many records each stream has.
func counted(records []eventlog.Record) map[string]int {
	n := map[string]int{}
	for i := range records {
		n[records[i].Stream]++
	}
	return n
}

// freshOf returns the records that the log does not have yet, and the greatest position of
// the others.
func (l *Log) freshOf(ctx context.Context, tx *sql.Tx, records []eventlog.Record) (fresh []eventlog.Record, end int64, err error) {
	ids := make([]uuid.UUID, len(records))
	for i := range records {
		ids[i] = records[i].Event.ID
	}
	found, err := l.find(ctx, tx.QueryContext, ids)
	if err != nil {
		return nil, 0, err
	}
	holders := make(map[uuid.UUID]eventlog.Record, len(found))
	for _, r := range found {
		holders[r.Event.ID] = r
	}
	for i := range records {
		r := &records[i]
		holder, there := holders[r.Event.ID]
		switch {
		case !there:
			fresh = append(fresh, *r)
		case holder.Stream != r.Stream || !eventlog.SameEvent(holder.Event, r.Event):
			return nil, 0, &eventlog.IDError{ID: r.Event.ID, Name: r.Event.Label(), Holder: holder}
		default:
			end = max(end, holder.Position)
		}
	}
	return fresh, end, nil
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
