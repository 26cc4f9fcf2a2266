package explorer

import (
	"bytes"
	"io"
	"net/http"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
	"github.com/leapmotor-timeline/leapmotor/timeline/export"
)

// A form is one in which a view is taken along: its events, those that are looked for, or the
// state or the history that it shows.
type form struct {
	path, kind string
	title      string // of the link
	write      func(v *view, w io.Writer) error
}

var forms = []form{
	{"events.csv", "text/csv; charset=utf-8", "Events (CSV)", func(v *view, w io.Writer) error {
		return export.CSV(w, answer.Entries(v.looked(), v.here.on), v.here.on)
	}},
	{"events.ics", "text/calendar; charset=utf-8", "Events (iCalendar)", func(v *view, w io.Writer) error {
		return export.ICalendar(w, v.ed.File.Title, answer.Entries(v.looked(), v.here.on))
	}},
	{"events.atom", "application/atom+xml; charset=utf-8", "What became known (Atom)", func(v *view, w io.Writer) error {
		return export.Atom(w, v.q.Feed(v.q.Title(true), v.looked()))
	}},
	{"events.jsonl", "application/jsonl; charset=utf-8", "The history (JSON Lines)", func(v *view, w io.Writer) error { return v.q.JSONL(w) }},
	{"state.md", "text/markdown; charset=utf-8", "This day (Markdown)", func(v *view, w io.Writer) error {
		_, err := io.WriteString(w, terminal.Markdown(v.q))
		return err
	}},
	{"state.csv", "text/csv; charset=utf-8", "This day (CSV)", func(v *view, w io.Writer) error { return v.q.StateCSV(w) }},
	{"values.csv", "text/csv; charset=utf-8", "Values over time (CSV)", func(v *view, w io.Writer) error { return v.q.PeriodsCSV(w, answer.Everything) }},
	{"owners.json", "application/json", "Owners (BODS)", func(v *view, w io.Writer) error { return v.q.BODS(w) }},
	{"chart.mmd", "text/vnd.mermaid; charset=utf-8", "Diagram (Mermaid)", func(v *view, w io.Writer) error { return v.q.Mermaid(w) }},
}

// looked returns the events that are looked for.
func (v *view) looked() []answer.Listed { return v.found(v.q.Events().Events) }

// text returns a view in a form.
func (f *form) text(v *view) ([]byte, error) {
	var b bytes.Buffer
	err := f.write(v, &b)
	return b.Bytes(), err
}

// A taken form is a link to one.
type taken struct{ Link, File, Title string }

// takenForms returns a link to each form, behind the start of an address and with a query. The files that
// they are saved as are called as the history.
func takenForms(start, query, title string) []taken {
	var all []taken
	for _, f := range forms {
		link := start + f.path
		if query != "" {
			link += "?" + query
		}
		all = append(all, taken{link, title + " " + f.path, f.title})
	}
	return all
}

// taken serves the view at an address in a form.
func (s *Server) taken(f form) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ed, _ := s.live.now()
		body := s.answerTo(w, r, ed, func() ([]byte, error) {
			v, err := newView(visit{ed, r.Context()}, r.URL.RawQuery)
			if err != nil {
				return nil, err
			}
			return f.text(v)
		})
		if body != nil {
			w.Header().Set("Content-Disposition", `attachment; filename="`+f.path+`"`)
			s.write(w, r, ed, f.kind, body)
		}
	}
}
