package export

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// ICalendar writes events as an iCalendar (RFC 5545) with a title, of all-day entries that
// take no time. What happened on one of several days is an entry over all of them, whose
// title says so; if the days are apart, one over each range. What is only possible has the status
// tentative, and so has an entry of several, or one of an event that may have been at another time. An end that is not known is the day of the other end. Dates before the year 1 or after 9999 have no form there: what may
// have happened on no other day is left out. So are events that are corrected, or that a rival excludes. The error is that of w.
func ICalendar(w io.Writer, title string, entries []Entry) error {
	c := ics.NewCalendar()
	c.SetProductId("-//leapmotor-timeline//leapmotor//EN")
	c.SetName(calendarText(oneLine(title)))
	c.SetXWRCalName(calendarText(oneLine(title)))
	for n := range entries {
		e := &entries[n]
		if e.Status == LeftOut {
			continue
		}
		part, ranges := 0, 0
		for range e.When.Ranges() {
			ranges++
		}
		for from, to := range e.When.Ranges() {
			first, last, ok := closed(from, to)
			if !ok {
				continue
			}
			part++
			id := e.ID
			if part > 1 {
				id = fmt.Sprintf("%s-%d", e.ID, part)
			}
			entry := c.AddEvent(id)
			addEntry(entry, e, first, last)
			if e.Status.doubtful() || ranges > 1 || first != from || last != to {
				entry.SetStatus(ics.ObjectStatusTentative)
			}
		}
	}
	if err := c.SerializeTo(w, ics.WithNewLineWindows); err != nil {
		return fmt.Errorf("export: writing the calendar: %w", err)
	}
	return nil
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

func addEntry(entry *ics.VEvent, e *Entry, first, last edtf.Day) {
	summary := e.What
	if !e.plain() {
		summary += " (" + e.When.English() + ")"
	}
	entry.SetSummary(calendarText(summary))
	entry.SetDescription(calendarText(strings.Join(e.lines(), "\n")))
	if e.Type != "" {
		entry.AddCategory(calendarText(e.Type))
	}
	entry.SetAllDayStartAt(first.Time())
	entry.SetAllDayEndAt((last + 1).Time())
	entry.SetDtStampTime(last.Time()) // when it is written is no part of it: it would never be the same
	entry.SetTimeTransparency(ics.TransparencyTransparent)
}

// calendarText returns a text without the control characters that a value of iCalendar must not have
// (RFC 5545, 3.3.11). Every end of a line is that of Unix, which is then escaped.
func calendarText(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

// plain reports whether an event has a day and nothing else is said of it.
func (e *Entry) plain() bool {
	return e.When.Earliest() == e.When.Latest() && e.When.String() == e.When.Latest().String()
}

// lines say what is to be said of an event beside what happened.
func (e *Entry) lines() []string {
	lines := []string{"When: " + e.When.English()}
	if e.Known != e.When {
		lines = append(lines, "Known: "+e.Known.English())
	}
	if e.Status.doubtful() {
		lines = append(lines, "It is possible, and not certain.")
	}
	if len(e.Sources) > 0 {
		lines = append(lines, "Sources: "+strings.Join(e.Sources, ", "))
	}
	if e.Note != "" {
		lines = append(lines, e.Note)
	}
	return lines
}

// oneLine returns a text without breaks of lines.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
