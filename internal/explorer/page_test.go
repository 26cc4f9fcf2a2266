package explorer

import (
	"compress/gzip"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// Answers are compressed for who takes that, and only for them.
func TestCompressed(t *testing.T) {
	s := served(t, theArticle)
	ask := func(encoding string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "/?on=2024-07-01", nil)
		r.Host = "localhost"
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Equal(t, http.StatusOK, w.Code)
		assert.Equal(t, "Accept-Encoding, Have", w.Header().Get("Vary"))
		return w
	}
	plain := ask("")
	for _, encoding := range []string{"gzip", "br, gzip;q=0.5", "deflate,gzip"} {
		w := ask(encoding)
		assert.Equal(t, "gzip", w.Header().Get("Content-Encoding"), encoding)
		assert.Less(t, w.Body.Len()*4, plain.Body.Len())
		z, err := gzip.NewReader(w.Body)
		require.NoError(t, err)
		text, err := io.ReadAll(z)
		require.NoError(t, err)
		assert.Equal(t, plain.Body.String(), string(text))
	}
	for _, encoding := range []string{"br", "gzip;q=0", "gzip; q=0"} {
		assert.Empty(t, ask(encoding).Header().Get("Content-Encoding"), encoding)
	}
}

// What a journalist asks is answered by one day, one word or one choice.
func TestSevenQuestions(t *testing.T) {
	s := served(t, answer.Place{})
	for _, tt := range []struct {
		question, target string
		want             []string
	}{
		{"who owned it in 2024", "/?on=2024", []string{"Zhu Jiangming, Fu Liquan and spouses 23.47 %; Stellantis 21.26 %"}},
		{"the T03 in Poland, from when to when", "/?q=Tychy", []string{"June 2024", "30 March 2025", "ended"}},
		{"what was known of that in November 2024", "/?on=2024-11-30&known=2024-11-30&q=Tychy", []string{"in question since", "November 2024", "producing"}},
		{"on sale on 1 January 2021", "/?on=2021-01-01", []string{`<span class="figure">2</span> <span class="text">S01, T03</span>`}},
		{"plants abroad", "/?on=2025-01-01", []string{"Tychy, Poland (T03)"}},
		{"what Stellantis paid", "/?on=2024-12-31&q=Stellantis", []string{"EUR 1.5 billion", "USD 1.1 billion"}},
		{"what changed since the deal", "/", []string{`<option value="2023-10-25">before the deal of Stellantis</option>`}},
		{"what changed since the deal", "/?since=2023-10-25", []string{"Changed since 25 October 2023", "Stellantis has 21.26 %"}},
		{"which plans slipped", "/?on=2026-03-01&q=moved", []string{"the C10 assembled in Gurun", "6 months later"}},
	} {
		w := get(t, s, tt.target)
		require.Equal(t, http.StatusOK, w.Code, tt.question)
		text := html.UnescapeString(w.Body.String())
		for _, part := range tt.want {
			assert.Contains(t, text, part, "%s: %s", tt.question, tt.target)
		}
	}
}

// The chart is a file of its own, and the page can be in another one.
func TestTakenAlong(t *testing.T) {
	s := served(t, theArticle)
	picture := get(t, s, "/chart.svg?on=2024-07-01&hide=models&width=800")
	require.Equal(t, http.StatusOK, picture.Code)
	assert.Equal(t, "image/svg+xml", picture.Header().Get("Content-Type"))
	text := picture.Body.String()
	assert.True(t, strings.HasPrefix(text, "<svg "))
	for _, part := range []string{"<style>", "Leapmotor on 1 July 2024", "CC BY-SA", `width="800"`, `aria-label="Owners"`} {
		assert.Contains(t, text, part)
	}
	assert.NotContains(t, text, "href=")
	assert.NotContains(t, text, `aria-label="Models"`)
	assert.Equal(t, http.StatusBadRequest, get(t, s, "/chart.svg?on=soon").Code)

	embedded := get(t, s, "/embed?on=2024-07-01")
	require.Equal(t, http.StatusOK, embedded.Code)
	assert.Contains(t, embedded.Header().Get("Content-Security-Policy"), "frame-ancestors *")
	assert.Contains(t, embedded.Body.String(), `<body class="embedded"`)
	page := get(t, s, "/?on=2024-07-01")
	assert.Contains(t, page.Header().Get("Content-Security-Policy"), "frame-ancestors 'none'")
	for _, link := range []string{"/chart.svg?on=2024-07-01", "/embed?on=2024-07-01"} {
		assert.Contains(t, page.Body.String(), `href="`+link+`"`)
	}
}

