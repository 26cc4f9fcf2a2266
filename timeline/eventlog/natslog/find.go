package natslog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// last returns the last message with a subject, as the leader has it.
func (l *Log) last(ctx context.Context, subject string) (stored, bool, error) {
	return l.message(ctx, map[string]any{"last_by_subj": subject})
}

// message asks the leader for one message.
func (l *Log) message(ctx context.Context, question map[string]any) (s stored, ok bool, err error) {
	var answer struct {
		Message struct {
			Subject string    `json:"subject"`
			Seq     uint64    `json:"seq"`
			Header  []byte    `json:"hdrs"`
			Data    []byte    `json:"data"`
			Time    time.Time `json:"time"`
		} `json:"message"`
	}
	err = l.request(ctx, "STREAM.MSG.GET."+l.options.Name, question, &answer)
	var api *jetstream.APIError
	if errors.As(err, &api) && api.ErrorCode == codeNoMessage {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	m := &answer.Message
	s = stored{subject: m.Subject, seq: m.Seq, time: m.Time, data: m.Data}
	if len(m.Header) > 0 {
		s.header, err = nats.DecodeHeadersMsg(m.Header)
	}
	return s, true, err
}

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

// atOnce is how many requests are under way at the same time.
const atOnce = 32

// find returns the records with some IDs, by ID.
func (l *Log) find(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]eventlog.Record, error) {
	found := make(map[uuid.UUID]eventlog.Record, len(ids))
	var mu sync.Mutex
	var failed error
	var group sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for _, id := range ids {
		room <- struct{}{}
		group.Go(func() {
			defer func() { <-room }()
			r, ok, err := l.findOne(ctx, id)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
			} else if ok {
				found[id] = r
			}
		})
	}
	group.Wait()
	return found, failed
}

// findOne returns the record with an ID: the message behind the claim of it.
func (l *Log) findOne(ctx context.Context, id uuid.UUID) (r eventlog.Record, ok bool, err error) {
	claim, ok, err := l.last(ctx, l.claimSubject(id))
	if err != nil || !ok {
		return r, false, err
	}
	s, ok, err := l.message(ctx, map[string]any{"seq": claim.seq + 1})
	switch {
	case err != nil:
		return r, false, err
	case !ok:
		return r, false, errAgain // the rest of the append is just coming
	}
	if r, err = l.record(&s); err == nil && r.Event.ID != id {
		err = &eventlog.CorruptError{Position: s.position(), Err: fmt.Errorf("a record with the claim of %v", id)}
	}
	return r, err == nil, err
}
