package chart

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// drawDate draws a window, a set, or none.
func drawDate(t *rapid.T, label string) edtf.Date {
	forms := []string{"", "2019", "2020-03", "2020-03-17", "2021-34", "[2019-05..2020-02]", "[2019-05,2021-01-02]", "[..2018]", "[2021..]"}
	if form := rapid.SampledFrom(forms).Draw(t, label); form != "" {
		return edtf.MustParse(form)
	}
	return edtf.Date{}
}

func drawText(t *rapid.T, label string) string {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"", "a", "on sale", "</svg><script>alert(1)</script>", `"'&<>`, "a\nb: c; #d %% e", "wide 零跑汽车 text", "click", strings.Repeat("W", 2000)}),
		rapid.String(),
	).Draw(t, label)
}

func drawChart(t *rapid.T) *Chart {
	c := &Chart{Title: drawText(t, "title"), On: drawDate(t, "on"), Known: drawDate(t, "known"), Horizon: drawDate(t, "horizon"), Source: drawText(t, "source")}
	c.Range = rapid.SampledFrom([]edtf.Date{
		{}, {}, edtf.MustParse("2019-06/2020-06"), edtf.MustParse("2020-03-10/2020-03-20"), edtf.MustParse("1900/.."), edtf.MustParse("0001/9999"),
	}).Draw(t, "range")
	for range rapid.IntRange(0, 3).Draw(t, "lanes") {
		lane := Lane{Title: drawText(t, "lane")}
		for range rapid.IntRange(0, 3).Draw(t, "rows") {
			row := Row{Title: drawText(t, "row")}
			for range rapid.IntRange(0, 8).Draw(t, "items") {
				row.Items = append(row.Items, drawItem(t))
			}
			lane.Rows = append(lane.Rows, row)
		}
		c.Lanes = append(c.Lanes, lane)
	}
	return c
}

func drawItem(t *rapid.T) Item {
	return Item{
		Label: drawText(t, "label"), Text: drawText(t, "text"),
		Kind: rapid.SampledFrom([]Kind{Instant, Span, Plan}).Draw(t, "kind"),
		When: drawDate(t, "when"), Until: drawDate(t, "until"), Announced: drawDate(t, "announced"), InQuestion: drawDate(t, "question"),
		Outcome: rapid.SampledFrom([]Outcome{Open, Fulfilled, Dropped, Due, Overdue}).Draw(t, "outcome"), Undecided: rapid.Bool().Draw(t, "undecided"),
		Rival: rapid.SampledFrom([]string{"", "", "r"}).Draw(t, "rival"),
		Moves: drawMoves(t),
	}
}

func drawMoves(t *rapid.T) (moves []Move) {
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "moves") {
		moves = append(moves, Move{drawDate(t, "from"), drawDate(t, "told")})
	}
	return moves
}

// TestPicturesAreSound: whatever is drawn, the picture is XML, all of it lies
// within the picture, and the same chart gives the same bytes.
func TestPicturesAreSound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := drawChart(r)
		o := &SVGOptions{Width: rapid.SampledFrom([]int{0, 1, 360, 900}).Draw(r, "width"), MaxRows: rapid.IntRange(0, 2).Draw(r, "rows"), Stacked: rapid.Bool().Draw(r, "stacked"), Dense: rapid.Bool().Draw(r, "dense")}
		picture := drawn(t, c, o)
		found := elements(t, picture)
		if len(found["script"]) > 0 {
			r.Fatalf("a text got out of its place: %s", picture)
		}
		box := strings.Fields(attr(found["svg"][0], "viewBox"))
		width, _ := strconv.ParseFloat(box[2], 64)
		height, _ := strconv.ParseFloat(box[3], 64)
		for _, e := range append(found["rect"], found["text"]...) {
			x, y := coordinate(r, attr(e, "x")), coordinate(r, attr(e, "y"))
			if x < 0 || x+coordinate(r, attr(e, "width")) > width+.1 || y < 0 || y+coordinate(r, attr(e, "height")) > height+.1 {
				r.Fatalf("outside: %v", e)
			}
		}
		if bytes.Contains(picture, []byte("NaN")) || bytes.Contains(picture, []byte("Inf\"")) {
			r.Fatalf("no numbers: %s", picture)
		}
		if !bytes.Equal(picture, drawn(t, c, o)) {
			r.Fatal("drawn twice, it differs")
		}
	})
}

func coordinate(t *rapid.T, s string) float64 {
	if s == "" || s == "0" {
		return 0
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.Fatalf("no number: %q", s)
	}
	return v
}

