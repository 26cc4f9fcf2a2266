package worlds

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// pair is a state of two parts, which are numbers.
type pair [2]int

// A fact of these tests touches some parts of the state. What it does depends on
// what came before, so that the order matters, and sometimes it cannot follow.
type fact struct {
	first, last edtf.Day
	after       []int
	parts       []int
}

var errRefused = errors.New("refused")

func fold(facts []fact, p pair, i int) (pair, error) {
	for _, part := range facts[i].parts {
		if p[part]%4 == 3 && i%3 == 0 {
			return pair{-1, -1}, errRefused // a state that no world may have
		}
		p[part] = (3*p[part] + i + 1) % 5
	}
	return p, nil
}

// typed are rules of states of type S.
type typed[S any] struct {
	fold  func(s S, item int) (S, error)
	equal func(a, b S) bool
	scope func(item int) []string
}

func (r typed[S]) any() Rules { return RulesOf(r.fold, r.equal, r.scope) }

// engineOf returns the engine of facts, of which none comes after a later one, so
// that items have the numbers of facts. It is nil if the facts leave no baseline.
func engineOf(facts []fact) *Engine {
	items, _, faults := Arrange(len(facts), func(i int) Fact[int] {
		f := facts[i]
		return Fact[int]{
			Key: i, When: edtf.Between(f.first, f.last), Known: edtf.Day(0).Date(), After: f.after,
		}
	})
	if len(faults) > 0 {
		return nil
	}
	rules := typed[pair]{
		fold:  func(p pair, item int) (pair, error) { return fold(facts, p, item) },
		equal: func(a, b pair) bool { return a == b },
		scope: func(item int) []string {
			names := []string{}
			for _, part := range facts[item].parts {
				names = append(names, fmt.Sprint("part", part))
			}
			return names
		},
	}
	c := NewConflicts(items, edtf.DistantFuture, nil)
	b := NewBaseline(rules.fold, items, c)
	if b.All() != nil {
		return nil
	}
	return NewEngine(rules.any(), items, c, b)
}

const days = 11 // on which everything happens in these tests

func randomFacts(r *rand.Rand) []fact {
	facts := make([]fact, 1+r.IntN(5))
	for i := range facts {
		f := fact{first: 1 + edtf.Day(r.IntN(7)), parts: r.Perm(2)[:r.IntN(3)]}
		f.last = min(7, f.first+edtf.Day(r.IntN(4)))
		if i > 0 && r.IntN(3) == 0 {
			f.after = []int{r.IntN(i)}
		}
		facts[i] = f
	}
	for day := edtf.Day(8); day <= days && r.IntN(2) == 0; day++ { // with exact days, some on one
		for range r.IntN(5) {
			facts = append(facts, fact{first: day, last: day, parts: r.Perm(2)[:1]})
		}
	}
	return facts
}

// A choice of days is the day on which each fact happens. eachChoice calls yield
// with every one that the windows and the order of facts allow.
func eachChoice(facts []fact, yield func(on []edtf.Day)) {
	on := make([]edtf.Day, len(facts))
	var choose func(i int)
	choose = func(i int) {
		if i == len(facts) {
			yield(on)
			return
		}
		for on[i] = facts[i].first; on[i] <= facts[i].last; on[i]++ {
			if !slices.ContainsFunc(facts[i].after, func(j int) bool { return on[j] > on[i] }) {
				choose(i + 1)
			}
		}
	}
	choose(0)
}

// course returns the state at the end of each day up to last, and whether the
// fold refuses nothing.
func course(facts []fact, on []edtf.Day, last edtf.Day) (states []pair, ok bool) {
	var p pair
	for day := edtf.Day(0); day <= last; day++ {
		for i := range facts {
			if on[i] != day {
				continue
			}
			var err error
			if p, err = fold(facts, p, i); err != nil {
				return nil, false
			}
		}
		states = append(states, p)
	}
	return states, true
}

