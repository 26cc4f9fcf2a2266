package explorer

import (
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// draftOf returns the draft of a page.
func draftOf(t testing.TB, s *Server, query string) []byte {
	t.Helper()
	ed, _ := s.live.now()
	page, err := renderPage(visit{ed, t.Context()}, query, false)
	require.NoError(t, err)
	return page
}

// bodies returns what the blocks of a draft hold, by their names.
func bodies(draft []byte) map[string]string {
	found := map[string]string{}
	for _, part := range strings.Split(string(draft), blockBegin)[1:] {
		body, _, _ := strings.Cut(part, blockEnd)
		found[body[:nameLength]] = body[nameLength:]
	}
	return found
}

// A reader who has the blocks of one day is sent another without them, and can put them
// back.
func TestBlocks(t *testing.T) {
	s := served(t, answer.Place{})
	first := draftOf(t, s, "on=2024-07-10")
	has := bodies(first)
	assert.Greater(t, len(has), 100)
	var names []string
	for name := range has {
		names = append(names, name)
	}
	for _, query := range []string{"on=2024-07-10", "on=2024-07-11&since=2024-07-10", "on=2024-09-30", "on=2024-07-10&known=2024-07-01", "on=2016-01-01", "on=2024-07-10&q=Tychy", "on=2024-07-10&width=400&hide=owners"} {
		r := httptest.NewRequest(http.MethodGet, "/?"+query, nil)
		r.Host = "localhost"
		r.Header.Set("Have", strings.Join(names, " "))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		require.Equal(t, http.StatusOK, w.Code)
		whole := get(t, s, "/?"+query)
		sent := w.Body.String()
		if query == "on=2024-07-11&since=2024-07-10" {
			assert.Less(t, 5*len(sent), whole.Body.Len(), "%s: most of it is the same", query)
		}
		assert.NotContains(t, sent, "\x00")
		assert.NotContains(t, whole.Body.String(), "\x00")
		at, _, _ := strings.Cut(string(draftOf(t, s, query)), "\n")
		back := regexp.MustCompile(`data-block="([^"]*)">(</)`).ReplaceAllStringFunc(sent, func(tag string) string {
			name := tag[len(`data-block="`):][:nameLength]
			return strings.TrimSuffix(tag, "</") + expand(has[name], parameters(at)) + "</"
		})
		require.Equal(t, whole.Body.String(), back, query)
		assert.NotEqual(t, whole.Header().Get("ETag"), w.Header().Get("ETag"))
	}
}

// The rows of a chart are blocks, and nothing of it is lost.
func TestChartBlocks(t *testing.T) {
	text := get(t, served(t, theArticle), "/chart.svg?on=2024-07-01").Body.String()
	marked := string(chartBlocks(text))
	assert.Equal(t, text, regexp.MustCompile(` data-block="[^"]*"`).ReplaceAllString(string(assemble([]byte(marked), nil)), ""))
	rows := strings.Count(text, `<g role="group"`) - strings.Count(text, `class="lane-title"`)
	assert.Positive(t, rows)
	assert.Len(t, bodies([]byte(marked)), rows+1, "each row, and the definitions")
	for _, odd := range []string{"", "<svg></svg>", `<g role="group"><g class="a"></g></g>`, `<g role="group"></g><g role="group"><g role="group"></g></g>`} {
		assert.Equal(t, odd, regexp.MustCompile(` data-block="[^"]*"`).ReplaceAllString(string(assemble([]byte(chartBlocks(odd)), nil)), ""), odd)
	}
}

// A link says where it leads, and which parameters it changes.
func TestSteps(t *testing.T) {
	at := parameters(url.Values{"on": {"2024-07-01"}, "since": {"2024-01-01"}, "then": {"all"}, "page": {"2"}, "q": {"a & b"}}.Encode())
	for step, want := range map[string]string{
		goTo(9):                                  `/?on=1970-01-10&q=a+%26+b&since=2024-07-01`,
		step("since", "", "then", ""):            `/?on=2024-07-01&page=2&q=a+%26+b`,
		step("q", `"<x>"`):                       `/?on=2024-07-01&page=2&q=%22%3Cx%3E%22&since=2024-01-01&then=all`,
		whyLink("/models/T03"):                   `/?on=2024-07-01&page=2&q=a+%26+b&since=2024-01-01&then=all&why=%2Fmodels%2FT03#panel`,
		step("on", "2020-01-01", "since", "x y"): `/?on=2020-01-01&page=2&q=a+%26+b&since=x+y&then=all`,
	} {
		steps, _ := url.ParseQuery(strings.Split(strings.TrimPrefix(step, stepMark), "#")[0])
		page := expand(`<a href="`+html.EscapeString(step)+`">b</a> ="/? `, at)
		link := regexp.MustCompile(`^<a href="([^"]*)" data-step="([^"]*)">b</a> ="/\? $`).FindStringSubmatch(page)
		require.NotNil(t, link, page)
		assert.Equal(t, want, html.UnescapeString(link[1]))
		assert.Len(t, strings.Fields(link[2]), len(steps))
	}
}

// BenchmarkAnotherDay works out a page that has not been asked for: of the next day, or of
// one a month on.
func BenchmarkAnotherDay(b *testing.B) {
	for name, place := range map[string]answer.Place{"article": theArticle, "leapmotor": {}} {
		b.Run(name, func(b *testing.B) {
			s := served(b, place)
			ed, _ := s.live.now()
			day := ed.first + 1000
			for n := 0; b.Loop(); n++ {
				if day++; n%8 == 0 {
					day += 30
				}
				if day > ed.last {
					day = ed.first + 1000
				}
				q := url.Values{"on": {day.String()}, "since": {(day - 2).String()}}
				if _, err := renderPage(visit{ed, b.Context()}, q.Encode(), false); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
