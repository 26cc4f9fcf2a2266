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
// sites draw where they find it in Markdown. What is certain and what is not are bars of their own: a span is done
// as far as it is certain, and what may be of it before and behind that is active, and says "perhaps". What happened on one day is a
// milestone, and on one of many an active bar over all of them, with the days in its name. Spans end with the record. Fulfilled plans are tagged done, other
// plans active, dropped ones crit; what is disputed has a question mark. The
// errors are those of [Chart.SVG].
func (c *Chart) Mermaid(w io.Writer) error {
	if err := c.check(); err != nil {
		return err
	}
	first, last := c.Days()
	m := &mermaid{scale: scale{first: first, last: last}, recorded: last}
	if end, known := c.end(); known {
		m.recorded = min(last, end)
	}
	fmt.Fprintln(m, "gantt")
	if c.Title != "" {
		fmt.Fprintf(m, "    title %s\n", mermaidText(c.title()))
	}
	fmt.Fprintln(m, "    %% Spans are done as far as they are certain, and active where they say perhaps; what happened on one of several days is active over all of them. Earlier dates of plans are left out.")
	fmt.Fprintf(m, "    dateFormat YYYY-MM-DD\n    axisFormat %s\n    todayMarker off\n", axisFormat(first, last))
	for _, lane := range c.Lanes {
		m.lane(&lane)
	}
	if m.left > 0 {
		fmt.Fprintf(m, "    %%%% Left out, since Mermaid knows only the years 1 to 9999: %d.\n", m.left)
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
	left     int      // how many bars lie before the first day that Mermaid knows
}

// firstMermaid and lastMermaid are the first and the last day that Mermaid can read.
var firstMermaid, lastMermaid = edtf.MustDay("0001-01-01"), edtf.MustDay("9999-12-30")

func (m *mermaid) lane(lane *Lane) {
	fmt.Fprintf(m, "    section %s\n", mermaidText(lane.Title))
	for _, row := range lane.Rows {
		for n := range row.Items {
			item := &row.Items[n]
			name := clip(strings.TrimSuffix(row.Title+", "+item.Label, ", "), fontSize, 2*maxLabel)
			if when := item.When; item.Kind == Instant && when.String() != when.Latest().String() && !when.IsZero() {
				name += " (" + when.English() + ")"
			}
			if item.Undecided || item.Rival != "" {
				name += " ?"
			}
			for _, t := range m.tasks(item) {
				first, end, ok := m.drawn(t)
				if ok && (end <= firstMermaid || first > lastMermaid) {
					m.left++
				} else if ok {
					first, end = max(first, firstMermaid), min(end, lastMermaid+1)
					fmt.Fprintf(m, "    %s :%s%v, %v\n", mermaidText(name+t.more), t.tags, first, end)
				}
			}
		}
	}
}

// A task is a bar from a first to a last day.
type task struct {
	tags, more  string // more of its name
	first, last edtf.Day
}

// drawn returns the days of a task that the chart has, up to the day after its last.
func (m *mermaid) drawn(t task) (first, end edtf.Day, ok bool) {
	if t.last < t.first || t.first > m.scale.last || t.last < m.scale.first {
		return 0, 0, false
	}
	return max(t.first, m.scale.first), min(t.last, m.scale.last) + 1, true
}

// tasks returns the bars of an item.
func (m *mermaid) tasks(item *Item) []task {
	switch {
	case item.Kind == Span:
		return m.span(item)
	case item.Kind == Plan:
		t := task{tags: map[Outcome]string{Open: "active, ", Due: "active, ", Overdue: "active, ", Fulfilled: "done, ", Dropped: "crit, "}[item.Outcome]}
		if t.first, t.last = item.When.Bounds(); item.When.IsZero() {
			t.first, t.last = m.certain(&Item{When: item.Announced}), m.scale.last
			if !item.Until.IsZero() {
				t.last = max(item.Until.Latest(), t.first)
			}
		}
		return []task{t}
	case item.When.IsZero():
		return nil
	}
	first, last := item.When.Bounds()
	if first == last {
		return []task{{"milestone, ", "", first, last}}
	}
	return []task{{"active, ", "", first, last}}
}

// span returns what of a span is certain, with what may be of it before and behind that.
func (m *mermaid) span(item *Item) []task {
	first, last := m.certain(item), m.recorded
	if !item.Until.IsZero() {
		last = min(last, dayBefore(item.Until.Earliest()))
	}
	may := task{"active, ", ", perhaps", first, last}
	if !item.When.IsZero() {
		may.first = item.When.Earliest()
	}
	if !item.Until.IsZero() {
		may.last = dayBefore(item.Until.Latest())
	}
	may.last = min(may.last, m.recorded)
	if last < first { // no day of it is certain
		return []task{may}
	}
	before, after := may, may
	before.last, after.first = first-1, last+1
	return []task{before, {"done, ", "", first, last}, after}
}

// dayBefore returns the day before another, and of no day, such as the beginning of what has none, that itself.
func dayBefore(day edtf.Day) edtf.Day {
	if day == edtf.DistantPast || day == edtf.DistantFuture {
		return day
	}
	return day - 1
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