// The worlds of a day have the states that come of every choice of days.
func TestWorldsAreEveryChoiceOfDays(t *testing.T) {
	asked := 0
	for seed := range uint64(4000) {
		facts := randomFacts(rand.New(rand.NewPCG(seed, 1)))
		e := engineOf(facts)
		if e == nil {
			continue
		}
		for n := range days + 1 {
			day := (edtf.Day(n) + days) % (days + 1) // the last one first
			want := map[pair]bool{}
			eachChoice(facts, func(on []edtf.Day) {
				if states, ok := course(facts, on, day); ok {
					want[states[day]] = true
				}
			})
			got := map[pair]bool{}
			for _, x := range e.At(day).Worlds {
				got[*x.State.(*pair)] = true
			}
			require.Equal(t, want, got, "seed %d: %v on day %d", seed, facts, day)
			asked++
		}
	}
	assert.Greater(t, asked, 10_000)
}

// What is sighted by a day is what every choice of days, or one, has had at the
// end of a day until then. It does not matter which days are asked for.
func TestSightingIsOfEveryChoiceOfDays(t *testing.T) {
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 2))
		facts := randomFacts(r)
		e := engineOf(facts)
		if e == nil {
			continue
		}
		first, value := edtf.Day(r.IntN(days)), r.IntN(5)
		var turns []edtf.Day // on each of them the calendar adds one to what is looked at
		for day := range edtf.Day(days) {
			if seed%2 == 1 && r.IntN(4) == 0 {
				turns = append(turns, day)
			}
		}
		holds := func(p pair, day edtf.Day) bool { return p[0]+Search(turns, day) == value }
		sighting := NewSighting(e, first, func(s State, day edtf.Day) bool { return holds(*s.(*pair), day) }, turns)
		for day := first; day <= days; day += 1 + edtf.Day(r.IntN(days)) {
			some, all := false, true
			eachChoice(facts, func(on []edtf.Day) {
				states, ok := course(facts, on, day)
				if !ok {
					return
				}
				seen := false
				for n, p := range states[first:] {
					seen = seen || holds(p, first+edtf.Day(n))
				}
				some, all = some || seen, all && seen
			})
			want := edtf.Possible
			if some == all {
				want = edtf.TruthOf(all)
			}
			require.Equal(t, want, sighting.By(day), "seed %d: %v, %d from day %d to %d", seed, facts, value, first, day)
		}
	}
}

// orders returns the engine of items whose states are what has happened, in order.
// Those of the first two days may happen in one order alone, which is not that of
// the baseline; the others make more worlds than there may be.
func orders(t *testing.T, refuse bool) *Engine {
	windows := []Range{{1, 2}, {1, 2}}
	for range 20 {
		windows = append(windows, Range{10, 40})
	}
	items, _, faults := Arrange(len(windows), func(i int) Fact[int] {
		return Fact[int]{Key: i, When: edtf.Between(windows[i].First, windows[i].Last), Known: edtf.Day(0).Date()}
	})
	require.Empty(t, faults)
	rules := typed[string]{
		fold: func(s string, item int) (string, error) {
			if refuse && item == 1 && s != "" {
				return s, errRefused
			}
			return s + string(rune('a'+item)), nil
		},
		equal: func(a, b string) bool { return a == b },
		scope: func(int) []string { return []string{AnyPart} },
	}
	c := NewConflicts(items, edtf.DistantFuture, nil)
	return NewEngine(rules.any(), items, c, NewBaseline(rules.fold, items, c))
}

// Of too many worlds those nearest to the baseline are kept, and the baseline is
// among them, unless the fold refuses it.
func TestTooManyWorldsHaveTheBaseline(t *testing.T) {
	e := orders(t, false)
	for _, day := range []edtf.Day{10, 20, 40} {
		f := e.At(day)
		require.True(t, f.Incomplete)
		s, refusal := e.baseline.AnyState(e.baseline.Count(day))
		require.Nil(t, refusal)
		assert.Equal(t, s, f.Worlds[0].State, "day %d", day)
		assert.True(t, slices.IsSortedFunc(f.Worlds, func(a, b World) int {
			return len(a.placed) + len(a.deviations) - len(b.placed) - len(b.deviations)
		}), "day %d", day)
	}
	f := orders(t, true).At(20)
	assert.True(t, f.Incomplete)
	for _, x := range f.Worlds {
		assert.Equal(t, "ba", (*x.State.(*string))[:2])
	}
}

