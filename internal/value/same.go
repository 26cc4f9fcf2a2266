package value

import (
	"math"
	"reflect"
)

// Sameness returns a function that reports whether two values are certainly the same:
// nobody who reads them, through their pointers, slices, maps and interfaces, finds a
// difference. It is stricter than [reflect.DeepEqual]: zeros of different signs differ, and
// if two pointers of one value lead to one place, those of the other must too. When it
// cannot tell, as of functions, of maps by numbers that are not whole, and of values that are
// very large, it reports false. What lies in a slice behind its length is not read.
func Sameness[S any]() func(a, b *S) bool {
	pointees := map[reflect.Type]bool{}
	anything := findPointees(reflect.TypeFor[S](), pointees, map[reflect.Type]bool{})
	return func(a, b *S) bool {
		c := comparer{left: maxMeasured, pointees: pointees, anything: anything}
		return c.same(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
	}
}

// findPointees adds to pointees the types of what pointers and slices in values of type t
// lead to. It reports whether that may be anything, since an interface leads to it.
func findPointees(t reflect.Type, pointees, seen map[reflect.Type]bool) (anything bool) {
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice:
		pointees[t.Elem()] = true
		return findPointees(t.Elem(), pointees, seen)
	case reflect.Array:
		return findPointees(t.Elem(), pointees, seen)
	case reflect.Map:
		inKeys := findPointees(t.Key(), pointees, seen)
		return findPointees(t.Elem(), pointees, seen) || inKeys
	case reflect.Struct:
		for i := range t.NumField() {
			anything = findPointees(t.Field(i).Type, pointees, seen) || anything
		}
	}
	return anything
}

// A comparer compares two values, and notes which places in one are which in the other.
type comparer struct {
	left     int
	pointees map[reflect.Type]bool // what pointers may lead to: only such places are noted
	anything bool                  // any place is
	there    map[place]place       // of each place in the first value the one in the second
	back     map[place]place       // and the other way
}

// A place is where a value of a type is in memory.
type place struct {
	at uintptr
	of reflect.Type
}

// pair notes that two places are the same, and reports whether one of them has been noted
// before. ok is false if it was noted with a third.
func (c *comparer) pair(a, b place) (before, ok bool) {
	if other, met := c.there[a]; met {
		return true, other == b
	}
	if _, met := c.back[b]; met {
		return true, false
	}
	if c.there == nil {
		c.there, c.back = map[place]place{}, map[place]place{}
	}
	c.there[a], c.back[b] = b, a
	return false, true
}

// same compares two values of one type.
func (c *comparer) same(a, b reflect.Value) bool {
	if c.left--; c.left < 0 {
		return false
	}
	if t := a.Type(); a.CanAddr() && b.CanAddr() && (c.anything || c.pointees[t]) {
		if before, ok := c.pair(place{a.UnsafeAddr(), t}, place{b.UnsafeAddr(), t}); before {
			return ok
		}
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return math.Float64bits(real(x)) == math.Float64bits(real(y)) && math.Float64bits(imag(x)) == math.Float64bits(imag(y))
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return c.same(a.Elem(), b.Elem())
	case reflect.Slice:
		return a.IsNil() == b.IsNil() && a.Len() == b.Len() && c.sameElements(a, b)
	case reflect.Array:
		return c.sameElements(a, b)
	case reflect.Struct:
		for i := range a.NumField() {
			if !c.same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	case reflect.Map:
		return a.IsNil() == b.IsNil() && a.Len() == b.Len() && isExact(a.Type().Key()) && c.sameMaps(a, b)
	case reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return a.Elem().Type() == b.Elem().Type() && c.same(a.Elem(), b.Elem())
	case reflect.Func:
		return a.IsNil() && b.IsNil()
	}
	return a.Equal(b)
}

func (c *comparer) sameElements(a, b reflect.Value) bool {
	for i := range a.Len() {
		if !c.same(a.Index(i), b.Index(i)) {
			return false
		}
	}
	return true
}

// sameMaps compares maps, which like what a pointer leads to may be met twice.
func (c *comparer) sameMaps(a, b reflect.Value) bool {
	if before, ok := c.pair(place{a.Pointer(), a.Type()}, place{b.Pointer(), b.Type()}); before {
		return ok
	}
	for i := a.MapRange(); i.Next(); {
		other := b.MapIndex(i.Key())
		if !other.IsValid() || !c.same(i.Value(), other) {
			return false
		}
	}
	return true
}

// isExact reports whether values of type t that are equal are certainly the same. Pointers
// are not: those that are equal may be met elsewhere as the same as others.
func isExact(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128, reflect.Interface, reflect.Pointer:
		return false
	case reflect.Array:
		return isExact(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !isExact(t.Field(i).Type) {
				return false
			}
		}
	}
	return true
}
