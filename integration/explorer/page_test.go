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
	b.untilTitle("Leapmotor on 1 July 2024")
	assert.Equal(t, "/?on=2024-07-01&since=2024-06-30", b.address())
	b.must(chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.ArrowLeft))
	b.untilTitle("Leapmotor on 29 June 2024")
	assert.Equal(t, "2024-06-29", eval[string](b, `document.getElementById('on').value`))
	assert.Equal(t, "29 June 2024", eval[string](b, `document.getElementById('on-slider').getAttribute('aria-valuetext')`))
	assert.Equal(t, "on-slider", eval[string](b, `document.activeElement.id`), "the focus stays")

	x, y := b.middle(`document.getElementById('on-slider')`)
	b.must(chromedp.DragAndDropXY(x, y, x-400, y))
	b.until(`document.getElementById('on').value < '2022' && !document.body.hasAttribute('aria-busy')`)
	b.until(`document.querySelector('#changes h2').textContent.startsWith('Not so yet, but by ')`) // one movement or two, by how long the browser takes
	assert.True(t, eval[bool](b, `document.getElementById('state-stakes') === null`), "nobody had a stake yet")
	assert.Contains(t, eval[string](b, `document.getElementById('status').textContent`), "changes", "a screen reader hears of it")

	// One step back leads to where the mouse was pressed, however many days it went through.
	time.Sleep(1600 * time.Millisecond)
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.Home))
	b.untilTitle("Leapmotor on 1 January 2015")
	b.must(chromedp.NavigateBack())
	b.until(`document.getElementById('on').value > '2016' && document.getElementById('on').value < '2022'`)

	// A month and a year are a key each, and the end of a month stays one.
	b.goTo("/?on=2024-03-31")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowDown))
	b.untilTitle("Leapmotor on 29 February 2024")
	b.must(chromedp.KeyEvent(kb.PageDown))
	b.untilTitle("Leapmotor on 28 February 2023")
	b.must(chromedp.KeyEvent(kb.PageUp), chromedp.KeyEvent(kb.ArrowUp))
	b.untilTitle("Leapmotor on 28 March 2024")
}

// TestChartIsTheControl takes hold of the line of the day, goes to days by clicks, and
// zooms.
func TestChartIsTheControl(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)

	// The line is dragged in the chart, and one step back undoes it.
	x, _ := b.middle(`document.querySelector('.line.on')`)
	y := eval[float64](b, `document.querySelector('.timeline .flag').getBoundingClientRect().bottom + 30`)
	b.must(chromedp.DragAndDropXY(x, y, x-300, y))
	b.until(`document.getElementById('on').value < '2023' && !document.body.hasAttribute('aria-busy')`)
	assert.Equal(t, eval[string](b, `document.getElementById('on').value`), eval[string](b, `new URLSearchParams(location.search).get('on')`))
	b.until(`(r => Math.abs(document.querySelector('.line.on').getBoundingClientRect().left - (r.left + r.right) / 2) < 4)(document.getElementById('on-slider').getBoundingClientRect())`) // one axis
	b.must(chromedp.NavigateBack())
	b.untilTitle("Leapmotor on 30 June 2024")

	// A click beside what is drawn goes to that day.
	b.must(chromedp.MouseClickXY(x-200, y))
	b.until(`document.getElementById('on').value < '2024-06' && location.search.includes('since=2024-06-30')`)

	// Days that are marked on the strip fill the chart; All years leads back.
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)
	sx, sy := b.middle(`document.getElementById('strip')`)
	b.must(chromedp.DragAndDropXY(sx, sy-8, sx+250, sy-8))
	b.until(`location.search.includes('from=') && location.search.includes('to=') && !document.body.hasAttribute('aria-busy')`)
	assert.NotContains(t, eval[string](b, `document.querySelector('svg.timeline').textContent`), "2016")
	assert.True(t, eval[bool](b, `document.querySelector('#strip .window').getBoundingClientRect().width > 200`))
	b.must(chromedp.Click(chromedp.ID("whole")))
	b.until(`!location.search.includes('from=')`)
	assert.Contains(t, eval[string](b, `document.querySelector('svg.timeline').textContent`), "2016")

	// So do the wheel, with the key for it, and + in the chart.
	b.must(chromedp.Evaluate[chromedp.Void](`(e => { const r = e.getBoundingClientRect(); e.dispatchEvent(new WheelEvent('wheel', { ctrlKey: true, deltaY: -1, clientX: r.left + 700, clientY: r.top + 60, bubbles: true, cancelable: true })); })(document.querySelector('svg.timeline'))`))
	b.until(`location.search.includes('from=')`)
	before := eval[string](b, `location.search`)
	time.Sleep(200 * time.Millisecond) // the wheel zooms no faster
	b.must(chromedp.Focus(chromedp.ID("chart-scroll")), chromedp.KeyEvent("+"))
	b.until(fmt.Sprintf(`location.search !== %q`, before))

	// Lanes are left out and come back.
	b.goTo("/?on=2024-06-30")
	b.must(chromedp.Click(chromedp.CSS(`#lanes summary`)), chromedp.Click(chromedp.CSS(`[data-key="lane Models"]`)))
	b.until(`!document.querySelector('svg.timeline [aria-label="Models"]') && location.search.includes('hide=models')`)
	b.must(chromedp.Click(chromedp.CSS(`[data-key="lane Models"]`)))
	b.until(`document.querySelector('svg.timeline [aria-label="Models"]') !== null`)
}