// Of more worlds than are followed nothing is certain, even if all that are
// followed agree.
func TestSightingOfTooManyWorldsIsPossible(t *testing.T) {
	s := NewSighting(orders(t, false), 5, func(State, edtf.Day) bool { return true }, nil)
	assert.Equal(t, edtf.Certain, s.By(9))
	assert.Equal(t, edtf.Possible, s.By(40))
}

// Conflict sets that open on one day multiply each other's alternatives. What is
// more than MaxWorlds is not built.
func TestManyConflictSetsAreBounded(t *testing.T) {
	const pairs = 24 // 16 million combinations
	items, _, faults := Arrange(2*pairs, func(i int) Fact[int] {
		return Fact[int]{Key: i, When: edtf.Between(10, 20), Known: edtf.Day(0).Date(), Rival: fmt.Sprint("pair ", i/2)}
	})
	require.Empty(t, faults)
	rules := typed[int]{
		fold:  func(sum, item int) (int, error) { return sum + item, nil },
		equal: func(a, b int) bool { return a == b },
		scope: func(int) []string { return []string{AnyPart} },
	}
	c := NewConflicts(items, edtf.DistantFuture, nil)
	f := NewEngine(rules.any(), items, c, NewBaseline(rules.fold, items, c)).At(15)
	assert.True(t, f.Incomplete)
	assert.LessOrEqual(t, len(f.Worlds), MaxWorlds+1)
}

// A value that comes on the first day that can be written came on that day; one
// that comes before it came at some time unknown.
func TestStepOnTheFirstDay(t *testing.T) {
	for when, want := range map[edtf.Date]edtf.Day{
		edtf.Between(edtf.MinDay, edtf.MinDay+1):    edtf.MinDay,
		edtf.Between(edtf.DistantPast, edtf.MinDay): edtf.DistantPast,
	} {
		items, _, faults := Arrange(1, func(int) Fact[int] { return Fact[int]{When: when, Known: edtf.Day(0).Date()} })
		require.Empty(t, faults)
		rules := typed[int]{
			fold:  func(n, _ int) (int, error) { return n + 1, nil },
			equal: func(a, b int) bool { return a == b },
			scope: func(int) []string { return []string{"n"} },
		}
		c := NewConflicts(items, edtf.DistantFuture, nil)
		e := NewEngine(rules.any(), items, c, NewBaseline(rules.fold, items, c))
		traces := NewTracer(e, func(s State, _ edtf.Day) int { return *s.(*int) }, nil).
			Follow(e.Start(), 0, Range{edtf.DistantPast, edtf.MinDay + 5}, false)
		steps, one := traces.Steps()
		require.True(t, one)
		require.Len(t, steps, 1)
		assert.Equal(t, want, steps[0].Earliest)
	}
}

// In a world an item is earlier than in the baseline only if it has happened, and
// absent only if it has not: also one that is not true there, though others come
// after it.
func TestDeviationsAreOfWhatHappened(t *testing.T) {
	items, _, faults := Arrange(3, func(i int) Fact[int] {
		f := Fact[int]{Key: i, When: edtf.Between(10, 20), Known: edtf.Day(0).Date()}
		if i < 2 {
			f.Rival = "either"
		} else {
			f.After = []int{0, 1}
		}
		return f
	})
	require.Empty(t, faults)
	rules := typed[string]{
		fold:  func(s string, item int) (string, error) { return s + string(rune('a'+item)), nil },
		equal: func(a, b string) bool { return a == b },
		scope: func(int) []string { return []string{AnyPart} },
	}
	c := NewConflicts(items, edtf.DistantFuture, nil)
	e := NewEngine(rules.any(), items, c, NewBaseline(rules.fold, items, c))
	seen := map[DeviationKind]int{}
	for day := edtf.Day(9); day <= 21; day++ {
		f := e.At(day)
		for n := range f.Worlds {
			happened := e.Folded(&f.Worlds[n])
			for _, d := range e.Deviations(&f.Worlds[n], day) {
				assert.Equal(t, d.Kind != Absent, slices.Contains(happened, d.Item), "day %d: %v in %q", day, d, *f.Worlds[n].State.(*string))
				seen[d.Kind]++
			}
		}
	}
	assert.Len(t, seen, 2, "earlier and absent")
}
