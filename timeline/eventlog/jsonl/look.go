package jsonl

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

type id = uuid.UUID

// A sighting is where the file has an event, and what it is.
type sighting struct {
	line int
	hash [sha256.Size]byte // of the stream and the event
}

// look goes through the file, and returns the [LineErrors] if there are any.
func (im *importing) look() error {
	im.there = []bool{false}
	var ids []id
	err := im.each(func(line int, text []byte) error {
		im.lines = line
		for len(im.there) <= line {
			im.there = append(im.there, false)
		}
		r, fault := im.parse(line, text)
		fresh := false
		if fault == nil {
			fresh, fault = im.note(line, r)
		}
		if fault != nil {
			im.faults = append(im.faults, fault)
		}
		if !fresh {
			return nil
		}
		if ids = append(ids, r.Event.ID); len(ids) == batchEvents {
			if err := im.compare(ids); err != nil {
				return err
			}
			ids = ids[:0]
			im.options.Progress(Progress{Lines: line})
		}
		return nil
	})
	if err == nil {
		err = im.compare(ids)
	}
	im.looked = true
	if err == nil && len(im.faults) == 0 && len(im.related) > 0 {
		err = im.relate()
	}
	if err == nil && len(im.faults) > 0 {
		slices.SortStableFunc(im.faults, func(a, b *LineError) int { return cmp.Compare(a.Line, b.Line) })
		err = im.faults
	}
	return err
}

// each calls do with every line of the file that is not blank, from the first
// on.
func (im *importing) each(do func(line int, text []byte) error) error {
	if _, err := im.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("jsonl: %w", err)
	}
	b := bufio.NewReaderSize(im.file, 1<<16)
	for line := 1; ; line++ {
		if err := context.Cause(im.ctx); err != nil {
			return err
		}
		text, err := b.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return fmt.Errorf("jsonl: %s:%d: %w", im.options.Name, line, err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			if im.looked && line > im.lines {
				return fmt.Errorf("jsonl: %s has grown while it was read", im.options.Name)
			}
			if err := do(line, bytes.TrimSuffix(text, []byte("\n"))); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// parse reads a line. What is not as the stored form is written is looked at
// more closely, to name the place of a fault.
func (im *importing) parse(line int, text []byte) (r eventlog.Record, fault *LineError) {
	err := r.UnmarshalJSON(text)
	if err == nil {
		return r, nil
	}
	_, faulty := jsontree.Parse(text)
	if e := (*jsontree.Error)(nil); errors.As(faulty, &e) {
		return r, &LineError{im.options.Name, line, e.Offset + 1, errors.New(e.Reason)}
	}
	return r, &LineError{im.options.Name, line, 0, err}
}

// note looks at an event by itself, and beside those before it, and reports
// whether it is the first with its ID.
func (im *importing) note(line int, r eventlog.Record) (fresh bool, fault *LineError) {
	r.Position, r.Revision = 0, 0
	if err := eventlog.CheckRestore([]eventlog.Record{r}); err != nil {
		return false, &LineError{im.options.Name, line, 0, plainly(err)}
	}
	if im.options.Check != nil {
		if err := im.options.Check(r); err != nil {
			return false, &LineError{im.options.Name, line, 0, err}
		}
	}
	s := sighting{line, hashOf(r)}
	if first, ok := im.seen[r.Event.ID]; ok {
		if first.hash != s.hash {
			return false, &LineError{im.options.Name, line, 0, fmt.Errorf("%s: %w, of line %d", r.Event.Label(), timeline.ErrDuplicateID, first.line)}
		}
		im.there[line] = true // or will be
		return false, nil
	}
	im.seen[r.Event.ID] = s
	if len(r.Event.After)+len(r.Event.Replaces) > 0 {
		im.related[r.Stream] = true
	}
	return true, nil
}

// hashOf returns the hash of the stream and the event of a record, wherever it is and
// whenever it was recorded.
func hashOf(r eventlog.Record) [sha256.Size]byte {
	r.Position, r.Revision, r.Event.Recorded = 0, 0, time.Time{}
	return sha256.Sum256(r.AppendJSON(nil))
}

// plainly returns faults of one event in one line.
func plainly(err error) error {
	var faults timeline.Faults
	if !errors.As(err, &faults) {
		return err
	}
	var reasons []string
	for _, f := range faults {
		reasons = append(reasons, f.Err.Error())
	}
	return &oneLine{faults[0].Name + ": " + strings.Join(reasons, "; "), faults}
}

// oneLine is an error in other words.
type oneLine struct {
	text string
	err  error
}

func (e *oneLine) Error() string { return e.text }
func (e *oneLine) Unwrap() error { return e.err }

// compare looks for events in the log.
func (im *importing) compare(ids []id) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := eventlog.Find(im.ctx, im.log, ids...)
	if err != nil {
		return err
	}
	for _, r := range found {
		s := im.seen[r.Event.ID]
		holder := r
		if hashOf(r) != s.hash {
			im.faults = append(im.faults, &LineError{im.options.Name, s.line, 0, &eventlog.IDError{ID: r.Event.ID, Name: r.Event.Label(), Holder: holder}})
			continue
		}
		im.there[s.line] = true
	}
	return nil
}

// relate looks at the streams with events that refer to others, as they will
// be. What is wrong with the log already is left out.
func (im *importing) relate() error {
	streams, err := im.collect()
	if err != nil {
		return err
	}
	for _, events := range streams {
		im.relateStream(events)
	}
	return nil
}

// relateStream adds what is wrong with the events of one stream to the faults.
// Events of the log that have faults are left out, and then those that refer to
// them.
func (im *importing) relateStream(events []timeline.Event[struct{}]) {
	fold := func(s struct{}, _ timeline.Event[struct{}]) (struct{}, error) { return s, nil }
	for {
		_, err := timeline.NewLenient(fold, events...)
		var faults timeline.Faults
		errors.As(err, &faults)
		old, found := map[id]bool{}, false
		for _, fault := range faults {
			if s, ok := im.seen[fault.ID]; ok && !im.there[s.line] {
				im.faults = append(im.faults, &LineError{im.options.Name, s.line, 0, fault})
				found = true
			} else {
				old[fault.ID] = true
			}
		}
		if found || len(old) == 0 {
			return
		}
		events = slices.DeleteFunc(events, func(e timeline.Event[struct{}]) bool { return old[e.ID] })
	}
}

// collect returns the events that related streams will have, in the log and in
// the file, without their payloads.
func (im *importing) collect() (map[string][]timeline.Event[struct{}], error) {
	streams := map[string][]timeline.Event[struct{}]{}
	for stream := range im.related {
		for r, err := range im.log.Read(im.ctx, stream, 0) {
			if err != nil {
				return nil, err
			}
			streams[stream] = append(streams[stream], bare(r))
		}
	}
	return streams, im.each(func(line int, text []byte) error {
		if r, fault := im.parse(line, text); fault == nil && im.related[r.Stream] && !im.there[line] {
			streams[r.Stream] = append(streams[r.Stream], bare(r))
		}
		return nil
	})
}

// bare returns the event of a record without its payload.
func bare(r eventlog.Record) timeline.Event[struct{}] {
	e := r.Event
	return timeline.Event[struct{}]{
		ID: e.ID, Name: e.Name, When: e.When, Known: e.Known,
		Replaces: e.Replaces, Retraction: e.Retraction, After: e.After, Rival: e.Rival, Rank: e.Rank,
	}
}
