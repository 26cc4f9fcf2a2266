package explorer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/hostile"
	"github.com/leapmotor-timeline/leapmotor/internal/race"
	"github.com/leapmotor-timeline/leapmotor/internal/terminal"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// served returns a server of a history.
func served(t testing.TB, place answer.Place) *Server {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	s, err := New(ctx, Options{Place: place, Log: log.New(failOn{t}, "", 0), Every: 10 * time.Millisecond})
	require.NoError(t, err)
	return s
}

// failOn fails a test when something is logged.
type failOn struct{ t testing.TB }

func (f failOn) Write(p []byte) (int, error) {
	f.t.Errorf("logged: %s", p)
	return len(p), nil
}

// sender sends what is logged.
type sender chan string

func (s sender) Write(p []byte) (int, error) {
	s <- string(p)
	return len(p), nil
}

// get asks a server and returns its answer.
func get(t testing.TB, s http.Handler, target string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "127.0.0.1:8015"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// theArticle is the history of the article alone.
var theArticle = answer.Place{File: "../../seeds/testdata/article.json"}

func TestPage(t *testing.T) {
	s := served(t, theArticle)
	for _, tt := range []struct {
		target string
		want   []string
	}{
		{"/", []string{"Leapmotor on 31 October 2025", `value="2025-10-31"`}},
		{"/?on=July+2024", []string{"Leapmotor on 31 July 2024", "July 2024 is read as its last day, 31 July 2024."}},
		{"/?on=2024-07-01", []string{"EUR 1.5 billion", "The largest recorded owner is Stellantis 20 %.", "undecided: S01 is first shown as LP-S01", "europe-entered", "Not recorded", "sales figures"}},
		{"/?on=2025-10-31", []string{`<dt>dropped by</dt><dd><a href="/?on=2025-10-31&why=%2Fplans%2Fb10-poland%2FdroppedBy#panel" data-step="event why">the plan “B10 made in Poland” is dropped`}},
		{"/?on=2030", []string{"The record ends on 31 October 2025"}},
		{"/?on=1999-01-01", []string{"Dahua Technology"}},
		{"/?on=2024-07-01&known=2024", []string{"Leapmotor on 1 July 2024, as known on 31 December 2024"}},
		{"/?on=2024-07-01&q=tychy+ends", []string{"1 of 43.", "production of the T03 ends at Tychy"}},
		{"/?on=2024-11-30&since=2024-07-01", []string{"Changed since 1 July 2024", "By the calendar alone", "<mark>", "The doubt about the future of the production of the T03 at Tychy"}},
		{"/?on=2024-07-01&since=2024-11-30", []string{"Not so yet, but by 30 November 2024"}},
		{"/?on=2025-04-01&since=2024-07-01", []string{`<mark>ended</mark></a> <span class="was">was producing</span>`}},
		{"/?on=2024-07-01&since=2025-04-01", []string{`<mark>producing</mark></a> <span class="was">then ended</span>`}},
		{"/?on=2017-12-31", []string{"or nothing <", "if it is not, as another event says otherwise:"}},
		{"/?on=2017-11-19", []string{"or shown <"}},
		{"/?on=2024-07-01&since=2024-07-01", []string{"Leapmotor on 1 July 2024"}},
		{"/?on=2024-10-31&since=2024-10-31&known=2024-11-30&then=2024-10-31", []string{"Learned since 31 October 2024", "Became known", "The plan “B10 made in Poland”"}},
		{"/?on=2024-10-31&since=2024-10-31&then=2024-10-31", []string{"Learned since 31 October 2024", "The plan “B10 made in Poland”"}},
		{"/?on=2024-10-31&since=2024-10-31&known=2024-10-31&then=2024-11-30", []string{"Not known yet, but by 30 November 2024", "The plan “B10 made in Poland”"}},
		{"/?on=2024-10-31&since=2024-10-31&known=2024-10-31&then=all", []string{"Not known yet on 31 October 2024", "The plan “B10 made in Poland”"}},
		{"/?on=2024-11-30&since=2024-07-01&known=2024-10-31&then=all", []string{"Changed since 1 July 2024, with all that is known"}},
		{"/?on=2024-11-01&since=2024-10-31&known=2024-10-31&then=all", []string{"Not known yet", "The plan “B10 made in Poland”"}},
		{"/?on=2024-07-01&since=2024-11-30&then=2024-05-31", []string{"Not so yet, but by 30 November 2024, as known on 31 May 2024", "Not known yet"}},
		{"/?on=2024-11-30&since=2024-07-01&then=2024-07-01", []string{"Changed since 1 July 2024, as known on 1 July 2024"}},
		{"/?on=2024-07-01&since=2024-11-30&then=2024-11-30", []string{"Not so yet, but by 30 November 2024, as known on 30 November 2024"}},
		{"/?on=2024-07-01&why=stakes/Stellantis/percent", []string{"Stellantis holds 20 %.", "Stellantis acquires 20 % for EUR 1.5 billion", "https://en.wikipedia.org/wiki/Leapmotor"}},
		{"/?on=2020-07-01&why=/models/S01/firstShown/as", []string{"which of them is undecided", "Told differently"}},
		{"/?on=2020-01-01&why=/plants/Tychy", []string{"It comes later, in June 2024"}},
		{"/?on=2024-10-31&known=2024-10-31&why=/plans/b10-poland", []string{"It could not be known yet"}},
		{"/?on=2024-07-01&event=europe-entered", []string{"sales begin in Europe", "market.entered", "possible", "As it is stored"}},
		{"/?on=2024-07-01&known=2024-05-31&event=t03-tychy-started", []string{"not known, or not in this source"}},
		{"/?on=2018-06-01&event=s01-shown-as-lp-s01&source=article", []string{"Told differently", "according to article"}},
		{"/?on=2024-07-01&why=/plants/Tychy&event=t03-tychy-started", []string{"Why: the Tychy plant"}},
	} {
		w := get(t, s, tt.target)
		require.Equal(t, http.StatusOK, w.Code, "%s: %s", tt.target, w.Body)
		text := html.UnescapeString(w.Body.String())
		for _, part := range tt.want {
			assert.Contains(t, text, part, tt.target)
		}
	}
}

// Every link of a page leads to a page.
func TestLinksLead(t *testing.T) {
	race.SkipLong(t)
	s := served(t, theArticle)
	seen := map[string]bool{}
	links := regexp.MustCompile(`href="(/[^"]*)"`)
	for _, start := range []string{"/?on=2024-07-01", "/?on=2024-11-30&known=2025-01-01&since=2024-07-01&then=all&why=/plants/Tychy/models/T03/status", "/?event=europe-entered&on=2024-06-15&q=europe"} {
		for _, m := range links.FindAllStringSubmatch(get(t, s, start).Body.String(), -1) {
			target := html.UnescapeString(m[1])
			target, _, _ = strings.Cut(target, "#")
			if seen[target] {
				continue
			}
			seen[target] = true
			if len(seen)%29 == 0 || !strings.HasPrefix(target, "/?") { // there are hundreds
				assert.Equal(t, http.StatusOK, get(t, s, target).Code, target)
			}
		}
	}
	assert.Greater(t, len(seen), 200)
}

// What has no last day leads to the first on which it may have happened.
func TestLinksOfOpenEnds(t *testing.T) {
	text, err := os.ReadFile("../terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "open.json")
	replace(t, path, bytes.Replace(text, []byte(`"2015-03-01"`), []byte(`"[2015-03-01..]"`), 1))
	s := served(t, answer.Place{File: path})
	page := get(t, s, "/?on=2017-06-01&event=founded")
	require.Equal(t, http.StatusOK, page.Code, page.Body)
	assert.Contains(t, page.Body.String(), "go to 1 March 2015")
	assert.NotContains(t, page.Body.String(), "distant")
}

// Why says on the page what it says in a terminal.
func TestWhyTellsCorrectionsAndRanks(t *testing.T) {
	s := served(t, answer.Place{File: "../terminal/testdata/own.json"})
	assert.Contains(t, get(t, s, "/?on=2017-04-30&why=/models/One/launched").Body.String(), "It corrects:")
	assert.Contains(t, get(t, served(t, theArticle), "/?on=2020-07-01&why=/models/S01/firstShown/as").Body.String(), "</a> (preferred), according to")
}

func TestMistakes(t *testing.T) {
	s := served(t, theArticle)
	for target, want := range map[string]string{
		"/?on=yesterday":                   `"yesterday" cannot be read as a date`,
		"/?on=2024-02-30":                  "2024-02-30",
		"/?known=..":                       "cannot be read",
		"/?source=nobody":                  `there is no source "nobody"; there is: article`,
		"/?why=/models/T03/nonsense":       "there never is a value at",
		"/?event=nothing":                  `there is no such event: "nothing"`,
		"/?colour=red":                     `there is no parameter "colour"`,
		"/?on=2024&on=2025":                "on is given 2 times",
		"/?page=0":                         `page "0" is no number from 1`,
		"/?page=9223372036854775807":       "is no number from 1",
		"/?page=x":                         "is no number from 1",
		"/?q=" + strings.Repeat("a", 201):  "more than 200 characters",
		"/?q=" + strings.Repeat("a", 5000): "longer than 4096 bytes",
		"/?on=%zz":                         "invalid URL escape",
		"/api/asof?on=yesterday":           "cannot be read as a date",
		"/api/asof?at=2024":                "there is no parameter",
		"/api/why":                         "path is not given",
		"/api/why?path=T03/status":         "may be any of these",
		"/api/why?path=" + url.QueryEscape("/nowhere/x"): "there never is a value",
		"/api/when?path=Tychyy":                          "did you mean one of these",
		"/api/diff?to=2024":                              "from is not given",
		"/api/diff?from=2024&to=2020":                    "the day to compare with, 31 December 2024, comes after 31 December 2020",
		"/api/events?known=soon":                         "cannot be read as a date",
	} {
		w := get(t, s, target)
		assert.Equal(t, http.StatusBadRequest, w.Code, target)
		text := html.UnescapeString(w.Body.String())
		if strings.HasPrefix(target, "/api/") {
			var e apiError
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &e), target)
			text = e.Error
			assert.NotEmpty(t, e.Accepted, target)
			assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
		} else {
			assert.Contains(t, text, "a date: 2024-07-01, 2019-34 (EDTF) or July 2024", "it says what is accepted")
		}
		assert.Contains(t, text, want, target)
	}
	assert.Equal(t, http.StatusNotFound, get(t, s, "/nothing").Code)
	assert.Equal(t, http.StatusNotFound, get(t, s, "/static/none.js").Code)
	none := get(t, s, "/api/none")
	assert.Equal(t, http.StatusNotFound, none.Code)
	assert.True(t, json.Valid(none.Body.Bytes()), "the API speaks JSON")
	r := httptest.NewRequest(http.MethodPost, "/api/asof", strings.NewReader("x"))
	r.Host = "localhost:1"
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
}

