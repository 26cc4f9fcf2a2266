package seeds

import (
	"maps"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// plans is the plans that a file has, each with the items it names.
type plans map[string][]string

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
	if data.Get("title") != nil && data.Get("plan") != nil {
		key := data.Get("plan").Text()
		items := p[key]
		for _, item := range data.List("items") {
			items = append(items, item.Get("item").Text())
		}
		p[key] = items
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
	items := known[plan.Text()]
	// A plan that only counts what it is for names no items.
	if len(items) > 0 && !slices.Contains(items, item.Text()) {
		l.fault(item, "the plan %q has no item %q%s", plan.Text(), item.Text(), suggest(item.Text(), items))
	}
}
