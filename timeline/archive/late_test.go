package archive_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/archive"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// rack is a state of many parts, of which an event sets one: what a late event says is
// over when the next event sets the same part.
type rack struct {
	parts [rackParts]int
	open  bool
}

const rackParts = 40

func foldRack(s rack, e timeline.Event[op]) (rack, error) {
	err := applyRack(&s, &e)
	return s, err
}

func applyRack(s *rack, e *timeline.Event[op]) error {
	switch e.Data.Kind {
	case "set":
		s.parts[e.Data.Value%rackParts] = e.Data.Value / rackParts
	case "sum":
		s.parts[0] += e.Data.Value
	case "open", "close":
		if s.open == (e.Data.Kind == "open") {
			return fmt.Errorf("cannot %s", e.Data.Kind)
		}
		s.open = e.Data.Kind == "open"
	}
	return nil
}

func setPart(n, day, part, value int) timeline.Event[op] {
	return timeline.Event[op]{
		ID: uuid.NewSHA1(uuid.NameSpaceOID, fmt.Append(nil, n)), Seq: int64(n), When: edtf.Day(day).Date(),
		Data: op{Kind: "set", Value: value*rackParts + part},
	}
}

// countingRack returns an archive of racks, and how many events it has folded.
func countingRack(t require.TestingT) (*archive.Archive[rack, op], *int) {
	folded := new(int)
	a, err := archive.New(func(s rack, e timeline.Event[op]) (rack, error) {
		*folded++
		return foldRack(s, e)
	}, nil)
	require.NoError(t, err)
	return a, folded
}

// After a late event in a long stream few events are folded, wherever it stands and whatever is asked then.
func TestLateEventFoldsFewEvents(t *testing.T) {
	const events = 20_000
	a, folded := countingRack(t)
	r := rand.New(rand.NewPCG(3, 3))
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[op]) bool) {
		for n := range events {
			if !yield("s", setPart(n, n, r.IntN(rackParts), n)) {
				return
			}
		}
	}))
	for on := range edtf.Day(events) {
		a.At("s", on)
	}
	const late = 300
	most, all := 0, 0
	for n := range late {
		at := r.IntN(events)
		*folded = 0
		require.NoError(t, a.Append("s", setPart(events+n, at, r.IntN(rackParts), events+n)))
		if n%3 == 0 { // a correction takes another out
			e := setPart(2*events+n, at, 0, 0)
			e.Replaces = []uuid.UUID{setPart(events+n, 0, 0, 0).ID}
			require.NoError(t, a.Append("s", e))
		}
		require.Zero(t, *folded, "nobody has asked")
		for range 10 {
			a.At("s", edtf.Day(r.IntN(events)))
		}
		most, all = max(most, *folded), all+*folded
	}
	t.Logf("%d events at most, %d on average", most, all/late)
	require.Less(t, most, 2000)
	require.Less(t, all/late, 400)
}

