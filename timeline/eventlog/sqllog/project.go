package sqllog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Projection is tables of a caller that follow the log, in the same database: with
// each record they are changed by the caller's function, and how far that has got is kept
// under a name in the same transaction. So each record is handled exactly once, whenever
// the program is killed.
type Projection struct {
	log    *Log
	name   string
	handle func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error
}

// ErrProjected reports that another program has handled records of the same projection
// meanwhile: only one should run it.
var ErrProjected = errors.New("sqllog: another program runs this projection")

// Projection returns the projection with a name. Handle is called with each record in the
// order of the log, in the transaction that keeps that it was handled, of up to 500
// records. It must write through tx alone, and must not commit it. An error undoes what it
// has done for the records of the same transaction, and ends [Projection.Run]. It is called
// again for records whose transaction was undone, also while another program has the
// database locked.
func (l *Log) Projection(name string, handle func(ctx context.Context, tx *sql.Tx, r eventlog.Record) error) *Projection {
	return &Projection{l, name, handle}
}

// Run handles the records behind those that were handled before, and what is appended
// then, until ctx is cancelled. The error is that of ctx, of handle or of the log. If the
// log is not any more the one that was read, it matches [eventlog.ErrDiverged]: what the
// projection has must be made anew, after [Projection.Reset].
func (p *Projection) Run(ctx context.Context) error {
	return p.run(ctx, eventlog.FollowFrom)
}

// CatchUp is Run that ends where the log ends now.
func (p *Projection) CatchUp(ctx context.Context) error {
	return p.run(ctx, eventlog.ReadFrom)
}

// mostHandled is how many records are handled in a transaction: as many as are there, up to
// that.
const mostHandled = 500

func (p *Projection) run(ctx context.Context, read reading) error {
	c, err := p.Cursor(ctx)
	if err != nil {
		return err
	}
	end, err := p.log.End(ctx)
	if err != nil {
		return err
	}
	var batch []eventlog.Record
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		next, err := p.take(ctx, c, batch)
		c, batch = next, nil
		return err
	}
	for r, err := range read(ctx, p.log, c) {
		if err != nil {
			return errors.Join(flush(), err)
		}
		if batch = append(batch, r); len(batch) < mostHandled && r.Position < end {
			continue // there are more
		}
		if err := flush(); err != nil {
			return err
		}
		if r.Position >= end {
			if end, err = p.log.End(ctx); err != nil {
				return err
			}
		}
	}
	return flush()
}

// reading is how a log is read behind a cursor.
type reading = func(context.Context, eventlog.Log, eventlog.Cursor) iter.Seq2[eventlog.Record, error]

// take handles records in a transaction, and returns how far that has got.
func (p *Projection) take(ctx context.Context, c eventlog.Cursor, batch []eventlog.Record) (eventlog.Cursor, error) {
	last := batch[len(batch)-1]
	next := eventlog.CursorAt(c.Log, last)
	err := p.log.patiently(ctx, func() error {
		return p.log.transact(ctx, func(tx *sql.Tx) error {
			if err := p.move(ctx, tx, c, next); err != nil { // first, so that others wait
				return err
			}
			for _, r := range batch {
				if err := p.handle(ctx, tx, r); err != nil {
					return fmt.Errorf("sqllog: projection %q at position %d: %w", p.name, r.Position, err)
				}
			}
			return nil
		})
	})
	if err != nil {
		return c, p.log.failed(ctx, "projection", err)
	}
	return next, nil
}

// move keeps how far the projection has got, if nobody else has moved it.
func (p *Projection) move(ctx context.Context, tx *sql.Tx, from, to eventlog.Cursor) error {
	table, param := p.log.table("projections"), p.log.dialect.param
	if _, err := tx.ExecContext(ctx, `INSERT INTO `+table+` VALUES (`+param(1)+`, 0, `+param(2)+`) ON CONFLICT DO NOTHING`, p.name, make([]byte, len(to.Hash))); err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, `UPDATE `+table+` SET position = `+param(1)+`, hash = `+param(2)+` WHERE name = `+param(3)+` AND position = `+param(4),
		to.Position, to.Hash[:], p.name, from.Position)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(ErrProjected, err)
	}
	return nil
}

// Cursor returns how far the projection has got.
func (p *Projection) Cursor(ctx context.Context) (eventlog.Cursor, error) {
	identity, err := p.log.Identity(ctx)
	if err != nil {
		return eventlog.Cursor{}, err
	}
	c := eventlog.Cursor{Log: identity}
	var hash []byte
	err = p.log.db.QueryRowContext(ctx, `SELECT position, hash FROM `+p.log.table("projections")+` WHERE name = `+p.log.dialect.param(1), p.name).Scan(&c.Position, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	if err == nil && len(hash) != len(c.Hash) {
		err = fmt.Errorf("%d bytes of projection %q are no hash", len(hash), p.name)
	}
	if err != nil {
		return eventlog.Cursor{}, p.log.unread(ctx, err)
	}
	copy(c.Hash[:], hash)
	return c, nil
}

// Lag returns how many records the log holds that were not handled yet. The error matches
// [eventlog.ErrDiverged] if the log ends before what was handled.
func (p *Projection) Lag(ctx context.Context) (int64, error) {
	c, err := p.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	end, err := p.log.End(ctx)
	if err == nil {
		err = eventlog.CheckEnd(end, c.Position)
	}
	return max(end-c.Position, 0), err
}

// Reset forgets how far the projection has got, and does in the same transaction what
// clear does, such as to empty its tables.
func (p *Projection) Reset(ctx context.Context, clear func(ctx context.Context, tx *sql.Tx) error) error {
	err := p.log.patiently(ctx, func() error {
		return p.log.transact(ctx, func(tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+p.log.table("projections")+` WHERE name = `+p.log.dialect.param(1), p.name); err != nil {
				return err
			}
			return clear(ctx, tx)
		})
	})
	if err != nil {
		return p.log.failed(ctx, "projection", err)
	}
	return nil
}
