package seeds

import (
	"encoding/json"
	"errors"
	"io/fs"
	"iter"

	"github.com/leapmotor-timeline/leapmotor/internal/jsontree"
)

// A document is one file of a history.
type document struct {
	name      string
	text      []byte
	positions *jsontree.Positions
	root      *jsontree.Node
}

// open adds a file, and reports whether it is JSON.
func (l *loader) open(name string, text []byte) bool {
	root, err := jsontree.Parse(text)
	l.in = &document{name, text, jsontree.NewPositions(text), root}
	l.documents = append(l.documents, l.in)
	if err != nil {
		var e *jsontree.Error
		errors.As(err, &e)
		l.faultAt(e.Offset, e.Pointer, e.Reason)
	}
	return err == nil
}

// openParts adds the files that the history file names. Without read that is a fault.
func (l *loader) openParts(read func(string) ([]byte, error)) {
	history := l.in
	seen := map[string]bool{history.name: true}
	for _, n := range history.root.List("files") {
		name := n.Text()
		l.in = history
		switch {
		case name == "": // reported later
		case !fs.ValidPath(name):
			l.fault(n, "%q is no file in the folder of this one or below; it is written like parts/models.json", name)
		case seen[name]:
			l.fault(n, "%q is there already", name)
		case read == nil:
			l.fault(n, "a history of several files cannot be read from a stream")
			return
		default:
			l.openPart(n, name, read)
		}
		seen[name] = true
	}
	l.in = history
}

func (l *loader) openPart(n *jsontree.Node, name string, read func(string) ([]byte, error)) {
	text, err := read(name)
	var at *fs.PathError
	switch {
	case errors.As(err, &at):
		l.fault(n, "%q cannot be read: %v", name, at.Err)
	case err != nil:
		l.fault(n, "%q cannot be read: %v", name, err)
	default:
		l.open(name, text)
	}
}

// each returns the items of a list of all files. The file of an item is the one that is
// looked at.
func (l *loader) each(list string) iter.Seq[*jsontree.Node] {
	return func(yield func(*jsontree.Node) bool) {
		for _, l.in = range l.documents {
			for _, n := range l.in.root.List(list) {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// decode returns the form of the history, with all that its files have.
func (l *loader) decode() *HistoryForm {
	var form HistoryForm
	for n, d := range l.documents {
		var part PartForm
		var err error
		if n == 0 {
			err = json.Unmarshal(d.text, &form)
		} else {
			err = json.Unmarshal(d.text, &part)
		}
		if l.in = d; err != nil {
			l.fault(d.root, "%v", err)
		}
		form.Sources = append(form.Sources, part.Sources...)
		form.Events = append(form.Events, part.Events...)
	}
	return &form
}
