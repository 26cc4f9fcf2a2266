package asof

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Since is how two points of a history differ.
type Since struct {
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
	Because    []Mention         `json:"because"`
}

// point returns p for the engine.
func (p Point) point() timeline.Point {
	if p.Known == nil {
		return timeline.On(p.On)
	}
	return timeline.On(p.On).KnownOn(*p.Known)
}

// diff tells what changed since the point to compare with.
func (q *Question) diff() (*Since, error) {
	d := &Since{From: *q.since, To: Point{q.on, q.known}, Changes: []Difference{}, Remarks: q.allRemarks(nil)}
	c := comparison{q.history, d.From.point(), timeline.On(q.on)}
	if q.known != nil && (d.From.Known == nil || *d.From.Known > *q.known) {
		c.history, c.to = q.all, d.To.point() // the view does not have all of it
	}
	if d.From.Known != nil {
		d.Remarks = append(d.Remarks, fmt.Sprintf("Compared with what could be known by the end of %v.", *d.From.Known))
	}
	diff := c.together
	if c.history.Len() > manyEvents {
		diff = c.apart
	}
	all, err := diff()
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range all {
		one := Difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), mentionsOf(x.Because)}
		before := func(e events.Event) bool { return e.When.Latest() <= q.since.On }
		switch {
		case c.history == q.all && q.known != nil && slices.ContainsFunc(x.Because, q.isHidden):
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

// A comparison is that of a history at two points.
type comparison struct {
	history  *events.History
	from, to timeline.Point
}

// together compares the whole states. What changed by the days alone it would
// put down to some event of those days, so that of such a part it asks by itself.
func (c comparison) together() ([]timeline.Difference[events.Payload], error) {
	all, err := timeline.Diff(c.history, c.from, c.to)
	for n := range all {
		d := &all[n]
		parts := events.Parts(SplitPointer(d.Path)...)
		touches := func(e events.Event) bool {
			return e.Data == nil || slices.ContainsFunc(e.Data.Scope(), func(part string) bool { return slices.Contains(parts, part) })
		}
		if len(parts) == 0 || slices.ContainsFunc(d.Because, touches) {
			continue
		}
		alone, err := timeline.Diff(c.history.About(parts...), c.from, c.to)
		if err != nil {
			return nil, err
		}
		if m := slices.IndexFunc(alone, func(a timeline.Difference[events.Payload]) bool { return a.Path == d.Path }); m >= 0 {
			d.Kind, d.Because = alone[m].Kind, alone[m].Because
		}
	}
	return all, err
}

// apart compares part by part, those that may differ. That costs less, and
// leaves out what changed of the lists of platforms.
func (c comparison) apart() ([]timeline.Difference[events.Payload], error) {
	all := []timeline.Difference[events.Payload]{}
	for part := range c.changing() {
		found, err := timeline.Diff(c.history.About(part), c.from, c.to)
		if err != nil {
			return nil, err
		}
		for _, d := range entries(found) {
			if slices.Equal(events.Parts(SplitPointer(d.Path)...), []string{part}) {
				all = append(all, d)
			}
		}
	}
	slices.SortFunc(all, func(a, b timeline.Difference[events.Payload]) int { return cmp.Compare(a.Path, b.Path) })
	return all, nil
}

// entries returns differences with those of whole sections, which there were
// none of before or are none of after, as those of their entries.
func entries(all []timeline.Difference[events.Payload]) []timeline.Difference[events.Payload] {
	var found []timeline.Difference[events.Payload]
	for _, d := range all {
		if strings.Count(d.Path, "/") > 1 || len(events.Parts(SplitPointer(d.Path)...)) > 0 {
			found = append(found, d)
			continue
		}
		sections := [][]json.RawMessage{{d.From}, {d.To}, d.FromOthers, d.ToOthers}
		var names []string
		for _, values := range sections {
			for _, v := range values {
				names = append(names, slices.Collect(maps.Keys(members(v)))...)
			}
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			one := timeline.Difference[events.Payload]{Path: d.Path + "/" + jsontree.Escape(name), Kind: d.Kind, Because: d.Because}
			one.From, one.To = members(d.From)[name], members(d.To)[name]
			for _, v := range d.FromOthers {
				one.FromOthers = append(one.FromOthers, members(v)[name])
			}
			for _, v := range d.ToOthers {
				one.ToOthers = append(one.ToOthers, members(v)[name])
			}
			if !slices.Equal(distinct(one.From, one.FromOthers), distinct(one.To, one.ToOthers)) {
				found = append(found, one)
			}
		}
	}
	return found
}

// distinct returns a value and the others there may be, each once, as text: the
// value first.
func distinct(v json.RawMessage, others []json.RawMessage) []string {
	var all []string
	for _, o := range others {
		if string(o) != string(v) {
			all = append(all, string(o))
		}
	}
	slices.Sort(all)
	return append([]string{string(v)}, slices.Compact(all)...)
}

// members returns those of an object in JSON; none of anything else.
func members(v json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(v, &m) // what is no object has none
	return m
}

// changing returns the parts of the state that may differ between the points:
// those of events that may have happened or become known between them, of what
// these correct and of their rivals, and of plans that fall due.
func (c comparison) changing() map[string]bool {
	parts := map[string]bool{}
	add := func(e events.Event) {
		if e.Data != nil {
			for _, part := range e.Data.Scope() {
				parts[part] = true
			}
		}
	}
	first, knownFirst := c.from.Days()
	last, knownLast := c.to.Days()
	between := func(d edtf.Date) bool { return d.Earliest() <= last && d.Latest() >= first }
	rivals, changing := map[string]bool{}, map[uuid.UUID]bool{}
	for e := range c.history.Events() {
		due := slices.ContainsFunc(windowsOf(e.Data), func(w edtf.Date) bool {
			return !w.IsZero() && (between(w.Earliest().Date()) || between((w.Latest() + 1).Date()))
		})
		known := e.Known
		if known.IsZero() {
			known = e.When
		}
		learned := (e.When.Earliest() <= last || e.Rival != "" || len(e.Replaces) > 0) && known.Earliest() <= max(knownFirst, knownLast) && known.Latest() >= min(knownFirst, knownLast)
		if !due && !between(e.When) && !learned {
			continue
		}
		add(e)
		changing[e.ID] = true
		rivals[e.Rival] = e.Rival != ""
		for _, id := range e.Replaces {
			if r, ok := c.history.ByID(id); ok {
				add(r)
				changing[r.ID] = true
				rivals[r.Rival] = r.Rival != ""
			}
		}
	}
	for e := range c.history.Events() {
		if rivals[e.Rival] {
			add(e)
		}
		for _, id := range e.After { // either may limit the days of the other
			if before, ok := c.history.ByID(id); ok && (changing[id] || changing[e.ID]) {
				add(before)
				add(e)
			}
		}
	}
	return parts
}

// writeSince lists changes by what brought them about.
func writeSince(p *page, d *Since) {
	if len(d.Changes) == 0 {
		fmt.Fprint(p, "\nNothing that is recorded changed.\n")
	}
	for _, kind := range []struct{ name, title string }{
		{"happened", "Happened"}, {"learned", "Became known"}, {"corrected", "Corrected"}, {"calendar", "By the calendar alone"},
	} {
		var keys []string
		groups := map[string][]Difference{}
		for _, x := range d.Changes {
			if x.Kind != kind.name {
				continue
			}
			key := ""
			for _, m := range x.Because {
				key += m.Event + " "
			}
			if groups[key] == nil {
				keys = append(keys, key)
			}
			groups[key] = append(groups[key], x)
		}
		if len(keys) == 0 {
			continue
		}
		slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(firstDay(groups[a]), firstDay(groups[b])) })
		fmt.Fprintf(p, "\n%s\n", p.style("1", strings.ToUpper(kind.title)))
		for _, key := range keys {
			for _, m := range groups[key][0].Because {
				p.mention(2, m)
			}
			for _, x := range groups[key] {
				p.paragraph(6, x.Path, ": "+x.Text())
			}
		}
	}
}

func firstDay(ds []Difference) edtf.Day {
	if len(ds[0].Because) == 0 {
		return edtf.DistantPast
	}
	return ds[0].Because[0].When.Latest()
}

// Text tells a change: "nothing, now 20".
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
