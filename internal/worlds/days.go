package worlds

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A Range is a range of days. Both ends are included.
type Range struct{ First, Last edtf.Day }

// Overlaps reports whether r and s share a day.
func (r Range) Overlaps(s Range) bool { return r.First <= s.Last && s.First <= r.Last }

// contains reports whether all days of s are in r.
func (r Range) contains(s Range) bool { return r.First <= s.First && s.Last <= r.Last }

// count returns how many days of r there are up to day, at most a thousand million.
func (r Range) count(day edtf.Day) int {
	return int(min(int64(day)-int64(r.First)+1, 1<<30))
}
