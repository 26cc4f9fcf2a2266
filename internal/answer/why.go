package answer

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An Explanation is the events behind a value.
type Explanation struct {
	On      edtf.Day   `json:"on"`
	Known   *edtf.Day  `json:"known"`
	Path    string     `json:"path"`
	Reasons []Reason   `json:"reasons"` // of each value there may be, that of the state first
	Claims  []Claim    `json:"claims"`  // what rival events say, if they disagree
	Comes   *Onset     `json:"comes"`   // when there is a value next, if there is none
	Unknown []EventRef `json:"unknown"` // events that were not known yet, without which there is none

	Corrected []Correction `json:"corrected"` // corrections without which there would be one
	Remarks   []string     `json:"remarks"`

	incomplete bool // there may be other values
	titles     words.Titler
	asRecorded string // what to add past the horizon
}

// Entries returns the addresses of the entries of a table that the explanation is about; none if it is about something
// else.
func (x *Explanation) Entries() []string {
	if !events.IsTable(strings.TrimPrefix(x.Path, "/")) || len(x.Reasons) == 0 {
		return nil
	}
	var all []string
	for _, name := range slices.Sorted(maps.Keys(members(x.Reasons[0].Value))) {
		all = append(all, x.Path+"/"+jsontree.Escape(name))
	}
	return all
}

// A Reason is why there may be a value. A null value means that there is none.
type Reason struct {
	Value   json.RawMessage `json:"value"`
	If      []string        `json:"if"`      // undecided events that would have happened
	Without []string        `json:"without"` // events that would not
	Because []Contribution  `json:"because"` // the newest first

	condition string
}

// A Contribution is an event that has a part in a value, which was From before it and To
// after it.
type Contribution struct {
	EventRef
	From     json.RawMessage `json:"from"`
	To       json.RawMessage `json:"to"`
	Replaced []EventRef      `json:"replaced"` // what it corrects

	then  json.RawMessage // what To was on the day itself, if the calendar changes it
	field string          // of the value
}

// A Claim is what one of several rival events says.
type Claim struct {
	Event   string            `json:"event"`
	Sources []string          `json:"sources"`
	Rank    timeline.Rank     `json:"rank"`
	Values  []json.RawMessage `json:"values"`
}

// why explains the value at an address.
func (q *Question) why(a address) *Explanation {
	question := q.about(a)
	x := &Explanation{
		On: q.on, Known: q.known, Path: a.Path,
		Reasons: []Reason{}, Claims: []Claim{}, Unknown: []EventRef{}, Corrected: []Correction{}, titles: q.titles(),
	}
	if q.history.PastHorizon(q.on) {
		x.asRecorded = ", as far as is recorded"
	}
	reasons, _ := timeline.Why(q.history, q.on, question) // an address is no mistake
	for n, r := range reasons {
		if n == 0 {
			x.Remarks = q.allRemarks(r.Caveats)
		}
		to := Reason{
			Value: value(r.Value), If: labels(r.If, events.Event{}), Without: labels(r.Without, events.Event{}), Because: []Contribution{},
			condition: q.condition(r.If, r.Without),
		}
		for _, c := range r.Because {
			one := Contribution{q.refOf(c.Event), value(c.From), value(c.To), q.refsOf(c.Replaced), value(c.To), fieldOf(a.Path)}
			if day := c.Event.When.Latest(); question.Dated && day < q.on {
				one.then = value(a.on(q.history, day))
			}
			to.Because = append(to.Because, one)
		}
		x.Reasons = append(x.Reasons, to)
		x.Remarks = withIncomplete(x.Remarks, r.Incomplete)
		x.incomplete = x.incomplete || r.Incomplete != nil
	}
	claims, incomplete := timeline.Claims(q.history, q.on, question)
	x.Remarks = withIncomplete(x.Remarks, incomplete)
	for _, c := range claims {
		x.Claims = append(x.Claims, Claim{c.Event.Label(), c.Sources(), c.Event.Rank, values(c.Answer.Values())})
	}
	if len(x.Reasons) == 1 && x.Reasons[0].Value == nil {
		missing := q.history.WhyNot(q.on, target{a, nil, nil}.holds())
		x.Comes, x.Unknown = q.onsetOf(missing), q.refsOf(missing.Unknown)
		x.Corrected = q.corrections(missing.Corrections)
	}
	return x
}

// condition says what has to be so for a value, other than the baseline
// has it.
func (q *Question) condition(with, without []events.Event) string {
	var conditions []string
	add := func(names []string, verb string) {
		if len(names) > 0 {
			conditions = append(conditions, strings.Join(names, " and ")+" "+verb)
		}
	}
	var pending, unknown, rivals, other []string
	for _, e := range with {
		switch {
		case e.When.Latest() > q.on:
			pending = append(pending, e.Label())
		case q.unknown(e.When, e.KnowledgeTime()):
			unknown = append(unknown, e.Label())
		case e.Rival != "":
			rivals = append(rivals, e.Label())
		default:
			other = append(other, e.Label())
		}
	}
	add(pending, "happened by then")
	add(unknown, "had become known by then")
	add(rivals, "is what is true")
	add(other, "came before others of its time")
	add(labels(without, events.Event{}), "is not true")
	return strings.Join(conditions, ", and ")
}

// Place names what is explained: "the share of Stellantis".
func (x *Explanation) Place() string { return x.titles.Place(SplitPointer(x.Path)) }

// Field returns the name of the field that is explained.
func (x *Explanation) Field() string { return fieldOf(x.Path) }

// Summary says what the value is, or may be.
func (x *Explanation) Summary() string {
	var possible []json.RawMessage
	for _, r := range x.Reasons {
		possible = append(possible, r.Value)
	}
	if len(x.Reasons) == 0 {
		return Sentence(x.Place() + " cannot be determined: no order of the events is possible")
	}
	claim := x.titles.Says(SplitPointer(x.Path), possible...).Is()
	switch {
	case x.incomplete:
		return Sentence(claim + ", or something else: there was too much to look at all of it")
	case len(x.Reasons) > 1:
		return Sentence(claim + "; which of them is undecided")
	}
	return Sentence(claim + x.asRecorded)
}

// Opening begins the explanation of the n-th reason.
func (x *Explanation) Opening(n int) string {
	r := x.Reasons[n]
	s := "That is so"
	if x.incomplete {
		s = "It may be so"
	}
	if len(x.Reasons) > 1 {
		s = []string{"It may be ", "Or it is "}[min(n, 1)] + words.Value(fieldOf(x.Path), r.Value)
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

// Effects says what an event did to a value, and what it corrects. The newest of
// the causes says what the calendar has done since, too.
func (c *Contribution) Effects(newest bool) []string {
	var lines []string
	switch {
	case string(c.From) == string(c.then):
	case isObject(c.From) || isObject(c.then):
		lines = append(lines, "What it changed: "+memberChanges(c.From, c.then)+".")
	case c.From == nil:
		lines = append(lines, "It was "+words.Value(c.field, c.then)+" from then on.")
	default:
		lines = append(lines, "It was "+words.Value(c.field, c.From)+" before, and "+words.Value(c.field, c.then)+" after.")
	}
	switch {
	case !newest || string(c.then) == string(c.To):
	case isObject(c.then) && isObject(c.To):
		lines = append(lines, "Since then the calendar alone has changed: "+memberChanges(c.then, c.To)+".")
	default:
		lines = append(lines, "Since then the calendar alone has made it "+words.Value(c.field, c.To)+".")
	}
	return append(lines, corrected(c.Replaced)...)
}
