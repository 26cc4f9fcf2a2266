package proof_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/proof"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func Example() {
	ctx := context.Background()
	var log memlog.Log
	tree, _ := proof.Open(ctx, &log, &proof.Memory{})

	// Yesterday the history had two records; its checkpoint was given away.
	log.Append(ctx, "s", 0, event(1), event(2))
	tree.Update(ctx)
	yesterday, _ := tree.Checkpoint(ctx, "history.example", 2)

	// Today it has three.
	log.Append(ctx, "s", 2, event(3))
	tree.Update(ctx)
	today, _ := tree.Checkpoint(ctx, "history.example", 3)
	path, _ := tree.ProveExtension(ctx, 2, 3)
	fmt.Println(proof.CheckExtension(yesterday, today, path))

	// Somebody else appends another one.
	var other memlog.Log
	other.Append(ctx, "s", eventlog.AnyRevision, event(1), event(4), event(3))
	fmt.Println(proof.Check(ctx, &other, yesterday) != nil)
	// Output:
	// <nil>
	// true
}
