package timeline

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Lasting returns the windows of the two events by which something lasts as a span
// says, as people write it: from the first day of "2018-03/2021" to the last, which is
// in. It began on a day in March 2018, and is over from the day after its last, which
// is one in 2021. The zero Date stands for an event that there is none of: the span is
// open there, or it is unknown when it began. What is over at an unknown time is so on
// some day after it began. A date that is no span lasts the days that it names, such as
// a whole month. The error says that d has no days.
func Lasting(d edtf.Date) (began, over edtf.Date, err error) {
	if d.Kind() != edtf.Span && d.Kind() != edtf.Window {
		return edtf.Date{}, edtf.Date{}, fmt.Errorf("timeline: %v does not say from when to when", d)
	}
	from, to := d.StartBounds()
	last, latest := d.EndBounds()
	if d.Kind() == edtf.Window {
		to, last = from, latest
	}
	if to > edtf.DistantPast && to < edtf.DistantFuture {
		began = edtf.Between(from, to)
	}
	if last < edtf.DistantFuture {
		over = edtf.Between(dayAfter(last), dayAfter(latest))
	}
	return began, over, nil
}

// dayAfter returns the day after d; none comes after the distant future.
func dayAfter(d edtf.Day) edtf.Day { return min(d, edtf.DistantFuture-1) + 1 }
