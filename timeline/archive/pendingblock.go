package archive

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A pendingBlock is what is undecided in some streams on a day, as known now. It is found step by step for
// all of them, as the states of a [block] are.
type pendingBlock[S, E any] struct {
	keys    []string
	streams []shownStream[S, E]
	indexes []*undecidedIndex
	spans   []undecidedSpan // of all streams, one after the other
	ends    []int           // where those of each end
	touched int64           // see block.touched
}

// add adds a stream, and reports whether there is room for more.
func (b *pendingBlock[S, E]) add(key string, s shownStream[S, E]) bool {
	b.keys, b.streams = append(b.keys, key), append(b.streams, s)
	return len(b.keys) < blockStreams
}

// flush calls yield with what is undecided in each of the streams on day, if anything is or an event is lacking,
// and empties b. It reports whether to go on.
func (b *pendingBlock[S, E]) flush(day edtf.Day, yield func(string, Undecided[E]) bool) bool {
	b.find(day)
	events := make([]timeline.Event[E], len(b.spans))
	begin := 0
	for i, end := range b.ends {
		u := Undecided[E]{Events: events[begin:end:end], Err: lackingOn(b.streams[i].lacking, day, edtf.DistantFuture)}
		if begin == end {
			u.Events = nil
		}
		for j, s := range b.spans[begin:end] {
			b.streams[i].version.copyInto(s.slot, &u.Events[j])
		}
		if begin = end; (len(u.Events) > 0 || u.Err != nil) && !yield(b.keys[i], u) {
			return false
		}
	}
	b.keys, b.streams, b.indexes, b.spans, b.ends = b.keys[:0], b.streams[:0], b.indexes[:0], b.spans[:0], b.ends[:0]
	return true
}

// find finds the spans of the streams that day is in.
func (b *pendingBlock[S, E]) find(day edtf.Day) {
	for _, s := range b.streams {
		b.indexes = append(b.indexes, s.version.undecidedNow())
	}
	for _, x := range b.indexes { // each search begins in the middle
		if n := len(x.until); n > 0 {
			b.touched += int64(x.until[n/2])
		}
	}
	for _, x := range b.indexes {
		b.spans = x.on(b.spans, int32(day))
		b.ends = append(b.ends, len(b.spans))
	}
	begin := 0
	for i, end := range b.ends {
		for _, s := range b.spans[begin:end] {
			e := b.streams[i].version.events.at(s.slot)
			b.touched += int64(e.id[0]) + int64(e.when)
		}
		begin = end
	}
}
