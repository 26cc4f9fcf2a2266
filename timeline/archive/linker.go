package archive

import (
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/worlds"
)

// A linker finds the components that new events make, and which of the
// components that are there they link together.
type linker[S, E any] struct {
	*transaction[S, E]
	slots  []int32
	number map[int32]int // of each slot
	sets   worlds.UnionFind
}

// join puts the events at two slots into one component.
func (l *linker[S, E]) join(a, b int32) { l.sets.Union(l.add(a), l.add(b)) }

// add returns the number of the event at slot, which brings its component along.
func (l *linker[S, E]) add(slot int32) int {
	if n, ok := l.number[slot]; ok {
		return n
	}
	if l.number == nil {
		l.number = map[int32]int{}
	}
	n := len(l.slots)
	members := []int32{slot}
	if there, ok := l.stream.linked(slot); ok {
		members = there.owner.component.slots
	}
	for _, m := range members {
		l.number[m] = len(l.slots)
		l.slots = append(l.slots, m)
		l.sets = append(l.sets, n)
	}
	return l.number[slot]
}

// link joins the event at slot with those that its details name.
func (l *linker[S, E]) link(slot int32, x *details) {
	if x.rareDetails == nil {
		return
	}
	for _, id := range x.links {
		other, _ := findID(&l.stream.ids, &l.events, id)
		l.join(slot, other)
	}
	if x.rival == "" {
		return
	}
	other, ok := l.stream.rival(x.rival)
	if !ok {
		other, ok = l.newRivals[x.rival]
	}
	if ok {
		l.join(slot, other)
		return
	}
	if l.newRivals == nil {
		l.newRivals = map[string]int32{}
	}
	l.newRivals[x.rival] = slot
}

// linkOverlaps joins the new events with those whose windows overlap theirs,
// unless both are exact days. It costs a look at all events of the stream if one
// of the new ones is not exact.
func (l *linker[S, E]) linkOverlaps() {
	for slot := int32(l.first); slot < int32(l.events.len()); slot++ {
		if w := l.window(slot); w.First != w.Last {
			l.newImprecise = append(l.newImprecise, slot)
		}
	}
	if len(l.newImprecise) > 0 {
		l.linkAllOverlaps()
		return
	}
	for slot := int32(l.first); slot < int32(l.events.len()); slot++ {
		for _, other := range l.stream.imprecise() {
			if l.window(slot).Overlaps(l.window(other)) {
				l.join(slot, other)
			}
		}
	}
}

// linkAllOverlaps joins all events whose windows overlap, as far as they hang
// together with new ones.
func (l *linker[S, E]) linkAllOverlaps() {
	sets := worlds.NewUnionFind(l.events.len())
	worlds.JoinOverlaps(sets, func(i int) worlds.Range { return l.window(int32(i)) })
	isNew := map[int]bool{} // by root
	for i := l.first; i < len(sets); i++ {
		isNew[sets.Root(i)] = true
	}
	for i := range sets {
		if root := sets.Root(i); root != i && isNew[root] {
			l.join(int32(root), int32(i))
		}
	}
}

// components returns the slots of each component, in sequence order.
func (l *linker[S, E]) components() [][]int32 {
	var components [][]int32
	place := map[int]int{} // by root
	for n, slot := range l.slots {
		root := l.sets.Root(n)
		i, ok := place[root]
		if !ok {
			i = len(components)
			place[root] = i
			components = append(components, nil)
		}
		components[i] = append(components[i], slot)
	}
	for _, slots := range components {
		slices.SortFunc(slots, l.compareSeq)
	}
	return components
}
