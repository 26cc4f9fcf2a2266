package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text writes c as lines of text of at most so many columns, for a terminal or
// a README; at least 60, and 100 if it is 0. Every row is one line. The errors are
// those of [Chart.SVG].
func (c *Chart) Text(w io.Writer, columns int) error {
	if err := c.check(); err != nil {
		return err
	}
	if columns == 0 {
		columns = 100
	}
	t := &textChart{chart: c, columns: max(columns, 60)}
	t.draw()
	_, err := w.Write(t.Bytes())
	return err
}

// A textChart is a chart that is being written.
type textChart struct {
	bytes.Buffer
	chart   *Chart
	columns int
	gutter  int
	scale   scale // in columns
	used    map[rune]bool
}

// What the cells of a text mean.
const (
	cellFull      = '█'
	cellFade      = '░'
	cellQuestion  = '▒'
	cellDay       = '◆'
	cellWindow    = '◇'
	cellWithin    = '╌'
	cellPlan      = '─'
	cellFulfilled = '═'
	cellDropped   = '×'
	cellOpen      = '▶'
	cellLine      = '│'
)

var cellWords = []struct {
	cell rune
	text string
}{
	{cellDay, "happened"},
	{cellWindow, "on one day of these"},
	{cellFull, "lasted"},
	{cellFade, "may have begun or ended"},
	{cellQuestion, "in question"},
	{cellPlan, "planned"},
	{cellFulfilled, "fulfilled"},
	{cellDropped, "dropped"},
}

func (t *textChart) draw() {
	for _, lane := range t.chart.Lanes {
		for _, row := range lane.Rows {
			t.gutter = max(t.gutter, utf8.RuneCountInString(oneLine(row.Title))+4)
		}
	}
	t.gutter = min(max(t.gutter, 8), t.columns*3/10)
	first, last := t.chart.Days()
	t.scale = scale{first, last, 0, float64(t.columns - t.gutter), 1}
	t.used = map[rune]bool{}
	if t.chart.Title != "" {
		fmt.Fprintf(t, "%s\n", oneLine(t.chart.Title))
	}
	t.lines()
	t.years()
	for _, lane := range t.chart.Lanes {
		fmt.Fprintf(t, "%s\n", strings.ToUpper(oneLine(lane.Title)))
		for _, row := range lane.Rows {
			t.row(&row)
		}
		if lane.More > 0 {
			fmt.Fprintf(t, "  and %s, not drawn\n", counted(lane.More, "more row"))
		}
	}
	t.legend()
}

// lines tells the days as of which the chart is.
func (t *textChart) lines() {
	var words []string
	if !t.chart.On.IsZero() {
		words = append(words, "on "+t.chart.On.Latest().String())
	}
	if !t.chart.Known.IsZero() {
		words = append(words, "as known on "+t.chart.Known.Latest().String())
	}
	if len(words) > 0 {
		fmt.Fprintf(t, "%s\n", strings.Join(words, ", "))
	}
}

// years writes the ticks.
func (t *textChart) years() {
	line := []rune(strings.Repeat(" ", t.columns-t.gutter))
	wide := t.scale
	wide.right *= 6 // a label and a blank have room where it has in a picture
	room := 0
	for _, tick := range wide.ticks() {
		x := int(math.Round(t.scale.x(tick.day)))
		if tick.label == "" || x < room || x+len(tick.label) > len(line) {
			continue
		}
		copy(line[x:], []rune(tick.label))
		room = x + len(tick.label) + 1
	}
	t.line("", line)
}

// line writes a title and cells.
func (t *textChart) line(title string, cells []rune) {
	title = oneLine(title)
	if n := utf8.RuneCountInString(title); n > t.gutter-3 {
		title = string([]rune(title)[:t.gutter-4]) + "…"
	}
	pad := t.gutter - 2 - utf8.RuneCountInString(title)
	fmt.Fprintln(t, strings.TrimRight("  "+title+strings.Repeat(" ", pad)+string(cells), " "))
}

