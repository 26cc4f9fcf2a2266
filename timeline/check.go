package timeline

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// check returns what is wrong with events as such, of which those added were not looked at
// before; ids are those of all. arrange finds what is wrong with their order.
func check[E any](events, added []*Event[E], ids *idSet) Faults {
	fine := ids.len() == len(events)
	for _, e := range added {
		fine = fine && len(e.Check(ids.has)) == 0
	}
	if fine {
		return nil
	}
	return faultsOf(events)
}

// faultsOf returns what is wrong with events, each by itself or as one of two with its ID.
func faultsOf[E any](events []*Event[E]) Faults {
	var faults Faults
	first := make(map[uuid.UUID]*Event[E], len(events))
	for _, e := range events {
		if other, ok := first[e.ID]; ok && e.ID != uuid.Nil {
			faults = append(faults, e.Fault(fmt.Errorf("%w: %s, which comes before it", ErrDuplicateID, other.Label())))
			continue
		}
		first[e.ID] = e
	}
	for _, e := range events {
		for _, err := range e.Check(func(id uuid.UUID) bool { return first[id] != nil }) {
			faults = append(faults, e.Fault(err))
		}
	}
	return faults
}

// Check returns what is wrong with e as such: all of it, or nothing. has reports
// whether there is an event with the given ID, to which e may refer.
func (e *Event[E]) Check(has func(uuid.UUID) bool) []error {
	var errs []error
	add := func(err error) { errs = append(errs, err) }
	if e.ID == uuid.Nil {
		add(ErrNoID)
	}
	switch e.When.Kind() {
	case edtf.None:
		add(ErrNoDate)
	case edtf.Span:
		add(fmt.Errorf("%w: When is %v; for one day out of a range write [a..b]", ErrSpan, e.When))
	case edtf.AllOf:
		add(fmt.Errorf("%w: When is %v; for one of them write %v", ErrAllOf, e.When, oneOf(e.When)))
	}
	if n := ranges(e.When); n > MaxRanges {
		add(fmt.Errorf("%w: When is %v", ErrRanges, e.When))
	}
	if n := ranges(e.Known); n > MaxRanges {
		add(fmt.Errorf("%w: Known is %v", ErrRanges, e.Known))
	}
	switch e.Known.Kind() {
	case edtf.Span:
		add(fmt.Errorf("%w: Known is %v; for one day out of a range write [a..b]", ErrSpan, e.Known))
	case edtf.AllOf:
		add(fmt.Errorf("%w: Known is %v; for one of them write %v", ErrAllOf, e.Known, oneOf(e.Known)))
	}
	switch {
	case e.Retraction && len(e.Replaces) == 0:
		add(ErrRetraction)
	case any(e.Data) == nil && !e.Retracts():
		add(ErrNoData)
	}
	if _, ok := ranks[e.Rank]; !ok {
		add(fmt.Errorf("%w: %d", ErrRank, e.Rank))
	}
	for _, ref := range []struct {
		field string
		ids   []uuid.UUID
	}{{"Replaces", e.Replaces}, {"After", e.After}} {
		for _, id := range ref.ids {
			if id == e.ID {
				add(fmt.Errorf("%s %w", ref.field, ErrSelf))
			} else if !has(id) {
				add(fmt.Errorf("%s %w: %v", ref.field, ErrUnknown, id))
			}
		}
	}
	return errs
}

// oneOf returns an all-of set as the set of which one is meant.
func oneOf(d edtf.Date) string { return "[" + strings.Trim(d.String(), "{}") + "]" }

// ranges returns how many ranges of days a date has, as far as it matters.
func ranges(d edtf.Date) int {
	n := 0
	for range d.Ranges() {
		if n++; n > MaxRanges {
			break
		}
	}
	return n
}

// Fault returns err as what is wrong with e.
func (e *Event[E]) Fault(err error) *Fault {
	return &Fault{ID: e.ID, Name: e.Label(), Err: err}
}

// faultsOfOrder returns what is wrong with the order of events.
func faultsOfOrder[E any](events []*Event[E], wrong []worlds.Fault) Faults {
	var faults Faults
	for _, f := range wrong {
		e, err := events[f.Fact], ErrCycle
		switch {
		case f.Retracts:
			err = fmt.Errorf("%s %w through other retractions", "Replaces", ErrSelf)
		case !f.Cycle:
			other := events[f.Against]
			err = fmt.Errorf("%w: %v against %s, %v", ErrEmptyWindow, e.When, other.Label(), other.When)
		}
		faults = append(faults, e.Fault(err))
	}
	return faults
}
