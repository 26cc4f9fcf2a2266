package asof

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// answer is what asof says, and with -json how. Its form is stable: names are
// added, but not changed or removed.
type Answer struct {
	On          edtf.Day           `json:"on"`
	Known       *edtf.Day          `json:"known"`       // null if all is known
	State       events.Report      `json:"state"`       // what has certainly happened
	Pending     []Pending          `json:"pending"`     // the events that are undecided
	NotRecorded []timeline.Silence `json:"notRecorded"` // what the sources leave out
	Remarks     []string           `json:"remarks"`
}

// A Pending is an undecided event.
type Pending struct {
	Mention
	Taken   bool     `json:"taken"`   // the state has it, but it may be wrong
	Order   bool     `json:"order"`   // it has happened, but perhaps earlier than others that the state has before it
	Changes []Change `json:"changes"` // how the state would differ if it is the other way, beyond what those in With change
	With    []string `json:"with"`    // events that would then have happened too
	Without []string `json:"without"` // events that would then not have happened
}

// A Change is a value of the state that would differ. From or To is null if
// there is none.
type Change struct {
	Path string          `json:"path"` // a JSON Pointer into the state
	From json.RawMessage `json:"from"`
	To   json.RawMessage `json:"to"`
}

// Rivalled reports whether the state has the event although it is told
// differently, by the events in With: what would change is told of these.
func (e *Pending) Rivalled() bool { return e.Taken && len(e.With) > 0 }

// Lines tells what would have to be for the event to be the other way, and what
// would change then.
func (e *Pending) Lines() []string {
	if e.Rivalled() {
		return []string{"taken as true; told differently by " + strings.Join(e.With, ", ")}
	}
	var lines []string
	if e.Taken {
		lines = append(lines, "taken as true; if it is not, as another event tells it differently:")
	}
	if e.Order {
		lines = append(lines, "has happened; if it came before what it shares its time with:")
	}
	if len(e.Without) > 0 {
		lines = append(lines, "if this is true, and not "+strings.Join(e.Without, ", ")+":")
	}
	if len(e.With) > 0 {
		lines = append(lines, "if it has happened, and with it "+strings.Join(e.With, ", ")+":")
	}
	for n := range e.Changes {
		lines = append(lines, e.Changes[n].Text())
	}
	if len(e.Changes) == 0 {
		lines = append(lines, "would change nothing by itself")
	}
	return lines
}

// Text tells a change: "would add /markets/Europe: since 2024".
func (c *Change) Text() string {
	switch {
	case c.From == nil:
		return "would add " + c.Path + ": " + Plain(c.To)
	case c.To == nil:
		return "would remove " + c.Path + ": " + Plain(c.From)
	}
	return "would change " + c.Path + ": " + Plain(c.From) + " to " + Plain(c.To)
}

// Answer returns the state on the day.
func (q *Question) Answer() *Answer {
	snapshot := q.history.At(q.on)
	r := &Answer{
		On: q.on, Known: q.known, State: snapshot.State.On(q.on),
		Pending: []Pending{}, NotRecorded: q.history.NotRecorded(q.on), Remarks: append([]string{}, q.remarks...),
	}
	if r.NotRecorded == nil {
		r.NotRecorded = []timeline.Silence{}
	}
	if q.history.PastHorizon(q.on) {
		r.remark("The record ends on %v; what happened later is not in it.", q.history.Coverage().Horizon.Latest())
	}
	if snapshot.Err != nil {
		r.remark("The state is that before an event which cannot follow: %v.", snapshot.Err)
	}
	var undecided []events.Event
	for e := range q.history.Pending(q.on) {
		undecided = append(undecided, e)
	}
	if q.history.Len() > manyEvents || len(undecided) > manyUndecided {
		q.addApart(r, undecided)
	} else {
		q.addTogether(r, undecided)
	}
	return r
}

// With how many events, and undecided ones, a history is too large to look at
// the whole state in each of its worlds.
const (
	manyEvents    = 1000
	manyUndecided = 11
)

// addTogether lists the undecided events by the states of all worlds.
func (q *Question) addTogether(r *Answer, undecided []events.Event) {
	states := timeline.Ask(q.history, q.on, q.document)
	if states.Incomplete {
		r.remark("More than %d states are possible that day; not all are looked at.", timeline.MaxWorlds)
	}
	r.addPending(undecided, states, q.document(q.history.At(q.on).State))
}

