package answer

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// entries returns differences with those of whole tables, which there were none of
// before or are none of after, as those of their entries.
func entries(all []timeline.Difference[events.Payload]) []timeline.Difference[events.Payload] {
	var found []timeline.Difference[events.Payload]
	for _, d := range all {
		if !events.IsTable(strings.TrimPrefix(d.Path, "/")) {
			found = append(found, d)
			continue
		}
		names := map[string]json.RawMessage{}
		for _, v := range slices.Concat([]json.RawMessage{d.From, d.To}, d.FromOthers, d.ToOthers) {
			maps.Copy(names, members(v))
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			one := d
			one.Path += "/" + jsontree.Escape(name)
			one.From, one.FromOthers = member(name, d.From, d.FromOthers)
			one.To, one.ToOthers = member(name, d.To, d.ToOthers)
			found = append(found, one)
		}
	}
	return found
}

// member returns a member of a value and of the others there may be.
func member(name string, v json.RawMessage, others []json.RawMessage) (own json.RawMessage, rest []json.RawMessage) {
	own = members(v)[name]
	for _, o := range others {
		if m := members(o)[name]; string(m) != string(own) {
			rest = append(rest, m)
		}
	}
	return own, rest
}

// members returns those of an object in JSON; none of anything else.
func members(v json.RawMessage) map[string]json.RawMessage {
	var m map[string]json.RawMessage
	_ = json.Unmarshal(v, &m) // what is no object has none
	return m
}
