package explorer_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/events"
	"github.com/leapmotor-timeline/leapmotor/seeds"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// script returns a script of others by which pages are checked. Its folder is in
// PAGE_SCRIPTS; .ci/run fetches what is in SCRIPTS.sha256.
func script(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("PAGE_SCRIPTS")
	if dir == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("PAGE_SCRIPTS does not say where the scripts are")
		}
		t.Skip("PAGE_SCRIPTS does not say where the scripts are; .ci/run fetches them")
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	require.NoError(t, err)
	sums, err := os.ReadFile("SCRIPTS.sha256")
	require.NoError(t, err)
	require.Contains(t, string(sums), fmt.Sprintf("%x  %s\n", sha256.Sum256(text), name), "%s is not the one that is meant", name)
	return string(text)
}

// A finding is what axe has against a page.
type finding struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML           string
		FailureSummary string
	}
}

// TestAccessibility lets axe look at every view, light, dark and narrow. It must
// find nothing at all.
func TestAccessibility(t *testing.T) {
	axe := script(t, "axe.min.js")
	root := serve(t, theArticle)
	for _, l := range []look{wide, {width: wide.width, height: wide.height, dark: true}, narrow} { // colours and widths do not meet
		b := open(t, root, l)
		b.mayFail = badRequest
		for _, path := range views {
			b.goTo(path)
			b.must(chromedp.Evaluate[chromedp.Void](axe))
			text, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
				`axe.run(document, { resultTypes: ['violations'] }).then(r => JSON.stringify({ violations: r.violations, passes: r.passes.length }))`, chromedp.EvalAwaitPromise))
			require.NoError(t, err)
			var result struct {
				Violations []finding
				Passes     int
			}
			require.NoError(t, json.Unmarshal([]byte(text), &result))
			assert.Greater(t, result.Passes, 10, "it looked at nothing")
			for _, v := range result.Violations {
				for n, node := range v.Nodes {
					if n < 3 {
						t.Errorf("%s, %v: %s (%s): %s\n%.300s\n%s", path, l, v.ID, v.Impact, v.Help, node.HTML, node.FailureSummary)
					}
				}
			}
		}
	}
}

// TestMermaidReadsIt lets Mermaid draw what is written for it.
func TestMermaidReadsIt(t *testing.T) {
	mermaid := script(t, "mermaid.min.js")
	pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, `<!doctype html><link rel=icon href="data:,"><title>t</title><body>`)
	}))
	defer pages.Close()
	b := open(t, pages.URL, wide)
	b.goTo("/")
	b.must(chromedp.Evaluate[chromedp.Void](mermaid), chromedp.Evaluate[chromedp.Void](`mermaid.initialize({ startOnLoad: false })`))
	nasty := []string{
		"section a", "title: b", "click c", "a;b#c%%d", "a:b, c:d", "<b>&amp;</b>", `"q" 'r' {x} [y] (z)`, "%% comment", "-", "2024-01-01", "gantt",
		"done, x", "零跑汽车", "a\\nb | c", "#35; #quot;", "vert here", "todayMarker off",
	}
	odd := &chart.Chart{Title: "a: b; %% c"}
	for _, text := range nasty {
		odd.Lanes = append(odd.Lanes, chart.Lane{Title: text, Rows: []chart.Row{{Title: text, Items: []chart.Item{
			{Label: text, When: edtf.MustParse("2020-03-04")}, {Kind: chart.Span, When: edtf.MustParse("2020"), Until: edtf.MustParse("2022")},
		}}}})
	}
	for name, c := range map[string]*chart.Chart{
		"leapmotor": events.Chart(seeds.Leapmotor(), events.ChartOptions{Title: "Leapmotor", On: edtf.MustParse("2024-07-01")}),
		"odd":       odd,
		"empty":     {},
	} {
		var text bytes.Buffer
		require.NoError(t, c.Mermaid(&text))
		quoted, err := json.Marshal(text.String())
		require.NoError(t, err)
		svg, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](
			fmt.Sprintf(`mermaid.render('m%s', %s).then(r => { document.body.innerHTML = r.svg; return document.body.textContent; })`, name, quoted), chromedp.EvalAwaitPromise))
		require.NoError(t, err, "%s:\n%s", name, text.String())
		if name == "odd" {
			for _, s := range nasty {
				assert.Contains(t, svg, strings.TrimSpace(s), "the name was not taken as it is")
			}
		}
		picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
		require.NoError(t, err)
		keep(t, "mermaid-"+name+".png", picture)
	}
}
