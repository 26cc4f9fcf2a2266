package explorer_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// TestShownIsWhatTheServerSays: wherever one comes from, what is shown is the page of the
// address, and links lead where those of that page do.
func TestShownIsWhatTheServerSays(t *testing.T) {
	for _, place := range []answer.Place{theArticle, {}} {
		b := open(t, serve(t, place), wide)
		b.goTo("/?on=2024-06-30")
		b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy')`)
		b.must(chromedp.Evaluate[chromedp.Void](`window.difference = async () => {
			const width = document.getElementById('chart-scroll').clientWidth;
			const text = await (await fetch(location.href.split('#')[0] + '&width=' + width)).text();
			const page = new DOMParser().parseFromString(text, 'text/html');
			for (const a of document.querySelectorAll('a[data-step]')) a.dispatchEvent(new Event('pointerover', { bubbles: true }));
			const lines = (root) => {
				const all = [];
				for (const e of root.querySelectorAll('#view *, #rest, #rest *, #heading, #kept *, #earlier, #later, #source *, footer *')) {
					const has = [...e.attributes].filter((a) => !['open', 'hidden', 'style', 'tabindex'].includes(a.name) && a.value !== 'js')
						.map((a) => a.name + '=' + (a.name === 'href' ? [...new URL(a.value, 'http://x/').searchParams].map(String).sort().join('&') : a.value)).sort();
					const own = [...e.childNodes].filter((n) => n.nodeType === 3).map((n) => n.nodeValue.trim()).join('|');
					all.push(e.localName + ' ' + has.join(' ') + ' ' + own);
				}
				return all;
			};
			const [is, wanted] = [lines(document), lines(page)];
			const n = wanted.findIndex((line, n) => line !== is[n]);
			return is.length < 100 ? 'nothing is shown' : n >= 0 || is.length !== wanted.length ? n + ': is ' + is[n] + '; wanted ' + wanted[n] + '; ' + is.length + ' ' + wanted.length : '';
		}`))
		for _, address := range []string{
			"/?on=2024-07-01", "/?on=2024-07-02&since=2024-07-01", "/?on=2025-12-31&since=2024-07-02", "/?on=2016-01-01", "/?on=2024-11-30&event=t03-tychy-started",
			"/?on=2024-11-30&why=%2Fplants%2FTychy%2Fmodels%2FT03%2Fstatus", "/?on=2024-11-30&known=2024-10-31", "/?on=2024-11-30&q=Tychy", "/?on=2024-11-29&q=Tychy",
			"/?on=2024-11-30&hide=owners", "/?on=2024-11-30&from=2022-01-01&to=2025-01-01", "/?on=2024-11-30&source=article", "/?on=2025-06-01", "/?on=2014-06-01",
		} {
			b.must(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`history.pushState(null, '', %q); dispatchEvent(new PopStateEvent('popstate'))`, address)))
			b.until(`!document.body.hasAttribute('aria-busy')`)
			b.must(chromedp.Evaluate[chromedp.Void](`window.found = undefined; difference().then((text) => { window.found = text; })`))
			b.until(`window.found !== undefined`)
			assert.Empty(t, eval[string](b, `found`), address)
		}
	}
}

// BenchmarkMove moves the slider by keys, a day seven times and a month once, in a window
// of 1280x800: until the page is there and drawn.
func BenchmarkMove(b *testing.B) {
	for name, place := range map[string]answer.Place{"article": theArticle, "leapmotor": {}} {
		b.Run(name, func(bench *testing.B) {
			const moves = 40
			var medians, paints []float64
			for bench.Loop() {
				b := open(bench, serve(bench, place), look{width: 1280, height: 800})
				b.goTo("/?on=2024-07-01")
				b.until(`performance.getEntriesByName('first-contentful-paint').length > 0`) // the server has warmed up
				b.goTo("/?on=2024-07-01")
				b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy') && performance.getEntriesByName('first-contentful-paint').length > 0`)
				paints = append(paints, eval[float64](b, `performance.getEntriesByName('first-contentful-paint')[0].startTime`))
				b.must(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`window.took = []; (async () => {
					const slider = document.getElementById('on-slider');
					const pause = (with_) => new Promise((done) => with_(done));
					for (let n = 0; n < %d; n++) {
						const start = performance.now();
						const before = document.title;
						slider.dispatchEvent(new KeyboardEvent('keydown', { key: n %% 8 ? 'ArrowRight' : 'ArrowUp' }));
						while (document.title === before || document.body.hasAttribute('aria-busy')) await pause((done) => setTimeout(done, 1));
						await pause((done) => requestAnimationFrame(() => setTimeout(done, 0)));
						took.push(performance.now() - start);
					}
				})()`, moves)))
				b.until(fmt.Sprintf(`took.length === %d`, moves))
				took := eval[[]float64](b, `took`)
				slices.Sort(took)
				medians = append(medians, took[moves/2])
			}
			slices.Sort(medians)
			slices.Sort(paints)
			bench.ReportMetric(medians[len(medians)/2], "ms/move")
			bench.ReportMetric(paints[len(paints)/2], "ms-to-first-paint")
			bench.ReportMetric(0, "ns/op")
		})
	}
}
