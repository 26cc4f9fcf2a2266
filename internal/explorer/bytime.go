package explorer

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// byTime puts what is noted into the order of time. What is only possible comes last.
func (s *section) byTime(noted immutable.Table[events.Circumstance]) {
	slices.SortStableFunc(s.Entries, func(x, y *entry) int {
		a, is := noted.Get(x.Name)
		b, was := noted.Get(y.Name)
		switch {
		case is && was:
			return a.Compare(b)
		case is:
			return -1
		case was:
			return 1
		}
		return 0
	})
}
