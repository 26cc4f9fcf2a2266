package timeline

import (
	"slices"

	"github.com/google/uuid"
)

// knotting finds the knots that new events make, and which of the knots that
// are there they tie together.
type knotting[S, E any] struct {
	*draft[S, E]
	slots  []int32
	number map[int32]int // of each slot
	sets   forest        // of numbers
}

// add returns the number of the event at slot, which brings its knot along.
func (k *knotting[S, E]) add(slot int32) int {
	if n, ok := k.number[slot]; ok {
		return n
	}
	if k.number == nil {
		k.number = map[int32]int{}
	}
	n := len(k.slots)
	members := []int32{slot}
	if t, ok := k.stream.tied[slot]; ok {
		members = t.knot.slots
	}
	for _, m := range members {
		k.number[m] = len(k.slots)
		k.slots = append(k.slots, m)
		k.sets = append(k.sets, n)
	}
	return k.number[slot]
}

// tie ties the event at slot to those that x names.
func (k *knotting[S, E]) tie(slot int32, x *extra) {
	if x.rare == nil {
		return
	}
	for _, ids := range [][]uuid.UUID{x.replaces, x.after} {
		for _, id := range ids {
			other, _ := findID(&k.stream.ids, &k.records, id)
			k.sets.join(k.add(slot), k.add(other))
		}
	}
	if x.rival == "" {
		return
	}
	other, ok := k.stream.rivals[x.rival]
	if !ok {
		other, ok = k.rivals[x.rival]
	}
	if ok {
		k.sets.join(k.add(slot), k.add(other))
		return
	}
	if k.rivals == nil {
		k.rivals = map[string]int32{}
	}
	k.rivals[x.rival] = slot
}

// knots returns the slots of each knot, sorted.
func (k *knotting[S, E]) knots() [][]int32 {
	var knots [][]int32
	place := map[int]int{} // by root
	for n, slot := range k.slots {
		root := k.sets.root(n)
		i, ok := place[root]
		if !ok {
			i = len(knots)
			place[root] = i
			knots = append(knots, nil)
		}
		knots[i] = append(knots[i], slot)
	}
	for _, slots := range knots {
		slices.Sort(slots)
	}
	return knots
}
