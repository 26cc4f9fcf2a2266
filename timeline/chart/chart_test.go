package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

var update = flag.Bool("update", false, "write the golden files anew")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs; go test ./timeline/chart -update writes it anew, then look at it", path)
	}
}

// everyLook is a chart with everything in it that looks different.
func everyLook() *Chart {
	d := edtf.MustParse
	return &Chart{
		Title: "A mill", Source: "From the books of the mill, CC0", On: d("2021-05-10"), Known: d("2021-07-31"), Horizon: d("2024-06"),
		Lanes: []Lane{
			{Title: "Mill", Rows: []Row{
				{Title: "Water mill", Link: "#mill", Items: []Item{
					{Key: "founded", Label: "founded", Text: "2018-03-04: founded", Link: "#founded", When: d("2018-03-04")},
					{Key: "burnt", Label: "burnt", Text: "2020: burnt", When: d("2020")},
					{Key: "sold", Label: "sold", Text: "2021-02 or 2022-11: sold", When: d("[2021-02,2022-11]")},
				}},
				{Title: "Roof", Items: []Item{
					{Key: "roof-a", Label: "thatch", When: d("2018-06"), Rival: "roof"},
					{Key: "roof-b", Label: "slate", When: d("2018-07-02"), Rival: "roof"},
					{Key: "roof-c", Label: "perhaps mended", When: d("2019-08"), Undecided: true},
					{Key: "roof-d", Label: "older than the record", When: d("[..2018-02]")},
				}},
			}},
			{Title: "Owners", Rows: []Row{
				{Title: "Ann", Items: []Item{{Kind: Span, Label: "60 %", When: d("2018-03-04"), Until: d("2020-06")}}},
				{Title: "Bob", Items: []Item{
					{Kind: Span, Label: "40 %", When: d("2018"), Until: d("2019"), Undecided: true},
					{Kind: Span, Label: "all of it", When: d("2020-06"), InQuestion: d("2022-02")},
				}},
				{Title: "The town, always", Items: []Item{{Kind: Span, Label: "the land", Until: d("2023-01-01")}}},
				{Title: "Perhaps", Items: []Item{{Kind: Span, Label: "over before it began?", When: d("2019"), Until: d("2019")}}},
			}},
			{Title: "Plans", Rows: []Row{
				{Title: "A new wheel", Items: []Item{
					{Kind: Plan, Key: "wheel", When: d("2019"), Announced: d("2018-09"), Outcome: Fulfilled},
					{Key: "wheel-done", Label: "turns", When: d("2019-10-01"), Outcome: Fulfilled},
				}},
				{Title: "A second mill", Items: []Item{
					{Kind: Plan, When: d("2020-33"), Announced: d("2019-05-06"), Outcome: Dropped},
					{Label: "dropped", When: d("2020-05-05"), Outcome: Dropped},
				}},
				{Title: "A third mill", Items: []Item{{
					Kind: Plan, Label: "12 months overdue, 8 months later", When: d("2020-04"), Announced: d("2018-11"), Outcome: Overdue,
					Moves: []Move{{d("2019-34"), d("2019-05-06")}, {d("2019-36"), d("2019-12")}},
				}}},
				{Title: "A dam, sooner", Items: []Item{{Kind: Plan, Label: "due", When: d("2021"), Outcome: Due, Moves: []Move{{d("2023"), d("2021-01")}}}}},
				{Title: "Electricity", Items: []Item{{Kind: Plan, When: d("2022/2024"), Announced: d("2021-01-01"), InQuestion: d("2023")}}},
				{Title: "A bridge, some day", Items: []Item{{Kind: Plan, Announced: d("[2019..2020]")}}},
				{Title: "A weir, until it was dropped", Items: []Item{{Kind: Plan, Announced: d("2019"), Until: d("2021-03"), Outcome: Dropped}}},
			}},
		},
	}
}

