package explorer

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/leapmotor-timeline/leapmotor/internal/answer"
	"github.com/leapmotor-timeline/leapmotor/internal/words"
	"github.com/leapmotor-timeline/leapmotor/timeline/chart"
	"github.com/leapmotor-timeline/leapmotor/timeline/edtf"
)

// An exporter writes the page as files, which a web server or a folder gives to a browser. The
// page of the last day is whole. Of each other day on which anything differs there is what
// differs, and of each value and event what the panel says, from which day on. Files are
// scripts that hand over what they hold, since a page that is read from a folder may load
// nothing else.
type exporter struct {
	ed     visit
	folder string
	tell   func(done, all int, what string)

	days []exportedDay // ascending

	mu    sync.Mutex
	files int
	bytes int64
}

// An exportedDay is a day from which on the page says the same.
type exportedDay struct {
	day    edtf.Day
	sum    [sha256.Size]byte // of what it says
	values []string          // that it can explain
}

// perGroup is how many days are in a group: what the first of them says is left out of the
// files of the others.
const perGroup = 24

// exportMark is a file by which an export is known.
const exportMark = "history.js"

// exportBegins is what it begins with.
const exportBegins = "explorer.history = "

// exportTo writes the page of a history as files into a folder, which is made. If it is
// there, it must be empty or an export, which is replaced. It is all there or not at all.
func exportTo(ctx context.Context, place answer.Place, folder string, tell func(done, all int, what string)) (summary string, err error) {
	named := folder
	if folder, err = filepath.Abs(folder); err != nil {
		return "", err
	}
	if err := mayExport(folder); err != nil {
		return "", err
	}
	history, err := place.Load(ctx)
	if err != nil {
		return "", err
	}
	parent := filepath.Dir(filepath.Clean(folder))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", err
	}
	unfinished, err := os.MkdirTemp(parent, ".export-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(unfinished) }() // it has been moved, or failed
	x := &exporter{ed: visit{newGeneration(history, 1), ctx}, folder: unfinished, tell: tell}
	for _, step := range []func() error{x.fixed, x.findDays, x.pages, x.values, x.events, x.index} {
		if err := errors.Join(step(), ctx.Err()); err != nil {
			return "", err
		}
	}
	if err := os.Chmod(unfinished, 0o755); err != nil {
		return "", err
	}
	if err := replaceFolder(unfinished, folder); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s: %d days, %d files, %.1f MB", filepath.Join(named, "index.html"), len(x.days), x.files, float64(x.bytes)/1e6), nil
}

// mayExport returns why a folder is not one to export to.
func mayExport(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	mark, err := os.ReadFile(filepath.Join(folder, exportMark))
	if err != nil || !bytes.HasPrefix(mark, []byte(exportBegins)) {
		return fmt.Errorf("%s is not empty, and no earlier export: name a new folder", folder)
	}
	for _, e := range entries {
		if !isExported(e) {
			return fmt.Errorf("%s has %s in it, which no export has written: move that, or name a new folder", folder, e.Name())
		}
	}
	return nil
}

// isExported reports whether an export, of this version or another, may have written a file or folder of
// that name. What else is in the folder is somebody's own.
func isExported(e fs.DirEntry) bool {
	if e.IsDir() {
		return slices.Contains([]string{"days", "event", "why"}, e.Name())
	}
	kinds := []string{".atom", ".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonl", ".md", ".mmd", ".png", ".svg"}
	return !strings.HasPrefix(e.Name(), ".") && slices.Contains(kinds, filepath.Ext(e.Name()))
}

// replaceFolder puts one folder in the place of another.
func replaceFolder(by, folder string) error {
	old := by + ".old"
	if err := os.Rename(folder, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(by, folder); err != nil {
		_ = os.Rename(old, folder) // as it was
		return err
	}
	return os.RemoveAll(old)
}

// write writes a file of the export.
func (x *exporter) write(name string, content []byte) error {
	path := filepath.Join(x.folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	x.mu.Lock()
	x.files++
	x.bytes += int64(len(content))
	x.mu.Unlock()
	return os.WriteFile(path, content, 0o644)
}

// hand writes a script that hands over what a file holds, by the name without .js.
func (x *exporter) hand(name string, packed []byte) error {
	return x.write(name+".js", fmt.Appendf(nil, "explorer.hand(%q, %q);\n", name, base64.StdEncoding.EncodeToString(packed)))
}

// packed returns a text compressed.
func packed(text []byte) []byte {
	var b bytes.Buffer
	z, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one
	_, _ = z.Write(text)                                  // a Buffer takes all
	_ = z.Close()
	return b.Bytes()
}

// fixed writes what is the same for every history.
func (x *exporter) fixed() error {
	for _, name := range []string{"page.css", "days.js", "morph.js", "page.js", "files.js"} {
		text, err := files.ReadFile("static/" + name)
		if err == nil {
			err = x.write(name, text)
		}
		if err != nil {
			return err
		}
	}
	return x.write("chart.css", []byte(chart.Style(chart.Auto)))
}

// pageOf returns the page of a day, with its marks.
func (x *exporter) pageOf(day edtf.Day) ([]byte, error) {
	q := "on=" + day.String()
	if stop := x.ed.before(day); slices.Contains(x.ed.stops, day) && stop < day {
		q += "&since=" + stop.String()
	}
	v, err := newView(x.ed, q)
	if err != nil {
		return nil, err
	}
	v.exported = true
	p, err := v.page()
	if err != nil {
		return nil, err
	}
	return render("page.html", p)
}

// exported returns a page as it is written: links lead within the page.
func exported(page []byte, has map[string]bool) []byte {
	return []byte(expandWithin(string(assemble(page, has))))
}

// each runs f for 0 to n-1 on all processors, and says how far it is.
func (x *exporter) each(n int, what string, f func(n int) error) error {
	var wait sync.WaitGroup
	var next, done atomic.Int64
	failed := make(chan error, runtime.GOMAXPROCS(0))
	for range runtime.GOMAXPROCS(0) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for m := int(next.Add(1)) - 1; m < n; m = int(next.Add(1)) - 1 {
				if err := errors.Join(f(m), x.ed.ctx.Err()); err != nil {
					failed <- err
					return
				}
				x.tell(int(done.Add(1)), n, what)
			}
		}()
	}
	wait.Wait()
	close(failed)
	return <-failed
}

