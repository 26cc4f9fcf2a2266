package natslog

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Errors of JetStream that are told apart; see server/errors.json of nats-server.
const (
	codeBatchTooLarge jetstream.ErrorCode = 10199
	codeNoPeers       jetstream.ErrorCode = 10005 // too few servers know each other yet
)

// publish appends records behind the heads of their streams, as one batch, and says how far
// they reach.
func (l *Log) publish(ctx context.Context, records []eventlog.Record, heads map[string]head, restores bool) (reach eventlog.AppendResult, err error) {
	b, ends := l.batch(records, heads, restores)
	seq, err := l.send(ctx, b)
	if err != nil {
		for stream := range ends {
			l.forget(stream)
		}
		return reach, err
	}
	first := int64(seq)/2 - int64(len(records))
	for i, r := range records {
		h := ends[r.Stream]
		h.revision++
		h.seq = uint64(first+int64(i)+1) * 2
		ends[r.Stream] = h
		reach = reach.Reach(eventlog.Record{Position: first + int64(i) + 1, Revision: h.revision})
	}
	for stream, h := range ends {
		l.saw(stream, h)
	}
	return reach, nil
}

func (l *Log) forget(stream string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.heads, stream)
}

// batch returns the messages of records, and the heads of their streams.
func (l *Log) batch(records []eventlog.Record, heads map[string]head, restores bool) (batch []*nats.Msg, ends map[string]head) {
	ends = map[string]head{}
	revisions := map[string]int64{}
	for _, r := range records {
		claim := nats.NewMsg(l.claimSubject(r.Event.ID))
		claim.Header.Set(headerExpected, "0")
		m := nats.NewMsg(l.recordSubject(r.Stream))
		if _, ok := ends[r.Stream]; !ok {
			h := heads[r.Stream]
			ends[r.Stream], revisions[r.Stream] = h, h.revision
			m.Header.Set(headerExpected, strconv.FormatUint(h.seq, 10))
		}
		revisions[r.Stream]++
		r.Revision = revisions[r.Stream]
		m.Data = body(r)
		if restores {
			m.Header.Set(headerRecorded, recordedHeader(r.Event.Recorded))
		}
		batch = append(batch, claim, m)
	}
	id := nuid.Next()
	for i, m := range batch {
		m.Header.Set(headerBatch, id)
		m.Header.Set(headerNumber, strconv.Itoa(i+1))
	}
	batch[len(batch)-1].Header.Set(headerCommit, "1")
	if len(ends) > 1 {
		last := map[string]*nats.Msg{} // of each stream
		for _, m := range batch {
			last[m.Subject] = m
		}
		for stream := range ends {
			last[l.recordSubject(stream)].Header.Set(headerEnds, "1")
		}
	}
	return batch, ends
}

// send sends a batch, and returns the sequence of its last message.
func (l *Log) send(ctx context.Context, batch []*nats.Msg) (uint64, error) {
	for _, m := range batch {
		if most := l.conn.MaxPayload(); int64(m.Size()) > most {
			return 0, fmt.Errorf("natslog: a record of %d bytes: %w of %d", m.Size(), nats.ErrMaxPayload, most)
		}
	}
	last := len(batch) - 1
	for _, m := range batch[:last] {
		if err := l.conn.PublishMsg(m); err != nil {
			return 0, fmt.Errorf("natslog: %w", err)
		}
	}
	ctx, cancel := l.briefly(ctx)
	defer cancel()
	m, err := l.conn.RequestMsgWithContext(ctx, batch[last])
	if err != nil {
		return 0, fmt.Errorf("natslog: %w", err)
	}
	var answer struct {
		Seq uint64 `json:"seq"`
	}
	err = readAnswer(m.Data, &answer)
	var api *jetstream.APIError
	switch {
	case errors.As(err, &api) && api.ErrorCode == codeBatchTooLarge:
		return 0, fmt.Errorf("%w: %s", ErrTooMany, api.Description)
	case errors.As(err, &api):
		return 0, fmt.Errorf("%w: %w", errAgain, err)
	case err == nil && (answer.Seq == 0 || answer.Seq%2 != 0):
		return 0, &eventlog.CorruptError{Err: fmt.Errorf("a record at the sequence %d", answer.Seq)}
	}
	return answer.Seq, err
}
