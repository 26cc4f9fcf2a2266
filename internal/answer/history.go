package answer

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A History is a history that questions are asked of.
type History struct {
	File *seeds.File

	recorded string // the end of its title: as of when a log recorded it

	once  sync.Once
	paths []string // of all values that there ever are
}

// LastDay returns the last day that the history covers, or the last of its
// events if it does not say; the last that can be asked for at most.
func (h *History) LastDay() edtf.Day { return lastDay(h.File.Timeline) }

// addresses returns the pointers of all values that there ever are.
func (h *History) addresses() []string {
	h.once.Do(func() { h.paths = addresses(h.File.Timeline) })
	return h.paths
}

// HasEntry reports whether an entry of one of some tables ever has a name, or an entry of a table in it does, in
// letters of any case.
func (h *History) HasEntry(name string, tables ...string) bool {
	return slices.ContainsFunc(h.addresses(), func(path string) bool {
		steps := SplitPointer(path)
		return len(steps) > 0 && len(steps)%2 == 0 && slices.Contains(tables, steps[0]) && strings.EqualFold(steps[len(steps)-1], name)
	})
}

// lastDay is [History.LastDay] of a timeline.
func lastDay(h *events.History) edtf.Day {
	last := edtf.MinDay
	if horizon := h.Horizon(); !horizon.IsZero() {
		last = max(last, horizon.Latest())
	} else {
		for day := range eventDays(h) {
			if day != edtf.DistantFuture {
				last = max(last, day)
			}
		}
	}
	if last == edtf.MinDay {
		last = withoutLastDay(h)
	}
	return min(last, edtf.MaxDay)
}

// withoutLastDay returns the last day on which an event may have begun to be possible, of events that have all no
// last day, or today if there is none.
func withoutLastDay(h *events.History) edtf.Day {
	last := edtf.MinDay
	for e := range h.Events() {
		last = max(last, e.When.Earliest())
	}
	if last == edtf.MinDay {
		return edtf.DayOf(time.Now())
	}
	return last
}

// Credit says how many sources the history rests on, and names those with a licence.
func (h *History) Credit() string {
	n := len(h.File.Sources)
	if n == 0 {
		return ""
	}
	credit := "From 1 source"
	if n > 1 {
		credit = fmt.Sprintf("From %d sources", n)
	}
	var licensed []string
	for _, s := range h.File.Sources {
		if s.Licence != "" {
			licensed = append(licensed, Join(", ", s.Title, s.Publisher)+" ("+s.Licence+")")
		}
	}
	if len(licensed) > 0 {
		credit += ", among them " + strings.Join(licensed, "; ")
	}
	return credit + "."
}
