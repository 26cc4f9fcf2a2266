package export

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Value is one of the state, with the days on which it is so in the baseline.
type Value struct {
	Address string // a JSON Pointer (RFC 6901)
	JSON    string
	First   edtf.Day // on which it is so
	Last    edtf.Day // [edtf.DistantFuture] if it does not end
}

// States returns every value that the state ever has, by address and then by time: the JSON form
// of a state, as [timeline.Document] has it, cut into its numbers, texts and truths. It is of the baseline, in
// which everything happens as late as it may; what else is possible is told by [Track]. It costs a state for each day on
// which something changes. The error is that of a state that has no JSON form.
func States[S, E any](t *timeline.Timeline[S, E]) ([]Value, error) {
	var all []Value
	open := map[string]int{} // by address: the place of its last value
	before := jsontree.Nothing
	for _, day := range turns(t) {
		text, err := timeline.Document(t.At(day).State, day)
		if err != nil {
			return nil, err
		}
		now := jsontree.Decode(string(text))
		jsontree.Leaves(before, now, deep, func(changed jsontree.Leaf) {
			eachValue(changed.Path, changed.From, func(address string, _ jsontree.Value) {
				all[open[address]].Last = day - 1
			})
			eachValue(changed.Path, changed.To, func(address string, v jsontree.Value) {
				open[address] = len(all)
				all = append(all, Value{address, string(jsontree.Text(v)), day, edtf.DistantFuture})
			})
		})
		before = now
	}
	slices.SortStableFunc(all, func(a, b Value) int { return strings.Compare(a.Address, b.Address) })
	return all, nil
}

// deep is deeper than any state.
const deep = 1 << 20

// eachValue calls do with the values in v, which is at a path, that are no objects.
func eachValue(path []string, v jsontree.Value, do func(address string, v jsontree.Value)) {
	if v == jsontree.Nothing {
		return
	}
	if object, ok := v.(map[string]any); ok { // an empty one has no value
		for _, name := range jsontree.Names(object) {
			eachValue(append(slices.Clip(path), name), object[name], do)
		}
		return
	}
	do(jsontree.Pointer(path), v)
}

// turns returns the days on which the baseline may change, ascending.
func turns[S, E any](t *timeline.Timeline[S, E]) []edtf.Day {
	days := slices.Clone(t.Schedule())
	for e := range t.Events() {
		first, last := e.When.Bounds()
		// the last of its days, or if links tighten its window an earlier one
		days = append(days, first, last)
		for a, b := range e.When.Ranges() {
			days = append(days, a, b)
		}
	}
	days = slices.DeleteFunc(days, func(d edtf.Day) bool { return d < edtf.MinDay || d > edtf.MaxDay })
	slices.Sort(days)
	return slices.Compact(days)
}

// StatesCSV writes what [States] returns as a table with a line of titles: address, value, first and last
// day (empty if it does not end). The errors are those of States and of w.
func StatesCSV[S, E any](w io.Writer, t *timeline.Timeline[S, E]) error {
	all, err := States(t)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	rows := [][]string{{"address", "value", "first day", "last day"}}
	for _, v := range all {
		rows = append(rows, []string{v.Address, plainJSON(v.JSON), dayCell(v.First), dayCell(v.Last)})
	}
	return Rows(w, rows)
}

// plainJSON returns a text without its quotes, and any other value as it is.
func plainJSON(text string) string {
	var s string
	if json.Unmarshal([]byte(text), &s) == nil {
		return s
	}
	return text
}
