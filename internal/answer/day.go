package answer

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// DayAfter returns the day after another; after the distant future there is none.
func DayAfter(day edtf.Day) edtf.Day { return min(day, edtf.DistantFuture-1) + 1 }
