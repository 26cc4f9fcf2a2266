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
func (k *linker[S, E]) join(a, b int32) { k.sets.Union(k.add(a), k.add(b)) }

// add returns the number of the event at slot, which brings its component along.
func (k *linker[S, E]) add(slot int32) int {
	if n, ok := k.number[slot]; ok {
		return n
	}
	if k.number == nil {
		k.number = map[int32]int{}
	}
	n := len(k.slots)
	members := []int32{slot}
	if l, ok := k.stream.linked(slot); ok {
		members = l.owner.component.slots
	}
	for _, m := range members {
		k.number[m] = len(k.slots)
		k.slots = append(k.slots, m)
		k.sets = append(k.sets, n)
	}
	return k.number[slot]
}

// link joins the event at slot with those that its details name.
func (k *linker[S, E]) link(slot int32, x *details) {
	if x.rareDetails == nil {
		return
	}
	for _, id := range x.links {
		other, _ := findID(&k.stream.ids, &k.events, id)
		k.join(slot, other)
	}
	if x.rival == "" {
		return
	}
	other, ok := k.stream.rival(x.rival)
	if !ok {
		other, ok = k.newRivals[x.rival]
	}
	if ok {
		k.join(slot, other)
		return
	}
	if k.newRivals == nil {
		k.newRivals = map[string]int32{}
	}
	k.newRivals[x.rival] = slot
}

// linkOverlaps joins the new events with those whose windows overlap theirs,
// unless both are exact days. It costs a look at all events of the stream if one
// of the new ones is not exact.
func (k *linker[S, E]) linkOverlaps() {
	for slot := int32(k.first); slot < int32(k.events.len()); slot++ {
		if w := k.window(slot); w.First != w.Last {
			k.newImprecise = append(k.newImprecise, slot)
		}
	}
	if len(k.newImprecise) > 0 {
		k.linkAllOverlaps()
		return
	}
	for slot := int32(k.first); slot < int32(k.events.len()); slot++ {
		for _, other := range k.stream.imprecise() {
			if k.window(slot).Overlaps(k.window(other)) {
				k.join(slot, other)
			}
		}
	}
}

// linkAllOverlaps joins all events whose windows overlap, as far as they hang
// together with new ones.
func (k *linker[S, E]) linkAllOverlaps() {
	sets := worlds.NewUnionFind(k.events.len())
	worlds.JoinOverlaps(sets, func(i int) worlds.Range { return k.window(int32(i)) })
	isNew := map[int]bool{} // by root
	for i := k.first; i < len(sets); i++ {
		isNew[sets.Root(i)] = true
	}
	for i := range sets {
		if root := sets.Root(i); root != i && isNew[root] {
			k.join(int32(root), int32(i))
		}
	}
}

// components returns the slots of each component, in sequence order.
func (k *linker[S, E]) components() [][]int32 {
	var components [][]int32
	place := map[int]int{} // by root
	for n, slot := range k.slots {
		root := k.sets.Root(n)
		i, ok := place[root]
		if !ok {
			i = len(components)
			place[root] = i
			components = append(components, nil)
		}
		components[i] = append(components[i], slot)
	}
	for _, slots := range components {
		slices.SortFunc(slots, k.compareSeq)
	}
	return components
}
