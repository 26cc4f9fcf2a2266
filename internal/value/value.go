// Package value finds the optional methods by which values of a type are copied
// and compared, Clone and Equal; compares and measures values that have none; and reads
// JSON strictly.
package value

import (
	"reflect"
	"sync"
)

// Cloner returns T's method Clone() T as a function, or nil if T has none. A nil
// pointer or interface is its own clone.
func Cloner[T any]() func(T) T {
	if !reflect.TypeFor[T]().Implements(reflect.TypeFor[interface{ Clone() T }]()) {
		return nil
	}
	return func(v T) T {
		if IsNil(v) {
			return v
		}
		return any(v).(interface{ Clone() T }).Clone()
	}
}

// Equality returns T's method Equal(T) bool as a function, or deep equality.
func Equality[T any]() func(a, b T) bool {
	t := reflect.TypeFor[T]()
	if known, ok := equalities.Load(t); ok {
		return known.(func(a, b T) bool)
	}
	equal := equality[T](t)
	equalities.Store(t, equal)
	return equal
}

// equalities has what Equality returned for each type.
var equalities sync.Map

func equality[T any](t reflect.Type) func(a, b T) bool {
	if !t.Implements(reflect.TypeFor[interface{ Equal(T) bool }]()) {
		return func(a, b T) bool { return reflect.DeepEqual(a, b) }
	}
	if t.Kind() != reflect.Pointer && t.Kind() != reflect.Interface {
		// the method as a function, since an interface would copy a to the heap
		if method, ok := t.MethodByName("Equal"); ok {
			return method.Func.Interface().(func(a, b T) bool)
		}
	}
	return func(a, b T) bool {
		if IsNil(a) || IsNil(b) {
			return IsNil(a) && IsNil(b)
		}
		return any(a).(interface{ Equal(T) bool }).Equal(b)
	}
}

// IsNil reports whether v is a nil pointer or interface.
func IsNil[T any](v T) bool {
	r := reflect.ValueOf(&v).Elem()
	return (r.Kind() == reflect.Pointer || r.Kind() == reflect.Interface) && r.IsNil()
}