func TestHeaders(t *testing.T) {
	s := served(t, theArticle)
	for _, target := range []string{"/", "/?on=never", "/api/asof?on=2024-07-01", "/api/openapi.json", "/static/page.js", "/static/page.css", "/chart.css", "/nothing"} {
		h := get(t, s, target).Header()
		assert.Contains(t, h.Get("Content-Security-Policy"), "default-src 'none'", target)
		assert.NotContains(t, h.Get("Content-Security-Policy"), "unsafe", target)
		assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), target)
		assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), target)
		assert.NotEmpty(t, h.Get("Content-Type"), target)
	}
	first := get(t, s, "/api/asof?on=2024-07-01")
	r := httptest.NewRequest(http.MethodGet, "/api/asof?on=2024-07-01", nil)
	r.Host = "[::1]:8015"
	r.Header.Set("If-None-Match", first.Header().Get("ETag"))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	assert.Equal(t, http.StatusNotModified, w.Code)
	assert.Equal(t, "Accept-Encoding, Have", w.Header().Get("Vary"))
	strong := strings.TrimPrefix(first.Header().Get("ETag"), "W/")
	for _, tags := range []string{strong, `"x", ` + first.Header().Get("ETag"), "*"} {
		r.Header.Set("If-None-Match", tags)
		w = httptest.NewRecorder()
		s.ServeHTTP(w, r)
		assert.Equal(t, http.StatusNotModified, w.Code, tags)
	}
	r.Host = "LOCALHOST:8015"
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	assert.Equal(t, http.StatusNotModified, w.Code)
	r.Host = "rebound.example:8015"
	w = httptest.NewRecorder()
	s.ServeHTTP(w, r)
	assert.Equal(t, http.StatusMisdirectedRequest, w.Code, "a page elsewhere must not be able to read it")
}

