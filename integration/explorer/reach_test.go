package explorer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
)

// TestZoomed shows pages at 200 % and at 400 %: that is as if the window of 1280x1024 was
// half and a quarter of it. Nothing is cut off, and what one reads is not covered.
func TestZoomed(t *testing.T) {
	root := serve(t, theArticle)
	for _, l := range []look{{width: 640, height: 512}, {width: 320, height: 256}} {
		b := open(t, root, l)
		b.mayFail = badRequest
		for _, path := range views {
			b.goTo(path)
			assert.LessOrEqual(t, eval[int](b, `document.documentElement.scrollWidth`), int(l.width), "%s is wider than the window", path)
			if strings.Contains(path, "yesterday") {
				continue
			}
			b.must(chromedp.Evaluate[chromedp.Void](`scrollTo(0, 600)`))
			covered := eval[float64](b, `(e => getComputedStyle(e).position === 'sticky' ? e.getBoundingClientRect().bottom : 0)(document.querySelector('header'))`)
			assert.Less(t, covered, float64(l.height)/2, "%s: the header covers what one reads", path)
		}
		b.goTo("/?on=2024-07-01")
		b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy')`)
		b.must(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll('#state dd a')].find(a => a.getAttribute('href').includes('Stellantis%2Fpercent')).click()`))
		b.until(`document.querySelector('#panel h2') !== null && !document.body.hasAttribute('aria-busy')`)
		assert.True(t, eval[bool](b, `(r => r.width <= innerWidth && r.right > 0 && r.left < innerWidth)(document.querySelector('#panel').getBoundingClientRect())`))
		b.must(chromedp.KeyEvent(kb.Escape))
		b.until(`!document.querySelector('#panel h2')`)
	}
}

// TestKeyboard goes through a page by Tab alone: in the order of the page, past everything
// that does something, and out of it again.
func TestKeyboard(t *testing.T) {
	b := open(t, serve(t, theArticle), wide)
	b.goTo("/?on=2024-07-01&why=/stakes/Stellantis/percent")
	b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy')`)
	b.must(chromedp.Evaluate[chromedp.Void](`window.been = []; document.addEventListener('focusin', (e) => been.push(e.target))`))
	b.must(chromedp.Evaluate[chromedp.Void](`document.querySelector('.skip').focus()`))
	total := eval[int](b, `[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true }) && e.type !== 'hidden').length`)
	assert.Greater(t, total, 200)
	for n := 0; n < total+20; n += 20 {
		for range 20 {
			b.must(chromedp.KeyEvent(kb.Tab))
		}
	}
	order := eval[string](b, `(() => {
		const first = been.slice(0, been.indexOf(been[0], 1) > 0 ? been.indexOf(been[0], 1) : been.length);
		for (let n = 1; n < first.length; n++) {
			if (first[n] !== document.body && !(first[n - 1].compareDocumentPosition(first[n]) & Node.DOCUMENT_POSITION_FOLLOWING)) return 'after ' + first[n - 1].outerHTML.slice(0, 200) + ' comes ' + first[n].outerHTML.slice(0, 200);
			if (!first[n].checkVisibility()) return 'unseen: ' + first[n].outerHTML.slice(0, 200);
		}
		return '';
	})()`)
	assert.Empty(t, order)
	for _, where := range []string{`.skip`, `#on`, `#later`, `#play`, `#q`, `#more summary`, `.cards a`, `#lanes summary`, `#take summary`, `#on-slider`, `#chart-scroll`, `svg.timeline a`, `#state dd a`, `#state a.badge`, `#events td a`, `#panel .close`, `#panel .cited a`, `footer a`} {
		assert.True(t, eval[bool](b, fmt.Sprintf(`been.some((e) => e.matches(%q))`, where)), "%s is not reached", where)
	}
}

// TestForcedColours shows a page in the colours of the system: what is drawn can be seen.
func TestForcedColours(t *testing.T) {
	for _, place := range []answer.Place{theArticle, {}} {
		b := open(t, serve(t, place), wide)
		_, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		require.NoError(t, err)
		b.goTo("/?on=2024-07-01")
		b.until(`document.body.classList.contains('script') && !document.body.hasAttribute('aria-busy')`)
		unseen := eval[[]string](b, `(() => {
			const probe = document.createElement('p');
			probe.style.cssText = 'forced-color-adjust: none; background: Canvas';
			document.body.append(probe);
			const paper = getComputedStyle(probe).backgroundColor;
			probe.remove();
			const bad = new Set();
			for (const e of document.querySelectorAll('svg.timeline .shape, svg.timeline .line, svg.timeline text, svg.timeline .edge, svg.timeline .rail, svg.timeline .whisker')) {
				const s = getComputedStyle(e);
				if ((s.fill === paper || s.fill === 'none' || s.fillOpacity === '0') && (s.stroke === paper || s.stroke === 'none')) bad.add(e.getAttribute('class') || e.localName);
			}
			return [...bad];
		})()`)
		assert.Empty(t, unseen, "drawn in the colour of the paper")
		assert.NotEqual(t, eval[string](b, `getComputedStyle(document.getElementById('on-slider')).backgroundColor`), eval[string](b, `getComputedStyle(document.body).backgroundColor`), "the handle can be seen")
		shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		keep(t, fmt.Sprintf("forced-%t.png", place.File == ""), shot)
	}
}
