package terminal

import (
	"strings"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// markdownTable writes rows as a table of Markdown, whose titles are empty.
func (p *page) markdownTable(rows [][]string) {
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	p.write("|" + strings.Repeat("  |", columns))
	p.write("|" + strings.Repeat("---|", columns))
	for _, row := range rows {
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
}

// item writes a line of a list, the deeper the farther it is indented.
func (p *page) item(indent int, word, text string) {
	p.write(strings.Repeat("  ", indent/4) + "- " + export.MarkdownText(safe(word)+safe(text)))
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
