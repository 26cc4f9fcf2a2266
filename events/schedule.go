package events

import (
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/immutable"
)

// On which days the calendar alone changes what a payload has set, as
// [timeline.Scheduled] asks: where a plan stands changes when its window opens, and
// when it is over.

// Schedule returns the days of the plan's window.
func (p PlanConsidered) Schedule() []edtf.Day { return turnsOf(p.Window) }

// Schedule returns the days of the plan's window.
func (p PlanAnnounced) Schedule() []edtf.Day { return turnsOf(p.Window) }

// Schedule returns the days of the plan's new window.
func (p PlanMoved) Schedule() []edtf.Day { return turnsOf(p.Window) }

// Schedule returns the days of the plans' windows.
func (p PlansAnnounced) Schedule() []edtf.Day { return turnsOfAll(p.Plans) }

// Schedule returns the days of the windows of the plans that take its place.
func (p PlanDropped) Schedule() []edtf.Day { return turnsOfAll(p.Instead) }

// turnsOf returns the first day of a window and the day after its last.
func turnsOf(window edtf.Date) []edtf.Day {
	if window.IsZero() {
		return nil
	}
	return []edtf.Day{window.Earliest(), window.Latest().Next()}
}

func turnsOfAll(plans immutable.List[PlanOutline]) []edtf.Day {
	var days []edtf.Day
	for p := range plans.All() {
		days = append(days, turnsOf(p.Window)...)
	}
	return days
}
