package asof

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// course is what -track says.
type Course struct {
	Known   *edtf.Day `json:"known"`
	Path    string    `json:"path"`
	Changes []Turn    `json:"changes"`
	Remarks []string  `json:"remarks"`
}

// A Turn is a value that came to be, or several of which one did.
type Turn struct {
	Values    []json.RawMessage `json:"values"`    // that of the state first; null if there is none
	From      *edtf.Date        `json:"from"`      // null for the first
	Until     *edtf.Date        `json:"until"`     // null for the last
	Because   []Mention         `json:"because"`   // none if time alone made it so
	Undecided bool              `json:"undecided"` // which value it is, or the order of events

	from edtf.Date
}

// track follows the value at an address.
func (q *Question) track(a address) *Course {
	c := &Course{Known: q.known, Path: a.Path, Changes: []Turn{}, Remarks: append([]string{}, q.remarks...)}
	for x := range q.changes(a) {
		c.Changes = append(c.Changes, Turn{
			Values: values(append([]string{x.Value}, x.Others...)), From: orNull(x.From), Until: orNull(x.Until),
			Because: mentionsOf(x.Because), Undecided: x.Undecided || len(x.Others) > 0, from: x.From,
		})
	}
	if !q.history.Coverage().Horizon.IsZero() {
		c.Remarks = append(c.Remarks, q.horizonRemark())
	}
	return c
}

// changes returns the track of a value. What changes with the days alone is
// looked up on the days on which plans fall due.
func (q *Question) changes(a address) iter.Seq[timeline.Change[string, events.Payload]] {
	history := a.about(q.history)
	if !a.dated() {
		return timeline.Track(history, a.pick(edtf.DistantFuture))
	}
	// Whatever events change shows before or after everything has fallen due.
	always := func(c events.Company) string {
		return a.pick(edtf.MinDay)(c) + a.pick(edtf.DistantFuture)(c)
	}
	turns := PlanDays(history)
	var all []timeline.Change[string, events.Payload]
	add := func(x timeline.Change[string, events.Payload], day edtf.Day) {
		x.Value = a.pick(day)(history.At(day).State)
		x.Others = slices.DeleteFunc(timeline.Ask(history, day, a.pick(day)).Values(), func(v string) bool { return v == x.Value })
		if n := len(all) - 1; n >= 0 {
			if all[n].Value == x.Value && slices.Equal(all[n].Others, x.Others) {
				return
			}
			all[n].Until = x.From
		}
		all = append(all, x)
	}
	for x := range timeline.Track(history, always) {
		first, until := edtf.MinDay, edtf.DistantFuture
		if !x.From.IsZero() {
			first = x.From.Latest()
		}
		if !x.Until.IsZero() {
			until = x.Until.Earliest()
		}
		x.Until = edtf.Date{}
		add(x, first)
		for _, day := range turns {
			if first < day && day < until {
				add(timeline.Change[string, events.Payload]{From: day.Date(), Undecided: x.Undecided}, day)
			}
		}
	}
	return slices.Values(all)
}

// PlanDays returns the days on which the window of a plan opens or is over, of
// any that an event gives to a plan.
func PlanDays(h *events.History) []edtf.Day {
	var days []edtf.Day
	for e := range h.Events() {
		for _, window := range windowsOf(e.Data) {
			if !window.IsZero() {
				days = append(days, window.Earliest(), window.Latest()+1)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// windowsOf returns the windows that an event gives to plans.
func windowsOf(p events.Payload) []edtf.Date {
	var windows []edtf.Date
	switch p := p.(type) {
	case events.PlanConsidered:
		windows = append(windows, p.Window)
	case events.PlanAnnounced:
		windows = append(windows, p.Window)
	case events.PlanMoved:
		windows = append(windows, p.Window)
	case events.PlansAnnounced:
		for plan := range p.Plans.All() {
			windows = append(windows, plan.Window)
		}
	case events.PlanDropped:
		for plan := range p.Instead.All() {
			windows = append(windows, plan.Window)
		}
	}
	return windows
}

func writeTrack(p *page, c *Course) {
	var rows [][]string
	shown := map[string]bool{} // the events told of since the last certain value
	var before json.RawMessage // the first value of the row above
	for n, t := range c.Changes {
		from := Said(t.from)
		if t.from.IsZero() {
			from = "at first"
		}
		var because, words []string
		for _, m := range t.Because {
			if !shown[m.Event] {
				because = append(because, m.What+" ["+m.source()+"]")
			}
			shown[m.Event] = true
		}
		switch {
		case len(t.Values) > 1 && len(because) == 0:
			because = []string{"undecided"}
		case len(t.Values) > 1:
			because[0] = "undecided: " + because[0]
		case len(t.Because) == 0 && n > 0:
			because = []string{"by the calendar alone"}
		case len(because) == 0 && n > 0:
			because = []string{"settled"}
		}
		if len(t.Values) == 1 {
			clear(shown)
		}
		if isObject(t.Values[0]) && isObject(before) {
			words = objectWords(before, t.Values)
		} else {
			for _, v := range t.Values {
				words = append(words, Plain(v))
			}
			words = []string{strings.Join(words, " or ")}
		}
		before = t.Values[0]
		rows = append(rows, []string{from, shorten(strings.Join(words, "; ")), strings.Join(because, "; ")})
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", c.Path))
	p.table(rows)
}
