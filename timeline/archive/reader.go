package archive

import (
	"iter"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Reader asks an archive again and again in the same memory: a snapshot that it returns
// is valid until the next one. That saves what a snapshot takes if the archive folds in place,
// see [Archive.FoldInPlace], and much of the work if [Reader.All] is asked for one day
// after the other, or [Reader.AllOn] for several. It is for one goroutine; make as many as there are.
type Reader[S, E any] struct {
	view    View[S, E]
	work    workspace[S, E]
	running []running[S, E] // by the number of the stream
	one     running[S, E]   // of the stream that [Reader.AllOn] is at
}

// Reader returns a Reader of a.
func (a *Archive[S, E]) Reader() *Reader[S, E] { return a.KnownOn(edtf.DistantFuture).Reader() }

// Reader returns a Reader of l.
func (l *Live[S, E]) Reader() *Reader[S, E] { return l.KnownOn(edtf.DistantFuture).Reader() }

// Reader returns a Reader of v.
func (v View[S, E]) Reader() *Reader[S, E] {
	r := &Reader[S, E]{view: v}
	r.work.scratch = new(scratch[E])
	return r
}

// At is [Archive.At], in the memory of r: the snapshot, and what its state refers to, are
// not to be changed, and are others when r returns the next. It allocates nothing once
// that memory is large enough, if the archive folds in place.
func (r *Reader[S, E]) At(key string, day edtf.Day) *timeline.Snapshot[S] {
	return r.AtKnown(key, day, edtf.DistantFuture)
}

// AtKnown is At as it could be known by the end of another day; see [View.At]. It can only
// take away from what a Reader of a [View] shows.
func (r *Reader[S, E]) AtKnown(key string, day, known edtf.Day) *timeline.Snapshot[S] {
	known = min(known, r.view.known)
	if err := r.view.ensure(key); err != nil {
		r.work.snapshot = unreadSnapshot[S](day, known, err)
		return &r.work.snapshot
	}
	v, lacking := r.view.version(key)
	v.snapshotInto(&r.work, day, known)
	note(&r.work.snapshot, lacking)
	return &r.work.snapshot
}

// All is [Archive.All], in the memory of r. r keeps the state of each stream, so that another day costs only what has
// happened between, if it is later and not far. What costs as much as without a Reader
// are a [View] and a stream that was appended to. What r keeps is outside of the budget of
// [Options].
func (r *Reader[S, E]) All(day edtf.Day) iter.Seq2[string, *timeline.Snapshot[S]] {
	return func(yield func(string, *timeline.Snapshot[S]) bool) {
		r.ask([]edtf.Day{day}, yield, func() bool { return r.now(day, yield) })
	}
}

// ask calls now if r is asked what is known now, and yield otherwise; then yield with the streams that cannot be
// read. now reports whether to go on.
func (r *Reader[S, E]) ask(days []edtf.Day, yield func(string, *timeline.Snapshot[S]) bool, now func() bool) {
	v := r.view
	var unread error
	if v.live != nil {
		unread = v.live.ensureAll()
	}
	whole := false
	if v.known != edtf.DistantFuture || v.then != nil {
		whole = r.inView(days, yield)
	} else {
		whole = now()
	}
	if !whole || unread == nil {
		return
	}
	for _, key := range v.live.unread.names() {
		for _, day := range days {
			s := unreadSnapshot[S](day, v.known, unread)
			if !yield(key, &s) {
				return
			}
		}
	}
}

// now calls yield with the snapshots of all streams on day, which r keeps.
func (r *Reader[S, E]) now(day edtf.Day, yield func(string, *timeline.Snapshot[S]) bool) bool {
	a := r.view.archive
	lacking := a.lackingNow()
	streams := a.streams.all()
	r.running = slices.Grow(r.running, len(streams)-len(r.running))[:len(streams)]
	for i, s := range streams {
		r.running[i].work.scratch = r.work.scratch
		snapshot := r.running[i].at(s.value.current.Load(), day)
		note(snapshot, lacking[s.key])
		if !yield(s.key, snapshot) {
			return false
		}
	}
	for _, key := range a.unlisted(lacking, len(streams)) {
		if s := a.At(key, day); !yield(key, &s) {
			return false
		}
	}
	return true
}

// inView calls yield with the snapshots of a [View], of which r keeps nothing.
func (r *Reader[S, E]) inView(days []edtf.Day, yield func(string, *timeline.Snapshot[S]) bool) bool {
	for key, s := range r.view.streams {
		for _, day := range days {
			s.version.snapshotInto(&r.work, day, r.view.known)
			note(&r.work.snapshot, s.lacking)
			if !yield(key, &r.work.snapshot) {
				return false
			}
		}
	}
	return true
}