// What is compressed is what the client weighs above nothing.
func TestAcceptsZip(t *testing.T) {
	for header, want := range map[string]bool{"": false, "gzip": true, "GZIP": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "gzip; q=0.0": false, "identity": false} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		assert.Equal(t, want, acceptsZip(r), header)
	}
}

// The answer to HEAD ends with its headers.
func TestHeadOfEvents(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodHead, "http://127.0.0.1/live", nil).WithContext(ctx)
	served(t, theArticle).ServeHTTP(w, r)
	assert.Equal(t, http.StatusOK, w.Code)
	assert.Empty(t, w.Body.String())
	assert.NoError(t, ctx.Err())
}

// The API answers what the program asof does.
func TestAPIAgreesWithAsof(t *testing.T) {
	s := served(t, theArticle)
	for target, args := range map[string][]string{
		"/api/asof?on=2024-06-15&known=2024-05-31":        {"-known", "2024-05-31", "2024-06-15"},
		"/api/why?on=2020-01-01&path=S01/firstShown/as":   {"-why", "S01/firstShown/as", "2020-01-01"},
		"/api/when?path=Tychy/T03/status&value=producing": {"-when", "Tychy/T03/status=producing"},
		"/api/diff?from=2024-05-01&to=2024-07-01":         {"-since", "2024-05-01", "2024-07-01"},
		"/api/events?on=2017-11-15&source=article":        {"-events", "-according", "article", "2017-11-15"},
		"/api/asof?on=2026-01-01":                         {"2026-01-01"},
	} {
		var want bytes.Buffer
		require.Equal(t, terminal.Answered, terminal.Run(append([]string{"-json", "-file", theArticle.File}, args...), terminal.Output{Stdout: &want, Stderr: io.Discard}, nil))
		assert.JSONEq(t, want.String(), get(t, s, target).Body.String(), target)
	}
}

