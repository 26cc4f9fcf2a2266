package answer

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/words"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Pending is an undecided event.
type Pending struct {
	EventRef
	Taken   bool     `json:"taken"`   // the state has it, but it may be wrong
	Order   bool     `json:"order"`   // it has happened, but perhaps earlier than others that the state has before it
	Changes []Effect `json:"changes"` // how the state would differ if it is the other way, beyond what those in With change
	With    []string `json:"with"`    // events that would then have happened too
	Without []string `json:"without"` // events that would then not have happened

	titles  words.Titler
	said    map[string]string // what the events in With and Without say
	unknown bool              // it has happened, but was perhaps not known yet
}

// A Effect is a value of the state that would differ. From or To is null if
// there is none.
type Effect struct {
	Path string          `json:"path"` // a JSON Pointer into the state
	From json.RawMessage `json:"from"`
	To   json.RawMessage `json:"to"`
}

// Rivalled reports whether the state has the event although the
// events in With contradict it: what would change is said of these.
func (e *Pending) Rivalled() bool { return e.Taken && len(e.With) > 0 }

// Brief says in a line what is undecided: "perhaps in June 2019: S01 is launched".
func (e *Pending) Brief() string {
	how := ""
	switch {
	case e.Rivalled(), e.Taken:
		how = ", taken as true, but disputed"
	case e.Order:
		how = "; perhaps earlier than other events of its time"
	case len(e.Without) > 0:
		how = ", told differently: " + e.quoted(e.Without)
	case e.unknown:
		how = ", perhaps not known yet"
	default:
		how = ", perhaps not yet"
	}
	return e.Heading() + " [" + e.Event + "]" + how
}

// Heading says what is undecided, and when it was: "In June 2019: S01 is launched".
func (e *Pending) Heading() string { return Capital(words.In(e.When)) + ": " + e.What }

