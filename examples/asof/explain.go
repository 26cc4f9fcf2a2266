package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// mention is an event that an answer names.
type mention struct {
	Event string              `json:"event"` // its slug
	What  string              `json:"what"`
	When  edtf.Date           `json:"when"`
	Known edtf.Date           `json:"known"`
	Cites []timeline.Citation `json:"cites"`
	Note  string              `json:"note,omitempty"`
}

func mentionOf(e events.Event) mention {
	m := mention{e.Label(), what(e), e.When, e.Known, citations(e), e.Note}
	if m.Known.IsZero() {
		m.Known = e.When
	}
	return m
}

func mentionsOf(list []events.Event) []mention {
	all := []mention{}
	for _, e := range list {
		all = append(all, mentionOf(e))
	}
	return all
}

// explanation is what -why says.
type explanation struct {
	On      edtf.Day  `json:"on"`
	Known   *edtf.Day `json:"known"`
	Path    string    `json:"path"`
	Reasons []reason  `json:"reasons"` // of each value there may be, that of the state first
	Claims  []claim   `json:"claims"`  // what rival events say, if they disagree
	Comes   *coming   `json:"comes"`   // when there is a value next, if there is none
	Unknown []mention `json:"unknown"` // events that were not known yet, without which there is none
	Remarks []string  `json:"remarks"`
}

// reason is why there may be a value. A null value means that there is none.
type reason struct {
	Value   json.RawMessage `json:"value"`
	If      []string        `json:"if"`      // undecided events that would have happened
	Without []string        `json:"without"` // events that would not
	Because []cause         `json:"because"` // the newest first

	condition string
}

// cause is an event that has a part in a value, which was From before it and To
// after it.
type cause struct {
	mention
	From     json.RawMessage `json:"from"`
	To       json.RawMessage `json:"to"`
	Replaced []mention       `json:"replaced"` // what it corrects

	then json.RawMessage // what To was on the day itself, if the calendar changes it
}

// claim is what one of several rival events says.
type claim struct {
	Event   string            `json:"event"`
	Sources []string          `json:"sources"`
	Rank    timeline.Rank     `json:"rank"`
	Values  []json.RawMessage `json:"values"`
}

// coming is when something comes to be so, or may.
type coming struct {
	When    edtf.Date `json:"when"`
	Because []mention `json:"because"`
}

// value returns what an address picks as JSON: null if there is nothing.
func value(v string) json.RawMessage {
	if v == "" {
		return nil
	}
	return json.RawMessage(v)
}

func values(vs []string) []json.RawMessage {
	all := []json.RawMessage{}
	for _, v := range vs {
		all = append(all, value(v))
	}
	return all
}

// why explains the value at an address.
func (q *question) why(a address) *explanation {
	history := a.about(q.history)
	pick := a.pick(q.on)
	x := &explanation{
		On: q.on, Known: q.known, Path: a.Path,
		Reasons: []reason{}, Claims: []claim{}, Unknown: []mention{}, Remarks: q.allRemarks(a.steps),
	}
	for _, r := range timeline.Why(history, q.on, pick) {
		to := reason{
			Value: value(r.Value), If: labels(r.If, events.Event{}), Without: labels(r.Without, events.Event{}), Because: []cause{},
			condition: q.condition(r.If, r.Without),
		}
		for _, c := range r.Because {
			one := cause{mentionOf(c.Event), value(c.From), value(c.To), mentionsOf(c.Replaced), value(c.To)}
			if day := c.Event.When.Latest(); a.dated() && day < q.on {
				one.then = value(a.pick(day)(history.At(day).State))
			}
			to.Because = append(to.Because, one)
		}
		x.Reasons = append(x.Reasons, to)
	}
	for _, c := range timeline.Claims(history, q.on, pick) {
		x.Claims = append(x.Claims, claim{c.Event.Label(), c.Sources(), c.Event.Rank, values(c.Answer.Values())})
	}
	if len(x.Reasons) == 1 && x.Reasons[0].Value == nil {
		lack := timeline.WhyNot(history, q.on, target{a, nil}.holds(q.on))
		x.Comes, x.Unknown = comingOf(lack.Later, lack.LaterBecause), mentionsOf(lack.Unknown)
	}
	return x
}

