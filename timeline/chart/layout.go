package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A layout is a chart with a place for everything.
type layout struct {
	chart  *Chart
	scale  scale
	gutter float64 // the width of the rows' titles, 0 if they stand above
	lanes  []laneLayout
	height float64  // of all lanes
	track  float64  // the height of one line of a row
	notes  []string // what is cut, in whole, in the order of its numbers
	bare   int      // how many items have no label, since there are too many
}

type laneLayout struct {
	title string
	top   float64
	rows  []rowLayout
	more  int // rows that are left out
}

type rowLayout struct {
	row         *Row
	top, height float64
	above       float64 // how much of the height is that of the title
	title       string
	shapes      []*shape
	crowded     int // shapes that have no label, since there are too many
}

// Sizes in pixels.
const (
	margin      = 16
	fontSize    = 12
	laneHead    = 26
	trackHeight = 19
	touchHeight = 24 // of a line that is to be touched
	rowPadding  = 4
	titleLine   = 15
	maxGutter   = 290
	labelGap    = 4
	itemGap     = 6
)

// maxTracks is how many lines a row may take. Items that find no place on them
// are drawn on the last one, without labels.
const maxTracks = 12

func (c *Chart) layout(width float64, o SVGOptions) *layout {
	l := &layout{chart: c, track: trackHeight}
	if o.Stacked {
		l.track = touchHeight
	}
	if !o.Stacked {
		for _, lane := range c.Lanes {
			for _, row := range lane.Rows {
				l.gutter = max(l.gutter, textWidth(clip(row.Title, fontSize, maxGutter), fontSize))
			}
		}
		l.gutter = min(l.gutter, width*.27) + 10
	}
	first, last := c.Days()
	l.scale = scale{first: first, last: last, left: margin + l.gutter, right: width - margin, mark: minMark}
	l.scale.end, l.scale.known = c.end()
	if o.Dense {
		l.scale = c.dense(l.scale)
	}
	for n := range c.Lanes {
		l.addLane(n, o.MaxRows)
	}
	return l
}

// end returns the last day of which anything is known, if there is one.
func (c *Chart) end() (last edtf.Day, known bool) {
	last = edtf.DistantFuture
	for _, date := range []edtf.Date{c.Horizon, c.Known} {
		if !date.IsZero() {
			last, known = min(last, date.Latest()), true
		}
	}
	return last, known && last < edtf.DistantFuture
}

func (l *layout) addLane(n, maxRows int) {
	lane := &l.chart.Lanes[n]
	placed := laneLayout{title: lane.Title, top: l.height, more: lane.More}
	l.height += laneHead
	for r := range lane.Rows {
		notes := len(l.notes)
		row := l.placeRow(&lane.Rows[r], n)
		if len(row.shapes) == 0 {
			continue // all of it lies outside of the days that are drawn
		}
		if maxRows > 0 && len(placed.rows) == maxRows {
			placed.more++
			l.notes = l.notes[:notes]
			continue
		}
		l.bare += row.crowded
		row.top = l.height
		l.height += row.height
		placed.rows = append(placed.rows, row)
	}
	if placed.more > 0 {
		l.height += l.track
	}
	if len(placed.rows) == 0 {
		l.height = placed.top
		return
	}
	l.height += rowPadding
	l.lanes = append(l.lanes, placed)
}

// placeRow finds a line, and a place for the label, for each item of a row.
func (l *layout) placeRow(row *Row, lane int) rowLayout {
	placed := rowLayout{row: row}
	room := l.gutter - 10
	if l.gutter == 0 {
		placed.above, room = titleLine, l.scale.right-l.scale.left
	}
	var whole string
	if placed.title, whole = l.fit(row.Title, room); whole != "" {
		l.notes = append(l.notes, whole)
	}
	for n := range row.Items {
		if s, ok := l.scale.shapeOf(&row.Items[n], l.chart.colour(lane)); ok {
			placed.shapes = append(placed.shapes, s)
		}
	}
	inOrder := slices.Clone(placed.shapes)
	slices.SortStableFunc(inOrder, func(a, b *shape) int {
		return cmp.Or(cmp.Compare(rank(a.item), rank(b.item)), cmp.Compare(a.x0, b.x0))
	})
	var tracks []track
	for _, s := range inOrder {
		if !l.place(s, &tracks) {
			placed.crowded++
		}
	}
	placed.height = placed.above + float64(max(len(tracks), 1))*l.track + rowPadding
	return placed
}

// maxNotes is how many of what is cut are told in whole.
const maxNotes = 99

// fit returns text as it has room, and in whole if it does not: then it ends with the
// number under which it stands below the picture.
func (l *layout) fit(text string, room float64) (short, whole string) {
	short = clip(text, fontSize, room)
	if short == oneLine(text) || len(l.notes) == maxNotes {
		return short, ""
	}
	mark := superscript(len(l.notes) + 1)
	return clip(text, fontSize, room-textWidth(mark, fontSize)) + mark, oneLine(text)
}

// superscript returns a number in small digits.
func superscript(n int) string {
	return strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(n))
}

