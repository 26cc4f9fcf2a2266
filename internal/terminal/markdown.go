package terminal

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// markdownTable writes rows as a table of Markdown, with titles or without.
func (p *page) markdownTable(titles []string, rows [][]string) {
	columns := len(titles)
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	p.markdownRow(titles, columns)
	p.write("|" + strings.Repeat("---|", columns))
	for _, row := range rows {
		p.markdownRow(row, columns)
	}
}

func (p *page) markdownRow(row []string, columns int) {
	line := "|"
	for n := range columns {
		cell := ""
		if n < len(row) {
			cell = row[n]
		}
		line += " " + export.MarkdownText(safe(cell)) + " |"
	}
	p.write(line)
}

// eventTable writes a listing with a row for each event.
func (p *page) eventTable(l *answer.Listing) {
	if len(l.Events) == 0 {
		return
	}
	p.heading("Events")
	var rows [][]string
	for _, e := range l.Events {
		p.cite(e.Cites)
		known := ""
		if e.Known != e.When {
			known = e.Known.English()
		}
		rows = append(rows, []string{e.Had(l.On), e.When.English(), known, e.What, answer.Join(": ", e.Event, answer.CitationText(e.Cites)), answer.Join(" ", e.Note, e.Recorded.Sentence())})
	}
	p.markdownTable([]string{"by then", "when", "known", "what", "told by", "note"}, rows)
}

// item writes a line of a list, the deeper the farther it is indented.
func (p *page) item(indent int, word, text string) {
	p.write(strings.Repeat("    ", indent/4) + "- " + export.MarkdownText(safe(word)+safe(text)))
}

// Markdown returns the state that a question is about as Markdown, as asof -form md prints it.
func Markdown(q *answer.Question) string {
	o := &options{}
	a := q.Answer()
	return markdownOf(q.Title(false), answered{
		write: written(func(p *page) { writeState(p, a, o.again("undecided", a.On.String())) }), remarks: a.Remarks,
	})
}

// markdownOf returns an answer as Markdown, if nothing can go wrong.
func markdownOf(title string, a answered) string {
	p := &page{markdown: true, width: usualWidth}
	p.title(title)
	_ = a.write(p) // it was written before
	p.section("Remarks", remarkRows(a.remarks))
	return p.text.String()
}
