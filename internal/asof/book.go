package asof

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Book is a history that questions are asked of.
type Book struct {
	File *seeds.File

	once  sync.Once
	paths []string // of all values that there ever are
}

// LastDay returns the last day that the history covers, or the last of its
// events if it does not say.
func (b *Book) LastDay() edtf.Day { return lastDay(b.File.Timeline) }

// addresses returns the pointers of all values that there ever are.
func (b *Book) addresses() []string {
	b.once.Do(func() { b.paths = addresses(b.File.Timeline) })
	return b.paths
}

// lastDay returns the last day that a history covers, or the last of its events
// if it does not say.
func lastDay(h *events.History) edtf.Day {
	if horizon := h.Coverage().Horizon; !horizon.IsZero() {
		return horizon.Latest()
	}
	last := edtf.MinDay
	for day := range eventDays(h) {
		if day != edtf.DistantFuture {
			last = max(last, day)
		}
	}
	return last
}

// A Place is where a history is.
type Place struct {
	File   string // a history file; that of Leapmotor if it is empty
	Log    string // a log that has the events in place of those of the file, or empty
	Stream string // the one of the log; it need not be said if there is only one
	Open   Opener // opens logs that are SQLite databases; may be nil
}

// Load reads the history. The error is a [seeds.Faults] if its file has faults.
func (p Place) Load(ctx context.Context) (*Book, error) {
	file, err := readFile(p.File)
	if err == nil && p.Log != "" {
		file, err = withLog(ctx, file, p)
	}
	if err != nil {
		return nil, err
	}
	return &Book{File: file}, nil
}

func readFile(name string) (*seeds.File, error) {
	if name == "" {
		f := seeds.LeapmotorFile()
		return &f, nil
	}
	r, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return seeds.Load(r, filepath.Base(name))
}

// Stamp changes when what the history is read from does: when its files are
// written to, or others are put in their place.
func (p Place) Stamp() string {
	stamp := ""
	for _, name := range []string{p.File, p.Log, p.Log + "-wal"} {
		if name == "" || name == "-wal" {
			continue
		}
		if info, err := os.Stat(name); err == nil {
			stamp += fmt.Sprintf("%d %d ", info.ModTime().UnixNano(), info.Size())
		} else {
			stamp += "- "
		}
	}
	return stamp
}
