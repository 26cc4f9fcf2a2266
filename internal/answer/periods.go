package answer

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Periods are the periods in which something was so.
type Periods struct {
	Known   *edtf.Day  `json:"known"`
	Asked   string     `json:"asked"`
	Ever    edtf.Truth `json:"ever"`
	Periods []Period   `json:"periods"`
	Remarks []string   `json:"remarks"`

	claim words.Claim
}

// Never says that it never is so.
func (w *Periods) Never() string {
	return "It is never so that " + w.claim.Is() + ", as far as is recorded."
}

// A Period is a stretch of days on which something was so.
type Period struct {
	Held      edtf.Truth `json:"held"`
	From      *edtf.Date `json:"from"`    // the day it began, null if it always was so
	Until     *edtf.Date `json:"until"`   // the day it was over, null if it still is so
	MinDays   *int       `json:"minDays"` // null if it has no beginning or no end
	MaxDays   *int       `json:"maxDays"`
	Undecided bool       `json:"undecided"` // worlds differ in more than when it began and ended
	Began     []EventRef `json:"began"`
	Ended     []EventRef `json:"ended"`
	Decides   []EventRef `json:"decides"` // if it is undecided, what decides when it first is not certain

	claim       words.Claim
	from, until edtf.Date
	recorded    bool // its bounds are within what the sources cover
	silent      bool // nothing is recorded of its days
}

// when finds the periods of a target.
func (q *Question) periods(t target) *Periods {
	w := &Periods{Known: q.known, Asked: t.String(), claim: t.claim(q.titles()), Periods: []Period{}, Remarks: append([]string{}, q.remarks...)}
	horizon := q.history.Horizon().Latest()
	for p := range q.history.Periods(t.holds()) {
		one := Period{
			Held: p.Held, From: orNull(p.From), Until: orNull(p.Until), Undecided: p.Undecided,
			Began: q.refsOf(p.Began), Ended: q.refsOf(p.Ended), Decides: q.refsOf(p.Decides), claim: t.claim(q.titles()), from: p.From, until: p.Until,
		}
		one.silent = len(p.NotRecorded) > 0 && p.Held == edtf.Possible && len(p.Began)+len(p.Ended)+len(p.Decides) == 0
		one.recorded = p.From.Latest() <= horizon && (p.Until.IsZero() || p.Until.Latest() <= horizon) || p.From.IsZero()
		if days := p.Days(); days.Min != edtf.MinDays && days.Max != edtf.MaxDays {
			one.MinDays, one.MaxDays = &days.Min, &days.Max
		}
		w.Ever = w.Ever.Or(p.Held)
		w.Periods = append(w.Periods, one)
		w.Remarks = withIncomplete(withGaps(w.Remarks, p.Caveats), p.Incomplete)
	}
	if w.Ever != edtf.Certain {
		_, first := q.history.First(t.holds()) // one of them may be certain; and if there is none it says what is not recorded
		w.Ever, w.Remarks = first.Recorded, withGaps(w.Remarks, first.Caveats)
	}
	if t.value != nil && w.Ever == edtf.No {
		w.Remarks = append(w.Remarks, q.otherValues(t))
	}
	if last := len(w.Periods) - 1; last >= 0 && w.Periods[last].goesOn(q.on) {
		w.Remarks = append(w.Remarks, q.doubt(t)...)
	}
	if !q.history.Horizon().IsZero() {
		w.Remarks = append(w.Remarks, q.horizonRemark())
	}
	return w
}

// goesOn reports whether the period has begun by a day, and has no end.
func (x *Period) goesOn(day edtf.Day) bool { return x.until.IsZero() && x.from.Latest() <= day }

// doubt says that what still is so has been called into question.
func (q *Question) doubt(t target) []string {
	if len(t.steps) < 2 {
		return nil
	}
	var entry struct {
		InQuestion edtf.Date `json:"inQuestionSince"`
		Ended      edtf.Date `json:"ended"`
	}
	steps := t.steps
	if last := len(steps) - 1; steps[last] == "status" {
		steps = steps[:last]
	}
	whole := address{JoinPointer(steps), steps}
	if json.Unmarshal([]byte(whole.on(q.history, q.on)), &entry) != nil || entry.InQuestion.IsZero() || !entry.Ended.IsZero() {
		return nil
	}
	return []string{Sentence("whether that goes on is in question " + words.Since(entry.InQuestion))}
}

// otherValues says which values there ever are in place of one that never is.
func (q *Question) otherValues(t target) string {
	var seen []json.RawMessage
	for x := range q.changes(t.address) {
		for _, v := range append([]string{x.Value}, x.Others...) {
			if !slices.ContainsFunc(seen, func(s json.RawMessage) bool { return string(s) == v }) {
				seen = append(seen, value(v))
			}
		}
	}
	var all []string
	for _, v := range seen {
		all = append(all, words.Value(fieldOf(t.Path), v))
	}
	return "The values it has at some time: " + strings.Join(all, ", ") + "."
}

// Sentence says that something is so in the period: "The T03 was made at Tychy from a
// day in June 2024 until the end of 30 March 2025."
func (x *Period) Sentence() string {
	said := x.claim.Was()
	if x.until.IsZero() && !x.from.IsZero() {
		said = x.claim.HasBeen()
	}
	said += x.Span()
	switch {
	case x.silent:
		said = "no source tells whether " + said
	case x.Held != edtf.Certain || x.from.Latest() == edtf.DistantFuture:
		said = "it is possible that " + said
	case !x.recorded:
		said = "as far as is recorded, " + said
	}
	return Sentence(said)
}

// Decisive returns the events that began or ended the period, or decide about it, each
// once.
func (x *Period) Decisive() []EventRef { return both(both(x.Began, x.Ended), x.Decides) }

// Span says from when to when, and how many days that is.
func (x *Period) Span() string {
	switch {
	case x.from.IsZero() && x.until.IsZero() && x.Undecided:
		return " at some time"
	case x.from.IsZero() && x.until.IsZero():
		return " at all times"
	case x.Undecided && x.Held != edtf.Certain && x.until.Latest() == edtf.DistantFuture:
		return " at some time from " + words.Day(x.from.Earliest()) + " on"
	case x.Undecided && x.Held != edtf.Certain:
		return " at some time from " + words.Day(x.from.Earliest()) + untilDay(x.until.Latest().Date())
	case x.until.Latest() == edtf.DistantFuture && !x.until.IsZero():
		s := " at first"
		if !x.from.IsZero() {
			s = " since " + dayIn(x.from)
		}
		return s + ", and may have ended on " + words.Day(x.until.Earliest()) + " or later"
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

// untilDay describes the day on which something was over: if it is known, of the
// one before, which is the last.
func untilDay(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay && d.Kind() == edtf.Window {
		return " until the end of " + words.Day(d.Earliest()-1)
	}
	return " until " + dayIn(d)
}

func dayIn(d edtf.Date) string {
	if d.Precision() == edtf.PrecisionDay && d.Kind() == edtf.Window {
		return d.English()
	}
	return "a day " + words.In(d)
}
