package jsonl_test

import (
	"bytes"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/jsonl"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// What is written of a history is imported as its events, in the order of Seq.
func TestWrite(t *testing.T) {
	a := events.Event{ID: uuid.UUID{1}, Name: "a", Seq: 2, When: edtf.MustParse("2020"), Known: edtf.MustParse("2021"), Data: events.BrandLaunched{Brand: "A"}, Note: "n"}
	b := events.Event{ID: uuid.UUID{2}, Name: "b", Seq: 1, When: edtf.MustParse("2019"), Data: events.BrandLaunched{Brand: "B"}}
	c := events.Event{ID: uuid.UUID{3}, Name: "c", Seq: 3, When: edtf.MustParse("2020"), Replaces: []uuid.UUID{{1}}, Retraction: true}
	var text bytes.Buffer
	require.NoError(t, jsonl.Write(&text, events.Codec(), "history", a, b, c))
	var log memlog.Log
	_, err := jsonl.Import(t.Context(), bytes.NewReader(text.Bytes()), &log, nil)
	require.NoError(t, err)
	all, err := eventlog.Load(t.Context(), &log, "history", events.Codec())
	require.NoError(t, err)
	require.Len(t, all, 3)
	assert.Equal(t, []string{"b", "a", "c"}, []string{all[0].Name, all[1].Name, all[2].Name})
	assert.Equal(t, a.Data, all[1].Data)
	assert.Equal(t, a.Known, all[1].Known)
	assert.Equal(t, c.Replaces, all[2].Replaces)

	assert.Error(t, jsonl.Write(&text, events.Codec(), "history", events.Event{ID: uuid.UUID{4}, Name: "d", When: edtf.MustParse("2020")}), "it has no payload")
	assert.ErrorIs(t, jsonl.Write(noRoom{}, events.Codec(), "history", a), errFull)
}

type noRoom struct{}

func (noRoom) Write([]byte) (int, error) { return 0, errFull }