// TestLabelsDoNotCollide: what is on one line of a row does not cover each
// other, label or shape, as wide as the letters are taken to be.
func TestLabelsDoNotCollide(t *testing.T) {
	crowds := 0
	rapid.Check(t, func(r *rapid.T) {
		c := drawChart(r)
		l := c.layout(rapid.SampledFrom([]float64{320, 700, 1200}).Draw(r, "width"), SVGOptions{Stacked: rapid.Bool().Draw(r, "stacked"), Dense: rapid.Bool().Draw(r, "dense")})
		for _, lane := range l.lanes {
			for _, row := range lane.rows {
				if row.crowded > 0 {
					continue
				}
				taken := map[int][][2]float64{}
				for _, s := range row.shapes {
					x0, x1 := s.x0, s.x1
					if s.label.text != "" && !s.label.inside {
						x0, x1 = min(x0, s.label.x), max(x1, s.label.x+textWidth(s.label.text, fontSize))
					}
					if s.label.inside {
						l.holdInside(r, s)
					}
					for _, other := range taken[s.track] {
						if x0 < other[1] && other[0] < x1 {
							r.Fatalf("%q covers another of its line: %v and %v", s.label.text, [2]float64{x0, x1}, other)
						}
					}
					taken[s.track] = append(taken[s.track], [2]float64{x0, x1})
					if len(taken) > 1 {
						crowds++
					}
				}
			}
		}
	})
	if crowds == 0 {
		t.Error("the test shows nothing")
	}
}

// holdInside holds that a label in its shape stays there, and that a line goes
// through it only if it has no room behind the line.
func (l *layout) holdInside(t *rapid.T, s *shape) {
	x0, x1 := s.label.x, s.label.x+textWidth(s.label.text, fontSize)
	if x0 < s.x0 || x1 > s.x1 {
		t.Fatalf("%q, from %v to %v, leaves its shape, from %v to %v", s.label.text, x0, x1, s.x0, s.x1)
	}
	for _, line := range l.lines() {
		if s.item.Kind == Span && x0 < line && line < x1 && len(l.lines()) == 1 && line+labelGap+x1-x0 <= s.out0-labelGap {
			t.Fatalf("the line at %v goes through %q, from %v to %v", line, s.label.text, x0, x1)
		}
	}
}

// TestSpansFadeAsTheyAreCertain holds where a bar is full, and where it fades,
// against the slow reading day by day.
func TestSpansFadeAsTheyAreCertain(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		item := &Item{Kind: Span, When: drawDate(r, "when"), Until: drawDate(r, "until")}
		first := edtf.MustDay("2018-06-01")
		s := scale{first: first, last: first + 1200, left: 100, right: 100 + 2*1201, mark: minMark}
		p, ok := s.shapeOf(item, 0)
		if ok && (p.in0 > p.in1 || p.in1 > p.out0 || p.out0 > p.out1) {
			r.Fatalf("%v until %v is drawn outside of itself: %v %v %v %v", item.When, item.Until, p.in0, p.in1, p.out0, p.out1)
		}
		for day := s.first; day <= s.last; day++ {
			begun, over := edtf.Certain, edtf.No
			if !item.When.IsZero() {
				begun = item.When.Before((day + 1).Date())
			}
			if !item.Until.IsZero() {
				over = item.Until.Before((day + 1).Date())
			}
			middle := s.x(day) + s.day()/2
			full := ok && p.in1 <= middle && middle < p.out0
			some := ok && p.in0 <= middle && middle < p.out1
			held := begun.And(over.Not())
			if full && held != edtf.Certain || !some && held == edtf.Certain && !full {
				r.Fatalf("%v until %v: on %v it is %v, full %v, there %v", item.When, item.Until, day, held, full, some)
			}
			// A day on which it may have begun is part of the fade, the last of them is full.
			if some && held == edtf.No && begun == edtf.No {
				r.Fatalf("%v until %v: on %v it is drawn, but is not", item.When, item.Until, day)
			}
		}
	})
}

// TestInstantsAreAsWideAsTheirWindow holds the pieces of an instant against its
// days.
func TestInstantsAreAsWideAsTheirWindow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		item := &Item{When: drawDate(r, "when")}
		first := edtf.MustDay("2018-06-01")
		s := scale{first: first, last: first + 1200, left: 100, right: 100 + 2*1201, mark: 2}
		p, ok := s.shapeOf(item, 0)
		for day := s.first; day <= s.last; day++ {
			middle := s.x(day) + s.day()/2
			there := ok && slices.ContainsFunc(p.pieces, func(x piece) bool { return x.x0 <= middle && middle < x.x1 })
			if want := !item.When.IsZero() && item.When.Contains(day); there != want {
				r.Fatalf("%v on %v: drawn %v, want %v", item.When, day, there, want)
			}
		}
	})
}

