package explorer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// TestNews appends an event to a log while a page is open, and spoils it.
func TestNews(t *testing.T) {
	text, err := os.ReadFile("../../internal/terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	b := open(t, serve(t, answer.Place{File: path}), wide)
	b.goTo("/?on=2018-12-31")
	b.until(`document.body.classList.contains('script')`)
	assert.NotContains(t, eval[string](b, `document.getElementById('state').textContent`), "Two")

	more := strings.Replace(string(text), `"events": [`, `"events": [
    {"slug": "second-car", "type": "model.launched", "version": 1, "when": "2018-07", "data": {"model": "Two"}, "cites": [{"source": "book"}]},`, 1)
	require.NoError(t, os.WriteFile(path, []byte(more), 0o644))
	b.until(`document.getElementById('state').textContent.includes('Two')`)
	assert.Equal(t, "/?on=2018-12-31", b.address(), "nothing was loaded anew")
	assert.Equal(t, "Two is launched new", eval[string](b, `[...document.querySelectorAll('#events .fresh td:nth-child(2)')].map(e => e.textContent).join()`), "what is new is marked")

	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(more, `"2018-07"`, `"2018-77"`, 1)), 0o644))
	b.until(`document.querySelector('#view [role=alert]')?.textContent.includes('own.json:')`)
	assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "Two", "it shows what was there before")
	require.NoError(t, os.WriteFile(path, []byte(more), 0o644))
	b.until(`!document.querySelector('#view [role=alert]')`)
}

// TestNewsOfWhatIsGone: a page whose event is not there any more stays, says so,
// and goes on when it is there again.
func TestNewsOfWhatIsGone(t *testing.T) {
	text, err := os.ReadFile("../../internal/terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	b := open(t, serve(t, answer.Place{File: path}), wide)
	b.mayFail = badRequest
	b.goTo("/?on=2018-12-31&event=bank-sells")
	b.until(`document.body.classList.contains('script')`)
	without := strings.ReplaceAll(string(text), `"bank-sells"`, `"bank-sold"`)
	require.NoError(t, os.WriteFile(path, []byte(without), 0o644))
	b.until(`!document.getElementById('notice').hidden`)
	assert.Contains(t, eval[string](b, `document.getElementById('notice').textContent`), "there is no such event")
	assert.Contains(t, eval[string](b, `document.getElementById('panel').textContent`), "Bank acquires 10 %", "it shows what was there before")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	b.until(`document.getElementById('notice').hidden`)
	assert.Equal(t, "/?on=2018-12-31&event=bank-sells", b.address())
}

// TestHiddenPages: a page that cannot be seen hears no news, and hears of
// them when it can be seen again.
func TestHiddenPages(t *testing.T) {
	text, err := os.ReadFile("../../internal/terminal/testdata/own.json")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "own.json")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	b := open(t, serve(t, answer.Place{File: path}), wide)
	b.goTo("/?on=2018-12-31")
	b.until(`document.body.classList.contains('script')`)
	hide := func(hidden string) {
		b.must(chromedp.Evaluate[chromedp.Void](`(() => {
			Object.defineProperty(document, 'hidden', { value: ` + hidden + `, configurable: true });
			document.dispatchEvent(new Event('visibilitychange'));
		})()`))
	}
	hide("true")
	generation := eval[string](b, `document.body.dataset.generation`)
	require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(text), `"Oslo"`, `"Bergen"`)), 0o644))
	b.until(`fetch('/?on=2018-12-31').then(r => r.text()).then(text => text.includes('Bergen'))`)
	assert.Equal(t, generation, eval[string](b, `document.body.dataset.generation`))
	hide("false")
	b.until(`document.getElementById('state').textContent.includes('Bergen')`)
}

// TestNoServer: a page whose server has gone says so, and its fields stay true.
func TestNoServer(t *testing.T) {
	root, end := serving(t, theArticle)
	b := open(t, root, wide)
	b.mayFail = "net::ERR_"
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)
	end()
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowRight))
	b.until(`document.getElementById('notice').textContent.startsWith('The server does not answer.') && !document.body.hasAttribute('aria-busy')`)
	assert.False(t, eval[bool](b, `document.getElementById('notice').hidden`))
	assert.Equal(t, "2024-06-30", eval[string](b, `document.getElementById('on').value`))
	assert.Equal(t, "on 30 June 2024", eval[string](b, `document.querySelector('svg.timeline .flag.on').textContent`), "the line goes back, too")
	assert.Equal(t, "/?on=2024-06-30", b.address())
}

// TestMovesAreShown: what a slider passes by is shown while it moves on, and the
// slider is not held back by it.
func TestMovesAreShown(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2020-05-05")
	b.until(`document.body.classList.contains('script')`)
	places := eval[int](b, `history.length`)
	b.must(chromedp.Evaluate[chromedp.Void](`(() => {
		const slider = document.getElementById('on-slider');
		const test = window.test = { seen: [], day: Number(slider.getAttribute('aria-valuenow')), back: 0 };
		new MutationObserver(() => test.seen.push(document.title)).observe(document.getElementById('heading'), { childList: true, characterData: true, subtree: true });
		slider.focus();
		test.timer = setInterval(() => {
			if (Number(slider.getAttribute('aria-valuenow')) !== test.day++) test.back++;
			slider.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
		}, 10);
	})()`))
	b.until(`test.seen.length >= 4 && document.getElementById('on').value > '2020-05-12'`)
	b.must(chromedp.Evaluate[chromedp.Void](`clearInterval(test.timer)`))
	b.until(`document.getElementById('on').value === new URLSearchParams(location.search).get('on') && !document.body.hasAttribute('aria-busy')`)
	assert.Zero(t, eval[int](b, `test.back`), "the slider was moved by the page")
	assert.Equal(t, places+1, eval[int](b, `history.length`), "one movement is one place")
	assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "Changed since 5 May 2020")
}
