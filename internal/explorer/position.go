package explorer

import (
	"cmp"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A position is where one stands on both axes of time: a day, and the one by the
// end of which all that is shown is known, [edtf.DistantFuture] for all.
type position struct{ on, known edtf.Day }

// positionOf reads a position; known may be [answer.All].
func positionOf(ed visit, on, known string) (*position, error) {
	if known == answer.All {
		known = ""
	}
	q, err := ed.ask(answer.Query{On: on, Known: known})
	if err != nil {
		return nil, err
	}
	return &position{q.On(), knownBy(q)}, nil
}

func knownBy(q *answer.Question) edtf.Day {
	if day, ok := q.History().KnowledgeDay(); ok {
		return day
	}
	return edtf.DistantFuture
}

// compare orders positions by their day, and those of one day by what is known.
func (p position) compare(other position) int {
	return cmp.Or(cmp.Compare(p.on, other.on), cmp.Compare(p.known, other.known))
}

// knownText returns by which day all of p is known, or nothing for all.
func (p position) knownText() string {
	if p.known == edtf.DistantFuture {
		return ""
	}
	return p.known.String()
}

// then returns the same for an address in which nothing means something else.
func (p position) then() string { return cmp.Or(p.knownText(), answer.All) }
