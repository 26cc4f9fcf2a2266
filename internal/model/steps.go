package model

import (
	"maps"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A zone is some days that follow a day on which there was one value.
type zone[V comparable] struct {
	value       V
	first, last edtf.Day
}

// seen returns the steps of a life in z up to day that change the value, or false
// if it does not get there.
func (c Course[V]) seen(l Life[V], z zone[V], day edtf.Day) ([]Step[V], bool) {
	return l.seen(z.value, int(z.first-c.First), int(day-c.First))
}

// steps returns the values that follow each other in z in every life, if they do.
func (c Course[V]) steps(z zone[V]) ([]Change[V], bool) {
	if z.last > c.Last {
		return nil, false // there is no certain day
	}
	longest := c.longest(z)
	if !c.followed(z, longest) {
		return nil, false
	}
	var changes []Change[V]
	for n := range longest {
		if x, lasts := c.change(z, longest, n); lasts {
			changes = append(changes, x)
		}
	}
	return changes, c.agrees(z, changes)
}

// longest returns the steps of the life that has most in z.
func (c Course[V]) longest(z zone[V]) (longest []Step[V]) {
	for day := z.first; day <= z.last; day++ {
		for _, l := range c.Lives {
			if steps, ok := c.seen(l, z, day); ok && len(steps) > len(longest) {
				longest = steps
			}
		}
	}
	return longest
}

// followed reports whether every life goes through the values of longest, and has
// all of them by the end of z.
func (c Course[V]) followed(z zone[V], longest []Step[V]) bool {
	for day := z.first; day <= z.last; day++ {
		for _, l := range c.Lives {
			steps, ok := c.seen(l, z, day)
			if !ok {
				continue
			}
			for n, s := range steps {
				if s.Value != longest[n].Value {
					return false
				}
			}
			if day == z.last && len(steps) < len(longest) {
				return false
			}
		}
	}
	return true
}

// change returns value n of longest, and whether it lasts to the end of a day in
// some life.
func (c Course[V]) change(z zone[V], longest []Step[V], n int) (x Change[V], lasts bool) {
	x = Change[V]{Value: longest[n].Value, Because: map[uuid.UUID]bool{}, Earliest: edtf.DistantFuture, Latest: edtf.DistantFuture}
	for day := z.last; day >= z.first; day-- {
		some, all := false, true
		for _, l := range c.Lives {
			steps, ok := c.seen(l, z, day)
			if !ok {
				continue
			}
			reached := len(steps) > n
			some, all, lasts = some || reached, all && reached, lasts || len(steps) == n+1
			if reached && day == z.last {
				addCause(x.Because, steps[n].Event)
			}
		}
		if some {
			x.Earliest = day
		}
		if all {
			x.Latest = day
		}
	}
	return x, lasts
}

// agrees reports whether the changes give the value of the baseline on each day
// of z but the last.
func (c Course[V]) agrees(z zone[V], changes []Change[V]) bool {
	for day := z.first; day < z.last; day++ {
		v := z.value
		for _, x := range changes {
			if x.Latest <= day {
				v = x.Value
			}
		}
		if n := int(day - c.First); v != c.Baseline[n] || c.Refused[n] {
			return false
		}
	}
	return true
}

// daily returns the values that are possible on each day of z.
func (c Course[V]) daily(z zone[V]) []Change[V] {
	var changes []Change[V]
	because := map[uuid.UUID]bool{}
	for day := z.first; day <= z.last; day++ {
		for _, l := range c.Lives {
			steps, _ := c.seen(l, z, day)
			for _, s := range steps {
				addCause(because, s.Event)
			}
		}
		x := Change[V]{
			Value: c.Baseline[day-c.First], Others: c.On(day), Earliest: day, Latest: day,
			Because: maps.Clone(because), Undecided: true, Err: c.Refused[day-c.First],
		}
		delete(x.Others, x.Value)
		changes = append(changes, x)
	}
	return changes
}
