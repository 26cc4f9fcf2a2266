package answer

import (
	"fmt"
	"time"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Recording is how an event came into a log: as which of its stream, when, by whom and
// why.
type Recording struct {
	Revision int64     `json:"revision"`
	At       time.Time `json:"at"`
	*timeline.Metadata
}

// recordingOf returns how an event came into the log, or nil if it is not said.
func recordingOf(e events.Event) *Recording {
	if e.Recorded.IsZero() && e.Meta.IsZero() {
		return nil
	}
	return &Recording{e.Seq, e.Recorded, e.Meta}
}

// Sentence is who recorded the event, and why: "Recorded by Anna on 20 November 2026:
// ticket 7." It is empty if neither is said.
func (r *Recording) Sentence() string {
	if r == nil || r.Metadata == nil || r.By+r.Why == "" {
		return ""
	}
	s := "Recorded"
	if r.By != "" {
		s += " by " + OneLine(r.By)
	}
	if !r.At.IsZero() {
		s += " on " + words.Day(edtf.DayOf(r.At))
	}
	if r.Why != "" {
		s += ": " + OneLine(r.Why)
	}
	return s + "."
}

// AsRecorded is how a log stood once: after one of the events of its stream, or at a
// time. The zero value is how it stands now.
type AsRecorded struct {
	Revision int64  // after this event; 0 if it is not said
	By       string // by the end of a day, or of a month or year; or a time such as 2026-11-20T17:30:00Z
	Reading  edtf.Reading
}

// of returns a history as the log had it, and the end of its title.
func (a AsRecorded) of(h *events.History) (then *events.History, title string, err error) {
	then = h
	if a.Revision > 0 {
		last := int64(0)
		for e := range h.Events() {
			last = max(last, e.Seq)
		}
		if a.Revision > last {
			return nil, "", fmt.Errorf("the stream has no revision %d, it ends at %d", a.Revision, last)
		}
		then, title = then.AsOfSeq(a.Revision), fmt.Sprintf(", as recorded at revision %d", a.Revision)
	}
	if a.By != "" {
		instant, text, err := a.instant(zoneOf(h))
		if err != nil {
			return nil, "", err
		}
		then, title = then.RecordedBy(instant), title+", as recorded by "+text
	}
	if then.Len() == 0 {
		return nil, "", fmt.Errorf("nothing was recorded yet by %s", a.By)
	}
	return then, title, nil
}

// instant reads the time, and returns it as a title says it too.
func (a AsRecorded) instant(zone *time.Location) (time.Time, string, error) {
	if at, err := time.Parse(time.RFC3339Nano, a.By); err == nil {
		return at, a.By, nil
	}
	d, err := a.Reading.Parse(a.By)
	if err != nil {
		return time.Time{}, "", fmt.Errorf("%q is neither a date nor a time such as 2026-11-20T17:30:00Z: %w", a.By, err)
	}
	day := d.Latest()
	if day >= edtf.MaxDay {
		return time.Time{}, "", fmt.Errorf("%q has no end", a.By)
	}
	next := (day + 1).Time()
	midnight := time.Date(next.Year(), next.Month(), next.Day(), 0, 0, 0, 0, zone)
	return midnight.Add(-time.Nanosecond), words.Day(day), nil
}

// zoneOf returns the zone in which a log says when it recorded its events.
func zoneOf(h *events.History) *time.Location {
	for e := range h.Events() {
		if !e.Recorded.IsZero() {
			return e.Recorded.Location()
		}
	}
	return time.UTC
}
