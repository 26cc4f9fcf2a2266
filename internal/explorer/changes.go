package explorer

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/asof"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// changes are what differs between two days.
type changes struct {
	Title  string
	Groups []changeGroup
	More   int
	paths  []string
}

// A changeGroup is what one thing changed.
type changeGroup struct {
	Kind   string
	Events []eventRef
	Items  []changeItem
}

// An eventRef is an event that is named, and where it is told.
type eventRef struct {
	asof.Mention
	Link string
	Rank string // empty if it is normal
}

type changeItem struct{ Path, Why, Text string }

// maxChanges is how many changes are listed.
const maxChanges = 200

// kinds are those of changes, in their order.
var kinds = []struct{ key, title string }{
	{"happened", "Happened"},
	{"learned", "Became known"},
	{"corrected", "Corrected"},
	{"calendar", "By the calendar alone"},
}

// changes returns what differs from the day one comes from; nil if there is
// none.
func (v *view) changes() (*changes, error) {
	if v.since == nil || *v.since == v.on {
		return nil, nil
	}
	from, to := *v.since, v.on
	c := &changes{Title: fmt.Sprintf("Changed since %v", from)}
	if from > to {
		from, to = to, from
		c.Title = fmt.Sprintf("Not yet so, but by %v", to)
	}
	q, err := v.ed.ask(asof.Terms{On: to.String(), Since: from.String(), Known: v.known, According: v.source})
	if err != nil {
		return nil, err
	}
	d, err := q.Diff()
	if err != nil {
		return nil, err
	}
	for n := range d.Changes {
		x := &d.Changes[n]
		c.paths = append(c.paths, x.Path)
		if n >= maxChanges {
			c.More++
			continue
		}
		c.add(v, x)
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
func (c *changes) add(v *view, x *asof.Difference) {
	kind := x.Kind
	for _, k := range kinds {
		if k.key == x.Kind {
			kind = k.title
		}
	}
	refs := v.refs(x.Because)
	item := changeItem{x.Path, v.whyLink(x.Path), x.Text()}
	same := func(g changeGroup) bool {
		return g.Kind == kind && slices.EqualFunc(g.Events, refs, func(a, b eventRef) bool { return a.Event == b.Event })
	}
	if n := slices.IndexFunc(c.Groups, same); n >= 0 {
		c.Groups[n].Items = append(c.Groups[n].Items, item)
		return
	}
	c.Groups = append(c.Groups, changeGroup{kind, refs, []changeItem{item}})
}

func (v *view) refs(mentions []asof.Mention) []eventRef {
	var refs []eventRef
	for _, m := range mentions {
		refs = append(refs, eventRef{Mention: m, Link: v.eventLink(m.Event)})
	}
	return refs
}
