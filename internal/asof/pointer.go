package asof

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An address is that of a value in the state.
type address struct {
	Path  string // a JSON Pointer
	steps []string
}

// pick returns the value at a, as it reads on day, as JSON; "" if there is
// none.
func (a address) pick(day edtf.Day) func(events.Company) string {
	return func(c events.Company) string {
		return string(valueAt(Decoded(section(c.On(day), a.steps[0])), a.steps[1:]))
	}
}

// document returns the state as a decoded JSON value.
func document(c events.Company, day edtf.Day) any { return Decoded(c.On(day)) }

// Decoded returns what the JSON form of v decodes to.
func Decoded(v any) any {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // every state can be written
	}
	var d any
	_ = json.Unmarshal(text, &d)
	return d
}

// section returns the field of a report that has the given name in JSON, or nil
// if it is left out. To encode it alone is much cheaper than all of the report.
func section(r events.Report, name string) any {
	v := reflect.ValueOf(r)
	for n := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(n).Tag.Get("json"), ",")
		if tag != name || v.Field(n).IsZero() {
			continue
		}
		f := v.Field(n).Interface()
		if z, ok := f.(interface{ IsZero() bool }); ok && z.IsZero() {
			continue
		}
		return f
	}
	return nil
}

func valueAt(v any, steps []string) json.RawMessage {
	for _, step := range steps {
		switch x := v.(type) {
		case map[string]any:
			v = x[step]
		case []any:
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(x) {
				return nil
			}
			v = x[n]
		default:
			return nil
		}
	}
	return compact(v)
}

// about returns the history with only what can decide the value at a.
func (a address) about(h *events.History) *events.History {
	if parts := events.Parts(a.steps...); parts != nil {
		return h.About(parts...)
	}
	if len(a.steps) != 1 || a.steps[0] == "platforms" {
		return h
	}
	var parts []string // of all members of the section
	kind := strings.TrimSuffix(events.Parts(a.steps[0], "x")[0], "x")
	for e := range h.Events() {
		if e.Data == nil {
			continue
		}
		for _, part := range e.Data.Scope() {
			if strings.HasPrefix(part, kind) {
				parts = append(parts, part)
			}
		}
	}
	return h.About(parts...)
}

// dated reports whether the value at a may change with the days alone: plans
// fall due.
func (a address) dated() bool {
	return len(a.steps) == 0 || a.steps[0] == "plans" && (len(a.steps) < 3 || a.steps[2] == "status")
}

// window returns the address of the window of the plan of a, or a if it is of
// none or of more.
func (a address) window() address {
	if len(a.steps) < 2 || a.steps[0] != "plans" {
		return a
	}
	steps := []string{"plans", a.steps[1], "window"}
	return address{joinPointer(steps), steps}
}

// findAddress returns the address that text means: a JSON Pointer, or some of
// its steps, as long as only one pointer ends with the last of them and has the
// others before it in this order. Written out, it may also be one that is not
// there yet, of a kind that there is.
func (q *Question) findAddress(text string) (address, error) {
	steps := SplitPointer(text)
	if len(steps) == 0 {
		return address{}, errors.New("POINTER must name a part of the state, such as stakes/Stellantis")
	}
	if a := (address{joinPointer(steps), steps}); strings.HasPrefix(text, "/") && a.pick(q.on)(q.history.At(q.on).State) != "" {
		return a, nil
	}
	known := q.book.addresses()
	var found []string
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, exact := range []bool{true, false} {
			found = nil
			for _, path := range known {
				if abbreviates(steps, SplitPointer(path), exact, same) {
					found = append(found, path)
				}
			}
			if len(found) == 1 {
				return address{found[0], SplitPointer(found[0])}, nil
			}
			if len(found) > 1 {
				return address{}, fmt.Errorf("%q may be any of these:\n%s", text, list8(found))
			}
		}
	}
	if a := (address{joinPointer(steps), steps}); a.isNew(known) {
		return a, nil
	}
	if close := nearest(strings.Join(steps, "/"), known); len(close) > 0 {
		return address{}, fmt.Errorf("there never is a value at %q; did you mean one of these?\n%s", text, list8(close))
	}
	return address{}, fmt.Errorf("there never is a value at %q; the state has: %s", text, strings.Join(sections(known), ", "))
}