// What the API's document says of parameters is what is accepted.
func TestDocumentHasAllParameters(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct{ Name string }
		}
	}
	require.NoError(t, json.Unmarshal(get(t, served(t, theArticle), "/api/openapi.json").Body.Bytes(), &doc))
	assert.Len(t, doc.Paths, len(endpoints))
	for path, e := range endpoints {
		var names []string
		for _, p := range doc.Paths[path]["get"].Parameters {
			names = append(names, p.Name)
		}
		slices.Sort(names)
		assert.Equal(t, sorted(e.params), names, path)
	}
}

// On the days with one canonical day every answer is the same, apart from the day.
func TestCanonicalDays(t *testing.T) {
	race.SkipLong(t)
	text, err := os.ReadFile("../terminal/testdata/own.json")
	require.NoError(t, err)
	silent := filepath.Join(t.TempDir(), "silent.json")
	replace(t, silent, bytes.Replace(text, []byte(`{"topic": "prices"}`), []byte(`{"topic": "prices", "when": "[2017-07..2017-12]"}`), 1))
	for _, tt := range []struct {
		place answer.Place
		step  edtf.Day // and so comes by all kinds of days
	}{{theArticle, 41}, {answer.Place{File: "../terminal/testdata/own.json"}, 41}, {answer.Place{File: silent}, 41}, {answer.Place{}, 311}} {
		history, err := tt.place.Load(context.Background())
		require.NoError(t, err)
		ed := newGeneration(history, 1)
		distinct := 0
		state := func(day edtf.Day) string {
			q, err := ed.Ask(answer.Query{On: day.String()}) // anew: nothing is kept from other days
			require.NoError(t, err)
			a := q.Answer()
			a.On = 0
			text, err := encoded(a)
			require.NoError(t, err)
			return string(text)
		}
		drawn := func(day edtf.Day) []chart.Lane {
			return events.Chart(history.File.Timeline, events.ChartOptions{On: day.Date(), MaxRows: chartRows}).Lanes
		}
		for day := ed.first; day <= ed.last; day += tt.step {
			first := ed.calendar.First(day)
			if first == day {
				continue
			}
			distinct++
			require.LessOrEqual(t, first, day)
			require.Equal(t, state(first), state(day), "%v and %v", first, day)
			require.Equal(t, state(first), state(first+1), "%v and the day after", first)
			if distinct%3 == 0 { // a chart takes long
				require.Equal(t, drawn(first), drawn(day), "the chart of %v and %v", first, day)
			}
		}
		assert.Greater(t, distinct, 2)
	}
}

