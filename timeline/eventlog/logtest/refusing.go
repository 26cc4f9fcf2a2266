package logtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

func conflicts(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plains(0, 3)...); err != nil {
		return err
	}
	if err := b.add(ctx, s, at{"other", 0}, plains(10, 15)...); err != nil {
		return err
	}
	for _, c := range []struct {
		stream           string
		expected, actual int64
	}{{"s", 0, 3}, {"s", 2, 3}, {"s", 4, 3}, {"s", 8, 3}, {"new", 1, 0}, {"other", 3, 5}} {
		for _, events := range [][]event{{plain(100)}, {plain(0), plain(100)}, plains(100, 103)} {
			got, err := s.Append(ctx, c.stream, c.expected, events...)
			if c.stream != "s" && events[0].ID == id(0) {
				continue // its ID is in another stream
			}
			var conflict *eventlog.ConflictError
			if !errors.As(err, &conflict) || !errors.Is(err, eventlog.ErrConflict) {
				return fmt.Errorf("append to %q at %d expecting %d gives %v, want a *ConflictError", c.stream, c.actual, c.expected, err)
			}
			if want := (eventlog.ConflictError{Stream: c.stream, Expected: c.expected, Actual: c.actual}); *conflict != want {
				return fmt.Errorf("got %+v, want %+v", *conflict, want)
			}
			if got != (eventlog.AppendResult{}) {
				return fmt.Errorf("append returns %+v beside a conflict", got)
			}
		}
	}
	if err := b.check(ctx, s); err != nil {
		return fmt.Errorf("after conflicts: %w", err)
	}
	if err := b.add(ctx, s, at{"s", 3}, plain(100)); err != nil {
		return err
	}
	return b.check(ctx, s)
}

func repeats(ctx context.Context, s *subject) error {
	var b book
	first := awkward()
	if err := b.add(ctx, s, at{"s", 0}, first...); err != nil {
		return err
	}
	if err := b.add(ctx, s, at{"s", eventlog.AnyRevision}, plains(1000, 1003)...); err != nil {
		return err
	}
	end := int64(len(first))
	for _, c := range []struct {
		what     string
		expected int64
		events   []event
		want     int64 // the revision, and since there is one stream the position
	}{
		{"the same append", 0, first, end},
		{"the same append, anywhere", eventlog.AnyRevision, first, end},
		{"the same append, expecting what is there now", end + 3, first, end},
		{"one of its events", 0, first[2:3], 3},
		{"its events backwards", 0, []event{first[4], first[1]}, 5},
		{"the second append", end, plains(1000, 1003), end + 3},
		{"empty slices for none", 0, []event{withEmptySlices(first[0])}, 1},
		{"another Seq", 0, []event{withSeq(first[1])}, 2},
	} {
		got, err := s.Append(ctx, "s", c.expected, c.events...)
		if want := (eventlog.AppendResult{Revision: c.want, Position: c.want}); err != nil || got != want {
			return fmt.Errorf("%s: Append returns %+v, %v, want %+v", c.what, got, err, want)
		}
	}
	if err := b.check(ctx, s); err != nil {
		return fmt.Errorf("after repeated appends: %w", err)
	}
	// Some are there and some are not: the others are appended.
	got, err := s.Append(ctx, "s", eventlog.AnyRevision, plain(1004), plain(1000), plain(1005))
	if want := b.append("s", plain(1004), plain(1005)); err != nil || got != want {
		return fmt.Errorf("append of some that are there returns %+v, %v, want %+v", got, err, want)
	}
	return b.check(ctx, s)
}

func withEmptySlices(e event) event {
	e.Cites, e.Replaces, e.After, e.Data.Data = []timeline.Citation{}, []uuid.UUID{}, []uuid.UUID{}, []byte{}
	return e
}

func withSeq(e event) event {
	e.Seq += 17
	return e
}

