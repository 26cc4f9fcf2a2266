package table

import (
	"fmt"
	"strings"
)

// A template is a text that names columns.
type template struct {
	parts []part
	fault string // what is wrong with it; empty if nothing is
}

// A part is text, a column, or parts that may be left out.
type part struct {
	text     string
	column   int // -1 if it is none
	optional []part
}

// parseTemplate reads a template: columns in braces, what may be left out in brackets. A
// backslash takes the next character as it is.
func (s *sheet) parseTemplate(text string) template {
	p := &templateParser{sheet: s, rest: text}
	t := template{parts: p.parts(false)}
	if t.fault = p.fault; p.fault != "" {
		s.fault(position{1, 1}, "", "%q: %s", text, p.fault)
	}
	return t
}

// columnTemplate is parseTemplate for what is mostly one column: without braces it is the
// title of one.
func (s *sheet) columnTemplate(text string) template {
	if text != "" && !strings.Contains(text, "{") {
		return template{parts: []part{{column: s.column(text)}}}
	}
	return s.parseTemplate(text)
}

type templateParser struct {
	*sheet
	rest  string
	fault string
}

// parts reads up to the end, or up to the bracket that closes.
func (p *templateParser) parts(nested bool) []part {
	var found []part
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			found = append(found, part{text: text.String(), column: -1})
			text.Reset()
		}
	}
	for p.rest != "" && p.fault == "" {
		c := p.rest[0]
		p.rest = p.rest[1:]
		switch {
		case c == '\\' && p.rest != "":
			text.WriteByte(p.rest[0])
			p.rest = p.rest[1:]
		case c == '{':
			flush()
			title, rest, ok := strings.Cut(p.rest, "}")
			if !ok {
				p.fault = "a brace is not closed"
			} else if n := p.column(title); n >= 0 {
				found = append(found, part{column: n})
			}
			p.rest = rest
		case c == '[' && !nested:
			flush()
			found = append(found, part{column: -1, optional: p.parts(true)})
		case c == ']' && nested:
			flush()
			return found
		case c == '[' || c == ']' || c == '}':
			p.fault = fmt.Sprintf("%q stands alone; write \\%c for the sign", c, c)
		default:
			text.WriteByte(c)
		}
	}
	flush()
	if nested && p.fault == "" {
		p.fault = "a bracket is not closed"
	}
	return found
}

// single returns the column that a template is alone, or -1.
func (t template) single() int {
	if len(t.parts) == 1 {
		return t.parts[0].column
	}
	return -1
}

// first returns the first column of a template, or -1.
func (t template) first() int { return firstColumn(t.parts) }

func firstColumn(parts []part) int {
	for _, p := range parts {
		if p.column >= 0 {
			return p.column
		}
		if n := firstColumn(p.optional); n >= 0 {
			return n
		}
	}
	return -1
}

// columns returns the columns of a template.
func (t template) columns() []int { return columnsOf(t.parts) }

func columnsOf(parts []part) []int {
	var all []int
	for _, p := range parts {
		if p.column >= 0 {
			all = append(all, p.column)
		}
		all = append(all, columnsOf(p.optional)...)
	}
	return all
}

// fill returns the text of a template for a row. Where a cell tells nothing that cannot be left
// out, it returns that cell's column, and else -1. A template that is one column alone is then empty.
func (t template) fill(r row, untold func(string) bool) (text string, missing int) {
	if n := t.single(); n >= 0 && untold(r.cells[n]) {
		return "", -1
	}
	return fillParts(t.parts, r, untold)
}

func fillParts(parts []part, r row, untold func(string) bool) (text string, missing int) {
	var b strings.Builder
	for _, p := range parts {
		switch {
		case p.optional != nil:
			if inner, missing := fillParts(p.optional, r, untold); missing < 0 {
				b.WriteString(inner)
			}
		case p.column < 0:
			b.WriteString(p.text)
		case untold(r.cells[p.column]):
			return "", p.column
		default:
			b.WriteString(strings.TrimSpace(r.cells[p.column]))
		}
	}
	return b.String(), -1
}
