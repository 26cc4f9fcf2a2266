package export

import (
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Entry is an event as it is written.
type Entry struct {
	ID      string // of the event, unique in the world
	Name    string // such as "t03-launched"
	Type    string // what kind of event it is; may be empty
	What    string // what happened, as a sentence without the date
	When    edtf.Date
	Known   edtf.Date
	Status  Status   // by the day that was asked about
	Sources []string // their keys
	Note    string
}

// A Status is whether an event counts by a day.
type Status string

// The statuses. What is left out is corrected, or a rival is true instead; what is possibly later comes
// after the day, if at all.
const (
	Happened      Status = "happened"
	Possible      Status = "possible"
	Later         Status = "later"
	PossiblyLater Status = "possibly later"
	LeftOut       Status = "left out"
)

// doubtful reports whether an event need not ever happen.
func (s Status) doubtful() bool { return s == Possible || s == PossiblyLater }

// A Describe says of an event what happened, as a sentence without the date, and what kind of event it is.
type Describe[E any] func(e timeline.Event[E]) (what, kind string)

// Entries returns the events of a history, and which of them had happened by the end of a day. If describe
// is nil, the payload is printed, and the kind left out.
func Entries[S, E any](t *timeline.Timeline[S, E], on edtf.Day, describe Describe[E]) []Entry {
	if describe == nil {
		describe = printed[E]
	}
	var all []Entry
	for e := range t.Events() {
		one := Entry{ID: e.ID.String(), Name: e.Label(), When: e.When, Known: e.KnowledgeTime(), Note: e.Note, Status: StatusOf(t, e, on)}
		one.What, one.Type = describe(e)
		for _, c := range e.Cites {
			if !slices.Contains(one.Sources, c.Source) {
				one.Sources = append(one.Sources, c.Source)
			}
		}
		all = append(all, one)
	}
	return all
}

// StatusOf returns whether an event of a history counts by the end of a day.
func StatusOf[S, E any](t *timeline.Timeline[S, E], e timeline.Event[E], on edtf.Day) Status {
	switch truth, _ := t.Happened(e.ID, on); truth { // the event is there
	case edtf.Certain:
		return Happened
	case edtf.Possible:
		return Possible
	}
	ever, _ := t.Happened(e.ID, edtf.DistantFuture)
	switch {
	case ever == edtf.No || e.When.Latest() <= on:
		return LeftOut
	case ever == edtf.Possible:
		return PossiblyLater
	}
	return Later
}

// printed prints the payload of an event.
func printed[E any](e timeline.Event[E]) (what, kind string) {
	if any(e.Data) == nil {
		return e.Label(), ""
	}
	return fmt.Sprint(e.Data), ""
}
