package explorer

import (
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A generation is the history as it was read at one time.
type generation struct {
	*answer.History
	number  int    // counts from 1
	start   int64  // when the server began, so that its generations differ from those of another
	problem string // why a newer one cannot be shown; empty if there is none

	first, last edtf.Day   // the days one can move through
	stops       []edtf.Day // the last days of events, ascending
	calendar    *answer.Calendar

	byName map[string]uuid.UUID

	mu        sync.Mutex
	questions map[answer.Query]*answer.Question
	charts    map[chartKey]*chart.Chart
}

// A chartKey is what a chart depends on, apart from its line.
type chartKey struct {
	known, source string
	day           edtf.Day // the first on which plans stand as they do
}

// anyDay returns the key of a chart that differs in its day at most.
func (k chartKey) anyDay() chartKey {
	k.day = edtf.DistantPast // a day that is never asked about
	return k
}

func newGeneration(history *answer.History, number int) *generation {
	ed := &generation{History: history, number: number, calendar: answer.CalendarOf(history.File.Timeline), byName: map[string]uuid.UUID{}, questions: map[answer.Query]*answer.Question{}, charts: map[chartKey]*chart.Chart{}}
	ed.first, ed.last = extent(history)
	ed.first, ed.last = max(ed.first, edtf.MinDay), min(ed.last, edtf.MaxDay)
	for e := range history.File.Timeline.Events() {
		ed.byName[e.Label()] = e.ID
		last := e.When.Latest()
		if last != edtf.DistantFuture {
			ed.stops = append(ed.stops, last)
		}
	}
	slices.Sort(ed.stops)
	ed.stops = slices.DeleteFunc(slices.Compact(ed.stops), func(d edtf.Day) bool { return d < edtf.MinDay || d > edtf.MaxDay })
	return ed
}

// extent returns the days that all events may have happened on, in full years.
func extent(history *answer.History) (first, last edtf.Day) {
	var row chart.Row
	for e := range history.File.Timeline.Events() {
		row.Items = append(row.Items, chart.Item{When: e.When})
	}
	if days := history.File.Timeline.Schedule(); len(days) > 0 {
		row.Items = append(row.Items, chart.Item{When: (days[len(days)-1] - 1).Date()}) // the last of any plan
	}
	c := chart.Chart{Lanes: []chart.Lane{{Rows: []chart.Row{row}}}, Horizon: history.File.Timeline.Horizon()}
	return c.Days()
}

// drawnAhead is how many days a chart shows after the record ends or after the day asked
// about, if that is later. Plans may reach much further, and would leave little room for what
// has happened.
const drawnAhead = 3 * 366

// drawnTo returns the last day that the chart of a day shows.
func (ed *generation) drawnTo(on edtf.Day) edtf.Day {
	end := on
	if h := ed.File.Timeline.Horizon(); !h.IsZero() && h.Latest() < edtf.DistantFuture {
		end = max(end, h.Latest())
	} else {
		return ed.last
	}
	return min(ed.last, end+drawnAhead)
}

// name returns by what pages know the generation.
func (ed *generation) name() string { return fmt.Sprintf("%x.%d", ed.start, ed.number) }

// find returns the event with a name.
func (ed *generation) find(name string) (events.Event, bool) {
	id, ok := ed.byName[name]
	if !ok {
		return events.Event{}, false
	}
	return ed.File.Timeline.ByID(id)
}

// before returns the last stop before a day, or the first day.
func (ed *generation) before(day edtf.Day) edtf.Day {
	n, _ := slices.BinarySearch(ed.stops, day)
	if n == 0 {
		return min(ed.first, day)
	}
	return ed.stops[n-1]
}

// following returns the first stop after a day, or the last day.
func (ed *generation) following(day edtf.Day) edtf.Day {
	n, _ := slices.BinarySearch(ed.stops, day+1)
	if n == len(ed.stops) {
		return max(ed.last, day)
	}
	return ed.stops[n]
}

// maxQuestions is how many questions are kept: each holds a view of the history
// with what was worked out for it.
const maxQuestions = 24

// question returns the question with these terms, which is kept: the views of a
// history are expensive, other days of the same view are not.
func (ed *generation) question(t answer.Query) (*answer.Question, error) {
	view := answer.Query{Known: t.Known, According: t.According}
	ed.mu.Lock()
	q := ed.questions[view]
	ed.mu.Unlock()
	if q == nil {
		var err error
		if q, err = ed.Ask(view); err != nil {
			return nil, err
		}
		ed.mu.Lock()
		if len(ed.questions) >= maxQuestions {
			clear(ed.questions)
		}
		ed.questions[view] = q
		ed.mu.Unlock()
	}
	return q.At(t)
}
