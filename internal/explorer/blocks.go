package explorer

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

// Most of a page is the same on another day. The parts that may be are blocks, each named
// by what is in it, and a reader who has one is not sent it again: the header Have names
// those that the reader has.

// A block is a part of a page. It is what an element holds, which has the name as its
// attribute data-block.
type block struct {
	Name string
	Body template.HTML // between marks
}

// The marks around what a block holds, in a page that is not sent yet: no text of a page
// has a NUL.
const (
	blockBegin = "\x00("
	blockEnd   = "\x00)"
)

// nameLength is that of the name of a block.
const nameLength = 8

// newBlock returns the block that holds a text of HTML.
func newBlock(text string) block {
	sum := sha256.Sum256([]byte(text))
	name := base64.RawURLEncoding.EncodeToString(sum[:])[:nameLength]
	return block{name, template.HTML(blockBegin + name + text + blockEnd)}
}

// Block renders a template as a block.
func (p *page) Block(name string, data any) (block, error) {
	text, err := render(name, data)
	return newBlock(string(text)), err
}

// assemble returns a page as it is sent to a reader who has some blocks.
func assemble(page []byte, has map[string]bool) []byte {
	if bytes.IndexByte(page, 0) < 0 {
		return page
	}
	sent := make([]byte, 0, len(page))
	for {
		before, rest, found := bytes.Cut(page, []byte(blockBegin))
		sent = append(sent, before...)
		if !found {
			return sent
		}
		body, after, _ := bytes.Cut(rest, []byte(blockEnd))
		if !has[string(body[:nameLength])] {
			sent = append(sent, body[nameLength:]...)
		}
		page = after
	}
}

// draft returns a page of v as it is kept, not sent yet: a line with the parameters of the
// view, and the page with its marks.
func draft(v *view, page []byte) []byte {
	return slices.Concat([]byte(v.query().Encode()), []byte("\n"), page)
}

// finished returns a draft as it is sent to a reader who has some blocks.
func finished(draft []byte, has map[string]bool) []byte {
	at, page, _ := bytes.Cut(draft, []byte("\n"))
	return []byte(expand(string(assemble(page, has)), parameters(string(at))))
}

// blocksOf returns the names of the blocks of a page with its marks.
func blocksOf(page []byte) map[string]bool {
	names := map[string]bool{}
	for {
		_, rest, found := bytes.Cut(page, []byte(blockBegin))
		if !found {
			return names
		}
		names[string(rest[:nameLength])] = true
		page = rest
	}
}

// hasOf returns the names of the blocks that the reader of a request has.
func hasOf(r *http.Request) map[string]bool {
	has := map[string]bool{}
	for name := range strings.FieldsSeq(r.Header.Get("Have")) {
		has[name] = true
	}
	return has
}

// chartBlocks returns a chart with its definitions and its rows as blocks: a row is a group
// that is in the one of its lane.
func chartBlocks(picture string) template.HTML {
	const group = `<g role="group"`
	var b strings.Builder
	b.Grow(len(picture) + len(picture)/8)
	put := func(tag, body string) {
		one := newBlock(body)
		b.WriteString(tag + ` data-block="` + one.Name + `">` + string(one.Body))
	}
	if before, rest, found := strings.Cut(picture, "<defs>"); found {
		body, after, _ := strings.Cut(rest, "</defs>")
		b.WriteString(before)
		put("<defs", body)
		picture = "</defs>" + after
	}
	for {
		lane := strings.Index(picture, group)
		if lane < 0 {
			break
		}
		next := strings.Index(picture[lane+1:], group)
		if next < 0 {
			break
		}
		start := lane + 1 + next
		if end := closingGroup(picture[lane:]); end < start-lane { // a lane without rows
			b.WriteString(picture[:lane+end])
			picture = picture[lane+end:]
			continue
		}
		b.WriteString(picture[:start])
		picture = rows(picture[start:], put, &b)
	}
	b.WriteString(picture)
	return template.HTML(b.String()) // the chart escapes all texts
}

// rows puts the rows with which a picture begins as blocks, and returns what follows.
func rows(picture string, put func(tag, body string), b *strings.Builder) string {
	const group, closing = `<g role="group"`, "</g>"
	for strings.HasPrefix(picture, group) {
		end := closingGroup(picture)
		tag, body, _ := strings.Cut(picture[:end], ">")
		put(tag, strings.TrimSuffix(body, closing))
		b.WriteString(closing)
		rest := picture[end:]
		picture = strings.TrimLeft(rest, "\n")
		b.WriteString(rest[:len(rest)-len(picture)])
	}
	return picture
}

// closingGroup returns where the group with which a picture begins ends.
func closingGroup(picture string) int {
	const closing = "</g>"
	depth, at := 0, 0
	for {
		open, end := strings.Index(picture[at:], "<g"), strings.Index(picture[at:], closing)
		switch {
		case end < 0:
			return len(picture)
		case open >= 0 && open < end:
			depth++
			at += open + len("<g")
		default:
			depth--
			at += end + len(closing)
			if depth == 0 {
				return at
			}
		}
	}
}
