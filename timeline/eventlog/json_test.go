package eventlog_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
)

var updateGolden = flag.Bool("update", false, "write the golden files anew")

// storedDate reads a date as logs have it: that of this range was once taken.
func storedDate(text string) (d edtf.Date) {
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(err)
	}
	return d
}

// records are what the golden file of the stored form has.
func goldenRecords() []eventlog.Record {
	day := edtf.MustParse("2020-05-11")
	return []eventlog.Record{
		{Position: 1, Stream: "s", Revision: 1, Event: timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 1}, Seq: 1, When: day}},
		{Position: 2, Stream: "零跑/\"a\"\\", Revision: 1, Event: timeline.Event[eventlog.Stored]{
			ID: uuid.MustParse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), Name: "all-fields", Seq: 1,
			When: storedDate("[2018..2020-05]"), Known: edtf.MustParse("2020-05?"),
			Data: eventlog.Stored{Type: "model.launched", Version: 3, Data: []byte(`{"model":"T03","<b>":[1.50,null]}`)},
			Cites: []timeline.Citation{
				{Source: "article", Section: "History", Paragraph: 4, Sentence: 2}, {Source: "other"},
			},
			Note:     "\x00\x01\b\t\n\v\f\r\x1f\x7f <&> \u2028 \U0010FFFF",
			Replaces: []uuid.UUID{{15: 1}, {15: 9}}, After: []uuid.UUID{{15: 8}},
			Rival: "who", Rank: timeline.RankDeprecated,
		}},
		{Position: 1 << 62, Stream: "s", Revision: 2, Event: timeline.Event[eventlog.Stored]{
			ID: uuid.UUID{15: 3}, Name: "retraction", Seq: 2, When: day, Replaces: []uuid.UUID{{15: 1}}, Retraction: true, Rank: timeline.RankPreferred,
		}},
		{Position: 4, Stream: "s", Revision: 3, Event: timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 4}, Seq: 3, When: day, Data: eventlog.Stored{Type: "t", Version: 1, Data: []byte("null")}}},
		{Position: 6, Stream: "s", Revision: 5, Event: timeline.Event[eventlog.Stored]{
			ID: uuid.UUID{15: 6}, Seq: 5, When: day, Recorded: time.Date(2026, 11, 27, 17, 5, 4, 120_000_000, time.UTC),
			Meta: &timeline.Metadata{By: "Anna \"零\"", Why: "w", Correlation: "c", Causation: "d", More: map[string]string{"b": "", "a": "x"}},
		}},
		{Position: 7, Stream: "s", Revision: 6, Event: timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 7}, Seq: 6, When: day, Meta: &timeline.Metadata{More: map[string]string{"": "\x01"}}}},
		{Position: 5, Stream: "s", Revision: 4, Event: timeline.Event[eventlog.Stored]{ID: uuid.UUID{15: 5}, Seq: 4, When: day, Data: eventlog.Stored{Type: "t", Version: 1}}},
	}
}

