package logtest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"github.com/google/uuid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

// An event is short for what logs hold.
type event = timeline.Event[eventlog.Stored]

// id returns the n-th ID. The IDs are in no order of their numbers.
func id(n int) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceOID, binary.BigEndian.AppendUint64(nil, uint64(n)))
}

// plain returns the n-th simple event. Their dates are not in order.
func plain(n int) event {
	return event{
		ID: id(n), Name: fmt.Sprintf("event-%d", n),
		When: (edtf.MustDay("2020-01-01") + edtf.Day(n*617%1000)).Date(),
		Data: eventlog.Stored{Type: "number.told", Version: 1, Data: fmt.Appendf(nil, `{"n":%d}`, n)},
	}
}

// plains returns simple events from number a up to, not including, b.
func plains(a, b int) []event {
	var list []event
	for n := a; n < b; n++ {
		list = append(list, plain(n))
	}
	return list
}

// awkward returns events with values that stores like to lose.
func awkward() []event {
	list := []event{
		{ID: id(0), When: edtf.MustParse("2020-01-01")}, // no payload, no name, nothing
		{
			ID: id(1), Name: "full", When: edtf.MustParse("2015~"), Known: edtf.MustParse("2015-12?"),
			Data:     eventlog.Stored{Type: "a.b", Version: 1<<31 - 1, Data: []byte(`{"a":null}`)},
			Cites:    []timeline.Citation{{Source: "article"}, {Source: "s", Section: "History", Paragraph: 3, Sentence: 1<<31 - 1}, {Source: "t", Paragraph: -1}, {}},
			Note:     "two\nlines, \"quoted\", and a \\ and a tab\t",
			Replaces: []uuid.UUID{id(77), id(3)}, After: []uuid.UUID{id(5), id(4), {15: 1}},
			Rival: "a rival’s key", Rank: timeline.RankPreferred,
			Meta: &timeline.Metadata{By: "Anna <a@example.org>", Why: "ticket \"7\"\n", Correlation: "c", Causation: id(1).String(), More: map[string]string{"b": "", "": "零", "a": "\x01{}"}},
		},
		{ID: id(2), Name: "retraction", When: edtf.MustParse("2020-02"), Replaces: []uuid.UUID{id(0)}, Retraction: true, Rank: timeline.RankDeprecated},
		{ID: uuid.Max, Name: "the greatest ID", When: edtf.MustParse("9999-12-31"), Known: edtf.MustParse("0000-01-01")},
		{ID: uuid.UUID{15: 1}, Name: " blanks ", Note: " ", When: edtf.MustParse("0000"), Rival: "  "},
		{ID: id(6), Name: "no data", When: edtf.MustParse("2020"), Data: eventlog.Stored{Type: "no.data", Version: 1}},
		{ID: id(7), Name: "NULL", Note: "null", When: edtf.MustParse("2020"), Data: eventlog.Stored{Type: "null", Version: 1, Data: []byte(`null`)}},
		{ID: id(8), Name: "' OR 1=1; --", Note: `{"a","b"},NULL,{}`, When: edtf.MustParse("2020"), Rival: "%_$1?:x@y"},
	}
	for i, date := range []string{
		"2017-11", "2018", "201X", "20XX", "2018-XX", "2018-02-XX", "2018-XX-XX", "2019-34", "2019-21", "2019-24", "2019-37", "2019-41",
		"[2018..2021]", "[2018,2020-05..2020-07]", "[..2018]", "[2018..]", "2017-11?", "2017~", "2017-01-01%", "[2017-03-01]",
	} {
		list = append(list, event{ID: id(100 + i), Name: date, When: edtf.MustParse(date), Known: edtf.MustParse(date)})
	}
	return append(list, unicode()...)
}

// unicode returns events whose texts have characters of all 17 planes, and
// those that stores and their encodings trip over.
func unicode() []event {
	var list []event
	texts := []string{"\x01\x02\x1f\x7f\u0080", "e\u0301 and \u00e9", "\u202eright to left", "\ufeffmark", "\u2028\u2029", "\ufffd", "'\"`", "\r\n", "零跑汽车", "<a href=\"x\">&amp;</a>"}
	for plane := range rune(17) {
		texts = append(texts, string([]rune{plane<<16 | 0xABCD, plane<<16 | 0x0123, plane<<16 | 0xFFFD}))
	}
	for i, text := range texts {
		e := plain(200 + i)
		e.Name, e.Note, e.Rival = text, strings.Repeat(text, 3), text
		e.Data.Type = "type " + text
		e.Data.Data = quoted(text)
		e.Cites = []timeline.Citation{{Source: text, Section: text}}
		e.Meta = &timeline.Metadata{By: text, More: map[string]string{text: text}}
		list = append(list, e)
	}
	return list
}

// quoted returns text as a JSON string.
func quoted(text string) []byte {
	var b bytes.Buffer
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r < ' ' || r == '"' || r == '\\':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.Bytes()
}

// odd returns payloads that must come back byte by byte.
func odd() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, text := range []string{
			`{}`, `[]`, `""`, `0`, `-0`, `true`, `null`, `{"b":1,"a":2}`, `{"a":1,"a":2}`, `{"":{"":[[[]]]}}`,
			`1.0`, `1.50`, `1E5`, `1e400`, `123456789012345678901234567890`, `0.1000000000000000055511151231257827`,
			`"\u0041\u00e9\/"`, `"\u0000"`, `"\ud83d\ude00"`, `"\ud800"`, `"<>&"`, "\"\u2028\u007f\"",
			`{"a":"two words, and a { brace"}`,
		} {
			if !yield(text) {
				return
			}
		}
		rnd := rand.New(rand.NewPCG(1, 2))
		big := make([]byte, 1<<20) // a mebibyte with the quotes
		for i := range big {
			big[i] = "abcdefghijklmnopqrstuvwxyz ÄÖÜ"[:26][rnd.IntN(26)]
		}
		big[0], big[len(big)-1] = '"', '"'
		yield(string(big))
	}
}
