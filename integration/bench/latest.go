package main

import (
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Latest is the state of a fold in which nothing adds up: what each kind of event has last
// said of each thing. Some events later, nothing is left of an event.
type Latest [int(kinds) * itemsOfKind]int32

const itemsOfKind = 8 // that events of a kind are about

func foldLatest(s Latest, e timeline.Event[Payload]) (Latest, error) {
	s[int(e.Data.Kind)*itemsOfKind+int(e.Data.Item)] = e.Data.Value
	return s, nil
}

// lateLatest returns what a late event takes, and the state on its day, in nanoseconds, in an
// archive of Latest that has been asked for every day.
func lateLatest(w *Workload, lates []Fact) (float64, error) {
	a, err := archive.New(foldLatest, &archive.Options[Latest]{CacheBytes: 4 << 30})
	if err != nil {
		return 0, err
	}
	if err := a.Load(w.events); err != nil {
		return 0, err
	}
	for day := firstDay; day < firstDay+days; day++ {
		sink += latestSum(a, w.Keys[0], day)
	}
	return timeLate(lates, func(f *Fact) {
		must(a.Append(f.Key, f.event()))
		sink += latestSum(a, f.Key, f.Day)
	}), nil
}

func latestSum(a *archive.Archive[Latest, Payload], key string, day edtf.Day) (sum int64) {
	for _, n := range a.At(key, day).State {
		sum += int64(n)
	}
	return sum
}
