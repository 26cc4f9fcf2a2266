package answer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// An Opener opens a log that is a SQLite database, for reading, and returns what
// closes it.
type Opener func(ctx context.Context, path string) (eventlog.Log, func() error, error)

// ErrLog reports a log that cannot be read.
var ErrLog = errors.New("the log is not read")

// withLog returns the file with the events of a log in place of its own: title,
// sources and horizon are still the file's, unless no file was named and the log is of
// another company.
func withLog(ctx context.Context, file *seeds.File, p Place) (*seeds.File, error) {
	log, closeLog, err := openLog(ctx, p)
	if err != nil {
		return nil, err
	}
	defer func() { _ = closeLog() }() // it was only read
	stream, err := pickStream(ctx, log, p)
	if err != nil {
		return nil, err
	}
	loaded, err := eventlog.Load(ctx, log, stream, events.Codec())
	var history *events.History
	if err == nil {
		history, err = timeline.New(events.Fold, loaded...)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", p.Log, ErrLog, err)
	}
	if p.File == "" && stream != leapmotor && !share(history, file.Timeline) {
		return &seeds.File{Title: nameIn(history, stream), Timeline: history}, nil
	}
	other := *file
	other.Timeline = history.Covering(file.Timeline.Coverage()...)
	return &other, nil
}

// leapmotor is the stream that has Leapmotor's history, as the examples write it.
const leapmotor = "leapmotor"

// share reports whether two histories have an event in common.
func share(a, b *events.History) bool {
	for e := range a.Events() {
		if _, ok := b.ByID(e.ID); ok {
			return true
		}
	}
	return false
}

// nameIn returns what a company is called in the end of its history, or else the name
// of its stream.
func nameIn(h *events.History, stream string) string {
	c := h.At(lastDay(h)).State.Identity
	return cmp.Or(c.TradeName, c.LegalName, stream)
}

// openLog opens a log of either kind.
func openLog(ctx context.Context, p Place) (eventlog.Log, func() error, error) {
	if strings.Contains(p.Log, "://") {
		if p.Open == nil {
			return nil, nil, fmt.Errorf("%w: this program has no driver for servers; that of examples/durable has: go run . -db ADDRESS asof", ErrLog)
		}
		return p.Open(ctx, p.Log)
	}
	f, err := os.Open(p.Log)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	head := make([]byte, 16)
	if _, err := io.ReadFull(f, head); err == nil && string(head) == "SQLite format 3\x00" {
		if p.Open == nil {
			return nil, nil, fmt.Errorf("%s is a SQLite database, which this program has no driver for; that of examples/durable has one: go run . asof -log FILE", p.Log)
		}
		return p.Open(ctx, p.Log)
	}
	var log memlog.Log
	if _, err := jsonl.Import(ctx, f, &log, &jsonl.ImportOptions{Name: filepath.Base(p.Log)}); err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrLog, err)
	}
	return &log, func() error { return nil }, nil
}

// pickStream returns the stream that is asked for, or the only one.
func pickStream(ctx context.Context, log eventlog.Log, p Place) (string, error) {
	var names []string
	seen := map[string]bool{}
	for r, err := range log.ReadAll(ctx, 0) {
		if err != nil {
			return "", fmt.Errorf("%s: %w: %w", p.Log, ErrLog, err)
		}
		if !seen[r.Stream] {
			seen[r.Stream] = true
			names = append(names, r.Stream)
		}
	}
	switch {
	case p.Stream != "" && !seen[p.Stream]:
		return "", fmt.Errorf("%s has no stream %q; it has: %s", p.Log, p.Stream, strings.Join(names, ", "))
	case p.Stream == "" && len(names) > 1:
		return "", fmt.Errorf("%s has several streams, so -stream must name one: %s", p.Log, strings.Join(names, ", "))
	case p.Stream == "" && len(names) == 0:
		return "", fmt.Errorf("%s has no events", p.Log)
	case p.Stream == "":
		return names[0], nil
	}
	return p.Stream, nil
}
