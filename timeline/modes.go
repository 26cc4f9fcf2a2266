package timeline

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Whether an item is true does not depend on its day alone: it may be
// replaced, be the wrong one of several rivals, or not be known yet. A status
// says what is settled about that.
type status uint8

const (
	counts  status = iota // in every world in which its day has come
	out                   // in none: replaced, or a retraction
	loose                 // in some: it is undecided whether it is known, and nothing hangs on it
	grouped               // in some, together with others; see group
)

// modes holds the status of each item, and the groups of those that hang
// together: rivals, and corrections that may or may not be known with what
// they replace.
type modes struct {
	status  []status
	groups  []group
	groupOf []int // the group of a grouped item
}

// A group is a set of items of which not every combination can be true. A
// mode is one combination; the first is that of the cautious reading.
type group struct {
	members   []int
	modes     []mode
	truncated bool // there are more modes than maxModes
}

const maxModes = 1024

// A mode says which members are true, and how that differs from the cautious
// reading.
type mode struct {
	in      []int // the members that are true, sorted
	departs []depart
}

func (m *mode) has(i int) bool {
	_, ok := slices.BinarySearch(m.in, i)
	return ok
}

// A depart is one way in which a world differs from the cautious reading.
type depart struct {
	item int
	how  departure
}

type departure uint8

const (
	early  departure = iota // it happened before its latest day, or counts here alone
	absent                  // it does not count here
	known                   // it is a correction that is known here
)

func compareDeparts(a, b depart) int {
	return cmp.Or(cmp.Compare(a.item, b.item), cmp.Compare(a.how, b.how))
}

// settled reports whether the cautious reading counts item i once its latest
// day has come.
func (m *modes) settled(i int) bool {
	if m.status[i] == grouped {
		return m.groups[m.groupOf[i]].modes[0].has(i)
	}
	return m.status[i] == counts
}

// everTrue reports whether item i is true in some world, and whether in all.
func (m *modes) everTrue(i int) (some, all bool) {
	if m.status[i] != grouped {
		return m.status[i] != out, m.status[i] == counts
	}
	group := &m.groups[m.groupOf[i]]
	if group.truncated {
		return true, false // there are modes that were not listed
	}
	all = true
	for _, mode := range group.modes {
		has := mode.has(i)
		some, all = some || has, all && has
	}
	return some, all
}

// grouping collects what newModes needs to know of items.
type grouping[E any] struct {
	items    []item[E]
	by       edtf.Day
	replaced [][]int              // the corrections of each item that may not be known
	gone     []bool               // replaced for certain, or a retraction
	sets     forest               // items of one set are one group
	chosen   map[string]uuid.UUID // for some rival keys, the only event that may be true
}

func newModes[E any](items []item[E], v view[E]) *modes {
	g := &grouping[E]{items: items, by: v.known, chosen: v.chosen, sets: newForest(len(items))}
	g.replaced, g.gone = make([][]int, len(items)), make([]bool, len(items))
	g.findReplaced()
	g.joinRivals()
	return g.modes()
}

// sure reports whether item i is known for certain.
func (g *grouping[E]) sure(i int) bool { return g.items[i].known.last <= g.by }

func (g *grouping[E]) findReplaced() {
	var place map[uuid.UUID]int
	for c := range g.items {
		e := g.items[c].event
		g.gone[c] = g.gone[c] || e.retracts()
		if len(e.Replaces) > 0 && place == nil {
			place = make(map[uuid.UUID]int, len(g.items))
			for i := range g.items {
				place[g.items[i].event.ID] = i
			}
		}
		for _, id := range e.Replaces {
			switch i, ok := place[id]; {
			case !ok:
			case g.sure(c):
				g.gone[i] = true
			default:
				g.replaced[i] = append(g.replaced[i], c)
			}
		}
	}
	for i, corrections := range g.replaced {
		for _, c := range corrections {
			if !g.gone[i] {
				g.sets.join(i, c)
			}
		}
	}
}

func (g *grouping[E]) joinRivals() {
	first := map[string]int{}
	for i := range g.items {
		key := g.items[i].event.Rival
		if key == "" || g.gone[i] {
			continue
		}
		if j, ok := first[key]; ok {
			g.sets.join(i, j)
		} else {
			first[key] = i
		}
	}
}

