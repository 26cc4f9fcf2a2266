package timeline

import (
	"fmt"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Lasting returns the windows of the two events by which something lasts as a date
// says in the way people write it, with the last day in. Of "2018-03/2021" it began on
// a day in March 2018, and is over on a day after one in 2021. A date that is no span
// lasts all of its days: "2018-03" is the whole month.
//
// The zero Date stands for an event that does not happen, since the span is open there.
// At an end that is unknown, it happened on some day before, or after, the other. The
// error says that d is a set, a window with gaps or the zero Date.
func Lasting(d edtf.Date) (began, over edtf.Date, err error) {
	if d.Kind() != edtf.Span && (d.Kind() != edtf.Window || ranges(d) > 1) {
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
		over = edtf.Between(last.Next(), latest.Next())
	}
	return began, over, nil
}