// findDays finds the days on which a page says something else than before.
func (x *exporter) findDays() error {
	candidates := x.ed.calendar.Days(x.ed.first, x.ed.last)
	found := make([]exportedDay, len(candidates))
	err := x.each(len(candidates), "days looked at", func(n int) error {
		day := candidates[n]
		page, err := x.pageOf(day)
		found[n] = exportedDay{day, says(page, day), valuesIn(page)}
		return err
	})
	x.days = slices.CompactFunc(found, func(a, b exportedDay) bool { return a.sum == b.sum })
	return err
}

// pages writes what differs on each day from the page of the last day, and from that of the
// first day of its group.
func (x *exporter) pages() error {
	whole, err := x.pageOf(x.ed.LastDay())
	if err != nil {
		return err
	}
	base := blocksOf(whole)
	groups := slices.Collect(slices.Chunk(x.days, perGroup))
	return x.each(len(groups), "groups of days", func(n int) error {
		has := maps.Clone(base)
		for m, d := range groups[n] {
			page, err := x.pageOf(d.day)
			if err != nil {
				return err
			}
			if err := x.hand("days/"+d.day.String(), packed(exported(page, has))); err != nil {
				return err
			}
			if m == 0 {
				maps.Copy(has, blocksOf(page))
			}
		}
		return nil
	})
}

// ofDay is what a page has of its day, apart from its name, and what the line of the day
// moves: the browser puts that right for the days between.
var ofDay = regexp.MustCompile(`<desc[^>]*>[^<]*</desc>|data-block="[^"]*"|class="line on" d="M[\d.]+|<text class="flag num on"[^>]*>|<clipPath id="c-later">\s*<rect [^>]*>|<text class="label" x="[\d.]+"|id="(?:earlier|later)"[^>]*>`)

// says returns a sum of what a page says, whatever its day is.
func says(page []byte, day edtf.Day) [sha256.Size]byte {
	text := ofDay.ReplaceAllString(string(assemble(page, nil)), "")
	text = regexp.MustCompile(`\b(?:`+words.Day(day)+`|`+day.String()+`)\b`).ReplaceAllString(text, "the day")
	return sha256.Sum256([]byte(text))
}

// valuesIn returns the pointers of the values that a page can explain, ascending.
func valuesIn(page []byte) []string {
	var all []string
	replaceSteps(string(page), func(changes, _ string) string {
		if pointer := valueIn(changes, "why"); pointer != "" {
			all = append(all, pointer)
		}
		return ""
	})
	slices.Sort(all)
	return slices.Compact(all)
}

// index writes the page of the last day, and which files there are.
func (x *exporter) index() error {
	whole, err := x.pageOf(x.ed.LastDay())
	if err != nil {
		return err
	}
	list, err := json.Marshal(map[string]any{"days": numbers(x.allDays()), "stops": numbers(x.ed.stops), "first": int(x.ed.first), "last": int(x.ed.last), "on": int(x.ed.LastDay()), "group": perGroup})
	if err != nil {
		return err
	}
	if err := x.write(exportMark, fmt.Appendf(nil, exportBegins+"%s;\n", list)); err != nil {
		return err
	}
	if err := x.takeAlong(); err != nil {
		return err
	}
	return x.write("index.html", exported(whole, nil))
}

// takeAlong writes what is taken along of the last day.
func (x *exporter) takeAlong() error {
	v, err := newView(x.ed, "")
	if err != nil {
		return err
	}
	picture, err := v.picture()
	if err != nil {
		return err
	}
	for _, f := range forms {
		text, err := f.text(v)
		if err == nil {
			err = x.write(f.path, text)
		}
		if err != nil {
			return err
		}
	}
	return x.write("chart.svg", picture)
}

// allDays returns the days that have a file, ascending.
func (x *exporter) allDays() []edtf.Day {
	days := make([]edtf.Day, len(x.days))
	for n, d := range x.days {
		days[n] = d.day
	}
	return days
}

// numbers returns days as the script counts them.
func numbers(days []edtf.Day) []int {
	all := make([]int, len(days))
	for n, day := range days {
		all[n] = int(day)
	}
	return all
}