// SplitPointer returns the steps of a JSON Pointer, unescaped; the slashes at its
// ends may be left out.
func SplitPointer(text string) []string {
	text = strings.Trim(text, "/")
	if text == "" {
		return nil
	}
	steps := strings.Split(text, "/")
	for n := range steps {
		steps[n] = jsontree.Unescape(steps[n])
	}
	return steps
}

func joinPointer(steps []string) string {
	path := ""
	for _, step := range steps {
		path += "/" + jsontree.Escape(step)
	}
	return path
}

// isNew reports whether a is of a kind that there is for other names, while no
// name like its own is there.
func (a address) isNew(known []string) bool {
	kind, found := shape(a.steps), false
	for _, path := range known {
		found = found || shape(SplitPointer(path)) == kind
	}
	n := 0
	for n < len(a.steps) && slices.Contains(known, joinPointer(a.steps[:n+1])) {
		n++
	}
	if !found || n == 0 || n == len(a.steps) {
		return false
	}
	var siblings []string
	for _, path := range known {
		if steps := SplitPointer(path); len(steps) == n+1 && slices.Equal(steps[:n], a.steps[:n]) {
			siblings = append(siblings, steps[n])
		}
	}
	return n != 1 && n != 3 || len(near.To(a.steps[n], siblings)) == 0
}

// shape returns a path with its names left out: those of tables, and of tables
// in tables.
func shape(steps []string) string {
	steps = slices.Clone(steps)
	for _, n := range []int{1, 3} {
		if n < len(steps) && steps[0] != "company" && steps[0] != "brand" {
			steps[n] = "*"
		}
	}
	return joinPointer(steps)
}

// abbreviates reports whether steps are those of a path, or, if they need not
// be all, some of them with the last.
func abbreviates(steps, path []string, all bool, same func(a, b string) bool) bool {
	if all || len(steps) == 0 || len(path) == 0 {
		return slices.EqualFunc(steps, path, same)
	}
	last := len(steps) - 1
	if !same(steps[last], path[len(path)-1]) {
		return false
	}
	path = path[:len(path)-1]
	for _, step := range steps[:last] {
		n := slices.IndexFunc(path, func(p string) bool { return same(step, p) })
		if n < 0 {
			return false
		}
		path = path[n+1:]
	}
	return true
}

