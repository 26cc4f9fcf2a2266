package archive

import (
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Undecided is what is undecided in a stream at the end of a day: the events that count in
// some worlds but not in all, as [timeline.Timeline.Pending] has it, in the order of
// [timeline.Timeline.Events]. The snapshot of that day says what is certain.
type Undecided[E any] struct {
	Events []timeline.Event[E]
	// Err is a [*timeline.LackingError] if an event is lacking that may count by then, as
	// Err of the snapshot, or says why the stream cannot be read.
	Err error
}

// Pending returns what is undecided in a stream at the end of day. Nothing is, if the
// stream is not there.
//
// The first question about a stream looks at all its events. After that one costs a search
// and what it finds, until something is appended; while the window of one event goes on, also a look at each that ends
// before it. The index that makes it so takes up to 20 bytes
// for each event that is not dated to a day or is one of several rivals.
func (a *Archive[S, E]) Pending(key string, day edtf.Day) Undecided[E] {
	return a.KnownOn(edtf.DistantFuture).Pending(key, day)
}

// AllPending returns an iterator over the keys of the streams in which something is undecided
// at the end of day, with what that is, in the order of [Archive.Keys]. It looks up some streams ahead, and their
// events share memory: copy those of a few streams if you keep them for long.
func (a *Archive[S, E]) AllPending(day edtf.Day) iter.Seq2[string, Undecided[E]] {
	return a.KnownOn(edtf.DistantFuture).AllPending(day)
}

// Pending is [Archive.Pending].
func (l *Live[S, E]) Pending(key string, day edtf.Day) Undecided[E] {
	return l.KnownOn(edtf.DistantFuture).Pending(key, day)
}

// AllPending is [Archive.AllPending]. Streams that cannot be read are among those that it
// returns.
func (l *Live[S, E]) AllPending(day edtf.Day) iter.Seq2[string, Undecided[E]] {
	return l.KnownOn(edtf.DistantFuture).AllPending(day)
}

// Pending is [Archive.Pending] as it could be known then: an event that may not have been
// known is undecided too. Each question looks at all events of the stream.
func (v View[S, E]) Pending(key string, day edtf.Day) Undecided[E] {
	if err := v.ensure(key); err != nil {
		return Undecided[E]{Err: err}
	}
	now, lacking := v.version(key)
	return now.pending(day, v.known, lacking)
}

// AllPending is [Archive.AllPending] as it could be known then. It costs one Pending for
// each stream.
func (v View[S, E]) AllPending(day edtf.Day) iter.Seq2[string, Undecided[E]] {
	return func(yield func(string, Undecided[E]) bool) {
		var unread error
		if v.live != nil {
			unread = v.live.ensureAll()
		}
		if !v.readPending(day, yield) || unread == nil {
			return
		}
		for _, key := range v.live.unread.names() {
			if !yield(key, Undecided[E]{Err: unread}) {
				return
			}
		}
	}
}

// readPending calls yield with what is undecided in the streams that were read, and reports whether to go on.
func (v View[S, E]) readPending(day edtf.Day, yield func(string, Undecided[E]) bool) bool {
	if v.known != edtf.DistantFuture {
		for key, s := range v.streams {
			if u := s.version.pending(day, v.known, s.lacking); (len(u.Events) > 0 || u.Err != nil) && !yield(key, u) {
				return false
			}
		}
		return true
	}
	var block pendingBlock[S, E]
	for key, s := range v.streams {
		if !block.add(key, s) && !block.flush(day, yield) {
			return false
		}
	}
	return block.flush(day, yield)
}

// pending returns what is undecided at the end of day, as known on another.
func (v *version[S, E]) pending(day, known edtf.Day, lacking []*timeline.LackingError) Undecided[E] {
	var index *undecidedIndex
	if known == edtf.DistantFuture {
		index = v.undecidedNow()
	} else {
		index = v.findUndecided(known)
	}
	u := Undecided[E]{Err: lackingOn(lacking, day, known)}
	var few [8]undecidedSpan
	if spans := index.on(few[:0], int32(day)); len(spans) > 0 {
		u.Events = make([]timeline.Event[E], len(spans))
		for i, s := range spans {
			v.copyInto(s.slot, &u.Events[i])
		}
	}
	return u
}

// copyInto makes e, which is zero, the event at slot. It shares nothing with v that can be
// changed.
func (v *version[S, E]) copyInto(slot int32, e *timeline.Event[E]) {
	v.eventInto(slot, e)
	e.Cites, e.Replaces, e.After = slices.Clone(e.Cites), slices.Clone(e.Replaces), slices.Clone(e.After)
	e.Meta = e.Meta.Clone()
	if clone := v.stream.archive.cloneData; clone != nil {
		e.Data = clone(e.Data)
	}
}
