package terminal

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// writers write an answer in the forms that it has, by their names.
type writers map[string]func(w io.Writer) error

// The names of the forms that every answer has, and of all others.
const (
	formText     = "text"
	formJSON     = "json"
	formMarkdown = "md"
)

var formNames = []string{formText, formJSON, formMarkdown, "csv", "ics", "atom", "jsonl", "mermaid", "bods"}

// eventForms are those of a list of events with a title.
func eventForms(q *answer.Question, title string, list []answer.Listed) writers {
	entries := answer.Entries(list, q.On())
	return writers{
		"csv":  func(w io.Writer) error { return export.CSV(w, entries, q.On()) },
		"ics":  func(w io.Writer) error { return export.ICalendar(w, title, entries) },
		"atom": func(w io.Writer) error { return export.Atom(w, q.Feed(title, list)) },
	}
}

// stateForms are those of the state on a day, and of the history that it is of.
func stateForms(q *answer.Question) writers {
	all := eventForms(q, q.Title(true), q.Events().Events)
	all["csv"] = q.StateCSV
	all["jsonl"], all["mermaid"], all["bods"] = q.JSONL, q.Mermaid, q.BODS
	return all
}

// forms are those of a section, whose rows are as it is printed.
func (s *section) forms(q *answer.Question, a *answer.Answer, narrowed []string) writers {
	all := writers{"csv": func(w io.Writer) error {
		rows, err := s.rowsWith(a, narrowed)
		if err != nil {
			return err
		}
		return export.Rows(w, rows)
	}}
	if s.name == "owners" && len(narrowed) == 0 {
		all["bods"] = q.BODS
	}
	return all
}

// periodForms are those of the values at a place over time.
func periodForms(q *answer.Question, place string) writers {
	return writers{"csv": func(w io.Writer) error { return q.PeriodsCSV(w, place) }}
}

// storyEvents returns the events of a story as a list.
func storyEvents(q *answer.Question, s *answer.Story) []answer.Listed {
	told := map[string]bool{}
	for _, t := range slices.Concat(s.Happened, s.Learned) {
		told[t.Event] = true
	}
	return slices.DeleteFunc(q.Events().Events, func(e answer.Listed) bool { return !told[e.Event] })
}

// elsewhere says what has a form that an answer lacks.
var elsewhere = map[string]string{
	"ics": "; events, search and since have that", "atom": "; events, search, since and changes have that",
	"jsonl": "; the state and events have that", "mermaid": "; the state has that: asof -form mermaid", "bods": "; the state and owners have that",
}

// writeForm writes the answer in the form that is asked for.
func (a *answered) writeForm(name string, w io.Writer) error {
	write := a.forms[name]
	if write == nil {
		there := append([]string{formText, formJSON, formMarkdown}, slices.Sorted(maps.Keys(a.forms))...)
		return fmt.Errorf("this has no form %q; it has %s%s", name, strings.Join(there, ", "), elsewhere[name])
	}
	return write(w)
}