// otherContent appends events that differ from one that is there in one field.
func otherContent(ctx context.Context, s *subject) error {
	var b book
	base := awkward()[1]
	if err := b.add(ctx, s, at{"s", 0}, base); err != nil {
		return err
	}
	changes := map[string]func(*event){
		"Name":             func(e *event) { e.Name += " " },
		"no Name":          func(e *event) { e.Name = "" },
		"When":             func(e *event) { e.When = edtf.MustParse("2015") },
		"Known":            func(e *event) { e.Known = edtf.Date{} },
		"Type":             func(e *event) { e.Data.Type = "a.c" },
		"Version":          func(e *event) { e.Data.Version = 1 },
		"Data":             func(e *event) { e.Data.Data = []byte(`{"a":0}`) },
		"no Data":          func(e *event) { e.Data.Data = nil },
		"order of Cites":   func(e *event) { e.Cites[0], e.Cites[1] = e.Cites[1], e.Cites[0] },
		"Section":          func(e *event) { e.Cites[1].Section = "history" },
		"Paragraph":        func(e *event) { e.Cites[1].Paragraph = 0 },
		"Sentence":         func(e *event) { e.Cites[1].Sentence-- },
		"Note":             func(e *event) { e.Note = strings.ToUpper(e.Note) },
		"Replaces":         func(e *event) { e.Replaces = e.Replaces[:1] },
		"After":            func(e *event) { e.After = nil },
		"Retraction":       func(e *event) { e.Retraction = true },
		"Rival":            func(e *event) { e.Rival = "" },
		"Rank":             func(e *event) { e.Rank = timeline.RankNormal },
		"order of After":   func(e *event) { e.After[0], e.After[1] = e.After[1], e.After[0] },
		"case of the Type": func(e *event) { e.Data.Type = "A.b" },
	}
	for what, change := range changes {
		e := awkward()[1]
		change(&e)
		for _, expected := range []int64{0, 1, eventlog.AnyRevision} {
			got, err := s.Append(ctx, "s", expected, plain(500), e, plain(501))
			if err := refusedID(e, got, err); err != nil {
				return fmt.Errorf("other %s: %w", what, err)
			}
		}
	}
	got, err := s.Append(ctx, "another stream", 0, plain(500), base, plain(501))
	if err := refusedID(base, got, err); err != nil {
		return fmt.Errorf("another stream: %w", err)
	}
	return b.check(ctx, s)
}

// refusedID holds what an append of e returns, whose ID is taken, to its contract.
func refusedID(e event, got eventlog.AppendResult, err error) error {
	var taken *eventlog.IDError
	if !errors.As(err, &taken) || !errors.Is(err, timeline.ErrDuplicateID) {
		return fmt.Errorf("append returns %+v, %v, want an *IDError", got, err)
	}
	if taken.ID != e.ID || taken.Name != e.Label() || taken.Holder.Position != 1 || taken.Holder.Stream != "s" {
		return fmt.Errorf("got %+v, want ID %v, name %q and the holder at position 1", taken, e.ID, e.Label())
	}
	return nil
}

