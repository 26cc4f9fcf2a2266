package worlds

import (
	"cmp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A status says what is certain about whether an item is true. That does not
// depend on its day alone: an item may be replaced, be the wrong one of several
// rivals, or not be known yet.
type status uint8

const (
	included  status = iota // in every world in which its day has come
	excluded                // in none: replaced, or a retraction
	optional                // in some: it may not be known, and nothing depends on it
	contested               // in some, together with others: it is in a conflict set
)

// Conflicts say which items can be true together. Rivals are in conflict, and
// corrections that may or may not be known with what they correct.
//
// Most items are in no conflict: they are included or excluded whatever happens,
// or optional, because they may not be known yet. The others are in a conflict
// set. Its alternatives are the combinations of its members that can be true:
//
//	rivals a, b; c replaces a, and may not be known yet
//
//	alternative 0   a          that of the baseline, if a is preferred
//	alternative 1   b
//	alternative 2   b, c       c is known, so a is replaced
//
// A world chooses one alternative of each set when the first member of the set
// may happen, and forgets the choice when the last one has had its last day.
type Conflicts struct {
	status []status
	sets   []conflictSet
	setOf  []int // the set of a contested item
}

// A conflictSet is items of which not every combination can be true.
type conflictSet struct {
	members      []int
	alternatives []alternative // the combinations; the first is that of the baseline
	truncated    bool          // there are more than maxAlternatives
	never        []int         // with truncated: the members that are true in none of them
	days         Range         // from the first to the last day that a member may have
}

// A DeviationKind is how an item deviates from the baseline in a world.
type DeviationKind uint8

// The kinds of deviations.
const (
	Earlier DeviationKind = iota // it happens before its latest day, or is true in this world alone
	Absent                       // it is not true in this world
	Known                        // it is a correction that is known in this world
)

// A Deviation is one way in which a world differs from the baseline.
type Deviation struct {
	Item int
	Kind DeviationKind
}

// CompareDeviations orders deviations by item.
func CompareDeviations(a, b Deviation) int {
	return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Kind, b.Kind))
}

// InBaseline reports whether the baseline has item i once its latest day has come.
func (c *Conflicts) InBaseline(i int) bool {
	if c.status[i] == contested {
		return c.sets[c.setOf[i]].alternatives[0].has(i)
	}
	return c.status[i] == included
}

// Excluded reports whether item i is true in no world, and is in no conflict.
func (c *Conflicts) Excluded(i int) bool { return c.status[i] == excluded }

// True reports whether item i is true in some world, and whether in all.
func (c *Conflicts) True(i int) (some, all bool) {
	if c.status[i] != contested {
		return c.status[i] != excluded, c.status[i] == included
	}
	set := &c.sets[c.setOf[i]]
	if set.truncated { // there are alternatives that are not listed
		return !slices.Contains(set.never, i), false
	}
	all = true
	for _, a := range set.alternatives {
		has := a.has(i)
		some, all = some || has, all && has
	}
	return some, all
}

// A conflictFinder collects what NewConflicts needs to know of items: first what
// is certainly replaced, then what hangs together, and from that the sets.
type conflictFinder struct {
	items       []Item
	knownBy     edtf.Day
	corrections [][]int        // of each item; nil if no item has any
	open        [][]int        // those of them of which it is not certain whether they stand
	isSettled   map[int]bool   // what settled has found
	gone        []bool         // replaced for certain, or a retraction
	joined      UnionFind      // items of one set are in conflict
	chosen      map[string]int // for some rival keys, the only item that may be true
}

// NewConflicts returns the conflicts among items, as known on a day. For the
// rival keys of chosen only that item may be true.
func NewConflicts(items []Item, knownBy edtf.Day, chosen map[string]int) *Conflicts {
	f := newConflictFinder(items, knownBy)
	f.chosen = chosen
	c := f.conflicts()
	for n := range c.sets {
		s := &c.sets[n]
		f.findAlternatives(s)
		f.findDays(s)
		if s.truncated {
			s.never = slices.DeleteFunc(slices.Clone(s.members), func(i int) bool { return !f.gone[i] })
		}
	}
	return c
}

// BaselineOf returns whether the baseline has an item once its latest day has come, as
// [Conflicts.InBaseline] does. It does not look at the other worlds, of which there may
// be many.
func BaselineOf(items []Item, knownBy edtf.Day) func(i int) bool {
	f := newConflictFinder(items, knownBy)
	c := f.conflicts()
	for n := range c.sets {
		c.sets[n].alternatives = []alternative{f.baselineAlternative(&c.sets[n])}
	}
	return c.InBaseline
}

// newConflictFinder returns the finder of conflicts among items, as known on a day. It
// knows what is joined.
func newConflictFinder(items []Item, knownBy edtf.Day) *conflictFinder {
	f := &conflictFinder{items: items, knownBy: knownBy, gone: make([]bool, len(items)), joined: NewUnionFind(len(items))}
	f.findReplaced()
	f.joinRivals()
	return f
}