func somePlot() *Plot {
	d := edtf.MustParse
	return &Plot{
		Title: "Shares", Unit: "%", On: d("2021-05-10"), Horizon: d("2024-06"),
		Series: []Series{
			{Title: "Ann", Steps: []Step{
				{Values: []float64{0}, Text: "0 % at first"},
				{From: d("2018-03-04"), Values: []float64{60}, Text: "60 % from 2018-03-04", Link: "#ann"},
				{From: d("2020-06"), Values: []float64{0}, Text: "0 % from 2020-06"},
			}},
			{Title: "Bob", Steps: []Step{
				{Values: nil, Text: "not recorded"},
				{From: d("2018-03-04"), Values: []float64{40}, Text: "40 % from 2018-03-04"},
				{From: d("2020-06"), Values: []float64{100, 80}, Text: "100 % or 80 % from 2020-06"},
				{From: d("2022"), Values: []float64{100}, Text: "100 % from 2022"},
			}},
		},
	}
}

type svgWriter interface {
	SVG(w io.Writer, o *SVGOptions) error
}

func drawn(t testing.TB, c svgWriter, o *SVGOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, c.SVG(&b, o))
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	golden(t, "every.svg", drawn(t, everyLook(), nil))
	golden(t, "dark.svg", drawn(t, everyLook(), &SVGOptions{Theme: Dark, Width: 900}))
	golden(t, "narrow.svg", drawn(t, everyLook(), &SVGOptions{Theme: Light, Width: 400, MaxRows: 2}))
	golden(t, "stacked.svg", drawn(t, everyLook(), &SVGOptions{Theme: Light, Width: 400, Stacked: true}))
	golden(t, "dense.svg", drawn(t, everyLook(), &SVGOptions{Dense: true}))
	for form, name := range map[Form]string{Stack: "stack.svg", Bars: "bars.svg"} {
		p := somePlot()
		p.Form = form
		golden(t, name, drawn(t, p, &SVGOptions{Width: 800}))
	}
	golden(t, "plot.svg", drawn(t, somePlot(), &SVGOptions{Width: 800}))
	zoomed := everyLook()
	zoomed.Range = edtf.MustParse("2021-05/2021-08")
	golden(t, "months.svg", drawn(t, zoomed, &SVGOptions{Theme: Light}))
	golden(t, "empty.svg", drawn(t, &Chart{}, nil))
	var b bytes.Buffer
	require.NoError(t, everyLook().Mermaid(&b))
	golden(t, "every.mmd", b.Bytes())
	b.Reset()
	require.NoError(t, everyLook().Text(&b, 0))
	golden(t, "every.txt", b.Bytes())
}

