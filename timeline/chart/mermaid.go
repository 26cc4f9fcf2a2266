package chart

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// Mermaid writes c as a Gantt diagram in the language of Mermaid, which many
// sites draw where they find it in Markdown. It shows less than a picture, and says
// so: a span as far as it is certain, and what happened on one of many days as a
// milestone on the last of them, with the days in its name. Spans end with the record. Fulfilled plans and spans are tagged done, other
// plans active, dropped ones crit; what is not certain has a question mark. The
// errors are those of [Chart.SVG].
func (c *Chart) Mermaid(w io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	first, last := c.Days()
	m := &mermaid{scale: scale{first: first, last: last}, recorded: last}
	if !c.Horizon.IsZero() {
		m.recorded = min(last, c.Horizon.Latest())
	}
	fmt.Fprintln(m, "gantt")
	if c.Title != "" {
		fmt.Fprintf(m, "    title %s\n", mermaidText(c.Title))
	}
	fmt.Fprintln(m, "    %% Spans are drawn as far as they are certain; what happened on one of several days is drawn on the last of them. Doubts and earlier dates of plans are left out.")
	fmt.Fprintf(m, "    dateFormat YYYY-MM-DD\n    axisFormat %s\n    todayMarker off\n", axisFormat(first, last))
	for _, lane := range c.Lanes {
		m.lane(&lane)
	}
	_, err := w.Write(m.Bytes())
	return err
}

func axisFormat(first, last edtf.Day) string {
	if int64(last)-int64(first) < 1000 {
		return "%Y-%m"
	}
	return "%Y"
}

type mermaid struct {
	bytes.Buffer
	scale    scale
	recorded edtf.Day // the last day of what still goes on
}

func (m *mermaid) lane(lane *Lane) {
	fmt.Fprintf(m, "    section %s\n", mermaidText(lane.Title))
	for _, row := range lane.Rows {
		for n := range row.Items {
			if tags, first, last, ok := m.task(&row.Items[n]); ok {
				name := strings.TrimSuffix(row.Title+", "+row.Items[n].Label, ", ")
				if when := row.Items[n].When; row.Items[n].Kind == Instant && when.Earliest() < when.Latest() {
					name += " (" + when.English() + ")"
				}
				if row.Items[n].Undecided || row.Items[n].Rival != "" {
					name += " ?"
				}
				fmt.Fprintf(m, "    %s :%s%v, %v\n", mermaidText(clip(name, fontSize, 2*maxLabel)), tags, first, last)
			}
		}
	}
}

// task returns how an item is tagged, its first day and the day after its last.
func (m *mermaid) task(item *Item) (tags string, first, end edtf.Day, ok bool) {
	var last edtf.Day
	switch item.Kind {
	case Span:
		first, last, tags = m.certain(item), m.recorded, "done, "
		if !item.Until.IsZero() {
			last = item.Until.Earliest() - 1
		}
		if last < first { // no day of it is certain
			return "", 0, 0, false
		}
	case Plan:
		tags = map[Outcome]string{Open: "active, ", Due: "active, ", Overdue: "active, ", Fulfilled: "done, ", Dropped: "crit, "}[item.Outcome]
		if first, last = item.When.Bounds(); item.When.IsZero() {
			first, last = m.certain(&Item{When: item.Announced}), m.scale.last
			if !item.Until.IsZero() {
				last = max(item.Until.Latest(), first)
			}
		}
	default:
		tags, last = "milestone, ", item.When.Latest()
		if last == edtf.DistantFuture {
			last = item.When.Earliest()
		}
		first = last
	}
	if item.When.IsZero() && item.Kind == Instant || first > m.scale.last || last < m.scale.first {
		return "", 0, 0, false
	}
	return tags, max(first, m.scale.first), min(last, m.scale.last) + 1, true
}

// certain returns the first day on which a span had certainly begun.
func (m *mermaid) certain(item *Item) edtf.Day {
	if item.When.IsZero() {
		return m.scale.first
	}
	return item.When.Latest()
}

// mermaidKeywords begin a statement where they begin a line.
var mermaidKeywords = []string{
	"gantt", "dateformat", "inclusiveenddates", "topaxis", "axisformat", "tickinterval", "excludes", "includes", "todaymarker",
	"weekday", "weekend", "title", "acctitle", "accdescr", "section", "click", "vert",
}

// mermaidText returns s as a name: what means something to Mermaid is written
// as a code.
func mermaidText(s string) string {
	s = strings.TrimSpace(oneLine(s))
	if s == "" {
		return "-"
	}
	var b strings.Builder
	start := strings.ToLower(s)
	keyword := slices.ContainsFunc(mermaidKeywords, func(word string) bool { return strings.HasPrefix(start, word) })
	if keyword || s[0] >= '0' && s[0] <= '9' { // a date at the beginning means something too
		fmt.Fprintf(&b, "#%d;", s[0])
		s = s[1:]
	}
	for _, r := range s {
		if strings.ContainsRune("#;:<>&\"`{}|\\", r) || r == '%' && strings.Contains(s, "%%") {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
