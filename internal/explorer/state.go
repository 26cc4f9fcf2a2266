package explorer

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
)

// A section is a part of the state.
type section struct {
	Title   string
	ID      string
	Lead    string // what matters of it, in a sentence
	Entries []*entry
	More    int // entries that are left out
}

// An entry is something in a section, with what is said of it.
type entry struct {
	Name     string // empty if the section is about one thing
	Path     string
	Why      string // where it is explained
	Fields   []*field
	Possible bool // it is only possible that there is any of it
}

// A field is one value.
type field struct {
	Label, Text string
	Path        string
	Why         string
	Options     []option // what it may be in place of Text
	Possible    bool     // it is only possible that it is there
	Changed     bool     // since the day compared with
	Was         string   // what it was, or will be then, if that is known of this very value
	Short       bool     // it is not broken into lines
}

// An option is another value, and the event that decides about it.
type option struct {
	Text  string
	Event string
	What  string // what the event says
	Link  string
}

// A stateBuilder makes sections of a state in JSON.
type stateBuilder struct {
	view     *view
	changed  changedPaths
	options  map[string][]option // by pointer
	sections map[string]*section
	entries  map[string]*entry
}

// sectionsOf returns the state of an answer to be shown.
func (v *view) sectionsOf(a *answer.Answer, changed changedPaths) []*section {
	b := &stateBuilder{view: v, changed: changed, options: map[string][]option{}, sections: map[string]*section{}, entries: map[string]*entry{}}
	var possible []possibleValue
	for n := range a.Pending {
		possible = append(possible, b.addOptions(&a.Pending[n])...)
	}
	b.walk("", answer.Decoded(a.State), nil)
	for n := range possible {
		b.walk(possible[n].path, possible[n].value, &possible[n].by)
	}
	var all []*section
	for _, t := range titles {
		if s := b.sections[t.key]; s != nil && t.key == "context" {
			s.byTime(a.State.Context)
		}
		if s := b.sections[t.key]; s != nil && s.narrow(v.search) {
			if v.search == "" {
				s.Lead = cut(a.Lead(t.key), maxValue)
			}
			all = append(all, s)
		}
	}
	return all
}

// maxEntries is how many entries of a section are shown.
const maxEntries = 100

// narrow leaves the entries in which the words occur, as many as are shown, and
// reports whether there are any.
func (s *section) narrow(words string) bool {
	if words != "" {
		s.Entries = slices.DeleteFunc(s.Entries, func(e *entry) bool { return !e.matches(words) })
	}
	s.More = max(len(s.Entries)-maxEntries, 0)
	s.Entries = s.Entries[:len(s.Entries)-s.More]
	return len(s.Entries) > 0
}

// matches reports whether each of the words occurs in what is shown of e.
func (e *entry) matches(words string) bool {
	text := e.Name + " " + e.Path
	for _, f := range e.Fields {
		text += " " + f.Label + " " + f.Text
		for _, o := range f.Options {
			text += " " + o.Text + " " + o.Event + " " + o.What
		}
	}
	return hasAll(text, words)
}

// hasAll reports whether each of the words occurs in a text, whatever the case.
func hasAll(text, words string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(word string) bool { return !strings.Contains(text, word) })
}

// A possibleValue is one that the state does not have, but may, by what an event
// decides.
type possibleValue struct {
	path  string
	value any
	by    option
}

// addOptions remembers what an undecided event would change, and returns what it
// would add.
func (b *stateBuilder) addOptions(p *answer.Pending) []possibleValue {
	var added []possibleValue
	if p.Rivalled() {
		return nil // the event that says otherwise has the same
	}
	for _, c := range p.Changes {
		o := option{Text: b.worded(c.Path, c.To), Event: p.Event, What: cut(p.What, maxSaying), Link: eventLink(p.Event)}
		b.options[c.Path] = append(b.options[c.Path], o)
		if c.From == nil {
			var value any
			_ = json.Unmarshal(c.To, &value)
			added = append(added, possibleValue{c.Path, value, o})
		}
	}
	return added
}

// walk adds the value at a path: an object field by field, anything else as a
// field of the entry that the path leads into. What is only possible comes with
// what decides it.
func (b *stateBuilder) walk(path string, value any, by *option) {
	depth := strings.Count(path, "/")
	members, isObject := value.(map[string]any)
	if isObject && (len(members) > 0 || depth < 2) && !b.isLeaf(path) {
		if depth == 2 && !single(path) || depth == 1 && single(path) {
			b.entry(path, by != nil)
		}
		for _, name := range slices.SortedFunc(maps.Keys(members), words.CompareFields) {
			b.walk(path+"/"+jsontree.Escape(name), members[name], by)
		}
		return
	}
	if depth == 0 {
		return
	}
	e := b.entry(path, by != nil)
	name, isText := value.(string)
	isName := isText && name != "" && names[strings.TrimPrefix(path, e.Path)]
	if isName {
		e.Name = name
	}
	f := b.field(e, path, value, by != nil)
	if isName && by == nil && !f.Changed && len(f.Options) == 0 {
		return // it stands over the entry
	}
	if n := slices.IndexFunc(e.Fields, func(g *field) bool { return by != nil && g.Path == path }); n >= 0 {
		e.Fields[n].or(f.Text, *by)
		return
	}
	e.Fields = append(e.Fields, f)
}