// elements returns the elements of a picture by name, and fails if it is not
// XML.
func elements(t testing.TB, picture []byte) map[string][]xml.StartElement {
	t.Helper()
	found := map[string][]xml.StartElement{}
	d := xml.NewDecoder(bytes.NewReader(picture))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		require.NoError(t, err, "%s", picture)
		if e, ok := token.(xml.StartElement); ok {
			found[e.Name.Local] = append(found[e.Name.Local], e.Copy())
		}
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func TestBadRange(t *testing.T) {
	c := Chart{Range: edtf.MustParse("2021/.."), Lanes: everyLook().Lanes}
	require.NoError(t, c.SVG(io.Discard, nil), "an open range ends with the items")
	earliest := edtf.Between(edtf.DistantPast, edtf.DistantFuture)
	for _, write := range []func() error{
		func() error { return (&Chart{Range: earliest}).SVG(io.Discard, nil) },
		func() error { return (&Plot{Range: earliest}).SVG(io.Discard, nil) },
	} {
		require.NoError(t, write(), "nothing is there, so any days will do")
	}
	require.NoError(t, (&Chart{Range: edtf.Between(edtf.MinDay, edtf.MaxDay)}).SVG(io.Discard, nil))
	require.EqualError(t, (&Chart{Range: edtf.MustParse("-9999-01-01/Y10000")}).SVG(io.Discard, nil),
		"chart: from -9999-01-01 to 10000-12-31 is longer than the 20,000 years that a picture can show; give it a range")
}

// failing is a writer that fails.
type failing struct{}

var errFull = errors.New("full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

func TestWriterFails(t *testing.T) {
	for _, write := range []func(io.Writer) error{
		func(w io.Writer) error { return everyLook().SVG(w, nil) },
		func(w io.Writer) error { return somePlot().SVG(w, nil) },
		func(w io.Writer) error { return everyLook().Mermaid(w) },
		func(w io.Writer) error { return everyLook().Text(w, 80) },
	} {
		require.ErrorIs(t, write(failing{}), errFull)
	}
}

func TestAccessible(t *testing.T) {
	found := elements(t, drawn(t, everyLook(), nil))
	svg := found["svg"][0]
	assert.Equal(t, "graphics-document", attr(svg, "role"))
	ids := map[string]bool{}
	for _, es := range found {
		for _, e := range es {
			id := attr(e, "id")
			assert.False(t, id != "" && ids[id], "two elements have the ID %q", id)
			ids[id] = true
			if role := attr(e, "role"); role == "img" || role == "group" || e.Name.Local == "a" && attr(e, "class") != "row-title" {
				assert.NotEmpty(t, attr(e, "aria-label"), "%v", e)
			}
		}
	}
	for _, name := range []string{attr(svg, "aria-labelledby"), attr(svg, "aria-describedby"), "item-founded"} {
		assert.True(t, ids[name], "there is no element %q", name)
	}
}

func TestBareHasNoStyle(t *testing.T) {
	assert.Empty(t, elements(t, drawn(t, everyLook(), &SVGOptions{Bare: true}))["style"])
	for _, theme := range []Theme{Auto, Light, Dark} {
		assert.Equal(t, strings.Count(Style(theme), "{"), strings.Count(Style(theme), "}"))
		assert.NotContains(t, Style(theme), "<")
		assert.NotContains(t, Style(theme), "&")
	}
}

func TestMaxRows(t *testing.T) {
	c := Chart{Lanes: []Lane{{Title: "Many"}}}
	for n := range 10 {
		c.Lanes[0].Rows = append(c.Lanes[0].Rows, Row{Title: fmt.Sprint(n), Items: []Item{{When: edtf.MustParse("2020")}}})
	}
	assert.Contains(t, string(drawn(t, &c, &SVGOptions{MaxRows: 3})), "and 7 more rows, not drawn")
	assert.NotContains(t, string(drawn(t, &c, nil)), "not drawn")
}

func TestNumbersOfAnAxis(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   string
	}{
		{[]float64{0, 20}, "0 % 5 % 10 % 15 % 20 %"},
		{[]float64{65800, 75800}, "0 % 20,000 % 40,000 % 60,000 % 80,000 %"},
		{[]float64{0.12}, "0.00 % 0.05 % 0.10 % 0.15 %"},
		{[]float64{-3, 4}, "-4 % -2 % 0 % 2 % 4 %"},
		{nil, "0.0 % 0.2 % 0.4 % 0.6 % 0.8 % 1.0 %"},
	} {
		a := (&Plot{Series: []Series{{Steps: []Step{{Values: tt.values}}}}}).axis()
		var got []string
		for _, v := range a.ticks() {
			got = append(got, a.label(v, "%"))
		}
		assert.Equal(t, tt.want, strings.Join(got, " "))
	}
}

// What happened by the end of the day is not pale, nor is what comes after it
// solid, however much wider than their days the marks are.
func TestMarksOfTheDayItself(t *testing.T) {
	day := edtf.MustParse("2020-05-11")
	for _, on := range []struct {
		on           string
		later, veils bool
	}{{"2020-05-10", true, false}, {"2020-05-11", false, false}, {"2020-05-12", false, false}} {
		for _, kind := range []Kind{Instant, Plan} {
			c := Chart{On: edtf.MustParse(on.on), Range: edtf.MustParse("2015/2025"), Lanes: []Lane{{Rows: []Row{{Title: "r", Items: []Item{{Kind: kind, When: day}}}}}}}
			var b bytes.Buffer
			require.NoError(t, c.SVG(&b, &SVGOptions{Bare: true}))
			assert.Equal(t, on.later, regexp.MustCompile(`class="item l0( planned)? later"`).MatchString(b.String()), "%v on %s", kind, on.on)
			assert.Equal(t, on.veils, strings.Contains(b.String(), `class="veil"`), "%v on %s", kind, on.on)
		}
	}
}

func TestTextOfWhatIsUndecided(t *testing.T) {
	items := []Item{{When: edtf.MustParse("2018"), Rival: "r"}, {Kind: Plan, When: edtf.MustParse("2020"), Undecided: true}}
	c := Chart{Range: edtf.MustParse("2017/2021"), Lanes: []Lane{{Rows: []Row{{Title: "r", Items: items}}}}}
	var b bytes.Buffer
	require.NoError(t, c.Text(&b, 60))
	assert.Regexp(t, `\?╌+\? +\?{4}`, b.String())
}

// Mermaid reads a year before 1 as one of our time: what lies there is left out, which is said.
func TestMermaidBeforeChrist(t *testing.T) {
	var items []Item
	for _, when := range []string{"-0099-11", "0079-08-24"} {
		items = append(items, Item{Label: when, When: edtf.MustParse(when)})
	}
	c := Chart{Lanes: []Lane{{Title: "l", Rows: []Row{{Title: "r", Items: items}}}}}
	var b bytes.Buffer
	require.NoError(t, c.Mermaid(&b))
	assert.NotContains(t, b.String(), ", -0")
	assert.Contains(t, b.String(), "0079-08-24, 0079-08-25")
	assert.Contains(t, b.String(), "%% Left out, since Mermaid knows only the years 1 to 9999: 1.")
}

// What is certain of a span ends before it may have been over, and with what is recorded and known.
func TestMermaidOfSpans(t *testing.T) {
	span := func(when, until, known string) string {
		item := Item{Label: "span", Kind: Span, When: edtf.MustParse(when)}
		if until != "" {
			item.Until = edtf.MustParse(until)
		}
		c := &Chart{Title: "T", Range: edtf.MustParse("2018-01-01/2024-12-31"), Lanes: []Lane{{Title: "L", Rows: []Row{{Items: []Item{item}}}}}}
		if known != "" {
			c.Known = edtf.MustParse(known)
		}
		var b bytes.Buffer
		require.NoError(t, c.Mermaid(&b))
		return b.String()
	}
	for _, until := range []string{"../2020-06-01", "[..2020-06-01]"} {
		text := span("2019", until, "")
		assert.NotContains(t, text, " :done")
		assert.Contains(t, text, "span, perhaps :active, 2019-01-01, 2020-06-01\n", until)
	}
	text := span("2019-01-01", "2023", "2021-01-01")
	assert.Contains(t, text, "title T, as known on 1 January 2021\n")
	assert.Contains(t, text, "span :done, 2019-01-01, 2021-01-02\n")
	assert.NotContains(t, text, ", perhaps")
}

// Each item of a picture has an ID of its own, also if a key looks like the number of another.
func TestIDsDiffer(t *testing.T) {
	d := new(drawing)
	seen := map[string]bool{}
	for _, key := range []string{"a", "a", "a-2", "a", "a-2", "a-2-2"} {
		id := d.id(key)
		assert.False(t, seen[id], id)
		seen[id] = true
	}
	assert.True(t, seen["item-a"] && seen["item-a-2"])
}

// A day that is known is a diamond, however wide it is.
func TestWideDaysAreKnown(t *testing.T) {
	c := &Chart{Range: edtf.MustParse("2024-06-01/2024-07-31"), Lanes: []Lane{{Rows: []Row{{Items: []Item{{Label: "x", When: edtf.MustParse("2024-07-15")}}}}}}}
	picture := string(drawn(t, c, nil))
	assert.NotContains(t, picture, `class="shape whisker"`)
	assert.NotContains(t, picture, `class="shape ring"`)
}
