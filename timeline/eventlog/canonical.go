package eventlog

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
)

// parseCanonical reads a record that stands as [Record.AppendJSON] writes it, and reports
// whether it does: what a log has kept is read eight times as fast so. What is read is
// written again and compared, so that nothing can be read wrongly; any other text is for
// the decoder that takes every form.
func parseCanonical(text []byte) (Record, bool) {
	p := canonical{rest: text}
	var r Record
	p.record(&r)
	if p.failed || len(p.rest) > 0 {
		return Record{}, false
	}
	var room [1 << 10]byte
	if !bytes.Equal(r.AppendJSON(room[:0]), text) {
		return Record{}, false
	}
	r.Event.Seq = r.Revision
	return r, true
}

// canonical is a text that is read from the left. Once something is not as expected nothing
// more is read.
type canonical struct {
	rest   []byte
	failed bool
}

func (p *canonical) record(r *Record) {
	e := &r.Event
	p.expect(`{"position":`)
	r.Position = p.number()
	p.expect(`,"subject":`)
	r.Stream = p.string()
	p.expect(`,"revision":`)
	r.Revision = p.number()
	p.expect(`,"id":`)
	e.ID = p.id()
	e.Data.Type = p.stringMember("type")
	if p.member("version") {
		e.Data.Version = int(p.number())
	}
	e.Name = p.stringMember("name")
	p.expect(`,"when":`)
	p.text(&e.When)
	if p.member("known") {
		p.text(&e.Known)
	}
	if p.member("data") {
		e.Data.Data = bytes.Clone(p.value())
	}
	if p.member("cites") {
		e.Cites = p.cites()
	}
	e.Note = p.stringMember("note")
	if p.member("replaces") {
		e.Replaces = p.ids()
	}
	if p.member("retraction") {
		p.expect("true")
		e.Retraction = true
	}
	if p.member("after") {
		e.After = p.ids()
	}
	e.Rival = p.stringMember("rival")
	if p.member("rank") {
		p.text(&e.Rank)
	}
	if p.member("meta") {
		p.meta(&e.Meta)
	}
	if p.member("recorded") {
		p.text((*recordedAt)(&e.Recorded))
	}
	p.expect(`}`)
}

// skip skips s, and reports whether it came next.
func (p *canonical) skip(s string) bool {
	if p.failed || len(p.rest) < len(s) || string(p.rest[:len(s)]) != s {
		return false
	}
	p.rest = p.rest[len(s):]
	return true
}

func (p *canonical) expect(s string) {
	if !p.skip(s) {
		p.failed = true
	}
}

// member skips the name of a member, and reports whether it came next.
func (p *canonical) member(name string) bool {
	n := len(name)
	if p.failed || len(p.rest) < n+4 || p.rest[0] != ',' || p.rest[1] != '"' ||
		string(p.rest[2:n+2]) != name || p.rest[n+2] != '"' || p.rest[n+3] != ':' {
		return false
	}
	p.rest = p.rest[n+4:]
	return true
}

func (p *canonical) stringMember(name string) string {
	if !p.member(name) {
		return ""
	}
	return p.string()
}

// value returns the next JSON value.
func (p *canonical) value() []byte {
	if p.failed {
		return nil
	}
	n := valueLength(p.rest)
	v := p.rest[:n]
	if p.rest = p.rest[n:]; !isCompact(v) {
		p.failed = true
	}
	return v
}

// by reads the next value by a function.
func (p *canonical) by(read func([]byte) error) {
	if v := p.value(); !p.failed && read(v) != nil {
		p.failed = true
	}
}

// text reads the next value, a string without escapes.
func (p *canonical) text(into interface{ UnmarshalText(text []byte) error }) {
	if s := p.quoted(); !p.failed && into.UnmarshalText(s) != nil {
		p.failed = true
	}
}

// quoted returns what is in the quotation marks that come next, which must be without
// escapes.
func (p *canonical) quoted() []byte {
	p.expect(`"`)
	n := bytes.IndexByte(p.rest, '"')
	if p.failed || n < 0 || bytes.IndexByte(p.rest[:n], '\\') >= 0 {
		p.failed = true
		return nil
	}
	s := p.rest[:n]
	p.rest = p.rest[n+1:]
	return s
}

func (p *canonical) string() (s string) {
	if n := stringLength(p.rest); !p.failed && bytes.IndexByte(p.rest[:n], '\\') >= 0 {
		p.by(func(v []byte) error { return json.Unmarshal(v, &s) })
		return s
	}
	return string(p.quoted())
}

func (p *canonical) number() int64 {
	n := 0
	for n < len(p.rest) && (p.rest[n] >= '0' && p.rest[n] <= '9' || p.rest[n] == '-') {
		n++
	}
	v, err := strconv.ParseInt(string(p.rest[:n]), 10, 64)
	if p.rest = p.rest[n:]; err != nil {
		p.failed = true
	}
	return v
}

func (p *canonical) id() (id uuid.UUID) {
	s := p.quoted()
	id, err := uuid.ParseBytes(s)
	if err != nil {
		p.failed = true
	}
	return id
}

func (p *canonical) ids() (ids []uuid.UUID) {
	p.expect("[")
	for !p.failed {
		ids = append(ids, p.id())
		if p.skip("]") {
			break
		}
		p.expect(",")
	}
	return ids
}

func (p *canonical) cites() (cites []timeline.Citation) {
	p.expect("[")
	for !p.failed {
		var c timeline.Citation
		p.expect(`{"source":`)
		c.Source = p.string()
		c.Section = p.stringMember("section")
		if p.member("paragraph") {
			c.Paragraph = int(p.number())
		}
		if p.member("sentence") {
			c.Sentence = int(p.number())
		}
		p.expect("}")
		cites = append(cites, c)
		if p.skip("]") {
			break
		}
		p.expect(",")
	}
	return cites
}

func (p *canonical) meta(into **timeline.Metadata) {
	p.by(func(v []byte) (err error) {
		*into, err = ParseMetadata(v)
		return err
	})
}

// stringLength returns how long the JSON string is that text begins with.
func stringLength(text []byte) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

// valueLength returns how long the JSON value is that text begins with, if it is one.
func valueLength(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			if i += stringLength(text[i:]) - 1; depth == 0 {
				return min(i+1, len(text))
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i // the end of what the value stands in
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