// quoted returns what other events say, with their names.
func (e *Pending) quoted(names []string) string {
	var all []string
	for _, name := range names {
		text := "[" + name + "]"
		if said := e.said[name]; said != "" {
			text = "“" + said + "” " + text
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// Lines says what would have to be for the event to be the other way, and what
// would change then.
func (e *Pending) Lines() []string {
	if e.Rivalled() {
		return []string{"taken as true; disputed by " + e.quoted(e.With)}
	}
	var lines []string
	if e.Taken {
		lines = append(lines, "taken as true; if it is not, as another event says otherwise:")
	}
	if e.Order {
		lines = append(lines, "has happened; if it came before what it shares its time with:")
	}
	if len(e.Without) > 0 {
		lines = append(lines, "if this is true, and not "+e.quoted(e.Without)+":")
	}
	if len(e.With) > 0 && e.unknown {
		lines = append(lines, "if it was known, and with it "+e.quoted(e.With)+":")
	} else if len(e.With) > 0 {
		lines = append(lines, "if it has happened, and with it "+e.quoted(e.With)+":")
	}
	for n := range e.Changes {
		lines = append(lines, e.Changes[n].Text(e.titles))
	}
	if len(e.Changes) == 0 {
		lines = append(lines, "would change nothing by itself")
	}
	return lines
}

// Text describes a change: "would add sales in Europe: since 2024".
func (c *Effect) Text(titles words.Titler) string {
	place, field := titles.Place(SplitPointer(c.Path)), fieldOf(c.Path)
	switch from, to := words.Value(field, c.From), words.Value(field, c.To); {
	case c.From == nil && to == "recorded":
		return "would add " + place
	case c.From == nil:
		return "would add " + place + ": " + to
	case c.To == nil:
		return "would remove " + place + ": " + from
	default:
		return "would change " + place + " from " + from + " to " + to
	}
}

// addUndecided lists the undecided events, by the states of what each has to do
// with, and then those whose order alone is undecided.
func (q *Question) addUndecided(r *Answer) {
	pending, listed := map[string]bool{}, map[string]bool{}
	var undecided []events.Event
	for e := range q.history.Pending(q.on) {
		undecided = append(undecided, e)
		pending[e.Label()] = true
	}
	seen := statesByEvents{}
	add := func(e events.Event, parts []string) {
		var alone []events.Event
		if pending[e.Label()] {
			alone = append(alone, e)
		}
		found, incomplete := q.undecidedAbout(alone, parts, seen)
		if incomplete {
			r.incomplete = append(r.incomplete, parts...)
			r.remark("More than %d states are possible that day of what has to do with %s; not all are looked at.", timeline.MaxWorlds, e.Label())
		}
		for _, p := range found {
			if listed[p.Event] || p.Order && pending[p.Event] {
				continue // it is listed by itself
			}
			listed[p.Event] = true
			p.titles, p.unknown = q.titles(), !p.Order && q.unknown(p.When, p.Known)
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

// undecidedAbout returns the undecided events, and those whose order is, by the
// states of some parts. It reports whether there were too many states.
func (q *Question) undecidedAbout(undecided []events.Event, parts []string, seen statesByEvents) (found []Pending, incomplete bool) {
	parts = wholeModels(parts)
	found, incomplete = q.pendingOf(undecided, about(q.history, parts...), seen)
	for n := range found {
		p := &found[n]
		models := events.ModelsOnPlatforms(q.history.At(q.on).State, platformsIn(p.Changes))
		if !slices.ContainsFunc(models, func(m string) bool { return !slices.Contains(parts, m) }) {
			continue
		}
		// The list of a platform's models rests on all of them.
		p.Changes = slices.DeleteFunc(p.Changes, func(c Effect) bool { return isPlatform(c.Path) })
		wider, _ := q.pendingOf(undecided, about(q.history, append(slices.Clip(parts), models...)...), seen)
		for _, w := range wider {
			if w.Event == p.Event {
				p.Changes = append(p.Changes, slices.DeleteFunc(w.Changes, func(c Effect) bool { return !isPlatform(c.Path) })...)
				slices.SortFunc(p.Changes, func(a, b Effect) int { return slices.Compare(SplitPointer(a.Path), SplitPointer(b.Path)) })
			}
		}
	}
	return found, incomplete
}

// wholeModels returns parts with all of each model instead of parts of it: whether a part
// is the first thing that is told of the model shows in what changes.
func wholeModels(parts []string) []string {
	var whole []string
	for _, part := range parts {
		if steps := strings.SplitN(part, "/", 3); steps[0] == "models" && len(steps) == 3 {
			part = steps[0] + "/" + steps[1]
		}
		if !slices.Contains(whole, part) {
			whole = append(whole, part)
		}
	}
	return whole
}

func isPlatform(path string) bool { return strings.HasPrefix(path, "/platforms/") }

// platformsIn returns the platforms whose lists of models change.
func platformsIn(effects []Effect) []string {
	var names []string
	for _, c := range effects {
		if isPlatform(c.Path) {
			names = append(names, SplitPointer(c.Path)[1])
		}
	}
	return names
}

// pendingOf returns the undecided events, and those whose order is, by the states
// of a history. They are the same on all days on which all of it is.
func (q *Question) pendingOf(undecided []events.Event, h *events.History, seen statesByEvents) (found []Pending, incomplete bool) {
	key := q.kept.keyOf(h, q.on, undecided)
	if found, ok := q.kept.get(key); ok {
		return found, false
	}
	states, ok := seen[key.events]
	if !ok {
		states = q.statesOf(h)
		seen[key.events] = states
	}
	found = q.pendingIn(undecided, states)
	if !states.incomplete {
		q.kept.put(key, found)
	}
	return found, states.incomplete
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

// pendingIn returns the undecided events, each with the nearest state in which
// it is the other way; then those whose order alone is undecided.
func (q *Question) pendingIn(undecided []events.Event, states *states) []Pending {
	var pending []Pending
	listed := map[string]bool{}
	for _, e := range undecided {
		p := q.newPending(e)
		is := func(f events.Event) bool { return f.ID == e.ID }
		for s := range states.nearestFirst() {
			if p.Taken = slices.ContainsFunc(s.without, is); p.Taken || slices.ContainsFunc(s.with, is) {
				p.With, p.Without = labels(s.with, e), labels(s.without, e)
				p.said = q.sayings(slices.Concat(s.with, s.without))
				p.Changes = differences(states.having(p.With), s.text)
				break
			}
		}
		listed[p.Event] = true
		pending = append(pending, p)
	}
	for s := range states.nearestFirst() {
		if s.farther(1) {
			break
		}
		if len(s.with) != 1 || len(s.without) > 0 || listed[s.with[0].Label()] {
			continue
		}
		p := q.newPending(s.with[0])
		p.Order, p.Changes = true, differences(states.baseline, s.text)
		listed[p.Event] = true
		pending = append(pending, p)
	}
	return pending
}

func (q *Question) newPending(e events.Event) Pending {
	return Pending{EventRef: q.refOf(e), With: []string{}, Without: []string{}, Changes: []Effect{}}
}

// maxSaying is how many letters are quoted of what another event says; its name leads
// to the rest.
const maxSaying = 120

// unknown reports whether what happened by the day was perhaps not known by the day of knowledge.
func (q *Question) unknown(when, known edtf.Date) bool {
	return q.known != nil && when.Latest() <= q.on && known.Latest() > *q.known
}

// sayings returns what each of some events says, by its name.
func (q *Question) sayings(list []events.Event) map[string]string {
	said := map[string]string{}
	for _, e := range list {
		what := []rune(q.refOf(e).What)
		if len(what) > maxSaying {
			what = append(what[:maxSaying], '…')
		}
		said[e.Label()] = string(what)
	}
	return said
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