// TestTicks holds that ticks begin quarters, years and the like, in order, and
// have room for their labels.
func TestTicks(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		first := edtf.Day(rapid.IntRange(-600_000, 2_000_000).Draw(r, "first"))
		s := scale{first: first, last: first + edtf.Day(rapid.SampledFrom([]int{0, 3, 40, 400, 4000, 40_000, 800_000}).Draw(r, "days")), left: 100, right: rapid.Float64Range(200, 2000).Draw(r, "right")}
		ticks := s.ticks()
		labels := 0
		for n, tick := range ticks {
			y, m, d := tick.day.Civil()
			if n > 0 && tick.day <= ticks[n-1].day {
				r.Fatalf("out of order: %v", ticks)
			}
			if tick.label == fmt.Sprint(y) && (d != 1 || m != 1 && tick.day > s.first) {
				r.Fatalf("%v is labelled %s", tick.day, tick.label)
			}
			if strings.HasPrefix(tick.label, "Q") && (d != 1 || int(m)%3 != 1) {
				r.Fatalf("%v is labelled %s", tick.day, tick.label)
			}
			if tick.label != "" {
				labels++
			}
		}
		if room := (s.right - s.left) / 20; labels > int(room)+2 {
			r.Fatalf("%d labels in %v pixels", labels, s.right-s.left)
		}
	})
}

// TestMermaidAndTextAreLines: each item is a line of its own, and nothing in a
// text begins another, or ends its name.
func TestMermaidAndTextAreLines(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := drawChart(r)
		var b bytes.Buffer
		require.NoError(t, c.Mermaid(&b))
		for n, line := range strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n") {
			name, rest, isTask := strings.Cut(strings.TrimSpace(line), " :")
			known := n == 0 || slices.ContainsFunc([]string{"title ", "section ", "dateFormat ", "axisFormat ", "todayMarker ", "%% "}, func(p string) bool { return strings.HasPrefix(line, "    "+p) })
			if !known && (!isTask || strings.ContainsAny(name, ":<>") || strings.Count(rest, ",") > 2) {
				r.Fatalf("line %d is no task: %q", n, line)
			}
		}
		b.Reset()
		columns := rapid.SampledFrom([]int{0, 1, 60, 140}).Draw(r, "columns")
		require.NoError(t, c.Text(&b, columns))
		rows := 0
		for _, lane := range c.Lanes {
			rows++
			for _, row := range lane.Rows {
				rows += max(1, len(row.Items))
			}
		}
		if lines := strings.Count(b.String(), "\n"); lines > rows+12 {
			r.Fatalf("%d lines for %d rows:\n%s", lines, rows, b.String())
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if most := max(cmp.Or(columns, 100), 60); columnsOf(line) > most {
				r.Fatalf("%d columns, want %d at most: %q", columnsOf(line), most, line)
			}
		}
		if strings.ContainsFunc(b.String(), func(x rune) bool { return unicode.IsControl(x) && x != '\n' }) {
			r.Fatalf("control characters: %q", b.String())
		}
	})
}

// FuzzTexts puts a text everywhere.
func FuzzTexts(f *testing.F) {
	f.Add("a </title> b", 1)
	f.Add("\x00\xff\ufffe\u202e", 2)
	f.Add(strings.Repeat("長", 5000), 3)
	f.Fuzz(func(t *testing.T, text string, kind int) {
		item := Item{
			Key: text, Label: text, Text: text, Link: text, Kind: Kind(kind&3) % 3, When: edtf.MustParse("2020"),
			Announced: edtf.MustParse("2019-12"), Rival: text,
		}
		c := &Chart{Title: text, Description: text, Lanes: []Lane{{Title: text, Rows: []Row{{Title: text, Link: text, Items: []Item{item}}}}}}
		p := &Plot{Title: text, Unit: text, Series: []Series{{Title: text, Steps: []Step{{From: edtf.MustParse("2020"), Values: []float64{1}, Text: text, Link: text}}}}}
		for _, picture := range [][]byte{drawn(t, c, nil), drawn(t, p, nil)} {
			found := elements(t, picture)
			require.Empty(t, found["script"])
			for name, es := range found {
				for _, e := range es {
					for _, a := range e.Attr {
						require.False(t, strings.HasPrefix(a.Name.Local, "on"), "%s has %s", name, a.Name.Local)
					}
				}
			}
		}
		require.NoError(t, c.Mermaid(&bytes.Buffer{}))
		require.NoError(t, c.Text(&bytes.Buffer{}, 0))
	})
}

// TestDenseScale: days come one after the other, years with more marks are no narrower than
// they would be with fewer, and the ends are those of the picture.
func TestDenseScale(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c := drawChart(r)
		c.Range = edtf.MustParse("2012-05/2024-02")
		first, last := c.Days()
		s := c.dense(scale{first: first, last: last, left: 100, right: 1100})
		if s.x(first) != s.left || math.Abs(s.x(last+1)-s.right) > .01 {
			r.Fatalf("from %v to %v", s.x(first), s.x(last+1))
		}
		for day := first; day <= last; day += 17 {
			if s.x(day) >= s.x(day+1) {
				r.Fatalf("%v begins at %v, and the next day at %v", day, s.x(day), s.x(day+1))
			}
		}
		for n := 1; n < len(s.breaks); n++ {
			if width := s.breaks[n].x - s.breaks[n-1].x; width < 3 {
				r.Fatalf("a year is %v wide", width)
			}
		}
		for n, tick := range s.ticks() {
			if n > 0 && tick.day <= s.ticks()[n-1].day {
				r.Fatal("ticks out of order")
			}
		}
	})
}
