package value

import (
	"math"
	"reflect"
)

// Same reports whether two values are certainly the same: whoever reads them through
// their pointers, slices, maps and interfaces finds no difference. It is stricter than
// [reflect.DeepEqual]: zeros of different signs differ. When it cannot tell, as of
// functions, of maps by numbers that are not whole, and of values that are very large or
// contain themselves, it reports false.
func Same[S any](a, b *S) bool {
	c := comparer{left: maxMeasured}
	return c.same(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem())
}

type comparer struct{ left int }

// same compares two values of one type.
func (c *comparer) same(a, b reflect.Value) bool {
	if c.left--; c.left < 0 {
		return false
	}
	switch a.Kind() {
	case reflect.Float32, reflect.Float64:
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
	case reflect.Complex64, reflect.Complex128:
		x, y := a.Complex(), b.Complex()
		return math.Float64bits(real(x)) == math.Float64bits(real(y)) && math.Float64bits(imag(x)) == math.Float64bits(imag(y))
	case reflect.Pointer:
		return a.Pointer() == b.Pointer() || !a.IsNil() && !b.IsNil() && c.same(a.Elem(), b.Elem())
	case reflect.Slice:
		return a.IsNil() == b.IsNil() && a.Len() == b.Len() && (a.Pointer() == b.Pointer() || c.sameElements(a, b))
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
		return a.Pointer() == b.Pointer() || a.IsNil() == b.IsNil() && a.Len() == b.Len() && isExact(a.Type().Key()) && c.sameEntries(a, b)
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

func (c *comparer) sameEntries(a, b reflect.Value) bool {
	for i := a.MapRange(); i.Next(); {
		other := b.MapIndex(i.Key())
		if !other.IsValid() || !c.same(i.Value(), other) {
			return false
		}
	}
	return true
}

// isExact reports whether values of type t that are equal are certainly the same.
func isExact(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128, reflect.Interface:
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
