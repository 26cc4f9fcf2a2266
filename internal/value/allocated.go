package value

import (
	"slices"
	"sync"
)

// sizeClasses returns the sizes in which the runtime allocates what is not large, in
// ascending order: those to which append makes room.
var sizeClasses = sync.OnceValue(func() (sizes []int) {
	for n := 1; n <= largest; {
		size := cap(append([]byte(nil), make([]byte, n)...))
		sizes, n = append(sizes, size), size+1
	}
	return sizes
})

const (
	largest       = 32 << 10 // bytes; beyond it whole pages are allocated
	page          = 8 << 10
	noHeader      = 512 // bytes; what is larger and has pointers has a header
	mallocHeader  = 8
	mapHead       = 48 // bytes of a map beside its table
	mapGroup      = 8  // entries
	mapTableLimit = 1024
)

// Allocated returns how many bytes the runtime takes for an object of n bytes, with
// pointers in it or without.
func Allocated(n int, pointers bool) int {
	if n <= 0 {
		return 0
	}
	if pointers && n > noHeader {
		n += mallocHeader
	}
	sizes := sizeClasses()
	if i, _ := slices.BinarySearch(sizes, n); i < len(sizes) {
		return sizes[i]
	}
	return (n + page - 1) / page * page
}

// allocatedMap returns about how many bytes a map of n entries takes, of which each needs
// so many: groups of eight in tables whose capacity is a power of two, filled to seven
// eighths at most.
func allocatedMap(n, entry int) int {
	group := mapGroup * (1 + entry)
	if n <= mapGroup {
		return mapHead + Allocated(group, true)
	}
	capacity := 2 * mapGroup
	for capacity*7/8 < n {
		capacity *= 2
	}
	tables := max(1, capacity/mapTableLimit)
	return mapHead + tables*(mapHead+Allocated(capacity/mapGroup/tables*group, true))
}
