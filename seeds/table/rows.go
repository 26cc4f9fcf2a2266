package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/near"
	"github.com/leapmotor-timeline/leapmotor/seeds"
)

// A position is where a cell begins: a line and a character, both from 1.
type position struct{ line, column int }

// A row is one line of a table.
type row struct {
	cells []string
	at    []position
}

// A sheet is a table as it was read, with what is wrong with it.
type sheet struct {
	name   string
	titles []string
	rows   []row
	faults seeds.Faults

	separator string
	skip      int // lines before the titles
}

func (s *sheet) fault(at position, column, format string, args ...any) {
	s.faults = append(s.faults, seeds.Fault{File: s.name, Line: at.line, Column: at.column, Pointer: column, Reason: fmt.Sprintf(format, args...)})
}

// readSheet reads the lines of a table.
func readSheet(text []byte, name, separator string) *sheet {
	s := &sheet{name: name}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if at := invalid(text); at >= 0 {
		before := text[:at]
		line := 1 + bytes.Count(before, []byte("\n"))
		s.fault(position{line, 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])}, "", "this is not UTF-8; save the table as CSV in UTF-8")
		return s
	}
	if !bytes.Contains(text, []byte("\n")) { // as an old Macintosh ended lines
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	lines := bytes.Split(text, []byte("\n"))
	if said, ok := bytes.CutPrefix(bytes.TrimSpace(lines[0]), []byte("sep=")); ok && len(said) == 1 { // as Excel reads and writes it
		s.skip, separator = 1, string(said)
	}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	r.Comma = separatorOf(firstLine(lines[s.skip:]), separator)
	s.separator = string(r.Comma)
	for {
		cells, err := r.Read()
		var refused *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			if s.titles == nil && s.faults == nil {
				s.fault(position{1, 1}, "", "the table is empty")
			}
			return s
		case errors.As(err, &refused):
			s.fault(position{refused.StartLine, 1}, "", "%s", quoteReason(refused))
			continue
		case err != nil:
			s.fault(position{1, 1}, "", "%v", err)
			return s
		}
		one := row{cells: cells}
		for n := range cells {
			line, column := r.FieldPos(n)
			one.at = append(one.at, position{line, 1 + utf8.RuneCount(lines[line-1][:column-1])})
		}
		s.add(one)
	}
}

// add adds a line: the titles first.
func (s *sheet) add(r row) {
	switch {
	case strings.TrimSpace(strings.Join(r.cells, "")) == "": // blank ones stand before and behind many tables
	case s.skip > 0:
		s.skip--
	case s.titles == nil:
		for n, title := range r.cells {
			title = strings.TrimSpace(title)
			if title != "" && slices.Contains(s.titles, title) {
				s.fault(r.at[n], title, "there is a column %q already", title)
			}
			s.titles = append(s.titles, title)
		}
	case len(r.cells) != len(s.titles):
		s.fault(r.at[0], "", "the line has %d cells, and the titles are %d", len(r.cells), len(s.titles))
	default:
		s.rows = append(s.rows, r)
	}
}

// column returns the place of a column, and -1 with a fault if there is none.
func (s *sheet) column(title string) int {
	n := slices.Index(s.titles, title)
	if n < 0 || title == "" {
		hint := "; there is " + strings.Join(s.titles, ", ")
		if found := near.To(title, s.titles); len(found) > 0 {
			hint = fmt.Sprintf("; did you mean %q?", found[0])
		}
		s.fault(position{1, 1}, "", "there is no column %q%s", title, hint)
		return -1
	}
	return n
}

// invalid returns where a text is no UTF-8, or -1. A zero byte is what UTF-16 has.
func invalid(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 || r == 0 {
			return at
		}
		at += size
	}
	return -1
}

// firstLine returns the first line that is not blank, which has the titles.
func firstLine(lines [][]byte) []byte {
	for _, line := range lines {
		if len(bytes.TrimSpace(line)) > 0 {
			return line
		}
	}
	return nil
}

// separatorOf returns what is between cells: what was said, or else what the line of titles
// has most of.
func separatorOf(titles []byte, said string) rune {
	if said != "" {
		r, _ := utf8.DecodeRuneInString(said)
		return r
	}
	found, most := ',', 0
	for _, r := range []rune{',', ';', '\t', '|'} {
		if n := bytes.Count(titles, []byte(string(r))); n > most {
			found, most = r, n
		}
	}
	return found
}

func quoteReason(err *csv.ParseError) string {
	if errors.Is(err.Err, csv.ErrBareQuote) {
		return fmt.Sprintf("a quote stands in a cell that is not quoted, at byte %d; write the cell in quotes, and the quote twice", err.Column)
	}
	return fmt.Sprintf("a quoted cell does not end as it should, at line %d, byte %d", err.Line, err.Column)
}
