package explorer

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// An eventList is a page of the events that are looked for.
type eventList struct {
	Rows           []eventRow
	Found, All     int
	First, Last    int // which of those found are on the page
	Previous, Next string
}

type eventRow struct {
	answer.Listed
	Link, Day string // its address, and the page of its day, if there is one
	Had       string
	Shown     bool // it is the one whose details are shown
}

// perPage is how many events are listed at once.
const perPage = 100

// events lists the events in which the words that are looked for occur, by
// date.
func (v *view) events() eventList {
	all := v.q.Events().Events
	found := v.found(all)
	l := eventList{Found: len(found), All: len(all), First: min((v.number-1)*perPage, len(found))}
	l.Last = min(l.First+perPage, len(found))
	for _, e := range found[l.First:l.Last] {
		row := eventRow{Listed: e, Link: eventLink(e.Event), Had: e.Had(v.here.on), Shown: e.Event == v.event}
		if day, ok := dayToShow(e.When); ok {
			row.Day = goTo(day)
		}
		l.Rows = append(l.Rows, row)
	}
	if v.number > 1 {
		l.Previous = step("page", fmt.Sprint(v.number-1)) + "#events"
	}
	if l.Last < l.Found {
		l.Next = step("page", fmt.Sprint(v.number+1)) + "#events"
	}
	return l
}

// found returns those of some events that are looked for, by date.
func (v *view) found(all []answer.Listed) []answer.Listed {
	found := slices.DeleteFunc(slices.Clone(all), func(e answer.Listed) bool { return !matches(&e, v.search) })
	slices.SortStableFunc(found, func(a, b answer.Listed) int {
		return cmp.Or(cmp.Compare(a.When.Latest(), b.When.Latest()), cmp.Compare(a.When.Earliest(), b.When.Earliest()))
	})
	return found
}

// matches reports whether each of the words occurs in what is said of an event.
func matches(e *answer.Listed, words string) bool {
	text := strings.Join([]string{e.Event, e.Type, e.What, e.Note, e.When.String(), e.Known.String(), e.When.English(), e.Known.English()}, " ")
	for _, c := range e.Cites {
		text += " " + c.String()
	}
	return hasAll(text, words)
}
