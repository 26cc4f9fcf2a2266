package chart

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A shape is where an item is drawn, from left to right.
type shape struct {
	item *Item
	lane int

	x0, x1 float64 // everything but the label
	// Of a span or a plan: where it may have begun, where it certainly had, where
	// it may have been over, where it certainly was.
	in0, in1, out0, out1 float64
	open                 bool    // it goes on beyond the end
	tail                 bool    // of a span: it went on when the record ended
	ghosts               []ghost // of a plan: its earlier dates
	pieces               []piece // of an instant
	announced            float64 // of a plan: where the line to it begins

	track int // which line of the row
	label label
}

// A piece is some of the days on one of which something happened.
type piece struct {
	x0, x1      float64
	exact       bool // it is one day
	left, right bool // it goes on beyond what is drawn
}

// A ghost is a date that a plan had.
type ghost struct{ x0, x1 float64 }

// A label is a text beside a shape, or in it.
type label struct {
	text   string
	x      float64
	inside bool
	before bool   // it ends where its shape begins
	whole  string // what it says in whole, if it is cut
}

// shapeOf returns where an item is drawn, or false if no day of it is.
func (s scale) shapeOf(item *Item, lane int) (*shape, bool) {
	p := &shape{item: item, lane: lane}
	var ok bool
	switch item.Kind {
	case Span:
		ok = s.bar(p, item.When, item.Until)
	case Plan:
		ok = s.plan(p)
	default:
		ok = s.instant(p)
	}
	return p, ok
}

// instant draws the ranges of days on one of which it happened.
func (s scale) instant(p *shape) bool {
	for first, last := range p.item.When.Ranges() {
		x0, x1, ok := s.span(first, last)
		if !ok {
			continue
		}
		if grow := (s.mark - (x1 - x0)) / 2; grow > 0 {
			x0, x1 = x0-grow, x1+grow
		}
		p.pieces = append(p.pieces, piece{x0, x1, first == last, first < s.first, last > s.last})
	}
	if len(p.pieces) == 0 {
		return false
	}
	p.x0, p.x1 = p.pieces[0].x0, p.pieces[len(p.pieces)-1].x1
	return true
}

// bar draws what began on a day of from and was over on a day of until.
func (s scale) bar(p *shape, from, until edtf.Date) bool {
	first, begun := bounds(from, edtf.DistantPast)
	over, last := bounds(until, edtf.DistantFuture)
	if first > s.last || last <= s.first {
		return false
	}
	p.in0, p.in1 = s.clamp(s.x(first)), s.clamp(s.x(begun))
	p.out0, p.out1 = s.clamp(s.x(over)), s.clamp(s.x(last))
	p.open = last > s.last
	if end := s.clamp(s.x(s.end + 1)); s.known && last > s.end+1 && first <= s.end && p.item.Kind == Span {
		p.in1, p.out0, p.out1, p.tail = min(p.in1, end), min(p.out0, end), end, s.end < s.last
	}
	p.out1 = max(p.out1, p.in0) // nothing is drawn of what is over before it begins
	p.in1, p.out0 = min(p.in1, p.out1), max(p.out0, p.in0)
	if p.in1 > p.out0 { // it may have been over before it had certainly begun
		middle := (p.in1 + p.out0) / 2
		p.in1, p.out0 = middle, middle
	}
	p.x0, p.x1 = p.in0, max(p.out1, p.in0+2)
	return true
}

// plan draws the days that a plan is for, and a line from when it was first
// announced. A plan that is open for which goes on until it is settled.
func (s scale) plan(p *shape) bool {
	item := p.item
	if item.When.IsZero() {
		if !s.bar(p, item.Announced, item.Until) {
			return false
		}
		p.in0, p.out1 = p.in1, max(p.out0, p.in1+s.mark) // the thread shows since when it may have been announced
	} else {
		first, last := item.When.Bounds()
		x0, x1, ok := s.span(first, last)
		if !ok {
			return s.planElsewhere(p, first)
		}
		p.in0, p.in1, p.out0, p.out1 = x0, x0, x1, x1
		p.open = last > s.last
		if item.When.Kind() == edtf.Window && x1-x0 < s.mark {
			p.in1, p.out0, p.out1 = x0, x0+s.mark, x0+s.mark
		}
		p.x0, p.x1 = p.in0, p.out1
	}
	p.announced = p.x0
	s.ghosts(p)
	if announced := item.Announced; !announced.IsZero() {
		p.announced = min(p.announced, s.clamp(s.x(announced.Earliest())))
		p.x0 = min(p.x0, p.announced)
	}
	return true
}

// ghosts draws the earlier dates of a plan.
func (s scale) ghosts(p *shape) {
	for _, m := range p.item.Moves {
		x0, x1, ok := s.span(m.From.Bounds())
		if m.From.IsZero() || !ok {
			continue
		}
		p.ghosts = append(p.ghosts, ghost{x0, max(x1, x0+s.mark)})
		p.x0, p.x1 = min(p.x0, x0), max(p.x1, x1, x0+s.mark)
		p.announced = min(p.announced, x0)
	}
}

// planElsewhere draws only the line from when a plan was announced, if its days
// are later than all that is drawn.
func (s scale) planElsewhere(p *shape, first edtf.Day) bool {
	announced := p.item.Announced
	if announced.IsZero() || first <= s.last || announced.Earliest() > s.last {
		return false
	}
	p.announced = s.clamp(s.x(announced.Earliest()))
	p.in0, p.in1, p.out0, p.out1 = s.right, s.right, s.right, s.right
	p.x0, p.x1, p.open = p.announced, s.right, true
	return true
}
