package sqllog

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Records are read in pages, so that no connection is held while the body of a
// loop runs: a page ends after so many records, or bytes of payload. The first
// ones are smaller, for loops that are left early.
const (
	firstPage   = 64
	pageRecords = 1000
	pageBytes   = 4 << 20
)

// Read is [eventlog.Log.Read].
func (l *Log) Read(ctx context.Context, stream string, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		if !utf8.ValidString(stream) || strings.Contains(stream, "\x00") {
			return // it cannot be there, and a database may refuse to look
		}
		next := max(after, 0)
		l.pages(ctx, yield, func(b *batch) (bool, error) { return l.pageOfStream(ctx, b, stream, &next) })
	}
}

// pageOfStream reads the page behind the revision next, and moves next behind
// it. What it finds at the end must be where the stream ends.
func (l *Log) pageOfStream(ctx context.Context, b *batch, stream string, next *int64) (full bool, err error) {
	end, err := l.last(ctx, stream)
	if err != nil {
		return false, err
	}
	full, err = l.page(ctx, b, l.stmts.stream, stream, *next, b.limit)
	for i := range b.records {
		if r := &b.records[i]; *next == math.MaxInt64 || r.Revision != *next+1 {
			b.records = b.records[:i]
			return false, &eventlog.CorruptError{Position: r.Position, Err: fmt.Errorf("revision %d of stream %q comes after %d", r.Revision, stream, *next)}
		}
		*next++
	}
	if err == nil && !full && *next < end {
		return false, &eventlog.CorruptError{Err: fmt.Errorf("revision %d of stream %q is missing, and it ends at %d", *next+1, stream, end)}
	}
	return full, err
}

// Streams is [eventlog.Lister.Streams], by the names of the streams.
func (l *Log) Streams(ctx context.Context) (list []eventlog.StreamEnd, err error) {
	err = l.patiently(ctx, func() error {
		list, err = l.streams(ctx)
		return err
	})
	if err != nil {
		return nil, l.unread(ctx, err)
	}
	return list, nil
}

func (l *Log) streams(ctx context.Context) (list []eventlog.StreamEnd, err error) {
	rows, err := l.stmts.streams.QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var end, sum int64
	for rows.Next() {
		var s eventlog.StreamEnd
		if err := rows.Scan(&end, &s.Stream, &s.Revision); err != nil {
			return nil, err
		}
		sum += s.Revision
		list = append(list, s)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if sum != end {
		return nil, &eventlog.CorruptError{Err: fmt.Errorf("the log ends at position %d, and its streams have %d records", end, sum)}
	}
	return list, nil
}

// last returns the revision of a stream.
func (l *Log) last(ctx context.Context, stream string) (revision int64, err error) {
	err = l.stmts.last.QueryRowContext(ctx, stream).Scan(&revision)
	return revision, err
}

// ReadAll is [eventlog.Log.ReadAll].
func (l *Log) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	return func(yield func(eventlog.Record, error) bool) {
		next := max(after, 0)
		var last eventlog.Record // of the page before
		l.pages(ctx, yield, func(b *batch) (bool, error) {
			full, err := l.pageOfAll(ctx, b, &next, last)
			if n := len(b.records); n > 0 {
				last = b.records[n-1]
			}
			return full, err
		})
	}
}

// pageOfAll reads the page behind next, and moves next behind it. What it finds
// at the end must be what the log's head says. Last is the record in front of the page, if one was
// read: a body may have run for long since, and the log may have been put back.
func (l *Log) pageOfAll(ctx context.Context, b *batch, next *int64, last eventlog.Record) (full bool, err error) {
	end, err := l.head(ctx)
	if err == nil {
		err = eventlog.CheckEnd(end, *next)
	}
	if err != nil || end == *next {
		return false, err
	}
	full, err = l.pageBehind(ctx, b, *next, last)
	if errors.Is(err, eventlog.ErrDiverged) {
		return false, err
	}
	for i := range b.records {
		if got := b.records[i].Position; got != *next+1 {
			b.records = b.records[:i]
			return false, &eventlog.CorruptError{Position: *next + 1, Err: fmt.Errorf("the record is missing, the next is at %d", got)}
		}
		*next++
	}
	if err == nil && !full && *next < end {
		return false, &eventlog.CorruptError{Position: *next + 1, Err: fmt.Errorf("the record is missing, and the log ends at %d", end)}
	}
	return full, err
}

