package chart

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// looks is which looks a picture has, for its legend.
type looks map[string]bool

func (d *drawing) looks() looks {
	used := looks{}
	for _, lane := range d.lanes {
		for _, row := range lane.rows {
			for _, s := range row.shapes {
				used.add(s, d.scale.last)
			}
		}
	}
	if h := d.chart.Horizon; !h.IsZero() && h.Latest() < d.scale.last {
		used["beyond"] = true
	}
	return used
}

// add adds the looks of a shape, of which days up to the last are drawn.
func (u looks) add(s *shape, last edtf.Day) {
	item := s.item
	u["question"] = u["question"] || !item.InQuestion.IsZero() && item.InQuestion.Latest() <= last
	switch item.Kind {
	case Span:
		u["span"] = true
		u["fade"] = u["fade"] || s.in0 < s.in1 || s.out0 < s.out1
		u["tail"] = u["tail"] || s.tail
	case Plan:
		u["plan"] = u["plan"] || item.Outcome == Open
		u["due"], u["overdue"] = u["due"] || item.Outcome == Due, u["overdue"] || item.Outcome == Overdue
		u["moved"] = u["moved"] || len(s.ghosts) > 0
		u["announced"] = u["announced"] || s.announced < s.in0
		u["fulfilled"] = u["fulfilled"] || item.Outcome == Fulfilled
		u["dropped"] = u["dropped"] || item.Outcome == Dropped
	default:
		exact := func(p piece) bool { return p.exact }
		u["day"] = u["day"] || item.Outcome == Open && slices.ContainsFunc(s.pieces, exact)
		u["window"] = u["window"] || !slices.ContainsFunc(s.pieces, exact)
		u["either"] = u["either"] || len(s.pieces) > 1
		u["carried out"] = u["carried out"] || item.Outcome == Fulfilled
	}
	u["rival"] = u["rival"] || item.Rival != ""
	u["undecided"] = u["undecided"] || item.Undecided && item.Rival == ""
}
