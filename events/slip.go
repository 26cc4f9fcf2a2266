package events

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Slip is that a plan is to happen at another time than it was at first.
type Slip struct {
	Plan     string
	Title    string
	From, To edtf.Date // its first window, and that of the day asked about
	// Days is how many days later the last day of To is than that of From; it is less
	// than 0 if the plan was brought forward.
	Days int
}

// Late says by how much the plan moved: "8 months later".
func (s Slip) Late() string {
	switch {
	case s.Days == 0:
		return "other date"
	case s.Days < 0:
		return delay(-s.Days) + " earlier"
	}
	return delay(s.Days) + " later"
}

// delay returns a number of days as people say it: "20 days", "8 months", "2 years".
func delay(days int) string {
	const month = 365.25 / 12
	switch months := int(math.Round(float64(days) / month)); {
	case days == 1:
		return "1 day"
	case days < 45:
		return fmt.Sprintf("%d days", days)
	case months < 24:
		return fmt.Sprintf("%d months", months)
	default:
		return fmt.Sprintf("%d years", int(math.Round(float64(months)/12)))
	}
}

// Slips returns the plans of h whose windows moved by the end of day, those that slipped
// most first. A window that lies in the first one has become more exact, and has not moved. A window that is told by rivals is that of the baseline. It asks of every
// plan when it was to happen on each day, which takes that much longer than one question.
func Slips(h *History, day edtf.Day) []Slip {
	var slips []Slip
	for key, p := range h.At(day).State.Plans().All() {
		first := edtf.Date{}
		for c := range timeline.Track(h, WindowOfPlan(key)) {
			if !c.Value.IsZero() && c.From.Latest() <= day {
				first = c.Value
				break
			}
		}
		if first.IsZero() || p.Window.IsZero() || first.Earliest() <= p.Window.Earliest() && p.Window.Latest() <= first.Latest() {
			continue
		}
		slips = append(slips, Slip{key, p.Title, first, p.Window, int(p.Window.Latest() - first.Latest())})
	}
	slices.SortStableFunc(slips, func(a, b Slip) int { return cmp.Compare(b.Days, a.Days) })
	return slips
}
