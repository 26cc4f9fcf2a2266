package archive

import (
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// An instantNumber stands for the time at which an event was recorded; 0 for none. The
// archive of a log has a time for every position, and the number is the position: so it
// tells which events the log had when it ended there. Any other archive stores each time
// once for the events that were recorded together, and nothing for those that say none.
type instantNumber uint32

const instantsPerChunk = 1024

// instants numbers times. What is numbered never changes, so reading waits for nobody.
type instants struct {
	mu     sync.Mutex
	last   instantNumber                              // the greatest
	chunks atomic.Pointer[[]*[instantsPerChunk]int64] // microseconds from 1970 on
}

const noInstant = math.MinInt64 // stands for no time, as microseconds

// put returns a number of t: the position if there is one, and else that of the last time
// if both are the same.
func (s *instants) put(t time.Time, position int64) instantNumber {
	if t.IsZero() && position == 0 {
		return 0
	}
	at := int64(noInstant)
	if !t.IsZero() {
		at = t.UnixMicro()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n := instantNumber(position)
	switch {
	case position > 0:
	case s.last > 0 && s.micro(s.last) == at:
		return s.last
	default:
		n = s.last + 1
	}
	s.last = max(s.last, n)
	s.makeRoom(n)
	if p := &(*s.chunks.Load())[(n-1)/instantsPerChunk][(n-1)%instantsPerChunk]; *p != at {
		*p = at // what others may be reading stays as it is
	}
	return n
}

// makeRoom makes room for a number. Chunks of numbers that nobody has put take none: of a log
// that is read lazily only few may be needed.
func (s *instants) makeRoom(n instantNumber) {
	var chunks []*[instantsPerChunk]int64
	if held := s.chunks.Load(); held != nil {
		chunks = *held
	}
	at := int(n-1) / instantsPerChunk
	if at < len(chunks) && chunks[at] != nil {
		return
	}
	more := make([]*[instantsPerChunk]int64, max(len(chunks), at+1))
	copy(more, chunks)
	more[at] = new([instantsPerChunk]int64)
	s.chunks.Store(&more)
}

func (s *instants) micro(n instantNumber) int64 {
	return (*s.chunks.Load())[(n-1)/instantsPerChunk][(n-1)%instantsPerChunk]
}

// time returns the time with a number, zero if there is none.
func (s *instants) time(n instantNumber) time.Time {
	if n == 0 || s.micro(n) == noInstant {
		return time.Time{}
	}
	return time.UnixMicro(s.micro(n)).UTC()
}

// bytes returns how much memory the times take.
func (s *instants) bytes() int64 {
	if chunks := s.chunks.Load(); chunks != nil {
		size := int64(len(*chunks)) * 8
		for _, chunk := range *chunks {
			if chunk != nil {
				size += instantsPerChunk * 8
			}
		}
		return size
	}
	return 0
}
