package seeds

import (
	"maps"
	"slices"
	"strconv"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// plans is the plans that a file has, by their keys.
type plans map[string]planned

// planned is what a file says of a plan: the things that it names, and for how many it is at least.
type planned struct {
	items   []string
	atLeast int
}

// checkPlans reports facts that carry out a plan, or an item of one, that the
// file does not have.
func (l *loader) checkPlans() {
	known := plans{}
	for e := range l.each("events") {
		known.collect(e.Get("data"))
	}
	for e := range l.each("events") {
		data := e.Get("data")
		for _, ref := range data.List("fulfils") {
			l.checkPlanItem(ref, known)
		}
		if e.Get("type").Text() == "plan.fulfilled" {
			l.checkPlanItem(data, known)
		}
		if in := data.Get("inFavourOf"); in != nil {
			l.checkPlan(in, known)
		}
	}
}

// collect adds the plans that the data of an event outlines.
func (p plans) collect(data *jsontree.Node) {
	plan, title, atLeast := data.Get("plan"), data.Get("title"), data.Get("atLeast")
	if plan != nil && (title != nil || atLeast != nil) {
		one, there := p[plan.Text()]
		for _, item := range data.List("items") {
			one.items = append(one.items, item.Get("item").Text())
		}
		if atLeast != nil {
			n, _ := strconv.Atoi(string(atLeast.Raw)) // what is no number is a fault of its own
			one.atLeast = max(one.atLeast, n)
		}
		if title != nil || there {
			p[plan.Text()] = one
		}
	}
	for _, name := range []string{"plans", "instead"} {
		for _, outline := range data.List(name) {
			p.collect(outline)
		}
	}
}

func (l *loader) checkPlan(n *jsontree.Node, known plans) bool {
	key := n.Text()
	if _, ok := known[key]; ok || key == "" {
		return ok
	}
	l.fault(n, "there is no plan %q%s", key, suggest(key, slices.Sorted(maps.Keys(known))))
	return false
}

func (l *loader) checkPlanItem(ref *jsontree.Node, known plans) {
	plan, item := ref.Get("plan"), ref.Get("item")
	if plan == nil || !l.checkPlan(plan, known) || item == nil || item.Text() == "" {
		return
	}
	p := known[plan.Text()]
	// A plan that only counts what it is for names no items, and one for more than it names is for any other.
	if len(p.items) > 0 && p.atLeast <= len(p.items) && !slices.Contains(p.items, item.Text()) {
		l.fault(item, "the plan %q has no item %q%s", plan.Text(), item.Text(), suggest(item.Text(), p.items))
	}
}