// TestCompareAndPlay compares with a day that is named by what happened, and plays from
// change to change.
func TestCompareAndPlay(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2025-06-30")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Click(chromedp.CSS(`#more summary`)))
	b.must(chromedp.Evaluate[chromedp.Void](`(s => { s.value = [...s.options].find(o => o.text === 'before the end of the T03 at Tychy').value; s.dispatchEvent(new Event('change', { bubbles: true })); })(document.getElementById('preset'))`))
	b.until(`document.querySelector('#changes h2')?.textContent === 'Changed since 28 February 2025'`)
	assert.Contains(t, eval[string](b, `document.querySelector('.cards').textContent`), "28 February 2025: 1, Tychy, Poland (T03)")
	b.must(chromedp.NavigateBack())
	b.until(`!document.getElementById('changes')`)

	b.goTo("/?on=2025-03-01")
	b.until(`document.body.classList.contains('script')`)
	places := eval[int](b, `history.length`)
	b.must(chromedp.Click(chromedp.ID("play")))
	b.until(`document.getElementById('on').value > '2025-04-01'`)
	b.must(chromedp.KeyEvent(kb.Escape))
	stopped := eval[string](b, `document.getElementById('on').value`)
	time.Sleep(1500 * time.Millisecond)
	assert.Equal(t, stopped, eval[string](b, `document.getElementById('on').value`), "Escape stops it")
	assert.Equal(t, "Play", eval[string](b, `document.getElementById('play').textContent`))
	assert.Equal(t, places+1, eval[int](b, `history.length`), "playing is one place")

	// It stops by itself at the end.
	b.goTo("/?on=2027-01-01")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Click(chromedp.ID("play")))
	b.until(`document.getElementById('later').hasAttribute('aria-disabled') && document.getElementById('play').getAttribute('aria-pressed') === 'false'`)
}

