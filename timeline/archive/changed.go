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
		lacking := a.lackingNow()
		streams := a.streams.all()
		for _, s := range streams {
			v := s.value.current.Load()
			before, _ := v.placeOf(from)
			after, _ := v.placeOf(to)
			changed := before.leaf != after.leaf || before.count != after.count || lacksOther(lacking[s.key], from, to)
			if changed && !yield(s.key, v.change(from, to, lacking[s.key])) {
				return
			}
		}
		for _, key := range a.unlisted(lacking, len(streams)) {
			if v, now := a.version(key); lacksOther(lacking[key], from, to) && !yield(key, v.change(from, to, now)) {
				return
			}
		}
	}
}

// lacksOther reports whether another event is lacking on one day than on another.
func lacksOther(lacking []*timeline.LackingError, from, to edtf.Day) bool {
	return lackingOn(lacking, from, edtf.DistantFuture) != lackingOn(lacking, to, edtf.DistantFuture)
}

// change returns how v stood on two days, lacking some events.
func (v *version[S, E]) change(from, to edtf.Day, lacking []*timeline.LackingError) Change[S] {
	c := Change[S]{v.snapshot(from, edtf.DistantFuture), v.snapshot(to, edtf.DistantFuture)}
	note(&c.Before, lacking)
	note(&c.After, lacking)
	return c
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
