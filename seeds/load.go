package seeds

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"slices"
	"sort"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// A File is a history as a file has it: the timeline, and where it comes from.
type File struct {
	Title     string
	Namespace uuid.UUID // in which the slugs of events become IDs
	Sources   []Source
	Timeline  *events.History
}

// A Source is something that events cite.
type Source struct {
	Key       string    `json:"key"` // the name by which events cite it
	Title     string    `json:"title"`
	Publisher string    `json:"publisher,omitzero"`
	Address   string    `json:"address,omitzero"`
	Licence   string    `json:"licence,omitzero"`
	Published edtf.Date `json:"published,omitzero"`
	Retrieved edtf.Date `json:"retrieved,omitzero"`
}

// EventID returns the ID of the event with the given slug.
func (f *File) EventID(slug string) uuid.UUID { return uuid.NewSHA1(f.Namespace, []byte(slug)) }

// HistoryForm is the form of a history file. Its fields, and those of the
// payloads in package events, are what history.schema.json describes.
type HistoryForm struct {
	Schema    string             `json:"$schema,omitzero"` // for editors
	Format    int                `json:"format"`           // the number of this form
	Title     string             `json:"title"`
	Namespace string             `json:"namespace"`        // an address that is the history's own; it is never opened
	Horizon   edtf.Date          `json:"horizon,omitzero"` // the last day that the sources cover
	Silent    []timeline.Silence `json:"silent,omitzero"`  // what they leave out
	Sources   []Source           `json:"sources"`
	Events    []EventForm        `json:"events"`
}

// EventForm is an event of a history file. Without type, version and data it
// retracts what it replaces.
type EventForm struct {
	Slug     string              `json:"slug"` // its readable name: small letters, digits and hyphens
	Type     string              `json:"type,omitzero"`
	Version  int                 `json:"version,omitzero"`
	When     edtf.Date           `json:"when"`           // a window or a one-of set
	Known    edtf.Date           `json:"known,omitzero"` // likewise; the window of when if left out
	Data     json.RawMessage     `json:"data,omitzero"`
	Cites    []timeline.Citation `json:"cites"`
	Replaces []string            `json:"replaces,omitzero"`
	After    []string            `json:"after,omitzero"`
	Rival    string              `json:"rival,omitzero"`
	Rank     timeline.Rank       `json:"rank,omitzero"`
	Note     string              `json:"note,omitzero"`
}

// Format is the number of the file form that this package reads.
const Format = 1

// Load reads a history file. Name is what faults call it. The error is a
// [Faults] if the file has faults.
func Load(r io.Reader, name string) (*File, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("seeds: reading %s: %w", name, err)
	}
	return parse(text, name)
}

// LoadFS reads the history file with the given name in fsys. The error is a
// [Faults] if the file has faults.
func LoadFS(fsys fs.FS, name string) (*File, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	return parse(text, path.Base(name))
}

func parse(text []byte, name string) (*File, error) {
	l := &loader{name: name, positions: jsontree.NewPositions(text)}
	root, err := jsontree.Parse(text)
	if err != nil {
		var e *jsontree.Error
		errors.As(err, &e)
		l.faultAt(e.Offset, e.Pointer, e.Reason)
		return nil, l.faults
	}
	l.root = root
	checkType(root, reflect.TypeFor[HistoryForm](), l.fault)
	l.checkFormat()
	l.checkSources()
	l.checkEvents()
	l.checkPlans()
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	var form HistoryForm
	if err := json.Unmarshal(text, &form); err != nil {
		l.fault(root, "%v", err)
		return nil, l.faults
	}
	file := l.build(&form)
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	return file, nil
}

// A loader reads one file and collects what is wrong with it.
type loader struct {
	name      string
	positions *jsontree.Positions
	root      *jsontree.Node
	faults    Faults
	suggested int // how often a name was looked for that may have been meant
}

func (l *loader) fault(n *jsontree.Node, format string, args ...any) {
	l.faultAt(n.Offset, n.Pointer, fmt.Sprintf(format, args...))
}

func (l *loader) faultAt(offset int, pointer, reason string) {
	line, column := l.positions.At(offset)
	l.faults = append(l.faults, Fault{l.name, line, column, pointer, reason})
}

