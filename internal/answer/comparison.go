package answer

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A comparison is that of a history at two points.
type comparison struct {
	history  *events.History
	from, to timeline.Point
}

// documents returns the states at the two points, each as JSON.
func (c comparison) documents() (from, to string) {
	at := func(p timeline.Point) string {
		day, known := p.Days()
		text, err := timeline.Document(c.history.KnownOn(known).At(day).State, day)
		if err != nil {
			panic(err) // every state can be written
		}
		return string(text)
	}
	return at(c.from), at(c.to)
}

// differences compares part by part, those that may differ.
func (c comparison) differences() ([]timeline.Difference[events.Payload], error) {
	all := []timeline.Difference[events.Payload]{}
	platforms := map[string]bool{}
	for part := range c.changing() {
		found, err := timeline.Diff(c.history.About(part), c.from, c.to)
		if err != nil {
			return nil, err
		}
		for _, d := range entries(found) {
			if slices.Equal(events.Parts(SplitPointer(d.Path)...), []string{part}) {
				all = append(all, d)
			} else if isPlatform(d.Path) {
				platforms[SplitPointer(d.Path)[1]] = true
			}
		}
	}
	found, err := c.ofPlatforms(slices.Collect(maps.Keys(platforms)))
	if err != nil {
		return nil, err
	}
	all = append(all, found...)
	slices.SortFunc(all, func(a, b timeline.Difference[events.Payload]) int { return cmp.Compare(a.Path, b.Path) })
	return all, nil
}

// ofPlatforms compares the lists of the models on platforms. Each rests on all of
// its models.
func (c comparison) ofPlatforms(platforms []string) ([]timeline.Difference[events.Payload], error) {
	if len(platforms) == 0 {
		return nil, nil
	}
	models := events.ModelsOnPlatforms(c.history.At(edtf.DistantFuture).State, platforms)
	all, err := timeline.Diff(c.history.About(models...), c.from, c.to)
	return slices.DeleteFunc(entries(all), func(d timeline.Difference[events.Payload]) bool {
		return !isPlatform(d.Path) || !slices.Contains(platforms, SplitPointer(d.Path)[1])
	}), err
}

// entries returns differences with those of whole sections, which there were
// none of before or are none of after, as those of their entries.
func entries(all []timeline.Difference[events.Payload]) []timeline.Difference[events.Payload] {
	var found []timeline.Difference[events.Payload]
	for _, d := range all {
		if strings.Count(d.Path, "/") > 1 || len(events.Parts(SplitPointer(d.Path)...)) > 0 {
			found = append(found, d)
			continue
		}
		sections := [][]json.RawMessage{{d.From}, {d.To}, d.FromOthers, d.ToOthers}
		var names []string
		for _, values := range sections {
			for _, v := range values {
				names = append(names, slices.Collect(maps.Keys(members(v)))...)
			}
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			one := timeline.Difference[events.Payload]{Path: d.Path + "/" + jsontree.Escape(name), Kind: d.Kind, Because: d.Because}
			one.From, one.To = members(d.From)[name], members(d.To)[name]
			for _, v := range d.FromOthers {
				one.FromOthers = append(one.FromOthers, members(v)[name])
			}
			for _, v := range d.ToOthers {
				one.ToOthers = append(one.ToOthers, members(v)[name])
			}
			if !slices.Equal(distinct(one.From, one.FromOthers), distinct(one.To, one.ToOthers)) {
				found = append(found, one)
			}
		}
	}
	return found
}

// distinct returns a value and the others there may be, each once, as text: the
// value first.
func distinct(v json.RawMessage, others []json.RawMessage) []string {
	var all []string
	for _, o := range others {
		if string(o) != string(v) {
			all = append(all, string(o))
		}
	}
	slices.Sort(all)
	return append([]string{string(v)}, slices.Compact(all)...)
}

// members returns those of an object in JSON; none of anything else.
func members(v json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(v, &m) // what is no object has none
	return m
}

// changing returns the parts of the state that may differ between the points:
// those of events that may have happened or become known between them, of what
// these correct and of their rivals, and of plans that fall due.
func (c comparison) changing() map[string]bool {
	parts := map[string]bool{}
	add := func(e events.Event) {
		if e.Data != nil {
			for _, part := range e.Data.Scope() {
				parts[part] = true
			}
		}
	}
	first, knownFirst := c.from.Days()
	last, knownLast := c.to.Days()
	between := func(d edtf.Date) bool { return d.Earliest() <= last && d.Latest() >= first }
	rivals, changing := map[string]bool{}, map[uuid.UUID]bool{}
	for e := range c.history.Events() {
		due := slices.ContainsFunc(windowsOf(e.Data), func(w edtf.Date) bool {
			return !w.IsZero() && (between(w.Earliest().Date()) || between((w.Latest() + 1).Date()))
		})
		known := e.Known
		if known.IsZero() {
			known = e.When
		}
		learned := (e.When.Earliest() <= last || e.Rival != "" || len(e.Replaces) > 0) && known.Earliest() <= max(knownFirst, knownLast) && known.Latest() >= min(knownFirst, knownLast)
		if !due && !between(e.When) && !learned {
			continue
		}
		add(e)
		changing[e.ID] = true
		rivals[e.Rival] = e.Rival != ""
		for _, id := range e.Replaces {
			if r, ok := c.history.ByID(id); ok {
				add(r)
				changing[r.ID] = true
				rivals[r.Rival] = r.Rival != ""
			}
		}
	}
	for e := range c.history.Events() {
		if rivals[e.Rival] {
			add(e)
		}
		for _, id := range e.After { // either may limit the days of the other
			if before, ok := c.history.ByID(id); ok && (changing[id] || changing[e.ID]) {
				add(before)
				add(e)
			}
		}
	}
	return parts
}
