package natslog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

const (
	pageRecords = 1000
	pageBytes   = 8 << 20
)

// pages returns an iterator over the messages with a subject, from one sequence on to
// another and perhaps farther, a page at a time. While a page is used the next one comes.
func (l *Log) pages(ctx context.Context, subject string, from, to uint64) iter.Seq2[[]stored, error] {
	return func(yield func([]stored, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		p := &pager{log: l, subject: subject, from: from, to: to, pages: make(chan []stored, 1)}
		var failed error
		go func() {
			defer close(p.pages)
			failed = p.run(ctx)
		}()
		defer func() {
			cancel()
			for range p.pages { // until its goroutine has gone
			}
		}()
		for page := range p.pages {
			if !yield(page, nil) {
				return
			}
		}
		if failed != nil {
			yield(nil, failed)
		}
	}
}

// A pager fetches pages.
type pager struct {
	log      *Log
	subject  string
	from, to uint64
	pages    chan []stored
}

// manyMessages is from how many messages on a consumer is worth its making: of all streams it
// sends twice as many records in a second as single requests bring; of one stream fewer.
const manyMessages = 8 * pageRecords

func (p *pager) run(ctx context.Context) error {
	for p.from <= p.to {
		fetch := p.request
		if p.subject == p.log.recordSubjects() && p.to-p.from > manyMessages {
			fetch = p.consume
		}
		if err := p.patiently(ctx, fetch); err != nil {
			return err
		}
	}
	return nil
}

// patiently fetches, and has all its patience again whenever something has come.
func (p *pager) patiently(ctx context.Context, fetch func(context.Context) error) error {
	for {
		from := p.from
		err := p.log.patiently(ctx, func() error {
			err := fetch(ctx)
			if err != nil && p.from > from && !isFinal(err) && ctx.Err() == nil {
				return errCame
			}
			return err
		})
		if !errors.Is(err, errCame) {
			return err
		}
	}
}

// errCame ends a try that has brought something before it failed.
var errCame = errors.New("natslog: interrupted")

// give gives a page to whoever uses it.
func (p *pager) give(ctx context.Context, page []stored) error {
	select {
	case p.pages <- page:
		p.from = page[len(page)-1].seq + 1
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// request fetches one page.
func (p *pager) request(ctx context.Context) error {
	page, err := p.log.page(ctx, p.subject, p.from)
	if err != nil {
		return err
	}
	return p.give(ctx, page)
}

// consume fetches all pages through a consumer.
func (p *pager) consume(ctx context.Context) error {
	brief, cancel := p.log.briefly(ctx)
	defer cancel()
	consumer, err := p.log.js.OrderedConsumer(brief, p.log.options.Name, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{p.subject}, DeliverPolicy: jetstream.DeliverByStartSequencePolicy, OptStartSeq: p.from,
		InactiveThreshold: 10 * time.Second, MaxResetAttempts: 1,
	})
	if err != nil {
		return fmt.Errorf("natslog: reading: %w", err)
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(4 * pageRecords))
	if err != nil {
		return fmt.Errorf("natslog: reading: %w", err)
	}
	defer messages.Stop()
	defer context.AfterFunc(ctx, messages.Stop)()
	var page []stored
	size := 0
	for p.from <= p.to {
		m, err := messages.Next(jetstream.NextMaxWait(min(answerTime, p.log.options.Patience)))
		if err != nil {
			return fmt.Errorf("natslog: reading: %w", err)
		}
		at, err := m.Metadata()
		if err != nil {
			return fmt.Errorf("natslog: reading: %w", err)
		}
		page = append(page, stored{subject: m.Subject(), seq: at.Sequence.Stream, time: at.Timestamp, header: m.Headers(), data: m.Data()})
		size += len(m.Data())
		if len(page) == pageRecords || size > pageBytes || at.Sequence.Stream >= p.to || at.NumPending == 0 {
			if err := p.give(ctx, page); err != nil {
				return err
			}
			page, size = nil, 0
		}
	}
	return nil
}

// page returns the messages from a sequence on, at least one, from whichever server answers.
// One that does not have them yet is asked again, or another is.
func (l *Log) page(ctx context.Context, subject string, from uint64) ([]stored, error) {
	messages, end, err := l.direct(ctx, map[string]any{"seq": from, "batch": pageRecords, "max_bytes": pageBytes, "next_by_subj": subject})
	if err == nil && len(messages) == 0 {
		err = fmt.Errorf("no message from %d on: %s %s: %w", from, end.Get("Status"), end.Get("Description"), errBehind)
	}
	return messages, err
}

// errPart reports an answer of which some messages were lost on the way.
var errPart = errors.New("natslog: reading: a part of an answer is missing")

// sequenceOfLast returns the sequence of the last of some messages, as headers say it.
func sequenceOfLast(messages []stored) string {
	if len(messages) == 0 {
		return "0"
	}
	return strconv.FormatUint(messages[len(messages)-1].seq, 10)
}

// direct asks any server that has the stream, and returns the messages of its answer, with
// what is said at their end.
func (l *Log) direct(ctx context.Context, question map[string]any) (messages []stored, end nats.Header, err error) {
	text, err := json.Marshal(question)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := l.briefly(ctx)
	defer cancel()
	inbox := l.conn.NewRespInbox()
	answers, err := l.conn.SubscribeSync(inbox)
	if err != nil {
		return nil, nil, fmt.Errorf("natslog: %w", err)
	}
	defer func() { _ = answers.Unsubscribe() }()
	if err := l.conn.PublishRequest("$JS.API.DIRECT.GET."+l.options.Name, inbox, text); err != nil {
		return nil, nil, fmt.Errorf("natslog: %w", err)
	}
	for {
		m, err := answers.NextMsgWithContext(ctx)
		if err != nil {
			return nil, nil, fmt.Errorf("natslog: reading: %w", err)
		}
		switch status := m.Header.Get("Status"); status {
		case "":
			s, err := storedOf(m)
			if err != nil {
				return nil, nil, err
			}
			if m.Header.Get("Nats-Last-Sequence") != sequenceOfLast(messages) {
				return nil, nil, errPart
			}
			messages = append(messages, s)
		case "204": // the end
			if m.Header.Get("Nats-Last-Sequence") != sequenceOfLast(messages) {
				return nil, nil, errPart
			}
			return messages, m.Header, nil
		case "404": // nothing
			return nil, m.Header, nil
		case "503":
			return nil, nil, fmt.Errorf("natslog: reading: %w", nats.ErrNoResponders)
		default:
			return nil, nil, fmt.Errorf("natslog: reading: %s %s", status, m.Header.Get("Description"))
		}
	}
}
