package explorer_test

import (
	"context"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/explorer"
)

var (
	update    = flag.Bool("update", false, "write the small pictures anew that screenshots are compared with")
	artefacts = flag.String("artefacts", os.Getenv("ARTEFACTS"), "a folder for screenshots in full size")
)

// allocator starts browsers that ask nothing of the network.
var allocator context.Context

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := os.MkdirTemp("", "browser")
	if err != nil {
		panic(err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.UserDataDir(dir),
		chromedp.WSURLReadTimeout(2*time.Minute),
		chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"),
		chromedp.Flag("disable-features", "Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider,CertificateTransparencyComponentUpdater,NetworkTimeServiceQuerying"),
		chromedp.Flag("font-render-hinting", "none"),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.Flag("lang", "en-GB"),
	)
	if os.Getuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	var cancel context.CancelFunc
	allocator, cancel = chromedp.NewExecAllocator(context.Background(), opts...)
	first, end := chromedp.NewContext(allocator)
	if err := chromedp.Do(first); err != nil { // no time limit on the first call: it would end the browser
		fmt.Fprintln(os.Stderr, "no browser:", err)
		os.Exit(1)
	}
	browser = first
	code := m.Run()
	_ = chromedp.Cancel(first)
	end()
	cancel()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// browser is the one that all tests share; each has a tab of its own.
var browser context.Context

// theArticle is the history of the article alone, of which the tests know every value.
var theArticle = answer.Place{File: "../../seeds/testdata/article.json"}

// serve serves a history as the program does, and returns its address.
func serve(t testing.TB, place answer.Place) string {
	t.Helper()
	root, _ := serving(t, place)
	return root
}

// serving serves a history until it is ended, or the test ends.
func serving(t testing.TB, place answer.Place) (root string, end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s, err := explorer.New(ctx, explorer.Options{Place: place, Every: 50 * time.Millisecond, Log: nil})
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	server := explorer.HTTP(s, nil)
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	go func() { _ = server.Serve(listener) }()
	end = func() {
		cancel()
		_ = server.Close()
	}
	t.Cleanup(end)
	return "http://" + listener.Addr().String(), end
}

// A tab is one of the browser, at an address.
type tab struct {
	t    testing.TB
	ctx  context.Context
	root string
	// mayFail is in what the browser may say on its console; nothing if it must
	// be silent.
	mayFail string

	mu       sync.Mutex
	console  []string
	requests []string
}

// badRequest is what the browser says of the page of a mistake.
const badRequest = "status of 400"

// A look is how a tab shows pages.
type look struct {
	width, height int64
	dark          bool
	noScript      bool
	print         bool // as on paper
}

var (
	wide   = look{width: 1400, height: 900}
	narrow = look{width: 360, height: 760}
)

// open opens a tab. When the test ends, nothing may have been said on its
// console, and nothing asked of other machines.
func open(t testing.TB, root string, l look) *tab {
	t.Helper()
	tabCtx, cancelTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	require.NoError(t, chromedp.Do(tabCtx))
	ctx, cancel := context.WithTimeout(tabCtx, 5*time.Minute)
	b := &tab{t: t, ctx: ctx, root: root}
	console, requests := chromedp.Console(ctx), chromedp.Events(ctx, network.RequestWillBeSent)
	var wait sync.WaitGroup
	wait.Go(func() {
		for m, err := range console {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.console = append(b.console, fmt.Sprintf("%s: %s", m.Type, m.Text))
			b.mu.Unlock()
		}
	})
	wait.Go(func() {
		for e, err := range requests {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.requests = append(b.requests, e.Request.URL)
			b.mu.Unlock()
		}
	})
	t.Cleanup(func() {
		cancel()
		wait.Wait()
		_ = chromedp.Cancel(tabCtx)
		cancelTab()
		b.check()
	})
	b.must(chromedp.EmulateViewport(l.width, l.height))
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	media := ""
	if l.print {
		media = "print"
	}
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	require.NoError(t, err)
	_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.noScript})
	require.NoError(t, err)
	return b
}

// check looks at what was said and asked.
func (b *tab) check() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, said := range b.console {
		if b.mayFail == "" || !strings.Contains(said, b.mayFail) {
			assert.Fail(b.t, "on the console: "+said)
		}
	}
	assert.NotEmpty(b.t, b.requests)
	for _, r := range b.requests {
		if u, err := url.Parse(r); assert.NoError(b.t, err) && u.Scheme != "data" && u.Scheme != "file" {
			assert.Equal(b.t, "127.0.0.1", u.Hostname(), "asked of another machine: %s", r)
		}
	}
}

func (b *tab) must(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, steps...))
}

// goTo shows the page at a path.
func (b *tab) goTo(path string) {
	b.t.Helper()
	b.must(chromedp.Navigate(b.root + path))
}

// eval returns what a script gives.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	require.NoError(b.t, err, script)
	return v
}

// until waits for a script to give true.
func (b *tab) until(script string) {
	b.t.Helper()
	_, err := chromedp.Run(b.ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(time.Minute)))
	if err != nil {
		b.t.Fatalf("%s: %v; at %s: %s", script, err, b.address(), eval[string](b, `document.title`))
	}
}

// untilTitle waits for the page of a day.
func (b *tab) untilTitle(title string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`document.title === %q && !document.body.hasAttribute('aria-busy')`, title))
}

func (b *tab) address() string {
	b.t.Helper()
	return eval[string](b, `location.pathname + location.search + location.hash`)
}

// keep writes a file to the folder of artefacts, if there is one.
func keep(t *testing.T, name string, content []byte) {
	t.Helper()
	if *artefacts != "" {
		require.NoError(t, os.MkdirAll(*artefacts, 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(*artefacts, name), content, 0o644))
	}
}

// middle returns the middle of an element that a script finds.
func (b *tab) middle(element string) (x, y float64) {
	b.t.Helper()
	place := eval[[]float64](b, fmt.Sprintf(`(r => [(r.left + r.right) / 2, (r.top + r.bottom) / 2])(%s.getBoundingClientRect())`, element))
	return place[0], place[1]
}

// asked returns how many requests the tab has made.
func (b *tab) asked() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.requests)
}
