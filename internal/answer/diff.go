package answer

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

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

	titles words.Titler
}

// Place names what differs: "the share of Stellantis".
func (x *Difference) Place() string { return x.titles.Place(SplitPointer(x.Path)) }

// Claim says what is so at the second point: "The plan “T03 in Israel” is overdue, and was
// due."
func (x *Difference) Claim() string {
	steps := SplitPointer(x.Path)
	said := x.titles.Says(steps, append([]json.RawMessage{x.To}, x.ToOthers...)...).Is()
	if x.From != nil && x.To != nil && len(x.FromOthers) == 0 && !isObject(x.From) {
		said += ", and was " + words.Value(fieldOf(x.Path), x.From)
	}
	return Sentence(said)
}

// Summary says how much changed.
func (d *Diff) Summary() string {
	events := map[string]bool{}
	for _, x := range d.Changes {
		for _, m := range x.Because {
			events[m.Event] = true
		}
	}
	between := fmt.Sprintf("the end of %s and the end of %s", words.Day(d.From.On), words.Day(d.To.On))
	switch n := len(events); {
	case len(d.Changes) == 0:
		return "Nothing that is recorded changed between " + between + "."
	case n == 0:
		return "No event changed anything between " + between + ", but the calendar did."
	case n == 1:
		return "1 event changed what is recorded, between " + between + "."
	default:
		return fmt.Sprintf("%d events changed what is recorded, between %s.", n, between)
	}
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
	named := q.knowing(d.From.Known)
	if d.From.Known != nil {
		d.Remarks = append(d.Remarks, fmt.Sprintf("Compared with what could be known by the end of %s.", words.Day(*d.From.Known)))
	}
	all, err := history.Diff(d.From.point(), to)
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range entries(all) {
		one := Difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), named.refsOf(x.Because), named.titles()}
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

// knowing returns q if it knows what was known by a day, or by all days if it is nil; else a question that does.
func (q *Question) knowing(known *edtf.Day) *Question {
	if q.known == nil || known != nil && *known <= *q.known {
		return q
	}
	other := *q
	if other.known, other.history = known, q.all; known != nil {
		other.history = q.all.KnownOn(*known)
	}
	return &other
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
	field := fieldOf(x.Path)
	from := Alternatives(field, append([]json.RawMessage{x.From}, x.FromOthers...))
	to := Alternatives(field, append([]json.RawMessage{x.To}, x.ToOthers...))
	switch {
	case from == to: // what differs is left out of the words
		return string(x.From) + ", now " + string(x.To)
	case from == words.Nothing:
		return to
	case isObject(x.From) && isObject(x.To) && len(x.FromOthers)+len(x.ToOthers) == 0:
		return memberChanges(x.From, x.To)
	case len(x.ToOthers) == 0 && slices.ContainsFunc(append(x.FromOthers, x.From), func(v json.RawMessage) bool { return string(v) == string(x.To) }):
		return to + ", now certain"
	}
	return from + ", now " + to
}
