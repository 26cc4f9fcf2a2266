package answer

import (
	"iter"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// addresses returns the pointers of all values that there ever certainly are,
// of those that are possible on the last day on which an event may happen, and of
// those that there would be if a disputed event were true.
func addresses(h *events.History) []string {
	found := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		found[path] = true
		switch x := v.(type) {
		case map[string]any:
			for name, member := range x {
				walk(path+"/"+jsontree.Escape(name), member)
			}
		case []any:
			for n, item := range x {
				walk(path+"/"+strconv.Itoa(n), item)
			}
		}
	}
	for day, state := range statesApart(h) {
		walk("", document(state, day))
	}
	walk("", document(h.At(edtf.DistantFuture).State, edtf.DistantFuture)) // lists that rest on several parts
	for e := range disputed(h) {
		against := func(o events.Event) bool {
			return o.ID != e.ID && (e.Rival != "" && o.Rival == e.Rival || slices.Contains(o.Replaces, e.ID))
		}
		day, about := e.When.Latest(), about(h, e.Data.Scope()...)
		walk("", document(about.Where(func(o events.Event) bool { return !against(o) }).At(day).State, day))
	}
	var paths []string
	for path := range found {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// statesApart returns, on the last day of each event, the state of what it has to
// do with. That is less to look at.
func statesApart(h *events.History) iter.Seq2[edtf.Day, events.Company] {
	return func(yield func(edtf.Day, events.Company) bool) {
		for e := range h.Events() {
			day := e.When.Latest()
			if e.Data != nil && !yield(day, about(h, e.Data.Scope()...).At(day).State) {
				return
			}
		}
	}
}

// maxDisputed is how many disputed events are looked at.
const maxDisputed = 200

// disputed returns the events that have rivals or are corrected, not more
// than are looked at.
func disputed(h *events.History) iter.Seq[events.Event] {
	return func(yield func(events.Event) bool) {
		replaced := map[uuid.UUID]bool{}
		for e := range h.Events() {
			for _, id := range e.Replaces {
				replaced[id] = true
			}
		}
		n := 0
		for e := range h.Events() {
			if e.Data == nil || e.Rival == "" && !replaced[e.ID] {
				continue
			}
			if n++; n > maxDisputed || !yield(e) {
				return
			}
		}
	}
}

// eventDays returns the last days of all events.
func eventDays(h *events.History) map[edtf.Day]bool {
	days := map[edtf.Day]bool{}
	for e := range h.Events() {
		days[e.When.Latest()] = true
	}
	return days
}

// about returns h about some parts, if there are any such, or as it is.
func about(h *events.History, parts ...string) *events.History {
	if narrow, err := h.About(parts...); err == nil {
		return narrow
	}
	return h
}
