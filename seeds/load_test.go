package seeds_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// good is a file without faults that uses everything a file can have. The
// fault tests replace one thing in it.
const good = `{
  "$schema": "history.schema.json",
  "format": 1,
  "title": "Cars",
  "namespace": "https://example.org/cars",
  "horizon": "2025-10",
  "silent": [{"topic": "sales", "when": "2020/..", "note": "no table"}],
  "sources": [{"key": "book", "title": "A book", "published": "2024", "retrieved": "2025-01-02"}],
  "events": [
    {
      "slug": "founded",
      "type": "company.founded", "version": 1,
      "when": "2015-12", "known": "2016",
      "data": {"legalName": "Cars Ltd", "tradeName": "Cars", "founders": [{"name": "Ann"}]},
      "cites": [{"source": "book", "section": "Start", "paragraph": 1, "sentence": 2}]
    },
    {
      "slug": "bought",
      "type": "stake.closed", "version": 1,
      "when": "2016",
      "data": {"holder": "Bank", "percent": 20, "price": "EUR 5"},
      "cites": [{"source": "book"}],
      "after": ["founded"],
      "rival": "stake", "rank": "preferred",
      "note": "n"
    },
    {"slug": "not-bought", "when": "2018", "cites": [{"source": "book"}], "replaces": ["bought"]}
  ]
}`

func load(text string) (*seeds.File, error) { return seeds.Load(strings.NewReader(text), "cars.json") }

func TestLoad(t *testing.T) {
	f, err := load(good)
	require.NoError(t, err)
	assert.Equal(t, "Cars", f.Title)
	assert.Equal(t, "book", f.Sources[0].Key)
	e, ok := f.Timeline.ByID(f.EventID("bought"))
	require.True(t, ok)
	assert.Equal(t, "bought", e.Name)
	assert.Equal(t, int64(2), e.Seq)
	assert.Equal(t, timeline.RankPreferred, e.Rank)
	assert.Equal(t, "Bank acquires 20 % for EUR 5", e.Data.String())
	assert.Equal(t, 3, f.Timeline.Len())
	assert.Equal(t, "2025-10", f.Timeline.Horizon().String())
	again, err := seeds.LoadFS(fstest.MapFS{"a/cars.json": {Data: []byte(good)}}, "a/cars.json")
	require.NoError(t, err)
	assert.Equal(t, f.EventID("bought"), again.EventID("bought"), "the same file gives the same IDs")
	assert.NotEqual(t, f.EventID("bought"), f.EventID("founded"))
	_, err = seeds.LoadFS(fstest.MapFS{}, "none.json")
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = seeds.Load(failing{}, "x")
	require.ErrorContains(t, err, "seeds: reading x: broken")
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("broken") }

