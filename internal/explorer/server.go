package explorer

import (
	"bytes"
	"compress/gzip"
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log"
	"net"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// A Server shows a history.
type Server struct {
	live    *live
	answers *cache
	busy    chan struct{} // has an element for each answer that is being worked out
	streams chan struct{} // and for each page that listens for changes
	log     *log.Logger
	local   bool // only this machine can reach it
	handler http.Handler
}

// Options is how a history is shown.
type Options struct {
	Place answer.Place
	// Log takes faults; nil for none.
	Log *log.Logger
	// Beyond says that other machines may reach the server. If they may not,
	// requests for another host are refused: they come from pages elsewhere
	// whose name was made to lead here.
	Beyond bool
	// Every is how often the file or the log is looked at for changes; half a
	// second if it is 0.
	Every time.Duration
}

// Limits of the server.
const (
	cacheBytes  = 64 << 20
	maxStreams  = 512
	headerBytes = 16 << 10
	readTime    = 10 * time.Second
	writeTime   = 60 * time.Second
	idleTime    = 2 * time.Minute
	queueTime   = 20 * time.Second // how long a request waits for others
)

// New reads the history and returns a server for it, which follows changes until
// ctx is done. The errors are those of [answer.Place.Load].
func New(ctx context.Context, o Options) (*Server, error) {
	l, err := openLive(ctx, o.Place)
	if err != nil {
		return nil, err
	}
	if o.Every == 0 {
		o.Every = time.Second / 2
	}
	l.report = func(problem string) {
		if o.Log != nil {
			o.Log.Printf("the history has changed, but cannot be read: %s", problem)
		}
	}
	if o.Place.File != "" || o.Place.Log != "" {
		go l.watch(ctx, o.Every)
	}
	s := &Server{
		live: l, answers: newCache(cacheBytes), log: o.Log, local: !o.Beyond,
		busy: make(chan struct{}, runtime.GOMAXPROCS(0)), streams: make(chan struct{}, maxStreams),
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// HTTP returns a server with limits for h, which tells log of faults; nil for the
// standard one.
func HTTP(h http.Handler, log *log.Logger) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: readTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: headerBytes, ErrorLog: log,
	}
}

//go:embed static templates
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"day": words.Day, "date": edtf.Date.English}).ParseFS(files, "templates/*.html"))

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.page)
	mux.HandleFunc("GET "+embedPath, s.page)
	mux.HandleFunc("GET /chart.svg", s.picture)
	for _, f := range forms {
		mux.HandleFunc("GET /"+f.path, s.taken(f))
	}
	mux.HandleFunc("GET /live", s.serveEvents)
	mux.HandleFunc("GET /chart.css", func(w http.ResponseWriter, r *http.Request) {
		serveText(w, r, "text/css; charset=utf-8", chart.Style(chart.Auto))
	})
	static, err := fs.Sub(files, "static")
	if err != nil {
		panic(err) // they are embedded
	}
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	for path, e := range endpoints {
		mux.HandleFunc("GET "+path, s.api(path, e))
	}
	mux.HandleFunc("GET /api/openapi.json", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, files, "static/openapi.json")
	})
	mux.HandleFunc("/", s.notFound)
	return mux
}

func serveText(w http.ResponseWriter, r *http.Request, kind, text string) {
	w.Header().Set("Content-Type", kind)
	http.ServeContent(w, r, "", time.Time{}, strings.NewReader(text))
}

// guard says what a browser may do with the answers, and refuses what is not
// asked as it should be.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		ancestors := "'none'"
		if r.URL.Path == embedPath {
			ancestors = "*"
		}
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "+
			"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "+ancestors)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		if s.local && !isLocal(r.Host) {
			http.Error(w, "this server answers on this machine only, as 127.0.0.1 or localhost", http.StatusMisdirectedRequest)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 1<<10) // nothing is read from it
		next.ServeHTTP(w, r)
	})
}

// isLocal reports whether a host is this machine.
func isLocal(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// work runs f, as one of as many as there are processors. It returns false if the
// turn of the request does not come.
func (s *Server) work(ctx context.Context, f func()) bool {
	ctx, cancel := context.WithTimeout(ctx, queueTime)
	defer cancel()
	select {
	case s.busy <- struct{}{}:
		defer func() { <-s.busy }()
		f()
		return true
	case <-ctx.Done():
		return false
	}
}

// keep keeps an answer for others, unless the reader it is for has left: then it is not
// all that there is.
func (s *Server) keep(ctx context.Context, key string, answer []byte) {
	if ctx.Err() == nil {
		s.answers.put(key, answer)
	}
}

// page serves the page.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	ed, _ := s.live.now()
	embedded := r.URL.Path == embedPath
	render := func() ([]byte, error) { return renderPage(visit{ed, r.Context()}, r.URL.RawQuery, embedded) }
	if body := s.answerTo(w, r, ed, render); body != nil {
		s.write(w, r, ed, "text/html; charset=utf-8", finished(body, hasOf(r)))
	}
}

