package timeline

import (
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

// What can be wrong with the events given to [New], [Timeline.With] or an archive.
// The error is a [Faults], which matches every one of these that it holds.
var (
	ErrNoID        = errors.New("no ID")
	ErrDuplicateID = errors.New("the ID is taken by another event")
	ErrNoDate      = errors.New("no date in When")
	ErrRanges      = fmt.Errorf("a date has more than %d ranges of days that do not touch", MaxRanges)
	ErrSpan        = errors.New("an event happens on one day, and a span is no window")
	ErrAllOf       = errors.New("an event happens on one day, and an all-of set is several")
	ErrUnknown     = errors.New("names an event that is not there")
	ErrSelf        = errors.New("names itself")
	ErrCycle       = errors.New("comes after itself")
	ErrEmptyWindow = errors.New("its window has no day left that After allows")
	ErrNoData      = errors.New("no Data, and nothing that it takes back")
	ErrRetraction  = errors.New("a retraction must replace something")
	ErrRank        = errors.New("no such rank")
)

// A Fault is what is wrong with one event.
type Fault struct {
	ID   uuid.UUID
	Name string // the event's name, or its ID if it has none
	Err  error  // wraps one of the errors above
}

// Error names the event and the reason.
func (f *Fault) Error() string { return f.Name + ": " + f.Err.Error() }

// Unwrap returns the reason.
func (f *Fault) Unwrap() error { return f.Err }

// Faults is what is wrong with the events that were given. Faults of the events
// themselves come first, all of them; only if there are none can the order of
// the events be looked at, and all its faults are found together.
type Faults []*Fault

// Error lists every fault, one a line.
func (f Faults) Error() string {
	var b strings.Builder
	if len(f) == 1 {
		b.WriteString("timeline: a fault in the events given:")
	} else {
		fmt.Fprintf(&b, "timeline: %d faults in the events given:", len(f))
	}
	for _, fault := range f {
		b.WriteString("\n\t")
		b.WriteString(fault.Error())
	}
	return b.String()
}

// Unwrap returns the faults.
func (f Faults) Unwrap() []error {
	errs := make([]error, len(f))
	for i, fault := range f {
		errs[i] = fault
	}
	return errs
}
