package jsonl

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

type id = uuid.UUID

// A sighting is where the file has an event, and what it is.
type sighting struct {
	line int
	hash [sha256.Size]byte // of the stream and the event
}

// look goes through the file, and returns the [Faults] if there are any.
func (im *importing) look() error {
	im.there = []bool{false}
	var ids []id
	err := im.each(func(line int, text []byte) error {
		im.lines = line
		for len(im.there) <= line {
			im.there = append(im.there, false)
		}
		r, fault := im.parse(line, text)
		if fault == nil {
			fault = im.note(line, r)
		}
		if fault != nil {
			im.faults = append(im.faults, fault)
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
	if err == nil && len(im.faults) == 0 {
		err = im.relate()
	}
	if err == nil && len(im.faults) > 0 {
		slices.SortStableFunc(im.faults, func(a, b *Fault) int { return cmp.Compare(a.Line, b.Line) })
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
			if err := do(line, bytes.TrimSuffix(text, []byte("\n"))); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// parse reads a line. What is not in the order of the stored form is looked at
// more closely: a member that is there twice would be lost.
func (im *importing) parse(line int, text []byte) (r timeline.Record, fault *Fault) {
	err := r.UnmarshalJSON(text)
	if err == nil && bytes.Equal(r.AppendJSON(nil), text) {
		return r, nil
	}
	column := 0
	if _, terr := jsontree.Parse(text); terr != nil {
		err = terr
		if e := (*jsontree.Error)(nil); errors.As(terr, &e) {
			column, err = e.Offset+1, errors.New(e.Reason)
		}
	} else if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		column, err = int(e.Offset), fmt.Errorf("%s cannot be a JSON %s", e.Field, e.Value)
	}
	if err != nil {
		return r, &Fault{im.options.Name, line, column, err}
	}
	return r, nil
}

// note looks at an event by itself, and beside those before it.
func (im *importing) note(line int, r timeline.Record) *Fault {
	r.Position, r.Revision = 0, 0
	if err := timeline.CheckAppend(r.Stream, 0, []timeline.Event[timeline.Stored]{r.Event}); err != nil {
		return &Fault{im.options.Name, line, 0, plainly(err)}
	}
	s := sighting{line, sha256.Sum256(r.AppendJSON(nil))}
	if first, ok := im.seen[r.Event.ID]; ok {
		if first.hash != s.hash {
			return &Fault{im.options.Name, line, 0, fmt.Errorf("%s: %w, of line %d", r.Event.Label(), timeline.ErrDuplicateID, first.line)}
		}
		im.there[line] = true // or will be
		return nil
	}
	im.seen[r.Event.ID] = s
	if len(r.Event.After)+len(r.Event.Replaces) > 0 || r.Event.Rival != "" {
		im.tied[r.Stream] = true
	}
	return nil
}

// plainly returns faults of one event in one line.
func plainly(err error) error {
	var faults timeline.Faults
	if !errors.As(err, &faults) {
		return err
	}
	var errs []string
	for _, f := range faults {
		errs = append(errs, f.Err.Error())
	}
	return fmt.Errorf("%s: %w", faults[0].Name, joined{errs, faults})
}

// joined is several errors in one line.
type joined struct {
	texts []string
	err   error
}

func (j joined) Error() string { return string(bytes.Join(asBytes(j.texts), []byte("; "))) }
func (j joined) Unwrap() error { return j.err }

func asBytes(list []string) (all [][]byte) {
	for _, s := range list {
		all = append(all, []byte(s))
	}
	return all
}

// compare looks for events in the log.
func (im *importing) compare(ids []id) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := timeline.Find(im.ctx, im.log, ids...)
	if err != nil {
		return err
	}
	for _, r := range found {
		s := im.seen[r.Event.ID]
		holder := r
		r.Position, r.Revision = 0, 0
		if sha256.Sum256(r.AppendJSON(nil)) != s.hash {
			im.faults = append(im.faults, &Fault{im.options.Name, s.line, 0, &timeline.IDError{ID: r.Event.ID, Name: r.Event.Label(), Holder: holder}})
			continue
		}
		im.there[s.line] = true
	}
	return nil
}

// relate looks at streams whose events name others, as they will be.
func (im *importing) relate() error {
	if len(im.tied) == 0 {
		return nil
	}
	archive, _ := timeline.NewArchive(func(s struct{}, _ timeline.Event[struct{}]) (struct{}, error) { return s, nil }, nil)
	var failed error
	err := archive.Load(func(yield func(string, timeline.Event[struct{}]) bool) {
		there := map[id]bool{}
		for stream := range im.tied {
			failed = errors.Join(failed, im.logged(stream, there, yield))
		}
		failed = errors.Join(failed, im.each(func(line int, text []byte) error {
			if r, fault := im.parse(line, text); fault == nil && im.tied[r.Stream] && !there[r.Event.ID] && !im.there[line] {
				yield(r.Stream, bare(r))
			}
			return nil
		}))
	})
	if failed != nil {
		return failed
	}
	for fault := range faultsOf(err) {
		if s, ok := im.seen[fault.ID]; ok {
			im.faults = append(im.faults, &Fault{im.options.Name, s.line, 0, fault})
		}
	}
	return nil
}

// logged yields the events that a stream of the log has.
func (im *importing) logged(stream string, there map[id]bool, yield func(string, timeline.Event[struct{}]) bool) error {
	for r, err := range im.log.Read(im.ctx, stream, 0) {
		if err != nil {
			return err
		}
		there[r.Event.ID] = true
		yield(stream, bare(r))
	}
	return nil
}

// bare returns the event of a record without its payload.
func bare(r timeline.Record) timeline.Event[struct{}] {
	e := r.Event
	return timeline.Event[struct{}]{
		ID: e.ID, Name: e.Name, When: e.When, Known: e.Known,
		Replaces: e.Replaces, Retraction: e.Retraction, After: e.After, Rival: e.Rival, Rank: e.Rank,
	}
}

// faultsOf returns every fault in an error.
func faultsOf(err error) iter.Seq[*timeline.Fault] {
	return func(yield func(*timeline.Fault) bool) {
		var walk func(err error) bool
		walk = func(err error) bool {
			switch e := err.(type) {
			case nil:
				return true
			case *timeline.Fault:
				return yield(e)
			case interface{ Unwrap() []error }:
				return !slices.ContainsFunc(e.Unwrap(), func(err error) bool { return !walk(err) })
			case interface{ Unwrap() error }:
				return walk(e.Unwrap())
			}
			return true
		}
		walk(err)
	}
}
