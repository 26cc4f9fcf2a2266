package explorer_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
)

// TestExport opens the page that was written as files: from a plain file server, and from the
// folder itself.
func TestExport(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "site")
	var said, wrong bytes.Buffer
	code := explorer.Run(context.Background(), []string{"-file", theArticle.File, "-export", folder}, explorer.Output{Stdout: &said, Stderr: &wrong}, nil)
	require.Zero(t, code, wrong.String())
	assert.Regexp(t, `index\.html: \d+ days, \d+ files, [\d.]+ MB\n$`, said.String())
	assert.Empty(t, wrong.String(), "it is silent in a pipe")

	server := httptest.NewServer(http.FileServerFS(os.DirFS(folder)))
	t.Cleanup(server.Close)
	for name, root := range map[string]string{"server": server.URL + "/", "folder": "file://" + folder + "/index.html"} {
		t.Run(name, func(t *testing.T) {
			b := open(t, root, wide)
			b.goTo("")
			b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy')`)
			assert.Equal(t, "Leapmotor on 31 October 2025", eval[string](b, `document.title`))
			for _, id := range []string{"more", "known-slider"} {
				assert.False(t, eval[bool](b, `document.getElementById('`+id+`').checkVisibility()`), "%s would do nothing", id)
			}

			// Another day is there, on a day of its own and on one between.
			b.goTo("#on=2024-07-01")
			b.untilTitle("Leapmotor on 1 July 2024")
			assert.Contains(t, eval[string](b, `document.querySelector('.lead').textContent`), "On 1 July 2024: Leapmotor has ")
			assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "EUR 1.5 billion")
			b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowRight))
			b.untilTitle("Leapmotor on 2 July 2024")
			b.must(chromedp.KeyEvent(kb.PageDown))
			b.untilTitle("Leapmotor on 2 July 2023")
			assert.NotContains(t, eval[string](b, `document.getElementById('state').textContent`), "EUR 1.5 billion")
			b.until(`(r => Math.abs(document.querySelector('.line.on').getBoundingClientRect().left - (r.left + r.right) / 2) < 4)(document.getElementById('on-slider').getBoundingClientRect())`)
			b.must(chromedp.NavigateBack())
			b.untilTitle("Leapmotor on 1 July 2024")

			// Why, and from there to the event, and Escape.
			b.must(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('#state dd a')].find(a => a.getAttribute('href').includes('Stellantis%2Fpercent')).click()`))
			b.until(`document.querySelector('#panel h2')?.textContent === 'Why: the share of Stellantis'`)
			assert.Contains(t, eval[string](b, `document.getElementById('panel').textContent`), "Stellantis holds 20 %.")
			b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.Home)) // nobody had a stake then
			b.until(`document.querySelector('#panel .summary')?.textContent.startsWith('The page has no such value on 1 January 2015')`)
			assert.NotContains(t, eval[string](b, `document.getElementById('panel').textContent`), "20 %")
			b.must(chromedp.NavigateBack())
			b.until(`document.querySelector('#panel .cited a') !== null`)
			b.must(chromedp.Evaluate[chromedp.Void](`document.querySelector('#panel .cited a').click()`))
			b.until(`document.querySelector('#panel h2')?.textContent === 'Stellantis acquires 20 % for EUR 1.5 billion'`)
			b.must(chromedp.KeyEvent(kb.Escape))
			b.until(`!document.querySelector('#panel h2') && document.getElementById('on').value === '2024-07-01'`)

			// From stop to stop, the story of what changed.
			b.goTo("#on=2024-06-30")
			b.untilTitle("Leapmotor on 30 June 2024")
			b.must(chromedp.Click(chromedp.ID("later")))
			b.untilTitle("Leapmotor on 30 November 2024")
			assert.Equal(t, "Changed since 30 June 2024", eval[string](b, `document.querySelector('#changes h2').textContent`))
			assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "The doubt about the future of the production of the T03 at Tychy")

			// What is looked for.
			b.must(chromedp.SendKeys(chromedp.ID("q"), "tychy ends"))
			b.until(`document.querySelectorAll('#events tbody tr').length === 1`)
			assert.Positive(t, eval[int](b, `document.querySelectorAll('svg.timeline .dim').length`))
			b.must(chromedp.Evaluate[chromedp.Void](`(q => { q.value = ''; q.dispatchEvent(new Event('input')); })(document.getElementById('q'))`))
			b.until(`document.querySelectorAll('#events tbody tr').length > 40 && !document.querySelector('svg.timeline .dim')`)

			// A day is typed; one before all days, and one after them.
			b.must(chromedp.Focus(chromedp.ID("on")), chromedp.KeyEvent("05152020"))
			b.untilTitle("Leapmotor on 15 May 2020")
			b.goTo("#on=1999-01-01")
			b.untilTitle("Leapmotor on 1 January 1999")
			b.goTo("#on=2040-01-01")
			b.untilTitle("Leapmotor on 1 January 2040")

			// What is no day, or no value, says so.
			for address, said := range map[string]string{"#on=soon": "“soon” is no day, as 2024-07-01 is.", "#on=2024-07-01&why=/nothing": "This copy has no file why/"} {
				if name == "server" && strings.Contains(address, "why") {
					continue // the browser says two things of a file that is not there
				}
				b.mayFail = "ERR_FILE_NOT_FOUND"
				b.goTo(address)
				b.until(fmt.Sprintf(`document.getElementById('notice').textContent.startsWith(%q)`, said))
				assert.Equal(t, "Leapmotor on 1 January 2040", eval[string](b, `document.title`), "what is shown is as it was")
			}
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			require.NoError(t, err)
			keep(t, "export-"+name+".png", shot)
		})
	}
}
