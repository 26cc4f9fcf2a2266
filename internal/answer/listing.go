package answer

import (
	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Listing is the events and whether each had happened by a day.
type Listing struct {
	On     edtf.Day  `json:"on"`
	Known  *edtf.Day `json:"known"`
	Events []Listed  `json:"events"`
}

// A Listed is an event and whether it had happened.
type Listed struct {
	Event    string              `json:"event"`
	ID       string              `json:"id"`
	Type     string              `json:"type,omitempty"`
	What     string              `json:"what"`
	When     edtf.Date           `json:"when"`
	Known    edtf.Date           `json:"known"`
	Happened edtf.Truth          `json:"happened"` // by the day asked about
	Cites    []timeline.Citation `json:"cites"`
	Note     string              `json:"note,omitempty"`
	Recorded *Recording          `json:"recorded,omitempty"` // nil if it comes from no log

	ever edtf.Truth // whether it counts by any day: not if it is corrected, or a rival is certain
}

// Had says whether an event counts by the end of day. What is left out is
// corrected, or a rival is true instead.
func (e *Listed) Had(day edtf.Day) string {
	switch {
	case e.Happened == edtf.Certain:
		return "happened"
	case e.Happened == edtf.Possible:
		return "possible"
	case e.ever == edtf.No || e.When.Latest() <= day:
		return "left out"
	}
	return "later"
}

// Events lists the events, and which of them had happened by the day.
func (q *Question) Events() *Listing {
	l := &Listing{On: q.on, Known: q.known, Events: []Listed{}}
	for e := range q.history.Events() {
		row := Listed{
			Event: e.Label(), ID: e.ID.String(), What: what(e, q.titleInTheEnd), When: e.When, Known: e.KnowledgeTime(),
			Happened: q.happened(e, q.on), Cites: citations(e), Note: e.Note, Recorded: recordingOf(e),
			ever: q.happened(e, edtf.DistantFuture),
		}
		if e.Data != nil {
			row.Type = events.TypeOf(e.Data).Name
		}
		l.Events = append(l.Events, row)
	}
	return l
}

// happened returns whether an event of the history counts by the end of day.
func (q *Question) happened(e events.Event, day edtf.Day) edtf.Truth {
	truth, _ := q.history.Happened(e.ID, day) // it is there
	return truth
}