// refusals appends what [eventlog.CheckAppend] refuses, beside an event that
// is well.
func refusals(ctx context.Context, s *subject) error {
	var b book
	if err := b.add(ctx, s, at{"s", 0}, plain(0)); err != nil {
		return err
	}
	bad := map[string]func(*event){
		"no ID":             func(e *event) { e.ID = uuid.Nil },
		"no When":           func(e *event) { e.When = edtf.Date{} },
		"a span":            func(e *event) { e.When = edtf.MustParse("2018/2021") },
		"Known is a span":   func(e *event) { e.Known = edtf.MustParse("2018/..") },
		"retracts nothing":  func(e *event) { e.Retraction = true },
		"no such rank":      func(e *event) { e.Rank = 9 },
		"replaces itself":   func(e *event) { e.Replaces = []uuid.UUID{e.ID} },
		"no UTF-8 in By":    func(e *event) { e.Meta = &timeline.Metadata{By: "\xff"} },
		"NUL in metadata":   func(e *event) { e.Meta = &timeline.Metadata{More: map[string]string{"\x00": "a"}} },
		"NUL in Name":       func(e *event) { e.Name = "a\x00b" },
		"no UTF-8 in Note":  func(e *event) { e.Note = "\xff" },
		"NUL in Rival":      func(e *event) { e.Rival = "\x00" },
		"NUL in Type":       func(e *event) { e.Data.Type = "\x00" },
		"NUL in Source":     func(e *event) { e.Cites = []timeline.Citation{{Source: "\x00"}} },
		"no UTF-8, Section": func(e *event) { e.Cites = []timeline.Citation{{Section: "\xc3"}} },
		"no type":           func(e *event) { e.Data.Type = "" },
		"version 0":         func(e *event) { e.Data.Version = 0 },
		"no JSON":           func(e *event) { e.Data.Data = []byte(`{"a":}`) },
		"blank JSON":        func(e *event) { e.Data.Data = []byte(` `) },
		"JSON with blanks":  func(e *event) { e.Data.Data = []byte(`{"a": 1}`) },
		"two values":        func(e *event) { e.Data.Data = []byte(`1,2`) },
		"no UTF-8 in JSON":  func(e *event) { e.Data.Data = []byte("\"\xff\"") },
	}
	for what, spoil := range bad {
		e := plain(2)
		spoil(&e)
		if _, err := s.Append(ctx, "s", 1, plain(1), e); err == nil {
			return fmt.Errorf("append accepts an event with a fault: %s", what)
		} else if faults := timeline.Faults(nil); !errors.As(err, &faults) || len(faults) == 0 {
			return fmt.Errorf("%s: Append returns %w, want Faults", what, err)
		}
	}
	if _, err := s.Append(ctx, "s", 1, plain(1), plain(2), plain(1)); !errors.Is(err, timeline.ErrDuplicateID) {
		return fmt.Errorf("append of an ID twice in a call returns %v, want ErrDuplicateID", err)
	}
	for _, stream := range []string{"", "\x00", "\xff", strings.Repeat("x", 513)} {
		if _, err := s.Append(ctx, stream, 0, plain(1)); !errors.Is(err, eventlog.ErrStream) {
			return fmt.Errorf("append to stream %.20q returns %v, want ErrStream", stream, err)
		}
	}
	if _, err := s.Append(ctx, "s", -2, plain(1)); !errors.Is(err, eventlog.ErrExpected) {
		return fmt.Errorf("append expecting -2 returns %v, want ErrExpected", err)
	}
	return b.check(ctx, s)
}

// ownership changes what it has given to a log, and what it gets from it.
func ownership(ctx context.Context, s *subject) error {
	var b book
	b.append("s", awkward()...)
	given := awkward()
	if _, err := s.Append(ctx, "s", 0, given...); err != nil {
		return err
	}
	for i := range given {
		spoil(&given[i])
	}
	if err := b.check(ctx, s); err != nil {
		return fmt.Errorf("after changing what was appended: %w", err)
	}
	for r, err := range s.ReadAll(ctx, 0) {
		if err != nil {
			return err
		}
		spoil(&r.Event)
	}
	for r, err := range s.Read(ctx, "s", 0) {
		if err != nil {
			return err
		}
		spoil(&r.Event)
	}
	if err := b.check(ctx, s); err != nil {
		return fmt.Errorf("after changing what was read: %w", err)
	}
	return nil
}

func spoil(e *event) {
	for i := range e.Data.Data {
		e.Data.Data[i] = '!'
	}
	for i := range e.Cites {
		e.Cites[i].Source = "spoiled"
	}
	for i := range e.Replaces {
		e.Replaces[i] = uuid.Nil
	}
	for i := range e.After {
		e.After[i] = uuid.Nil
	}
}