func TestNewsOfGenerations(t *testing.T) {
	text, err := os.ReadFile("../terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	logged := make(chan string, 9)
	s, err := New(ctx, Options{Place: answer.Place{File: path}, Log: log.New(sender(logged), "", 0), Every: 10 * time.Millisecond})
	require.NoError(t, err)
	server := httptest.NewServer(s)
	defer server.Close()
	response, err := http.Get(server.URL + "/live")
	require.NoError(t, err)
	defer response.Body.Close()
	assert.Equal(t, "text/event-stream", response.Header.Get("Content-Type"))
	news := bufio.NewScanner(response.Body)
	next := func() string {
		for news.Scan() {
			if data, ok := strings.CutPrefix(news.Text(), "data: "); ok {
				_, number, _ := strings.Cut(data, ".")
				return number
			}
		}
		return "it has ended"
	}
	assert.Equal(t, "1", next())
	replace(t, path, bytes.Replace(text, []byte(`"Oslo"`), []byte(`"Bergen"`), 1))
	assert.Equal(t, "2", next())
	assert.Contains(t, get(t, s, "/api/asof?on=2017-01-01").Body.String(), `"seat":"Bergen"`)
	replace(t, path, []byte("{"))
	assert.Equal(t, "3", next())
	page := get(t, s, "/?on=2017-01-01").Body.String()
	assert.Contains(t, page, "cannot be read:")
	answer := get(t, s, "/api/asof?on=2017-01-01")
	assert.Contains(t, answer.Body.String(), `"seat":"Bergen"`, "what is broken changes nothing")
	assert.Contains(t, answer.Header().Get("X-Problem"), "own.json:")
	assert.Contains(t, <-logged, "cannot be read: own.json:")
	replace(t, path, text)
	assert.Equal(t, "4", next())
	assert.NotContains(t, get(t, s, "/?on=2017-01-01").Body.String(), "cannot be read:")
}

// replace puts another file at path, in one step: a file that is written to is
// empty for a moment, which may be seen.
func replace(t testing.TB, path string, text []byte) {
	t.Helper()
	next := path + ".next"
	require.NoError(t, os.WriteFile(next, text, 0o644))
	require.NoError(t, os.Rename(next, path))
}

func TestHalfWrittenFilesAreNotFaults(t *testing.T) {
	text, err := os.ReadFile("../terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	replace(t, path, text)
	l, err := openLive(t.Context(), answer.Place{File: path})
	require.NoError(t, err)
	replace(t, path, text[:len(text)/2])
	assert.False(t, l.reload(t.Context(), false), "it is to be read again")
	ed, _ := l.now()
	assert.Equal(t, 1, ed.number)
	assert.True(t, l.reload(t.Context(), true))
	ed, _ = l.now()
	assert.Equal(t, 2, ed.number)
	assert.Contains(t, ed.problem, "own.json:")
	replace(t, path, text)
	assert.True(t, l.reload(t.Context(), false))
	ed, _ = l.now()
	assert.Empty(t, ed.problem)
}

func TestCacheForgets(t *testing.T) {
	c := newCache(100)
	for n := range 10 {
		c.put(fmt.Sprint(n), make([]byte, 29))
		_, _ = c.get("0")
	}
	_, ok := c.get("0")
	assert.True(t, ok, "it was asked for all the time")
	_, ok = c.get("5")
	assert.False(t, ok)
	_, ok = c.get("9")
	assert.True(t, ok)
	c.put("large", make([]byte, 1000))
	_, ok = c.get("large")
	assert.False(t, ok)
}

// hostileHistory writes a history with hostile texts everywhere.
func hostileHistory(t testing.TB, size int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "hostile.json")
	require.NoError(t, os.WriteFile(path, hostile.File(size), 0o644))
	return path
}

// harmless fails if a text got out of its place.
func harmless(t testing.TB, page string) {
	t.Helper()
	for _, bad := range []string{"<script>alert", "<img", "javascript:", "onerror=alert(2)>\""} {
		if n := strings.Index(page, bad); n >= 0 {
			t.Fatalf("%s is in the page: %.300s", bad, page[max(0, n-100):])
		}
	}
}

func TestHostileHistory(t *testing.T) {
	s := served(t, answer.Place{File: hostileHistory(t, 40)})
	for _, target := range []string{
		"/?on=2026-01-01", "/?on=2003-01-01&since=2010-01-01", "/?on=2026-01-01&event=e5", "/?on=2026-01-01&q=%3Cscript%3E", "/?on=2024-01-01&why=/company/tradeName",
		"/?on=2026-01-01&event=e1", "/?on=%3Cscript%3Ealert(1)%3C/script%3E", "/?why=%3Cscript%3Ealert(1)", "/?event=%3Cscript%3Ealert(1)", "/?%3Cscript%3Ealert(1)=1",
	} {
		w := get(t, s, target)
		harmless(t, w.Body.String())
		assert.Less(t, w.Body.Len(), 1<<20, "%s is too long to be usable", target)
	}
}

// FuzzQuery asks for anything: no answer may be a fault of the server, and no text
// may get out of its place.
func FuzzQuery(f *testing.F) {
	for _, query := range []string{
		"on=2024-07-01", "on=July+2024&known=2024", "why=/stakes/Stellantis/percent&since=2020", "event=europe-entered&q=a+b", "source=article&page=2",
		"path=/models/T03/status&value=on+sale", "from=1999&to=2024", "on=9999-12-31", "on=0000-01-01&since=9999", "why=%2F%00&on=%ff", "q=%3Cscript%3E", "path=/plans&on=2019",
	} {
		for kind := range byte(len(endpoints) + 1) {
			f.Add(kind, query)
		}
	}
	paths := append([]string{"/"}, sortedPaths()...)
	s := served(f, answer.Place{File: "../terminal/testdata/own.json"})
	f.Fuzz(func(t *testing.T, kind byte, query string) {
		path := paths[int(kind)%len(paths)]
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host, r.URL.RawQuery = "127.0.0.1", query
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Fatalf("%s?%s: %d %s", path, query, w.Code, w.Body)
		}
		if path == "/" {
			harmless(t, w.Body.String())
		} else if !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%s?%s: no JSON: %s", path, query, w.Body)
		}
	})
}

