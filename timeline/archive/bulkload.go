package archive

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// A bulkLoad is many events on their way into an archive. They come in any
// order of streams, so they are first staged one behind the other and, when it
// is known how many each stream gets, distributed to their streams. The streams are
// divided into eight parts, and up to eight processors distribute one part each.
type bulkLoad[S, E any] struct {
	compactor[S, E]
	number  map[string]int32 // of each stream
	streams []stagedStream
	parts   [loadParts][][]stagedEvent[E] // of every so many streams, in blocks

	entries      []*entry[string, stream[S, E]]
	transactions []*transaction[S, E] // of the streams
}

// A stagedStream is what one stream gets, beside its compact events.
type stagedStream struct {
	key     string
	count   int
	details []details
}

// A stagedEvent is an event and the number of its stream.
type stagedEvent[E any] struct {
	event  compactEvent[E]
	extra  extra
	stream int32
}

func newBulkLoad[S, E any](a *Archive[S, E]) *bulkLoad[S, E] {
	return &bulkLoad[S, E]{compactor: compactor[S, E]{archive: a}, number: map[string]int32{}}
}

const (
	loadParts  = 8
	firstBlock = 16 // events; each block has room for twice as many as the one before,
	doublings  = 8  // up to so many times
)

// stage adds e to what its stream gets; position is its own in a log, or 0.
func (l *bulkLoad[S, E]) stage(key string, e *timeline.Event[E], position int64) {
	n, ok := l.number[key]
	if !ok {
		n = int32(len(l.streams))
		l.number[key] = n
		l.streams = append(l.streams, stagedStream{key: key})
	}
	s := &l.streams[n]
	s.count++
	event, extra, details := l.compact(e, position, s.details)
	s.details = details
	l.push(n, stagedEvent[E]{event, extra, n})
}

// push adds x to what the part of stream n gets.
func (l *bulkLoad[S, E]) push(n int32, x stagedEvent[E]) {
	part := &l.parts[n%loadParts]
	last := len(*part) - 1
	if last < 0 || len((*part)[last]) == cap((*part)[last]) {
		last++
		*part = append(*part, make([]stagedEvent[E], 0, firstBlock<<min(last, doublings)))
	}
	(*part)[last] = append((*part)[last], x)
}

// begin begins a transaction for each stream of a part, with room for what it gets.
func (l *bulkLoad[S, E]) begin(part int) {
	for n := part; n < len(l.streams); n += loadParts {
		s := l.archive.streams.get(l.streams[n].key)
		if s == nil {
			s = newStream(l.archive, l.streams[n].key)
		}
		tx := s.value.begin()
		rest := make([]compactEvent[E], 0, len(tx.events.rest)+l.streams[n].count)
		tx.events.rest = append(rest, tx.events.rest...)
		l.entries[n], l.transactions[n] = s, tx
	}
}

// distribute brings the events of a part to the transactions of their streams.
func (l *bulkLoad[S, E]) distribute(part int) {
	for _, block := range l.parts[part] {
		for j := range block {
			tx := l.transactions[block[j].stream]
			x := block[j].extra
			if x.details.place() > 0 {
				x.details = x.details.behind(len(tx.ownRare().details))
			}
			tx.events.add(block[j].event)
			tx.addExtra(x)
		}
	}
	l.parts[part] = nil
	for n := part; n < len(l.streams); n += loadParts {
		if more := l.streams[n].details; len(more) > 0 {
			own := l.transactions[n].ownRare()
			own.details = append(own.details, more...)
		}
	}
}

// finish commits all transactions, or returns what is wrong with them.
func (l *bulkLoad[S, E]) finish() error {
	l.transactions = make([]*transaction[S, E], len(l.streams))
	l.entries = make([]*entry[string, stream[S, E]], len(l.streams))
	errs := make([]error, len(l.streams))
	each(min(loadParts, len(l.streams)), func(part int) {
		l.begin(part)
		l.distribute(part)
	})
	each(len(l.transactions), func(i int) {
		if faults := l.transactions[i].prepare(); len(faults) > 0 {
			errs[i] = &StreamError{l.streams[i].key, faults}
		}
	})
	if err := errors.Join(errs...); err != nil {
		for i, tx := range l.transactions {
			if errs[i] == nil {
				tx.rollback()
			}
		}
		return err
	}
	each(len(l.transactions), func(i int) { l.transactions[i].commit() })
	for _, s := range l.entries {
		l.archive.streams.add(s)
	}
	return nil
}

// each calls do with every number below n, on all processors.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		}()
	}
	workers.Wait()
}