// addApart lists the undecided events by the states of what each has to do with.
// That costs less, and leaves out what they change of the lists of platforms.
func (q *Question) addApart(r *Answer, undecided []events.Event) {
	pending, listed := map[string]bool{}, map[string]bool{}
	for _, e := range undecided {
		pending[e.Label()] = true
	}
	add := func(e events.Event, parts []string) {
		about := q.history.About(parts...)
		states := timeline.Ask(about, q.on, q.document)
		if states.Incomplete {
			r.remark("More than %d states are possible that day of what has to do with %s; not all are looked at.", timeline.MaxWorlds, e.Label())
		}
		var alone []events.Event
		if pending[e.Label()] {
			alone = append(alone, e)
		}
		part := &Answer{}
		part.addPending(alone, states, q.document(about.At(q.on).State))
		for _, p := range part.Pending {
			if listed[p.Event] || p.Order && pending[p.Event] {
				continue // it is told by itself
			}
			listed[p.Event] = true
			p.Changes = slices.DeleteFunc(p.Changes, func(c Change) bool { return strings.HasPrefix(c.Path, "/platforms/") })
			r.Pending = append(r.Pending, p)
		}
	}
	for _, e := range undecided {
		if e.Data != nil {
			add(e, e.Data.Scope())
		}
	}
	unordered := q.unordered()
	for _, part := range slices.Sorted(maps.Keys(unordered)) {
		add(unordered[part], []string{part})
	}
}

// unordered returns the parts of the state that were touched by several events
// of which it may not be decided which came first, each with one of them.
func (q *Question) unordered() map[string]events.Event {
	touched := map[string][]events.Event{}
	for e := range q.history.Events() {
		if e.Data == nil || e.When.Earliest() > q.on {
			continue
		}
		for _, part := range e.Data.Scope() {
			touched[part] = append(touched[part], e)
		}
	}
	found := map[string]events.Event{}
	for part, list := range touched {
		slices.SortStableFunc(list, func(a, b events.Event) int { return cmp.Compare(a.When.Earliest(), b.When.Earliest()) })
		latest := edtf.DistantPast
		for n, e := range list {
			if n > 0 && e.When.Earliest() <= latest && (e.When.Earliest() < e.When.Latest() || e.When.Earliest() < latest) {
				found[part] = e
				break
			}
			latest = max(latest, e.When.Latest())
		}
	}
	return found
}

// document returns the state on the day as JSON.
func (q *Question) document(c events.Company) string {
	text, err := json.Marshal(c.On(q.on))
	if err != nil {
		panic(err) // every state can be written
	}
	return string(text)
}

func (r *Answer) remark(format string, args ...any) {
	r.Remarks = append(r.Remarks, fmt.Sprintf(format, args...))
}

// addPending lists the undecided events, each with the nearest state in which
// it is the other way; then those whose order alone is undecided.
func (r *Answer) addPending(undecided []events.Event, states timeline.Answer[string, events.Payload], cautious string) {
	listed := map[string]bool{}
	for _, e := range undecided {
		p := newPending(e)
		is := func(f events.Event) bool { return f.ID == e.ID }
		for _, o := range states.Options {
			if p.Taken = slices.ContainsFunc(o.Without, is); p.Taken || slices.ContainsFunc(o.If, is) {
				p.With, p.Without = labels(o.If, e), labels(o.Without, e)
				p.Changes = differences(stateOf(states, p.With, cautious), o.Value)
				break
			}
		}
		listed[p.Event] = true
		r.Pending = append(r.Pending, p)
	}
	for _, o := range states.Options {
		if len(o.If) != 1 || len(o.Without) > 0 || listed[o.If[0].Label()] {
			continue
		}
		p := newPending(o.If[0])
		p.Order, p.Changes = true, differences(cautious, o.Value)
		listed[p.Event] = true
		r.Pending = append(r.Pending, p)
	}
}

// stateOf returns the state in which just the named events have happened besides
// those of the cautious reading, or that of the cautious reading if there is
// none.
func stateOf(states timeline.Answer[string, events.Payload], names []string, cautious string) string {
	for _, o := range states.Options {
		if len(names) > 0 && len(o.Without) == 0 && slices.Equal(labels(o.If, events.Event{}), names) {
			return o.Value
		}
	}
	return cautious
}

func newPending(e events.Event) Pending {
	return Pending{Mention: MentionOf(e), With: []string{}, Without: []string{}, Changes: []Change{}}
}

