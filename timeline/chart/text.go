package chart

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Text writes c as lines of text of at most so many columns, for a terminal or
// a README; at least 60, and 100 if it is 0. A row is a line, or more if spans in it
// overlap. The errors are those of [Chart.SVG].
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
	bare    int // labels that have no room
	moved   int // plans whose earlier dates are not drawn
}

// What the cells of a text mean.
const (
	cellFull      = '█'
	cellFade      = '░'
	cellQuestion  = '▒'
	cellMaybe     = '?'
	cellDay       = '◆'
	cellWindow    = '◇'
	cellWithin    = '╌'
	cellPlan      = '─'
	cellFulfilled = '═'
	cellDropped   = '×'
	cellDue       = '━'
	cellOverdue   = '!'
	cellOpen      = '▶'
	cellLine      = '│'
)

var cellWords = []struct {
	cell rune
	text string
}{
	{cellDay, "happened that day"},
	{cellWindow, "on one day of these"},
	{cellFull, "lasted"},
	{cellFade, "may have begun or ended"},
	{cellQuestion, "in question"},
	{cellMaybe, "undecided or disputed"},
	{cellPlan, "planned"},
	{cellDue, "due"},
	{cellOverdue, "overdue"},
	{cellFulfilled, "fulfilled"},
	{cellDropped, "dropped"},
}

func (t *textChart) draw() {
	for _, lane := range t.chart.Lanes {
		for _, row := range lane.Rows {
			t.gutter = max(t.gutter, columnsOf(oneLine(row.Title))+4)
		}
	}
	t.gutter = min(max(t.gutter, 8), t.columns*3/10)
	first, last := t.chart.Days()
	t.scale = scale{first: first, last: last, right: float64(t.columns - t.gutter), mark: 1}
	t.scale.end, t.scale.known = t.chart.end()
	t.used = map[rune]bool{}
	if t.chart.Title != "" {
		fmt.Fprintln(t, cut(oneLine(t.chart.Title), t.columns))
	}
	t.lines()
	t.years()
	for _, lane := range t.chart.Lanes {
		before := t.Len()
		fmt.Fprintln(t, cut(strings.ToUpper(oneLine(lane.Title)), t.columns))
		heading := t.Len()
		for _, row := range lane.Rows {
			t.row(&row)
		}
		if t.Len() == heading && lane.More == 0 {
			t.Truncate(before) // all of it lies outside of the days that are drawn
			continue
		}
		if lane.More > 0 {
			fmt.Fprintf(t, "  and %s, not drawn\n", counted(lane.More, "more row"))
		}
	}
	t.legend()
}

// lines returns the days as of which the chart is.
func (t *textChart) lines() {
	var words []string
	if !t.chart.On.IsZero() {
		words = append(words, "on "+t.chart.On.Latest().Date().English())
	}
	if !t.chart.Known.IsZero() {
		words = append(words, "as known on "+t.chart.Known.Latest().Date().English())
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
		x := max(0, int(math.Round(t.scale.x(tick.day))))
		if tick.label == "" || x < room || x+len(tick.label) > len(line) {
			continue
		}
		copy(line[x:], []rune(tick.label))
		room = x + len(tick.label) + 1
	}
	t.line("", line)
}

// columnsOf returns how many columns a text takes on a terminal: two for a
// character that is wide, none for one that is put on another.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		switch w := runeWidth(r); {
		case w > 1:
			n += 2
		case w > 0:
			n++
		}
	}
	return n
}

