package explorer

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// byTime puts what is noted into the order of time. What is only possible comes last.
func (s *section) byTime(noted immutable.Table[events.Circumstance]) {
	slices.SortStableFunc(s.Entries, func(x, y *entry) int {
		a, is := noted.Get(x.Name)
		b, was := noted.Get(y.Name)
		if !is || !was {
			return cmp.Compare(truthValue(was), truthValue(is))
		}
		return a.Compare(b)
	})
}

func truthValue(b bool) int {
	if b {
		return 1
	}
	return 0
}
