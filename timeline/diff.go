package timeline

import (
	"encoding/json"
	"errors"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Point is where a history is looked at: the end of a day, with what could be
// known by the end of another. The zero Point is none; points come from [On].
type Point struct {
	day, known edtf.Day
	set        bool
}

// On returns the end of day, with all that is known now.
func On(day edtf.Day) Point { return Point{day, edtf.DistantFuture, true} }

// KnownOn returns p with what could be known by the end of day.
func (p Point) KnownOn(day edtf.Day) Point {
	p.known = day
	return p
}

// ErrNoPoint reports the zero [Point], which is not a day in 1970.
var ErrNoPoint = errors.New("timeline: no point is given; it comes from On")

// Days returns the two days of p; the second is [edtf.DistantFuture] if all is
// known.
func (p Point) Days() (day, known edtf.Day) { return p.day, p.known }

// A DifferenceKind says why something differs between two points.
type DifferenceKind uint8

// The kinds.
const (
	KindHappened  DifferenceKind = iota // the world changed, or time went by
	KindLearned                         // it was so already, and became known
	KindCorrected                       // it was recorded wrong, and put right or taken back
)

var kinds = [...]string{"happened", "learned", "corrected"}

// String returns "happened", "learned" or "corrected".
func (k DifferenceKind) String() string { return kinds[min(int(k), len(kinds)-1)] }

// MarshalText writes the words of [DifferenceKind.String].
func (k DifferenceKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// A Difference is a value of the state that differs between two points.
type Difference[E any] struct {
	// Path is the address of the value, a JSON Pointer (RFC 6901) into the
	// state's [Document].
	Path string
	// From and To are the values in the baseline, as JSON. Nil means
	// that there is none. They are equal if only what else is possible differs.
	From, To json.RawMessage
	// FromOthers and ToOthers are the other values that are possible, each
	// once. A nil element stands for no value. What has no others, and is not open,
	// is certain.
	FromOthers, ToOthers []json.RawMessage
	// FromOpen and ToOpen say that there may be others besides, of which nothing
	// is known: there were more than [MaxWorlds] worlds, or the day is past the
	// horizon of the [Coverage].
	FromOpen, ToOpen bool
	// Because are the events that it comes from. If only time passed (a plan fell
	// due), these are the events that set the date; possibly none.
	Because []Event[E]
	Kind    DifferenceKind

	path []string
	top  int // how many steps of path lead to what one of the points does not have, or to the value
}

// Certainty returns whether it was certain at the first point, and whether it
// is at the second.
func (d Difference[E]) Certainty() (from, to bool) {
	return len(d.FromOthers) == 0 && !d.FromOpen, len(d.ToOthers) == 0 && !d.ToOpen
}

// Diff returns how the state at the point to differs from that at the point
// from, value by value, in the order of their paths. A value that is there at
// only one of the points is one difference, unless its parts come from
// different events. What became possible, or certain, in between is a
// difference too; past [MaxWorlds] worlds such differences may be missing.
// Arrays are compared as a whole, and so is a value whose JSON type differs
// between worlds.
//
// If the state says on which of its parts a value rests, see [Partitioned], values of
// parts with nothing in common are compared apart, so that the cost is the sum of
// theirs and not the product.
//
// Either point may be the later one, on both axes. The error is a [*FoldError]
// if the fold refuses an event of a point's baseline, [ErrNoPoint], or says that
// the state has no JSON form.
func (t *Timeline[S, E]) Diff(from, to Point) ([]Difference[E], error) {
	c, err := newComparison(t, from, to)
	if err != nil {
		return nil, err
	}
	return c.differences()
}