func (l *loader) sorted() Faults {
	slices.SortStableFunc(l.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.faults
}

func (l *loader) checkFormat() {
	if n := l.root.Get("format"); n != nil && string(n.Raw) != fmt.Sprint(Format) {
		l.fault(n, "format %s is not one that can be read; this is %d", n.Raw, Format)
	}
	if n := l.root.Get("horizon"); n != nil {
		l.checkWindow(n)
	}
}

// checkWindow reports a span where one day is meant.
func (l *loader) checkWindow(n *jsontree.Node) {
	if d, err := edtf.Parse(n.Text()); err == nil && d.Kind() == edtf.Span {
		l.fault(n, "%v is a span; for one day out of a range write [a..b]", d)
	}
}

func (l *loader) checkSources() {
	if n := l.root.Get("sources"); n != nil {
		l.unique(n.Items, "key", "source")
	}
}

// A nameSet is names in order, and for looking them up.
type nameSet struct {
	list []string
	has  map[string]bool
}

func (s *nameSet) add(name string) {
	s.list = append(s.list, name)
	s.has[name] = true
}

// unique reports values under name that stand twice, and returns them all.
func (l *loader) unique(nodes []*jsontree.Node, name, what string) *nameSet {
	seen := &nameSet{has: map[string]bool{}}
	for _, n := range nodes {
		v := n.Get(name)
		if v.Text() == "" {
			continue
		}
		if seen.has[v.Text()] {
			l.fault(v, "there is a %s %q already", what, v.Text())
		}
		seen.add(v.Text())
	}
	return seen
}

var slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (l *loader) checkEvents() {
	list := l.root.Get("events")
	if list == nil {
		return
	}
	slugs := l.unique(list.Items, "slug", "slug")
	sources := &nameSet{has: map[string]bool{}}
	if n := l.root.Get("sources"); n != nil {
		for _, s := range n.Items {
			sources.add(s.Get("key").Text())
		}
	}
	for _, n := range list.Items {
		if !n.Is("{") {
			continue // reported already
		}
		if slug := n.Get("slug"); slug.Text() != "" && !slugForm.MatchString(slug.Text()) {
			l.fault(slug, "a slug is small letters, digits and hyphens, not %q", slug.Text())
		}
		for _, name := range []string{"when", "known"} {
			if d := n.Get(name); d != nil {
				l.checkWindow(d)
			}
		}
		l.checkCites(n, sources)
		for _, name := range []string{"replaces", "after"} {
			l.checkRefs(n.Get(name), n.Get("slug").Text(), slugs)
		}
		l.checkPayload(n)
	}
}

func (l *loader) checkCites(event *jsontree.Node, sources *nameSet) {
	cites := event.Get("cites")
	if cites == nil {
		return
	}
	if cites.Is("[") && len(cites.Items) == 0 {
		l.fault(cites, "an event needs a citation")
	}
	for _, c := range cites.Items {
		s := c.Get("source")
		if s.Text() != "" && !sources.has[s.Text()] {
			l.fault(s, "there is no source %q%s", s.Text(), l.suggest(s.Text(), sources))
		}
		for _, name := range []string{"paragraph", "sentence"} {
			if n := c.Get(name); n != nil && n.Is("-0") {
				l.fault(n, "a %s is counted from 1", name)
			}
		}
	}
}

// maxSuggested bounds how often names are looked for that may have been meant:
// what is wrong a thousand times is no slip.
const maxSuggested = 100

// suggest is suggest for the first faults of a file.
func (l *loader) suggest(name string, names *nameSet) string {
	if l.suggested++; l.suggested > maxSuggested {
		return ""
	}
	return suggest(name, names.list)
}

func (l *loader) checkRefs(refs *jsontree.Node, own string, slugs *nameSet) {
	if refs == nil {
		return
	}
	for _, ref := range refs.Items {
		switch name := ref.Text(); {
		case name == "":
		case name == own:
			l.fault(ref, "an event cannot name itself")
		case !slugs.has[name]:
			l.fault(ref, "there is no event %q%s", name, l.suggest(name, slugs))
		}
	}
}

func (l *loader) checkPayload(event *jsontree.Node) {
	name, version, data := event.Get("type"), event.Get("version"), event.Get("data")
	if name == nil && version == nil && data == nil && event.Get("replaces") != nil {
		return // a retraction
	}
	for _, part := range []struct {
		name string
		node *jsontree.Node
	}{{"type", name}, {"version", version}, {"data", data}} {
		if part.node == nil {
			l.fault(event, "%q is missing", part.name)
		}
	}
	if name.Text() == "" {
		return
	}
	var names []string
	for _, p := range events.Prototypes() {
		if names = append(names, p.Type().Name); p.Type().Name != name.Text() {
			continue
		}
		if version != nil && string(version.Raw) != fmt.Sprint(p.Type().Version) {
			l.fault(version, "version %s of %s is not one that can be read; this is %d", version.Raw, name.Text(), p.Type().Version)
		}
		if data != nil {
			checkType(data, reflect.TypeOf(p), l.fault)
		}
		return
	}
	l.fault(name, "there is no event type %q%s", name.Text(), suggest(name.Text(), names))
}

// build makes the timeline of a form that has no faults of its own.
func (l *loader) build(form *HistoryForm) *File {
	file := &File{
		Title:     form.Title,
		Namespace: uuid.NewSHA1(uuid.NameSpaceURL, []byte(form.Namespace)),
		Sources:   form.Sources,
	}
	place := map[uuid.UUID]*jsontree.Node{}
	all := make([]events.Event, len(form.Events))
	for i := range form.Events {
		node := l.root.Get("events").Items[i]
		e, err := file.event(&form.Events[i], i)
		if err != nil {
			l.fault(node, "%v", err)
		}
		all[i], place[e.ID] = e, node
	}
	if len(l.faults) > 0 {
		return nil
	}
	history := l.history(all, place)
	if len(l.faults) > 0 {
		return nil
	}
	file.Timeline = history.Covering(timeline.Coverage{Horizon: form.Horizon, Silent: form.Silent})
	return file
}

// history makes the timeline of events, and reports what it refuses at the places
// of the events.
func (l *loader) history(all []events.Event, place map[uuid.UUID]*jsontree.Node) *events.History {
	history, err := timeline.New(events.Fold, all...)
	var faults timeline.Faults
	var refused *timeline.FoldError
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			l.fault(place[f.ID], "%v", f.Err)
		}
	case errors.As(err, &refused):
		l.reportRefused(all, place)
	case err != nil:
		l.fault(l.root, "%v", err)
	}
	return history
}