// row writes the items of a row: what lasts, plans over it, and what happened
// over that. Labels stand where there is room.
func (t *textChart) row(row *Row) {
	cells := []rune(strings.Repeat(" ", t.columns-t.gutter))
	var shapes []*shape
	for n := range row.Items {
		if s, ok := t.scale.shapeOf(&row.Items[n], 0); ok {
			shapes = append(shapes, s)
		}
	}
	if len(shapes) == 0 {
		return
	}
	slices.SortStableFunc(shapes, func(a, b *shape) int { return rank(a.item) - rank(b.item) })
	for _, s := range shapes {
		t.shape(cells, s)
	}
	for _, s := range shapes {
		writeLabel(cells, s)
	}
	if on := t.chart.On; !on.IsZero() {
		if x := int(t.scale.x(on.Latest())); x >= 0 && x < len(cells) && cells[x] == ' ' {
			cells[x] = cellLine
		}
	}
	t.line(row.Title, cells)
}

// cellsOf returns the first and the last of the columns from x0 to x1.
func cellsOf(cells []rune, x0, x1 float64) (first, last int) {
	first = min(max(int(math.Floor(x0+.001)), 0), len(cells)-1)
	return first, min(max(int(math.Ceil(x1-.001))-1, first), len(cells)-1)
}

func (t *textChart) fill(cells []rune, x0, x1 float64, cell rune) {
	first, last := cellsOf(cells, x0, x1)
	for n := first; n <= last; n++ {
		cells[n] = cell
	}
	t.used[cell] = true
}

func (t *textChart) shape(cells []rune, s *shape) {
	switch s.item.Kind {
	case Span:
		t.bar(cells, s)
	case Plan:
		t.plan(cells, s)
	default:
		t.instant(cells, s)
	}
}

func (t *textChart) bar(cells []rune, s *shape) {
	if s.in0 < s.in1 || s.out0 < s.out1 {
		t.fill(cells, s.in0, s.out1, cellFade)
	}
	if s.in1 < s.out0 || s.in0 == s.out1 {
		t.fill(cells, s.in1, s.out0, cellFull)
	}
	if since := s.item.InQuestion; !since.IsZero() {
		t.fill(cells, max(t.scale.x(since.Latest()), s.in1), s.out0, cellQuestion)
	}
}

func (t *textChart) plan(cells []rune, s *shape) {
	cell := map[Outcome]rune{Open: cellPlan, Fulfilled: cellFulfilled, Dropped: cellDropped}[s.item.Outcome]
	if s.in0 < s.out1 {
		t.fill(cells, s.in0, s.out1, cell)
	}
	if s.open {
		cells[len(cells)-1] = cellOpen
	}
}

func (t *textChart) instant(cells []rune, s *shape) {
	for first, last := range s.item.When.Ranges() {
		x0, x1, ok := t.scale.span(first, last)
		if !ok {
			continue
		}
		a, b := cellsOf(cells, x0, x1)
		if b-a < 2 {
			mark := rune(cellDay)
			if s.item.Outcome == Dropped {
				mark = cellDropped
			}
			cells[(a+b)/2] = mark
			t.used[mark] = true
			continue
		}
		t.used[cellWindow] = true
		for n := a + 1; n < b; n++ {
			if cells[n] == ' ' {
				cells[n] = cellWithin
			}
		}
		cells[a], cells[b] = cellWindow, cellWindow
	}
}

// writeLabel writes the label of s behind it, or before it, if the columns are
// free.
func writeLabel(cells []rune, s *shape) {
	text := []rune(oneLine(s.item.Label))
	if len(text) == 0 || len(text) > len(cells) {
		return
	}
	first, last := cellsOf(cells, s.x0, s.x1)
	for _, at := range []int{last + 2, first - 1 - len(text)} {
		if at < 0 || at+len(text) > len(cells) {
			continue
		}
		around := cells[max(at-1, 0):min(at+len(text)+1, len(cells))]
		if at == first-1-len(text) {
			around = cells[max(at-1, 0) : at+len(text)]
		}
		if !slices.ContainsFunc(around, func(r rune) bool { return r != ' ' }) {
			copy(cells[at:], text)
			return
		}
	}
}

func (t *textChart) legend() {
	var words []string
	for _, w := range cellWords {
		if t.used[w.cell] {
			words = append(words, string(w.cell)+" "+w.text)
		}
	}
	line := ""
	for _, word := range words {
		if line != "" && utf8.RuneCountInString(line+word)+3 > t.columns {
			fmt.Fprintln(t, line)
			line = ""
		}
		if line == "" {
			line = "  " + word
		} else {
			line += "   " + word
		}
	}
	if line != "" {
		fmt.Fprintln(t, line)
	}
}
