package answer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// findAddress returns the address that text means: a JSON Pointer, or some of
// its steps, as long as only one pointer ends with the last of them and has the
// others before it in this order. Written out, it may also be one that is not
// there yet, of a kind that there is.
func (q *Question) findAddress(text string) (address, error) {
	steps := SplitPointer(text)
	if len(steps) == 0 {
		return address{}, errors.New("POINTER must name a part of the state, such as stakes/Stellantis")
	}
	if a := (address{JoinPointer(steps), steps}); strings.HasPrefix(text, "/") && a.on(q.history, q.on) != "" {
		return a, nil
	}
	known := q.base.addresses()
	var found []string
	for _, same := range []func(a, b string) bool{func(a, b string) bool { return a == b }, strings.EqualFold} {
		for _, exact := range []bool{true, false} {
			found = nil
			for _, path := range known {
				if abbreviates(steps, SplitPointer(path), exact, same) {
					found = append(found, path)
				}
			}
			if real := notOnlyPlanned(found); len(real) > 0 {
				found = real
			}
			if len(found) == 1 {
				return address{found[0], SplitPointer(found[0])}, nil
			}
			if main := itself(found); main != "" {
				return address{main, SplitPointer(main)}, nil
			}
			if len(found) > 1 {
				return address{}, fmt.Errorf("%q may be any of these; give one of them:\n%s", text, list8(found))
			}
		}
	}
	if path := q.base.titled(text); path != "" {
		return address{path, SplitPointer(path)}, nil
	}
	if a := (address{JoinPointer(steps), steps}); a.isNew(known) {
		return a, nil
	}
	if close := nearest(strings.Join(steps, "/"), known); len(close) > 0 {
		return address{}, fmt.Errorf("there never is a value at %q; did you mean one of these?\n%s", text, list8(close))
	}
	return address{}, fmt.Errorf("there never is a value at %q; the state has: %s", text, strings.Join(sections(known), ", "))
}

// itself returns the one of some paths that is a thing by its name, such as a model, while
// the others are parts of other things; or "" if there is none, or several.
func itself(paths []string) (found string) {
	for _, path := range paths {
		steps := SplitPointer(path)
		if len(steps) != 2 || !slices.Contains([]string{"stakes", "models", "plants", "markets", "ventures"}, steps[0]) {
			continue
		}
		if found != "" {
			return ""
		}
		found = path
	}
	return found
}

// notOnlyPlanned returns the paths other than those of what a plan is for, or of where it
// is to be carried out: "Tychy" is the plant, and not that a plan names it.
func notOnlyPlanned(paths []string) (real []string) {
	for _, path := range paths {
		if steps := SplitPointer(path); len(steps) < 3 || steps[0] != "plans" || steps[2] != "sites" && steps[2] != "items" {
			real = append(real, path)
		}
	}
	return real
}

// findTarget reads POINTER or POINTER=VALUE.
func (q *Question) findTarget(text string) (target, error) {
	if !strings.Contains(text, "=") {
		a, err := q.findAddress(text)
		return target{a, nil, nil}, err
	}
	// A name may have the sign in it: the longest place that there is comes before the value.
	for i := len(text); i >= 0; i = strings.LastIndexByte(text[:i], '=') {
		a, err := q.findAddress(text[:i])
		if err != nil || a.isNew(q.base.addresses()) {
			continue
		}
		if i == len(text) {
			return target{a, nil, nil}, nil
		}
		value := text[i+1:]
		return target{a, &value, nil}, nil
	}
	pointer, value, hasValue := strings.Cut(text, "=")
	a, err := q.findAddress(pointer)
	if err != nil || !hasValue {
		return target{a, nil, nil}, err
	}
	return target{a, &value, nil}, nil
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

// JoinPointer returns the JSON Pointer of steps.
func JoinPointer(steps []string) string {
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
	for n < len(a.steps) && slices.Contains(known, JoinPointer(a.steps[:n+1])) {
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
	return JoinPointer(steps)
}

// titled returns the pointer of the plan with a title, or nothing if there is not just one.
func (h *History) titled(text string) string {
	found := ""
	for key, p := range h.File.Timeline.At(edtf.DistantFuture).State.Plans().All() {
		if !strings.EqualFold(p.Title, strings.TrimSpace(text)) {
			continue
		}
		if found != "" {
			return ""
		}
		found = JoinPointer([]string{"plans", key})
	}
	return found
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

// nearest returns the pointers that are near to text, as a whole or in their
// last step.
func nearest(text string, paths []string) []string {
	var whole, ends []string
	byEnd := map[string][]string{}
	for _, path := range paths {
		if path == "" {
			continue // the whole
		}
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
