package archive

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// AllOn is [Reader.All] on several days, one stream after the other: the snapshots of a stream come in the
// order of days, and then those of the next stream. On says which day one is of. For many
// days that is faster than one All after the other, since a stream is looked up once and what it has
// stays near the processor; fastest if the days ascend. Only [Archive.All] on days that it was asked for
// before may be faster still, since it keeps its answers. A stream is asked on all days as it
// was at one moment.
//
//	for key, s := range reader.AllOn(days...) {
//		total[s.On] += s.State.Total
//	}
func (r *Reader[S, E]) AllOn(days ...edtf.Day) iter.Seq2[string, *timeline.Snapshot[S]] {
	return func(yield func(string, *timeline.Snapshot[S]) bool) {
		r.ask(days, yield, func() bool { return r.nowOn(days, yield) })
	}
}

// nowOn calls yield with the snapshots of all streams on days, and reports whether it is to go on.
func (r *Reader[S, E]) nowOn(days []edtf.Day, yield func(string, *timeline.Snapshot[S]) bool) bool {
	a := r.view.archive
	lacking := a.lackingNow()
	r.one.work.scratch = r.work.scratch
	streams := a.streams.all()
	for _, s := range streams {
		version := s.value.current.Load()
		for _, day := range days {
			snapshot := r.one.at(version, day)
			note(snapshot, lacking[s.key])
			if !yield(s.key, snapshot) {
				return false
			}
		}
	}
	for _, key := range a.unlisted(lacking, len(streams)) {
		for _, day := range days {
			if s := a.At(key, day); !yield(key, &s) {
				return false
			}
		}
	}
	return true
}
