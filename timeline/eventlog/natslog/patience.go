package natslog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

const (
	answerTime = 2 * time.Second // how long one request waits for its answer, if the patience of the log is longer
	applyTime  = 5 * time.Second // how long a log may end before what was read of it
	firstPause = 2 * time.Millisecond
	lastPause  = 250 * time.Millisecond
)

// patiently calls try again and again, until it succeeds, fails for good, or ctx or the
// patience of the log is over. While servers choose a leader, which takes some seconds,
// they answer nothing or an error.
func (l *Log) patiently(ctx context.Context, try func() error) error {
	began := time.Now()
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := try()
		switch {
		case err == nil:
			return nil
		case context.Cause(ctx) != nil:
			if cause := context.Cause(ctx); !errors.Is(err, cause) {
				err = fmt.Errorf("natslog: %w, after %w", cause, err)
			}
			return err
		case isFinal(err):
			return err
		case time.Since(began) > l.options.Patience:
			return fmt.Errorf("natslog: given up after %v: %w", l.options.Patience, err)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// What is worth another try.
var (
	errAgain  = errors.New("natslog: somebody else was faster")
	errBehind = errors.New("natslog: a server that is behind the others")
	errLonely = errors.New("natslog: the leader does not hear from most of the servers")
)

// isFinal reports whether another try is of no use.
func isFinal(err error) bool {
	if errors.Is(err, errAgain) || errors.Is(err, errBehind) || errors.Is(err, errLonely) {
		return false
	}
	var faults timeline.Faults
	for _, final := range []error{
		eventlog.ErrConflict, eventlog.ErrCorrupt, eventlog.ErrDiverged, timeline.ErrDuplicateID,
		ErrTooMany, ErrSettings, ErrNewer, errCame,
		nats.ErrConnectionClosed, nats.ErrConnectionDraining, nats.ErrMaxPayload, nats.ErrPermissionViolation, nats.ErrAuthorization, nats.ErrBadSubject,
	} {
		if errors.Is(err, final) {
			return true
		}
	}
	if errors.As(err, &faults) {
		return true
	}
	var api *jetstream.APIError
	passing := []jetstream.ErrorCode{jetstream.JSErrCodeStreamNotFound, codeNoPeers}
	return errors.As(err, &api) && api.Code < 500 && !slices.Contains(passing, api.ErrorCode)
}

// briefly returns a context for one request.
func (l *Log) briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, min(answerTime, l.options.Patience))
}

// request asks JetStream, and reads what it answers.
func (l *Log) request(ctx context.Context, call string, question, answer any) error {
	text, err := json.Marshal(question)
	if err != nil {
		return err
	}
	ctx, cancel := l.briefly(ctx)
	defer cancel()
	m, err := l.conn.RequestWithContext(ctx, "$JS.API."+call, text)
	if err != nil {
		return fmt.Errorf("natslog: %s: %w", call, err)
	}
	return readAnswer(m.Data, answer)
}

// readAnswer reads an answer, or the error that it is.
func readAnswer(text []byte, answer any) error {
	var failed struct {
		Error *jetstream.APIError `json:"error"`
	}
	if err := json.Unmarshal(text, &failed); err != nil {
		return fmt.Errorf("natslog: an answer that is none: %w", err)
	}
	if failed.Error != nil {
		return failed.Error
	}
	return json.Unmarshal(text, answer)
}
