package timeline

import (
	"iter"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Pending returns an iterator over the undecided events: those that count by
// the end of day in some worlds but not in all. They are the ones whose window
// has begun but is not over, those not certainly known yet, those that may be
// corrected, and rivals of which more than one may be true. The fold is not
// asked: an event may be among them though no world that the fold accepts counts
// it. They come in the order of [Timeline.Events].
func (t *Timeline[S, E]) Pending(day edtf.Day) iter.Seq[Event[E]] {
	return func(yield func(Event[E]) bool) {
		for _, i := range t.baseline.Order() {
			if t.happened(i, day) == edtf.Possible && !yield(t.events[i].clone()) {
				return
			}
		}
	}
}

// Happened reports whether the event with the given ID counts by the end of
// day. It does not, whatever its date, if it is replaced, a retraction, a rival
// that is not true, or only known later than a view shows. Like [Timeline.Pending]
// it does not ask the fold. The error is an [*UnknownError] if neither t nor what it
// is a view of has the event.
func (t *Timeline[S, E]) Happened(id uuid.UUID, day edtf.Day) (edtf.Truth, error) {
	i, err := t.find(id)
	if err != nil {
		if t.words.has(id) {
			return edtf.No, nil
		}
		return edtf.Possible, err
	}
	return t.happened(i, day), nil
}

// happened reports whether event i counts by the end of day.
func (t *Timeline[S, E]) happened(i int, day edtf.Day) edtf.Truth {
	some, all := t.conflicts.True(i)
	switch it := &t.items[i]; {
	case !some || it.Earliest() > day:
		return edtf.No
	case all && it.Latest() <= day:
		return edtf.Certain
	}
	return edtf.Possible
}