// labels returns the names of the events other than e.
func labels(list []events.Event, e events.Event) []string {
	names := []string{}
	for _, f := range list {
		if f.ID != e.ID {
			names = append(names, f.Label())
		}
	}
	return names
}

func what(e events.Event) string {
	if e.Data == nil {
		return "retraction"
	}
	return e.Data.String()
}

func citations(e events.Event) []timeline.Citation {
	return append([]timeline.Citation{}, e.Cites...)
}

// differences lists how the JSON value b differs from a, by pointer.
func differences(a, b string) []Change {
	var x, y any
	_ = json.Unmarshal([]byte(a), &x)
	_ = json.Unmarshal([]byte(b), &y)
	changes := []Change{}
	compare("", x, y, &changes)
	return changes
}

func compare(path string, a, b any, changes *[]Change) {
	x, okX := a.(map[string]any)
	y, okY := b.(map[string]any)
	section := strings.Count(path, "/") <= 1 // one that is missing is empty
	if okX && okY || section && (okX && b == nil || okY && a == nil) {
		for _, name := range namesOf(x, y) {
			compare(path+"/"+jsontree.Escape(name), x[name], y[name], changes)
		}
		return
	}
	from, to := compact(a), compact(b)
	if !bytes.Equal(from, to) {
		*changes = append(*changes, Change{path, from, to})
	}
}

func namesOf(maps ...map[string]any) []string {
	var names []string
	for _, m := range maps {
		for name := range m {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return slices.Compact(names)
}

func compact(v any) json.RawMessage {
	if v == nil {
		return nil
	}
	text, _ := json.Marshal(v)
	return text
}

// listing is the events, and with -json how they are printed.
type Listing struct {
	On     edtf.Day  `json:"on"`
	Known  *edtf.Day `json:"known"`
	Events []Listed  `json:"events"`
}

// A Listed is an event and whether it had happened.
type Listed struct {
	Event    string              `json:"event"`
	ID       string              `json:"id"`
	Type     string              `json:"type,omitempty"`
	What     string              `json:"what"`
	When     edtf.Date           `json:"when"`
	Known    edtf.Date           `json:"known"`
	Happened edtf.Truth          `json:"happened"` // by the day asked about
	Cites    []timeline.Citation `json:"cites"`
	Note     string              `json:"note,omitempty"`

	never bool // by whatever day: it is corrected, or a rival is certain
}

// Had says whether an event counts by the end of day. What is left out is
// corrected, or a rival is true instead.
func (e *Listed) Had(day edtf.Day) string {
	switch {
	case e.Happened == edtf.Certain:
		return "happened"
	case e.Happened == edtf.Possible:
		return "possible"
	case e.never || e.When.Latest() <= day:
		return "left out"
	}
	return "later"
}

// Events lists the events, and which of them had happened by the day.
func (q *Question) Events() *Listing {
	l := &Listing{On: q.on, Known: q.known, Events: []Listed{}}
	for e := range q.history.Events() {
		row := Listed{
			Event: e.Label(), ID: e.ID.String(), What: what(e), When: e.When, Known: e.Known,
			Happened: q.history.Happened(e.ID, q.on), Cites: citations(e), Note: e.Note,
			never: q.history.Happened(e.ID, edtf.DistantFuture) == edtf.No,
		}
		if e.Data != nil {
			row.Type = e.Data.Type().Name
		}
		if row.Known.IsZero() {
			row.Known = e.When
		}
		l.Events = append(l.Events, row)
	}
	return l
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// Plain returns a JSON value as people write it.
func Plain(v json.RawMessage) string {
	if v == nil {
		return "nothing"
	}
	if s, err := strconv.Unquote(string(v)); err == nil {
		return s
	}
	var items []json.RawMessage
	if json.Unmarshal(v, &items) == nil {
		var parts []string
		for _, item := range items {
			parts = append(parts, Plain(item))
		}
		return strings.Join(parts, ", ")
	}
	var m map[string]any
	if json.Unmarshal(v, &m) == nil {
		if title, ok := m["title"].(string); ok {
			if window, ok := m["window"].(string); ok {
				title += ", " + window
			}
			return title // the rest is told where the plans are
		}
		var parts []string
		for _, name := range namesOf(m) {
			parts = append(parts, strings.TrimSpace(name+" "+Plain(compact(m[name]))))
		}
		return strings.Join(parts, ", ")
	}
	return string(v)
}
