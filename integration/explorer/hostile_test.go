package explorer_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/hostile"
)

// TestHostile shows a history of 10,000 events with script in every text, and one
// name of 100,000 letters: nothing of it runs, and the page can be used.
func TestHostile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "hostile.json")
	require.NoError(t, os.WriteFile(path, hostile.File(10_000), 0o644))
	root := serve(t, answer.Place{File: path})
	for name, l := range map[string]look{"wide": wide, "narrow": narrow} {
		b := open(t, root, l)
		b.goTo("/?on=2010-06-01")
		b.until(`document.body.classList.contains('script')`)
		assert.Zero(t, eval[int](b, `document.querySelectorAll('img, script:not([src])').length`), "a text got out of its place")
		assert.Contains(t, eval[string](b, `document.getElementById('heading').textContent`), hostile.Text)
		assert.LessOrEqual(t, eval[int](b, `document.documentElement.scrollWidth`), int(l.width), "it is wider than the screen")
		assert.Less(t, eval[int](b, `document.querySelectorAll('*').length`), 20_000, "there is more than a page can have")
		b.must(chromedp.SendKeys(chromedp.ID("q"), "1234"))
		b.until(`document.querySelectorAll('#events tbody tr').length === 1`)
		b.must(chromedp.Click(chromedp.CSS(`#events tbody td:nth-child(2) a`)))
		b.until(`document.querySelector('#panel h2')?.textContent.includes('alert(1)')`)
		assert.Zero(t, eval[int](b, `document.querySelectorAll('a[href^="javascript:"]').length`))
		shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		keep(t, "hostile-"+name+".png", shot)
	}
}
