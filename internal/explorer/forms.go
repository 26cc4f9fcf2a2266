package explorer

import (
	"bytes"
	"io"
	"net/http"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// A form is one in which the events of a view are taken along.
type form struct {
	path, kind string
	write      func(v *view, w io.Writer, events []answer.Listed) error
}

var forms = []form{
	{"events.csv", "text/csv; charset=utf-8", func(v *view, w io.Writer, events []answer.Listed) error {
		return answer.CSV(w, events, v.here.on)
	}},
	{"events.ics", "text/calendar; charset=utf-8", func(v *view, w io.Writer, events []answer.Listed) error {
		return answer.ICalendar(w, v.ed.File.Title, events)
	}},
}

// text returns the events of a view in a form, those that are looked for.
func (f *form) text(v *view) ([]byte, error) {
	var b bytes.Buffer
	err := f.write(v, &b, v.found(v.q.Events().Events))
	return b.Bytes(), err
}

// taken serves the events of the view at an address in a form.
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
