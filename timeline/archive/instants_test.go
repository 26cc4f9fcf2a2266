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
	assert.Zero(t, s.put(time.Time{}))
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
				number := s.put(at.In(time.FixedZone("x", 3600)))
				assert.Equal(t, at, s.time(number))
			}
		}()
	}
	group.Wait()
	again := s.put(began)
	assert.Equal(t, again, s.put(began), "recorded together")
	assert.EqualValues(t, 12*1024*8, s.bytes())
}
