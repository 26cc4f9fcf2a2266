package answer

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/crc64"
	"io"
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
	As     AsRecorded
}

// Load reads the history. The error is a [seeds.Faults] if its file has faults.
func (p Place) Load(ctx context.Context) (*History, error) {
	file, err := readFile(p.File)
	if err != nil {
		return nil, err
	}
	h := &History{File: file}
	if p.Log != "" {
		if h.File, err = withLog(ctx, file, p); err != nil {
			return nil, err
		}
		then, title, err := p.As.of(h.File.Timeline)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Log, err)
		}
		file := *h.File
		file.Timeline = then
		h.File, h.recorded = &file, title
	}
	return h, nil
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
// written to, or others are put in their place, even with the same size and time.
func (p Place) Stamp() string {
	stamp := ""
	for _, name := range append(filesOf(p.File), p.Log, p.Log+"-wal") {
		if name == "" || name == "-wal" {
			continue
		}
		stamp += stampOf(name) + " "
	}
	return stamp
}

// maxStamped is how much is read of either end of a file to see that it is another.
const maxStamped = 2 << 20

// stampOf changes when a file does. Of a large one it reads the ends alone.
func stampOf(name string) string {
	f, err := os.Open(name)
	if err != nil {
		return "-"
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "-"
	}
	content := crc64.New(crc64.MakeTable(crc64.ECMA))
	_, _ = io.CopyN(content, f, maxStamped) // what cannot be read is said by who loads it
	if rest := info.Size() - maxStamped; rest > 0 {
		_, _ = io.Copy(content, io.NewSectionReader(f, max(maxStamped, rest), maxStamped))
	}
	return fmt.Sprintf("%d %d %x", info.ModTime().UnixNano(), info.Size(), content.Sum64())
}
