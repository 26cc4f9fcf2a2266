package archive

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// Times come back as they were, to the microsecond, whoever puts others meanwhile.
func TestInstants(t *testing.T) {
	var s instants
	assert.Zero(t, s.put(time.Time{}, 0))
	assert.True(t, s.time(0).IsZero())
	assert.Zero(t, s.bytes(), "what says no time costs nothing")
	began := time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)
	var group sync.WaitGroup
	for w := range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for n := range 3000 {
				at := began.Add(time.Duration(4*n+w) * time.Microsecond)
				number := s.put(at.In(time.FixedZone("x", 3600)), 0)
				assert.Equal(t, at, s.time(number))
			}
		}()
	}
	group.Wait()
	again := s.put(began, 0)
	assert.Equal(t, again, s.put(began, 0), "recorded together")
	assert.EqualValues(t, 12*1024*8+12*8, s.bytes())
}

// In the archive of a log every position has a number of its own.
func TestInstantsOfPositions(t *testing.T) {
	var s instants
	at := time.Date(2026, 11, 27, 17, 0, 0, 0, time.UTC)
	for _, position := range []int64{1, 2, 5000, 3, 2} {
		assert.EqualValues(t, position, s.put(at.Add(time.Duration(position)*time.Second), position))
	}
	assert.EqualValues(t, 4, s.put(time.Time{}, 4))
	assert.True(t, s.time(4).IsZero(), "no time is known")
	assert.EqualValues(t, 2*1024*8+5*8, s.bytes(), "of what was not put nothing is kept")
	for _, position := range []int64{1, 2, 3, 5000} {
		assert.Equal(t, at.Add(time.Duration(position)*time.Second), s.time(instantNumber(position)))
	}
}
