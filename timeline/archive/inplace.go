package archive

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// InPlace is a fold that changes the state it is given, in place of making another.
type InPlace[S, E any] struct {
	// Apply changes state by an event, as the fold of the archive would. Neither pointer
	// may be kept. If it refuses the event, state must be as it was.
	Apply func(state *S, e *timeline.Event[E]) error
	// Copy makes into equal to from, and shares nothing with it that Apply changes. into is
	// a zero S or one that Copy has made and Apply has changed, of which it should use the
	// memory again.
	Copy func(into, from *S)
}

// FoldInPlace makes a fold with f from now on. It is for states that are large, such as a
// dozen slices or maps, and asked for often: the fold of a copies what it changes, one event
// after the other, and all of that is kept or thrown away; f folds in memory that is used
// again, and only one state in so many is kept. With a [Reader] nothing is allocated then,
// once its state has grown. Without one, each snapshot has a state of its own, which its
// caller may change. For small states the fold of a is the faster, since each state is
// kept; start with it.
//
// The fold of a is still that of its timelines, so both must make the same of the same
// events: foldtest.CheckInPlace finds where they do not. The error is
// [timeline.ErrNoFold] if f lacks a function.
func (a *Archive[S, E]) FoldInPlace(f InPlace[S, E]) error {
	if f.Apply == nil || f.Copy == nil {
		return timeline.ErrNoFold
	}
	a.inPlace.Store(&f)
	a.snapshots.drop() // they are not used any more
	return nil
}

// A workspace is where a state is folded in place: that of a snapshot which nobody else
// has. Without a fold that does so, as if there were no workspace, states are made anew.
type workspace[S, E any] struct {
	snapshot timeline.Snapshot[S]
	fold     *InPlace[S, E]
	*scratch[E]
}

// A scratch is the event that is folded in place. Several workspaces may have one.
type scratch[E any] struct {
	event    timeline.Event[E]
	detailed bool // the event has more than most
}

// foldsInPlace reports whether states are folded in w.
func (w *workspace[S, E]) foldsInPlace() bool { return w != nil && w.fold != nil }

// prepare makes w ready for the fold that an archive has now. What was folded in another
// way may share its memory with states that are kept.
func (w *workspace[S, E]) prepare(a *Archive[S, E]) {
	if fold := a.inPlace.Load(); fold != w.fold {
		var none S
		w.fold, w.snapshot.State = fold, none
	}
}

// begin makes the state in w equal to one that is not to be changed.
func (w *workspace[S, E]) begin(from *S) {
	if from != &w.snapshot.State {
		w.fold.Copy(&w.snapshot.State, from)
	}
}

// step folds the event at slot into the state in w.
func (w *workspace[S, E]) step(v *version[S, E], slot int32) error {
	if w.scratch == nil {
		w.scratch = new(scratch[E])
	}
	if w.detailed {
		w.event = timeline.Event[E]{}
	}
	w.detailed = v.eventInto(slot, &w.event)
	return w.fold.Apply(&w.snapshot.State, &w.event)
}

// keep returns a state in a form that can be kept: a copy if it is the one in w.
func (w *workspace[S, E]) keep(state *S) S {
	if w == nil || state != &w.snapshot.State {
		return *state
	}
	var kept S
	w.fold.Copy(&kept, state)
	return kept
}

// States that are folded in place share nothing, and to copy one costs as much as to fold
// some events: so they are kept after every few events at most, and may be larger for that.
const (
	minStrideInPlace  = 4
	denseStateInPlace = 512
)

// strideOf returns after how many events states are to be kept.
func (w *workspace[S, E]) strideOf(cache *stateCache[S]) int {
	if w.foldsInPlace() {
		return cache.stride(minStrideInPlace, denseStateInPlace)
	}
	return cache.stride(1, denseState)
}