// The events are taken along as they are found, as a table and as a calendar.
func TestEventsTakenAlong(t *testing.T) {
	s := served(t, theArticle)
	table := get(t, s, "/events.csv?on=2024-07-01&q=tychy+T03")
	require.Equal(t, http.StatusOK, table.Code)
	assert.Equal(t, "text/csv; charset=utf-8", table.Header().Get("Content-Type"))
	assert.Equal(t, `attachment; filename="events.csv"`, table.Header().Get("Content-Disposition"))
	lines := strings.Split(strings.TrimSpace(table.Body.String()), "\n")
	assert.Equal(t, "event,type,first day,last day,when,edtf,known,what,by 2024-07-01,sources,note", lines[0])
	assert.Contains(t, lines[1], "t03-tychy-started,production.started,2024-06-01,2024-06-30,June 2024,2024-06,June 2024,production of the T03 starts at Tychy,happened,article,")
	calendar := get(t, s, "/events.ics?on=2024-07-01")
	require.Equal(t, http.StatusOK, calendar.Code)
	assert.Equal(t, "text/calendar; charset=utf-8", calendar.Header().Get("Content-Type"))
	assert.Equal(t, 44, strings.Count(calendar.Body.String(), "BEGIN:VEVENT"))
	assert.Contains(t, calendar.Body.String(), "DTSTART;VALUE=DATE:20240601\r\nDTEND;VALUE=DATE:20240701\r\n")
	page := html.UnescapeString(get(t, s, "/?on=2024-07-01&q=tychy").Body.String())
	for _, f := range forms {
		link := "/" + f.path + "?on=2024-07-01&q=tychy"
		assert.Contains(t, page, `href="`+link+`"`)
		taken := get(t, s, link)
		require.Equal(t, http.StatusOK, taken.Code, link)
		assert.Equal(t, f.kind, taken.Header().Get("Content-Type"))
		assert.NotEmpty(t, taken.Body.String())
	}
	for path, want := range map[string]string{
		"/state.md":     "| Stellantis | 20 % |",
		"/state.csv":    "/company/seat,the seat of the company,Hangzhou,certain,",
		"/values.csv":   "/company/seat,Hangzhou,2015-12-01,2015-12-31,,,2015-12,,certain,,",
		"/owners.json":  `"name": "Stellantis"`,
		"/chart.mmd":    "section Owners\n",
		"/events.atom":  "<title>Production of the T03 starts at Tychy (June 2024)</title>",
		"/events.jsonl": `"name":"leapmotor-founded"`,
	} {
		assert.Contains(t, get(t, s, path+"?on=2024-07-01").Body.String(), want, path)
	}
	assert.Equal(t, http.StatusBadRequest, get(t, s, "/events.csv?on=soon").Code)
}

// The first view says what it is and how things stand; the chart can be zoomed, be of
// another width, and leave lanes out, and what is looked for stands out.
func TestFirstView(t *testing.T) {
	s := served(t, theArticle)
	page := func(target string) string {
		w := get(t, s, target)
		require.Equal(t, http.StatusOK, w.Code, "%s: %s", target, w.Body)
		return html.UnescapeString(w.Body.String())
	}
	first := page("/?on=2024-07-01")
	assert.Contains(t, first, "On 1 July 2024: Leapmotor has ")
	assert.Contains(t, first, "its largest recorded owner is Stellantis 20 %")
	for _, title := range []string{"Large owners", "Models on sale", "Made at", "Plans overdue", "Undecided"} {
		assert.Contains(t, first, title)
	}
	assert.Equal(t, 1, strings.Count(first, "<svg "), "one chart")
	assert.Contains(t, page("/?on=2024-07-01&since=2020-01-01"), `<span class="was">1 January 2020: `)
	assert.Contains(t, first, "before the end of the T03 at Tychy", "a day to compare with")

	zoomed := page("/?on=2024-07-01&from=2023&to=2024-12")
	assert.Contains(t, zoomed, ">All years</a>")
	assert.NotContains(t, zoomed, ">2019</text>")
	assert.Contains(t, page("/?on=2024-07-01&from=2024&to=2024"), ">All years</a>", "a year begins on its first day")
	assert.Equal(t, get(t, s, "/api/when?path=stakes/Stellantis/percent").Body.String(), get(t, s, "/api/when?path=stakes/Stellantis/percent&value=").Body.String(), "no value is any")
	assert.Contains(t, page("/?width=400"), `width="400"`)
	hidden := page("/?on=2024-07-01&hide=owners,models")
	assert.NotContains(t, hidden, `aria-label="Owners"`)
	assert.Contains(t, hidden, `aria-label="Plants"`)
	found := page("/?on=2024-07-01&q=tychy")
	assert.Contains(t, found, "events have “tychy” in them")
	assert.Contains(t, found, " dim")
	for target, want := range map[string]string{
		"/?width=1":              "width",
		"/?width=x":              "width",
		"/?from=2025&to=2024":    "there is nothing to draw",
		"/?from=soon":            "cannot be read as a date",
		"/?on=2024-07-01&to=..1": "cannot be read as a date",
	} {
		w := get(t, s, target)
		assert.Equal(t, http.StatusBadRequest, w.Code, target)
		assert.Contains(t, w.Body.String(), want, target)
	}
}
