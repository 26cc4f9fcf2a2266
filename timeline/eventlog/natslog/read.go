package natslog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Read is [eventlog.Log.Read]. It reads the stream from its first record on, unless only
// the last one is asked for.
func (l *Log) Read(ctx context.Context, stream string, after int64) iter.Seq2[eventlog.Record, error] {
	after = max(after, 0)
	return func(yield func(eventlog.Record, error) bool) {
		var end stored
		var last eventlog.Record
		var ok bool
		err := l.patiently(ctx, func() (err error) {
			ends, err := l.lastOf(ctx, l.recordSubject(stream))
			if end, ok = ends[l.recordSubject(stream)]; err == nil && ok {
				last, err = l.record(&end)
			}
			return err
		})
		switch {
		case err != nil:
			yield(eventlog.Record{}, err)
			return
		case !ok || last.Revision <= after:
			return
		}
		from := uint64(1)
		c := reading{log: l, revision: 1, stream: stream, skip: after}
		if last.Revision == after+1 {
			from, c.revision = end.seq, last.Revision
		}
		c.run(ctx, l.recordSubject(stream), from, end.seq, yield)
	}
}

// ReadAll is [eventlog.Log.ReadAll].
func (l *Log) ReadAll(ctx context.Context, after int64) iter.Seq2[eventlog.Record, error] {
	after = max(after, 0)
	return func(yield func(eventlog.Record, error) bool) {
		end, err := l.endAfter(ctx, after)
		if err != nil {
			yield(eventlog.Record{}, err)
			return
		}
		if end > after {
			c := reading{log: l, position: after + 1}
			c.run(ctx, l.recordSubjects(), uint64(after)*2+1, uint64(end)*2, yield)
		}
	}
}

// A reading is a loop over records, which must come one after the other.
type reading struct {
	log      *Log
	next     uint64 // the sequence to go on from
	position int64  // that the next one must have, if they are of all streams
	stream   string // of all, else ""
	revision int64  // that the next one must have, if they are of one stream
	skip     int64  // those up to this revision are not yielded
	whole    bool   // what was yielded last ended its append
	gaps     int    // how often the next one was not there

	last    eventlog.Record // that was yielded, if they are of all streams
	lastSeq uint64          // its sequence
}

// run yields the records from one sequence to another, and behind it to the end of the
// append to which the last of them belongs.
func (c *reading) run(ctx context.Context, subject string, from, to uint64, yield func(eventlog.Record, error) bool) {
	c.next = from
	for c.next <= to || !c.whole {
		gap, more := c.pass(ctx, subject, to, yield)
		if !more {
			return
		}
		if !gap {
			c.gaps = 0
			continue
		}
		if c.gaps++; c.gaps > mostGaps {
			yield(eventlog.Record{}, &eventlog.CorruptError{Position: int64(c.next+1) / 2, Err: errGap})
			return
		}
		time.Sleep(time.Duration(c.gaps) * 20 * time.Millisecond)
	}
}

// mostGaps is how often a record that does not come next is asked for again, since the
// server that answered may just be catching up.
const mostGaps = 5

var errGap = errors.New("it is missing")

// pass goes through pages from where the loop is. It reports whether it ended because a
// record did not come next, and whether to go on.
func (c *reading) pass(ctx context.Context, subject string, to uint64, yield func(eventlog.Record, error) bool) (gap, more bool) {
	for messages, err := range c.log.pages(ctx, subject, c.next, max(to, c.next)) {
		if err == nil {
			err = c.stillThere(ctx)
		}
		for i := range messages {
			s := &messages[i]
			var r eventlog.Record
			if err == nil {
				err = context.Cause(ctx)
			}
			if err == nil {
				r, err = c.log.record(s)
			}
			if err != nil {
				break
			}
			if !c.comesNext(r) {
				return true, true
			}
			c.next = s.seq + 1
			if c.whole = s.commits() || c.stream != "" && s.ends(); r.Revision <= c.skip && c.stream != "" {
				continue
			}
			if c.stream == "" {
				c.last, c.lastSeq = r, s.seq
			}
			if !yield(r, nil) {
				return false, false
			}
			if c.next > to && c.whole {
				return false, true
			}
		}
		if err != nil {
			yield(eventlog.Record{}, c.failed(ctx, err))
			return false, false
		}
	}
	return false, true
}

// stillThere looks before each page whether the last record of the page before is still there: a body may
// have run for long since, and the log may have been put back. The page has come before that is asked, so
// that it is not of a log that was put back if the record is there.
func (c *reading) stillThere(ctx context.Context) error {
	if c.last.Position == 0 {
		return nil
	}
	return c.log.patiently(ctx, func() error {
		messages, _, err := c.log.direct(ctx, map[string]any{"seq": c.lastSeq, "batch": 1, "next_by_subj": c.log.recordSubjects()})
		switch {
		case err != nil:
			return err
		case len(messages) == 0 || messages[0].seq != c.lastSeq:
			_, err := c.log.endAfter(ctx, c.last.Position)
			return cmp.Or(err, fmt.Errorf("no message at %d: %w", c.lastSeq, errBehind))
		}
		r, err := c.log.record(&messages[0])
		if err != nil {
			return err
		}
		return eventlog.CheckRecord(r, c.last.Hash())
	})
}

// comesNext reports whether r is the next record, and counts it if it is.
func (c *reading) comesNext(r eventlog.Record) bool {
	if c.stream != "" {
		if r.Revision != c.revision {
			return false
		}
		c.revision++
		return true
	}
	if r.Position != c.position {
		return false
	}
	c.position++
	return true
}

// failed returns an error of the loop, with the cause of ctx if that is over.
func (c *reading) failed(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil && !errors.Is(err, cause) {
		return fmt.Errorf("natslog: %w, after %w", cause, err)
	}
	return err
}