// cut returns s, or as much of it as has room in so many columns, with an
// ellipsis.
func cut(s string, columns int) string {
	if columnsOf(s) <= columns {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && columnsOf(string(runes)) >= columns {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

// line writes a title and cells.
func (t *textChart) line(title string, cells []rune) {
	title = cut(oneLine(title), t.gutter-3)
	pad := t.gutter - 2 - columnsOf(title)
	fmt.Fprintln(t, strings.TrimRight("  "+title+strings.Repeat(" ", pad)+string(cells), " "))
}

// row writes the items of a row: what lasts, plans over it, and what happened
// over that. Spans that overlap get lines of their own. Labels stand where there is
// room.
func (t *textChart) row(row *Row) {
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
	for n, line := range t.spread(shapes) {
		cells := []rune(strings.Repeat(" ", t.columns-t.gutter))
		for _, s := range line {
			t.shape(cells, s)
		}
		for _, s := range line {
			if !writeLabel(cells, s) {
				t.bare++
			}
		}
		if on := t.chart.On; !on.IsZero() {
			if x := int(t.scale.x(on.Latest())); x >= 0 && x < len(cells) && cells[x] == ' ' {
				cells[x] = cellLine
			}
		}
		t.line([]string{row.Title, ""}[min(n, 1)], cells)
	}
}

// spread puts shapes on lines: those that last where they cover no other that
// does, as far as there are lines; what happened on the first.
func (t *textChart) spread(shapes []*shape) [][]*shape {
	lines := [][]*shape{nil}
	covers := func(line []*shape, s *shape) bool {
		return slices.ContainsFunc(line, func(o *shape) bool {
			return o.item.Kind != Instant && s.x0 < o.x1 && o.x0 < s.x1
		})
	}
	for _, s := range shapes {
		n := 0
		for s.item.Kind != Instant && n < len(lines) && covers(lines[n], s) {
			n++
		}
		if n = min(n, maxTracks-1); n == len(lines) {
			lines = append(lines, nil)
		}
		lines[n] = append(lines[n], s)
	}
	return lines
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
	if s.item.Undecided || s.item.Rival != "" {
		t.fill(cells, s.in0, s.out1, cellMaybe)
		return
	}
	if s.in0 < s.in1 || s.out0 < s.out1 {
		t.fill(cells, s.in0, s.out1, cellFade)
	}
	if s.in1 < s.out0 || s.in0 == s.out1 {
		t.fill(cells, s.in1, s.out0, cellFull)
	}
	if s.tail {
		first, _ := cellsOf(cells, s.out1, s.out1)
		for n := first; n < len(cells); n++ {
			if cells[n] == ' ' {
				cells[n] = cellWithin
			}
		}
	}
	if since := s.item.InQuestion; !since.IsZero() {
		if x := max(t.scale.x(since.Latest()), s.in1); x < s.out0 {
			t.fill(cells, x, s.out0, cellQuestion)
		}
	}
}

func (t *textChart) plan(cells []rune, s *shape) {
	cell := map[Outcome]rune{Open: cellPlan, Due: cellDue, Overdue: cellOverdue, Fulfilled: cellFulfilled, Dropped: cellDropped}[s.item.Outcome]
	if s.item.Undecided || s.item.Rival != "" {
		cell = cellMaybe
	}
	if s.in0 < s.out1 {
		t.fill(cells, s.in0, s.out1, cell)
	}
	if s.open {
		cells[len(cells)-1] = cellOpen
	}
	if len(s.item.Moves) > 0 {
		t.moved++
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
			switch {
			case s.item.Undecided || s.item.Rival != "":
				mark = cellMaybe
			case s.item.Outcome == Dropped:
				mark = cellDropped
			case first < last:
				mark = cellWindow
			}
			cells[(a+b)/2] = mark
			t.used[mark] = true
			continue
		}
		end := rune(cellWindow)
		if s.item.Undecided || s.item.Rival != "" {
			end = cellMaybe
		}
		t.used[end] = true
		for n := a + 1; n < b; n++ {
			if cells[n] == ' ' {
				cells[n] = cellWithin
			}
		}
		cells[a], cells[b] = end, end
	}
}

// writeLabel writes the label of s behind it, or before it, if the columns are
// free, and reports whether that is so, or there is none.
func writeLabel(cells []rune, s *shape) bool {
	text := []rune(oneLine(s.item.Label))
	if len(text) == 0 {
		return true
	}
	if len(text) > len(cells) || columnsOf(string(text)) != len(text) {
		return false // wide characters do not fit into cells
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
			return true
		}
	}
	return false
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
		if line != "" && columnsOf(line+word)+3 > t.columns {
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
	var left []string
	if t.bare > 0 {
		left = append(left, counted(t.bare, "label")+" without room")
	}
	if t.moved > 0 {
		left = append(left, "the earlier dates of "+counted(t.moved, "plan"))
	}
	if len(left) > 0 {
		fmt.Fprintln(t, cut("  left out: "+strings.Join(left, ", "), t.columns))
	}
	if t.chart.Source != "" {
		fmt.Fprintln(t, cut("  "+oneLine(t.chart.Source), t.columns))
	}
}
