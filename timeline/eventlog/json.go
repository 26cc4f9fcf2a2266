package eventlog

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/internal/value"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// AppendJSON appends the stored form of r to b: one JSON object on one line,
// always with the same bytes for the same record. They are what package proof
// takes the hash of, and a line of what package jsonl exports. The members, in
// this order, of which those after "revision" are left out if they say nothing,
// but for "id" and "when":
//
//	position    of the record in the log
//	subject     the stream
//	revision    of the record in the stream
//	id          of the event, a UUID in small letters
//	type        the name of the payload's type
//	version     of the type's form
//	name        of the event
//	when        valid time, EDTF
//	known       knowledge time, EDTF
//	data        the payload, as it was appended
//	cites       a list of {"source", "section", "paragraph", "sentence"}
//	note        about the sources
//	replaces    a list of IDs
//	retraction  true
//	after       a list of IDs
//	rival       the key of a fact about which events disagree
//	rank        "deprecated" or "preferred"
//	meta        an object of "by", "why", "correlation", "causation" and "more"
//	recorded    when the log took it, in UTC, such as "2026-11-27T17:05:04.123456Z"
//
// What CloudEvents 1.0 has a name for is called by it: id, subject, type and
// data. In strings only the quotation mark, the backslash and the control
// characters below U+0020 are escaped, as in RFC 8785.
func (r Record) AppendJSON(b []byte) []byte {
	b = append(b, `{"position":`...)
	b = strconv.AppendInt(b, r.Position, 10)
	b = append(b, `,"subject":`...)
	b = appendString(b, r.Stream)
	b = append(b, `,"revision":`...)
	b = strconv.AppendInt(b, r.Revision, 10)
	b = append(b, ',')
	b = appendEvent(b, &r.Event)
	if !r.Event.Recorded.IsZero() {
		b = append(appendTime(append(b, `,"recorded":"`...), r.Event.Recorded), '"')
	}
	return append(b, '}')
}

// MarshalJSON returns what [Record.AppendJSON] appends. Package encoding/json
// may escape more of it.
func (r Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil), nil }

// SameEvent reports whether a log keeps a and b alike: whether they are equal
// but for Seq and Recorded, and for slices without elements, which are none.
func SameEvent(a, b timeline.Event[Stored]) bool {
	return a.ID == b.ID && bytes.Equal(appendEvent(nil, &a), appendEvent(nil, &b))
}

func appendEvent(b []byte, e *timeline.Event[Stored]) []byte {
	b = append(b, `"id":`...)
	b = appendID(b, e.ID)
	b = appendMember(b, "type", e.Data.Type)
	if e.Data.Version != 0 {
		b = append(b, `,"version":`...)
		b = strconv.AppendInt(b, int64(e.Data.Version), 10)
	}
	b = appendMember(b, "name", e.Name)
	b = appendDate(append(b, `,"when":`...), e.When)
	if !e.Known.IsZero() {
		b = appendDate(append(b, `,"known":`...), e.Known)
	}
	if len(e.Data.Data) > 0 {
		b = append(b, `,"data":`...)
		b = append(b, e.Data.Data...)
	}
	if len(e.Cites) > 0 {
		b = AppendCites(append(b, `,"cites":`...), e.Cites)
	}
	b = appendMember(b, "note", e.Note)
	if len(e.Replaces) > 0 {
		b = AppendIDs(append(b, `,"replaces":`...), e.Replaces)
	}
	if e.Retraction {
		b = append(b, `,"retraction":true`...)
	}
	if len(e.After) > 0 {
		b = AppendIDs(append(b, `,"after":`...), e.After)
	}
	b = appendMember(b, "rival", e.Rival)
	if e.Rank != timeline.RankNormal {
		b = appendMember(b, "rank", e.Rank.String())
	}
	if !e.Meta.IsZero() {
		b = AppendMetadata(append(b, `,"meta":`...), e.Meta)
	}
	return b
}

// AppendCites appends the stored form of citations to b: a JSON list.
func AppendCites(b []byte, cites []timeline.Citation) []byte {
	b = append(b, '[')
	for i, c := range cites {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, `{"source":`...)
		b = appendString(b, c.Source)
		b = appendMember(b, "section", c.Section)
		b = appendCount(b, "paragraph", c.Paragraph)
		b = appendCount(b, "sentence", c.Sentence)
		b = append(b, '}')
	}
	return append(b, ']')
}

// AppendIDs appends the stored form of IDs to b: a JSON list of strings.
func AppendIDs(b []byte, ids []uuid.UUID) []byte {
	b = append(b, '[')
	for i, id := range ids {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendID(b, id)
	}
	return append(b, ']')
}

