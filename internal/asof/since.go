package asof

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// since is what -since says.
type Since struct {
	From    Point           `json:"from"`
	To      Point           `json:"to"`
	Changes []Difference    `json:"changes"`
	Patch   json.RawMessage `json:"patch"` // the same as a JSON Patch (RFC 6902)
	Remarks []string        `json:"remarks"`
}

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
	Kind       string            `json:"kind"` // happened, learned, corrected, or calendar: by the days alone
	Because    []Mention         `json:"because"`
}

// diff tells what changed since a day.
func (q *Question) diff() (*Since, error) {
	known := *q.since
	if q.known != nil {
		known = min(known, *q.known)
	}
	from, to := timeline.On(*q.since).KnownOn(known), timeline.On(q.on)
	d := &Since{From: Point{*q.since, &known}, To: Point{q.on, q.known}, Changes: []Difference{}, Remarks: q.allRemarks(nil)}
	d.Remarks = append(d.Remarks, fmt.Sprintf("Compared with what could be known by the end of %v.", known))
	all, err := timeline.Diff(q.history, from, to)
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range all {
		one := Difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), mentionsOf(x.Because)}
		before := func(e events.Event) bool { return e.When.Latest() <= *q.since }
		if x.Kind == timeline.Happened && !slices.ContainsFunc(x.Because, func(e events.Event) bool { return !before(e) }) {
			one.Kind = "calendar"
		}
		d.Changes = append(d.Changes, one)
	}
	return d, nil
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
