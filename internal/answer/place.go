package answer

import (
	"context"
	"encoding/json"
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
	return seeds.LoadFile(name)
}

// filesOf returns a history file and those that it names.
func filesOf(name string) []string {
	names := []string{name}
	text, err := os.ReadFile(name)
	if err != nil {
		return names
	}
	var form struct{ Files []string }
	_ = json.Unmarshal(text, &form) // what is no JSON names nothing
	for _, part := range form.Files {
		names = append(names, filepath.Join(filepath.Dir(name), filepath.FromSlash(part)))
	}
	return names
}

// Stamp changes when what the history is read from does: when its files are
// written to, or others are put in their place.
func (p Place) Stamp() string {
	stamp := ""
	for _, name := range append(filesOf(p.File), p.Log, p.Log+"-wal") {
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
