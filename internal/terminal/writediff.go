package terminal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// writeDiff lists changes by what brought them about.
func writeDiff(p *page, d *answer.Diff) {
	for _, kind := range kinds {
		var keys []string
		groups := map[string][]answer.Difference{}
		for _, x := range d.Changes {
			if x.Kind != kind.name {
				continue
			}
			key := ""
			for _, m := range x.Because {
				key += m.Event + " "
			}
			if groups[key] == nil {
				keys = append(keys, key)
			}
			groups[key] = append(groups[key], x)
		}
		if len(keys) == 0 {
			continue
		}
		slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(firstDay(groups[a]), firstDay(groups[b])) })
		p.heading(kind.title)
		for _, key := range keys {
			for _, m := range groups[key][0].Because {
				p.eventRef(2, m)
			}
			for _, x := range groups[key] {
				p.paragraph(6, x.Place(), ": "+x.Text())
			}
		}
	}
}

// kinds are those of changes, with their headings.
var kinds = []struct{ name, title string }{
	{"happened", "Happened"}, {"learned", "Became known"}, {"corrected", "Corrected"}, {"unknown", "Not known yet then"}, {"calendar", "By the calendar alone"},
}

// writeStory lists what happened, and what became known, in the order of time.
func writeStory(p *page, s *answer.Story, again string) {
	p.lead(s.Summary())
	p.section("Happened", p.storyRows(s.Happened))
	p.section("Became known", p.storyRows(s.Learned))
	if len(s.Happened)+len(s.Learned) > 0 {
		p.blank()
		p.command(0, "What that changed, value by value:", again)
	}
}

func (p *page) storyRows(all []answer.Told) (rows [][]string) {
	for _, m := range all {
		p.cite(m.Cites)
		source := m.Event
		if p.markdown { // which is read without the rest of the history
			source = m.Source()
		}
		switch {
		case m.Happened != edtf.Certain:
			m.What += "; undecided"
		case m.Within == edtf.Possible:
			m.What += "; perhaps before"
		}
		rows = append(rows, []string{m.When.English(), answer.Capital(m.What) + " [" + source + "]"})
	}
	return rows
}

func firstDay(ds []answer.Difference) edtf.Day {
	if len(ds[0].Because) == 0 {
		return edtf.DistantPast
	}
	return ds[0].Because[0].When.Latest()
}

func writeTrack(p *page, t *answer.Track) {
	for _, entry := range t.Entries {
		writeTrack(p, entry)
	}
	if len(t.Entries) > 0 {
		return
	}
	var rows [][]string
	shown := map[string]bool{} // the events named since the last certain value
	for n, c := range t.Changes {
		var because []string
		for _, m := range c.Because {
			p.cite(m.Cites)
			if !shown[m.Event] {
				because = append(because, m.What+" ["+m.Source()+"]")
			}
			shown[m.Event] = true
		}
		switch {
		case len(c.Values) > 1 && len(because) == 0:
			because = []string{"undecided"}
		case len(c.Values) > 1:
			because[0] = "undecided: " + because[0]
		case len(c.Because) == 0 && n > 0:
			because = []string{"by the calendar alone"}
		case len(because) == 0 && n > 0:
			because = []string{"settled"}
		}
		if len(c.Values) == 1 {
			clear(shown)
		}
		rows = append(rows, []string{c.Start(), t.Words(n), strings.Join(because, "; ")})
	}
	p.topic(answer.Capital(t.Place()))
	p.table(rows)
}
