package answer

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Missing is what would have to be otherwise for something to be so on a day.
type Missing struct {
	On        edtf.Day     `json:"on"`
	Known     *edtf.Day    `json:"known"`
	Asked     string       `json:"asked"`
	Holds     edtf.Truth   `json:"holds"`
	Undecided []Scenario   `json:"undecided"` // the fewest undecided events that would make it so
	Unless    []Scenario   `json:"unless"`    // if it does: the fewest that would make it not so
	Was       *Period      `json:"was"`       // when it last was so, if it is over
	Comes     *Onset       `json:"comes"`     // when it does next
	Prospects []Prospect   `json:"promises"`  // plans that would make it so
	Unknown   []EventRef   `json:"unknown"`   // events that were not known yet
	Corrected []Correction `json:"corrected"` // corrections that take back what made it so
	Remarks   []string     `json:"remarks"`

	Has bool `json:"-"` // the state has it

	incomplete bool // there may be undecided events that would make it so

	claim words.Claim
}

// Summary says whether it is so: "On 1 July 2024 it is certain that the T03 is made at
// Tychy."
func (m *Missing) Summary() string {
	sure := map[edtf.Truth]string{edtf.Certain: "it is certain that", edtf.Possible: "it is possible that", edtf.No: "it is not so that"}[m.Holds]
	switch {
	case m.Holds != edtf.Possible:
	case m.Has && len(m.Unless) == 0:
		sure = "it is so, as far as is recorded, that"
	case !m.Has && len(m.Undecided) == 0 && !m.incomplete:
		sure = "it is not so, as far as is recorded, that"
	}
	return "On " + words.Day(m.On) + " " + sure + " " + m.claim.Is() + "."
}

// A Scenario is how things would have to be.
type Scenario struct {
	If      []EventRef `json:"if"`      // would have happened, or earlier
	Without []EventRef `json:"without"` // would not count
}

// How says what would have to be so of an event.
func (m *Missing) How(e EventRef) string {
	switch {
	case e.When.Latest() > m.On:
		return "has happened by then"
	case m.Known != nil && e.Known.Latest() > *m.Known:
		return "had become known by then"
	}
	return "is true, and came before others of its time"
}

// A Prospect is a plan that would make something so.
type Prospect struct {
	Plan   string            `json:"plan"`
	Title  string            `json:"title"`
	Status events.PlanStatus `json:"status"`
	Window edtf.Date         `json:"window,omitzero"`
	By     string            `json:"by"` // what would carry it out

	Because []EventRef `json:"because"` // what put it where it stands
}

// whyNot says what is missing for a target.
func (q *Question) whyNot(t target) *Missing {
	question := t.holds()
	missing := q.history.WhyNot(q.on, question)
	l := &Missing{
		On: q.on, Known: q.known, Asked: t.String(), Holds: missing.Truth, Undecided: q.scenariosOf(missing.Undecided), Unless: []Scenario{},
		Comes: q.onsetOf(missing), Prospects: []Prospect{},
		Unknown: q.refsOf(missing.Unknown), Corrected: q.corrections(missing.Corrections), Remarks: q.allRemarks(missing.Caveats),
		claim: t.claim(q.titles()),
	}
	if l.incomplete = missing.Incomplete != nil; l.incomplete {
		l.Remarks = append(l.Remarks, fmt.Sprintf("More than %d states are possible that day; not all are looked at.", timeline.MaxWorlds))
	}
	holds := func(c events.Company) bool { return question.Read(c, q.on) }
	if l.Has = holds(q.history.At(q.on).State); l.Has {
		against := q.history.WhyNot(q.on, timeline.Not(question))
		l.Unless = q.scenariosOf(against.Undecided)
		return l
	}
	for _, p := range q.periods(t).Periods {
		if p.Held == edtf.Certain && !p.until.IsZero() && p.until.Latest() <= q.on {
			l.Was = &p
		}
	}
	if t.value != nil && l.Holds == edtf.No && l.Was == nil && l.Comes == nil && len(l.Unknown) == 0 {
		l.Remarks = append(l.Remarks, q.otherValues(t))
	}
	for _, p := range q.history.At(q.on).State.Prospects(q.on, holds) {
		l.Prospects = append(l.Prospects, Prospect{p.Key, p.Plan.Title, p.Status, p.Plan.Window, p.By.String(), q.standing(p)})
	}
	return l
}

// standing returns the event that put a plan where it stands.
func (q *Question) standing(p events.Prospect) []EventRef {
	reasons, _ := timeline.Why(q.history, q.on, events.StatusOfPlan(p.Key))
	for _, r := range reasons {
		for _, c := range r.Because {
			return []EventRef{q.refOf(c.Event)}
		}
	}
	return []EventRef{}
}

func (q *Question) scenariosOf(all []timeline.Scenario[events.Payload]) []Scenario {
	ways := []Scenario{}
	for _, w := range all {
		ways = append(ways, Scenario{q.refsOf(w.If), q.refsOf(w.Without)})
	}
	return ways
}
