package archive

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A result is what folding leads to: a state and, if the fold refuses what comes next, why.
type result[S any] struct {
	state *S // not to be changed
	err   *timeline.FoldError
	fresh bool // the state is kept nowhere
}

// An accumulator is a state that events are folded into, until one is refused. It is in
// its workspace, if that has a fold.
type accumulator[S, E any] struct {
	version *version[S, E]
	work    *workspace[S, E]
	state   S
	err     *timeline.FoldError
}

func (v *version[S, E]) from(r result[S], w *workspace[S, E]) accumulator[S, E] {
	if w.foldsInPlace() {
		w.begin(r.state)
		return accumulator[S, E]{version: v, work: w, err: r.err}
	}
	return accumulator[S, E]{version: v, state: *r.state, err: r.err}
}

func (f *accumulator[S, E]) fold(slot int32, day edtf.Day) {
	var err error
	if f.work != nil {
		err = f.work.step(f.version, slot)
	} else {
		var next S
		if next, err = f.version.step(f.state, slot); err == nil {
			f.state = next
		}
	}
	if err != nil {
		f.err = f.version.refusal(slot, day, err)
	}
}

// keep returns the state, to be kept.
func (f *accumulator[S, E]) keep() S {
	if f.work != nil {
		return f.work.keep(&f.work.snapshot.State)
	}
	return f.state
}

func (f *accumulator[S, E]) result() result[S] {
	if f.work != nil {
		return result[S]{state: &f.work.snapshot.State, err: f.err}
	}
	state := f.state // only now it needs memory of its own
	return result[S]{state: &state, err: f.err, fresh: true}
}