func (g *grouping[E]) modes() *modes {
	m := &modes{status: make([]status, len(g.items)), groupOf: make([]int, len(g.items))}
	size := make([]int, len(g.items))
	for i := range g.items {
		size[g.sets.root(i)]++
	}
	number := map[int]int{} // of the group with this root
	for i := range g.items {
		root := g.sets.root(i)
		alone := size[root] == 1
		switch {
		case alone && g.gone[i]:
			m.status[i] = out
		case alone && g.sure(i):
			m.status[i] = counts
		case alone && !g.items[i].edges:
			m.status[i] = loose
		default:
			n, ok := number[root]
			if !ok {
				n = len(m.groups)
				number[root] = n
				m.groups = append(m.groups, group{})
			}
			m.status[i], m.groupOf[i] = grouped, n
			m.groups[n].members = append(m.groups[n].members, i)
		}
	}
	for n := range m.groups {
		g.findModes(&m.groups[n])
	}
	return m
}

// findModes lists the modes of a group: for each way in which its members may
// be known, each choice among its rivals.
func (g *grouping[E]) findModes(gr *group) {
	var unsure []int
	for _, i := range gr.members {
		if !g.sure(i) {
			unsure = append(unsure, i)
		}
	}
	late := g.cautiousMode(gr)
	gr.modes = []mode{late}
	ways := 1 << min(len(unsure), 10) // 1<<10 is maxModes
	gr.truncated = len(unsure) > 10
	for way := range ways {
		isKnown := func(i int) bool {
			n := slices.Index(unsure, i)
			return n < 0 || n < 10 && way>>n&1 == 1
		}
		left, rivals := g.left(gr, isKnown)
		for _, chosen := range choices(rivals) {
			m := mode{in: slices.Sorted(slices.Values(slices.Concat(left, chosen)))}
			m.departs = g.departs(gr, late, m, isKnown)
			gr.add(m)
		}
	}
}

// add adds m unless there is a mode with the same members true.
func (gr *group) add(m mode) {
	for _, other := range gr.modes {
		if slices.Equal(other.in, m.in) {
			return
		}
	}
	if len(gr.modes) == maxModes {
		gr.truncated = true
		return
	}
	gr.modes = append(gr.modes, m)
}

// left returns the members that are true given what is known, apart from
// rivals, of which it returns those that may be true, by key.
func (g *grouping[E]) left(gr *group, isKnown func(int) bool) (left []int, rivals map[string][]int) {
	rivals = map[string][]int{}
	for _, i := range gr.members {
		if g.gone[i] || !isKnown(i) || slices.ContainsFunc(g.replaced[i], isKnown) {
			continue
		}
		if key := g.items[i].event.Rival; key != "" {
			rivals[key] = append(rivals[key], i)
		} else {
			left = append(left, i)
		}
	}
	for key, is := range rivals {
		if only, ok := g.chosen[key]; ok {
			others := func(i int) bool { return g.items[i].event.ID != only }
			if rivals[key] = slices.DeleteFunc(is, others); len(rivals[key]) == 0 {
				delete(rivals, key)
			}
			continue
		}
		deprecated := func(i int) bool { return g.items[i].event.Rank == Deprecated }
		if rest := slices.DeleteFunc(slices.Clone(is), deprecated); len(rest) > 0 {
			rivals[key] = rest
		}
	}
	return left, rivals
}

// choices returns each way to choose one rival of each key.
func choices(rivals map[string][]int) [][]int {
	keys := make([]string, 0, len(rivals))
	for key := range rivals {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	ways := [][]int{nil}
	for _, key := range keys {
		var longer [][]int
		for _, way := range ways {
			for _, i := range rivals[key] {
				if len(longer) <= maxModes {
					longer = append(longer, append(slices.Clip(way), i))
				}
			}
		}
		ways = longer
	}
	return ways
}

// cautiousMode is the mode in which everything becomes known as late as it
// may, and of rivals the one of highest rank, then latest, then last told is
// true.
func (g *grouping[E]) cautiousMode(gr *group) mode {
	left, rivals := g.left(gr, g.sure)
	for _, is := range rivals {
		left = append(left, slices.MaxFunc(is, func(i, j int) int {
			a, b := &g.items[i], &g.items[j]
			return cmp.Or(cmp.Compare(a.event.Rank, b.event.Rank), cmp.Compare(a.latest(), b.latest()), cmp.Compare(i, j))
		}))
	}
	slices.Sort(left)
	return mode{in: left}
}

// departs returns how m differs from the cautious mode, apart from members
// that count in m alone.
func (g *grouping[E]) departs(gr *group, late, m mode, isKnown func(int) bool) []depart {
	var ds []depart
	for _, i := range gr.members {
		if late.has(i) && !m.has(i) {
			ds = append(ds, depart{i, absent})
		}
		corrects := func(j int) bool { return slices.Contains(g.replaced[j], i) }
		if !g.sure(i) && isKnown(i) && slices.ContainsFunc(gr.members, corrects) {
			ds = append(ds, depart{i, known})
		}
	}
	return ds
}