// condition says what has to be so for a value, other than the cautious reading
// has it.
func (q *question) condition(with, without []events.Event) string {
	var conditions []string
	add := func(names []string, verb string) {
		if len(names) > 0 {
			conditions = append(conditions, strings.Join(names, " and ")+" "+verb)
		}
	}
	var pending, rivals, other []string
	for _, e := range with {
		switch {
		case e.When.Latest() > q.on:
			pending = append(pending, e.Label())
		case e.Rival != "":
			rivals = append(rivals, e.Label())
		default:
			other = append(other, e.Label())
		}
	}
	add(pending, "happened by then")
	add(rivals, "is what is true")
	add(other, "came before others of its time")
	add(labels(without, events.Event{}), "is not true")
	return strings.Join(conditions, ", and ")
}

func comingOf(date edtf.Date, because []events.Event) *coming {
	if date.IsZero() {
		return nil
	}
	return &coming{date, mentionsOf(because)}
}

// allRemarks returns what else to know about an answer for the day.
func (q *question) allRemarks(steps []string) []string {
	remarks := append([]string{}, q.remarks...)
	if q.history.At(q.on).PastHorizon() {
		remarks = append(remarks, q.horizonRemark())
	}
	if len(steps) > 0 && steps[0] == "deliveries" {
		for _, s := range q.history.At(q.on).NotRecorded() {
			remarks = append(remarks, join(" ", "Not recorded: "+s.Topic+".", s.Note))
		}
	}
	return remarks
}

func (q *question) horizonRemark() string {
	return fmt.Sprintf("The record ends on %v; what happened later is not in it.", q.history.Coverage().Horizon.Latest())
}

// lack is what -whynot says.
type lack struct {
	On        edtf.Day   `json:"on"`
	Known     *edtf.Day  `json:"known"`
	Asked     string     `json:"asked"`
	Holds     edtf.Truth `json:"holds"`
	Undecided []way      `json:"undecided"` // the fewest undecided events that would make it so
	Unless    []way      `json:"unless"`    // if it does: the fewest that would make it not so
	Was       *period    `json:"was"`       // when it last was so, if it is over
	Comes     *coming    `json:"comes"`     // when it does next
	Promises  []promise  `json:"promises"`  // plans that would make it so
	Unknown   []mention  `json:"unknown"`   // events that were not known yet
	Remarks   []string   `json:"remarks"`

	has bool // the state has it
}

// way is how things would have to be.
type way struct {
	If      []mention `json:"if"`      // would have happened, or earlier
	Without []mention `json:"without"` // would not count
}

// promise is a plan that would make something so.
type promise struct {
	Plan   string            `json:"plan"`
	Title  string            `json:"title"`
	Status events.PlanStatus `json:"status"`
	Window edtf.Date         `json:"window,omitzero"`
	By     string            `json:"by"` // what would carry it out

	Because []mention `json:"because"` // what put it where it stands
}

// whyNot tells what is missing for a target.
func (q *question) whyNot(t target) *lack {
	history := t.about(q.history)
	holds := t.holds(q.on)
	missing := timeline.WhyNot(history, q.on, holds)
	l := &lack{
		On: q.on, Known: q.known, Asked: t.String(), Holds: missing.Holds, Undecided: waysOf(missing.Undecided), Unless: []way{},
		Comes: comingOf(missing.Later, missing.LaterBecause), Promises: []promise{},
		Unknown: mentionsOf(missing.Unknown), Remarks: q.allRemarks(t.steps),
	}
	if missing.Incomplete {
		l.Remarks = append(l.Remarks, fmt.Sprintf("More than %d states are possible that day; not all are looked at.", timeline.MaxWorlds))
	}
	if l.has = holds(history.At(q.on).State); l.has {
		against := timeline.WhyNot(history, q.on, func(c events.Company) bool { return !holds(c) })
		l.Unless = waysOf(against.Undecided)
		return l
	}
	for _, p := range q.when(t).Periods {
		if p.Held == edtf.Certain && !p.until.IsZero() && p.until.Latest() <= q.on {
			l.Was = &p
		}
	}
	for _, p := range q.history.At(q.on).State.Promises(q.on, holds) {
		l.Promises = append(l.Promises, promise{p.Key, p.Plan.Title, p.Status, p.Plan.Window, p.By.String(), q.standing(p)})
	}
	return l
}

