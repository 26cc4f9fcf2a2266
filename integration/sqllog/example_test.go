package sqllog_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/sqllog"
)

func keepIn(dir string) error {
	if err := os.Chdir(dir); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()

	// docs: begin
	db, err := sql.Open("sqlite", "history.db") // the driver is yours; PostgreSQL works alike
	if err != nil {
		return err
	}
	defer db.Close()
	log, err := sqllog.Open(ctx, db, nil) // makes the tables, if there are none
	if err != nil {
		return err
	}
	histories, err := archive.New(events.Fold, nil)
	if err != nil {
		return err
	}
	live, err := histories.Open(ctx, log, events.Codec())
	if err != nil {
		return err
	}
	go live.Follow(ctx) // what any program appends appears

	bought := events.Event{
		ID:   uuid.NewSHA1(uuid.NameSpaceURL, []byte("stellantis-bought")), // the same append again changes nothing
		When: edtf.MustParse("2023-10"),
		Data: events.StakeClosed{Holder: "Stellantis", Percent: events.ExactPercent(20)},
	}
	if _, err := live.Append(ctx, "leapmotor", eventlog.AnyRevision, bought); err != nil { // kept for good if it is nil, and in the archive
		return err
	}
	fmt.Println(live.At("leapmotor", edtf.MustDay("2024-01-01")).State.StakeOf("Stellantis")) // 20 %
	// docs: end
	return nil
}

func Example() {
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	here, _ := os.Getwd()
	defer os.Chdir(here)
	if err := keepIn(dir); err != nil {
		panic(err)
	}
	// Output: 20 %
}

// What docs/logs.md shows is what runs here.
func TestReadme(t *testing.T) {
	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	_, body, _ := strings.Cut(string(source), "// docs: begin\n")
	body, _, _ = strings.Cut(body, "\t// docs: end\n")
	readme, err := os.ReadFile("../../docs/logs.md")
	require.NoError(t, err)
	body = strings.ReplaceAll(strings.TrimPrefix(strings.ReplaceAll(body, "\n\t", "\n"), "\t"), "\r", "")
	assert.Contains(t, string(readme), "```go\n"+body+"```\n")
}
