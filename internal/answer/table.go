package answer

import (
	"encoding/csv"
	"io"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// CSV writes events as a table with a line of titles, in UTF-8: name, type, the first and
// the last day on which each may have happened (empty if there is none), its date in
// English and as EDTF, when it was known, what happened, whether it had by the day asked
// about, the sources by key, and the note. A cell that a spreadsheet would take for a formula
// begins with an apostrophe. The error is that of w.
func CSV(w io.Writer, events []Listed, on edtf.Day) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{"event", "type", "first day", "last day", "when", "edtf", "known", "what", "by " + on.String(), "sources", "note"})
	for n := range events {
		e := &events[n]
		first, last := e.When.Bounds()
		row := []string{e.Event, e.Type, dayCell(first), dayCell(last), e.When.English(), e.When.String(), e.Known.English(), e.What, e.Had(on), sourcesOf(e), e.Note}
		for m, cell := range row {
			row[m] = noFormula(cell)
		}
		_ = table.Write(row) // Error says
	}
	table.Flush()
	return table.Error()
}

// dayCell returns a day as text, and nothing for the ends of time.
func dayCell(day edtf.Day) string {
	if day < edtf.MinDay || day > edtf.MaxDay {
		return ""
	}
	return day.String()
}

// sourcesOf returns the keys of the sources of an event, each once.
func sourcesOf(e *Listed) string {
	var keys []string
	seen := map[string]bool{}
	for _, c := range e.Cites {
		if !seen[c.Source] {
			seen[c.Source] = true
			keys = append(keys, c.Source)
		}
	}
	return strings.Join(keys, ", ")
}

func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