// isKnown reports whether item i is known for certain.
func (f *conflictFinder) isKnown(i int) bool { return f.items[i].Known.Last <= f.knownBy }

// findReplaced finds the items that are certainly replaced, and joins those that
// may be with the corrections that would do it, and with what would take these back.
func (f *conflictFinder) findReplaced() {
	for c := range f.items {
		f.gone[c] = f.items[c].inert()
		for _, i := range f.items[c].replaces() {
			if f.corrections == nil {
				f.corrections, f.open = make([][]int, len(f.items)), make([][]int, len(f.items))
			}
			f.corrections[i] = append(f.corrections[i], c)
		}
	}
	certain := f.standing(f.isKnown)
	for i, corrections := range f.corrections {
		replaced := func(c int) bool { return f.settled(c) && certain(c) }
		f.gone[i] = f.gone[i] || slices.ContainsFunc(corrections, replaced)
		if f.gone[i] && len(f.items[i].replaces()) == 0 {
			continue // nothing depends on what else may replace it
		}
		for _, c := range corrections {
			if !f.settled(c) {
				f.open[i] = append(f.open[i], c)
				f.joined.Union(i, c)
			}
		}
	}
}

// standing returns whether a correction stands if just these are known: whether it is
// known, and not taken back by a retraction that stands in its turn. A correction that
// is corrected, but not taken back, stands.
//
//	a is replaced by b, b is taken back by r      a counts
//	a is replaced by b, b is replaced by c        c counts
//
// Each is looked at once. No retraction takes back itself through others.
func (f *conflictFinder) standing(known func(int) bool) func(c int) bool {
	found := map[int]bool{}
	var stands func(c int) bool
	stands = func(c int) bool {
		if !known(c) {
			return false
		}
		is, ok := found[c]
		if !ok {
			found[c] = true // so that it ends, whatever there is
			is = !slices.ContainsFunc(f.corrections[c], func(r int) bool { return f.items[r].inert() && stands(r) })
			found[c] = is
		}
		return is
	}
	return stands
}

// settled reports whether it is certain if correction c stands: whether it is known
// for certain, and what may take it back is settled too.
func (f *conflictFinder) settled(c int) bool {
	if f.isSettled == nil {
		f.isSettled = map[int]bool{}
	}
	is, ok := f.isSettled[c]
	if !ok {
		f.isSettled[c] = f.isKnown(c) // so that it ends
		is = f.isKnown(c) && !slices.ContainsFunc(f.corrections[c], func(r int) bool { return f.items[r].inert() && !f.settled(r) })
		f.isSettled[c] = is
	}
	return is
}

// replacedBy returns the corrections of item i of which it is not certain whether they
// stand.
func (f *conflictFinder) replacedBy(i int) []int {
	if f.open == nil {
		return nil
	}
	return f.open[i]
}

// joinRivals joins the items with one rival key, apart from those that are
// certainly replaced: they are no rivals any more.
func (f *conflictFinder) joinRivals() {
	first := map[string]int{}
	for i := range f.items {
		key := f.items[i].Rival()
		if key == "" || f.gone[i] {
			continue
		}
		if j, ok := first[key]; ok {
			f.joined.Union(i, j)
		} else {
			first[key] = i
		}
	}
}

// conflicts puts every item that is joined with others into a set. An item that
// is alone but may not be known, and whose days limit those of others, makes a
// set of its own, since others have to know whether it counts. The alternatives of the
// sets are not found yet.
func (f *conflictFinder) conflicts() *Conflicts {
	c := &Conflicts{status: make([]status, len(f.items)), setOf: make([]int, len(f.items))}
	size := make([]int, len(f.items))
	for i := range f.items {
		size[f.joined.Root(i)]++
	}
	number := map[int]int{} // of the set with this root
	for i := range f.items {
		root := f.joined.Root(i)
		alone := size[root] == 1
		switch {
		case alone && f.gone[i]:
			c.status[i] = excluded
		case alone && f.isKnown(i):
			c.status[i] = included
		case alone && !f.items[i].Linked:
			c.status[i] = optional
		default:
			n, ok := number[root]
			if !ok {
				n = len(c.sets)
				number[root] = n
				c.sets = append(c.sets, conflictSet{})
			}
			c.status[i], c.setOf[i] = contested, n
			c.sets[n].members = append(c.sets[n].members, i)
		}
	}
	return c
}

// findDays finds the first and the last day that a member of a set may have.
func (f *conflictFinder) findDays(s *conflictSet) {
	s.days = Range{edtf.DistantFuture, edtf.DistantPast}
	for _, i := range s.members {
		s.days.First = min(s.days.First, f.items[i].Earliest())
		s.days.Last = max(s.days.Last, f.items[i].Latest())
	}
}