// Each fault, on its own, is named with its place and its reason.
func TestFaults(t *testing.T) {
	for _, row := range []struct{ name, old, new, want string }{
		{"not JSON", `"title": "Cars",`, `"title": "Cars"`, `cars.json:5:3: invalid character '"' after object key:value pair`},
		{"cut off", "\n  ]\n}", ``, `cars.json:27:98: the text ends too early`},
		{"name twice", `"title": "Cars",`, `"title": "Cars", "title": "Cars",`, `cars.json:4:20: the name "title" stands here twice`},
		{"not UTF-8", `"Cars"`, "\"\xff\"", `cars.json:4:13: not UTF-8`},
		{"not an object", good, `[]`, `cars.json:1:1: expected an object`},
		{"format", `"format": 1`, `"format": 2`, `cars.json:3:13: /format: format 2 is not one that can be read; this is 1`},
		{"no title", `  "title": "Cars",` + "\n", ``, `cars.json:1:1: "title" is missing`},
		{"empty title", `"title": "Cars"`, `"title": ""`, `cars.json:4:12: /title: must not be empty`},
		{"title no string", `"title": "Cars"`, `"title": 7`, `cars.json:4:12: /title: expected a string, not number`},
		{"null", `"title": "Cars"`, `"title": null`, `cars.json:4:12: /title: null is no value; leave it out`},
		{"unknown name", `"horizon"`, `"horizont"`, `cars.json:6:15: /horizont: there is no "horizont" here; did you mean "horizon"?`},
		{"bad horizon", `"horizon": "2025-10"`, `"horizon": "2025-1"`, `cars.json:6:14: /horizon: "2025-1": at offset 5: expected a month or a sub-year code of two digits`},
		{"horizon a span", `"horizon": "2025-10"`, `"horizon": "2024/2025"`, `cars.json:6:14: /horizon: 2024/2025 is a span; for one day out of a range write [a..b]`},
		{"silent no list", `"silent": [{"topic": "sales", "when": "2020/..", "note": "no table"}]`, `"silent": {}`, `cars.json:7:13: /silent: expected a list`},
		{"source twice", `"sources": [`, `"sources": [{"key": "book", "title": "x"}, `, `cars.json:8:54: /sources/1/key: there is a source "book" already`},
		{"source without key", `"key": "book", `, ``, `cars.json:8:15: /sources/0: "key" is missing` + "\n" +
			`cars.json:15:28: /events/0/cites/0/source: there is no source "book"` + "\n" +
			`cars.json:22:28: /events/1/cites/0/source: there is no source "book"` + "\n" +
			`cars.json:27:65: /events/2/cites/0/source: there is no source "book"`},
		{"event no object", `"events": [`, `"events": [7, `, `cars.json:9:14: /events/0: expected an object`},
		{"slug missing", `"slug": "founded",`, ``, `cars.json:10:5: /events/0: "slug" is missing` + "\n" + `cars.json:23:17: /events/1/after/0: there is no event "founded"`},
		{"slug twice", `"slug": "not-bought"`, `"slug": "bought"`, `cars.json:27:14: /events/2/slug: there is a slug "bought" already` + "\n" +
			`cars.json:27:84: /events/2/replaces/0: an event cannot name itself`},
		{"slug form", `"slug": "not-bought"`, `"slug": "Not bought"`, `cars.json:27:14: /events/2/slug: a slug is small letters, digits and hyphens, not "Not bought"`},
		{"unknown type", `"stake.closed"`, `"stake.closd"`, `cars.json:19:15: /events/1/type: there is no event type "stake.closd"; did you mean "stake.closed"?`},
		{"unknown version", `"stake.closed", "version": 1`, `"stake.closed", "version": 2`, `cars.json:19:42: /events/1/version: version 2 of stake.closed is not one that can be read; this is 1`},
		{"version no number", `"stake.closed", "version": 1`, `"stake.closed", "version": "1"`, `cars.json:19:42: /events/1/version: expected a whole number, not string` + "\n" +
			`cars.json:19:42: /events/1/version: version "1" of stake.closed is not one that can be read; this is 1`},
		{"no data", `      "data": {"holder": "Bank", "percent": 20, "price": "EUR 5"},` + "\n", ``, `cars.json:17:5: /events/1: "data" is missing`},
		{"nothing to retract", `, "replaces": ["bought"]`, ``, `cars.json:27:5: /events/2: "type" is missing` + "\n" +
			`cars.json:27:5: /events/2: "version" is missing` + "\n" + `cars.json:27:5: /events/2: "data" is missing`},
		{"no when", `"when": "2016",`, ``, `cars.json:17:5: /events/1: "when" is missing`},
		{"bad EDTF", `"when": "2016"`, `"when": "2016-02-30"`, `cars.json:20:15: /events/1/when: "2016-02-30": at offset 8: the month has no such day`},
		{"plain English", `"when": "2016"`, `"when": "June 2016"`, `cars.json:20:15: /events/1/when: "June 2016": at offset 0: expected a year of four digits; write "2016-06"`},
		{"a bound in English", `"when": "2016"`, `"when": "until 2016"`, `cars.json:20:15: /events/1/when: "until 2016": at offset 0: expected a year of four digits; write "[..2016]"`},
		{"all of a set", `"when": "2016"`, `"when": "{2016,2017}"`, `cars.json:17:5: /events/1: an event happens on one day, and an all-of set is several: When is {2016,2017}; for one of them write [2016,2017]`},
		{"a range of two precisions", `"when": "2016"`, `"when": "[2016-03..2017]"`, `cars.json:20:15: /events/1/when: "[2016-03..2017]": at offset 8: a range of two precisions: write 2016-03-01..2017-12-31`},
		{"when a span", `"when": "2016"`, `"when": "2016/2017"`, `cars.json:20:15: /events/1/when: 2016/2017 is a span; for one day out of a range write [a..b]`},
		{"known a span", `"known": "2016"`, `"known": "2016/.."`, `cars.json:13:35: /events/0/known: 2016/.. is a span; for one day out of a range write [a..b]`},
		{"percent over 100", `"percent": 20`, `"percent": 120`, `cars.json:21:45: /events/1/data/percent: 120 percent is more than 100`},
		{"percent negative", `"percent": 20`, `"percent": -1`, `cars.json:21:45: /events/1/data/percent: -1 is negative`},
		{"bad money", `"EUR 5"`, `"5 EUR"`, `cars.json:21:58: /events/1/data/price: money "5 EUR" is not written like "EUR 1500000000"`},
		{"data name", `"holder": "Bank"`, `"hoder": "Bank"`, `cars.json:21:15: /events/1/data: "holder" is missing` + "\n" +
			`cars.json:21:25: /events/1/data/hoder: there is no "hoder" here; did you mean "holder"?`},
		{"data inside", `[{"name": "Ann"}]`, `[{"name": 7}]`, `cars.json:14:84: /events/0/data/founders/0/name: expected a string, not number`},
		{"data list", `[{"name": "Ann"}]`, `"Ann"`, `cars.json:14:74: /events/0/data/founders: expected a list`},
		{"no citation", `"cites": [{"source": "book"}],` + "\n", `"cites": [],` + "\n", `cars.json:22:16: /events/1/cites: an event needs a citation`},
		{"missing source", `"cites": [{"source": "book"}],` + "\n", `"cites": [{"source": "bok"}],` + "\n", `cars.json:22:28: /events/1/cites/0/source: there is no source "bok"; did you mean "book"?`},
		{"paragraph 0", `"paragraph": 1`, `"paragraph": 0`, `cars.json:15:69: /events/0/cites/0/paragraph: a paragraph is counted from 1`},
		{"sentence negative", `"sentence": 2`, `"sentence": -2`, `cars.json:15:84: /events/0/cites/0/sentence: a sentence is counted from 1`},
		{"dangling after", `"after": ["founded"]`, `"after": ["fonded"]`, `cars.json:23:17: /events/1/after/0: there is no event "fonded"; did you mean "founded"?`},
		{"dangling replaces", `"replaces": ["bought"]`, `"replaces": ["sold"]`, `cars.json:27:88: /events/2/replaces/0: there is no event "sold"`},
		{"self", `"after": ["founded"]`, `"after": ["bought"]`, `cars.json:23:17: /events/1/after/0: an event cannot name itself`},
		{"rank", `"rank": "preferred"`, `"rank": "best"`, `cars.json:24:33: /events/1/rank: rank "best" is none of deprecated, normal, preferred`},
		{
			"cycle", `"cites": [{"source": "book", "section"`, `"after": ["bought"], "cites": [{"source": "book", "section"`,
			"cars.json:10:5: /events/0: comes after itself\ncars.json:17:5: /events/1: comes after itself",
		},
		{"empty window", `"when": "2016"`, `"when": "2014"`, `cars.json:17:5: /events/1: its window has no day left that After allows: 2014 against founded, 2015-12`},
	} {
		t.Run(row.name, func(t *testing.T) {
			require.Contains(t, good, row.old)
			text := strings.Replace(good, row.old, row.new, 1)
			_, err := load(text)
			var faults seeds.Faults
			require.ErrorAs(t, err, &faults)
			if row.want != "" {
				assert.Equal(t, row.want, err.Error())
			}
		})
	}
}

