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
		Reasons: []reason{}, Claims: []claim{}, Remarks: q.allRemarks(a.steps),
	}
	for _, r := range timeline.Why(history, q.on, pick) {
		to := reason{
			Value: value(r.Value), If: labels(r.If, events.Event{}), Without: labels(r.Without, events.Event{}), Because: []cause{},
			condition: q.condition(r.If, r.Without),
		}
		for _, c := range r.Because {
			to.Because = append(to.Because, cause{mentionOf(c.Event), value(c.From), value(c.To), mentionsOf(c.Replaced)})
		}
		x.Reasons = append(x.Reasons, to)
	}
	for _, c := range timeline.Claims(history, q.on, pick) {
		x.Claims = append(x.Claims, claim{c.Event.Label(), c.Sources(), c.Event.Rank, values(c.Answer.Values())})
	}
	if len(x.Reasons) == 1 && x.Reasons[0].Value == nil {
		lack := timeline.WhyNot(history, q.on, target{a, nil}.holds(q.on))
		x.Comes = comingOf(lack.Later, lack.LaterBecause)
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
	var pending, other []string
	for _, e := range with {
		if e.When.Latest() > q.on {
			pending = append(pending, e.Label())
		} else {
			other = append(other, e.Label())
		}
	}
	add(pending, "happened by then")
	add(other, "came first, or is what is true")
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
	Comes     *coming    `json:"comes"`     // when it does next
	Promises  []promise  `json:"promises"`  // plans that would make it so
	Unknown   []mention  `json:"unknown"`   // events that were not known yet
	Remarks   []string   `json:"remarks"`
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
}

// whyNot tells what is missing for a target.
func (q *question) whyNot(t target) *lack {
	history := t.about(q.history)
	holds := t.holds(q.on)
	missing := timeline.WhyNot(history, q.on, holds)
	l := &lack{
		On: q.on, Known: q.known, Asked: t.String(), Holds: missing.Holds, Undecided: []way{},
		Comes: comingOf(missing.Later, missing.LaterBecause), Promises: []promise{},
		Unknown: mentionsOf(missing.Unknown), Remarks: q.allRemarks(t.steps),
	}
	for _, w := range missing.Undecided {
		l.Undecided = append(l.Undecided, way{mentionsOf(w.If), mentionsOf(w.Without)})
	}
	if missing.Holds != edtf.Certain {
		for _, p := range q.history.At(q.on).State.Promises(q.on, holds) {
			l.Promises = append(l.Promises, promise{p.Key, p.Plan.Title, p.Status, p.Plan.Window, p.By.String()})
		}
	}
	return l
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
	for _, r := range x.Reasons {
		fmt.Fprintln(p)
		p.paragraph(2, "", opening(x, r))
		for _, c := range r.Because {
			more := []string{}
			if string(c.From) != string(c.To) {
				more = append(more, "It was "+quoted(c.From)+" before, and "+quoted(c.To)+" after.")
			}
			for _, m := range c.Replaced {
				more = append(more, "It corrects what was told before: "+m.sentence()+" ["+m.source()+"]")
			}
			p.mention(4, c.mention, more...)
		}
	}
	p.comes(x.Comes)
	p.claims(x.Claims)
}

// opening begins the explanation of a reason.
func opening(x *explanation, r reason) string {
	s := "That is so"
	switch {
	case len(x.Reasons) > 1 && r.condition == "":
		s = "With all that is undecided as late as may be, it is " + quoted(r.Value)
	case r.condition != "":
		s = "If " + r.condition + ", it is " + quoted(r.Value)
	}
	if len(r.Because) == 0 {
		return s + ": nothing that had happened made it otherwise."
	}
	return s + ", because:"
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
		rows = append(rows, []string{alternatives(c.Values), c.Event + rank, "according to " + strings.Join(c.Sources, ", ")})
	}
	p.section("Told differently", rows)
}

func writeWhyNot(p *page, l *lack) {
	fmt.Fprintln(p)
	switch l.Holds {
	case edtf.Certain:
		p.paragraph(0, "", fmt.Sprintf("On %v it is certain that %s. Nothing is missing.", l.On, l.Asked))
		return
	case edtf.Possible:
		p.paragraph(0, "", fmt.Sprintf("On %v it is possible that %s.", l.On, l.Asked))
	default:
		p.paragraph(0, "", fmt.Sprintf("On %v it is not so that %s.", l.On, l.Asked))
	}
	for n, w := range l.Undecided {
		fmt.Fprintf(p, "\n  %s\n", []string{"It is so if:", "Or if:"}[min(n, 1)])
		for _, m := range w.If {
			how := "has happened by then"
			if m.When.Latest() <= l.On {
				how = "is true, and came before others of its time"
			}
			p.mention(4, m, how)
		}
		for _, m := range w.Without {
			p.mention(4, m, "is not true")
		}
	}
	p.comes(l.Comes)
	if len(l.Unknown) > 0 {
		fmt.Fprintf(p, "\n  It could not be known yet:\n")
		for _, m := range l.Unknown {
			p.mention(4, m)
		}
	}
	var rows [][]string
	for _, pr := range l.Promises {
		rows = append(rows, []string{string(pr.Status), said(pr.Window), pr.Title + " [" + pr.Plan + "]"})
	}
	p.section("Plans that would make it so", rows)
	if len(l.Undecided)+len(l.Unknown)+len(rows) == 0 && l.Comes == nil {
		p.paragraph(2, "", "Nothing that is recorded makes it so, and no plan would.")
	}
}
