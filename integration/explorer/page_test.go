package explorer_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

const (
	slider      = chromedp.ID("on-slider")
	knownSlider = chromedp.ID("known-slider")
)

// TestSlider moves through the days with keys and with the mouse.
func TestSlider(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)

	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowRight))
	b.untilTitle("Leapmotor on 2024-07-01")
	assert.Equal(t, "/?on=2024-07-01&since=2024-06-30", b.address())
	b.must(chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
	b.untilTitle("Leapmotor on 2024-06-29")
	assert.Equal(t, "2024-06-29", eval[string](b, `document.getElementById('on').value`))
	assert.Equal(t, "2024-06-29", eval[string](b, `document.getElementById('on-slider').getAttribute('aria-valuetext')`))
	assert.Equal(t, "on-slider", eval[string](b, `document.activeElement.id`), "the focus stays")

	box, err := chromedp.Run(b.ctx, chromedp.Dimensions(slider))
	require.NoError(t, err)
	left, y, w := box.Content[0], (box.Content[1]+box.Content[5])/2, box.Content[2]-box.Content[0]
	at := eval[float64](b, `(e => (e.value - e.min) / (e.max - e.min))(document.getElementById('on-slider'))`)
	b.must(chromedp.DragAndDropXY(left+8+at*(w-16), y, left+w*0.4, y))
	b.until(`document.title < 'Leapmotor on 2022' && !document.body.hasAttribute('aria-busy')`)
	b.until(`document.querySelector('#changes h2').textContent.startsWith('Not yet so, but by 2024-0')`) // one movement or two, by how long the browser takes
	assert.True(t, eval[bool](b, `document.getElementById('state-stakes') === null`), "nobody had a stake yet")
	assert.Contains(t, eval[string](b, `document.getElementById('status').textContent`), "changes", "a screen reader hears of it")

	// One step back leads to where the mouse was pressed, however many days it went through.
	time.Sleep(1600 * time.Millisecond)
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.Home))
	b.untilTitle("Leapmotor on 2015-01-01")
	b.must(chromedp.NavigateBack())
	b.until(`document.title > 'Leapmotor on 2016' && document.title < 'Leapmotor on 2022'`)
}

// TestDates types a day, and switches to what was known.
func TestDates(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Focus(chromedp.ID("on")), chromedp.KeyEvent("05152020"))
	b.untilTitle("Leapmotor on 2020-05-15")
	assert.Contains(t, eval[string](b, `document.querySelector('#changes').textContent`), "Not yet so, but by 2024-0") // what was typed last counts

	b.goTo("/?on=2024-10-31")
	b.until(`document.body.classList.contains('script')`)
	assert.True(t, eval[bool](b, `document.getElementById('known-slider').disabled`))
	assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "B10 made in Poland")
	b.must(chromedp.Click(chromedp.ID("known-switch")))
	b.untilTitle("Leapmotor on 2024-10-31, as known on 2024-10-31")
	assert.NotContains(t, eval[string](b, `document.getElementById('state').textContent`), "B10 made in Poland",
		"it was heard of only when it was dropped")
	assert.Equal(t, "/?on=2024-10-31&known=2024-10-31&since=2024-10-31&then=all", b.address())
	assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "Not yet known then")
	assert.False(t, eval[bool](b, `document.getElementById('known-slider').disabled`))
	assert.NotNil(t, eval[*string](b, `document.querySelector('.line.known').getAttribute('class')`))
	b.must(chromedp.Focus(knownSlider), chromedp.KeyEvent(kb.End))
	b.until(`document.title.startsWith('Leapmotor on 2024-10-31, as known on 2027')`)
	assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "Learned since 2024-10-31")
	assert.Contains(t, eval[string](b, `[...document.querySelectorAll('#state mark')].map(e => e.textContent).join()`), "B10 made in Poland",
		"what was learned is highlighted")
	b.must(chromedp.Click(chromedp.ID("known-switch")))
	b.untilTitle("Leapmotor on 2024-10-31")
	b.must(chromedp.Focus(`#changes .close`), chromedp.KeyEvent(kb.Enter))
	b.until(`!document.getElementById('changes')`)
	assert.Equal(t, "/?on=2024-10-31", b.address())
	assert.Equal(t, "state", eval[string](b, `document.activeElement.id`), "the focus is not lost")
}