// reportRefused reports every event that the fold refuses. One that is refused
// changes nothing, so that the others can be looked at.
func (l *loader) reportRefused(all []events.Event, place map[uuid.UUID]*jsontree.Node) {
	type refusal struct {
		event  events.Event
		reason error
	}
	var refused []refusal
	history, err := timeline.New(func(c events.Company, e events.Event) (events.Company, error) {
		next, err := events.Fold(c, e)
		if err != nil {
			refused = append(refused, refusal{e, err})
			return c, nil
		}
		return next, nil
	}, all...)
	if err != nil {
		l.fault(l.root, "%v", err) // nothing is refused
	}
	for _, r := range refused {
		l.fault(place[r.event.ID], "%s, on %v: %v", r.event.Name, foldedOn(history, r.event), r.reason)
	}
}

// foldedOn returns the day on which the baseline has an event: the first by which
// it has happened for certain or, if another may be true in its place, the last of
// its window.
func foldedOn(h *events.History, e events.Event) edtf.Day {
	first, last := e.When.Bounds()
	days := int(int64(last) - int64(first))
	n := sort.Search(days, func(n int) bool { return h.Happened(e.ID, first+edtf.Day(n)) == edtf.Certain })
	return first + edtf.Day(n)
}

// event makes the event of a form; n is its place in the file.
func (f *File) event(form *EventForm, n int) (events.Event, error) {
	e := events.Event{
		ID: f.EventID(form.Slug), Name: form.Slug, Seq: int64(n) + 1,
		When: form.When, Known: form.Known, Note: form.Note,
		Rival: form.Rival, Rank: form.Rank, Cites: form.Cites,
	}
	for _, slug := range form.Replaces {
		e.Replaces = append(e.Replaces, f.EventID(slug))
	}
	for _, slug := range form.After {
		e.After = append(e.After, f.EventID(slug))
	}
	if form.Type == "" {
		e.Retraction = true
		return e, nil
	}
	var err error
	e.Data, err = events.Codec().Decode(eventlog.Stored{Type: form.Type, Version: form.Version, Data: form.Data})
	return e, err
}
