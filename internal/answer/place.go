package answer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// A Place is where a history is.
type Place struct {
	File   string // a history file; that of Leapmotor if it is empty
	Log    string // a log that has the events in place of those of the file, or empty
	Stream string // the one of the log; it need not be said if there is only one
	Open   Opener // opens logs that are SQLite databases; may be nil
}

// Load reads the history. The error is a [seeds.Faults] if its file has faults.
func (p Place) Load(ctx context.Context) (*History, error) {
	file, err := readFile(p.File)
	if err == nil && p.Log != "" {
		file, err = withLog(ctx, file, p)
	}
	if err != nil {
		return nil, err
	}
	return &History{File: file}, nil
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