// standing returns the event that put a plan where it stands.
func (q *question) standing(p events.Promise) []mention {
	a := address{steps: []string{"plans", p.Key, "status"}}
	for _, r := range timeline.Why(a.about(q.history), q.on, a.pick(q.on)) {
		for _, c := range r.Because {
			return []mention{mentionOf(c.Event)}
		}
	}
	return []mention{}
}

func waysOf(all []timeline.Way[events.Payload]) []way {
	ways := []way{}
	for _, w := range all {
		ways = append(ways, way{mentionsOf(w.If), mentionsOf(w.Without)})
	}
	return ways
}

// sentence tells an event: "In June 2024: production of the T03 starts at
// Tychy."
func (m mention) sentence() string {
	date := when(m.When)
	s := strings.ToUpper(date[:1]) + date[1:] + ": " + m.What
	if m.Known != m.When {
		s += ", known " + when(m.Known)
	}
	return s + "."
}

// source tells where an event stands: its name and citations.
func (m mention) source() string { return join(": ", m.Event, citationText(m.Cites)) }

// mention writes an event and what else to say of it.
func (p *page) mention(indent int, m mention, more ...string) {
	p.paragraph(indent, "", m.sentence())
	for _, line := range append(more, "["+m.source()+"]") {
		p.paragraph(indent+4, "", line)
	}
	if m.Note != "" {
		p.paragraph(indent+4, "", "Note: "+m.Note)
	}
}

// quoted returns a value as it stands in a sentence.
func quoted(v json.RawMessage) string {
	switch string(v) {
	case "":
		return "nothing"
	case "{}":
		return "there"
	}
	switch text := plain(v); v[0] {
	case '"':
		return fmt.Sprintf("%q", text)
	case '{', '[':
		return "(" + text + ")"
	default:
		return text
	}
}

func alternatives(vs []json.RawMessage) string {
	var words []string
	for _, v := range vs {
		words = append(words, quoted(v))
	}
	return strings.Join(words, " or ")
}

func writeWhy(p *page, x *explanation) {
	var possible []json.RawMessage
	for _, r := range x.Reasons {
		possible = append(possible, r.Value)
	}
	fmt.Fprintln(p)
	switch len(x.Reasons) {
	case 0:
		p.paragraph(0, x.Path, " cannot be told: no order of the events is possible.")
	case 1:
		p.paragraph(0, x.Path, " is "+alternatives(possible)+".")
	default:
		p.paragraph(0, x.Path, " is "+alternatives(possible)+"; which of them is undecided.")
	}
	for n, r := range x.Reasons {
		fmt.Fprintln(p)
		p.paragraph(2, "", opening(x, n))
		for m, c := range r.Because {
			p.mention(4, c.mention, c.effect(m == 0)...)
		}
	}
	p.unknown(x.Unknown)
	p.comes(x.Comes)
	p.claims(x.Claims)
}

// opening begins the explanation of a reason.
func opening(x *explanation, n int) string {
	r := x.Reasons[n]
	s := "That is so"
	if len(x.Reasons) > 1 {
		s = []string{"It may be ", "Or it is "}[min(n, 1)] + quoted(r.Value)
	}
	if r.condition != "" {
		s += ", if " + r.condition
	}
	switch {
	case len(r.Because) > 0:
		return s + ", because:"
	case len(x.Reasons) > 1:
		return s + ": it is not certain that anything had made it otherwise."
	}
	return s + ": nothing that had happened, as far as was known, made it otherwise."
}