// TestDates types a day, and switches to what was known.
func TestDates(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-06-30")
	b.until(`document.body.classList.contains('script')`)
	asked := b.asked()
	b.must(chromedp.Focus(chromedp.ID("on")), chromedp.KeyEvent("05152020"))
	b.untilTitle("Leapmotor on 15 May 2020")
	assert.Contains(t, eval[string](b, `document.querySelector('#changes').textContent`), "Not so yet, but by 30 June 2024")
	assert.LessOrEqual(t, b.asked()-asked, 2, "it is not asked for at each key")

	b.goTo("/?on=2024-10-31")
	b.until(`document.body.classList.contains('script')`)
	assert.True(t, eval[bool](b, `document.getElementById('known-slider').hidden`))
	assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "B10 made in Poland")
	b.must(chromedp.Click(chromedp.CSS(`#more summary`)), chromedp.Click(chromedp.ID("known-switch")))
	b.untilTitle("Leapmotor on 31 October 2024, as known on 31 October 2024")
	assert.NotContains(t, eval[string](b, `document.getElementById('state').textContent`), "B10 made in Poland",
		"it was heard of only when it was dropped")
	assert.Equal(t, "/?on=2024-10-31&known=2024-10-31&since=2024-10-31&then=all", b.address())
	assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "Not known yet on 31 October 2024")
	assert.False(t, eval[bool](b, `document.getElementById('known-slider').hidden`))
	assert.NotNil(t, eval[*string](b, `document.querySelector('.line.known').getAttribute('class')`))
	b.must(chromedp.Focus(knownSlider), chromedp.KeyEvent(kb.End))
	b.until(`document.querySelector('#changes h2')?.textContent === 'Learned since 31 October 2024' && document.getElementById('known').value > '2027'`)
	assert.Contains(t, eval[string](b, `document.getElementById('changes').textContent`), "Learned since 31 October 2024")
	assert.Contains(t, eval[string](b, `[...document.querySelectorAll('#state mark')].map(e => e.textContent).join()`), "B10 made in Poland",
		"what was learned is highlighted")
	b.must(chromedp.Focus(`#changes .close`), chromedp.KeyEvent(kb.Enter))
	b.until(`!document.getElementById('changes')`)
	assert.Equal(t, "state", eval[string](b, `document.activeElement.id`), "the focus is not lost")
	b.must(chromedp.Click(chromedp.ID("known-switch")))
	b.untilTitle("Leapmotor on 31 October 2024")
}

