package explorer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// What the parameters of the API may be.
const (
	paramOn     = "a date: 2024-07-01, 2019-34 (EDTF) or July 2024; the last day of it is taken, or the last one recorded if it is left out"
	paramKnown  = "a date: as it could be known by the end of it; all is known if it is left out"
	paramSource = "the key of a source: only what it says"
	paramPath   = "a JSON Pointer into the state, as /stakes/Stellantis/percent; needed"
)

// An endpoint is something that can be asked.
type endpoint struct {
	params map[string]string
	answer func(ed visit, p map[string]string) (any, error)
}

var endpoints = map[string]endpoint{
	"/api/asof": {
		map[string]string{"on": paramOn, "known": paramKnown, "source": paramSource},
		func(ed visit, p map[string]string) (any, error) {
			q, err := ed.ask(answer.Query{On: p["on"], Known: p["known"], According: p["source"]})
			if err != nil {
				return nil, err
			}
			return q.Answer(), nil
		},
	},
	"/api/why": {
		map[string]string{"path": paramPath, "on": paramOn, "known": paramKnown, "source": paramSource},
		func(ed visit, p map[string]string) (any, error) {
			q, err := ed.ask(answer.Query{On: p["on"], Known: p["known"], According: p["source"]})
			if err == nil {
				err = needs(p, "path")
			}
			if err != nil {
				return nil, err
			}
			return q.Why(p["path"])
		},
	},
	"/api/when": {
		map[string]string{
			"path": paramPath, "value": "a value it may have, as people write it; any if it is left out", "known": paramKnown, "source": paramSource,
		},
		func(ed visit, p map[string]string) (any, error) {
			q, err := ed.ask(answer.Query{Known: p["known"], According: p["source"]})
			if err == nil {
				err = needs(p, "path")
			}
			if err != nil {
				return nil, err
			}
			target := p["path"]
			if value := p["value"]; value != "" {
				target += "=" + value
			}
			return q.When(target)
		},
	},
	"/api/diff": {
		map[string]string{
			"from": "a date: the state at the end of it; needed", "then": "a date by which that could be known, or all; from itself if it is left out, or known if that is earlier",
			"to": paramOn, "known": paramKnown, "source": paramSource,
		},
		func(ed visit, p map[string]string) (any, error) {
			if err := needs(p, "from"); err != nil {
				return nil, err
			}
			q, err := ed.ask(answer.Query{On: p["to"], Since: p["from"], SinceKnown: p["then"], Known: p["known"], According: p["source"]})
			if err != nil {
				return nil, err
			}
			return q.Diff()
		},
	},
	"/api/events": {
		map[string]string{"on": paramOn, "known": paramKnown, "source": paramSource, "q": "words, each of which occurs in what is said of the event"},
		func(ed visit, p map[string]string) (any, error) {
			q, err := ed.ask(answer.Query{On: p["on"], Known: p["known"], According: p["source"]})
			if err != nil {
				return nil, err
			}
			l := q.Events()
			found := []answer.Listed{}
			for n := range l.Events {
				if matches(&l.Events[n], p["q"]) {
					found = append(found, l.Events[n])
				}
			}
			l.Events = found
			return l, nil
		},
	},
}

// needs returns an error if a parameter is left out.
func needs(p map[string]string, name string) error {
	if p[name] == "" {
		return fmt.Errorf("%s is not given", name)
	}
	return nil
}

// api answers an endpoint.
func (s *Server) api(path string, e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ed, _ := s.live.now()
		key := strconv.Itoa(ed.number) + path + "?" + r.URL.RawQuery
		body, ok := s.answers.get(key)
		if !ok {
			var err error
			if !s.work(r.Context(), func() { body, err = s.answer(visit{ed, r.Context()}, path, e, r.URL.RawQuery) }) {
				s.tooBusy(w)
				return
			}
			if err != nil {
				s.failAPI(w, err)
				return
			}
			s.keep(r.Context(), key, body)
		}
		s.write(w, r, ed, "application/json", body)
	}
}

// answer returns the answer of an endpoint as JSON.
func (s *Server) answer(ed visit, path string, e endpoint, rawQuery string) ([]byte, error) {
	p, err := params(rawQuery, e.params)
	if err != nil {
		return nil, err
	}
	if path == "/api/asof" {
		return s.stateOn(ed, e, p)
	}
	answer, err := e.answer(ed, p)
	if err != nil {
		return nil, &badRequest{err, e.params}
	}
	return encoded(answer)
}

func encoded(answer any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(answer); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// stateOn returns the answer of /api/answer. Days on which it is the same, apart
// from the day itself, are worked out once.
func (s *Server) stateOn(ed visit, e endpoint, p map[string]string) ([]byte, error) {
	q, err := ed.ask(answer.Query{On: p["on"], Known: p["known"], According: p["source"]})
	if err != nil {
		return nil, &badRequest{err, e.params}
	}
	day := q.On()
	first := ed.calendar.First(day)
	if first == day || !isDay(p["on"]) {
		return encoded(q.Answer())
	}
	key := fmt.Sprintf("%d day %v %q %q", ed.number, first, p["known"], p["source"])
	body, ok := s.answers.get(key)
	if !ok {
		if q, err = ed.ask(answer.Query{On: first.String(), Known: p["known"], According: p["source"]}); err != nil {
			return nil, &badRequest{err, e.params}
		}
		if body, err = encoded(q.Answer()); err != nil {
			return nil, err
		}
		s.keep(ed.ctx, key, body)
	}
	return bytes.Replace(body, []byte(`{"on":"`+first.String()+`"`), []byte(`{"on":"`+day.String()+`"`), 1), nil
}

// isDay reports whether a text is a date of one day, of which there is nothing to
// remark.
func isDay(text string) bool {
	_, err := edtf.ParseDay(text)
	return err == nil
}

// An apiError is how the API says what is wrong.
type apiError struct {
	Error    string            `json:"error"`
	Accepted map[string]string `json:"accepted,omitempty"` // what the parameters may be
}

func (s *Server) failAPI(w http.ResponseWriter, err error) {
	status, answer := http.StatusInternalServerError, apiError{Error: "this could not be answered; the server's log says why"}
	var bad *badRequest
	if errors.As(err, &bad) {
		status, answer = http.StatusBadRequest, apiError{err.Error(), bad.accepted}
	} else {
		s.report(err)
	}
	s.writeError(w, status, answer)
}

func (s *Server) writeError(w http.ResponseWriter, status int, answer apiError) {
	body, err := encoded(answer)
	if err != nil {
		s.report(err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