// embedPath is where the page is for others to have in theirs.
const embedPath = "/embed"

// picture serves the chart as a file.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	ed, _ := s.live.now()
	body := s.answerTo(w, r, ed, func() ([]byte, error) {
		v, err := newView(visit{ed, r.Context()}, r.URL.RawQuery)
		if err != nil {
			return nil, err
		}
		return v.picture()
	})
	if body != nil {
		s.write(w, r, ed, "image/svg+xml", body)
	}
}

// answerTo returns what is worked out for a request, and keeps it for others; nil if it said
// what is wrong instead.
func (s *Server) answerTo(w http.ResponseWriter, r *http.Request, ed *generation, workOut func() ([]byte, error)) []byte {
	key := fmt.Sprintf("%d %s %s", ed.number, r.URL.Path, r.URL.RawQuery)
	body, ok := s.answers.get(key)
	if !ok {
		var err error
		if !s.work(r.Context(), func() { body, err = workOut() }) {
			s.tooBusy(w)
			return nil
		}
		if err != nil {
			s.failPage(w, ed, err)
			return nil
		}
		s.keep(r.Context(), key, body)
	}
	return body
}

// write sends an answer of a kind, unless whoever asks has it.
func (s *Server) write(w http.ResponseWriter, r *http.Request, ed *generation, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	if ed.problem != "" {
		w.Header().Set("X-Problem", oneLine(ed.problem)) // the answer is that of the history before
	}
	tag := fmt.Sprintf(`"%d-%x"`, ed.number, checksum(body))
	w.Header().Set("ETag", "W/"+tag) // weak, since it is that of the compressed answer too
	w.Header().Set("Vary", "Accept-Encoding, Have")
	if hasTag(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if len(body) > leastZip && acceptsZip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		body = s.zipped(tag, body)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // who asked may be gone
}

// hasTag reports whether a list of entity tags has one, compared as weak ones are (RFC 9110, 13.1.2).
func hasTag(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}

// leastZip is from how many bytes on an answer is compressed.
const leastZip = 1 << 10

// acceptsZip reports whether who asks takes compressed answers.
func acceptsZip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			_, number, given := strings.Cut(weight, "=")
			q, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
			return !given || err == nil && q > 0
		}
	}
	return false
}

// zipped returns an answer compressed, and keeps it for others.
func (s *Server) zipped(tag string, body []byte) []byte {
	key := "gzip " + tag
	if kept, ok := s.answers.get(key); ok {
		return kept
	}
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // the level is one
	_, _ = z.Write(body)                            // a Buffer takes all
	_ = z.Close()
	s.answers.put(key, b.Bytes())
	return b.Bytes()
}

// oneLine returns a text as it may stand in a header.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return ' '
		}
		return r
	}, s)
}

// renderPage returns the draft of the page at an address.
func renderPage(ed visit, rawQuery string, embedded bool) ([]byte, error) {
	v, err := newView(ed, rawQuery)
	if err != nil {
		return nil, err
	}
	p, err := v.page()
	if err != nil {
		return nil, err
	}
	p.Embedded = embedded
	text, err := render("page.html", p)
	return draft(v, text), err
}

func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(4 << 10)
	err := templates.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

// A failure is what the page of a fault shows.
type failure struct {
	Title, Heading, Reason string
	Accepted               []help
}

// A help is a parameter, and what it may be.
type help struct{ Name, Is string }

// failPage says on a page what is wrong.
func (s *Server) failPage(w http.ResponseWriter, ed *generation, err error) {
	f := failure{Title: ed.File.Title, Heading: "This is not understood", Reason: err.Error()}
	status := http.StatusBadRequest
	var bad *badRequest
	if errors.As(err, &bad) {
		for _, name := range sorted(bad.accepted) {
			f.Accepted = append(f.Accepted, help{name, bad.accepted[name]})
		}
	} else {
		s.report(err)
		status, f.Heading, f.Reason = http.StatusInternalServerError, "This could not be answered", "The server's log says why."
	}
	body, err := render("fault.html", f)
	if err != nil {
		s.report(err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	status, text := http.StatusNotFound, "there is nothing at this address; the page is at / and what the API has at /api/openapi.json"
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		status, text = http.StatusMethodNotAllowed, "the history can only be read"
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		http.Error(w, text, status)
		return
	}
	s.writeError(w, status, apiError{Error: text})
}

func (s *Server) tooBusy(w http.ResponseWriter) {
	w.Header().Set("Retry-After", "5")
	http.Error(w, "too much is asked at once; try again", http.StatusServiceUnavailable)
}

func (s *Server) report(err error) {
	if s.log != nil {
		s.log.Print(err)
	}
}

// Ready returns a server that gives the same answer to every question, as fast as
// it can: what others are measured against.
func Ready(answer []byte) *Server {
	s := &Server{local: true}
	s.handler = s.guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Vary", "Accept-Encoding, Have")
		w.Header().Set("Content-Length", strconv.Itoa(len(answer)))
		_, _ = w.Write(answer) // who asked may be gone
	}))
	return s
}