// addresses returns the pointers of all values that there ever certainly are,
// of those that are possible on the last day on which an event may happen, and of
// those that there would be if what is told otherwise were true.
func addresses(h *events.History) []string {
	found := map[string]bool{}
	var walk func(path string, v any)
	walk = func(path string, v any) {
		found[path] = true
		switch x := v.(type) {
		case map[string]any:
			for name, member := range x {
				walk(path+"/"+jsontree.Escape(name), member)
			}
		case []any:
			for n, item := range x {
				walk(path+"/"+strconv.Itoa(n), item)
			}
		}
	}
	states := statesTogether
	if h.Len() > manyEvents {
		states = statesApart
	}
	for day, state := range states(h) {
		walk("", document(state, day))
	}
	for e := range toldOtherwise(h) {
		against := func(o events.Event) bool {
			return o.ID != e.ID && (e.Rival != "" && o.Rival == e.Rival || slices.Contains(o.Replaces, e.ID))
		}
		day, about := e.When.Latest(), h.About(e.Data.Scope()...)
		walk("", document(about.Where(func(o events.Event) bool { return !against(o) }).At(day).State, day))
	}
	var paths []string
	for path := range found {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// statesTogether returns the state on the last day of each event.
func statesTogether(h *events.History) iter.Seq2[edtf.Day, events.Company] {
	return func(yield func(edtf.Day, events.Company) bool) {
		for day := range eventDays(h) {
			if !yield(day, h.At(day).State) {
				return
			}
		}
	}
}

// statesApart returns, on the last day of each event, the state of what it has to
// do with. That is less to look at.
func statesApart(h *events.History) iter.Seq2[edtf.Day, events.Company] {
	return func(yield func(edtf.Day, events.Company) bool) {
		for e := range h.Events() {
			day := e.When.Latest()
			if e.Data != nil && !yield(day, h.About(e.Data.Scope()...).At(day).State) {
				return
			}
		}
	}
}

// maxOtherwise is how many events that are told otherwise are looked at.
const maxOtherwise = 200

// toldOtherwise returns the events that have rivals or are corrected, not more
// than are looked at.
func toldOtherwise(h *events.History) iter.Seq[events.Event] {
	return func(yield func(events.Event) bool) {
		replaced := map[uuid.UUID]bool{}
		for e := range h.Events() {
			for _, id := range e.Replaces {
				replaced[id] = true
			}
		}
		n := 0
		for e := range h.Events() {
			if e.Data == nil || e.Rival == "" && !replaced[e.ID] {
				continue
			}
			if n++; n > maxOtherwise || !yield(e) {
				return
			}
		}
	}
}

// eventDays returns the last days of all events.
func eventDays(h *events.History) map[edtf.Day]bool {
	days := map[edtf.Day]bool{}
	for e := range h.Events() {
		days[e.When.Latest()] = true
	}
	return days
}

// nearest returns the pointers that are near to text, as a whole or in their
// last step.
func nearest(text string, paths []string) []string {
	var whole, ends []string
	byEnd := map[string][]string{}
	for _, path := range paths {
		whole = append(whole, strings.TrimPrefix(path, "/"))
		end := path[strings.LastIndexByte(path, '/')+1:]
		if byEnd[end] == nil {
			ends = append(ends, end)
		}
		byEnd[end] = append(byEnd[end], path)
	}
	var found []string
	for _, path := range near.To(text, whole) {
		found = append(found, "/"+path)
	}
	if len(found) > 0 {
		return found
	}
	for _, end := range near.To(text[strings.LastIndexByte(text, '/')+1:], ends) {
		found = append(found, byEnd[end]...)
	}
	return found
}

// list8 lists at most eight pointers, the shortest first.
func list8(paths []string) string {
	slices.SortStableFunc(paths, func(a, b string) int { return strings.Count(a, "/") - strings.Count(b, "/") })
	const most = 8
	if more := len(paths) - most; more > 0 {
		paths = append(paths[:most:most], fmt.Sprintf("and %d more", more))
	}
	return "  " + strings.Join(paths, "\n  ")
}

func sections(paths []string) []string {
	var names []string
	for _, path := range paths {
		if strings.Count(path, "/") == 1 {
			names = append(names, path)
		}
	}
	return names
}

// A target is an address, and the value that is asked about, if one is.
type target struct {
	address
	value *string // as people write it
}

// findTarget reads POINTER or POINTER=VALUE.
func (q *Question) findTarget(text string) (target, error) {
	pointer, value, hasValue := strings.Cut(text, "=")
	a, err := q.findAddress(pointer)
	if err != nil || !hasValue {
		return target{a, nil}, err
	}
	return target{a, &value}, nil
}

// is reports whether v is the value asked about, or whether there is one if
// none is.
func (t target) is(v string) bool {
	if t.value == nil {
		return v != ""
	}
	raw := json.RawMessage(v)
	if v == "" {
		raw = nil
	}
	return v == *t.value || Plain(raw) == *t.value
}

// holds returns whether the value is there on day.
func (t target) holds(day edtf.Day) func(events.Company) bool {
	pick := t.pick(day)
	return func(c events.Company) bool { return t.is(pick(c)) }
}

// String returns the target as a statement: "/stakes/Stellantis is there".
func (t target) String() string {
	if t.value == nil {
		return t.Path + " is there"
	}
	return t.Path + " is " + *t.value
}
