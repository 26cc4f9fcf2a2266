package timeline

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// A loading is many events on their way into an archive: a draft for each of
// the streams.
type loading[S, E any] struct {
	archive *Archive[S, E]
	number  map[string]int
	streams []*entry[string, stream[S, E]]
	drafts  []*draft[S, E]
}

// put adds e to the draft of its stream.
func (l *loading[S, E]) put(key string, e *Event[E]) {
	n, ok := l.number[key]
	if !ok {
		n = len(l.drafts)
		l.number[key] = n
		s := l.archive.streams.get(key)
		if s == nil {
			s = newStream(l.archive, key)
		}
		l.streams = append(l.streams, s)
		l.drafts = append(l.drafts, s.value.draft())
	}
	l.drafts[n].put(e)
}

// finish commits all drafts, or returns what is wrong with them.
func (l *loading[S, E]) finish() error {
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