// A date beyond the last day there is, or before the first, is a fault of who asks.
func TestDatesBeyondDays(t *testing.T) {
	s := served(t, answer.Place{File: "../terminal/testdata/own.json"})
	for _, path := range append([]string{"/"}, sortedPaths()...) {
		for _, name := range []string{"on", "known", "since", "from", "to", "recorded"} {
			for _, date := range []string{"9999-24", "9999-30", "9999", "Y12345", "-9999-21", "-9999-01", "Y-12345", "Y17E7", "Y-17E7S3", "../9999-24", "after+9998"} {
				w := get(t, s, path+"?"+name+"="+date)
				assert.Contains(t, []int{http.StatusOK, http.StatusBadRequest}, w.Code, "%s?%s=%s", path, name, date)
			}
		}
	}
	for _, date := range []string{"9999-30", "Y12345", "Y-12345"} {
		assert.Equal(t, http.StatusBadRequest, get(t, s, "/api/asof?on="+date).Code, date)
		assert.Equal(t, http.StatusBadRequest, get(t, s, "/?since="+date).Code, date)
	}
}

func sortedPaths() []string {
	var paths []string
	for path := range endpoints {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	return paths
}

// A server of ready-made answers is the same server.
func TestReady(t *testing.T) {
	w := get(t, Ready([]byte("{}")), "/api/asof?on=2024-07-01")
	assert.Equal(t, "{}", w.Body.String())
	want := get(t, served(t, theArticle), "/api/asof?on=2024-07-01").Header()
	for name := range want {
		if name != "Etag" {
			assert.NotEmpty(t, w.Header().Get(name), name)
		}
	}
}

// What is too large is refused before anything is worked out.
func TestTooLargeRequests(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = HTTP(served(t, theArticle), nil)
	server.Start()
	defer server.Close()
	request, err := http.NewRequest(http.MethodGet, server.URL+"/api/asof?on=2024-07-01", strings.NewReader(strings.Repeat("x", 1<<16)))
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusOK, response.StatusCode, "a body is not read")
	request, err = http.NewRequest(http.MethodGet, server.URL+"/", nil)
	require.NoError(t, err)
	request.Header.Set("Cookie", strings.Repeat("x", 64<<10))
	response, err = http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusRequestHeaderFieldsTooLarge, response.StatusCode)
	for _, limit := range []time.Duration{server.Config.ReadHeaderTimeout, server.Config.ReadTimeout, server.Config.WriteTimeout, server.Config.IdleTimeout} {
		assert.Positive(t, limit)
	}
}

