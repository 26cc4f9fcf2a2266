package explorer

import (
	"context"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
)

// A visit is a generation as one reader asks it. The questions of a reader who has
// left end, and free the processor for others.
type visit struct {
	*generation
	ctx context.Context
}

// ask returns the question with these terms.
func (ed visit) ask(t answer.Query) (*answer.Question, error) {
	q, err := ed.question(t)
	if err != nil {
		return nil, err
	}
	return q.WithContext(ed.ctx), nil
}

// maxCharts is how many charts are kept.
const maxCharts = 48

// chart returns the history of a question as a chart, in which every item leads
// to the name of its event. It is kept, and must not be changed.
func (ed visit) chart(q *answer.Question, known, source string) *chart.Chart {
	key := chartKey{known, source, ed.calendar.First(q.On())}
	ed.mu.Lock()
	c, like := ed.charts[key], ed.charts[key.anyDay()]
	ed.mu.Unlock()
	if c != nil {
		return c
	}
	c = events.Chart(q.History(), events.ChartOptions{
		On: q.On().Date(), Link: events.Event.Label, MaxRows: chartRows, Like: like,
	})
	if ed.ctx.Err() != nil {
		return c // it is not all that there is
	}
	ed.mu.Lock()
	defer ed.mu.Unlock()
	if len(ed.charts)+2 > maxCharts {
		clear(ed.charts)
	}
	ed.charts[key], ed.charts[key.anyDay()] = c, c
	return c
}
