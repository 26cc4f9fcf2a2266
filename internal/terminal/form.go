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

// eventForms are those of a list of events.
func eventForms(q *answer.Question, list []answer.Listed) writers {
	entries := answer.Entries(list, q.On())
	return writers{
		"csv":  func(w io.Writer) error { return export.CSV(w, entries, q.On()) },
		"ics":  func(w io.Writer) error { return export.ICalendar(w, q.Title(true), entries) },
		"atom": func(w io.Writer) error { return export.Atom(w, q.Feed(list)) },
	}
}

// stateForms are those of the state on a day, and of the history that it is of.
func stateForms(q *answer.Question) writers {
	all := eventForms(q, q.Events().Events)
	all["csv"] = q.StateCSV
	all["jsonl"], all["mermaid"], all["bods"] = q.JSONL, q.Mermaid, q.BODS
	return all
}

// periodForms are those of the values at a place over time.
func periodForms(q *answer.Question, place string) writers {
	return writers{"csv": func(w io.Writer) error {
		periods, err := q.Periods(place)
		if err != nil {
			return err
		}
		return export.Periods(w, periods)
	}}
}

// storyEvents returns the events of a story as a list.
func storyEvents(q *answer.Question, s *answer.Story) []answer.Listed {
	told := map[string]bool{}
	for _, t := range slices.Concat(s.Happened, s.Learned) {
		told[t.Event] = true
	}
	return slices.DeleteFunc(q.Events().Events, func(e answer.Listed) bool { return !told[e.Event] })
}

// write writes the answer in the form that is asked for.
func (a *answered) writeForm(name string, w io.Writer) error {
	write := a.forms[name]
	if write == nil {
		there := append([]string{formText, formJSON, formMarkdown}, slices.Sorted(maps.Keys(a.forms))...)
		return fmt.Errorf("this has no form %q; it has %s", name, strings.Join(there, ", "))
	}
	return write(w)
}
