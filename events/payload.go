package events

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A Payload says what happened. [Prototypes] lists the types, of which [TypeOf] tells the
// stored name; what has none of them is an [Unknown].
type Payload interface {
	// String returns what happened as a short sentence, without the date.
	String() string
	// Scope returns the parts of a company that the event reads or changes, as
	// [timeline.Scoped] asks.
	Scope() []string

	// apply changes c, which is a copy, to what follows. It must only replace
	// what c holds, never reach into it.
	apply(c *Company, o origin)
}

// A checked payload can contradict itself.
type checked interface{ check() error }

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
	if p, ok := e.Data.(checked); ok {
		if err := p.check(); err != nil {
			return c, err
		}
	}
	e.Data.apply(&c, origin{e.Label(), e.When, e.Seq})
	return c, nil
}

// Unknown is a payload whose type this version of the package does not know.
// It is kept as it is and folded as nothing.
type Unknown struct {
	Kind Type   // as it was stored
	JSON string // the stored data
}

// Stored returns u as it was stored, for a codec.
func (u Unknown) Stored() eventlog.Stored {
	return eventlog.Stored{Type: u.Kind.Name, Version: u.Kind.Version, Data: []byte(u.JSON)}
}

func (u Unknown) String() string { return "unknown event " + u.Kind.String() }

func (u Unknown) apply(*Company, origin) {}

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
