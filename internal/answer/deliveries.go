package answer

import (
	"cmp"
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// DeliveriesByPeriod yields what was delivered: of all models first, then of each; of
// years, of halves and quarters, of months, and last of other periods, each in the
// order of time. So what can be compared stands together.
func DeliveriesByPeriod(s events.Report) iter.Seq[events.Delivery] {
	var all []events.Delivery
	for _, d := range s.Deliveries.All() {
		all = append(all, d)
	}
	slices.SortStableFunc(all, func(a, b events.Delivery) int {
		return cmp.Or(
			cmp.Compare(a.Model, b.Model),
			cmp.Compare(periodKind(a), periodKind(b)),
			cmp.Compare(a.Period.Earliest(), b.Period.Earliest()),
			cmp.Compare(a.Period.Latest(), b.Period.Latest()),
		)
	})
	return slices.Values(all)
}

// periodKind returns the place of a kind of period in the order in which they are
// listed.
func periodKind(d events.Delivery) int {
	switch days := d.Period.Latest() - d.Period.Earliest(); {
	case d.Period.Kind() == edtf.Span:
		return 3 // January to August
	case days > 360:
		return 0
	case days > 31:
		return 1
	default:
		return 2
	}
}
