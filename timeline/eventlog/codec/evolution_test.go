package codec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/codec"
	"github.com/leapmotor-timeline/leapmotor/timeline/eventlog/memlog"
)

// A payload that is null would be stored, and never read again.
func TestNullIsNoPayload(t *testing.T) {
	type data struct {
		N int `json:"n"`
	}
	c := codec.New(nil, codec.Type[*data]{Name: "data", Version: 1, Zero: (*data)(nil)})
	_, err := c.Encode(nil)
	assert.ErrorContains(t, err, "null is no payload")
	replaced := uuid.NewSHA1(uuid.NameSpaceURL, []byte("1"))
	back := timeline.Event[*data]{ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte("2")), When: edtf.MustParse("2020"), Retraction: true, Replaces: []uuid.UUID{replaced}}
	forms, err := eventlog.Encode(c, back)
	require.NoError(t, err)
	assert.Zero(t, forms[0].Data)
	again, err := eventlog.Decode(c, eventlog.Record{Event: forms[0]})
	require.NoError(t, err)
	assert.Nil(t, again.Data)
}

var update = flag.Bool("update", false, "write the golden files anew")

// The history of a small program in three versions. The first knew prices in
// yuan, the second in any currency, the third calls a price a listing and knows
// recalls.
type (
	payload interface{ title() string }
	founded struct {
		Name string `json:"name"`
	}
	priced struct { // version 1
		Model string `json:"model"`
		Yuan  int    `json:"yuan"`
	}
	pricedIn struct { // version 2
		Model    string `json:"model"`
		Amount   int    `json:"amount"`
		Currency string `json:"currency"`
	}
	listed struct { // version 1 of another name
		Model string `json:"model"`
		Price string `json:"price"`
	}
	recalled struct {
		Model string `json:"model"`
	}
	kept struct{ form eventlog.Stored }
)

func (p founded) title() string        { return p.Name + " is founded" }
func (p priced) title() string         { return fmt.Sprintf("%s costs CNY %d", p.Model, p.Yuan) }
func (p pricedIn) title() string       { return fmt.Sprintf("%s costs %s %d", p.Model, p.Currency, p.Amount) }
func (p listed) title() string         { return p.Model + " costs " + p.Price }
func (p recalled) title() string       { return p.Model + " is recalled" }
func (p kept) title() string           { return fmt.Sprintf("%s v%d?", p.form.Type, p.form.Version) }
func (p kept) Stored() eventlog.Stored { return p.form }

func keep(s eventlog.Stored) payload { return kept{s} }

// rewritten returns an upcaster that turns an old form into a payload stored as
// name and version.
func rewritten[Old any](name string, version int, change func(Old) any) codec.Upcaster {
	return func(s eventlog.Stored) (eventlog.Stored, error) {
		var old Old
		if err := json.Unmarshal(s.Data, &old); err != nil {
			return s, err
		}
		data, err := json.Marshal(change(old))
		return eventlog.Stored{Type: name, Version: version, Data: data}, err
	}
}

// The codec of each version of the program, and what it writes.
var programs = []struct {
	codec  codec.Codec[payload]
	writes []payload
}{
	{
		codec.New(keep, codec.Type[payload]{Name: "founded", Version: 1, Zero: founded{}}, codec.Type[payload]{Name: "priced", Version: 1, Zero: priced{}}),
		[]payload{founded{"Leapmotor"}, priced{"T03", 65800}},
	},
	{
		codec.New(keep, codec.Type[payload]{Name: "founded", Version: 1, Zero: founded{}}, codec.Type[payload]{Name: "priced", Version: 2, Zero: pricedIn{}}).
			With("priced", 1, inYuan),
		[]payload{founded{"Leapmotor"}, pricedIn{"T03", 65800, "CNY"}},
	},
	{
		codec.New(
			keep,
			codec.Type[payload]{Name: "founded", Version: 1, Zero: founded{}},
			codec.Type[payload]{Name: "listed", Version: 1, Zero: listed{}},
			codec.Type[payload]{Name: "recalled", Version: 1, Zero: recalled{}},
		).With("priced", 1, inYuan).With("priced", 2, asListed),
		[]payload{founded{"Leapmotor"}, listed{"T03", "CNY 65800"}},
	},
}

var (
	inYuan   = rewritten("priced", 2, func(p priced) any { return pricedIn{p.Model, p.Yuan, "CNY"} })
	asListed = rewritten("listed", 1, func(p pricedIn) any { return listed{p.Model, fmt.Sprintf("%s %d", p.Currency, p.Amount)} })
)

func path(version int) string {
	return filepath.Join("testdata", fmt.Sprintf("log-%d.jsonl", version+1))
}

func titles(t *testing.T, c codec.Codec[payload], log eventlog.Log) []string {
	t.Helper()
	fold := func(s []string, e timeline.Event[payload]) ([]string, error) {
		return append(slices.Clip(s), e.Data.title()), nil
	}
	events, err := eventlog.Load(t.Context(), log, "s", c)
	require.NoError(t, err)
	history, err := timeline.New(fold, events...)
	require.NoError(t, err)
	return history.At(edtf.MustDay("2030-01-01")).State
}

