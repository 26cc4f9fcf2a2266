package natslog

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Find is [eventlog.Finder.Find].
func (l *Log) Find(ctx context.Context, ids ...uuid.UUID) (list []eventlog.Record, err error) {
	var found map[uuid.UUID]eventlog.Record
	err = l.patiently(ctx, func() (err error) {
		found, err = l.find(ctx, ids)
		return err
	})
	for _, r := range found {
		list = append(list, r)
	}
	return list, err
}

// find returns the records with some IDs, by ID: the messages behind the claims of them.
func (l *Log) find(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]eventlog.Record, error) {
	subjects := make([]string, len(ids))
	for i, id := range ids {
		subjects[i] = l.claimSubject(id)
	}
	claims, err := l.lastOf(ctx, subjects...)
	if err != nil {
		return nil, err
	}
	var at []uint64 // of the records
	for _, claim := range claims {
		at = append(at, claim.seq+1)
	}
	slices.Sort(at)
	found := make(map[uuid.UUID]eventlog.Record, len(at))
	for len(at) > 0 {
		n := 1
		for n < len(at) && at[n] == at[n-1]+2 { // one append, mostly
			n++
		}
		if err := l.collect(ctx, at[0], at[n-1], found); err != nil {
			return nil, err
		}
		at = at[n:]
	}
	for _, id := range ids {
		claim, claimed := claims[l.claimSubject(id)]
		if r, ok := found[id]; claimed && (!ok || r.Position != claim.position()) {
			return nil, &eventlog.CorruptError{Position: claim.position(), Err: fmt.Errorf("another record than the one with the claimed ID %v", id)}
		}
	}
	return found, nil
}

// collect reads the records from one sequence to another.
func (l *Log) collect(ctx context.Context, from, to uint64, into map[uuid.UUID]eventlog.Record) error {
	for messages, err := range l.pages(ctx, l.recordSubjects(), from, to) {
		if err != nil {
			return err
		}
		for i := range messages {
			if messages[i].seq > to {
				break
			}
			r, err := l.record(&messages[i])
			if err != nil {
				return err
			}
			into[r.Event.ID] = r
		}
	}
	return nil
}

// subjectsAtOnce is how many subjects are looked up together; a server takes 1024.
const subjectsAtOnce = 500

// lastOf returns the last message with each of some subjects, by subject, as far as there is
// one, in a state of the log that is not older than this call.
//
// Whichever server answers may be behind, and one that was cut off may still believe to lead.
// So first a leader that hears from most servers says how long the log is, and then an answer
// counts only if its server had that much. A server says how much it has if it finds
// anything; therefore the first message of the log is looked up too.
func (l *Log) lastOf(ctx context.Context, subjects ...string) (map[string]stored, error) {
	info, err := l.info(ctx)
	if err != nil || info.State.LastSeq == 0 {
		return nil, err
	}
	first, err := l.firstSubject(ctx)
	if err != nil {
		return nil, err
	}
	last := make(map[string]stored, len(subjects))
	for some := range slices.Chunk(subjects, subjectsAtOnce) {
		wanted := make(map[string]bool, len(some))
		for _, subject := range some {
			wanted[subject] = true
		}
		messages, end, err := l.direct(ctx, map[string]any{"multi_last": append(slices.Clone(some), first)})
		if err != nil {
			return nil, err
		}
		if had, err := strconv.ParseUint(end.Get("Nats-UpTo-Sequence"), 10, 64); err != nil || had < info.State.LastSeq || end.Get("Nats-Num-Pending") != "0" {
			l.forgetFirst() // in case it is another log by now
			return nil, errBehind
		}
		for _, s := range messages {
			if wanted[s.subject] {
				last[s.subject] = s
			}
		}
	}
	return last, nil
}

// firstSubject returns the subject of the first message, which the log has.
func (l *Log) firstSubject(ctx context.Context) (string, error) {
	l.mu.Lock()
	first := l.first
	l.mu.Unlock()
	if first != "" {
		return first, nil
	}
	messages, err := l.page(ctx, l.claimSubjects(), 1)
	if err != nil {
		return "", err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first = messages[0].subject
	return l.first, nil
}

func (l *Log) forgetFirst() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.first = ""
}