// The fold's refusal is a fault at the event it names.
func TestFoldFault(t *testing.T) {
	text := strings.Replace(good, `{"slug": "not-bought", "when": "2018", "cites": [{"source": "book"}], "replaces": ["bought"]}`,
		`{"slug": "again", "type": "deliveries.recorded", "version": 1, "when": "2019", "data": {"period": "2019", "count": -1}, "cites": [{"source": "book"}]}`, 1)
	_, err := load(text)
	assert.EqualError(t, err, "cars.json:27:5: /events/2: again, on 2019-12-31: deliveries: -1")

	// All that cannot follow is found, not just the first.
	text = strings.Replace(good, `"replaces": ["bought"]}`, `"replaces": ["bought"]},
    {"slug": "again", "type": "deliveries.recorded", "version": 1, "when": "2019", "data": {"period": "2019", "count": -1}, "cites": [{"source": "book"}]},
    {"slug": "over", "type": "model.priced", "version": 1, "when": "2017", "data": {"model": "M", "min": "EUR 2", "max": "EUR 1"}, "cites": [{"source": "book"}], "after": ["founded"]},
    {"slug": "undone", "when": "2018", "cites": [{"source": "book"}], "replaces": ["again"], "known": "2020"}`, 1)
	_, err = load(text)
	assert.EqualError(t, err, "cars.json:28:5: /events/3: again: deliveries: -1\ncars.json:29:5: /events/4: over, on 2017-12-31: a price from EUR 2 to EUR 1",
		"what is taken back has still to make sense: until then it was so")
	text = strings.Replace(text, `,
    {"slug": "undone", "when": "2018", "cites": [{"source": "book"}], "replaces": ["again"], "known": "2020"}`, "", 1)
	_, err = load(text)
	assert.EqualError(t, err, "cars.json:28:5: /events/3: again, on 2019-12-31: deliveries: -1\n"+
		"cars.json:29:5: /events/4: over, on 2017-12-31: a price from EUR 2 to EUR 1")
}