// load reads a log as a program wrote it.
func load(t *testing.T, name string) *memlog.Log {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	var log memlog.Log
	for _, line := range bytes.Split(bytes.TrimSpace(text), []byte("\n")) {
		var r eventlog.Record
		require.NoError(t, json.Unmarshal(line, &r))
		_, err := log.Append(t.Context(), r.Stream, eventlog.AnyRevision, r.Event)
		require.NoError(t, err)
	}
	return &log
}

// Each version of the program reads what it and every earlier one has written,
// and gets the same history.
func TestLogsOfEarlierVersions(t *testing.T) {
	for version, p := range programs {
		var list []timeline.Event[payload]
		for i, w := range p.writes {
			list = append(list, timeline.Event[payload]{
				ID: uuid.NewSHA1(uuid.NameSpaceOID, []byte{byte(i)}), When: edtf.MustParse("2020"), Data: w,
			})
		}
		forms, err := eventlog.Encode(p.codec, list...)
		require.NoError(t, err)
		var log memlog.Log
		_, err = log.Append(t.Context(), "s", 0, forms...)
		require.NoError(t, err)
		var lines []byte
		for r, err := range log.ReadAll(t.Context(), 0) {
			require.NoError(t, err)
			r.Event.Recorded = time.Time{} // which is never the same
			lines = append(r.AppendJSON(lines), '\n')
		}
		if *update {
			require.NoError(t, os.WriteFile(path(version), lines, 0o644))
		}
		frozen, err := os.ReadFile(path(version))
		require.NoError(t, err)
		assert.Equal(t, string(frozen), string(lines))

		for earlier := range version + 1 {
			assert.Equal(t, []string{"Leapmotor is founded", "T03 costs CNY 65800"}, titles(t, p.codec, load(t, path(earlier))),
				"version %d reads what version %d wrote", version+1, earlier+1)
		}
	}
}

// What a newer program has written is kept, folded as what the program likes,
// and stored again as it was.
func TestNewerIsKept(t *testing.T) {
	log := load(t, path(2))
	assert.Equal(t, []string{"Leapmotor is founded", "listed v1?"}, titles(t, programs[0].codec, log))
	log = load(t, path(1))
	assert.Equal(t, []string{"Leapmotor is founded", "priced v2?"}, titles(t, programs[0].codec, log))
	for r, err := range log.ReadAll(t.Context(), 0) {
		require.NoError(t, err)
		e, err := eventlog.Decode(programs[0].codec, r)
		require.NoError(t, err)
		again, err := eventlog.Encode(programs[0].codec, e)
		require.NoError(t, err)
		assert.True(t, eventlog.SameEvent(r.Event, again[0]))
	}
}

