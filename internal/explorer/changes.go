package explorer

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// changes are what differs between two days.
type changes struct {
	Since  string // the day compared with
	Title  string
	Groups []changeGroup
	Close  string // the address without them
	More   int
	was    map[string]string // by path, what there was on the day compared with, or will be
}

// A changeGroup is what one thing changed.
type changeGroup struct {
	Kind   string
	Events []eventRef
	Items  []changeItem
}

// An eventRef is an event that is named, and its address.
type eventRef struct {
	answer.EventRef
	Link string
	Rank string // empty if it is normal
}

type changeItem struct{ Place, Why, Text string }

// maxChanges is how many changes are listed.
const maxChanges = 200

// kinds are those of changes, in their order.
var kinds = []struct{ key, title string }{
	{"happened", "Happened"},
	{"learned", "Became known"},
	{"corrected", "Corrected"},
	{"calendar", "By the calendar alone"},
	{"unknown", "Not known yet"},
}

// changes returns what differs from the position one comes from; nil if there is
// none.
func (v *view) changes() (*changes, error) {
	if v.since == nil || *v.since == v.here {
		return nil, nil
	}
	from, to := *v.since, v.here
	c := &changes{was: map[string]string{}, Since: from.on.String(), Title: titleOf(from, to), Close: step("since", "", "then", "")}
	back := from.compare(to) > 0
	if back {
		from, to = to, from
	}
	q, err := v.ed.ask(answer.Query{On: to.on.String(), Known: to.knownText(), Since: from.on.String(), SinceKnown: from.then(), According: v.source})
	if err != nil {
		return nil, err
	}
	d, err := q.Diff()
	if err != nil {
		return nil, err
	}
	for n := range d.Changes {
		x := &d.Changes[n]
		c.was[x.Path] = "was " + orNothing(x.Path, x.From)
		if back {
			c.was[x.Path] = "then " + orNothing(x.Path, x.To)
		}
		if n >= maxChanges {
			c.More++
			continue
		}
		c.add(v, x)
	}
	if len(c.Groups) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(c.Groups, func(a, b changeGroup) int {
		return cmp.Or(cmp.Compare(kindOrder(a.Kind), kindOrder(b.Kind)), cmp.Compare(firstDay(a), firstDay(b)))
	})
	for n := range slices.Backward(c.Groups) { // each kind is named once
		if n > 0 && c.Groups[n].Kind == c.Groups[n-1].Kind {
			c.Groups[n].Kind = ""
		}
	}
	return c, nil
}

// orNothing returns the value at a path in English.
func orNothing(path string, value json.RawMessage) string {
	if value == nil {
		return words.Nothing
	}
	return worded(lastStep(path), value)
}

// titleOf says between which positions there are changes.
func titleOf(from, to position) string {
	known := ", with all that is known"
	if from.knownText() != "" {
		known = ", as known on " + words.Day(from.known)
	}
	back := from.compare(to) > 0
	switch {
	case from.on == to.on && !back:
		return "Learned since " + words.Day(from.known)
	case from.on == to.on && from.knownText() == "":
		return "Not known yet on " + words.Day(to.known)
	case from.on == to.on:
		return "Not known yet, but by " + words.Day(from.known)
	case from.known == to.known:
		known = ""
	}
	if back {
		return "Not so yet, but by " + words.Day(from.on) + known
	}
	return "Changed since " + words.Day(from.on) + known
}

func kindOrder(title string) int {
	for n, k := range kinds {
		if k.title == title {
			return n
		}
	}
	return len(kinds)
}

func firstDay(g changeGroup) edtf.Day {
	if len(g.Events) == 0 {
		return edtf.DistantPast
	}
	return g.Events[0].When.Latest()
}

// add adds a change to those with the same causes.
func (c *changes) add(v *view, x *answer.Difference) {
	kind := x.Kind
	for _, k := range kinds {
		if k.key == x.Kind {
			kind = k.title
		}
	}
	refs := v.refs(x.Because)
	item := changeItem{answer.Capital(x.Place()), whyLink(x.Path), x.Text()}
	same := func(g changeGroup) bool {
		return g.Kind == kind && slices.EqualFunc(g.Events, refs, func(a, b eventRef) bool { return a.Event == b.Event })
	}
	if n := slices.IndexFunc(c.Groups, same); n >= 0 {
		c.Groups[n].Items = append(c.Groups[n].Items, item)
		return
	}
	c.Groups = append(c.Groups, changeGroup{kind, refs, []changeItem{item}})
}

func (v *view) refs(events []answer.EventRef) []eventRef {
	var refs []eventRef
	for _, m := range events {
		refs = append(refs, eventRef{EventRef: m, Link: eventLink(m.Event)})
	}
	return refs
}
