package answer

import (
	"fmt"
	"strings"
	"sync"

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
	return min(last, edtf.MaxDay)
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