// pageBehind reads the page behind a position. If last is the record there, it reads that again, and
// returns an error if it is another.
func (l *Log) pageBehind(ctx context.Context, b *batch, position int64, last eventlog.Record) (full bool, err error) {
	if last.Position != position || position == 0 {
		return l.page(ctx, b, l.stmts.page, position, b.limit)
	}
	b.limit++
	full, err = l.page(ctx, b, l.stmts.page, position-1, b.limit)
	b.limit--
	if len(b.records) > 0 && b.records[0].Position == position {
		if changed := eventlog.CheckRecord(b.records[0], last.Hash()); changed != nil {
			b.records = b.records[:0]
			return false, changed
		}
		b.records = slices.Delete(b.records, 0, 1)
	}
	return full, err
}

// A batch is a page of records.
type batch struct {
	records []eventlog.Record
	limit   int // how many records it may have
}

// pages yields one page after the other, as read fills them, while they are
// full.
func (l *Log) pages(ctx context.Context, yield func(eventlog.Record, error) bool, read func(*batch) (full bool, err error)) {
	b := batch{limit: firstPage}
	for full := true; full; b.limit = min(4*b.limit, pageRecords) {
		var err error
		if err = context.Cause(ctx); err == nil {
			full, err = l.readPage(ctx, &b, read)
		}
		for _, r := range b.records {
			if cause := context.Cause(ctx); cause != nil {
				yield(eventlog.Record{}, cause)
				return
			}
			if !yield(r, nil) {
				return
			}
		}
		if err != nil {
			yield(eventlog.Record{}, l.unread(ctx, err))
			return
		}
	}
}

// readPage lets read fill b, again if the database was locked before it gave
// anything.
func (l *Log) readPage(ctx context.Context, b *batch, read func(*batch) (bool, error)) (full bool, err error) {
	b.records = b.records[:0]
	var after error
	err = l.patiently(ctx, func() (err error) {
		if full, err = read(b); len(b.records) > 0 {
			after, err = err, nil
		}
		return err
	})
	return full, cmp.Or(err, after)
}

// unread returns the error of reading: what the contract has as it is.
func (l *Log) unread(ctx context.Context, err error) error {
	if errors.Is(err, eventlog.ErrCorrupt) || errors.Is(err, eventlog.ErrDiverged) {
		return err
	}
	if state := sqlState(err); state == "XX001" || state == "XX002" { // data or an index is corrupted
		return &eventlog.CorruptError{Err: err}
	}
	if code := sqliteCode(err); l.options.Dialect == SQLite && (code == codeCorrupt || code == codeNoDatabase) {
		return &eventlog.CorruptError{Err: err}
	}
	return l.failed(ctx, "read", err)
}

// page reads records into b, and reports whether there may be more.
func (l *Log) page(ctx context.Context, b *batch, stmt *sql.Stmt, args ...any) (full bool, err error) {
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return false, err
	}
	return b.scan(rows, pageBytes, l.options.Zone)
}

// scan reads rows until they end or have so many bytes of payload, and reports
// whether there may be more.
func (b *batch) scan(rows *sql.Rows, limit int, zone *time.Location) (full bool, err error) {
	defer rows.Close()
	reader := newRowReader()
	for size := 0; rows.Next(); {
		if err := rows.Scan(reader.into[:]...); err != nil {
			return false, err
		}
		r, err := reader.record()
		if err != nil {
			return false, &eventlog.CorruptError{Position: max(r.Position, 0), Err: err}
		}
		if !r.Event.Recorded.IsZero() {
			r.Event.Recorded = r.Event.Recorded.In(zone)
		}
		b.records = append(b.records, r)
		if size += len(r.Event.Data.Data); size >= limit {
			return true, nil
		}
	}
	return len(b.records) == b.limit, rows.Err()
}

// Find is [eventlog.Finder.Find].
func (l *Log) Find(ctx context.Context, ids ...uuid.UUID) (found []eventlog.Record, err error) {
	err = l.patiently(ctx, func() error {
		found, err = l.find(ctx, l.db.QueryContext, ids)
		return err
	})
	if err != nil {
		return nil, l.unread(ctx, err)
	}
	return found, nil
}

// find returns the records with the given IDs.
func (l *Log) find(ctx context.Context, query func(context.Context, string, ...any) (*sql.Rows, error), ids []uuid.UUID) ([]eventlog.Record, error) {
	var b batch
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	ids = slices.Compact(ids)
	for len(ids) > 0 {
		n := min(len(ids), pageRecords/2)
		params, args := make([]string, n), make([]any, n)
		for i, id := range ids[:n] {
			params[i], args[i] = l.dialect.param(i+1), id.String()
		}
		rows, err := query(ctx, `SELECT `+strings.Join(columns, ", ")+` FROM `+l.table("events")+` WHERE id IN (`+strings.Join(params, ", ")+`)`, args...)
		if err != nil {
			return nil, err
		}
		if _, err := b.scan(rows, math.MaxInt, l.options.Zone); err != nil {
			return nil, err
		}
		ids = ids[n:]
	}
	return b.records, nil
}
