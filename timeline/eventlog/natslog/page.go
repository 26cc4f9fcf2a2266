package natslog

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"

	"github.com/nats-io/nats.go"
)

const (
	pageRecords = 1000
	pageBytes   = 8 << 20
)

// pages returns an iterator over the messages with a subject, from one sequence on to
// another and perhaps farther, a page at a time. While a page is used the next one comes.
func (l *Log) pages(ctx context.Context, subject string, from, to uint64) iter.Seq2[[]stored, error] {
	type page struct {
		messages []stored
		err      error
	}
	return func(yield func([]stored, error) bool) {
		ctx, cancel := context.WithCancelCause(ctx)
		pages := make(chan page, 1)
		defer func() {
			cancel(context.Canceled)
			for range pages { // until its goroutine has gone
			}
		}()
		go func() {
			defer close(pages)
			for from <= to {
				var p page
				p.err = l.patiently(ctx, func() (err error) {
					p.messages, err = l.page(ctx, subject, from)
					return err
				})
				if p.err == nil {
					from = p.messages[len(p.messages)-1].seq + 1
				}
				select {
				case pages <- p:
				case <-ctx.Done():
					return
				}
				if p.err != nil {
					return
				}
			}
		}()
		for p := range pages {
			if !yield(p.messages, p.err) {
				return
			}
		}
	}
}

// page returns the messages from a sequence on, at least one, from whichever server answers.
// One that does not have them yet is asked again, or another is.
func (l *Log) page(ctx context.Context, subject string, from uint64) (messages []stored, err error) {
	question, err := json.Marshal(map[string]any{"seq": from, "batch": pageRecords, "max_bytes": pageBytes, "next_by_subj": subject})
	if err != nil {
		return nil, err
	}
	ctx, cancel := l.briefly(ctx)
	defer cancel()
	inbox := l.conn.NewRespInbox()
	answers, err := l.conn.SubscribeSync(inbox)
	if err != nil {
		return nil, fmt.Errorf("natslog: %w", err)
	}
	defer func() { _ = answers.Unsubscribe() }()
	if err := l.conn.PublishRequest("$JS.API.DIRECT.GET."+l.options.Name, inbox, question); err != nil {
		return nil, fmt.Errorf("natslog: %w", err)
	}
	for {
		m, err := answers.NextMsgWithContext(ctx)
		if err != nil {
			return nil, fmt.Errorf("natslog: reading: %w", err)
		}
		if status := m.Header.Get("Status"); status != "" {
			if len(messages) == 0 {
				return nil, fmt.Errorf("natslog: no message from %d on: %s %s: %w", from, status, m.Header.Get("Description"), statusError(status))
			}
			return messages, nil
		}
		if len(m.Header) == 0 && len(m.Data) == 0 {
			return nil, fmt.Errorf("natslog: reading: %w", nats.ErrNoResponders)
		}
		s, err := storedOf(m)
		if err != nil {
			return nil, err
		}
		messages = append(messages, s)
	}
}

// statusError returns what a status of a direct get means.
func statusError(status string) error {
	if status == "503" {
		return nats.ErrNoResponders
	}
	return errAgain
}
