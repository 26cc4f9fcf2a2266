package sqllog

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"time"
)

// transact runs work in a transaction that writes, and commits it.
func (l *Log) transact(ctx context.Context, work func(tx *sql.Tx) error) error {
	tx, err := l.db.BeginTx(ctx, &sql.TxOptions{Isolation: l.dialect.isolation})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// patiently does work again while it fails for a reason that passes, for as
// long as [Options].Busy.
func (l *Log) patiently(ctx context.Context, work func() error) error {
	began, pause := time.Now(), time.Millisecond
	for {
		err := work()
		if err == nil || !l.dialect.isPassing(err) || ctx.Err() != nil {
			return err
		}
		if waited := time.Since(began); waited > l.options.Busy {
			return fmt.Errorf("%w (waited %v): %v", ErrBusy, waited.Round(time.Millisecond), err)
		}
		if err := sleep(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, 50*time.Millisecond)
	}
}

// sleep waits for a while, or returns why ctx was cancelled.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// single reads the one row that a statement gives, to its end: only then is
// what it has written kept. Without a row the error is [sql.ErrNoRows].
func single(rows *sql.Rows, err error) func(into ...any) error {
	return func(into ...any) error {
		if err != nil {
			return err
		}
		defer rows.Close()
		if !rows.Next() {
			return cmp.Or(rows.Err(), sql.ErrNoRows)
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for rows.Next() {
		}
		return cmp.Or(rows.Err(), rows.Close())
	}
}
