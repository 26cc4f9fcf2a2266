package answer

import (
	"fmt"
	"io"

	ics "github.com/arran4/golang-ical"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ICalendar writes events as an iCalendar (RFC 5545) with a title, of all-day entries that
// take no time. What happened on one of several days is an entry over all of them, whose
// title says so; if the days are apart, one over each range. An end that is not known is the
// day of the other end. Dates before the year 1 or after 9999 have no form there: what may
// have happened on no other day is left out. The error is that of w.
func ICalendar(w io.Writer, title string, events []Listed) error {
	c := ics.NewCalendar()
	c.SetProductId("-//leapmotor-timeline//leapmotor//EN")
	c.SetName(OneLine(title))
	c.SetXWRCalName(OneLine(title))
	for n := range events {
		e := &events[n]
		part := 0
		for first, last := range e.When.Ranges() {
			first, last, ok := closed(first, last)
			if !ok {
				continue
			}
			part++
			id := e.ID
			if part > 1 {
				id = fmt.Sprintf("%s-%d", e.ID, part)
			}
			addEntry(c.AddEvent(id), e, first, last)
		}
	}
	return c.SerializeTo(w, ics.WithNewLineWindows)
}

// closed returns a range of days that iCalendar can say, or false if there is none.
func closed(first, last edtf.Day) (edtf.Day, edtf.Day, bool) {
	lowest, highest := edtf.MustDay("0001-01-01"), edtf.MustDay("9999-12-30") // the end is the day after
	switch {
	case first == edtf.DistantPast:
		first = last
	case last == edtf.DistantFuture:
		last = first
	}
	return first, last, lowest <= first && first <= last && last <= highest
}

func addEntry(entry *ics.VEvent, e *Listed, first, last edtf.Day) {
	summary := e.What
	if e.When.Precision() != edtf.PrecisionDay || e.When.Latest() != e.When.Earliest() {
		summary += " (" + e.When.English() + ")"
	}
	entry.SetSummary(summary)
	text := "When: " + e.When.English()
	if e.Known != e.When {
		text += "\nKnown: " + e.Known.English()
	}
	if sources := sourcesOf(e); sources != "" {
		text += "\nSources: " + sources
	}
	if e.Note != "" {
		text += "\n" + e.Note
	}
	entry.SetDescription(text)
	if e.Type != "" {
		entry.AddCategory(e.Type)
	}
	entry.SetAllDayStartAt(first.Time())
	entry.SetAllDayEndAt((last + 1).Time())
	entry.SetDtStampTime(last.Time()) // when it is written is no part of it: it would never be the same
	entry.SetTimeTransparency(ics.TransparencyTransparent)
}
