package terminal

import (
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// A page collects lines of text, in sections of aligned columns. Histories come
// from anywhere, so every text is made printable where it enters the page: a
// terminal shows it and never obeys it.
type page struct {
	text   strings.Builder
	colour bool
}

const width = 100 // of a page, where columns allow it

// safe returns s as one line that a terminal shows as it is.
func safe(s string) string { return answer.Printable(answer.OneLine(s)) }

// style returns s, which must be safe, in an ANSI style, if the page has colour.
func (p *page) style(code, s string) string {
	if !p.colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// write writes a line that is safe.
func (p *page) write(line string) {
	p.text.WriteString(line)
	p.text.WriteByte('\n')
}

// blank writes an empty line.
func (p *page) blank() { p.write("") }

// title writes a line that stands out.
func (p *page) title(s string) { p.write(p.style("1", safe(s))) }

// heading writes a title behind an empty line.
func (p *page) heading(s string) {
	p.blank()
	p.title(s)
}

// caption writes a line over what belongs to it.
func (p *page) caption(s string) {
	p.blank()
	p.write("  " + safe(s))
}

// section writes rows under a heading, and nothing if there are none.
func (p *page) section(title string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.heading(strings.ToUpper(title))
	p.table(rows)
}

// table writes rows in aligned columns. The last column is wrapped.
func (p *page) table(rows [][]string) {
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			row[i] = safe(cell)
		}
	}
	widths := columnWidths(rows)
	for _, row := range rows {
		line, last := "  ", len(row)-1
		for i, cell := range row[:last] {
			line += cell + strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2)
		}
		indent := utf8.RuneCountInString(line)
		for i, part := range wrap(row[last], max(width-indent, 30)) {
			if i > 0 {
				line = strings.Repeat(" ", indent)
			}
			p.write(strings.TrimRight(line+part, " "))
		}
	}
}

// columnWidths returns the width of each column but the last of its row.
func columnWidths(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	return widths
}

// wrap breaks s between words into safe lines of at most n characters.
func wrap(s string, n int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(s) {
		word = answer.Printable(word)
		last := &lines[len(lines)-1]
		switch {
		case *last == "":
			*last = word
		case utf8.RuneCountInString(*last)+1+utf8.RuneCountInString(word) <= n:
			*last += " " + word
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

// paragraph writes a word that stands out, if any, and text, with an indent;
// further lines are indented more.
func (p *page) paragraph(indent int, word, text string) {
	word = safe(word)
	for i, line := range wrap(word+text, width-indent-4) {
		switch {
		case i == 0 && word != "":
			line = p.style("33", word) + strings.TrimPrefix(line, word)
		case i == 1:
			indent += 4
		}
		p.write(strings.Repeat(" ", indent) + line)
	}
}
