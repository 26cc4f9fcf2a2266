package explorer_test

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// views are what is looked at, in each look.
var views = map[string]string{
	"start":     "/?on=2024-07-01",
	"why":       "/?on=2024-07-01&known=2024-11-30&since=2024-05-01&why=/plants/Tychy/models/T03/status",
	"event":     "/?on=2024-06-15&event=s01-shown-as-lp-s01&q=S01",
	"before":    "/?on=2015-01-01",
	"a-mistake": "/?on=yesterday",
}

// TestScreenshots compares what the tops of pages look like, loosely: with
// pictures that are as small as thumbnails. With -artefacts it keeps the pages
// in full.
func TestScreenshots(t *testing.T) {
	root := serve(t, theArticle)
	for name, l := range map[string]look{
		"wide-light":   wide,
		"wide-dark":    {width: wide.width, height: wide.height, dark: true},
		"narrow-light": narrow,
		"narrow-dark":  {width: narrow.width, height: narrow.height, dark: true},
		"print":        {width: 760, height: 1000, print: true},
	} {
		for view, path := range views {
			t.Run(view+"-"+name, func(t *testing.T) {
				b := open(t, root, l)
				if view == "a-mistake" {
					b.mayFail = badRequest
				}
				b.goTo(path)
				shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
				require.NoError(t, err)
				keep(t, view+"-"+name+"-top.png", shot)
				looksLike(t, view+"-"+name, shot)
				if *artefacts != "" {
					picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
					require.NoError(t, err)
					keep(t, view+"-"+name+".png", picture)
				}
			})
		}
	}
}
