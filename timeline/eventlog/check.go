package eventlog

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// What can be wrong with events given to [Log.Append], beside the faults of an
// event as such.
var (
	ErrText     = errors.New("cannot be kept as text")
	ErrStored   = errors.New("a payload must have a type, a version from 1 on, and compact JSON or none")
	ErrStream   = errors.New("eventlog: a stream's name must have 1 to 512 bytes of text")
	ErrExpected = errors.New("eventlog: the expected revision must be AnyRevision or at least 0")
	ErrRecorded = errors.New("a record must be recorded in one of the years 1 to 9999, by UTC, and not in the future")
)

// CheckAppend returns what every [Log] must refuse to append: [ErrStream],
// [ErrExpected], or the [timeline.Faults] of events that [timeline.New] would
// refuse whatever else is there, that are twice in the call, or whose payload or
// texts cannot be stored: all text must be UTF-8 without the character NUL. It does
// not look at what events say of each other.
func CheckAppend(stream string, expected int64, events []timeline.Event[Stored]) error {
	if len(stream) == 0 || len(stream) > 512 || !isText(stream) {
		return fmt.Errorf("%w: %.64q", ErrStream, stream)
	}
	if expected < AnyRevision {
		return fmt.Errorf("%w: %d", ErrExpected, expected)
	}
	var faults timeline.Faults
	var seen map[uuid.UUID]bool
	if len(events) > 1 {
		seen = make(map[uuid.UUID]bool, len(events))
	}
	for i := range events {
		e := &events[i]
		for _, err := range CheckStored(e) {
			faults = append(faults, e.Fault(err))
		}
		if seen[e.ID] && e.ID != uuid.Nil {
			faults = append(faults, e.Fault(fmt.Errorf("%w: it is twice in the call", timeline.ErrDuplicateID)))
		}
		if seen != nil {
			seen[e.ID] = true
		}
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// CheckRestore returns what every [Restorer] must refuse: what [CheckAppend] does, in each
// stream, an ID that is there twice, and [ErrRecorded]: since times of a log never go back, one in
// the future would be that of all that is appended until then. Clocks differ, so up to a day is none.
func CheckRestore(records []Record) error {
	var faults timeline.Faults
	seen := make(map[uuid.UUID]bool, len(records))
	for i := range records {
		e := &records[i].Event
		err := CheckAppend(records[i].Stream, AnyRevision, []timeline.Event[Stored]{*e})
		var more timeline.Faults
		if err != nil && !errors.As(err, &more) {
			return err
		}
		faults = append(faults, more...)
		if err := checkRestored(e.Recorded); err != nil {
			faults = append(faults, e.Fault(err))
		}
		if seen[e.ID] && e.ID != uuid.Nil {
			faults = append(faults, e.Fault(fmt.Errorf("%w: it is twice in the call", timeline.ErrDuplicateID)))
		}
		seen[e.ID] = true
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// CheckStored returns what is wrong with one event for a [Log]; see
// [CheckAppend].
func CheckStored(e *timeline.Event[Stored]) []error {
	errs := e.Check(func(uuid.UUID) bool { return true })
	if err := checkPayload(&e.Data); err != nil {
		errs = append(errs, err)
	}
	text := func(field, s string) {
		if !isText(s) {
			errs = append(errs, fmt.Errorf("%s %w: %.64q", field, ErrText, s))
		}
	}
	text("Name", e.Name)
	text("Type", e.Data.Type)
	text("Note", e.Note)
	text("Rival", e.Rival)
	for _, c := range e.Cites {
		text("the source of a citation", c.Source)
		text("the section of a citation", c.Section)
	}
	if m := e.Meta; m != nil {
		for _, s := range []string{m.By, m.Why, m.Correlation, m.Causation} {
			text("metadata", s)
		}
		for name, s := range m.More {
			text("metadata", name)
			text("metadata", s)
		}
	}
	return errs
}

// checkRecorded returns an error if a time has no stored form, or none that every store has.
func checkRecorded(at time.Time) error {
	if year := at.UTC().Year(); year < 1 || year > 9999 {
		return fmt.Errorf("%w: %d", ErrRecorded, year)
	}
	return nil
}

// checkRestored returns an error if nothing can have been recorded at a time.
func checkRestored(at time.Time) error {
	if at.After(time.Now().Add(24 * time.Hour)) {
		return fmt.Errorf("%w: %s", ErrRecorded, at.UTC().Format(time.RFC3339))
	}
	return checkRecorded(at)
}

func isText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

func checkPayload(s *Stored) error {
	if s.Type == "" && s.Version == 0 && len(s.Data) == 0 {
		return nil
	}
	if s.Type == "" || s.Version < 1 || s.Version > 1<<31-1 {
		return fmt.Errorf("%w: type %.64q, version %d", ErrStored, s.Type, s.Version)
	}
	if len(s.Data) > 0 && !isCompact(s.Data) {
		return fmt.Errorf("%w: %.64q", ErrStored, s.Data)
	}
	return nil
}

// isCompact reports whether data is JSON without blanks between its parts.
func isCompact(data []byte) bool {
	if !utf8.Valid(data) || !json.Valid(data) {
		return false
	}
	if !bytes.ContainsAny(data, " \t\n\r") {
		return true
	}
	var b bytes.Buffer
	return json.Compact(&b, data) == nil && b.Len() == len(data)
}
