package timeline

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// A loading is many events on their way into an archive. They come in any
// order of streams, so first all are written one behind the other, and when it
// is known how many each stream gets, to their streams.
type loading[S, E any] struct {
	recorder[S, E]
	number  map[string]int32
	streams []arriving // by number
	blocks  [][]arrival[E]

	drafts []*draft[S, E] // of the streams
	made   []*entry[string, stream[S, E]]
}

// arriving is what comes to one stream, beside its records.
type arriving struct {
	key    string
	count  int
	extras []extra
}

// An arrival is a record and the number of its stream.
type arrival[E any] struct {
	record record[E]
	stream int32
}

func newLoading[S, E any](a *Archive[S, E]) *loading[S, E] {
	return &loading[S, E]{recorder: recorder[S, E]{archive: a}, number: map[string]int32{}}
}

const blockSize = 1 << 12

// put adds e to what comes to its stream.
func (l *loading[S, E]) put(key string, e *Event[E]) {
	n, ok := l.number[key]
	if !ok {
		n = int32(len(l.streams))
		l.number[key] = n
		l.streams = append(l.streams, arriving{key: key})
	}
	if last := len(l.blocks) - 1; last < 0 || len(l.blocks[last]) == blockSize {
		l.blocks = append(l.blocks, make([]arrival[E], 0, blockSize))
	}
	s := &l.streams[n]
	s.count++
	block := &l.blocks[len(l.blocks)-1]
	*block = append(*block, arrival[E]{l.record(e, &s.extras), n})
}

// open begins a draft for each stream, with room for what comes.
func (l *loading[S, E]) open() {
	l.drafts = make([]*draft[S, E], len(l.streams))
	l.made = make([]*entry[string, stream[S, E]], len(l.streams))
	for n := range l.streams {
		s := l.archive.streams.get(l.streams[n].key)
		if s == nil {
			s = newStream(l.archive, l.streams[n].key)
		}
		l.made[n], l.drafts[n] = s, s.value.draft()
		d := l.drafts[n]
		rest := make([]record[E], 0, len(d.records.rest)+l.streams[n].count)
		d.records.rest = append(rest, d.records.rest...)
	}
}

// deal brings the records to their drafts.
func (l *loading[S, E]) deal() {
	for i, block := range l.blocks {
		for j := range block {
			d := l.drafts[block[j].stream]
			r := block[j].record
			if r.extra > 0 {
				r.extra += uint32(len(d.extras))
			}
			d.records.add(r)
		}
		l.blocks[i] = nil
	}
	for n, d := range l.drafts {
		d.extras = append(d.extras, l.streams[n].extras...)
	}
}

// finish commits all drafts, or returns what is wrong with them.
func (l *loading[S, E]) finish() error {
	l.open()
	l.deal()
	errs := make([]error, len(l.drafts))
	l.each(func(i int) {
		d := l.drafts[i]
		d.records.pack()
		if faults := d.finish(); len(faults) > 0 {
			errs[i] = &StreamError{l.streams[i].key, faults}
		}
	})
	if err := errors.Join(errs...); err != nil {
		for i, d := range l.drafts {
			if errs[i] == nil {
				d.undo()
			}
		}
		return err
	}
	l.each(func(i int) { l.drafts[i].commit() })
	for _, s := range l.made {
		l.archive.streams.add(s)
	}
	return nil
}

// each calls do for every draft, on all processors.
func (l *loading[S, E]) each(do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(l.drafts)) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := int(next.Add(1)) - 1; i < len(l.drafts); i = int(next.Add(1)) - 1 {
				do(i)
			}
		}()
	}
	workers.Wait()
}