// What carries out a plan must name one that is there, and an item it has.
func TestPlanFaults(t *testing.T) {
	with := func(fulfils string) string {
		return strings.Replace(good, `"replaces": ["bought"]}`, `"replaces": ["bought"]},
    {"slug": "plan", "type": "plan.announced", "version": 1, "when": "2017", "cites": [{"source": "book"}],
      "data": {"plan": "launch", "title": "t", "basis": "announced", "items": [{"item": "France"}, {"item": "Spain"}]}},
    {"slug": "entered", "type": "market.entered", "version": 1, "when": "2018", "cites": [{"source": "book"}],
      "data": {"market": "France", "fulfils": [`+fulfils+`]}}`, 1)
	}
	_, err := load(with(`{"plan": "launch", "item": "France"}, {"plan": "launch"}`))
	require.NoError(t, err)
	_, err = load(with(`{"plan": "launch", "item": "Frnace"}`))
	assert.EqualError(t, err, `cars.json:31:75: /events/4/data/fulfils/0/item: the plan "launch" has no item "Frnace"; did you mean "France"?`)
	_, err = load(with(`{"plan": "lunch"}`))
	assert.EqualError(t, err, `cars.json:31:57: /events/4/data/fulfils/0/plan: there is no plan "lunch"; did you mean "launch"?`)
}

// Every fault of a file is listed, in the order of the file.
func TestAllFaultsAtOnce(t *testing.T) {
	text := strings.NewReplacer(`"2016",`, `"2016-13",`, `"percent": 20`, `"percent": 120`, `"version": 1`, `"version": 3`,
		`"format": 1`, `"format": 9`, `["founded"]`, `["lost"]`).Replace(good)
	_, err := load(text)
	var faults seeds.Faults
	require.ErrorAs(t, err, &faults)
	var pointers []string
	for _, f := range faults {
		assert.Equal(t, "cars.json", f.File)
		pointers = append(pointers, f.Pointer)
	}
	assert.Equal(t, []string{"/format", "/events/0/version", "/events/0/known", "/events/1/version", "/events/1/when", "/events/1/data/percent", "/events/1/after/0"}, pointers)
}

