package terminal

import (
	"fmt"
	"slices"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline"
)

func writeState(p *page, r *answer.Answer, again string) {
	if r.Past() {
		p.lead("The record ends before that day: this is how things stood as far as it goes.")
	}
	p.section("In short", shortRows(r))
	for _, part := range sections {
		if part.name != "people" { // who are told with the company
			p.section(part.title, part.rows(r.State))
		}
	}
	p.section("Not recorded", silenceRows(r))
	if n := len(r.Pending); n > 0 {
		p.heading("Undecided")
		p.command(2, things(n)+" undecided:", again)
	}
}

// things returns how many things are.
func things(n int) string {
	if n == 1 {
		return "1 thing is"
	}
	return fmt.Sprintf("%d things are", n)
}

// undecided says of each undecided event what it would change.
func (p *page) undecided(all []answer.Pending) {
	if len(all) == 0 {
		p.blank()
		p.write("Nothing is undecided.")
		return
	}
	p.heading("Undecided")
	for _, e := range all {
		p.cite(e.Cites)
		source := e.Event
		if p.markdown { // which is read without the rest of the history
			source = e.Source()
		}
		p.paragraph(2, "", e.Heading()+" ["+source+"]")
		for _, line := range e.Lines() {
			p.paragraph(6, "", line)
		}
	}
}

// inBrief lists some undecided events, and how to see more of them.
func (p *page) inBrief(all []answer.Pending, again string) {
	const most = 4
	if len(all) == 0 {
		return
	}
	p.heading("Undecided")
	for _, e := range all[:min(most, len(all))] {
		p.paragraph(2, "", e.Brief())
	}
	if more := len(all) - most; more > 0 {
		p.command(2, fmt.Sprintf("and %d more:", more), again)
		return
	}
	p.command(2, "What would decide it:", again)
}

func silenceRows(r *answer.Answer) (rows [][]string) {
	for _, s := range r.NotRecorded {
		rows = append(rows, slices.DeleteFunc([]string{r.Subject(s), s.Note}, func(s string) bool { return s == "" }))
	}
	return rows
}

func remarkRows(remarks []string) (rows [][]string) {
	for _, r := range remarks {
		rows = append(rows, []string{r})
	}
	return rows
}

// writeEvents prints a listing: one event a row, and its citations.
func writeEvents(p *page, l *answer.Listing) {
	if p.markdown {
		p.eventTable(l)
		return
	}
	var rows [][]string
	for _, e := range l.Events {
		p.cite(e.Cites)
		known := ""
		if e.Known != e.When {
			known = "known " + e.Known.English()
		}
		rows = append(rows,
			[]string{e.Had(l.On), e.When.English(), answer.Join("; ", e.What, known)},
			[]string{"", "", answer.Join(": ", e.Event, answer.CitationText(e.Cites))})
		if e.Note != "" {
			rows = append(rows, []string{"", "", "note: " + e.Note})
		}
		if recorded := e.Recorded.Sentence(); recorded != "" {
			rows = append(rows, []string{"", "", recorded})
		}
	}
	p.section("Events", rows)
}

// eventRef writes an event and what else to say of it.
func (p *page) eventRef(indent int, m answer.EventRef, more ...string) {
	p.cite(m.Cites)
	p.paragraph(indent, "", m.Sentence())
	for _, line := range append(more, "["+m.Source()+"]") {
		p.paragraph(indent+4, "", line)
	}
	if m.Note != "" {
		p.paragraph(indent+4, "", "Note: "+m.Note)
	}
	if recorded := m.Recorded.Sentence(); recorded != "" {
		p.paragraph(indent+4, "", recorded)
	}
}

// cite notes that sources were named.
func (p *page) cite(cites []timeline.Citation) {
	for _, c := range cites {
		if !slices.Contains(p.cited, c.Source) {
			p.cited = append(p.cited, c.Source)
		}
	}
}

// sources says what the keys of the sources stand for that were named since it last did.
func (p *page) sources(q *answer.Question) {
	var rows [][]string
	for _, key := range p.cited {
		rows = append(rows, []string{key, q.Source(key)})
	}
	p.cited = nil
	p.section("Sources", rows)
}

func (p *page) comes(c *answer.Onset) {
	if c == nil {
		return
	}
	if len(c.Because) == 0 {
		p.caption(c.Sentence() + ", by the calendar alone.")
		return
	}
	p.happenings(c.Sentence()+", because:", c.Because)
}

func (p *page) happenings(heading string, all []answer.EventRef) {
	if len(all) == 0 {
		return
	}
	p.caption(heading)
	for _, m := range all {
		p.eventRef(4, m)
	}
}

func (p *page) corrections(all []answer.Correction) {
	if len(all) == 0 {
		return
	}
	p.caption("What was corrected:")
	for _, c := range all {
		p.eventRef(4, c.EventRef, c.Lines()...)
	}
}

func writeWhen(p *page, w *answer.Periods) {
	if len(w.Periods) == 0 {
		p.blank()
		p.prose(0, w.Never())
	}
	for _, x := range w.Periods {
		p.blank()
		p.prose(0, x.Sentence())
		if x.Undecided {
			p.paragraph(2, "", "Which events are true, or their order, is undecided: these are the days on which it may be so.")
			p.happenings("It depends on:", x.Decisive())
			continue
		}
		p.happenings("It began:", x.Began)
		p.happenings("It was over:", x.Ended)
	}
}
