package answer

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Track is the successive values at an address. A table of things that go their own
// ways, such as all plans, has no changes; each of its entries has a track.
type Track struct {
	Known   *edtf.Day `json:"known"`
	Path    string    `json:"path"`
	Changes []Change  `json:"changes"`
	Entries []*Track  `json:"entries,omitempty"` // by name
	Remarks []string  `json:"remarks"`

	titles words.Titler
}

// Place names what is tracked: "the share of Stellantis".
func (t *Track) Place() string { return t.titles.Place(SplitPointer(t.Path)) }

// A Change is a value that came to be, or several of which one did.
type Change struct {
	Values    []json.RawMessage `json:"values"`    // that of the state first; null if there is none
	From      *edtf.Date        `json:"from"`      // null for the first
	Until     *edtf.Date        `json:"until"`     // null for the last
	Because   []EventRef        `json:"because"`   // none if time alone made it so
	Undecided bool              `json:"undecided"` // which value it is, or the order of events

	from edtf.Date
}

// Start says since when it has been so: a date, or "at first".
func (c *Change) Start() string {
	if c.from.IsZero() {
		return "at first"
	}
	return c.from.English()
}

// Words says what the value came to be in change n: "20 or 25", or of an object
// what differs from the one before it.
func (t *Track) Words(n int) string {
	vs := t.Changes[n].Values
	if n > 0 && isObject(vs[0]) && isObject(t.Changes[n-1].Values[0]) {
		return strings.Join(objectWords(t.Changes[n-1].Values[0], vs), "; ")
	}
	return Alternatives(fieldOf(t.Path), vs)
}

// track follows the value at an address.
func (q *Question) track(a address) *Track {
	c := &Track{Known: q.known, Path: a.Path, Changes: []Change{}, Remarks: append([]string{}, q.remarks...), titles: q.titles()}
	if len(a.steps) == 1 && events.IsTable(a.steps[0]) {
		for _, entry := range q.entriesOf(a) {
			one := q.track(entry)
			c.Entries = append(c.Entries, one)
			c.Remarks = append(c.Remarks, slices.DeleteFunc(one.Remarks, func(r string) bool { return slices.Contains(c.Remarks, r) })...)
		}
		return c
	}
	for x := range q.changes(a) {
		c.Changes = append(c.Changes, Change{
			Values: values(append([]string{x.Value}, x.Others...)), From: orNull(x.From), Until: orNull(x.Until),
			Because: q.refsOf(x.Because), Undecided: x.Undecided || len(x.Others) > 0, from: x.From,
		})
		c.Remarks = withIncomplete(withGaps(c.Remarks, x.Caveats), x.Incomplete)
	}
	if !q.history.Horizon().IsZero() {
		c.Remarks = append(c.Remarks, q.horizonRemark())
	}
	return c
}

// entriesOf returns the addresses of all entries that a table ever has.
func (q *Question) entriesOf(table address) []address {
	var entries []address
	for _, path := range q.base.addresses() {
		if steps := SplitPointer(path); len(steps) == 2 && steps[0] == table.steps[0] {
			entries = append(entries, address{path, steps})
		}
	}
	return entries
}

// changes returns the track of a value.
func (q *Question) changes(a address) iter.Seq[timeline.Change[string, events.Payload]] {
	return timeline.Track(q.history, q.about(a))
}
