package seeds

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Load reads a history file. Name is what faults call it. A history of several files has
// to be read with [LoadFS] or [LoadFile]. The error is a [Faults] if the file has faults, or
// that of r.
func Load(r io.Reader, name string) (*File, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("seeds: reading %s: %w", name, err)
	}
	return load(text, name, nil)
}

// LoadFS reads the history file with the given name in fsys, and the files that it names.
// The error is a [Faults] if one of them has faults, or says which cannot be read.
func LoadFS(fsys fs.FS, name string) (*File, error) {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("seeds: %w", err)
	}
	return load(text, path.Base(name), func(part string) ([]byte, error) {
		return fs.ReadFile(fsys, path.Join(path.Dir(name), part))
	})
}

// LoadFile reads the history file at a path of the operating system, as LoadFS does.
func LoadFile(name string) (*File, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return load(text, filepath.Base(name), func(part string) ([]byte, error) {
		return fs.ReadFile(os.DirFS(filepath.Dir(name)), part)
	})
}

// load reads the text of a history file, and with read the files that it names.
func load(text []byte, name string, read func(string) ([]byte, error)) (*File, error) {
	l := &loader{}
	if l.open(name, text) {
		l.openParts(read)
	}
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	l.checkForms()
	l.checkEvents(l.checkSources())
	l.checkPlans()
	l.checkRivals()
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	file := l.build(l.decode())
	if len(l.faults) > 0 {
		return nil, l.sorted()
	}
	return file, nil
}

// A loader reads the files of a history and collects what is wrong with them.
type loader struct {
	documents []*document // the history file, then those that it names
	in        *document   // the one that is looked at
	faults    Faults
	suggested int // how often a name was looked for that may have been meant
}

func (l *loader) fault(n *jsontree.Node, format string, args ...any) {
	l.faultAt(n.Offset, n.Pointer, fmt.Sprintf(format, args...))
}

func (l *loader) faultAt(offset int, pointer, reason string) {
	line, column := l.in.positions.At(offset)
	l.faults = append(l.faults, Fault{l.in.name, line, column, pointer, reason})
}

// sorted returns the faults in the order of the files.
func (l *loader) sorted() Faults {
	order := map[string]int{}
	for n, d := range l.documents {
		order[d.name] = n
	}
	slices.SortStableFunc(l.faults, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(order[a.File], order[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.faults
}

// checkForms reports what is not of the form of its file.
func (l *loader) checkForms() {
	form := reflect.TypeFor[HistoryForm]()
	for _, l.in = range l.documents {
		checkType(l.in.root, form, l.fault)
		if n := l.in.root.Get("format"); n != nil && string(n.Raw) != fmt.Sprint(Format) {
			l.fault(n, "format %s is not one that can be read; this is %d", n.Raw, Format)
		}
		if n := l.in.root.Get("horizon"); n != nil {
			l.checkWindow(n)
		}
		for _, source := range l.in.root.List("sources") {
			if n := source.Get("horizon"); n != nil {
				l.checkWindow(n)
			}
		}
		form = reflect.TypeFor[PartForm]()
	}
}

// checkWindow reports a span where one day is meant.
func (l *loader) checkWindow(n *jsontree.Node) {
	if d, err := edtf.Parse(n.Text()); err == nil && d.Kind() == edtf.Span {
		l.fault(n, "%v is a span; for one day out of a range write [a..b]", d)
	}
}

func (l *loader) checkSources() *nameSet {
	return l.unique("sources", "key", "source")
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

// unique reports values under name in lists that stand twice, and returns them all.
func (l *loader) unique(list, name, what string) *nameSet {
	seen := &nameSet{has: map[string]bool{}}
	for n := range l.each(list) {
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

func (l *loader) checkEvents(sources *nameSet) {
	slugs := l.unique("events", "slug", "slug")
	for n := range l.each("events") {
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
			l.checkRefs(n.List(name), n.Get("slug").Text(), slugs)
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

func (l *loader) checkRefs(refs []*jsontree.Node, own string, slugs *nameSet) {
	for _, ref := range refs {
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
	p, ok := events.PrototypeOf(name.Text())
	if !ok {
		l.unknownType(name)
		return
	}
	if version != nil && string(version.Raw) != fmt.Sprint(events.TypeOf(p).Version) {
		l.fault(version, "version %s of %s is not one that can be read; this is %d", version.Raw, name.Text(), events.TypeOf(p).Version)
	}
	if data != nil {
		checkType(data, reflect.TypeOf(p), l.fault)
	}
}

// unknownType reports a type of event that there is not, with what may have been meant or
// else with the types for what no other fits.
func (l *loader) unknownType(name *jsontree.Node) {
	hint := suggest(name.Text(), events.TypeNames())
	if hint == "" {
		hint = "; for what no type fits there is fact.began"
	}
	l.fault(name, "there is no event type %q%s", name.Text(), hint)
}
