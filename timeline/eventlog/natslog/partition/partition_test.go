package partition

import (
	"context"
	"fmt"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
)

// What a server says that does not know of something yet is tried again; a mistake is not.
func TestWhatIsFinal(t *testing.T) {
	api := func(code int, reason jetstream.ErrorCode) error {
		return &jetstream.APIError{Code: code, ErrorCode: reason}
	}
	for _, again := range []error{
		context.DeadlineExceeded, api(503, 10008), api(400, codeNoPeers), fmt.Errorf("the bucket: %w", api(404, jetstream.JSErrCodeStreamNotFound)),
	} {
		assert.False(t, isFinal(again), "%v", again)
	}
	for _, final := range []error{ErrBucket, jetstream.ErrInvalidBucketName, jetstream.ErrBadBucket, api(400, 10052), api(403, 10000)} {
		assert.True(t, isFinal(final), "%v", final)
	}
}

// Where a stream is must never change.
func TestOfIsFrozen(t *testing.T) {
	for stream, want := range map[string][3]int{"": {0, 5, 37}, "leapmotor": {0, 0, 72}, "零跑": {0, 7, 87}} {
		for i, n := range []int{1, 8, 100} {
			assert.Equal(t, want[i], Of(stream, n), "%q of %d", stream, n)
		}
	}
	assert.Equal(t, "cars-3", Name("cars", 3))
}

// Streams are spread evenly.
func TestOfIsEven(t *testing.T) {
	const streams, n = 80_000, 8
	counts := [n]int{}
	for i := range streams {
		counts[Of(fmt.Sprint("car-", i), n)]++
	}
	for _, count := range counts {
		assert.InDelta(t, streams/n, count, streams/n/20)
	}
}