// effect tells what an event did to a value, and what it corrects.
func (c *cause) effect(newest bool) []string {
	var lines []string
	switch {
	case string(c.From) == string(c.then):
	case isObject(c.From) || isObject(c.then):
		lines = append(lines, "It changed "+memberChanges(c.From, c.then)+".")
	case c.From == nil:
		lines = append(lines, "It was "+quoted(c.then)+" from then on.")
	default:
		lines = append(lines, "It was "+quoted(c.From)+" before, and "+quoted(c.then)+" after.")
	}
	if newest && string(c.then) != string(c.To) {
		lines = append(lines, "Since then the calendar alone has made it "+quoted(c.To)+".")
	}
	for _, m := range c.Replaced {
		lines = append(lines, "It corrects what was told before: "+m.sentence()+" ["+m.source()+"]")
	}
	return lines
}

func isObject(v json.RawMessage) bool { return len(v) > 0 && v[0] == '{' }

// memberChanges tells how the members of an object changed.
func memberChanges(from, to json.RawMessage) string {
	var parts []string
	for _, c := range differences(string(from), string(to)) {
		name := strings.TrimPrefix(c.Path, "/")
		switch {
		case name == "":
			return quoted(from) + " to " + quoted(to)
		case c.From == nil:
			parts = append(parts, name+" to "+quoted(c.To))
		default:
			parts = append(parts, name+" from "+quoted(c.From)+" to "+quoted(c.To))
		}
	}
	return strings.Join(parts, ", ")
}

func (p *page) unknown(events []mention) {
	if len(events) == 0 {
		return
	}
	fmt.Fprintf(p, "\n  It could not be known yet:\n")
	for _, m := range events {
		p.mention(4, m)
	}
}

func (p *page) comes(c *coming) {
	if c == nil {
		return
	}
	fmt.Fprintf(p, "\n  It comes later, %s, because:\n", when(c.When))
	for _, m := range c.Because {
		p.mention(4, m)
	}
}

func (p *page) claims(claims []claim) {
	var rows [][]string
	for _, c := range claims {
		rank := ""
		if c.Rank != timeline.Normal {
			rank = ", " + c.Rank.String()
		}
		rows = append(rows, []string{shorten(alternatives(c.Values)), c.Event + rank, "according to " + strings.Join(c.Sources, ", ")})
	}
	p.section("Told differently", rows)
}

func writeWhyNot(p *page, l *lack) {
	fmt.Fprintln(p)
	sure := map[edtf.Truth]string{edtf.Certain: "it is certain", edtf.Possible: "it is possible", edtf.No: "it is not so"}[l.Holds]
	if l.has && l.Holds == edtf.Possible && len(l.Unless) == 0 {
		sure = "it is so, as far as is recorded,"
	}
	p.paragraph(0, "", fmt.Sprintf("On %v %s that %s.", l.On, sure, l.Asked))
	p.ways(l.Undecided, "It is so if:", "Or if:", l.On)
	p.ways(l.Unless, "It is so unless:", "Or unless:", l.On)
	if l.has {
		if l.Holds == edtf.Certain {
			p.paragraph(2, "", "Nothing is missing.")
		}
		return
	}
	if l.Was != nil {
		fmt.Fprintln(p)
		p.paragraph(2, "", "It was so"+l.Was.span()+".")
		p.happenings("It was over:", l.Was.Ended)
	}
	p.comes(l.Comes)
	p.unknown(l.Unknown)
	p.promises(l.Promises)
	if len(l.Undecided)+len(l.Unknown)+len(l.Promises) == 0 && l.Comes == nil && l.Was == nil {
		p.paragraph(2, "", "Nothing that is recorded makes it so, and no plan would.")
	}
}

// ways tells in which ways things may have been otherwise.
func (p *page) ways(all []way, first, next string, on edtf.Day) {
	for n, w := range all {
		fmt.Fprintf(p, "\n  %s\n", []string{first, next}[min(n, 1)])
		for _, m := range w.If {
			how := "has happened by then"
			if m.When.Latest() <= on {
				how = "is true, and came before others of its time"
			}
			p.mention(4, m, how)
		}
		for _, m := range w.Without {
			p.mention(4, m, "is not true")
		}
	}
}

func (p *page) promises(all []promise) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", "PLANS THAT WOULD MAKE IT SO"))
	for _, pr := range all {
		p.paragraph(2, string(pr.Status), ": "+join(", ", pr.Title, said(pr.Window))+" ["+pr.Plan+"]")
		for _, m := range pr.Because {
			p.mention(6, m)
		}
	}
}
