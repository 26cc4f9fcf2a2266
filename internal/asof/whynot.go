package asof

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// lack is what -whynot says.
type Lack struct {
	On        edtf.Day     `json:"on"`
	Known     *edtf.Day    `json:"known"`
	Asked     string       `json:"asked"`
	Holds     edtf.Truth   `json:"holds"`
	Undecided []Way        `json:"undecided"` // the fewest undecided events that would make it so
	Unless    []Way        `json:"unless"`    // if it does: the fewest that would make it not so
	Was       *Period      `json:"was"`       // when it last was so, if it is over
	Comes     *Coming      `json:"comes"`     // when it does next
	Promises  []Promise    `json:"promises"`  // plans that would make it so
	Unknown   []Mention    `json:"unknown"`   // events that were not known yet
	Corrected []Correction `json:"corrected"` // corrections that take back what made it so
	Remarks   []string     `json:"remarks"`

	has bool // the state has it
}

// A Way is how things would have to be.
type Way struct {
	If      []Mention `json:"if"`      // would have happened, or earlier
	Without []Mention `json:"without"` // would not count
}

// A Promise is a plan that would make something so.
type Promise struct {
	Plan   string            `json:"plan"`
	Title  string            `json:"title"`
	Status events.PlanStatus `json:"status"`
	Window edtf.Date         `json:"window,omitzero"`
	By     string            `json:"by"` // what would carry it out

	Because []Mention `json:"because"` // what put it where it stands
}

// whyNot tells what is missing for a target.
func (q *Question) whyNot(t target) *Lack {
	history := t.about(q.history)
	holds := t.holds(q.on)
	missing := timeline.WhyNot(history, q.on, holds)
	l := &Lack{
		On: q.on, Known: q.known, Asked: t.String(), Holds: missing.Holds, Undecided: waysOf(missing.Undecided), Unless: []Way{},
		Comes: q.comes(t, missing), Promises: []Promise{},
		Unknown: mentionsOf(missing.Unknown), Corrected: q.corrections(missing.Corrections), Remarks: q.allRemarks(t.steps),
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
		l.Promises = append(l.Promises, Promise{p.Key, p.Plan.Title, p.Status, p.Plan.Window, p.By.String(), q.standing(p)})
	}
	return l
}

// standing returns the event that put a plan where it stands.
func (q *Question) standing(p events.Promise) []Mention {
	a := address{steps: []string{"plans", p.Key, "status"}}
	for _, r := range timeline.Why(a.about(q.history), q.on, a.pick(q.on)) {
		for _, c := range r.Because {
			return []Mention{MentionOf(c.Event)}
		}
	}
	return []Mention{}
}

func waysOf(all []timeline.Scenario[events.Payload]) []Way {
	ways := []Way{}
	for _, w := range all {
		ways = append(ways, Way{mentionsOf(w.If), mentionsOf(w.Without)})
	}
	return ways
}

func writeWhyNot(p *page, l *Lack) {
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
		p.paragraph(2, "", "It was so"+l.Was.Span()+".")
		p.happenings("It was over:", l.Was.Ended)
	}
	p.comes(l.Comes)
	p.unknown(l.Unknown)
	p.corrections(l.Corrected)
	p.promises(l.Promises)
	if len(l.Undecided)+len(l.Unknown)+len(l.Promises)+len(l.Corrected) == 0 && l.Comes == nil && l.Was == nil {
		p.paragraph(2, "", "Nothing that is recorded makes it so, nor would any plan that was certain by then.")
	}
}

// ways tells in which ways things may have been otherwise.
func (p *page) ways(all []Way, first, next string, on edtf.Day) {
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

func (p *page) promises(all []Promise) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s\n", p.style("1", "PLANS THAT WOULD MAKE IT SO"))
	for _, pr := range all {
		p.paragraph(2, string(pr.Status), ": "+join(", ", pr.Title, Said(pr.Window))+" ["+pr.Plan+"]")
		for _, m := range pr.Because {
			p.mention(6, m)
		}
	}
}
