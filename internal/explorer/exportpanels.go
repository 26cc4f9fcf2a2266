package explorer

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An exportedPanel is what the panel of a value or an event says: Panels[n] from Days[n] on,
// nothing where the page does not show the value.
type exportedPanel struct {
	Of     string   `json:"of"`
	Days   []int    `json:"days"`
	Panels []string `json:"panels"`
}

// add adds what the panel says from a day on.
func (p *exportedPanel) add(day edtf.Day, text string) {
	if n := len(p.Panels); n > 0 && p.Panels[n-1] == text {
		return
	}
	p.Days, p.Panels = append(p.Days, int(day)), append(p.Panels, text)
}

// panelFile returns the name of the file with the panel of a value or an event: panels whose
// names have the same hash share one.
func panelFile(kind, of string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(of)) // it takes all
	return fmt.Sprintf("%s/%08x", kind, h.Sum32())
}

// values writes why each value is as it is, on the days on which a page shows it.
func (x *exporter) values() error {
	shown := map[string][]edtf.Day{}
	for _, d := range x.days {
		for _, pointer := range d.values {
			shown[pointer] = append(shown[pointer], d.day)
		}
	}
	pointers := slices.Sorted(maps.Keys(shown))
	return x.panels("why", pointers, func(pointer string) (*exportedPanel, error) {
		q, err := x.ed.ask(answer.Query{})
		if err != nil {
			return nil, err
		}
		calendar, err := q.Calendar(pointer)
		if err != nil {
			return nil, err
		}
		course, err := q.Track(pointer)
		if err != nil {
			return nil, err
		}
		return x.panelOf("why", pointer, shown[pointer], calendar, course)
	})
}

// events writes what there is to say of each event.
func (x *exporter) events() error {
	days := x.allDays()
	return x.panels("event", slices.Sorted(maps.Keys(x.ed.byName)), func(name string) (*exportedPanel, error) {
		e, _ := x.ed.find(name)
		return x.panelOf("event", name, days, answer.CalendarOfEvent(e), nil)
	})
}

// panels writes the panels of one kind.
func (x *exporter) panels(kind string, all []string, of func(name string) (*exportedPanel, error)) error {
	files := map[string][]string{}
	for _, name := range all {
		file := panelFile(kind, name)
		files[file] = append(files[file], name)
	}
	names := slices.Sorted(maps.Keys(files))
	what := map[string]string{"why": "explanations", "event": "events"}[kind]
	return x.each(len(names), what, func(n int) error {
		var panels []*exportedPanel
		for _, name := range files[names[n]] {
			p, err := of(name)
			if err != nil {
				return err
			}
			panels = append(panels, p)
		}
		text, err := json.Marshal(panels)
		if err != nil {
			return err
		}
		return x.hand(names[n], packed(text))
	})
}

// panelOf returns what a panel says on the days, ascending, on which the page shows it: it
// says the same on all that the calendar does not tell apart.
func (x *exporter) panelOf(parameter, value string, shown []edtf.Day, calendar *answer.Calendar, course *answer.Track) (*exportedPanel, error) {
	p := &exportedPanel{Of: value}
	before := edtf.DistantPast
	for _, day := range x.allDays() {
		if _, is := slices.BinarySearch(shown, day); !is {
			p.add(day, "")
			before = edtf.DistantPast
			continue
		}
		first := calendar.First(day)
		if first == before {
			continue
		}
		before = first
		text, err := x.panelOn(parameter, value, day, course)
		if err != nil {
			return nil, err
		}
		p.add(day, text)
	}
	return p, nil
}

// panelOn returns what a panel says on a day.
func (x *exporter) panelOn(parameter, value string, day edtf.Day, course *answer.Track) (string, error) {
	v, err := newView(x.ed, "on="+day.String())
	if err != nil {
		return "", err
	}
	v.exported, v.course = true, course
	if parameter == "why" {
		v.why = value
	} else {
		v.event = value
	}
	panel, err := v.panel()
	if err != nil {
		return "", err
	}
	text, err := render("panel", panel)
	return string(exported(text, nil)), err
}
