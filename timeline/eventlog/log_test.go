package eventlog_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/leapmotor-timeline/leapmotor/internal/testbox"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLoad(t *testing.T) {
	var log memlog.Log
	opCodec := codec.New(nil, codec.Type[testbox.Op]{Name: "op", Version: 1})
	stored, err := eventlog.Encode(opCodec, testbox.Event(1, "2024-05-01", "a", 1), testbox.Event(2, "2024-05-01", "a", 2))
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "s", 0, stored...)
	require.NoError(t, err)
	events, err := eventlog.Load(t.Context(), &log, "s", opCodec)
	require.NoError(t, err)
	line, err := timeline.New(testbox.Fold, events...)
	require.NoError(t, err)
	assert.Equal(t, 2, line.At(edtf.MustDay("2024-05-01")).State.A, "of one day, the later appended comes later")
	events, err = eventlog.Load(t.Context(), &log, "none", opCodec)
	require.NoError(t, err)
	assert.Empty(t, events)
	_, err = eventlog.Load(t.Context(), &log, "s", codec.Codec[testbox.Op]{})
	require.ErrorIs(t, err, codec.ErrUnknown)
}

func TestLogErrors(t *testing.T) {
	for want, err := range map[string]error{
		`eventlog: append to stream "s" at revision 3, but it is at 5`: &eventlog.ConflictError{Stream: "s", Expected: 3, Actual: 5},
		`eventlog: the log is corrupt at position 7: x`:                &eventlog.CorruptError{Position: 7, Err: errors.New("x")},
		`eventlog: the log is corrupt: x`:                              &eventlog.CorruptError{Err: errors.New("x")},
		`eventlog: n: the ID is taken by another event: position 4, stream "s", revision 2, ID 00000000-0000-0000-0000-000000000001`: &eventlog.IDError{
			ID: testbox.ID(1), Name: "n", Holder: eventlog.Record{Position: 4, Stream: "s", Revision: 2},
		},
	} {
		assert.EqualError(t, err, want)
	}
	errBroken := errors.New("the line is broken")
	assert.ErrorIs(t, fmt.Errorf("%w", &eventlog.CorruptError{Err: errBroken}), eventlog.ErrCorrupt)
	assert.ErrorIs(t, &eventlog.CorruptError{Err: errBroken}, errBroken)
}

// A log keeps nothing that its readers would refuse as such.
func TestCheckAppendSaysAllFaults(t *testing.T) {
	err := eventlog.CheckAppend("s", 0, []timeline.Event[eventlog.Stored]{
		{Name: "a\x00", When: edtf.MustParse("2018/2021"), Data: eventlog.Stored{Type: "t"}},
		{ID: testbox.ID(1), Name: "b", When: edtf.MustParse("2018")},
		{ID: testbox.ID(1), Name: "c", When: edtf.MustParse("2018")},
	})
	assert.EqualError(t, err, "timeline: 5 faults in the events given:\n"+
		"\ta\x00: no ID\n"+
		"\ta\x00: an event happens on one day, and a span is no window: When is 2018/2021; for one day out of a range write [a..b]\n"+
		"\ta\x00: a payload must have a type, a version from 1 on, and compact JSON or none: type \"t\", version 0\n"+
		"\ta\x00: Name cannot be kept as text: \"a\\x00\"\n"+
		"\tc: the ID is taken by another event: it is twice in the call")
}

// What is loaded has every record, the first too.
func TestLoadHasEveryRecord(t *testing.T) {
	var log memlog.Log
	opCodec := codec.New(nil, codec.Type[testbox.Op]{Name: "op", Version: 1})
	stored, err := eventlog.Encode(opCodec, testbox.Event(1, "2024-05-01", "a", 7), testbox.Event(2, "2024-05-02", "b", 8))
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "s", 0, stored...)
	require.NoError(t, err)
	events, err := eventlog.Load(t.Context(), &log, "s", opCodec)
	require.NoError(t, err)
	assert.Len(t, events, 2)
	line, err := timeline.New(testbox.Fold, events...)
	require.NoError(t, err)
	assert.Equal(t, testbox.Box{A: 7, B: 8}, line.At(edtf.MustDay("2024-05-02")).State)
}

// Decide appends behind what was decided by, whoever else decides at the same time.
func TestDecide(t *testing.T) {
	const deciders, each = 8, 20
	var log memlog.Log
	c := codec.New[int](nil, codec.Type[int]{Name: "n", Version: 1})
	var group sync.WaitGroup
	for d := range deciders {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range each {
				_, err := eventlog.Decide(t.Context(), &log, "s", c, func(held []timeline.Event[int]) ([]timeline.Event[int], error) {
					id := uuid.NewSHA1(uuid.Nil, fmt.Append(nil, d, n))
					return []timeline.Event[int]{{ID: id, When: edtf.MustParse("2020"), Data: len(held)}}, nil
				})
				assert.NoError(t, err)
			}
		}()
	}
	group.Wait()
	events, err := eventlog.Load(t.Context(), &log, "s", c)
	require.NoError(t, err)
	require.Len(t, events, deciders*each)
	for n, e := range events {
		assert.Equal(t, n, e.Data)
	}
	refused := errors.New("refused")
	_, err = eventlog.Decide(t.Context(), &log, "s", c, func([]timeline.Event[int]) ([]timeline.Event[int], error) { return nil, refused })
	require.ErrorIs(t, err, refused)
}

// A payload that is nil is refused when it is appended, and one that is missing from a
// record when it is read: no fold gets it.
func TestNilPayload(t *testing.T) {
	c := codec.New[any](nil, codec.Type[any]{Name: "n", Version: 1, Zero: 0})
	e := timeline.Event[any]{ID: uuid.UUID{15: 1}, When: edtf.MustParse("2020")}
	_, err := eventlog.Encode(c, e)
	require.ErrorIs(t, err, timeline.ErrNoData)
	_, err = eventlog.Decode(c, eventlog.Record{Position: 3, Event: timeline.Event[eventlog.Stored]{ID: e.ID, When: e.When}})
	require.ErrorContains(t, err, "at position 3")
	require.ErrorContains(t, err, "no payload")
	e.Replaces = []uuid.UUID{{15: 2}} // which retracts it
	forms, err := eventlog.Encode(c, e)
	require.NoError(t, err)
	back, err := eventlog.Decode(c, eventlog.Record{Event: forms[0]})
	require.NoError(t, err)
	assert.Nil(t, back.Data)
}

// A time of recording that not every store can keep is refused before anything is appended, and so is one of the
// future, which would be that of all that is appended until then.
func TestCheckRestoreOfFarTimes(t *testing.T) {
	e := timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 1}, Name: "e", When: edtf.MustParse("2020"), Data: eventlog.Stored{Type: "t", Version: 1}}
	for at, refused := range map[time.Time]bool{
		{}: false, time.Unix(0, 0): false,
		time.Now().Add(23 * time.Hour):                                              false, // clocks differ
		time.Now().Add(25 * time.Hour):                                              true,
		time.Date(9999, 12, 31, 23, 59, 59, 999_999_000, time.UTC):                  true,
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("far west", -12*60*60)): true,
		time.Date(-1, 12, 31, 23, 0, 0, 0, time.UTC):                                true,
	} {
		e.Recorded = at
		err := eventlog.CheckRestore([]eventlog.Record{{Stream: "s", Event: e}})
		assert.Equal(t, refused, errors.Is(err, eventlog.ErrRecorded), at)
	}
}
