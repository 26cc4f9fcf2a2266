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
	Values    []json.RawMessage `json:"values"`    // that of the state first; null if there is none
	From      *edtf.Date        `json:"from"`      // null for the first
	Until     *edtf.Date        `json:"until"`     // null for the last
	Because   []mention         `json:"because"`   // none if time alone made it so
	Undecided bool              `json:"undecided"` // which value it is, or the order of events

	from edtf.Date
}

// orNull returns a date for JSON, where the zero Date is null.
func orNull(d edtf.Date) *edtf.Date {
	if d.IsZero() {
		return nil
	}
	return &d
}

// track follows the value at an address.
func (q *question) track(a address) *course {
	c := &course{Known: q.known, Path: a.Path, Changes: []turn{}, Remarks: append([]string{}, q.remarks...)}
	for x := range q.changes(a) {
		c.Changes = append(c.Changes, turn{
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
// any that an event gives to a plan.
func planDays(h *events.History) []edtf.Day {
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

func writeTrack(p *page, c *course) {
	var rows [][]string
	shown := map[string]bool{} // the events told of since the last certain value
	var before json.RawMessage // the first value of the row above
	for n, t := range c.Changes {
		from := said(t.from)
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
				words = append(words, plain(v))
			}
			words = []string{strings.Join(words, " or ")}
		}
		before = t.Values[0]
		rows = append(rows, []string{from, shorten(strings.Join(words, "; ")), strings.Join(because, "; ")})
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", c.Path))
	p.table(rows)
}

// objectWords tells in what the first of some objects differs from one before
// it, and the others from it.
func objectWords(before json.RawMessage, vs []json.RawMessage) []string {
	var words []string
	if changed := memberChanges(before, vs[0]); changed != "" {
		words = append(words, changed)
	}
	for _, v := range vs[1:] {
		other := "nothing"
		if v != nil {
			other = memberChanges(vs[0], v)
		}
		words = append(words, "or "+other)
	}
	return words
}

// shorten cuts a text that is too long for a column.
func shorten(s string) string {
	const most = 52
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
	From      *edtf.Date `json:"from"`    // the day it began, null if it always was so
	Until     *edtf.Date `json:"until"`   // the day it was over, null if it still is so
	MinDays   *int       `json:"minDays"` // null if it has no beginning or no end
	MaxDays   *int       `json:"maxDays"`
	Undecided bool       `json:"undecided"` // it may have been interrupted
	Began     []mention  `json:"began"`
	Ended     []mention  `json:"ended"`

	from, until edtf.Date
	recorded    bool // its bounds are within what the sources cover
}

// when finds the periods of a target.
func (q *question) when(t target) *periods {
	w := &periods{Known: q.known, Asked: t.String(), Periods: []period{}, Remarks: append([]string{}, q.remarks...)}
	all := timeline.Periods(t.about(q.history), t.holds(edtf.DistantFuture))
	if t.dated() {
		all = timeline.PeriodsOf(q.truths(t))
	}
	horizon := q.history.Coverage().Horizon.Latest()
	for p := range all {
		one := period{
			Held: p.Held, From: orNull(p.From), Until: orNull(p.Until), Undecided: p.Undecided,
			Began: mentionsOf(p.Began), Ended: mentionsOf(p.Ended), from: p.From, until: p.Until,
		}
		one.recorded = p.From.Latest() <= horizon && (p.Until.IsZero() || p.Until.Latest() <= horizon) || p.From.IsZero()
		if days := p.Days(); days.Min != edtf.MinDays && days.Max != edtf.MaxDays {
			one.MinDays, one.MaxDays = &days.Min, &days.Max
		}
		w.Ever = w.Ever.Or(p.Held)
		w.Periods = append(w.Periods, one)
	}
	if !t.dated() && w.Ever == edtf.Possible {
		_, w.Ever = timeline.First(t.about(q.history), t.holds(edtf.DistantFuture)) // one of them may be certain
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
	var words []string
	for _, v := range seen {
		words = append(words, quoted(v))
	}
	return "The values it has at some time: " + strings.Join(words, ", ") + "."
}

func writeWhen(p *page, w *periods) {
	if len(w.Periods) == 0 {
		fmt.Fprintln(p)
		p.paragraph(0, "", "It is never so that "+w.Asked+", as far as is recorded.")
	}
	for _, x := range w.Periods {
		sure := "It is certain that "
		switch {
		case x.Held != edtf.Certain:
			sure = "It is possible that "
		case !x.recorded:
			sure = "As far as is recorded, "
		}
		fmt.Fprintln(p)
		p.paragraph(0, "", sure+w.Asked+x.span()+".")
		if x.Undecided {
			p.paragraph(2, "", "Which events are true, or their order, is undecided: these are the days on which it may be so.")
			p.happenings("It depends on:", both(x.Began, x.Ended))
			continue
		}
		p.happenings("It began:", x.Began)
		p.happenings("It was over:", x.Ended)
	}
}

// both returns the events of two lists, each once.
func both(a, b []mention) []mention {
	for _, m := range b {
		if !slices.ContainsFunc(a, func(n mention) bool { return n.Event == m.Event }) {
			a = append(a, m)
		}
	}
	return a
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
	case x.from.IsZero() && x.until.IsZero():
		return " at all times"
	case x.Undecided && x.Held != edtf.Certain && x.until.Latest() == edtf.DistantFuture:
		return " at some time from " + spoken(x.from.Earliest().Date()) + " on"
	case x.Undecided && x.Held != edtf.Certain:
		return " at some time from " + spoken(x.from.Earliest().Date()) + untilDay(x.until.Latest().Date())
	case x.from.IsZero():
		return untilDay(x.until)
	case x.until.IsZero():
		return " since " + dayIn(x.from)
	}
	s := " from " + dayIn(x.from) + untilDay(x.until)
	if x.MinDays != nil {
		s += ", for " + edtf.Days{Min: *x.MinDays, Max: *x.MaxDays}.String()
	}
	return s
}

// untilDay tells of the day on which something was over: if it is known, of the
// one before, which is the last.
func untilDay(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay && d.Kind() == edtf.Window {
		return " until the end of " + spoken((d.Earliest() - 1).Date())
	}
	return " until " + dayIn(d)
}

func dayIn(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay && d.Kind() == edtf.Window {
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
	known := *q.since
	if q.known != nil {
		known = min(known, *q.known)
	}
	from, to := timeline.On(*q.since).KnownOn(known), timeline.On(q.on)
	d := &sinceAnswer{From: point{*q.since, &known}, To: point{q.on, q.known}, Changes: []difference{}, Remarks: q.allRemarks(nil)}
	d.Remarks = append(d.Remarks, fmt.Sprintf("Compared with what could be known by the end of %v.", known))
	all, err := timeline.Diff(q.history, from, to)
	if err != nil {
		return nil, err
	}
	d.Patch = timeline.Patch(all)
	for _, x := range all {
		one := difference{x.Path, x.From, x.To, orNone(x.FromOthers), orNone(x.ToOthers), x.Kind.String(), mentionsOf(x.Because)}
		before := func(e events.Event) bool { return e.When.Latest() <= *q.since }
		if x.Kind == timeline.Happened && !slices.ContainsFunc(x.Because, func(e events.Event) bool { return !before(e) }) {
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
