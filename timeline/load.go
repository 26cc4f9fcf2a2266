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
	archive *Archive[S, E]
	number  map[string]int32 // of the draft of each stream
	streams []*entry[string, stream[S, E]]
	drafts  []*draft[S, E]
	counts  []int
	blocks  [][]arrival[E]
}

// An arrival is a record and the number of its draft.
type arrival[E any] struct {
	record record[E]
	draft  int32
}

const blockSize = 1 << 12

// put adds e to what comes to its stream.
func (l *loading[S, E]) put(key string, e *Event[E]) {
	n, ok := l.number[key]
	if !ok {
		n = l.open(key)
	}
	if last := len(l.blocks) - 1; last < 0 || len(l.blocks[last]) == blockSize {
		l.blocks = append(l.blocks, make([]arrival[E], 0, blockSize))
	}
	block := &l.blocks[len(l.blocks)-1]
	*block = append(*block, arrival[E]{l.drafts[n].record(e), n})
	l.counts[n]++
}

// open begins the draft of a stream and returns its number.
func (l *loading[S, E]) open(key string) int32 {
	n := int32(len(l.drafts))
	l.number[key] = n
	s := l.archive.streams.get(key)
	if s == nil {
		s = newStream(l.archive, key)
	}
	l.streams = append(l.streams, s)
	l.drafts = append(l.drafts, s.value.draft())
	l.counts = append(l.counts, 0)
	return n
}

// deal brings the records to their drafts.
func (l *loading[S, E]) deal() {
	for n, d := range l.drafts {
		rest := make([]record[E], 0, len(d.records.rest)+l.counts[n])
		d.records.rest = append(rest, d.records.rest...)
	}
	for i, block := range l.blocks {
		for j := range block {
			d := l.drafts[block[j].draft]
			d.records.add(block[j].record)
		}
		l.blocks[i] = nil
	}
}

// finish commits all drafts, or returns what is wrong with them.
func (l *loading[S, E]) finish() error {
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