// The stored form is frozen: hashes are taken of it.
func TestStoredFormIsFrozen(t *testing.T) {
	const path = "testdata/records.golden"
	var b []byte
	for _, r := range goldenRecords() {
		line := r.AppendJSON(nil)
		assert.True(t, json.Valid(line), "%s", line)
		b = append(append(b, line...), '\n')
		var back eventlog.Record
		require.NoError(t, json.Unmarshal(line, &back))
		assert.Equal(t, r, back, "law 8: decode(encode(e)) == e")
		var plain bytes.Buffer
		enc := json.NewEncoder(&plain)
		enc.SetEscapeHTML(false)
		require.NoError(t, enc.Encode(r))
		require.NoError(t, json.Unmarshal(plain.Bytes(), &back))
		assert.Equal(t, r, back)
	}
	if *updateGolden {
		require.NoError(t, os.WriteFile(path, b, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(b))
}

// Members may stand in any order and with blanks, and some may be left out.
func TestStoredFormByHand(t *testing.T) {
	var r eventlog.Record
	require.NoError(t, json.Unmarshal([]byte(`
		{"when": "2020", "data": {"a": [1, 2], "b": "x y"}, "version": 1, "type": "t",
		 "subject": "s", "id": "00000000-0000-0000-0000-000000000001"}`), &r))
	assert.Equal(t, `{"position":0,"subject":"s","revision":0,"id":"00000000-0000-0000-0000-000000000001","type":"t","version":1,"when":"2020","data":{"a":[1,2],"b":"x y"}}`,
		string(r.AppendJSON(nil)))
	for text, want := range map[string]string{
		`{"when": "2020-13"}`:        "2020-13",
		`{"whence": "2020"}`:         `a record has no member "whence"`,
		`{"When": "2020"}`:           `a record has no member "When"`,
		`{"id":"x"`:                  "unexpected end of JSON input",
		`{"note":"a"`:                "unexpected end of JSON input",
		`{"name":"a","name":"b"}`:    `the name "name" stands here twice`,
		`{"name":7}`:                 `name cannot be a JSON number`,
		`{"cites":[{"Source":"a"}]}`: `a citation has no member "Source"`,
		`{"cites":[7]}`:              `a citation must be a JSON object`,
		`{"cites":{}}`:               `cannot be a JSON object`,
		`{"rank": "best"}`:           `rank "best"`,
		`{"id": "x"}`:                "invalid UUID",
		`[]`:                         "a record must be a JSON object",
		"{\"name\":\"\xff\"}":        "not UTF-8",
		`{"name":"\ud800"}`:          "half of a surrogate pair",
		`{"recorded":"0000-01-01T00:00:00+01:00"}`:        "years 1 to 9999",
		`{"recorded":"9999-12-31T23:59:59-01:00"}`:        "years 1 to 9999",
		`{"meta":{"more":{"a":"1","a":"2"}}}`:             `the name "a" stands in more twice`,
		`{"meta":{"more":{"a":null}}}`:                    `the value of "a" in more must be a text`,
		`{"cites":[{"source":"\udc00"}],"data":"\ud800"}`: "half of a surrogate pair",
	} {
		assert.ErrorContains(t, json.Unmarshal([]byte(text), &r), want, text)
	}
	for _, more := range []string{`{} {}`, `{}}`, `{}]`, `{},`} {
		assert.ErrorContains(t, r.UnmarshalJSON([]byte(more)), "more than one", more)
	}
}

func TestSameEvent(t *testing.T) {
	list := goldenRecords()
	for i, a := range list {
		for j, b := range list {
			assert.Equal(t, i == j, eventlog.SameEvent(a.Event, b.Event))
		}
		other := a.Event
		other.Seq, other.Cites = 99, append([]timeline.Citation{}, a.Event.Cites...)
		assert.True(t, eventlog.SameEvent(a.Event, other))
	}
}

// Law 8 on random events: what is written is read back as it was, and whatever
// text is read, is written in a form that is read back the same.
func TestLawStoredFormRoundTrip(t *testing.T) {
	text := rapid.StringOf(rapid.Rune())
	ids := rapid.SliceOfN(rapid.Map(rapid.Byte(), func(b byte) uuid.UUID { return uuid.UUID{15: b} }), 0, 3)
	dates := rapid.SampledFrom([]string{"2017-11", "201X", "2018-XX-XX", "2019-34", "[2018,2020-05..2020-07]", "2017~", "9999", "2020-02-29%"})
	rapid.Check(t, func(t *rapid.T) {
		r := eventlog.Record{
			Position: rapid.Int64().Draw(t, "position"), Stream: text.Draw(t, "stream"), Revision: rapid.Int64().Draw(t, "revision"),
			Event: timeline.Event[eventlog.Stored]{
				ID: uuid.UUID{15: rapid.Byte().Draw(t, "id")}, Name: text.Draw(t, "name"), Note: text.Draw(t, "note"), Rival: text.Draw(t, "rival"),
				When: edtf.MustParse(dates.Draw(t, "when")), Retraction: rapid.Bool().Draw(t, "retraction"),
				Replaces: ids.Draw(t, "replaces"), After: ids.Draw(t, "after"), Rank: timeline.Rank(rapid.IntRange(-1, 1).Draw(t, "rank")),
				Data: eventlog.Stored{Type: text.Draw(t, "type"), Version: rapid.Int().Draw(t, "version")},
			},
		}
		if rapid.Bool().Draw(t, "known too") {
			r.Event.Known = edtf.MustParse(dates.Draw(t, "known"))
		}
		if rapid.Bool().Draw(t, "data too") {
			r.Event.Data.Data, _ = json.Marshal(text.Draw(t, "data"))
		}
		for range rapid.IntRange(0, 2).Draw(t, "cites") {
			r.Event.Cites = append(r.Event.Cites, timeline.Citation{Source: text.Draw(t, "source"), Section: text.Draw(t, "section"), Paragraph: rapid.Int().Draw(t, "paragraph")})
		}
		line := r.AppendJSON(nil)
		var back eventlog.Record
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		if again := back.AppendJSON(nil); !bytes.Equal(line, again) {
			t.Fatalf("%s is read as %s", line, again)
		}
		if back.Event.Seq != r.Revision || back.Event.Name != r.Event.Name || back.Event.When != r.Event.When || back.Event.Known != r.Event.Known {
			t.Fatalf("%s is read as %+v", line, back)
		}
	})
}

// sameEitherWay holds that what is read as it is written is what the slow decoder reads.
func sameEitherWay(t *testing.T, text []byte) {
	fast, ok := eventlog.ParseCanonical(text)
	if !ok {
		return
	}
	slow, err := eventlog.UnmarshalAny(text)
	if err != nil || !reflect.DeepEqual(fast, slow) {
		t.Fatalf("%q is read as %+v and as %+v, %v", text, fast, slow, err)
	}
}

// A line that is almost as it is written is read by the slow decoder, or by neither.
func TestAlmostCanonical(t *testing.T) {
	for _, r := range goldenRecords() {
		line := r.AppendJSON(nil)
		_, ok := eventlog.ParseCanonical(line)
		require.True(t, ok, "%s", line)
		sameEitherWay(t, line)
		for i := range line {
			for _, with := range []string{"", " ", "0", `"`, "x", `\`, `\u0041`, "é", ",", "}"} {
				for _, cut := range []int{0, 1} {
					sameEitherWay(t, slices.Concat(line[:i], []byte(with), line[i+cut:]))
				}
			}
			sameEitherWay(t, line[:i])
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	line := []byte(`{"position":12,"subject":"leapmotor","revision":12,"id":"00000000-0000-0000-0000-000000000001","type":"model.launched","version":1,"name":"t03-launched","when":"2020-05-11","data":{"model":"t03","price":{"low":65800,"currency":"CNY"}},"cites":[{"source":"base","section":"History","paragraph":2}],"recorded":"2026-11-27T17:05:04.123456Z"}`)
	b.Run("read as it is written", func(b *testing.B) {
		for b.Loop() {
			var r eventlog.Record
			require.NoError(b, r.UnmarshalJSON(line))
		}
	})
	spaced := bytes.Replace(line, []byte(`{"position"`), []byte(`{ "position"`), 1)
	b.Run("read in any form", func(b *testing.B) {
		for b.Loop() {
			var r eventlog.Record
			require.NoError(b, r.UnmarshalJSON(spaced))
		}
	})
}

func FuzzRecord(f *testing.F) {
	for _, r := range goldenRecords() {
		f.Add(r.AppendJSON(nil))
	}
	f.Add([]byte(`{"data":  {"a" : 1 }}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var r eventlog.Record
		if r.UnmarshalJSON(text) != nil {
			return
		}
		sameEitherWay(t, text)
		line := r.AppendJSON(nil)
		if _, ok := eventlog.ParseCanonical(line); !ok && utf8.Valid(line) && json.Valid(line) {
			t.Fatalf("%q is written, and is not read as it is written", line)
		}
		sameEitherWay(t, line)
		var back eventlog.Record
		if err := back.UnmarshalJSON(line); err != nil {
			t.Fatalf("%q is read, but not what is written for it, %q: %v", text, line, err)
		}
		if again := back.AppendJSON(nil); !bytes.Equal(line, again) {
			t.Fatalf("%q becomes %q, and that %q", text, line, again)
		}
		if err := eventlog.CheckAppend("s", 0, []timeline.Event[eventlog.Stored]{r.Event}); err == nil && !json.Valid(line) {
			t.Fatalf("%q is accepted and is no JSON", line)
		}
	})
}
