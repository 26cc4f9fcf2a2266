package events

import (
	"fmt"
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Payload says what happened. The types of this package that have the method
// Type are the payloads, and [Unknown].
type Payload interface {
	// Type returns the name and version under which the payload is stored.
	Type() Type
	// String returns what happened as a short sentence without a date.
	String() string
	// Scope returns the parts of a company that the event reads or changes, as
	// [timeline.Scoped] asks.
	Scope() []string

	// apply changes c, which is a copy, to what follows. It must only replace
	// what c holds, never reach into it.
	apply(c *Company, o origin) error
}

// A Type is the stable name and version of a payload.
type Type struct {
	Name    string
	Version int
}

// String returns t as "model.launched v1".
func (t Type) String() string { return fmt.Sprintf("%s v%d", t.Name, t.Version) }

// These are the timeline's types, for a company.
type (
	// An Event is something that happened to a company.
	Event = timeline.Event[Payload]
	// A History is the timeline of a company.
	History = timeline.Timeline[Company, Payload]
	// A Snapshot is the company on a day.
	Snapshot = timeline.Snapshot[Company]
)

// after returns a text behind words, or nothing if there is no text.
func after(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}

// An origin is where a change comes from: what a state keeps of an event.
type origin struct {
	label string
	when  edtf.Date
	seq   int64
}

// Fold is the [timeline.Fold] of a company. It holds what sources tell, though it be
// incomplete, rounded or late: what does not fit is a [Remark] of the state. An error
// says that a payload contradicts itself, such as a price from 2 to 1.
func Fold(c Company, e Event) (Company, error) {
	if e.Data == nil {
		return c, nil
	}
	err := e.Data.apply(&c, origin{e.Label(), e.When, e.Seq})
	return c, err
}

// Unknown is a payload whose type this version of the package does not know.
// It is kept as it is and folded as nothing.
type Unknown struct {
	Kind Type   // as it was stored
	JSON string // the stored data
}

// Type returns the type as it was stored.
func (u Unknown) Type() Type { return u.Kind }

// Stored returns u as it was stored, for a codec.
func (u Unknown) Stored() eventlog.Stored {
	return eventlog.Stored{Type: u.Kind.Name, Version: u.Kind.Version, Data: []byte(u.JSON)}
}

// String says what happened, without a date.
func (u Unknown) String() string { return "unknown event " + u.Kind.String() }

func (u Unknown) apply(*Company, origin) error { return nil }

// Unknowns returns an iterator over the events of h whose type is not known.
func Unknowns(h *History) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for e := range h.Events() {
			if _, ok := e.Data.(Unknown); ok && !yield(e) {
				return
			}
		}
	}
}
