// Package jsontree reads JSON into a tree that knows where each value stands,
// so that faults can name the line, the column and the address.
package jsontree

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
)

// A Node is a value in a JSON text.
type Node struct {
	Pointer string // its address, a JSON Pointer (RFC 6901)
	Offset  int    // the byte at which it begins
	Raw     json.RawMessage
	Members []Member // of an object, in the order of the text
	Items   []*Node  // of an array
}

// A Member is one name and value of an object.
type Member struct {
	Name   string
	Offset int // the byte at which the name begins
	Value  *Node
}

// An Error is a fault in the JSON text itself.
type Error struct {
	Offset  int
	Pointer string // the value it is in, as far as known
	Reason  string
}

// Error names the offset and the reason.
func (e *Error) Error() string { return fmt.Sprintf("offset %d: %s", e.Offset, e.Reason) }

// maxDepth bounds how deep values may be nested.
const maxDepth = 64

// Parse reads the one value that text must be. Its error is an [*Error].
func Parse(text []byte) (*Node, error) {
	if !utf8.Valid(text) {
		return nil, &Error{Offset: invalidAt(text), Reason: "not UTF-8"}
	}
	if bytes.HasPrefix(text, []byte("\xef\xbb\xbf")) {
		return nil, &Error{Reason: "begins with a byte order mark, which JSON does not have"}
	}
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, syntaxError(text, err)
	}
	if at, err := value.CheckSurrogates(text); err != nil {
		return nil, &Error{Offset: at, Reason: err.Error()}
	}
	p := &parser{text: text, dec: json.NewDecoder(bytes.NewReader(text))}
	p.dec.UseNumber()
	return p.value("", 0)
}

func syntaxError(text []byte, err error) *Error {
	e := &Error{Offset: len(text), Reason: strings.TrimPrefix(err.Error(), "json: ")}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		e.Offset = min(max(int(syntax.Offset)-1, 0), len(text))
	}
	if strings.Contains(e.Reason, "unexpected end") {
		e.Offset, e.Reason = len(text), "the text ends too early"
	}
	return e
}

func invalidAt(text []byte) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		at += size
	}
	return at
}

// A parser reads text that is known to be well-formed.
type parser struct {
	text []byte
	dec  *json.Decoder
}

// start returns where the next token begins: what stands between two tokens is
// blanks, commas and colons.
func (p *parser) start() int {
	at := int(p.dec.InputOffset())
	for at < len(p.text) && strings.IndexByte(" \t\r\n,:", p.text[at]) >= 0 {
		at++
	}
	return at
}

func (p *parser) value(pointer string, depth int) (*Node, error) {
	n := &Node{Pointer: pointer, Offset: p.start()}
	if depth > maxDepth {
		return nil, &Error{n.Offset, pointer, fmt.Sprintf("nested more than %d deep", maxDepth)}
	}
	token, err := p.dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		err = p.members(n, depth)
	case json.Delim('['):
		err = p.items(n, depth)
	}
	n.Raw = json.RawMessage(p.text[n.Offset:p.dec.InputOffset()])
	return n, err
}

func (p *parser) members(n *Node, depth int) error {
	seen := map[string]bool{}
	for p.dec.More() {
		at := p.start()
		token, err := p.dec.Token()
		if err != nil {
			return err
		}
		name := token.(string) // the text is well-formed
		if seen[name] {
			return &Error{at, n.Pointer, fmt.Sprintf("the name %q stands here twice", name)}
		}
		seen[name] = true
		value, err := p.value(n.Pointer+"/"+Escape(name), depth+1)
		if err != nil {
			return err
		}
		n.Members = append(n.Members, Member{name, at, value})
	}
	_, err := p.dec.Token()
	return err
}

func (p *parser) items(n *Node, depth int) error {
	n.Items = []*Node{}
	for p.dec.More() {
		item, err := p.value(n.Pointer+"/"+strconv.Itoa(len(n.Items)), depth+1)
		if err != nil {
			return err
		}
		n.Items = append(n.Items, item)
	}
	_, err := p.dec.Token()
	return err
}

// Escape returns name as one step of a JSON Pointer.
func Escape(name string) string { return escaper.Replace(name) }

// Unescape returns the name that one step of a JSON Pointer stands for.
func Unescape(step string) string { return unescaper.Replace(step) }

var (
	escaper   = strings.NewReplacer("~", "~0", "/", "~1")
	unescaper = strings.NewReplacer("~1", "/", "~0", "~")
)

// Is reports whether n begins with one of the given characters: '{' for an
// object, '[' for an array, '"' for a string.
func (n *Node) Is(first string) bool {
	return len(n.Raw) > 0 && strings.IndexByte(first, n.Raw[0]) >= 0
}

// Get returns the named member of an object, or nil.
func (n *Node) Get(name string) *Node {
	if n == nil {
		return nil
	}
	for _, m := range n.Members {
		if m.Name == name {
			return m.Value
		}
	}
	return nil
}

// Text returns the string that n is, or "" if it is none.
func (n *Node) Text() string {
	var s string
	if n != nil && n.Is(`"`) {
		_ = json.Unmarshal(n.Raw, &s)
	}
	return s
}

// List returns the items of the member of that name, none if it is no array.
func (n *Node) List(name string) []*Node {
	if list := n.Get(name); list != nil {
		return list.Items
	}
	return nil
}
