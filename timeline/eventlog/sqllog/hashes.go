package sqllog

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Hashes keeps the hashes of a Merkle tree over the log, in the table
// timeline_hashes: it is a Store of package proof.
type Hashes struct{ log *Log }

// Hashes returns where the hashes of the tree over l are kept.
func (l *Log) Hashes() Hashes { return Hashes{l} }

// Count returns how many hashes there are from the first on without gaps.
func (h Hashes) Count(ctx context.Context) (int64, error) {
	var count, last int64
	err := h.log.db.QueryRowContext(ctx, `SELECT count(*), coalesce(max(place), -1) FROM `+h.log.table("hashes")).Scan(&count, &last)
	if err == nil && count != last+1 {
		return 0, h.log.failed(ctx, "hashes", fmt.Errorf("%d hashes up to place %d, so some are missing: they must be cleared and made anew", count, last))
	}
	return count, err
}

// Hashes returns the hashes at places.
func (h Hashes) Hashes(ctx context.Context, places []int64) ([][32]byte, error) {
	found := make(map[int64][32]byte, len(places))
	for some := range slices.Chunk(places, pageRecords) {
		if err := h.find(ctx, some, found); err != nil {
			return nil, h.log.failed(ctx, "hashes", err)
		}
	}
	list := make([][32]byte, len(places))
	for i, place := range places {
		hash, ok := found[place]
		if !ok {
			return nil, h.log.failed(ctx, "hashes", fmt.Errorf("there is none at place %d", place))
		}
		list[i] = hash
	}
	return list, nil
}

func (h Hashes) find(ctx context.Context, places []int64, found map[int64][32]byte) error {
	params, args := make([]string, len(places)), make([]any, len(places))
	for i, place := range places {
		params[i], args[i] = h.log.dialect.param(i+1), place
	}
	rows, err := h.log.db.QueryContext(ctx, `SELECT place, hash FROM `+h.log.table("hashes")+` WHERE place IN (`+strings.Join(params, ", ")+`)`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var place int64
		var hash []byte
		if err := rows.Scan(&place, &hash); err != nil {
			return err
		}
		if len(hash) != 32 {
			return fmt.Errorf("%d bytes at place %d are no hash", len(hash), place)
		}
		found[place] = [32]byte(hash)
	}
	return rows.Err()
}

// Extend adds hashes from a place on, with none missing before it. Those that
// are there already stay.
func (h Hashes) Extend(ctx context.Context, from int64, hashes [][32]byte) error {
	text := `INSERT INTO ` + h.log.table("hashes") + ` VALUES (` + h.log.dialect.param(1) + `, ` + h.log.dialect.param(2) + `) ON CONFLICT DO NOTHING`
	return h.change(ctx, func(tx *sql.Tx) error {
		var count int64
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(place) + 1, 0) FROM `+h.log.table("hashes")).Scan(&count); err != nil {
			return err
		}
		if from > count {
			return fmt.Errorf("there are %d, and others would follow from place %d on: somebody has removed some", count, from)
		}
		insert, err := tx.PrepareContext(ctx, text)
		if err != nil {
			return err
		}
		defer insert.Close()
		for i := range hashes {
			if _, err := insert.ExecContext(ctx, from+int64(i), hashes[i][:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Clear removes all hashes.
func (h Hashes) Clear(ctx context.Context) error {
	return h.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM `+h.log.table("hashes"))
		return err
	})
}

func (h Hashes) change(ctx context.Context, work func(tx *sql.Tx) error) error {
	if err := h.log.patiently(ctx, func() error { return h.log.transact(ctx, work) }); err != nil {
		return h.log.failed(ctx, "hashes", err)
	}
	return nil
}