// A change while the history is read for the first time is seen.
func TestChangeWhileReading(t *testing.T) {
	text, err := os.ReadFile("../terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	l, err := openLive(ctx, answer.Place{File: path})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, append(text, '\n'), 0o644))
	_, changed := l.now()
	go l.watch(ctx, time.Millisecond)
	select {
	case <-changed:
	case <-time.After(20 * time.Second):
		t.Fatal("it was not noticed")
	}
}

// What may be missing as a whole is not shown as certain.
func TestRivalEntriesAreUndecided(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rivals.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"format": 1, "title": "Rivals", "namespace": "https://example.org/rivals", "sources": [{"key": "s", "title": "S"}], "events": [
		{"slug": "a", "type": "model.launched", "version": 1, "when": "2020-01-01", "data": {"model": "M1"}, "cites": [{"source": "s"}], "rival": "first"},
		{"slug": "b", "type": "model.launched", "version": 1, "when": "2020-02-01", "data": {"model": "M2"}, "cites": [{"source": "s"}], "rival": "first"}]}`), 0o644))
	page := html.UnescapeString(get(t, served(t, answer.Place{File: path}), "/?on=2021-01-01").Body.String())
	assert.Contains(t, page, `<p class="lead">1 model is on sale: M2. 2 events about this are undecided.</p>`)
	assert.Regexp(t, `M2</a></h4>\s*<dl><div><dt>status</dt><dd>.*or nothing .*undecided: M1 is launched`, page)
	assert.Regexp(t, `M1</a> <span class="badge">possible`, page)
}

// The page and the API say who recorded an event in a log, and why.
func TestWhoRecorded(t *testing.T) {
	s := served(t, answer.Place{Log: "../terminal/testdata/recorded.jsonl"})
	const said = `<p class="note">Recorded by Anna on 22 November 2026: ticket 7.</p>`
	for _, target := range []string{"/?on=2026-12-01&why=/models/three", "/?on=2026-12-01&event=three"} {
		assert.Contains(t, get(t, s, target).Body.String(), said, target)
	}
	assert.NotContains(t, get(t, s, "/?on=2026-12-01&event=one").Body.String(), "Recorded")
	assert.Contains(t, get(t, s, "/api/why?on=2026-12-01&path=/models/three").Body.String(), `"by":"Anna"`)
}

// The questions of a reader who has left end at once, and what was found by then is
// not given to others.
func TestReaderWhoLeaves(t *testing.T) {
	s, whole := served(t, theArticle), served(t, theArticle)
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, target := range []string{"/api/why?path=/plans&on=2024-05-15", "/api/when?path=/plans/yearly-model/status", "/api/asof?on=2024-05-15"} {
		r := httptest.NewRequestWithContext(gone, http.MethodGet, target, nil)
		r.Host = "localhost"
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		assert.Equal(t, get(t, whole, target).Body.String(), get(t, s, target).Body.String(), target)
	}
}

// The whole history is served too, on days on which much is undecided.
func TestWholeHistory(t *testing.T) {
	s := served(t, answer.Place{})
	for target, want := range map[string]string{
		"/?on=2026-01-15":                                 "FAW Group",
		"/?on=2024-09-15&known=2024-09-15":                "as known on 15 September 2024",
		"/?on=2025-12-31&why=plans/b10-europe/window":     "b10-spain-confirmed-for-autumn",
		"/?on=2025-06-01&why=/deliveries/2023/count":      "144,155",
		"/api/asof?on=2024-01-31&known=2024-01-20":        `"Wu Baojun"`,
		"/?on=2025-04-30&since=2025-04-01&source=sq":      "Ferrari",
		"/api/when?path=listings/Hong+Kong":               "2022-09-29",
		"/api/why?on=2026-01-15&path=figures/profit+2022": "yic2303",
	} {
		w := get(t, s, target)
		assert.Equal(t, http.StatusOK, w.Code, "%s: %s", target, w.Body.String()[:min(300, w.Body.Len())])
		assert.Contains(t, w.Body.String(), want, target)
	}
}