// TestWhy follows values and events to what explains them, by the keyboard alone,
// and goes back.
func TestWhy(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-07-01")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('#state dd a')].find(a => a.getAttribute('href').includes('Stellantis%2Fpercent')).focus()`))
	b.must(chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Why /stakes/Stellantis/percent?'`)
	panel := eval[string](b, `document.getElementById('panel').textContent`)
	assert.Contains(t, panel, "/stakes/Stellantis/percent is 20.")
	assert.Contains(t, panel, "In October 2023: Stellantis acquires 20 % for EUR 1.5 billion.")
	assert.Contains(t, panel, "Leapmotor, Wikipedia, the free encyclopedia, “Stellantis”, paragraph 1, sentence 1")
	assert.Equal(t, "panel", eval[string](b, `document.activeElement.id`), "the focus is where the answer is")

	// Tab on, past the cross that closes the panel, to the event.
	b.must(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Stellantis acquires 20 % for EUR 1.5 billion'`)
	assert.Equal(t, "/?event=stellantis-stake&on=2024-07-01#panel", b.address())
	b.must(chromedp.NavigateBack())
	b.until(`document.querySelector('#panel h2')?.textContent === 'Why /stakes/Stellantis/percent?'`)
	b.must(chromedp.NavigateBack())
	b.until(`!document.querySelector('#panel h2')`)
	assert.Equal(t, "/?on=2024-07-01", b.address())

	// The same from the chart, with the mouse.
	b.must(chromedp.Click(chromedp.CSS(`.for-wide [id$="item-stellantis-stake"]`)))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Stellantis acquires 20 % for EUR 1.5 billion'`)
	b.must(chromedp.Click(chromedp.CSS(`#panel .close`)))
	b.until(`!document.querySelector('#panel h2')`)

	// What is undecided says so, and leads to what decides it.
	b.goTo("/?on=2020-06-01")
	undecided := eval[string](b, `[...document.querySelectorAll('#state .badge')].map(a => a.textContent).join(' | ')`)
	assert.Contains(t, undecided, "undecided: s01-shown-as-lp-s01")
	b.must(chromedp.Click(chromedp.CSS(`#state a.badge`)))
	b.until(`document.querySelector('#panel h2')?.textContent === 'S01 is first shown as LP-S01'`)
	assert.Contains(t, eval[string](b, `document.getElementById('panel').textContent`), "Told differently")
}

// TestSearch looks for events, and takes the word of one source.
func TestSearch(t *testing.T) {
	b := open(t, serve(t, answer.Place{File: "../../internal/terminal/testdata/own.json"}), wide)
	b.goTo("/?on=2017-06-01")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.SendKeys(chromedp.ID("q"), "bank 30"))
	b.until(`document.querySelectorAll('#events tbody tr').length === 1 && location.search.endsWith('30')`)
	assert.Equal(t, "q", eval[string](b, `document.activeElement.id`))
	assert.Equal(t, "/?on=2017-06-01&q=bank+30", b.address())
	b.must(chromedp.Evaluate[chromedp.Void](`(s => { s.value = 'paper'; s.dispatchEvent(new Event('change', { bubbles: true })); })(document.getElementById('source'))`))
	b.untilTitle("Own Cars on 2017-06-01, according to paper")
	b.until(`document.querySelectorAll('#events tbody tr').length === 0`)
	assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "Nothing has “bank 30” in it.")
	b.must(chromedp.Evaluate[chromedp.Void](`document.getElementById('q').select()`), chromedp.SendKeys(chromedp.ID("q"), "bank"))
	b.until(`document.getElementById('state').textContent.includes('share in %10')`)
}