// or adds that f may be something else instead, by what an event decides.
func (f *field) or(text string, by option) {
	if text != f.Text && !slices.ContainsFunc(f.Options, func(o option) bool { return o.Text == text }) {
		by.Text = text
		f.Options = append(f.Options, by)
	}
}

// names are the fields by which a reader knows an entry better than by its key.
var names = map[string]bool{"/title": true, "/partner": true, "/with": true}

// isLeaf reports whether the value at a path is shown in one piece.
func (b *stateBuilder) isLeaf(path string) bool { return strings.Count(path, "/") >= 5 }

// single reports whether the section of a path is about one thing.
func single(path string) bool {
	return slices.Contains([]string{"company", "brand", "components"}, answer.SplitPointer(path)[0])
}

// entry returns the entry that a path leads to or into; it is made if there is
// none.
func (b *stateBuilder) entry(path string, possible bool) *entry {
	way := answer.SplitPointer(path)
	name, at := "", "/"+jsontree.Escape(way[0])
	if !single(path) && len(way) > 1 {
		name, at = way[1], at+"/"+jsontree.Escape(way[1])
	}
	if e := b.entries[at]; e != nil {
		return e
	}
	s := b.sections[way[0]]
	if s == nil {
		s = &section{ID: "state-" + way[0], Title: way[0]}
		for _, t := range titles {
			if t.key == way[0] {
				s.Title = t.title
			}
		}
		b.sections[way[0]] = s
	}
	if slices.Contains([]string{"capital", "context", "deliveries", "figures"}, way[0]) {
		name = "" // it is only the name of the event
	}
	e := &entry{Name: name, Path: at, Why: whyLink(at), Possible: possible}
	b.entries[at] = e
	s.Entries = append(s.Entries, e)
	return e
}

// field returns the value at a path, as it is shown.
func (b *stateBuilder) field(e *entry, path string, value any, possible bool) *field {
	raw, _ := json.Marshal(value)
	f := &field{
		Label: label(strings.TrimPrefix(path, e.Path)), Text: b.worded(path, raw), Path: path, Why: whyLink(path),
		Possible: possible && (!e.Possible || e.Name == ""),
	}
	f.Short = len(f.Text) <= 16
	if !possible {
		f.Options = b.optionsOf(path)
	}
	f.Changed, f.Was = b.changed.touch(path), b.changed.was[path]
	return f
}

// A changedPaths is the pointers of what differs from the position compared
// with.
type changedPaths struct {
	was   map[string]string // what there was at each
	above map[string]bool
}

func newChangedPaths(all *changes) changedPaths {
	c := changedPaths{all.was, map[string]bool{}}
	for path := range all.was {
		for above := range pathsAbove(path) {
			c.above[above] = true
		}
	}
	return c
}

// touch reports whether the value at a path differs, or is part of what does, or
// has a part that does.
func (c changedPaths) touch(path string) bool {
	if c.was[path] != "" || c.above[path] {
		return true
	}
	for above := range pathsAbove(path) {
		if c.was[above] != "" {
			return true
		}
	}
	return false
}

// pathsAbove returns the pointers that lead to a path, the nearest first.
func pathsAbove(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for n := strings.LastIndexByte(path, '/'); n > 0 && yield(path[:n]); {
			n = strings.LastIndexByte(path[:n], '/')
		}
	}
}

// maxValue is how many characters of a value are shown.
const maxValue = 2000

// maxSaying is how many characters are shown of an event that decides about a value:
// its link has the rest.
const maxSaying = 80

// worded returns the value of a field in English.
func worded(field string, raw json.RawMessage) string {
	text := words.Value(field, raw)
	if text == "" {
		return "named" // there is no more to say of it
	}
	return cut(text, maxValue)
}

// cut returns a text, or its first letters if it has more of them.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

// worded returns the value at a path in English. What names an event says what the event
// does.
func (b *stateBuilder) worded(path string, raw json.RawMessage) string {
	text := worded(lastStep(path), raw)
	if slices.ContainsFunc(answer.SplitPointer(path), func(step string) bool { return byEvents[step] }) {
		if e, ok := b.view.ed.find(text); ok {
			return cut(b.view.ed.RefOf(e).What, maxSaying)
		}
	}
	return text
}

// byEvents are the fields of a state that hold names of events.
var byEvents = map[string]bool{"doneBy": true, "droppedBy": true, "fulfilledBy": true}

// lastStep returns the field that a pointer leads to.
func lastStep(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// optionsOf returns what the value at a path may be instead; an entry that may be
// missing as a whole makes each of its values missing.
func (b *stateBuilder) optionsOf(path string) []option {
	all := b.options[path]
	for above := range pathsAbove(path) {
		for _, o := range b.options[above] {
			if o.Text == words.Nothing {
				all = append(all, o)
			}
		}
	}
	return all
}

// label returns a path within an entry in words: "T03 started".
func label(path string) string { return words.Path(answer.SplitPointer(path)) }