func appendCount(b []byte, name string, n int) []byte {
	if n == 0 {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return strconv.AppendInt(b, int64(n), 10)
}

func appendMember(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, `,"`...), name...), `":`...)
	return appendString(b, value)
}

func appendDate(b []byte, d edtf.Date) []byte {
	b = append(b, '"')
	b, _ = d.AppendText(b) // fails never
	return append(b, '"')
}

func appendID(b []byte, id uuid.UUID) []byte {
	b = append(b, '"')
	for i, part := range [][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return append(b, '"')
}

// appendString appends s as RFC 8785 writes a string.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		from = i + 1
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, `\b`...)
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\f':
			b = append(b, `\f`...)
		case '\r':
			b = append(b, `\r`...)
		default:
			const digits = "0123456789abcdef"
			b = append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(append(b, s[from:]...), '"')
}

// UnmarshalJSON reads the stored form of a record; see [Record.AppendJSON]. The
// members may stand in any order and with blanks, and position and revision may
// be left out. Seq becomes the revision. It refuses members that the form does
// not have, or that stand there twice, and does not check more than
// [CheckAppend] will.
func (r *Record) UnmarshalJSON(text []byte) error {
	if !utf8.Valid(text) {
		return errors.New("a record that is not UTF-8")
	}
	if read, ok := parseCanonical(text); ok {
		*r = read
		return nil
	}
	return r.unmarshalAny(text)
}

// unmarshalAny reads any form of a record.
func (r *Record) unmarshalAny(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	var read Record
	if err := read.decode(d); err != nil {
		return err
	}
	if len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		return errors.New("more than one JSON value in a record")
	}
	read.Event.Seq = read.Revision
	*r = read
	return nil
}

// decode reads the members of the stored form.
func (r *Record) decode(d *json.Decoder) error {
	e := &r.Event
	var data json.RawMessage
	var meta metadata
	err := decodeObject(d, "a record", map[string]any{
		"position": &r.Position, "subject": &r.Stream, "revision": &r.Revision,
		"id": &e.ID, "type": &e.Data.Type, "version": &e.Data.Version, "name": &e.Name,
		"when": &e.When, "known": &e.Known, "data": &data, "cites": (*cites)(&e.Cites), "note": &e.Note,
		"replaces": &e.Replaces, "retraction": &e.Retraction, "after": &e.After, "rival": &e.Rival, "rank": &e.Rank,
		"meta": &meta, "recorded": (*recordedAt)(&e.Recorded),
	})
	e.Meta = (*timeline.Metadata)(&meta).Clone()
	if err != nil || data == nil {
		return err
	}
	var b bytes.Buffer
	err = json.Compact(&b, data)
	e.Data.Data = b.Bytes()
	return err
}

// decodeObject reads a JSON object into its members. Unlike package
// encoding/json it takes names as they are written, and each once.
func decodeObject(d *json.Decoder, what string, members map[string]any) error {
	if open, err := d.Token(); err != nil {
		return err
	} else if open != json.Delim('{') {
		return fmt.Errorf("%s must be a JSON object", what)
	}
	seen := make(map[string]bool, len(members))
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		into, ok := members[name]
		switch {
		case !ok:
			return fmt.Errorf("%s has no member %q", what, name)
		case seen[name]:
			return fmt.Errorf("the name %q stands here twice", name)
		}
		seen[name] = true
		if err := decodeMember(d, into); err != nil {
			if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
				return fmt.Errorf("%s cannot be a JSON %s", name, e.Value)
			}
			return err
		}
	}
	_, err := d.Token()
	return err
}

// decodeMember reads one value. What is not kept as it is must be text that Go can have.
func decodeMember(d *json.Decoder, into any) error {
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	if into, ok := into.(*json.RawMessage); ok {
		*into = raw
		return nil
	}
	if _, err := value.CheckSurrogates(raw); err != nil {
		return err
	}
	return json.Unmarshal(raw, into)
}

// cites are citations that are read member by member.
type cites []timeline.Citation

func (c *cites) UnmarshalJSON(text []byte) error {
	var list []json.RawMessage
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*c = nil
	for _, item := range list {
		var one timeline.Citation
		if err := decodeObject(json.NewDecoder(bytes.NewReader(item)), "a citation", map[string]any{
			"source": &one.Source, "section": &one.Section, "paragraph": &one.Paragraph, "sentence": &one.Sentence,
		}); err != nil {
			return err
		}
		*c = append(*c, one)
	}
	return nil
}