// TestWhy follows values and events to what explains them, by the keyboard alone,
// and goes back.
func TestWhy(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-07-01")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('#state dd a')].find(a => a.getAttribute('href').includes('Stellantis%2Fpercent')).focus()`))
	b.must(chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Why: the share of Stellantis'`)
	panel := eval[string](b, `document.getElementById('panel').textContent`)
	assert.Contains(t, panel, "Stellantis holds 20 %.")
	assert.Contains(t, panel, "In October 2023: Stellantis acquires 20 % for EUR 1.5 billion.")
	assert.Contains(t, panel, "Leapmotor, Wikipedia, the free encyclopedia, “Stellantis”, paragraph 1, sentence 1")
	assert.Equal(t, "panel", eval[string](b, `document.activeElement.id`), "the focus is where the answer is")

	// Tab on, past the cross that closes the panel, to the event.
	b.must(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Stellantis acquires 20 % for EUR 1.5 billion'`)
	assert.Equal(t, "/?event=stellantis-stake&on=2024-07-01#panel", b.address())
	b.must(chromedp.NavigateBack())
	b.until(`document.querySelector('#panel h2')?.textContent === 'Why: the share of Stellantis'`)
	b.must(chromedp.NavigateBack())
	b.until(`!document.querySelector('#panel h2')`)
	assert.Equal(t, "/?on=2024-07-01", b.address())

	// The same from the chart, with the mouse.
	b.must(chromedp.Click(chromedp.CSS(`[id$="item-stellantis-stake"]`)))
	b.until(`document.querySelector('#panel h2')?.textContent === 'Stellantis acquires 20 % for EUR 1.5 billion'`)
	assert.True(t, eval[bool](b, `(r => r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth)(document.getElementById('panel').getBoundingClientRect())`), "it is in sight")
	b.must(chromedp.Click(chromedp.CSS(`#panel .close`)))
	b.until(`!document.querySelector('#panel h2')`)

	// It opens where one reads, nothing moves, and Escape closes it.
	b.goTo("/?on=2025-10-31")
	b.until(`document.body.classList.contains('script')`)
	const overdue = `[...document.querySelectorAll('#state dd a')].find(a => a.getAttribute('href').includes('india-asia-pacific-launch%2Fstatus'))`
	b.must(chromedp.Evaluate[chromedp.Void](overdue + `.scrollIntoView({ block: 'center' })`))
	scrolled := eval[float64](b, `scrollY`)
	assert.Positive(t, scrolled)
	b.must(chromedp.Evaluate[chromedp.Void](overdue + `.click()`))
	b.until(`document.querySelector('#panel h2')?.textContent.startsWith('Why: the status of the plan')`)
	assert.InDelta(t, scrolled, eval[float64](b, `scrollY`), 2, "one goes on reading where one was")
	assert.True(t, eval[bool](b, `(r => document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2).closest('.close') !== null)(document.querySelector('#panel .close').getBoundingClientRect())`), "the cross can be clicked")
	b.must(chromedp.KeyEvent(kb.Escape))
	b.until(`!document.querySelector('#panel h2')`)
	assert.InDelta(t, scrolled, eval[float64](b, `scrollY`), 2)
	assert.True(t, eval[bool](b, `document.activeElement.getAttribute('href')?.includes('india-asia-pacific-launch%2Fstatus')`), "the focus goes back")

	// What is undecided says so, and leads to what decides it.
	b.goTo("/?on=2020-06-01")
	undecided := eval[string](b, `[...document.querySelectorAll('#state .badge')].map(a => a.textContent).join(' | ')`)
	assert.Contains(t, undecided, "undecided: S01 is first shown as LP-S01")
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
	b.untilTitle("Own Cars on 1 June 2017, according to paper")
	b.until(`document.querySelectorAll('#events tbody tr').length === 0`)
	assert.Contains(t, eval[string](b, `document.getElementById('state').textContent`), "Nothing has “bank 30” in it.")
	b.must(chromedp.Evaluate[chromedp.Void](`document.getElementById('q').select()`), chromedp.SendKeys(chromedp.ID("q"), "bank"))
	b.until(`document.getElementById('state').textContent.includes('share10 %')`)
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
	assert.False(t, visible("strip"), "it would do nothing")
	assert.False(t, visible("play"))
	assert.False(t, visible("known-switch"))
	b.must(chromedp.Click(chromedp.CSS(`#more summary`)))
	assert.True(t, visible("known"))
	loaded := func(step chromedp.Action[chromedp.Void], title string) {
		t.Helper()
		_, err := chromedp.RunResponse(b.ctx, step)
		require.NoError(t, err)
		got, err := chromedp.Run(b.ctx, chromedp.Title())
		require.NoError(t, err)
		assert.Equal(t, title, got)
	}
	loaded(chromedp.Click(chromedp.ID("later")), "Leapmotor on 30 November 2024")
	assert.Contains(t, b.address(), "since=2024-07-01")
	assert.Contains(t, eval[string](b, `document.querySelector('#changes').textContent`), "Changed since 1 July 2024")
	loaded(chromedp.Click(chromedp.CSS(`a[href*="Tychy%2Fmodels%2FT03%2Fstatus"]`)), "Leapmotor on 30 November 2024")
	assert.Contains(t, eval[string](b, `document.querySelector('#panel h2').textContent`), "Why: the status of the production of the T03 at Tychy")
	b.must(chromedp.SetValue(chromedp.ID("known"), "2024-05-31"))
	loaded(chromedp.Click(chromedp.ID("submit")), "Leapmotor on 30 November 2024, as known on 31 May 2024")
	assert.Contains(t, eval[string](b, `document.querySelector('#panel h2').textContent`), "Why: the status", "the form keeps the rest")
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
	assert.True(t, eval[bool](b, `[...document.querySelectorAll('#events td:nth-child(2)')].every(e => e.getBoundingClientRect().width > 120)`), "what happened has room")
	assert.False(t, eval[bool](b, `document.getElementById('state-plans').closest('.fold').open`), "it is not all open on a small screen")
	assert.Less(t, eval[int](b, `document.documentElement.scrollHeight`), 8000)
	b.must(chromedp.Click(chromedp.CSS(`.cards a[href="#state-plans"]`)))
	b.until(`document.getElementById('state-plans').closest('.fold').open`)
	b.until(`document.querySelector('svg.timeline').width.baseVal.value < 360`) // it is drawn as wide as there is room
	assert.True(t, eval[bool](b, `[...document.querySelectorAll('svg.timeline .hit')].every(e => e.getBoundingClientRect().height >= 24 && e.getBoundingClientRect().width >= 24)`), "what is touched is large enough")
	assert.True(t, eval[bool](b, `[...document.querySelectorAll('svg.timeline text')].every(e => parseFloat(getComputedStyle(e).fontSize) >= 12)`))
	b.must(chromedp.Click(chromedp.ID("later")))
	b.untilTitle("Leapmotor on 30 November 2024")
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
	b.must(chromedp.Evaluate[chromedp.Void](`(s => { for (let n = 0; n < 3; n++) s.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' })); })(document.getElementById('on-slider'))`))
	b.untilTitle("Leapmotor on 3 July 2024, according to article")
	assert.Equal(t, "article", eval[string](b, `document.getElementById('source').value`))
	assert.Equal(t, places+1, eval[int](b, `history.length`), "one movement is one place")
	b.must(chromedp.Click(chromedp.CSS(`#events tbody td:nth-child(2) a`)))
	b.until(`document.querySelector('#panel h2') !== null && !document.body.hasAttribute('aria-busy')`)
	b.must(chromedp.Focus(slider), chromedp.KeyEvent(kb.ArrowRight))
	b.untilTitle("Leapmotor on 4 July 2024, according to article")
	assert.Equal(t, places+3, eval[int](b, `history.length`))
	b.must(chromedp.NavigateBack())
	b.untilTitle("Leapmotor on 3 July 2024, according to article")
	assert.NotNil(t, eval[*string](b, `document.querySelector('#panel h2').textContent`))
	b.must(chromedp.NavigateBack())
	b.until(`!document.querySelector('#panel h2')`)
	b.must(chromedp.NavigateBack())
	b.untilTitle("Leapmotor on 30 June 2024, according to article")
}

// TestTakeAlong takes the picture, in both forms, and the link.
func TestTakeAlong(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-07-01")
	b.until(`document.body.classList.contains('script')`)
	b.must(chromedp.Evaluate[chromedp.Void](`(() => {
		HTMLAnchorElement.prototype.click = function () { window.saved = { name: this.download, address: this.href }; };
		Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.copied = text; } }, configurable: true });
	})()`))
	b.must(chromedp.Click(chromedp.CSS(`#take summary`)), chromedp.Click(chromedp.ID("png")))
	b.until(`window.saved !== undefined`)
	assert.Equal(t, "Leapmotor.png", eval[string](b, `saved.name`))
	b.must(chromedp.Evaluate[chromedp.Void](`(() => { const i = new Image(); i.onload = () => { window.size = [i.naturalWidth, i.naturalHeight]; }; i.src = saved.address; })()`))
	b.until(`window.size !== undefined`)
	size := eval[[]float64](b, `size`)
	assert.Greater(t, size[0], 2000.0, "it is twice as fine as on the screen")
	assert.Greater(t, size[1], 2000.0)
	b.must(chromedp.Click(chromedp.ID("link")))
	b.until(`window.copied === location.href`)

	b.goTo("/embed?on=2024-07-01")
	b.until(`document.body.classList.contains('script')`)
	assert.True(t, eval[bool](b, `document.querySelector('svg.timeline').checkVisibility() && !document.getElementById('form').checkVisibility() && !document.getElementById('state').checkVisibility()`))
}
