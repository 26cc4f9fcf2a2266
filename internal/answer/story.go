package answer

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Story is what happened, and what became known, after the end of one day and by the
// end of another.
type Story struct {
	From     Point    `json:"from"`
	To       Point    `json:"to"`
	Happened []Told   `json:"happened"` // what may have happened in that time
	Learned  []Told   `json:"learned"`  // what had happened before it, and became known in it
	Remarks  []string `json:"remarks"`
}

// A Told is an event of a story.
type Told struct {
	EventRef
	Happened edtf.Truth `json:"happened"` // by the end of the story
	Within   edtf.Truth `json:"within"`   // in the time of the story
}

// Story tells what happened since the point to compare with. What is corrected, or
// excluded by a rival, is left out.
func (q *Question) Story() (*Story, error) {
	if q.since == nil {
		return nil, errNoSince
	}
	s := &Story{From: *q.since, To: Point{q.on, q.known}, Happened: []Told{}, Learned: []Told{}, Remarks: q.allRemarks(timeline.Caveats[events.Payload]{})}
	for e := range q.history.Events() {
		known := e.KnowledgeTime()
		truth := q.happened(e, q.on)
		switch {
		case truth == edtf.No:
		case e.When.Latest() > q.since.On:
			within := truth
			if e.When.Earliest() <= q.since.On {
				within = edtf.Possible
			}
			s.Happened = append(s.Happened, Told{q.refOf(e), truth, within})
		case known.Latest() > q.since.On && known.Earliest() <= q.on:
			s.Learned = append(s.Learned, Told{q.refOf(e), truth, edtf.No})
		}
	}
	byTime := func(a, b Told) int {
		return cmp.Or(cmp.Compare(a.When.Latest(), b.When.Latest()), cmp.Compare(a.When.Earliest(), b.When.Earliest()))
	}
	slices.SortStableFunc(s.Happened, byTime)
	slices.SortStableFunc(s.Learned, byTime)
	return s, nil
}

// Summary says how much happened.
func (s *Story) Summary() string {
	span := fmt.Sprintf("from %s to %s", words.Day(s.From.On+1), words.Day(s.To.On))
	switch happened, learned := len(s.Happened), len(s.Learned); {
	case happened+learned == 0:
		return "Nothing is recorded " + span + "."
	case learned == 0:
		return fmt.Sprintf("%s recorded %s.", Capital(eventsAre(happened)), span)
	default:
		return fmt.Sprintf("%s recorded %s; %s known in that time of what had happened before.", Capital(eventsAre(happened)), span, became(learned))
	}
}

func eventsAre(n int) string {
	if n == 1 {
		return "1 event is"
	}
	return fmt.Sprintf("%d events are", n)
}

func became(n int) string {
	if n == 1 {
		return "1 event became"
	}
	return fmt.Sprintf("%d events became", n)
}
