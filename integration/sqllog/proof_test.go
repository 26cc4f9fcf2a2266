package sqllog_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

var _ proof.Store = sqllog.Hashes{}

// The tree's hashes live beside the log, in its database, and are made again
// when they are lost. A row that was changed behind the log's back, with the
// right checksum, is found.
func TestProofBesideTheLog(t *testing.T) {
	for name, db := range databases(t) {
		log, err := sqllog.Open(t.Context(), db, nil)
		require.NoError(t, err)
		var tree *proof.Tree
		var all []proof.Checkpoint
		for round := range 4 {
			require.NoError(t, write(t.Context(), log, round, 100, quiet))
			tree, err = proof.Open(t.Context(), log, log.Hashes())
			require.NoError(t, err)
			c, err := tree.Checkpoint(t.Context(), "o", tree.Size())
			require.NoError(t, err)
			require.NoError(t, tree.Verify(t.Context(), c))
			all = append(all, c)
			for _, earlier := range all {
				path, err := tree.ProveExtension(t.Context(), earlier.Size, c.Size)
				require.NoError(t, err)
				require.NoError(t, proof.CheckExtension(earlier, c, path))
			}
		}
		last := all[len(all)-1]
		require.Greater(t, last.Size, int64(1000))

		for _, lost := range []string{`DELETE FROM timeline_hashes`, `DELETE FROM timeline_hashes WHERE place > 700`} {
			_, err = db.Exec(lost)
			require.NoError(t, err)
			tree, err = proof.Open(t.Context(), log, log.Hashes())
			require.NoError(t, err)
			require.NoError(t, tree.Verify(t.Context(), last))
		}
		_, err = db.Exec(`DELETE FROM timeline_hashes WHERE place = 700`)
		require.NoError(t, err)
		_, err = proof.Open(t.Context(), log, log.Hashes())
		require.ErrorContains(t, err, "hashes up to place")
		tree, err = proof.Rebuild(t.Context(), log, log.Hashes())
		require.NoError(t, err)
		require.NoError(t, tree.Verify(t.Context(), last))

		// An insider takes the guards away and swaps what two rows say.
		if name == "sqlite" {
			_, err = db.Exec(`DROP TRIGGER timeline_events_stay`)
		} else {
			_, err = db.Exec(`DROP TRIGGER timeline_events_stay ON timeline_events`)
		}
		require.NoError(t, err)
		for _, move := range [][2]int{{7, -1}, {9, 7}, {-1, 9}} { // two records change places
			_, err = db.Exec(fmt.Sprintf(`UPDATE timeline_events SET position = %d WHERE position = %d`, move[1], move[0]))
			require.NoError(t, err)
		}
		requireWholeOrder(t, log)
		require.ErrorContains(t, tree.Verify(t.Context(), last), "the record at position 7: it is not the one")
		require.Error(t, proof.Check(t.Context(), log, last))
	}
}

// requireWholeOrder requires that the log itself has nothing to complain of.
func requireWholeOrder(t *testing.T, log *sqllog.Log) {
	n := int64(0)
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		n++
		require.Equal(t, n, r.Position)
	}
}
