package answer

import (
	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Slips are the plans that were put off, or brought forward.
type Slips struct {
	On      edtf.Day  `json:"on"`
	Known   *edtf.Day `json:"known"`
	Slips   []Slip    `json:"slips"`
	Remarks []string  `json:"remarks"`
}

// A Slip is a plan whose date moved.
type Slip struct {
	Plan   string            `json:"plan"`
	Title  string            `json:"title"`
	Status events.PlanStatus `json:"status"`
	From   edtf.Date         `json:"from"` // its first date
	To     edtf.Date         `json:"to"`   // that of the day asked about
	Days   int               `json:"days"` // by how many its last day moved
}

// Slips returns the plans whose dates had moved by the day, those that slipped most
// first.
func (q *Question) Slips() *Slips {
	all := &Slips{On: q.on, Known: q.known, Slips: []Slip{}, Remarks: append([]string{}, q.remarks...)}
	plans := q.history.At(q.on).State
	for _, s := range events.Slips(q.history, q.on) {
		all.Slips = append(all.Slips, Slip{s.Plan, s.Title, plans.Plan(s.Plan).Status(q.on), s.From, s.To, s.Days})
	}
	if q.history.PastHorizon(q.on) {
		all.Remarks = append(all.Remarks, q.horizonRemark())
	}
	return all
}

// Late says by how much the plan moved: "8 months later".
func (s *Slip) Late() string { return events.Slip{Days: s.Days}.Late() }
