package natslog

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// Headers that JetStream reads and keeps; see
// https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-50.md.
const (
	headerBatch    = "Nats-Batch-Id"
	headerNumber   = "Nats-Batch-Sequence"
	headerCommit   = "Nats-Batch-Commit"
	headerExpected = "Nats-Expected-Last-Subject-Sequence"
)

// headerRecorded says when a restored record was recorded, or that this is not known.
const (
	headerRecorded = "Recorded"
	notKnown       = "not known"
)

// A stored is a message of the stream: a record, or a claim.
type stored struct {
	subject string
	seq     uint64
	time    time.Time
	header  nats.Header
	data    []byte
}

// storedOf returns the message that an answer to a direct get carries.
func storedOf(m *nats.Msg) (s stored, err error) {
	h := m.Header
	s = stored{subject: h.Get("Nats-Subject"), header: h, data: m.Data}
	if s.seq, err = strconv.ParseUint(h.Get("Nats-Sequence"), 10, 64); err == nil {
		s.time, err = time.Parse(time.RFC3339Nano, h.Get("Nats-Time-Stamp"))
	}
	if err != nil {
		err = fmt.Errorf("natslog: an answer that is none: %w", err)
	}
	return s, err
}

// position returns the position of the record that s is, or whose claim it is.
func (s *stored) position() int64 { return int64(s.seq+1) / 2 }

// headerEnds says that a record is the last of its stream in an append to several.
const headerEnds = "Ends-Stream"

// commits reports whether s is the last of an append.
func (s *stored) commits() bool { return s.header.Get(headerCommit) != "" }

// ends reports whether s is the last of its stream in an append.
func (s *stored) ends() bool { return s.commits() || s.header.Get(headerEnds) != "" }

var (
	errAlien  = errors.New("a message that is no record of this log")
	errOdd    = errors.New("a record where a claim should be")
	errForm   = errors.New("a record that does not stand as it is written")
	errMoment = errors.New("a time of recording that is none")
)

// record returns the record that s is. The error is a [*eventlog.CorruptError].
func (l *Log) record(s *stored) (r eventlog.Record, err error) {
	if err = r.UnmarshalJSON(s.data); err == nil {
		switch {
		case s.seq%2 != 0:
			err = errOdd
		case s.subject != l.recordSubject(r.Stream):
			err = errAlien
		case r.Position != 0 || !r.Event.Recorded.IsZero() || !bytes.Equal(r.AppendJSON(nil), s.data):
			err = errForm
		}
	}
	if err == nil {
		r.Event.Recorded, err = s.recorded()
	}
	if err != nil {
		return eventlog.Record{}, &eventlog.CorruptError{Position: s.position(), Err: err}
	}
	r.Position = s.position()
	return r, nil
}

// recorded returns when the record was recorded: when the leader took it, unless it was
// restored.
func (s *stored) recorded() (time.Time, error) {
	switch text := s.header.Get(headerRecorded); text {
	case "":
		return s.time.UTC().Truncate(time.Microsecond), nil
	case notKnown:
		return time.Time{}, nil
	default:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil || t.Nanosecond()%1000 != 0 {
			return time.Time{}, errMoment
		}
		return t.UTC(), nil
	}
}

// body returns the stored form of a record.
func body(r eventlog.Record) []byte {
	r.Position, r.Event.Recorded = 0, time.Time{}
	return r.AppendJSON(nil)
}

// recordedHeader returns what the header of a restored record says.
func recordedHeader(t time.Time) string {
	if t.IsZero() {
		return notKnown
	}
	return t.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
}
