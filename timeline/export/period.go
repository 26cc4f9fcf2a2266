package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Period is a value that something had for a time.
type Period struct {
	Of        string   // what has the value
	Value     string   // that of the baseline
	Others    []string // what it may have been instead
	From      edtf.Date
	Until     edtf.Date // the day on which it was over; the zero Date if it is not
	Because   []string  // the names of the events that made it so
	Undecided bool      // which value it is, or the order of events
}

// Track returns the successive values of a question as periods, with a name for what has them.
func Track[V comparable, S, E any](t *timeline.Timeline[S, E], of string, q timeline.Question[S, V]) ([]Period, error) {
	var all []Period
	for c := range timeline.Track(t, q) {
		if c.Err != nil {
			return nil, c.Err
		}
		p := Period{Of: of, Value: fmt.Sprint(c.Value), From: c.From, Until: c.Until, Undecided: c.Undecided || len(c.Others) > 0 || c.Incomplete != nil}
		for _, v := range c.Others {
			p.Others = append(p.Others, fmt.Sprint(v))
		}
		for _, e := range c.Because {
			p.Because = append(p.Because, e.Label())
		}
		all = append(all, p)
	}
	return all, nil
}

// Periods writes values over time as a table with a line of titles: what has the value, the value,
// the first and the last day on which it may have begun, and of those on which it may have been over, which is the day
// behind its last (empty if there is none), both as EDTF too, whether it is certain while it lasts, what else it may have been, and the events that made it
// so. The error is that of w.
func Periods(w io.Writer, periods []Period) error {
	rows := [][]string{{"of", "value", "from first day", "from last day", "over first day", "over last day", "from", "over", "certain", "others", "because"}}
	for n := range periods {
		p := &periods[n]
		certain := "certain"
		if p.Undecided {
			certain = "possible"
		}
		row := []string{p.Of, p.Value}
		for _, d := range []edtf.Date{p.From, p.Until} {
			first, last := "", ""
			if !d.IsZero() {
				a, b := d.Bounds()
				first, last = dayCell(a), dayCell(b)
			}
			row = append(row, first, last)
		}
		rows = append(rows, append(row, p.From.String(), p.Until.String(), certain, strings.Join(p.Others, " or "), strings.Join(p.Because, ", ")))
	}
	return Rows(w, rows)
}
