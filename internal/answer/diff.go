package answer

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Diff is how two points of a history differ.
type Diff struct {
	From    Point           `json:"from"`
	To      Point           `json:"to"`
	Changes []Difference    `json:"changes"`
	Patch   json.RawMessage `json:"patch"` // the same as a JSON Patch (RFC 6902)
	Remarks []string        `json:"remarks"`
}

// A Point is a day, and by the end of which other it could be known.
type Point struct {
	On    edtf.Day  `json:"on"`
	Known *edtf.Day `json:"known"` // null if all is known
}

// A Difference is a value of the state that differs.
type Difference struct {
	Path       string            `json:"path"`
	From       json.RawMessage   `json:"from"` // null if there is none
	To         json.RawMessage   `json:"to"`
	FromOthers []json.RawMessage `json:"fromOthers"` // what else was possible
	ToOthers   []json.RawMessage `json:"toOthers"`
	Kind       string            `json:"kind"` // happened, learned, corrected, calendar: by the days alone, or unknown: at the second point it is not known yet
	Because    []EventRef        `json:"because"`
}

// point returns p for the engine.
func (p Point) point() timeline.Point {
	if p.Known == nil {
		return timeline.On(p.On)
	}
	return timeline.On(p.On).KnownOn(*p.Known)
}

// diff says what changed since the point to compare with.
func (q *Question) diff() (*Diff, error) {
	d := &Diff{From: *q.since, To: Point{q.on, q.known}, Changes: []Difference{}, Remarks: q.allRemarks(timeline.Caveats[events.Payload]{})}
	history, to := q.history, timeline.On(q.on)
	if q.known != nil && (d.From.Known == nil || *d.From.Known > *q.known) {
		history, to = q.all, d.To.point() // the view does not have all of it
	}
	if d.From.Known != nil {
		d.Remarks = append(d.Remarks, fmt.Sprintf("Compared with what could be known by the end of %v.", *d.From.Known))
	}
	all, err := history.Diff(d.From.point(), to)
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range entries(all) {
		one := Difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), refsOf(x.Because)}
		before := func(e events.Event) bool { return e.When.Latest() <= q.since.On }
		switch {
		case history == q.all && q.known != nil && slices.ContainsFunc(x.Because, q.isHidden):
			one.Kind = "unknown"
		case x.Kind == timeline.KindHappened && !slices.ContainsFunc(x.Because, func(e events.Event) bool { return !before(e) }):
			one.Kind = "calendar"
		}
		d.Changes = append(d.Changes, one)
	}
	return d, nil
}

// isHidden reports whether an event is not known for certain to q.
func (q *Question) isHidden(e events.Event) bool {
	known := e.Known
	if known.IsZero() {
		known = e.When
	}
	return known.Latest() > *q.known
}

// Text describes a change: "nothing, now 20".
func (x *Difference) Text() string {
	from := Alternatives(append([]json.RawMessage{x.From}, x.FromOthers...))
	to := Alternatives(append([]json.RawMessage{x.To}, x.ToOthers...))
	switch {
	case from == to: // what differs is left out of the words
		return string(x.From) + ", now " + string(x.To)
	case from == "nothing":
		return to
	case isObject(x.From) && isObject(x.To) && len(x.FromOthers)+len(x.ToOthers) == 0:
		return memberChanges(x.From, x.To)
	case len(x.ToOthers) == 0 && slices.ContainsFunc(append(x.FromOthers, x.From), func(v json.RawMessage) bool { return string(v) == string(x.To) }):
		return to + ", now certain"
	}
	return from + ", now " + to
}
