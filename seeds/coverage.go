package seeds

import (
	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// coverage returns what each source covers: as it says itself, or as the file says
// for all. A file without sources has the latter alone.
func (f *HistoryForm) coverage() []timeline.Coverage {
	all := timeline.Coverage{Horizon: f.Horizon, Topics: events.Topics(), Silent: f.Silent}
	if len(f.Sources) == 0 {
		return []timeline.Coverage{all}
	}
	var cs []timeline.Coverage
	for _, s := range f.Sources {
		c := all
		c.Source = s.Key
		if !s.Horizon.IsZero() {
			c.Horizon = s.Horizon
		}
		if s.Silent != nil {
			c.Silent = s.Silent
		}
		cs = append(cs, c)
	}
	return cs
}