// Whatever comes late into long streams, an archive answers as one that keeps nothing: with
// corrections and events taken back, many on a day, leaves that split and that empty, events that
// the fold refuses, one by one and in small batches.
func TestLateEventsLaw(t *testing.T) {
	race.SkipLong(t)
	for seed := range uint64(24) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(9, seed))
			options := archive.Options[rack]{}
			if seed%4 == 3 {
				options.CacheBytes = 300_000 // states go
			}
			a, err := archive.New(foldRack, &options)
			require.NoError(t, err)
			bare, err := archive.New(foldRack, &archive.Options[rack]{CacheBytes: -1})
			require.NoError(t, err)
			if seed%3 == 2 {
				require.NoError(t, a.FoldInPlace(archive.InPlace[rack, op]{Apply: applyRack, Copy: func(into, from *rack) { *into = *from }}))
			}
			const events = 2500
			days := []int{events, events / 20, 3 * events}[seed%3] // many on a day, or none on most
			var there []timeline.Event[op]
			add := func(come ...timeline.Event[op]) {
				require.NoError(t, a.Append("s", come...))
				require.NoError(t, bare.Append("s", come...))
				there = append(there, come...)
			}
			next := 0
			random := func() timeline.Event[op] {
				next++
				e := setPart(next, r.IntN(days), r.IntN(rackParts), r.IntN(3))
				switch r.IntN(400) {
				case 0:
					e.Data.Kind = "sum"
				case 1:
					e.Data.Kind = []string{"open", "close"}[r.IntN(2)]
				}
				return e
			}
			first := make([]timeline.Event[op], events)
			for i := range first {
				first[i] = random()
			}
			add(first...)
			for round := range 150 {
				if seed%6 != 5 || round%10 == 0 { // else many changes come between questions
					for range 20 {
						a.At("s", edtf.Day(r.IntN(days)))
					}
				}
				var come []timeline.Event[op]
				for range []int{1, 1, 1, 3, 20}[r.IntN(5)] {
					e := random()
					if r.IntN(4) == 0 {
						other := there[r.IntN(len(there))]
						e.Replaces, e.Retraction = []uuid.UUID{other.ID}, r.IntN(2) == 0
						e.When = other.When
					}
					come = append(come, e)
				}
				if r.IntN(30) == 0 { // all of a few days, so that leaves empty
					from := edtf.Day(r.IntN(days))
					for _, other := range there {
						if d := other.When.Latest(); d >= from && d < from+edtf.Day(1+days*200/events) && len(come) < 400 && !other.Retraction {
							e := random()
							e.Replaces, e.Retraction, e.When = []uuid.UUID{other.ID}, true, other.When
							come = append(come, e)
						}
					}
					for batch := range slices.Chunk(come, 10) {
						add(batch...)
					}
				} else {
					add(come...)
				}
				for range 15 {
					on := edtf.Day(r.IntN(days))
					want, got := bare.At("s", on), a.At("s", on)
					require.Equal(t, fmt.Sprint(want.Err), fmt.Sprint(got.Err), "round %d, day %d", round, on)
					require.Equal(t, want.State, got.State, "round %d, day %d", round, on)
				}
			}
		})
	}
}

// What was refused is not any more once the event is taken back, though the state is the
// same as before.
func TestLateRetractionOfARefusedEvent(t *testing.T) {
	a, _ := countingRack(t)
	const events, refused = 3000, 1000
	at := func(n int) timeline.Event[op] {
		e := setPart(n, n, 0, 1) // the same again and again
		if n == refused {
			e.Data.Kind = "close" // what is not open
		}
		return e
	}
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[op]) bool) {
		for n := range events {
			if !yield("s", at(n)) {
				return
			}
		}
	}))
	for on := range edtf.Day(events) {
		require.Equal(t, on >= refused, a.At("s", on).Err != nil, "day %d", on)
	}
	e := at(refused)
	e.Replaces, e.Retraction, e.ID = []uuid.UUID{e.ID}, true, uuid.UUID{1}
	require.NoError(t, a.Append("s", e))
	for on := range edtf.Day(events) {
		require.NoError(t, a.At("s", on).Err, "day %d", on)
	}
	require.NoError(t, a.Append("s", at(-1))) // it comes first, and changes nothing
	e = at(refused)
	e.ID = uuid.UUID{2}
	require.NoError(t, a.Append("s", e))
	for on := range edtf.Day(events) {
		require.Equal(t, on >= refused, a.At("s", on).Err != nil, "day %d", on)
	}
}

// In a tree of three levels, as in one of two, what follows a late event shows it.
func TestLateEventsInADeepTree(t *testing.T) {
	const events = 30_000
	a, _ := countingRack(t)
	r := rand.New(rand.NewPCG(5, 5))
	parts, sum := make([]int, events), 0 // of each day
	require.NoError(t, a.Load(func(yield func(string, timeline.Event[op]) bool) {
		for n := range events {
			e := setPart(n, n, r.IntN(rackParts-1)+1, n)
			if parts[n] = e.Data.Value; !yield("s", e) {
				return
			}
		}
	}))
	late := map[int]int{} // what was added on a day
	add := func(n, at int) {
		e := setPart(events+n, at, 0, 0)
		e.Data.Kind, e.Data.Value = "sum", n+1
		sum += n + 1
		late[at] += n + 1
		require.NoError(t, a.Append("s", e))
	}
	ask := func(on int) {
		want := 0
		for day, n := range late {
			if day <= on {
				want += n
			}
		}
		got := a.At("s", edtf.Day(on)).State
		require.Equal(t, want, got.parts[0], "after %d late events, on day %d", len(late), on)
		require.Equal(t, parts[on]/rackParts, got.parts[parts[on]%rackParts])
	}
	for n := range 300 {
		add(n, r.IntN(events))
		for range 3 {
			ask(r.IntN(events))
		}
	}
	for n := range 600 { // nodes split, when what is before the late event has just been outdated
		add(300+2*n, r.IntN(5000))
		add(301+2*n, 11_500+r.IntN(500))
		for on := 9000; on < 13_000; on += 200 {
			ask(on)
		}
	}
	require.Equal(t, sum, a.At("s", events).State.parts[0])
}