func TestRefusals(t *testing.T) {
	strict := codec.New[payload](nil, codec.Type[payload]{Name: "founded", Version: 2, Zero: founded{}}).
		With("bad", 1, func(eventlog.Stored) (eventlog.Stored, error) {
			return eventlog.Stored{}, errors.New("cannot")
		}).
		With("circle", 1, func(s eventlog.Stored) (eventlog.Stored, error) { return s, nil })
	for form, want := range map[string]string{
		`founded 1 {}`:           "codec: no upcaster from this version: founded v1",
		`founded 3 {}`:           "codec: unknown type: founded v3",
		`lost 1 {}`:              "codec: unknown type: lost v1",
		`bad 1 {}`:               "codec: upcasting bad v1: cannot",
		`circle 1 {}`:            "codec: upcasting circle v1: more than 1000 steps",
		`founded 2 {"colour":1}`: `codec: founded v2: json: unknown field "colour"`,
		`founded 2 {}{}`:         "codec: founded v2: more than one JSON value",
		`founded 2 {}}`:          "codec: founded v2: more than one JSON value",
		`founded 2 null`:         "codec: founded v2: null is no payload",
		`founded 2 `:             "codec: founded v2: no data",
	} {
		parts := strings.SplitN(form, " ", 3)
		_, err := strict.Decode(eventlog.Stored{Type: parts[0], Version: int(parts[1][0] - '0'), Data: []byte(parts[2])})
		assert.EqualError(t, err, want, form)
	}
	_, err := strict.Encode(recalled{})
	assert.ErrorIs(t, err, codec.ErrUnknown)
	_, err = codec.Codec[payload]{}.Decode(eventlog.Stored{Type: "founded", Version: 1})
	assert.ErrorIs(t, err, codec.ErrUnknown)
	_, err = codec.New(nil, codec.Type[any]{Name: "f", Version: 1, Zero: func() {}}).Encode(func() {})
	assert.EqualError(t, err, "codec: f: json: unsupported type: func()")

	// What would be read as another text is not stored.
	texts := codec.New(nil, codec.Type[any]{Name: "s", Version: 1, Zero: ""}, codec.Type[any]{Name: "r", Version: 1, Zero: json.RawMessage{}})
	for _, lossy := range []any{"M\xfcller", json.RawMessage(`"\ud800"`), json.RawMessage(`["\\","\ufffd"]`)} {
		_, err = texts.Encode(lossy)
		assert.Error(t, err, lossy)
	}
	for _, fine := range []any{"Müller \ufffd \\ufffd", json.RawMessage(`"\\ufffd"`)} {
		_, err = texts.Encode(fine)
		assert.NoError(t, err, fine)
	}

	// Of several events every fault is reported, with the event.
	_, err = eventlog.Encode(strict, timeline.Event[payload]{Name: "a", Data: recalled{}}, timeline.Event[payload]{Name: "b", Data: founded{}}, timeline.Event[payload]{Name: "c", Data: priced{}})
	assert.EqualError(t, err, "timeline: 2 faults in the events given:\n\ta: codec: unknown type: codec_test.recalled\n\tc: codec: unknown type: codec_test.priced")
	_, err = eventlog.Decode(strict, eventlog.Record{Position: 7, Stream: "s", Revision: 3, Event: timeline.Event[eventlog.Stored]{Name: "x", Data: eventlog.Stored{Type: "lost", Version: 1}}})
	assert.EqualError(t, err, `eventlog: x at position 7, revision 3 of stream "s": codec: unknown type: lost v1`)
	assert.ErrorIs(t, err, codec.ErrUnknown)

	// Of a Go type that cannot be nil, an event without a payload is none.
	founding := codec.New(nil, codec.Type[founded]{Name: "founded", Version: 1})
	_, err = eventlog.Decode(founding, eventlog.Record{Position: 7, Stream: "s", Revision: 3, Event: timeline.Event[eventlog.Stored]{Name: "x"}})
	assert.EqualError(t, err, `eventlog: x at position 7, revision 3 of stream "s": it has no payload, and retracts nothing`)
	_, err = eventlog.Decode(founding, eventlog.Record{Event: timeline.Event[eventlog.Stored]{Name: "x", Retraction: true}})
	assert.NoError(t, err)
	// Nor is it of an interface, whose fold would get a nil.
	_, err = eventlog.Decode(strict, eventlog.Record{Event: timeline.Event[eventlog.Stored]{Name: "x"}})
	assert.ErrorContains(t, err, "it has no payload, and retracts nothing")
}

func TestNewPanics(t *testing.T) {
	for want, types := range map[string][]codec.Type[payload]{
		"has no name":             {{Name: "", Version: 1, Zero: founded{}}},
		"a has version 0":         {{Name: "a", Version: 0, Zero: founded{}}},
		"a has no Zero":           {{Name: "a", Version: 1}},
		"a is the name of":        {{Name: "a", Version: 1, Zero: founded{}}, {Name: "a", Version: 2, Zero: priced{}}},
		"is stored as a and as b": {{Name: "a", Version: 1, Zero: founded{}}, {Name: "b", Version: 1, Zero: founded{}}},
	} {
		func() {
			defer func() { assert.Contains(t, recover(), want) }()
			codec.New(keep, types...)
		}()
	}
}

// Codecs are values: With leaves the one it is called on as it was.
func TestWithIsANewCodec(t *testing.T) {
	base := programs[1].codec
	_ = base.With("priced", 1, func(eventlog.Stored) (eventlog.Stored, error) { return eventlog.Stored{}, errors.New("other") })
	p, err := base.Decode(eventlog.Stored{Type: "priced", Version: 1, Data: []byte(`{"model":"T03","yuan":1}`)})
	require.NoError(t, err)
	assert.Equal(t, pricedIn{"T03", 1, "CNY"}, p)
}

// An upcaster that leads to nothing that is known is a mistake of this program, and no payload of a newer one.
func TestUpcastersLeadToWhatIsKnown(t *testing.T) {
	type data struct {
		N int `json:"n"`
	}
	for _, wrong := range []eventlog.Stored{{Type: "data", Version: 3}, {Type: "dta", Version: 2}} {
		undecoded := func(eventlog.Stored) any { return "kept" }
		c := codec.New(undecoded, codec.Type[any]{Name: "data", Version: 2, Zero: data{}}).With("data", 1, func(s eventlog.Stored) (eventlog.Stored, error) {
			return eventlog.Stored{Type: wrong.Type, Version: wrong.Version, Data: s.Data}, nil
		})
		_, err := c.Decode(eventlog.Stored{Type: "data", Version: 1, Data: []byte(`{"n": 1}`)})
		require.ErrorIs(t, err, codec.ErrUnknown)
		assert.ErrorContains(t, err, fmt.Sprintf("%s v%d, which data v1 was upcast to", wrong.Type, wrong.Version))
		kept, err := c.Decode(eventlog.Stored{Type: "data", Version: 9, Data: []byte(`{"n": 1}`)})
		require.NoError(t, err)
		assert.Equal(t, "kept", kept)
	}
}
