package archive

import (
	"sync"
	"sync/atomic"
	"time"
)

// An instantNumber stands for the time at which an event was recorded; 0 for none. An
// archive stores each time once for the events that were recorded together, and nothing
// for those that say none.
type instantNumber uint32

const instantsPerChunk = 1024

// instants numbers times. What is numbered never changes, so reading waits for nobody.
type instants struct {
	mu     sync.Mutex
	last   instantNumber
	chunks atomic.Pointer[[]*[instantsPerChunk]int64] // microseconds from 1970 on
}

// put returns a number of t, which is that of the last one if both are the same.
func (s *instants) put(t time.Time) instantNumber {
	if t.IsZero() {
		return 0
	}
	at := t.UnixMicro()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last > 0 && s.micro(s.last) == at {
		return s.last
	}
	if s.last%instantsPerChunk == 0 {
		var chunks []*[instantsPerChunk]int64
		if held := s.chunks.Load(); held != nil {
			chunks = append(chunks, *held...)
		}
		chunks = append(chunks, new([instantsPerChunk]int64))
		s.chunks.Store(&chunks)
	}
	(*s.chunks.Load())[s.last/instantsPerChunk][s.last%instantsPerChunk] = at
	s.last++
	return s.last
}

func (s *instants) micro(n instantNumber) int64 {
	return (*s.chunks.Load())[(n-1)/instantsPerChunk][(n-1)%instantsPerChunk]
}

// time returns the time with a number, zero for 0.
func (s *instants) time(n instantNumber) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMicro(s.micro(n)).UTC()
}

// bytes returns how much memory the times take.
func (s *instants) bytes() int64 {
	if chunks := s.chunks.Load(); chunks != nil {
		return int64(len(*chunks)) * instantsPerChunk * 8
	}
	return 0
}