// colour returns which colour a lane has, from 0.
func (c *Chart) colour(lane int) int {
	if own := c.Lanes[lane].Colour; own > 0 {
		return (own - 1) % palette
	}
	return lane % palette
}

// rank puts what lasts above what happens, and rivals next to each other.
func rank(item *Item) int {
	switch {
	case item.Kind == Span:
		return 0
	case item.Kind == Plan:
		return 1
	case item.Rival != "":
		return 2
	}
	return 3
}

// A track is one line of a row: what is taken of it.
type track [][2]float64

func (t track) free(x0, x1 float64) bool {
	return !slices.ContainsFunc(t, func(taken [2]float64) bool { return x0 < taken[1]+itemGap && taken[0] < x1+itemGap })
}

// place puts s on the first track where it has room together with its label,
// and reports whether there is one.
func (l *layout) place(s *shape, tracks *[]track) bool {
	places := l.places(s)
	for n := 0; n < maxTracks; n++ {
		if n == len(*tracks) {
			*tracks = append(*tracks, nil)
		}
		for _, p := range places {
			if (*tracks)[n].free(p.x0, p.x1) {
				(*tracks)[n] = append((*tracks)[n], [2]float64{p.x0, p.x1})
				s.track, s.label = n, p.label
				if p.label.whole != "" {
					l.notes = append(l.notes, p.label.whole)
				}
				return true
			}
		}
	}
	s.track, s.label = maxTracks-1, label{}
	return false
}

// A place is a label and how far it reaches together with its shape.
type place struct {
	label  label
	x0, x1 float64
}

// places returns where the label of s may be: in it, to the right, to the left.
// One that is too long for all of them is cut.
func (l *layout) places(s *shape) []place {
	text, whole := l.fit(s.item.Label, maxLabel)
	if text == "" {
		return []place{{label{}, s.x0, s.x1}}
	}
	w := textWidth(text, fontSize)
	if s.item.Kind == Span && w+2*labelGap <= s.out0-s.in1 {
		x := l.besideLines(s.in1+labelGap, w, s.out0-labelGap)
		return []place{{label{text: text, x: x, inside: true, whole: whole}, s.x0, s.x1}}
	}
	var all []place
	if s.x1+labelGap+w <= l.scale.right+margin/2 {
		all = append(all, after(s, text, whole))
	}
	if s.x0-labelGap-w >= l.scale.left {
		all = append(all, before(s, text, whole))
	}
	if len(all) > 0 {
		return all
	}
	if inner := s.x1 - s.x0 - 2*labelGap; s.item.Kind != Instant && inner > 40 { // it fills the picture
		text, whole = l.fit(s.item.Label, inner)
		x := l.besideLines(s.x0+labelGap, textWidth(text, fontSize), s.x1-labelGap)
		return []place{{label{text: text, x: x, inside: true, whole: whole}, s.x0, s.x1}}
	}
	if right := l.scale.right - s.x1; right >= s.x0-l.scale.left {
		text, whole = l.fit(s.item.Label, right-labelGap)
		return []place{{after(s, text, whole).label, s.x0, l.scale.right}}
	}
	text, whole = l.fit(s.item.Label, s.x0-l.scale.left-labelGap)
	return []place{before(s, text, whole)}
}

// after returns the place to the right of a shape, and before that to the left.
func after(s *shape, text, whole string) place {
	x := s.x1 + labelGap
	return place{label{text: text, x: x, whole: whole}, s.x0, x + textWidth(text, fontSize)}
}

func before(s *shape, text, whole string) place {
	x := s.x0 - labelGap - textWidth(text, fontSize)
	return place{label{text: text, x: x, before: true, whole: whole}, x, s.x1}
}

// besideLines returns where a label of width w begins that is to begin at x: to
// the right of a line that would go through it, unless it then ends after end.
func (l *layout) besideLines(x, w, end float64) float64 {
	moved := x
	for _, at := range l.lines() {
		if moved < at && at < moved+w {
			moved = at + labelGap
		}
	}
	if moved+w > end {
		return x
	}
	return moved
}

// lines returns where the lines of the day and of what is known are, from the
// left.
func (l *layout) lines() []float64 {
	var all []float64
	for _, date := range []edtf.Date{l.chart.On, l.chart.Known} {
		if !date.IsZero() {
			all = append(all, l.scale.x(date.Latest()+1))
		}
	}
	slices.Sort(all)
	return all
}

// maxLabel is how wide a label is at most.
const maxLabel = 260

// describe says what there is to see.
func (c *Chart) describe() string {
	if c.Description != "" {
		return oneLine(c.Description)
	}
	first, last := c.Days()
	text := fmt.Sprintf("From %s to %s.", first.Date().English(), last.Date().English())
	for _, lane := range c.Lanes {
		items := 0
		for _, row := range lane.Rows {
			items += len(row.Items)
		}
		text += fmt.Sprintf(" %s: %s, %s.", lane.Title, counted(len(lane.Rows), "row"), counted(items, "item"))
	}
	return oneLine(text)
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
