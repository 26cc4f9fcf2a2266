package terminal

import (
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// A page collects lines of text, in sections of aligned columns. Histories come
// from anywhere, so every text is made printable where it enters the page: a
// terminal shows it and never obeys it.
type page struct {
	text     strings.Builder
	markdown bool // it is written for a program that reads Markdown
	colour   bool
	width    int
	cited    []string // the keys of the sources that were named, each once
}

// The width of a page, in characters, where nothing says it; and the least.
const (
	usualWidth = 100
	minWidth   = 40
	maxWidth   = 120 // that of a terminal is not used beyond it: long lines are hard to read
)

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
func (p *page) title(s string) {
	if p.markdown {
		p.write("# " + export.MarkdownText(safe(s)))
		return
	}
	p.write(p.style("1", safe(s)))
}

// heading writes the title of a section behind an empty line.
func (p *page) heading(s string) {
	if p.markdown {
		p.topic(s)
		return
	}
	p.topic(strings.ToUpper(s))
}

// topic writes what the lines behind it are about, behind an empty line.
func (p *page) topic(s string) {
	p.blank()
	if p.markdown {
		p.write("## " + export.MarkdownText(safe(s)))
		p.blank()
		return
	}
	p.title(s)
}

// caption writes a line over what belongs to it.
func (p *page) caption(s string) {
	p.blank()
	if p.markdown {
		p.write("**" + export.MarkdownText(safe(s)) + "**")
		p.blank()
		return
	}
	p.write("  " + safe(s))
}

// section writes rows under a heading, and nothing if there are none.
func (p *page) section(title string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	p.heading(title)
	p.table(rows)
}

// table writes rows in aligned columns. What does not fit a column is wrapped.
func (p *page) table(rows [][]string) {
	if p.markdown {
		p.markdownTable(nil, rows)
		return
	}
	widths := p.columnWidths(rows)
	for _, row := range rows {
		cells := make([][]string, len(row))
		indent, lines := 2, 0
		for i, cell := range row {
			room := max(p.width-indent, minWidth/2)
			if i < len(row)-1 {
				room = widths[i]
				indent += room + 2
			}
			cells[i] = wrap(cell, room)
			lines = max(lines, len(cells[i]))
		}
		for n := range lines {
			line := "  "
			for i, cell := range cells {
				text := ""
				if n < len(cell) {
					text = cell[n]
				}
				if i < len(cells)-1 {
					text += strings.Repeat(" ", max(widths[i]-utf8.RuneCountInString(text), 0)+2)
				}
				line += text
			}
			p.write(strings.TrimRight(line, " "))
		}
	}
}

// columnWidths returns the width of each column but the last of its row. One has no more
// than its part of the page.
func (p *page) columnWidths(rows [][]string) []int {
	var widths []int
	most := max(2*p.width/5, minWidth/2)
	for _, row := range rows {
		for i, cell := range row[:len(row)-1] {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			for _, line := range wrap(cell, most) {
				widths[i] = max(widths[i], utf8.RuneCountInString(line))
			}
		}
	}
	for sum := 0; ; sum = 0 {
		widest := 0
		for i, w := range widths {
			sum += w + 2
			if w > widths[widest] {
				widest = i
			}
		}
		if len(widths) == 0 || sum <= 2*p.width/3 || widths[widest] <= minWidth/4 {
			return widths
		}
		widths[widest]--
	}
}

// wrap breaks s between words into safe lines of at most n characters.
func wrap(s string, n int) []string {
	lines := []string{""}
	for _, word := range strings.Fields(strings.ReplaceAll(s, " %", percent)) {
		word = strings.ReplaceAll(word, percent, " %")
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

// percent stands for a percent sign and the blank before it, between which no line ends.
const percent = "\x00%"

// command writes what a command would tell, and the command, which is never broken: it is to be copied.
func (p *page) command(indent int, text, command string) {
	command = safe(command)
	if p.markdown || indent+utf8.RuneCountInString(text)+1+utf8.RuneCountInString(command) <= p.width {
		if p.markdown && indent > 0 {
			p.paragraph(indent, "", text+" "+command)
			return
		}
		p.prose(indent, text+" "+command)
		return
	}
	p.prose(indent, text)
	p.write(strings.Repeat(" ", indent+4) + command)
}

// prose writes sentences, whose lines are all indented alike.
func (p *page) prose(indent int, text string) {
	if p.markdown {
		p.write(export.MarkdownText(safe(text)))
		return
	}
	for _, line := range wrap(text, p.width-indent) {
		p.write(strings.Repeat(" ", indent) + line)
	}
}

// standsOut is the style of a word in a paragraph: magenta can be read on light and on
// dark.
const standsOut = "35"

// paragraph writes a word that stands out, if any, and text, with an indent;
// further lines are indented more.
func (p *page) paragraph(indent int, word, text string) {
	if p.markdown {
		p.item(indent, word, text)
		return
	}
	word = safe(word)
	for i, line := range wrap(word+text, max(p.width-indent-4, minWidth/2)) {
		switch {
		case i == 0 && word != "" && strings.HasPrefix(line, word):
			line = p.style(standsOut, word) + strings.TrimPrefix(line, word)
		case i == 1:
			indent += 4
		}
		p.write(strings.Repeat(" ", indent) + line)
	}
}