// FuzzLoad holds that no file panics, and that a refusal says where and why.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"format":1,"title":"t","namespace":"n","sources":[{"key":"a","title":"b"}],"events":[]}`))
	f.Add([]byte(`{"events":[{"slug":"a","type":"brand.launched","version":1,"when":"2020","data":{"brand":"B"},"cites":[{"source":"a"}]}]}`))
	f.Add([]byte(`{"events":7,"sources":{"key":[]},"silent":[null]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		_, err := seeds.Load(strings.NewReader(string(text)), "f")
		if err == nil {
			return
		}
		var faults seeds.Faults
		if !errors.As(err, &faults) || len(faults) == 0 {
			t.Fatalf("%v", err)
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Column < 1 || fault.Reason == "" {
				t.Fatalf("%+v", fault)
			}
		}
	})
}

// A share may be left out, bounded, or none.
func TestSharesThatAreNoNumbers(t *testing.T) {
	file, err := seeds.Load(strings.NewReader(`{"format": 1, "title": "T", "namespace": "https://example.org/t", "sources": [{"key": "n", "title": "N"}], "events": [
		{"slug": "unknown", "type": "stake.closed", "version": 1, "when": "2020-01", "data": {"holder": "Silent Partner"}, "cites": [{"source": "n"}]},
		{"slug": "more-than-half", "type": "stake.closed", "version": 1, "when": "2020-01", "data": {"holder": "Majority", "percent": ">50"}, "cites": [{"source": "n"}]},
		{"slug": "nothing", "type": "stake.closed", "version": 1, "when": "2020-01", "data": {"holder": "Zero", "percent": 0}, "cites": [{"source": "n"}]}]}`), "h.json")
	require.NoError(t, err)
	c := file.Timeline.At(day("2020-12-31")).State
	assert.Equal(t, "more than 0 %, more than 50 %, 0 %", fmt.Sprint(c.StakeOf("Silent Partner"), ", ", c.StakeOf("Majority"), ", ", c.StakeOf("Zero")))
	_, err = seeds.Load(strings.NewReader(`{"format": 1, "title": "T", "namespace": "https://example.org/t", "sources": [{"key": "n", "title": "N"}], "events": [
		{"slug": "more", "type": "stake.closed", "version": 1, "when": "2020-01", "data": {"holder": "M", "percent": ">150"}, "cites": [{"source": "n"}]}]}`), "h.json")
	require.EqualError(t, err, `h.json:2:112: /events/0/data/percent: 150 percent is more than 100`)
}

// What no type fits may still be told.
func TestUnknownTypePointsToFacts(t *testing.T) {
	_, err := seeds.Load(strings.NewReader(`{"format": 1, "title": "T", "namespace": "https://example.org/t", "sources": [{"key": "n", "title": "N"}], "events": [
		{"slug": "a", "type": "mascot.chosen", "version": 1, "when": "2020", "data": {}, "cites": [{"source": "n"}]}]}`), "h.json")
	require.EqualError(t, err, `h.json:2:25: /events/0/type: there is no event type "mascot.chosen"; for what no type fits there is fact.began`)
}

// A history of several files, with what its parts may say.
const partHead = `{"format": 1, "part": "p", "events": [`

func brandEvent(slug, source string) string {
	return `{"slug": "` + slug + `", "type": "brand.launched", "version": 1, "when": "2020", "data": {"brand": "B"}, "cites": [{"source": "` + source + `"}]}`
}

func historyWith(files string, events ...string) string {
	return `{"format": 1, "title": "T", "namespace": "https://example.org/t", "files": ` + files + `, "sources": [{"key": "n", "title": "N"}], "events": [` + strings.Join(events, ", ") + `]}`
}

func TestSeveralFiles(t *testing.T) {
	fsys := fstest.MapFS{
		"h/t.json":        {Data: []byte(historyWith(`["parts/a.json", "b.json"]`, brandEvent("first", "n")))},
		"h/parts/a.json":  {Data: []byte(`{"format": 1, "part": "p", "sources": [{"key": "m", "title": "M"}], "events": [` + brandEvent("second", "m") + `]}`)},
		"h/b.json":        {Data: []byte(partHead + strings.Replace(brandEvent("third", "m"), `"cites"`, `"after": ["first"], "cites"`, 1) + `]}`)},
		"h/unrelated.txt": {Data: []byte("no part of it")},
	}
	file, err := seeds.LoadFS(fsys, "h/t.json")
	require.NoError(t, err)
	assert.Len(t, file.Sources, 2)
	var names []string
	for e := range file.Timeline.Events() {
		names = append(names, e.Name)
	}
	assert.Equal(t, []string{"first", "second", "third"}, names)

	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, fsys))
	same, err := seeds.LoadFile(filepath.Join(dir, "h", "t.json"))
	require.NoError(t, err)
	assert.Equal(t, file.Sources, same.Sources)
	_, err = seeds.LoadFile(filepath.Join(dir, "none.json"))
	require.ErrorIs(t, err, fs.ErrNotExist)

	_, err = seeds.Load(strings.NewReader(string(fsys["h/t.json"].Data)), "t.json")
	require.EqualError(t, err, "t.json:1:77: /files/0: a history of several files cannot be read from a stream")
}

// Faults name the file that they are in, all at once.
func TestFaultsOfSeveralFiles(t *testing.T) {
	for name, tt := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"names that are no files": {
			fstest.MapFS{"t.json": {Data: []byte(historyWith(`["../a.json", "t.json", "none.json", "/etc/passwd", 5]`))}},
			`t.json:1:77: /files/0: "../a.json" is no file in the folder of this one or below; it is written like parts/models.json
t.json:1:90: /files/1: "t.json" is there already
t.json:1:100: /files/2: "none.json" cannot be read: file does not exist
t.json:1:113: /files/3: "/etc/passwd" is no file in the folder of this one or below; it is written like parts/models.json`,
		},
		"no JSON": {
			fstest.MapFS{"t.json": {Data: []byte(historyWith(`["a.json", "b.json"]`))}, "a.json": {Data: []byte(`{`)}, "b.json": {Data: []byte(`[1,]`)}},
			"a.json:1:2: the text ends too early\nb.json:1:4: invalid character ']' looking for beginning of value",
		},
		"across files": {
			fstest.MapFS{
				"t.json": {Data: []byte(historyWith(`["a.json"]`, brandEvent("same", "n"), brandEvent("x", "wrong")))},
				"a.json": {Data: []byte(partHead + brandEvent("same", "n") + `], "title": "T"}`)},
			},
			"t.json:1:381: /events/1/cites/0/source: there is no source \"wrong\"\na.json:1:48: /events/0/slug: there is a slug \"same\" already\na.json:1:175: /title: there is no \"title\" here",
		},
		"of the fold": {
			fstest.MapFS{
				"t.json": {Data: []byte(historyWith(`["a.json"]`))},
				"a.json": {Data: []byte(partHead + strings.NewReplacer("brand.launched", "shares.split", `"brand": "B"`, `"into": 0, "for": 1`).Replace(brandEvent("split", "n")) + `]}`)},
			},
			"a.json:1:39: /events/0: split, on 2020-12-31: a split of 0 for 1 shares",
		},
	} {
		_, err := seeds.LoadFS(tt.files, "t.json")
		require.Error(t, err, name)
		assert.Equal(t, tt.want, err.Error(), name)
	}
}

// with returns the good history with more events.
func with(events ...string) string {
	return strings.Replace(good, `"replaces": ["bought"]}`, `"replaces": ["bought"]},`+"\n"+strings.Join(events, ",\n"), 1)
}

func eventText(slug, kind, when, data, more string) string {
	return fmt.Sprintf(`{"slug": %q, "type": %q, "version": 1, "when": %q, "data": %s, "cites": [{"source": "book"}]%s}`, slug, kind, when, data, more)
}

// A plan that is for more than it names may be carried out for anything.
func TestPlansForMoreThanTheyName(t *testing.T) {
	plan := func(atLeast int) string {
		return eventText("plan", "plan.announced", "2017", fmt.Sprintf(`{"plan": "nine", "title": "t", "basis": "announced", "atLeast": %d, "items": [{"item": "France"}, {"item": "Italy"}]}`, atLeast), "")
	}
	entered := eventText("entered", "market.entered", "2018", `{"market": "Spain", "fulfils": [{"plan": "nine", "item": "Spain"}]}`, "")
	_, err := load(with(plan(9), entered))
	require.NoError(t, err)
	_, err = load(with(plan(2), entered))
	require.ErrorContains(t, err, `the plan "nine" has no item "Spain"`)
	more := eventText("more", "plan.changed", "2018", `{"plan": "nine", "atLeast": 3}`, "")
	_, err = load(with(plan(2), more, entered))
	require.NoError(t, err)
	_, err = load(with(eventText("more", "plan.changed", "2018", `{"plan": "ninety", "atLeast": 3}`, ""), eventText("done", "plan.fulfilled", "2019", `{"plan": "ninety"}`, "")))
	require.ErrorContains(t, err, `there is no plan "ninety"`)
}

// What contradicts itself is a fault, whether or not it counts in the end.
func TestFaultsBesideTheBaseline(t *testing.T) {
	_, err := load(with(
		eventText("cheap", "model.priced", "2017", `{"model": "M", "min": "EUR 2", "max": "EUR 1"}`, `, "rival": "price"`),
		eventText("dear", "model.priced", "2018", `{"model": "M", "min": "EUR 5", "max": "EUR 6"}`, `, "rival": "price"`)))
	require.ErrorContains(t, err, "/events/3: cheap: a price from EUR 2 to EUR 1")
	assert.NotContains(t, err.Error(), "/events/4")
	_, err = load(strings.Replace(good, `"published": "2024"`, `"published": "2024", "horizon": "2018/2024"`, 1))
	require.ErrorContains(t, err, "2018/2024 is a span")
}

// An order that kinds of events imply, and that cannot be, is left out for these alone.
func TestImpliedOrderIsDroppedWhereItCannotBe(t *testing.T) {
	started, ended := eventText("started", "production.started", "2010", `{"plant": "Kiel", "model": "One"}`, ""), eventText("ended", "production.ended", "2010", `{"plant": "Kiel", "model": "One"}`, "")
	left, entered := eventText("left", "market.left", "2015", `{"market": "France"}`, ""), eventText("entered", "market.entered", "2015-06", `{"market": "France"}`, "")
	note := eventText("note", "market.suspended", "2015-03", `{"market": "France"}`, "")
	for _, list := range [][]string{{ended, started}, {ended, started, left, note, entered}} {
		if len(list) > 2 {
			list[3] = strings.Replace(note, `"cites"`, `"after": ["left"], "cites"`, 1)
		}
		f, err := load(with(list...))
		require.NoError(t, err)
		a, err := timeline.Ask(f.Timeline, edtf.MustDay("2012-01-01"), events.StatusOfProduction("Kiel", "One"))
		require.NoError(t, err)
		assert.Equal(t, []events.ProductionStatus{events.ProductionOver}, a.Values())
	}
}

// A correction of one rival that is none itself would settle the dispute without a word.
func TestCorrectionsOfRivals(t *testing.T) {
	for more, ok := range map[string]bool{
		`, "replaces": ["early"]`:                   false,
		`, "replaces": ["early"], "rival": "one"`:   true,
		`, "replaces": ["early"], "rival": "other"`: false,
		`, "replaces": ["early", "late"]`:           true,
	} {
		_, err := load(with(
			eventText("early", "model.launched", "2018", `{"model": "One"}`, `, "rival": "one"`),
			eventText("late", "model.launched", "2019", `{"model": "One"}`, `, "rival": "one"`),
			eventText("exact", "model.launched", "2018-03", `{"model": "One"}`, `, "known": "2020"`+more)))
		if ok {
			require.NoError(t, err, more)
			continue
		}
		require.ErrorContains(t, err, `/events/5/replaces/0: "early" has rivals, such as "late"; give the correction their rival "one" too, or let it replace them all`)
	}
	_, err := load(with(
		eventText("early", "model.launched", "2018", `{"model": "One"}`, `, "rival": "one"`),
		eventText("late", "model.launched", "2019", `{"model": "One"}`, `, "rival": "one"`),
		`{"slug": "back", "when": "2020", "cites": [{"source": "book"}], "replaces": ["early"]}`))
	require.NoError(t, err, "it takes one back")
}
