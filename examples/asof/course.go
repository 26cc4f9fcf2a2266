package main

import (
	"cmp"
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
type course struct {
	Known   *edtf.Day `json:"known"`
	Path    string    `json:"path"`
	Changes []turn    `json:"changes"`
	Remarks []string  `json:"remarks"`
}

// turn is a value that came to be, or several of which one did.
type turn struct {
	Values    []json.RawMessage `json:"values"`        // that of the state first; null if there is none
	From      edtf.Date         `json:"from,omitzero"` // none for the first
	Until     edtf.Date         `json:"until,omitzero"`
	Because   []mention         `json:"because"`   // none if time alone made it so
	Undecided bool              `json:"undecided"` // the order of events is
}

// track follows the value at an address.
func (q *question) track(a address) *course {
	c := &course{Known: q.known, Path: a.Path, Changes: []turn{}, Remarks: append([]string{}, q.remarks...)}
	for x := range q.changes(a) {
		c.Changes = append(c.Changes, turn{
			Values: values(append([]string{x.Value}, x.Others...)), From: x.From, Until: x.Until,
			Because: mentionsOf(x.Because), Undecided: x.Undecided,
		})
	}
	if !q.history.Coverage().Horizon.IsZero() {
		c.Remarks = append(c.Remarks, q.horizonRemark())
	}
	return c
}

// changes returns the track of a value. What changes with the days alone is
// looked up on the days on which plans fall due.
func (q *question) changes(a address) iter.Seq[timeline.Change[string, events.Payload]] {
	history := a.about(q.history)
	if !a.dated() {
		return timeline.Track(history, a.pick(edtf.DistantFuture))
	}
	// Whatever events change shows before or after everything has fallen due.
	always := func(c events.Company) string {
		return a.pick(edtf.MinDay)(c) + a.pick(edtf.DistantFuture)(c)
	}
	turns := planDays(history)
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

// planDays returns the days on which the window of a plan opens or is over, of
// any that a plan ever has.
func planDays(h *events.History) []edtf.Day {
	var days []edtf.Day
	for day := range eventDays(h) {
		for _, p := range h.At(day).State.Plans().All() {
			if first, last := p.Window.Bounds(); !p.Window.IsZero() {
				days = append(days, first, last+1)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

func writeTrack(p *page, c *course) {
	var rows [][]string
	shown := map[string]bool{} // the events told of since the last certain value
	for _, t := range c.Changes {
		from := said(t.From)
		if t.From.IsZero() {
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
		case len(t.Because) == 0 && !t.From.IsZero():
			because = []string{"by the calendar alone"}
		case len(because) == 0 && !t.From.IsZero():
			because = []string{"settled"}
		}
		if len(t.Values) == 1 {
			clear(shown)
		}
		for _, v := range t.Values {
			words = append(words, plain(v))
		}
		rows = append(rows, []string{from, shorten(strings.Join(words, " or ")), strings.Join(because, "; ")})
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", c.Path))
	p.table(rows)
}

// shorten cuts a text that is too long for a column.
func shorten(s string) string {
	const most = 48
	if r := []rune(s); len(r) > most {
		return string(r[:most-3]) + "..."
	}
	return s
}

// periods is what -when says.
type periods struct {
	Known   *edtf.Day  `json:"known"`
	Asked   string     `json:"asked"`
	Ever    edtf.Truth `json:"ever"`
	Periods []period   `json:"periods"`
	Remarks []string   `json:"remarks"`
}

// period is a stretch of days on which something was so.
type period struct {
	Held      edtf.Truth `json:"held"`
	From      edtf.Date  `json:"from,omitzero"`  // the day it began, none if it always was so
	Until     edtf.Date  `json:"until,omitzero"` // the day it was over, none if it still is so
	MinDays   *int       `json:"minDays"`        // null if it has no beginning or no end
	MaxDays   *int       `json:"maxDays"`
	Undecided bool       `json:"undecided"` // it may have been interrupted
	Began     []mention  `json:"began"`
	Ended     []mention  `json:"ended"`
}

// when finds the periods of a target.
func (q *question) when(t target) *periods {
	w := &periods{Known: q.known, Asked: t.String(), Periods: []period{}, Remarks: append([]string{}, q.remarks...)}
	all := timeline.Periods(t.about(q.history), t.holds(edtf.DistantFuture))
	if t.dated() {
		all = timeline.PeriodsOf(q.truths(t))
	}
	for p := range all {
		one := period{
			Held: p.Held, From: p.From, Until: p.Until, Undecided: p.Undecided, Began: mentionsOf(p.Began), Ended: mentionsOf(p.Ended),
		}
		if days := p.Days(); days.Min != edtf.MinDays && days.Max != edtf.MaxDays {
			one.MinDays, one.MaxDays = &days.Min, &days.Max
		}
		w.Ever = w.Ever.Or(p.Held)
		w.Periods = append(w.Periods, one)
	}
	if t.value != nil && w.Ever == edtf.No {
		w.Remarks = append(w.Remarks, q.otherValues(t))
	}
	if !q.history.Coverage().Horizon.IsZero() {
		w.Remarks = append(w.Remarks, q.horizonRemark())
	}
	return w
}

// truths returns the track of whether a target holds, made of that of its
// value.
func (q *question) truths(t target) iter.Seq[timeline.Change[bool, events.Payload]] {
	return func(yield func(timeline.Change[bool, events.Payload]) bool) {
		for x := range q.changes(t.address) {
			c := timeline.Change[bool, events.Payload]{
				Value: t.is(x.Value), From: x.From, Until: x.Until, Because: x.Because, Undecided: x.Undecided,
			}
			if slices.ContainsFunc(x.Others, func(v string) bool { return t.is(v) != c.Value }) {
				c.Others = []bool{!c.Value}
			}
			if !yield(c) {
				return
			}
		}
	}
}

// otherValues says which values there ever are in place of one that never is.
func (q *question) otherValues(t target) string {
	var seen []json.RawMessage
	for x := range q.changes(t.address) {
		for _, v := range append([]string{x.Value}, x.Others...) {
			if !slices.ContainsFunc(seen, func(s json.RawMessage) bool { return string(s) == v }) {
				seen = append(seen, value(v))
			}
		}
	}
	return "The values it has at some time: " + strings.ReplaceAll(alternatives(seen), " or ", ", ") + "."
}

func writeWhen(p *page, w *periods) {
	if len(w.Periods) == 0 {
		fmt.Fprintln(p)
		p.paragraph(0, "", "It is never so that "+w.Asked+", as far as is recorded.")
	}
	for _, x := range w.Periods {
		fmt.Fprintln(p)
		sure := "It is certain that "
		if x.Held != edtf.Certain {
			sure = "It is possible that "
		}
		p.paragraph(0, "", sure+w.Asked+x.span()+".")
		if x.Undecided {
			p.paragraph(2, "", "The order of events is undecided: it may have been interrupted.")
		}
		p.happenings("It began:", x.Began)
		p.happenings("It was over:", x.Ended)
	}
}

func (p *page) happenings(heading string, all []mention) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(p, "  "+heading)
	for _, m := range all {
		p.mention(4, m)
	}
}

// span tells from when to when, and how many days that is.
func (x *period) span() string {
	switch {
	case x.From.IsZero() && x.Until.IsZero():
		return " at all times"
	case x.Undecided && x.Held != edtf.Certain && x.Until.Latest() == edtf.DistantFuture:
		return " at some time from " + spoken(x.From.Earliest().Date()) + " on"
	case x.Undecided && x.Held != edtf.Certain:
		return " at some time from " + spoken(x.From.Earliest().Date()) + " until " + spoken(x.Until.Latest().Date())
	case x.From.IsZero():
		return " until " + dayIn(x.Until)
	case x.Until.IsZero():
		return " since " + dayIn(x.From)
	}
	s := " from " + dayIn(x.From) + " until " + dayIn(x.Until)
	if x.MinDays != nil {
		s += ", for " + edtf.Days{Min: *x.MinDays, Max: *x.MaxDays}.String()
	}
	return s
}

func dayIn(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay {
		return spoken(d)
	}
	return "a day " + when(d)
}

// since is what -since says.
type sinceAnswer struct {
	From    point           `json:"from"`
	To      point           `json:"to"`
	Changes []difference    `json:"changes"`
	Patch   json.RawMessage `json:"patch"` // the same as a JSON Patch (RFC 6902)
	Remarks []string        `json:"remarks"`
}

type point struct {
	On    edtf.Day  `json:"on"`
	Known *edtf.Day `json:"known"` // null if all is known
}

// difference is a value of the state that differs.
type difference struct {
	Path       string            `json:"path"`
	From       json.RawMessage   `json:"from"` // null if there is none
	To         json.RawMessage   `json:"to"`
	FromOthers []json.RawMessage `json:"fromOthers"` // what else was possible
	ToOthers   []json.RawMessage `json:"toOthers"`
	Kind       string            `json:"kind"` // happened, learned, corrected, or calendar: by the days alone
	Because    []mention         `json:"because"`
}

// diff tells what changed since a day.
func (q *question) diff() (*sinceAnswer, error) {
	from, to := timeline.On(*q.since).KnownOn(*q.since), timeline.On(q.on)
	d := &sinceAnswer{From: point{*q.since, q.since}, To: point{q.on, q.known}, Changes: []difference{}, Remarks: q.allRemarks(nil)}
	all, err := timeline.Diff(q.history, from, to)
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range all {
		one := difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), mentionsOf(x.Because)}
		before := func(e events.Event) bool { return e.When.Latest() <= *q.since }
		if certain, _ := x.Certainty(); certain && x.Kind == timeline.Happened && !slices.ContainsFunc(x.Because, func(e events.Event) bool { return !before(e) }) {
			one.Kind = "calendar"
		}
		d.Changes = append(d.Changes, one)
	}
	return d, nil
}

func orNone(vs []json.RawMessage) []json.RawMessage {
	if vs == nil {
		return []json.RawMessage{}
	}
	return vs
}

// writeSince lists changes by what brought them about.
func writeSince(p *page, d *sinceAnswer) {
	if len(d.Changes) == 0 {
		fmt.Fprint(p, "\nNothing changed.\n")
	}
	for _, kind := range []struct{ name, title string }{
		{"happened", "Happened"}, {"learned", "Became known"}, {"corrected", "Corrected"}, {"calendar", "By the calendar alone"},
	} {
		var keys []string
		groups := map[string][]difference{}
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
				p.paragraph(6, x.Path, ": "+x.text())
			}
		}
	}
}

func firstDay(ds []difference) edtf.Day {
	if len(ds[0].Because) == 0 {
		return edtf.DistantPast
	}
	return ds[0].Because[0].When.Latest()
}

// text tells a change: "nothing, now 20".
func (x *difference) text() string {
	from := alternatives(append([]json.RawMessage{x.From}, x.FromOthers...))
	to := alternatives(append([]json.RawMessage{x.To}, x.ToOthers...))
	switch {
	case from == "nothing":
		return to
	case len(x.ToOthers) == 0 && slices.ContainsFunc(append(x.FromOthers, x.From), func(v json.RawMessage) bool { return string(v) == string(x.To) }):
		return to + ", now certain"
	}
	return from + ", now " + to
}