// A desk has things, and one of them in hand: two equal things, and it matters which.
type desk struct {
	things []*thing
	inHand *thing
}

type thing struct{ mark int }

// A state is not taken for what it was if another of two equal things is in hand.
func TestLateEventChoosesAmongEquals(t *testing.T) {
	fold := func(s desk, e timeline.Event[op]) (desk, error) {
		switch e.Data.Kind {
		case "new":
			s.things = append(slices.Clone(s.things), &thing{})
		case "take":
			s.inHand = s.things[e.Data.Value]
		case "mark":
			s.things = slices.Clone(s.things)
			i := slices.Index(s.things, s.inHand)
			s.things[i] = &thing{e.Data.Value}
			s.inHand = s.things[i]
		}
		return s, nil
	}
	a, err := archive.New(fold, nil)
	require.NoError(t, err)
	const events = 400
	for n := range events {
		e := setPart(n, n, 0, 0)
		e.Data = op{Kind: map[int]string{0: "new", 1: "new", 2: "take", 350: "mark"}[n], Value: n / 350 * 7}
		require.NoError(t, a.Append("s", e))
	}
	for on := range edtf.Day(events) {
		a.At("s", on)
	}
	require.Equal(t, []*thing{{7}, {}}, a.At("s", events).State.things)
	late := setPart(events, 3, 0, 0)
	late.Data = op{Kind: "take", Value: 1}
	require.NoError(t, a.Append("s", late))
	require.Equal(t, []*thing{{}, {7}}, a.At("s", events).State.things)
}

// After much that adds up, what does not is still found to be what it was; folded in place
// and not, with lists that are empty.
func TestLateEventAfterSums(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		const events, late = 5000, 100
		folded := 0
		a, err := archive.New(func(s wide, e timeline.Event[op]) (wide, error) { folded++; return foldLists(s, e) }, nil)
		require.NoError(t, err)
		if inPlace {
			counted := wideInPlace
			counted.Apply = func(s *wide, e *timeline.Event[op]) error { folded++; return applyLists(s, e) }
			require.NoError(t, a.FoldInPlace(counted))
		}
		number := 0
		add := func(day int, kind string) {
			e := setPart(number, day, 0, number)
			number++
			e.Data = op{Kind: kind, Value: number % 50}
			require.NoError(t, a.Append("s", e))
		}
		for n := range events {
			add(n, "set")
		}
		reader := a.Reader()
		for _, kind := range []string{"add", "set"} {
			folded = 0
			for n := range late {
				add(4000+n*7919%800, kind)
				reader.At("s", edtf.Day(4000+n*104729%900))
			}
			t.Logf("%s: %d events folded for each", kind, folded/late)
		}
		require.Less(t, folded/late, 180, "in place: %v", inPlace)
	}
}

// foldLists keeps what was last set in the first list, and how much was added in the second;
// the third is empty.
func foldLists(s wide, e timeline.Event[op]) (wide, error) {
	for i := range s.lists {
		s.lists[i] = slices.Clone(s.lists[i])
	}
	err := applyLists(&s, &e)
	return s, err
}

func applyLists(s *wide, e *timeline.Event[op]) error {
	list := &s.lists[0]
	name := named{name: names[e.Data.Value]}
	if e.Data.Kind == "add" {
		if list = &s.lists[1]; len(*list) == 0 {
			*list = append(*list, named{})
		}
		(*list)[0].status += "x"
		return nil
	}
	if i := slices.IndexFunc(*list, func(n named) bool { return n.name == name.name }); i < 0 {
		*list = append(*list, name)
	} else {
		(*list)[i].status = fmt.Sprint(e.Seq % 3)
	}
	s.lists[2] = append(s.lists[2], name)[:0]
	return nil
}
