package jsonl

import (
	"context"
	"fmt"
	"io"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// ImportOptions are the settings of [Import]. The zero value, or nil, is the
// default of each.
type ImportOptions struct {
	// Name is what faults call the file. "" means input.
	Name string
	// Check is asked about every record, before anything is appended: an error
	// is a fault of its line. A program can refuse here what its codec does not
	// decode. Position and revision of the record are those of the file.
	Check func(eventlog.Record) error
	// Progress is called now and then with how far it has got.
	Progress func(Progress)
}

// Progress is how far an import has got. It goes over the file twice: to look
// for faults, when nothing is appended yet, and to append.
type Progress struct {
	Appending bool
	Lines     int // done in this pass
	Total     int // lines of the file; 0 while looking for faults
}

// Imported is what an import has done.
type Imported struct {
	Appended int   // events that were appended
	There    int   // events that the log had already, or the file twice
	Position int64 // of the last event appended; 0 if none was
}

// Import appends the events of a file to a log, each to the stream its line
// names, in the order of the file. When they were recorded stays as the file says it,
// also if it does not: an event that a line has no "known" and no "recorded" for was
// known when it happened, as in a history file, and not since it was imported.
//
// First it goes through the whole file. The error is a [LineErrors] with all that is
// wrong, and nothing is appended: lines that are no records, events that
// [eventlog.CheckAppend] refuses, IDs that the log or the file has with other
// content, and what [timeline.New] would refuse of the streams as they will be,
// such as an event that names others that are not there. For that it reads the
// streams in which an event of the file refers to others, and it keeps about 300
// bytes for each of their events meanwhile. In a log that is no [eventlog.Finder]
// it looks for every thousand IDs anew.
//
// Then it appends in batches. If that breaks off, what is appended stays, and
// the same import goes on where it was, since events that are there are left
// out.
func Import(ctx context.Context, file io.ReadSeeker, log eventlog.Restorer, options *ImportOptions) (Imported, error) {
	im := importing{ctx: ctx, file: file, log: log, seen: map[id]sighting{}, related: map[string]bool{}}
	if options != nil {
		im.options = *options
	}
	if im.options.Name == "" {
		im.options.Name = "input"
	}
	if im.options.Progress == nil {
		im.options.Progress = func(Progress) {}
	}
	if err := im.look(); err != nil {
		return Imported{}, err
	}
	return im.append()
}

// An importing is an import under way.
type importing struct {
	ctx     context.Context
	file    io.ReadSeeker
	log     eventlog.Restorer
	options ImportOptions

	lines   int
	faults  LineErrors
	seen    map[id]sighting
	related map[string]bool // the streams in which an event of the file refers to others
	looked  bool            // for faults: the number of lines is known
	there   []bool          // by line, from 1: it need not be appended
}

// batches bounds what is appended at once.
const (
	batchEvents = 1000
	batchBytes  = 4 << 20
)

// append appends what is not there yet.
func (im *importing) append() (done Imported, err error) {
	total := im.lines
	var b batch
	flush := func() error {
		position, err := im.log.Restore(im.ctx, b.records...)
		if err != nil {
			return fmt.Errorf("jsonl: after %d events, up to %s:%d: %w", done.Appended, im.options.Name, b.line, err)
		}
		done.Appended += len(b.records)
		done.Position = max(done.Position, position)
		im.options.Progress(Progress{true, b.line, total})
		b = batch{}
		return nil
	}
	err = im.each(func(line int, text []byte) error {
		if im.there[line] {
			done.There++
			return nil
		}
		r, fault := im.parse(line, text)
		if fault != nil { // it was none before
			return fault
		}
		if len(b.records) == batchEvents || b.bytes > batchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
		b.add(line, r, len(text))
		return nil
	})
	if err == nil && len(b.records) > 0 {
		err = flush()
	}
	if err == nil {
		im.options.Progress(Progress{true, total, total})
	}
	return done, err
}

// A batch is what is appended at once.
type batch struct {
	records []eventlog.Record
	line    int // of the last one
	bytes   int
}

func (b *batch) add(line int, r eventlog.Record, bytes int) {
	b.line, b.bytes = line, b.bytes+bytes
	b.records = append(b.records, r)
}
