package main

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An oracle answers slowly and obviously: it sorts a copy of what a stream has
// and works out each value in a map of its own. It shares no code with the
// contestants but mix.
type oracle struct {
	byStream map[int32][]Fact
}

func newOracle(w *Workload) *oracle {
	o := &oracle{byStream: map[int32][]Fact{}}
	for _, f := range w.Facts {
		o.add(f)
	}
	return o
}

func (o *oracle) add(f Fact) { o.byStream[f.Stream] = append(o.byStream[f.Stream], f) }

type value struct{ attr, item int }

func (o *oracle) state(stream int32, day, known edtf.Day) map[value]int64 {
	facts := slices.Clone(o.byStream[stream])
	slices.SortFunc(facts, func(a, b Fact) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Seq, b.Seq))
	})
	values := map[value]int64{}
	for _, f := range facts {
		if f.Day > day || f.Known > known {
			continue
		}
		p := f.Payload
		at := func(attr int) value { return value{attr, int(p.Item)} }
		switch p.Kind {
		case StakeBought:
			values[at(attrStake)] += int64(p.Value)
		case StakeSold:
			values[at(attrStake)] -= int64(p.Value)
		case PlantOpened:
			values[at(attrPlant)] = int64(p.Value)*2 + 1
		case PlantClosed:
			values[at(attrPlant)] = values[at(attrPlant)] / 2 * 2
		case ModelRevealed, ModelLaunched, ModelEnded:
			old := values[at(attrModel)]
			values[at(attrModel)] = old/256*256 + map[Kind]int64{ModelRevealed: 1, ModelLaunched: 2, ModelEnded: 3}[p.Kind]
			if p.Kind == ModelLaunched {
				values[at(attrModel)] = int64(p.Value)*256 + 2
			}
			values[at(attrDelivered)] += 0
		case ModelDelivered:
			values[at(attrModel)] += 0
			values[at(attrDelivered)] += int64(p.Value)
		}
	}
	return values
}

func (o *oracle) every(stream int32, day, known edtf.Day) uint64 {
	sum := uint64(0)
	for v, x := range o.state(stream, day, known) {
		sum += mix(v.attr, v.item, x)
	}
	return sum
}

func (o *oracle) one(q Question) int64 {
	return o.state(q.Stream, q.Day, edtf.DistantFuture)[value{attrStake, int(q.Item)}]
}

func (o *oracle) world(day edtf.Day) (delivered int64, everything uint64) {
	for stream := range o.byStream {
		for v, x := range o.state(stream, day, edtf.DistantFuture) {
			if v.attr == attrDelivered {
				delivered += x
			}
			everything += mix(v.attr, v.item, x)
		}
	}
	return delivered, everything
}
