package codec_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/personal"
)

type hiredEvent struct {
	Job  string
	Name personal.Data[string]
}

func staffCodec() codec.Codec[hiredEvent] {
	return codec.New(nil, codec.Type[hiredEvent]{Name: "hired", Version: 1})
}

func hire(n int, name string) timeline.Event[hiredEvent] {
	return timeline.Event[hiredEvent]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), When: edtf.MustParse("2024-05-01"),
		Data: hiredEvent{"welder", personal.Data[string]{Subject: fmt.Sprint("e-", n), Value: name}},
	}
}

// Without keys nothing personal is stored, neither in clear nor by mistake.
func TestPersonalNeedsKeys(t *testing.T) {
	_, err := eventlog.Encode(staffCodec(), hire(1, "Anna"))
	require.ErrorIs(t, err, codec.ErrNoKeys)
	var keys personal.Memory
	stored, err := staffCodec().WithKeys(&keys).Encode(hire(1, "Anna").Data)
	require.NoError(t, err)
	assert.NotContains(t, string(stored.Data), "Anna")
	_, err = staffCodec().Decode(stored)
	require.ErrorIs(t, err, personal.ErrSealed)
}

// Once the key of a subject is destroyed, archives that are opened see that it is erased;
// the records and their hashes stay, and a repeated append of another event is still one. If
// keys are missing, nothing passes for erased: the stream says what it lacks.
func TestErasedInArchives(t *testing.T) {
	var keys personal.Memory
	staff := staffCodec().WithKeys(&keys)
	var log memlog.Log
	stored, err := eventlog.Encode(staff, hire(1, "Anna"), hire(2, "Ben"))
	require.NoError(t, err)
	_, err = log.Append(t.Context(), "plant", 0, stored...)
	require.NoError(t, err)
	hashes := func() (all []eventlog.Hash) {
		for r, err := range log.ReadAll(t.Context(), 0) {
			require.NoError(t, err)
			all = append(all, r.Hash())
		}
		return all
	}
	before := hashes()
	names := func(c codec.Codec[hiredEvent]) timeline.Snapshot[string] {
		fold := func(s string, e timeline.Event[hiredEvent]) (string, error) {
			if e.Data.Name.Erased {
				return s + " erased", nil
			}
			return s + " " + e.Data.Name.Value, nil
		}
		a, err := archive.New(fold, nil)
		require.NoError(t, err)
		live, err := a.Open(t.Context(), &log, c)
		require.NoError(t, err)
		return live.At("plant", edtf.MustDay("2024-05-02"))
	}
	assert.Equal(t, " Anna Ben", names(staff).State)
	keys.Destroy("e-1")
	assert.Equal(t, " erased Ben", names(staff).State)
	assert.Equal(t, before, hashes())
	again, err := eventlog.Encode(staff, hire(2, "Ben"))
	require.NoError(t, err)
	result, err := log.Append(t.Context(), "plant", 0, again...)
	require.NoError(t, err, "the same again")
	assert.EqualValues(t, 2, result.Revision)
	_, err = eventlog.Encode(staff, hire(1, "Anna"))
	require.ErrorIs(t, err, personal.ErrErased)

	var none personal.Memory
	s := names(staffCodec().WithKeys(&none))
	require.ErrorIs(t, s.Err, personal.ErrNoKey)
	var lacking *timeline.LackingError
	require.ErrorAs(t, s.Err, &lacking)
}
