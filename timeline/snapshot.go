package timeline

import (
	"iter"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Snapshot is the state at the end of a day, in the cautious reading: the
// one in which everything happened, and became known, as late as it may, and
// of rivals the one of highest rank, then latest, then last told, is true.
// Rivals apart, it holds exactly what has certainly happened.
type Snapshot[S, E any] struct {
	State S
	On    edtf.Day
	// Err is a [*FoldError] if the fold refuses an event of the cautious
	// reading by that day, which only a view and an archive can have. State is
	// then that before the event.
	Err error

	known  edtf.Day
	origin origin[S, E]
}

// An origin is where a snapshot comes from. It gives the timeline with all
// events that were there when the snapshot was taken, as known on a day.
type origin[S, E any] interface {
	asKnown(day edtf.Day) *Timeline[S, E]
}

// asKnown returns t, which is the origin of its own snapshots.
func (t *Timeline[S, E]) asKnown(edtf.Day) *Timeline[S, E] { return t }

func (s Snapshot[S, E]) timeline() *Timeline[S, E] { return s.origin.asKnown(s.known) }

// At returns the snapshot at the end of day: an event dated that day counts.
// It allocates nothing if the state has been folded before.
func (t *Timeline[S, E]) At(day edtf.Day) (s Snapshot[S, E]) {
	state, err := t.cautious.shared(t.cautious.count(day))
	t.rules.handTo(&s.State, state)
	s.On, s.known, s.origin = day, t.view.known, t
	if err != nil {
		s.Err = err
	}
	return s
}

// Known returns the day as known on which the snapshot was taken, or false if
// all is known.
func (s Snapshot[S, E]) Known() (edtf.Day, bool) { return s.known, s.known != edtf.DistantFuture }

// Known returns the day given to [Timeline.KnownOn], or false if all is known.
func (t *Timeline[S, E]) Known() (edtf.Day, bool) {
	return t.view.known, t.view.known != edtf.DistantFuture
}

// Pending returns an iterator over the undecided events: those that count by
// that day in some worlds but not in all. They are the ones whose window has
// begun but is not over, those not certainly known yet, those that may be
// corrected, and rivals of which more than one may be true. The fold is not
// asked: an event may be among them though no world that the fold allows counts
// it. They come in the order of [Timeline.Events].
func (s Snapshot[S, E]) Pending() iter.Seq[Event[E]] {
	return func(yield func(Event[E]) bool) {
		t := s.timeline()
		for _, i := range t.cautious.order {
			if t.happened(i, s.On) == edtf.Possible && !yield(t.items[i].event.clone()) {
				return
			}
		}
	}
}

// Happened reports whether the event with the given ID counts by that day. It
// does not, whatever its date, if it is replaced, a retraction, a rival that
// is not true, or not in the timeline. Like [Snapshot.Pending] it does not ask
// the fold.
func (s Snapshot[S, E]) Happened(id uuid.UUID) edtf.Truth {
	t := s.timeline()
	i, ok := t.place(id)
	if !ok {
		return edtf.No
	}
	return t.happened(i, s.On)
}

// happened reports whether item i counts by day.
func (t *Timeline[S, E]) happened(i int, day edtf.Day) edtf.Truth {
	some, all := t.modes.everTrue(i)
	switch it := &t.items[i]; {
	case !some || it.earliest() > day:
		return edtf.No
	case all && it.latest() <= day:
		return edtf.Certain
	}
	return edtf.Possible
}
