package timeline

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Schedule returns the days on which the calendar alone may change something, as
// the payloads of t name them; ascending.
func (t *Timeline[S, E]) Schedule() []edtf.Day {
	var days []edtf.Day
	for _, e := range t.events {
		if s, ok := any(e.Data).(Scheduled); ok && !e.Retracts() {
			days = append(days, s.Schedule()...)
		}
	}
	days = slices.DeleteFunc(days, func(d edtf.Day) bool { return d < edtf.MinDay || d > edtf.MaxDay })
	slices.Sort(days)
	return slices.Compact(days)
}
