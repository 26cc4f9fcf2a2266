package seeds

import (
	"errors"
	"slices"
	"sort"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A place is where an event stands.
type place struct {
	in   *document
	node *jsontree.Node
}

// faultOf reports a fault of an event.
func (l *loader) faultOf(p place, format string, args ...any) {
	l.in = p.in
	l.fault(p.node, format, args...)
}

// build makes the timeline of a form that has no faults of its own.
func (l *loader) build(form *HistoryForm) *File {
	file := &File{
		Title:     form.Title,
		Namespace: uuid.NewSHA1(uuid.NameSpaceURL, []byte(form.Namespace)),
		Sources:   form.Sources,
	}
	if len(l.faults) > 0 {
		return nil // decoding found one
	}
	places := map[uuid.UUID]place{}
	all := make([]events.Event, 0, len(form.Events))
	for node := range l.each("events") {
		e, err := file.event(&form.Events[len(all)], len(all))
		if err != nil {
			l.fault(node, "%v", err)
		}
		all, places[e.ID] = append(all, e), place{l.in, node}
	}
	if len(l.faults) > 0 {
		return nil
	}
	l.in = l.documents[0]
	history := l.history(all, places)
	l.checkOthers(all, places)
	if len(l.faults) > 0 {
		return nil
	}
	file.Timeline = history.Covering(form.coverage()...)
	return file
}

// history makes the timeline of events, in the order that their kinds imply unless that
// contradicts what they say, and reports what it refuses at the places of the events.
func (l *loader) history(all []events.Event, places map[uuid.UUID]place) *events.History {
	history, err := ordered(all)
	var faults timeline.Faults
	var refused *timeline.FoldError
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			l.faultOf(places[f.ID], "%v", f.Err)
		}
	case errors.As(err, &refused):
		l.reportRefused(all, places)
	case err != nil:
		l.fault(l.in.root, "%v", err)
	}
	return history
}

// ordered makes the timeline of events in the order that their kinds imply. Where that contradicts what
// they say, those that come before and after each other there are in no order but their own.
func ordered(all []events.Event) (*events.History, error) {
	implied := events.Ordered(all...)
	for {
		history, err := timeline.New(events.Fold, implied...)
		var faults timeline.Faults
		if !errors.As(err, &faults) {
			return history, err
		}
		linked := linkedTo(faults, implied)
		freed := false
		for n := range implied {
			if len(implied[n].After) > len(all[n].After) && linked[all[n].ID] {
				implied[n].After, freed = all[n].After, true
			}
		}
		if !freed {
			return history, err // they contradict each other by themselves
		}
	}
}

// linkedTo returns the events that come before or after those with faults, directly or through others, and these.
func linkedTo(faults timeline.Faults, all []events.Event) map[uuid.UUID]bool {
	next := map[uuid.UUID][]uuid.UUID{}
	for _, e := range all {
		for _, id := range e.After {
			next[id], next[e.ID] = append(next[id], e.ID), append(next[e.ID], id)
		}
	}
	found := map[uuid.UUID]bool{}
	var todo []uuid.UUID
	for _, f := range faults {
		todo = append(todo, f.ID)
	}
	for ; len(todo) > 0; todo = todo[1:] {
		if id := todo[0]; !found[id] {
			found[id] = true
			todo = append(todo, next[id]...)
		}
	}
	return found
}

// checkOthers reports the events that contradict themselves and that the baseline does not have, such as
// rivals and what is corrected.
func (l *loader) checkOthers(all []events.Event, places map[uuid.UUID]place) {
	for _, e := range all {
		p := places[e.ID]
		reported := func(f Fault) bool { return f.File == p.in.name && f.Pointer == p.node.Pointer }
		if _, err := events.Fold(events.Company{}, e); err != nil && !slices.ContainsFunc(l.faults, reported) {
			l.faultOf(p, "%s: %v", e.Name, err)
		}
	}
}

// reportRefused reports every event that the fold refuses. One that is refused
// changes nothing, so that the others can be looked at.
func (l *loader) reportRefused(all []events.Event, places map[uuid.UUID]place) {
	type refusal struct {
		event  events.Event
		reason error
	}
	var refused []refusal
	history, err := timeline.New(func(c events.Company, e events.Event) (events.Company, error) {
		next, err := events.Fold(c, e)
		if err != nil {
			refused = append(refused, refusal{e, err})
			return c, nil
		}
		return next, nil
	}, all...)
	if err != nil {
		l.fault(l.in.root, "%v", err) // nothing is refused
	}
	for _, r := range refused {
		l.faultOf(places[r.event.ID], "%s, on %v: %v", r.event.Name, foldedOn(history, r.event), r.reason)
	}
}

// foldedOn returns the day on which the baseline has an event: the first by which
// it has happened for certain or, if another may be true in its place, the last of
// its window.
func foldedOn(h *events.History, e events.Event) edtf.Day {
	first, last := e.When.Bounds()
	days := int(int64(last) - int64(first))
	n := sort.Search(days, func(n int) bool {
		truth, _ := h.Happened(e.ID, first+edtf.Day(n))
		return truth == edtf.Certain
	})
	return first + edtf.Day(n)
}

// event makes the event of a form; n is its place in the file.
func (f *File) event(form *EventForm, n int) (events.Event, error) {
	e := events.Event{
		ID: f.EventID(form.Slug), Name: form.Slug, Seq: int64(n) + 1,
		When: form.When, Known: form.Known, Note: form.Note,
		Rival: form.Rival, Rank: form.Rank, Cites: form.Cites,
	}
	for _, slug := range form.Replaces {
		e.Replaces = append(e.Replaces, f.EventID(slug))
	}
	for _, slug := range form.After {
		e.After = append(e.After, f.EventID(slug))
	}
	if form.Type == "" {
		e.Retraction = true
		return e, nil
	}
	var err error
	e.Data, err = events.Codec().Decode(eventlog.Stored{Type: form.Type, Version: form.Version, Data: form.Data})
	return e, err
}
