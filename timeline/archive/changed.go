package archive

import (
	"iter"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Change is how a stream stood at the end of two days.
type Change[S any] struct{ Before, After timeline.Snapshot[S] }

// Changed returns an iterator over the streams to which something happened between the end
// of one day and that of another, with their snapshots at both, in the order of [Archive.Keys].
// A stream whose events made no difference to its state is among them; one without events
// on these days is not. All others cost a search each, and no states.
func (a *Archive[S, E]) Changed(from, to edtf.Day) iter.Seq2[string, Change[S]] {
	return func(yield func(string, Change[S]) bool) {
		lacking := a.lacking.Load()
		for _, s := range a.streams.all() {
			v := s.value.current.Load()
			before, after := v.placeOf(from), v.placeOf(to)
			if before.leaf == after.leaf && before.count == after.count && (lacking == nil || len((*lacking)[s.key]) == 0) {
				continue
			}
			if !a.yieldChange(s.key, from, to, before.leaf != after.leaf || before.count != after.count, yield) {
				return
			}
		}
		for _, key := range a.unusable() {
			if !a.yieldChange(key, from, to, false, yield) {
				return
			}
		}
	}
}

// yieldChange yields how a stream stood on two days, if it has changed or an event that it
// lacks makes a difference.
func (a *Archive[S, E]) yieldChange(key string, from, to edtf.Day, changed bool, yield func(string, Change[S]) bool) bool {
	c := Change[S]{a.At(key, from), a.At(key, to)}
	if !changed && c.Before.Err == nil == (c.After.Err == nil) {
		return true
	}
	return yield(key, c)
}

// Changed is [Archive.Changed]. Streams that cannot be read are among those that it
// returns: their snapshots say why.
func (l *Live[S, E]) Changed(from, to edtf.Day) iter.Seq2[string, Change[S]] {
	return func(yield func(string, Change[S]) bool) {
		if err := l.ensureAll(); err != nil {
			for _, key := range l.unread.names() {
				if !yield(key, Change[S]{unreadSnapshot[S](from, edtf.DistantFuture, err), unreadSnapshot[S](to, edtf.DistantFuture, err)}) {
					return
				}
			}
		}
		l.archive.Changed(from, to)(yield)
	}
}
