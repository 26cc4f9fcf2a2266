package jsontree

import (
	"bytes"
	"unicode/utf8"
)

// Positions finds the lines and columns of offsets in a text.
type Positions struct {
	text  []byte
	marks []mark // of every markEvery-th byte
}

// A mark is how many lines end before an offset, and how many characters of its
// line come before it.
type mark struct{ lines, characters int }

const markEvery = 1 << 10

// NewPositions returns the positions in text. It goes through text once; after
// that a position costs a look at a thousand bytes.
func NewPositions(text []byte) *Positions {
	p := &Positions{text: text}
	var m mark
	for from := 0; from <= len(text); from += markEvery {
		p.marks = append(p.marks, m)
		m = m.after(text[from:min(from+markEvery, len(text))])
	}
	return p
}

// after returns m at the end of part, which begins at m.
func (m mark) after(part []byte) mark {
	if n := bytes.Count(part, []byte("\n")); n > 0 {
		m.lines, m.characters = m.lines+n, 0
		part = part[bytes.LastIndexByte(part, '\n')+1:]
	}
	for _, b := range part {
		if utf8.RuneStart(b) {
			m.characters++
		}
	}
	return m
}

// At returns the line and the column of an offset, both from 1. Columns count
// characters.
func (p *Positions) At(offset int) (line, column int) {
	offset = min(offset, len(p.text))
	n := offset / markEvery
	m := p.marks[n].after(p.text[n*markEvery : offset])
	return 1 + m.lines, 1 + m.characters
}