// TestWithoutScript does the same by links and forms.
func TestWithoutScript(t *testing.T) {
	l := wide
	l.noScript = true
	b := open(t, serve(t, theArticle), l)
	b.goTo("/?on=2024-07-01")
	visible := func(id string) bool {
		return eval[bool](b, fmt.Sprintf(`document.getElementById(%q).checkVisibility()`, id))
	}
	assert.False(t, visible("on-slider"), "it would do nothing")
	assert.False(t, visible("known-switch"))
	assert.True(t, visible("known"))
	loaded := func(step chromedp.Action[chromedp.Void], title string) {
		t.Helper()
		_, err := chromedp.RunResponse(b.ctx, step)
		require.NoError(t, err)
		got, err := chromedp.Run(b.ctx, chromedp.Title())
		require.NoError(t, err)
		assert.Equal(t, title, got)
	}
	loaded(chromedp.Click(chromedp.ID("later")), "Leapmotor on 2024-11-30")
	assert.Contains(t, b.address(), "since=2024-07-01")
	assert.Contains(t, eval[string](b, `document.querySelector('#changes').textContent`), "Changed since 2024-07-01")
	loaded(chromedp.Click(chromedp.CSS(`a[href*="Tychy%2Fmodels%2FT03%2Fstatus"]`)), "Leapmotor on 2024-11-30")
	assert.Contains(t, eval[string](b, `document.querySelector('#panel h2').textContent`), "Why /plants/Tychy/models/T03/status")
	b.must(chromedp.SetValue(chromedp.ID("known"), "2024-05-31"))
	loaded(chromedp.Click(chromedp.CSS("form button")), "Leapmotor on 2024-11-30, as known on 2024-05-31")
	assert.Contains(t, eval[string](b, `document.querySelector('#panel h2').textContent`), "Why /plants/Tychy", "the form keeps the rest")
	assert.Contains(t, eval[string](b, `document.querySelector('#panel').textContent`), "It could not be known yet")
}

// TestPhone looks for what does not fit on a small screen.
func TestPhone(t *testing.T) {
	b := open(t, serve(t, theArticle), narrow)
	for _, path := range views {
		if strings.Contains(path, "yesterday") {
			continue
		}
		b.goTo(path)
		assert.LessOrEqual(t, eval[int](b, `document.documentElement.scrollWidth`), 360, "%s is wider than the screen", path)
	}
	b.goTo("/?on=2024-07-01")
	assert.True(t, eval[bool](b, `document.querySelector('.for-narrow svg').checkVisibility() && !document.querySelector('.for-wide svg').checkVisibility()`))
	b.must(chromedp.Click(chromedp.ID("later")))
	b.untilTitle("Leapmotor on 2024-11-30")
}

// TestDark sees that colours follow what is preferred.
func TestDark(t *testing.T) {
	root := serve(t, theArticle)
	colour := func(l look) string {
		b := open(t, root, l)
		b.goTo("/?on=2024-07-01")
		return eval[string](b, `getComputedStyle(document.body).backgroundColor + getComputedStyle(document.querySelector('.timeline .paper')).fill`)
	}
	assert.Equal(t, "rgb(255, 255, 255)rgb(255, 255, 255)", colour(wide))
	assert.Equal(t, "rgb(13, 17, 23)rgb(13, 17, 23)", colour(look{width: wide.width, height: wide.height, dark: true}))
}

// TestPrint prints a page on paper.
func TestPrint(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-07-01")
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF())
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(pdf), "%PDF-"))
	keep(t, "print.pdf", pdf)
}

// TestMovesKeepWhatIsChosen: the source stays chosen while the slider moves, and
// moving fast, following a link and moving again are three places to go back to.
func TestMovesKeepWhatIsChosen(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-06-30&source=article")
	b.until(`document.body.classList.contains('script')`)
	places := eval[int](b, `history.length`)
	b.must(chromedp.Evaluate[chromedp.Void](`(s => { for (let n = 0; n < 3; n++) { s.stepUp(); s.dispatchEvent(new Event('input')); } })(document.getElementById('on-slider'))`))
	b.untilTitle("Leapmotor on 2024-07-03, according to article")
	assert.Equal(t, "article", eval[string](b, `document.getElementById('source').value`))
	assert.Equal(t, places+1, eval[int](b, `history.length`), "one movement is one place")
	b.must(chromedp.Click(chromedp.CSS(`#events tbody td:nth-child(2) a`)))
	b.until(`document.querySelector('#panel h2') !== null && !document.body.hasAttribute('aria-busy')`)
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowRight))
	b.untilTitle("Leapmotor on 2024-07-04, according to article")
	assert.Equal(t, places+3, eval[int](b, `history.length`))
	b.must(chromedp.NavigateBack())
	b.untilTitle("Leapmotor on 2024-07-03, according to article")
	assert.NotNil(t, eval[*string](b, `document.querySelector('#panel h2').textContent`))
	b.must(chromedp.NavigateBack())
	b.until(`!document.querySelector('#panel h2')`)
	b.must(chromedp.NavigateBack())
	b.untilTitle("Leapmotor on 2024-06-30, according to article")
}
