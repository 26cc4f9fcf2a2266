package value

import "reflect"

// Extra returns about how many bytes next takes beside prev: itself, and what
// is behind its pointers, slices, maps and strings, unless prev leads there
// too, as the runtime allocates it. A fold copies what it changes and shares
// the rest, so this is what it costs to keep next when prev is kept.
func Extra[S any](prev, next *S) int {
	m := measurer{seen: map[uintptr]bool{}, left: maxMeasured}
	m.behind(reflect.ValueOf(prev).Elem())
	m.bytes, m.left = 0, maxMeasured
	m.behind(reflect.ValueOf(next).Elem())
	return int(reflect.TypeFor[S]().Size()) + m.bytes
}

// maxMeasured bounds how many values are looked at: past it a size is too low.
const maxMeasured = 1 << 14

type measurer struct {
	seen  map[uintptr]bool
	bytes int
	left  int
}

// isNew reports whether memory at p is seen for the first time.
func (m *measurer) isNew(p uintptr) bool {
	if p == 0 || m.seen[p] {
		return false
	}
	m.seen[p] = true
	return true
}

// behind adds the memory that v leads to.
func (m *measurer) behind(v reflect.Value) {
	if m.left--; m.left < 0 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Len() > 0 && m.isNew(v.Pointer()) {
			m.bytes += Allocated(v.Len(), false)
		}
	case reflect.Pointer:
		if m.isNew(v.Pointer()) {
			t := v.Type().Elem()
			m.bytes += Allocated(int(t.Size()), !isFlat(t))
			m.behind(v.Elem())
		}
	case reflect.Slice:
		if v.Cap() > 0 && m.isNew(v.Pointer()) {
			t := v.Type().Elem()
			m.bytes += Allocated(v.Cap()*int(t.Size()), !isFlat(t))
			m.elements(v)
		}
	case reflect.Map:
		if !v.IsNil() && m.isNew(v.Pointer()) {
			t := v.Type()
			m.bytes += allocatedMap(v.Len(), int(t.Key().Size()+t.Elem().Size()))
			for i := v.MapRange(); i.Next(); {
				m.behind(i.Key())
				m.behind(i.Value())
			}
		}
	case reflect.Interface:
		if !v.IsNil() {
			if v.Elem().Kind() != reflect.Pointer { // which an interface holds itself
				m.bytes += Allocated(int(v.Elem().Type().Size()), true)
			}
			m.behind(v.Elem())
		}
	case reflect.Array:
		m.elements(v)
	case reflect.Struct:
		for i := range v.NumField() {
			m.behind(v.Field(i))
		}
	}
}

func (m *measurer) elements(v reflect.Value) {
	if v.Len() == 0 || isFlat(v.Type().Elem()) {
		return
	}
	for i := range v.Len() {
		m.behind(v.Index(i))
	}
}

// isFlat reports whether values of type t plainly lead nowhere.
func isFlat(t reflect.Type) bool {
	return reflect.Bool <= t.Kind() && t.Kind() <= reflect.Complex128
}
