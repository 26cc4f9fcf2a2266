package archive

import "github.com/leapmotor-timeline/leapmotor/timeline/edtf"

// A block is the states of some streams on a day, found together. To find one means to follow four
// pointers, each to memory that is far from the processor. For a block that is done step by step for
// all streams, so that it waits for all of them at once.
type block[S, E any] struct {
	versions [blockStreams]*version[S, E]
	states   [blockStreams]spanState[S]
	places   [blockStreams]place[S]
	kept     [blockStreams]*cachedStates[S] // of their leaves
	missing  [blockStreams]int              // which were not found in day snapshots
	touched  int32                          // a sum of what was read ahead, so that the compiler does not leave it out
}

const blockStreams = 32

// find finds the states of streams, of which the first has a number, in the day snapshots before and
// after day, or in the streams. It returns how many of the snapshots' versions are outdated.
func (b *block[S, E]) find(streams []*entry[string, stream[S, E]], first int, day edtf.Day, before, after *daySnapshot[S, E]) (stale int) {
	for j, s := range streams {
		b.versions[j] = s.value.current.Load()
	}
	missing := b.missing[:0]
	for j, v := range b.versions[:len(streams)] {
		switch {
		case before.has(first+j, v, day):
			b.states[j] = before.get(first + j)
		case after.has(first+j, v, day):
			b.states[j] = after.get(first + j)
		default:
			if before.outdated(first+j, v) {
				stale++
			}
			missing = append(missing, j)
		}
	}
	touched := int32(0)
	for _, j := range missing { // bring one line of each root near, all at once: each search begins in the middle
		if days := b.versions[j].root.days; len(days) > 0 {
			touched += days[len(days)/2]
		}
	}
	for _, j := range missing {
		b.places[j], b.kept[j] = b.versions[j].placeOf(day)
	}
	b.touched = touched
	for _, j := range missing {
		p := &b.places[j]
		b.states[j] = spanState[S]{b.versions[j].stateIn(*p, b.kept[j], day, nil), p.from, p.until}
	}
	return stale
}
