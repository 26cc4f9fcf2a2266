package main

import (
	"time"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// limits are what no contestant can be faster than: parts of the work, and
// nothing else.
type limits struct {
	columns map[string][]edtf.Day
	facts   map[string][]packed
	packed  []packed
}

func newLimits(w *Workload) *limits {
	l := &limits{columns: map[string][]edtf.Day{}}
	byKey := map[string][]packed{}
	l.facts = byKey
	for i := range w.Facts {
		byKey[w.Facts[i].Key] = append(byKey[w.Facts[i].Key], pack(&w.Facts[i]))
	}
	for _, key := range w.Keys {
		facts := byKey[key]
		sortPacked(facts)
		column := make([]edtf.Day, len(facts))
		for i := range facts {
			column[i] = facts[i].day
		}
		l.columns[key] = column
		l.packed = append(l.packed, facts...)
	}
	return l
}

// search finds the place of a day in the days of a stream: what At cannot do
// without.
func (l *limits) search(q Question) int {
	days := l.columns[q.Key]
	low, high := 0, len(days)
	for low < high {
		middle := int(uint(low+high) / 2)
		if days[middle] <= q.Day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// byHand is the loop that somebody would write for one value of one stream
// and for nothing else: it looks only at what changes that value.
func (l *limits) byHand(q Question) int64 {
	points := int64(0)
	for _, f := range l.facts[q.Key] {
		if f.day > q.Day {
			break
		}
		if f.item == q.Item && f.kind == StakeBought {
			points += int64(f.value)
		} else if f.item == q.Item && f.kind == StakeSold {
			points -= int64(f.value)
		}
	}
	return points
}

// scan reads every packed event up to a day once, without folding it.
func (l *limits) scan(day edtf.Day) int64 {
	sum := int64(0)
	for i := range l.packed {
		if l.packed[i].day <= day {
			sum += int64(l.packed[i].value)
		}
	}
	return sum
}

// copyRate returns how many bytes a second the machine copies.
func (l *limits) copyRate() float64 {
	from := make([]byte, 64<<20)
	to := make([]byte, 64<<20)
	start := time.Now()
	const times = 8
	for range times {
		copy(to, from)
	}
	return times * float64(len(from)) / time.Since(start).Seconds()
}
