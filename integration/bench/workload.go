package main

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Payload is what happened: one of eight kinds, to one of a few things.
type Payload struct {
	Kind  Kind
	Item  uint8
	Value int32
}

// A Kind is a kind of event.
type Kind uint8

// The kinds of events. Bought, Sold and Delivered add up: what they lead to
// depends on all that came before, not on the last alone.
const (
	StakeBought Kind = iota
	StakeSold
	PlantOpened
	PlantClosed
	ModelRevealed
	ModelLaunched
	ModelDelivered
	ModelEnded
	kinds
)

// A Fact is an event as it arrives, in no more memory than it needs. The
// rivals are given its days ready-made.
type Fact struct {
	Key       string
	ID        uuid.UUID
	Seq       int64
	When      edtf.Date
	WhenKnown edtf.Date
	Day       edtf.Day // the latest day on which it happened
	Known     edtf.Day // the latest day on which it became known
	Stream    int32
	Payload   Payload
}

func (f *Fact) event() timeline.Event[Payload] {
	return timeline.Event[Payload]{ID: f.ID, Seq: f.Seq, When: f.When, Known: f.WhenKnown, Data: f.Payload}
}

// A Workload is a history of many streams, made from a seed: the same for
// every contestant and in every run.
type Workload struct {
	Keys  []string
	Facts []Fact // in the order of arrival: by the day they became known
}

const (
	firstDay = edtf.Day(10957) // 2000-01-01
	days     = 3650
)

// newWorkload returns so many events spread over streams and ten years. Three
// in ten are dated to a month, a quarter or a year; one in twenty becomes known
// long after.
func newWorkload(streams, events int, progress func(done, of int)) *Workload {
	r := rand.New(rand.NewPCG(2015, uint64(streams)<<32|uint64(events)))
	w := &Workload{Keys: make([]string, streams), Facts: make([]Fact, events)}
	for i := range w.Keys {
		w.Keys[i] = fmt.Sprintf("maker-%06d", i)
	}
	for i := range w.Facts {
		w.Facts[i] = w.fact(r, firstDay+edtf.Day(i*days/events))
		if i%(1<<18) == 0 {
			progress(i, events)
		}
	}
	slices.SortStableFunc(w.Facts, func(a, b Fact) int { return int(a.Known) - int(b.Known) })
	for i := range w.Facts {
		w.Facts[i].Seq = int64(i)
	}
	return w
}

func (w *Workload) fact(r *rand.Rand, day edtf.Day) Fact {
	f := Fact{Stream: int32(r.IntN(len(w.Keys)))}
	f.Key = w.Keys[f.Stream]
	binary.LittleEndian.PutUint64(f.ID[:8], r.Uint64())
	binary.LittleEndian.PutUint64(f.ID[8:], r.Uint64())
	f.When = when(r, day)
	f.Day = f.When.Latest()
	f.Known = f.Day + edtf.Day(r.IntN(4))
	if r.IntN(20) == 0 {
		f.Known += edtf.Day(r.ExpFloat64() * 120)
	}
	if f.Known != f.Day || f.When.Precision() != edtf.PrecisionDay {
		f.WhenKnown = f.Known.Date()
	}
	f.Payload = Payload{Kind: Kind(r.IntN(int(kinds))), Item: uint8(r.IntN(8)), Value: r.Int32N(1000)}
	return f
}

// events calls yield with the key and the event of every fact.
func (w *Workload) events(yield func(string, timeline.Event[Payload]) bool) {
	for i := range w.Facts {
		if !yield(w.Facts[i].Key, w.Facts[i].event()) {
			return
		}
	}
}

func when(r *rand.Rand, day edtf.Day) edtf.Date {
	year, month, _ := day.Civil()
	switch r.IntN(10) {
	case 0:
		return edtf.MustParse(fmt.Sprintf("%04d-%02d", year, month))
	case 1:
		return edtf.MustParse(fmt.Sprintf("%04d-%02d", year, 33+(int(month)-1)/3))
	case 2:
		if r.IntN(3) == 0 {
			return edtf.MustParse(fmt.Sprintf("%04d", year))
		}
		return edtf.MustParse(fmt.Sprintf("%04d-%02d", year, month))
	}
	return day.Date()
}

// A Question asks for a stream on a day, as known on another.
type Question struct {
	Key    string
	Stream int32
	Item   uint8
	Day    edtf.Day
	Known  edtf.Day
}

// questions returns random questions.
func (w *Workload) questions(seed uint64, n int) []Question {
	r := rand.New(rand.NewPCG(seed, 17))
	qs := make([]Question, n)
	for i := range qs {
		s := int32(r.IntN(len(w.Keys)))
		qs[i] = Question{
			Key: w.Keys[s], Stream: s, Item: uint8(r.IntN(8)), Day: firstDay + edtf.Day(r.IntN(days)),
		}
		qs[i].Known = qs[i].Day + edtf.Day(r.IntN(60)-20)
	}
	return qs
}

// late returns events that arrive after all others and are dated some weeks
// before the end.
func (w *Workload) late(seed uint64, n int) []Fact {
	r := rand.New(rand.NewPCG(seed, 18))
	facts := make([]Fact, n)
	for i := range facts {
		f := w.fact(r, firstDay+days-1-edtf.Day(r.ExpFloat64()*60))
		f.When = f.Day.Date()
		f.Known = firstDay + days + 400
		f.WhenKnown = f.Known.Date()
		f.Seq = int64(len(w.Facts) + i)
		facts[i] = f
	}
	return facts
}
