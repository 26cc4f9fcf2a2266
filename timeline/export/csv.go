package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// CSV writes events as a table with a line of titles, in UTF-8: name, type, the first and
// the last day on which each may have happened (empty if there is none), its date in
// English and as EDTF, when it was known, what happened, whether it had by the day asked
// about, the sources by key, and the note. A cell that a spreadsheet would take for a formula
// begins with an apostrophe. The error is that of w.
func CSV(w io.Writer, entries []Entry, on edtf.Day) error {
	rows := [][]string{{"event", "type", "first day", "last day", "when", "edtf", "known", "what", "by " + on.String(), "sources", "note"}}
	for n := range entries {
		e := &entries[n]
		first, last := e.When.Bounds()
		rows = append(rows, []string{
			e.Name, e.Type, dayCell(first), dayCell(last), e.When.English(), e.When.String(), e.Known.English(), e.What,
			string(e.Status), strings.Join(e.Sources, ", "), e.Note,
		})
	}
	return Rows(w, rows)
}

// Rows writes a table whose first row is the titles. A cell that a spreadsheet would take for a
// formula begins with an apostrophe. The error is that of w.
func Rows(w io.Writer, rows [][]string) error {
	table := csv.NewWriter(w)
	for _, row := range rows {
		cells := make([]string, len(row))
		for n, cell := range row {
			cells[n] = noFormula(cell)
		}
		_ = table.Write(cells) // Error says
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("export: writing the table: %w", err)
	}
	return nil
}

// dayCell returns a day as text, and nothing for the ends of time.
func dayCell(day edtf.Day) string {
	if day < edtf.MinDay || day > edtf.MaxDay {
		return ""
	}
	return day.String()
}

func noFormula(cell string) string {
	bare := strings.TrimLeft(cell, " ")
	if bare != "" && strings.ContainsRune("=+-@\t\r\n", rune(bare[0])) && !number.MatchString(cell) {
		return "'" + cell
	}
	return cell
}

// number is what a spreadsheet takes for a number, though it begins with a sign.
var number = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)
